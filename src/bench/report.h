/**
 * @file report.h
 * What the benchmark found, as a table or as one JSON object. Private to the folder.
 */
#ifndef LQ_BENCH_REPORT_H
#define LQ_BENCH_REPORT_H

#include "bench/peers.h"
#include "bench/threads.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/** One workload. */
typedef struct lq_bench_row {
    const char *name, *title;
    uint64_t n_paths;    /**< of one round */
    bool pinned;         /**< The one-thread figures are of one core. */
    double ns_per_path;  /**< the engine, one thread, CPU time */
    double reference_ns; /**< the reference kernel, the same */
    double ratio;        /**< median over rounds of engine / reference */
    lq_bench_speedup two_threads;
} lq_bench_row;

typedef struct lq_bench_figures {
    const char *isa; /**< "x86-64-v4" or "x86-64-v3" */
    size_t n_rounds; /**< interleaved; figures are medians */
    size_t n_rows;
    lq_bench_row rows[LQ_WORKLOADS];
    size_t n_peers; /**< of the first workload */
    lq_peer peers[LQ_MAX_PEERS];
} lq_bench_figures;

void lq_bench_print_table(const lq_bench_figures *f, FILE *out);
void lq_bench_print_json(const lq_bench_figures *f, FILE *out);

#endif
