#include "company/deal.h"

#include "num/lanes.h"
#include "rng/draws.h"

#include <math.h>

typedef const lq_company_plan plan_t;
typedef lq_company_state state_t;

/* Rounding: months this near a whole one are that one. */
static const double WHOLE = 1e-9;

static void hold_clock(lq_clock *clock)
{
    for (int l = 0; l < LQ_LANES; l++)
        clock->threshold[l] = (double)INFINITY;
}

void LQ_KERNEL(lq_deal_start)(const lq_company_plan *plan, const lq_block_address *at,
                              lq_company_state *s, lq_company_world *w)
{
    const lq_deal_plan *deal = &plan->deal;
    lq_words words;
    LQ_LANE_ARRAY(u);
    LQ_LANE_ARRAY(v);
    LQ_LANE_ARRAY(years);
    LQ_LANE_ARRAY(value);
    LQ_KERNEL(lq_draws_words)(at, deal->stream, 0, &words);
    for (int l = 0; l < LQ_LANES; l++) {
        u[l] = lq_words_uniform(&words, 0, l);
        v[l] = lq_words_uniform(&words, 2, l);
        s->breaks[l] = lq_words_uniform(&words, 1, l) < deal->break_probability ? 1.0 : 0.0;
    }
    lq_draw_fill(&deal->closes, u, LQ_LANES, years);
    lq_draw_fill(&deal->break_value, v, LQ_LANES, value);
    for (int l = 0; l < LQ_LANES; l++) {
        const double month = __builtin_ceil(12.0 * years[l] - WHOLE);
        s->is_open[l] = 1.0;
        s->deal_month[l] = month > 1.0 ? month : 1.0;
        s->break_x[l] = lq_lane_log2(value[l]);
        s->threshold[l] = (double)INFINITY;
        w->closed_month[l] = (double)(plan->n_months + 1);
    }
    if (plan->has_rounds) hold_clock(&s->rounds);
    if (plan->has_tenders) hold_clock(&s->tenders);
    s->n_open = LQ_LANES;
}

static void restart_clock(lq_clock *clock, size_t l)
{
    clock->mass[l] = 0.0;
    clock->threshold[l] = clock->draws[0][0][l];
}

static void go_on(plan_t *plan, state_t *s, size_t l)
{
    s->x[l] = s->start_x[l] = s->round_base[l] = s->break_x[l];
    s->last_price[l] = lq_lane_exp2(s->break_x[l]) / s->shares[l];
    s->mass[l] = 0.0;
    s->threshold[l] = -lq_lane_log(s->uniform[l]);
    if (plan->has_rounds) restart_clock(&s->rounds, l);
    if (plan->has_tenders) restart_clock(&s->tenders, l);
}

bool LQ_KERNEL(lq_deal_end)(const lq_company_plan *plan, size_t k, lq_company_state *s,
                            lq_company_world *w, lq_lane_list *closing)
{
    LQ_LANE_ARRAY(ends);
    lq_lane_list hits;
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++) {
        s->x[l] = s->is_open[l] != 0.0 ? plan->start_log2 : s->x[l];
        ends[l] = s->deal_month[l] == (double)k ? s->is_open[l] : 0.0;
    }
    if (!lq_lanes_list(ends, &hits)) return false;
    size_t n = 0;
    for (size_t i = 0; i < hits.n; i++) {
        const size_t l = hits.lane[i];
        s->is_open[l] = 0.0;
        s->n_open--;
        if (s->breaks[l] != 0.0) {
            go_on(plan, s, l);
            continue;
        }
        s->x[l] = plan->deal.price_log2;
        w->closed_month[l] = (double)k;
        hits.lane[n++] = hits.lane[i];
    }
    lq_lanes_end(&hits, n);
    *closing = hits;
    return n > 0;
}

void LQ_KERNEL(lq_deal_roll)(const lq_company_plan *plan, const double *acquirer,
                             size_t n_months, lq_company_world *world)
{
    LQ_LANE_ARRAY(units); /* of the acquirer, for a share, a money unit of what was paid */
    const double *restrict closed = world->closed_month;
    for (size_t l = 0; l < LQ_LANES; l++) {
        const double month = closed[l] <= (double)n_months ? closed[l] : 0.0;
        units[l] = 1.0 / acquirer[(size_t)month * LQ_LANES + l];
    }
    for (size_t k = 1; k <= n_months; k++) {
        const double *restrict now = acquirer + k * LQ_LANES;
        double *restrict price = world->price + k * LQ_LANES;
        double *restrict last = world->preferred ? world->preferred + k * LQ_LANES : NULL;
        for (int l = 0; l < LQ_LANES; l++) {
            if (closed[l] >= (double)k) continue;
            if (plan->observe_price[k]) price[l] *= now[l] * units[l];
            if (last && plan->observe_preferred[k]) last[l] *= now[l] * units[l];
        }
    }
}
