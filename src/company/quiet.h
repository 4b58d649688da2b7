/**
 * @file quiet.h
 * Months in which nothing can happen to a private company but the move of its value: between
 * yearly events. Private to the folder; for kernels.
 */
#ifndef LQ_COMPANY_QUIET_H
#define LQ_COMPANY_QUIET_H

#include "company/company.h"

#ifdef LQ_ISA
/**
 * Moves the values through months from..to and writes the prices of those that are observed:
 * what the month by month way does, to the bit.
 *
 * Values of private lanes are summed in registers; prices are worked out for the listed lanes
 * alone, unless they are many.
 */
void LQ_KERNEL(lq_company_quiet)(const lq_company_plan *plan, size_t from, size_t to,
                                 const lq_company_inputs *inputs, lq_company_state *state,
                                 lq_company_world *world);
#endif

#endif
