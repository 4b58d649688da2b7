/**
 * @file split.h
 * Where the time of a path goes, stage by stage. Private to the folder.
 */
#ifndef LQ_BENCH_SPLIT_H
#define LQ_BENCH_SPLIT_H

#include "bench/rounds.h"

/** Nanoseconds per path on one thread; all 0: not measured. */
typedef struct lq_bench_split {
    double
        stage[LQ_STAGES]; /**< medians over the rounds; the readings' own cost is taken off */
    double other;         /**< the rest: threads, chunks, merging, making the result */
} lq_bench_split;

LQ_MUST_USE lq_status lq_bench_split_stages(const lq_workload *workload, const lq_plan *plan,
                                            const lq_bench_effort *effort, lq_bench_split *out,
                                            lq_error *err);

#endif
