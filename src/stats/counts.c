#include "stats/counts.h"

#include "base/alloc.h"
#include "stats/wire.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#define MAGIC      0x31746E756F63716Cu /* "lqcount1" */
#define MAX_VALUES 65536u
#define MAX_SLOTS  4096u

struct lq_counts {
    uint32_t n_values, n_slots;
    uint64_t weight[]; /* [n_slots][n_values + 1], never last */
};

static size_t n_cells(uint32_t n_values, uint32_t n_slots)
{
    return (size_t)n_slots * (n_values + 1u);
}

lq_counts *lq_counts_create(uint32_t n_values, uint32_t n_slots)
{
    assert(n_values >= 1 && n_values <= MAX_VALUES && n_slots >= 1 && n_slots <= MAX_SLOTS);
    const size_t bytes = sizeof(lq_counts) + n_cells(n_values, n_slots) * sizeof(uint64_t);
    lq_counts *counts = lq_calloc(1, bytes);
    if (!counts) return NULL;
    counts->n_values = n_values;
    counts->n_slots = n_slots;
    return counts;
}

void lq_counts_destroy(lq_counts *counts)
{
    lq_free(counts);
}

void lq_counts_clear(lq_counts *counts)
{
    memset(counts->weight, 0, n_cells(counts->n_values, counts->n_slots) * sizeof(uint64_t));
}

/* Column of a value; what is out of range never happened. */
static size_t column(const lq_counts *counts, int32_t value)
{
    const bool inside = value >= 0 && (uint32_t)value < counts->n_values;
    return inside ? (size_t)value : counts->n_values;
}

uint64_t *lq_counts_row(lq_counts *counts, uint32_t slot)
{
    assert(slot < counts->n_slots);
    return counts->weight + (size_t)slot * (counts->n_values + 1u);
}

void lq_counts_add(lq_counts *counts, uint32_t slot, int32_t value, uint64_t weight)
{
    lq_counts_row(counts, slot)[column(counts, value)] += weight;
}

void lq_counts_merge(lq_counts *into, const lq_counts *from)
{
    assert(into->n_values == from->n_values && into->n_slots == from->n_slots);
    for (size_t i = 0; i < n_cells(from->n_values, from->n_slots); i++)
        into->weight[i] += from->weight[i];
}

uint32_t lq_counts_n_values(const lq_counts *counts)
{
    return counts->n_values;
}

static uint64_t in_column(const lq_counts *counts, int32_t slot, size_t col)
{
    const size_t stride = counts->n_values + 1u;
    if (slot >= 0) return counts->weight[(size_t)slot * stride + col];
    uint64_t sum = 0;
    for (size_t s = 0; s < counts->n_slots; s++)
        sum += counts->weight[s * stride + col];
    return sum;
}

/* Weight of columns 0..last. */
static uint64_t up_to(const lq_counts *counts, int32_t slot, size_t last)
{
    uint64_t sum = 0;
    for (size_t c = 0; c <= last; c++)
        sum += in_column(counts, slot, c);
    return sum;
}

uint64_t lq_counts_at(const lq_counts *counts, int32_t slot, int32_t value)
{
    return in_column(counts, slot, column(counts, value));
}

uint64_t lq_counts_total(const lq_counts *counts, int32_t slot)
{
    return up_to(counts, slot, counts->n_values);
}

double lq_counts_cdf(const lq_counts *counts, int32_t slot, int32_t value)
{
    const double total = (double)lq_counts_total(counts, slot);
    if (value < 0) return 0.0 / total;
    const uint32_t last = counts->n_values - 1;
    return (double)up_to(counts, slot, (uint32_t)value < last ? (size_t)value : last) / total;
}

lq_estimate lq_counts_share(const lq_counts *counts, int32_t value, double weight_unit)
{
    const double total = (double)lq_counts_total(counts, LQ_POOLED);
    const double share = (double)lq_counts_at(counts, LQ_POOLED, value) / total;
    return lq_estimate_probability(share, total / weight_unit);
}

int32_t lq_counts_quantile(const lq_counts *counts, int32_t slot, double p)
{
    assert(p >= 0.0 && p <= 1.0);
    const double total = (double)lq_counts_total(counts, slot);
    /* As in functional.c: products such as 0.07 x 100 land above the number that is meant. */
    const double mass = p * total * (1.0 - 0x1p-50);
    uint64_t sum = 0;
    if (total == 0.0) return -1;
    for (uint32_t v = 0; v < counts->n_values; v++) {
        sum += in_column(counts, slot, v);
        if (sum > 0 && (double)sum >= mass) return (int32_t)v;
    }
    return LQ_NEVER;
}

static double as_number(int32_t value)
{
    return value == LQ_NEVER ? (double)INFINITY : value < 0 ? (double)NAN : value;
}

lq_estimate lq_counts_estimate_quantile(const lq_counts *counts, double p, double noise)
{
    const double total = (double)lq_counts_total(counts, LQ_POOLED);
    lq_estimate e = {.value = as_number(lq_counts_quantile(counts, LQ_POOLED, p)),
                     .se = (double)NAN};
    if (!isfinite(e.value)) return e;
    lq_quantile_law law = {.p = p, .noise = noise};
    double sum = 0.0;
    for (uint32_t v = 0; v < counts->n_values; v++) {
        const uint64_t here = in_column(counts, LQ_POOLED, v);
        sum += (double)here;
        if (here) lq_quantile_law_add(&law, v, sum / total);
    }
    e.se = lq_quantile_law_error(&law);
    return e;
}

double lq_counts_mean(const lq_counts *counts, int32_t slot)
{
    double sum = 0.0, weight = 0.0;
    for (uint32_t v = 0; v < counts->n_values; v++) {
        const double at = (double)in_column(counts, slot, v);
        sum += at * v;
        weight += at;
    }
    return sum / weight;
}

void lq_counts_replicate_shares(const lq_counts *counts, int32_t value, double *values)
{
    for (uint32_t s = 0; s < counts->n_slots; s++)
        values[s] = (double)lq_counts_at(counts, (int32_t)s, value) /
                    (double)lq_counts_total(counts, (int32_t)s);
}

size_t lq_counts_packed_size(const lq_counts *counts)
{
    return 16 + 8 * n_cells(counts->n_values, counts->n_slots);
}

void lq_counts_pack(const lq_counts *counts, uint8_t *bytes)
{
    lq_packer packer = {.bytes = bytes};
    lq_put(&packer, MAGIC, 8);
    lq_put(&packer, counts->n_values, 4);
    lq_put(&packer, counts->n_slots, 4);
    for (size_t i = 0; i < n_cells(counts->n_values, counts->n_slots); i++)
        lq_put(&packer, counts->weight[i], 8);
}

lq_status lq_counts_unpack(const uint8_t *bytes, size_t len, lq_counts **out, lq_error *err)
{
    *out = NULL;
    lq_unpacker u = {.bytes = bytes, .len = len};
    const bool ours = lq_get(&u, 8) == MAGIC;
    const uint32_t n_values = (uint32_t)lq_get(&u, 4), n_slots = (uint32_t)lq_get(&u, 4);
    const bool sane = ours && n_values >= 1 && n_values <= MAX_VALUES && n_slots >= 1 &&
                      n_slots <= MAX_SLOTS && len == 16 + 8 * n_cells(n_values, n_slots);
    if (!sane)
        return LQ_FAIL(err, LQ_EPARSE, .key = "counts", .expected = "packed counts",
                       .got = "other bytes");
    lq_counts *counts = lq_counts_create(n_values, n_slots);
    if (!counts) return LQ_FAIL(err, LQ_ENOMEM, .key = "counts", .expected = "memory");
    for (size_t i = 0; i < n_cells(n_values, n_slots); i++)
        counts->weight[i] = lq_get(&u, 8);
    *out = counts;
    return LQ_OK;
}
