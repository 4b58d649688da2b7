/**
 * @file stake.h
 * The inside of lq_stake (utility.h): points of X by stratum of G. Private to the folder.
 */
#ifndef LQ_STATS_STAKE_H
#define LQ_STATS_STAKE_H

#include "stats/utility.h"

/** Points of one stratum, with a weight for each replicate. */
typedef struct lq_stratum {
    double growth;   /**< Mean of G here. */
    double variance; /**< Of G here. */
    double beta;     /**< Slope of E(X | G) here. */
    lq_law *law;     /**< Pooled over the replicates, empty bins kept. */
    double *weight;  /**< [n_replicates][law->len] */
    double *u;       /**< [law->len] utilities of the points: scratch. */
    double sure;     /**< Utility of the certainty equivalent: scratch. */
} lq_stratum;

struct lq_stake {
    uint32_t n_strata, n_replicates;
    double n_paths;
    double mean, lowest, highest; /**< Of X. */
    lq_stratum *strata;
};

#endif
