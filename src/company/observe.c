#include "company/common.h"
#include "company/life.h"

#include <math.h>
#include <string.h>

typedef const lq_company_plan plan_t;
typedef lq_company_state state_t;

/* ---- what others may see ---- */

static void observe_listed(const state_t *s, double *restrict row)
{
    if (s->n_listed == 0) {
        memcpy(row, s->paid, sizeof s->paid);
        return;
    }
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++)
        row[l] = s->is_listed[l] != 0.0 ? lq_lane_exp2(s->x[l]) : s->paid[l];
}

static void observe_value(const state_t *s, double month, const lq_company_world *w,
                          double *restrict row)
{
    for (int l = 0; l < LQ_LANES; l++) {
        const double level = lq_lane_exp2(s->x[l]);
        const bool paid_now = w->exit_month[l] == month && s->proceeds[l] > 0.0;
        row[l] = s->is_private[l] != 0.0  ? level
                 : s->is_listed[l] != 0.0 ? level * s->shares[l]
                 : paid_now               ? s->proceeds[l]
                                          : (double)NAN;
    }
}

typedef void worth_of(plan_t *plan, size_t k, const state_t *s, const lq_company_world *w,
                      const lq_lane_list *lanes, double *out);

/* Of the private lanes; the others are left as they are. */
static void of_private(plan_t *plan, size_t k, const state_t *s, const lq_company_world *w,
                       worth_of *worth, double *row)
{
    LQ_LANE_ARRAY(out);
    lq_lane_list lanes;
    if (!lq_lanes_list(s->is_private, &lanes)) return;
    worth(plan, k, s, w, &lanes, out);
    for (size_t i = 0; i < lanes.n; i++)
        row[lanes.lane[i]] = out[i];
}

static void observe_appraised(plan_t *plan, state_t *s, double *row)
{
    LQ_LANE_ARRAY(out);
    lq_lane_list lanes;
    lq_lanes_set(row, 0.0);
    if (!lq_lanes_list(s->is_private, &lanes)) return;
    LQ_KERNEL(lq_appraisals_read)(plan, s, &lanes, out);
    for (size_t i = 0; i < lanes.n; i++)
        row[lanes.lane[i]] = out[i];
}

void LQ_KERNEL(lq_company_observe)(plan_t *plan, size_t k, state_t *s, lq_company_world *w)
{
    if (plan->observe_price[k] && !s->record) observe_listed(s, w->price + k * LQ_LANES);
    if (w->preferred && plan->observe_preferred[k]) {
        double *row = w->preferred + k * LQ_LANES;
        for (int l = 0; l < LQ_LANES; l++)
            row[l] = s->is_listed[l] != 0.0 ? lq_lane_exp2(s->x[l]) : s->last_price[l];
    }
    if (w->fair && plan->observe_fair[k]) {
        double *row = w->fair + k * LQ_LANES;
        lq_lanes_set(row, 0.0);
        of_private(plan, k, s, w, LQ_KERNEL(lq_common_fair), row);
    }
    if (w->appraised && plan->appraisal.is_read && plan->appraisal.observe[k])
        observe_appraised(plan, s, w->appraised + k * LQ_LANES);
    if (w->value) observe_value(s, (double)k, w, w->value + k * LQ_LANES);
}

/* What a share of common that is still private at K counts for, before the discount. */
static void value_private(plan_t *plan, const state_t *s, const lq_company_world *w,
                          const double *restrict value, double *restrict worth)
{
    const double debt = plan->stack.opening.debt;
    lq_lanes_set(worth, 0.0);
    switch (plan->residual) {
    case 0:
        of_private(plan, plan->n_months, s, w, LQ_KERNEL(lq_common_fair), worth);
        return;
    case 1:
#pragma omp simd
        for (int l = 0; l < LQ_LANES; l++)
            worth[l] = (value[l] > debt ? value[l] - debt : 0.0) /
                       (s->shares[l] - plan->stack.unissued);
        return;
    case 3:
        of_private(plan, plan->n_months, s, w, LQ_KERNEL(lq_common_sold), worth);
        return;
    default:
        return;
    }
}

/* R15: the terminal intensity of a lane, and the part of it that settles a double trigger.
 * Where growth pays for the events, value among the living has been paid for every failure to
 * come: it leaves by exits alone, each with what it gives (ADR 0040). */
static void observe_exits(plan_t *plan, const state_t *s, lq_company_world *w)
{
    const size_t k = plan->n_months;
    const bool paid_for = plan->compensate;
    const double ri = plan->ipo.rate[k];
    const double ra = plan->acquisition.rate[k] * (paid_for ? 1.0 + plan->premium.mean : 1.0);
    const double rf = plan->failure.rate[k] * (paid_for ? plan->recovery : 1.0);
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++) {
        const double hi = ri * s->power[LQ_EXIT_IPO][l];
        const double ha = ra * s->power[LQ_EXIT_ACQUISITION][l];
        const double hf = rf * s->power[LQ_EXIT_FAILURE][l];
        const double sum = hi + ha + hf, paying = hi + ha + (paid_for ? hf : 0.0);
        w->exit_rate[l] = sum;
        w->trigger_share[l] = paying > 0.0 ? paying / sum : 0.0;
    }
}

/* R15: what is stuck at the last month. */
void LQ_KERNEL(lq_company_settle_rest)(plan_t *plan, const state_t *s, lq_company_world *w)
{
    LQ_LANE_ARRAY(level);
    LQ_LANE_ARRAY(worth);
    observe_exits(plan, s, w);
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++)
        level[l] = lq_lane_exp2(s->x[l]);
    value_private(plan, s, w, level, worth);
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++) {
        const bool is_private = s->is_private[l] != 0.0;
        const double listed = s->is_listed[l] != 0.0 ? level[l] : 0.0;
        w->residual[l] = (is_private ? worth[l] : listed) * plan->residual_keep;
        w->shares[l] = is_private ? s->shares[l] : w->shares[l];
    }
}
