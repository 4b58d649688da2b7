#include "stats/law.h"

#include "base/alloc.h"
#include "stats/bins.h"

#include <assert.h>
#include <math.h>

/* A law under construction; rows == NULL reads the pooled weights. */
typedef struct builder {
    const lq_tally *tally;
    const lq_rows *rows;
    uint32_t first_row, n_rows;
    double unit;  /* weight of a path */
    double share; /* of the current coarse bin: row weight / pooled weight */
    uint32_t coarse_key;
    lq_law *law;
} builder;

static double money(lq_wide cents, double weight)
{
    return (double)cents / weight / 100.0;
}

/* Weight of our rows in the coarse bin of a key. */
static double rows_weight(const builder *b, uint32_t coarse)
{
    uint64_t weight = 0;
    for (uint32_t r = 0; r < b->n_rows; r++)
        weight += lq_rows_at(b->rows, b->first_row + r, coarse);
    return (double)weight;
}

/* Pooled weight of the whole coarse bin: the fine bins under it are neighbours. */
static double pooled_weight(const builder *b, uint32_t coarse)
{
    const lq_bins *bins = &b->tally->pooled;
    const uint32_t page = coarse >> b->rows->bits, shift = bins->bits - b->rows->bits;
    if (page == 0) return (double)bins->page[0][coarse].weight;
    const uint32_t first = (coarse & ((1u << b->rows->bits) - 1)) << shift;
    uint64_t weight = 0;
    for (uint32_t i = 0; i < 1u << shift; i++)
        weight += bins->page[page][first + i].weight;
    return (double)weight;
}

static double weight_of(builder *b, const lq_bin *bin, uint32_t key)
{
    const double pooled = (double)bin->weight / b->unit;
    if (!b->rows) return pooled;
    const uint32_t coarse = lq_coarser(key, b->tally->pooled.bits, b->rows->bits);
    if (coarse != b->coarse_key) {
        b->share = rows_weight(b, coarse) / pooled_weight(b, coarse);
        b->coarse_key = coarse;
    }
    return b->share * pooled;
}

/* Hundredths may round the mean of a narrow bin out of it. */
static double mean_of(const lq_bin *bin)
{
    const double mean = money(lq_sum_value(bin->sum), (double)bin->weight);
    return mean < bin->min ? bin->min : mean > bin->max ? bin->max : mean;
}

static void count_bin(const lq_bin *bin, uint32_t key, void *context)
{
    (void)bin, (void)key;
    ++*(size_t *)context;
}

static void append_bin(const lq_bin *bin, uint32_t key, void *context)
{
    builder *b = context;
    lq_law *law = b->law;
    const double weight = weight_of(b, bin, key);
    if (!(weight > 0.0)) return;
    law->bin[law->len++] =
        (lq_law_bin){.min = bin->min, .max = bin->max, .mean = mean_of(bin), .weight = weight};
    law->n_paths += weight;
    if (bin->max < 0.0) law->below += weight;
    if (bin->max == 0.0) law->zero += weight;
    if (bin->max < -0.01) law->below_cent += weight;
    if (bin->min > 0.01) law->above_cent += weight;
}

static double exact_mean(const builder *b)
{
    const lq_tally *tally = b->tally;
    lq_wide cents = 0;
    if (b->rows == &tally->replicates) {
        cents = lq_sum_value(tally->replicate_sums[b->first_row]);
    } else if (!b->rows) {
        for (uint32_t r = 0; r < tally->shape.n_replicates; r++)
            cents += lq_sum_value(tally->replicate_sums[r]);
    }
    return money(cents, b->law->n_paths * b->unit);
}

static void finish(const builder *b)
{
    lq_law *law = b->law;
    double sum = 0.0, positive = 0.0;
    for (size_t i = 0; i < law->len; i++) {
        sum += law->bin[i].weight * law->bin[i].mean;
        positive += law->bin[i].mean > 0.0 ? law->bin[i].weight * law->bin[i].mean : 0.0;
    }
    const bool exact = !b->rows || b->rows == &b->tally->replicates;
    law->mean = exact ? exact_mean(b) : sum / law->n_paths;
    law->positive_part = positive / law->n_paths;
    if (law->len == 0) law->mean = law->positive_part = (double)NAN;
}

static lq_law *build(builder *b)
{
    size_t n_bins = 0;
    lq_bins_each(&b->tally->pooled, count_bin, &n_bins);
    lq_law *law = lq_calloc(1, sizeof *law);
    lq_law_bin *bin = lq_calloc(n_bins + 1, sizeof *bin);
    if (!law || !bin) {
        lq_free(law);
        lq_free(bin);
        return NULL;
    }
    law->bin = bin;
    b->law = law;
    b->coarse_key = UINT32_MAX;
    b->unit = (double)((uint64_t)1 << b->tally->shape.weight_log2);
    lq_bins_each(&b->tally->pooled, append_bin, b);
    finish(b);
    return law;
}

lq_law *lq_law_create(const lq_tally *tally, int32_t replicate)
{
    builder b = {.tally = tally};
    if (replicate != LQ_POOLED) {
        assert((uint32_t)replicate < tally->replicates.n_rows);
        b.rows = &tally->replicates;
        b.first_row = (uint32_t)replicate;
        b.n_rows = 1;
    }
    return build(&b);
}

lq_law *lq_law_create_stratum(const lq_tally *tally, uint32_t stratum, int32_t replicate)
{
    assert(tally->strata.n_rows > 0 && stratum < tally->shape.n_strata);
    const uint32_t n_replicates = tally->shape.n_replicates;
    builder b = {.tally = tally,
                 .rows = &tally->strata,
                 .first_row = stratum * n_replicates,
                 .n_rows = n_replicates};
    if (replicate != LQ_POOLED) {
        b.first_row += (uint32_t)replicate;
        b.n_rows = 1;
    }
    return build(&b);
}

void lq_law_destroy(lq_law *law)
{
    if (!law) return;
    lq_free(law->bin);
    lq_free(law);
}
