#include "plan/paper.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static double number(const lq_paper *paper, const lq_value *value, const char *key)
{
    char address[160];
    snprintf(address, sizeof address, "companies.%s.%s", paper->company->id, key);
    return lq_plan_number(paper->scenario, value, address, paper->world);
}

/* 0.64 of a preferred share, as the config says, or the option value of common. */
static double fair_common(const lq_paper *paper, const lq_paper_value *v)
{
    const lq_company *c = paper->company;
    if (!c->common_factor.given) return v->value[LQ_CLAIM_COMMON] / v->claims.stack.common;
    return v->equity / v->opening.shares;
}

/* R9: the expected time to an exit counts as half a year to five. */
static lq_status discounts(const lq_paper *paper, lq_paper_value *v, lq_error *err)
{
    const double years = v->exits.years;
    v->wait_years = v->exits.of_company ? fmin(fmax(years, 0.5), 5.0) : years;
    const lq_restriction r = {.volatility = v->exits.law.volatility,
                              .years = v->wait_years,
                              .rate = lq_paper_rate(paper, v->wait_years)};
    for (size_t i = 0; i < LQ_DLOM_METHODS; i++) {
        v->dlom[i] = lq_dlom_methods[i].of(&r);
        if (isnan(v->dlom[i]))
            return LQ_FAIL(err, LQ_ENOMEM, .expected = "memory for a discount");
    }
    return LQ_OK;
}

/* A waterfall does without; every value needs it. */
static lq_status need_volatility(const lq_company *c, lq_error *err)
{
    if (c->volatility.given) return LQ_OK;
    char key[96];
    snprintf(key, sizeof key, "companies.%.60s.volatility", c->id);
    return LQ_FAIL(err, LQ_ECONFIG, .file = c->mark.file, .line = c->mark.line,
                   .column = c->mark.column, .key = key, .expected = "a volatility, e.g. 60%",
                   .got = "none");
}

lq_status lq_paper_value_of(const lq_paper *paper, double equity, double term_years,
                            lq_paper_value *out, lq_error *err)
{
    const lq_company *c = paper->company;
    if (!(term_years > 0.0) && c->opening_value.method == LQ_OPENING_BACKSOLVE &&
        c->opening_value.term.given)
        term_years = number(paper, &c->opening_value.term, "opening_value.term");
    LQ_TRY(need_volatility(c, err));
    LQ_TRY(lq_paper_opening(paper, &out->opening, err));
    LQ_TRY(lq_paper_price_paid(paper, &out->paid, err));
    lq_paper_exits(paper, term_years, &out->exits);
    LQ_TRY(lq_paper_claims(paper, out->exits.years, &out->claims, err));
    out->equity = equity > 0.0 ? equity : out->opening.value;
    lq_stack_value(&out->claims.stack, &out->exits.law, out->equity, out->value);
    lq_stack_sale(&out->claims.stack, &out->sale);
    out->common = fair_common(paper, out);
    out->solves_phi = lq_paper_solves_phi(c);
    if (out->solves_phi) LQ_TRY(lq_paper_round_phi(paper, out->equity, &out->phi, err));
    out->kept = 1.0 - number(paper, &c->residual.dlom, "residual.dlom");
    return discounts(paper, out, err);
}

/* ---- grants ---- */

static double spot(const lq_scenario *s, const char *currency)
{
    const lq_fx *fx = s->market.fx.items;
    if (!currency[0] || strcmp(currency, s->currency) == 0) return 1.0;
    for (size_t i = 0; i < s->market.fx.len; i++)
        if (strcmp(fx[i].currency, currency) == 0) return lq_value_mean(&fx[i].spot);
    return (double)NAN;
}

/* By the price that the letter turns money into units at. */
static double units_of(const lq_paper *paper, const lq_paper_value *v, const lq_grant *grant,
                       double price)
{
    const lq_scenario *s = paper->scenario;
    if (grant->units.given) return lq_value_mean(&grant->units);
    if (grant->share.given) return lq_value_mean(&grant->share) * v->claims.fully_diluted;
    const double to_company =
        spot(s, grant->value.currency) / spot(s, paper->company->currency);
    return lq_value_mean(&grant->value) * to_company / price;
}

lq_grant_worth lq_paper_grant(const lq_paper *paper, const lq_paper_value *v,
                              const lq_grant *grant)
{
    const bool at_409a = grant->priced_at == LQ_PRICED_AT_409A;
    const double price = at_409a ? v->common * v->kept : v->opening.price;
    const double strike = grant->threshold.given
                              ? lq_value_mean(&grant->threshold) / v->claims.fully_diluted
                              : 0.0;
    double share = v->common;
    if (strike > 0.0 && paper->company->common_factor.given)
        share = fmax(v->common - strike, 0.0);
    else if (strike > 0.0)
        share = lq_stack_common_call(&v->claims.stack, &v->exits.law, v->equity, strike);
    lq_grant_worth worth = {.units = units_of(paper, v, grant, price)};
    worth.face = worth.units * fmax(price - strike, 0.0);
    worth.fair = worth.units * share;
    worth.kept = worth.fair * v->kept;
    return worth;
}
