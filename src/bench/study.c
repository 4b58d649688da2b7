#include "bench/study.h"

#include "bench/clock.h"
#include "decide/run.h"

lq_status lq_bench_study_run(const lq_bench_study *study, double *seconds, lq_frame **frame,
                             lq_error *err)
{
    const char *overrides[LQ_METHOD_OVERRIDES];
    const size_t n = lq_method_overrides(study->method, study->override, overrides);
    const lq_study_options options = {.turning_points = study->turning_points};
    lq_scenario *scenario = NULL;
    lq_frame *made = NULL;
    const double start = lq_bench_wall_seconds();
    LQ_TRY(lq_bench_scenario(study->name, study->config, overrides, n, &scenario, err));
    const lq_status st = lq_run_study(scenario, &options, &made, err);
    *seconds = lq_bench_wall_seconds() - start;
    lq_scenario_destroy(scenario);
    if (st == LQ_OK && frame)
        *frame = made;
    else
        lq_frame_destroy(made);
    return st;
}
