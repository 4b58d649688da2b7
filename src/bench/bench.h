/**
 * @file bench.h
 * `liquidus bench`: workloads W0 and W1 through the general engine, each against a kernel
 * written for it alone, W0 also against other libraries (docs/benchmarks.md).
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
 * Measures (about fifteen seconds) and prints a table, or one JSON object:
 * {"W0": {"ns_per_path", "reference_ns", "ratio", "two_thread_speedup", ...}, "W1": {...},
 * "peers": {...}}.
 *
 * The peers are programs of the build tree (LQ_BUILD_BENCH), looked for beside the running
 * program and in LIQUIDUS_BENCH_PEERS; those that are missing are named as such.
 *
 * @retval LQ_ECHECK  The processor is below x86-64-v3, or a mean is wrong: a benchmark that
 *                    computes something else counts for nothing.
 * @retval LQ_ENOMEM
 */
LQ_MUST_USE lq_status lq_bench_run(FILE *out, bool json, lq_error *err);

/** How much is measured. Paths are those of W0, multiples of 8,192. */
typedef struct lq_bench_effort {
    uint32_t n_rounds;      /**< of one thread, at most LQ_BENCH_MAX_ROUNDS */
    uint32_t n_paths;       /**< of each */
    uint32_t n_wall_rounds; /**< of one thread against two */
    uint32_t n_wall_paths;
} lq_bench_effort;

enum { LQ_BENCH_MAX_ROUNDS = 64 };

/** lq_bench_run with another effort: a smaller one shows that it works, not how fast it is. */
LQ_MUST_USE lq_status lq_bench_run_with(const lq_bench_effort *effort, FILE *out, bool json,
                                        lq_error *err);

#endif
