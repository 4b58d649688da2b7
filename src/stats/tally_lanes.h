/**
 * @file tally_lanes.h
 * The first, vectorised half of an addition to a tally: where the samples of a block belong.
 * Private to the folder, for tally_add.c, which is compiled once per instruction-set level.
 */
#ifndef LQ_STATS_TALLY_LANES_H
#define LQ_STATS_TALLY_LANES_H

#include "stats/cells.h"

#define BITS_OF_SMALL 0x42B0000000000000u /* 2^44: times 100 it is below 2^51 */
#define BITS_OF_ONE   0x3FF0000000000000u
#define BITS_OF_LIMIT 0x4310000000000000u /* 2^50, LQ_TALLY_LIMIT */
#define ROUNDER       6755399441055744.0  /* 1.5 x 2^52: adding it rounds to an integer */
#define NO_KEY        UINT64_MAX

/* What it makes of a block: words, since narrower numbers cost shuffles. */
typedef struct lanes {
    uint64_t key[LQ_TALLY_MAX_LANES];    /* of the pooled resolution */
    uint64_t coarse[LQ_TALLY_MAX_LANES]; /* in its page, of the replicates' resolution */
    uint64_t cell[LQ_TALLY_MAX_LANES];   /* in its bin, fine */
    int64_t cents[LQ_TALLY_MAX_LANES];
    double x[LQ_TALLY_MAX_LANES];            /* the samples with -0 made 0 */
    lq_slot *bin[LQ_TALLY_MAX_LANES];        /* set by locate */
    uint16_t *row[LQ_TALLY_MAX_LANES];       /* of whole paths: the counter of the replicate */
    uint64_t *wide_cell[LQ_TALLY_MAX_LANES]; /* of shares: their counters */
    uint64_t *wide_row[LQ_TALLY_MAX_LANES];
    int64_t sum_cents;
    bool any_large; /* some |x| >= 2^44, or NaN */
    bool all_equal;
} lanes;

/* Vectorises: no branch, no call. Lanes with |x| >= 2^44 hold rubbish, mended by mend_large.
 * any_near: whether some lie within (-1, 1), which takes more steps to place. */
LQ_INLINE void convert(lanes *l, const double *x, size_t n, bool *any_near)
{
    uint64_t large = 0, near = 0, differs = 0;
    int64_t sum_cents = 0;
    const uint64_t first = lq_bits_of(x[0] + 0.0);
    for (size_t i = 0; i < n; i++) {
        const double sample = x[i] + 0.0;
        const uint64_t word = lq_bits_of(sample), magnitude = word & (UINT64_MAX >> 1);
        const int64_t cents =
            (int64_t)(lq_bits_of(sample * 100.0 + ROUNDER) - lq_bits_of(ROUNDER));
        large |= BITS_OF_SMALL - 1 - magnitude; /* the sign bit tells */
        near |= magnitude - BITS_OF_ONE;
        differs |= word ^ first;
        sum_cents = (int64_t)((uint64_t)sum_cents + (uint64_t)cents);
        l->x[i] = sample;
        l->cents[i] = cents;
    }
    l->sum_cents = sum_cents;
    l->any_large = large >> 63 != 0;
    l->all_equal = differs == 0;
    *any_near = near >> 63 != 0;
}

/* Keys, cells and rows' counters, of any number where any_near. */
LQ_INLINE void place(lanes *l, size_t n, uint32_t bits, uint32_t cell_bits, uint32_t row_bits,
                     bool any_near)
{
    const uint32_t fewer = bits - row_bits;
    const uint64_t mask = ((uint64_t)1 << bits) - 1;
    for (size_t i = 0; i < n; i++) {
        const uint64_t word = lq_bits_of(l->x[i]);
        const uint64_t key = any_near ? lq_key_of(word, bits) : lq_far_key_of(word, bits);
        l->key[i] = key;
        l->cell[i] = any_near ? lq_cell_of(l->x[i], bits, cell_bits)
                              : lq_far_cell_of(word, bits, cell_bits);
        l->coarse[i] = !any_near || key > mask ? (key & mask) >> fewer : key;
    }
}

LQ_INLINE void prepare_at(lanes *l, const double *x, size_t n, uint32_t bits,
                          uint32_t cell_bits, uint32_t row_bits)
{
    bool any_near;
    convert(l, x, n, &any_near);
    if (any_near)
        place(l, n, bits, cell_bits, row_bits, true);
    else
        place(l, n, bits, cell_bits, row_bits, false);
}

enum { USUAL_BITS = 9, USUAL_CELL_BITS = 4, USUAL_ROW_BITS = 7 }; /* of LQ_TALLY_TOTAL, _PART */

LQ_INLINE bool is_usual(const lq_tally *tally)
{
    return tally->pooled.bits == USUAL_BITS && tally->pooled.cell_bits == USUAL_CELL_BITS &&
           tally->replicates.n_rows && tally->replicates.bits == USUAL_ROW_BITS;
}

LQ_INLINE void prepare(lanes *l, const double *x, size_t n, const lq_tally *tally)
{
    if (is_usual(tally))
        prepare_at(l, x, n, USUAL_BITS, USUAL_CELL_BITS, USUAL_ROW_BITS);
    else
        prepare_at(l, x, n, tally->pooled.bits, tally->pooled.cell_bits,
                   tally->replicates.bits);
}

/* |x| >= 2^44: hundredths by truncation (x has at most 9 bits of fraction left). */
LQ_INLINE void mend_large(lanes *l, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const uint64_t magnitude = lq_bits_of(l->x[i]) & (UINT64_MAX >> 1);
        if (magnitude >= BITS_OF_LIMIT)
            l->key[i] = NO_KEY;
        else if (magnitude >= BITS_OF_SMALL)
            l->cents[i] = (int64_t)(l->x[i] * 100.0);
    }
}

#endif
