#include "plan/build.h"

#include "company/opm.h"
#include "num/scalar.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* An ask or a point of a band shares what nobody knows with its letter. */
static double number(const lq_builder *b, const lq_offer *o, const lq_value *v, const char *key)
{
    return lq_builder_number(b, v, "offers", o->letter_id, key);
}

/* One figure stands behind all refreshers, so that they share its draw. */
static double grant_number(const lq_builder *b, const lq_offer *o, const lq_grant *g,
                           const lq_value *v, const char *key)
{
    char address[128];
    snprintf(address, sizeof address, "%s.%s", g->is_refresh ? "refresh" : g->id, key);
    return number(b, o, v, address);
}

/* ---- pay ---- */

/* Monthly pay of a yearly amount with a raise every twelve months. */
static const double *pay_by_month(const lq_builder *b, double base, double raise)
{
    const size_t h = b->plan->grid.horizon;
    double *salary = lq_arena_calloc(b->arena, h + 1, sizeof *salary);
    double now = base / 12.0;
    for (size_t k = 1; salary && k <= h; k++) {
        if (k > 1 && (k - 1) % 12 == 0) now *= 1.0 + raise;
        salary[k] = now;
    }
    return salary;
}

/* [end][year][m]: base pay of the year when m is the last month here; an end by the employer's
 * failure (1) or buyer (2) is followed by a search. */
static const double *salary_table(const lq_builder *b, const lq_pay_plan *pay, bool discounted)
{
    const lq_grid *g = &b->plan->grid;
    const size_t row = pay->horizon + 1, years = pay->n_salary_years;
    const size_t n_ends = pay->layoff > 0.0 ? 3 : 2;
    double *table = lq_arena_calloc(b->arena, n_ends * years * row, sizeof *table);
    for (size_t end = 0; table && end < n_ends; end++)
        for (size_t m = 0; m < row; m++)
            for (size_t k = 1; k < row; k++) {
                const double last = (double)m - (end == 1 && pay->last_wage_lost ? 1.0 : 0.0);
                const double back = last + (end ? pay->gap_months : 0.0);
                const double pays = (double)k <= last  ? pay->salary[k]
                                    : (double)k > back ? pay->fallback[k]
                                                       : 0.0;
                const size_t year = (size_t)g->year_of_month[k];
                table[(end * years + year) * row + m] +=
                    discounted ? pays * g->discount[k] : pays;
            }
    return table;
}

static void build_bonus(const lq_builder *b, const lq_offer *o, lq_pay_plan *pay)
{
    const size_t h = pay->horizon, n = (h + 11) / 12;
    const double target = number(b, o, &o->bonus.target, "bonus.target");
    pay->payout =
        o->bonus.payout.given
            ? lq_builder_draw(b, &o->bonus.payout, "offers", o->letter_id, "bonus.payout")
            : (lq_draw){.kind = LQ_DRAW_CONSTANT, .low = 1.0, .mean = 1.0};
    if (target == 0.0) return;
    lq_bonus_plan *rows = lq_arena_calloc(b->arena, n, sizeof *rows);
    if (!rows) return;
    for (size_t y = 0; y < n; y++) {
        const size_t end = (y + 1) * 12 < h ? (y + 1) * 12 : h;
        const double months = (double)(end - y * 12);
        rows[y] = (lq_bonus_plan){.month = end,
                                  .draw = (uint32_t)y + 1,
                                  .on_target = target * pay->salary[end] * months};
    }
    pay->bonuses = rows;
    pay->n_bonuses = n;
}

static void build_sign_on(const lq_builder *b, const lq_offer *o, lq_pay_plan *pay)
{
    const double amount =
        o->sign_on.amount.given ? number(b, o, &o->sign_on.amount, "sign_on.amount") : 0.0;
    const lq_vesting_row *row = o->sign_on.instalments.items;
    const size_t n = o->sign_on.instalments.len;
    pay->clawback_months =
        o->sign_on.clawback.given ? lq_value_months(&o->sign_on.clawback) : 0;
    pay->clawback_all = o->sign_on.clawback_rule == 1;
    if (amount == 0.0) return;
    lq_instalment_plan *rows = lq_arena_calloc(b->arena, n + 1, sizeof *rows);
    if (!rows) return;
    pay->n_instalments = n ? 0 : 1;
    if (!n) rows[0] = (lq_instalment_plan){.month = 0, .amount = amount};
    for (size_t i = 0; i < n; i++) {
        const size_t month = (size_t)rint(row[i].months);
        if (month > pay->horizon) continue;
        rows[pay->n_instalments++] =
            (lq_instalment_plan){.month = month, .amount = amount * row[i].fraction};
    }
    pay->instalments = rows;
}

static void build_pay(const lq_builder *b, const lq_offer *o, lq_pay_plan *pay)
{
    const lq_grid *g = &b->plan->grid;
    const lq_company *c = lq_builder_company(b, o->company);
    *pay = (lq_pay_plan){.n_months = g->n_months, .horizon = g->horizon, .company = o->company};
    pay->leaving = o->leaving.given ? number(b, o, &o->leaving, "leaving") : 0.0;
    pay->stream_resignation = lq_stream_make(LQ_PURPOSE_RESIGNATION, NULL);
    pay->stream_bonus = lq_stream_make(LQ_PURPOSE_BONUS, c->id);
    pay->employer_can_fail =
        c->listing == 1 && (c->failure.hazard.kind != LQ_HAZARD_NONE || c->floor.given);
    pay->fx_offer = lq_builder_fx(b, o->currency);
    const double base = number(b, o, &o->base, "base"),
                 raise = number(b, o, &o->raise, "raise");
    pay->salary = pay_by_month(b, base, raise);
    pay->fallback = pay_by_month(
        b, o->fallback.given ? number(b, o, &o->fallback, "fallback") : base, raise);
    pay->gap_months = o->search_gap.given ? (double)lq_value_months(&o->search_gap) : 0.0;
    pay->last_wage_lost = o->last_wage == 1;
    lq_build_closing(b, c, pay);
    if (!pay->salary || !pay->fallback) return;
    pay->has_salary = pay->salary[g->horizon] > 0.0 || pay->fallback[g->horizon] > 0.0;
    pay->n_salary_years = (size_t)g->year_of_month[g->horizon] + 1;
    pay->salary_amount = salary_table(b, pay, false);
    pay->salary_present = salary_table(b, pay, true);
    build_bonus(b, o, pay);
    build_sign_on(b, o, pay);
}

/* ---- grants ---- */

static lq_vesting_spec spec_of(const lq_vesting_rule *rule, double *fractions, int *months)
{
    lq_vesting_spec s = {.years_frac = fractions, .months = months, .every_months = 1};
    if (rule->every.given) s.every_months = lq_value_months(&rule->every);
    if (rule->cliff.given) s.cliff_months = lq_value_months(&rule->cliff);
    if (rule->kind == LQ_VESTING_OVER) {
        s.form = LQ_VESTING_EVENLY;
        s.over_months = lq_value_months(&rule->over);
        return s;
    }
    s.form = rule->kind == LQ_VESTING_YEARS ? LQ_VESTING_BY_YEARS : LQ_VESTING_BY_TABLE;
    s.n = rule->kind == LQ_VESTING_YEARS ? rule->years.len : rule->table.len;
    if (s.n > LQ_VESTING_MAX_EVENTS) s.n = LQ_VESTING_MAX_EVENTS;
    for (size_t i = 0; i < s.n; i++) {
        const lq_vesting_row *row = rule->table.items;
        fractions[i] = rule->kind == LQ_VESTING_YEARS ? ((const double *)rule->years.items)[i]
                                                      : row[i].fraction;
        months[i] = rule->kind == LQ_VESTING_YEARS ? 0 : (int)rint(row[i].months);
    }
    return s;
}

size_t lq_plan_vests(const lq_grant *grant, lq_vest *vests)
{
    double fractions[LQ_VESTING_MAX_EVENTS];
    int months[LQ_VESTING_MAX_EVENTS];
    const lq_vesting_spec spec = spec_of(&grant->vesting, fractions, months);
    return lq_vesting_expand(&spec, vests);
}

/* Common share today over the preferred price (private), in the company's currency. */
static double fair_common_price(const lq_builder *b, size_t company)
{
    const lq_company_plan *p = &b->plan->companies[company];
    const double hi = p->ipo.rate[0], ha = p->acquisition.rate[0],
                 h = hi + ha + p->failure.rate[0];
    const double term = fmin(5.0, fmax(0.5, 1.0 / (h + 1e-9)));
    const double ipo_share = hi + ha > 0.0 ? hi / (hi + ha) : 0.0;
    const lq_exit_law law = lq_exit_law_at(p->volatility, p->rate, term, ipo_share);
    return lq_stack_common_call(&p->stack.opening, &law, lq_exp(p->start_log2 / LQ_LOG2_E),
                                0.0);
}

static double price_today(const lq_builder *b, size_t company, int priced_at)
{
    const lq_company *c = lq_builder_company(b, company);
    if (c->listing == 0) return c->price.p[0];
    if (priced_at == LQ_PRICED_AT_409A)
        return fair_common_price(b, company) *
               (c->deal.price.given ? 1.0 : b->plan->companies[company].residual_keep);
    return b->plan->companies[company].start_price;
}

/* The threshold of units per share today: what is above it is theirs. */
static double strike_today(const lq_builder *b, const lq_offer *o, const lq_grant *g)
{
    if (!g->threshold.given) return 0.0;
    return grant_number(b, o, g, &g->threshold, "threshold") /
           b->plan->companies[o->company].stack.diluted;
}

/* The letter's number in the offer's currency. */
static double face_value(const lq_builder *b, const lq_offer *o, const lq_grant *g)
{
    return grant_number(b, o, g, &g->value, "value") *
           (lq_builder_spot(b, g->value.currency) / lq_builder_spot(b, o->currency));
}

/* Letter value of a grant in the offer's currency, and its units if they are known today. */
static double grant_value(const lq_builder *b, const lq_offer *o, const lq_grant *g,
                          double *units)
{
    const lq_company *c = lq_builder_company(b, o->company);
    const double price = price_today(b, o->company, g->priced_at);
    const double rate = lq_builder_spot(b, o->currency) / lq_builder_spot(b, c->currency);
    const double over = price > 0.0 ? fmax(0.0, 1.0 - strike_today(b, o, g) / price) : 0.0;
    if (g->value.given) {
        const double value = face_value(b, o, g);
        *units = value * rate / price;
        return value * over;
    }
    *units = g->units.given ? grant_number(b, o, g, &g->units, "units")
                            : grant_number(b, o, g, &g->share, "share") *
                                  b->plan->companies[o->company].stack.diluted;
    return *units * price / rate * over;
}

static lq_status build_vests(const lq_builder *b, const lq_offer *o, const lq_grant *g,
                             double units, lq_grant_plan *out, lq_error *err)
{
    lq_vest vests[LQ_VESTING_MAX_EVENTS];
    const size_t n = lq_plan_vests(g, vests), h = out->horizon;
    if (n == 0)
        return LQ_FAIL(err, LQ_ECONFIG, .file = g->mark.file, .line = g->mark.line,
                       .column = g->mark.column, .key = o->id,
                       .expected = "a vesting schedule of 1 to 480 vests",
                       .got = "none, or more");
    size_t *month = lq_arena_calloc(b->arena, n, sizeof *month);
    double *weight = lq_arena_calloc(b->arena, n, sizeof *weight);
    double *vested = lq_arena_calloc(b->arena, out->n_months + 1, sizeof *vested);
    double *growth = lq_arena_calloc(b->arena, n, sizeof *growth);
    if (!month || !weight || !vested || !growth) return LQ_FAIL(err, LQ_ENOMEM, .key = o->id);
    const lq_company *c = lq_builder_company(b, o->company);
    const double yield =
        lq_builder_number(b, &c->dividend_yield, "companies", c->id, "dividend_yield");
    const bool whole = g->vesting.rounding == 1 && !out->priced_on_path;
    for (size_t i = 0; i < n; i++) {
        const size_t at = out->granted_month + (size_t)vests[i].month;
        const double now = whole ? lq_vesting_whole_units(units, vests[i].cumulative_frac)
                                 : units * vests[i].cumulative_frac;
        if (at > h) break; /* R14: unvested at H is forfeited */
        month[out->n_vests] = at;
        weight[out->n_vests] = now - vested[out->n_months];
        growth[out->n_vests] = lq_exp(yield * (double)(h - at) / 12.0);
        out->n_vests++;
        for (size_t k = at; k <= out->n_months; k++)
            vested[k] = now;
    }
    if (out->n_vests < n && out->granted_month <= h)
        out->unvested =
            (whole ? lq_vesting_whole_units(units, 1.0) : units) - vested[out->n_months];
    out->vest_month = month;
    out->vest_weight = weight;
    out->vested = vested;
    out->hold_growth = growth;
    return LQ_OK;
}

static void choose_route(const lq_company *c, const lq_grant *g, lq_grant_plan *out)
{
    if (c->listing == 0)
        out->route = g->sell == 1 ? LQ_ROUTE_LISTED_HOLD : LQ_ROUTE_LISTED_SELL;
    else
        out->route = g->instrument == LQ_INSTRUMENT_UNITS ? LQ_ROUTE_UNITS
                     : g->trigger == 1                    ? LQ_ROUTE_DOUBLE
                                                          : LQ_ROUTE_SINGLE;
    out->tender_allowed = c->listing == 1 && c->tenders.hazard.kind != LQ_HAZARD_NONE &&
                          (out->route == LQ_ROUTE_SINGLE ||
                           (out->route == LQ_ROUTE_DOUBLE && c->tenders.settles));
    out->tender_from_month = (double)lq_value_months(&c->tenders.min_tenure);
}

/* Rows of prices that this grant reads. */
static void mark_observed(const lq_builder *b, const lq_grant_plan *g)
{
    unsigned char *price = b->observe_price[g->company];
    for (size_t i = 0; i < g->n_vests; i++) {
        price[g->vest_month[i]] = 1;
        if (g->route == LQ_ROUTE_SINGLE) b->observe_appraised[g->company][g->vest_month[i]] = 1;
    }
    if (g->route == LQ_ROUTE_LISTED_HOLD) price[g->horizon] = 1;
    if (g->unvested > 0.0) price[g->horizon] = b->observe_fair[g->company][g->horizon] = 1;
    if (!g->priced_on_path) return;
    price[g->granted_month] = 1;
    b->observe_preferred[g->company][g->granted_month] = 1;
    if (g->priced_at_409a) b->observe_appraised[g->company][g->granted_month] = 1;
}

static lq_status build_grant(const lq_builder *b, const lq_offer *o, const lq_grant *g,
                             const lq_tax_plan *tax, lq_grant_plan *out, lq_error *err)
{
    const lq_grid *grid = &b->plan->grid;
    const lq_company *c = lq_builder_company(b, o->company);
    double units = 1.0;
    *out =
        (lq_grant_plan){.company = o->company,
                        .n_months = grid->n_months,
                        .horizon = grid->horizon,
                        .granted_month = (size_t)g->granted_month,
                        .priced_on_path = g->granted_month > 0 && g->value.given,
                        .stream_refresh = lq_stream_make(LQ_PURPOSE_REFRESH, c->id),
                        .priced_at_market = c->listing == 0,
                        .priced_at_409a = c->listing == 1 && g->priced_at == LQ_PRICED_AT_409A,
                        .settle_at_ipo = g->settle == 0,
                        .withheld = tax->rate[LQ_INCOME_UNITS],
                        .fx_company = lq_builder_fx(b, c->currency),
                        .fx_offer = lq_builder_fx(b, o->currency)};
    out->probability =
        g->probability.given ? grant_number(b, o, g, &g->probability, "probability") : 1.0;
    out->value = grant_value(b, o, g, &units);
    if (out->priced_on_path) out->value = face_value(b, o, g);
    if (out->priced_on_path) units = 1.0;
    choose_route(c, g, out);
    if (g->threshold.given) out->threshold = grant_number(b, o, g, &g->threshold, "threshold");
    out->residual_keep = b->plan->companies[o->company].residual_keep;
    LQ_TRY(build_vests(b, o, g, units, out, err));
    const bool expires = out->route == LQ_ROUTE_DOUBLE && g->expiry.given && !g->expiry_waived;
    out->expiry_month = expires ? (double)g->granted_month +
                                      rint(12.0 * grant_number(b, o, g, &g->expiry, "expiry"))
                                : (double)(grid->n_months + 2);
    out->expiry_years_after =
        expires ? (out->expiry_month - (double)grid->n_months) / 12.0 : (double)INFINITY;
    if (out->route == LQ_ROUTE_SINGLE) out->secondary = lq_build_secondary(b, o->company);
    out->sale = lq_build_sale(b, o, g);
    out->lockup = lq_build_lockup(b, c);
    mark_observed(b, out);
    return LQ_OK;
}

/* ---- headline ---- */

static void build_headline(const lq_builder *b, const lq_offer *o, lq_offer_plan *out)
{
    const double spot = lq_builder_spot(b, o->currency);
    const lq_grant *g = o->grants.items;
    out->headline_total = o->headline_total * spot;
    out->headline_equity = o->headline_equity * spot;
    for (size_t i = 0; i < out->pay.n_bonuses; i++)
        out->headline_bonus += out->pay.bonuses[i].on_target * spot;
    for (size_t i = 0; i < out->n_grants; i++) {
        const lq_grant_plan *p = &out->grants[i];
        const lq_company *c = lq_builder_company(b, o->company);
        const double share = p->vested[p->n_months]; /* units, or fraction, vested by H */
        const double price = price_today(b, o->company, g[i].priced_at);
        const double common = c->listing == 1 ? fair_common_price(b, o->company) : price;
        const double fair = fmax(0.0, common - strike_today(b, o, &g[i]));
        out->headline_paper_fair += p->priced_on_path
                                        ? p->value * share * spot * (fair / price)
                                        : share * fair * lq_builder_spot(b, c->currency);
    }
}

static lq_status build_offer(const lq_builder *b, size_t i, lq_error *err)
{
    const lq_offer *o = lq_builder_offer(b, i);
    const lq_grant *g = o->grants.items;
    lq_offer_plan *out = &b->plan->offers[i];
    out->id = o->id;
    out->company = o->company;
    build_pay(b, o, &out->pay);
    lq_build_tax(b, o, out);
    out->n_grants = o->grants.len;
    out->grants = lq_arena_calloc(b->arena, out->n_grants + 1, sizeof *out->grants);
    if (lq_arena_failed(b->arena)) return LQ_FAIL(err, LQ_ENOMEM, .key = o->id);
    for (size_t k = 0; k < out->n_grants; k++)
        LQ_TRY(build_grant(b, o, &g[k], &out->tax, &out->grants[k], err));
    lq_narrow_tax(b, out);
    build_headline(b, o, out);
    return LQ_OK;
}

/* A listed company moves as far as its last observed row. */
static void finish_listed(const lq_builder *b)
{
    for (size_t i = 0; i < b->plan->n_companies; i++) {
        lq_gbm_plan *p = &b->plan->listed[i];
        for (size_t k = 0; k <= b->plan->grid.n_months; k++)
            if (b->observe_price[i][k]) p->n_months = k;
    }
}

lq_status lq_build_offers(lq_builder *b, lq_error *err)
{
    lq_plan *plan = b->plan;
    plan->n_offers = b->scenario->offers.len;
    plan->offers = lq_arena_calloc(b->arena, plan->n_offers + 1, sizeof *plan->offers);
    if (!plan->offers) return LQ_FAIL(err, LQ_ENOMEM, .key = "offers");
    for (size_t i = 0; i < plan->n_offers; i++)
        LQ_TRY(build_offer(b, i, err));
    finish_listed(b);
    return LQ_OK;
}
