/**
 * @file tally.h
 * An exact histogram of a number that every path yields (docs/adr: exact integer tallies).
 *
 * Every entry is an integer, so merging two tallies is addition: it is associative and
 * commutative, and threads, shards, resumed runs and checkpoints all give the same bits.
 *
 * Bins, in the order of value: negative logarithmic bins (largest |x| first), -1 < x < -0.01,
 * -0.01 <= x < 0, x = 0, 0 < x <= 0.01, 0.01 < x < 1, positive logarithmic bins. A logarithmic
 * bin is one of `bins per octave` equal parts of [2^k, 2^(k+1)), k = 0..49. A bin keeps its
 * weight (u64), its sum in hundredths (signed 128 bits), and the smallest and largest value.
 *
 * Samples are counted twice: in the *pooled* bins, fine, for what is shown; and in the bins of
 * one *slot*, coarse, for standard errors. A slot is a replicate (block number mod 16), or a
 * replicate and a stratum (strata.h). Nothing here knows what the numbers mean.
 *
 * Memory: 40 bytes a bin, allocated by octave on first touch. 512 bins per octave: 20 KB an
 * octave. An allocation that fails loses samples and is remembered: lq_tally_failed.
 */
#ifndef LQ_STATS_TALLY_H
#define LQ_STATS_TALLY_H

#include "liquidus/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct lq_tally lq_tally;

enum {
    LQ_TALLY_MAX_LANES = 64, /**< Samples of one lq_tally_add_ call. */
    LQ_TALLY_MIN_BINS = 8,   /**< Bins per octave: a power of two in [8, 4096]. */
    LQ_TALLY_MAX_BINS = 4096,
    LQ_TALLY_MAX_SLOTS = 4096,
};

/** Values with |x| >= 2^50 (1.1259e15), NaN and infinities are counted apart, never clipped. */
#define LQ_TALLY_LIMIT 1125899906842624.0

typedef struct lq_tally_shape {
    uint32_t pooled_bins; /**< Bins per octave of the pooled bins; 0: none, slots only. */
    uint32_t slot_bins;   /**< Bins per octave of each slot; <= pooled_bins; 0: no slots. */
    uint32_t n_slots;     /**< Slots; at least 1, also when slot_bins is 0. */
    uint32_t
        weight_log2; /**< A whole path weighs 2^weight_log2: 0 in plain runs, at most 32. */
} lq_tally_shape;

/** The usual shapes: totals and shown differences; by year; monthly fans (slots: none). */
#define LQ_TALLY_TOTAL ((lq_tally_shape){.pooled_bins = 512, .slot_bins = 64, .n_slots = 16})
#define LQ_TALLY_YEAR  ((lq_tally_shape){.pooled_bins = 64, .n_slots = 1})
#define LQ_TALLY_FAN   ((lq_tally_shape){.pooled_bins = 32, .n_slots = 1})

/** An empty tally, or NULL when out of memory. @pre The shape is valid (asserted). */
lq_tally *lq_tally_create(const lq_tally_shape *shape);

/** Frees the tally; NULL is fine. */
void lq_tally_destroy(lq_tally *tally);

/** Empties the tally; keeps its memory. */
void lq_tally_clear(lq_tally *tally);

const lq_tally_shape *lq_tally_shape_of(const lq_tally *tally);

/**
 * Adds n samples of weight 2^weight_log2 each, all of one slot.
 * @param[in] x     [n] samples, n <= LQ_TALLY_MAX_LANES.
 * @param[in] slot  < n_slots; ignored when the tally has no slots.
 * @note  Cannot fail; a missing page is remembered (lq_tally_failed).
 */
void lq_tally_add_block(lq_tally *tally, uint32_t slot, const double *x, size_t n);

/** As lq_tally_add_block, each sample with a slot of its own: slot[i]. */
void lq_tally_add_lanes(lq_tally *tally, const uint16_t *slot, const double *x, size_t n);

/** As lq_tally_add_block, sample i with the integer weight[i] (a share of 2^weight_log2). */
void lq_tally_add_weighted(lq_tally *tally, uint32_t slot, const double *x,
                           const uint64_t *weight, size_t n);

/** Adds the same value for n_paths whole paths: what the plan knows without simulating. */
void lq_tally_add_constant(lq_tally *tally, uint32_t slot, double x, uint64_t n_paths);

/** Adds every sample of `from`. @pre Equal shapes (asserted). */
void lq_tally_merge(lq_tally *into, const lq_tally *from);

/** Total weight counted in bins, pooled: paths x 2^weight_log2. */
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
