/**
 * @file world_pass.h
 * The two passes over a block, in kernel files only. Private to the folder.
 */
#ifndef LQ_ENGINE_WORLD_PASS_H
#define LQ_ENGINE_WORLD_PASS_H

#include "engine/workspace.h"

#ifdef LQ_ISA
/** Market, currencies, companies: everything that nobody's pay changes. */
void LQ_KERNEL(lq_world_pass)(lq_workspace *w, const lq_block_job *job);

/** One offer: employment, pay, equity, tax into w->outcome. */
void LQ_KERNEL(lq_offer_pass)(lq_workspace *w, const lq_block_job *job, size_t offer);
#endif

#endif
