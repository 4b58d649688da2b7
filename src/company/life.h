/**
 * @file life.h
 * The parts of a company's month, in the order of lq_company_run. Private to the folder; for
 * kernels.
 */
#ifndef LQ_COMPANY_LIFE_H
#define LQ_COMPANY_LIFE_H

#include "block/lane_list.h"
#include "company/company.h"
#include "num/lanes.h"

LQ_INLINE void lq_lanes_set(double *restrict lanes, double value)
{
    for (int l = 0; l < LQ_LANES; l++)
        lanes[l] = value;
}

/** A round in month k on a lane asks for an appraisal some time after it. */
LQ_INLINE void lq_appraisals_note(const lq_company_plan *plan, size_t k, size_t lane,
                                  lq_company_state *s)
{
    const size_t then = k + plan->appraisal.after_months;
    if (!plan->appraisal.is_read || then > plan->n_months) return;
    if (plan->appraisal.may_come[then])
        s->appraisals.due[then % LQ_DUE_MONTHS] |= (uint64_t)1 << lane;
}

#ifdef LQ_ISA
/** How likely a hazard is on each lane by its exponents (R1); where it has none, power is left
 * as it is. @param[in] base [64] log2 of the value that it compares with */
void LQ_KERNEL(lq_company_powers)(const lq_hazard_plan *hazard, const double *restrict base,
                                  const lq_company_state *s, double *restrict power);

/** R13: what closes is a sale at the deal's price, without a premium on it. */
void LQ_KERNEL(lq_exits_deal)(const lq_company_plan *plan, size_t k, lq_company_state *s,
                              lq_company_world *w);

/** Which lanes have fallen below the floor in month k. Watched all the time, those that were
 * above it at both ends of the month have been below it with the chance of a Brownian bridge,
 *  exp(-2 (x0 - b)(x1 - b) / sigma^2) (R12b), and all of them fail at the floor.
 *  @param[in] draws false in a pilot, which counts chances
 *  @source Andersen and Brotherton-Ratcliffe (1996), "Exact exotics", Risk 9(10). */
void LQ_KERNEL(lq_floor_watch)(const lq_company_plan *plan, size_t k,
                               const lq_block_address *at, lq_company_state *s, bool draws);

/** Ends the lanes that have fallen below the floor. */
void LQ_KERNEL(lq_exits_floor)(const lq_company_plan *plan, size_t k, lq_company_state *s,
                               lq_company_world *w, lq_pilot *pilot);

/** Failure, IPO and acquisition share one threshold (R26); a pilot adds up what it would take.
 */
void LQ_KERNEL(lq_exits_lottery)(const lq_company_plan *plan, size_t k, lq_company_state *s,
                                 lq_company_world *w, lq_pilot *pilot);

/** A life on record: its first day, a month of it, and what is found after the last. */
void LQ_KERNEL(lq_record_start)(const lq_company_state *s, lq_company_record *r);
void LQ_KERNEL(lq_record_month)(const lq_company_plan *plan, size_t k,
                                const lq_company_inputs *in, lq_company_state *s,
                                const lq_company_world *w);
void LQ_KERNEL(lq_record_state)(size_t k, const lq_company_state *s, const lq_company_world *w,
                                lq_company_record *r);

/** Draws when the first round and the first tender come. */
void LQ_KERNEL(lq_rounds_start)(const lq_company_plan *plan, const lq_block_address *at,
                                lq_company_state *s);
void LQ_KERNEL(lq_rounds_run)(const lq_company_plan *plan, size_t k, const lq_block_address *at,
                              lq_company_state *s, lq_company_world *w);
void LQ_KERNEL(lq_tenders_run)(const lq_company_plan *plan, size_t k,
                               const lq_block_address *at, lq_company_state *s,
                               lq_company_world *w);

/** R24: the first day's appraisal; those of month k, after its rounds; and what the last one
 *  says of a share of common. It is worked out when somebody asks. */
void LQ_KERNEL(lq_appraisals_start)(const lq_company_plan *plan, lq_company_state *s,
                                    const lq_company_world *w);
void LQ_KERNEL(lq_appraisals_run)(const lq_company_plan *plan, size_t k, lq_company_state *s,
                                  const lq_company_world *w);
void LQ_KERNEL(lq_appraisals_read)(const lq_company_plan *plan, lq_company_state *s,
                                   const lq_lane_list *lanes, double *worth);

/** What others may see of month k. */
void LQ_KERNEL(lq_company_observe)(const lq_company_plan *plan, size_t k, lq_company_state *s,
                                   lq_company_world *w);

/** R15: what is stuck at the last month. */
void LQ_KERNEL(lq_company_settle_rest)(const lq_company_plan *plan, const lq_company_state *s,
                                       lq_company_world *w);
#endif

#endif
