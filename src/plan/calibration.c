#include "plan/build.h"
#include "plan/probability.h"

#include "num/scalar.h"

#include <math.h>
#include <stdio.h>

static const lq_hazard *hazard_of(const lq_company *c, int cause)
{
    return cause == LQ_EXIT_IPO           ? &c->ipo.hazard
           : cause == LQ_EXIT_ACQUISITION ? &c->acquisition.hazard
                                          : &c->failure.hazard;
}

static const char *const cause_keys[LQ_EXIT_KINDS] = {
    "", "exits.ipo.probability", "exits.acquisition.probability", "exits.failure.probability"};

void lq_closed_form(const lq_scenario *scenario, const lq_company *company, long world,
                    double rate[LQ_EXIT_KINDS])
{
    double p[LQ_EXIT_KINDS] = {0}, sum = 0.0;
    for (int c = 1; c < LQ_EXIT_KINDS; c++) {
        const lq_hazard *h = hazard_of(company, c);
        rate[c] = 1.0;
        if (h->kind != LQ_HAZARD_PROBABILITY) continue;
        char address[160];
        snprintf(address, sizeof address, "companies.%s.%s", company->id, cause_keys[c]);
        p[c] = lq_plan_number(scenario, &h->probability, address, world);
        sum += p[c];
    }
    for (int c = 1; c < LQ_EXIT_KINDS; c++)
        if (p[c] > 0.0)
            rate[c] = p[c] / sum * -lq_log(1.0 - sum) / hazard_of(company, c)->by_years;
        else if (hazard_of(company, c)->kind == LQ_HAZARD_PROBABILITY)
            rate[c] = 0.0;
}

void lq_keep_probabilities(const lq_builder *b, const lq_company *company)
{
    for (int c = 1; c < LQ_EXIT_KINDS; c++)
        if (hazard_of(company, c)->kind == LQ_HAZARD_PROBABILITY)
            lq_builder_number(b, &hazard_of(company, c)->probability, "companies", company->id,
                              cause_keys[c]);
}

/* In some months it has no odds of an IPO then. */
static bool may_bar_listings(const lq_company *company)
{
    const lq_preference *series = company->preferences.items;
    const lq_value *of_rounds = &company->rounds.terms.class.veto;
    bool may = company->rounds.hazard.kind != LQ_HAZARD_NONE && of_rounds->given;
    for (size_t i = 0; i < company->preferences.len; i++)
        may |= series[i].veto.given;
    return may;
}

/* R4: the closed form serves only without exponents, floor and vetoes, for one date and all
 * causes. */
static bool needs_pilot(const lq_company *company)
{
    bool any = false, other = company->floor.given || may_bar_listings(company);
    double years = 0.0;
    for (int c = 1; c < LQ_EXIT_KINDS; c++) {
        const lq_hazard *h = hazard_of(company, c);
        if (h->kind == LQ_HAZARD_NONE) continue;
        if (h->kind != LQ_HAZARD_PROBABILITY) {
            other = true;
            continue;
        }
        const bool flat =
            lq_value_is_constant(&h->value_exponent) && h->value_exponent.p[0] == 0.0 &&
            lq_value_is_constant(&h->market_exponent) && h->market_exponent.p[0] == 0.0;
        other = other || !flat || (any && h->by_years != years);
        any = true;
        years = h->by_years;
    }
    return any && other;
}

lq_status lq_calibration_start(const lq_scenario *scenario, lq_arena *arena,
                               lq_calibration *out, lq_error *err)
{
    const lq_company *companies = scenario->companies.items;
    const size_t n = scenario->companies.len;
    lq_calibration c = {.n_companies = n};
    c.factor = lq_arena_calloc(arena, n + 1, sizeof *c.factor);
    c.needed = lq_arena_calloc(arena, n + 1, sizeof *c.needed);
    if (!c.factor || !c.needed) return LQ_FAIL(err, LQ_ENOMEM, .key = "companies");
    for (size_t i = 0; i < n; i++) {
        for (int k = 0; k < LQ_EXIT_KINDS; k++)
            c.factor[i][k] = 1.0;
        c.needed[i] = companies[i].listing == 1 && needs_pilot(&companies[i]);
    }
    *out = c;
    return LQ_OK;
}
