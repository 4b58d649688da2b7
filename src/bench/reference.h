/**
 * @file reference.h
 * A kernel that can do W0 and nothing else: what the general engine is measured against.
 *
 * It has the law and the draws per step of the engine's run, and none of its generality: no
 * plan, no offers, no tax, no tally. One file, compiled per instruction-set level as all
 * kernels are.
 */
#ifndef LQ_BENCH_REFERENCE_H
#define LQ_BENCH_REFERENCE_H

#include <stdint.h>

enum { LQ_REFERENCE_MONTHS = 48, LQ_REFERENCE_LANES = 256 };

/** S_0 = 100, E[S_t] = 100 exp(0.05 t), 30 % a year. */
typedef struct lq_reference_w0 {
    double start_log2, drift_log2, loading_log2;
    uint32_t k0, k1; /**< Philox key. */
} lq_reference_w0;

/**
 * Terminal price and average of the 48 month-end prices of n paths from path0 on.
 * @param[in] n  a multiple of LQ_REFERENCE_LANES
 */
typedef void lq_reference_function(const lq_reference_w0 *w0, uint64_t path0, uint64_t n,
                                   double *terminal, double *average);

lq_reference_function lq_reference_w0_run_v3, lq_reference_w0_run_v4;

/** The build that this process uses, as the engine chooses it; NULL: none runs here. */
lq_reference_function *lq_reference_choose(void);

#endif
