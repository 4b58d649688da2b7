#include "bench/bench.h"

#include "bench/clock.h"
#include "bench/report.h"
#include "bench/threads.h"
#include "bench/workload.h"
#include "engine/engine.h"

#include <assert.h>
#include <math.h>

enum { CHUNK = 1024 };

/* About half a minute. */
static const lq_bench_effort USUAL = {
    .n_rounds = 15, .n_paths = 1 << 20, .n_wall_rounds = 15, .n_wall_paths = 1 << 22};

static lq_status run_engine(const lq_plan *plan, uint64_t n_paths, int n_threads,
                            lq_result **out, lq_error *err)
{
    const lq_run_options options = {.n_threads = n_threads};
    *out = lq_result_create(plan, 0);
    if (!*out) return LQ_FAIL(err, LQ_ENOMEM, .key = "bench");
    return lq_engine_run(plan, 0, n_paths / LQ_LANES, &options, *out, err);
}

/* Before tax, of which the workloads have none. */
static double mean_of(const lq_result *r, size_t offer)
{
    double cents = 0.0;
    for (size_t i = 0; i < r->n_replicates; i++)
        cents += (double)(r->offers[offer].sums[LQ_SUM_GROSS_EQUITY][i] +
                          r->offers[offer].sums[LQ_SUM_GROSS_CASH][i]);
    return cents / 100.0 / (double)r->n_paths;
}

/* Six standard errors of the law. */
static lq_status check_means(const lq_workload *w, const double mean[2], double n,
                             lq_error *err)
{
    const double bound[2] = {6.0 * w->sd[0] / sqrt(n), 6.0 * w->sd[1] / sqrt(n)};
    if (fabs(mean[0] - w->mean[0]) < bound[0] && fabs(mean[1] - w->mean[1]) < bound[1])
        return LQ_OK;
    char expected[128], got[128];
    snprintf(expected, sizeof expected, "means %.3f within %.3f and %.3f within %.3f",
             w->mean[0], bound[0], w->mean[1], bound[1]);
    snprintf(got, sizeof got, "%.3f and %.3f", mean[0], mean[1]);
    return LQ_FAIL(err, LQ_ECHECK, .key = w->name, .expected = expected, .got = got);
}

static lq_status time_engine(const lq_workload *w, const lq_plan *plan, uint32_t n_paths,
                             double *ns, lq_error *err)
{
    lq_result *result = NULL;
    const double start = lq_bench_cpu_seconds();
    lq_status st = run_engine(plan, n_paths, 1, &result, err);
    *ns = (lq_bench_cpu_seconds() - start) / n_paths * 1e9;
    if (st == LQ_OK) {
        const double mean[2] = {mean_of(result, w->offer[0]) / w->units[0],
                                mean_of(result, w->offer[1]) / w->units[1]};
        st = check_means(w, mean, n_paths, err);
    }
    lq_result_destroy(result);
    return st;
}

static lq_status time_reference(const lq_workload *w, uint32_t n_paths, double *ns,
                                lq_error *err)
{
    double figures[2][CHUNK], mean[2] = {0.0, 0.0};
    lq_reference_function *run = lq_reference_choose(&w->builds);
    lq_reference_law law;
    w->reference_law(&law);
    if (!run) return LQ_FAIL(err, LQ_ECHECK, .key = "processor", .expected = "x86-64-v3");
    double seconds = 0.0;
    for (uint64_t path = 0; path < n_paths; path += CHUNK) {
        const double start = lq_bench_cpu_seconds();
        run(&law, path, CHUNK, figures[0], figures[1]);
        seconds += lq_bench_cpu_seconds() - start;
        for (size_t i = 0; i < CHUNK; i++) {
            mean[0] += figures[0][i] / n_paths;
            mean[1] += figures[1][i] / n_paths;
        }
    }
    *ns = seconds / n_paths * 1e9;
    return check_means(w, mean, n_paths, err);
}

/* Round by round one after the other, so that a slow spell of the machine meets both. */
static lq_status one_thread(const lq_workload *w, const lq_plan *plan,
                            const lq_bench_effort *effort, lq_bench_row *out, lq_error *err)
{
    double engine[LQ_BENCH_MAX_ROUNDS], reference[LQ_BENCH_MAX_ROUNDS];
    double ratio[LQ_BENCH_MAX_ROUNDS];
    const uint32_t n = effort->n_rounds;
    assert(n >= 1 && n <= LQ_BENCH_MAX_ROUNDS && effort->n_paths % CHUNK == 0);
    LQ_TRY(time_engine(w, plan, effort->n_paths, &engine[0], err)); /* warms up */
    for (uint32_t i = 0; i < n; i++) {
        LQ_TRY(time_reference(w, effort->n_paths, &reference[i], err));
        LQ_TRY(time_engine(w, plan, effort->n_paths, &engine[i], err));
        ratio[i] = engine[i] / reference[i];
    }
    out->ratio = lq_bench_median(ratio, n);
    out->ns_per_path = lq_bench_median(engine, n);
    out->reference_ns = lq_bench_median(reference, n);
    return LQ_OK;
}

static lq_status measure(const lq_workload *w, const lq_bench_effort *effort, lq_bench_row *out,
                         lq_error *err)
{
    lq_bench_plan p;
    lq_bench_effort own = *effort;
    own.n_paths /= w->cost;
    own.n_wall_paths /= w->cost;
    out->n_paths = own.n_paths;
    out->name = w->name;
    out->title = w->title;
    LQ_TRY(lq_bench_plan_create(w, &p, err));
    /* Before the pinning, which threads would inherit. */
    lq_status st = lq_bench_two_threads(w, p.plan, &own, &out->two_threads, err);
    if (st == LQ_OK) {
        out->pinned = lq_bench_pin();
        st = one_thread(w, p.plan, &own, out, err);
        if (out->pinned) lq_bench_unpin();
    }
    lq_bench_plan_clear(&p);
    return st;
}

lq_status lq_bench_run_with(const lq_bench_effort *effort, FILE *out, bool json, lq_error *err)
{
    lq_bench_figures figures = {
        .isa = lq_engine_isa(), .n_rounds = effort->n_rounds, .n_rows = LQ_WORKLOADS};
    for (size_t i = 0; i < LQ_WORKLOADS; i++)
        LQ_TRY(measure(&lq_workloads[i], effort, &figures.rows[i], err));
    const bool pinned = lq_bench_pin();
    figures.n_peers = lq_bench_peers(figures.peers);
    if (pinned) lq_bench_unpin();
    if (json)
        lq_bench_print_json(&figures, out);
    else
        lq_bench_print_table(&figures, out);
    return LQ_OK;
}

lq_status lq_bench_run(FILE *out, bool json, lq_error *err)
{
    return lq_bench_run_with(&USUAL, out, json, err);
}
