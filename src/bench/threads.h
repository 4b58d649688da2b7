/**
 * @file threads.h
 * What a second thread brings. Private to the folder.
 */
#ifndef LQ_BENCH_THREADS_H
#define LQ_BENCH_THREADS_H

#include "bench/bench.h"
#include "bench/workload.h"

/** Wall time of one thread over that of two; 0: not measured. */
typedef struct lq_bench_speedup {
    double engine;
    double machine; /**< the reference kernel's: what two processors of this machine can give */
} lq_bench_speedup;

/**
 * The best of interleaved rounds of each: a job beside this one can only slow a round down,
 * and two threads more often than one.
 *
 * @param[out] out     {0} where the process has one processor
 */
LQ_MUST_USE lq_status lq_bench_two_threads(const lq_workload *workload, const lq_plan *plan,
                                           const lq_bench_effort *effort, lq_bench_speedup *out,
                                           lq_error *err);

#endif
