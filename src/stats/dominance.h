/**
 * @file dominance.h
 * Which of two laws every sensible person prefers (R31), as far as the samples can tell.
 */
#ifndef LQ_STATS_DOMINANCE_H
#define LQ_STATS_DOMINANCE_H

#include "liquidus/status.h"
#include "stats/world_fit.h"

typedef enum lq_dominance {
    LQ_DOMINANCE_NONE,         /**< Violated both ways beyond chance, or equal laws. */
    LQ_DOMINANCE_FIRST,        /**< Everyone who prefers more. */
    LQ_DOMINANCE_SECOND,       /**< Everyone who prefers more and dislikes risk. */
    LQ_DOMINANCE_UNDETERMINED, /**< The samples do not tell. */
} lq_dominance;

typedef struct lq_dominance_result {
    lq_dominance verdict;
    int winner;      /**< +1: a, -1: b, 0: nobody. */
    double critical; /**< Simultaneous 95 % critical value used, in standard errors. */
} lq_dominance_result;

/** Laws of the worlds of a run, [worlds of the fit] each. */
typedef struct lq_dominance_worlds {
    const lq_world_fit *fit; /**< NULL: there is one world. */
    lq_law *const *a, *const *b;
} lq_dominance_worlds;

/** "none", "first", "second", "undetermined". */
const char *lq_dominance_name(lq_dominance verdict);

/**
 * Compares a and b, tallied on the same paths with the same slots (paired replicates).
 *
 * D = F_a - F_b at up to 256 values spread over both laws, and its integral for the second
 * order. a dominates if D <= 1e-4 everywhere and D < -c se somewhere; se from the paired
 * replicates, c the 95 % point of the largest |D| / se under a fixed-sign bootstrap of the
 * replicates. In a run of several worlds se is the larger one of the replicates' and of what
 * the inputs do not explain of the worlds' D, which takes the replicates' place (world_fit.h).
 * @param[in] worlds  NULL: there is one.
 * @pre  Both tallies have slots, equally many, at least 8.
 * @retval LQ_ENOMEM
 */
LQ_MUST_USE lq_status lq_dominance_compare(const lq_tally *a, const lq_tally *b,
                                           const lq_dominance_worlds *worlds,
                                           lq_dominance_result *out, lq_error *err);

#endif
