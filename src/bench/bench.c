#include "bench/bench.h"

#include "bench/clock.h"
#include "bench/report.h"
#include "bench/study.h"

#include <stdio.h>

/* Somewhat over a minute. */
static const lq_bench_effort USUAL = {.n_rounds = 9,
                                      .n_paths = 1 << 20,
                                      .n_peer_rounds = 4,
                                      .n_wall_rounds = 7,
                                      .n_wall_paths = 1 << 20,
                                      .n_split_rounds = 5,
                                      .n_seeds = 8,
                                      .n_study_paths = 1000000};

/* Without errors, which take whole studies of many paths. */
static const lq_bench_effort QUICK = {.n_rounds = 1,
                                      .n_paths = 1 << 16,
                                      .n_peer_rounds = 1,
                                      .n_wall_rounds = 1,
                                      .n_wall_paths = 1 << 16,
                                      .n_split_rounds = 1,
                                      .n_study_paths = 65536};

static lq_status measure_workload(size_t w, const lq_bench_plans *plans,
                                  const lq_bench_effort *effort, lq_bench_figures *out,
                                  lq_error *err)
{
    const lq_workload *workload = &lq_workloads[w];
    LQ_TRY(lq_bench_two_threads(workload, plans->of[w], effort, &out->threads[w], err));
    for (size_t m = 0; m < LQ_METHODS; m++)
        if (plans->of[w][m].plan)
            LQ_TRY(lq_bench_split_stages(workload, plans->of[w][m].plan, effort,
                                         &out->split[w][m], err));
    return LQ_OK;
}

static lq_status measure_studies(uint32_t n_paths, lq_bench_figures *out, lq_error *err)
{
    char paths[32];
    snprintf(paths, sizeof paths, "simulation.paths=%u", n_paths);
    const lq_bench_study start = {.name = lq_workloads[LQ_W1].name,
                                  .config = lq_workloads[LQ_W1].config,
                                  .method = &lq_methods[LQ_RANDOM],
                                  .override = {"simulation.paths=4096"}};
    const lq_bench_study whole = {.name = lq_workloads[LQ_W2].name,
                                  .config = lq_workloads[LQ_W2].config,
                                  .method = &lq_methods[LQ_RANDOM],
                                  .override = {paths},
                                  .turning_points = true};
    LQ_TRY(lq_bench_study_start(&start, &out->start_seconds, err));
    return lq_bench_study_run(&whole, &out->study_seconds, NULL, err);
}

static lq_status measure(const lq_bench_plans *plans, const lq_bench_effort *effort,
                         lq_bench_figures *out, lq_error *err)
{
    LQ_TRY(lq_bench_rounds(plans, effort, &out->speeds, err));
    for (size_t w = 0; w < LQ_WORKLOADS; w++)
        LQ_TRY(measure_workload(w, plans, effort, out, err));
    if (effort->n_study_paths) LQ_TRY(measure_studies(effort->n_study_paths, out, err));
    for (size_t i = 0; i < LQ_ERROR_CASES; i++)
        LQ_TRY(lq_bench_errors_run(&lq_error_cases[i], effort, out->errors[i], err));
    return LQ_OK;
}

lq_status lq_bench_run_with(const lq_bench_effort *effort, FILE *out, bool json, lq_error *err)
{
    lq_bench_figures figures = {.isa = lq_engine_isa(err),
                                .n_processors = lq_bench_processors(),
                                .n_paths = effort->n_paths};
    if (!figures.isa) return LQ_EMACHINE;
    lq_bench_plans plans;
    LQ_TRY(lq_bench_plans_create(&plans, err));
    const lq_status st = measure(&plans, effort, &figures, err);
    lq_bench_plans_clear(&plans);
    LQ_TRY(st);
    if (json)
        lq_bench_print_json(&figures, out);
    else
        lq_bench_print_table(&figures, out);
    return LQ_OK;
}

lq_status lq_bench_run(FILE *out, bool json, bool quick, lq_error *err)
{
    return lq_bench_run_with(quick ? &QUICK : &USUAL, out, json, err);
}
