/**
 * @file controls.h
 * Control variates on a block: their values, and the sums of products that a regression needs.
 * Private to the folder.
 *
 * A sample is a path, or the mean of a mirrored pair; of a path whose exits are expanded, its
 * mean over the branches. Sums of products are made within a block
 * in one order of additions, then rounded to fixed point and added as integers: merging is
 * exact.
 */
#ifndef LQ_ENGINE_CONTROLS_H
#define LQ_ENGINE_CONTROLS_H

#include "engine/workspace.h"

#ifdef LQ_ISA
/** Controls made of factors; before the companies run, which write over their normals. */
void LQ_KERNEL(lq_controls_factors)(lq_workspace *w);

/** Controls made of prices and exits; after the companies. */
void LQ_KERNEL(lq_controls_prices)(lq_workspace *w);

/** Adds the block's sums for all totals and pairs; after the offers. */
void LQ_KERNEL(lq_controls_add)(lq_workspace *w, const lq_block_job *job, lq_result *result);
#endif

#endif
