/**
 * @file manifest.h
 * What a result says of its own making. Private to the folder.
 */
#ifndef LQ_DECIDE_MANIFEST_H
#define LQ_DECIDE_MANIFEST_H

#include "decide/study.h"

/** Adds the hash of one world's plan to that of the plans before it. */
void lq_manifest_add_plan(uint8_t hash[32], const uint8_t plan_hash[32]);

/** Fills study->found.manifest and .run; complete: nothing was interrupted. */
LQ_MUST_USE lq_status lq_manifest_write(lq_study *study, lq_error *err);

#endif
