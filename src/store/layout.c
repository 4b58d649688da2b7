#include "store/layout.h"

#include "store/h5.h"

#include <hdf5_hl.h>
#include <stdio.h>
#include <string.h>

enum { GROUP_CHARS = 256, SCALE_NAME_CHARS = 80 };

lq_scale *lq_layout_find(const lq_layout *layout, const char *name)
{
    for (lq_scale *scale = layout->first; scale; scale = scale->next)
        if (strcmp(scale->name, name) == 0) return scale;
    return NULL;
}

static lq_scale *add_scale(lq_layout *layout, const char *name, hid_t dataset)
{
    lq_scale *scale = lq_arena_calloc(layout->arena, 1, sizeof *scale);
    if (!scale) return NULL;
    scale->name = lq_arena_strdup(layout->arena, name);
    if (!scale->name || H5Rcreate(&scale->self, dataset, ".", H5R_OBJECT, -1) < 0) return NULL;
    if (layout->last)
        layout->last->next = scale;
    else
        layout->first = scale;
    layout->last = scale;
    layout->n_scales++;
    return scale;
}

static herr_t add_user(lq_layout *layout, lq_scale *scale, hid_t dataset, unsigned axis)
{
    if (scale->n_users == scale->users_cap) {
        const size_t cap = scale->users_cap ? 2 * scale->users_cap : 16;
        lq_scale_user *users = lq_arena_calloc(layout->arena, cap, sizeof *users);
        if (!users) return -1;
        if (scale->n_users) memcpy(users, scale->users, scale->n_users * sizeof *users);
        scale->users = users;
        scale->users_cap = cap;
    }
    lq_scale_user *user = &scale->users[scale->n_users++];
    user->axis = axis;
    return H5Rcreate(&user->dataset, dataset, ".", H5R_OBJECT, -1);
}

/* "/manifest/run": first /manifest, then /manifest/run, each with its order tracked. */
static hid_t open_group(const lq_layout *layout, const char *path)
{
    char part[GROUP_CHARS];
    const size_t len = strlen(path);
    hid_t group = H5I_INVALID_HID;
    if (len >= sizeof part || path[0] != '/') return group;
    for (size_t i = 1; i <= len; i++) {
        if (path[i] != '/' && path[i] != '\0') continue;
        snprintf(part, sizeof part, "%.*s", (int)i, path);
        lq_h5_close_group(group);
        if (len == 1 || H5Lexists(layout->file, part, H5P_DEFAULT) > 0) {
            group = H5Gopen2(layout->file, part, H5P_DEFAULT);
        } else {
            const hid_t creation = lq_h5_group_creation();
            group = H5Gcreate2(layout->file, part, H5P_DEFAULT, creation, H5P_DEFAULT);
            lq_h5_close_plist(creation);
        }
        if (group < 0) break;
    }
    return group;
}

static herr_t put_labels(hid_t dataset, const char *units, const char *long_name)
{
    if (lq_h5_put_text(dataset, "units", units ? units : "") < 0) return -1;
    return lq_h5_put_text(dataset, "long_name", long_name ? long_name : "");
}

/* DIMENSION_LIST: for each axis, the list of its scales, which here is one. */
static herr_t put_dimension_list(hid_t dataset, const lq_layout_array *array)
{
    hvl_t lists[LQ_FRAME_MAX_DIMS];
    const hsize_t rank = array->n_dims;
    for (size_t i = 0; i < array->n_dims; i++)
        lists[i] = (hvl_t){.len = 1, .p = &array->scales[i]->self};
    const hid_t type = H5Tvlen_create(H5T_STD_REF_OBJ);
    const hid_t space = H5Screate_simple(1, &rank, NULL);
    hid_t attribute = H5I_INVALID_HID;
    herr_t rc = -1;
    if (type >= 0 && space >= 0)
        attribute =
            H5Acreate2(dataset, "DIMENSION_LIST", type, space, H5P_DEFAULT, H5P_DEFAULT);
    if (attribute >= 0) rc = H5Awrite(attribute, type, lists);
    lq_h5_close_attribute(attribute);
    lq_h5_close_space(space);
    lq_h5_close_type(type);
    return rc;
}

static herr_t label_array(lq_layout *layout, hid_t dataset, const lq_layout_array *array)
{
    if (put_labels(dataset, array->units, array->long_name) < 0) return -1;
    if (array->n_dims && put_dimension_list(dataset, array) < 0) return -1;
    for (size_t i = 0; i < array->n_dims; i++)
        if (add_user(layout, array->scales[i], dataset, (unsigned)i) < 0) return -1;
    return 0;
}

hid_t lq_layout_create(lq_layout *layout, const lq_layout_array *array)
{
    const hid_t group = open_group(layout, array->group);
    const hid_t space = array->n_dims ? H5Screate_simple((int)array->n_dims, array->lens, NULL)
                                      : H5Screate(H5S_SCALAR);
    hid_t dataset = H5I_INVALID_HID;
    if (group >= 0 && space >= 0 && array->creation >= 0)
        dataset = H5Dcreate2(group, array->name, array->type, space, H5P_DEFAULT,
                             array->creation, array->access);
    lq_h5_close_space(space);
    lq_h5_close_group(group);
    if (dataset >= 0 && label_array(layout, dataset, array) < 0) {
        lq_h5_close_dataset(dataset);
        return H5I_INVALID_HID;
    }
    return dataset;
}

static herr_t write_cells(hid_t dataset, lq_cell cell, const void *data)
{
    if (cell == LQ_CELL_F64)
        return H5Dwrite(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, data);
    if (cell == LQ_CELL_I64)
        return H5Dwrite(dataset, H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, data);
    const hid_t type = lq_h5_text_type();
    const herr_t rc =
        type < 0 ? -1 : H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data);
    lq_h5_close_type(type);
    return rc;
}

static hid_t file_type(lq_cell cell)
{
    switch (cell) {
    case LQ_CELL_F64:
        return H5Tcopy(H5T_IEEE_F64LE);
    case LQ_CELL_I64:
        return H5Tcopy(H5T_STD_I64LE);
    default:
        return lq_h5_text_type();
    }
}

herr_t lq_layout_put_variable(lq_layout *layout, const lq_variable *variable)
{
    lq_layout_array array = {.group = variable->group,
                             .name = variable->name,
                             .units = variable->units,
                             .long_name = variable->long_name,
                             .type = file_type(variable->cell),
                             .creation = lq_h5_dataset_creation(),
                             .access = H5P_DEFAULT,
                             .n_dims = variable->n_dims};
    herr_t rc = -1;
    hid_t dataset = H5I_INVALID_HID;
    for (size_t i = 0; i < variable->n_dims; i++) {
        array.scales[i] = lq_layout_find(layout, variable->dims[i]->name);
        array.lens[i] = variable->dims[i]->len;
        if (!array.scales[i]) goto out;
    }
    dataset = lq_layout_create(layout, &array);
    if (dataset >= 0) rc = write_cells(dataset, variable->cell, variable->data.f64);
    if (lq_h5_close_dataset(dataset) < 0) rc = -1; /* HDF5 keeps small arrays back until here */
out:
    lq_h5_close_plist(array.creation);
    lq_h5_close_type(array.type);
    return rc;
}

static herr_t fill_dimension(lq_layout *layout, hid_t dataset, const lq_dimension *dimension)
{
    char name[SCALE_NAME_CHARS];
    const bool has_values = dimension->values.f64 != NULL;
    snprintf(name, sizeof name, "%s", dimension->name);
    if (!has_values)
        snprintf(name, sizeof name,
                 "This is a netCDF dimension but not a netCDF variable.%10zu", dimension->len);
    if (H5DSset_scale(dataset, name) < 0) return -1;
    if (lq_h5_put_int(dataset, "_Netcdf4Dimid", layout->n_scales) < 0) return -1;
    if (put_labels(dataset, dimension->units, dimension->long_name) < 0) return -1;
    if (has_values && write_cells(dataset, dimension->cell, dimension->values.f64) < 0)
        return -1;
    return add_scale(layout, dimension->name, dataset) ? 0 : -1;
}

herr_t lq_layout_put_dimension(lq_layout *layout, const lq_dimension *dimension)
{
    const hsize_t len = dimension->len;
    const hid_t type =
        dimension->values.f64 ? file_type(dimension->cell) : H5Tcopy(H5T_IEEE_F32BE);
    const hid_t space = H5Screate_simple(1, &len, NULL);
    const hid_t creation = lq_h5_dataset_creation();
    hid_t dataset = H5I_INVALID_HID;
    if (type >= 0 && space >= 0 && creation >= 0)
        dataset = H5Dcreate2(layout->file, dimension->name, type, space, H5P_DEFAULT, creation,
                             H5P_DEFAULT);
    herr_t rc = dataset < 0 ? -1 : fill_dimension(layout, dataset, dimension);
    if (lq_h5_close_dataset(dataset) < 0) rc = -1;
    lq_h5_close_plist(creation);
    lq_h5_close_space(space);
    lq_h5_close_type(type);
    return rc;
}

/* The type that H5DS itself uses in memory, so that its readers find every member in place. */
static hid_t user_type(void)
{
    const hid_t type = H5Tcreate(H5T_COMPOUND, sizeof(lq_scale_user));
    if (type < 0) return type;
    if (H5Tinsert(type, "dataset", HOFFSET(lq_scale_user, dataset), H5T_STD_REF_OBJ) >= 0 &&
        H5Tinsert(type, "dimension", HOFFSET(lq_scale_user, axis), H5T_NATIVE_INT) >= 0)
        return type;
    H5Tclose(type);
    return H5I_INVALID_HID;
}

static herr_t put_users(const lq_layout *layout, const lq_scale *scale, hid_t type)
{
    const hsize_t n = scale->n_users;
    const hid_t dataset = H5Dopen2(layout->file, scale->name, H5P_DEFAULT);
    const hid_t space = H5Screate_simple(1, &n, NULL);
    hid_t attribute = H5I_INVALID_HID;
    herr_t rc = -1;
    if (dataset >= 0 && space >= 0)
        attribute =
            H5Acreate2(dataset, "REFERENCE_LIST", type, space, H5P_DEFAULT, H5P_DEFAULT);
    if (attribute >= 0) rc = H5Awrite(attribute, type, scale->users);
    lq_h5_close_attribute(attribute);
    lq_h5_close_space(space);
    if (lq_h5_close_dataset(dataset) < 0) rc = -1;
    return rc;
}

herr_t lq_layout_finish(lq_layout *layout)
{
    const hid_t type = user_type();
    herr_t rc = type < 0 ? -1 : 0;
    for (const lq_scale *scale = layout->first; scale && rc >= 0; scale = scale->next)
        if (scale->n_users) rc = put_users(layout, scale, type);
    lq_h5_close_type(type);
    return rc;
}

lq_status lq_layout_fail(const lq_layout *layout, const char *file, const char *key,
                         lq_error *err)
{
    if (lq_arena_failed(layout->arena))
        return LQ_FAIL(err, LQ_ENOMEM, .file = file, .key = key);
    return lq_h5_fail(file, key, "a disk that takes the file", err);
}
