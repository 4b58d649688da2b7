#include "plan/laws.h"

#include "num/scalar.h"

#include <math.h>
#include <string.h>

/* ---- the risk-free curve: effective annual rates at tenors, straight lines between them ----
 */

double lq_plan_zero_rate(const lq_list *rates, double years)
{
    const lq_tenor *t = rates->items;
    const size_t n = rates->len;
    if (n == 0) return 0.0;
    if (years <= t[0].years || n == 1) return lq_log(1.0 + t[0].rate);
    for (size_t i = 1; i < n; i++) {
        if (years > t[i].years) continue;
        const double a = lq_log(1.0 + t[i - 1].rate), b = lq_log(1.0 + t[i].rate);
        return a + (b - a) * (years - t[i - 1].years) / (t[i].years - t[i - 1].years);
    }
    return lq_log(1.0 + t[n - 1].rate);
}

static size_t months_of(const lq_value *duration)
{
    return (size_t)lq_value_months(duration);
}

void lq_build_grid(lq_builder *b)
{
    const lq_simulation *s = &b->scenario->simulation;
    lq_grid *g = &b->plan->grid;
    g->n_months = months_of(&s->liquidity_horizon);
    g->horizon = months_of(&s->horizon);
    int *year = lq_arena_calloc(b->arena, g->n_months + 1, sizeof *year);
    double *discount = lq_arena_calloc(b->arena, g->n_months + 1, sizeof *discount);
    b->forward = lq_arena_calloc(b->arena, g->n_months + 1, sizeof *b->forward);
    if (!year || !discount || !b->forward) return;
    g->first_year = s->start.year;
    double before = 0.0;
    for (size_t k = 0; k <= g->n_months; k++) {
        const double years = (double)k / 12.0;
        const double exponent = lq_plan_zero_rate(&b->scenario->market.rates, years) * years;
        year[k] = lq_date_of_month(s->start, (int)k).year - g->first_year;
        discount[k] = lq_exp(-exponent);
        b->forward[k] = exponent - before;
        before = exponent;
    }
    g->n_years = (size_t)year[g->n_months] + 1;
    g->year_of_month = year;
    g->discount = discount;
}

/* ---- currencies ---- */

static const lq_fx *fx_items(const lq_builder *b)
{
    return b->scenario->market.fx.items;
}

int lq_builder_fx(const lq_builder *b, const char *currency)
{
    if (!currency[0] || strcmp(currency, b->scenario->currency) == 0) return -1;
    for (size_t i = 0; i < b->plan->n_fx; i++)
        if (strcmp(fx_items(b)[i].currency, currency) == 0) return (int)i;
    return -1;
}

double lq_builder_spot(const lq_builder *b, const char *currency)
{
    const int i = lq_builder_fx(b, currency);
    return i < 0 ? 1.0 : fx_items(b)[i].spot.p[0];
}

double lq_builder_forward(const lq_builder *b, int fx, size_t k)
{
    if (fx < 0) return b->forward[k];
    const lq_fx *f = &fx_items(b)[fx];
    return lq_log(1.0 + lq_builder_number(b, &f->rate, "market.fx", f->id, "rate")) / 12.0;
}

static const unsigned char *observe_all(const lq_builder *b)
{
    unsigned char *all = lq_arena_calloc(b->arena, b->plan->grid.n_months + 1, 1);
    if (all) memset(all, 1, b->plan->grid.n_months + 1);
    return all;
}

/* A currency that no offer and no company has is never read. */
static bool is_read(const lq_builder *b, const char *currency)
{
    const lq_offer *offer = b->scenario->offers.items;
    const lq_company *company = b->scenario->companies.items;
    bool found = false;
    for (size_t i = 0; i < b->scenario->offers.len; i++)
        found |= strcmp(offer[i].currency, currency) == 0;
    for (size_t i = 0; i < b->scenario->companies.len; i++)
        found |= strcmp(company[i].currency, currency) == 0;
    return found;
}

static void build_fx(lq_builder *b, size_t i, lq_gbm_plan *out)
{
    const lq_fx *f = &fx_items(b)[i];
    const size_t n = b->plan->grid.n_months;
    const double sd = lq_builder_number(b, &f->volatility, "market.fx", f->id, "volatility");
    const double rho = lq_builder_number(b, &f->correlation, "market.fx", f->id, "correlation");
    const bool level = f->drift == 1 && b->scenario->simulation.measure == LQ_MEASURE_REAL;
    double *drift = lq_arena_calloc(b->arena, n + 1, sizeof *drift);
    if (!drift) return;
    for (size_t k = 1; k <= n; k++) {
        const double carry = level ? 0.0 : b->forward[k] - lq_builder_forward(b, (int)i, k);
        drift[k] = (carry - 0.5 * sd * sd / 12.0) * LQ_LOG2_E;
    }
    const double loading = rho * sd * sqrt(1.0 / 12.0);
    lq_build_law_drift(b, loading, 0.0, 0.0, drift);
    b->plan->fx_link[i] = lq_build_market_link(b, loading, 0.0);
    *out = (lq_gbm_plan){.stream = lq_stream_make(LQ_PURPOSE_FX, f->currency),
                         .start_log2 = lq_log(f->spot.p[0]) * LQ_LOG2_E,
                         .drift_log2 = drift,
                         .loading_market_log2 = rho * sd * sqrt(1.0 / 12.0) * LQ_LOG2_E,
                         .loading_own_log2 =
                             sqrt(1.0 - rho * rho) * sd * sqrt(1.0 / 12.0) * LQ_LOG2_E,
                         .n_months = is_read(b, f->currency) ? n : 0,
                         .observe = observe_all(b)};
}

/* ---- the market ---- */

static void build_market(lq_builder *b)
{
    const lq_market *m = &b->scenario->market;
    const size_t n = b->plan->grid.n_months;
    b->market_sd = lq_builder_number(b, &m->volatility, "market", "factor", "volatility");
    b->market_premium =
        lq_builder_number(b, &m->equity_premium, "market", "factor", "equity_premium");
    const bool real = b->scenario->simulation.measure == LQ_MEASURE_REAL;
    const double premium = real ? b->market_premium : 0.0;
    double *drift = lq_arena_calloc(b->arena, n + 1, sizeof *drift);
    if (!drift) return;
    for (size_t k = 1; k <= n; k++) {
        const double stress = real ? lq_stress_premium(b, k) - premium / 12.0 : 0.0;
        drift[k] =
            (b->forward[k] + (premium - 0.5 * b->market_sd * b->market_sd) / 12.0 + stress) *
            LQ_LOG2_E;
    }
    lq_build_market_law(b);
    lq_build_law_drift(b, b->market_sd * sqrt(1.0 / 12.0), 0.0, 0.0, drift);
    b->plan->market =
        (lq_gbm_plan){.stream = lq_stream_make(LQ_PURPOSE_MARKET, NULL),
                      .drift_log2 = drift,
                      .loading_own_log2 = b->market_sd * sqrt(1.0 / 12.0) * LQ_LOG2_E,
                      .n_months = n,
                      .observe = observe_all(b)};
}

/* Outside wealth in the market: its growth D_L M_L / M_0 is log-normal. */
static void build_background(lq_builder *b)
{
    const lq_person *p = &b->scenario->person;
    const lq_plan *plan = b->plan;
    const double years = (double)plan->grid.n_months / 12.0;
    const double variance = b->market_sd * b->market_sd * years;
    const bool real = b->scenario->simulation.measure == LQ_MEASURE_REAL;
    b->plan->background = (lq_background){
        .wealth_money = p->wealth.p[0] * lq_builder_spot(b, p->wealth.currency),
        .market_share_frac =
            lq_builder_number(b, &p->wealth_in_market, "person", "you", "wealth_in_market"),
        .spending_money = p->spending.p[0] * lq_builder_spot(b, p->spending.currency)};
    if (plan->background.wealth_money <= 0.0) /* of nothing, no part moves */
        b->plan->background.market_share_frac = 0.0;
    b->plan->has_growth = plan->background.market_share_frac > 0.0;
    b->plan->growth_discount = plan->grid.discount[plan->grid.n_months];
    b->plan->strata = lq_strata_lognormal(
        (real ? b->market_premium * years : 0.0) - 0.5 * variance, sqrt(variance));
}

lq_status lq_build_factors(lq_builder *b, lq_error *err)
{
    lq_plan *plan = b->plan;
    plan->n_fx = b->scenario->market.fx.len;
    plan->fx = lq_arena_calloc(b->arena, plan->n_fx + 1, sizeof *plan->fx);
    plan->fx_link = lq_arena_calloc(b->arena, plan->n_fx + 1, sizeof *plan->fx_link);
    char(*names)[4] = lq_arena_calloc(b->arena, plan->n_fx + 1, sizeof *names);
    if (!plan->fx || !plan->fx_link || !names)
        return LQ_FAIL(err, LQ_ENOMEM, .key = "market.fx");
    build_market(b);
    for (size_t i = 0; i < plan->n_fx; i++) {
        memcpy(names[i], fx_items(b)[i].currency, sizeof names[i]);
        build_fx(b, i, &plan->fx[i]);
    }
    plan->fx_currency = (const char(*)[4])names;
    build_background(b);
    return LQ_OK;
}
