#include "scenario/resolve.h"

#include <math.h>
#include <string.h>

static bool has(const lq_node *group, const char *key)
{
    return lq_child(group, key) != NULL;
}

static void complain(lq_resolver *r, const lq_node *node, const char *expected,
                     const char *found, const char *hint)
{
    if (node) lq_node_problem(node, r->reader.problems, expected, found, hint);
}

static bool is_whole(const lq_value *duration)
{
    const double months = 12.0 * duration->p[0];
    return lq_value_is_constant(duration) && fabs(months - round(months)) < 1e-6;
}

/* Instalments must fall on months and fill the schedule evenly. */
static void check_vesting(lq_resolver *r, const lq_node *node, const lq_vesting_rule *rule)
{
    const int every = lq_value_months(&rule->every), cliff = lq_value_months(&rule->cliff);
    if (!is_whole(&rule->every) || every < 1 || !is_whole(&rule->cliff)) {
        complain(r, node, "every and cliff in whole months", "a part of a month", NULL);
        return;
    }
    if (rule->kind == LQ_VESTING_YEARS && 12 % every != 0)
        complain(r, node, "every: 1mo, 2mo, 3mo, 4mo, 6mo or 12mo with years",
                 "instalments that do not fill a year", NULL);
    if (rule->kind == LQ_VESTING_OVER &&
        (!is_whole(&rule->over) || lq_value_months(&rule->over) % every != 0))
        complain(r, node, "over as a whole number of `every`", "a rest", NULL);
    const double last_row =
        rule->table.len ? ((lq_vesting_row *)rule->table.items)[rule->table.len - 1].months : 0;
    const double months = rule->kind == LQ_VESTING_YEARS  ? 12.0 * (double)rule->years.len
                          : rule->kind == LQ_VESTING_OVER ? 12.0 * rule->over.p[0]
                                                          : last_row;
    if (cliff > months + 1e-6)
        complain(r, node, "a cliff within the schedule", "a later one", NULL);
}

static lq_vesting_rule generic_schedule(lq_resolver *r, bool is_private)
{
    lq_vesting_rule rule = {0};
    lq_schema_defaults(&lq_vesting_record, &r->quiet, &rule);
    double *years = lq_arena_calloc(r->reader.arena, 4, sizeof *years);
    for (size_t y = 0; years && y < 4; y++)
        years[y] = 0.25;
    rule.kind = LQ_VESTING_YEARS;
    rule.years = (lq_list){years, years ? 4 : 0};
    lq_value_parse(is_private ? "1mo" : "3mo", LQ_MEASURE_DURATION, &rule.every);
    if (is_private) lq_value_parse("12mo", LQ_MEASURE_DURATION, &rule.cliff);
    rule.source = "assumption: equal quarters, the most common schedule";
    return rule;
}

void lq_resolve_vesting(lq_resolver *r, const lq_node *node, size_t company,
                        lq_vesting_rule *rule)
{
    if (!node) {
        const lq_terms *terms = lq_resolver_terms(r, company);
        const lq_company *c = &((lq_company *)r->scenario->companies.items)[company];
        const bool known = terms && (terms->vesting.years.len || terms->vesting.table.len ||
                                     terms->vesting.over.given);
        const lq_figure *figure = lq_figure_find(&c->sources, "terms.vesting");
        *rule = known ? terms->vesting : generic_schedule(r, c->listing == 1);
        rule->assumed = true;
        if (known && figure) rule->source = figure->source;
        return;
    }
    if (!has(node, "years") && !has(node, "over") && !has(node, "table")) {
        if (lq_is_sound(r, node))
            complain(r, node, "exactly one of years, over, table", "none of them",
                     "{years: [25%, 25%, 25%, 25%], every: 3mo, cliff: 12mo}");
        return;
    }
    check_vesting(r, node, rule);
}

static void check_size(lq_resolver *r, const lq_node *node, const lq_grant *grant)
{
    const int n = grant->value.given + grant->units.given + grant->share.given;
    if (n == 1 || (n == 0 && !lq_is_sound(r, node))) return;
    complain(r, node, "exactly one of value, units, share", n == 0 ? "none" : "more than one",
             NULL);
}

static double post_money(const lq_company *c)
{
    return lq_value_mean(c->last_round.post_money.given ? &c->last_round.post_money
                                                        : &c->opening_value.fair_value);
}

/* What of the face lies over the threshold of units. */
static double part_over(const lq_company *c, const lq_grant *grant)
{
    const double post = post_money(c);
    if (!grant->threshold.given || post <= 0.0) return 1.0;
    return fmax(0.0, 1.0 - lq_value_mean(&grant->threshold) / post);
}

/* Face of the grant in the offer's currency, at the prices and rates of the start. */
static double face_of(const lq_resolver *r, const lq_offer *offer, const lq_grant *grant)
{
    const lq_scenario *s = r->scenario;
    const lq_company *c = &((const lq_company *)s->companies.items)[offer->company];
    const double to = lq_market_spot(s, offer->currency);
    const char *currency = grant->value.given ? grant->value.currency : c->currency;
    const double price = lq_value_mean(c->listing == 1 ? &c->last_round.price : &c->price);
    double face = lq_value_mean(&grant->value);
    if (grant->units.given) face = lq_value_mean(&grant->units) * price;
    if (grant->share.given) face = lq_value_mean(&grant->share) * post_money(c);
    return to > 0.0 ? face * part_over(c, grant) * lq_market_spot(s, currency) / to : 0.0;
}

static void trigger_of(lq_resolver *r, const lq_company *c, const lq_terms *terms,
                       const lq_node *node, lq_grant *grant)
{
    const bool is_private = c->listing == 1;
    grant->trigger_assumed = !has(node, "trigger");
    if (grant->trigger_assumed)
        grant->trigger = is_private ? (terms ? terms->trigger : 1) : 0;
    else if (grant->trigger == 1 && !is_private)
        complain(r, lq_node_get(node, "trigger"), "single trigger at a listed company",
                 "a double trigger, whose liquidity event has happened", NULL);
    if (grant->expiry.given && lq_value_is_constant(&grant->expiry) &&
        !is_whole(&grant->expiry))
        complain(r, lq_child(node, "expiry"), "whole months", "a part of a month", NULL);
    if (grant->expiry.given || grant->trigger == 0) return;
    if (terms && terms->expiry.given)
        grant->expiry = terms->expiry;
    else
        lq_value_parse("7y", LQ_MEASURE_DURATION, &grant->expiry);
    grant->expiry.is_default = true;
}

/* Vested units are the holder's: nothing triggers them, and they do not lapse. */
static void units_of(lq_resolver *r, const lq_company *c, const lq_node *node, lq_grant *grant)
{
    if (c->listing == 0)
        complain(r, lq_child(node, "instrument"), "rsu at a listed company", "units", NULL);
    if (has(node, "trigger") && grant->trigger == 1)
        complain(r, lq_child(node, "trigger"), "no trigger: vested units are paid at an exit",
                 "double", NULL);
    if (grant->expiry.given)
        complain(r, lq_child(node, "expiry"), "no expiry: vested units do not lapse", "one",
                 NULL);
    grant->trigger = 0;
    if (!grant->threshold.given) return;
    if (!grant->threshold.currency[0]) memcpy(grant->threshold.currency, c->currency, 4);
    if (strcmp(grant->threshold.currency, c->currency) != 0)
        complain(r, lq_child(node, "threshold"),
                 lq_arena_printf(r->reader.arena, "money in the company's %s", c->currency),
                 grant->threshold.currency, NULL);
}

static void price_of(lq_resolver *r, const lq_company *c, const lq_node *node, lq_grant *grant)
{
    const bool is_private = c->listing == 1;
    grant->price_assumed = !has(node, "priced_at");
    if (grant->price_assumed)
        grant->priced_at = is_private ? LQ_PRICED_AT_PREFERRED : LQ_PRICED_AT_MARKET;
    else if (is_private == (grant->priced_at == LQ_PRICED_AT_MARKET))
        complain(r, lq_node_get(node, "priced_at"),
                 is_private ? "preferred or 409a at a private company"
                            : "market at a listed company",
                 is_private ? "market" : "a price that it does not have", NULL);
    if (grant->share.given && !is_private)
        complain(r, lq_node_get(node, "share"), "value or units at a listed company", "a share",
                 NULL);
}

static void acceleration_of(lq_resolver *r, const lq_company *c, const lq_node *node,
                            const lq_grant *grant)
{
    const lq_node *written = lq_child(node, "acceleration");
    const bool is_group = written && written->kind == LQ_NODE_GROUP;
    if (!written) return;
    if (c->listing == 0)
        complain(r, written, "a private company, for this key", "a listed one", NULL);
    if (is_group && !has(written, "trigger") && lq_is_sound(r, written))
        complain(r, written, "trigger: single or double", "none", NULL);
    if (!is_whole(&grant->acceleration.within))
        complain(r, lq_child(written, "within"), "whole months", "a part of a month", NULL);
    if (grant->acceleration.trigger == LQ_ACCELERATES_DOUBLE &&
        lq_value_mean(&c->acquisition.layoff) <= 0.0)
        lq_scenario_warn(
            r->scenario, written->mark,
            lq_arena_printf(r->reader.arena, "companies.%s.exits.acquisition.layoff", c->id),
            "acceleration: double does nothing: nobody is let go when %s is bought", c->name);
}

void lq_resolve_grant_terms(lq_resolver *r, const lq_offer *offer, const lq_node *node,
                            lq_grant *grant)
{
    const lq_company *c = &((lq_company *)r->scenario->companies.items)[offer->company];
    const lq_terms *terms = lq_resolver_terms(r, offer->company);
    check_size(r, node, grant);
    if (grant->instrument == LQ_INSTRUMENT_UNITS)
        units_of(r, c, node, grant);
    else
        trigger_of(r, c, terms, node, grant);
    if (grant->threshold.given && grant->instrument != LQ_INSTRUMENT_UNITS)
        complain(r, lq_child(node, "threshold"), "instrument: units, for this key", "rsu",
                 NULL);
    price_of(r, c, node, grant);
    acceleration_of(r, c, node, grant);
    if (node) grant->mark = node->mark;
    if (grant->value.given && !grant->value.currency[0])
        memcpy(grant->value.currency, offer->currency, 4);
    grant->face = face_of(r, offer, grant);
}

static void refresh_schedule(lq_resolver *r, const lq_node *node, size_t company, bool by_vests,
                             lq_refresh_input *refresh)
{
    const lq_terms *terms = lq_resolver_terms(r, company);
    if (has(node, "vesting")) {
        lq_resolve_vesting(r, lq_node_get(node, "vesting"), company, &refresh->vesting);
        return;
    }
    if (by_vests) {
        double *whole = lq_arena_calloc(r->reader.arena, 1, sizeof *whole);
        refresh->vesting = generic_schedule(r, false);
        if (whole) *whole = 1.0;
        refresh->vesting.years = (lq_list){whole, whole ? 1 : 0};
        refresh->vesting.source = "what `vests` says: within its year";
    } else if (terms && terms->refresh.vesting.years.len) {
        refresh->vesting = terms->refresh.vesting;
        refresh->vesting.source = "the company's usual for refreshers";
    } else {
        refresh->vesting = generic_schedule(r, false);
    }
    refresh->vesting.assumed = true;
}

/* The refresh that is meant, or false when there is none or it is not sound. */
static bool refresh_meant(lq_resolver *r, const lq_node *node, size_t company,
                          lq_refresh_input *refresh)
{
    if (refresh->typical) {
        const lq_terms *terms = lq_resolver_terms(r, company);
        if (!terms || !(terms->refresh.grants.given || terms->refresh.vests.given)) {
            complain(r, node, "an amount: nobody has published what is typical here", "typical",
                     "{grants: $100K/y, from_year: 2}");
            return false;
        }
        *refresh = terms->refresh;
        refresh->guaranteed = false;
        return true;
    }
    const int n = refresh->grants.given + refresh->vests.given;
    if (n == 0 && (!node || !lq_is_sound(r, node))) return false;
    if (n != 1) {
        complain(r, node, "exactly one of grants and vests", n ? "both" : "neither",
                 "grants: $140K/y is the face of each yearly grant, vests: $140K/y what vests "
                 "each year");
        return false;
    }
    if (has(node, "guaranteed") && has(node, "probability") && refresh->guaranteed)
        complain(r, node, "guaranteed: true, or a probability", "both", NULL);
    if (!refresh->guaranteed && !refresh->probability.given)
        complain(r, node, "a probability where it is not guaranteed", "none", NULL);
    return true;
}

size_t lq_resolve_refresh(lq_resolver *r, const lq_offer_input *input, const lq_node *node,
                          size_t company, lq_grant *grants, size_t cap)
{
    const int horizon = lq_value_months(&r->scenario->simulation.horizon);
    lq_refresh_input refresh = input->refresh;
    if (!refresh_meant(r, node, company, &refresh)) return 0;
    const bool by_vests = refresh.vests.given;
    const lq_value one = lq_value_constant(1.0);
    size_t n = 0;
    refresh_schedule(r, refresh.typical ? NULL : node, company, by_vests, &refresh);
    for (int k = 12 * ((int)refresh.from_year.p[0] - 1); k < horizon && n < cap; k += 12) {
        lq_grant *grant = &grants[n++];
        lq_schema_defaults(&lq_grant_record, &r->quiet, grant);
        grant->id = lq_arena_printf(r->reader.arena, "refresh-%zu", n);
        grant->value = by_vests ? refresh.vests : refresh.grants; /* a year's worth */
        grant->vesting = refresh.vesting;
        grant->granted_month = k;
        grant->is_refresh = true;
        grant->probability = refresh.probability.given ? refresh.probability : one;
        grant->source = refresh.source;
        if (node) grant->mark = node->mark;
        if (node) grant->address = lq_node_address(node, r->reader.arena);
    }
    return n;
}
