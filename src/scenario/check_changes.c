#include "scenario/resolve.h"

#include <string.h>

/* `companies.krestel.volatility=90%` makes a company where none is of that id. It would be
 * nobody's employer: a misspelling. */

enum { MOST_NAMES = 96 };

static bool is_employer(const lq_resolver *r, const char *id)
{
    const lq_node *offers = lq_child(r->root, "offers");
    for (const lq_node *o = offers ? offers->first : NULL; o; o = o->next) {
        const lq_node *company = lq_child(o, "company");
        if (company && company->kind == LQ_NODE_SCALAR && strcmp(company->text, id) == 0)
            return true;
    }
    return false;
}

/* `roll into ID` */
static bool is_acquirer(const lq_resolver *r, const char *id)
{
    const lq_node *companies = lq_child(r->root, "companies");
    for (const lq_node *c = companies->first; c; c = c->next) {
        const lq_node *word = lq_child(lq_child(c, "deal"), "on_close");
        const char *space =
            word && word->kind == LQ_NODE_SCALAR ? strrchr(word->text, ' ') : NULL;
        if (space && strcmp(space + 1, id) == 0) return true;
    }
    return false;
}

typedef struct names {
    const char *id[MOST_NAMES];
    size_t n;
    const char *all; /* "a, b" */
} names;

static void add_name(lq_resolver *r, const char *id, names *out)
{
    for (size_t i = 0; i < out->n; i++)
        if (strcmp(out->id[i], id) == 0) return;
    if (out->n == MOST_NAMES || !out->all) return;
    out->all = lq_arena_printf(r->reader.arena, "%s%s%s", out->all, out->n ? ", " : "", id);
    out->id[out->n++] = id;
}

/* The file's companies, and those that offers name. */
static names companies_of(lq_resolver *r, const char *but)
{
    const lq_node *companies = lq_child(r->root, "companies");
    const lq_company *used = r->scenario->companies.items;
    names found = {.all = ""};
    for (const lq_node *c = companies->first; c; c = c->next)
        if (!c->grown) add_name(r, c->key, &found);
    for (size_t i = 0; i < r->scenario->companies.len; i++)
        if (strcmp(used[i].id, but) != 0) add_name(r, used[i].id, &found);
    return found;
}

static void refuse(lq_resolver *r, const lq_node *node)
{
    const names known = companies_of(r, node->key);
    const char *near = lq_suggest(node->key, known.id, known.n);
    if (known.n == 0) return;
    lq_node_key_problem(node, r->reader.problems, "a company of this config", node->key,
                        near ? lq_arena_printf(r->reader.arena, "did you mean %s?", near)
                             : lq_arena_printf(r->reader.arena, "one of %s", known.all));
}

static bool has_pack(const lq_resolver *r, const char *id)
{
    const lq_list ids = lq_packs_ids(&r->packs);
    for (size_t i = 0; i < ids.len; i++)
        if (strcmp(((const char *const *)ids.items)[i], id) == 0) return true;
    return false;
}

void lq_check_changes(lq_resolver *r)
{
    const lq_node *companies = lq_child(r->root, "companies");
    const bool map = companies && companies->kind == LQ_NODE_GROUP;
    for (const lq_node *c = map ? companies->first : NULL; c; c = c->next) {
        if (!c->grown || is_employer(r, c->key) || is_acquirer(r, c->key)) continue;
        if (!has_pack(r, c->key))
            refuse(r, c);
        else if (!r->companies_only)
            lq_scenario_warn(r->scenario, c->key_mark,
                             lq_arena_printf(r->reader.arena, "companies.%s", c->key),
                             "%s is changed, and no offer is of it: nothing comes of that",
                             c->key);
    }
}
