#include "tax/tax.h"

#include "block/flow.h"
#include "num/vector.h"

#include <string.h>

typedef lq_vector_f64 numbers;
typedef lq_vector_u64 words;

/* Lanes whose sums stay in registers while the rows of all years pass by. */
enum { WIDTH = LQ_VECTOR_LANES, UNROLL = 2, GROUP = WIDTH * UNROLL };

#define EACH for (int u = 0; u < UNROLL; u++)

/* Sums of the rows of pay, or of paper. */
typedef struct part {
    numbers gross[UNROLL], nominal[UNROLL], net[UNROLL];
} part;

LQ_INLINE numbers load(const double *row, int u)
{
    return *(const numbers *)(row + u * WIDTH);
}

LQ_INLINE void store(const numbers *from, double *row)
{
    EACH *(numbers *)(row + u * WIDTH) = from[u];
}

/* The rate where income bears tax: a loss on a sale does not, nor a gain of the year that is a
 * loss in present value. */
LQ_INLINE numbers rate_on(double rate, bool is_pay, numbers amount, numbers present)
{
    const numbers zero = {0};
    const numbers all = zero + rate;
    if (is_pay) return all;
    return (numbers)((words)all & (words)(amount > 0.0) & (words)(present > 0.0));
}

/* Adds the rows of a year and a kind, of GROUP lanes. tax: NULL where nothing is taxed. */
LQ_INLINE void add_rows(double rate, bool is_pay, const double *amount, const double *present,
                        part *sum, numbers *tax)
{
    EACH
    {
        const numbers nominal = load(amount, u), now = load(present, u);
        sum->gross[u] += now;
        sum->nominal[u] += nominal;
        if (!tax) continue;
        const numbers due = rate_on(rate, is_pay, nominal, now) * now;
        sum->net[u] += now - due;
        tax[u] += due;
    }
}

LQ_INLINE void finish(const part *pay, const part *paper, const numbers *tax, size_t l,
                      lq_outcome *out)
{
    const numbers *cash = tax ? pay->net : pay->gross;
    const numbers *equity = tax ? paper->net : paper->gross;
    numbers total[UNROLL];
    EACH total[u] = cash[u] + equity[u];
    store(pay->gross, out->gross_cash + l);
    store(paper->gross, out->gross_equity + l);
    store(pay->nominal, out->nominal_cash + l);
    store(paper->nominal, out->nominal_equity + l);
    store(cash, out->cash + l);
    store(equity, out->equity + l);
    store(total, out->total + l);
    if (tax) store(tax, out->tax + l);
}

/* Whether a row can hold anything is the plan's to say. */
LQ_INLINE void add_up(const lq_tax_plan *plan, size_t n_years, const lq_ledger *ledger,
                      bool taxed, lq_outcome *out)
{
    for (size_t l = 0; l < LQ_LANES; l += GROUP) {
        part pay = {0}, paper = {0};
        numbers tax[UNROLL] = {0};
        const unsigned char *used = plan->used;
        const double *amount = ledger->amount + l, *present = ledger->present + l;
        for (size_t y = 0; y < n_years; y++)
            for (int kind = 0; kind < LQ_INCOME_KINDS; kind++) {
                if (*used && kind == LQ_INCOME_PAY)
                    add_rows(plan->rate[kind], true, amount, present, &pay, taxed ? tax : NULL);
                else if (*used)
                    add_rows(plan->rate[kind], false, amount, present, &paper,
                             taxed ? tax : NULL);
                used++;
                amount += LQ_LANES;
                present += LQ_LANES;
            }
        finish(&pay, &paper, taxed ? tax : NULL, l, out);
    }
}

static void add_to_year(double rate, bool is_pay, const double *restrict amount,
                        const double *restrict present, double *restrict year)
{
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++) {
        const bool bears = is_pay | ((amount[l] > 0.0) & (present[l] > 0.0));
        year[l] += amount[l] - (bears ? rate : 0.0) * amount[l];
    }
}

static void split_by_year(const lq_tax_plan *plan, size_t n_years, const lq_ledger *ledger,
                          double *by_year)
{
    memset(by_year, 0, n_years * LQ_LANES * sizeof *by_year);
    for (size_t y = 0; y < n_years; y++)
        for (int kind = 0; kind < LQ_INCOME_KINDS; kind++) {
            if (!plan->used[y * LQ_INCOME_KINDS + (size_t)kind]) continue;
            add_to_year(plan->rate[kind], kind == LQ_INCOME_PAY,
                        lq_ledger_row(ledger->amount, (int)y, (lq_income)kind),
                        lq_ledger_row(ledger->present, (int)y, (lq_income)kind),
                        by_year + y * LQ_LANES);
        }
}

void LQ_KERNEL(lq_tax_run)(const lq_tax_plan *plan, size_t n_years, const lq_ledger *ledger,
                           lq_outcome *out)
{
    if (lq_tax_is_due(plan)) {
        add_up(plan, n_years, ledger, true, out);
    } else {
        add_up(plan, n_years, ledger, false, out);
        memset(out->tax, 0, sizeof out->tax);
    }
    if (out->by_year) split_by_year(plan, n_years, ledger, out->by_year);
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
