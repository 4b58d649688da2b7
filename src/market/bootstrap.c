#include "market/market.h"

#include "num/lanes.h"
#include "rng/draws.h"

/* One uniform says both whether a block begins and, where it does, with which row: below
 * `restart` it is uniform again. */
static void next_rows(const lq_bootstrap_plan *plan, double restart, const double *restrict u,
                      const int32_t *restrict now, int32_t *restrict next)
{
    const double rows = (double)plan->n, per_row = rows / restart;
    const int32_t last = (int32_t)plan->n - 1;
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++) {
        const double at = u[l] * per_row;
        const int32_t any = (int32_t)(at < rows ? at : 0.0);
        const int32_t following = now[l] < last ? now[l] + 1 : 0;
        next[l] = u[l] < restart ? (any < last ? any : last) : following;
    }
}

void LQ_KERNEL(lq_bootstrap_run)(const lq_bootstrap_plan *plan, const lq_block_address *at,
                                 size_t n_months, int32_t *states)
{
    static const int32_t none[LQ_LANES] __attribute__((aligned(64)));
    LQ_LANE_ARRAY(u);
    lq_words words;
    for (size_t k = 0; k < n_months; k++) {
        const int word = (int)(k % 4);
        int32_t *row = states + k * LQ_LANES;
        if (word == 0) LQ_KERNEL(lq_draws_words)(at, plan->stream, (uint32_t)(k / 4), &words);
#pragma omp simd
        for (int l = 0; l < LQ_LANES; l++)
            u[l] = lq_words_uniform(&words, word, l);
        next_rows(plan, k ? plan->restart_frac : 1.0, u, k ? row - LQ_LANES : none, row);
    }
}
