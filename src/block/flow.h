/**
 * @file flow.h
 * The two ways money enters a ledger: one month for all lanes, or a month of its own per lane.
 */
#ifndef LQ_BLOCK_FLOW_H
#define LQ_BLOCK_FLOW_H

#include "block/block.h"
#include "num/isa.h"

#include <math.h>

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

/* Adds what[lane] to a row where the month of the lane is from..to. */
LQ_INLINE void lq_flow_between(double from, double to, const double *restrict month,
                               const double *restrict what, double *restrict row)
{
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++)
        row[l] += ((month[l] >= from) & (month[l] <= to)) ? what[l] : 0.0;
}

/** Adds amount[lane] in month month[lane] (0..K). A lane whose amount is 0 may hold any month.
 *  Year by year, so that no lane is a step of its own. */
LQ_INLINE void lq_flow_lanes(const lq_ledger *ledger, const lq_grid *grid,
                             const double *restrict month, lq_income kind,
                             const double *restrict amount)
{
    LQ_LANE_ARRAY(present);
    const double *restrict discount = grid->discount;
    const double end = (double)grid->n_months;
    double first = (double)INFINITY, last = -1.0;
#pragma omp simd reduction(min : first) reduction(max : last)
    for (int l = 0; l < LQ_LANES; l++) {
        const double at = month[l] < end ? month[l] : end;
        const double after = amount[l] != 0.0 ? month[l] : -1.0;
        const double before = amount[l] != 0.0 ? month[l] : (double)INFINITY;
        present[l] = discount[(int)at] * amount[l];
        first = before < first ? before : first;
        last = after > last ? after : last;
    }
    for (int k = last < 0.0 ? 0 : (int)first, to; k <= (int)last; k = to + 1) {
        const int year = grid->year_of_month[k];
        for (to = k; to < (int)last && grid->year_of_month[to + 1] == year;)
            to++;
        lq_flow_between((double)k, (double)to, month, amount,
                        lq_ledger_row(ledger->amount, year, kind));
        lq_flow_between((double)k, (double)to, month, present,
                        lq_ledger_row(ledger->present, year, kind));
    }
    if (!ledger->trace) return;
    for (size_t l = 0; l < LQ_LANES; l++)
        if (amount[l] != 0.0)
            ledger->trace[(size_t)month[l] * LQ_LANES + l] += ledger->keep[kind] * present[l];
}

#endif
