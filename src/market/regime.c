#include "market/market.h"

#include "num/lanes.h"
#include "rng/draws.h"

/* The next state is the number of cumulative probabilities that lie at or below the uniform. */
static void next_states(const lq_regime_plan *plan, const double *restrict u,
                        const int32_t *restrict now, int32_t *restrict next)
{
    const double *restrict up_to = plan->up_to[0];
    const int32_t n = (int32_t)plan->n;
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++) {
        const int32_t row = now[l] * LQ_MAX_STATES;
        int32_t state = 0;
        for (int32_t j = 0; j < LQ_MAX_STATES - 1; j++)
            state += j < n - 1 && u[l] >= up_to[row + j];
        next[l] = state;
    }
}

void LQ_KERNEL(lq_regime_run)(const lq_regime_plan *plan, const lq_block_address *at,
                              size_t n_months, int32_t *states)
{
    int32_t start[LQ_LANES] __attribute__((aligned(64)));
    LQ_LANE_ARRAY(u);
    lq_words words;
    for (int l = 0; l < LQ_LANES; l++)
        start[l] = LQ_MAX_STATES;
    for (size_t k = 0; k < n_months; k++) {
        const int word = (int)(k % 4);
        if (word == 0) LQ_KERNEL(lq_draws_words)(at, plan->stream, (uint32_t)(k / 4), &words);
#pragma omp simd
        for (int l = 0; l < LQ_LANES; l++)
            u[l] = lq_words_uniform(&words, word, l);
        next_states(plan, u, k ? states + (k - 1) * LQ_LANES : start, states + k * LQ_LANES);
    }
}
