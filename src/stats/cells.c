#include "stats/cells.h"

#include <math.h>

/* Where a bin is. */
typedef struct place {
    uint32_t page, offset;
} place;

/* The ends of a cell, by value; negative: the mirror image. */
static void cell_bounds(const lq_bins *bins, place at, uint64_t cell, bool negative,
                        double *low, double *high)
{
    const double n = (double)((uint64_t)1 << bins->cell_bits), index = (double)cell;
    double near = index / n / LQ_NEAR_SHRINK, far = (index + 1.0) / n / LQ_NEAR_SHRINK;
    if (at.page > 0) {
        const double octave = (double)((uint64_t)1 << ((at.page - 1) % LQ_OCTAVES));
        const double cells = n * (double)((uint64_t)1 << bins->bits);
        const double first = n * at.offset + index;
        near = octave * (1.0 + first / cells);
        far = octave * (1.0 + (first + 1.0) / cells);
    }
    *low = negative ? -far : near;
    *high = negative ? -near : far;
}

static place place_of(const lq_bins *bins, double x)
{
    const uint32_t key = (uint32_t)lq_key_of(lq_bits_of(x), bins->bits);
    return (place){key >> bins->bits, key & ((1u << bins->bits) - 1)};
}

double lq_cells_refine(const lq_tally *tally, const lq_law_bin *bin, double rank, double x)
{
    const lq_bins *bins = &tally->pooled;
    const place at = place_of(bins, bin->min);
    const uint64_t first = lq_cell_of(bin->min, bins->bits, bins->cell_bits);
    const uint64_t last = lq_cell_of(bin->max, bins->bits, bins->cell_bits);
    const uint64_t step = first <= last ? 1 : UINT64_MAX; /* down, below zero */
    double sum = 0.0, upto = 0.0;
    for (uint64_t cell = first; cell != last + step; cell += step)
        sum += (double)lq_bins_cell(bins, at.page, at.offset, cell);
    const double wanted = rank * sum / bin->weight;
    uint64_t cell = first;
    for (; cell != last; cell += step) {
        upto += (double)lq_bins_cell(bins, at.page, at.offset, cell);
        if (upto >= wanted) break;
    }
    double low, high;
    cell_bounds(bins, at, cell, bin->max < 0.0, &low, &high);
    low = fmax(low, bin->min);
    high = fmin(high, bin->max);
    const double margin = 0.2 * (high - low);
    return fmin(fmax(x, low + margin), high - margin);
}
