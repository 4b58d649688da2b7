/**
 * @file utility.h
 * What a risky amount is worth for sure (R16): the sure X' with E u(W(X')) = E u(W(X)).
 *
 * Terminal wealth is W = [w (1 - pi + pi G) - C + X] / D, with w outside wealth, pi its share
 * in the market, G = D M_L / M_0 the market's discounted growth, C the present value of
 * spending, X the present value of pay, D the discount factor to the horizon. CRRA does not
 * change with the scale of W and CARA's coefficient is per unit of month-0 money, so D drops
 * out: all amounts here are month-0 money.
 *
 * W is floored at 1 % of w (at least one unit of money); the share floored is reported.
 */
#ifndef LQ_STATS_UTILITY_H
#define LQ_STATS_UTILITY_H

#include "stats/law.h"
#include "stats/strata.h"

#include <stdbool.h>

typedef enum lq_utility_kind {
    LQ_UTILITY_CRRA, /**< u(W) = W^(1 - a) / (1 - a), ln W at a = 1. */
    LQ_UTILITY_CARA, /**< u(W) = -exp(-a W) / a, W at a = 0; a per unit of month-0 money. */
} lq_utility_kind;

typedef struct lq_utility {
    lq_utility_kind kind;
    double aversion; /**< a >= 0; CRRA's gamma. */
} lq_utility;

/** The default grid of CRRA's gamma. */
enum { LQ_N_GAMMAS = 8 };
extern const double lq_gammas[LQ_N_GAMMAS];

/** What the person has besides X. */
typedef struct lq_background {
    double wealth_money;      /**< w >= 0 */
    double market_share_frac; /**< pi in [0, 1] */
    double spending_money;    /**< C, present value */
} lq_background;

/** One stratum of the joint law: X given G about growth. Borrowed laws. */
typedef struct lq_stratum {
    const lq_law *law;
    double growth; /**< Mean of G in the stratum. */
} lq_stratum;

/**
 * The law of X by stratum of G. Without a market share one stratum of growth 1 holds the
 * pooled law at full resolution.
 */
typedef struct lq_stake {
    size_t n_strata;
    lq_stratum stratum[LQ_STRATA];
} lq_stake;

typedef struct lq_ce {
    double value;        /**< The certainty equivalent, money of month 0; NaN for no samples. */
    double se;           /**< Standard error for plain random sampling (delta method). */
    double slope;        /**< d E u(W(x)) / dx at the certainty equivalent, normalised u. */
    double floored_frac; /**< Share of paths whose W was floored. */
} lq_ce;

/** The stake without a market share: a single stratum. */
lq_stake lq_stake_plain(const lq_law *law);

/** The certainty equivalent. Closed form with one stratum, root finding otherwise. */
lq_ce lq_certainty_equivalent(const lq_stake *stake, const lq_background *background,
                              const lq_utility *utility);

/**
 * The certainty equivalent that one replicate's laws imply, linearised at the pooled one: the
 * standard error of the pooled value, and of differences of two offers', is that of the mean
 * over the replicates (estimate.h).
 * @param[in] replicate  Strata in the same order and with the same growths as the pooled stake.
 */
double lq_certainty_equivalent_of_replicate(const lq_stake *replicate, const lq_ce *pooled,
                                            const lq_background *background,
                                            const lq_utility *utility);

/** Laws by stratum, pooled and per replicate, of a joint tally; owns them. */
typedef struct lq_joint lq_joint;

/**
 * Reads a joint tally (slot = stratum x n_replicates + replicate).
 * @return NULL when out of memory.
 */
lq_joint *lq_joint_create(const lq_tally *tally, const lq_strata_sums *growth,
                          uint32_t n_replicates);
void lq_joint_destroy(lq_joint *joint);
/** The pooled stake (LQ_POOLED) or that of one replicate; lives as long as the joint. */
const lq_stake *lq_joint_stake(const lq_joint *joint, int32_t replicate);

#endif
