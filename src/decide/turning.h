/**
 * @file turning.h
 * What one thing alone would have to be for two offers to be worth the same: growth of the
 * company, its opening value, the base, the odds of an IPO. Private to the folder.
 *
 * By re-runs of the two offers on the same draws. A small run shows how the gap moves; the
 * study itself says where it stands. Calibration is frozen, except when the odds vary.
 */
#ifndef LQ_DECIDE_TURNING_H
#define LQ_DECIDE_TURNING_H

#include "decide/study.h"

/** Paths of one re-run, and the worlds among which they are shared out; paths of a pilot, where
 * hazards are solved again: their error is below 1e-4 in a probability. */
enum { LQ_TURNING_PATHS = 1 << 14, LQ_TURNING_WORLDS = 8, LQ_TURNING_PILOT = 1 << 13 };

/** Paths that all re-runs of a study are expected to take, for its progress. */
uint64_t lq_turning_paths(const lq_scenario *scenario);

/** Fills study->found.turning; needs the figures of offers and pairs, and a baseline. There is
 *  no point where the two are the same.
 *  @retval LQ_EINTERRUPTED  No point is filled. */
LQ_MUST_USE lq_status lq_turning_find(lq_study *study, lq_error *err);

#endif
