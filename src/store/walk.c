#include "store/walk.h"

#include "store/h5.h"

#include <string.h>

typedef struct shape {
    lq_cell cell;
    size_t n_dims, n_cells;
    hsize_t lens[LQ_FRAME_MAX_DIMS];
} shape;

lq_status lq_walk_refuse(const lq_walk *walk, const char *key, const char *got, lq_error *err)
{
    if (lq_frame_failed(walk->frame)) /* the reason for what seems to be missing */
        return LQ_FAIL(err, LQ_ENOMEM, .file = walk->path, .key = key);
    return LQ_FAIL(err, LQ_ECHECK, .file = walk->path, .key = key,
                   .expected = "a result file that is whole", .got = got);
}

static lq_status refuse_damage(const lq_walk *walk, const char *key, lq_error *err)
{
    char reason[LQ_H5_REASON_CHARS];
    lq_h5_reason(reason);
    return lq_walk_refuse(walk, key, reason, err);
}

static lq_status visit_link(lq_walk *walk, const char *group, hid_t id, const char *name,
                            lq_walk_visit visit, lq_error *err)
{
    H5L_info_t info;
    if (H5Lget_info(id, name, &info, H5P_DEFAULT) < 0) return refuse_damage(walk, name, err);
    if (info.type != H5L_TYPE_HARD)
        return lq_walk_refuse(walk, name, "a link to elsewhere", err);
    const hid_t object = H5Oopen(id, name, H5P_DEFAULT);
    if (object < 0) return refuse_damage(walk, name, err);
    const lq_status st = visit(walk, group, name, object, err);
    H5Oclose(object);
    return st;
}

static lq_status visit_links(lq_walk *walk, const char *group, hid_t id, lq_walk_visit visit,
                             lq_error *err)
{
    H5G_info_t info;
    if (H5Gget_info(id, &info) < 0) return refuse_damage(walk, group, err);
    for (hsize_t i = 0; i < info.nlinks; i++) {
        char name[LQ_WALK_NAME_CHARS];
        const ssize_t len = H5Lget_name_by_idx(id, ".", H5_INDEX_CRT_ORDER, H5_ITER_INC, i,
                                               name, sizeof name, H5P_DEFAULT);
        if (len < 0) return refuse_damage(walk, group, err);
        if ((size_t)len >= sizeof name || ++walk->n_links > LQ_WALK_MAX_LINKS)
            return lq_walk_refuse(walk, group, "too many or too long names", err);
        LQ_TRY(visit_link(walk, group, id, name, visit, err));
    }
    return LQ_OK;
}

lq_status lq_walk_group(lq_walk *walk, const char *group, lq_walk_visit visit, lq_error *err)
{
    const hid_t id = H5Gopen2(walk->file, group, H5P_DEFAULT);
    if (id < 0) return refuse_damage(walk, group, err);
    const lq_status st = visit_links(walk, group, id, visit, err);
    H5Gclose(id);
    return st;
}

static bool is_known_filter(hid_t creation, unsigned i)
{
    unsigned flags = 0, values[8] = {0}, config = 0;
    size_t n_values = 8;
    const H5Z_filter_t filter =
        H5Pget_filter2(creation, i, &flags, &n_values, values, 0, NULL, &config);
    return filter == H5Z_FILTER_FLETCHER32 || filter == H5Z_FILTER_SHUFFLE ||
           filter == H5Z_FILTER_DEFLATE;
}

lq_status lq_walk_check_storage(const lq_walk *walk, const char *name, hid_t dataset,
                                lq_error *err)
{
    const hid_t creation = H5Dget_create_plist(dataset);
    if (creation < 0) return refuse_damage(walk, name, err);
    const H5D_layout_t layout = H5Pget_layout(creation);
    const int n_filters = H5Pget_nfilters(creation);
    bool plain = H5Pget_external_count(creation) == 0 && n_filters >= 0 &&
                 (layout == H5D_CONTIGUOUS || layout == H5D_COMPACT || layout == H5D_CHUNKED);
    for (int i = 0; i < n_filters && plain; i++)
        plain = is_known_filter(creation, (unsigned)i);
    H5Pclose(creation);
    return plain ? LQ_OK
                 : lq_walk_refuse(walk, name, "storage elsewhere, or an unknown filter", err);
}

static bool read_cell(hid_t type, lq_cell *cell)
{
    const H5T_class_t kind = H5Tget_class(type);
    if (kind == H5T_STRING && H5Tis_variable_str(type) > 0)
        *cell = LQ_CELL_TEXT;
    else if (kind == H5T_FLOAT && H5Tget_size(type) == sizeof(double))
        *cell = LQ_CELL_F64;
    else if (kind == H5T_INTEGER && H5Tget_size(type) == sizeof(int64_t))
        *cell = LQ_CELL_I64;
    else
        return false;
    return true;
}

static bool read_extent(hid_t space, shape *out)
{
    const int rank = H5Sget_simple_extent_ndims(space);
    if (rank < 0 || rank > LQ_FRAME_MAX_DIMS) return false;
    out->n_dims = (size_t)rank;
    out->n_cells = 1;
    if (rank && H5Sget_simple_extent_dims(space, out->lens, NULL) < 0) return false;
    for (int i = 0; i < rank; i++) {
        if (out->lens[i] && out->n_cells > LQ_WALK_MAX_CELLS / out->lens[i]) return false;
        out->n_cells *= (size_t)out->lens[i];
    }
    return true;
}

/* A dimension without values is a big-endian float of four bytes that is never read. */
static lq_status read_shape(lq_walk *walk, const char *name, hid_t dataset, bool has_values,
                            shape *out, lq_error *err)
{
    LQ_TRY(lq_walk_check_storage(walk, name, dataset, err));
    const hid_t type = H5Dget_type(dataset), space = H5Dget_space(dataset);
    bool known = type >= 0 && space >= 0 && H5Sget_simple_extent_type(space) != H5S_NULL;
    if (known && has_values) known = read_cell(type, &out->cell) && read_extent(space, out);
    if (known && !has_values)
        known = H5Sget_simple_extent_ndims(space) == 1 &&
                H5Sget_simple_extent_dims(space, out->lens, NULL) == 1;
    lq_h5_close_space(space);
    lq_h5_close_type(type);
    if (!known) return lq_walk_refuse(walk, name, "an array of another kind", err);
    if (!has_values) return LQ_OK;
    if (walk->n_cells + out->n_cells > LQ_WALK_MAX_CELLS)
        return lq_walk_refuse(walk, name, "more values than a result has", err);
    walk->n_cells += out->n_cells;
    return LQ_OK;
}

static void *text_memory(size_t size, void *arena)
{
    return lq_arena_calloc(arena, size, 1);
}

static void keep_memory(void *memory, void *arena)
{
    (void)memory;
    (void)arena;
}

static herr_t read_texts(hid_t dataset, lq_arena *arena, const char **out, size_t n)
{
    const hid_t type = lq_h5_text_type(), transfer = H5Pcreate(H5P_DATASET_XFER);
    herr_t rc = -1;
    if (type >= 0 && transfer >= 0 &&
        H5Pset_vlen_mem_manager(transfer, text_memory, arena, keep_memory, arena) >= 0)
        rc = H5Dread(dataset, type, H5S_ALL, H5S_ALL, transfer, out);
    for (size_t i = 0; i < n; i++)
        if (!out[i]) out[i] = "";
    lq_h5_close_plist(transfer);
    lq_h5_close_type(type);
    return rc;
}

static herr_t read_cells(lq_walk *walk, hid_t dataset, const shape *s, void *out)
{
    if (s->n_cells == 0) return 0;
    if (s->cell == LQ_CELL_TEXT)
        return read_texts(dataset, lq_frame_arena(walk->frame), out, s->n_cells);
    const hid_t type = s->cell == LQ_CELL_F64 ? H5T_NATIVE_DOUBLE : H5T_NATIVE_INT64;
    return H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, out);
}

bool lq_walk_is_scale(const lq_walk *walk, hid_t object)
{
    if (H5Iget_type(object) != H5I_DATASET) return false;
    const char *kind = lq_h5_get_text(object, "CLASS", lq_frame_arena(walk->frame));
    return kind && strcmp(kind, "DIMENSION_SCALE") == 0;
}

static lq_status add_scale(lq_walk *walk, const lq_dimension *d, hid_t object, lq_error *err)
{
    lq_walk_scale *scale = lq_arena_calloc(lq_frame_arena(walk->frame), 1, sizeof *scale);
    if (!scale || !d) return LQ_FAIL(err, LQ_ENOMEM, .file = walk->path);
    scale->dimension = d;
    scale->next = walk->scales;
    walk->scales = scale;
    if (H5Rcreate(&scale->self, object, ".", H5R_OBJECT, -1) < 0)
        return refuse_damage(walk, d->name, err);
    return LQ_OK;
}

lq_status lq_walk_dimension(lq_walk *walk, const char *group, const char *name, hid_t object,
                            lq_error *err)
{
    (void)group;
    lq_arena *arena = lq_frame_arena(walk->frame);
    static const char no_values[] = "This is a netCDF dimension but not a netCDF variable.";
    shape s = {0};
    if (!lq_walk_is_scale(walk, object)) return LQ_OK;
    const char *label = lq_h5_get_text(object, "NAME", arena);
    const bool has_values = !label || strncmp(label, no_values, sizeof no_values - 1) != 0;
    LQ_TRY(read_shape(walk, name, object, has_values, &s, err));
    if (has_values && s.n_dims != 1)
        return lq_walk_refuse(walk, name, "a dimension that is not a list", err);
    lq_dimension d = {.name = name, .len = (size_t)s.lens[0], .cell = s.cell};
    d.units = lq_h5_get_text(object, "units", arena);
    d.long_name = lq_h5_get_text(object, "long_name", arena);
    if (!d.units || !d.long_name) return lq_walk_refuse(walk, name, "no units", err);
    if (has_values) {
        void *values = lq_arena_calloc(arena, s.n_cells + 1, sizeof(double));
        if (!values) return LQ_FAIL(err, LQ_ENOMEM, .file = walk->path);
        if (read_cells(walk, object, &s, values) < 0) return refuse_damage(walk, name, err);
        d.values.f64 = values;
    }
    return add_scale(walk, lq_frame_dimension(walk->frame, &d), object, err);
}

static const lq_dimension *find_scale(const lq_walk *walk, const hvl_t *list, hsize_t len)
{
    if (list->len != 1) return NULL;
    const hobj_ref_t self = *(const hobj_ref_t *)list->p;
    for (const lq_walk_scale *scale = walk->scales; scale; scale = scale->next)
        if (scale->self == self && scale->dimension->len == len) return scale->dimension;
    return NULL;
}

static bool is_list_of_references(hid_t attribute, hid_t space, hsize_t n)
{
    const hid_t type = H5Aget_type(attribute);
    const hid_t base = type >= 0 && H5Tget_class(type) == H5T_VLEN ? H5Tget_super(type) : -1;
    const bool fits = base >= 0 && H5Tequal(base, H5T_STD_REF_OBJ) > 0 &&
                      H5Sget_simple_extent_npoints(space) == (hssize_t)n;
    lq_h5_close_type(base);
    lq_h5_close_type(type);
    return fits;
}

static bool read_dimensions(const lq_walk *walk, hid_t dataset, const shape *s, lq_variable *v)
{
    hvl_t lists[LQ_FRAME_MAX_DIMS] = {{0}};
    if (s->n_dims == 0) return true;
    const hid_t attribute = H5Aexists(dataset, "DIMENSION_LIST") > 0
                                ? H5Aopen(dataset, "DIMENSION_LIST", H5P_DEFAULT)
                                : H5I_INVALID_HID;
    if (attribute < 0) return false;
    const hid_t type = H5Tvlen_create(H5T_STD_REF_OBJ), space = H5Aget_space(attribute);
    bool found = space >= 0 && type >= 0 &&
                 is_list_of_references(attribute, space, s->n_dims) &&
                 H5Aread(attribute, type, lists) >= 0;
    for (size_t i = 0; i < s->n_dims && found; i++) {
        v->dims[i] = find_scale(walk, &lists[i], s->lens[i]);
        found = v->dims[i] != NULL;
    }
    if (type >= 0 && space >= 0) H5Dvlen_reclaim(type, space, H5P_DEFAULT, lists);
    lq_h5_close_space(space);
    lq_h5_close_type(type);
    H5Aclose(attribute);
    return found;
}

lq_status lq_walk_variable(lq_walk *walk, const char *group, const char *name, hid_t object,
                           lq_error *err)
{
    lq_arena *arena = lq_frame_arena(walk->frame);
    shape s = {0};
    LQ_TRY(read_shape(walk, name, object, true, &s, err));
    lq_variable like = {.group = group, .name = name, .cell = s.cell, .n_dims = s.n_dims};
    like.units = lq_h5_get_text(object, "units", arena);
    like.long_name = lq_h5_get_text(object, "long_name", arena);
    if (!like.units || !like.long_name) return lq_walk_refuse(walk, name, "no units", err);
    if (!read_dimensions(walk, object, &s, &like))
        return lq_walk_refuse(walk, name, "no dimensions", err);
    lq_variable *v = lq_frame_variable(walk->frame, &like);
    if (!v) return LQ_FAIL(err, LQ_ENOMEM, .file = walk->path);
    if (read_cells(walk, object, &s, v->data.f64) < 0) return refuse_damage(walk, name, err);
    return LQ_OK;
}
