/**
 * @file vesting.h
 * When a grant vests: years with a frequency, evenly over months, or an explicit table.
 */
#ifndef LQ_EQUITY_VESTING_H
#define LQ_EQUITY_VESTING_H

#include <stddef.h>

enum { LQ_VESTING_MAX_EVENTS = 480 };

typedef enum lq_vesting_form {
    LQ_VESTING_BY_YEARS, /**< A fraction per year, in equal instalments within it. */
    LQ_VESTING_EVENLY,   /**< Equal instalments over a number of months. */
    LQ_VESTING_BY_TABLE  /**< Month and fraction, as listed. */
} lq_vesting_form;

typedef struct lq_vesting_spec {
    lq_vesting_form form;
    const double *years_frac; /**< [n] BY_YEARS; BY_TABLE: fraction of each row. */
    const int *months;        /**< [n] BY_TABLE: month of each row. */
    size_t n;
    int over_months;  /**< EVENLY */
    int every_months; /**< BY_YEARS and EVENLY: months between instalments, >= 1. */
    int cliff_months; /**< Nothing before it; what it held back is released at it. 0: none. */
} lq_vesting_spec;

typedef struct lq_vest {
    int month;              /**< After the grant; a vest of month k happens at the end of k. */
    double fraction;        /**< Of the grant. */
    double cumulative_frac; /**< With this one; exactly 1 at the last. */
} lq_vest;

/**
 * The vests of a grant, in order.
 *
 * @param[in]  spec  Fractions that sum to 1; instalments that fit (checked by the scenario).
 * @param[out] vests [LQ_VESTING_MAX_EVENTS]
 * @return number of vests; 0 when there are more than LQ_VESTING_MAX_EVENTS.
 */
size_t lq_vesting_expand(const lq_vesting_spec *spec, lq_vest *vests);

/** Whole units vested after a vest: floor of units x cumulative (the remainder is carried). */
double lq_vesting_whole_units(double units, double cumulative_frac);

#endif
