/**
 * @file world_fit.h
 * How far the worlds that were drawn may have moved a mean over them.
 *
 * Uncertain inputs are a Latin hypercube over J worlds: in each of J equal cells of an input
 * lies one. What a figure of the worlds owes to each input alone is then met almost exactly;
 * what is left, the interactions, moves its mean by a variance of (variance of the rest) / J
 * (Stein 1987, "Large sample properties of simulations using Latin hypercube sampling", section
 * 3). The rest is that of a regression on each input's cell and its square: where in its cell a
 * world lies counts as rest, as it should, and so does a curve that these do not follow, so the
 * error is rather too large. Interactions are largest at the ends, where a regression follows
 * them best, so the rest of a world is that of the regression without it (HC3: MacKinnon and
 * White 1985). With fewer than 8 degrees of freedom left squares, then all inputs are left out:
 * the plain variance between worlds is an upper bound.
 *
 * Every world runs paths of its own, so the rest holds their chance too: its error is that of
 * worlds and paths together.
 */
#ifndef LQ_STATS_WORLD_FIT_H
#define LQ_STATS_WORLD_FIT_H

#include "stats/estimate.h"

enum { LQ_MAX_WORLDS = 4096 };

typedef struct lq_world_fit lq_world_fit;

/**
 * @param[in] inputs  [n_worlds][n_inputs] in (0, 1).
 * @param[in] whole   All worlds of the hypercube; false (a part of them): no input is met.
 * @return NULL when out of memory. @pre 2 <= n_worlds <= LQ_MAX_WORLDS
 */
lq_world_fit *lq_world_fit_create(const double *inputs, size_t n_worlds, size_t n_inputs,
                                  bool whole);
void lq_world_fit_destroy(lq_world_fit *fit); /**< NULL is fine. */

size_t lq_world_fit_worlds(const lq_world_fit *fit);
/** The worlds' rest is the whole error: replicates that do not hold every world alike (of few
 *  blocks a world) count what differs between worlds. */
void lq_world_fit_stand_alone(lq_world_fit *fit);
bool lq_world_fit_is_alone(const lq_world_fit *fit);
/** Degrees of freedom of the rest. */
uint32_t lq_world_fit_degrees(const lq_world_fit *fit);

/** [n_worlds] figures become what the inputs do not explain of them, each by a regression
 * without it, around the mean. Their squares / (n_worlds - 1) / n_worlds are the squared error.
 */
void lq_world_fit_rest(const lq_world_fit *fit, double *figures);

/**
 * Squared error of the mean of [n_worlds] figures beyond that of the paths; not negative unless
 * it stands alone, 0 where a figure is no number. The figures are overwritten.
 */
double lq_world_fit_excess(const lq_world_fit *fit, double paths_se, double *figures);

/** An estimate by replicates across the worlds, with the excess added: the larger of what
 *  replicates and worlds show, with the fewer degrees of freedom. fit NULL: as it is. */
lq_estimate lq_world_fit_widen(const lq_world_fit *fit, lq_estimate paths, double *figures);

#endif
