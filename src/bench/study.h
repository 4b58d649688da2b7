/**
 * @file study.h
 * A config as `liquidus run` runs it, without screen and file. Private to the folder.
 */
#ifndef LQ_BENCH_STUDY_H
#define LQ_BENCH_STUDY_H

#include "base/frame.h"
#include "bench/workload.h"

typedef struct lq_bench_study {
    const char *name, *config;
    const lq_bench_method *method;
    const char *override[2]; /**< more figures; NULL: none */
    bool turning_points;
} lq_bench_study;

/**
 * On all processors.
 * @param[out] seconds  wall time, from the text to the frame
 * @param[out] frame    the caller's; NULL where nobody reads it
 */
LQ_MUST_USE lq_status lq_bench_study_run(const lq_bench_study *study, double *seconds,
                                         lq_frame **frame, lq_error *err);

/** Wall time from the text until the first paths are done (a chunk, or a pilot's): the best of
 *  some studies of few paths. */
LQ_MUST_USE lq_status lq_bench_study_start(const lq_bench_study *study, double *seconds,
                                           lq_error *err);

#endif
