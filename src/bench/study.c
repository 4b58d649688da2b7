#include "bench/study.h"

#include "bench/clock.h"
#include "decide/run.h"

#include <math.h>

static lq_status run(const lq_bench_study *study, const lq_study_options *options,
                     lq_frame **frame, lq_error *err)
{
    const char *overrides[LQ_METHOD_OVERRIDES];
    const size_t n = lq_method_overrides(study->method, study->override, overrides);
    lq_scenario *scenario = NULL;
    lq_frame *made = NULL;
    LQ_TRY(lq_bench_scenario(study->name, study->config, overrides, n, &scenario, err));
    const lq_status st = lq_run_study(scenario, options, &made, err);
    lq_scenario_destroy(scenario);
    if (st == LQ_OK && frame)
        *frame = made;
    else
        lq_frame_destroy(made);
    return st;
}

lq_status lq_bench_study_run(const lq_bench_study *study, double *seconds, lq_frame **frame,
                             lq_error *err)
{
    const lq_study_options options = {.turning_points = study->turning_points};
    const double start = lq_bench_wall_seconds();
    const lq_status st = run(study, &options, frame, err);
    *seconds = lq_bench_wall_seconds() - start;
    return st;
}

/* context: when the first paths were done; NaN before. */
static void note_first(void *context, uint64_t done, uint64_t total)
{
    double *at = context;
    (void)total;
    if (isnan(*at) && done > 0) *at = lq_bench_wall_seconds();
}

lq_status lq_bench_study_start(const lq_bench_study *study, double *seconds, lq_error *err)
{
    enum { TRIES = 7 };
    *seconds = INFINITY;
    for (int i = 0; i < TRIES; i++) {
        double first = (double)NAN;
        const lq_study_options options = {.progress = note_first, .progress_context = &first};
        const double start = lq_bench_wall_seconds();
        LQ_TRY(run(study, &options, NULL, err));
        *seconds = fmin(*seconds, first - start);
    }
    return LQ_OK;
}
