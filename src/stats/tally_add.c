/* The additions of tally.h, compiled as an ordinary file and once per instruction-set level. */
#include "stats/tally.h"

#include "base/alloc.h"
#include "stats/tally_lanes.h"

#include <assert.h>
#include <string.h>

/* They change rarely: a predicted branch is cheaper than a chain of stores. */
LQ_INLINE void note_extremes(lq_slot *bin, double x)
{
    if (__builtin_expect(x < bin->min, 0)) bin->min = x;
    if (__builtin_expect(x > bin->max, 0)) bin->max = x;
}

/* False when out of memory. */
LQ_INLINE bool add_pooled(lq_bins *bins, const lanes *l, size_t i, lq_wide cents,
                          uint64_t weight)
{
    const uint32_t key = (uint32_t)l->key[i], p = key >> bins->bits;
    const uint32_t offset = key & ((1u << bins->bits) - 1);
    unsigned char *page = lq_bins_page(bins, p);
    if (!page) return false;
    lq_slot *bin = lq_bins_slot(bins, page, offset);
    bin->weight += weight;
    lq_slot_add(bin, &lq_bins_high(bins, page)[offset], cents);
    note_extremes(bin, l->x[i]);
    return !bins->cell_bits ||
           lq_bins_add_cell(bins, p, ((size_t)offset << bins->cell_bits) + l->cell[i], weight);
}

/* False when out of memory. */
LQ_INLINE bool add_row(const lq_tally *tally, lq_rows *rows, uint32_t row, uint32_t key,
                       uint64_t weight)
{
    const uint32_t coarse = lq_coarser(key, tally->pooled.bits, rows->bits);
    const uint32_t offset = coarse & ((1u << rows->bits) - 1);
    return lq_rows_add(rows, coarse >> rows->bits, ((size_t)row << rows->bits) + offset,
                       weight);
}

/* A whole path that weighs 1; false when out of memory. */
LQ_INLINE bool count_row(const lq_tally *tally, lq_rows *rows, uint32_t row, uint32_t key)
{
    const uint32_t coarse = lq_coarser(key, tally->pooled.bits, rows->bits);
    const uint32_t page = coarse >> rows->bits;
    const size_t index = ((size_t)row << rows->bits) + (coarse & ((1u << rows->bits) - 1));
    uint16_t *narrow = rows->narrow[page];
    if (__builtin_expect(!narrow, 0)) narrow = lq_rows_narrow(rows, page);
    if (__builtin_expect(!narrow, 0)) return false;
    if (__builtin_expect(++narrow[index] != 0, 1)) return true;
    return lq_rows_add(rows, page, index, LQ_NARROW_FULL);
}

/* One sample with everything: what is weighted, large, or the same in all lanes. */
static void add_one(lq_tally *tally, uint32_t replicate, const uint8_t *stratum, const lanes *l,
                    size_t i, uint64_t weight)
{
    if (weight == 0) return;
    if (l->key[i] == NO_KEY) {
        tally->overflow += weight;
        return;
    }
    const uint32_t key = (uint32_t)l->key[i], n_replicates = tally->shape.n_replicates;
    const lq_wide cents = (lq_wide)l->cents[i] * (lq_wide)weight;
    tally->weight += weight;
    lq_sum_add(&tally->replicate_sums[replicate], cents);
    bool ok = add_pooled(&tally->pooled, l, i, cents, weight);
    if (tally->replicates.n_rows)
        ok = add_row(tally, &tally->replicates, replicate, key, weight) && ok;
    if (stratum && tally->strata.n_rows)
        ok = add_row(tally, &tally->strata, stratum[i] * n_replicates + replicate, key,
                     weight) &&
             ok;
    tally->failed |= !ok;
}

/* Shares of paths by lane; NULL: every lane is one whole path that weighs 1. */
typedef const uint64_t *shares;

/* What the plan could have folded: one addition, and n to the strata. */
static void add_equal(lq_tally *tally, uint32_t replicate, const uint8_t *stratum,
                      const lanes *l, shares weight, size_t n)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += weight ? weight[i] : 1;
    add_one(tally, replicate, NULL, l, 0, sum);
    if (!stratum || tally->strata.n_rows == 0 || l->key[0] == NO_KEY) return;
    for (size_t i = 0; i < n; i++)
        tally->failed |=
            !add_row(tally, &tally->strata, stratum[i] * tally->shape.n_replicates + replicate,
                     (uint32_t)l->key[0], weight ? weight[i] : 1);
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
                                       (offset << bins->cell_bits) + cell, LQ_NARROW_FULL);
}

static void spill_row(lq_tally *tally, uint64_t page, size_t index)
{
    tally->failed |= !lq_rows_add(&tally->replicates, (uint32_t)page, index, LQ_NARROW_FULL);
}

/* The low word of a slot's sum has wrapped round. */
static void carry(lq_tally *tally, uint64_t key, int64_t term)
{
    const lq_bins *bins = &tally->pooled;
    int64_t *high = lq_bins_high(bins, bins->page[key >> bins->bits]);
    high[key & (((uint64_t)1 << bins->bits) - 1)] += term < 0 ? -1 : 1;
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

/* The common case, all lanes whole paths of weight 1, once they are located. */
LQ_INLINE void count_whole(lq_tally *tally, uint32_t replicate, const lanes *l, size_t n,
                           bool has_cells, uint32_t row_bits)
{
    const size_t row = (size_t)replicate << row_bits;
    for (size_t i = 0; i < n; i++) {
        lq_slot *bin = l->bin[i];
        int64_t low;
        bin->weight++;
        if (__builtin_expect(__builtin_add_overflow(bin->low, l->cents[i], &low), 0))
            carry(tally, l->key[i], l->cents[i]);
        bin->low = low;
        note_extremes(bin, l->x[i]);
        if (has_cells && __builtin_expect(++bin->cell[l->cell[i]] == 0, 0))
            spill_cell(tally, l->key[i], l->cell[i]);
        if (row_bits && __builtin_expect(++*l->row[i] == 0, 0))
            spill_row(tally, l->key[i] >> tally->pooled.bits, row + l->coarse[i]);
    }
}

LQ_INLINE void add_whole(lq_tally *tally, uint32_t replicate, const lanes *l, size_t n)
{
    tally->weight += n;
    lq_sum_add(&tally->replicate_sums[replicate], l->sum_cents);
    if (is_usual(tally))
        count_whole(tally, replicate, l, n, true, USUAL_ROW_BITS);
    else
        count_whole(tally, replicate, l, n, tally->pooled.cell_bits != 0,
                    tally->replicates.bits);
}

LQ_INLINE void add_shares(lq_tally *tally, uint32_t replicate, const lanes *l, shares weight,
                          size_t n)
{
    lq_bins *bins = &tally->pooled;
    const uint32_t bits = bins->bits, cell_bits = bins->cell_bits;
    const uint64_t mask = (1u << bits) - 1;
    const size_t row = (size_t)replicate << tally->replicates.bits;
    const bool counts_rows = tally->replicates.n_rows != 0;
    lq_wide sum = 0;
    uint64_t all = 0;
    for (size_t i = 0; i < n; i++) {
        const uint64_t w = weight[i];
        if (w == 0) continue; /* leaves no trace */
        const uint64_t page = l->key[i] >> bits, offset = l->key[i] & mask;
        if (__builtin_expect(!tally->ready[page], 0) && !touch_wide(tally, page)) return;
        lq_slot *bin = lq_bins_slot(bins, bins->page[page], (uint32_t)offset);
        const lq_wide cents = (lq_wide)l->cents[i] * (int64_t)w;
        all += w;
        sum += cents;
        bin->weight += w;
        lq_slot_add(bin, &lq_bins_high(bins, bins->page[page])[offset], cents);
        note_extremes(bin, l->x[i]);
        if (cell_bits) bins->wide[page][(offset << cell_bits) + l->cell[i]] += w;
        if (counts_rows) tally->replicates.wide[page][row + l->coarse[i]] += w;
    }
    tally->weight += all;
    lq_sum_add(&tally->replicate_sums[replicate], sum);
}

LQ_INLINE void add_strata(lq_tally *tally, uint32_t replicate, const uint8_t *stratum,
                          const lanes *l, shares weight, size_t n)
{
    if (!stratum || tally->strata.n_rows == 0) return;
    lq_rows *rows = &tally->strata;
    const uint32_t n_replicates = tally->shape.n_replicates;
    bool ok = true;
    for (size_t i = 0; i < n; i++) {
        const uint32_t row = stratum[i] * n_replicates + replicate;
        if (!weight)
            ok &= count_row(tally, rows, row, (uint32_t)l->key[i]);
        else if (weight[i])
            ok &= add_row(tally, rows, row, (uint32_t)l->key[i], weight[i]);
    }
    tally->failed |= !ok;
}

/* Whether each lane goes to a bin of its own: the common case. */
LQ_INLINE bool is_spread(const lanes *l)
{
    return !l->all_equal && !l->any_large;
}

/* The second half: counts what the first has prepared. */
LQ_INLINE void count(lq_tally *tally, uint32_t replicate, const uint8_t *stratum,
                     const lanes *l, shares weight, size_t n)
{
    if (l->all_equal) {
        add_equal(tally, replicate, stratum, l, weight, n);
    } else if (l->any_large) {
        for (size_t i = 0; i < n; i++)
            add_one(tally, replicate, stratum, l, i, weight ? weight[i] : 1);
    } else {
        if (weight)
            add_shares(tally, replicate, l, weight, n);
        else
            add_whole(tally, replicate, l, n);
        add_strata(tally, replicate, stratum, l, weight, n);
    }
}

LQ_INLINE void add(lq_tally *tally, uint32_t replicate, const uint8_t *stratum, const double *x,
                   shares weight, size_t n)
{
    assert(n <= LQ_TALLY_MAX_LANES && replicate < tally->shape.n_replicates);
    if (n == 0 || tally->failed) return; /* a page may be there without the others */
    lanes l;
    prepare(&l, x, n, tally);
    if (l.any_large) mend_large(&l, n);
    if (!weight && is_spread(&l) && !locate(tally, replicate, &l, n)) return;
    count(tally, replicate, stratum, &l, weight, n);
}

static void add_whole_paths(lq_tally *tally, uint32_t replicate, const uint8_t *stratum,
                            const double *x, size_t n)
{
    if (tally->shape.weight_log2 == 0) {
        add(tally, replicate, stratum, x, NULL, n);
        return;
    }
    uint64_t weight[LQ_TALLY_MAX_LANES];
    for (size_t i = 0; i < LQ_TALLY_MAX_LANES; i++)
        weight[i] = (uint64_t)1 << tally->shape.weight_log2;
    add(tally, replicate, stratum, x, weight, n);
}

void lq_tally_add_weighted(lq_tally *tally, uint32_t replicate, const uint8_t *stratum,
                           const double *x, const uint64_t *weight, size_t n)
{
    add(tally, replicate, stratum, x, weight, n);
}

void lq_tally_add_joint(lq_tally *tally, uint32_t replicate, const uint8_t *stratum,
                        const double *x, size_t n)
{
    add_whole_paths(tally, replicate, stratum, x, n);
}

void lq_tally_add_block(lq_tally *tally, uint32_t replicate, const double *x, size_t n)
{
    add_whole_paths(tally, replicate, NULL, x, n);
}

/* ---- blocks that wait ---- */

void lq_tally_settle(lq_tally *tally)
{
    lq_stage *stage = tally->stage;
    lanes room[2];
    if (!stage) return;
    for (uint32_t b = 0; stage->n && b <= stage->n; b++) {
        lanes *next = &room[b % 2], *now = &room[(b + 1) % 2];
        if (b < stage->n) {
            prepare(next, stage->x[b], LQ_TALLY_MAX_LANES, tally);
            if (next->any_large) mend_large(next, LQ_TALLY_MAX_LANES);
            if (is_spread(next)) locate(tally, stage->replicate[b], next, LQ_TALLY_MAX_LANES);
        }
        if (b == 0 || tally->failed) continue; /* what is missing is remembered */
        count(tally, stage->replicate[b - 1],
              stage->has_stratum[b - 1] ? stage->stratum[b - 1] : NULL, now, NULL,
              LQ_TALLY_MAX_LANES);
    }
    stage->n = 0;
}

void lq_tally_put_joint(lq_tally *tally, uint32_t replicate, const uint8_t *stratum,
                        const double *x, size_t n)
{
    const bool may_wait = n == LQ_TALLY_MAX_LANES && tally->shape.weight_log2 == 0;
    if (may_wait && !tally->stage) tally->stage = lq_calloc(1, sizeof *tally->stage);
    lq_stage *stage = tally->stage;
    if (!may_wait || !stage) { /* without room nothing waits */
        add_whole_paths(tally, replicate, stratum, x, n);
        return;
    }
    const uint32_t b = stage->n++;
    stage->replicate[b] = replicate;
    stage->has_stratum[b] = stratum != NULL;
    if (stratum) memcpy(stage->stratum[b], stratum, sizeof stage->stratum[b]);
    memcpy(stage->x[b], x, sizeof stage->x[b]);
    if (stage->n == LQ_STAGE_BLOCKS) lq_tally_settle(tally);
}

void lq_tally_put_block(lq_tally *tally, uint32_t replicate, const double *x, size_t n)
{
    lq_tally_put_joint(tally, replicate, NULL, x, n);
}
