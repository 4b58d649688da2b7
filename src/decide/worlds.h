/**
 * @file worlds.h
 * The paths of a study: all worlds of what nobody knows. Private to the folder.
 *
 * Worlds are independent: each thread takes a whole one, with its plan, its paths and its
 * figures, and adds its tallies to the study's. Where there are fewer of them than threads, all
 * threads run the paths of one world after the other.
 */
#ifndef LQ_DECIDE_WORLDS_H
#define LQ_DECIDE_WORLDS_H

#include "decide/study.h"

/** Whole paths in the result, over all worlds. */
enum { LQ_WHOLE_PATHS = 200 };

/** Runs and measures all worlds into study->result and study->sums. */
LQ_MUST_USE lq_status lq_worlds_run(lq_study *study, lq_error *err);

#endif
