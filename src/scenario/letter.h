/**
 * @file letter.h
 * What a letter adds up to, by plain arithmetic: no growth, no leaving, no tax, no discounting.
 */
#ifndef LQ_SCENARIO_LETTER_H
#define LQ_SCENARIO_LETTER_H

#include "scenario/scenario.h"

/** Money of one stretch of months, in the offer's currency. */
typedef struct lq_letter {
    double base;    /**< salary, with raises each 12 months */
    double bonus;   /**< at target */
    double sign_on; /**< instalments that fall into the stretch; month 0 counts for the first */
    double equity;  /**< face of what vests, refreshers included if they are granted for sure
                         or by their probability */
    double total;   /**< the sum */
} lq_letter;

/**
 * Fraction of a grant that has vested `months` after it was granted, by the schedule as
 * written: equal instalments within each year, what a cliff held back released at it. The
 * month of an instalment counts. In [0, 1].
 */
double lq_vesting_rule_vested(const lq_vesting_rule *rule, int months);

/** Months from the grant to the last instalment. */
int lq_vesting_rule_months(const lq_vesting_rule *rule);

/** What the offer pays in the months from < k <= to, k counted from the start (R3). */
lq_letter lq_letter_sum(const lq_offer *offer, int from, int to);

#endif
