/**
 * @file reference_math.h
 * Generator and elementary functions of the reference kernels: their own, so that a change of
 * the engine's never moves what the engine is measured against. Private to the folder.
 *
 * The file that includes it defines LANES, a multiple of 64.
 */
#ifndef LQ_BENCH_REFERENCE_MATH_H
#define LQ_BENCH_REFERENCE_MATH_H

#include "num/isa.h"

#include <stdint.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#if defined(__AVX512F__)
typedef uint64_t vector __attribute__((vector_size(64), aligned(64)));
enum { WIDTH = 8, UNROLL = 8 };
LQ_INLINE vector multiply_low(vector a, vector b)
{
    return (vector)_mm512_mul_epu32((__m512i)a, (__m512i)b);
}
#elif defined(__AVX2__)
typedef uint64_t vector __attribute__((vector_size(32), aligned(32)));
enum { WIDTH = 4, UNROLL = 4 };
LQ_INLINE vector multiply_low(vector a, vector b)
{
    return (vector)_mm256_mul_epu32((__m256i)a, (__m256i)b);
}
#else
typedef uint64_t vector __attribute__((vector_size(16), aligned(16)));
enum { WIDTH = 2, UNROLL = 4 };
LQ_INLINE vector multiply_low(vector a, vector b)
{
    return (a & 0xffffffffull) * (b & 0xffffffffull);
}
#endif

#define ALIGNED      __attribute__((aligned(64)))
#define FMA(a, b, c) __builtin_fma(a, b, c)
#define OF_2_52      0x4330000000000000ull /* exponent of 2^52: integers in the low bits */

typedef struct keys {
    uint64_t a[10], b[10];
} keys;

LQ_INLINE double from_bits(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

LQ_INLINE uint64_t bits_of(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static keys expand(uint32_t k0, uint32_t k1)
{
    keys out;
    for (int r = 0; r < 10; r++, k0 += 0x9E3779B9u, k1 += 0xBB67AE85u) {
        out.a[r] = k0;
        out.b[r] = k1;
    }
    return out;
}

/* Two words for each of LANES paths, at an address of a draw in a stream. */
LQ_INLINE void philox(const keys *k, uint64_t path0, const uint32_t address[2],
                      uint64_t *restrict w0, uint64_t *restrict w1)
{
    const vector zero = {0}, high = zero + (path0 >> 32);
    const vector draw = zero + address[0], stream = zero + address[1];
    const vector m0 = zero + 0xD2511F53ull, m1 = zero + 0xCD9E8D57ull;
    vector iota;
    for (int i = 0; i < WIDTH; i++)
        iota[i] = (uint64_t)i;
    for (int lane = 0; lane < LANES; lane += WIDTH * UNROLL) {
        vector c0[UNROLL], c1[UNROLL], c2[UNROLL], c3[UNROLL];
#pragma GCC unroll 8
        for (int u = 0; u < UNROLL; u++) {
            c0[u] = iota + (path0 + (uint64_t)(lane + u * WIDTH));
            c1[u] = high;
            c2[u] = draw;
            c3[u] = stream;
        }
#pragma GCC unroll 10
        for (int r = 0; r < 9; r++) {
            const vector ka = zero + k->a[r], kb = zero + k->b[r];
#pragma GCC unroll 8
            for (int u = 0; u < UNROLL; u++) {
                const vector q0 = multiply_low(c0[u], m0), q1 = multiply_low(c2[u], m1);
                c0[u] = (q1 >> 32) ^ c1[u] ^ ka;
                c1[u] = q1;
                c2[u] = (q0 >> 32) ^ c3[u] ^ kb;
                c3[u] = q0;
            }
        }
#pragma GCC unroll 8
        for (int u = 0; u < UNROLL; u++) {
            const vector q0 = multiply_low(c0[u], m0), q1 = multiply_low(c2[u], m1);
            *(vector *)(w0 + lane + u * WIDTH) = q1 ^ (c1[u] << 32) ^ (k->a[9] << 32);
            *(vector *)(w1 + lane + u * WIDTH) = q0 ^ (c3[u] << 32) ^ (k->b[9] << 32);
        }
    }
}

LQ_INLINE double exp2_lane(double x)
{
    const double magic = 6755399441055744.0, t = x + magic, f = x - (t - magic);
    const uint64_t k = bits_of(t);
    double p = 0.000015303700711365693939;
    p = FMA(p, f, 0.00015469729214118297093);
    p = FMA(p, f, 0.0013333478473685415281);
    p = FMA(p, f, 0.0096180256133180342494);
    p = FMA(p, f, 0.055504109063258666119);
    p = FMA(p, f, 0.24022651213498092661);
    p = FMA(p, f, 0.69314718055683241353);
    p = FMA(p, f, 0.99999999995956175074);
    return from_bits(bits_of(p) + (k << 52));
}

LQ_INLINE double minus_two_log(double u)
{
    const uint64_t b = bits_of(u), t = b - 0x3FE6A09E667F3BCDull;
    const uint64_t shifted = (t + 0x4000000000000000ull) >> 52;
    const double k = from_bits(shifted | OF_2_52) - (4503599627370496.0 + 1024.0);
    const double m = from_bits(b - ((shifted - 1024) << 52));
    const double s = (m - 1.0) / (m + 1.0), y = s * s;
    double p = 0.23330467216303836299;
    p = FMA(p, y, 0.28550820815960663296);
    p = FMA(p, y, 0.40000121839806126714);
    p = FMA(p, y, 0.66666666554497091551);
    return FMA(s * -2.0, FMA(y, p, 2.0), k * -1.3862943611198906188);
}

LQ_INLINE void box_muller(uint64_t w, double *z0, double *z1)
{
    const double u = (from_bits((w >> 32) | OF_2_52) - 4503599627370495.5) * 0x1p-32;
    const double r = __builtin_sqrt(minus_two_log(u));
    const double f =
        FMA(from_bits((w & 0x3FFFFFFF) | OF_2_52) - (4503599627370496.0 + 536870912.0), 0x1p-30,
            0x1p-31);
    const double y = f * f;
    double s = 0.00015820630355647732730;
    s = FMA(s, y, -0.0046812662567262454728);
    s = FMA(s, y, 0.079692582725630619815);
    s = FMA(s, y, -0.64596409614679535000);
    s = FMA(s, y, 1.5707963267880999036);
    double c = 0.00090362806638025049160;
    c = FMA(c, y, -0.020860069500264077030);
    c = FMA(c, y, 0.25366920365511347511);
    c = FMA(c, y, -1.2337005406331622196);
    c = FMA(c, y, 0.99999999995248941669);
    const uint64_t sine = bits_of(f * r * s);
    const uint64_t cosine = bits_of(c * r) ^ ((w << 32) & 0x8000000000000000ull);
    const uint64_t swap = (sine ^ cosine) & (0 - ((w >> 30) & 1));
    *z0 = from_bits(cosine ^ swap);
    *z1 = from_bits(sine ^ swap);
}

LQ_INLINE void normals(const uint64_t *restrict w, double *restrict z0, double *restrict z1)
{
#pragma omp simd
    for (int l = 0; l < LANES; l++)
        box_muller(w[l], &z0[l], &z1[l]);
}

#endif
