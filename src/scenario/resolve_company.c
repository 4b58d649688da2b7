#include "scenario/resolve.h"

#include <stdint.h>
#include <string.h>

static const lq_node *company_node(const lq_resolver *r, const char *id)
{
    const lq_node *node = lq_child(lq_child(r->root, "companies"), id);
    return node && node->kind == LQ_NODE_GROUP ? node : NULL;
}

/* What stands in place of the company, or of all of them: the schema has told it. */
static bool is_told(const lq_resolver *r, const char *id)
{
    const lq_node *group = lq_child(r->root, "companies");
    if (group && group->kind != LQ_NODE_GROUP)
        return group->kind == LQ_NODE_LIST || group->text[0];
    return lq_child(group, id) != NULL;
}

static bool has(const lq_node *group, const char *key)
{
    return lq_child(group, key) != NULL;
}

static void unknown(lq_resolver *r, const char *what, const char *id, const lq_node *at)
{
    const lq_list ids = lq_packs_ids(&r->packs);
    const char *const *names = ids.items;
    const char *near = lq_suggest(id, names, ids.len);
    const char *hint = near ? lq_arena_printf(r->reader.arena, "did you mean %s?", near) : NULL;
    if (!hint)
        hint = "describe it: {like: late-stage, post_money: $800M}; "
               "like is seed, series-a, growth, late-stage or public-large";
    lq_node_problem(at, r->reader.problems, what, id, hint);
}

static const char *text_of(const lq_node *group, const char *key)
{
    const lq_node *node = has(group, key) ? lq_node_get(group, key) : NULL;
    return node && node->kind == LQ_NODE_SCALAR ? node->text : NULL;
}

/* The pack that fills what is not written: of `like`, else of the id. *known is false after a
 * problem. */
static lq_status choose_pack(lq_resolver *r, const char *id, const lq_node *node,
                             const lq_node *at, const lq_pack **out, lq_error *err)
{
    const char *like = text_of(node, "like");
    *out = NULL;
    if (like && strcmp(like, "none") == 0) return LQ_OK;
    LQ_TRY(lq_packs_company(&r->packs, like ? like : id, out, err));
    if (like && !*out)
        unknown(r, "an archetype or a company of the data packs", like,
                lq_node_get(node, "like"));
    else if (!node && !*out && !is_told(r, id))
        unknown(r, "a company of this file or of the data packs", id, at);
    return LQ_OK;
}

/* What the user wrote rules out what the pack says in another way. */
static void drop_contradicted(const lq_node *node, lq_company *c)
{
    const lq_node *opening = node ? lq_node_get(node, "opening_value") : NULL;
    if (has(node, "correlation") && !has(node, "beta")) c->beta.given = false;
    if (has(node, "beta") && !has(node, "correlation")) c->correlation.given = false;
    if (has(node, "alpha") && !has(node, "growth")) c->growth.given = false;
    const bool stack = has(node, "preferences") || has(node, "cap_table");
    if (has(node, "common_factor") && !stack) {
        c->preferences = (lq_list){0};
        c->cap_table = (lq_cap_table){0};
    }
    if (stack && !has(node, "common_factor")) c->common_factor.given = false;
    if (has(opening, "method")) return;
    if (has(opening, "fair_value"))
        c->opening_value.method = LQ_OPENING_FAIR_VALUE;
    else if (has(opening, "haircut"))
        c->opening_value.method = LQ_OPENING_HAIRCUT;
    else if (has(opening, "series") || has(opening, "price") || has(opening, "term"))
        c->opening_value.method = LQ_OPENING_BACKSOLVE;
}

/* A company of which only the volatility is known moves with the market like a large stock. */
static void default_correlation(lq_company *c)
{
    if (c->beta.given || c->correlation.given) return;
    c->correlation = lq_value_constant(0.5);
    c->correlation.is_default = true;
    c->correlation.source = "assumption: about that of a large listed company";
}

static void give_currency(lq_value *value, const char *currency)
{
    if (value->given && !value->currency[0]) memcpy(value->currency, currency, 4);
}

static void own_currency(const lq_scenario *s, lq_company *c)
{
    if (!c->currency[0] && c->last_round.post_money.currency[0])
        memcpy(c->currency, c->last_round.post_money.currency, 4);
    if (!c->currency[0]) memcpy(c->currency, s->currency, 4);
    give_currency(&c->price, c->currency);
    give_currency(&c->last_round.post_money, c->currency);
    give_currency(&c->last_round.price, c->currency);
    give_currency(&c->opening_value.fair_value, c->currency);
    give_currency(&c->deal.price, c->currency);
    give_currency(&c->deal.break_value, c->currency);
    if (c->floor_is_money) give_currency(&c->floor, c->currency);
}

/* Tells what a company cannot do without; only where the schema had nothing to say. */
static void tell_gaps(lq_resolver *r, const lq_company *c, const lq_node *at)
{
    static const char like[] = "or fill the rest from an archetype: like: late-stage";
    const bool is_private = c->listing == 1;
    const bool fair = c->opening_value.method == LQ_OPENING_FAIR_VALUE;
    const struct {
        bool missing;
        const char *expected, *found, *hint;
    } gaps[] = {
        {!c->volatility.given && c->model != LQ_MODEL_BOOTSTRAP && !r->companies_only,
         "a volatility, e.g. 30%", "none", like},
        {is_private && fair && !c->opening_value.fair_value.given,
         "opening_value.fair_value: what all shares are worth", "none", NULL},
        {is_private && !fair && !c->last_round.post_money.given,
         "a value: post_money of the last round, or opening_value", "none",
         "last_round: {post_money: $800M, date: 2025-06-01}"},
    };
    for (size_t i = 0; lq_is_sound(r, at) && i < sizeof gaps / sizeof gaps[0]; i++)
        if (gaps[i].missing)
            lq_node_problem(at, r->reader.problems, gaps[i].expected, gaps[i].found,
                            gaps[i].hint);
}

/* A lockup in stages ends with the last. */
static void end_lockup(lq_company *c)
{
    const lq_lockup_stage *stages = c->lockup_stages.items;
    if (c->lockup_stages.len) c->lockup = stages[c->lockup_stages.len - 1].after;
}

static void fill(lq_resolver *r, const char *id, const lq_node *node, const lq_pack *pack,
                 lq_company *c)
{
    lq_arena *arena = r->reader.arena;
    if (pack)
        *c = pack->company;
    else
        lq_schema_defaults(&lq_company_record, &r->quiet, c);
    if (node) lq_schema_read(&lq_company_record, node, &r->quiet, c);
    if (!pack && has(node, "cap_table") && !has(node, "listing")) c->listing = 1;
    const lq_node *secondary = lq_child(node, "secondary");
    if (secondary && secondary->kind == LQ_NODE_GROUP && !has(secondary, "allowed"))
        c->secondary.allowed = true;
    end_lockup(c);
    drop_contradicted(node, c);
    default_correlation(c);
    c->id = lq_arena_strdup(arena, id);
    if (!c->id) c->id = ""; /* out of memory: asked for at the end */
    if (!c->name || (pack && strcmp(pack->id, id) != 0 && !has(node, "name"))) c->name = c->id;
    if (node) c->mark = node->mark;
    own_currency(r->scenario, c);
    lq_resolve_cap_table(r, node, c);
}

lq_status lq_resolve_company(lq_resolver *r, const char *id, const lq_node *inline_node,
                             const lq_node *at, size_t *out, lq_error *err)
{
    lq_list *list = &r->scenario->companies;
    lq_company *companies = list->items;
    const lq_node *node = inline_node ? inline_node : company_node(r, id);
    const lq_pack *pack = NULL;
    *out = SIZE_MAX;
    for (size_t i = 0; i < list->len; i++) {
        if (strcmp(companies[i].id, id) != 0) continue;
        if (inline_node)
            lq_node_problem(inline_node, r->reader.problems,
                            "an offer's id that is no company's, for it names this one", id,
                            NULL);
        *out = i;
        return LQ_OK;
    }
    LQ_TRY(choose_pack(r, id, node, at, &pack, err));
    if (!node && !pack) return LQ_OK;
    if (has(node, "like") && !pack && strcmp(text_of(node, "like"), "none") != 0) return LQ_OK;
    if (list->len == r->cap_companies)
        return LQ_FAIL(err, LQ_ECONFIG, .key = id, .expected = "fewer companies");
    fill(r, id, node, pack, &companies[list->len]);
    tell_gaps(r, &companies[list->len], node ? node : at);
    r->pack_of[list->len] = pack;
    *out = list->len++;
    return LQ_OK;
}

lq_status lq_resolve_companies(lq_resolver *r, lq_error *err)
{
    const lq_node *group = lq_child(r->root, "companies");
    for (const lq_node *node = group && group->kind == LQ_NODE_GROUP ? group->first : NULL;
         node; node = node->next) {
        size_t company;
        LQ_TRY(lq_resolve_company(r, node->key, NULL, node, &company, err));
    }
    return LQ_OK;
}

const lq_terms *lq_resolver_terms(const lq_resolver *r, size_t company)
{
    return r->pack_of[company] ? &r->pack_of[company]->terms : NULL;
}
