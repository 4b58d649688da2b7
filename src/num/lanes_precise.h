/**
 * @file lanes_precise.h
 * The elementary functions of lanes.h to about 1e-15, for the reference precision: the kernels
 * are compiled a third time with LQ_PRECISE, and include this instead of the fast ones. Plain
 * series, since nobody waits for them. Errors, tested in tests/num/test_lanes_precise.c:
 *   lq_lane_exp2, lq_lane_exp   relative 3e-16 for |x| <= 1000, 700
 *   lq_lane_log                 relative 6e-16; so is lq_lane_log2
 *   lq_lane_normal_cdf          absolute 1e-15, relative 1e-13 down to -37
 *   lq_lane_normal_quantile_52  relative 6e-15
 *   lq_lane_box_muller_52       absolute 3e-15
 */
#ifndef LQ_NUM_LANES_PRECISE_H
#define LQ_NUM_LANES_PRECISE_H

#ifndef LQ_NUM_LANES_H
#error "included by num/lanes.h"
#endif

/* ln(2)^n / n! */
static const double LQ_EXP2_SERIES[] = {
    1.000000000000000000000e+0,  6.931471805599453094172e-1, 2.402265069591007123336e-1,
    5.550410866482157995314e-2,  9.618129107628477161979e-3, 1.333355814642844342341e-3,
    1.540353039338160995444e-4,  1.525273380405984028003e-5, 1.321548679014430948840e-6,
    1.017808600923969972749e-7,  7.054911620801123329875e-9, 4.445538271870811497596e-10,
    2.567843599348820514199e-11, 1.369148885390412888089e-12};

/* 2 / (2 n + 1): of the logarithm in ((m - 1) / (m + 1))^2 */
static const double LQ_LOG_SERIES[] = {
    2.000000000000000000000e+0, 6.666666666666666666667e-1, 4.000000000000000000000e-1,
    2.857142857142857142857e-1, 2.222222222222222222222e-1, 1.818181818181818181818e-1,
    1.538461538461538461538e-1, 1.333333333333333333333e-1, 1.176470588235294117647e-1,
    1.052631578947368421053e-1, 9.523809523809523809524e-2, 8.695652173913043478261e-2};

/* (-1)^n (pi / 2)^(2 n + 1) / (2 n + 1)! and (-1)^n (pi / 2)^(2 n) / (2 n)! */
static const double LQ_SINE_SERIES[] = {
    1.570796326794896619231e+0,  -6.459640975062462536558e-1,  7.969262624616704512051e-2,
    -4.681754135318688100685e-3, 1.604411847873598218727e-4,   -3.598843235212085340459e-6,
    5.692172921967926811775e-8,  -6.688035109811467232478e-10, 6.066935731106195667101e-12,
    -4.377065467313742277184e-14};
static const double LQ_COSINE_SERIES[] = {
    1.000000000000000000000e+0,  -1.233700550136169827354e+0, 2.536695079010480136366e-1,
    -2.086348076335296087305e-2, 9.192602748394265802417e-4,  -2.520204237306060548105e-5,
    4.710874778818171503670e-7,  -6.386603083791852241090e-9, 6.565963114979472362210e-11,
    -5.294400200734623761928e-13};

LQ_INLINE double lq_lane_log(double x);

LQ_INLINE double lq_lane_series(const double *c, int n, double x)
{
    double sum = c[n - 1];
    for (int i = n - 2; i >= 0; i--)
        sum = LQ_FMA(sum, x, c[i]);
    return sum;
}

LQ_INLINE double lq_lane_exp2(double x)
{
    const double magic = 6755399441055744.0; /* 1.5 * 2^52 */
    const double t = x + magic;
    const uint64_t k = lq_lane_bits(t);
    const double p = lq_lane_series(LQ_EXP2_SERIES, 14, x - (t - magic));
    return lq_lane_from_bits(lq_lane_bits(p) + (k << 52));
}

/* As the fast one: x = m 2^k with m in [sqrt(1/2), sqrt(2)), and ln m. */
LQ_INLINE double lq_lane_log_split(double x, double *k)
{
    const uint64_t b = lq_lane_bits(x), t = b - 0x3FE6A09E667F3BCDull;
    const uint64_t shifted = (t + 0x4000000000000000ull) >> 52;
    *k = lq_lane_from_bits(shifted | 0x4330000000000000ull) - (4503599627370496.0 + 1024.0);
    const double m = lq_lane_from_bits(b - ((shifted - 1024) << 52));
    const double s = (m - 1.0) / (m + 1.0);
    return s * lq_lane_series(LQ_LOG_SERIES, 12, s * s);
}

/* e^x without the rounding of x log2(e): the product in two parts. 0 far below, as the fast
 * one.
 */
LQ_INLINE double lq_lane_exp(double number)
{
    const double x = number < -700.0 ? -700.0 : number;
    const double log2_e = 1.4426950408889634074, rest = 2.0355273740931033e-17;
    const double high = x * log2_e, low = LQ_FMA(x, log2_e, -high) + x * rest;
    const double whole = lq_lane_exp2(high);
    return LQ_FMA(whole, low * 0.69314718055994530942, whole);
}

#define LQ_ROOT_2_PI 2.5066282746310005024

/* (Phi(a) - 1/2) / phi(a), 0 <= a < 2: a series of terms above 0. */
LQ_INLINE double lq_lane_middle(double a)
{
    double term = a, sum = a;
    for (int n = 1; n < 32; n++) {
        term *= a * a / (2.0 * n + 1.0);
        sum += term;
    }
    return sum;
}

/* (1 - Phi(a)) / phi(a), a >= 2 (Mills): the continued fraction of Laplace, begun at what its
 * tail is about. */
LQ_INLINE double lq_lane_mills(double a)
{
    enum { DEPTH = 96 };
    double tail = 0.5 * (a + __builtin_sqrt(a * a + 4.0 * DEPTH));
    for (int n = DEPTH; n > 0; n--)
        tail = a + (double)n / tail;
    return 1.0 / tail;
}

LQ_INLINE double lq_lane_normal_cdf(double z)
{
    const double a = __builtin_fabs(z) < 37.0 ? __builtin_fabs(z) : 37.0;
    const double density = lq_lane_exp(-0.5 * a * a) / LQ_ROOT_2_PI;
    const double tail =
        a < 2.0 ? 0.5 - density * lq_lane_middle(a) : density * lq_lane_mills(a);
    return z > 0.0 ? 1.0 - tail : tail;
}

/* (w 2^20 + the first 20 bits of more + 1/2) 2^-52 for the low 32 bits of both. */
LQ_INLINE double lq_lane_uniform_52(uint64_t w, uint64_t more)
{
    const uint64_t n = (w & 0xffffffffull) << 20 | (more & 0xffffffffull) >> 12;
    return (lq_lane_from_bits(n | 0x4330000000000000ull) - 4503599627370495.5) * 0x1p-52;
}

/* The fast quantile, put right by two steps of Halley's. u in (0, 1). */
LQ_INLINE double lq_lane_normal_quantile_52(double u)
{
    const double p = u < 0.5 ? u : 1.0 - u;
    const double x = 1.0 - 2.0 * p;
    double a = lq_lane_quantile_of(x, -lq_lane_log(2.0 * p * (1.0 + x)));
    for (int i = 0; i < 2; i++) {
        const double over = LQ_ROOT_2_PI * lq_lane_exp(0.5 * a * a); /* 1 / density */
        const double d =
            a < 2.0 ? 0.5 * x * over - lq_lane_middle(a) : lq_lane_mills(a) - p * over;
        a += 2.0 * d / (2.0 - a * d);
    }
    return u < 0.5 ? -a : a;
}

/* Two normals of a word and the bits that follow its halves: 52 bits each for the radius and
 * for the angle within its quadrant, at the places where the fast ones have 32 and 30. */
LQ_INLINE void lq_lane_box_muller_52(uint64_t word, uint64_t more, double *z0, double *z1)
{
    const double u = lq_lane_uniform_52(word >> 32, more >> 32);
    const double r = __builtin_sqrt(-2.0 * lq_lane_log(u));
    const uint64_t n = (word & 0x3FFFFFFFull) << 22 | (more & 0xffffffffull) >> 10;
    const double f =
        (lq_lane_from_bits(n | 0x4330000000000000ull) - (4503599627370496.0 + 0x1p51 - 0.5)) *
        0x1p-52;
    const double sine = f * r * lq_lane_series(LQ_SINE_SERIES, 10, f * f);
    const double size = r * lq_lane_series(LQ_COSINE_SERIES, 10, f * f);
    const double cosine = word >> 31 & 1 ? -size : size;
    *z0 = word >> 30 & 1 ? sine : cosine;
    *z1 = word >> 30 & 1 ? cosine : sine;
}

#endif
