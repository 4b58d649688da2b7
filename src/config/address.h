/**
 * @file address.h
 * Addresses of nodes: "offers.google-l6.grants[0].value", and short forms of them.
 */
#ifndef LQ_CONFIG_ADDRESS_H
#define LQ_CONFIG_ADDRESS_H

#include "config/node.h"

/** One step: a name (a group's key, or the id of a list's item) or an index. */
typedef struct lq_step {
    const char *name; /**< Not terminated; NULL: an index. */
    size_t name_len;
    size_t index;
} lq_step;

typedef struct lq_address {
    lq_step step[LQ_TREE_MAX_DEPTH];
    size_t len;
} lq_address;

/** False when the text is no address. The steps borrow it. */
bool lq_address_parse(const char *text, lq_address *out);

/** The child one step down, or NULL. */
lq_node *lq_node_step(const lq_node *node, const lq_step *step);

/** The node after `n` steps from `from`, or NULL. */
lq_node *lq_node_walk(const lq_node *node, const lq_step *from, size_t n);

/** What an item of a list is called by in addresses: the text of its `id`, else of its
 * `series`, else NULL. */
const char *lq_node_name(const lq_node *item);

/** What a child of a group or a list is called: its key, its name, or in a list that numbers
 * those without a name "P1", "O1", "grant-1"; else NULL. */
const char *lq_node_called(const lq_node *item, lq_arena *arena);

/** True when a step from its parent leads to the child by that. */
bool lq_node_answers(const lq_node *child, const lq_step *step);

enum { LQ_MAX_HITS = 5 };

/** Nodes that an address, or its start, may mean; the first few are kept. */
typedef struct lq_hits {
    lq_node *node[LQ_MAX_HITS];
    size_t count;
} lq_hits;

/** Every node of the tree that the whole address leads to from anywhere. */
void lq_address_matches(const lq_node *root, const lq_address *address, lq_hits *hits);

/** Every group that bears the name of the first step, wherever it stands. */
void lq_address_anchors(const lq_node *root, const lq_address *address, lq_hits *hits);

#endif
