/**
 * @file baseline.h
 * The offer that others are compared with, and the pairs that are. Private to the folder.
 */
#ifndef LQ_DECIDE_BASELINE_H
#define LQ_DECIDE_BASELINE_H

#include "decide/study.h"

/** Paths of the run that finds the best other offer. */
enum { LQ_BASELINE_PATHS = 1 << 14 };

/** Whether lq_baseline_choose will need that run. */
bool lq_baseline_needs_run(const lq_scenario *scenario);

/**
 * Sets study->baseline: the offer named in the config; or, of the letters (and middles of
 * bands) that are not of the first offer's company, else of the others', the one of largest
 * certainty equivalent, with what nobody knows at its mean. A single offer has no baseline.
 * @retval LQ_ECONFIG  No offer has the name.
 */
LQ_MUST_USE lq_status lq_baseline_choose(lq_study *study, lq_error *err);

/** Sets study->pairs: every other offer against the baseline; with `pairs: all` also every
 *  other two, the earlier one first. */
LQ_MUST_USE lq_status lq_baseline_pair(lq_study *study, lq_error *err);

#endif
