/* The largest error of a function against a reference of more digits, and the bound stated for
 * it: what is stated must hold, and must be no more than three times what is seen. */
#ifndef ACCURACY_H
#define ACCURACY_H

#include "lq_test.h"

#include <math.h>

static inline void assert_bound(const char *what, double seen, double stated)
{
    print_message("%-40s stated %.1e, seen %.2e\n", what, stated, seen);
    assert_true(seen <= stated);
    assert_true(stated < 3.0 * seen);
}

/* Keeps the largest; an error that is no number is the largest of all. */
static inline void worsen(double *most, long double error)
{
    const double e = (double)fabsl(error);
    if (!(e <= *most)) *most = isnan(e) ? (double)INFINITY : e;
}

/* Words without a pattern: a Weyl sequence, mixed (Steele, Lea and Flood 2014). */
static inline uint64_t word(uint64_t i)
{
    uint64_t x = (i + 1) * 0x9E3779B97F4A7C15ull;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ull;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBull;
    return x ^ (x >> 31);
}

/* From 0 to 1, both included in effect. */
static inline double share(uint64_t i)
{
    return (double)(word(i) >> 11) * 0x1p-53;
}

/* The standard normal distribution below z <= 0, to the relative accuracy of long double. */
static inline long double below(long double z)
{
    return 0.5L * erfcl(-z * 0.70710678118654752440084436210484904L);
}

static inline long double density(long double z)
{
    return expl(-0.5L * z * z) * 0.39894228040143267793994605993438187L;
}

/* Relative error of z as the quantile of u < 1/2, where x = 1 - 2u is exact: one Newton step,
 * near the centre on the difference from 1/2. */
static inline long double quantile_error(long double z, long double u, long double x)
{
    const long double off = z > -0.5L
                                ? 0.5L * (x + erfl(z * 0.70710678118654752440084436210484904L))
                                : below(z) - u;
    return off / (density(z) * z);
}

#endif
