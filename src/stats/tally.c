#include "stats/tally.h"

#include "base/alloc.h"
#include "stats/bins.h"

#include <assert.h>
#include <string.h>

static bool valid_bins(uint32_t bins)
{
    return bins >= LQ_TALLY_MIN_BINS && bins <= LQ_TALLY_MAX_BINS && (bins & (bins - 1)) == 0;
}

static bool valid_coarse_bins(uint32_t bins, uint32_t pooled_bins)
{
    return bins == 0 || (valid_bins(bins) && bins <= pooled_bins);
}

bool lq_tally_shape_is_valid(const lq_tally_shape *shape)
{
    return valid_bins(shape->pooled_bins) &&
           valid_coarse_bins(shape->replicate_bins, shape->pooled_bins) &&
           valid_coarse_bins(shape->stratum_bins, shape->pooled_bins) &&
           shape->n_replicates >= 1 && shape->n_replicates <= LQ_TALLY_MAX_ROWS &&
           shape->n_strata >= 1 && shape->n_strata <= 256 &&
           shape->n_replicates * shape->n_strata <= LQ_TALLY_MAX_ROWS &&
           (shape->fine_cells == 0 || shape->fine_cells == LQ_TALLY_CELLS) &&
           shape->weight_log2 <= 32;
}

static lq_rows empty_rows(uint32_t bins, uint32_t n_rows, uint32_t unit_log2)
{
    if (bins == 0) return (lq_rows){.n_rows = 0};
    return (lq_rows){
        .bits = (uint32_t)__builtin_ctz(bins), .n_rows = n_rows, .unit_log2 = unit_log2};
}

lq_tally *lq_tally_create(const lq_tally_shape *shape)
{
    assert(lq_tally_shape_is_valid(shape));
    lq_tally *tally = lq_calloc(1, sizeof *tally);
    if (!tally) return NULL;
    const uint32_t n_replicates = shape->n_replicates, unit_log2 = shape->weight_log2;
    tally->shape = *shape;
    tally->pooled = lq_bins_empty(shape->pooled_bins, shape->fine_cells, unit_log2);
    tally->replicates = empty_rows(shape->replicate_bins, n_replicates, unit_log2);
    tally->strata = empty_rows(shape->stratum_bins, n_replicates * shape->n_strata, unit_log2);
    tally->replicate_sums = lq_calloc(n_replicates, sizeof *tally->replicate_sums);
    if (!tally->replicate_sums) {
        lq_free(tally);
        return NULL;
    }
    return tally;
}

void lq_tally_destroy(lq_tally *tally)
{
    if (!tally) return;
    lq_bins_release(&tally->pooled);
    lq_rows_release(&tally->replicates);
    lq_rows_release(&tally->strata);
    lq_free(tally->replicate_sums);
    lq_free(tally->stage);
    lq_free(tally->zeros);
    lq_free(tally);
}

/* Of a tally that lost memory some pages are there without the others. */
static void drop_pages(lq_tally *tally)
{
    lq_bins_release(&tally->pooled);
    lq_rows_release(&tally->replicates);
    lq_rows_release(&tally->strata);
    memset(tally->touched, 0, sizeof tally->touched);
    memset(tally->ready, 0, sizeof tally->ready);
}

static bool is_empty(const lq_tally *tally)
{
    assert(lq_tally_is_settled(tally));
    return tally->weight == 0 && tally->overflow == 0 && !tally->failed;
}

void lq_tally_clear(lq_tally *tally)
{
    if (tally->stage) tally->stage->n = 0;
    if (tally->zeros) memset(tally->zeros, 0, tally->shape.n_replicates * sizeof *tally->zeros);
    tally->n_zeros = 0;
    if (is_empty(tally)) return;
    if (tally->failed) drop_pages(tally);
    lq_bins_clear(&tally->pooled);
    lq_rows_clear(&tally->replicates);
    lq_rows_clear(&tally->strata);
    memset(tally->replicate_sums, 0, tally->shape.n_replicates * sizeof(lq_sum));
    tally->weight = tally->overflow = 0;
    tally->failed = false;
}

const lq_tally_shape *lq_tally_shape_of(const lq_tally *tally)
{
    return &tally->shape;
}

void lq_tally_add_constant(lq_tally *tally, uint32_t replicate, uint32_t stratum, double x,
                           uint64_t n_paths)
{
    const uint64_t weight = n_paths << tally->shape.weight_log2;
    const uint8_t its_stratum = (uint8_t)stratum;
    lq_tally_add_weighted(tally, replicate, &its_stratum, &x, &weight, 1);
}

void lq_tally_put_zeros(lq_tally *tally, uint32_t replicate, uint64_t n_paths)
{
    if (!tally->zeros)
        tally->zeros = lq_calloc(tally->shape.n_replicates, sizeof *tally->zeros);
    if (!tally->zeros) { /* without room nothing waits */
        lq_tally_add_constant(tally, replicate, 0, 0.0, n_paths);
        return;
    }
    tally->zeros[replicate] += n_paths;
    tally->n_zeros += n_paths;
}

static bool same_shape(const lq_tally_shape *a, const lq_tally_shape *b)
{
    return a->pooled_bins == b->pooled_bins && a->replicate_bins == b->replicate_bins &&
           a->stratum_bins == b->stratum_bins && a->n_replicates == b->n_replicates &&
           a->n_strata == b->n_strata && a->fine_cells == b->fine_cells &&
           a->weight_log2 == b->weight_log2;
}

bool lq_tally_same_shape(const lq_tally *a, const lq_tally *b)
{
    return same_shape(&a->shape, &b->shape);
}

static bool merge_all_but_strata(lq_tally *into, const lq_tally *from)
{
    bool ok = !from->failed;
    ok = lq_bins_merge(&into->pooled, &from->pooled) && ok;
    ok = lq_rows_merge(&into->replicates, &from->replicates) && ok;
    for (uint32_t r = 0; r < into->shape.n_replicates; r++)
        lq_sum_add(&into->replicate_sums[r], lq_sum_value(from->replicate_sums[r]));
    into->weight += from->weight;
    into->overflow += from->overflow;
    return ok;
}

void lq_tally_merge(lq_tally *into, const lq_tally *from)
{
    assert(same_shape(&into->shape, &from->shape));
    if (is_empty(from)) return;
    bool ok = merge_all_but_strata(into, from);
    ok = lq_rows_merge(&into->strata, &from->strata) && ok;
    into->failed |= !ok;
}

void lq_tally_drain(lq_tally *into, lq_tally *from)
{
    assert(same_shape(&into->shape, &from->shape));
    if (is_empty(from)) return;
    if (is_empty(into)) {
        const lq_tally empty = *into;
        *into = *from;
        *from = empty;
        return;
    }
    lq_tally_merge(into, from);
    lq_tally_clear(from);
}

void lq_tally_merge_marginal(lq_tally *into, const lq_tally *from)
{
    lq_tally_shape shape = from->shape;
    shape.stratum_bins = into->shape.stratum_bins;
    shape.n_strata = into->shape.n_strata;
    assert(into->shape.stratum_bins == 0 && same_shape(&into->shape, &shape));
    into->failed |= !merge_all_but_strata(into, from);
}

uint64_t lq_tally_weight(const lq_tally *tally)
{
    return tally->weight;
}

uint64_t lq_tally_overflow(const lq_tally *tally)
{
    return tally->overflow;
}

bool lq_tally_failed(const lq_tally *tally)
{
    return tally->failed;
}

size_t lq_tally_memory_bytes(const lq_tally *tally)
{
    return sizeof *tally + tally->shape.n_replicates * sizeof(lq_sum) +
           lq_bins_bytes(&tally->pooled) + lq_rows_bytes(&tally->replicates) +
           lq_rows_bytes(&tally->strata) + (tally->stage ? sizeof *tally->stage : 0) +
           (tally->zeros ? tally->shape.n_replicates * sizeof *tally->zeros : 0);
}
