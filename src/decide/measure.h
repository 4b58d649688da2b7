/**
 * @file measure.h
 * From the merged tallies of a study to figures. Private to the folder.
 *
 * Each fills its part of study->found; arrays come from the study's arena. They may run on a
 * part of the worlds (an interrupted run).
 */
#ifndef LQ_DECIDE_MEASURE_H
#define LQ_DECIDE_MEASURE_H

#include "decide/sample.h"
#include "decide/study.h"

/** Room in study->found for every offer, pair, company and world, with names and NaN. */
LQ_MUST_USE lq_status lq_measure_begin(lq_study *study, lq_error *err);

/** Figures of one world (number `world`), from its own result; several worlds may be measured
 *  at the same time. @param[in] team  Whose threads do it; NULL: this one. */
LQ_MUST_USE lq_status lq_measure_world(lq_study *study, const lq_plan *plan,
                                       const lq_result *result, size_t world, lq_team *team,
                                       lq_error *err);

/** Adds up the sums of all worlds that have been measured; once, after all of them. */
void lq_measure_add_worlds(lq_study *study);

/** What the worlds' spread says; after all of them. */
LQ_MUST_USE lq_status lq_measure_ignorance(lq_study *study, lq_error *err);

LQ_MUST_USE lq_status lq_measure_offers(lq_study *study, lq_error *err);
LQ_MUST_USE lq_status lq_measure_pairs(lq_study *study, lq_error *err);
LQ_MUST_USE lq_status lq_measure_companies(lq_study *study, lq_error *err);

/** Counts on the study's bins, and the fans: [n_months + 1][LQ_LEVELS]. */
LQ_MUST_USE lq_status lq_measure_histograms(lq_study *study, lq_error *err);
LQ_MUST_USE lq_status lq_measure_fan(lq_tally *const *fan, size_t n_months,
                                     lq_estimate *quantile, lq_error *err);

/** Means of totals and differences, and who beats whom, by regression on what is known exactly;
 * after everything that reads the plain ones. Does nothing without controls. */
void lq_measure_controls(lq_study *study);

/** The steps from letter to worth; needs the certainty equivalents. */
void lq_measure_bridge(lq_study *study, size_t offer);

/** The share of paths at a value, with its error. */
lq_estimate lq_measure_share(const lq_study *study, const lq_counts *counts, int32_t value);

/** The mean of a tally that has replicates, with the error that they show. */
lq_estimate lq_measure_mean(const lq_tally *tally);

/** A sum of hundredths by replicate: over all paths, per path, with the error its replicates
 * show. */
lq_estimate lq_measure_sum(const lq_result *result, const lq_cents *sums);
/** Part over whole, with the error that its replicates show; NaN when the whole is nothing. */
lq_estimate lq_measure_ratio(const lq_result *result, const lq_cents *part,
                             const lq_cents *whole);

#endif
