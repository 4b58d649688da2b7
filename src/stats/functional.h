/**
 * @file functional.h
 * Numbers computed from a law. All are NaN for an empty law.
 *
 * Values carry the unit of what was tallied. Sums run in ascending order of bins, so the bits
 * depend on the law alone. A bin that is not an atom is read as the quantile function
 * Q(u) = min + (max - min) u^k with k such that its mean is the bin's mean: ends exact, mean
 * exact, monotone. With 512 bins per octave a quantile of a smooth law is right to about
 * 1e-6 of itself. The fine cells of a tally, where it has them, say which of them holds the
 * path that is asked for: whatever the law, a quantile is within 1e-4 of max(|x|, 1,000).
 */
#ifndef LQ_STATS_FUNCTIONAL_H
#define LQ_STATS_FUNCTIONAL_H

#include "stats/law.h"

double lq_law_mean(const lq_law *law);

/** Standard deviation of the population (divisor N). */
double lq_law_sd(const lq_law *law);

/** Third standardised moment; 0 for a sure value. */
double lq_law_skewness(const lq_law *law);

/** Central moment of order 2, 3 or 4. */
double lq_law_central_moment(const lq_law *law, unsigned order);

/** inf{x: P(X <= x) >= p}, p in [0, 1]; p = 0 gives the smallest value. */
double lq_law_quantile(const lq_law *law, double p);

/** P(X <= x) and P(X < x). */
double lq_law_cdf(const lq_law *law, double x);
double lq_law_cdf_below(const lq_law *law, double x);

double lq_law_p_negative(const lq_law *law);    /**< P(X < 0) */
double lq_law_p_zero(const lq_law *law);        /**< P(X = 0) */
double lq_law_p_within_cent(const lq_law *law); /**< P(|X| <= 0.01) */
double lq_law_p_positive(const lq_law *law);    /**< P(X > 0) */
/** P(X > 0.01) and P(X < -0.01): who beats whom, with ties apart (R22). */
double lq_law_p_above_cent(const lq_law *law);
double lq_law_p_below_cent(const lq_law *law);

/**
 * Mean of the worst alpha: (1 / alpha) x integral of the quantile function over (0, alpha).
 * An atom at the boundary is split (Acerbi and Tasche 2002; Rockafellar and Uryasev 2002).
 * @param[in] alpha  In (0, 1].
 */
double lq_law_cvar(const lq_law *law, double alpha);

/** Mean of the best alpha. */
double lq_law_upper_cvar(const lq_law *law, double alpha);

/** Integral of P(X <= t) dt over t <= x, which is E(x - X)+. */
double lq_law_shortfall(const lq_law *law, double x);

double lq_law_positive_part(const lq_law *law); /**< E max(X, 0) */
double lq_law_negative_part(const lq_law *law); /**< E max(-X, 0) */

/** sqrt(E((t - X)+)^2), the root mean square shortfall below t. */
double lq_law_downside(const lq_law *law, double threshold);

/** lq_law_downside at the mean. */
double lq_law_semideviation(const lq_law *law);

/** (mean - t) / downside(t); infinite without downside. @source Sortino and Price (1994). */
double lq_law_sortino(const lq_law *law, double threshold);

/** E(X - t)+ / E(t - X)+; infinite without shortfall. @source Keating and Shadwick (2002). */
double lq_law_omega(const lq_law *law, double threshold);

#endif
