#include "plan/build.h"

#include "rng/draws.h"

#include <string.h>

/* What is worth a Sobol dimension, in order (R26): when and how companies end; the first nodes
 * of the market's bridge, then of each company's; then everything else that a path draws, up to
 * MOST in all. What comes later, and what comes rarely, stays random. */
enum {
    MOST = 256,
    FIRST_NODES = 16,
    ROUND_ORDINALS = 4,
    TENDER_ORDINALS = 2,
    SECONDARY_WINDOWS = 4,
    CLOSINGS = 2,
    JUMP_PAIRS = 2,
    STATE_DRAWS = 12,           /* four years */
    PILOT_REPLICATES = 1 << 16, /* the first; those of a run come before */
    FACTORS_PER_COMPANY = 2,    /* its price's, its variance's */
    WORDS_PER_COMPANY =
        2 + ROUND_ORDINALS + TENDER_ORDINALS + JUMP_PAIRS + SECONDARY_WINDOWS + CLOSINGS
};

typedef struct dealer {
    const lq_plan *plan;
    lq_sobol_plan *out;
    lq_sobol_factor *factors;
    lq_sobol_words *words;
    size_t n_dealt;
} dealer;

static size_t deal(dealer *d, size_t wanted)
{
    const size_t left = MOST - d->n_dealt, n = wanted < left ? wanted : left;
    d->n_dealt += n;
    return n;
}

/* ---- words ---- */

static lq_sobol_words *words_at(dealer *d, uint32_t stream, uint32_t draw)
{
    for (size_t i = 0; i < d->out->n_words; i++)
        if (d->words[i].stream == stream && d->words[i].draw == draw) return &d->words[i];
    lq_sobol_words *w = &d->words[d->out->n_words++];
    *w = (lq_sobol_words){.stream = stream, .draw = draw, .dimension = {-1, -1, -1, -1}};
    return w;
}

/* Several offers of one employer, or of one person, share an address: it is dealt once. */
static void deal_words(dealer *d, uint32_t stream, uint32_t draw, size_t first, size_t n)
{
    lq_sobol_words *w = words_at(d, stream, draw);
    for (size_t i = first; i < first + n; i++)
        if (w->dimension[i] < 0 && deal(d, 1)) w->dimension[i] = (int32_t)(d->n_dealt - 1);
}

static void deal_company_events(dealer *d, const lq_company_plan *c)
{
    deal_words(d, c->stream_terminal, 0, 2, 2);
    if (c->direct_listing > 0.0) deal_words(d, c->stream_closing, 1, 0, 1);
    for (uint32_t n = 0; c->has_rounds && n < ROUND_ORDINALS; n++)
        deal_words(d, c->stream_round, n, 0, 3);
    for (uint32_t n = 0; c->has_tenders && n < TENDER_ORDINALS; n++)
        deal_words(d, c->stream_tender, n, 0, lq_draw_varies(&c->tender_proration) ? 4 : 3);
}

static void deal_secondary(dealer *d, const lq_secondary_plan *p)
{
    for (uint32_t n = 1; p && lq_draw_varies(&p->discount) && n <= SECONDARY_WINDOWS; n++)
        deal_words(d, p->stream, n, 0, 1);
}

static void deal_closing(dealer *d, const lq_offer_plan *o)
{
    const lq_pay_plan *p = &o->pay;
    for (size_t i = 0; i < o->n_grants; i++) {
        const lq_sale_plan *sale = o->grants[i].sale;
        if (sale && sale->escrow > 0.0 && lq_draw_varies(&sale->released))
            deal_words(d, sale->stream, 0, 0, 1);
    }
    if (p->layoff > 0.0)
        deal_words(d, p->stream_closing, 0, 1, lq_draw_varies(&p->layoff_after) ? 2 : 1);
    if (p->acqui_hire > 0.0) deal_words(d, p->stream_closing, 0, 3, 1);
}

static void deal_offer_events(dealer *d, const lq_offer_plan *o)
{
    if (o->pay.leaving > 0.0) deal_words(d, o->pay.stream_resignation, 0, 0, 1);
    for (size_t i = 0; i < o->pay.n_bonuses && o->pay.payout.kind != LQ_DRAW_CONSTANT; i++)
        deal_words(d, o->pay.stream_bonus, o->pay.bonuses[i].draw, 0, 1);
    for (size_t i = 0; i < o->n_grants; i++)
        if (o->grants[i].probability < 1.0)
            deal_words(d, o->grants[i].stream_refresh, (uint32_t)o->grants[i].granted_month, 0,
                       1);
    for (size_t i = 0; i < o->n_grants; i++)
        deal_secondary(d, o->grants[i].secondary);
    deal_closing(d, o);
}

/* The states of the first months, four to an address. */
static void deal_states(dealer *d, size_t n_months)
{
    const lq_market_law *law = &d->plan->law;
    if (!d->plan->has_market || !lq_market_has_states(law)) return;
    const uint32_t stream =
        law->kind == LQ_SHOCK_REGIME ? law->regime.stream : law->bootstrap.stream;
    for (uint32_t n = 0; n < n_months / 4 && n < STATE_DRAWS; n++)
        deal_words(d, stream, n, 0, 4);
}

static void deal_jumps(dealer *d, const lq_jump_plan *jumps)
{
    for (uint32_t n = 0; jumps->mean_wait_months > 0.0 && n < JUMP_PAIRS; n++)
        deal_words(d, jumps->stream, n, 0, 4);
}

/* ---- factors ---- */

static void add_factor(dealer *d, lq_arena *arena, uint32_t stream, size_t n_months)
{
    if (n_months == 0) return;
    lq_sobol_factor *f = &d->factors[d->out->n_factors++];
    *f = (lq_sobol_factor){
        .stream = stream, .n_months = n_months, .nodes = lq_bridge_create(arena, n_months)};
    f->first = d->n_dealt;
    f->n_first = deal(d, n_months < FIRST_NODES ? n_months : FIRST_NODES);
}

/* A listed company is drawn up to the last month that anything reads; mixed ones to the end. */
static void add_company(dealer *d, lq_arena *arena, size_t i)
{
    const lq_plan *p = d->plan;
    const bool is_private = p->companies[i].is_private;
    const lq_own_law *own = &p->own[i];
    if (own->link.offset && !own->link.scale) return; /* a history moves it */
    size_t n_months = is_private ? p->grid.n_months : p->listed[i].n_months;
    for (size_t m = 0; m < p->mix.n; m++)
        if (p->mix.company[m] == i) n_months = p->grid.n_months;
    add_factor(d, arena, is_private ? p->companies[i].stream_own : p->listed[i].stream,
               n_months);
    if (own->heston.is_on) add_factor(d, arena, own->heston.stream, p->listed[i].n_months);
}

/* A history needs no normals of the market. */
static void add_market(dealer *d, lq_arena *arena, size_t n_months)
{
    if (d->plan->law.kind != LQ_SHOCK_SERIES)
        add_factor(d, arena, d->plan->market.stream, n_months);
}

/* What is left goes to the factors' later nodes in equal parts. */
static void deal_later_nodes(dealer *d)
{
    const size_t n = d->out->n_factors;
    for (size_t i = 0; i < n; i++) {
        lq_sobol_factor *f = &d->factors[i];
        const size_t share = (MOST - d->n_dealt) / (n - i), more = f->n_months - f->n_first;
        f->second = d->n_dealt;
        f->n_second = deal(d, more < share ? more : share);
    }
}

/* ---- the plan ---- */

static size_t *companies_by_id(const lq_plan *p, lq_arena *arena)
{
    size_t *order = lq_arena_calloc(arena, p->n_companies + 1, sizeof *order);
    for (size_t i = 0; order && i < p->n_companies; i++) {
        size_t at = i;
        for (; at > 0 && strcmp(p->companies[order[at - 1]].id, p->companies[i].id) > 0; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    return order;
}

static size_t most_words(const lq_plan *p)
{
    size_t n = p->n_companies * WORDS_PER_COMPANY + STATE_DRAWS;
    for (size_t i = 0; i < p->n_offers; i++)
        n += 1 + p->offers[i].pay.n_bonuses + p->offers[i].n_grants;
    return n;
}

static void deal_all(dealer *d, lq_arena *arena, const size_t *order)
{
    const lq_plan *p = d->plan;
    for (size_t i = 0; i < p->n_companies; i++)
        if (p->companies[order[i]].is_private)
            deal_words(d, p->companies[order[i]].stream_terminal, 0, 0, 2);
    for (size_t i = 0; i < p->n_companies; i++)
        if (p->companies[order[i]].deal.is_open)
            deal_words(d, p->companies[order[i]].deal.stream, 0, 0, 3);
    if (p->has_market) add_market(d, arena, p->grid.n_months);
    for (size_t i = 0; i < p->n_companies; i++)
        add_company(d, arena, order[i]);
    for (size_t i = 0; i < p->n_fx; i++)
        add_factor(d, arena, p->fx[i].stream, p->fx[i].n_months);
    for (size_t i = 0; i < p->n_companies; i++)
        if (p->companies[order[i]].is_private) deal_company_events(d, &p->companies[order[i]]);
    deal_states(d, p->grid.n_months);
    for (size_t i = 0; i < p->n_companies; i++)
        deal_jumps(d, &p->jumps[order[i]]);
    for (size_t i = 0; i < p->n_offers; i++)
        deal_offer_events(d, &p->offers[i]);
    deal_later_nodes(d);
}

static void scramble_all(lq_arena *arena, uint64_t seed, uint32_t first, lq_sobol_plan *out)
{
    const size_t n = out->n_dimensions, n_replicates = out->n_replicates;
    const lq_philox_key key = lq_philox_key_make(seed, LQ_DOMAIN_SCRAMBLE);
    lq_sobol_dimension *plain = lq_arena_calloc(arena, n + 1, sizeof *plain);
    lq_sobol_dimension *all = lq_arena_calloc(arena, n_replicates * n + 1, sizeof *all);
    if (!plain || !all) return;
    lq_sobol_plain(n, plain);
    for (size_t r = 0; r < n_replicates; r++)
        for (size_t i = 0; i < n; i++)
            all[r * n + i] =
                lq_sobol_scramble(&plain[i], key, first + (uint32_t)r, (uint32_t)i);
    out->dimensions = all;
}

void lq_build_draws(lq_builder *b)
{
    lq_plan *p = b->plan;
    if (b->scenario->simulation.sampling != LQ_SAMPLING_SOBOL) return;
    lq_sobol_plan *out = lq_arena_calloc(b->arena, 1, sizeof *out);
    const size_t *order = companies_by_id(p, b->arena);
    dealer d = {.plan = p,
                .out = out,
                .factors = lq_arena_calloc(b->arena,
                                           1 + FACTORS_PER_COMPANY * p->n_companies + p->n_fx,
                                           sizeof *d.factors),
                .words = lq_arena_calloc(b->arena, most_words(p) + 1, sizeof *d.words)};
    if (!out || !order || !d.factors || !d.words) return;
    deal_all(&d, b->arena, order);
    out->n_replicates = p->n_replicates;
    out->n_dimensions = d.n_dealt;
    out->factors = d.factors;
    out->words = d.words;
    scramble_all(b->arena, p->seed, 0, out);
    p->sobol = out;
}

/* ---- the pilot of one company ---- */

/* Exits are not drawn there, tenders change nothing. */
static void deal_pilot(dealer *d, lq_arena *arena, size_t company)
{
    const lq_plan *p = d->plan;
    const lq_company_plan *c = &p->companies[company];
    if (c->loading_market_log2 != 0.0 || p->has_index) add_market(d, arena, c->pilot_months);
    add_factor(d, arena, c->stream_own, c->pilot_months);
    for (uint32_t n = 0; c->has_rounds && n < ROUND_ORDINALS; n++)
        deal_words(d, c->stream_round, n, 0, 3);
    deal_states(d, c->pilot_months);
    deal_jumps(d, &p->jumps[company]);
    deal_later_nodes(d);
}

const lq_sobol_plan *lq_plan_pilot_points(const lq_plan *plan, size_t company,
                                          size_t n_replicates, lq_arena *arena)
{
    lq_sobol_plan *out = lq_arena_calloc(arena, 1, sizeof *out);
    dealer d = {.plan = plan,
                .out = out,
                .factors = lq_arena_calloc(arena, 2, sizeof *d.factors),
                .words =
                    lq_arena_calloc(arena, WORDS_PER_COMPANY + STATE_DRAWS, sizeof *d.words)};
    if (!out || !d.factors || !d.words) return NULL;
    deal_pilot(&d, arena, company);
    out->n_replicates = n_replicates;
    out->n_dimensions = d.n_dealt;
    out->factors = d.factors;
    out->words = d.words;
    scramble_all(arena, plan->seed, PILOT_REPLICATES, out);
    return lq_arena_failed(arena) ? NULL : out;
}
