/**
 * @file fill.h
 * Draws for a block of 64 consecutive paths, in kernel files (LQ_ISA defined) only.
 *
 * The random filler; draws.h chooses between it and Sobol points.
 */
#ifndef LQ_RNG_FILL_H
#define LQ_RNG_FILL_H

#include "num/isa.h"
#include "rng/philox.h"

#include <stddef.h>

enum { LQ_FILL_LANES = 64 };

/** The stream in which the bits stand that follow those of a stream (reference precision). */
static inline uint32_t lq_stream_of_more(uint32_t stream)
{
    return stream | 0x80000000u; /* no purpose has the first bit */
}

#ifdef LQ_ISA
/**
 * Monthly normals of one factor. Error against the exact transform of the same word: absolute
 * 4e-10, and 1e-10 of the radius of the pair. |z| <= 6.7637, beyond which lies 1.35e-11 of the
 * normal law.
 *
 * @param[in]  path0   First path, a multiple of 64; lanes are path0 .. path0 + 63.
 * @param[out] normals [n_months rounded up to a multiple of 4][64], 64-byte aligned; month
 *                     index m uses draw m / 4.
 */
void LQ_KERNEL(lq_fill_normals)(lq_philox_key key, uint64_t path0, uint32_t stream,
                                size_t n_months, double *normals);

/** Months 4 draw to 4 draw + 3 of the same normals: [4][64], 64-byte aligned. */
void LQ_KERNEL(lq_fill_draw)(lq_philox_key key, uint64_t path0, uint32_t stream, uint32_t draw,
                             double *normals);

/**
 * The two 64-bit words of one address for 64 paths: w0 holds output words 1 (low half) and 0
 * (high half), w1 words 3 and 2.
 */
void LQ_KERNEL(lq_fill_words)(lq_philox_key key, uint64_t path0, uint32_t stream, uint32_t draw,
                              uint64_t *w0, uint64_t *w1);

/** Two normals from each of 64 words, as lq_fill_normals makes them; 64-byte aligned. `more`:
 *  the bits that follow those of `words`, read in the reference precision only. */
void LQ_KERNEL(lq_fill_normals_of)(const uint64_t *words, const uint64_t *more, double *z0,
                                   double *z1);
#endif

#endif
