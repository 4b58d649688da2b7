#include "plan/laws.h"

#include "num/scalar.h"

#include <math.h>

static const double MONTH_YEARS = 1.0 / 12.0;

typedef struct heston {
    double kappa, eps, rho; /* speed, vol_of_vol, correlation */
    double market, own;     /* of the price's Brownian motion */
} heston;

/* Andersen (2008), (33), with gamma_1 = gamma_2 = 1/2, of a price that moves `scale` times as
 * much with the market: w = sqrt(scale^2 m^2 + o^2) of the volatility, and of that the
 * variance's Brownian motion has rho' = rho (scale m^2 + o^2), never more than |rho| w. */
static lq_heston_step step_of(const heston *h, double scale)
{
    const double dt = MONTH_YEARS, gamma = 0.5;
    const double m2 = h->market * h->market, o2 = h->own * h->own;
    const double w2 = m2 * scale * scale + o2, rho = h->rho * (m2 * scale + o2);
    const double alone = sqrt(w2 - rho * rho);
    lq_heston_step out = {.of_price = (1.0 - rho * h->rho) / alone,
                          .of_market = h->market * (scale - 1.0) / alone,
                          .of_rest = -rho * sqrt(1.0 - h->rho * h->rho) / alone};
    out.k2 = gamma * dt * (h->kappa * rho / h->eps - 0.5 * w2) + rho / h->eps;
    out.k3 = gamma * dt * (w2 - rho * rho);
    out.k4 = out.k3;
    out.tilt = out.k2 + 0.5 * out.k4;
    return out;
}

/* The same where there are no states, free of their rounding. */
static lq_heston_step plain_step(const heston *h)
{
    const double dt = MONTH_YEARS, gamma = 0.5;
    lq_heston_step out = {.of_price = sqrt(1.0 - h->rho * h->rho), .of_rest = -h->rho};
    out.k2 = gamma * dt * (h->kappa * h->rho / h->eps - 0.5) + h->rho / h->eps;
    out.k3 = gamma * dt * (1.0 - h->rho * h->rho);
    out.k4 = out.k3;
    out.tilt = out.k2 + 0.5 * out.k4;
    return out;
}

/* A market whose states scale it does so to its part of the price; loading: natural, a month.
 */
static const lq_heston_step *steps_by_state(const lq_builder *b, const heston *h,
                                            double loading)
{
    const size_t n = b->scenario->market.regimes.len;
    const double beta = loading / (b->market_sd * sqrt(MONTH_YEARS));
    if (b->plan->law.kind != LQ_SHOCK_REGIME || loading == 0.0) return NULL;
    lq_heston_step *steps = lq_arena_calloc(b->arena, n, sizeof *steps);
    for (size_t i = 0; steps && i < n; i++) {
        steps[i] = step_of(h, lq_state_scale(b, i));
        steps[i].drift = beta * lq_state_premium(b, i);
    }
    return steps;
}

/* The moments of v' given v are Andersen's (17) and (18). */
lq_heston_plan lq_build_heston(const lq_builder *b, const lq_company *c,
                               const lq_gbm_plan *loadings, double volatility)
{
    const double kappa =
        lq_builder_number(b, &c->heston.speed, "companies", c->id, "heston.speed");
    const double eps =
        lq_builder_number(b, &c->heston.vol_of_vol, "companies", c->id, "heston.vol_of_vol");
    const double rho =
        lq_builder_number(b, &c->heston.correlation, "companies", c->id, "heston.correlation");
    const double start =
        c->heston.start.given
            ? lq_builder_number(b, &c->heston.start, "companies", c->id, "heston.start")
            : volatility;
    const double keep = lq_exp(-kappa * MONTH_YEARS), theta = volatility * volatility;
    const double month = volatility * sqrt(MONTH_YEARS) * LQ_LOG2_E;
    const heston h = {kappa, eps, rho, loadings->loading_market_log2 / month,
                      loadings->loading_own_log2 / month};
    return (lq_heston_plan){
        .is_on = true,
        .stream = lq_stream_make(LQ_PURPOSE_VARIANCE, c->id),
        .start = start * start,
        .theta = theta,
        .keep = keep,
        .var_slope = eps * eps * keep * (1.0 - keep) / kappa,
        .var_level = theta * eps * eps * (1.0 - keep) * (1.0 - keep) / (2.0 * kappa),
        .rho = rho,
        .rho_rest = sqrt(1.0 - rho * rho),
        .market = h.market,
        .own = h.own,
        .step = plain_step(&h),
        .by_state = steps_by_state(b, &h, loadings->loading_market_log2 / LQ_LOG2_E)};
}
