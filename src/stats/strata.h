/**
 * @file strata.h
 * Which part of the market's law a path fell into.
 *
 * The certainty equivalent needs the joint law of a path's worth X and the growth G of the
 * market that outside wealth is invested in (R16). Taking them as independent would miss
 * -gamma Cov(X, w G) / E W, about 1 % of a worth of 1M. So X is tallied per stratum of G. 16
 * strata leave 1 % of the variance of ln G within; that rest is put back to second order, by
 * the variance of G in the stratum and the slope of E(X | G) across its neighbours. What is
 * left is below 1e-4 of the worth (tests/stats/test_utility.c), for 2 ns a path, once for all
 * offers.
 */
#ifndef LQ_STATS_STRATA_H
#define LQ_STATS_STRATA_H

#include "liquidus/status.h"
#include "num/isa.h"

#include <stddef.h>
#include <stdint.h>

enum { LQ_STRATA = 16 };

/** Borders between the strata of G; immutable, part of the plan. Ascending. */
typedef struct lq_strata {
    double border[LQ_STRATA - 1];
} lq_strata;

/** Sums of G by stratum, exact integers, mergeable by addition. {0} is empty. */
typedef struct lq_strata_sums {
    uint64_t weight[LQ_STRATA];    /**< Samples. */
    uint64_t growth_lo[LQ_STRATA]; /**< Sum of G in units of 2^-32, 128 bits in two words. */
    uint64_t growth_hi[LQ_STRATA];
    uint64_t square_lo[LQ_STRATA]; /**< Sum of G^2 in units of 2^-23. */
    uint64_t square_hi[LQ_STRATA];
    uint64_t overflow; /**< Samples of G not in [0, 2^20): left out. */
} lq_strata_sums;

/**
 * Borders for G log-normal: ln G ~ N(mean_log, sd_log^2). Spaced as an optimal quantiser's
 * (density to the power 1/3: Panter and Dite 1951), which serves other laws well enough:
 * borders change the accuracy, never the validity.
 */
lq_strata lq_strata_lognormal(double mean_log, double sd_log);

/* Compiled once per instruction-set level, as in tally.h. */
#ifdef LQ_ISA
#define lq_strata_assign   LQ_KERNEL(lq_strata_assign)
#define lq_strata_sums_add LQ_KERNEL(lq_strata_sums_add)
#endif

/**
 * The stratum of each of n lanes, once per block for all offers.
 * @param[in]  growth   [n] G = discount to L x M_L / M_0 of each lane.
 * @param[out] stratum  [n] for lq_tally_add_joint.
 */
void lq_strata_assign(const lq_strata *strata, const double *growth, size_t n,
                      uint8_t *stratum);

/** Adds G of n lanes to the sums of their strata, once per block. */
void lq_strata_sums_add(lq_strata_sums *sums, const uint8_t *stratum, const double *growth,
                        size_t n);

void lq_strata_sums_merge(lq_strata_sums *into, const lq_strata_sums *from);

/** Mean of G in a stratum; 1 where the stratum is empty. */
double lq_strata_mean(const lq_strata_sums *sums, size_t stratum);

/** Variance of G within a stratum, at least 0; 0 where the stratum is empty. */
double lq_strata_variance(const lq_strata_sums *sums, size_t stratum);

#endif
