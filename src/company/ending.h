/**
 * @file ending.h
 * What a company's private life ends with: causes, and what the paper gets. Private to the
 * folder; for kernels.
 */
#ifndef LQ_COMPANY_ENDING_H
#define LQ_COMPANY_ENDING_H

#include "company/company.h"
#include "num/lanes.h"

/** What an exit reads and makes of some lanes, one after the other. */
typedef struct lq_ending {
    LQ_LANE_ARRAY(kind);
    LQ_LANE_ARRAY(x);
    LQ_LANE_ARRAY(shares);
    LQ_LANE_ARRAY(claim);
    LQ_LANE_ARRAY(preferred);
    LQ_LANE_ARRAY(premium);
    LQ_LANE_ARRAY(discount);
    LQ_LANE_ARRAY(primary);
    LQ_LANE_ARRAY(proceeds);
    LQ_LANE_ARRAY(paid);
    LQ_LANE_ARRAY(listed_x);
    LQ_LANE_ARRAY(issued);
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

/** The waterfall pays common on the spot. R6: new shares are sold below the first close;
 * holders bear the difference. */
LQ_INLINE void lq_ending_prices(const lq_company_plan *plan, lq_ending *e, size_t n)
{
    const double recovery = plan->recovery, after_fees = 1.0 - plan->fees;
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        const double value = lq_lane_exp2(e->x[i]), keep = 1.0 - e->discount[i];
        const double sale = value * (1.0 + e->premium[i]) * after_fees, rest = recovery * value;
        const double proceeds = e->kind[i] == (double)LQ_EXIT_FAILURE ? rest : sale;
        const double raised = value * e->primary[i];
        const double price = (value - raised * e->discount[i] / keep) / e->shares[i];
        e->proceeds[i] = proceeds;
        e->paid[i] = lq_common_payout(proceeds, e->claim[i], e->preferred[i], e->shares[i]);
        e->issued[i] = raised / (keep * price);
        e->listed_x[i] = lq_lane_log2(price);
    }
}

#endif
