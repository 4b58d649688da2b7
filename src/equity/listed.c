#include "equity/job.h"

/* Sells the units of vest i. */
static void sell_one(const lq_grant_job *j, size_t i)
{
    const lq_grant_plan *p = j->plan;
    double *restrict amount = j->s->amount;
    const double *restrict units = j->s->units, *restrict last = j->last;
    const size_t k = p->vest_month[i];
    const double weight = p->vest_weight[i], month = (double)k;
    const double *restrict price = j->company->price + k * LQ_LANES;
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++)
        amount[l] = last[l] >= month ? weight * units[l] * price[l] : 0.0;
    if (j->fx) {
        const double *restrict fx = j->fx + k * LQ_LANES;
        for (int l = 0; l < LQ_LANES; l++)
            amount[l] *= fx[l];
    }
    lq_flow_month(j->out->ledger, j->grid, k, LQ_INCOME_UNITS, amount);
}

/* Vests i .. i + 3, all of one year, in the report's currency: one pass over the ledger's rows
 * instead of four. all_stay: every lane works to the last of them. */
LQ_INLINE void sell_four(const lq_grant_job *j, size_t i, bool all_stay)
{
    const lq_grant_plan *p = j->plan;
    const lq_ledger *ledger = j->out->ledger;
    const size_t *k = p->vest_month + i;
    const int year = j->grid->year_of_month[k[0]];
    double *restrict nominal = lq_ledger_row(ledger->amount, year, LQ_INCOME_UNITS);
    double *restrict present = lq_ledger_row(ledger->present, year, LQ_INCOME_UNITS);
    const double *restrict units = j->s->units, *restrict last = j->last;
    const double *restrict price = j->company->price, *d = j->grid->discount;
    const double *restrict p0 = price + k[0] * LQ_LANES, *restrict p1 = price + k[1] * LQ_LANES;
    const double *restrict p2 = price + k[2] * LQ_LANES, *restrict p3 = price + k[3] * LQ_LANES;
    const double w0 = p->vest_weight[i], w1 = p->vest_weight[i + 1];
    const double w2 = p->vest_weight[i + 2], w3 = p->vest_weight[i + 3];
    const double d0 = d[k[0]], d1 = d[k[1]], d2 = d[k[2]], d3 = d[k[3]];
    const double m0 = (double)k[0], m1 = (double)k[1], m2 = (double)k[2], m3 = (double)k[3];
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++) {
        const double to = last[l];
        const double a0 = all_stay || to >= m0 ? w0 * p0[l] : 0.0;
        const double a1 = all_stay || to >= m1 ? w1 * p1[l] : 0.0;
        const double a2 = all_stay || to >= m2 ? w2 * p2[l] : 0.0;
        const double a3 = all_stay || to >= m3 ? w3 * p3[l] : 0.0;
        const double worth = __builtin_fma(d0, a0, d1 * a1) + __builtin_fma(d2, a2, d3 * a3);
        nominal[l] = __builtin_fma(units[l], (a0 + a1) + (a2 + a3), nominal[l]);
        present[l] = __builtin_fma(units[l], worth, present[l]);
    }
}

/* Months of the trace, which the sums by year do not show. */
static void trace_vest(const lq_grant_job *j, size_t i)
{
    const lq_grant_plan *p = j->plan;
    const lq_ledger *ledger = j->out->ledger;
    const size_t k = p->vest_month[i];
    const double keep =
        j->grid->discount[k] * ledger->keep[LQ_INCOME_UNITS] * p->vest_weight[i];
    for (size_t l = 0; l < LQ_LANES; l++) {
        const double price = j->company->price[k * LQ_LANES + l];
        if (j->last[l] >= (double)k)
            ledger->trace[k * LQ_LANES + l] += keep * j->s->units[l] * price;
    }
}

static void note_first_sale(const lq_grant_job *j)
{
    size_t i = 0; /* the first vest of anything */
    while (i + 1 < j->plan->n_vests && j->plan->vest_weight[i] == 0.0)
        i++;
    const double month = (double)j->plan->vest_month[i];
    double *restrict first = j->out->first_cash;
    const double *restrict last = j->last, *restrict units = j->s->units;
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++) {
        const bool sold = (last[l] >= month) & (units[l] > 0.0) & (first[l] > month);
        first[l] = sold ? month : first[l];
    }
}

void LQ_KERNEL(lq_grant_sell_at_vest)(const lq_grant_job *j)
{
    const lq_grant_plan *p = j->plan;
    double least = (double)p->n_months;
#pragma omp simd reduction(min : least)
    for (int l = 0; l < LQ_LANES; l++)
        least = j->last[l] < least ? j->last[l] : least;
    for (size_t i = 0; i < p->n_vests;) {
        if (!lq_grant_four_in_a_year(j, i)) {
            sell_one(j, i++);
            continue;
        }
        if (least >= (double)p->vest_month[i + 3])
            sell_four(j, i, true);
        else
            sell_four(j, i, false);
        for (size_t v = i; j->out->ledger->trace && v < i + 4; v++)
            trace_vest(j, v);
        i += 4;
    }
    if (p->n_vests) note_first_sale(j);
}

void LQ_KERNEL(lq_grant_hold_to_horizon)(const lq_grant_job *j)
{
    const lq_grant_plan *p = j->plan;
    const double end = (double)p->horizon;
    for (size_t l = 0; l < LQ_LANES; l++) {
        for (size_t i = 0; i < p->n_vests; i++) {
            const double month = (double)p->vest_month[i];
            if (j->last[l] < month) break;
            const double units = p->vest_weight[i] * j->s->units[l];
            const double before = j->s->held[l];
            lq_grant_hold(j, l, units, j->company->price[lq_grant_at(month, l)], month);
            j->s->held[l] = before + (j->s->held[l] - before) * p->hold_growth[i];
        }
        lq_grant_sell(j, l, 1.0, j->company->price[lq_grant_at(end, l)], end);
    }
}
