/**
 * @file sandbox.h
 * Work on a file that nobody vouches for, in a child process of limited memory and time.
 *
 * HDF5 was not written for hostile files: some crash it, some make it spin or eat memory. Then
 * it is the child that ends, and the parent says that the file is damaged.
 */
#ifndef LQ_STORE_SANDBOX_H
#define LQ_STORE_SANDBOX_H

#include "liquidus/status.h"

#include <stdbool.h>
#include <stddef.h>

/** Where a job puts its answer; false: the parent does not listen any more. */
typedef struct lq_sandbox_pipe lq_sandbox_pipe;
bool lq_sandbox_send(const void *bytes, size_t n, void *pipe);

/** Runs in the child. What it sends before a failure is dropped. */
typedef lq_status (*lq_sandbox_job)(const char *path, lq_sandbox_pipe *pipe, lq_error *err);

/** What a job sent; the caller frees bytes with lq_free. */
typedef struct lq_sandbox_answer {
    unsigned char *bytes;
    size_t n;
} lq_sandbox_answer;

/**
 * Runs a job on a file.
 *
 * @retval LQ_ECHECK  The child died or ran out of its means: the file is damaged.
 * @retval LQ_EIO     There can be no child.
 * @retval others     What the job returned.
 */
LQ_MUST_USE lq_status lq_sandbox_run(lq_sandbox_job job, const char *path, unsigned cpu_seconds,
                                     lq_sandbox_answer *answer, lq_error *err);

#endif
