/**
 * @file drawn.h
 * What each world of a run was and what came of it, as far as errors need it: its inputs, its
 * laws in a few bins, its certainty equivalents. Private to the folder; empty in a run of one
 * world.
 */
#ifndef LQ_DECIDE_DRAWN_H
#define LQ_DECIDE_DRAWN_H

#include "decide/figures.h"
#include "decide/sample.h"
#include "stats/world_fit.h"

typedef struct lq_drawn {
    size_t n_worlds, n_offers, n_pairs, n_inputs, n_bins;
    bool replicates_differ; /**< in the worlds that they hold */
    double *inputs;         /**< [n_worlds][n_inputs] in (0, 1) */
    lq_law **laws;          /**< [parts of offers, pairs][n_worlds]; NULL: none yet */
    double *ce;             /**< [n_worlds][n_offers][LQ_N_GAMMAS + 1], the person's own last */
    lq_world_fit *fit;      /**< Of the worlds that ran; NULL: fewer than two. */
} lq_drawn;

LQ_MUST_USE lq_status lq_drawn_begin(lq_drawn *drawn, const lq_plan *plan, size_t n_pairs,
                                     lq_error *err);
void lq_drawn_clear(lq_drawn *drawn);

/** Places of laws. */
size_t lq_drawn_part(const lq_drawn *drawn, size_t offer, lq_part part);
size_t lq_drawn_pair(const lq_drawn *drawn, size_t pair);

/** The tally of a part of an offer. */
const lq_tally *lq_drawn_tally(const lq_result *result, size_t offer, lq_part part);

/** Keep what a world was; each offer and pair by one thread. @retval LQ_ENOMEM */
void lq_drawn_keep_inputs(const lq_drawn *drawn, size_t world, const lq_plan *plan);
LQ_MUST_USE lq_status lq_drawn_keep_offer(const lq_drawn *drawn, size_t world,
                                          const lq_result *result, size_t offer);
LQ_MUST_USE lq_status lq_drawn_keep(const lq_drawn *drawn, size_t world, size_t place,
                                    const lq_law *law);

/** Two worlds change places. */
void lq_drawn_swap(const lq_drawn *drawn, size_t a, size_t b);

/** A world's certainty equivalent of an offer; gamma: of lq_gammas, or LQ_N_GAMMAS. */
double *lq_drawn_ce(const lq_drawn *drawn, size_t world, size_t offer, size_t gamma);

/** After the last world: n_done of them ran, the first ones. @retval LQ_ENOMEM */
LQ_MUST_USE lq_status lq_drawn_fit(lq_drawn *drawn, size_t n_done, lq_error *err);

/** [n_worlds] laws of a place. */
lq_law *const *lq_drawn_laws(const lq_drawn *drawn, size_t place);

/** Errors of the sample count what other worlds would have moved from here on. */
void lq_drawn_attach(const lq_drawn *drawn, size_t place, lq_sample *sample);

/** Squared error of an estimate beyond that of its paths. */
double lq_excess(const lq_estimate *all, const lq_estimate *of_paths);

#endif
