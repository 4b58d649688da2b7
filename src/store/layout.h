/**
 * @file layout.h
 * Where things stand in a result file: groups, dimension scales, arrays that name their scales.
 *
 * The scales' attributes are written by hand and not by H5DSattach_scale, which rewrites a
 * scale's list of users at every array (quadratic) and writes bytes that it never set.
 * @source HDF5 Dimension Scale Specification 1.0; netCDF-4 file format, appendix C of the
 * netCDF user guide.
 */
#ifndef LQ_STORE_LAYOUT_H
#define LQ_STORE_LAYOUT_H

#include "base/arena.h"
#include "base/frame.h"
#include "liquidus/status.h"

#include <hdf5.h>

/** One array that uses a scale; laid out as H5DS reads it, its padding zero. */
typedef struct lq_scale_user {
    hobj_ref_t dataset;
    unsigned axis;
    unsigned padding;
} lq_scale_user;

typedef struct lq_scale {
    struct lq_scale *next;
    const char *name;
    hobj_ref_t self;
    size_t n_users, users_cap;
    lq_scale_user *users;
} lq_scale;

typedef struct lq_layout {
    hid_t file;      /* < 0 when closed */
    lq_arena *arena; /* names and lists of users */
    lq_scale *first, *last;
    int n_scales;
} lq_layout;

/** What a new array is; strings and scales are borrowed for the call. */
typedef struct lq_layout_array {
    const char *group, *name, *units, *long_name;
    hid_t type, creation, access;
    size_t n_dims;
    lq_scale *scales[LQ_FRAME_MAX_DIMS];
    hsize_t lens[LQ_FRAME_MAX_DIMS];
} lq_layout_array;

/** Writes a dimension as a scale at the root, with its values if it has any; negative on
 * failure. */
herr_t lq_layout_put_dimension(lq_layout *layout, const lq_dimension *dimension);

/** NULL when the file has no such dimension. */
lq_scale *lq_layout_find(const lq_layout *layout, const char *name);

/** Creates an array, its groups and its attributes. The caller closes it; negative on failure.
 */
hid_t lq_layout_create(lq_layout *layout, const lq_layout_array *array);

/** Creates and fills the array of a variable of a frame. */
herr_t lq_layout_put_variable(lq_layout *layout, const lq_variable *variable);

/** Why one of the above failed: LQ_ENOMEM if it was our memory, else HDF5's reason as LQ_EIO.
 */
lq_status lq_layout_fail(const lq_layout *layout, const char *file, const char *key,
                         lq_error *err);

/** Tells every scale who uses it; once, before the file is closed. */
herr_t lq_layout_finish(lq_layout *layout);

#endif
