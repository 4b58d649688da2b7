/**
 * @file node.h
 * Building and joining nodes, for the files of this folder.
 */
#ifndef LQ_CONFIG_NODE_H
#define LQ_CONFIG_NODE_H

#include "config/tree.h"

/** What all the files of one config may cost together. */
typedef struct lq_budget {
    lq_arena *arena;
    lq_problems *problems;
    size_t n_nodes;
    bool spent; /**< LQ_TREE_MAX_NODES was passed: a problem was added once. */
} lq_budget;

/** A node, counted; NULL when memory or the budget is spent (a problem at mark says so). */
lq_node *lq_node_create(lq_budget *budget, lq_node_kind kind, lq_mark mark);

/** Puts child at the end of parent. */
void lq_node_append(lq_node *parent, lq_node *child);

/** Takes a child out of its parent; it keeps its own children. */
void lq_node_detach(lq_node *child);

/** Gives `next` the place and the key of `old`. */
void lq_node_replace(lq_node *old, lq_node *next);

/** A deep copy without key or parent; NULL when the budget is spent. */
lq_node *lq_node_copy(lq_budget *budget, const lq_node *node);

/** The id of a list's item: the text of its `id`, when that is a scalar; else NULL. */
const char *lq_node_id(const lq_node *item);

/** True when every item of the list has an id (and there is one at least). */
bool lq_node_is_id_list(const lq_node *list);

/** Lays group `over` on group `base`: groups merge, lists of items with ids are joined by id,
 *  all else is replaced. `over` is used up. */
void lq_node_overlay(lq_budget *budget, lq_node *base, lq_node *over);

/** Gives group `child` copies of what `ancestor` has and it has not; groups merge, lists and
 *  scalars stay the child's. `id` and `extends` are not inherited. */
void lq_node_inherit(lq_budget *budget, lq_node *child, const lq_node *ancestor);

/** Ids of the items of a list, or keys of a group, sorted for lookup. */
typedef struct lq_id_index {
    const lq_node **node; /**< [len], by id, then in file order. */
    const char **id;      /**< [len] */
    size_t len;
} lq_id_index;

/** False when memory is short. Items without an id are left out. */
bool lq_id_index_build(const lq_node *parent, lq_arena *arena, lq_id_index *out);

/** Position of the first with that id, or len. */
size_t lq_id_index_find(const lq_id_index *index, const char *id);

#endif
