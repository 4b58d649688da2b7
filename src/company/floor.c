#include "company/life.h"
#include "rng/draws.h"

#include <string.h>

typedef const lq_company_plan plan_t;
typedef lq_company_state state_t;

/* A chance below any uniform. */
static const double NEVER = 0x1p-34;

/* Chance that a value above the floor at both ends of a month was below it between them. */
static double find_crossings(plan_t *plan, const state_t *s, double *restrict p)
{
    const double lp = plan->loading_private_log2, lm = plan->loading_market_log2;
    const double variance = lp * lp + lm * lm, scale = variance > 0.0 ? -2.0 / variance : 0.0;
    const double floor = plan->floor_log2, *restrict before = s->before;
    double most = 0.0;
#pragma omp simd reduction(max : most)
    for (int l = 0; l < LQ_LANES; l++) {
        const double x = s->x[l], gap = (before[l] - floor) * (x - floor) * scale;
        const double capped = gap < 0.0 ? gap : 0.0, chance = lq_lane_exp(capped);
        const bool is_open = (s->is_private[l] != 0.0) & (x >= floor) & (variance > 0.0);
        p[l] = is_open ? chance : 0.0;
        most = p[l] > most ? p[l] : most;
    }
    return most;
}

static void draw_crossings(plan_t *plan, size_t k, const lq_block_address *at,
                           const double *restrict p, state_t *s)
{
    lq_words words;
    LQ_KERNEL(lq_draws_words)(at, plan->stream_floor, (uint32_t)(k / 4), &words);
    for (int l = 0; l < LQ_LANES; l++)
        if (lq_words_uniform(&words, (int)(k % 4), l) < p[l]) s->fallen[l] = 1.0;
}

void LQ_KERNEL(lq_floor_watch)(plan_t *plan, size_t k, const lq_block_address *at, state_t *s,
                               bool draws)
{
    const double floor = plan->floor_log2;
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++)
        s->fallen[l] = s->x[l] < floor ? s->is_private[l] : 0.0;
    if (!plan->floor_continuous) return;
    const double most = find_crossings(plan, s, s->crossing);
    if (draws && most > NEVER) draw_crossings(plan, k, at, s->crossing, s);
#pragma omp simd
    for (int l = 0; l < LQ_LANES;
         l++) { /* it fails as it reaches the floor, or where it began */
        const double reached = s->before[l] < floor ? s->before[l] : floor;
        s->x[l] = s->fallen[l] != 0.0 ? reached : s->x[l];
    }
}
