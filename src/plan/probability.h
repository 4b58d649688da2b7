/**
 * @file probability.h
 * Intensities from cumulative incidences (R4). Private to the folder.
 */
#ifndef LQ_PLAN_PROBABILITY_H
#define LQ_PLAN_PROBABILITY_H

#include "plan/build.h"

/**
 * Constant intensities a year of competing causes given as `p by T`: h_c = p_c / p x
 * (-ln(1 - p)) / T_c with p the sum. 1 for causes given otherwise.
 * @param[out] rate [LQ_EXIT_KINDS], indexed by lq_exit_kind.
 */
void lq_closed_form(const lq_scenario *scenario, const lq_company *company, long world,
                    double rate[LQ_EXIT_KINDS]);

/** The company's uncertain probabilities among the plan's unknowns. */
void lq_keep_probabilities(const lq_builder *b, const lq_company *company);

#endif
