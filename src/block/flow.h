/**
 * @file flow.h
 * The two ways money enters a ledger: one month for all lanes, or a month of its own per lane.
 */
#ifndef LQ_BLOCK_FLOW_H
#define LQ_BLOCK_FLOW_H

#include "block/block.h"
#include "num/isa.h"

LQ_INLINE double *lq_ledger_row(double *rows, int year, lq_income kind)
{
    return rows + ((size_t)year * LQ_INCOME_KINDS + (size_t)kind) * LQ_LANES;
}

/** Adds amount[lane] in month k. */
LQ_INLINE void lq_flow_month(const lq_ledger *ledger, const lq_grid *grid, size_t k,
                             lq_income kind, const double *restrict amount)
{
    double *restrict nominal = lq_ledger_row(ledger->amount, grid->year_of_month[k], kind);
    double *restrict present = lq_ledger_row(ledger->present, grid->year_of_month[k], kind);
    const double d = grid->discount[k];
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++) {
        nominal[l] += amount[l];
        present[l] = __builtin_fma(d, amount[l], present[l]);
    }
    if (!ledger->trace) return;
    for (int l = 0; l < LQ_LANES; l++)
        ledger->trace[k * LQ_LANES + (size_t)l] += d * ledger->keep[kind] * amount[l];
}

/** Adds amount[lane] in month month[lane] (0..K). A lane whose amount is 0 may hold any month.
 *  Year by year, so that no lane is a step of its own. */
LQ_INLINE void lq_flow_lanes(const lq_ledger *ledger, const lq_grid *grid,
                             const double *restrict month, lq_income kind,
                             const double *restrict amount)
{
    LQ_LANE_ARRAY(present);
    LQ_LANE_ARRAY(year);
    double first = (double)grid->n_years, last = -1.0;
#pragma omp simd reduction(min : first) reduction(max : last)
    for (int l = 0; l < LQ_LANES; l++) {
        const int k = amount[l] != 0.0 ? (int)month[l] : 0;
        const double at = amount[l] != 0.0 ? (double)grid->year_of_month[k] : -1.0;
        present[l] = grid->discount[k] * amount[l];
        year[l] = at;
        first = at >= 0.0 && at < first ? at : first;
        last = at > last ? at : last;
    }
    for (int y = (int)first; y <= (int)last; y++) {
        double *restrict nominals = lq_ledger_row(ledger->amount, y, kind);
        double *restrict presents = lq_ledger_row(ledger->present, y, kind);
#pragma omp simd
        for (int l = 0; l < LQ_LANES; l++) {
            nominals[l] += year[l] == (double)y ? amount[l] : 0.0;
            presents[l] += year[l] == (double)y ? present[l] : 0.0;
        }
    }
    if (!ledger->trace) return;
    for (size_t l = 0; l < LQ_LANES; l++)
        if (amount[l] != 0.0)
            ledger->trace[(size_t)month[l] * LQ_LANES + l] += ledger->keep[kind] * present[l];
}

#endif
