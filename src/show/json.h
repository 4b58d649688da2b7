/**
 * @file json.h
 * A result as one JSON object (`--json`): the figures of a frame under the names that
 * docs/results.md promises. What is not defined is null; what this version does not compute is
 * left out.
 */
#ifndef LQ_SHOW_JSON_H
#define LQ_SHOW_JSON_H

#include "base/frame.h"
#include "liquidus/status.h"

#include <stdio.h>

/**
 * JSON of this process takes its memory from base/alloc.h. The library that builds it has one
 * allocator for all its users, so the program says this once, before any thread starts, and not
 * the functions below.
 */
void lq_json_use_heap(void);

/**
 * Prints the object and a newline; the caller asks the stream whether all of it was written.
 *
 * @retval LQ_EIO  A text of the frame is not UTF-8, or memory is short; nothing is printed
 *                 unless memory ends while printing.
 */
LQ_MUST_USE lq_status lq_json_print(const lq_frame *frame, FILE *out, lq_error *err);

#endif
