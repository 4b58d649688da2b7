/**
 * @file strata.h
 * Which part of the market's law a path fell into.
 *
 * The certainty equivalent needs the joint law of a path's worth X and the growth of the
 * market G that outside wealth is invested in (R16). Taking them as independent would miss
 * -gamma Cov(X, w G) / E W, about 1 % of a worth of 1M. So X is tallied per stratum of G, and
 * within a stratum G is its mean: 16 strata leave 1 % of the variance of ln G, hence 1 % of
 * that term (measured in tests/stats/test_utility.c), at 1 ns a path.
 *
 * Slots of the joint tally: slot = stratum x n_replicates + replicate.
 */
#ifndef LQ_STATS_STRATA_H
#define LQ_STATS_STRATA_H

#include "liquidus/status.h"
#include "stats/tally.h"

enum { LQ_STRATA = 16 };

/** Shape of the joint tally of X by stratum, for 16 replicates. */
#define LQ_TALLY_JOINT                                                                         \
    ((lq_tally_shape){.pooled_bins = 0, .slot_bins = 16, .n_slots = LQ_STRATA * 16})

/** Borders between the strata of G; immutable, part of the plan. Ascending. */
typedef struct lq_strata {
    double border[LQ_STRATA - 1];
} lq_strata;

/** Sums of G by stratum, exact, mergeable by addition. {0} is empty. */
typedef struct lq_strata_sums {
    uint64_t weight[LQ_STRATA];
    uint64_t growth_lo[LQ_STRATA]; /**< Sum of weight x G in units of 2^-32, 128 bits. */
    uint64_t growth_hi[LQ_STRATA];
    uint64_t overflow; /**< Samples of G not in [0, 2^20). */
} lq_strata_sums;

/**
 * Borders for G log-normal: ln G ~ N(mean_log, sd_log^2). Spaced as an optimal quantiser's
 * (density to the power 1/3: Panter and Dite 1951), which serves other laws well enough:
 * borders change the accuracy, never the validity.
 */
lq_strata lq_strata_lognormal(double mean_log, double sd_log);

/**
 * Slots of n lanes for one replicate: slot[i] = stratum(growth[i]) x n_replicates + replicate.
 * @param[in]  growth  [n] G = discount x M_L / M_0 of each lane.
 * @param[out] slot    [n] for lq_tally_add_lanes of every offer.
 */
void lq_strata_slots(const lq_strata *strata, const double *growth, size_t n,
                     uint32_t replicate, uint32_t n_replicates, uint16_t *slot);

/** Adds G of n lanes to the sums of their strata. */
void lq_strata_sums_add(lq_strata_sums *sums, const uint16_t *slot, uint32_t n_replicates,
                        const double *growth, size_t n);

void lq_strata_sums_merge(lq_strata_sums *into, const lq_strata_sums *from);

/** Mean of G in a stratum; 1 where the stratum is empty. */
double lq_strata_mean(const lq_strata_sums *sums, size_t stratum);

#endif
