/**
 * @file bench.h
 * `liquidus bench`: the workloads through the general engine, against a kernel written for each
 * alone and against other libraries; where the time goes; what error a second buys
 * (docs/benchmarks.md).
 *
 * One-thread figures are CPU time of one pinned core, interleaved, medians over rounds; the
 * two-thread speed-up is a ratio of wall times, the best of interleaved rounds. Absolute times
 * differ from machine to machine; ratios taken in one run hold.
 */
#ifndef LQ_BENCH_BENCH_H
#define LQ_BENCH_BENCH_H

#include "liquidus/status.h"

#include <stdbool.h>
#include <stdint.h>

/**
 * Measures (somewhat over a minute; quick: some ten seconds, for figures that are rough) and
 * prints tables, or one JSON object:
 * {"W0": {"ns_per_path", "reference_ns", "ratio", "two_thread_speedup", "rows": [...],
 * "stages": {...}, "peers": {...}, ...}, "W1": {...}, "W2": {...}, "errors": [...]}.
 *
 * The peers are programs of the build tree (LQ_BUILD_BENCH), looked for beside the running
 * program and in LIQUIDUS_BENCH_PEERS; those that are missing are named as such.
 *
 * @retval LQ_ECHECK    A mean is wrong: a benchmark that computes something else counts for
 *                      nothing.
 * @retval LQ_EMACHINE  As lq_engine_run.
 * @retval LQ_ENOMEM
 */
LQ_MUST_USE lq_status lq_bench_run(FILE *out, bool json, bool quick, lq_error *err);

/** How much is measured. Paths are multiples of 16,384, of W2 a sixteenth in rounds; what is 0
 * is left out. */
typedef struct lq_bench_effort {
    uint32_t n_rounds;      /**< of one thread, at least 1, at most LQ_BENCH_MAX_ROUNDS */
    uint32_t n_paths;       /**< of each */
    uint32_t n_peer_rounds; /**< of them, with peers */
    uint32_t n_wall_rounds; /**< of one thread against two */
    uint32_t n_wall_paths;
    uint32_t n_split_rounds; /**< with the time of each stage */
    uint32_t n_seeds;        /**< of the errors */
    uint32_t n_study_paths;  /**< W2 as a whole; with it the start of W1 */
} lq_bench_effort;

enum { LQ_BENCH_MAX_ROUNDS = 64 };

/** lq_bench_run with another effort: a smaller one shows that it works, not how fast it is. */
LQ_MUST_USE lq_status lq_bench_run_with(const lq_bench_effort *effort, FILE *out, bool json,
                                        lq_error *err);

#endif
