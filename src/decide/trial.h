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

/** Values that can be tried in one run, where they change nothing but the offer. */
enum { LQ_TRIAL_VARIANTS = 8, LQ_TRIAL_COMPANIES = 4 };

/** Worth of an offer, or of one less another, and by replicate. */
typedef struct lq_worth {
    double value;
    double replicate[LQ_MAX_REPLICATES];
} lq_worth;

/** A copy that may be changed: offers[0] is varied, the last is what it is compared with. */
typedef struct lq_trial {
    lq_study *study;
    lq_team *team;           /**< Whose threads run; at first the study's. */
    size_t subject, against; /**< of the study's offers */
    lq_scenario scenario;    /**< Its lists are the arrays below. */
    size_t n_variants;       /**< offers[0 .. n_variants - 1], at first one */
    lq_offer offers[LQ_TRIAL_VARIANTS + 1];
    lq_offer *varied;                         /**< Of the variants, the one to be changed. */
    lq_company companies[LQ_TRIAL_COMPANIES]; /**< companies[0] is that of offers[0]; after
                                                   the employers, whom their deals roll into. */
    const lq_worth *against_is_worth;         /**< NULL: the run finds out. */
    lq_calibration calibration;
    double factors[LQ_TRIAL_COMPANIES][LQ_EXIT_KINDS];
    bool needed[LQ_TRIAL_COMPANIES];
} lq_trial;

/** A fresh trial of two offers as they are, with fewer paths and worlds. */
void lq_trial_reset(lq_study *study, size_t subject, size_t against, lq_trial *out);

/** Makes n <= LQ_TRIAL_VARIANTS equal variants of the offer, to be changed each by itself. */
void lq_trial_spread(lq_trial *trial, size_t n);

/** Whether changes of the offer and of its company leave the other's worth as it is, to the
 *  bit: another company, and draws by address alone. */
bool lq_trial_is_alone(const lq_trial *trial);

/** Runs without the offer that is compared with, whose worth is known. @pre
 *  lq_trial_is_alone; what was spread is spread again. */
void lq_trial_take_worth(lq_trial *trial, const lq_worth *against);

/** Runs the trial as it stands.
 * @param[out] gap      [n_variants] worth of each less that of the other.
 * @param[out] against  The other's; NULL: not wanted.
 * @retval LQ_EINTERRUPTED */
LQ_MUST_USE lq_status lq_trial_run(const lq_trial *trial, lq_worth *gap, lq_worth *against,
                                   lq_error *err);

/** What lq_trial_calibrate needs once for an offer: what the trial's few worlds and a small
 *  pilot solve the hazards of its company to as they are. */
LQ_MUST_USE lq_status lq_trial_solve_unchanged(lq_trial *trial, lq_error *err);

/** Solves the hazards of companies[0] again (exit odds, or what they depend on, have changed):
 * the study's factors, moved by what the change does to those that the trial's few worlds and a
 * small pilot solve to. Without a change they are the study's own. @pre
 * lq_trial_solve_unchanged, for a trial of this offer. */
LQ_MUST_USE lq_status lq_trial_calibrate(lq_trial *trial, lq_error *err);

/** Fair common value of the paper of offers[0] today for one unit of money of the letter's,
 * with what nobody knows at its mean; NaN without paper. */
LQ_MUST_USE lq_status lq_trial_letter_dollar(const lq_trial *trial, double *out, lq_error *err);

#endif
