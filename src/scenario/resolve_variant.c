#include "scenario/resolve.h"

#include <stdint.h>
#include <string.h>

static bool has(const lq_node *group, const char *key)
{
    return lq_child(group, key) != NULL;
}

static bool same_place(const lq_problem *a, const lq_problem *b)
{
    return a->mark.line == b->mark.line && a->mark.column == b->mark.column &&
           strcmp(a->expected, b->expected) == 0;
}

/* A variant repeats its letter's mistakes: each is told once. */
static void add_new_problems(lq_problems *known, const lq_problems *found)
{
    for (const lq_problem *p = lq_problems_first(found); p; p = p->next) {
        const lq_problem *q = lq_problems_first(known);
        while (q && !same_place(p, q))
            q = q->next;
        if (!q) lq_problems_add(known, p);
    }
}

static void resolve_variant(lq_resolver *r, const lq_offer_input *input,
                            const lq_origin *origin)
{
    lq_problems *known = r->reader.problems, *found = lq_problems_create();
    if (!found) return; /* the letter's problems are told; memory is asked for at the end */
    r->reader.problems = found;
    lq_resolve_offer(r, input, origin);
    r->reader.problems = known;
    add_new_problems(known, found);
    lq_problems_destroy(found);
}

/* A point of a range: 0 its low end, 1 its high end. */
static lq_value point(const lq_value *range, double at)
{
    double low, high;
    lq_value value = *range;
    lq_value_range(range, &low, &high);
    value.dist = LQ_DIST_CONSTANT;
    value.p[0] = low + at * (high - low);
    value.p[1] = value.p[2] = 0.0;
    value.uncertain = false;
    return value;
}

/* What the band leaves open: a figure that the offer does not name itself. */
typedef struct open_terms {
    bool base, stock, bonus, sign_on;
} open_terms;

static open_terms open_of(const lq_offer_input *input, const lq_node *node)
{
    const lq_band_input *band = &input->band;
    return (open_terms){
        .base = band->base.given && !input->base.given,
        .stock = band->stock.given && !input->stock.value.given && !has(node, "grants"),
        .bonus = band->bonus.given && !input->bonus.typical && input->bonus.target.is_default,
        .sign_on = band->sign_on.given && input->sign_on.terms.amount.is_default};
}

static bool any(open_terms open)
{
    return open.base || open.stock || open.bonus || open.sign_on;
}

static lq_offer_input at_point(const lq_offer_input *input, open_terms open, double at)
{
    lq_offer_input next = *input;
    if (open.base) next.base = point(&input->band.base, at);
    if (open.stock) next.stock.value = point(&input->band.stock, at);
    if (open.bonus) next.bonus.target = point(&input->band.bonus, at);
    if (open.sign_on) next.sign_on.terms.amount = point(&input->band.sign_on, at);
    return next;
}

static void name_variant(lq_resolver *r, const lq_offer_input *letter, const char *suffix,
                         int role, lq_offer_input *variant)
{
    const char *name = letter->name ? letter->name : letter->id;
    variant->id = lq_arena_printf(r->reader.arena, "%s-%s", letter->id, suffix);
    variant->name = lq_arena_printf(r->reader.arena, "%s %s", name, suffix);
    variant->letter_id = letter->id;
    variant->role = role;
}

/* A stated range belongs to the band's ends: low to low, high to high. */
static void run_band(lq_resolver *r, const lq_offer_input *input, const lq_node *node,
                     open_terms open)
{
    static const char *const suffixes[] = {"low", "mid", "high"};
    lq_scenario *s = r->scenario;
    const size_t first = s->offers.len;
    for (int i = 0; i < 3; i++) {
        lq_offer_input variant = at_point(input, open, 0.5 * i);
        name_variant(r, input, suffixes[i], LQ_OFFER_BAND_LOW + i, &variant);
        resolve_variant(r, &variant, &(lq_origin){.letter = node});
    }
    if (s->offers.len != first + 3) return;
    lq_offer *offers = (lq_offer *)s->offers.items + first;
    const double low = offers[0].stated_total.computed_low;
    const double high = offers[2].stated_total.computed_high;
    for (int i = 0; i < 3; i++) {
        offers[i].stated_total.computed_low = low;
        offers[i].stated_total.computed_high = high;
    }
}

/* What an ask names replaces what the letter says, rather than adding to it. */
static void clear_replaced(lq_resolver *r, const lq_node *ask, lq_offer_input *next)
{
    if (has(ask, "refresh")) {
        next->refresh = (lq_refresh_input){0};
        lq_schema_defaults(&lq_refresh_record, &r->quiet, &next->refresh);
    }
    if (has(ask, "grants")) next->stock.value = (lq_value){0};
    if (lq_stock_has_terms(lq_child(ask, "stock"))) {
        const lq_value size = next->stock.value;
        next->stock = (lq_grant){0};
        lq_schema_defaults(&lq_stock_record, &r->quiet, &next->stock);
        next->stock.value = size;
    }
    if (has(ask, "bonus")) next->bonus.typical = false;
}

/* `ask: {stock: ...}` over a letter with one grant written out: that grant, another size. */
static bool resize_grant(lq_resolver *r, const lq_node *ask, lq_offer_input *next)
{
    if (!has(ask, "stock") || has(ask, "grants") || next->grants.len == 0) return true;
    const lq_node *stock = lq_node_get(ask, "stock");
    if (next->grants.len > 1 || lq_stock_has_terms(stock)) {
        lq_node_problem(stock, r->reader.problems,
                        next->grants.len > 1 ? "grants: [...], for the letter has several"
                                             : "its size alone, for the letter writes a grant",
                        "stock", NULL);
        return false;
    }
    lq_grant *copy = lq_arena_calloc(r->reader.arena, 1, sizeof *copy);
    if (!copy) return false;
    *copy = *(const lq_grant *)next->grants.items;
    copy->value = next->stock.value;
    copy->units = copy->share = (lq_value){0};
    next->grants = (lq_list){copy, 1};
    next->stock.value = (lq_value){0};
    return true;
}

static void run_ask(lq_resolver *r, const lq_offer_input *letter, const lq_node *node,
                    open_terms open)
{
    const lq_node *ask = has(node, "ask") ? lq_node_get(node, "ask") : NULL;
    if (!ask || ask->kind != LQ_NODE_GROUP) return;
    lq_offer_input next = at_point(letter, open, 0.5);
    clear_replaced(r, ask, &next);
    if (!lq_schema_read(&lq_ask_record, ask, &r->quiet, &next)) return;
    if (!resize_grant(r, ask, &next)) return;
    name_variant(r, letter, "ask", LQ_OFFER_ASK, &next);
    next.stated_total = (lq_value){0};
    resolve_variant(r, &next, &(lq_origin){.letter = node, .ask = ask});
}

static bool is_taken(const lq_scenario *s, const char *id)
{
    const lq_offer *offers = s->offers.items;
    for (size_t i = 0; i < s->offers.len; i++)
        if (strcmp(offers[i].id, id) == 0) return true;
    return false;
}

static void check_ids(lq_resolver *r, const lq_offer_input *input, const lq_node *node)
{
    static const char *const suffixes[] = {"", "-ask", "-low", "-mid", "-high"};
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
        const char *id = lq_arena_printf(r->reader.arena, "%s%s", input->id, suffixes[i]);
        if (!id || !is_taken(r->scenario, id)) continue;
        if (i > 0 && !has(node, "ask") && !has(node, "band")) continue;
        lq_node_problem(node, r->reader.problems, "an id of its own, with its variants", id,
                        NULL);
        return;
    }
}

static void check_base(lq_resolver *r, const lq_offer_input *input, const lq_node *node)
{
    if (input->base.given || input->band.base.given || !lq_is_sound(r, node)) return;
    lq_node_problem(node, r->reader.problems, "base, or a band for it", "neither",
                    "base: $0 says that there is none");
}

static lq_status resolve_one(lq_resolver *r, const lq_node *node, lq_error *err)
{
    lq_offer_input input = {0};
    size_t company;
    lq_schema_defaults(&lq_offer_record, &r->quiet, &input);
    lq_schema_read(&lq_offer_record, node, &r->quiet, &input);
    const lq_node *employer = lq_node_get(node, "company");
    if (!input.id || !employer) return LQ_OK; /* told already */
    if (!input.company_id) input.company_id = input.id;
    LQ_TRY(lq_resolve_company(r, input.company_id,
                              employer->kind == LQ_NODE_GROUP ? employer : NULL, employer,
                              &company, err));
    if (company == SIZE_MAX) return LQ_OK;
    check_ids(r, &input, node);
    check_base(r, &input, node);
    const open_terms open = open_of(&input, node);
    if (any(open))
        run_band(r, &input, node, open);
    else
        lq_resolve_offer(r, &input, &(lq_origin){.letter = node});
    run_ask(r, &input, node, open);
    return LQ_OK;
}

lq_status lq_resolve_offers(lq_resolver *r, lq_error *err)
{
    const lq_node *list = lq_node_get(r->root, "offers");
    if (!list || list->kind != LQ_NODE_LIST) return LQ_OK; /* told already */
    for (const lq_node *node = list->first; node && !r->levels; node = node->next)
        if (has(node, "level")) LQ_TRY(lq_packs_levels(&r->packs, &r->levels, err));
    for (const lq_node *node = list->first; node; node = node->next)
        if (node->kind == LQ_NODE_GROUP) LQ_TRY(resolve_one(r, node, err));
    return LQ_OK;
}
