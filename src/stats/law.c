#include "stats/law.h"

#include "base/alloc.h"
#include "stats/bins.h"

#include <assert.h>
#include <math.h>

/* A pooled bin by itself, weight in paths, and its key. */
typedef struct keyed_bin {
    lq_law_bin bin;
    uint32_t key;
} keyed_bin;

struct lq_law_source {
    const lq_tally *tally;
    double unit; /* weight of a path */
    size_t len;
    keyed_bin bin[]; /* [len] ascending */
};

/* A law under construction; rows == NULL reads the pooled weights. */
typedef struct builder {
    const lq_law_source *source;
    const lq_tally *tally;
    const lq_rows *rows;
    uint32_t first_row, n_rows;
    bool coarse;     /* bins of the rows' resolution, else pooled bins */
    bool keep_empty; /* bins without weight too */
    double share;    /* of the current coarse bin: row weight / pooled weight */
    uint32_t coarse_key;
    double pooled; /* weight merged into the current bin, pooled */
    const lq_law
        *like; /* NULL, or a law of the same bins, from which all but weights is taken */
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
    if (page == 0) return (double)lq_bins_slot(bins, bins->page[0], coarse)->weight;
    const uint32_t first = (coarse & ((1u << b->rows->bits) - 1)) << shift;
    uint64_t weight = 0;
    for (uint32_t i = 0; i < 1u << shift; i++)
        weight += lq_bins_slot(bins, bins->page[page], first + i)->weight;
    return (double)weight;
}

/* The pooled bin by itself, weight in paths. */
static lq_law_bin pooled_bin(const lq_law_source *source, const lq_bin *bin)
{
    const double mean = money(lq_sum_value(bin->sum), (double)bin->weight);
    lq_law_bin out = {.min = bin->min, .max = bin->max};
    /* Hundredths may round the mean of a narrow bin out of it. */
    out.mean = fmin(fmax(mean, bin->min), bin->max);
    const double range = bin->max - bin->min;
    out.variance = fmin(range * range / 12.0, (out.mean - bin->min) * (bin->max - out.mean));
    out.weight = (double)bin->weight / source->unit;
    return out;
}

/* Joins the next bin, further up, to the last one. */
static void join(lq_law_bin *into, const lq_law_bin *next, double weight, double next_weight)
{
    const double all = weight + next_weight, d = next->mean - into->mean;
    const double p = next_weight / all, q = weight / all;
    into->variance = q * into->variance + p * next->variance + p * q * d * d;
    into->mean += p * d;
    into->max = next->max;
    into->weight += next->weight;
}

static void tally_signs(lq_law *law, const lq_law_bin *bin)
{
    law->n_paths += bin->weight;
    if (bin->max < 0.0) law->below += bin->weight;
    if (bin->max == 0.0) law->zero += bin->weight;
    if (bin->max < -0.01) law->below_cent += bin->weight;
    if (bin->min > 0.01) law->above_cent += bin->weight;
}

static void append_bin(builder *b, const keyed_bin *at)
{
    lq_law *law = b->law;
    lq_law_bin next = at->bin;
    const double pooled = next.weight;
    bool same = false;
    if (b->rows) {
        const uint32_t coarse = lq_coarser(at->key, b->tally->pooled.bits, b->rows->bits);
        same = coarse == b->coarse_key;
        if (!same) b->share = rows_weight(b, coarse) / pooled_weight(b, coarse);
        b->coarse_key = coarse;
        next.weight *= b->share;
    }
    if (!(next.weight > 0.0) && !b->keep_empty) return;
    tally_signs(law, &next);
    if (b->coarse && same && b->like) {
        law->bin[law->len - 1].weight += next.weight;
    } else if (b->coarse && same) {
        join(&law->bin[law->len - 1], &next, b->pooled, pooled);
        b->pooled += pooled;
    } else if (b->like) {
        law->bin[law->len] = b->like->bin[law->len];
        law->bin[law->len++].weight = next.weight;
    } else {
        law->bin[law->len++] = next;
        b->pooled = pooled;
    }
}

static double exact_mean(const builder *b)
{
    const lq_tally *tally = b->tally;
    const bool one = b->rows == &tally->replicates;
    const uint32_t first = one ? b->first_row : 0;
    const uint32_t n = one ? 1 : tally->shape.n_replicates;
    lq_wide cents = 0;
    for (uint32_t r = first; r < first + n; r++)
        cents += lq_sum_value(tally->replicate_sums[r]);
    return money(cents, b->law->n_paths * b->source->unit);
}

static void finish(const builder *b)
{
    lq_law *law = b->law;
    double sum = 0.0, positive = 0.0;
    for (size_t i = 0; i < law->len; i++) {
        const double part = law->bin[i].weight * law->bin[i].mean;
        sum += part;
        positive += part > 0.0 ? part : 0.0;
    }
    const bool exact = b->rows != &b->tally->strata;
    law->mean = law->n_paths > 0.0 ? exact ? exact_mean(b) : sum / law->n_paths : (double)NAN;
    law->positive_part = law->n_paths > 0.0 ? positive / law->n_paths : (double)NAN;
}

static void count_bin(const lq_bin *bin, uint32_t key, void *context)
{
    (void)bin, (void)key;
    ++*(size_t *)context;
}

static void keep_bin(const lq_bin *bin, uint32_t key, void *context)
{
    lq_law_source *source = context;
    source->bin[source->len++] = (keyed_bin){pooled_bin(source, bin), key};
}

lq_law_source *lq_law_source_create(const lq_tally *tally)
{
    size_t n_bins = 0;
    assert(lq_tally_is_settled(tally));
    lq_bins_each(&tally->pooled, count_bin, &n_bins);
    lq_law_source *source = lq_calloc(1, sizeof *source + n_bins * sizeof *source->bin);
    if (!source) return NULL;
    source->tally = tally;
    source->unit = (double)((uint64_t)1 << tally->shape.weight_log2);
    lq_bins_each(&tally->pooled, keep_bin, source);
    return source;
}

void lq_law_source_destroy(lq_law_source *source)
{
    lq_free(source);
}

static lq_law *build(builder *b)
{
    lq_law *law = lq_calloc(1, sizeof *law);
    lq_law_bin *bin = lq_calloc(b->source->len + 1, sizeof *bin);
    if (!law || !bin) {
        lq_free(law);
        lq_free(bin);
        return NULL;
    }
    law->bin = bin;
    law->fine = b->tally->pooled.cell_bits && !b->rows ? b->tally : NULL;
    b->law = law;
    b->coarse_key = UINT32_MAX;
    for (size_t i = 0; i < b->source->len; i++)
        append_bin(b, &b->source->bin[i]);
    finish(b);
    return law;
}

static builder row_builder(const lq_law_source *source, int32_t stratum, int32_t replicate)
{
    const lq_tally *tally = source->tally;
    builder b = {.source = source, .tally = tally};
    const uint32_t n_replicates = tally->shape.n_replicates;
    if (stratum != LQ_POOLED) {
        assert(tally->strata.n_rows > 0 && (uint32_t)stratum < tally->shape.n_strata);
        b.rows = &tally->strata;
        b.coarse = true;
        b.first_row = (uint32_t)stratum * n_replicates;
        b.n_rows = n_replicates;
    }
    if (replicate != LQ_POOLED) {
        assert((uint32_t)replicate < n_replicates);
        if (!b.rows) b.rows = &tally->replicates;
        assert(b.rows->n_rows > 0);
        b.first_row += (uint32_t)replicate;
        b.n_rows = 1;
    }
    return b;
}

lq_law *lq_law_of(const lq_law_source *source, int32_t replicate)
{
    builder b = row_builder(source, LQ_POOLED, replicate);
    return build(&b);
}

lq_law *lq_law_aligned_of(const lq_law_source *source, int32_t stratum, int32_t replicate,
                          const lq_law *like)
{
    builder b = row_builder(source, stratum, replicate);
    b.keep_empty = true;
    b.like = like;
    return build(&b);
}

lq_law *lq_law_create(const lq_tally *tally, int32_t replicate)
{
    lq_law_source *source = lq_law_source_create(tally);
    lq_law *law = source ? lq_law_of(source, replicate) : NULL;
    lq_law_source_destroy(source);
    return law;
}

lq_law *lq_law_create_stratum(const lq_tally *tally, uint32_t stratum, int32_t replicate)
{
    lq_law_source *source = lq_law_source_create(tally);
    if (!source) return NULL;
    builder b = row_builder(source, (int32_t)stratum, replicate);
    lq_law *law = build(&b);
    lq_law_source_destroy(source);
    return law;
}

/* Those of the bin before this one, if any; and begins another sum. */
static void put_weights(double *sum, uint32_t n_replicates, size_t len, size_t bin,
                        double *weights)
{
    for (uint32_t r = 0; r < n_replicates; r++) {
        if (bin > 0) weights[r * len + bin - 1] = sum[r];
        sum[r] = 0.0;
    }
}

void lq_law_weights_of(const lq_law_source *source, int32_t stratum, size_t len,
                       double *weights)
{
    builder b = row_builder(source, stratum, 0); /* the others' rows follow */
    const uint32_t n_replicates = b.tally->shape.n_replicates;
    double share[LQ_TALLY_MAX_ROWS], sum[LQ_TALLY_MAX_ROWS];
    uint32_t last = UINT32_MAX;
    size_t n_bins = 0;
    for (size_t i = 0; i < source->len; i++) {
        const keyed_bin *at = &source->bin[i];
        const uint32_t coarse = lq_coarser(at->key, b.tally->pooled.bits, b.rows->bits);
        const bool same = coarse == last;
        const double all = same ? 0.0 : pooled_weight(&b, coarse);
        for (uint32_t r = 0; r < n_replicates && !same; r++)
            share[r] = (double)lq_rows_at(b.rows, b.first_row + r, coarse) / all;
        last = coarse;
        if (!(b.coarse && same)) {
            put_weights(sum, n_replicates, len, n_bins, weights);
            n_bins++;
        }
        for (uint32_t r = 0; r < n_replicates; r++)
            sum[r] += at->bin.weight * share[r];
    }
    put_weights(sum, n_replicates, len, n_bins, weights);
    assert(n_bins == len);
}

/* The weight at which a bin takes no more, as a share: bins near the ends hold less. */
static double room(double share, double n)
{
    return 3.0 / n * sqrt(fmax(share * (1.0 - share), 0.0)) + 0.25 / (n * n);
}

/* Bins that are joined, and, where there is room for them, the bins. */
static size_t condense(const lq_law *law, double n, lq_law_bin *bin)
{
    size_t len = 0;
    double up_to = 0.0, weight = 0.0; /* of all, of the last bin */
    bool apart = true;                /* the last bin takes no more */
    for (size_t i = 0; i < law->len; i++) {
        const lq_law_bin *next = &law->bin[i];
        const bool heavy = next->weight * n > law->n_paths;
        const bool begins = apart || heavy;
        if (begins && bin) bin[len] = *next;
        if (!begins && bin) join(&bin[len - 1], next, weight, next->weight);
        len += begins;
        weight = begins ? next->weight : weight + next->weight;
        up_to += next->weight;
        apart = heavy || weight > room(up_to / law->n_paths, n) * law->n_paths;
    }
    return len;
}

lq_law *lq_law_condense(const lq_law *law, size_t n)
{
    const size_t len = condense(law, (double)n, NULL);
    lq_law *out = lq_calloc(1, sizeof *out);
    lq_law_bin *bin = lq_calloc(len + 1, sizeof *bin);
    if (!out || !bin) {
        lq_free(out);
        lq_free(bin);
        return NULL;
    }
    *out = *law;
    out->len = condense(law, (double)n, bin);
    out->bin = bin;
    out->fine = NULL;
    return out;
}

void lq_law_destroy(lq_law *law)
{
    if (!law) return;
    lq_free(law->bin);
    lq_free(law);
}
