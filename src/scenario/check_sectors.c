#include "scenario/check_models.h"

#include <math.h>
#include <string.h>

static const lq_sector *find_sector(const lq_scenario *s, const char *id)
{
    const lq_sector *sectors = s->market.sectors.items;
    for (size_t i = 0; i < s->market.sectors.len; i++)
        if (strcmp(sectors[i].id, id) == 0) return &sectors[i];
    return NULL;
}

bool lq_shares_sector(const lq_company *a, const lq_company *b)
{
    return a && b && a->sector && b->sector && strcmp(a->sector, b->sector) == 0;
}

/* ---- problems ---- */

static const char *nearest(lq_resolver *r, const char *id)
{
    const lq_list *list = &r->scenario->market.sectors;
    const lq_sector *sectors = list->items;
    const char **ids = lq_arena_calloc(r->reader.arena, list->len + 1, sizeof *ids);
    for (size_t i = 0; ids && i < list->len; i++)
        ids[i] = sectors[i].id;
    const char *near = ids ? lq_suggest(id, ids, list->len) : NULL;
    return near
               ? lq_arena_printf(r->reader.arena, "did you mean %s?", near)
               : lq_arena_printf(r->reader.arena, "market: {sectors: {%s: {share: 30%%}}}", id);
}

void lq_check_sector(lq_resolver *r, const lq_company *c, const lq_node *node)
{
    const lq_node *sector = lq_child(node, "sector"), *share = lq_child(node, "sector_share");
    if (!sector) sector = node;
    if (!c->sector) {
        if (c->sector_share.given)
            lq_node_problem(share ? share : node, r->reader.problems, "a sector, for this key",
                            "none", "sector: one of market.sectors");
        return;
    }
    if (lq_is_sound(r, lq_child(lq_child(r->root, "market"), "sectors")) &&
        !find_sector(r->scenario, c->sector))
        lq_node_problem(sector, r->reader.problems, "one of market.sectors", c->sector,
                        nearest(r, c->sector));
    if (c->model == LQ_MODEL_BOOTSTRAP)
        lq_node_problem(sector, r->reader.problems, "no sector, with model bootstrap",
                        c->sector, "histories of the same months correlate as they did");
}

/* ---- what `check` says ---- */

typedef struct range {
    double low, high;
} range;

static void widen(range *x, double value)
{
    x->low = fmin(x->low, value);
    x->high = fmax(x->high, value);
}

static const char *told(lq_resolver *r, const range *x, double unit, const char *after)
{
    if (x->high - x->low < 0.005)
        return lq_arena_printf(r->reader.arena, "%.2g%s", unit * x->low, after);
    return lq_arena_printf(r->reader.arena, "%.2g to %.2g%s", unit * x->low, unit * x->high,
                           after);
}

static double rho_of(const lq_market *m, const lq_company *c)
{
    const double sd = lq_value_mean(&c->volatility);
    if (c->correlation.given) return lq_value_mean(&c->correlation);
    return sd > 0.0 ? lq_value_mean(&c->beta) * lq_value_mean(&m->volatility) / sd : 0.0;
}

static double share_of(const lq_sector *sector, const lq_company *c)
{
    return lq_value_mean(c->sector_share.given ? &c->sector_share : &sector->share);
}

static bool is_set(const lq_market *m, const char *a, const char *b)
{
    const lq_pair_correlation *pairs = m->correlations.items;
    for (size_t i = 0; i < m->correlations.len; i++)
        if ((strcmp(pairs[i].a, a) == 0 && strcmp(pairs[i].b, b) == 0) ||
            (strcmp(pairs[i].a, b) == 0 && strcmp(pairs[i].b, a) == 0))
            return true;
    return false;
}

/* What a sector makes of the pairs of its members that nothing else sets, at the means. */
typedef struct effect {
    const char *members;
    size_t n_members, n_pairs;
    range share, by_beta, together;
} effect;

static void add_pair(const lq_market *m, const lq_sector *s, const lq_company *a,
                     const lq_company *b, effect *e)
{
    const double x = rho_of(m, a), y = rho_of(m, b);
    if (is_set(m, a->id, b->id)) return;
    const double rest = (1.0 - x * x) * (1.0 - y * y) * share_of(s, a) * share_of(s, b);
    widen(&e->by_beta, x * y);
    widen(&e->together, x * y + sqrt(rest));
    e->n_pairs++;
}

static effect effect_of(lq_resolver *r, const lq_sector *s)
{
    const range none = {INFINITY, -INFINITY};
    const lq_company *c = r->scenario->companies.items;
    effect e = {.members = "", .share = none, .by_beta = none, .together = none};
    for (size_t i = 0; i < r->scenario->companies.len; i++) {
        if (!c[i].sector || strcmp(c[i].sector, s->id) != 0) continue;
        e.members = lq_arena_printf(r->reader.arena, "%s%s%s", e.members,
                                    e.n_members++ ? ", " : "", c[i].id);
        widen(&e.share, share_of(s, &c[i]));
        for (size_t j = 0; j < i; j++)
            if (lq_shares_sector(&c[i], &c[j]))
                add_pair(&r->scenario->market, s, &c[i], &c[j], &e);
    }
    return e;
}

static void note_sector(lq_resolver *r, const lq_sector *s)
{
    const effect e = effect_of(r, s);
    const char *text;
    if (e.n_members < 2)
        text = lq_arena_printf(r->reader.arena, "the sector %s changes nothing: %s", s->id,
                               e.n_members ? "only one company is in it" : "nobody is in it");
    else if (e.n_pairs == 0)
        text = lq_arena_printf(r->reader.arena,
                               "the sector %s changes nothing: correlations says how its "
                               "members move together",
                               s->id);
    else
        text =
            lq_arena_printf(r->reader.arena,
                            "the sector %s (%s) has %s of what beta leaves of their variance: "
                            "correlations of %s instead of %s by beta alone",
                            s->id, e.members, told(r, &e.share, 100.0, " %"),
                            told(r, &e.together, 1.0, ""), told(r, &e.by_beta, 1.0, ""));
    const lq_warning row = {.key = lq_arena_printf(r->reader.arena, "market.sectors.%s", s->id),
                            .text = text};
    lq_list_push(r->reader.arena, &r->scenario->notes, &row, sizeof row);
}

void lq_note_sectors(lq_resolver *r)
{
    const lq_list *list = &r->scenario->market.sectors;
    const lq_sector *sectors = list->items;
    if (!r->clean || lq_problems_count(r->reader.problems) > 0) return;
    for (size_t i = 0; i < list->len; i++)
        note_sector(r, &sectors[i]);
}
