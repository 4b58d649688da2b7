#include "market/market.h"

#include "num/lanes.h"
#include "rng/draws.h"

#include <string.h>

/* The next two jumps of every lane; time[1] holds when the last one was. */
static void draw_two(const lq_jump_plan *plan, const lq_block_address *at, uint32_t n,
                     double time[2][LQ_LANES], double size[2][LQ_LANES])
{
    lq_words words;
    LQ_KERNEL(lq_draws_words)(at, plan->stream, n, &words);
    LQ_KERNEL(lq_draws_normals_of)(at, &words, 1, size[0], size[1]);
    const double wait = plan->mean_wait_months, mean = plan->mean, sd = plan->sd;
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++) {
        size[0][l] = __builtin_fma(sd, size[0][l], mean);
        size[1][l] = __builtin_fma(sd, size[1][l], mean);
        time[0][l] = __builtin_fma(wait, lq_words_exponential(&words, 0, l), time[1][l]);
        time[1][l] = __builtin_fma(wait, lq_words_exponential(&words, 1, l), time[0][l]);
    }
}

/* Adds each lane's jump to its month, (k - 1, k]; without a branch by lane: who has none any
 * more adds to row 0, which nobody reads. Returns whether a lane is still before `end`. */
static bool scatter(const double *restrict time, const double *restrict size, double end,
                    double *rows)
{
    uint32_t at[LQ_LANES] __attribute__((aligned(64)));
    double first = end;
#pragma omp simd reduction(min : first)
    for (int l = 0; l < LQ_LANES; l++) {
        const double month = time[l] < end ? time[l] + 1.0 : 0.0;
        at[l] = (uint32_t)(int32_t)month * LQ_LANES + (uint32_t)l;
        first = time[l] < first ? time[l] : first;
    }
    for (size_t l = 0; l < LQ_LANES; l++)
        rows[at[l]] += size[l];
    return first < end;
}

void LQ_KERNEL(lq_jumps_run)(const lq_jump_plan *plan, const lq_block_address *at,
                             size_t n_months, double *rows)
{
    double time[2][LQ_LANES] __attribute__((aligned(64)));
    double size[2][LQ_LANES] __attribute__((aligned(64)));
    const double end = (double)n_months;
    bool more = true;
    memset(time, 0, sizeof time);
    for (uint32_t n = 0; more; n++) {
        draw_two(plan, at, n, time, size);
        more = scatter(time[0], size[0], end, rows);
        if (more) more = scatter(time[1], size[1], end, rows);
    }
}
