/**
 * @file common.h
 * What a share of common is worth on a path before its exit. Private to the folder; for
 * kernels.
 */
#ifndef LQ_COMPANY_COMMON_H
#define LQ_COMPANY_COMMON_H

#include "block/lane_list.h"
#include "company/company.h"

/** What the value of common follows from on one day, by lane; days may differ. */
typedef struct lq_common_day {
    const double *x; /**< log2 V; [64] like all of them */
    const double *power[LQ_EXIT_KINDS];
    const double *shares, *due, *n_rounds;
    const double *month;
    const lq_round_log *log;
} lq_common_day;

/** The day that the lanes are in; month: of all of them. */
static inline lq_common_day lq_common_today(const lq_company_state *s,
                                            const lq_company_world *w, const double *month)
{
    return (lq_common_day){.x = s->x,
                           .power = {NULL, s->power[LQ_EXIT_IPO], s->power[LQ_EXIT_ACQUISITION],
                                     s->power[LQ_EXIT_FAILURE]},
                           .shares = s->shares,
                           .due = s->due,
                           .n_rounds = w->n_rounds,
                           .month = month,
                           .log = s->log};
}

#ifdef LQ_ISA
/** Companies for the option method, lane by lane of a list, one after the other. */
typedef struct lq_laws {
    LQ_LANE_ARRAY(years); /**< to the exit */
    LQ_LANE_ARRAY(value);
    LQ_LANE_ARRAY(ipo_share);
    LQ_LANE_ARRAY(sd);
    LQ_LANE_ARRAY(growth);
    LQ_LANE_ARRAY(discount);
} lq_laws;

LQ_INLINE lq_path_law lq_law_of(const lq_laws *laws, size_t i)
{
    return (lq_path_law){laws->value[i], laws->ipo_share[i], laws->sd[i], laws->growth[i],
                         laws->discount[i]};
}

/** R9: what the lanes are worth on the day and how they end, by their intensities of its month;
 *  the time to an exit is clamped to half a year to five. */
void LQ_KERNEL(lq_common_laws)(const lq_company_plan *plan, const lq_common_day *day,
                               const lq_lane_list *lanes, lq_laws *out);

/**
 * Fair common value by the option method (R9): the path's own stack under the law of
 * lq_common_laws; the IPO's part is treated as converted.
 *
 * @param[in]  lanes  private ones
 * @param[out] fair   [64] entry i: of lane i of the list, money a share
 */
void LQ_KERNEL(lq_common_fair)(const lq_company_plan *plan, size_t k, const lq_company_state *s,
                               const lq_company_world *w, const lq_lane_list *lanes,
                               double *fair);

/** The same of a day that may have passed. */
void LQ_KERNEL(lq_common_fair_on)(const lq_company_plan *plan, const lq_common_day *day,
                                  const lq_lane_list *lanes, double *fair);

/** Likewise, what a sale at the value of the day would pay. */
void LQ_KERNEL(lq_common_sold)(const lq_company_plan *plan, size_t k, const lq_company_state *s,
                               const lq_company_world *w, const lq_lane_list *lanes,
                               double *sold);
#endif

#endif
