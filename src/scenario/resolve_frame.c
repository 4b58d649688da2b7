#include "scenario/resolve.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

bool lq_list_push(lq_arena *arena, lq_list *list, const void *item, size_t size)
{
    const size_t cap = list->len & (list->len - 1) ? 0 : 2 * list->len + (list->len == 0);
    if (cap) { /* full at every power of two */
        void *grown = lq_arena_calloc(arena, cap, size);
        if (!grown) return false;
        if (list->len) memcpy(grown, list->items, list->len * size);
        list->items = grown;
    }
    memcpy((char *)list->items + list->len * size, item, size);
    list->len++;
    return true;
}

void lq_scenario_warn(lq_scenario *scenario, lq_mark mark, const char *key, const char *format,
                      ...)
{
    va_list args;
    va_start(args, format);
    const lq_warning warning = {.key = lq_arena_strdup(scenario->arena, key),
                                .text = lq_arena_vprintf(scenario->arena, format, args),
                                .mark = mark};
    va_end(args);
    lq_list_push(scenario->arena, &scenario->warnings, &warning, sizeof warning);
}

double lq_market_spot(const lq_scenario *scenario, const char *currency)
{
    const lq_fx *fx = scenario->market.fx.items;
    if (strcmp(currency, scenario->currency) == 0) return 1.0;
    for (size_t i = 0; i < scenario->market.fx.len; i++)
        if (strcmp(fx[i].currency, currency) == 0) return lq_value_mean(&fx[i].spot);
    return 0.0;
}

const char *lq_fx_hint(lq_resolver *r, const char *currency)
{
    const char *report = r->scenario->currency;
    return lq_arena_printf(
        r->reader.arena,
        "market: {fx: {%s%s: {spot: ..., volatility: 8%%, rate: ...}}}, with "
        "the price of one %s in %s and its interest rate",
        currency, report, currency, report);
}

/* EURUSD with a report in USD: the foreign currency is EUR, spot as written. With a report in
 * EUR the pair is turned: USD is foreign, and one dollar costs 1 / spot. */
static bool orient(lq_resolver *r, const lq_node *node, lq_fx *fx)
{
    const char *report = r->scenario->currency;
    if (strlen(fx->id) != 6 || strspn(fx->id, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 6) {
        lq_node_problem(node, r->reader.problems, "a pair of currencies such as EURUSD", fx->id,
                        NULL);
        return false;
    }
    fx->inverted = strncmp(fx->id, report, 3) == 0;
    memcpy(fx->currency, fx->inverted ? fx->id + 3 : fx->id, 3);
    fx->currency[3] = '\0';
    if (!fx->inverted && strcmp(fx->id + 3, report) != 0)
        return false; /* a cross: not needed */
    if (!fx->inverted) return true;
    if (!lq_value_is_constant(&fx->spot)) {
        lq_node_problem(
            node, r->reader.problems, "one spot for a pair that has to be turned",
            "a distribution",
            lq_arena_printf(r->reader.arena, "write %s%s instead", fx->currency, report));
        return false;
    }
    fx->spot.p[0] = 1.0 / fx->spot.p[0];
    fx->correlation.p[0] = -fx->correlation.p[0];
    return true;
}

static const lq_fx *fx_of_pack(const lq_resolver *r, const char *id)
{
    const lq_list *list = &r->market_pack->market.fx;
    const lq_fx *fx = list->items;
    for (size_t i = 0; i < list->len; i++)
        if (strcmp(fx[i].id, id) == 0) return &fx[i];
    return NULL;
}

static bool has_currency(const lq_list *list, const char *currency)
{
    const lq_fx *fx = list->items;
    for (size_t i = 0; i < list->len; i++)
        if (strcmp(fx[i].currency, currency) == 0) return true;
    return false;
}

/* The user's pairs over the pack's, then the pack's others. */
static void resolve_fx(lq_resolver *r, const lq_node *market)
{
    const lq_node *group = market ? lq_node_get(market, "fx") : NULL;
    lq_list *list = &r->scenario->market.fx;
    *list = (lq_list){0};
    for (const lq_node *node = group && group->kind == LQ_NODE_GROUP ? group->first : NULL;
         node; node = node->next) {
        const lq_fx *known = fx_of_pack(r, node->key);
        lq_fx fx = {0};
        if (known)
            fx = *known;
        else
            lq_schema_defaults(&lq_fx_record, &r->quiet, &fx);
        fx.id = lq_arena_strdup(r->reader.arena, node->key);
        if (!lq_schema_read(&lq_fx_record, node, &r->quiet, &fx)) continue;
        if (!fx.spot.given || !fx.rate.given) {
            lq_node_problem(node, r->reader.problems,
                            "{spot: 1.15, volatility: 8%, rate: 2.7%}",
                            fx.spot.given ? "no rate" : "no spot", NULL);
            continue;
        }
        if (!orient(r, node, &fx)) continue;
        if (has_currency(list, fx.currency))
            lq_node_problem(node, r->reader.problems, "each currency once", fx.id, NULL);
        lq_list_push(r->reader.arena, list, &fx, sizeof fx);
    }
    const lq_list *pack = &r->market_pack->market.fx;
    for (size_t i = 0; i < pack->len; i++) {
        lq_fx fx = ((const lq_fx *)pack->items)[i];
        if ((group && lq_node_get(group, fx.id)) || !orient(r, r->root, &fx)) continue;
        if (!has_currency(list, fx.currency))
            lq_list_push(r->reader.arena, list, &fx, sizeof fx);
    }
}

static void resolve_market(lq_resolver *r)
{
    const lq_node *node = lq_node_get(r->root, "market");
    lq_market *market = &r->scenario->market;
    *market = r->market_pack->market;
    if (node && node->kind == LQ_NODE_GROUP)
        lq_schema_read(&lq_market_record, node, &r->quiet, market);
    resolve_fx(r, node);
}

static void read_group(lq_resolver *r, const char *key, const lq_record *record, void *out)
{
    const lq_node *node = lq_node_get(r->root, key);
    lq_schema_defaults(record, &r->quiet, out);
    if (node && node->kind == LQ_NODE_GROUP) lq_schema_read(record, node, &r->quiet, out);
}

static void resolve_tax(lq_resolver *r)
{
    const lq_node *node = lq_node_get(r->root, "tax");
    lq_tax_rule *rule = &r->scenario->tax;
    if (node && node->kind == LQ_NODE_GROUP)
        lq_schema_read(&lq_tax_record, node, &r->quiet, rule);
    else if (node)
        lq_read_tax(node, &r->quiet, rule);
    if (node && node->kind == LQ_NODE_GROUP && !rule->flat.given && lq_is_sound(r, node))
        lq_node_problem(node, r->reader.problems, "a flat rate, {flat: 41%, gains: 25%}",
                        "none", NULL);
}

/* Money of no offer or company is in the report's currency, and says so or nothing. */
static void money_of_report(lq_resolver *r, lq_value *value, const char *group, const char *key)
{
    lq_scenario *s = r->scenario;
    if (value->is_default || !value->currency[0]) memcpy(value->currency, s->currency, 4);
    if (strcmp(value->currency, s->currency) == 0) return;
    const lq_node *above = lq_node_get(r->root, group);
    const lq_node *node = above ? lq_node_get(above, key) : NULL;
    if (node)
        lq_node_problem(
            node, r->reader.problems,
            lq_arena_printf(r->reader.arena, "money in the report's %s", s->currency),
            value->currency, NULL);
}

static lq_date next_january(lq_date date)
{
    const bool is_new_year = date.month == 1 && date.day == 1;
    return (lq_date){is_new_year ? date.year : date.year + 1, 1, 1};
}

lq_status lq_resolve_frame(lq_resolver *r, lq_error *err)
{
    lq_scenario *s = r->scenario;
    LQ_TRY(lq_packs_market(&r->packs, &r->market_pack, err));
    if (!r->market_pack)
        return LQ_FAIL(err, LQ_ECONFIG, .file = r->packs.folder, .key = "market.yaml",
                       .expected = "a sound market pack");
    read_group(r, "simulation", &lq_simulation_record, &s->simulation);
    read_group(r, "person", &lq_person_record, &s->person);
    read_group(r, "decide", &lq_decide_record, &s->decide);
    if (s->simulation.start.year == 0) s->simulation.start = next_january(r->market_pack->date);
    money_of_report(r, &s->person.wealth, "person", "wealth");
    money_of_report(r, &s->person.spending, "person", "spending");
    if (s->simulation.tolerance_money.given)
        money_of_report(r, &s->simulation.tolerance_money, "simulation", "tolerance_money");
    resolve_tax(r);
    resolve_market(r);
    return LQ_OK;
}
