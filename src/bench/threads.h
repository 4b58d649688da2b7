/**
 * @file threads.h
 * What a second thread brings. Private to the folder.
 */
#ifndef LQ_BENCH_THREADS_H
#define LQ_BENCH_THREADS_H

#include "bench/bench.h"
#include "bench/workload.h"

/** Wall time by one thread and by two, ns per path; 0: not measured. */
typedef struct lq_bench_pair {
    double one, two;
} lq_bench_pair;

typedef struct lq_bench_threads {
    lq_bench_pair engine[LQ_METHODS];
    lq_bench_pair reference; /**< what two processors of this machine can give */
} lq_bench_threads;

/**
 * The best of interleaved rounds of each: a job beside this one can only slow a round down,
 * and two threads more often than one.
 *
 * @param[in] plans  [LQ_METHODS] of the workload
 * @param[out] out   {0} where the process has one processor
 */
LQ_MUST_USE lq_status lq_bench_two_threads(const lq_workload *workload,
                                           const lq_bench_plan *plans,
                                           const lq_bench_effort *effort, lq_bench_threads *out,
                                           lq_error *err);

#endif
