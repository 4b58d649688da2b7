/**
 * @file compare_block.h
 * Weighted views of a block, and what compares offers on it. Private to the folder; for
 * kernels.
 */
#ifndef LQ_ENGINE_COMPARE_BLOCK_H
#define LQ_ENGINE_COMPARE_BLOCK_H

#include "engine/workspace.h"

#include "num/lanes.h"

/** How much of their paths the lanes at hand are. */
typedef struct lq_view {
    const uint64_t *weight; /**< [64] of a branch, or NULL: whole paths */
    uint64_t equal;         /**< what all lanes of a branch weigh, or 0: they differ */
    bool first; /**< of the views of a path: what is the same in all is counted here */
} lq_view;

/** The view of a branch. Odds that do not depend on the path weigh all lanes alike. */
LQ_INLINE lq_view lq_view_of_branch(const uint64_t *weight, bool first)
{
    uint64_t differs = 0;
    for (int l = 0; l < LQ_LANES; l++)
        differs |= weight[l] ^ weight[0];
    return (lq_view){.weight = weight, .equal = differs ? 0 : weight[0], .first = first};
}

static const lq_view lq_view_whole = {.weight = NULL, .first = true};

/* Below 2^44 adding 1.5 x 2^52 rounds, which vectorises on every instruction set. */
LQ_INLINE lq_cents lq_sum_of_n_cents(const double *restrict x, size_t n)
{
    const double rounder = 6755399441055744.0;
    const uint64_t bits_of_rounder = 0x4338000000000000u;
    double most = 0.0;
    uint64_t sum = 0;
#pragma omp simd reduction(+ : sum) reduction(max : most)
    for (size_t l = 0; l < n; l++) {
        const double size = __builtin_fabs(x[l]);
        sum += lq_lane_bits(x[l] * 100.0 + rounder) - bits_of_rounder;
        most = size > most ? size : most;
    }
    if (__builtin_expect(most < 0x1p44, 1)) return (int64_t)sum;
    lq_cents wide = 0;
    for (size_t l = 0; l < n; l++)
        wide += (lq_cents)(int64_t)__builtin_rint(x[l] * 100.0);
    return wide;
}

/** Sum of hundredths, each rounded to even. Nearly all blocks are whole: their loops have no
 *  ends to look after. */
LQ_INLINE lq_cents lq_sum_of_cents(const double *restrict x, size_t n)
{
    return n == LQ_LANES ? lq_sum_of_n_cents(x, LQ_LANES) : lq_sum_of_n_cents(x, n);
}

/** Weighted sum of hundredths over the lanes that are paths; |x| < 2^44. */
LQ_INLINE lq_cents lq_view_cents(const lq_workspace *w, const lq_view *v, const double *x,
                                 size_t n)
{
    if (v->equal) return lq_sum_of_cents(x, n) * (lq_cents)v->equal;
    if (v->weight) {
        lq_cents sum = 0;
        for (size_t l = 0; l < n; l++)
            sum += (lq_cents)(int64_t)__builtin_rint(x[l] * 100.0) * (int64_t)v->weight[l];
        return sum;
    }
    return lq_sum_of_cents(x, n) * ((lq_cents)1 << w->plan->weight_log2);
}

/** An offer's totals in a branch of a company: others have the exits drawn, or none. */
static inline const double *lq_totals_in(const lq_workspace *w, size_t offer, size_t company,
                                         size_t branch)
{
    if (w->plan->offers[offer].company != company) return w->totals + offer * LQ_LANES;
    return w->branch_totals + (offer * LQ_MOST_BRANCHES + branch) * LQ_LANES;
}

/** Differences of all pairs. */
void LQ_KERNEL(lq_compare_pairs)(const lq_workspace *w, const lq_block_job *job,
                                 lq_result *result);

/** Which offer is best. */
void LQ_KERNEL(lq_compare_best)(const lq_workspace *w, const lq_block_job *job,
                                lq_result *result);

#endif
