#include "bench/errors.h"

#include "bench/clock.h"
#include "bench/study.h"
#include "bench/workload_text.h"

#include <math.h>
#include <stdio.h>

enum { TIME_ROUNDS = 7 };

const lq_error_case lq_error_cases[LQ_ERROR_CASES] = {
    {.name = "W1", .config = lq_w1_config, .n_paths = 1 << 17, .share = 1, .cost = 4},
    {.name = "quickstart",
     .config = lq_quickstart_config,
     .n_paths = 1 << 17,
     .share = 4,
     .cost = 32},
};

const lq_error_statistic lq_error_statistics[LQ_ERROR_STATISTICS] = {
    {"mean", "difference_mean_se", 0},
    {"q05", "difference_quantiles_se", 1}, /* levels 1 %, 5 %, ... */
    {"p_beats", "p_a_beats_b_se", 0},
    {"ce", "ce_difference_se", 0},
};

/* Adds the squares of one study's errors. */
static lq_status add_study(const lq_error_case *c, const lq_bench_method *method, uint32_t seed,
                           double sum[LQ_ERROR_STATISTICS], lq_error *err)
{
    char paths[32], key[32];
    double seconds;
    lq_frame *frame = NULL;
    snprintf(paths, sizeof paths, "simulation.paths=%u", c->n_paths);
    snprintf(key, sizeof key, "simulation.seed=%u", seed);
    const lq_bench_study study = {c->name, c->config, method, {paths, key}, false};
    LQ_TRY(lq_bench_study_run(&study, &seconds, &frame, err));
    for (size_t i = 0; i < LQ_ERROR_STATISTICS; i++) {
        const lq_error_statistic *s = &lq_error_statistics[i];
        const lq_variable *v = lq_frame_find(frame, "/pairs", s->variable);
        sum[i] += v ? v->data.f64[s->index] * v->data.f64[s->index] : (double)NAN;
    }
    lq_frame_destroy(frame);
    return LQ_OK;
}

static lq_status measure_errors(const lq_error_case *c, uint32_t n_seeds,
                                lq_bench_errors out[LQ_METHODS], lq_error *err)
{
    const uint32_t share = n_seeds / c->share, n = share > 2 ? share : 2;
    for (size_t m = 0; m < LQ_METHODS; m++) {
        for (uint32_t seed = 1; seed <= n; seed++)
            LQ_TRY(add_study(c, &lq_methods[m], seed, out[m].se, err));
        for (size_t i = 0; i < LQ_ERROR_STATISTICS; i++)
            out[m].se[i] = sqrt(out[m].se[i] / n);
    }
    return LQ_OK;
}

static lq_status time_rounds(const lq_bench_plan *plans, uint32_t n_paths,
                             lq_bench_errors out[LQ_METHODS], lq_error *err)
{
    const lq_run_options options = {.n_threads = 1};
    double ns[LQ_METHODS][TIME_ROUNDS];
    for (size_t round = 0; round < TIME_ROUNDS; round++)
        for (size_t m = 0; m < LQ_METHODS; m++) {
            lq_bench_seconds seconds;
            LQ_TRY(lq_bench_engine(plans[m].plan, n_paths, &options, &seconds, NULL, err));
            ns[m][round] = seconds.cpu / n_paths * 1e9;
        }
    for (size_t m = 0; m < LQ_METHODS; m++)
        out[m].ns_per_path = lq_bench_median(ns[m], TIME_ROUNDS);
    return LQ_OK;
}

static lq_status measure_time(const lq_error_case *c, uint32_t n_paths,
                              lq_bench_errors out[LQ_METHODS], lq_error *err)
{
    lq_bench_plan plans[LQ_METHODS] = {{NULL, NULL}};
    lq_status st = LQ_OK;
    for (size_t m = 0; m < LQ_METHODS && st == LQ_OK; m++)
        st = lq_bench_plan_create(c->name, c->config, &lq_methods[m], &plans[m], err);
    if (st == LQ_OK) {
        const bool pinned = lq_bench_pin();
        st = time_rounds(plans, n_paths / c->cost, out, err);
        if (pinned) lq_bench_unpin();
    }
    for (size_t m = 0; m < LQ_METHODS; m++)
        lq_bench_plan_clear(&plans[m]);
    return st;
}

lq_status lq_bench_errors_run(const lq_error_case *which, const lq_bench_effort *effort,
                              lq_bench_errors out[LQ_METHODS], lq_error *err)
{
    for (size_t m = 0; m < LQ_METHODS; m++)
        out[m] = (lq_bench_errors){0};
    if (effort->n_seeds == 0) return LQ_OK;
    LQ_TRY(measure_errors(which, effort->n_seeds, out, err));
    LQ_TRY(measure_time(which, effort->n_paths, out, err));
    const lq_bench_errors *plain = &out[LQ_RANDOM];
    for (size_t m = 0; m < LQ_METHODS; m++)
        for (size_t i = 0; i < LQ_ERROR_STATISTICS; i++) {
            const double ratio = plain->se[i] / out[m].se[i];
            out[m].gain[i] = ratio * ratio * plain->ns_per_path / out[m].ns_per_path;
        }
    return LQ_OK;
}
