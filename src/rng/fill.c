#include "rng/fill.h"

#include "num/lanes.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

/* The only code that differs per instruction set: a vector of 64-bit lanes and its 32 x 32 ->
 * 64 bit multiply. */
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

/* c0 and c2 carry garbage above 32 bits; the multiply reads only the low half. */
LQ_INLINE void philox_lanes(const round_keys *keys, uint64_t path0, uint64_t draw,
                            uint64_t stream, uint64_t *restrict w0, uint64_t *restrict w1)
{
    const vector zero = {0};
    const vector m0 = zero + 0xD2511F53ull, m1 = zero + 0xCD9E8D57ull;
    vector iota;
    for (int i = 0; i < WIDTH; i++)
        iota[i] = (uint64_t)i;
    for (int lane = 0; lane < LQ_FILL_LANES; lane += WIDTH * UNROLL) {
        vector c0[UNROLL], c1[UNROLL], c2[UNROLL], c3[UNROLL];
#pragma GCC unroll 8
        for (int u = 0; u < UNROLL; u++) {
            const vector path = iota + (path0 + (uint64_t)(lane + u * WIDTH));
            c0[u] = path;
            c1[u] = path >> 32;
            c2[u] = zero + draw;
            c3[u] = zero + stream;
        }
#pragma GCC unroll 10
        for (int r = 0; r < 9; r++) {
            const vector ka = zero + keys->a[r], kb = zero + keys->b[r];
#pragma GCC unroll 8
            for (int u = 0; u < UNROLL; u++) {
                const vector q0 = multiply_low(c0[u], m0), q1 = multiply_low(c2[u], m1);
                c0[u] = (q1 >> 32) ^ c1[u] ^ ka;
                c1[u] = q1;
                c2[u] = (q0 >> 32) ^ c3[u] ^ kb;
                c3[u] = q0;
            }
        }
        const uint64_t last_a = keys->a[9] << 32, last_b = keys->b[9] << 32;
#pragma GCC unroll 8
        for (int u = 0; u < UNROLL; u++) {
            const vector q0 = multiply_low(c0[u], m0), q1 = multiply_low(c2[u], m1);
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

LQ_INLINE void normals_of_words(const uint64_t *restrict w, double *restrict z0,
                                double *restrict z1)
{
#pragma omp simd
    for (int lane = 0; lane < LQ_FILL_LANES; lane++)
        lq_lane_box_muller(w[lane], &z0[lane], &z1[lane]);
}

void LQ_KERNEL(lq_fill_normals)(lq_philox_key key, uint64_t path0, uint32_t stream,
                                size_t n_months, double *normals)
{
    const round_keys keys = expand(key);
    uint64_t w0[LQ_FILL_LANES] __attribute__((aligned(64)));
    uint64_t w1[LQ_FILL_LANES] __attribute__((aligned(64)));
    for (size_t m = 0; m < n_months; m += 4) {
        double *z = normals + m * LQ_FILL_LANES;
        philox_lanes(&keys, path0, m / 4, stream, w0, w1);
        normals_of_words(w0, z, z + LQ_FILL_LANES);
        normals_of_words(w1, z + 2 * LQ_FILL_LANES, z + 3 * LQ_FILL_LANES);
    }
}
