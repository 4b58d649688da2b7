/**
 * @file pay.h
 * Salary, bonus, sign-on and the end of employment on 64 paths (MODEL.md section 6; R2, R3).
 */
#ifndef LQ_PAY_PAY_H
#define LQ_PAY_PAY_H

#include "block/block.h"
#include "block/draw.h"
#include "num/isa.h"
#include "rng/philox.h"

/** A bonus paid at the end of a month to those still employed. */
typedef struct lq_bonus_plan {
    size_t month;
    uint32_t draw;    /**< Year number: address of the payout. */
    double on_target; /**< money in the offer's currency at payout 1 */
} lq_bonus_plan;

typedef struct lq_instalment_plan {
    size_t month;  /**< 0: at signing. */
    double amount; /**< money in the offer's currency */
} lq_instalment_plan;

typedef struct lq_pay_plan {
    size_t n_months, horizon;
    /* employment */
    double leaving; /**< resignation intensity a year; 0: never */
    uint32_t stream_resignation;
    bool employer_can_fail;
    size_t company;
    uint32_t stream_closing;
    double
        acqui_hire; /**< Of the employer's failures, those in which a buyer keeps the team. */
    double layoff;  /**< Of its sales, those in which this job ends, */
    lq_draw layoff_after; /**< this many years after the close. */
    /* money */
    bool has_salary;
    const double *salary;   /**< [H + 1] of month k, offer's currency */
    const double *fallback; /**< [H + 1] of month k once this job has ended, same currency */
    double gap_months;      /**< without pay after the employer has failed, or was bought and
                                 let one go */
    bool last_wage_lost;    /**< The month of the failure is the first of the gap. */
    int fx_offer;           /**< -1: the report's currency */
    size_t n_salary_years;
    /** [3][n_salary_years][H + 1] base pay of the year by last month here, fallback included;
     *  second: the employer failed; third, where there is a layoff: let go after a sale.
     *  Nominal, and discounted. */
    const double *salary_amount, *salary_present;
    size_t n_bonuses;
    const lq_bonus_plan *bonuses;
    lq_draw payout;
    uint32_t stream_bonus;
    size_t n_instalments;
    const lq_instalment_plan *instalments;
    double clawback_months; /**< 0: none */
    bool clawback_all;      /**< All of it, else pro rata. */
} lq_pay_plan;

/** Years of whose rows of pay the salary writes every lane, so that they need not be empty
 * before: the first of the calendar, or none. */
static inline size_t lq_pay_fills_years(const lq_pay_plan *plan)
{
    return plan->has_salary && plan->fx_offer < 0 ? plan->n_salary_years : 0;
}

#ifdef LQ_ISA
/** When each lane stops working here: resignation, the employer's failure or buyer, or H. */
void LQ_KERNEL(lq_employment_run)(const lq_pay_plan *plan, const lq_world *world,
                                  const lq_block_address *at, lq_employment *out);

/** Salary, bonus, sign-on and clawback into the ledger. */
void LQ_KERNEL(lq_pay_run)(const lq_pay_plan *plan, const lq_grid *grid, const lq_world *world,
                           const lq_employment *employment, const lq_block_address *at,
                           const lq_ledger *ledger);
#endif

#endif
