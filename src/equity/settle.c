#include "equity/job.h"

#include "num/lanes.h"
#include "rng/draws.h"

#include <string.h>

typedef lq_grant_job job;

/* ---- size of the grant ---- */

static void draw_granted(const job *j, const lq_block_address *at_block)
{
    uint64_t w0[LQ_LANES] __attribute__((aligned(64)));
    uint64_t w1[LQ_LANES] __attribute__((aligned(64)));
    LQ_KERNEL(lq_draws_words)
    (at_block, j->plan->stream_refresh, (uint32_t)j->plan->granted_month, w0, w1);
    for (int l = 0; l < LQ_LANES; l++)
        if (lq_lane_uniform(w0[l] >> 32) >= j->plan->probability) j->s->units[l] = 0.0;
}

/* Units on the path: the value at the granted month over the price of that date. Who has left,
 * or whose employer has failed, is granted nothing: last < granted month. */
static void size_units(const job *j, const lq_world *world)
{
    const lq_grant_plan *p = j->plan;
    double *units = j->s->units;
    if (!p->priced_on_path) {
        for (int l = 0; l < LQ_LANES; l++)
            units[l] = 1.0;
        return;
    }
    const size_t row = p->granted_month * LQ_LANES;
    const double *price = p->priced_at_market ? j->company->price : j->company->preferred;
    const double *offer_fx = p->fx_offer >= 0 ? world->fx[p->fx_offer] : NULL;
    for (size_t l = 0; l < LQ_LANES; l++) {
        double value = p->value * (offer_fx ? offer_fx[row + l] : 1.0);
        if (j->fx) value /= j->fx[row + l];
        const bool is_private = j->company->exit_month[l] > (double)p->granted_month;
        const double basis =
            p->priced_at_fair && is_private ? j->company->fair[row + l] : price[row + l];
        units[l] = j->last[l] >= (double)p->granted_month && basis > 0.0 ? value / basis : 0.0;
    }
}

/* ---- private: one lane at a time; most lanes have one settlement ---- */

/* Paid on the income date. */
static void settle_lane(const job *j, size_t l, double units, double price, double month)
{
    const double amount = units * price * lq_grant_fx(j, month, l);
    if (amount == 0.0) return;
    lq_grant_flow(j, l, month, LQ_INCOME_UNITS, amount);
    lq_grant_note_cash(j, l, month);
}

static double over(double price, double strike)
{
    return price > strike ? price - strike : 0.0;
}

/* R15: what is stuck at K; the tax due if it were sold then is taken as on any income. */
static void settle_residual(const job *j, size_t l, double units, double probability,
                            double strike)
{
    const double k = (double)j->plan->n_months;
    const double worth = over(j->company->residual[l], strike * j->plan->residual_keep);
    const double amount = units * worth * probability * lq_grant_fx(j, k, l);
    if (amount == 0.0) return;
    lq_grant_flow(j, l, k, LQ_INCOME_UNITS, amount);
    j->out->stuck[l] += j->grid->discount[j->plan->n_months] * amount;
}

/* P(a trigger comes before the units expire | alive and untriggered at K). */
static double trigger_probability(const job *j, size_t l)
{
    const lq_grant_plan *p = j->plan;
    if (p->expiry_years_after < 0.0) return 0.0;
    const double mass = j->company->exit_rate[l] * p->expiry_years_after;
    const double some = mass < 700.0 ? 1.0 - lq_lane_exp(-mass) : 1.0;
    return j->company->trigger_share[l] * some;
}

static bool tender_open(const job *j, size_t l, double month)
{
    return month < j->company->exit_month[l] && month <= j->last[l] &&
           month >= j->plan->tender_from_month;
}

/* R2: a tender of month k is on what had vested by k - 1. */
static void tender_double(const job *j, size_t l, size_t k, double price)
{
    const lq_grant_plan *p = j->plan;
    if (!tender_open(j, l, (double)k) || (double)k > p->expiry_month) return;
    const double vested = p->vested[k - 1] * j->s->units[l];
    const double n = j->company->tender_cap[k * LQ_LANES + l] * (vested - j->s->sold[l]);
    j->s->sold[l] += n;
    settle_lane(j, l, n, price, (double)k);
}

static void run_tenders(const job *j, void (*each)(const job *, size_t, size_t, double))
{
    if (!j->plan->tender_allowed || !j->company->tender) return;
    for (size_t k = 1; k <= j->plan->n_months; k++) {
        const double *row = j->company->tender + k * LQ_LANES;
        double any = 0.0;
        for (int l = 0; l < LQ_LANES; l++)
            any += row[l];
        if (any == 0.0) continue;
        for (size_t l = 0; l < LQ_LANES; l++)
            if (row[l] > 0.0) each(j, l, k, row[l]);
    }
}

/* Vests after `from` while employed: paid at the vest, or at `not_before` if that is later. */
static void settle_later_vests(const job *j, size_t l, double from, double not_before)
{
    const lq_grant_plan *p = j->plan;
    for (size_t i = 0; i < p->n_vests; i++) {
        const double k = (double)p->vest_month[i];
        if (k <= from) continue;
        if (k > j->last[l]) break;
        const double units = p->vest_weight[i] * j->s->units[l];
        const double price = j->company->price[lq_grant_at(k, l)];
        if (k >= not_before)
            settle_lane(j, l, units, price, k);
        else
            lq_grant_hold(j, l, units, price, k);
    }
}

static void sell_after_lockup(const job *j, size_t l, double liquid)
{
    const double k = (double)j->plan->n_months;
    if (liquid <= k) {
        lq_grant_sell(j, l, 1.0, j->company->price[lq_grant_at(liquid, l)], liquid);
    } else {
        const double worth = j->s->held[l] * j->company->residual[l] * lq_grant_fx(j, k, l);
        j->out->stuck[l] += j->grid->discount[j->plan->n_months] * worth;
        lq_grant_dispose(j, l, 1.0, j->company->residual[l], k); /* R15: worth, not yet cash */
    }
}

static void settle_double_lane(const job *j, size_t l)
{
    const lq_grant_plan *p = j->plan;
    const double exit = j->company->exit_month[l], liquid = j->company->liquid_month[l];
    const double end = (double)p->n_months, units = j->s->units[l];
    const double left = j->last[l];
    if (exit > end) { /* never: alive at K */
        const double rest = p->vested[(size_t)left] * units - j->s->sold[l];
        settle_residual(j, l, rest, trigger_probability(j, l), 0.0);
        return;
    }
    const double trigger = p->settle_at_ipo ? exit : lq_grant_min(liquid, end);
    const double rest = p->vested[(size_t)lq_grant_min(trigger, left)] * units - j->s->sold[l];
    if (exit > p->expiry_month) return; /* expired whole: what has vested, and what would */
    if (rest > 0.0) {
        if (p->settle_at_ipo && liquid > exit)
            lq_grant_hold(j, l, rest, j->company->price[lq_grant_at(exit, l)], exit);
        else if (liquid <= end)
            settle_lane(j, l, rest, j->company->price[lq_grant_at(liquid, l)], liquid);
        else
            settle_residual(j, l, rest, 1.0, 0.0);
    }
    settle_later_vests(j, l, trigger, p->settle_at_ipo ? liquid : trigger);
    sell_after_lockup(j, l, liquid);
}

/* Vested units are owned: paid in money when there is a market, later vests as they vest. The
 * threshold is one of the whole company, so per share it falls as shares are issued. */
static void settle_units_lane(const job *j, size_t l)
{
    const lq_grant_plan *p = j->plan;
    const lq_company_world *c = j->company;
    const double end = (double)p->n_months, units = j->s->units[l], left = j->last[l];
    const double liquid = c->liquid_month[l], paid = lq_grant_min(liquid, end);
    const double owned = p->vested[(size_t)lq_grant_min(paid, left)] * units;
    const double strike = p->threshold / c->shares[l];
    if (liquid > end) {
        settle_residual(j, l, owned, 1.0, strike);
        return;
    }
    settle_lane(j, l, owned, over(c->price[lq_grant_at(paid, l)], strike), paid);
    for (size_t i = 0; i < p->n_vests; i++) {
        const double k = (double)p->vest_month[i];
        if (k <= paid) continue;
        if (k > left) break;
        settle_lane(j, l, p->vest_weight[i] * units, over(c->price[lq_grant_at(k, l)], strike),
                    k);
    }
}

static void tender_single(const job *j, size_t l, size_t k, double price)
{
    if (tender_open(j, l, (double)k))
        lq_grant_sell(j, l, j->company->tender_cap[k * LQ_LANES + l], price, (double)k);
}

/* Single trigger: each vest is income at fair value; the units wait for a market. Tenders come
 * between the vests, so months run outside and lanes inside. */
static void settle_single(const job *j)
{
    const lq_grant_plan *p = j->plan;
    size_t next = 0;
    for (size_t k = 1; k <= p->n_months; k++) {
        if (p->tender_allowed && j->company->tender)
            for (size_t l = 0; l < LQ_LANES; l++) {
                const double price = j->company->tender[k * LQ_LANES + l];
                if (price > 0.0) tender_single(j, l, k, price);
            }
        if (next == p->n_vests || p->vest_month[next] != k) continue;
        const double month = (double)k, weight = p->vest_weight[next++];
        for (size_t l = 0; l < LQ_LANES; l++) {
            if (j->last[l] < month || month > j->company->exit_month[l]) continue;
            const bool exits_now = month == j->company->exit_month[l];
            const double price = exits_now ? j->company->price[k * LQ_LANES + l]
                                           : j->company->fair[k * LQ_LANES + l];
            if (exits_now && j->company->liquid_month[l] <= month)
                settle_lane(j, l, weight * j->s->units[l], price, month);
            else
                lq_grant_hold(j, l, weight * j->s->units[l], price, month);
        }
    }
    for (size_t l = 0; l < LQ_LANES; l++) {
        const double exit = j->company->exit_month[l], liquid = j->company->liquid_month[l];
        if (exit <= (double)p->n_months) settle_later_vests(j, l, exit, liquid);
        sell_after_lockup(j, l, liquid);
    }
}

/* R14: forfeited at H and no part of any total. Worth the share price of that date, or fair
 * common value while the company is private, over the threshold by the shares that settle it;
 * who has left has lost it before. */
static void note_unvested(const job *j)
{
    const lq_grant_plan *p = j->plan;
    const lq_company_world *c = j->company;
    const double end = (double)p->horizon, weight = j->grid->discount[p->horizon] * p->unvested;
    const size_t row = p->horizon * LQ_LANES;
    const bool can_expire = p->route == LQ_ROUTE_DOUBLE;
    for (size_t l = 0; l < LQ_LANES; l++) {
        const bool is_private = p->route >= LQ_ROUTE_DOUBLE && c->exit_month[l] > end;
        const double trigger = is_private ? end : c->exit_month[l];
        if (j->last[l] < end || (can_expire && trigger > p->expiry_month)) continue;
        const double price = is_private ? c->fair[row + l] : c->price[row + l];
        const double strike = p->threshold > 0.0 ? p->threshold / c->shares[l] : 0.0;
        j->out->unvested[l] +=
            weight * j->s->units[l] * over(price, strike) * lq_grant_fx(j, end, l);
    }
}

/* What the routes that hold units start from; selling at vest holds none. */
static void clear_holding(lq_grant_scratch *scratch)
{
    memset(scratch->held, 0, sizeof scratch->held);
    memset(scratch->basis, 0, sizeof scratch->basis);
    memset(scratch->sold, 0, sizeof scratch->sold);
}

void LQ_KERNEL(lq_grant_run)(const lq_grant_plan *plan, const lq_grid *grid,
                             const lq_world *world, const lq_employment *employment,
                             const lq_block_address *at_block, lq_grant_scratch *scratch,
                             const lq_grant_out *out)
{
    const job j = {.plan = plan,
                   .grid = grid,
                   .company = &world->company[plan->company],
                   .fx = plan->fx_company >= 0 ? world->fx[plan->fx_company] : NULL,
                   .last = employment->last_month,
                   .s = scratch,
                   .out = out};
    size_units(&j, world);
    if (plan->probability < 1.0) draw_granted(&j, at_block);
    if (plan->unvested > 0.0) note_unvested(&j);
    if (plan->route != LQ_ROUTE_LISTED_SELL) clear_holding(scratch);
    switch (plan->route) {
    case LQ_ROUTE_LISTED_SELL:
        LQ_KERNEL(lq_grant_sell_at_vest)(&j);
        break;
    case LQ_ROUTE_LISTED_HOLD:
        LQ_KERNEL(lq_grant_hold_to_horizon)(&j);
        break;
    case LQ_ROUTE_DOUBLE:
        run_tenders(&j, tender_double);
        for (size_t l = 0; l < LQ_LANES; l++)
            settle_double_lane(&j, l);
        break;
    case LQ_ROUTE_UNITS:
        for (size_t l = 0; l < LQ_LANES; l++)
            settle_units_lane(&j, l);
        break;
    default:
        settle_single(&j);
        break;
    }
}
