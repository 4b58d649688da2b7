/**
 * @file trial.h
 * Two offers of a study alone, to be changed and run again on the same draws. Private to the
 * folder.
 *
 * Draws are addressed by name, so what is left out changes nothing in what stays.
 */
#ifndef LQ_DECIDE_TRIAL_H
#define LQ_DECIDE_TRIAL_H

#include "decide/study.h"

/** A copy that may be changed: offers[0] is varied, offers[1] is what it is compared with. */
typedef struct lq_trial {
    lq_study *study;
    size_t subject, against; /**< of the study's offers */
    lq_scenario scenario;    /**< Its lists are the arrays below. */
    lq_offer offers[2];
    lq_company companies[2]; /**< companies[0] is that of offers[0]. */
    lq_calibration calibration;
    double factors[2][LQ_EXIT_KINDS];
    bool needed[2];
} lq_trial;

/** Worth of offers[0] less worth of offers[1], and by replicate. */
typedef struct lq_gap {
    double value;
    double replicate[LQ_MAX_REPLICATES];
} lq_gap;

/** A fresh trial of two offers as they are, with fewer paths and worlds. */
void lq_trial_reset(lq_study *study, size_t subject, size_t against, lq_trial *out);

/** Runs the trial as it stands. @retval LQ_EINTERRUPTED */
LQ_MUST_USE lq_status lq_trial_run(lq_trial *trial, lq_gap *out, lq_error *err);

/** Solves the hazards again (exit odds, or what they depend on, have changed): the study's
 * factors, moved by what the change does to those that the trial's few worlds and a small pilot
 * solve to. Without a change they are the study's own. */
LQ_MUST_USE lq_status lq_trial_calibrate(lq_trial *trial, lq_error *err);

/** Fair common value of the paper of offers[0] today for one unit of money of the letter's,
 * with what nobody knows at its mean; NaN without paper. */
LQ_MUST_USE lq_status lq_trial_letter_dollar(const lq_trial *trial, double *out, lq_error *err);

#endif
