#include "bench/bench.h"

#include "bench/clock.h"
#include "bench/report.h"
#include "bench/threads.h"
#include "bench/workload.h"
#include "engine/engine.h"

#include <assert.h>
#include <math.h>

enum { CHUNK = 1024 };

/* About fifteen seconds. */
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

static double mean_of(const lq_result *r, size_t offer)
{
    double cents = 0.0;
    for (size_t i = 0; i < r->n_replicates; i++)
        cents += (double)r->offers[offer].sums[LQ_SUM_GROSS_EQUITY][i];
    return cents / 100.0 / (double)r->n_paths;
}

/* Six standard errors of the law: 1.7 of one path's average, 80 of its last price. */
static lq_status check_means(double terminal, double average, double n, lq_error *err)
{
    const double bound = 6.0 * 81.0 / sqrt(n);
    if (fabs(terminal - LQ_W0_MEAN_TERMINAL) < bound &&
        fabs(average - LQ_W0_MEAN_AVERAGE) < bound)
        return LQ_OK;
    char expected[128], got[128];
    snprintf(expected, sizeof expected, "means %.3f and %.3f within %.3f", LQ_W0_MEAN_TERMINAL,
             LQ_W0_MEAN_AVERAGE, bound);
    snprintf(got, sizeof got, "%.3f and %.3f", terminal, average);
    return LQ_FAIL(err, LQ_ECHECK, .key = "W0", .expected = expected, .got = got);
}

static lq_status time_engine(const lq_plan *plan, uint32_t n_paths, double *ns, lq_error *err)
{
    lq_result *result = NULL;
    const double start = lq_bench_cpu_seconds();
    lq_status st = run_engine(plan, n_paths, 1, &result, err);
    *ns = (lq_bench_cpu_seconds() - start) / n_paths * 1e9;
    if (st == LQ_OK)
        st = check_means(mean_of(result, LQ_W0_AT_THE_END),
                         mean_of(result, LQ_W0_MONTHLY) / LQ_W0_UNITS, n_paths, err);
    lq_result_destroy(result);
    return st;
}

static lq_status time_reference(uint32_t n_paths, double *ns, lq_error *err)
{
    double terminal[CHUNK], average[CHUNK], sums[2] = {0.0, 0.0};
    lq_reference_function *run = lq_reference_choose();
    const lq_reference_w0 w0 = lq_w0_reference();
    if (!run) return LQ_FAIL(err, LQ_ECHECK, .key = "processor", .expected = "x86-64-v3");
    double seconds = 0.0;
    for (uint64_t path = 0; path < n_paths; path += CHUNK) {
        const double start = lq_bench_cpu_seconds();
        run(&w0, path, CHUNK, terminal, average);
        seconds += lq_bench_cpu_seconds() - start;
        for (size_t i = 0; i < CHUNK; i++) {
            sums[0] += terminal[i];
            sums[1] += average[i];
        }
    }
    *ns = seconds / n_paths * 1e9;
    return check_means(sums[0] / n_paths, sums[1] / n_paths, n_paths, err);
}

/* Round by round one after the other, so that a slow spell of the machine meets both. */
static lq_status one_thread(const lq_plan *plan, const lq_bench_effort *effort,
                            lq_bench_figures *out, lq_error *err)
{
    double engine[LQ_BENCH_MAX_ROUNDS], reference[LQ_BENCH_MAX_ROUNDS];
    double ratio[LQ_BENCH_MAX_ROUNDS];
    const uint32_t n = effort->n_rounds;
    assert(n >= 1 && n <= LQ_BENCH_MAX_ROUNDS && effort->n_paths % CHUNK == 0);
    LQ_TRY(time_engine(plan, effort->n_paths, &engine[0], err)); /* warms up */
    for (uint32_t i = 0; i < n; i++) {
        LQ_TRY(time_reference(effort->n_paths, &reference[i], err));
        LQ_TRY(time_engine(plan, effort->n_paths, &engine[i], err));
        ratio[i] = engine[i] / reference[i];
    }
    out->n_rounds = n;
    out->n_paths = effort->n_paths;
    out->ratio = lq_bench_median(ratio, n);
    out->ns_per_path = lq_bench_median(engine, n);
    out->reference_ns = lq_bench_median(reference, n);
    return LQ_OK;
}

static lq_status measure(const lq_plan *plan, const lq_bench_effort *effort,
                         lq_bench_figures *out, lq_error *err)
{
    /* Before the pinning, which threads would inherit. */
    LQ_TRY(lq_bench_two_threads(plan, effort->n_wall_rounds, effort->n_wall_paths,
                                &out->two_threads, err));
    out->pinned = lq_bench_pin();
    const lq_status st = one_thread(plan, effort, out, err);
    if (st == LQ_OK) out->n_peers = lq_bench_peers(out->peers);
    if (out->pinned) lq_bench_unpin();
    return st;
}

lq_status lq_bench_run_with(const lq_bench_effort *effort, FILE *out, bool json, lq_error *err)
{
    lq_w0 w0;
    lq_bench_figures figures = {.isa = lq_engine_isa()};
    LQ_TRY(lq_w0_create(&w0, err));
    const lq_status st = measure(w0.plan, effort, &figures, err);
    lq_w0_clear(&w0);
    LQ_TRY(st);
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
