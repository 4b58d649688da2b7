#include "config/load.h"

#include "config/schema.h"

#include <string.h>

enum { MAX_CHAIN = 32 };

typedef enum progress { UNSEEN, ACTIVE, DONE } progress;

/* The items of one section, by id. */
typedef struct family {
    lq_budget *budget;
    lq_id_index ids;
    progress *state; /* [ids.len] */
    size_t depth;
} family;

static const char *suggestion(const family *f, const char *id)
{
    const char *near = lq_suggest(id, f->ids.id, f->ids.len);
    return near ? lq_arena_printf(f->budget->arena, "did you mean %s?", near) : NULL;
}

static void inherit_at(family *f, size_t i);

/* Position of the one to inherit from, or the number of ids after a problem. */
static size_t ancestor(const family *f, const lq_node *extends)
{
    lq_problems *problems = f->budget->problems;
    const size_t none = f->ids.len;
    if (extends->kind != LQ_NODE_SCALAR) {
        lq_node_problem(extends, problems, "the id of one to inherit from", "no id", NULL);
        return none;
    }
    const size_t i = lq_id_index_find(&f->ids, extends->text);
    if (i == none) {
        lq_node_problem(extends, problems, "an id of this file", extends->text,
                        suggestion(f, extends->text));
        return none;
    }
    const bool ring = f->state[i] == ACTIVE;
    if (!ring && f->depth < MAX_CHAIN) return i;
    lq_node_problem(extends, problems, "an id to inherit from",
                    ring ? "one that inherits from this" : "a chain of more than 32", NULL);
    return none;
}

/* An `extends:` that leads nowhere stays, so that nobody misses what was to come from there. */
static void inherit_from(family *f, lq_node *item, lq_node *extends)
{
    const size_t i = ancestor(f, extends);
    if (i == f->ids.len) {
        extends->told = true;
        return;
    }
    lq_node_detach(extends);
    inherit_at(f, i);
    lq_node_inherit(f->budget, item, f->ids.node[i]);
}

static void inherit_at(family *f, size_t i)
{
    if (f->state[i] != UNSEEN) return;
    /* The index lends its nodes as const; they belong to the tree, which is ours. */
    lq_node *item = (lq_node *)(uintptr_t)f->ids.node[i];
    lq_node *extends = item->kind == LQ_NODE_GROUP ? lq_node_get(item, "extends") : NULL;
    f->state[i] = ACTIVE;
    f->depth++;
    if (extends) inherit_from(f, item, extends);
    f->depth--;
    f->state[i] = DONE;
}

/* An item that has no id cannot be inherited from, but may inherit. */
static void extend_nameless(family *f, lq_node *section)
{
    for (lq_node *item = section->first; item; item = item->next) {
        if (item->key || item->kind != LQ_NODE_GROUP || lq_node_id(item)) continue;
        lq_node *extends = lq_node_get(item, "extends");
        if (extends) inherit_from(f, item, extends);
    }
}

static void extend_section(lq_budget *budget, lq_node *section)
{
    if (section->kind == LQ_NODE_SCALAR) return;
    family f = {.budget = budget};
    if (!lq_id_index_build(section, budget->arena, &f.ids)) return;
    f.state = lq_arena_calloc(budget->arena, f.ids.len + 1, sizeof *f.state);
    if (!f.state) return;
    for (size_t i = 0; i < f.ids.len && !budget->spent; i++)
        inherit_at(&f, i);
    extend_nameless(&f, section);
}

void lq_load_extends(lq_loader *loader, lq_node *root)
{
    static const char *const sections[] = {"offers", "companies"};
    for (size_t s = 0; s < sizeof sections / sizeof sections[0]; s++) {
        lq_node *section = lq_node_get(root, sections[s]);
        if (section) extend_section(&loader->budget, section);
    }
}
