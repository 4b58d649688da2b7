/**
 * @file rounds.h
 * One thread: reference kernels, the engine and the peers in turns. Private to the folder.
 */
#ifndef LQ_BENCH_ROUNDS_H
#define LQ_BENCH_ROUNDS_H

#include "bench/bench.h"
#include "bench/peers.h"
#include "bench/workload.h"
#include "engine/engine.h"

/** What one row of a table was made of. */
typedef struct lq_bench_series {
    size_t n;                       /**< 0: not measured */
    double ns[LQ_BENCH_MAX_ROUNDS]; /**< per path, round by round */
} lq_bench_series;

/** NaN for none. */
double lq_series_median(const lq_bench_series *series);
/** Median over the rounds of a / b, in the rounds that both have. */
double lq_series_ratio(const lq_bench_series *a, const lq_bench_series *b);

typedef struct lq_bench_speeds {
    bool pinned; /**< The figures are of one core. */
    lq_bench_series reference[LQ_WORKLOADS];
    lq_bench_series engine[LQ_WORKLOADS][LQ_METHODS];
    size_t n_peers;
    lq_peer peer[LQ_MAX_PEERS];
    lq_bench_series peer_series[LQ_MAX_PEERS];
} lq_bench_speeds;

/** Every round meets all of them, so that a slow spell of the machine does too. */
LQ_MUST_USE lq_status lq_bench_rounds(const lq_bench_plans *plans,
                                      const lq_bench_effort *effort, lq_bench_speeds *out,
                                      lq_error *err);

typedef struct lq_bench_seconds {
    double cpu; /**< of the calling thread */
    double wall;
} lq_bench_seconds;

/** The first n_paths of a plan. result: the caller's; NULL where nobody reads it. */
LQ_MUST_USE lq_status lq_bench_engine(const lq_plan *plan, uint64_t n_paths,
                                      const lq_run_options *options, lq_bench_seconds *out,
                                      lq_result **result, lq_error *err);

#endif
