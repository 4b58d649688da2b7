#include "company/quiet.h"

#include "block/lane_list.h"
#include "num/lanes.h"
#include "num/vector.h"

#include <string.h>

typedef const lq_company_plan plan_t;
typedef const lq_company_inputs inputs_t;
typedef lq_vector_f64 numbers;
typedef lq_vector_u64 words;

enum { WIDTH = LQ_VECTOR_LANES, UNROLL = 4, GROUP = WIDTH * UNROLL };

/* Up to so many listed lanes prices are worked out on those alone: with wide registers all
 * lanes cost less than to pick some and to put them back. */
enum { FEW = LQ_VECTOR_LANES >= 8 ? 2 : LQ_LANES / 4 };

#define EACH for (int u = 0; u < UNROLL; u++)

typedef struct stretch {
    size_t from, to;                                     /* months */
    double start[LQ_LANES] __attribute__((aligned(64))); /* log2 values before `from` */
} stretch;

/* a where the mask is not set, b where it is */
LQ_INLINE numbers choose(words mask, double a, double b)
{
    const words zero = {0};
    const uint64_t from = lq_lane_bits(a), differs = from ^ lq_lane_bits(b);
    return (numbers)((zero + from) ^ (mask & differs));
}

/* The prices of month k on GROUP lanes from the l-th. */
LQ_INLINE void write_prices(size_t k, const lq_company_state *s, size_t l, const numbers *x,
                            lq_company_world *w)
{
    double value[GROUP] __attribute__((aligned(64)));
    const double *restrict listed = s->is_listed + l, *restrict paid = s->paid + l;
    double *restrict row = w->price + k * LQ_LANES + l;
    EACH *(numbers *)(value + u * WIDTH) = x[u];
#pragma omp simd
    for (int i = 0; i < GROUP; i++)
        row[i] = listed[i] != 0.0 ? lq_lane_exp2(value[i]) : paid[i];
}

/* GROUP lanes from the l-th, their values in registers; w: where prices go, or NULL. Those of a
 * month are written over its normals. */
LQ_INLINE void add_steps(plan_t *plan, const stretch *t, inputs_t *in, lq_company_state *s,
                         size_t l, lq_company_world *w)
{
    const numbers zero = {0};
    const double lp = plan->loading_private_log2, ll = plan->loading_listed_log2;
    const numbers market = zero + plan->loading_market_log2;
    numbers x[UNROLL], own[UNROLL];
    words listed[UNROLL];
    EACH
    {
        x[u] = *(const numbers *)(s->x + l + u * WIDTH);
        listed[u] = (words)(*(const numbers *)(s->is_listed + l + u * WIDTH) != 0.0);
        own[u] = choose(listed[u], lp, ll);
    }
    for (size_t k = t->from; k <= t->to; k++) {
        const double dp = plan->drift_private_log2[k], dl = plan->drift_listed_log2[k];
        const double *z = in->normals + k * LQ_LANES + l;
        EACH x[u] +=
            lq_vector_fma(own[u], *(const numbers *)(z + u * WIDTH), choose(listed[u], dp, dl));
        if (in->market_normals) {
            const double *zm = in->market_normals + (k - 1) * LQ_LANES + l;
            EACH x[u] = lq_vector_fma(market, *(const numbers *)(zm + u * WIDTH), x[u]);
        }
        if (w && plan->observe_price[k]) write_prices(k, s, l, x, w);
    }
    EACH *(numbers *)(s->x + l + u * WIDTH) = x[u];
}

/* One month of the listed lanes, one after the other; z: their normals. */
LQ_INLINE void step_listed(plan_t *plan, size_t k, inputs_t *in, const lq_lane_list *listed,
                           double *restrict x)
{
    LQ_LANE_ARRAY(z);
    const double own = plan->loading_listed_log2, drift = plan->drift_listed_log2[k];
    const double market = plan->loading_market_log2;
    lq_lanes_gather(listed, in->normals + k * LQ_LANES, z);
#pragma omp simd
    for (size_t i = 0; i < listed->n_padded; i++)
        x[i] += __builtin_fma(own, z[i], drift);
    if (!in->market_normals) return;
    lq_lanes_gather(listed, in->market_normals + (k - 1) * LQ_LANES, z);
#pragma omp simd
    for (size_t i = 0; i < listed->n_padded; i++)
        x[i] = __builtin_fma(market, z[i], x[i]);
}

static void price_listed(plan_t *plan, const stretch *t, inputs_t *in,
                         const lq_company_state *s, lq_company_world *w)
{
    LQ_LANE_ARRAY(x);
    LQ_LANE_ARRAY(price);
    lq_lane_list listed = {.n = 0};
    const bool any = s->n_listed && lq_lanes_list(s->is_listed, &listed);
    if (any) lq_lanes_gather(&listed, t->start, x);
    for (size_t k = t->from; k <= t->to; k++) {
        if (any) step_listed(plan, k, in, &listed, x);
        if (!plan->observe_price[k]) continue;
        double *row = w->price + k * LQ_LANES;
        memcpy(row, s->paid, sizeof s->paid);
#pragma omp simd
        for (size_t i = 0; i < listed.n_padded; i++)
            price[i] = lq_lane_exp2(x[i]);
        for (size_t i = 0; i < listed.n; i++)
            row[listed.lane[i]] = price[i];
    }
}

void LQ_KERNEL(lq_company_quiet)(const lq_company_plan *plan, size_t from, size_t to,
                                 const lq_company_inputs *inputs, lq_company_state *state,
                                 lq_company_world *world)
{
    stretch t = {.from = from, .to = to};
    if (state->n_listed > FEW) {
        for (size_t l = 0; l < LQ_LANES; l += GROUP)
            add_steps(plan, &t, inputs, state, l, world);
        return;
    }
    memcpy(t.start, state->x, sizeof t.start);
    for (size_t l = 0; l < LQ_LANES; l += GROUP) /* before prices are written over normals */
        add_steps(plan, &t, inputs, state, l, NULL);
    price_listed(plan, &t, inputs, state, world);
}
