/**
 * @file tally.h
 * An exact histogram of a number that every path yields.
 *
 * Every entry is an integer, so merging two tallies is addition: it is associative and
 * commutative, and threads, shards, resumed runs and checkpoints all give the same bits.
 *
 * Bins, in the order of value: negative logarithmic bins (largest |x| first), -1 < x < -0.01,
 * -0.01 <= x < 0, x = 0, 0 < x <= 0.01, 0.01 < x < 1, positive logarithmic bins. A logarithmic
 * bin is one of `bins per octave` equal parts of [2^k, 2^(k+1)), k = 0..49.
 *
 * Four sets of counters:
 *  - pooled bins, fine: weight (u64), sum in hundredths (signed 128 bits), smallest and largest
 *    value. What is shown is computed from these.
 *  - fine cells, weights only: 8,192 an octave (1.2e-4 of the value), 1 / 16 from -1 to 1.
 *    They say where in its bin an atom beside other values lies (law.h).
 *  - replicate bins, coarser, weights only, and the exact sum of each replicate: for standard
 *    errors. Where in its bin a sample lay is taken from the pooled bins (law.h). The replicate
 *    of block b is b mod n_replicates.
 *  - stratum bins, coarser still, weights only, for every (stratum, replicate): the joint law
 *    with the market's growth (strata.h), for certainty equivalents.
 *
 * Memory is allocated by sign and octave on first touch: 36 KB for 512 pooled bins and their
 * fine cells, 4 KB for 16 replicates of 128 bins, 8 KB for 16 x 16 strata of 16 bins; where
 * shares of paths are counted, or more than 65,535 paths in one counter, 64, 16 and 32 KB more.
 * An allocation that fails loses samples and is remembered: lq_tally_failed. Nothing here knows
 * what the numbers mean.
 */
#ifndef LQ_STATS_TALLY_H
#define LQ_STATS_TALLY_H

#include "liquidus/status.h"
#include "num/isa.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct lq_tally lq_tally;

enum {
    LQ_TALLY_MAX_LANES = 64, /**< Samples of one lq_tally_add_ call. */
    LQ_TALLY_MIN_BINS = 8,   /**< Bins per octave: a power of two in [8, 4096]. */
    LQ_TALLY_MAX_BINS = 4096,
    LQ_TALLY_MAX_ROWS = 4096, /**< Limit of n_strata x n_replicates. */
    LQ_TALLY_CELLS = 8192,    /**< Fine cells per octave, where a tally has them. */
};

/** Values with |x| >= 2^50 (1.1259e15), NaN and infinities are counted apart, never clipped. */
#define LQ_TALLY_LIMIT 1125899906842624.0

typedef struct lq_tally_shape {
    uint32_t pooled_bins;    /**< Bins per octave of the pooled bins. */
    uint32_t replicate_bins; /**< Of each replicate; 0: no replicates; <= pooled_bins. */
    uint32_t stratum_bins;   /**< Of each stratum; 0: no strata; <= pooled_bins. */
    uint32_t n_replicates;   /**< At least 1, also when replicate_bins is 0. */
    uint32_t n_strata;       /**< At least 1, also when stratum_bins is 0. */
    uint32_t fine_cells;     /**< LQ_TALLY_CELLS, or 0: none. */
    uint32_t weight_log2;    /**< A whole path weighs 2^weight_log2: 0 in plain runs, <= 32. */
} lq_tally_shape;

/** The usual shapes, all but the fans' with quantiles within 1e-4 of max(|q|, 1,000) of the
 *  order statistic. Totals (joint with the market): */
#define LQ_TALLY_TOTAL                                                                         \
    ((lq_tally_shape){.pooled_bins = 512,                                                      \
                      .replicate_bins = 128,                                                   \
                      .stratum_bins = 16,                                                      \
                      .n_replicates = 16,                                                      \
                      .n_strata = 16,                                                          \
                      .fine_cells = LQ_TALLY_CELLS})
/** Parts and shown differences: */
#define LQ_TALLY_PART                                                                          \
    ((lq_tally_shape){.pooled_bins = 512,                                                      \
                      .replicate_bins = 128,                                                   \
                      .n_replicates = 16,                                                      \
                      .n_strata = 1,                                                           \
                      .fine_cells = LQ_TALLY_CELLS})
/** By year; and monthly fans, for plots: their quantiles are right to a bin, 3 %, unless the
 *  bin is an atom: */
#define LQ_TALLY_YEAR                                                                          \
    ((lq_tally_shape){                                                                         \
        .pooled_bins = 64, .n_replicates = 1, .n_strata = 1, .fine_cells = LQ_TALLY_CELLS})
#define LQ_TALLY_FAN ((lq_tally_shape){.pooled_bins = 32, .n_replicates = 1, .n_strata = 1})

/** Whether a tally can have this shape. */
bool lq_tally_shape_is_valid(const lq_tally_shape *shape);

/** An empty tally, or NULL when out of memory. @pre The shape is valid (asserted). */
lq_tally *lq_tally_create(const lq_tally_shape *shape);

/** Frees the tally; NULL is fine. */
void lq_tally_destroy(lq_tally *tally);

/** Empties the tally; keeps its memory. */
void lq_tally_clear(lq_tally *tally);

const lq_tally_shape *lq_tally_shape_of(const lq_tally *tally);

/** Whether one can be merged into the other. */
bool lq_tally_same_shape(const lq_tally *a, const lq_tally *b);

/* The additions are compiled once per instruction-set level; inside a kernel file the plain
 * names mean that file's level. Same source, same bits. */
#ifdef LQ_ISA
#define lq_tally_add_block    LQ_KERNEL(lq_tally_add_block)
#define lq_tally_add_joint    LQ_KERNEL(lq_tally_add_joint)
#define lq_tally_add_weighted LQ_KERNEL(lq_tally_add_weighted)
#define lq_tally_put_block    LQ_KERNEL(lq_tally_put_block)
#define lq_tally_put_joint    LQ_KERNEL(lq_tally_put_joint)
#define lq_tally_put_weighted LQ_KERNEL(lq_tally_put_weighted)
#define lq_tally_settle       LQ_KERNEL(lq_tally_settle)
#endif

/**
 * Adds n samples of one whole path each, all of one replicate. Strata, if any, stay empty.
 * @param[in] x          [n] samples, n <= LQ_TALLY_MAX_LANES.
 * @param[in] replicate  < n_replicates
 * @note  Cannot fail; a missing page is remembered (lq_tally_failed). About 3 ns a sample
 *        for LQ_TALLY_PART, 2 for LQ_TALLY_YEAR, 0.4 when all are equal.
 */
void lq_tally_add_block(lq_tally *tally, uint32_t replicate, const double *x, size_t n);

/** As lq_tally_add_block, and counts sample i in stratum[i] < n_strata too. */
void lq_tally_add_joint(lq_tally *tally, uint32_t replicate, const uint8_t *stratum,
                        const double *x, size_t n);

/**
 * As lq_tally_add_joint, sample i with the integer weight[i] (a share of 2^weight_log2).
 * @param[in] stratum  [n], or NULL: strata stay empty.
 */
void lq_tally_add_weighted(lq_tally *tally, uint32_t replicate, const uint8_t *stratum,
                           const double *x, const uint64_t *weight, size_t n);

/**
 * As the three above, but whole blocks may wait until eight are together, or lq_tally_settle is
 * called: they are counted faster then, since the counters of a tally leave the cache between
 * its blocks. Until then nothing else may be asked of the tally, nor be merged from it
 * (asserted); adding to it, and emptying it, are fine.
 */
void lq_tally_put_block(lq_tally *tally, uint32_t replicate, const double *x, size_t n);
void lq_tally_put_joint(lq_tally *tally, uint32_t replicate, const uint8_t *stratum,
                        const double *x, size_t n);
void lq_tally_put_weighted(lq_tally *tally, uint32_t replicate, const uint8_t *stratum,
                           const double *x, const uint64_t *weight, size_t n);
void lq_tally_settle(lq_tally *tally);

/** As lq_tally_add_constant of 0, but waits for lq_tally_settle: what every path has. */
void lq_tally_put_zeros(lq_tally *tally, uint32_t replicate, uint64_t n_paths);

/**
 * Adds the same value for n_paths whole paths: what the plan knows without simulating.
 * @param[in] stratum  < n_strata, or any number in a tally without strata.
 */
void lq_tally_add_constant(lq_tally *tally, uint32_t replicate, uint32_t stratum, double x,
                           uint64_t n_paths);

/** Adds every sample of `from`. @pre Equal shapes (asserted). */
void lq_tally_merge(lq_tally *into, const lq_tally *from);

/** The same, and empties `from`; an empty tally gives what it holds for what the other holds.
 */
void lq_tally_drain(lq_tally *into, lq_tally *from);

/** The same as lq_tally_merge for a tally without strata: those of `from`, if any, are left
 * out. @pre The other parts of the shapes are equal (asserted). */
void lq_tally_merge_marginal(lq_tally *into, const lq_tally *from);

/** Total weight counted in bins: paths x 2^weight_log2. */
uint64_t lq_tally_weight(const lq_tally *tally);

/** Weight of samples out of range or not a number; a run that has any must say so. */
uint64_t lq_tally_overflow(const lq_tally *tally);

/** True once an allocation has failed: counts are incomplete and must not be used. */
bool lq_tally_failed(const lq_tally *tally);

/** Bytes of heap that the tally holds now. */
size_t lq_tally_memory_bytes(const lq_tally *tally);

/**
 * Bytes of the tally in canonical order (little-endian; equal content, equal bytes, whatever
 * the order in which it was counted). For checkpoints, shards and digests.
 * @param[out] bytes  Room for lq_tally_packed_size bytes.
 */
size_t lq_tally_packed_size(const lq_tally *tally);
void lq_tally_pack(const lq_tally *tally, uint8_t *bytes);

/**
 * Reads packed bytes; the caller owns *out.
 * @retval LQ_EPARSE  Not a packed tally, cut off, or inconsistent. *out is NULL.
 * @retval LQ_ENOMEM  Out of memory. *out is NULL.
 */
LQ_MUST_USE lq_status lq_tally_unpack(const uint8_t *bytes, size_t len, lq_tally **out,
                                      lq_error *err);

#endif
