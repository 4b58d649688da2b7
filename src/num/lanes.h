/**
 * @file lanes.h
 * Elementary functions for the kernels: one lane per call, inlined, without branches, so that
 * the loop of the caller vectorises. Included by kernel files only.
 *
 * The polynomials are near-minimax (Chebyshev fits at 40 digits). Bits are the same on every
 * machine with a fused multiply-add: integer steps, FMA and correctly rounded operations only.
 * Errors, each held by tests/num/test_lanes.c over the whole domain; outside it, and for NaN
 * where it is not named, the result means nothing:
 *   lq_lane_exp2             relative 6e-11 for |x| <= 1000
 *   lq_lane_exp              relative 6e-11 for |x| <= 700; below -700 it is 1e-304
 *   lq_lane_log2             absolute 1e-11 for normal positive x
 *   lq_lane_log              absolute 7e-12, relative 3e-11 for normal positive x
 *   lq_lane_uniform          exact
 *   lq_lane_exponential      relative 3e-11
 *   lq_lane_normal_cdf       absolute 5e-11 for every z, infinite too
 *   lq_lane_normal_quantile  relative 7e-10 for every word
 */
#ifndef LQ_NUM_LANES_H
#define LQ_NUM_LANES_H

#include "num/isa.h"

#include <stdint.h>
#include <string.h>

LQ_INLINE double lq_lane_from_bits(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

LQ_INLINE uint64_t lq_lane_bits(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

#define LQ_FMA(a, b, c) __builtin_fma(a, b, c)

/* x R(t), for x = 2u - 1 and t = -ln(1 - x^2): R is one rational function for the centre and
 * both tails (least squares at 50 digits). */
LQ_INLINE double lq_lane_quantile_of(double x, double t)
{
    double p = 2.6515193034246134982e-8;
    p = LQ_FMA(p, t, -3.199059923411357668e-7);
    p = LQ_FMA(p, t, 0.000024001731178940754441);
    p = LQ_FMA(p, t, 0.00070722005287296519166);
    p = LQ_FMA(p, t, 0.0091415651386997537087);
    p = LQ_FMA(p, t, 0.073404046729056817847);
    p = LQ_FMA(p, t, 0.39652517861304520361);
    p = LQ_FMA(p, t, 1.2533141378725185196);
    double q = 9.6642212003638300734e-10;
    q = LQ_FMA(q, t, 9.9421385180409572224e-8);
    q = LQ_FMA(q, t, -2.0757899431184841945e-6);
    q = LQ_FMA(q, t, 0.00017356545804894260091);
    q = LQ_FMA(q, t, 0.0010374240124428416985);
    q = LQ_FMA(q, t, 0.031246302354618585098);
    q = LQ_FMA(q, t, 0.054581946657610185719);
    q = LQ_FMA(q, t, 1.0);
    return x * p / q;
}

#ifdef LQ_PRECISE
#include "num/lanes_precise.h"
#else

/* 2^x: the magic constant leaves the rounded exponent in the low bits. */
LQ_INLINE double lq_lane_exp2(double x)
{
    const double magic = 6755399441055744.0; /* 1.5 * 2^52 */
    const double t = x + magic;
    const uint64_t k = lq_lane_bits(t);
    const double f = x - (t - magic);
    double p = 0.000015303700711365693939;
    p = LQ_FMA(p, f, 0.00015469729214118297093);
    p = LQ_FMA(p, f, 0.0013333478473685415281);
    p = LQ_FMA(p, f, 0.0096180256133180342494);
    p = LQ_FMA(p, f, 0.055504109063258666119);
    p = LQ_FMA(p, f, 0.24022651213498092661);
    p = LQ_FMA(p, f, 0.69314718055683241353);
    p = LQ_FMA(p, f, 0.99999999995956175074);
    return lq_lane_from_bits(lq_lane_bits(p) + (k << 52));
}

/* Splits x = m 2^k with m in [sqrt(1/2), sqrt(2)); ln m = s (2 + y P(y)), s = (m-1)/(m+1). */
LQ_INLINE double lq_lane_log_split(double x, double *k)
{
    const uint64_t b = lq_lane_bits(x), t = b - 0x3FE6A09E667F3BCDull;
    const uint64_t shifted = (t + 0x4000000000000000ull) >> 52;
    *k = lq_lane_from_bits(shifted | 0x4330000000000000ull) - (4503599627370496.0 + 1024.0);
    const double m = lq_lane_from_bits(b - ((shifted - 1024) << 52));
    const double s = (m - 1.0) / (m + 1.0), y = s * s;
    double p = 0.23330467216303836299;
    p = LQ_FMA(p, y, 0.28550820815960663296);
    p = LQ_FMA(p, y, 0.40000121839806126714);
    p = LQ_FMA(p, y, 0.66666666554497091551);
    return s * LQ_FMA(y, p, 2.0);
}

LQ_INLINE double lq_lane_exp(double x)
{
    return lq_lane_exp2((x < -700.0 ? -700.0 : x) * 1.4426950408889634074);
}

/* Hart (1968) 5666 in the form of West (2005), with the exponential above. */
LQ_INLINE double lq_lane_normal_cdf(double z)
{
    const double a = __builtin_fabs(z) < 7.0 ? __builtin_fabs(z) : 7.0;
    const double e = lq_lane_exp(-0.5 * a * a);
    double p = LQ_FMA(3.52624965998911e-02, a, 0.700383064443688);
    p = LQ_FMA(p, a, 6.37396220353165);
    p = LQ_FMA(p, a, 33.912866078383);
    p = LQ_FMA(p, a, 112.079291497871);
    p = LQ_FMA(p, a, 221.213596169931);
    p = LQ_FMA(p, a, 220.206867912376);
    double q = LQ_FMA(8.83883476483184e-02, a, 1.75566716318264);
    q = LQ_FMA(q, a, 16.064177579207);
    q = LQ_FMA(q, a, 86.7807322029461);
    q = LQ_FMA(q, a, 296.564248779674);
    q = LQ_FMA(q, a, 637.333633378831);
    q = LQ_FMA(q, a, 793.826512519948);
    q = LQ_FMA(q, a, 440.413735824752);
    const double tail = e * p / q;
    return z > 0.0 ? 1.0 - tail : tail;
}

#endif

LQ_INLINE double lq_lane_log2(double x)
{
    double k;
    const double ln_m = lq_lane_log_split(x, &k);
    return LQ_FMA(ln_m, 1.4426950408889634074, k);
}

LQ_INLINE double lq_lane_log(double x)
{
    double k;
    const double ln_m = lq_lane_log_split(x, &k);
    return LQ_FMA(k, 0.69314718055994530942, ln_m);
}

/* Below -700 as there: 1e-304, where the steps above would leave the exponent's range. */
/* (w + 1/2) 2^-32 for the low 32 bits of w: never 0, never 1. */
LQ_INLINE double lq_lane_uniform(uint64_t w)
{
    return (lq_lane_from_bits((w & 0xffffffffull) | 0x4330000000000000ull) -
            4503599627370495.5) *
           0x1p-32;
}

/* Standard exponential from 32 bits: 0 < e < 22.9, beyond which lies 1.2e-10 of the law. */
LQ_INLINE double lq_lane_exponential(uint64_t w)
{
    return -lq_lane_log(lq_lane_uniform(w));
}

/* The normal quantile of u = (w + 1/2) 2^-32 for the low 32 bits of w, increasing in w and odd
 * about 1/2. |z| <= 6.338: 2^-32 of the normal law lies
 * beyond, in the outermost cells, whose middles stand for them. */
LQ_INLINE double lq_lane_normal_quantile(uint64_t w)
{
    const double whole =
        lq_lane_from_bits((w & 0xffffffffull) | 0x4330000000000000ull) - 4503599627370496.0;
    const double x = (whole - 2147483647.5) * 0x1p-31;
    const double a = __builtin_fabs(x);
    return lq_lane_quantile_of(x, -lq_lane_log((1.0 - a) * (1.0 + a)));
}

#endif
