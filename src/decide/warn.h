/**
 * @file warn.h
 * What a reader of the result must know before believing it. Private to the folder.
 */
#ifndef LQ_DECIDE_WARN_H
#define LQ_DECIDE_WARN_H

#include "decide/study.h"

/**
 * Fills study->found.warnings: those of the scenario, then what only the run shows: paper stuck
 * at the liquidity horizon above 10 % of an offer's mean (R15), outside wealth floored on more
 * than 1e-4 of the paths (R16).
 */
LQ_MUST_USE lq_status lq_warn(lq_study *study, lq_error *err);

#endif
