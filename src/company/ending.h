/**
 * @file ending.h
 * What a company's private life ends with: causes, and what the paper gets. Private to the
 * folder; for kernels.
 */
#ifndef LQ_COMPANY_ENDING_H
#define LQ_COMPANY_ENDING_H

#include "block/lane_list.h"
#include "company/company.h"

/** What an exit reads and makes of some lanes, one after the other. */
typedef struct lq_ending {
    LQ_LANE_ARRAY(kind);
    LQ_LANE_ARRAY(x);
    LQ_LANE_ARRAY(shares); /**< fully diluted */
    LQ_LANE_ARRAY(due);
    LQ_LANE_ARRAY(ceiling);
    LQ_LANE_ARRAY(n_rounds);
    LQ_LANE_ARRAY(month);
    LQ_LANE_ARRAY(premium);
    LQ_LANE_ARRAY(discount);
    LQ_LANE_ARRAY(primary);
    LQ_LANE_ARRAY(raised);   /**< what new shares of an IPO are worth at its first close */
    LQ_LANE_ARRAY(proceeds); /**< after fees */
    LQ_LANE_ARRAY(left);     /**< of them, for shareholders */
    LQ_LANE_ARRAY(paid);     /**< to a share of common */
    LQ_LANE_ARRAY(listed_x); /**< log2 price of a share in an IPO */
    LQ_LANE_ARRAY(traded);   /**< shares after an IPO */
} lq_ending;

/** The cause at u in [0, all three masses). */
LQ_INLINE double lq_ending_cause(double u, double failure, double acquisition)
{
    return u < failure                 ? (double)LQ_EXIT_FAILURE
           : u < failure + acquisition ? (double)LQ_EXIT_ACQUISITION
                                       : (double)LQ_EXIT_IPO;
}

/** Premium of a sale, discount and new money of a listing, at the uniforms a and b. */
LQ_INLINE void lq_ending_terms(const lq_company_plan *plan, const double *a, const double *b,
                               size_t n, lq_ending *e)
{
    lq_draw_fill(&plan->premium, a, n, e->premium);
    lq_draw_fill(&plan->ipo_discount, a, n, e->discount);
    lq_draw_fill(&plan->ipo_primary, b, n, e->primary);
}

/** A direct listing sells nothing, so nothing under the first close. */
LQ_INLINE void lq_ending_direct(const double *restrict direct, size_t n, lq_ending *e)
{
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        e->discount[i] *= 1.0 - direct[i];
        e->primary[i] *= 1.0 - direct[i];
    }
}

#ifdef LQ_ISA
/** What an exit in month k finds on the lanes listed. */
void LQ_KERNEL(lq_ending_gather)(const lq_company_plan *plan, const lq_company_state *s,
                                 const lq_company_world *w, size_t k, const lq_lane_list *lanes,
                                 lq_ending *e);

/** The waterfall pays common on the spot, down the stack of each lane. R6: new shares are sold
 *  below the first close; holders bear the difference. */
void LQ_KERNEL(lq_ending_prices)(const lq_company_plan *plan, const lq_round_log *log,
                                 const lq_lane_list *lanes, lq_ending *e);
#endif

#endif
