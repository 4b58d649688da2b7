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
 */
LQ_INLINE void lq_flow_lanes(const lq_ledger *ledger, const lq_grid *grid, const double *month,
                             lq_income kind, const double *amount)
{
    for (size_t l = 0; l < LQ_LANES; l++) {
        if (amount[l] == 0.0) continue;
        const size_t k = (size_t)month[l];
        const int year = grid->year_of_month[k];
        const double d = grid->discount[k];
        lq_ledger_row(ledger->amount, year, kind)[l] += amount[l];
        lq_ledger_row(ledger->present, year, kind)[l] += d * amount[l];
        if (ledger->trace)
            ledger->trace[k * LQ_LANES + l] += d * ledger->keep[kind] * amount[l];
    }
}

#endif
