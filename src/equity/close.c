#include "equity/job.h"

#include "rng/draws.h"

#include <math.h>

/* What a sale of the company pays to whom, and when: at the close, out of escrow, and while
 * one stays; and what vests because of it. */

typedef lq_grant_job job;

static void draw_released(const job *j)
{
    const lq_sale_plan *sale = j->plan->sale;
    LQ_LANE_ARRAY(u);
    if (lq_draw_varies(&sale->released)) {
        lq_words words;
        LQ_KERNEL(lq_draws_words)(j->at, sale->stream, 0, &words);
        for (int l = 0; l < LQ_LANES; l++)
            u[l] = lq_words_uniform(&words, 0, l);
    }
    lq_draw_fill(&sale->released, u, LQ_LANES, j->s->released);
}

/* The month in which what has not vested does; what was granted after the sale is the buyer's.
 */
static double accelerated_in(const job *j, size_t l)
{
    const lq_sale_plan *sale = j->plan->sale;
    const double exit = j->company->exit_month[l], end = (double)j->plan->horizon;
    const double month = sale->double_trigger ? j->employment->let_go[l] : exit;
    const bool none = !lq_grant_is_bought(j, l) || sale->accelerated <= 0.0 ||
                      (double)j->plan->granted_month >= exit || exit > j->plan->expiry_month;
    const bool late = month > end || month > j->last[l] || month > exit + sale->within_months;
    return none || late ? (double)INFINITY : month;
}

void LQ_KERNEL(lq_grant_note_close)(const job *j)
{
    draw_released(j);
    for (size_t l = 0; l < LQ_LANES; l++)
        j->s->accelerated[l] = accelerated_in(j, l);
}

static const lq_retention_plan *retention_of(const job *j, size_t l)
{
    const double *closed = j->company->closed_month;
    const bool announced = closed && closed[l] == j->company->exit_month[l];
    return &j->plan->sale->retention[announced ? 1 : 0];
}

/* Money of the company's currency due in a month; after K it counts at K, not yet as cash. */
static void pay(const job *j, size_t l, double money, double month)
{
    const double end = (double)j->plan->n_months, k = lq_grant_min(month, end);
    const double amount = money * lq_grant_fx(j, k, l);
    if (amount == 0.0) return;
    lq_grant_flow(j, l, k, LQ_INCOME_UNITS, amount);
    if (month > end)
        j->out->stuck[l] += j->grid->discount[j->plan->n_months] * amount;
    else
        lq_grant_note_cash(j, l, k);
}

/* What the close pays, and of it what comes out of escrow. */
static void pay_and_hold_back(const job *j, size_t l, double money, double month)
{
    const lq_sale_plan *sale = j->plan->sale;
    pay(j, l, money * (1.0 - sale->escrow), month);
    pay(j, l, money * sale->escrow * j->s->released[l], month + sale->escrow_months);
}

void LQ_KERNEL(lq_grant_close_money)(const job *j, size_t l, double money)
{
    const lq_retention_plan *retention = retention_of(j, l);
    const double month = j->company->exit_month[l], until = lq_grant_stays_until(j, l);
    const double kept = until >= month ? retention->part : 0.0;
    pay_and_hold_back(j, l, money * (1.0 - kept), month);
    for (size_t i = 1; kept > 0.0 && i <= retention->months; i++)
        if (until >= month + (double)i)
            pay(j, l, money * kept / (double)retention->months, month + (double)i);
}

/* Some of the shares that are held; after K they count at K, not yet as cash. */
static void sell(const job *j, size_t l, double shares, double price, double month)
{
    const double end = (double)j->plan->n_months, held = j->s->held[l];
    const double share = shares < held ? shares / held : 1.0;
    if (held <= 0.0 || shares <= 0.0) return;
    if (month <= end) {
        lq_grant_sell(j, l, share, price, month);
        return;
    }
    j->out->stuck[l] +=
        j->grid->discount[j->plan->n_months] * held * share * price * lq_grant_fx(j, end, l);
    lq_grant_dispose(j, l, share, price, end);
}

void LQ_KERNEL(lq_grant_close_shares)(const job *j, size_t l)
{
    const lq_sale_plan *sale = j->plan->sale;
    const lq_retention_plan *retention = retention_of(j, l);
    const double month = j->company->exit_month[l], until = lq_grant_stays_until(j, l);
    const double price = j->company->price[lq_grant_at(month, l)], all = j->s->held[l];
    const double kept = until >= month ? retention->part : 0.0, now = all * (1.0 - kept);
    sell(j, l, now * (1.0 - sale->escrow), price, month);
    sell(j, l, now * sale->escrow, price * j->s->released[l], month + sale->escrow_months);
    for (size_t i = 1; kept > 0.0 && i <= retention->months; i++) {
        const bool lost = until < month + (double)i; /* a loss of what they were income at */
        sell(j, l, lost ? all : all * kept / (double)retention->months, lost ? 0.0 : price,
             month + (double)i);
        if (lost) return;
    }
}

void LQ_KERNEL(lq_grant_accelerate)(const job *j, const double *strike)
{
    const lq_grant_plan *p = j->plan;
    for (size_t l = 0; l < LQ_LANES; l++) {
        const double month = j->s->accelerated[l];
        if (month > (double)p->horizon) continue;
        const double whole = p->vested[p->n_months] + p->unvested;
        const double units =
            p->sale->accelerated * (whole - p->vested[(size_t)month]) * j->s->units[l];
        const double money =
            units * lq_grant_over(j->company->price[lq_grant_at(month, l)], strike[l]);
        if (month > j->company->exit_month[l]) {
            pay(j, l, money, month); /* let go: there are no vests after it */
            continue;
        }
        pay_and_hold_back(j, l, money, month);
        j->s->units[l] *= 1.0 - p->sale->accelerated;
    }
}
