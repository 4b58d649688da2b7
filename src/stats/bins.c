#include "stats/bins.h"

#include "base/alloc.h"

#include <assert.h>
#include <math.h>
#include <string.h>

static const lq_slot EMPTY = {.min = (double)INFINITY, .max = -(double)INFINITY};

static size_t rows_page_len(const lq_rows *rows)
{
    return (size_t)rows->n_rows << rows->bits;
}

static size_t page_bytes(const lq_bins *bins)
{
    return (sizeof(lq_slot) + sizeof(uint64_t)) << bins->bits;
}

lq_slot *lq_bins_page(lq_bins *bins, uint32_t page)
{
    if (!bins->page[page]) {
        bins->page[page] = lq_calloc(1, page_bytes(bins));
        for (size_t i = 0; bins->page[page] && i < (size_t)1 << bins->bits; i++)
            bins->page[page][i] = EMPTY;
    }
    return bins->page[page];
}

uint64_t *lq_rows_page(lq_rows *rows, uint32_t page)
{
    if (!rows->page[page]) rows->page[page] = lq_calloc(rows_page_len(rows), sizeof(uint64_t));
    return rows->page[page];
}

static void merge_slot(lq_slot *into, uint64_t *high, const lq_slot *from, uint64_t from_high)
{
    into->weight += from->weight;
    lq_slot_add(into, high, lq_sum_value((lq_sum){from->sum_lo, from_high}));
    if (from->min < into->min) into->min = from->min;
    if (from->max > into->max) into->max = from->max;
}

bool lq_bins_merge(lq_bins *into, const lq_bins *from)
{
    assert(into->bits == from->bits);
    bool ok = true;
    for (uint32_t p = 0; p < LQ_PAGES; p++) {
        lq_slot *page = from->page[p] ? lq_bins_page(into, p) : NULL;
        ok = ok && (page || !from->page[p]);
        for (uint32_t i = 0; page && i < (1u << from->bits); i++)
            if (from->page[p][i].weight > 0)
                merge_slot(&page[i], &lq_bins_high(into, page)[i], &from->page[p][i],
                           lq_bins_high(from, from->page[p])[i]);
    }
    return ok;
}

/* By eights: most are empty, and memory that nobody counted in stays untouched. Pages hold a
 * multiple of LQ_TALLY_MIN_BINS = 8. */
static void add_page(uint64_t *into, const uint64_t *from, size_t len)
{
    for (size_t i = 0; i < len; i += 8) {
        uint64_t any = 0;
        for (size_t k = i; k < i + 8; k++)
            any |= from[k];
        for (size_t k = i; any && k < i + 8; k++)
            into[k] += from[k];
    }
}

static void clear_page(uint64_t *page, size_t len)
{
    for (size_t i = 0; i < len; i += 8) {
        uint64_t any = 0;
        for (size_t k = i; k < i + 8; k++)
            any |= page[k];
        if (any) memset(page + i, 0, 8 * sizeof *page);
    }
}

bool lq_rows_merge(lq_rows *into, const lq_rows *from)
{
    assert(into->bits == from->bits && into->n_rows == from->n_rows);
    bool ok = true;
    for (uint32_t p = 0; p < LQ_PAGES; p++) {
        uint64_t *page = from->page[p] ? lq_rows_page(into, p) : NULL;
        ok = ok && (page || !from->page[p]);
        if (page) add_page(page, from->page[p], rows_page_len(from));
    }
    return ok;
}

static void visit_bin(const lq_bins *bins, uint32_t page, uint32_t offset, lq_bin_visit *visit,
                      void *context)
{
    const lq_slot *slot = &bins->page[page][offset];
    if (slot->weight == 0) return;
    const lq_sum sum = {slot->sum_lo, lq_bins_high(bins, bins->page[page])[offset]};
    const lq_bin bin = {slot->weight, sum, slot->min, slot->max};
    visit(&bin, (page << bins->bits) + offset, context);
}

void lq_bins_each(const lq_bins *bins, lq_bin_visit *visit, void *context)
{
    for (uint32_t p = LQ_PAGES - 1; p > LQ_OCTAVES; p--)
        for (uint32_t i = (1u << bins->bits); bins->page[p] && i > 0; i--)
            visit_bin(bins, p, i - 1, visit, context);
    for (uint32_t p = 0; p <= LQ_OCTAVES; p++)
        for (uint32_t i = 0; bins->page[p] && i < (1u << bins->bits); i++)
            visit_bin(bins, p, i, visit, context);
}

void lq_bins_clear(lq_bins *bins)
{
    for (uint32_t p = 0; p < LQ_PAGES; p++)
        for (uint32_t i = 0; bins->page[p] && i < (1u << bins->bits); i++)
            if (bins->page[p][i].weight > 0) {
                bins->page[p][i] = EMPTY;
                lq_bins_high(bins, bins->page[p])[i] = 0;
            }
}

void lq_rows_clear(lq_rows *rows)
{
    for (uint32_t p = 0; p < LQ_PAGES; p++)
        if (rows->page[p]) clear_page(rows->page[p], rows_page_len(rows));
}

void lq_bins_release(lq_bins *bins)
{
    for (uint32_t p = 0; p < LQ_PAGES; p++)
        lq_free(bins->page[p]);
}

void lq_rows_release(lq_rows *rows)
{
    for (uint32_t p = 0; p < LQ_PAGES; p++)
        lq_free(rows->page[p]);
}

size_t lq_bins_bytes(const lq_bins *bins)
{
    size_t bytes = 0;
    for (uint32_t p = 0; p < LQ_PAGES; p++)
        bytes += bins->page[p] ? page_bytes(bins) : 0;
    return bytes;
}

size_t lq_rows_bytes(const lq_rows *rows)
{
    size_t bytes = 0;
    for (uint32_t p = 0; p < LQ_PAGES; p++)
        bytes += rows->page[p] ? rows_page_len(rows) * sizeof(uint64_t) : 0;
    return bytes;
}
