/**
 * @file cells.h
 * The fine cells of a tally's bins (bins.h: lq_bins). Private to the folder.
 *
 * A bin of [2^o, 2^(o+1)) is cut into 2^cell_bits equal cells, numbered by |x|. Those of the
 * bins within (-1, 1) are equal parts of [0, 1), also by |x|: 1 / 16 of a unit in the usual
 * shapes, less than 1e-4 of 1,000.
 */
#ifndef LQ_STATS_CELLS_H
#define LQ_STATS_CELLS_H

#include "stats/bins.h"
#include "stats/law.h"

/** What (-1, 1) is shrunk by, so that 1 + |x| stays below 2 when rounded. */
#define LQ_NEAR_SHRINK 0.999

/** The cell, in its bin, of a number from its bits, 1 <= |x| < 2^50. */
static inline uint64_t lq_far_cell_of(uint64_t word, uint32_t bits, uint32_t cell_bits)
{
    return (word >> (52 - bits - cell_bits)) & (((uint64_t)1 << cell_bits) - 1);
}

/** The cell, in its bin, of a number; |x| < 2^50. Without branches. `bits` of the bin. */
static inline uint64_t lq_cell_of(double x, uint32_t bits, uint32_t cell_bits)
{
    const uint64_t one = 0x3FF0000000000000u;
    const uint64_t magnitude = lq_bits_of(x) & (UINT64_MAX >> 1);
    const uint64_t near = lq_bits_of(1.0 + LQ_NEAR_SHRINK * __builtin_fabs(x)) >> bits;
    const uint64_t is_far = (uint64_t)0 - (uint64_t)(magnitude >= one);
    const uint64_t chosen = (magnitude & is_far) | (near & ~is_far);
    return (chosen >> (52 - bits - cell_bits)) & (((uint64_t)1 << cell_bits) - 1);
}

/** A value x read off a pooled bin for the rank-th of its paths, moved into the cell of that
 * path: at most 0.8 cells, 1e-4 of the value, from where it is. */
double lq_cells_refine(const lq_tally *tally, const lq_law_bin *bin, double rank, double x);

#endif
