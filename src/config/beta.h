/**
 * @file beta.h
 * The beta law of a PERT value, by own arithmetic.
 */
#ifndef LQ_CONFIG_BETA_H
#define LQ_CONFIG_BETA_H

/**
 * Distribution function of Beta(a, b) at x in [0, 1], for a, b in [1, 5]; relative error <
 * 1e-13.
 *
 * B_x(a, b) = x^a (1 - x)^b / a * sum over n of (a + b)_n / (a + 1)_n x^n, whose terms are all
 * positive (DLMF 8.17.8), used for x <= 1/2 and by symmetry above; the complete beta function
 * is the sum of the two halves.
 */
double lq_beta_cdf(double x, double a, double b);

/** Its inverse at u in (0, 1), by bisection to the last bit of x. */
double lq_beta_quantile(double u, double a, double b);

#endif
