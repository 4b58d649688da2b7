#include "stats/cells.h"

#include "base/alloc.h"

#include <math.h>

#define NARROW_FULL 65536u

uint16_t *lq_cells_narrow(lq_cells *cells, uint32_t page)
{
    if (!cells->narrow[page]) cells->narrow[page] = lq_calloc(LQ_TALLY_CELLS, sizeof(uint16_t));
    return cells->narrow[page];
}

uint64_t *lq_cells_wide(lq_cells *cells, uint32_t page)
{
    if (!cells->wide[page]) cells->wide[page] = lq_calloc(LQ_TALLY_CELLS, sizeof(uint64_t));
    return cells->wide[page];
}

bool lq_cells_add(lq_cells *cells, uint32_t page, uint64_t cell, uint64_t weight)
{
    uint64_t *wide = lq_cells_wide(cells, page);
    if (wide) wide[cell] += weight;
    return wide != NULL;
}

bool lq_cells_spill(lq_cells *cells, uint32_t page, uint64_t cell)
{
    return lq_cells_add(cells, page, cell, NARROW_FULL);
}

/* A line of a page: most are empty, and memory that nobody counted in stays untouched. */
enum { NARROW_LINE = 32, WIDE_LINE = 8 };

static bool counted_narrow(const uint16_t *line)
{
    uint16_t any = 0;
    for (size_t i = 0; i < NARROW_LINE; i++)
        any |= line[i];
    return any != 0;
}

static bool counted_wide(const uint64_t *line)
{
    uint64_t any = 0;
    for (size_t i = 0; i < WIDE_LINE; i++)
        any |= line[i];
    return any != 0;
}

static bool merge_narrow(lq_cells *into, const lq_cells *from, uint32_t page)
{
    const uint16_t *more = from->narrow[page];
    if (!more) return true;
    uint16_t *narrow = lq_cells_narrow(into, page);
    for (size_t at = 0; narrow && at < LQ_TALLY_CELLS; at += NARROW_LINE) {
        if (!counted_narrow(more + at)) continue;
        for (size_t i = at; i < at + NARROW_LINE; i++) {
            const uint32_t sum = (uint32_t)narrow[i] + more[i];
            narrow[i] = (uint16_t)sum;
            if (sum >= NARROW_FULL && !lq_cells_spill(into, page, i)) return false;
        }
    }
    return narrow != NULL;
}

static bool merge_wide(lq_cells *into, const lq_cells *from, uint32_t page)
{
    const uint64_t *more = from->wide[page];
    if (!more) return true;
    uint64_t *wide = lq_cells_wide(into, page);
    for (size_t at = 0; wide && at < LQ_TALLY_CELLS; at += WIDE_LINE) {
        if (!counted_wide(more + at)) continue;
        for (size_t i = at; i < at + WIDE_LINE; i++)
            wide[i] += more[i];
    }
    return wide != NULL;
}

bool lq_cells_merge(lq_cells *into, const lq_cells *from)
{
    if (!from->kept) return true;
    bool ok = true;
    for (uint32_t p = 0; p < LQ_PAGES; p++) {
        ok = merge_narrow(into, from, p) && ok;
        ok = merge_wide(into, from, p) && ok;
    }
    return ok;
}

/* The ends of a cell, by value. */
static void cell_bounds(uint32_t page, uint64_t cell, double *low, double *high)
{
    const double step = 1.0 / LQ_TALLY_CELLS, at = (double)cell;
    if (page == 0) {
        *low = (2.0 * step * at - 1.0) / LQ_NEAR_STRETCH;
        *high = *low + 2.0 * step / LQ_NEAR_STRETCH;
        return;
    }
    const double octave = (double)((uint64_t)1 << ((page - 1) % LQ_OCTAVES));
    const double near = octave * (1.0 + step * at), far = octave * (1.0 + step * (at + 1.0));
    const bool mirrored = page > LQ_OCTAVES;
    *low = mirrored ? -far : near;
    *high = mirrored ? -near : far;
}

double lq_cells_refine(const lq_tally *tally, const lq_law_bin *bin, double rank, double x)
{
    const lq_cells *cells = &tally->fine;
    const uint64_t first = lq_cell_of(bin->min), last = lq_cell_of(bin->max);
    const uint64_t step = first <= last ? 1 : UINT64_MAX; /* down, below zero */
    const uint32_t bits = tally->pooled.bits;
    const uint32_t page = (uint32_t)(lq_key_of(lq_bits_of(bin->min), bits) >> bits);
    double sum = 0.0, upto = 0.0;
    for (uint64_t cell = first; cell != last + step; cell += step)
        sum += (double)lq_cells_at(cells, page, cell);
    /* The cells at the ends of a bin near zero may hold paths of the next bin too. */
    const double wanted = rank * sum / bin->weight;
    uint64_t cell = first;
    for (; cell != last; cell += step) {
        upto += (double)lq_cells_at(cells, page, cell);
        if (upto >= wanted) break;
    }
    double low, high;
    cell_bounds(page, cell, &low, &high);
    low = fmax(low, bin->min);
    high = fmin(high, bin->max);
    const double margin = 0.2 * (high - low);
    return fmin(fmax(x, low + margin), high - margin);
}

void lq_cells_clear(lq_cells *cells)
{
    for (uint32_t p = 0; p < LQ_PAGES; p++) {
        uint16_t *narrow = cells->narrow[p];
        uint64_t *wide = cells->wide[p];
        for (size_t at = 0; narrow && at < LQ_TALLY_CELLS; at += NARROW_LINE)
            if (counted_narrow(narrow + at))
                memset(narrow + at, 0, NARROW_LINE * sizeof *narrow);
        for (size_t at = 0; wide && at < LQ_TALLY_CELLS; at += WIDE_LINE)
            if (counted_wide(wide + at)) memset(wide + at, 0, WIDE_LINE * sizeof *wide);
    }
}

void lq_cells_release(lq_cells *cells)
{
    for (uint32_t p = 0; p < LQ_PAGES; p++) {
        lq_free(cells->narrow[p]);
        lq_free(cells->wide[p]);
    }
}

size_t lq_cells_bytes(const lq_cells *cells)
{
    size_t bytes = 0;
    for (uint32_t p = 0; p < LQ_PAGES; p++)
        bytes += LQ_TALLY_CELLS * ((cells->narrow[p] ? sizeof(uint16_t) : 0) +
                                   (cells->wide[p] ? sizeof(uint64_t) : 0));
    return bytes;
}
