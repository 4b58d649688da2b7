/* Any bytes as a config file: a tree or problems, bounded, and every node knows its place. */
#include "config/tree.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_node(const lq_node *node, size_t depth)
{
    if (depth > LQ_TREE_MAX_DEPTH + 1) abort();
    if (node->kind == LQ_NODE_SCALAR && !node->text) abort();
    size_t n_children = 0;
    for (const lq_node *child = node->first; child; child = child->next) {
        if (child->parent != node) abort();
        if ((node->kind == LQ_NODE_GROUP) != (child->key != NULL)) abort();
        check_node(child, depth + 1);
        n_children++;
    }
    if (n_children != node->n_children) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    lq_problems *problems = lq_problems_create();
    lq_tree tree = {0};
    lq_error err;
    const lq_status status =
        lq_tree_parse("fuzz.yaml", (const char *)data, size, NULL, problems, &tree, &err);
    if (status == LQ_OK && tree.root) check_node(tree.root, 0);
    if (status == LQ_OK && !tree.root && lq_problems_count(problems) == 0) abort();
    lq_tree_clear(&tree);
    lq_problems_destroy(problems);
    return 0;
}
