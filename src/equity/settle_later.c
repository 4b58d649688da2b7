#include "equity/job.h"

#include <math.h>
#include <string.h>

/* Vests after month from[l] while employed are paid as they vest, over the strike. */
typedef struct later {
    const double *restrict from; /* a lane of infinity has none */
    const double *restrict strike;
} later;

/* What a vest pays a lane between two months; without a branch, so that it vectorises. */
LQ_INLINE double later_amount(double month, double after, double last, double units,
                              double price)
{
    const bool paid = (month > after) & (month <= last);
    return paid ? units * price : 0.0;
}

static void pay_one(const lq_grant_job *j, const later *after, size_t i)
{
    const lq_grant_plan *p = j->plan;
    const double *restrict units = j->s->units, *restrict last = j->last;
    const double *restrict from = after->from, *restrict strike = after->strike;
    const double month = (double)p->vest_month[i], weight = p->vest_weight[i];
    const size_t row = p->vest_month[i] * LQ_LANES;
    const double *restrict price = j->company->price + row;
    double *restrict first_cash = j->out->first_cash;
    LQ_LANE_ARRAY(amount);
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++)
        amount[l] = later_amount(month, from[l], last[l], weight * units[l],
                                 lq_grant_over(price[l], strike[l]));
    if (j->fx)
        for (int l = 0; l < LQ_LANES; l++)
            amount[l] *= j->fx[row + (size_t)l];
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++)
        first_cash[l] = amount[l] != 0.0 && month < first_cash[l] ? month : first_cash[l];
    lq_grant_flow_row(j, p->vest_month[i], LQ_INCOME_UNITS, amount);
}

/* Of the lanes that vests i .. i + 3 pay, the first of them is the first cash where nothing
 * came before. */
static void note_first_of_four(const lq_grant_job *j, const later *after, size_t i)
{
    const double *restrict units = j->s->units, *restrict last = j->last;
    const double *restrict from = after->from, *restrict strike = after->strike;
    double *restrict first_cash = j->out->first_cash;
    for (size_t v = i; v < i + 4; v++) {
        const double month = (double)j->plan->vest_month[v], weight = j->plan->vest_weight[v];
        const double *restrict price = j->company->price + j->plan->vest_month[v] * LQ_LANES;
#pragma omp simd
        for (int l = 0; l < LQ_LANES; l++) {
            const double amount = later_amount(month, from[l], last[l], weight * units[l],
                                               lq_grant_over(price[l], strike[l]));
            const bool first = (amount != 0.0) & (month < first_cash[l]);
            first_cash[l] = first ? month : first_cash[l];
        }
    }
}

/* Vests i .. i + 3, all of one year, in the report's currency: one pass over the rows of the
 * ledger instead of four, with the sums in the same order. alike: a lane is paid all four of
 * them, or none. */
LQ_INLINE void pay_four(const lq_grant_job *j, const later *after, size_t i, bool alike)
{
    const lq_grant_plan *p = j->plan;
    const size_t *k = p->vest_month + i;
    const int year = j->grid->year_of_month[k[0]];
    double *restrict nominal = lq_ledger_row(j->out->ledger->amount, year, LQ_INCOME_UNITS);
    double *restrict present = lq_ledger_row(j->out->ledger->present, year, LQ_INCOME_UNITS);
    const double *restrict units = j->s->units, *restrict last = j->last;
    const double *restrict from = after->from, *restrict strike = after->strike;
    const double *restrict first_cash = j->out->first_cash;
    const double *restrict price = j->company->price, *d = j->grid->discount;
    const double *restrict p0 = price + k[0] * LQ_LANES, *restrict p1 = price + k[1] * LQ_LANES;
    const double *restrict p2 = price + k[2] * LQ_LANES, *restrict p3 = price + k[3] * LQ_LANES;
    const double w0 = p->vest_weight[i], w1 = p->vest_weight[i + 1];
    const double w2 = p->vest_weight[i + 2], w3 = p->vest_weight[i + 3];
    const double d0 = d[k[0]], d1 = d[k[1]], d2 = d[k[2]], d3 = d[k[3]];
    const double m0 = (double)k[0], m1 = (double)k[1], m2 = (double)k[2], m3 = (double)k[3];
    double first = 0.0;
#pragma omp simd reduction(max : first)
    for (int l = 0; l < LQ_LANES; l++) {
        const double begin = from[l], end = last[l], least = strike[l];
        const double o0 = lq_grant_over(p0[l], least), o1 = lq_grant_over(p1[l], least);
        const double o2 = lq_grant_over(p2[l], least), o3 = lq_grant_over(p3[l], least);
        const double u = alike ? later_amount(m0, begin, end, units[l], 1.0) : units[l];
        const double a0 = alike ? w0 * u * o0 : later_amount(m0, begin, end, w0 * u, o0);
        const double a1 = alike ? w1 * u * o1 : later_amount(m1, begin, end, w1 * u, o1);
        const double a2 = alike ? w2 * u * o2 : later_amount(m2, begin, end, w2 * u, o2);
        const double a3 = alike ? w3 * u * o3 : later_amount(m3, begin, end, w3 * u, o3);
        const double paid = a0 + a1 + a2 + a3;
        nominal[l] = (((nominal[l] + a0) + a1) + a2) + a3;
        present[l] = (((present[l] + d0 * a0) + d1 * a1) + d2 * a2) + d3 * a3;
        const double noted = paid != 0.0 ? first_cash[l] : 0.0;
        first = noted > first ? noted : first;
    }
    if (first > m0) note_first_of_four(j, after, i);
}

/* Months in which some lane begins or ceases to be paid: bit k % 64 of word k / 64. */
enum { TURN_WORDS = 8 };

static void note_turns(const lq_grant_job *j, const double *restrict from, uint64_t *turns)
{
    const double *restrict last = j->last;
    const double end = (double)j->plan->horizon;
    for (uint64_t w = 0; w < TURN_WORDS; w++) {
        uint64_t word = 0;
        if (w * 64 > j->plan->horizon) break;
#pragma omp simd reduction(| : word)
        for (int l = 0; l < LQ_LANES; l++) {
            const uint64_t begin = (uint64_t)(int64_t)(int32_t)lq_grant_min(from[l], end);
            const uint64_t until = (uint64_t)(int64_t)(int32_t)last[l];
            word |= begin / 64 == w ? (uint64_t)1 << begin % 64 : 0;
            word |= until / 64 == w ? (uint64_t)1 << until % 64 : 0;
        }
        turns[w] = word;
    }
}

/* Whether no lane turns between the first and the last of four vests. */
static bool are_alike(const lq_grant_plan *p, const uint64_t *turns, size_t i)
{
    if (p->horizon >= TURN_WORDS * 64) return false;
    for (size_t k = p->vest_month[i]; k < p->vest_month[i + 3]; k++)
        if (turns[k / 64] >> k % 64 & 1) return false;
    return true;
}

void LQ_KERNEL(lq_grant_pay_later)(const lq_grant_job *j, const double *from,
                                   const double *strike)
{
    const lq_grant_plan *p = j->plan;
    const later after = {from, strike};
    double first = (double)INFINITY;
#pragma omp simd reduction(min : first)
    for (int l = 0; l < LQ_LANES; l++)
        first = from[l] < first ? from[l] : first;
    if (first >= (double)p->horizon) return;
    uint64_t turns[TURN_WORDS]; /* up to the horizon's */
    note_turns(j, from, turns);
    size_t i = 0;
    while (i < p->n_vests && (double)p->vest_month[i] <= first)
        i++;
    while (i < p->n_vests) {
        const bool by_four = !j->out->ledger->trace && lq_grant_four_in_a_year(j, i);
        if (by_four && are_alike(p, turns, i))
            pay_four(j, &after, i, true);
        else if (by_four)
            pay_four(j, &after, i, false);
        else
            pay_one(j, &after, i);
        i += by_four ? 4 : 1;
    }
}
