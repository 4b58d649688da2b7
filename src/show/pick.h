/**
 * @file pick.h
 * Reading single figures out of a frame, which may come from a partial or foreign file: a
 * variable that is missing, of another type, or too short reads as NaN or "".
 */
#ifndef LQ_SHOW_PICK_H
#define LQ_SHOW_PICK_H

#include "base/frame.h"

/** An index that a variable does not have. */
#define LQ_NO_INDEX ((size_t)-1)

/** group/name[i] of one dimension; NaN when there is none. Whole numbers are converted. */
double lq_pick(const lq_frame *frame, const char *group, const char *name, size_t i);

/** group/name[i][j]. */
double lq_pick2(const lq_frame *frame, const char *group, const char *name, size_t i, size_t j);

/** group/name[i][j][k]. */
double lq_pick3(const lq_frame *frame, const char *group, const char *name,
                const size_t index[3]);

/** Text of group/name[i]; "" when there is none. Lives as long as the frame. */
const char *lq_pick_text(const lq_frame *frame, const char *group, const char *name, size_t i);

/** Length of a dimension; 0 when the frame has none of the name. */
size_t lq_pick_len(const lq_frame *frame, const char *dimension);

/** Coordinate of a dimension as text or number; "" or NaN when there is none. */
const char *lq_pick_label(const lq_frame *frame, const char *dimension, size_t i);
double lq_pick_coordinate(const lq_frame *frame, const char *dimension, size_t i);

/** Index of a text coordinate, or of the number nearest within 1e-9; LQ_NO_INDEX. */
size_t lq_pick_index(const lq_frame *frame, const char *dimension, const char *label);
size_t lq_pick_nearest(const lq_frame *frame, const char *dimension, double coordinate);

/** A scalar, whole or not; NaN when there is none. */
double lq_pick_scalar(const lq_frame *frame, const char *group, const char *name);

/** 95 % half-widths in standard errors: the normal law for errors by formula, Student's t for
 * errors from replicates. */
double lq_pick_half_width(const lq_frame *frame);

#endif
