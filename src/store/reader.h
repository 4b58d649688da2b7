/**
 * @file reader.h
 * A result file back into a frame, in this process: what the child of sandbox.h runs.
 */
#ifndef LQ_STORE_READER_H
#define LQ_STORE_READER_H

#include "base/frame.h"
#include "liquidus/status.h"
#include "store/store.h"

/** Opens a regular file of our format. @retval LQ_EIO, LQ_ECONFIG (not ours) */
LQ_MUST_USE lq_status lq_reader_check(const char *path, lq_error *err);

/** Fills an empty frame and checks it against the file's hash; on failure the frame is waste.
 */
LQ_MUST_USE lq_status lq_reader_frame(const char *path, lq_frame *frame, lq_error *err);

/** As lq_store_hash. */
LQ_MUST_USE lq_status lq_reader_hash(const char *path, char hash[LQ_STORE_HASH_CHARS],
                                     lq_error *err);

#endif
