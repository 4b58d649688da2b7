/**
 * @file tolerance.h
 * How many paths a standard error takes. Private to the folder.
 */
#ifndef LQ_DECIDE_TOLERANCE_H
#define LQ_DECIDE_TOLERANCE_H

#include "decide/study.h"

/** Whether the config asks for a standard error. */
bool lq_tolerance_is_asked(const lq_simulation *simulation);

/**
 * After offers and pairs are measured: writes what was asked and found into the manifest.
 *
 * The number of paths grows by what errors do, 1 / sqrt(n), and a tenth to spare, at least to
 * the double and at most to 64 times; it is a function of the figures alone, so any machine
 * takes the same.
 *
 * @return the paths to try next, or 0: reached, not asked, or at simulation.max_paths.
 */
uint64_t lq_tolerance_next(lq_study *study);

#endif
