/**
 * @file tree.h
 * A config file as a tree whose every node knows where it was written.
 *
 * Read with libyaml's events; depth, bytes, nodes and keys per group are capped while the
 * events stream, so that hostile input costs bounded time and memory. Aliases, tags, NUL
 * bytes, second documents and repeated keys are refused.
 */
#ifndef LQ_CONFIG_TREE_H
#define LQ_CONFIG_TREE_H

#include "config/problem.h"
#include "liquidus/status.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    LQ_TREE_MAX_DEPTH = 32,
    LQ_TREE_MAX_BYTES = 4 * 1024 * 1024,
    LQ_TREE_MAX_NODES = 200000,
    LQ_TREE_MAX_KEYS = 512
};

typedef enum lq_node_kind { LQ_NODE_SCALAR, LQ_NODE_LIST, LQ_NODE_GROUP } lq_node_kind;

typedef struct lq_node {
    lq_node_kind kind;
    lq_mark mark;            /**< Of the value. */
    lq_mark key_mark;        /**< Of the key, in a group. */
    const char *key;         /**< In a group; NULL in a list and at the root. */
    const char *text;        /**< Scalar as written, without quotes. */
    bool quoted;             /**< Scalar in quotes: it is text, whatever it looks like. */
    bool told;               /**< A problem says what is wrong with it: readers pass over it. */
    const char *source_line; /**< The line of the mark, for messages. */
    const char *key_line;    /**< The line of the key_mark. */
    const char *changed_by;  /**< "--set beta=3", "stress.yaml:4"; NULL: nothing but a file. */
    bool grown;              /**< Made to hold what a change sets: no file has it. */
    struct lq_node *parent, *first, *next; /**< Children and siblings, in file order. */
    struct lq_node *last;                  /**< Last child. */
    size_t n_children;
} lq_node;

typedef struct lq_tree {
    lq_arena *arena;
    lq_node *root;    /**< A group; NULL when the file could not be read as one. */
    const char *text; /**< The main file as given, byte for byte (for the manifest). */
    size_t text_len;
} lq_tree;

struct lq_record;

/** Where a change stands that a file asks for. */
typedef struct lq_change_origin {
    lq_mark key, value; /**< Of the address and of what it is set to. */
    const char *line;   /**< As written. */
} lq_change_origin;

/** What `--set` changes, and before it what a file does. */
typedef struct lq_changes {
    const char *const *items; /**< [len] "key=value"; key is an address or a unique short form:
                               * offers.google.base, google.base. The value null takes the
                               * key away. */
    size_t len;
    const struct lq_record *record;  /**< Schema of the root: a short form may be of a key that
                                      * is not there. NULL: of those that are there alone. */
    const lq_change_origin *origins; /**< [n_origins] of the first items; the others are told as
                                      * --set:1, --set:2, ... */
    size_t n_origins;
} lq_changes;

/**
 * Reads a file with its `include:`s and applies `extends:`, then the changes; validation is the
 * schema's. An `extends:` that leads nowhere stays in the tree, as `told`.
 *
 * @param[in]  path       The config file.
 * @param[in]  changes    NULL: none.
 * @param[out] problems   Gets every problem; the tree is complete as far as it could be read.
 * @param[out] out        On LQ_OK the caller owns it (lq_tree_clear).
 * @retval LQ_OK       also when problems were added: ask lq_problems_count.
 * @retval LQ_EIO      The file cannot be opened, or is no regular file: also as a problem.
 * @retval LQ_ENOMEM
 */
lq_status lq_tree_load(const char *path, const lq_changes *changes, lq_problems *problems,
                       lq_tree *out, lq_error *err);

/** The same from memory; `include:` is relative to the folder of name. */
lq_status lq_tree_parse(const char *name, const char *text, size_t len,
                        const lq_changes *changes, lq_problems *problems, lq_tree *out,
                        lq_error *err);

void lq_tree_clear(lq_tree *tree); /**< {0} is fine. */

/** The child of a group with that key, or NULL. */
lq_node *lq_node_get(const lq_node *group, const char *key);

/** The node at an address ("offers.google-l6.grants[0].value"); lists of groups with an `id`
 *  are addressed by the id. NULL when there is none. */
lq_node *lq_tree_find(const lq_tree *tree, const char *address);

/** The full address of a node, written into the arena. */
const char *lq_node_address(const lq_node *node, lq_arena *arena);

/** Adds a problem at the node. hint may be NULL. */
void lq_node_problem(const lq_node *node, lq_problems *problems, const char *expected,
                     const char *found, const char *hint);

/** The same, at the node's key. */
void lq_node_key_problem(const lq_node *node, lq_problems *problems, const char *expected,
                         const char *found, const char *hint);

/** False where a problem stands at the node or below it. */
bool lq_node_is_sound(const lq_node *node, const lq_problems *problems);

/** "changed in it: --set companies.a.beta=3" of what changes set below a group or a list that
 *  they have not set as a whole; NULL: nothing. */
const char *lq_node_changes(const lq_node *node, lq_arena *arena);

/** "a list", "a group", "nothing" or the scalar's text: for `found`. */
const char *lq_node_described(const lq_node *node);

#endif
