#include "rng/bridge.h"

#include <math.h>

static lq_bridge_node middle_of(uint32_t left, uint32_t right)
{
    const uint32_t at = left + (right - left) / 2;
    const double before = at - left, after = right - at, all = right - left;
    return (lq_bridge_node){.at = at,
                            .left = left,
                            .right = right,
                            .weight_left = after / all,
                            .weight_right = before / all,
                            .sd = sqrt(before * after / all)};
}

/* The nodes are their own queue: each one that has been read splits its gap in two. */
const lq_bridge_node *lq_bridge_create(lq_arena *arena, size_t n_months)
{
    lq_bridge_node *nodes = lq_arena_calloc(arena, n_months + 1, sizeof *nodes);
    if (!nodes || n_months == 0) return nodes;
    const uint32_t last = (uint32_t)n_months;
    nodes[0] = (lq_bridge_node){.at = last, .sd = sqrt((double)last)};
    size_t len = 1;
    if (last > 1) nodes[len++] = middle_of(0, last);
    for (size_t i = 1; i < len; i++) {
        const lq_bridge_node *n = &nodes[i];
        if (n->at - n->left > 1) nodes[len++] = middle_of(n->left, n->at);
        if (n->right - n->at > 1) nodes[len++] = middle_of(n->at, n->right);
    }
    return nodes;
}
