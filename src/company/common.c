#include "company/common.h"

#include "company/ending.h"
#include "company/life.h"
#include "num/lanes.h"

#include <string.h>

typedef const lq_company_plan plan_t;
typedef const lq_company_state state_t;

void LQ_KERNEL(lq_common_laws)(plan_t *plan, const lq_common_day *day,
                               const lq_lane_list *lanes, lq_laws *out)
{
    double power[LQ_EXIT_KINDS][LQ_LANES] __attribute__((aligned(64)));
    double rate[LQ_EXIT_KINDS][LQ_LANES] __attribute__((aligned(64)));
    LQ_LANE_ARRAY(x);
    lq_lanes_gather(lanes, day->x, x);
    for (int c = 1; c < LQ_EXIT_KINDS; c++)
        lq_lanes_gather(lanes, day->power[c], power[c]);
    for (size_t i = 0; i < lanes->n_padded; i++) {
        const size_t k = (size_t)day->month[lanes->lane[i]];
        rate[LQ_EXIT_IPO][i] = plan->ipo.rate[k];
        rate[LQ_EXIT_ACQUISITION][i] = plan->acquisition.rate[k];
        rate[LQ_EXIT_FAILURE][i] = plan->failure.rate[k];
    }
#pragma omp simd
    for (size_t i = 0; i < lanes->n_padded; i++) {
        const double hi = rate[LQ_EXIT_IPO][i] * power[LQ_EXIT_IPO][i],
                     ha = rate[LQ_EXIT_ACQUISITION][i] * power[LQ_EXIT_ACQUISITION][i],
                     hf = rate[LQ_EXIT_FAILURE][i] * power[LQ_EXIT_FAILURE][i];
        double term = 1.0 / (hi + ha + hf + 1e-9);
        term = term < 5.0 ? term : 5.0;
        term = term > 0.5 ? term : 0.5;
        const double sd = plan->volatility * __builtin_sqrt(term);
        out->years[i] = term;
        out->value[i] = lq_lane_exp2(x[i]);
        out->ipo_share[i] = hi / (hi + ha + 1e-300);
        out->sd[i] = sd > 1e-9 ? sd : 1e-9;
        out->growth[i] = plan->rate * term;
        out->discount[i] = lq_lane_exp(-plan->rate * term);
    }
}

static void value_linear(plan_t *plan, const lq_common_day *day, const lq_lane_list *lanes,
                         const lq_laws *law, double *restrict out)
{
    const lq_stack *stack = &plan->stack.opening;
    const double after_fees = 1.0 - stack->fees, rest = 1.0 - stack->carve_out;
    const bool owes = stack->debt > 0.0;
    LQ_LANE_ARRAY(shares);
    LQ_LANE_ARRAY(due);
    lq_lanes_gather(lanes, day->shares, shares);
    lq_lanes_gather(lanes, day->due, due);
#pragma omp simd
    for (size_t i = 0; i < lanes->n_padded; i++) {
        const double value = law->value[i], sd = law->sd[i];
        const double strike = (due[i] / rest + stack->debt) / after_fees;
        const double call = lq_path_call(value, strike, sd, law->growth[i], law->discount[i]);
        const double equity =
            owes ? lq_path_call(value, stack->debt, sd, law->growth[i], law->discount[i])
                 : value;
        const double sale = rest * after_fees * call, listed = law->ipo_share[i];
        out[i] = (listed * equity + (1.0 - listed) * sale) / (shares[i] - plan->stack.unissued);
    }
}

void LQ_KERNEL(lq_common_fair_on)(plan_t *plan, const lq_common_day *day,
                                  const lq_lane_list *lanes, double *fair)
{
    lq_laws law;
    LQ_KERNEL(lq_common_laws)(plan, day, lanes, &law);
    if (plan->stack.is_linear) {
        value_linear(plan, day, lanes, &law, fair);
        return;
    }
    for (size_t i = 0; i < lanes->n; i++) {
        const size_t l = lanes->lane[i];
        const lq_path path = {day->log, l, (size_t)day->n_rounds[l], day->month[l]};
        const lq_path_law one = lq_law_of(&law, i);
        fair[i] = LQ_KERNEL(lq_path_value)(&plan->stack, &path, &one);
    }
}

void LQ_KERNEL(lq_common_fair)(plan_t *plan, size_t k, state_t *s, const lq_company_world *w,
                               const lq_lane_list *lanes, double *fair)
{
    LQ_LANE_ARRAY(month);
    lq_lanes_set(month, (double)k);
    const lq_common_day today = lq_common_today(s, w, month);
    LQ_KERNEL(lq_common_fair_on)(plan, &today, lanes, fair);
}

void LQ_KERNEL(lq_common_sold)(plan_t *plan, size_t k, state_t *s, const lq_company_world *w,
                               const lq_lane_list *lanes, double *sold)
{
    lq_ending e;
    LQ_KERNEL(lq_ending_gather)(plan, s, w, k, lanes, &e);
    for (size_t i = 0; i < lanes->n_padded; i++) {
        e.kind[i] = (double)LQ_EXIT_ACQUISITION;
        e.premium[i] = e.discount[i] = e.primary[i] = 0.0;
    }
    LQ_KERNEL(lq_ending_prices)(plan, s->log, lanes, &e);
    memcpy(sold, e.paid, sizeof e.paid);
}
