#include "scenario/resolve.h"

#include <math.h>
#include <string.h>

enum { STALE_ROUND_DAYS = 548 }; /* 18 months: R8 */

static void warn_stale(lq_resolver *r, const lq_company *c)
{
    const lq_date start = r->scenario->simulation.start;
    const long age = lq_date_days(start) - lq_date_days(c->last_round.date);
    char date[LQ_DATE_CHARS];
    if (c->listing == 0 || c->last_round.date.year == 0 || age <= STALE_ROUND_DAYS ||
        c->opening_value.method == LQ_OPENING_FAIR_VALUE || c->deal.price.given)
        return;
    lq_scenario_warn(r->scenario, c->last_round.post_money.mark,
                     lq_arena_printf(r->reader.arena, "companies.%s.last_round.date", c->id),
                     "the last round of %s (%s) is %ld months old at the start: a price so old "
                     "says little; ask what the units are priced at today",
                     c->name, lq_date_format(c->last_round.date, date), age * 12 / 365);
}

/* What the paths begin with was not there yet. */
static void warn_of_tomorrow(lq_resolver *r, const lq_company *c)
{
    const lq_date start = r->scenario->simulation.start;
    char date[LQ_DATE_CHARS], first[LQ_DATE_CHARS];
    if (c->listing == 0 || c->last_round.date.year == 0 ||
        lq_date_days(c->last_round.date) <= lq_date_days(start))
        return;
    lq_scenario_warn(
        r->scenario, c->last_round.post_money.mark,
        lq_arena_printf(r->reader.arena, "companies.%s.last_round.date", c->id),
        "the last round of %s (%s) is after the start (%s): the futures begin at a "
        "price that nobody has paid yet; is the date or simulation.start wrong?",
        c->name, lq_date_format(c->last_round.date, date), lq_date_format(start, first));
}

/* 26 CFR 1.409A-1(b)(5)(iv)(B)(1): a value of more than twelve months ago is none. */
static void warn_appraisal(lq_resolver *r, const lq_company *c)
{
    static const double SAFE_YEARS = 1.0;
    const double years = lq_value_mean(&c->appraisal.every);
    if (c->listing == 0 || years < SAFE_YEARS + 1e-6) return;
    lq_scenario_warn(r->scenario, c->appraisal.every.mark,
                     lq_arena_printf(r->reader.arena, "companies.%s.appraisal.every", c->id),
                     "%s appraises its common every %.4g months: what is granted at a 409A of "
                     "more than 12 months ago is outside the safe harbour (26 CFR "
                     "1.409A-1(b)(5)(iv)(B))",
                     c->name, 12.0 * years);
}

static void warn_extreme(lq_resolver *r, const lq_company *c)
{
    const char *key = lq_arena_printf(r->reader.arena, "companies.%s.growth", c->id);
    if (c->growth.given && fabs(lq_value_mean(&c->growth)) > 0.5)
        lq_scenario_warn(r->scenario, c->growth.mark, key,
                         "%s grows %.3g %% a year on average: is that a log drift? growth is "
                         "arithmetic, a log drift is lower by half the squared volatility",
                         c->name, 100.0 * lq_value_mean(&c->growth));
}

/* A debt that is no small part of the headline changes what the value means. */
static void warn_debt(lq_resolver *r, const lq_company *c)
{
    const double debt = lq_value_mean(&c->cap_table.debt),
                 post = lq_value_mean(&c->last_round.post_money);
    if (c->listing == 0 || !c->cap_table.common.given || !(post > 0.0) || debt < 0.25 * post)
        return;
    lq_scenario_warn(
        r->scenario, c->cap_table.debt.mark,
        lq_arena_printf(r->reader.arena, "companies.%s.cap_table.debt", c->id),
        "%s owes %.3g %% of its post-money: its value is counted before debt, which a "
        "sale repays first; does the opening value include it?",
        c->name, 100.0 * debt / post);
}

/* A mark far below the headline: the next rounds are not priced as the last one was. */
static void warn_mark(lq_resolver *r, const lq_company *c)
{
    const double post = lq_value_mean(&c->last_round.post_money),
                 mark = lq_value_mean(&c->opening_value.fair_value);
    if (c->listing == 0 || c->opening_value.method != LQ_OPENING_FAIR_VALUE ||
        c->rounds.phi.given || c->rounds.hazard.kind == LQ_HAZARD_NONE || !(mark < 0.5 * post))
        return;
    lq_scenario_warn(
        r->scenario, c->opening_value.fair_value.mark,
        lq_arena_printf(r->reader.arena, "companies.%s.rounds.phi", c->id),
        "%s is marked at %.2g %% of its last headline: its next rounds are priced at 1.48 "
        "times "
        "the value of a share, not at %.3g times as the last one; rounds.phi says otherwise",
        c->name, 100.0 * mark / post, post / mark);
}

/* Secondary sales are on, and none of a company's grants can be sold in one. */
static void warn_secondary(lq_resolver *r, const lq_company *c)
{
    const lq_offer *offers = r->scenario->offers.items;
    const lq_company *companies = r->scenario->companies.items;
    size_t n = 0;
    if (!c->secondary.allowed) return;
    for (size_t i = 0; i < r->scenario->offers.len; i++) {
        if (&companies[offers[i].company] != c) continue;
        const lq_grant *grants = offers[i].grants.items;
        for (size_t g = 0; g < offers[i].grants.len; g++, n++)
            if (grants[g].instrument != LQ_INSTRUMENT_UNITS && grants[g].trigger != 1) return;
    }
    if (!n) return;
    lq_scenario_warn(r->scenario, c->mark,
                     lq_arena_printf(r->reader.arena, "companies.%s.secondary", c->id),
                     "%s allows secondary sales, but no grant can be sold in one: units of a "
                     "double trigger are not owned before an exit (trigger: single are)",
                     c->name);
}

/* A grant of a good part of the whole company: a zero too many, most likely. */
static void warn_large(lq_resolver *r, const lq_company *c)
{
    static const double LARGE = 0.2;
    const lq_offer *offers = r->scenario->offers.items;
    const lq_company *companies = r->scenario->companies.items;
    const double post = lq_value_mean(&c->last_round.post_money);
    for (size_t i = 0; i < r->scenario->offers.len && c->listing == 1 && post > 0.0; i++) {
        const lq_offer *o = &offers[i];
        if (&companies[o->company] != c || strcmp(o->currency, c->currency) != 0) continue;
        const lq_grant *grants = o->grants.items;
        for (size_t g = 0; g < o->grants.len; g++) {
            if (!(grants[g].face > LARGE * post)) continue;
            lq_scenario_warn(
                r->scenario, grants[g].mark,
                lq_arena_printf(r->reader.arena, "offers.%s.grants.%s", o->id, grants[g].id),
                "%s: %s is worth %.3g %% of all of %s at its last price: is a zero too many?",
                o->id, grants[g].id, 100.0 * grants[g].face / post, c->name);
        }
    }
}

void lq_scenario_warn_company(lq_resolver *r, const lq_company *company)
{
    warn_stale(r, company);
    warn_of_tomorrow(r, company);
    warn_appraisal(r, company);
    warn_extreme(r, company);
    warn_debt(r, company);
    warn_mark(r, company);
    warn_secondary(r, company);
    warn_large(r, company);
}
