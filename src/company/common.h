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

/** The same of a day that may have passed. */
void LQ_KERNEL(lq_common_fair_on)(const lq_company_plan *plan, const lq_common_day *day,
                                  const lq_lane_list *lanes, double *fair);

/** Likewise, what a sale at the value of the day would pay. */
void LQ_KERNEL(lq_common_sold)(const lq_company_plan *plan, size_t k, const lq_company_state *s,
                               const lq_company_world *w, const lq_lane_list *lanes,
                               double *sold);
#endif

#endif
