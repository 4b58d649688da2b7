#include "bench/rounds.h"

#include "bench/clock.h"

#include <assert.h>
#include <math.h>

enum { CHUNK = 1024 };

double lq_series_median(const lq_bench_series *series)
{
    double values[LQ_BENCH_MAX_ROUNDS];
    for (size_t i = 0; i < series->n; i++)
        values[i] = series->ns[i];
    return series->n ? lq_bench_median(values, series->n) : (double)NAN;
}

double lq_series_ratio(const lq_bench_series *a, const lq_bench_series *b)
{
    double ratio[LQ_BENCH_MAX_ROUNDS];
    const size_t n = a->n < b->n ? a->n : b->n;
    for (size_t i = 0; i < n; i++)
        ratio[i] = a->ns[i] / b->ns[i];
    return n ? lq_bench_median(ratio, n) : (double)NAN;
}

static void add(lq_bench_series *series, double ns)
{
    if (series->n < LQ_BENCH_MAX_ROUNDS) series->ns[series->n++] = ns;
}

lq_status lq_bench_engine(const lq_plan *plan, uint64_t n_paths, const lq_run_options *options,
                          lq_bench_seconds *out, lq_result **result, lq_error *err)
{
    const lq_bench_seconds start = {lq_bench_cpu_seconds(), lq_bench_wall_seconds()};
    lq_result *made = lq_result_create(plan, 0);
    if (!made) return LQ_FAIL(err, LQ_ENOMEM, .key = "bench");
    const lq_status st = lq_engine_run(plan, 0, n_paths / LQ_LANES, options, made, err);
    out->cpu = lq_bench_cpu_seconds() - start.cpu;
    out->wall = lq_bench_wall_seconds() - start.wall;
    if (st == LQ_OK && result)
        *result = made;
    else
        lq_result_destroy(made);
    return st;
}

/* Before tax, of which the workloads with known means have none. */
static double mean_of(const lq_result *r, size_t offer)
{
    lq_cents cents = 0;
    for (size_t i = 0; i < r->n_replicates; i++)
        cents += r->offers[offer].sums[LQ_SUM_GROSS_EQUITY][i] +
                 r->offers[offer].sums[LQ_SUM_GROSS_CASH][i];
    return lq_result_per_path(r, cents, r->n_paths);
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
    const lq_run_options options = {.n_threads = 1};
    lq_result *result = NULL;
    lq_bench_seconds seconds;
    lq_status st = lq_bench_engine(plan, n_paths, &options, &seconds, &result, err);
    if (st == LQ_OK && w->reference_law) {
        const double mean[2] = {mean_of(result, w->offer[0]) / w->units[0],
                                mean_of(result, w->offer[1]) / w->units[1]};
        st = check_means(w, mean, n_paths, err);
    }
    *ns = seconds.cpu / n_paths * 1e9;
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
    assert(run);
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

static lq_status run_workload(size_t which, const lq_bench_plans *plans, uint32_t n_paths,
                              lq_bench_speeds *out, lq_error *err)
{
    const lq_workload *w = &lq_workloads[which];
    double ns = 0.0;
    assert(n_paths % (w->cost * CHUNK) == 0 || !w->reference_law);
    if (w->reference_law) {
        LQ_TRY(time_reference(w, n_paths / w->cost, &ns, err));
        add(&out->reference[which], ns);
    }
    for (size_t m = 0; m < LQ_METHODS; m++) {
        const lq_plan *plan = plans->of[which][m].plan;
        if (!plan) continue;
        LQ_TRY(time_engine(w, plan, n_paths / w->cost, &ns, err));
        add(&out->engine[which][m], ns);
    }
    return LQ_OK;
}

/* The rows of a round find those of the rounds before by workload and name. */
static void run_peers(lq_bench_speeds *out)
{
    lq_peer found[LQ_MAX_PEERS];
    const size_t n = lq_bench_peers(found);
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        while (k < out->n_peers && !lq_peer_equal(&out->peer[k], &found[i]))
            k++;
        if (k == LQ_MAX_PEERS) return;
        if (k == out->n_peers) out->peer[out->n_peers++] = found[i];
        if (found[i].ns_per_path > 0.0) add(&out->peer_series[k], found[i].ns_per_path);
    }
}

static lq_status run_rounds(const lq_bench_plans *plans, const lq_bench_effort *effort,
                            lq_bench_speeds *out, lq_error *err)
{
    lq_bench_speeds warm_up = {0};
    for (size_t w = 0; w < LQ_WORKLOADS; w++)
        LQ_TRY(run_workload(w, plans, effort->n_paths, &warm_up, err));
    for (uint32_t i = 0; i < effort->n_rounds; i++) {
        for (size_t w = 0; w < LQ_WORKLOADS; w++)
            LQ_TRY(run_workload(w, plans, effort->n_paths, out, err));
        if (i < effort->n_peer_rounds) run_peers(out);
    }
    return LQ_OK;
}

lq_status lq_bench_rounds(const lq_bench_plans *plans, const lq_bench_effort *effort,
                          lq_bench_speeds *out, lq_error *err)
{
    assert(effort->n_rounds >= 1 && effort->n_rounds <= LQ_BENCH_MAX_ROUNDS);
    *out = (lq_bench_speeds){.pinned = lq_bench_pin()};
    const lq_status st = run_rounds(plans, effort, out, err);
    if (out->pinned) lq_bench_unpin();
    return st;
}
