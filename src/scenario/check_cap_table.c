#include "scenario/resolve.h"

#include <math.h>
#include <string.h>

enum { MAX_SERIES = 24, MAX_STRIKES = 8 }; /* what a waterfall has room for */

typedef struct table {
    lq_resolver *r;
    const lq_company *c;
    const lq_node *node;   /* the company's */
    const lq_node *series; /* its list: cap_table.preferred, or preferences; may be NULL */
} table;

static void complain(const table *t, const lq_node *node, const char *expected,
                     const char *found, const char *hint)
{
    lq_node_problem(node ? node : t->node, t->r->reader.problems, expected, found, hint);
}

static const lq_preference *series(const table *t, size_t i)
{
    return (const lq_preference *)t->c->preferences.items + i;
}

/* Item i of a list, or the list, or NULL. */
static const lq_node *item(const lq_node *list, size_t i)
{
    const lq_node *node = list && list->kind == LQ_NODE_LIST ? list->first : NULL;
    while (node && i-- > 0)
        node = node->next;
    return node ? node : list;
}

/* A key of series i, or the series. */
static const lq_node *key_of(const table *t, size_t i, const char *key)
{
    const lq_node *row = item(t->series, i), *node = lq_child(row, key);
    return node ? node : row;
}

/* Whether what is written of a key of series i may be read. */
static bool reads(const table *t, size_t i, const char *key)
{
    return lq_is_sound(t->r, lq_child(item(t->series, i), key));
}

static bool is_written(const table *t, size_t i, const char *key)
{
    return lq_child(item(t->series, i), key) != NULL;
}

static const char *money(const table *t, double x)
{
    char text[96];
    lq_value value = lq_value_constant(x);
    memcpy(value.currency, t->c->currency, 4);
    return lq_arena_strdup(t->r->reader.arena,
                           lq_value_format(&value, LQ_MEASURE_MONEY, text, sizeof text));
}

/* ---- one series ---- */

static void check_shares(const table *t, size_t i)
{
    const lq_preference *p = series(t, i);
    const bool whole =
        t->c->cap_table.common.given || lq_child(lq_child(t->node, "cap_table"), "common");
    if (!p->shares.given && whole && reads(t, i, "shares"))
        complain(t, key_of(t, i, "invested"), "shares, beside what was invested", "none",
                 "shares: 2M; in a cap table nothing tells how many there are");
    if (p->shares.given && p->shares.p[0] <= 0.0)
        complain(t, key_of(t, i, "shares"), "more than no shares", "0",
                 "what holds no shares converts to nothing");
    if (p->conversion.p[0] <= 0.0 && reads(t, i, "conversion"))
        complain(t, key_of(t, i, "conversion"), "more than no share of common for a share", "0",
                 "what converts to nothing has no price at which it would");
}

static void check_cap(const table *t, size_t i)
{
    const lq_preference *p = series(t, i);
    const double due = p->multiple.p[0] * p->invested.p[0] + p->accrued.p[0];
    const double cap = p->cap.p[0] * p->invested.p[0];
    if (p->participation != LQ_RIGHTS_CAPPED || cap >= due || !p->invested.given ||
        !reads(t, i, "participation") || !reads(t, i, "multiple") || !reads(t, i, "accrued"))
        return;
    complain(
        t, key_of(t, i, "participation"), "a cap of at least what is due first",
        lq_arena_printf(t->r->reader.arena, "%.4gx of %s, below the %s due first", p->cap.p[0],
                        money(t, p->invested.p[0]), money(t, due)),
        "the cap counts all that the series gets; due are multiple x invested, and accrued");
}

static void check_terms(const table *t)
{
    const lq_preference *p = &t->c->rounds.terms.class;
    const lq_node *terms = lq_child(lq_child(t->node, "rounds"), "terms");
    if (p->participation != LQ_RIGHTS_CAPPED || p->cap.p[0] >= p->multiple.p[0] ||
        !lq_is_sound(t->r, terms))
        return;
    complain(t, lq_child(terms, "participation"), "a cap of at least the multiple",
             lq_arena_printf(t->r->reader.arena, "%.4gx, below %.4gx", p->cap.p[0],
                             p->multiple.p[0]),
             "the cap counts all that the class gets");
}

static void check_names(const table *t)
{
    for (size_t i = 0; i < t->c->preferences.len; i++)
        for (size_t j = 0; j < i; j++) {
            if (!series(t, i)->series || !series(t, j)->series ||
                strcmp(series(t, i)->series, series(t, j)->series) != 0)
                continue;
            complain(t, key_of(t, i, "series"), "each series once",
                     lq_arena_printf(t->r->reader.arena, "%s again", series(t, i)->series),
                     NULL);
            break;
        }
}

/* Who is senior is the first question of a waterfall: no silent default where it matters. */
static void check_ranks(const table *t)
{
    const size_t n = t->c->preferences.len;
    size_t written = 0;
    for (size_t i = 0; i < n; i++)
        written += is_written(t, i, "rank");
    const bool told = lq_child(lq_child(t->node, "cap_table"), "preferred") && n > 1;
    if (!t->series || written == n || (written == 0 && !told)) return;
    for (size_t i = 0; i < n; i++) {
        if (is_written(t, i, "rank")) continue;
        complain(t, item(t->series, i), "a rank for every series",
                 lq_arena_printf(t->r->reader.arena, "none for %s",
                                 series(t, i)->series ? series(t, i)->series : "one"),
                 "rank: 1 is the most junior; equal ranks share in proportion");
    }
}

/* ---- the table ---- */

static void check_size(const table *t)
{
    const lq_node *options = lq_child(lq_child(t->node, "cap_table"), "options");
    if (t->c->preferences.len > MAX_SERIES)
        complain(t, t->series, "at most 24 series", "more", NULL);
    if (t->c->cap_table.options.len > MAX_STRIKES)
        complain(t, options, "at most 8 strikes", "more", "join options of like strikes");
}

static void check_twice(const table *t)
{
    const lq_node *table_node = lq_child(t->node, "cap_table");
    const lq_node *acquisition = lq_child(lq_child(t->node, "exits"), "acquisition");
    if (lq_child(t->node, "preferences") && lq_child(table_node, "preferred"))
        complain(t, lq_child(table_node, "preferred"), "preferences or cap_table.preferred",
                 "both", "a cap table's preferred replace preferences");
    if (lq_child(table_node, "fees") && lq_child(acquisition, "fees"))
        complain(t, lq_child(table_node, "fees"), "fees once",
                 "here and in exits.acquisition.fees", NULL);
    if (t->c->common_factor.given && t->c->cap_table.common.given && !t->c->preferences.len)
        complain(t, t->node, "common_factor or cap_table",
                 "both: seniority would be charged twice", NULL);
    if (t->c->common_factor.given && t->c->rounds.phi.word)
        complain(t, lq_child(lq_child(t->node, "rounds"), "phi"),
                 "a number, or no common_factor beside it",
                 "solve, which prices a class by the option method",
                 "common_factor says what common is worth in place of that method");
}

static void check_money(const table *t, const lq_node *node, const lq_value *value)
{
    if (!value->given || strcmp(value->currency, t->c->currency) == 0) return;
    complain(t, node,
             lq_arena_printf(t->r->reader.arena, "money in the company's %s", t->c->currency),
             value->currency, NULL);
}

static void check_currencies(const table *t)
{
    const lq_node *table_node = lq_child(t->node, "cap_table");
    const lq_node *options = lq_child(table_node, "options");
    const lq_option_row *rows = t->c->cap_table.options.items;
    for (size_t i = 0; i < t->c->preferences.len; i++) {
        check_money(t, key_of(t, i, "invested"), &series(t, i)->invested);
        check_money(t, key_of(t, i, "accrued"), &series(t, i)->accrued);
        check_money(t, key_of(t, i, "veto"), &series(t, i)->veto);
    }
    for (size_t i = 0; i < t->c->cap_table.options.len; i++)
        check_money(t, lq_child(item(options, i), "strike"), &rows[i].strike);
    check_money(t, lq_child(table_node, "debt"), &t->c->cap_table.debt);
    check_money(t, lq_child(lq_child(t->node, "opening_value"), "price"),
                &t->c->opening_value.price);
}

/* The last round's own figures against the shares of the table. */
static void warn_of_shares(const table *t)
{
    const lq_value *post = &t->c->last_round.post_money, *price = &t->c->last_round.price;
    const double shares = lq_cap_table_shares(t->c);
    if (!t->c->cap_table.common.given || post->is_default || price->is_default) return;
    const double told = lq_value_mean(post) / price->p[0];
    if (fabs(told / shares - 1.0) < 0.01) return;
    lq_scenario_warn(
        t->r->scenario, post->mark,
        lq_arena_printf(t->r->reader.arena, "companies.%s.last_round", t->c->id),
        "%s: post_money / price of the last round makes %.4g shares, the cap table "
        "has %.4g with options and pool",
        t->c->name, told, shares);
}

/* ---- backsolve ---- */

static void check_series_known(const table *t, const lq_node *opening)
{
    const char *names[MAX_SERIES], *wanted = t->c->opening_value.series;
    const size_t n = t->c->preferences.len < MAX_SERIES ? t->c->preferences.len : MAX_SERIES;
    const char *all = "";
    if (!wanted) return;
    for (size_t i = 0; i < n; i++) {
        names[i] = series(t, i)->series ? series(t, i)->series : "";
        if (strcmp(names[i], wanted) == 0) return;
        all = lq_arena_printf(t->r->reader.arena, "%s%s%s", all, i ? ", " : "", names[i]);
    }
    const char *near = lq_suggest(wanted, names, n);
    complain(t, lq_child(opening, "series"),
             lq_arena_printf(t->r->reader.arena, "a series of the cap table: %s", all), wanted,
             near ? lq_arena_printf(t->r->reader.arena, "did you mean %s?", near) : NULL);
}

static void check_backsolve(const table *t)
{
    const lq_node *opening = lq_child(t->node, "opening_value");
    const lq_value *price = &t->c->opening_value.price;
    if (t->c->opening_value.method != LQ_OPENING_BACKSOLVE) return;
    const lq_node *preferred = lq_child(lq_child(t->node, "cap_table"), "preferred");
    if (t->c->common_factor.given)
        complain(t, opening, "backsolve or common_factor",
                 "both: seniority would be charged twice", NULL);
    else if (t->c->preferences.len == 0 && !lq_is_sound(t->r, preferred))
        return; /* what is wrong with them has been told */
    else if (t->c->preferences.len == 0)
        complain(t, opening, "a cap_table with preferred, or preferences, to solve from",
                 "neither", NULL);
    else
        check_series_known(t, opening);
    if (!price->given && t->c->last_round.price.is_default && !t->c->cap_table.common.given &&
        lq_is_sound(t->r, t->node))
        complain(t, opening, "price: what a share of the series is worth", "none",
                 "price: $2.50, here or in last_round");
}

void lq_check_cap_table(lq_resolver *r, const lq_company *c, const lq_node *node)
{
    const lq_node *preferred = lq_child(lq_child(node, "cap_table"), "preferred");
    const table t = {r, c, node, preferred ? preferred : lq_child(node, "preferences")};
    check_size(&t);
    check_twice(&t);
    check_names(&t);
    check_ranks(&t);
    for (size_t i = 0; i < c->preferences.len; i++) {
        check_shares(&t, i);
        check_cap(&t, i);
    }
    check_terms(&t);
    check_currencies(&t);
    check_backsolve(&t);
    if (r->clean) warn_of_shares(&t);
}
