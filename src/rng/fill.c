#include "rng/fill.h"

#include "num/lanes.h"
#include "num/vector.h"

typedef lq_vector_u64 vector;
typedef lq_vector_f64 numbers;

/* Registers side by side: of words, and of normals, which need more of them for constants. */
enum { WIDTH = LQ_VECTOR_LANES, UNROLL = LQ_VECTOR_LANES < 4 ? 4 : LQ_VECTOR_LANES, PAIRS = 4 };

static const uint64_t M0 = 0xD2511F53, M1 = 0xCD9E8D57; /* multipliers of Philox4x32 */

/* Round keys in memory: gcc would rebuild them with slow broadcasts. */
typedef struct round_keys {
    uint64_t a[10], b[10];
} round_keys;

LQ_INLINE round_keys expand(lq_philox_key key)
{
    round_keys out;
    for (int r = 0; r < 10; r++) {
        out.a[r] = key.k0;
        out.b[r] = key.k1;
        key.k0 += 0x9E3779B9u;
        key.k1 += 0xBB67AE85u;
    }
    return out;
}

/* c0 and c2 carry garbage above 32 bits; the multiply reads only the low half. In the first
 * round draw and stream are those of all lanes, and so is the path above 32 bits, since a block
 * never crosses a multiple of 2^32: half of two rounds is computed once. */
LQ_INLINE void philox_lanes(const round_keys *keys, uint64_t path0, uint64_t draw,
                            uint64_t stream, uint64_t *restrict w0, uint64_t *restrict w1)
{
    const vector zero = {0};
    const vector m0 = zero + M0, m1 = zero + M1;
    const uint64_t first = draw * M1;
    const uint64_t second = (uint32_t)((first >> 32) ^ (path0 >> 32) ^ keys->a[0]) * M0;
    vector iota;
    for (int i = 0; i < WIDTH; i++)
        iota[i] = (uint64_t)i;
    for (int lane = 0; lane < LQ_FILL_LANES; lane += WIDTH * UNROLL) {
        vector c0[UNROLL], c1[UNROLL], c2[UNROLL], c3[UNROLL];
#pragma GCC unroll 8
        for (int u = 0; u < UNROLL; u++) {
            const vector path = iota + (path0 + (uint64_t)(lane + u * WIDTH));
            const vector q0 = lq_vector_multiply_low(path, m0);
            c1[u] = lq_vector_multiply_low((q0 >> 32) ^ (stream ^ keys->b[0]), m1);
            c0[u] = (c1[u] >> 32) ^ (first ^ keys->a[1]);
            c2[u] = q0 ^ ((second >> 32) ^ keys->b[1]);
            c3[u] = zero + second;
        }
#pragma GCC unroll 10
        for (int r = 2; r < 9; r++) {
            const vector ka = zero + keys->a[r], kb = zero + keys->b[r];
#pragma GCC unroll 8
            for (int u = 0; u < UNROLL; u++) {
                const vector q0 = lq_vector_multiply_low(c0[u], m0),
                             q1 = lq_vector_multiply_low(c2[u], m1);
                c0[u] = (q1 >> 32) ^ c1[u] ^ ka;
                c1[u] = q1;
                c2[u] = (q0 >> 32) ^ c3[u] ^ kb;
                c3[u] = q0;
            }
        }
        const uint64_t last_a = keys->a[9] << 32, last_b = keys->b[9] << 32;
#pragma GCC unroll 8
        for (int u = 0; u < UNROLL; u++) {
            const vector q0 = lq_vector_multiply_low(c0[u], m0),
                         q1 = lq_vector_multiply_low(c2[u], m1);
            *(vector *)(w0 + lane + u * WIDTH) = q1 ^ (c1[u] << 32) ^ last_a;
            *(vector *)(w1 + lane + u * WIDTH) = q0 ^ (c3[u] << 32) ^ last_b;
        }
    }
}

void LQ_KERNEL(lq_fill_words)(lq_philox_key key, uint64_t path0, uint32_t stream, uint32_t draw,
                              uint64_t *w0, uint64_t *w1)
{
    const round_keys keys = expand(key);
    philox_lanes(&keys, path0, draw, stream, w0, w1);
}

#ifdef LQ_PRECISE
LQ_INLINE void normals_of_words(const uint64_t *restrict w, const uint64_t *restrict more,
                                double *restrict z0, double *restrict z1)
{
    for (int l = 0; l < LQ_FILL_LANES; l++)
        lq_lane_box_muller_52(w[l], more[l], &z0[l], &z1[l]);
}
#else

/* Box and Muller (1958): a word's high half is the uniform of the radius, by the steps of
 * lq_lane_log, with the factors 2^-32 of the uniform and -2 of the logarithm in the constants,
 * which changes no bit; its low 30 bits are an angle of f quarter turns, |f| < 1/2, whose sine
 * and cosine are polynomials in f^2; bit 31 is the cosine's sign, bit 30 swaps the two.
 *
 * PAIRS registers side by side: one chain from word to normal is about 80 cycles long, and the
 * processor looks ahead over two of them only. */
#define EACH for (int u = 0; u < PAIRS; u++)

#define HORNER(p, y, c) EACH p[u] = lq_vector_fma(p[u], y[u], zero + (c))

LQ_INLINE void radii(const vector *words, numbers *r)
{
    const numbers zero = {0};
    numbers k[PAIRS], s[PAIRS], y[PAIRS], p[PAIRS];
    EACH
    {
        const vector high = (words[u] >> 32) | 0x4330000000000000ull;
        const vector b = (vector)((numbers)high - 4503599627370495.5);
        const vector shifted = (b - 0x3FE6A09E667F3BCDull + 0x4000000000000000ull) >> 52;
        k[u] =
            (numbers)(shifted | 0x4330000000000000ull) - (4503599627370496.0 + 1024.0 + 32.0);
        s[u] = (numbers)(b - ((shifted - 1024) << 52));
        s[u] = (s[u] - 1.0) / (s[u] + 1.0);
        y[u] = s[u] * s[u];
        p[u] = zero + -2.0 * 0.23330467216303836299;
    }
    HORNER(p, y, -2.0 * 0.28550820815960663296);
    HORNER(p, y, -2.0 * 0.40000121839806126714);
    HORNER(p, y, -2.0 * 0.66666666554497091551);
    HORNER(p, y, -4.0);
    EACH p[u] = s[u] * p[u];
    EACH r[u] = lq_vector_sqrt(lq_vector_fma(k[u], zero + -2.0 * 0.69314718055994530942, p[u]));
}

LQ_INLINE void rotate(const vector *words, const numbers *r, double *restrict z0,
                      double *restrict z1)
{
    const numbers zero = {0};
    numbers f[PAIRS], y[PAIRS], s[PAIRS], c[PAIRS];
    EACH
    {
        const vector low = (words[u] & 0x3FFFFFFF) | 0x4330000000000000ull;
        f[u] = lq_vector_fma((numbers)low - (4503599627370496.0 + 536870912.0), zero + 0x1p-30,
                             zero + 0x1p-31);
        y[u] = f[u] * f[u];
        s[u] = zero + 0.00015820630355647732730;
        c[u] = zero + 0.00090362806638025049160;
    }
    HORNER(s, y, -0.0046812662567262454728);
    HORNER(c, y, -0.020860069500264077030);
    HORNER(s, y, 0.079692582725630619815);
    HORNER(c, y, 0.25366920365511347511);
    HORNER(s, y, -0.64596409614679535000);
    HORNER(c, y, -1.2337005406331622196);
    HORNER(s, y, 1.5707963267880999036);
    HORNER(c, y, 0.99999999995248941669);
    EACH
    {
        const vector sine = (vector)(f[u] * r[u] * s[u]);
        const vector sign = (words[u] << 32) & 0x8000000000000000ull;
        const vector cosine = (vector)(c[u] * r[u]) ^ sign;
        *(numbers *)(z0 + u * WIDTH) = (numbers)lq_vector_choose(words[u], 30, cosine, sine);
        *(numbers *)(z1 + u * WIDTH) = (numbers)lq_vector_choose(words[u], 30, sine, cosine);
    }
}

LQ_INLINE void normals_of_words(const uint64_t *restrict w, const uint64_t *more,
                                double *restrict z0, double *restrict z1)
{
    (void)more;
    for (int lane = 0; lane < LQ_FILL_LANES; lane += WIDTH * PAIRS) {
        numbers r[PAIRS];
        const vector *words = (const vector *)(w + lane);
        radii(words, r);
        rotate(words, r, z0 + lane, z1 + lane);
    }
}
#endif

LQ_INLINE void four_months(const round_keys *keys, uint64_t path0, uint32_t stream,
                           uint64_t draw, double *z)
{
    uint64_t w0[LQ_FILL_LANES] __attribute__((aligned(64)));
    uint64_t w1[LQ_FILL_LANES] __attribute__((aligned(64)));
    philox_lanes(keys, path0, draw, stream, w0, w1);
#ifdef LQ_PRECISE
    uint64_t more0[LQ_FILL_LANES] __attribute__((aligned(64)));
    uint64_t more1[LQ_FILL_LANES] __attribute__((aligned(64)));
    philox_lanes(keys, path0, draw, lq_stream_of_more(stream), more0, more1);
#else
    const uint64_t *more0 = NULL, *more1 = NULL;
#endif
    normals_of_words(w0, more0, z, z + LQ_FILL_LANES);
    normals_of_words(w1, more1, z + 2 * LQ_FILL_LANES, z + 3 * LQ_FILL_LANES);
}

void LQ_KERNEL(lq_fill_normals)(lq_philox_key key, uint64_t path0, uint32_t stream,
                                size_t n_months, double *normals)
{
    const round_keys keys = expand(key);
    for (size_t m = 0; m < n_months; m += 4)
        four_months(&keys, path0, stream, m / 4, normals + m * LQ_FILL_LANES);
}

void LQ_KERNEL(lq_fill_draw)(lq_philox_key key, uint64_t path0, uint32_t stream, uint32_t draw,
                             double *normals)
{
    const round_keys keys = expand(key);
    four_months(&keys, path0, stream, draw, normals);
}

void LQ_KERNEL(lq_fill_normals_of)(const uint64_t *words, const uint64_t *more, double *z0,
                                   double *z1)
{
    normals_of_words(words, more, z0, z1);
}
