/**
 * @file tax.h
 * From income by year and kind to what is left (MODEL.md section 7; D8).
 *
 * The stage reads the ledger's arrays only, so that a progressive schedule can stand where the
 * flat one stands. The flat tax is withheld as income arrives: its present value is the rate
 * on the income's. A year's net loss on sales gives nothing back.
 */
#ifndef LQ_TAX_TAX_H
#define LQ_TAX_TAX_H

#include "block/block.h"
#include "num/isa.h"

typedef struct lq_tax_plan {
    double rate[LQ_INCOME_KINDS]; /**< fraction; 0 for LQ_INCOME_BASIS; all 0: none */
    const unsigned char *used;    /**< [n_years][LQ_INCOME_KINDS] 1: the plan can write there */
} lq_tax_plan;

/** Whether anything is taxed. */
static inline bool lq_tax_is_due(const lq_tax_plan *plan)
{
    return plan->rate[LQ_INCOME_PAY] + plan->rate[LQ_INCOME_UNITS] +
               plan->rate[LQ_INCOME_GAIN] >
           0.0;
}

/** What one offer came to on 64 paths; report currency, present value unless named otherwise.
 */
typedef struct lq_outcome {
    LQ_LANE_ARRAY(total);  /**< after tax */
    LQ_LANE_ARRAY(cash);   /**< its pay part, after tax */
    LQ_LANE_ARRAY(equity); /**< its paper part, after tax */
    LQ_LANE_ARRAY(tax);
    LQ_LANE_ARRAY(gross_cash); /**< before tax */
    LQ_LANE_ARRAY(gross_equity);
    LQ_LANE_ARRAY(nominal_cash); /**< before tax, not discounted */
    LQ_LANE_ARRAY(nominal_equity);
    double
        *by_year; /**< [n_years][64] after tax, nominal, in the year received; NULL: unread */
} lq_outcome;

#ifdef LQ_ISA
void LQ_KERNEL(lq_tax_run)(const lq_tax_plan *plan, size_t n_years, const lq_ledger *ledger,
                           lq_outcome *out);

/**
 * Settles the trace with the tax: while months were written, a loss on a sale counted with the
 * tax that a gain would have borne. What the year's net loss does not give back is taken from
 * the last month of that year, so that the months add up to the total.
 */
void LQ_KERNEL(lq_tax_trace)(const lq_tax_plan *plan, const lq_grid *grid,
                             const lq_ledger *ledger);
#endif

#endif
