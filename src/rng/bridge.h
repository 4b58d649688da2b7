/**
 * @file bridge.h
 * The Brownian bridge: in which order, and from which neighbours, the months of a factor are
 * filled, so that the first normals decide most of the path.
 *
 * W_n comes first, then the middle of every gap, the widest first. The increments W_k - W_(k-1)
 * are independent standard normals again, exactly.
 * @source Glasserman, Monte Carlo Methods in Financial Engineering (2003), section 3.1.
 */
#ifndef LQ_RNG_BRIDGE_H
#define LQ_RNG_BRIDGE_H

#include "base/arena.h"

#include <stdint.h>

/** W(at) = weight_left W(left) + weight_right W(right) + sd z; W(0) = 0. */
typedef struct lq_bridge_node {
    uint32_t at, left, right; /**< Months; right 0: nothing there, the last month. */
    double weight_left, weight_right, sd;
} lq_bridge_node;

/** The nodes [n_months] in the order in which they are filled. NULL: no memory. */
const lq_bridge_node *lq_bridge_create(lq_arena *arena, size_t n_months);

#endif
