/**
 * @file vector.h
 * A register of doubles, and of the 64-bit integers of the same size: 8 lanes on x86-64-v4, 4
 * on v3, 2 elsewhere. For the few loops in which the compiler's own vectorisation keeps too few
 * operations in flight; lanes.h serves the rest. Included by kernel files only.
 *
 * The functions are all that differs per instruction set. Same operations, same bits.
 */
#ifndef LQ_NUM_VECTOR_H
#define LQ_NUM_VECTOR_H

#include "num/isa.h"

#include <stdint.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#if defined(__AVX512F__)
enum { LQ_VECTOR_BYTES = 64 };
#elif defined(__AVX2__)
enum { LQ_VECTOR_BYTES = 32 };
#else
enum { LQ_VECTOR_BYTES = 16 };
#endif

typedef uint64_t lq_vector_u64
    __attribute__((vector_size(LQ_VECTOR_BYTES), aligned(LQ_VECTOR_BYTES)));
typedef double lq_vector_f64
    __attribute__((vector_size(LQ_VECTOR_BYTES), aligned(LQ_VECTOR_BYTES)));

enum { LQ_VECTOR_LANES = LQ_VECTOR_BYTES / 8 };

/** The product of the low 32 bits of each lane. */
LQ_INLINE lq_vector_u64 lq_vector_multiply_low(lq_vector_u64 a, lq_vector_u64 b)
{
#if defined(__AVX512F__)
    return (lq_vector_u64)_mm512_mul_epu32((__m512i)a, (__m512i)b);
#elif defined(__AVX2__)
    return (lq_vector_u64)_mm256_mul_epu32((__m256i)a, (__m256i)b);
#else
    return (a & 0xffffffffull) * (b & 0xffffffffull);
#endif
}

/** a b + c, rounded once. */
LQ_INLINE lq_vector_f64 lq_vector_fma(lq_vector_f64 a, lq_vector_f64 b, lq_vector_f64 c)
{
#if defined(__AVX512F__)
    return (lq_vector_f64)_mm512_fmadd_pd((__m512d)a, (__m512d)b, (__m512d)c);
#elif defined(__AVX2__)
    return (lq_vector_f64)_mm256_fmadd_pd((__m256d)a, (__m256d)b, (__m256d)c);
#else
    for (int i = 0; i < LQ_VECTOR_LANES; i++)
        c[i] = __builtin_fma(a[i], b[i], c[i]);
    return c;
#endif
}

LQ_INLINE lq_vector_f64 lq_vector_sqrt(lq_vector_f64 a)
{
#if defined(__AVX512F__)
    return (lq_vector_f64)_mm512_sqrt_pd((__m512d)a);
#elif defined(__AVX2__)
    return (lq_vector_f64)_mm256_sqrt_pd((__m256d)a);
#else
    for (int i = 0; i < LQ_VECTOR_LANES; i++)
        a[i] = __builtin_sqrt(a[i]);
    return a;
#endif
}

/** a where bit `bit` of a word is 0, b where it is 1. */
LQ_INLINE lq_vector_u64 lq_vector_choose(lq_vector_u64 word, int bit, lq_vector_u64 a,
                                         lq_vector_u64 b)
{
#if defined(__AVX512F__)
    const __m512i mask = _mm512_set1_epi64((long long)(1ull << bit));
    return (lq_vector_u64)_mm512_mask_blend_epi64(_mm512_test_epi64_mask((__m512i)word, mask),
                                                  (__m512i)a, (__m512i)b);
#elif defined(__AVX2__)
    return (lq_vector_u64)_mm256_blendv_pd((__m256d)a, (__m256d)b,
                                           (__m256d)(word << (63 - bit)));
#else
    return a ^ ((a ^ b) & ((lq_vector_u64){0} - ((word >> bit) & 1)));
#endif
}

/** Bit i: whether lane i of a comparison's outcome (all ones, or 0) is set. */
LQ_INLINE uint64_t lq_vector_mask(lq_vector_u64 outcome)
{
#if defined(__AVX512F__)
    return _mm512_movepi64_mask((__m512i)outcome);
#elif defined(__AVX2__)
    return (uint64_t)(uint32_t)_mm256_movemask_pd((__m256d)outcome);
#else
    uint64_t bits = 0;
    for (int i = 0; i < LQ_VECTOR_LANES; i++)
        bits |= (outcome[i] & 1) << i;
    return bits;
#endif
}

#endif
