#include "scenario/resolve.h"

#include "scenario/letter.h"

#include <math.h>
#include <string.h>

enum { MAX_GRANTS = 64 };

const lq_node *lq_child(const lq_node *group, const char *key)
{
    return group && group->kind == LQ_NODE_GROUP ? lq_node_get(group, key) : NULL;
}

bool lq_is_sound(const lq_resolver *r, const lq_node *node)
{
    return r->clean || !node || lq_node_is_sound(node, r->reader.problems);
}

const lq_node *lq_origin_get(const lq_origin *origin, const char *key)
{
    const lq_node *asked = lq_child(origin->ask, key);
    return asked ? asked : lq_child(origin->letter, key);
}

/* Where to complain about a term: its own node, else the offer's. */
static const lq_node *place(const lq_origin *origin, const char *key)
{
    const lq_node *node = lq_origin_get(origin, key);
    return node ? node : origin->letter;
}

/* The offer's own currency: written, else that of its pay, else the report's. */
static void choose_currency(const lq_scenario *s, const lq_offer_input *input, lq_offer *offer)
{
    const char *first[] = {input->currency, input->base.currency, input->band.base.currency,
                           input->stock.value.currency, s->currency};
    size_t i = 0;
    while (first[i][0] == '\0')
        i++;
    memcpy(offer->currency, first[i], 4);
}

static void check_currency(lq_resolver *r, const lq_offer *offer, const lq_origin *origin)
{
    if (lq_market_spot(r->scenario, offer->currency) > 0.0) return;
    lq_node_problem(
        place(origin, "currency"), r->reader.problems, "a currency that the market knows",
        lq_arena_strdup(r->reader.arena, offer->currency), lq_fx_hint(r, offer->currency));
}

/* Pay is in one currency; only grants may be in another. */
static void pay_in_currency(lq_resolver *r, lq_value *pay, const char *key,
                            const lq_offer *offer, const lq_origin *origin)
{
    if (!pay->currency[0] || pay->is_default) memcpy(pay->currency, offer->currency, 4);
    if (!pay->given || strcmp(pay->currency, offer->currency) == 0) return;
    lq_node_problem(
        place(origin, key), r->reader.problems,
        lq_arena_printf(r->reader.arena, "pay in the offer's %s", offer->currency),
        lq_arena_strdup(r->reader.arena, pay->currency),
        "an offer's pay is in one currency; only a grant's value may be in another");
}

static bool is_whole(const lq_value *duration)
{
    const double months = 12.0 * duration->p[0];
    return fabs(months - round(months)) < 1e-6;
}

/* A clawback ends with a month. */
static void check_sign_on(lq_resolver *r, const lq_offer *offer, const lq_origin *origin)
{
    if (is_whole(&offer->sign_on.clawback)) return;
    lq_node_problem(place(origin, "sign_on"), r->reader.problems, "a clawback of whole months",
                    "a part of a month", NULL);
}

static void resolve_bonus(lq_resolver *r, const lq_offer_input *input, const lq_origin *origin,
                          lq_offer *offer)
{
    const lq_terms *terms = lq_resolver_terms(r, offer->company);
    offer->bonus = (lq_bonus){input->bonus.target, input->bonus.payout};
    if (terms && input->bonus.payout.is_default && terms->bonus.payout.given)
        offer->bonus.payout = terms->bonus.payout;
    if (!input->bonus.typical) return;
    if (terms && terms->bonus.target.given && lq_value_mean(&terms->bonus.target) > 0.0) {
        offer->bonus.target = terms->bonus.target;
        return;
    }
    lq_node_problem(place(origin, "bonus"), r->reader.problems,
                    "a target: nobody has published what is typical here", "typical",
                    "bonus: 10%");
}

/* The usual years with another first one; the rest is split evenly. */
static void put_year_one(lq_resolver *r, const lq_value *year_one, lq_vesting_rule *rule)
{
    const bool by_years = rule->kind == LQ_VESTING_YEARS;
    const int months = lq_vesting_rule_months(rule);
    const size_t n = months > 12 ? (size_t)(months + 11) / 12 : 4;
    double *years = lq_arena_calloc(r->reader.arena, n, sizeof *years);
    if (!years) return;
    for (size_t y = 0; y < n; y++)
        years[y] = y == 0 ? year_one->p[0] : (1.0 - year_one->p[0]) / (double)(n - 1);
    if (!by_years && 12 % lq_value_months(&rule->every) != 0)
        lq_value_parse("3mo", LQ_MEASURE_DURATION, &rule->every);
    rule->kind = LQ_VESTING_YEARS;
    rule->years = (lq_list){years, n};
    rule->over = (lq_value){0};
    rule->table = (lq_list){0};
    rule->assumed = true;
    rule->source = "the first year as written; the rest split evenly";
}

bool lq_stock_has_terms(const lq_node *stock)
{
    for (const lq_field *f = lq_stock_record.fields; f->key; f++)
        if (strcmp(f->key, "value") != 0 && strcmp(f->key, "source") != 0 &&
            lq_child(stock, f->key))
            return true;
    return false;
}

/* Where the terms of `stock:` stand: an ask that names some replaces the letter's. */
static const lq_node *stock_terms(const lq_origin *origin)
{
    const lq_node *asked = lq_child(origin->ask, "stock");
    const lq_node *letter = lq_child(origin->letter, "stock");
    return asked && (!letter || lq_stock_has_terms(asked)) ? asked : letter;
}

/* `stock:`: one grant, at the company's usual terms where it names none. */
static size_t stock_grant(lq_resolver *r, const lq_offer_input *input, lq_offer *offer,
                          const lq_origin *origin, lq_grant *grant)
{
    const lq_node *terms = stock_terms(origin);
    lq_grant usual = {0};
    if (!input->stock.value.given) {
        if (terms && lq_is_sound(r, terms))
            lq_node_problem(terms, r->reader.problems, "a value, the letter's number", "none",
                            "stock: {value: $420K, ...}, or a band for it");
        return 0;
    }
    lq_schema_defaults(&lq_grant_record, &r->quiet, &usual);
    *grant = input->stock;
    grant->id = "grant-1";
    grant->probability = usual.probability;
    grant->mark = place(origin, "stock")->mark;
    if (!grant->source) grant->source = input->stock.value.source;
    grant->address = terms ? lq_node_address(terms, r->reader.arena)
                           : lq_arena_printf(r->reader.arena, "%s.stock",
                                             lq_node_address(origin->letter, r->reader.arena));
    lq_resolve_vesting(r, lq_child(terms, "vesting"), offer->company, &grant->vesting);
    lq_resolve_grant_terms(r, offer, lq_stock_has_terms(terms) ? terms : NULL, grant);
    return 1;
}

static size_t written_grants(lq_resolver *r, const lq_offer_input *input, lq_offer *offer,
                             const lq_origin *origin, lq_grant *grants)
{
    const lq_node *list = lq_origin_get(origin, "grants");
    const lq_node *node = list && list->kind == LQ_NODE_LIST ? list->first : NULL;
    const lq_grant *written = input->grants.items;
    const size_t n = input->grants.len < MAX_GRANTS ? input->grants.len : MAX_GRANTS;
    for (size_t i = 0; i < n; i++, node = node ? node->next : NULL) {
        grants[i] = written[i];
        if (!grants[i].id) grants[i].id = lq_arena_printf(r->reader.arena, "grant-%zu", i + 1);
        for (size_t j = 0; j < i; j++)
            if (node && strcmp(grants[j].id, grants[i].id) == 0)
                lq_node_problem(node, r->reader.problems, "an id of its own", grants[i].id,
                                NULL);
        if (node) grants[i].address = lq_node_address(node, r->reader.arena);
        lq_resolve_vesting(r, lq_child(node, "vesting"), offer->company, &grants[i].vesting);
        lq_resolve_grant_terms(r, offer, node, &grants[i]);
    }
    return n;
}

static void apply_year_one(lq_resolver *r, const lq_offer_input *input, const lq_origin *origin,
                           lq_grant *grants, size_t n)
{
    if (!input->year_one.given) return;
    if (n == 1) {
        put_year_one(r, &input->year_one, &grants[0].vesting);
        return;
    }
    lq_node_problem(place(origin, "year_one"), r->reader.problems,
                    "one grant that it can apply to", n == 0 ? "none" : "several",
                    "write vesting: {years: [35%, ...]} in the grant");
}

/* An ask's stock resizes a letter's grant, an ask's grants replace a letter's stock. */
static bool has_both(const lq_node *terms)
{
    return lq_child(terms, "stock") && lq_child(terms, "grants");
}

static void resolve_grants(lq_resolver *r, const lq_offer_input *input, const lq_origin *origin,
                           lq_offer *offer)
{
    lq_grant *grants = lq_arena_calloc(r->reader.arena, 2 * MAX_GRANTS, sizeof *grants);
    if (!grants) return;
    if (has_both(origin->letter) || has_both(origin->ask))
        lq_node_problem(place(origin, "grants"), r->reader.problems, "stock or grants", "both",
                        NULL);
    if (input->grants.len > MAX_GRANTS)
        lq_node_problem(place(origin, "grants"), r->reader.problems, "at most 64 grants",
                        "more", NULL);
    size_t n = input->grants.len ? written_grants(r, input, offer, origin, grants)
                                 : stock_grant(r, input, offer, origin, grants);
    apply_year_one(r, input, origin, grants, n);
    const size_t n_written = n;
    n += lq_resolve_refresh(r, input, lq_origin_get(origin, "refresh"), offer->company,
                            grants + n, MAX_GRANTS);
    for (size_t i = n_written; i < n; i++)
        lq_resolve_grant_terms(r, offer, NULL, &grants[i]);
    offer->grants = (lq_list){grants, n};
}

static void resolve_tax(const lq_resolver *r, const lq_offer_input *input,
                        const lq_origin *origin, lq_offer *offer)
{
    const lq_node *node = lq_child(origin->letter, "tax");
    offer->tax = node ? input->tax : r->scenario->tax;
    if (node && node->kind == LQ_NODE_GROUP && offer->tax.method == LQ_TAX_NONE &&
        lq_is_sound(r, node))
        lq_node_problem(node, r->reader.problems, "a flat rate, {flat: 41%, gains: 25%}",
                        "none", NULL);
    if (offer->tax.method == LQ_TAX_FLAT && !offer->tax.gains.given) {
        offer->tax.gains = offer->tax.flat;
        offer->tax.gains.is_default = true;
    }
}

/* The range that follows from the terms is widened by the band's other variants later on. */
static void compute_total(lq_offer *offer, const lq_offer_input *input)
{
    const lq_grant *grants = offer->grants.items;
    double stock = 0.0, total;
    for (size_t i = 0; i < offer->grants.len; i++)
        stock += grants[i].is_refresh ? 0.0 : grants[i].face;
    total =
        lq_value_mean(&offer->base) * (1.0 + lq_value_mean(&offer->bonus.target)) + stock / 4;
    offer->stated_total.computed_low = offer->stated_total.computed_high = total;
    if (!input->stated_total.given) return;
    offer->stated_total.given = true;
    offer->stated_total.mark = input->stated_total.mark;
    lq_value_range(&input->stated_total, &offer->stated_total.low, &offer->stated_total.high);
}

/* By the region as written; without one by where the person lives. */
static bool is_place_of(const lq_level_band *band, const lq_offer *offer)
{
    if (strcmp(band->company, offer->company_id) != 0) return false;
    if (offer->region) return strcmp(band->region, offer->region) == 0;
    return band->residence && offer->residence &&
           strcmp(band->residence, offer->residence) == 0;
}

/* The row of levels.yaml for the offer's company, level and place. */
static const lq_level_band *known_band(const lq_resolver *r, const lq_offer *offer)
{
    if (!r->levels || !offer->level) return NULL;
    const lq_level *levels = r->levels->levels.items;
    for (size_t i = 0; i < r->levels->levels.len; i++) {
        const lq_level_band *bands = levels[i].bands.items;
        if (strcmp(levels[i].id, offer->level) != 0) continue;
        for (size_t b = 0; b < levels[i].bands.len; b++)
            if (is_place_of(&bands[b], offer)) return &bands[b];
    }
    return NULL;
}

/* The config's own range of a term, else the employer's usual. */
static lq_pay_range range_of(const lq_value *written, const lq_value *known)
{
    const lq_value *value = written->given ? written : known;
    lq_pay_range range = {.given = value && value->given, .from_pack = !written->given};
    if (range.given) lq_value_range(value, &range.low, &range.high);
    return range;
}

static void resolve_band(lq_resolver *r, const lq_offer_input *input, lq_offer *offer)
{
    const lq_level_band *row = known_band(r, offer);
    const lq_band_input *band = &input->band, *known = row ? &row->band : NULL;
    if (known && known->base.currency[0] && strcmp(known->base.currency, offer->currency) != 0)
        known = NULL;
    offer->band.region = known ? row->region : NULL;
    offer->band.base = range_of(&band->base, known ? &known->base : NULL);
    offer->band.stock = range_of(&band->stock, known ? &known->stock : NULL);
    offer->band.bonus = range_of(&band->bonus, known ? &known->bonus : NULL);
    offer->band.sign_on = range_of(&band->sign_on, known ? &known->sign_on : NULL);
}

static void headline(const lq_scenario *s, lq_offer *offer)
{
    const lq_letter sum = lq_letter_sum(offer, 0, lq_value_months(&s->simulation.horizon));
    offer->headline_total = sum.total;
    offer->headline_equity = sum.equity;
}

void lq_resolve_offer(lq_resolver *r, const lq_offer_input *input, const lq_origin *origin)
{
    lq_scenario *s = r->scenario;
    lq_offer offer = {.id = input->id,
                      .name = input->name ? input->name : input->id,
                      .letter_id = input->letter_id ? input->letter_id : input->id,
                      .role = input->role,
                      .company_id = input->company_id,
                      .base = input->base,
                      .raise = input->raise,
                      .leaving = input->leaving,
                      .fallback = input->fallback,
                      .search_gap = input->search_gap,
                      .last_wage = input->last_wage,
                      .sign_on = input->sign_on.terms,
                      .residence = input->residence ? input->residence : s->person.residence,
                      .level = input->level,
                      .region = input->region,
                      .source = input->source,
                      .mark = origin->letter->mark};
    const lq_company *companies = s->companies.items;
    while (strcmp(companies[offer.company].id, input->company_id) != 0)
        offer.company++;
    choose_currency(s, input, &offer);
    check_currency(r, &offer, origin);
    pay_in_currency(r, &offer.base, "base", &offer, origin);
    pay_in_currency(r, &offer.sign_on.amount, "sign_on", &offer, origin);
    if (offer.fallback.given) pay_in_currency(r, &offer.fallback, "fallback", &offer, origin);
    if (!offer.raise.given) {
        offer.raise = lq_value_constant(0.0);
        offer.raise.is_default = true;
    }
    check_sign_on(r, &offer, origin);
    resolve_bonus(r, input, origin, &offer);
    resolve_grants(r, input, origin, &offer);
    resolve_tax(r, input, origin, &offer);
    compute_total(&offer, input);
    resolve_band(r, input, &offer);
    headline(s, &offer);
    lq_list_push(r->reader.arena, &s->offers, &offer, sizeof offer);
}
