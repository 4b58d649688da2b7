#include "stats/bins.h"

#include "base/alloc.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum { LINE = 64 };

/* ---- memory ---- */

static size_t page_bytes(const lq_bins *bins)
{
    return (bins->stride + sizeof(uint64_t)) << bins->bits;
}

static size_t wide_len(const lq_bins *bins)
{
    return (size_t)1 << (bins->bits + bins->cell_bits);
}

static size_t rows_len(const lq_rows *rows)
{
    return (size_t)rows->n_rows << rows->bits;
}

/* Begins on a cache line; what the heap gave stands in the word before. */
static unsigned char *create_page(size_t bytes)
{
    unsigned char *base = lq_calloc(1, bytes + LINE);
    if (!base) return NULL;
    unsigned char *page = base + (LINE - (uintptr_t)base % LINE);
    assert((size_t)(page - base) >= sizeof base);
    memcpy(page - sizeof base, &base, sizeof base);
    return page;
}

static void destroy_page(unsigned char *page)
{
    unsigned char *base = NULL;
    if (page) memcpy(&base, page - sizeof base, sizeof base);
    lq_free(base);
}

static void empty_slot(lq_slot *slot)
{
    slot->weight = 0;
    slot->low = 0;
    slot->min = (double)INFINITY;
    slot->max = -(double)INFINITY;
}

unsigned char *lq_bins_page(lq_bins *bins, uint32_t page)
{
    if (bins->page[page]) return bins->page[page];
    unsigned char *made = create_page(page_bytes(bins));
    for (uint32_t i = 0; made && i < 1u << bins->bits; i++)
        empty_slot(lq_bins_slot(bins, made, i));
    return bins->page[page] = made;
}

uint64_t *lq_bins_wide(lq_bins *bins, uint32_t page)
{
    if (!bins->wide[page]) bins->wide[page] = lq_calloc(wide_len(bins), sizeof(uint64_t));
    return bins->wide[page];
}

uint16_t *lq_rows_narrow(lq_rows *rows, uint32_t page)
{
    if (!rows->narrow[page]) rows->narrow[page] = lq_calloc(rows_len(rows), sizeof(uint16_t));
    return rows->narrow[page];
}

uint64_t *lq_rows_wide(lq_rows *rows, uint32_t page)
{
    if (!rows->wide[page]) rows->wide[page] = lq_calloc(rows_len(rows), sizeof(uint64_t));
    return rows->wide[page];
}

bool lq_bins_add_cell(lq_bins *bins, uint32_t page, size_t index, uint64_t weight)
{
    uint64_t *wide = lq_bins_wide(bins, page);
    if (wide) wide[index] += weight;
    return wide != NULL;
}

bool lq_rows_add(lq_rows *rows, uint32_t page, size_t index, uint64_t weight)
{
    uint64_t *wide = lq_rows_wide(rows, page);
    if (wide) wide[index] += weight;
    return wide != NULL;
}

/* ---- merging ---- */

/* Adds n narrow counters to n others. Returns whether some have gone back to 0 on the way:
 * those that now hold less than what was added. */
static bool add_narrow(uint16_t *restrict into, const uint16_t *restrict from, size_t n)
{
    uint16_t any = 0;
    for (size_t i = 0; i < n; i++) {
        const uint16_t sum = (uint16_t)(into[i] + from[i]);
        any |= (uint16_t)(sum < from[i]);
        into[i] = sum;
    }
    return any != 0;
}

static bool merge_cells(lq_bins *into, const lq_bins *from, uint32_t page, uint32_t offset)
{
    lq_slot *slot = lq_bins_slot(into, into->page[page], offset);
    const lq_slot *more = lq_bins_slot(from, from->page[page], offset);
    const size_t first = (size_t)offset << from->cell_bits, n = (size_t)1 << from->cell_bits;
    const uint64_t full = (uint64_t)LQ_NARROW_FULL << into->unit_log2;
    bool ok = true;
    const bool carries = add_narrow(slot->cell, more->cell, n);
    for (size_t i = 0; carries && i < n; i++)
        if (slot->cell[i] < more->cell[i])
            ok = lq_bins_add_cell(into, page, first + i, full) && ok;
    const uint64_t *wide = from->wide[page];
    for (size_t i = first; wide && i < first + n; i++)
        if (wide[i]) ok = lq_bins_add_cell(into, page, i, wide[i]) && ok;
    return ok;
}

static bool merge_slot(lq_bins *into, const lq_bins *from, uint32_t page, uint32_t offset)
{
    const lq_slot *more = lq_bins_slot(from, from->page[page], offset);
    if (more->weight == 0) return true;
    lq_slot *slot = lq_bins_slot(into, into->page[page], offset);
    const int64_t high = lq_bins_high(from, from->page[page])[offset];
    const bool ok = !from->cell_bits || merge_cells(into, from, page, offset);
    slot->weight += more->weight;
    lq_slot_add(slot, &lq_bins_high(into, into->page[page])[offset], lq_slot_sum(more, high));
    if (more->min < slot->min) slot->min = more->min;
    if (more->max > slot->max) slot->max = more->max;
    return ok;
}

bool lq_bins_merge(lq_bins *into, const lq_bins *from)
{
    assert(into->bits == from->bits && into->cell_bits == from->cell_bits);
    bool ok = true;
    for (uint32_t p = 0; p < LQ_PAGES; p++) {
        if (!from->page[p]) continue;
        if (!lq_bins_page(into, p)) return false;
        for (uint32_t i = 0; i < 1u << from->bits; i++)
            ok = merge_slot(into, from, p, i) && ok;
    }
    return ok;
}

/* By eights: most are empty, and memory that nobody counted in stays untouched. Pages hold a
 * multiple of LQ_TALLY_MIN_BINS = 8. */
static bool any_of(const void *counters, size_t bytes)
{
    uint64_t word[8], any = 0;
    for (size_t i = 0; i < bytes; i += sizeof word) {
        const size_t n = bytes - i < sizeof word ? bytes - i : sizeof word;
        memcpy(word, (const unsigned char *)counters + i, n);
        for (size_t k = 0; k < n / sizeof *word; k++)
            any |= word[k];
    }
    return any != 0;
}

static bool merge_narrow_rows(lq_rows *into, const lq_rows *from, uint32_t p)
{
    const uint16_t *more = from->narrow[p];
    if (!more) return true;
    uint16_t *narrow = lq_rows_narrow(into, p);
    const uint64_t full = (uint64_t)LQ_NARROW_FULL << into->unit_log2;
    bool ok = narrow != NULL;
    for (size_t i = 0; narrow && i < rows_len(from); i += 8) {
        if (!any_of(more + i, 8 * sizeof *more)) continue;
        const bool carries = add_narrow(narrow + i, more + i, 8);
        for (size_t k = i; carries && k < i + 8; k++)
            if (narrow[k] < more[k]) ok = lq_rows_add(into, p, k, full) && ok;
    }
    return ok;
}

static bool merge_wide_rows(lq_rows *into, const lq_rows *from, uint32_t p)
{
    const uint64_t *more = from->wide[p];
    if (!more) return true;
    uint64_t *wide = lq_rows_wide(into, p);
    for (size_t i = 0; wide && i < rows_len(from); i += 8) {
        if (!any_of(more + i, 8 * sizeof *more)) continue;
        for (size_t k = i; k < i + 8; k++)
            wide[k] += more[k];
    }
    return wide != NULL;
}

bool lq_rows_merge(lq_rows *into, const lq_rows *from)
{
    assert(into->bits == from->bits && into->n_rows == from->n_rows);
    bool ok = true;
    for (uint32_t p = 0; p < LQ_PAGES; p++) {
        ok = merge_narrow_rows(into, from, p) && ok;
        ok = merge_wide_rows(into, from, p) && ok;
    }
    return ok;
}

/* ---- reading ---- */

static void visit_bin(const lq_bins *bins, uint32_t page, uint32_t offset, lq_bin_visit *visit,
                      void *context)
{
    const lq_slot *slot = lq_bins_slot(bins, bins->page[page], offset);
    if (slot->weight == 0) return;
    const lq_wide sum = lq_slot_sum(slot, lq_bins_high(bins, bins->page[page])[offset]);
    const lq_bin bin = {slot->weight, lq_sum_of(sum), slot->min, slot->max};
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

/* ---- emptying ---- */

static void clear_slot(lq_bins *bins, uint32_t page, uint32_t offset)
{
    lq_slot *slot = lq_bins_slot(bins, bins->page[page], offset);
    if (slot->weight == 0) return;
    empty_slot(slot);
    lq_bins_high(bins, bins->page[page])[offset] = 0;
    if (!bins->cell_bits) return;
    const size_t n = (size_t)1 << bins->cell_bits;
    memset(slot->cell, 0, n * sizeof *slot->cell);
    if (bins->wide[page]) memset(bins->wide[page] + offset * n, 0, n * sizeof(uint64_t));
}

void lq_bins_clear(lq_bins *bins)
{
    for (uint32_t p = 0; p < LQ_PAGES; p++)
        for (uint32_t i = 0; bins->page[p] && i < (1u << bins->bits); i++)
            clear_slot(bins, p, i);
}

static void clear_page(void *page, size_t bytes)
{
    for (size_t i = 0; page && i < bytes; i += LINE) {
        unsigned char *line = (unsigned char *)page + i;
        const size_t n = bytes - i < LINE ? bytes - i : LINE;
        if (any_of(line, n)) memset(line, 0, n);
    }
}

void lq_rows_clear(lq_rows *rows)
{
    for (uint32_t p = 0; p < LQ_PAGES; p++) {
        clear_page(rows->narrow[p], rows_len(rows) * sizeof(uint16_t));
        clear_page(rows->wide[p], rows_len(rows) * sizeof(uint64_t));
    }
}

void lq_bins_release(lq_bins *bins)
{
    for (uint32_t p = 0; p < LQ_PAGES; p++) {
        destroy_page(bins->page[p]);
        lq_free(bins->wide[p]);
    }
    memset(bins->page, 0, sizeof bins->page);
    memset(bins->wide, 0, sizeof bins->wide);
}

void lq_rows_release(lq_rows *rows)
{
    for (uint32_t p = 0; p < LQ_PAGES; p++) {
        lq_free(rows->narrow[p]);
        lq_free(rows->wide[p]);
    }
    memset(rows->narrow, 0, sizeof rows->narrow);
    memset(rows->wide, 0, sizeof rows->wide);
}

size_t lq_bins_bytes(const lq_bins *bins)
{
    size_t bytes = 0;
    for (uint32_t p = 0; p < LQ_PAGES; p++)
        bytes += (bins->page[p] ? page_bytes(bins) + LINE : 0) +
                 (bins->wide[p] ? wide_len(bins) * sizeof(uint64_t) : 0);
    return bytes;
}

size_t lq_rows_bytes(const lq_rows *rows)
{
    size_t bytes = 0;
    for (uint32_t p = 0; p < LQ_PAGES; p++)
        bytes += rows_len(rows) * ((rows->narrow[p] ? sizeof(uint16_t) : 0) +
                                   (rows->wide[p] ? sizeof(uint64_t) : 0));
    return bytes;
}
