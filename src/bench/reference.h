/**
 * @file reference.h
 * Kernels that can do one workload each and nothing else: what the general engine is measured
 * against.
 *
 * Each has the law and the draws per step of the engine's run, and none of its generality: no
 * plan, no offers, no tax, no tally. One file each, compiled per instruction-set level as all
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

/** W1 as written in configs/bench/w1.yaml. Money today; a month where nothing else is said. */
typedef struct lq_reference_w1 {
    uint32_t k0, k1;
    /* the listed share and the private company: log2, drift, loadings */
    double start_log2[2], drift_log2[2];
    double loading_log2, shared_log2, own_log2;
    double jump_mean_log2, jump_sd_log2, jumps; /**< expected in 48 months */
    /* events at the end of a year, cumulative: failure, sale, IPO; else a round */
    double p_failure, p_sale, p_exit, p_round;
    double dilution, dilution_down;
    double value, claim, threshold, share, keep_at_end;
    double units;
    double salary[2], salary_after_failure;
    double discount[LQ_REFERENCE_MONTHS + 1];
    double vest[LQ_REFERENCE_MONTHS + 1]; /**< fraction of the grant that vests */
} lq_reference_w1;

typedef union lq_reference_law {
    lq_reference_w0 w0;
    lq_reference_w1 w1;
} lq_reference_law;

/**
 * Two figures of n paths from path0 on. W0: terminal price, and average of the 48 month-end
 * prices; W1: what the listed and the private offer pay, at present value.
 * @param[in] n  a multiple of LQ_REFERENCE_LANES
 */
typedef void lq_reference_function(const lq_reference_law *law, uint64_t path0, uint64_t n,
                                   double *first, double *second);

lq_reference_function lq_reference_w0_run_v3, lq_reference_w0_run_v4;
lq_reference_function lq_reference_w1_run_v3, lq_reference_w1_run_v4;

/** The builds of one kernel. */
typedef struct lq_reference {
    lq_reference_function *v3, *v4;
} lq_reference;

/** The build that this process uses, as the engine chooses it; NULL: none runs here. */
lq_reference_function *lq_reference_choose(const lq_reference *reference);

#endif
