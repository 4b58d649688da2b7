/**
 * @file report.h
 * What the benchmark found, as tables or as one JSON object. Private to the folder.
 */
#ifndef LQ_BENCH_REPORT_H
#define LQ_BENCH_REPORT_H

#include "bench/errors.h"
#include "bench/rounds.h"
#include "bench/split.h"
#include "bench/threads.h"

typedef struct lq_bench_figures {
    const char *isa; /**< "x86-64-v4" or "x86-64-v3" */
    int n_processors;
    uint32_t n_paths; /**< of a round of W0 */
    lq_bench_speeds speeds;
    lq_bench_threads threads[LQ_WORKLOADS];
    lq_bench_split split[LQ_WORKLOADS][LQ_METHODS];
    double study_seconds; /**< W2 as a whole, 1e6 paths, all processors; 0: not measured */
    double start_seconds; /**< W1 from the text to the first paths; 0: not measured */
    lq_bench_errors errors[LQ_ERROR_CASES][LQ_METHODS];
} lq_bench_figures;

void lq_bench_print_table(const lq_bench_figures *f, FILE *out);
void lq_bench_print_json(const lq_bench_figures *f, FILE *out);

#endif
