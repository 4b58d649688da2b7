/**
 * @file tally_count.h
 * The second half of an addition to a tally: lanes that go to bins of their own are located, so
 * that the cache is asked for their counters early, and counted. Private to the folder, for
 * tally_add.c, which is compiled once per instruction-set level.
 */
#ifndef LQ_STATS_TALLY_COUNT_H
#define LQ_STATS_TALLY_COUNT_H

#include "stats/tally_lanes.h"

/* Shares of paths by lane; NULL: every lane is one whole path. */
typedef const uint64_t *shares;

/* What a whole path weighs. */
LQ_INLINE uint64_t unit_of(const lq_tally *tally)
{
    return (uint64_t)1 << tally->shape.weight_log2;
}

/* They change rarely: a predicted branch is cheaper than a chain of stores. */
LQ_INLINE void note_extremes(lq_slot *bin, double x)
{
    if (__builtin_expect(x < bin->min, 0)) bin->min = x;
    if (__builtin_expect(x > bin->max, 0)) bin->max = x;
}

/* Allocates what shares are counted in on a page; false when out of memory. */
static bool touch_wide(lq_tally *tally, uint64_t page)
{
    lq_bins *bins = &tally->pooled;
    const uint32_t p = (uint32_t)page;
    bool ok = lq_bins_page(bins, p) != NULL;
    if (bins->cell_bits) ok = ok && lq_bins_wide(bins, p);
    if (tally->replicates.n_rows) ok = ok && lq_rows_wide(&tally->replicates, p);
    tally->ready[p] = ok;
    tally->failed |= !ok;
    return ok;
}

/* The same for whole paths. */
static bool touch(lq_tally *tally, uint64_t page)
{
    const uint32_t p = (uint32_t)page;
    const bool has_rows = tally->replicates.n_rows != 0;
    unsigned char *slots = lq_bins_page(&tally->pooled, p);
    uint16_t *rows = has_rows ? lq_rows_narrow(&tally->replicates, p) : NULL;
    const bool ok = slots && (rows || !has_rows);
    if (ok) tally->touched[p] = (lq_touched){slots, rows};
    tally->failed |= !ok;
    return ok;
}

/* What a narrow counter holds when it is full. */
static void spill_cell(lq_tally *tally, uint64_t key, uint64_t cell)
{
    const lq_bins *bins = &tally->pooled;
    const size_t offset = key & (((uint64_t)1 << bins->bits) - 1);
    tally->failed |= !lq_bins_add_cell(&tally->pooled, (uint32_t)(key >> bins->bits),
                                       (offset << bins->cell_bits) + cell,
                                       (uint64_t)LQ_NARROW_FULL << bins->unit_log2);
}

static void spill_row(lq_tally *tally, uint64_t page, size_t index)
{
    lq_rows *rows = &tally->replicates;
    tally->failed |=
        !lq_rows_add(rows, (uint32_t)page, index, (uint64_t)LQ_NARROW_FULL << rows->unit_log2);
}

/* A term that does not fit into the low word of a slot's sum, or wraps it round. */
static void add_large(lq_tally *tally, lq_slot *bin, uint64_t key, lq_wide term)
{
    const lq_bins *bins = &tally->pooled;
    int64_t *high = lq_bins_high(bins, bins->page[key >> bins->bits]);
    lq_slot_add(bin, &high[key & (((uint64_t)1 << bins->bits) - 1)], term);
}

/* cents x weight: rarely more than a word. */
LQ_INLINE void add_cents(lq_tally *tally, lq_slot *bin, const lanes *l, size_t i,
                         uint64_t weight)
{
    int64_t term, low;
    if (__builtin_expect(__builtin_mul_overflow(l->cents[i], (int64_t)weight, &term) ||
                             __builtin_add_overflow(bin->low, term, &low),
                         0))
        add_large(tally, bin, l->key[i], (lq_wide)l->cents[i] * (int64_t)weight);
    else
        bin->low = low;
}

/* Where whole paths are counted, and a word to the cache that they are needed soon. What is
 * kept, and how fine, is known where this is inlined. False when out of memory. */
LQ_INLINE bool locate_at(lq_tally *tally, uint32_t replicate, lanes *l, size_t n, uint32_t bits,
                         uint32_t cell_bits, uint32_t row_bits)
{
    const uint64_t mask = (1u << bits) - 1;
    const size_t stride = sizeof(lq_slot) + (cell_bits ? sizeof(uint16_t) << cell_bits : 0);
    const lq_touched *touched = tally->touched;
    const size_t row = (size_t)replicate << row_bits;
    for (size_t i = 0; i < n; i++) {
        const lq_touched *page = &touched[l->key[i] >> bits];
        if (__builtin_expect(!page->slots, 0) && !touch(tally, l->key[i] >> bits)) return false;
        l->bin[i] = (lq_slot *)(void *)(page->slots + (l->key[i] & mask) * stride);
        __builtin_prefetch(l->bin[i], 1);
        if (cell_bits > USUAL_CELL_BITS) /* the cells fill lines of their own */
            __builtin_prefetch(&l->bin[i]->cell[l->cell[i]], 1);
        if (row_bits) l->row[i] = page->rows + row + l->coarse[i];
    }
    return true;
}

LQ_INLINE bool locate(lq_tally *tally, uint32_t replicate, lanes *l, size_t n)
{
    if (is_usual(tally))
        return locate_at(tally, replicate, l, n, USUAL_BITS, USUAL_CELL_BITS, USUAL_ROW_BITS);
    return locate_at(tally, replicate, l, n, tally->pooled.bits, tally->pooled.cell_bits,
                     tally->replicates.bits);
}

/* The common case, all lanes whole paths, once they are located. */
LQ_INLINE void count_whole(lq_tally *tally, uint32_t replicate, const lanes *l, size_t n,
                           bool has_cells, uint32_t row_bits, uint64_t unit)
{
    const size_t row = (size_t)replicate << row_bits;
    for (size_t i = 0; i < n; i++) {
        lq_slot *bin = l->bin[i];
        bin->weight += unit;
        add_cents(tally, bin, l, i, unit);
        note_extremes(bin, l->x[i]);
        if (has_cells && __builtin_expect(++bin->cell[l->cell[i]] == 0, 0))
            spill_cell(tally, l->key[i], l->cell[i]);
        if (row_bits && __builtin_expect(++*l->row[i] == 0, 0))
            spill_row(tally, l->key[i] >> tally->pooled.bits, row + l->coarse[i]);
    }
}

LQ_INLINE void add_whole(lq_tally *tally, uint32_t replicate, const lanes *l, size_t n)
{
    const uint64_t unit = unit_of(tally);
    tally->weight += n * unit;
    lq_sum_add(&tally->replicate_sums[replicate], (lq_wide)l->sum_cents * (int64_t)unit);
    if (is_usual(tally) && unit == 1)
        count_whole(tally, replicate, l, n, true, USUAL_ROW_BITS, 1);
    else
        count_whole(tally, replicate, l, n, tally->pooled.cell_bits != 0,
                    tally->replicates.bits, unit);
}

/* Where shares are counted, and a word to the cache, as for whole paths. What weighs nothing
 * leaves no trace. */
static void locate_shares(lq_tally *tally, uint32_t replicate, lanes *l, shares weight,
                          size_t n)
{
    const lq_bins *bins = &tally->pooled;
    const lq_rows *rows = &tally->replicates;
    const uint64_t mask = ((uint64_t)1 << bins->bits) - 1;
    const size_t row = (size_t)replicate << rows->bits;
    for (size_t i = 0; i < n; i++) {
        if (weight[i] == 0) continue;
        const uint64_t page = l->key[i] >> bins->bits, offset = l->key[i] & mask;
        if (__builtin_expect(!tally->ready[page], 0) && !touch_wide(tally, page)) return;
        l->bin[i] = lq_bins_slot(bins, bins->page[page], (uint32_t)offset);
        __builtin_prefetch(l->bin[i], 1);
        if (bins->cell_bits) {
            l->wide_cell[i] = bins->wide[page] + (offset << bins->cell_bits) + l->cell[i];
            __builtin_prefetch(l->wide_cell[i], 1);
        }
        if (rows->n_rows) {
            l->wide_row[i] = rows->wide[page] + row + l->coarse[i];
            __builtin_prefetch(l->wide_row[i], 1);
        }
    }
}

static void add_shares(lq_tally *tally, uint32_t replicate, const lanes *l, shares weight,
                       size_t n)
{
    const bool has_cells = tally->pooled.cell_bits != 0;
    const bool has_rows = tally->replicates.n_rows != 0;
    lq_wide sum = 0;
    uint64_t all = 0;
    for (size_t i = 0; i < n; i++) {
        const uint64_t w = weight[i];
        if (w == 0) continue;
        lq_slot *bin = l->bin[i];
        all += w;
        sum += (lq_wide)l->cents[i] * (int64_t)w;
        bin->weight += w;
        add_cents(tally, bin, l, i, w);
        note_extremes(bin, l->x[i]);
        if (has_cells) *l->wide_cell[i] += w;
        if (has_rows) *l->wide_row[i] += w;
    }
    tally->weight += all;
    lq_sum_add(&tally->replicate_sums[replicate], sum);
}

#endif
