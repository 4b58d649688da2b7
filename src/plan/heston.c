#include "plan/laws.h"

#include "num/scalar.h"

#include <math.h>

/* Andersen (2008): the moments of v' given v (his equations 17 and 18), and the coefficients of
 * the logarithm of the price (33) with gamma_1 = gamma_2 = 1/2. */
lq_heston_plan lq_build_heston(const lq_builder *b, const lq_company *c,
                               const lq_gbm_plan *loadings, double volatility)
{
    const double dt = 1.0 / 12.0, gamma = 0.5;
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
    const double keep = lq_exp(-kappa * dt), theta = volatility * volatility;
    const double month = volatility * sqrt(dt) * LQ_LOG2_E;
    lq_heston_plan out = {.is_on = true,
                          .stream = lq_stream_make(LQ_PURPOSE_VARIANCE, c->id),
                          .start = start * start,
                          .theta = theta,
                          .keep = keep,
                          .var_slope = eps * eps * keep * (1.0 - keep) / kappa,
                          .var_level =
                              theta * eps * eps * (1.0 - keep) * (1.0 - keep) / (2.0 * kappa),
                          .rho = rho,
                          .rho_rest = sqrt(1.0 - rho * rho),
                          .market = loadings->loading_market_log2 / month,
                          .own = loadings->loading_own_log2 / month};
    out.k2 = gamma * dt * (kappa * rho / eps - 0.5) + rho / eps;
    out.k3 = gamma * dt * (1.0 - rho * rho);
    out.k4 = out.k3;
    out.tilt = out.k2 + 0.5 * out.k4;
    return out;
}
