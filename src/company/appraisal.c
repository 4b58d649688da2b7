#include "company/common.h"
#include "company/life.h"

#include <string.h>

typedef const lq_company_plan plan_t;
typedef lq_company_state state_t;

/* ---- when ---- */

/* While a deal is open a share has a market in all but name. */
static double keep_of(plan_t *plan, const state_t *s, size_t l)
{
    return s->n_open && s->is_open[l] != 0.0 ? 1.0 : plan->residual_keep;
}

/* Keeps what the appraisals of the day are made from. */
static void appraise(plan_t *plan, size_t k, const lq_lane_list *lanes, state_t *s,
                     const lq_company_world *w)
{
    lq_appraisals *a = &s->appraisals;
    const struct {
        double *kept;
        const double *now;
    } rows[] = {{a->x, s->x},
                {a->shares, s->shares},
                {a->claims, s->due},
                {a->n_rounds, w->n_rounds},
                {a->power[LQ_EXIT_IPO], s->power[LQ_EXIT_IPO]},
                {a->power[LQ_EXIT_ACQUISITION], s->power[LQ_EXIT_ACQUISITION]},
                {a->power[LQ_EXIT_FAILURE], s->power[LQ_EXIT_FAILURE]}};
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++)
        for (size_t i = 0; i < lanes->n; i++)
            rows[r].kept[lanes->lane[i]] = rows[r].now[lanes->lane[i]];
    for (size_t i = 0; i < lanes->n; i++) {
        const size_t l = lanes->lane[i];
        a->month[l] = (double)k;
        a->keep[l] = keep_of(plan, s, l);
        a->is_known[l] = 0.0;
    }
}

void LQ_KERNEL(lq_appraisals_start)(plan_t *plan, state_t *s, const lq_company_world *w)
{
    lq_lane_list all;
    memset(s->appraisals.due, 0, sizeof s->appraisals.due);
    for (size_t l = 0; l < LQ_LANES; l++)
        all.lane[l] = (uint32_t)l;
    lq_lanes_end(&all, LQ_LANES);
    appraise(plan, 0, &all, s, w);
}

/* A deal that has broken is news to everybody: the number of before no longer holds. */
static uint64_t broken_in(size_t k, const state_t *s)
{
    uint64_t lanes = 0;
    for (size_t l = 0; l < LQ_LANES; l++)
        if (s->deal_month[l] == (double)k) lanes |= (uint64_t)1 << l;
    return lanes;
}

void LQ_KERNEL(lq_appraisals_run)(plan_t *plan, size_t k, state_t *s, const lq_company_world *w)
{
    const lq_appraisal_plan *p = &plan->appraisal;
    LQ_LANE_ARRAY(hit);
    lq_lane_list lanes;
    if (!p->may_come[k]) return;
    uint64_t *due = &s->appraisals.due[k % LQ_DUE_MONTHS];
    uint64_t which = k % p->every_months == 0 ? ~(uint64_t)0 : *due;
    *due = 0;
    if (plan->deal.is_open) which |= broken_in(k, s);
    for (size_t l = 0; l < LQ_LANES; l++)
        hit[l] = which >> l & 1 ? s->is_private[l] : 0.0;
    if (lq_lanes_list(hit, &lanes)) appraise(plan, k, &lanes, s, w);
}

/* ---- what it says ---- */

static void work_out(plan_t *plan, state_t *s, const lq_lane_list *lanes)
{
    lq_appraisals *a = &s->appraisals;
    const lq_common_day day = {.x = a->x,
                               .power = {NULL, a->power[LQ_EXIT_IPO],
                                         a->power[LQ_EXIT_ACQUISITION],
                                         a->power[LQ_EXIT_FAILURE]},
                               .shares = a->shares,
                               .due = a->claims,
                               .n_rounds = a->n_rounds,
                               .month = a->month,
                               .log = s->log};
    LQ_LANE_ARRAY(fair);
    LQ_KERNEL(lq_common_fair_on)(plan, &day, lanes, fair);
    for (size_t i = 0; i < lanes->n; i++) {
        const size_t l = lanes->lane[i];
        a->worth[l] = fair[i] * a->keep[l];
        a->is_known[l] = 1.0;
    }
}

void LQ_KERNEL(lq_appraisals_read)(plan_t *plan, state_t *s, const lq_lane_list *lanes,
                                   double *worth)
{
    lq_lane_list fresh;
    size_t n = 0;
    for (size_t i = 0; i < lanes->n; i++)
        if (s->appraisals.is_known[lanes->lane[i]] == 0.0) fresh.lane[n++] = lanes->lane[i];
    if (n) {
        lq_lanes_end(&fresh, n);
        work_out(plan, s, &fresh);
    }
    for (size_t i = 0; i < lanes->n; i++)
        worth[i] = s->appraisals.worth[lanes->lane[i]];
}
