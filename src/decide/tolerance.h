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
 * Refuses a maximum that the first attempt would pass already: its paths are rounded up to
 * whole blocks and nets in every world.
 */
lq_status lq_tolerance_check(const lq_study *study, lq_error *err);

/**
 * After offers and pairs are measured: writes what was asked and found into the manifest, and
 * into next_paths how many to try next; 0: reached, not asked, interrupted, at
 * simulation.max_paths, or an error of the worlds drawn, which paths do not make smaller.
 *
 * The number of paths grows by what errors do, 1 / sqrt(n), and a tenth to spare, at least to
 * the double and at most to 64 times; it is a function of the figures alone, so any machine
 * takes the same. An error that is not defined, of a handful of paths, is not reached.
 */
void lq_tolerance_look(lq_study *study);

#endif
