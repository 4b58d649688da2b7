/**
 * @file verdict.h
 * The answer in plain words, and which two offers it is about. Private to the folder.
 */
#ifndef LQ_DECIDE_VERDICT_H
#define LQ_DECIDE_VERDICT_H

#include "decide/study.h"

/**
 * The offer whose gap to the baseline matters: of the letter that is being negotiated (the one
 * with the best ask, else the first) the letter if it is worth more than the baseline, else its
 * ask, else it; if that letter is the baseline, the best of the others. LQ_NO_OFFER without a
 * baseline.
 */
size_t lq_verdict_subject(const lq_study *study);

/** True where two offers pay the same in every future: nothing of one alone would turn it. */
bool lq_verdict_is_same(const lq_study *study, size_t a, size_t b);

/** Fills study->found.verdict; needs the figures of offers and pairs. */
LQ_MUST_USE lq_status lq_verdict_write(lq_study *study, lq_error *err);

#endif
