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

/* Cells are finer views of the bins, so that only those under a bin with paths need be looked
 * at; in page 0, where they are not, all are. A group is what lies under one bin. */
static size_t group_len(const lq_bins *bins, uint32_t page)
{
    return page && bins->page[page] ? (size_t)LQ_TALLY_CELLS >> bins->bits : LQ_TALLY_CELLS;
}

static bool is_counted(const lq_bins *bins, uint32_t page, size_t group)
{
    return !page || !bins->page[page] || bins->page[page][group].weight > 0;
}

static bool merge_narrow(lq_cells *into, const lq_tally *from, uint32_t page)
{
    const uint16_t *more = from->fine.narrow[page];
    if (!more) return true;
    uint16_t *narrow = lq_cells_narrow(into, page);
    const size_t len = group_len(&from->pooled, page);
    for (size_t g = 0; narrow && g < LQ_TALLY_CELLS / len; g++) {
        if (!is_counted(&from->pooled, page, g)) continue;
        for (size_t i = g * len; i < (g + 1) * len; i++) {
            const uint32_t sum = (uint32_t)narrow[i] + more[i];
            narrow[i] = (uint16_t)sum;
            if (sum >= NARROW_FULL && !lq_cells_spill(into, page, i)) return false;
        }
    }
    return narrow != NULL;
}

static bool merge_wide(lq_cells *into, const lq_tally *from, uint32_t page)
{
    const uint64_t *more = from->fine.wide[page];
    if (!more) return true;
    uint64_t *wide = lq_cells_wide(into, page);
    const size_t len = group_len(&from->pooled, page);
    for (size_t g = 0; wide && g < LQ_TALLY_CELLS / len; g++)
        for (size_t i = g * len; is_counted(&from->pooled, page, g) && i < (g + 1) * len; i++)
            wide[i] += more[i];
    return wide != NULL;
}

bool lq_cells_merge(lq_cells *into, const lq_tally *from)
{
    if (!from->fine.kept) return true;
    bool ok = true;
    for (uint32_t p = 0; p < LQ_PAGES; p++) {
        ok = merge_narrow(into, from, p) && ok;
        ok = merge_wide(into, from, p) && ok;
    }
    return ok;
}

void lq_cells_clear(lq_tally *tally)
{
    lq_cells *cells = &tally->fine;
    for (uint32_t p = 0; p < LQ_PAGES; p++) {
        if (!cells->narrow[p] && !cells->wide[p]) continue;
        const size_t len = group_len(&tally->pooled, p);
        for (size_t g = 0; g < LQ_TALLY_CELLS / len; g++) {
            if (!is_counted(&tally->pooled, p, g)) continue;
            if (cells->narrow[p]) memset(cells->narrow[p] + g * len, 0, len * sizeof(uint16_t));
            if (cells->wide[p]) memset(cells->wide[p] + g * len, 0, len * sizeof(uint64_t));
        }
    }
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
