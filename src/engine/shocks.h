/**
 * @file shocks.h
 * From normals to the shocks that prices load on, in kernel files only. Private to the folder.
 */
#ifndef LQ_ENGINE_SHOCKS_H
#define LQ_ENGINE_SHOCKS_H

#include "engine/workspace.h"

/** Whether a company's own normals are drawn: a history needs none. */
static inline bool lq_own_is_drawn(const lq_own_law *own)
{
    return !own->link.offset || own->link.scale;
}

#ifdef LQ_ISA
/** The market's shocks of n_months into w->market_normals, with the states behind them. */
void LQ_KERNEL(lq_shocks_market)(lq_workspace *w, const lq_block_address *at, size_t n_months);

/**
 * The market's shocks as an asset sees them that loads on them with `loading`.
 * @return [n_months][64], to be read before the next call; NULL for a loading of 0.
 */
const double *LQ_KERNEL(lq_shocks_seen)(lq_workspace *w, const lq_state_link *link,
                                        double loading, size_t n_months);

/** A company's own normals, in rows 1 to n_months of its prices, become its own shocks. */
void LQ_KERNEL(lq_shocks_own)(lq_workspace *w, size_t company, size_t n_months);

/** Prices of a listed company with stochastic variance, from the shocks in its rows. */
void LQ_KERNEL(lq_shocks_heston)(lq_workspace *w, const lq_block_address *at,
                                 const lq_gbm_plan *asset, size_t company);
#endif

#endif
