/**
 * @file scalar.h
 * Elementary functions whose bits do not depend on the machine: used for every number that
 * reaches a result outside the kernels (plan constants, functionals, quantiles).
 *
 * libm picks its code by CPU, and so its last bit; these do not. Errors are the largest seen
 * over the ranges of tests/num/test_scalar.c.
 */
#ifndef LQ_NUM_SCALAR_H
#define LQ_NUM_SCALAR_H

/** e^x; relative error < 4e-16, of a subnormal result one last place; 0 below -745, +inf above
 * 709.78. */
double lq_exp(double x);

/** Natural logarithm; relative error < 4e-16; log(0) = -inf, NaN for x < 0. */
double lq_log(double x);

/** x^y for x >= 0, as exp(y log x); relative error < 2e-16 (1 + 2 abs(y log x)). */
double lq_pow(double x, double y);

/** Standard normal density; relative error < 1e-13 for abs(z) < 37.5. */
double lq_normal_pdf(double z);

/** Standard normal distribution function; absolute error < 4e-16, relative < 1e-13 in the lower
 * tail, down to -37.5. */
double lq_normal_cdf(double z);

/** Its inverse; relative error < 2e-15 for u in [1e-300, 1 - 1e-16]; -inf at 0, +inf at 1.
 *  @source Wichura (1988), Applied Statistics 37, algorithm AS 241 (PPND16). */
double lq_normal_quantile(double u);

#endif
