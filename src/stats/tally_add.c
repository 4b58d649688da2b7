/* The additions of tally.h, compiled as an ordinary file and once per instruction-set level. */
#include "stats/tally.h"

#include "stats/cells.h"

#include <assert.h>
#include <string.h>

#define BITS_OF_SMALL 0x42B0000000000000u /* 2^44: times 100 it is below 2^51 */
#define BITS_OF_LIMIT 0x4310000000000000u /* 2^50, LQ_TALLY_LIMIT */
#define ROUNDER       6755399441055744.0  /* 1.5 x 2^52: adding it rounds to an integer */
#define NO_KEY        UINT32_MAX

/* What the first, vectorised half of an addition makes of a block. */
typedef struct lanes {
    uint32_t key[LQ_TALLY_MAX_LANES];    /* of the pooled resolution */
    uint32_t coarse[LQ_TALLY_MAX_LANES]; /* in its page, of the replicates' resolution */
    uint32_t cell[LQ_TALLY_MAX_LANES];   /* in its page, fine */
    int64_t cents[LQ_TALLY_MAX_LANES];
    double x[LQ_TALLY_MAX_LANES]; /* the samples with -0 made 0 */
    int64_t sum_cents;
    bool any_large; /* some |x| >= 2^44, or NaN */
    bool all_equal;
} lanes;

/* Vectorises: no branch, no call. Lanes with |x| >= 2^44 hold rubbish, mended by mend_large. */
LQ_INLINE void prepare(lanes *l, const double *x, size_t n, const lq_tally *tally)
{
    const uint32_t key_bits = tally->pooled.bits, fewer = key_bits - tally->replicates.bits;
    const uint64_t mask = ((uint64_t)1 << key_bits) - 1;
    uint64_t large = 0, differs = 0;
    int64_t sum_cents = 0;
    const uint64_t first = lq_bits_of(x[0] + 0.0);
    for (size_t i = 0; i < n; i++) {
        const double sample = x[i] + 0.0;
        const uint64_t bits = lq_bits_of(sample), magnitude = bits & (UINT64_MAX >> 1);
        const int64_t cents =
            (int64_t)(lq_bits_of(sample * 100.0 + ROUNDER) - lq_bits_of(ROUNDER));
        large |= (uint64_t)(magnitude >= BITS_OF_SMALL);
        differs |= bits ^ first;
        sum_cents = (int64_t)((uint64_t)sum_cents + (uint64_t)cents);
        l->x[i] = sample;
        l->cents[i] = cents;
        const uint64_t key = lq_key_of(bits, key_bits);
        l->key[i] = (uint32_t)key;
        l->cell[i] = (uint32_t)lq_cell_of(sample);
        l->coarse[i] = (uint32_t)(key > mask ? (key & mask) >> fewer : key);
    }
    l->sum_cents = sum_cents;
    l->any_large = large != 0;
    l->all_equal = differs == 0;
}

/* |x| >= 2^44: hundredths by truncation (x has at most 9 bits of fraction left). */
static void mend_large(lanes *l, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const uint64_t magnitude = lq_bits_of(l->x[i]) & (UINT64_MAX >> 1);
        if (magnitude >= BITS_OF_LIMIT)
            l->key[i] = NO_KEY;
        else if (magnitude >= BITS_OF_SMALL)
            l->cents[i] = (int64_t)(l->x[i] * 100.0);
    }
}

/* They change rarely: a predicted branch is cheaper than a chain of stores. */
LQ_INLINE void note_extremes(lq_slot *bin, double x)
{
    if (__builtin_expect(x < bin->min, 0)) bin->min = x;
    if (__builtin_expect(x > bin->max, 0)) bin->max = x;
}

LQ_INLINE void add_pooled(lq_tally *tally, uint32_t key, lq_wide cents, uint64_t weight,
                          double x)
{
    lq_bins *bins = &tally->pooled;
    lq_slot *page = bins->page[key >> bins->bits];
    if (__builtin_expect(!page, 0)) page = lq_bins_page(bins, key >> bins->bits);
    if (__builtin_expect(!page, 0)) {
        tally->failed = true;
        return;
    }
    const uint32_t offset = key & ((1u << bins->bits) - 1);
    lq_slot *bin = &page[offset];
    bin->weight += weight;
    lq_slot_add(bin, &lq_bins_high(bins, page)[offset], cents);
    note_extremes(bin, x);
}

LQ_INLINE void add_row(lq_tally *tally, lq_rows *rows, uint32_t row, uint32_t key,
                       uint64_t weight)
{
    const uint32_t coarse = lq_coarser(key, tally->pooled.bits, rows->bits);
    const uint32_t p = coarse >> rows->bits;
    uint64_t *page = rows->page[p];
    if (__builtin_expect(!page, 0)) page = lq_rows_page(rows, p);
    if (__builtin_expect(!page, 0)) {
        tally->failed = true;
        return;
    }
    page[((size_t)row << rows->bits) + (coarse & ((1u << rows->bits) - 1))] += weight;
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
    add_pooled(tally, key, cents, weight, l->x[i]);
    lq_sum_add(&tally->replicate_sums[replicate], cents);
    if (tally->fine.kept &&
        !lq_cells_add(&tally->fine, key >> tally->pooled.bits, l->cell[i], weight))
        tally->failed = true;
    if (tally->replicates.n_rows) add_row(tally, &tally->replicates, replicate, key, weight);
    if (stratum && tally->strata.n_rows)
        add_row(tally, &tally->strata, stratum[i] * n_replicates + replicate, key, weight);
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
        add_row(tally, &tally->strata, stratum[i] * tally->shape.n_replicates + replicate,
                (uint32_t)l->key[0], weight ? weight[i] : 1);
}

/* Allocates all that a block counts in on a page: whole paths in narrow cells, shares in wide
 * ones. False when out of memory. */
static bool touch(lq_tally *tally, uint32_t page, bool wide)
{
    bool ok = lq_bins_page(&tally->pooled, page) != NULL;
    if (tally->fine.kept && wide) ok = ok && lq_cells_wide(&tally->fine, page);
    if (tally->fine.kept && !wide) ok = ok && lq_cells_narrow(&tally->fine, page);
    if (tally->replicates.n_rows) ok = ok && lq_rows_page(&tally->replicates, page);
    tally->ready[wide][page] = ok;
    tally->failed |= !ok;
    return ok;
}

enum { USUAL_BITS = 9 }; /* of LQ_TALLY_TOTAL and LQ_TALLY_PART */

/* The common case, all lanes whole paths of weight 1. What is kept, and how fine, is known
 * where this is inlined. */
LQ_INLINE void count_whole(lq_tally *tally, uint32_t replicate, const lanes *l, size_t n,
                           uint32_t bits, bool counts_cells, bool counts_rows)
{
    const uint32_t mask = (1u << bits) - 1;
    lq_slot *const *bins = tally->pooled.page;
    uint16_t *const *cells = tally->fine.narrow;
    uint64_t *const *rows = tally->replicates.page;
    const size_t row = (size_t)replicate << tally->replicates.bits;
    for (size_t i = 0; i < n; i++) {
        const uint32_t key = l->key[i], page = key >> bits;
        if (__builtin_expect(!tally->ready[false][page], 0) && !touch(tally, page, false))
            return;
        lq_slot *bin = &bins[page][key & mask];
        bin->weight++;
        lq_slot_add_word(bin, &lq_bins_high(&tally->pooled, bins[page])[key & mask],
                         l->cents[i]);
        note_extremes(bin, l->x[i]);
        if (counts_cells && __builtin_expect(++cells[page][l->cell[i]] == 0, 0))
            tally->failed |= !lq_cells_spill(&tally->fine, page, l->cell[i]);
        if (counts_rows) ++rows[page][row + l->coarse[i]];
    }
}

LQ_INLINE void add_whole(lq_tally *tally, uint32_t replicate, const lanes *l, size_t n)
{
    const bool counts_rows = tally->replicates.n_rows != 0, counts_cells = tally->fine.kept;
    tally->weight += n;
    lq_sum_add(&tally->replicate_sums[replicate], l->sum_cents);
    if (counts_cells && counts_rows && tally->pooled.bits == USUAL_BITS)
        count_whole(tally, replicate, l, n, USUAL_BITS, true, true);
    else
        count_whole(tally, replicate, l, n, tally->pooled.bits, counts_cells, counts_rows);
}

LQ_INLINE void add_shares(lq_tally *tally, uint32_t replicate, const lanes *l, shares weight,
                          size_t n)
{
    const uint32_t bits = tally->pooled.bits, mask = (1u << bits) - 1;
    const size_t row = (size_t)replicate << tally->replicates.bits;
    const bool counts_rows = tally->replicates.n_rows != 0, counts_cells = tally->fine.kept;
    lq_wide sum = 0;
    uint64_t all = 0;
    for (size_t i = 0; i < n; i++) {
        const uint64_t w = weight[i];
        if (w == 0) continue; /* leaves no trace */
        const uint32_t key = l->key[i], page = key >> bits;
        if (__builtin_expect(!tally->ready[true][page], 0) && !touch(tally, page, true)) return;
        lq_slot *slots = tally->pooled.page[page], *bin = &slots[key & mask];
        const lq_wide cents = (lq_wide)l->cents[i] * (int64_t)w;
        all += w;
        sum += cents;
        bin->weight += w;
        lq_slot_add(bin, &lq_bins_high(&tally->pooled, slots)[key & mask], cents);
        note_extremes(bin, l->x[i]);
        if (counts_cells) tally->fine.wide[page][l->cell[i]] += w;
        if (counts_rows) tally->replicates.page[page][row + l->coarse[i]] += w;
    }
    tally->weight += all;
    lq_sum_add(&tally->replicate_sums[replicate], sum);
}

LQ_INLINE void add_strata(lq_tally *tally, uint32_t replicate, const uint8_t *stratum,
                          const lanes *l, shares weight, size_t n)
{
    if (!stratum || tally->strata.n_rows == 0) return;
    const uint32_t n_replicates = tally->shape.n_replicates;
    for (size_t i = 0; i < n; i++)
        if (!weight || weight[i])
            add_row(tally, &tally->strata, stratum[i] * n_replicates + replicate,
                    (uint32_t)l->key[i], weight ? weight[i] : 1);
}

LQ_INLINE void add(lq_tally *tally, uint32_t replicate, const uint8_t *stratum, const double *x,
                   shares weight, size_t n)
{
    assert(n <= LQ_TALLY_MAX_LANES && replicate < tally->shape.n_replicates);
    if (n == 0 || tally->failed) return; /* a page may be there without the others */
    lanes l;
    prepare(&l, x, n, tally);
    if (l.any_large) mend_large(&l, n);
    if (l.all_equal) {
        add_equal(tally, replicate, stratum, &l, weight, n);
    } else if (l.any_large) {
        for (size_t i = 0; i < n; i++)
            add_one(tally, replicate, stratum, &l, i, weight ? weight[i] : 1);
    } else {
        if (weight)
            add_shares(tally, replicate, &l, weight, n);
        else
            add_whole(tally, replicate, &l, n);
        add_strata(tally, replicate, stratum, &l, weight, n);
    }
}

void lq_tally_add_weighted(lq_tally *tally, uint32_t replicate, const uint8_t *stratum,
                           const double *x, const uint64_t *weight, size_t n)
{
    add(tally, replicate, stratum, x, weight, n);
}

void lq_tally_add_joint(lq_tally *tally, uint32_t replicate, const uint8_t *stratum,
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

void lq_tally_add_block(lq_tally *tally, uint32_t replicate, const double *x, size_t n)
{
    lq_tally_add_joint(tally, replicate, NULL, x, n);
}
