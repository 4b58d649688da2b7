/**
 * @file deal.h
 * An announced deal on 64 paths, up to the month in which it closes or breaks (R13). Private to
 * the folder, but for lq_deal_roll; for kernels.
 */
#ifndef LQ_COMPANY_DEAL_H
#define LQ_COMPANY_DEAL_H

#include "block/lane_list.h"
#include "company/company.h"

#ifdef LQ_ISA
/** Draws how and when the deal ends on each lane. Until then no lottery, round or tender is
 *  due: their thresholds are out of reach. */
void LQ_KERNEL(lq_deal_start)(const lq_company_plan *plan, const lq_block_address *at,
                              lq_company_state *s, lq_company_world *w);

/**
 * Month k, after V has moved: V of open lanes is back where it was; lanes whose deal breaks are
 * ordinary from now on, with V_0 := V := the value of the break and the last price that of a
 * share of it.
 *
 * @param[out] closing lanes whose deal closes; their V is the deal's price, the rest is the
 *                     caller's.
 * @return whether there are any.
 */
bool LQ_KERNEL(lq_deal_end)(const lq_company_plan *plan, size_t k, lq_company_state *s,
                            lq_company_world *w, lq_lane_list *closing);

/**
 * Rolls what the deal paid over into the acquirer: from the month of the close on a share is
 * worth what that money, put into the acquirer's stock then, has become.
 *
 * @param[in]     acquirer [K + 1][64] its price, where the plan observes it up to n_months.
 * @param[in,out] world    Of the company that was bought, once its months are done.
 */
void LQ_KERNEL(lq_deal_roll)(const lq_company_plan *plan, const double *acquirer,
                             size_t n_months, lq_company_world *world);
#endif

#endif
