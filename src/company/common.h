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
/**
 * Fair common value by the option method (R9): the path's own stack, its own intensities for
 * the term, clamped to half a year to five; the IPO's part is treated as converted.
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
