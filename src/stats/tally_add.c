/* The additions of tally.h, compiled as an ordinary file and once per instruction-set level. */
#include "stats/tally.h"

#include "base/alloc.h"
#include "stats/tally_count.h"

#include <assert.h>
#include <string.h>

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

/* A whole path; false when out of memory. */
LQ_INLINE bool count_row(const lq_tally *tally, lq_rows *rows, uint32_t row, uint32_t key)
{
    const uint32_t coarse = lq_coarser(key, tally->pooled.bits, rows->bits);
    const uint32_t page = coarse >> rows->bits;
    const size_t index = ((size_t)row << rows->bits) + (coarse & ((1u << rows->bits) - 1));
    uint16_t *narrow = rows->narrow[page];
    if (__builtin_expect(!narrow, 0)) narrow = lq_rows_narrow(rows, page);
    if (__builtin_expect(!narrow, 0)) return false;
    if (__builtin_expect(++narrow[index] != 0, 1)) return true;
    return lq_rows_add(rows, page, index, (uint64_t)LQ_NARROW_FULL << rows->unit_log2);
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

/* What the plan could have folded: one addition, and n to the strata. */
static void add_equal(lq_tally *tally, uint32_t replicate, const uint8_t *stratum,
                      const lanes *l, shares weight, size_t n)
{
    const uint64_t unit = unit_of(tally);
    uint64_t sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += weight ? weight[i] : unit;
    add_one(tally, replicate, NULL, l, 0, sum);
    if (!stratum || tally->strata.n_rows == 0 || l->key[0] == NO_KEY) return;
    for (size_t i = 0; i < n; i++)
        tally->failed |=
            !add_row(tally, &tally->strata, stratum[i] * tally->shape.n_replicates + replicate,
                     (uint32_t)l->key[0], weight ? weight[i] : unit);
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
            add_one(tally, replicate, stratum, l, i, weight ? weight[i] : unit_of(tally));
    } else {
        if (weight)
            add_shares(tally, replicate, l, weight, n);
        else
            add_whole(tally, replicate, l, n);
        add_strata(tally, replicate, stratum, l, weight, n);
    }
}

/* The first half: where the lanes are counted. False when out of memory. */
LQ_INLINE bool find(lq_tally *tally, uint32_t replicate, lanes *l, const double *x,
                    shares weight, size_t n)
{
    prepare(l, x, n, tally);
    if (l->any_large) mend_large(l, n);
    if (!is_spread(l)) return true;
    if (!weight) return locate(tally, replicate, l, n);
    locate_shares(tally, replicate, l, weight, n);
    return !tally->failed;
}

static void add(lq_tally *tally, uint32_t replicate, const uint8_t *stratum, const double *x,
                shares weight, size_t n)
{
    assert(n <= LQ_TALLY_MAX_LANES && replicate < tally->shape.n_replicates);
    if (n == 0 || tally->failed) return; /* a page may be there without the others */
    lanes l;
    if (find(tally, replicate, &l, x, weight, n))
        count(tally, replicate, stratum, &l, weight, n);
}

void lq_tally_add_weighted(lq_tally *tally, uint32_t replicate, const uint8_t *stratum,
                           const double *x, const uint64_t *weight, size_t n)
{
    add(tally, replicate, stratum, x, weight, n);
}

void lq_tally_add_joint(lq_tally *tally, uint32_t replicate, const uint8_t *stratum,
                        const double *x, size_t n)
{
    add(tally, replicate, stratum, x, NULL, n);
}

void lq_tally_add_block(lq_tally *tally, uint32_t replicate, const double *x, size_t n)
{
    add(tally, replicate, NULL, x, NULL, n);
}

/* ---- blocks that wait ---- */

static shares weight_of(const lq_stage *stage, uint32_t b)
{
    return stage->has_weight[b] ? stage->weight[b] : NULL;
}

static void settle_zeros(lq_tally *tally)
{
    for (uint32_t r = 0; tally->n_zeros; r++) {
        const uint64_t n = tally->zeros[r];
        tally->zeros[r] = 0;
        tally->n_zeros -= n;
        if (n) lq_tally_add_constant(tally, r, 0, 0.0, n);
    }
}

void lq_tally_settle(lq_tally *tally)
{
    lq_stage *stage = tally->stage;
    lanes room[2];
    settle_zeros(tally);
    if (!stage) return;
    for (uint32_t b = 0; stage->n && b <= stage->n; b++) {
        lanes *next = &room[b % 2], *now = &room[(b + 1) % 2];
        if (b < stage->n)
            find(tally, stage->replicate[b], next, stage->x[b], weight_of(stage, b),
                 LQ_TALLY_MAX_LANES);
        if (b == 0 || tally->failed) continue; /* what is missing is remembered */
        count(tally, stage->replicate[b - 1],
              stage->has_stratum[b - 1] ? stage->stratum[b - 1] : NULL, now,
              weight_of(stage, b - 1), LQ_TALLY_MAX_LANES);
    }
    stage->n = 0;
}

void lq_tally_put_weighted(lq_tally *tally, uint32_t replicate, const uint8_t *stratum,
                           const double *x, const uint64_t *weight, size_t n)
{
    const bool may_wait = n == LQ_TALLY_MAX_LANES;
    if (may_wait && !tally->stage) tally->stage = lq_calloc(1, sizeof *tally->stage);
    lq_stage *stage = tally->stage;
    if (!may_wait || !stage) { /* without room nothing waits */
        add(tally, replicate, stratum, x, weight, n);
        return;
    }
    const uint32_t b = stage->n++;
    stage->replicate[b] = replicate;
    stage->has_stratum[b] = stratum != NULL;
    stage->has_weight[b] = weight != NULL;
    if (stratum) memcpy(stage->stratum[b], stratum, sizeof stage->stratum[b]);
    if (weight) memcpy(stage->weight[b], weight, sizeof stage->weight[b]);
    memcpy(stage->x[b], x, sizeof stage->x[b]);
    if (stage->n == LQ_STAGE_BLOCKS) lq_tally_settle(tally);
}

void lq_tally_put_joint(lq_tally *tally, uint32_t replicate, const uint8_t *stratum,
                        const double *x, size_t n)
{
    lq_tally_put_weighted(tally, replicate, stratum, x, NULL, n);
}

void lq_tally_put_block(lq_tally *tally, uint32_t replicate, const double *x, size_t n)
{
    lq_tally_put_weighted(tally, replicate, NULL, x, NULL, n);
}
