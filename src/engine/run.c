#include "engine/bind.h"
#include "engine/team.h"

#include "base/alloc.h"

#include <omp.h>

/* Figures by year come from the first 65,536 paths, the same number of every world, and from
 * one block in 16 after them: a histogram per year and offer on every path would cost as much
 * as the simulation. */
enum { YEAR_BLOCKS = 1024, YEAR_STRIDE = 16 };

/* One call of lq_engine_run, shared by its threads. */
typedef struct run {
    const lq_plan *plan;
    const lq_run_options *options;
    const lq_kernels *kernels;
    uint64_t first, n_blocks;
    bool draws_exits; /* that are expanded too: for samples, or for pairs of two of them */
    uint64_t paths_done;
    lq_status failed;
    bool interrupted;
} run;

static uint64_t lanes_of_block(const lq_plan *plan, uint64_t block)
{
    const uint64_t start = block % plan->blocks_per_world * LQ_LANES;
    const uint64_t left = plan->paths_in_world > start ? plan->paths_in_world - start : 0;
    return left < LQ_LANES ? left : LQ_LANES;
}

/* Every replicate gives the same share. */
static bool feeds_years(const lq_plan *plan, uint64_t block)
{
    const uint64_t inside = block % plan->blocks_per_world;
    const uint64_t first = (YEAR_BLOCKS + plan->n_worlds - 1) / plan->n_worlds;
    const uint64_t place = plan->by_replicates ? inside / plan->n_replicates : inside;
    return inside < first || place % YEAR_STRIDE == 0;
}

static uint64_t run_block(const run *r, uint64_t block, size_t row, lq_workspace *w,
                          lq_result *result)
{
    const uint64_t index = block - r->first;
    const size_t whole = r->options->n_whole_paths, before = (size_t)index * LQ_LANES;
    lq_block_job job = {.at = lq_plan_address(r->plan, block),
                        .block = block,
                        .replicate = (uint32_t)(block % r->plan->n_replicates),
                        .n_lanes = (size_t)lanes_of_block(r->plan, block),
                        .trace = index < r->options->n_trace_blocks,
                        .years = feeds_years(r->plan, block),
                        .sample_offset = row};
    if (job.trace && before < whole) job.n_whole = whole - before;
    if (job.n_whole > job.n_lanes) job.n_whole = job.n_lanes;
    job.drawn = r->draws_exits || job.trace;
    if (job.n_lanes) r->kernels->run_block(w, &job, result);
    return job.n_lanes;
}

static lq_status write_samples(const run *r, uint64_t first_block, size_t n, lq_workspace *w)
{
    const lq_sample_sink *sink = r->options->sink;
    if (!sink || !n) return LQ_OK;
    const uint64_t world = first_block / r->plan->blocks_per_world;
    const uint64_t inside = first_block % r->plan->blocks_per_world * LQ_LANES;
    return sink->write(sink->context, world * r->plan->paths_in_world + inside, n,
                       (const double *const *)w->columns);
}

static lq_status run_chunk(run *r, uint64_t chunk, lq_workspace *w, lq_result *result)
{
    const uint64_t begin = chunk * LQ_CHUNK_BLOCKS;
    const uint64_t end =
        begin + LQ_CHUNK_BLOCKS < r->n_blocks ? begin + LQ_CHUNK_BLOCKS : r->n_blocks;
    size_t rows = 0;
    uint64_t start = r->first + begin;
    for (uint64_t b = begin; b < end; b++) {
        const uint64_t block = r->first + b;
        if (rows &&
            block % r->plan->blocks_per_world == 0) { /* a new world: rows are its own */
            LQ_TRY(write_samples(r, start, rows, w));
            start = block;
            rows = 0;
        }
        rows += (size_t)run_block(r, block, rows, w, result);
    }
    LQ_TRY(write_samples(r, start, rows, w));
#pragma omp atomic
    r->paths_done += (end - begin) * LQ_LANES;
    return LQ_OK;
}

static bool should_stop(const run *r)
{
    return __atomic_load_n(&r->failed, __ATOMIC_RELAXED) != LQ_OK ||
           (r->options->stop && *r->options->stop);
}

static void report_progress(const run *r)
{
    if (!r->options->progress || omp_get_thread_num() != 0) return;
    uint64_t done;
#pragma omp atomic read
    done = r->paths_done;
    r->options->progress(r->options->progress_context, done);
}

static void run_thread(run *r, lq_workspace *w, lq_result *result)
{
    const uint64_t n_chunks = (r->n_blocks + LQ_CHUNK_BLOCKS - 1) / LQ_CHUNK_BLOCKS;
#pragma omp for schedule(dynamic) nowait
    for (uint64_t chunk = 0; chunk < n_chunks; chunk++) {
        if (should_stop(r)) {
            __atomic_store_n(&r->interrupted, true, __ATOMIC_RELAXED);
            continue;
        }
        const lq_status st = run_chunk(r, chunk, w, result);
        const lq_status failed = st == LQ_OK && w->bad_path ? LQ_ENUMERIC : st;
        if (failed != LQ_OK) __atomic_store_n(&r->failed, failed, __ATOMIC_RELAXED);
        report_progress(r);
    }
    r->kernels->settle(result);
}

/* What the block loop does not tally twice: without pay the equity is the total, without tax
 * the paper before tax is the paper after it. */
static void finish_shared(const lq_plan *plan, lq_result *result)
{
    for (size_t i = 0; i < plan->n_offers && !result->totals_only; i++) {
        const lq_offer_plan *o = &plan->offers[i];
        lq_offer_result *r = &result->offers[i];
        if (!lq_offer_pays(o)) lq_tally_merge_marginal(r->equity, r->total);
        if (lq_tax_is_due(&o->tax)) continue;
        lq_tally_merge_marginal(r->gross_equity, r->equity);
    }
}

static bool tally_lost_memory(const lq_result *result)
{
    bool lost = false;
    for (size_t i = 0; i < result->n_offers; i++) {
        const lq_offer_result *o = &result->offers[i];
        lost |= lq_tally_failed(o->total);
        if (result->totals_only) continue;
        lost |= lq_tally_failed(o->cash) || lq_tally_failed(o->equity) ||
                lq_tally_failed(o->tax) || lq_tally_failed(o->gross_equity);
        for (size_t y = 0; y < result->n_years; y++)
            lost |= lq_tally_failed(o->by_year[y]);
    }
    for (size_t i = 0; i < result->n_pairs; i++)
        lost |= lq_tally_failed(result->differences[i]);
    return lost;
}

/* The first offer with an amount, of its parts, by year or of a difference, that no histogram
 * can hold; NULL: none. */
static const char *out_of_range(const lq_plan *plan, const lq_result *r)
{
    for (size_t i = 0; i < r->n_offers && !r->totals_only; i++) {
        const lq_offer_result *o = &r->offers[i];
        uint64_t n = lq_tally_overflow(o->cash) + lq_tally_overflow(o->equity) +
                     lq_tally_overflow(o->tax) + lq_tally_overflow(o->gross_equity);
        for (size_t y = 0; y < r->n_years; y++)
            n += lq_tally_overflow(o->by_year[y]);
        if (n) return plan->offers[i].id;
    }
    for (size_t i = 0; i < r->n_pairs; i++)
        if (lq_tally_overflow(r->differences[i])) return plan->offers[plan->pairs[i][0]].id;
    return NULL;
}

static lq_status refuse_path(const lq_plan *plan, const lq_workspace *w, lq_error *err)
{
    return LQ_FAIL(err, LQ_ENUMERIC, .key = plan->offers[w->bad_offer].id,
                   .expected = "a finite amount", .got = "not a number, or above 1e15",
                   .path_id = w->bad_path - 1);
}

/* Who met the smallest path number, so that the message does not depend on the threads; NULL:
 * nobody. */
static const lq_workspace *first_bad(lq_workspace *const *w, int n)
{
    const lq_workspace *bad = NULL;
    for (int i = 0; i < n; i++)
        if (w[i] && w[i]->bad_path && (!bad || w[i]->bad_path < bad->bad_path)) bad = w[i];
    return bad;
}

/* The threads' sheets into the first. */
static lq_status collect(const run *r, const lq_team *team, lq_result *const *sheets, int n,
                         lq_error *err)
{
    const lq_workspace *bad = first_bad(team->workspace, n);
    if (bad) return refuse_path(r->plan, bad, err);
    if (r->failed != LQ_OK)
        return LQ_FAIL(err, r->failed, .key = "samples", .expected = "a writable result file");
    bool lost = tally_lost_memory(sheets[0]);
    for (int i = 1; i < n; i++) {
        lost |= tally_lost_memory(sheets[i]);
        lq_result_drain(sheets[0], sheets[i], n);
    }
    finish_shared(r->plan, sheets[0]);
    if (lost || tally_lost_memory(sheets[0]))
        return LQ_FAIL(err, LQ_ENOMEM, .key = "tally", .expected = "memory for histograms");
    const char *offer = out_of_range(r->plan, sheets[0]);
    if (offer)
        return LQ_FAIL(err, LQ_ECHECK, .key = offer,
                       .expected = "amounts (parts, years, differences) that are numbers",
                       .got = "one that is not a number, or above 1e15");
    sheets[0]->interrupted |= r->interrupted;
    return LQ_OK;
}

/* Whether the first thread may write into the result itself. What is shared is finished once,
 * so that a result with parts has to be empty. */
static bool takes_more(const lq_result *into)
{
    return into->totals_only || into->n_paths == 0;
}

static lq_status run_parallel(run *r, lq_team *team, lq_result **sheets, int n_threads,
                              lq_result *into, lq_error *err)
{
    for (int i = 0; i < n_threads; i++) {
        sheets[i] = i == 0 && takes_more(into) ? into : lq_team_sheet(team, i, r->plan, into);
        if (!sheets[i] || !lq_team_seat(team, i, r->plan, r->options->sink != NULL))
            return LQ_FAIL(err, LQ_ENOMEM, .key = "simulation",
                           .expected = "memory per thread");
    }
    team->workspace[0]->stages = r->options->stages;
#pragma omp parallel num_threads(n_threads)
    {
        const int me = omp_get_thread_num();
        const lq_binding binding = lq_bind_thread(me, n_threads);
        run_thread(r, team->workspace[me], sheets[me]);
        lq_unbind_thread(&binding);
    }
    LQ_TRY(collect(r, team, sheets, n_threads, err));
    if (sheets[0] != into) lq_result_drain(into, sheets[0], n_threads);
    return LQ_OK;
}

static int thread_count(const lq_team *team, uint64_t n_blocks)
{
    const uint64_t chunks = (n_blocks + LQ_CHUNK_BLOCKS - 1) / LQ_CHUNK_BLOCKS;
    int n = team->n_threads;
    if ((uint64_t)n > chunks) n = chunks ? (int)chunks : 1;
    return n;
}

/* Whether more than one company's exits are expanded: a pair then sees one of them drawn. */
static bool compares_expanded(const lq_plan *plan)
{
    size_t n = 0;
    for (size_t i = 0; i < plan->n_companies; i++)
        n += plan->expansion[i].kind != LQ_EXPAND_NOT;
    return n > 1;
}

lq_status lq_engine_run(const lq_plan *plan, uint64_t first, uint64_t n,
                        const lq_run_options *options, lq_result *into, lq_error *err)
{
    run r = {.plan = plan, .options = options, .first = first, .n_blocks = n};
    LQ_TRY(lq_kernels_choose(plan->reference, &r.kernels, err));
    r.draws_exits = options->sink || compares_expanded(plan);
    lq_team *team = options->team ? options->team : lq_team_create(options->n_threads);
    const int n_threads = team ? thread_count(team, n) : 0;
    lq_result **sheets = lq_calloc((size_t)n_threads + 1, sizeof *sheets);
    const bool whole = takes_more(into);
    lq_status st = team && sheets ? run_parallel(&r, team, sheets, n_threads, into, err)
                                  : LQ_FAIL(err, LQ_ENOMEM, .key = "simulation");
    if (st != LQ_OK && whole) lq_result_clear(into); /* half of a run is of no use */
    if (!options->team) lq_team_destroy(team);
    lq_free(sheets);
    return st;
}
