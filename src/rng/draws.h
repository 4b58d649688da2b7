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
#include "rng/fill.h"
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

/**
 * The four uniforms of one address for 64 paths, as the words that they are made of: uniform 0
 * is the high half of word 0, uniform 1 its low half, 2 and 3 those of word 1.
 */
typedef struct lq_words {
    uint64_t word[2][LQ_FILL_LANES] __attribute__((aligned(64)));
#ifdef LQ_PRECISE
    uint64_t more[2][LQ_FILL_LANES]
        __attribute__((aligned(64))); /**< of each half the bits that follow */
#endif
} lq_words;

#ifdef LQ_ISA
#include "num/lanes.h"

/** Uniform i of lane l, in (0, 1). */
LQ_INLINE double lq_words_uniform(const lq_words *w, int i, int l)
{
    const uint64_t word = w->word[i / 2][l], half = i % 2 == 0 ? word >> 32 : word;
#ifdef LQ_PRECISE
    const uint64_t more = w->more[i / 2][l];
    return lq_lane_uniform_52(half, i % 2 == 0 ? more >> 32 : more);
#else
    return lq_lane_uniform(half);
#endif
}

/** Standard exponential, falling in uniform i. */
LQ_INLINE double lq_words_exponential(const lq_words *w, int i, int l)
{
    return -lq_lane_log(lq_words_uniform(w, i, l));
}

/**
 * Monthly normals of one factor, independent and standard.
 *
 * @param[in]  n_months At least the months of the factor's bridge.
 * @param[out] normals  [n_months rounded up to a multiple of 4][64], 64-byte aligned.
 */
void LQ_KERNEL(lq_draws_normals)(const lq_block_address *at, uint32_t stream, size_t n_months,
                                 double *normals);

/** The words of one address for 64 paths. */
void LQ_KERNEL(lq_draws_words)(const lq_block_address *at, uint32_t stream, uint32_t draw,
                               lq_words *out);

/** Two normals a lane from word 0 or 1 of lq_draws_words; 64-byte aligned. */
void LQ_KERNEL(lq_draws_normals_of)(const lq_block_address *at, const lq_words *words, int word,
                                    double *z0, double *z1);
#endif

#endif
