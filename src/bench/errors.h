/**
 * @file errors.h
 * What error a second buys: standard errors and time of every way to sample, against plain
 * sampling. Private to the folder.
 */
#ifndef LQ_BENCH_ERRORS_H
#define LQ_BENCH_ERRORS_H

#include "bench/rounds.h"

enum { LQ_ERROR_CASES = 2, LQ_ERROR_STATISTICS = 4 };

/** A config whose errors are measured. */
typedef struct lq_error_case {
    const char *name, *config;
    uint32_t n_paths; /**< of each study */
    uint32_t share;   /**< 1 / share of the seeds, at least two: a study of it takes long */
    uint32_t cost;    /**< as in lq_workload */
} lq_error_case;

extern const lq_error_case lq_error_cases[LQ_ERROR_CASES];

/** A figure of the first pair of offers, by its name in docs/results.md. */
typedef struct lq_error_statistic {
    const char *name;     /**< "mean", "q05", "p_beats", "ce" */
    const char *variable; /**< of /pairs */
    size_t index;         /**< in it */
} lq_error_statistic;

extern const lq_error_statistic lq_error_statistics[LQ_ERROR_STATISTICS];

typedef struct lq_bench_errors {
    double ns_per_path;             /**< the engine on one thread; 0: not measured */
    double se[LQ_ERROR_STATISTICS]; /**< root mean square over the seeds of what a study says */
    /** How many times as fast plain sampling's error is reached: the ratio of se^2 x time. */
    double gain[LQ_ERROR_STATISTICS];
} lq_bench_errors;

/** Studies with other seeds, n of the effort; the time in turns, apart from them. */
LQ_MUST_USE lq_status lq_bench_errors_run(const lq_error_case *which,
                                          const lq_bench_effort *effort,
                                          lq_bench_errors out[LQ_METHODS], lq_error *err);

#endif
