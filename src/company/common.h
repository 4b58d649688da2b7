/**
 * @file common.h
 * What a share of common is worth on a path before its exit. Private to the folder; for
 * kernels.
 */
#ifndef LQ_COMPANY_COMMON_H
#define LQ_COMPANY_COMMON_H

#include "block/lane_list.h"
#include "company/company.h"

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

/** R9: what the lanes are worth today and how they end, by their intensities of the month; the
 *  time to an exit is clamped to half a year to five. */
void LQ_KERNEL(lq_common_laws)(const lq_company_plan *plan, size_t k, const lq_company_state *s,
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

/** Likewise, what a sale at the value of the day would pay. */
void LQ_KERNEL(lq_common_sold)(const lq_company_plan *plan, size_t k, const lq_company_state *s,
                               const lq_company_world *w, const lq_lane_list *lanes,
                               double *sold);
#endif

#endif
