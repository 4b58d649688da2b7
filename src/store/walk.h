/**
 * @file walk.h
 * Steps through the groups of a result file that may be damaged or hostile, and reads arrays.
 *
 * Only hard links, plain storage and known filters are accepted, at most LQ_WALK_MAX_CELLS
 * values in all, four dimensions, and groups four deep.
 */
#ifndef LQ_STORE_WALK_H
#define LQ_STORE_WALK_H

#include "base/frame.h"
#include "liquidus/status.h"

#include <hdf5.h>
#include <stdbool.h>

enum {
    LQ_WALK_MAX_CELLS = 1 << 26,
    LQ_WALK_MAX_LINKS = 20000,
    LQ_WALK_MAX_DEPTH = 4,
    LQ_WALK_NAME_CHARS = 256
};

/** A dimension of the file and the reference by which arrays name it. */
typedef struct lq_walk_scale {
    struct lq_walk_scale *next;
    const lq_dimension *dimension;
    hobj_ref_t self;
} lq_walk_scale;

typedef struct lq_walk {
    const char *path; /* for messages */
    hid_t file;
    lq_frame *frame; /* what is filled */
    lq_walk_scale *scales;
    size_t n_cells, n_links; /* so far */
    void *data;              /* the visitor's own */
} lq_walk;

/** LQ_ECHECK: what stands at key of the file is not what a result file has there; LQ_ENOMEM if
 *  memory ran out before. */
lq_status lq_walk_refuse(const lq_walk *walk, const char *key, const char *got, lq_error *err);

/** What a link of a group is, told by a function that reads it. The object is borrowed. */
typedef lq_status (*lq_walk_visit)(lq_walk *walk, const char *group, const char *name,
                                   hid_t object, lq_error *err);

/** Visits what a group holds, in the order of creation. */
LQ_MUST_USE lq_status lq_walk_group(lq_walk *walk, const char *group, lq_walk_visit visit,
                                    lq_error *err);

/** Adds a dataset that is a dimension scale to the frame; other objects are left alone. */
LQ_MUST_USE lq_status lq_walk_dimension(lq_walk *walk, const char *group, const char *name,
                                        hid_t object, lq_error *err);

/** Adds a dataset to the frame as a variable. Dimensions must be known. */
LQ_MUST_USE lq_status lq_walk_variable(lq_walk *walk, const char *group, const char *name,
                                       hid_t object, lq_error *err);

/** Refuses storage outside the file and filters that are not ours. */
LQ_MUST_USE lq_status lq_walk_check_storage(const lq_walk *walk, const char *name,
                                            hid_t dataset, lq_error *err);

/** True for a dataset that says CLASS = DIMENSION_SCALE. */
bool lq_walk_is_scale(const lq_walk *walk, hid_t object);

#endif
