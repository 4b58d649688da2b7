#include "scenario/resolve.h"

#include <string.h>

/* A scenario as the input that would say it in full: what write.c prints. */

static lq_value range_value(const lq_pay_range *range, const char *currency)
{
    lq_value value = lq_value_constant(range->low);
    /* What is from the levels pack will be found there again. */
    if (!range->given || range->from_pack) return (lq_value){0};
    if (range->high > range->low) {
        value.dist = LQ_DIST_UNIFORM;
        value.p[1] = range->high;
    }
    if (currency) memcpy(value.currency, currency, 4);
    return value;
}

static void offer_back(const lq_offer *o, lq_offer_input *in)
{
    const lq_pay_range stated = {.given = o->stated_total.given,
                                 .low = o->stated_total.low,
                                 .high = o->stated_total.high};
    *in = (lq_offer_input){.id = o->id,
                           .name = o->name,
                           .company_id = o->company_id,
                           .base = o->base,
                           .raise = o->raise,
                           .leaving = o->leaving,
                           .fallback = o->fallback,
                           .search_gap = o->search_gap,
                           .last_wage = o->last_wage,
                           .bonus = {.target = o->bonus.target, .payout = o->bonus.payout},
                           .sign_on = {.terms = o->sign_on},
                           .grants = o->grants,
                           .residence = o->residence,
                           .level = o->level,
                           .region = o->region,
                           .source = o->source,
                           .tax = o->tax,
                           .letter_id = o->letter_id,
                           .role = o->role};
    memcpy(in->currency, o->currency, 4);
    in->stated_total = range_value(&stated, o->currency);
    in->band.base = range_value(&o->band.base, o->currency);
    in->band.stock = range_value(&o->band.stock, o->currency);
    in->band.bonus = range_value(&o->band.bonus, NULL);
    in->band.sign_on = range_value(&o->band.sign_on, o->currency);
}

static bool offers_back(const lq_scenario *s, lq_arena *arena, lq_list *out)
{
    const lq_offer *offers = s->offers.items;
    lq_offer_input *inputs = lq_arena_calloc(arena, s->offers.len + 1, sizeof *inputs);
    for (size_t i = 0; inputs && i < s->offers.len; i++)
        offer_back(&offers[i], &inputs[i]);
    *out = (lq_list){inputs, s->offers.len};
    return inputs != NULL;
}

/* Histories are written out, cut to their months: the file may change. */
static void returns_back(lq_returns *x, lq_arena *arena)
{
    lq_value *values = lq_arena_calloc(arena, x->n + 1, sizeof *values);
    x->file = x->column = NULL;
    if (!values || x->n == 0) return;
    for (size_t i = 0; i < x->n; i++)
        values[i] = lq_value_constant(x->simple[i]);
    x->values = (lq_list){values, x->n};
    x->from = lq_arena_printf(arena, "%04d-%02d", x->first_month / 12, x->first_month % 12 + 1);
}

/* `like: none`: what is written is all there is. */
static bool companies_back(const lq_scenario *s, lq_arena *arena, lq_list *out)
{
    lq_company *copy = lq_arena_calloc(arena, s->companies.len + 1, sizeof *copy);
    if (copy && s->companies.len)
        memcpy(copy, s->companies.items, s->companies.len * sizeof *copy);
    for (size_t i = 0; copy && i < s->companies.len; i++) {
        copy[i].like = "none";
        returns_back(&copy[i].returns, arena);
    }
    *out = (lq_list){copy, s->companies.len};
    return copy != NULL;
}

/* Pairs are written foreign first, as they are held. */
static bool fx_back(const lq_scenario *s, lq_arena *arena, lq_list *out)
{
    lq_fx *copy = lq_arena_calloc(arena, s->market.fx.len + 1, sizeof *copy);
    if (copy && s->market.fx.len)
        memcpy(copy, s->market.fx.items, s->market.fx.len * sizeof *copy);
    for (size_t i = 0; copy && i < s->market.fx.len; i++)
        copy[i].id = lq_arena_printf(arena, "%s%s", copy[i].currency, s->currency);
    *out = (lq_list){copy, s->market.fx.len};
    return copy != NULL;
}

const lq_root_input *lq_scenario_unresolve(const lq_scenario *s, lq_arena *arena)
{
    lq_root_input *root = lq_arena_calloc(arena, 1, sizeof *root);
    if (!root) return NULL;
    root->schema = "liquidus/1";
    root->title = s->title;
    root->output = s->output;
    memcpy(root->currency, s->currency, 4);
    root->simulation = s->simulation;
    root->person = s->person;
    root->tax = s->tax;
    root->market = s->market;
    root->stress = s->stress;
    root->decide = s->decide;
    returns_back(&root->market.returns, arena);
    const bool fine = offers_back(s, arena, &root->offers) &&
                      companies_back(s, arena, &root->companies) &&
                      fx_back(s, arena, &root->market.fx);
    return fine ? root : NULL;
}
