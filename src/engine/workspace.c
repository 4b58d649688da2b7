#include "engine/workspace.h"

#include <string.h>

static double *lanes(lq_arena *arena, size_t rows)
{
    return lq_arena_calloc(arena, rows * LQ_LANES, sizeof(double));
}

/* ---- what a plan needs ---- */

static bool has_variance(const lq_plan *p)
{
    bool has = false;
    for (size_t i = 0; i < p->n_companies; i++)
        has |= p->own[i].heston.is_on;
    return has;
}

static lq_room room_of(const lq_plan *p)
{
    lq_room room;
    memset(&room, 0, sizeof room); /* padding is compared too */
    room.n_months = p->grid.n_months;
    room.n_years = p->grid.n_years;
    room.n_fx = p->n_fx;
    room.n_companies = p->n_companies;
    room.n_offers = p->n_offers;
    room.n_controls = p->n_controls;
    room.weight_log2 = p->weight_log2;
    room.has_index = p->has_index;
    room.shocks = p->law.kind;
    room.has_variance = has_variance(p);
    return room;
}

static unsigned char company_room(const lq_plan *p, size_t i)
{
    const bool expanded = p->expansion[i].kind != LQ_EXPAND_NOT;
    return (unsigned char)(p->companies[i].is_private | p->companies[i].has_tenders << 1 |
                           expanded << 2 | p->companies[i].appraisal.is_read << 3);
}

/* What is read from the plan once, not block by block. */
static void take_over(lq_workspace *w, const lq_plan *p)
{
    const size_t k = p->grid.n_months;
    w->plan = p;
    for (size_t i = 0; i < p->n_companies; i++) {
        w->fill_months[i] = p->companies[i].is_private ? k : p->listed[i].n_months;
        w->listed_traced[i] = p->listed[i];
        w->listed_traced[i].n_months = k;
        w->listed_traced[i].observe = w->every_month;
    }
    for (size_t i = 0; i < p->mix.n; i++)
        w->fill_months[p->mix.company[i]] = k;
}

static bool is_same_room(const lq_room *a, const lq_room *b)
{
    return a->n_months == b->n_months && a->n_years == b->n_years && a->n_fx == b->n_fx &&
           a->n_companies == b->n_companies && a->n_offers == b->n_offers &&
           a->n_controls == b->n_controls && a->weight_log2 == b->weight_log2 &&
           a->shocks == b->shocks && a->has_index == b->has_index &&
           a->has_variance == b->has_variance;
}

bool lq_workspace_use(lq_workspace *w, const lq_plan *plan)
{
    /* Also for a plan at the address of the last one: that may be another, and is another
     * world's wherever a plan has been freed in between. */
    const lq_room room = room_of(plan);
    if (!is_same_room(&room, &w->room)) return false;
    for (size_t i = 0; i < plan->n_companies; i++)
        if (company_room(plan, i) != w->company_room[i]) return false;
    take_over(w, plan);
    return true;
}

/* ---- creation ---- */

static void create_company(lq_workspace *w, size_t i)
{
    const lq_plan *p = w->plan;
    const size_t k = p->grid.n_months;
    lq_arena *arena = w->arena;
    lq_company_world *c = &w->world.company[i];
    w->price_rows[i] = lanes(arena, k + 5);
    c->price = w->price_rows[i];
    c->exit_kind = lanes(arena, 1);
    c->exit_month = lanes(arena, 1);
    c->liquid_month = lanes(arena, 1);
    w->company_room[i] = company_room(p, i);
    if (!p->companies[i].is_private) return;
    double **rows[] = {
        &c->residual, &c->trigger_share, &c->exit_rate,  &c->shares,    &c->n_rounds,
        &c->n_down,   &c->n_flat,        &c->n_unpriced, &c->n_tenders, &c->cut};
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++)
        *rows[r] = lanes(arena, 1);
    c->closed_month = lanes(arena, 1);
    c->preferred = lanes(arena, k + 1);
    c->fair = lanes(arena, k + 1);
    if (p->companies[i].appraisal.is_read) c->appraised = lanes(arena, k + 1);
    w->value_rows[i] = lanes(arena, k + 1);
    if (!p->companies[i].has_tenders) return;
    c->tender = lanes(arena, k + 1);
    c->tender_cap = lanes(arena, k + 1);
}

static void create_record(const lq_workspace *w, lq_company_record *r)
{
    const size_t k = w->plan->grid.n_months;
    double **rows[] = {&r->x,      &r->shares, &r->due,        &r->ceiling,   &r->n_rounds,
                       &r->n_down, &r->n_flat, &r->n_unpriced, &r->n_tenders, &r->cut};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        *rows[i] = lanes(w->arena, k + 2);
    for (int c = 0; c < LQ_EXIT_KINDS; c++)
        r->mass[c] = lanes(w->arena, k + 1);
    r->listed = lanes(w->arena, k + 1);
}

/* The world of a branch keeps its rows apart from those of the life on record; tenders and what
 * comes before the exit are shared. */
static void create_expanded(lq_workspace *w, size_t i)
{
    lq_company_world *world = &w->world.company[i];
    const size_t k = w->plan->grid.n_months;
    lq_expanded *x = lq_arena_calloc(w->arena, 1, sizeof *x);
    w->expanded[i] = x;
    if (!x) return;
    create_record(w, &x->record);
    x->lived = *world;
    double **single[] = {&world->exit_kind, &world->exit_month,    &world->liquid_month,
                         &world->residual,  &world->trigger_share, &world->exit_rate,
                         &world->shares,    &world->n_rounds,      &world->n_down,
                         &world->n_flat,    &world->n_unpriced,    &world->n_tenders,
                         &world->cut};
    for (size_t r = 0; r < sizeof single / sizeof *single; r++)
        *single[r] = lanes(w->arena, 1);
    world->price = lanes(w->arena, k + 1);
    world->preferred = lanes(w->arena, k + 1);
    world->fair = lanes(w->arena, k + 1);
    if (x->lived.appraised) world->appraised = lanes(w->arena, k + 1);
    x->lived_value = lanes(w->arena, k + 1);
}

static void create_market(lq_workspace *w)
{
    const lq_market_law *law = &w->plan->law;
    const size_t rows = w->plan->grid.n_months + 4;
    w->market_normals = lanes(w->arena, rows);
    w->market_plain = law->kind == LQ_SHOCK_NORMAL ? w->market_normals : lanes(w->arena, rows);
    if (has_variance(w->plan)) w->variance_normals = lanes(w->arena, rows);
    if (!lq_market_has_states(law)) return;
    w->market_seen = lanes(w->arena, rows);
    w->states = lq_arena_calloc(w->arena, rows * LQ_LANES, sizeof *w->states);
}

static void create_world(lq_workspace *w)
{
    const lq_plan *p = w->plan;
    const size_t k = p->grid.n_months, n = p->n_companies;
    lq_arena *arena = w->arena;
    create_market(w);
    w->growth = lanes(arena, 1);
    w->controls = lanes(arena, p->n_controls + 1);
    bool index = p->has_index;
    w->fx_rows = lq_arena_calloc(arena, p->n_fx + 1, sizeof *w->fx_rows);
    w->price_rows = lq_arena_calloc(arena, n + 1, sizeof *w->price_rows);
    w->value_rows = lq_arena_calloc(arena, n + 1, sizeof *w->value_rows);
    w->expanded = lq_arena_calloc(arena, n + 1, sizeof *w->expanded);
    w->fill_months = lq_arena_calloc(arena, n + 1, sizeof *w->fill_months);
    w->listed_traced = lq_arena_calloc(arena, n + 1, sizeof *w->listed_traced);
    w->world.company = lq_arena_calloc(arena, n + 1, sizeof *w->world.company);
    w->state = lq_arena_calloc(arena, 1, sizeof *w->state);
    w->company_room = lq_arena_calloc(arena, n + 1, 1);
    w->every_month = lq_arena_calloc(arena, k + 1, 1);
    if (index) w->world.market = lanes(arena, k + 1);
    if (lq_arena_failed(arena)) return;
    for (size_t i = 0; i < p->n_fx; i++)
        w->fx_rows[i] = lanes(arena, k + 5);
    w->world.fx = w->fx_rows;
    for (size_t i = 0; i < n; i++)
        create_company(w, i);
    for (size_t i = 0; i < n; i++)
        if (p->expansion[i].kind != LQ_EXPAND_NOT) create_expanded(w, i);
    memset(w->every_month, 1, k + 1);
    w->room = room_of(p);
    take_over(w, p);
}

static void create_offers(lq_workspace *w)
{
    const lq_plan *p = w->plan;
    lq_arena *arena = w->arena;
    const size_t rows = p->grid.n_years * LQ_INCOME_KINDS;
    w->employment.last_month = lanes(arena, 1);
    w->employment.resigned = lanes(arena, 1);
    w->employment.failed = lanes(arena, 1);
    w->employment.let_go = lanes(arena, 1);
    w->ledger.amount = lanes(arena, rows);
    w->ledger.present = lanes(arena, rows);
    w->trace_rows = lanes(arena, p->grid.n_months + 1);
    w->by_year = lanes(arena, p->grid.n_years);
    w->totals = lanes(arena, p->n_offers + 1);
    w->compared = lq_arena_calloc(arena, p->n_offers + 1, sizeof *w->compared);
    if (p->weight_log2) w->branch_totals = lanes(arena, p->n_offers * LQ_MOST_BRANCHES);
    w->first_cash = lanes(arena, 1);
    w->stuck = lanes(arena, 1);
    w->unvested = lanes(arena, 1);
}

static void create_columns(lq_workspace *w)
{
    w->n_columns = 4 * w->plan->n_offers + 2 * w->plan->n_companies;
    w->columns = lq_arena_calloc(w->arena, w->n_columns + 1, sizeof *w->columns);
    for (size_t i = 0; w->columns && i < w->n_columns; i++)
        w->columns[i] = lq_arena_calloc(w->arena, LQ_CHUNK_PATHS, sizeof(double));
}

lq_workspace *lq_workspace_create(const lq_plan *plan, bool samples)
{
    lq_arena *arena = lq_arena_create();
    lq_workspace *w = arena ? lq_arena_calloc(arena, 1, sizeof *w) : NULL;
    if (!w) {
        lq_arena_destroy(arena);
        return NULL;
    }
    w->arena = arena;
    w->plan = plan;
    create_world(w);
    create_offers(w);
    if (samples) create_columns(w);
    if (!lq_arena_failed(arena)) return w;
    lq_arena_destroy(arena);
    return NULL;
}

void lq_workspace_destroy(lq_workspace *workspace)
{
    if (workspace) lq_arena_destroy(workspace->arena);
}
