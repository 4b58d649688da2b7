#include "plan/laws.h"

#include "num/scalar.h"

#include <math.h>

static double number(const lq_builder *b, const lq_company *c, const lq_value *v,
                     const char *key)
{
    return lq_builder_number(b, v, "companies", c->id, key);
}

/* Expected growth a month in the real measure, or the risk-free one under pricing; a foreign
 * asset under pricing pays for its covariance with its currency (R18). */
static double growth_of_month(const lq_builder *b, const lq_company *c, double market_loading,
                              size_t k)
{
    const int fx = lq_builder_fx(b, c->currency);
    const double free_rate = lq_builder_forward(b, fx, k);
    if (b->scenario->simulation.measure == LQ_MEASURE_PRICING) {
        if (fx < 0) return free_rate;
        const double sd_log2 =
            b->plan->fx[fx].loading_market_log2; /* rho_fx sigma_fx, a month */
        return free_rate - market_loading * sd_log2 / (sqrt(1.0 / 12.0) * LQ_LOG2_E) / 12.0;
    }
    const double beta = b->market_sd > 0.0 ? market_loading / b->market_sd : 0.0;
    const double stress = beta * (lq_stress_premium(b, k) - b->market_premium / 12.0);
    if (c->growth.given) return number(b, c, &c->growth, "growth") / 12.0 + stress;
    const double usual = beta * b->market_premium + number(b, c, &c->alpha, "alpha");
    return free_rate + usual / 12.0 + stress;
}

double *lq_build_drift(const lq_builder *b, const lq_company *c, double ito,
                       double market_loading, double dividend)
{
    const size_t n = b->plan->grid.n_months;
    double *drift = lq_arena_calloc(b->arena, n + 1, sizeof *drift);
    for (size_t k = 1; drift && k <= n; k++)
        drift[k] =
            (growth_of_month(b, c, market_loading, k) - (dividend - ito) / 12.0) * LQ_LOG2_E;
    return drift;
}

double lq_build_mean_growth(const double *drift, size_t n, double ito)
{
    double sum = 0.0;
    for (size_t k = 1; drift && k <= n; k++)
        sum += drift[k] / LQ_LOG2_E;
    return n ? 12.0 / (double)n * sum - ito : 0.0;
}

double lq_build_currency_loading(const lq_builder *b, const lq_company *c)
{
    const int fx = lq_builder_fx(b, c->currency);
    if (b->scenario->simulation.measure != LQ_MEASURE_PRICING || fx < 0) return 0.0;
    return b->plan->fx[fx].loading_market_log2 / LQ_LOG2_E;
}

/* Follows its history: beta says what it earns, and moves nothing. */
static void build_listed_series(const lq_builder *b, size_t i, double *drift)
{
    const lq_company *c = lq_builder_company(b, i);
    lq_build_series(b, c, lq_build_currency_loading(b, c), &b->plan->listed[i], drift,
                    &b->plan->own[i]);
}

static void build_listed_shocks(const lq_builder *b, size_t i, double sd, double *drift)
{
    const lq_company *c = lq_builder_company(b, i);
    lq_gbm_plan *out = &b->plan->listed[i];
    const double loading = out->loading_market_log2 / LQ_LOG2_E;
    const double currency = lq_build_currency_loading(b, c);
    double excess;
    b->plan->jumps[i] = lq_build_jumps(b, c, out->loading_own_log2);
    b->plan->own[i] = lq_build_own_law(b, c, out->loading_own_log2 / LQ_LOG2_E, &excess);
    if (c->model == LQ_MODEL_HESTON) {
        b->plan->own[i].heston = lq_build_heston(b, c, out, sd);
        if (b->plan->own[i].heston.by_state) lq_build_law_drift(b, loading, 0.0, 0.0, drift);
        return;
    }
    b->plan->company_link[i] = lq_build_market_link(b, loading, currency);
    lq_build_law_drift(b, loading, currency, excess, drift);
}

/* What the log drift is below the growth: nothing where the kernel or the history says it. */
static double listed_ito(const lq_builder *b, const lq_company *c, double sd)
{
    const lq_jump_law jumps = lq_build_jump_law(b, c);
    const bool none = c->model == LQ_MODEL_HESTON || c->model == LQ_MODEL_BOOTSTRAP;
    return none ? 0.0 : lq_build_ito(sd, &jumps);
}

lq_status lq_build_listed(const lq_builder *b, size_t i, lq_error *err)
{
    const lq_company *c = lq_builder_company(b, i);
    const double sd = number(b, c, &c->volatility, "volatility");
    const bool follows = c->model == LQ_MODEL_BOOTSTRAP;
    const bool pricing = b->scenario->simulation.measure == LQ_MEASURE_PRICING;
    const double market = lq_build_market_loading(b, c, sd);
    lq_gbm_plan *out = &b->plan->listed[i];
    if (!follows) LQ_TRY(lq_build_loadings(b, c, sd, market, out, err));
    out->stream = lq_stream_make(LQ_PURPOSE_COMPANY, c->id);
    out->start_log2 = lq_log(c->price.p[0]) * LQ_LOG2_E;
    double *drift =
        lq_build_drift(b, c, listed_ito(b, c, sd), follows && pricing ? 0.0 : market,
                       number(b, c, &c->dividend_yield, "dividend_yield"));
    if (follows)
        build_listed_series(b, i, drift);
    else
        build_listed_shocks(b, i, sd, drift);
    out->drift_log2 = drift;
    out->observe = b->observe_price[i];
    return LQ_OK;
}
