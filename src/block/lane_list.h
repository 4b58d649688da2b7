/**
 * @file lane_list.h
 * The few lanes that something happens to, packed, so that their work runs in groups of eight
 * instead of lane by lane or on all 64. For kernel files only.
 */
#ifndef LQ_BLOCK_LANE_LIST_H
#define LQ_BLOCK_LANE_LIST_H

#include "block/block.h"
#include "num/vector.h"

enum { LQ_GROUP = 8 };

typedef struct lq_lane_list {
    size_t n;
    size_t n_padded; /**< n rounded up to whole groups; the entries between repeat the first */
    uint32_t lane[LQ_LANES];
} lq_lane_list;

/** Ends the list after its first n entries. */
LQ_INLINE void lq_lanes_end(lq_lane_list *list, size_t n)
{
    list->n = n;
    list->n_padded = (n + LQ_GROUP - 1) / LQ_GROUP * LQ_GROUP;
    for (size_t i = n; i < list->n_padded; i++)
        list->lane[i] = list->lane[0];
}

/** Lists the lanes whose flag is not 0, in order. @return whether there are any. */
LQ_INLINE bool lq_lanes_list(const double *restrict flags, lq_lane_list *list)
{
    uint64_t bits = 0;
    size_t n = 0;
    for (int l = 0; l < LQ_LANES; l += LQ_VECTOR_LANES) {
        const lq_vector_f64 flag = *(const lq_vector_f64 *)(flags + l);
        bits |= lq_vector_mask((lq_vector_u64)(flag != 0.0)) << l;
    }
    if (!bits) return false;
    for (; bits; bits &= bits - 1)
        list->lane[n++] = (uint32_t)__builtin_ctzll(bits);
    lq_lanes_end(list, n);
    return true;
}

/** out[i] = from[lane i], to the end of the last group. */
LQ_INLINE void lq_lanes_gather(const lq_lane_list *list, const double *restrict from,
                               double *restrict out)
{
    for (size_t i = 0; i < list->n_padded; i++)
        out[i] = from[list->lane[i]];
}

#endif
