#include "tax/tax.h"

#include "block/flow.h"

#include <string.h>

/* Adds one row of income to the sums it belongs to. Losses on sales bear no tax. */
static void add_row(double rate, bool is_pay, const double *restrict amount,
                    const double *restrict present, double *restrict year, lq_outcome *out)
{
    double *restrict gross = is_pay ? out->gross_cash : out->gross_equity;
    double *restrict nominal = is_pay ? out->nominal_cash : out->nominal_equity;
    double *restrict net = is_pay ? out->cash : out->equity;
    double *restrict tax = out->tax;
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++) {
        /* a gain of the year that is a loss in present value bears none either */
        const bool bears = is_pay || (amount[l] > 0.0 && present[l] > 0.0);
        const double taxed = bears ? rate : 0.0;
        const double due = taxed * present[l];
        gross[l] += present[l];
        nominal[l] += amount[l];
        net[l] += present[l] - due;
        tax[l] += due;
        year[l] += amount[l] - taxed * amount[l];
    }
}

void LQ_KERNEL(lq_tax_run)(const lq_tax_plan *plan, size_t n_years, const lq_ledger *ledger,
                           lq_outcome *out)
{
    memset(out->cash, 0, sizeof out->cash);
    memset(out->equity, 0, sizeof out->equity);
    memset(out->tax, 0, sizeof out->tax);
    memset(out->gross_cash, 0, sizeof out->gross_cash);
    memset(out->gross_equity, 0, sizeof out->gross_equity);
    memset(out->nominal_cash, 0, sizeof out->nominal_cash);
    memset(out->nominal_equity, 0, sizeof out->nominal_equity);
    memset(out->by_year, 0, n_years * LQ_LANES * sizeof *out->by_year);
    for (size_t y = 0; y < n_years; y++)
        for (int kind = 0; kind < LQ_INCOME_KINDS; kind++) {
            if (!plan->used[y * LQ_INCOME_KINDS + (size_t)kind]) continue;
            add_row(plan->rate[kind], kind == LQ_INCOME_PAY,
                    lq_ledger_row(ledger->amount, (int)y, (lq_income)kind),
                    lq_ledger_row(ledger->present, (int)y, (lq_income)kind),
                    out->by_year + y * LQ_LANES, out);
        }
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++)
        out->total[l] = out->cash[l] + out->equity[l];
}

void LQ_KERNEL(lq_tax_trace)(const lq_tax_plan *plan, const lq_grid *grid,
                             const lq_ledger *ledger)
{
    for (size_t k = 0; k <= grid->n_months; k++) {
        const int year = grid->year_of_month[k];
        if (k < grid->n_months && grid->year_of_month[k + 1] == year) continue;
        if (!plan->used[(size_t)year * LQ_INCOME_KINDS + LQ_INCOME_GAIN]) continue;
        const double *gain = lq_ledger_row(ledger->amount, year, LQ_INCOME_GAIN);
        const double *present = lq_ledger_row(ledger->present, year, LQ_INCOME_GAIN);
        for (size_t l = 0; l < LQ_LANES; l++)
            if (!(gain[l] > 0.0 && present[l] > 0.0))
                ledger->trace[k * LQ_LANES + l] += plan->rate[LQ_INCOME_GAIN] * present[l];
    }
}
