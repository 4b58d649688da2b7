#include "scenario/resolve.h"

#include <math.h>
#include <string.h>

static const char *money(lq_resolver *r, double x, const char *currency)
{
    char text[64];
    lq_value value = lq_value_constant(round(x));
    memcpy(value.currency, currency, 4);
    return lq_arena_strdup(r->reader.arena,
                           lq_value_format(&value, LQ_MEASURE_MONEY, text, sizeof text));
}

static const char *address(lq_resolver *r, const lq_offer *o, const char *key)
{
    return lq_arena_printf(r->reader.arena, "offers.%s.%s", o->id, key);
}

static const char *range(lq_resolver *r, double low, double high, const char *currency)
{
    if (fabs(high - low) < 0.5) return money(r, low, currency);
    return lq_arena_printf(r->reader.arena, "%s to %s", money(r, low, currency),
                           money(r, high, currency));
}

static const char *by_how_much(lq_resolver *r, double stated, double computed,
                               const char *currency)
{
    const double gap = computed - stated;
    return lq_arena_printf(r->reader.arena, "%s %s", money(r, fabs(gap), currency),
                           gap < 0.0 ? "less" : "more");
}

/* Stated totals are checked and never used. */
static void warn_total(lq_resolver *r, const lq_offer *o)
{
    const double low = o->stated_total.low, high = o->stated_total.high;
    const double from = o->stated_total.computed_low, to = o->stated_total.computed_high;
    const bool is_band = o->role != LQ_OFFER_LETTER;
    if (!o->stated_total.given || o->role == LQ_OFFER_ASK || o->role == LQ_OFFER_BAND_MID ||
        o->role == LQ_OFFER_BAND_HIGH)
        return;
    const char *computed = range(r, from, to, o->currency);
    if (is_band && (fabs(from - low) > 0.01 * low || fabs(to - high) > 0.01 * high))
        lq_scenario_warn(
            r->scenario, o->stated_total.mark, address(r, o, "stated_total"),
            "%s states %s a year; base x (1 + bonus) + stock / 4 gives %s: %s at the "
            "low end, %s at the high end",
            o->letter_id, range(r, low, high, o->currency), computed,
            by_how_much(r, low, from, o->currency), by_how_much(r, high, to, o->currency));
    if (!is_band && (from < 0.99 * low || from > 1.01 * high))
        lq_scenario_warn(r->scenario, o->stated_total.mark, address(r, o, "stated_total"),
                         "%s states %s a year; base x (1 + bonus) + stock / 4 gives %s: %s",
                         o->id, range(r, low, high, o->currency), computed,
                         by_how_much(r, from < low ? low : high, from, o->currency));
}

static double stock_of(const lq_offer *o)
{
    const lq_grant *grants = o->grants.items;
    double sum = 0.0;
    for (size_t i = 0; i < o->grants.len; i++)
        sum += grants[i].is_refresh ? 0.0 : grants[i].face;
    return sum;
}

static const char *fractions(lq_resolver *r, double low, double high)
{
    if (low == high) return lq_arena_printf(r->reader.arena, "%.4g %%", 100.0 * low);
    return lq_arena_printf(r->reader.arena, "%.4g %% to %.4g %%", 100.0 * low, 100.0 * high);
}

static void warn_above_band(lq_resolver *r, const lq_offer *o)
{
    const struct {
        const char *key;
        double asked;
        const lq_pay_range *band;
    } terms[] = {{"base", lq_value_mean(&o->base), &o->band.base},
                 {"stock", stock_of(o), &o->band.stock},
                 {"bonus", lq_value_mean(&o->bonus.target), &o->band.bonus},
                 {"sign_on", lq_value_mean(&o->sign_on.amount), &o->band.sign_on}};
    if (o->role != LQ_OFFER_ASK) return;
    for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++) {
        const lq_pay_range *band = terms[i].band;
        const double asked = terms[i].asked;
        const bool is_money = band != &o->band.bonus;
        if (!band->given || asked <= band->high * (1.0 + 1e-9)) continue;
        lq_scenario_warn(r->scenario, o->mark, address(r, o, terms[i].key),
                         "%s: %s of %s lies above the employer's own band of %s%s%s", o->id,
                         terms[i].key,
                         is_money ? money(r, asked, o->currency) : fractions(r, asked, asked),
                         is_money ? range(r, band->low, band->high, o->currency)
                                  : fractions(r, band->low, band->high),
                         band->from_pack ? " in " : "", band->from_pack ? o->band.region : "");
    }
}

/* "35 % in year one" leaves open how the rest vests. */
static void warn_year_one(lq_resolver *r, const lq_offer *o)
{
    const lq_grant *grants = o->grants.items;
    for (size_t i = 0; i < o->grants.len; i++) {
        const lq_vesting_rule *rule = &grants[i].vesting;
        if (!rule->source || strncmp(rule->source, "the first year as written", 25) != 0)
            continue;
        const double *years = rule->years.items;
        lq_scenario_warn(
            r->scenario, grants[i].mark, address(r, o, "year_one"),
            "%s: %.4g %% in year one does not say how the rest vests; taken as %.4g "
            "%% in each later year",
            o->id, 100.0 * years[0], 100.0 * years[rule->years.len - 1]);
    }
}

/* "base: 285" where 285K is meant. */
static void warn_tiny(lq_resolver *r, const lq_offer *o)
{
    enum { TINY = 1000 };
    const lq_grant *grants = o->grants.items;
    const double base = lq_value_mean(&o->base);
    if (base > 0.0 && base < TINY)
        lq_scenario_warn(r->scenario, o->base.mark, address(r, o, "base"),
                         "%s: a base of %s a year: is a K missing?", o->id,
                         money(r, base, o->currency));
    for (size_t i = 0; i < o->grants.len; i++)
        if (grants[i].value.given && grants[i].face > 0.0 && grants[i].face < TINY)
            lq_scenario_warn(r->scenario, grants[i].value.mark, address(r, o, grants[i].id),
                             "%s: a grant of %s: is a K missing?", o->id,
                             money(r, grants[i].face, o->currency));
}

static bool has_refresh(const lq_offer *o)
{
    const lq_grant *grants = o->grants.items;
    for (size_t i = 0; i < o->grants.len; i++)
        if (grants[i].is_refresh) return true;
    return false;
}

static void warn_uneven(lq_resolver *r)
{
    const lq_scenario *s = r->scenario;
    const lq_offer *offers = s->offers.items;
    const lq_offer *with = NULL, *without = NULL, *paid = NULL, *unpaid = NULL;
    for (size_t i = 0; i < s->offers.len; i++) {
        const lq_offer *o = &offers[i];
        if (has_refresh(o))
            with = with ? with : o;
        else
            without = without ? without : o;
        if (lq_value_mean(&o->bonus.target) > 0.0)
            paid = paid ? paid : o;
        else
            unpaid = unpaid ? unpaid : o;
    }
    if (with && without)
        lq_scenario_warn(r->scenario, without->mark, address(r, without, "refresh"),
                         "%s has yearly refreshers and %s none: pay that is not written is not "
                         "added (an amount adds it, or `typical` where one is published)",
                         with->id, without->id);
    if (paid && unpaid)
        lq_scenario_warn(r->scenario, unpaid->mark, address(r, unpaid, "bonus"),
                         "%s has a bonus and %s none: pay that is not written is not added "
                         "(a target adds it, or `typical` where one is published)",
                         paid->id, unpaid->id);
}

static void warn_unused(lq_resolver *r)
{
    const lq_scenario *s = r->scenario;
    const lq_node *group = lq_child(r->root, "companies");
    const lq_company *companies = s->companies.items;
    for (const lq_node *node = group && group->kind == LQ_NODE_GROUP ? group->first : NULL;
         node; node = node->next) {
        bool used = false;
        for (size_t i = 0; i < s->companies.len && !used; i++)
            used = strcmp(companies[i].id, node->key) == 0;
        if (!used)
            lq_scenario_warn(r->scenario, node->mark,
                             lq_arena_printf(r->reader.arena, "companies.%s", node->key),
                             "no offer is from %s: it is left out", node->key);
    }
}

static void warn_not_computed(lq_resolver *r)
{
    static const char *const keys[] = {"solve", "levers", "goals"};
    const lq_node *decide = lq_child(r->root, "decide");
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        const lq_node *node = lq_child(decide, keys[i]);
        if (node)
            lq_scenario_warn(r->scenario, node->mark,
                             lq_arena_printf(r->reader.arena, "decide.%s", keys[i]),
                             "decide.%s is not computed by this version", keys[i]);
    }
}

static void warn_tax(lq_resolver *r)
{
    const lq_scenario *s = r->scenario;
    const lq_offer *offers = s->offers.items;
    size_t untaxed = 0;
    for (size_t i = 0; i < s->offers.len; i++)
        untaxed += offers[i].tax.method == LQ_TAX_NONE;
    if (untaxed == 0) return;
    if (untaxed < s->offers.len)
        lq_scenario_warn(r->scenario, (lq_mark){0}, "tax",
                         "some offers are taxed and some are not: they do not compare");
    else
        lq_scenario_warn(
            r->scenario, (lq_mark){0}, "tax",
            "tax: none: every figure is before tax (`tax: 41%%` takes one rate off)");
}

static void warn_stress(lq_resolver *r)
{
    const char *name = r->scenario->stress.name;
    if (name)
        lq_scenario_warn(r->scenario, (lq_mark){0}, "stress",
                         "stress: every figure here is of futures that go through \"%s\"",
                         name);
}

/* Told once, however many offers it is about; without memory for the text, said at the end. */
static void note(lq_resolver *r, const char *key, const char *text)
{
    if (!text) return;
    const lq_warning row = {.key = key, .text = text};
    if (!text) return; /* out of memory: asked for at the end */
    const lq_warning *known = r->scenario->notes.items;
    for (size_t i = 0; i < r->scenario->notes.len; i++)
        if (strcmp(known[i].text, text) == 0) return;
    lq_list_push(r->reader.arena, &r->scenario->notes, &row, sizeof row);
}

/* What the letter adds up to is one sum; every world draws its own pay. */
static void note_unknown_pay(lq_resolver *r, const lq_offer *o)
{
    const lq_grant *grants = o->grants.items;
    const char *names = "", *gap = "";
    const struct {
        const char *name;
        bool unknown;
    } terms[] = {{"base", o->base.uncertain},
                 {"raise", o->raise.uncertain},
                 {"bonus", o->bonus.target.uncertain},
                 {"sign_on", o->sign_on.amount.uncertain}};
    for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++) {
        if (!terms[i].unknown) continue;
        names = lq_arena_printf(r->reader.arena, "%s%s%s", names, gap, terms[i].name);
        gap = ", ";
    }
    for (size_t i = 0; i < o->grants.len; i++) {
        if (!grants[i].value.uncertain && !grants[i].units.uncertain &&
            !grants[i].share.uncertain)
            continue;
        names = lq_arena_printf(r->reader.arena, "%s%s%s", names, gap, grants[i].id);
        gap = ", ";
    }
    if (!*gap) return;
    note(r, address(r, o, "base"),
         lq_arena_printf(r->reader.arena,
                         "%s: not known: %s; each world draws its own, the letter's sum and "
                         "warnings take the mean",
                         o->id, names));
}

/* The screen has room for one line of it. */
static void warn_of_deal(lq_resolver *r, const lq_company *c, const lq_note *note)
{
    const char *key = lq_arena_printf(r->reader.arena, "companies.%s.deal", c->id);
    if (!c->deal.price.given) lq_scenario_warn(r->scenario, c->mark, key, "%s", note->text);
}

static void note_packs(lq_resolver *r)
{
    const lq_company *companies = r->scenario->companies.items;
    for (size_t i = 0; i < r->scenario->companies.len; i++) {
        const lq_pack *pack = r->pack_of[i];
        const lq_note *notes = pack ? pack->notes.items : NULL;
        for (size_t n = 0; pack && n < pack->notes.len; n++)
            if (notes[n].reports_deal)
                warn_of_deal(r, &companies[i], &notes[n]);
            else
                note(r, lq_arena_printf(r->reader.arena, "companies.%s", companies[i].id),
                     lq_arena_printf(r->reader.arena, "%s (%s, %s)", notes[n].text,
                                     notes[n].source, notes[n].date));
    }
}

static void note_peers(lq_resolver *r, const lq_offer *o)
{
    const lq_level *levels = r->levels ? r->levels->levels.items : NULL;
    if (!o->level || !levels || o->role == LQ_OFFER_ASK || o->role == LQ_OFFER_BAND_MID ||
        o->role == LQ_OFFER_BAND_HIGH)
        return;
    for (size_t i = 0; i < r->levels->levels.len; i++) {
        const lq_peer *peers = levels[i].peers.items;
        const char *text = "", *gap = "";
        if (strcmp(levels[i].id, o->level) != 0) continue;
        for (size_t p = 0; p < levels[i].peers.len; p++, gap = " = ")
            text = lq_arena_printf(r->reader.arena, "%s%s%s %s", text, gap, peers[p].company,
                                   peers[p].title);
        note(r, address(r, o, "level"), text);
        return;
    }
    lq_scenario_warn(r->scenario, o->mark, address(r, o, "level"),
                     "level %s is not in levels.yaml: no peers and no band are known for it",
                     o->level);
}

lq_status lq_scenario_warnings(lq_resolver *r, lq_error *err)
{
    const lq_company *companies = r->scenario->companies.items;
    const lq_offer *offers = r->scenario->offers.items;
    warn_stress(r);
    note_packs(r);
    for (size_t i = 0; i < r->scenario->offers.len; i++) {
        warn_total(r, &offers[i]);
        warn_above_band(r, &offers[i]);
        warn_year_one(r, &offers[i]);
        warn_tiny(r, &offers[i]);
        note_peers(r, &offers[i]);
        note_unknown_pay(r, &offers[i]);
    }
    for (size_t i = 0; i < r->scenario->companies.len; i++)
        lq_scenario_warn_company(r, &companies[i]);
    warn_uneven(r);
    warn_unused(r);
    warn_not_computed(r);
    warn_tax(r);
    if (lq_arena_failed(r->reader.arena))
        return LQ_FAIL(err, LQ_ENOMEM, .expected = "memory for the warnings");
    return LQ_OK;
}
