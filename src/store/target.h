/**
 * @file target.h
 * The file-system half of the store: who may be overwritten, who is writing, and publishing.
 */
#ifndef LQ_STORE_TARGET_H
#define LQ_STORE_TARGET_H

#include "base/arena.h"
#include "liquidus/status.h"

#include <stdbool.h>

/** A name that is being written. Texts live in the arena of lq_target_open. */
typedef struct lq_target {
    const char *path;      /* what the user named */
    const char *partial;   /* PATH.partial.h5 */
    const char *temporary; /* PATH.writing */
    const char *folder;
    int lock_fd; /* open on temporary and locked; < 0: nothing is owned */
} lq_target;

/** Checks path, makes its folder if told to, and takes PATH.writing for this process alone. */
LQ_MUST_USE lq_status lq_target_open(lq_target *target, lq_arena *arena, const char *path,
                                     bool make_folder, lq_error *err);

/** fsync, rename to path or partial, fsync of the folder. The target owns nothing afterwards.
 */
LQ_MUST_USE lq_status lq_target_publish(lq_target *target, bool as_partial, lq_error *err);

/** Removes the temporary file; fine on a target that owns nothing. */
void lq_target_abandon(lq_target *target);

#endif
