#include "plan/paper.h"
#include "plan/probability.h"

#include "num/scalar.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* R9: the longest that a company is taken to stay private where nothing else is said. */
static const double LONGEST_YEARS = 5.0;
/* Option values have a limit at 0, and no formula. */
static const double LEAST_VOLATILITY = 1e-3;

static double number(const lq_paper *paper, const lq_value *value, const char *key)
{
    char address[160];
    snprintf(address, sizeof address, "companies.%s.%s", paper->company->id, key);
    return lq_plan_number(paper->scenario, value, address, paper->world);
}

double lq_paper_rate(const lq_paper *paper, double years)
{
    const lq_market *market = &paper->scenario->market;
    const lq_fx *fx = market->fx.items;
    const char *currency = paper->company->currency;
    for (size_t i = 0; i < market->fx.len; i++) {
        if (strcmp(fx[i].currency, currency) != 0) continue;
        if (strcmp(currency, paper->scenario->currency) == 0) break;
        char address[160];
        snprintf(address, sizeof address, "market.fx.%s.rate", fx[i].id);
        return lq_log(1.0 +
                      lq_plan_number(paper->scenario, &fx[i].rate, address, paper->world));
    }
    return lq_plan_zero_rate(&market->rates, years);
}

/* Average over the liquidity horizon of an intensity by age. */
static double average(const lq_paper *paper, const lq_hazard *h, const char *key)
{
    const double from = paper->company->age.p[0];
    const double years = paper->scenario->simulation.liquidity_horizon.p[0];
    const double to = from + years;
    double mass = 0.0;
    switch (h->kind) {
    case LQ_HAZARD_RATE:
        return number(paper, &h->rate, key);
    case LQ_HAZARD_WEIBULL: {
        const double shape = h->shape.p[0], scale = h->scale.p[0];
        const double before = from > 0.0 ? lq_pow(from / scale, shape) : 0.0;
        return (lq_pow(to / scale, shape) - before) / years;
    }
    case LQ_HAZARD_TABLE:
        for (size_t i = 0; i < h->n_rows; i++) {
            const double end = i + 1 < h->n_rows ? fmin(h->from_years[i + 1], to) : to;
            mass += h->table_rate[i] * fmax(end - fmax(h->from_years[i], from), 0.0);
        }
        return mass / years;
    default:
        return 0.0;
    }
}

/* Constant intensities a year, by cause. */
static void intensities(const lq_paper *paper, double rate[LQ_EXIT_KINDS])
{
    const lq_company *c = paper->company;
    const lq_hazard *const hazards[LQ_EXIT_KINDS] = {
        NULL, &c->ipo.hazard, &c->acquisition.hazard, &c->failure.hazard};
    static const char *const keys[LQ_EXIT_KINDS] = {
        NULL, "exits.ipo.rate", "exits.acquisition.rate", "exits.failure.rate"};
    lq_closed_form(paper->scenario, c, paper->world, rate);
    for (int k = 1; k < LQ_EXIT_KINDS; k++)
        if (hazards[k]->kind != LQ_HAZARD_PROBABILITY)
            rate[k] = average(paper, hazards[k], keys[k]);
}

static void add_manner(lq_exit_law *law, double weight, double gain, bool listing)
{
    if (weight > 0.0)
        law->manner[law->n_manners++] =
            (lq_exit_manner){.weight = weight, .gain = gain, .listing = listing};
}

/* One exit at a fixed time, or failures and exits at constant intensities: a company that grows
 * by what failures take and premiums add has the same law as one that leaves at the rate h + r
 * - growth, each cause with its part of that. */
lq_exits lq_paper_exits(const lq_paper *paper, double term_years)
{
    const lq_company *c = paper->company;
    double h[LQ_EXIT_KINDS];
    intensities(paper, h);
    const double paid = h[LQ_EXIT_IPO] + h[LQ_EXIT_ACQUISITION];
    const double any = paid + h[LQ_EXIT_FAILURE];
    lq_exits out = {.of_company = !(term_years > 0.0) && paid > 0.0};
    out.years = term_years > 0.0 ? term_years : any > 0.0 ? 1.0 / any : LONGEST_YEARS;
    out.law.volatility = fmax(number(paper, &c->volatility, "volatility"), LEAST_VOLATILITY);
    out.law.rate = lq_paper_rate(paper, out.years);
    if (!out.of_company) {
        out.law.time = LQ_EXIT_AT;
        out.law.years = out.years;
        out.ipo_share = paid > 0.0 ? h[LQ_EXIT_IPO] / paid : 0.0;
        add_manner(&out.law, 1.0 - out.ipo_share, 1.0, false);
        add_manner(&out.law, out.ipo_share, 1.0, true);
        return out;
    }
    const double premium = lq_value_mean(&c->acquisition.premium);
    const double recovery = number(paper, &c->failure.recovery, "exits.failure.recovery");
    const double by_sale = h[LQ_EXIT_ACQUISITION] * (1.0 + premium);
    const double by_failure = h[LQ_EXIT_FAILURE] * recovery;
    const double all = h[LQ_EXIT_IPO] + by_sale + by_failure;
    out.law.time = LQ_EXIT_EXPONENTIAL;
    out.law.rate += any - all;
    out.law.rate_of_exit = all;
    out.ipo_share = h[LQ_EXIT_IPO] / all;
    add_manner(&out.law, by_sale / all, 1.0 + premium, false);
    add_manner(&out.law, out.ipo_share, 1.0, true);
    add_manner(&out.law, by_failure / all, recovery, false);
    return out;
}
