/**
 * @file cells.h
 * The fine cells of a tally (bins.h: lq_cells). Private to the folder.
 */
#ifndef LQ_STATS_CELLS_H
#define LQ_STATS_CELLS_H

#include "stats/bins.h"
#include "stats/law.h"

enum { LQ_CELL_BITS = 13 };

/** What page 0 is stretched by, so that its fine cells are those of [2, 4). */
#define LQ_NEAR_STRETCH 0.999

/** The fine cell, in its page, of a number; |x| < 2^50. Without branches. */
static inline uint64_t lq_cell_of(double x)
{
    const uint64_t one = 0x3FF0000000000000u;
    const uint64_t bits = lq_bits_of(x), near = lq_bits_of(3.0 + LQ_NEAR_STRETCH * x);
    const uint64_t is_far = (uint64_t)0 - (uint64_t)((bits & (UINT64_MAX >> 1)) >= one);
    return (((bits & is_far) | (near & ~is_far)) >> (52 - LQ_CELL_BITS)) & (LQ_TALLY_CELLS - 1);
}

/** The page, allocated if need be; NULL when out of memory. */
uint16_t *lq_cells_narrow(lq_cells *cells, uint32_t page);
uint64_t *lq_cells_wide(lq_cells *cells, uint32_t page);

static inline uint64_t lq_cells_at(const lq_cells *cells, uint32_t page, uint64_t cell)
{
    const uint16_t *narrow = cells->narrow[page];
    const uint64_t *wide = cells->wide[page];
    return (narrow ? narrow[cell] : 0) + (wide ? wide[cell] : 0);
}

/** Counts a weight wide; false when out of memory. */
bool lq_cells_add(lq_cells *cells, uint32_t page, uint64_t cell, uint64_t weight);

/** Hands on what a narrow counter held when it went from 2^16 - 1 to 0; false when out of
 *  memory. */
bool lq_cells_spill(lq_cells *cells, uint32_t page, uint64_t cell);

/** Add all of `from`; false when out of memory. */
bool lq_cells_merge(lq_cells *into, const lq_tally *from);

/** A value x read off a pooled bin for the rank-th of its paths, moved into the cell of that
 * path: at most 0.8 cells, 1e-4 of the value, from where it is. */
double lq_cells_refine(const lq_tally *tally, const lq_law_bin *bin, double rank, double x);

/** Empties the cells of a tally whose bins still say where they are. */
void lq_cells_clear(lq_tally *tally);
void lq_cells_release(lq_cells *cells);
size_t lq_cells_bytes(const lq_cells *cells);

#endif
