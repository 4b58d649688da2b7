#include "tax/tax.h"

#include "block/flow.h"

#include <string.h>

/* Rows of income of one year. */
typedef struct income {
    const double *restrict amount, *restrict present;
} income;

/* Adds them to the sums they belong to. Losses on sales bear no tax. */
static void add_row(double rate, bool is_pay, income row, lq_outcome *out)
{
    const double *restrict amount = row.amount, *restrict present = row.present;
    double *restrict gross = is_pay ? out->gross_cash : out->gross_equity;
    double *restrict nominal = is_pay ? out->nominal_cash : out->nominal_equity;
    double *restrict net = is_pay ? out->cash : out->equity;
    double *restrict tax = out->tax;
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++) {
        /* a gain of the year that is a loss in present value bears none either */
        const bool bears = is_pay | ((amount[l] > 0.0) & (present[l] > 0.0));
        const double due = (bears ? rate : 0.0) * present[l];
        gross[l] += present[l];
        nominal[l] += amount[l];
        net[l] += present[l] - due;
        tax[l] += due;
    }
}

static void add_to_year(double rate, bool is_pay, income row, double *restrict year)
{
    const double *restrict amount = row.amount, *restrict present = row.present;
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++) {
        const bool bears = is_pay | ((amount[l] > 0.0) & (present[l] > 0.0));
        year[l] += amount[l] - (bears ? rate : 0.0) * amount[l];
    }
}

/* Where nothing is taxed: what is left is what came. */
static void add_untaxed(bool is_pay, income row, lq_outcome *out)
{
    const double *restrict amount = row.amount, *restrict present = row.present;
    double *restrict gross = is_pay ? out->gross_cash : out->gross_equity;
    double *restrict nominal = is_pay ? out->nominal_cash : out->nominal_equity;
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++) {
        gross[l] += present[l];
        nominal[l] += amount[l];
    }
}

static void clear(size_t n_years, lq_outcome *out)
{
    memset(out->cash, 0, sizeof out->cash);
    memset(out->equity, 0, sizeof out->equity);
    memset(out->tax, 0, sizeof out->tax);
    memset(out->gross_cash, 0, sizeof out->gross_cash);
    memset(out->gross_equity, 0, sizeof out->gross_equity);
    memset(out->nominal_cash, 0, sizeof out->nominal_cash);
    memset(out->nominal_equity, 0, sizeof out->nominal_equity);
    if (out->by_year) memset(out->by_year, 0, n_years * LQ_LANES * sizeof *out->by_year);
}

void LQ_KERNEL(lq_tax_run)(const lq_tax_plan *plan, size_t n_years, const lq_ledger *ledger,
                           lq_outcome *out)
{
    const bool taxed = lq_tax_is_due(plan);
    clear(n_years, out);
    for (size_t y = 0; y < n_years; y++)
        for (int kind = 0; kind < LQ_INCOME_KINDS; kind++) {
            if (!plan->used[y * LQ_INCOME_KINDS + (size_t)kind]) continue;
            const bool is_pay = kind == LQ_INCOME_PAY;
            const income row = {lq_ledger_row(ledger->amount, (int)y, (lq_income)kind),
                                lq_ledger_row(ledger->present, (int)y, (lq_income)kind)};
            if (taxed)
                add_row(plan->rate[kind], is_pay, row, out);
            else
                add_untaxed(is_pay, row, out);
            if (out->by_year)
                add_to_year(plan->rate[kind], is_pay, row, out->by_year + y * LQ_LANES);
        }
    if (!taxed) {
        memcpy(out->cash, out->gross_cash, sizeof out->cash);
        memcpy(out->equity, out->gross_equity, sizeof out->equity);
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
