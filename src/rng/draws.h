/**
 * @file draws.h
 * Draws for a block of 64 paths, by stream, whichever way they are sampled.
 *
 * Random: Philox words and Box-Muller (fill.h). Sobol: some words and some nodes of a factor's
 * bridge are points of a scrambled sequence, the others Philox. Antithetic: lanes 32..63 of a
 * block draw at the addresses of lanes 0..31, words complemented (uniforms 1 - u), normals
 * negated. Who asks does not know.
 */
#ifndef LQ_RNG_DRAWS_H
#define LQ_RNG_DRAWS_H

#include "num/isa.h"
#include "rng/bridge.h"
#include "rng/sobol.h"

/** A factor's monthly normals. Months past n_months are Philox normals without a bridge. */
typedef struct lq_sobol_factor {
    uint32_t stream;
    size_t n_months;             /**< Of the bridge. */
    const lq_bridge_node *nodes; /**< [n_months] */
    size_t first, n_first;       /**< Dimensions of the first nodes, */
    size_t second, n_second;     /**< and of those after them; the rest is Philox. */
} lq_sobol_factor;

/** The four words of one address; -1: Philox. */
typedef struct lq_sobol_words {
    uint32_t stream, draw;
    int32_t dimension[4];
} lq_sobol_words;

/** What a run draws from scrambled Sobol points. */
typedef struct lq_sobol_plan {
    size_t n_replicates, n_dimensions;
    const lq_sobol_dimension *dimensions; /**< [n_replicates][n_dimensions] */
    size_t n_factors;
    const lq_sobol_factor *factors;
    size_t n_words;
    const lq_sobol_words *words;
} lq_sobol_plan;

#ifdef LQ_ISA
/**
 * Monthly normals of one factor, independent and standard.
 *
 * @param[in]  n_months At least the months of the factor's bridge.
 * @param[out] normals  [n_months rounded up to a multiple of 4][64], 64-byte aligned.
 */
void LQ_KERNEL(lq_draws_normals)(const lq_block_address *at, uint32_t stream, size_t n_months,
                                 double *normals);

/** The words of one address for 64 paths, packed as lq_fill_words packs them. */
void LQ_KERNEL(lq_draws_words)(const lq_block_address *at, uint32_t stream, uint32_t draw,
                               uint64_t *w0, uint64_t *w1);

/** Two normals from each of 64 words that lq_draws_words gave; 64-byte aligned. */
void LQ_KERNEL(lq_draws_normals_of)(const lq_block_address *at, const uint64_t *words,
                                    double *z0, double *z1);
#endif

#endif
