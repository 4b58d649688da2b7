#include "scenario/assume.h"

#include <stdlib.h>
#include <string.h>

void lq_assume_add(lq_resolver *r, int influence, const char *key, const char *value,
                   const char *source, const char *text)
{
    const lq_assumption row = {key, value, source, text, influence};
    lq_list_push(r->reader.arena, &r->scenario->assumptions, &row, sizeof row);
}

const char *lq_assume_said(lq_resolver *r, const lq_value *value, lq_measure measure)
{
    char text[256];
    return lq_arena_strdup(r->reader.arena, lq_value_format(value, measure, text, sizeof text));
}

/* In words: "somewhere from 2 % to 20 %", "about 70 % (50 % to 95 %)". */
const char *lq_assume_plainly(lq_resolver *r, const lq_value *value, lq_measure measure)
{
    lq_value end[3];
    for (int i = 0; i < 3; i++) {
        end[i] = lq_value_constant(value->p[i]);
        memcpy(end[i].currency, value->currency, 4);
    }
    if (value->dist == LQ_DIST_UNIFORM)
        return lq_arena_printf(
            r->reader.arena, "%s%s to %s", value->uncertain ? "somewhere from " : "",
            lq_assume_said(r, &end[0], measure), lq_assume_said(r, &end[1], measure));
    if (value->dist == LQ_DIST_TRIANGULAR || value->dist == LQ_DIST_PERT)
        return lq_arena_printf(
            r->reader.arena, "about %s (%s to %s)", lq_assume_said(r, &end[1], measure),
            lq_assume_said(r, &end[0], measure), lq_assume_said(r, &end[2], measure));
    return lq_assume_said(r, value, measure);
}

const char *lq_assume_cite(lq_resolver *r, const lq_figure *figure)
{
    if (!figure) return LQ_ASSUMED;
    return lq_arena_printf(r->reader.arena, "%s (%s, confidence %s)", figure->source,
                           figure->date, figure->confidence);
}

const char *lq_assume_of_pack(lq_resolver *r, const lq_company *c, const char *figure)
{
    return lq_assume_cite(r, lq_figure_find(&c->sources, figure));
}

/* "offers.a.leaving" and "offers.b.leaving" of one value are one assumption: the first stands.
 */
static bool same_row(const lq_assumption *a, const lq_assumption *b)
{
    return strcmp(a->text, b->text) == 0 && strcmp(a->value, b->value) == 0;
}

static bool is_repeated(const lq_assumption *rows, size_t kept, const lq_assumption *row)
{
    for (size_t i = 0; i < kept; i++)
        if (same_row(&rows[i], row)) return true;
    return false;
}

/* Most influential first; equals by key, so that the order is the same everywhere. */
static int by_influence(const void *a, const void *b)
{
    const lq_assumption *x = a, *y = b;
    if (x->influence != y->influence) return x->influence < y->influence ? 1 : -1;
    return strcmp(x->key, y->key);
}

static void sort_and_drop_repeats(lq_list *list)
{
    lq_assumption *rows = list->items;
    size_t kept = 0;
    if (list->len) qsort(rows, list->len, sizeof *rows, by_influence);
    for (size_t i = 0; i < list->len; i++)
        if (!is_repeated(rows, kept, &rows[i])) rows[kept++] = rows[i];
    list->len = kept;
}

void lq_scenario_assume(lq_resolver *r)
{
    const lq_company *companies = r->scenario->companies.items;
    const lq_offer *offers = r->scenario->offers.items;
    for (size_t i = 0; i < r->scenario->companies.len; i++)
        lq_assume_company(r, &companies[i]);
    for (size_t i = 0; i < r->scenario->offers.len; i++)
        lq_assume_offer(r, &offers[i]);
    lq_assume_frame(r);
    if (!lq_arena_failed(r->reader.arena)) sort_and_drop_repeats(&r->scenario->assumptions);
}
