#include "equity/job.h"

#include "num/lanes.h"
#include "rng/draws.h"

#include <math.h>
#include <string.h>

typedef lq_grant_job job;

/* ---- size of the grant ---- */

static void draw_granted(const job *j)
{
    lq_words words;
    LQ_KERNEL(lq_draws_words)
    (j->at, j->plan->stream_refresh, (uint32_t)j->plan->granted_month, &words);
    for (int l = 0; l < LQ_LANES; l++)
        if (lq_words_uniform(&words, 0, l) >= j->plan->probability) j->s->units[l] = 0.0;
}

/* Units on the path: the value at the granted month over the price of that date. Who has left,
 * or whose employer has failed, is granted nothing. */
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
        const bool gone = !is_private && j->company->exit_kind[l] == (double)LQ_EXIT_FAILURE;
        const double basis =
            p->priced_at_409a && is_private ? j->company->appraised[row + l] : price[row + l];
        units[l] = j->last[l] >= (double)p->granted_month && basis > 0.0 && !gone
                       ? value / basis
                       : 0.0;
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

/* The same on every lane; money[l] in the company's currency, 0 where nothing is paid. */
static void settle_lanes(const job *j, const double *restrict month, double *restrict money)
{
    double *restrict first_cash = j->out->first_cash;
    for (size_t l = 0; j->fx && l < LQ_LANES; l++)
        if (money[l] != 0.0) money[l] *= lq_grant_fx(j, month[l], l);
    lq_flow_lanes(j->out->ledger, j->grid, month, LQ_INCOME_UNITS, money);
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++)
        first_cash[l] = money[l] != 0.0 && month[l] < first_cash[l] ? month[l] : first_cash[l];
}

/* R15: what is stuck at K; the tax due if it were sold then is taken as on any income.
 * amount[l]: units times what one is worth. */
static void settle_residuals(const job *j, double *restrict amount)
{
    const size_t k = j->plan->n_months;
    const double discount = j->grid->discount[k];
    if (j->fx)
        for (int l = 0; l < LQ_LANES; l++)
            amount[l] *= j->fx[k * LQ_LANES + (size_t)l];
    lq_grant_flow_row(j, k, LQ_INCOME_UNITS, amount);
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++)
        j->out->stuck[l] += discount * amount[l];
}

/* P(a trigger comes before the units expire | alive and untriggered at K). */
LQ_INLINE double trigger_probability(double years, double exit_rate, double trigger_share)
{
    const double mass = exit_rate * (years > 0.0 ? years : 0.0);
    const double some = 1.0 - lq_lane_exp(-(mass < 700.0 ? mass : 700.0));
    const double comes = mass < 700.0 ? some : 1.0;
    return years > 0.0 ? trigger_share * comes : 0.0;
}

static bool tender_open(const job *j, size_t l, double month)
{
    return month < j->company->exit_month[l] && month <= lq_grant_stays_until(j, l) &&
           month >= j->plan->tender_from_month;
}

/* R2: a tender of month k is on what had vested by k - 1. */
static void tender_double(const job *j, size_t l, size_t k, double price)
{
    const lq_grant_plan *p = j->plan;
    if (!tender_open(j, l, (double)k) || (double)k > p->expiry_month) return;
    const double vested =
        p->vested[(size_t)lq_grant_min((double)(k - 1), j->last[l])] * j->s->units[l];
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

/* Vests of the months between an IPO and its market, while employed: income, and held. */
static void hold_vests(const job *j, size_t l, double from, double not_before)
{
    const lq_grant_plan *p = j->plan;
    for (size_t i = 0; i < p->n_vests; i++) {
        const double k = (double)p->vest_month[i];
        if (k <= from) continue;
        if (k > j->last[l] || k >= not_before) break;
        lq_grant_hold(j, l, p->vest_weight[i] * j->s->units[l],
                      j->company->price[lq_grant_at(k, l)], k);
    }
}

/* Holds what vests until the market opens to the holder, or sells in stages. @return the month
 * after which vests are sold as they vest. */
static double hold_to_market(const job *j, size_t l)
{
    const double exit = j->company->exit_month[l], liquid = j->company->liquid_month[l];
    if (lq_grant_is_staged(j, l)) return LQ_KERNEL(lq_grant_release)(j, l);
    hold_vests(j, l, exit, liquid);
    return liquid > exit ? liquid - 1.0 : exit;
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

/* Company alive and private at K. */
static void settle_untriggered(const job *j)
{
    const lq_grant_plan *p = j->plan;
    const lq_company_world *c = j->company;
    const double end = (double)p->n_months, years = p->expiry_years_after;
    const double *restrict vested = p->vested, *restrict last = j->last;
    const double *restrict units = j->s->units, *restrict sold = j->s->sold;
    const double *restrict residual = c->residual, *restrict exit = c->exit_month;
    const double *restrict rate = c->exit_rate, *restrict share = c->trigger_share;
    LQ_LANE_ARRAY(amount);
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++) {
        const double rest = vested[(int)last[l]] * units[l] - sold[l];
        const double worth = rest * lq_grant_over(residual[l], 0.0) *
                             trigger_probability(years, rate[l], share[l]);
        amount[l] = exit[l] > end ? worth : 0.0;
    }
    settle_residuals(j, amount);
}

/* What the trigger settles. Later vests are paid after the month returned. stuck: units whose
 * market comes after K. */
static double settle_trigger(const job *j, size_t l, double *stuck)
{
    const lq_grant_plan *p = j->plan;
    const double exit = j->company->exit_month[l], liquid = j->company->liquid_month[l];
    const double end = (double)p->n_months;
    /* expired whole: what has vested, and what would */
    if (exit > end || exit > p->expiry_month) return (double)INFINITY;
    const double trigger = p->settle_at_ipo ? exit : lq_grant_min(liquid, end);
    const double vested = p->vested[(size_t)lq_grant_min(trigger, j->last[l])];
    const double rest = vested * j->s->units[l] - j->s->sold[l];
    if (rest > 0.0) {
        if (lq_grant_is_bought(j, l)) LQ_KERNEL(lq_grant_close_money)
        (j, l, rest * j->company->price[lq_grant_at(exit, l)]);
        else if (p->settle_at_ipo && liquid > exit)
            lq_grant_hold(j, l, rest, j->company->price[lq_grant_at(exit, l)], exit);
        else if (liquid <= end)
            settle_lane(j, l, rest, j->company->price[lq_grant_at(liquid, l)], liquid);
        else *stuck = rest * lq_grant_over(j->company->residual[l], 0.0);
    }
    return p->settle_at_ipo ? hold_to_market(j, l) : trigger;
}

static void settle_double(const job *j)
{
    static const double no_strike[LQ_LANES];
    LQ_LANE_ARRAY(from);
    LQ_LANE_ARRAY(stuck);
    settle_untriggered(j);
    memset(stuck, 0, sizeof stuck);
    for (size_t l = 0; l < LQ_LANES; l++)
        from[l] = settle_trigger(j, l, &stuck[l]);
    settle_residuals(j, stuck);
    if (j->plan->sale) LQ_KERNEL(lq_grant_accelerate)(j, no_strike);
    LQ_KERNEL(lq_grant_pay_later)(j, from, no_strike);
    for (size_t l = 0; l < LQ_LANES; l++)
        if (from[l] < (double)INFINITY) sell_after_lockup(j, l, j->company->liquid_month[l]);
}

/* Vested units are owned: paid in money when there is a market, later vests as they vest. The
 * threshold is one of the whole company, so per share it falls as shares are issued. */
static void settle_units(const job *j)
{
    const lq_grant_plan *p = j->plan;
    const lq_company_world *c = j->company;
    const double end = (double)p->n_months;
    LQ_LANE_ARRAY(from);
    LQ_LANE_ARRAY(strike);
    LQ_LANE_ARRAY(stuck);
    LQ_LANE_ARRAY(now);
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++) {
        const double paid = lq_grant_min(c->liquid_month[l], end);
        const double owned = p->vested[(int)lq_grant_min(paid, j->last[l])] * j->s->units[l];
        const bool waits = c->liquid_month[l] > end;
        strike[l] = p->threshold / c->shares[l];
        const double left = lq_grant_over(c->residual[l], strike[l] * p->residual_keep);
        const double price = lq_grant_over(c->price[(int)paid * LQ_LANES + l], strike[l]);
        stuck[l] = waits ? owned * left : 0.0;
        now[l] = waits ? 0.0 : owned;
        from[l] = waits ? (double)INFINITY : paid;
        now[l] *= price;
    }
    settle_residuals(j, stuck);
    for (size_t l = 0; p->sale && l < LQ_LANES; l++)
        if (now[l] != 0.0 && lq_grant_is_bought(j, l)) {
            LQ_KERNEL(lq_grant_close_money)(j, l, now[l]);
            now[l] = 0.0;
        }
    settle_lanes(j, from, now);
    if (p->sale) LQ_KERNEL(lq_grant_accelerate)(j, strike);
    LQ_KERNEL(lq_grant_pay_later)(j, from, strike);
}

static void tender_single(const job *j, size_t l, size_t k, double price)
{
    if (tender_open(j, l, (double)k))
        lq_grant_sell(j, l, j->company->tender_cap[k * LQ_LANES + l], price, (double)k);
}

static void settle_after_single(const job *j)
{
    static const double no_strike[LQ_LANES];
    LQ_LANE_ARRAY(from);
    for (size_t l = 0; l < LQ_LANES; l++) {
        const bool exits = j->company->exit_month[l] <= (double)j->plan->n_months;
        from[l] = exits ? hold_to_market(j, l) : (double)INFINITY;
    }
    if (j->plan->sale) LQ_KERNEL(lq_grant_accelerate)(j, no_strike);
    LQ_KERNEL(lq_grant_pay_later)(j, from, no_strike);
    for (size_t l = 0; l < LQ_LANES; l++)
        if (lq_grant_is_bought(j, l))
            LQ_KERNEL(lq_grant_close_shares)(j, l);
        else
            sell_after_lockup(j, l, j->company->liquid_month[l]);
}

/* Each vest is income at the last 409A, or what an exit in its month makes of it. */
static void vest_single(const job *j, size_t k, double weight)
{
    const double month = (double)k;
    for (size_t l = 0; l < LQ_LANES; l++) {
        if (j->last[l] < month || month > j->company->exit_month[l]) continue;
        const bool exits_now = month == j->company->exit_month[l];
        const double price = exits_now ? j->company->price[k * LQ_LANES + l]
                                       : j->company->appraised[k * LQ_LANES + l];
        if (exits_now && lq_grant_is_bought(j, l))
            LQ_KERNEL(lq_grant_close_money)(j, l, weight * j->s->units[l] * price);
        else if (exits_now && j->company->liquid_month[l] <= month)
            settle_lane(j, l, weight * j->s->units[l], price, month);
        else
            lq_grant_hold(j, l, weight * j->s->units[l], price, month);
    }
}

/* Single trigger: the units wait for a market. Tenders come before the vests of their month,
 * the holder's own sales after them, so months run outside and lanes inside. */
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
        if (next < p->n_vests && p->vest_month[next] == k)
            vest_single(j, k, p->vest_weight[next++]);
        LQ_KERNEL(lq_grant_secondary)(j, k);
    }
    settle_after_single(j);
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
    const bool can_expire = p->route == LQ_ROUTE_DOUBLE, may_wait = p->route >= LQ_ROUTE_DOUBLE;
    const double *fair = (may_wait ? c->fair : c->price) + row, *price = c->price + row;
    LQ_LANE_ARRAY(lost);
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++) {
        const bool is_private = may_wait && c->exit_month[l] > end;
        const double trigger = is_private ? end : c->exit_month[l];
        const bool none = j->last[l] < end || (can_expire && trigger > p->expiry_month);
        const double strike = p->threshold > 0.0 ? p->threshold / c->shares[l] : 0.0;
        const double worth = lq_grant_over(is_private ? fair[l] : price[l], strike);
        lost[l] = none ? 0.0 : weight * j->s->units[l] * worth;
    }
    for (size_t l = 0; p->sale && l < LQ_LANES; l++)
        if (j->s->accelerated[l] <= end) lost[l] *= 1.0 - p->sale->accelerated;
    for (size_t l = 0; l < LQ_LANES; l++)
        j->out->unvested[l] += j->fx ? lost[l] * j->fx[row + l] : lost[l];
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
                   .at = at_block,
                   .employment = employment,
                   .s = scratch,
                   .out = out};
    size_units(&j, world);
    if (plan->probability < 1.0) draw_granted(&j);
    if (plan->sale) LQ_KERNEL(lq_grant_note_close)(&j);
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
        settle_double(&j);
        break;
    case LQ_ROUTE_UNITS:
        settle_units(&j);
        break;
    default:
        settle_single(&j);
        break;
    }
}
