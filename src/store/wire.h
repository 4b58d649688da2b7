/**
 * @file wire.h
 * A frame as bytes between two processes of this program; what comes in is not trusted.
 */
#ifndef LQ_STORE_WIRE_H
#define LQ_STORE_WIRE_H

#include "base/frame.h"

#include <stdbool.h>
#include <stddef.h>

/** Takes bytes; false ends the writing. */
typedef bool (*lq_wire_sink)(const void *bytes, size_t n, void *data);

/** Writes a frame; false when the sink did. */
bool lq_wire_write(const lq_frame *frame, lq_wire_sink sink, void *data);

/** Fills an empty frame from n bytes; false when they are not a frame, or memory is short. */
bool lq_wire_read(const void *bytes, size_t n, lq_frame *frame);

#endif
