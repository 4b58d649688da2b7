/**
 * @file estimate.h
 * A number and how far chance may have moved it.
 *
 * Two ways. Plain random sampling: formulas for independent samples, from the pooled law.
 * Any sampling (Sobol, weights) and any functional: the functional in each of R replicates,
 * standard error = sd / sqrt(R), Student t with R - 1 degrees of freedom (R28).
 */
#ifndef LQ_STATS_ESTIMATE_H
#define LQ_STATS_ESTIMATE_H

#include "stats/law.h"
#include "stats/utility.h"

typedef struct lq_estimate {
    double value;
    double se;          /**< Standard error, in the unit of value; NaN: not known. */
    uint32_t n_degrees; /**< Degrees of freedom of se; 0: many, use the normal law. */
} lq_estimate;

/** Plain random sampling. */
lq_estimate lq_estimate_mean(const lq_law *law);
lq_estimate lq_estimate_sd(const lq_law *law);
/** Error from the influence function of the third standardised moment. */
lq_estimate lq_estimate_skewness(const lq_law *law);
/** The skewness that a replicate stands for, linearised at the whole: that of its own few paths
 *  cannot exceed the root of their number, and says nothing of a long tail. */
double lq_skewness_of_part(const lq_law *whole, const lq_law *part);
/** A share of n_paths; the error of an unseen event is that of half a path. */
lq_estimate lq_estimate_probability(double probability, double n_paths);
/** Error from order statistics: (Q(p + z d) - Q(p - z d)) / 2 z, d = sqrt(p (1 - p) / N), z =
 *  1.96, so that its half-width is that of their 95 % interval. */
lq_estimate lq_estimate_quantile(const lq_law *law, double p);
/** The same with d = z share->se, of the share of paths up to the quantile, and z = t of its
 *  degrees of freedom: for samples whose errors come from replicates. */
lq_estimate lq_estimate_quantile_noisy(const lq_law *law, double p, const lq_estimate *share);
/** Error from the influence function: sd((q - X)+) / (alpha sqrt N). */
lq_estimate lq_estimate_cvar(const lq_law *law, double alpha);
/** Error from the influence function of the root mean square shortfall below the mean. */
lq_estimate lq_estimate_semideviation(const lq_law *law);
/** E max(X, 0), E max(-X, 0) of a difference: expected regret. */
lq_estimate lq_estimate_positive_part(const lq_law *law);
lq_estimate lq_estimate_negative_part(const lq_law *law);
lq_estimate lq_estimate_ce(const lq_ce *ce);

/**
 * The law of the p-quantile of a sample whose values lie on points, told in ascending order: it
 * is at most a point when a share p of the sample is, and that share is normal around the
 * point's P(X <= value), with a standard error `noise`: sqrt(p (1 - p) / N) in plain sampling.
 * Right where few points hold much of the mass, and for small samples, where an interval of
 * order statistics is coarse.
 * @source Maritz and Jarrett (1978), with the normal law for the binomial one.
 */
typedef struct lq_quantile_law {
    double p, noise;
    double first, mass, mean, square;
} lq_quantile_law;

void lq_quantile_law_add(lq_quantile_law *law, double value, double cdf);
/** NaN when with more than 2.5 % the quantile lies above the last point. */
double lq_quantile_law_error(const lq_quantile_law *law);

/** A functional of a law with one parameter (ignored by those that have none). */
typedef double lq_functional(const lq_law *law, double parameter);

/**
 * The functional in every replicate.
 * @param[out] values  [n_replicates of the tally's shape]
 * @retval LQ_ENOMEM  values hold nothing of use.
 */
LQ_MUST_USE lq_status lq_replicate_values(const lq_tally *tally, lq_functional *functional,
                                          double parameter, double *values, lq_error *err);

/** `value` with the error that n replicate values show. */
lq_estimate lq_estimate_by_replicates(double value, const double *replicate, size_t n);

/** value_a - value_b with the error of paired replicates (common random numbers). */
lq_estimate lq_estimate_difference(double difference, const double *replicate_a,
                                   const double *replicate_b, size_t n);

/** Half the width of the 95 % interval. */
double lq_estimate_half_width(const lq_estimate *estimate);

/** The 97.5 % point of Student's t; n_degrees = 0 is the normal law. */
double lq_student_975(uint32_t n_degrees);

/**
 * Chance and ignorance apart (R33): J outer draws with means m_j, variances v_j and n inner
 * samples each. Var_ignorance = Var_j(m_j) - mean_j(v_j) / n, at least 0; Var_chance =
 * mean_j(v_j).
 */
typedef struct lq_variance_split {
    double chance;
    double ignorance;
} lq_variance_split;
lq_variance_split lq_split_variance(const double *mean, const double *variance, size_t n_outer,
                                    double n_inner);

#endif
