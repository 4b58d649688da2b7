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

/**
 * The law of X, or its joint law with G, as weighted points: what utilities are summed over.
 * Independent of wealth, preferences and the grid of risk aversion; opaque.
 */
typedef struct lq_stake lq_stake;

/**
 * Reads a tally.
 * @param[in] growth  Means of G by stratum; NULL when no wealth is in the market (then the
 *                    pooled bins serve at their full resolution). With strata, points are bins
 *                    of the strata's resolution with their exact variance.
 * @return NULL when out of memory. The tally is not needed afterwards.
 */
lq_stake *lq_stake_create(const lq_tally *tally, const lq_strata_sums *growth);
void lq_stake_destroy(lq_stake *stake);
/** Replicates that the stake can tell apart; 0 if the tally has none. */
uint32_t lq_stake_n_replicates(const lq_stake *stake);

typedef struct lq_ce {
    double value;        /**< The certainty equivalent, money of month 0; NaN: no samples. */
    double se;           /**< Standard error for plain random sampling (delta method). */
    double floored_frac; /**< Share of paths whose W was floored. */
} lq_ce;

/**
 * The certainty equivalent: closed form with one stratum, root finding otherwise. Keeps
 * utilities in the stake as it goes: one thread at a time.
 * @param[in]  stake       With strata if background->market_share_frac > 0 (asserted).
 * @param[out] replicates  [lq_stake_n_replicates] certainty equivalents of the replicates,
 *                         linearised at the pooled one (estimate.h makes errors and paired
 *                         errors of them); may be NULL.
 */
lq_ce lq_certainty_equivalent(lq_stake *stake, const lq_background *background,
                              const lq_utility *utility, double *replicates);

/**
 * What a part of the paths, worth `part` by itself, adds to the certainty equivalent `ce` of
 * all in proportion to its share: (U(part) - U(ce)) / U'(ce), with U the utility of a sure
 * amount.
 */
double lq_ce_of_part(lq_stake *stake, const lq_background *background,
                     const lq_utility *utility, double ce, double part);

#endif
