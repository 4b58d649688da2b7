/**
 * @file sobol.h
 * Scrambled Sobol points: low-discrepancy 32-bit words by (replicate, dimension, index).
 *
 * Direction numbers of Joe and Kuo (2008), points in Gray-code order (Antonov and Saleev 1979).
 * A replicate multiplies every dimension by a random lower triangular matrix of bits and adds a
 * random shift (Matousek 1998, "On the L2-discrepancy for anchored boxes"): each point is
 * uniform, every prefix of 2^k points stays the net that it was, and any two points have the
 * same law as under Owen's nested scrambling, so the variance of a mean is the same. The
 * scrambling costs nothing per point (docs/adr/0020).
 */
#ifndef LQ_RNG_SOBOL_H
#define LQ_RNG_SOBOL_H

#include "rng/philox.h"

#include <stddef.h>

enum { LQ_SOBOL_DIMENSIONS = 1111, LQ_SOBOL_BITS = 32 };

/** One dimension of one replicate: point i is the offset XOR the column of every bit of i. */
typedef struct lq_sobol_dimension {
    uint32_t column[LQ_SOBOL_BITS]; /**< The Gray code is in them. */
    uint32_t offset;
} lq_sobol_dimension;

/**
 * The first n dimensions without scrambling.
 *
 * @param[in]  n    At most LQ_SOBOL_DIMENSIONS.
 * @param[out] out  [n]
 */
void lq_sobol_plain(size_t n, lq_sobol_dimension *out);

/** A dimension scrambled for one replicate; key: of LQ_DOMAIN_SCRAMBLE. */
lq_sobol_dimension lq_sobol_scramble(const lq_sobol_dimension *plain, lq_philox_key key,
                                     uint32_t replicate, uint32_t dimension);

/** Point `index` of a dimension; the uniform is (word + 1/2) 2^-32. */
uint32_t lq_sobol_at(const lq_sobol_dimension *dimension, uint32_t index);

#endif
