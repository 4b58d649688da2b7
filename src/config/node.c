#include "config/node.h"

#include <stdlib.h>
#include <string.h>

lq_node *lq_node_create(lq_budget *budget, lq_node_kind kind, lq_mark mark)
{
    if (budget->spent) return NULL;
    if (budget->n_nodes == LQ_TREE_MAX_NODES) {
        budget->spent = true;
        lq_problems_add(budget->problems,
                        &(lq_problem){.mark = mark,
                                      .expected = "at most 200,000 values in a config",
                                      .found = "more"});
        return NULL;
    }
    lq_node *node = lq_arena_calloc(budget->arena, 1, sizeof *node);
    if (!node) return NULL;
    budget->n_nodes++;
    node->kind = kind;
    node->mark = mark;
    return node;
}

void lq_node_append(lq_node *parent, lq_node *child)
{
    child->parent = parent;
    child->next = NULL;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
    parent->n_children++;
}

static lq_node **link_to(lq_node *child, lq_node **previous)
{
    lq_node **link = &child->parent->first;
    *previous = NULL;
    while (*link != child) {
        *previous = *link;
        link = &(*link)->next;
    }
    return link;
}

void lq_node_detach(lq_node *child)
{
    lq_node *previous, *parent = child->parent;
    *link_to(child, &previous) = child->next;
    if (parent->last == child) parent->last = previous;
    parent->n_children--;
    child->parent = child->next = NULL;
}

void lq_node_replace(lq_node *old, lq_node *next)
{
    lq_node *previous;
    next->key = old->key;
    next->parent = old->parent;
    next->next = old->next;
    *link_to(old, &previous) = next;
    if (old->parent->last == old) old->parent->last = next;
    old->parent = old->next = NULL;
}

lq_node *lq_node_copy(lq_budget *budget, const lq_node *node)
{
    lq_node *copy = lq_node_create(budget, node->kind, node->mark);
    if (!copy) return NULL;
    copy->text = node->text;
    copy->quoted = node->quoted;
    copy->source_line = node->source_line;
    for (const lq_node *child = node->first; child; child = child->next) {
        lq_node *twin = lq_node_copy(budget, child);
        if (!twin) return NULL;
        twin->key = child->key;
        twin->key_mark = child->key_mark;
        twin->key_line = child->key_line;
        lq_node_append(copy, twin);
    }
    return copy;
}

const char *lq_node_id(const lq_node *item)
{
    const lq_node *id = item->kind == LQ_NODE_GROUP ? lq_node_get(item, "id") : NULL;
    return id && id->kind == LQ_NODE_SCALAR && id->text[0] ? id->text : NULL;
}

bool lq_node_is_id_list(const lq_node *list)
{
    if (list->kind != LQ_NODE_LIST || !list->first) return false;
    for (const lq_node *item = list->first; item; item = item->next)
        if (!lq_node_id(item)) return false;
    return true;
}

typedef struct entry {
    const char *id;
    const lq_node *node;
    size_t order;
} entry;

static int compare_entries(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    const int by_id = strcmp(x->id, y->id);
    if (by_id != 0) return by_id;
    return x->order < y->order ? -1 : x->order > y->order;
}

bool lq_id_index_build(const lq_node *parent, lq_arena *arena, lq_id_index *out)
{
    const size_t n = parent->n_children + 1;
    entry *entries = lq_arena_calloc(arena, n, sizeof *entries);
    out->node = lq_arena_calloc(arena, n, sizeof *out->node);
    out->id = lq_arena_calloc(arena, n, sizeof *out->id);
    out->len = 0;
    if (!entries || !out->node || !out->id) return false;
    for (const lq_node *child = parent->first; child; child = child->next) {
        const char *id = parent->kind == LQ_NODE_GROUP ? child->key : lq_node_id(child);
        if (!id) continue;
        entries[out->len] = (entry){.id = id, .node = child, .order = out->len};
        out->len++;
    }
    qsort(entries, out->len, sizeof *entries, compare_entries);
    for (size_t i = 0; i < out->len; i++) {
        out->node[i] = entries[i].node;
        out->id[i] = entries[i].id;
    }
    return true;
}

size_t lq_id_index_find(const lq_id_index *index, const char *id)
{
    size_t low = 0, high = index->len;
    while (low < high) {
        const size_t mid = (low + high) / 2;
        if (strcmp(index->id[mid], id) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low < index->len && strcmp(index->id[low], id) == 0 ? low : index->len;
}

static void overlay_items(lq_budget *budget, lq_node *base, lq_node *over)
{
    lq_id_index ids;
    if (!lq_id_index_build(base, budget->arena, &ids)) return;
    for (lq_node *item = over->first, *next; item; item = next) {
        next = item->next;
        const size_t i = lq_id_index_find(&ids, lq_node_id(item));
        /* The index holds borrowed nodes as const; they belong to base, which is ours. */
        if (i < ids.len)
            lq_node_overlay(budget, (lq_node *)(uintptr_t)ids.node[i], item);
        else
            lq_node_append(base, item);
    }
}

static void overlay_child(lq_budget *budget, lq_node *base, lq_node *mine, lq_node *over)
{
    if (mine->kind == LQ_NODE_GROUP && over->kind == LQ_NODE_GROUP) {
        lq_node_overlay(budget, mine, over);
    } else if (lq_node_is_id_list(mine) && lq_node_is_id_list(over)) {
        overlay_items(budget, mine, over);
    } else {
        over->parent = base;
        lq_node_replace(mine, over);
    }
}

void lq_node_overlay(lq_budget *budget, lq_node *base, lq_node *over)
{
    for (lq_node *child = over->first, *next; child; child = next) {
        next = child->next;
        lq_node *mine = lq_node_get(base, child->key);
        if (mine)
            overlay_child(budget, base, mine, child);
        else
            lq_node_append(base, child);
    }
}

void lq_node_inherit(lq_budget *budget, lq_node *child, const lq_node *ancestor)
{
    for (const lq_node *from = ancestor->first; from; from = from->next) {
        if (strcmp(from->key, "id") == 0 || strcmp(from->key, "extends") == 0) continue;
        lq_node *mine = lq_node_get(child, from->key);
        if (mine && mine->kind == LQ_NODE_GROUP && from->kind == LQ_NODE_GROUP) {
            lq_node_inherit(budget, mine, from);
        } else if (!mine) {
            lq_node *copy = lq_node_copy(budget, from);
            if (!copy) return;
            copy->key = from->key;
            copy->key_mark = from->key_mark;
            copy->key_line = from->key_line;
            lq_node_append(child, copy);
        }
    }
}
