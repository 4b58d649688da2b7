#include "store/sample_reader.h"

#include "store/digest.h"
#include "store/h5.h"

typedef struct column_list {
    lq_digest_column *columns;
    size_t n_columns, cap;
    uint64_t n_rows;
    double *cells; /* [LQ_STORE_CHUNK_ROWS] */
} column_list;

static herr_t read_slab(hid_t dataset, hid_t space, hsize_t row, hsize_t n, double *cells)
{
    const hid_t memory = H5Screate_simple(1, &n, NULL);
    herr_t rc = memory < 0 ? -1 : 0;
    if (rc >= 0) rc = H5Sselect_hyperslab(space, H5S_SELECT_SET, &row, NULL, &n, NULL);
    if (rc >= 0) rc = H5Dread(dataset, H5T_NATIVE_DOUBLE, memory, space, H5P_DEFAULT, cells);
    lq_h5_close_space(memory);
    return rc;
}

static herr_t digest_rows(hid_t dataset, const column_list *list, lq_digest_column *column)
{
    const hid_t space = H5Dget_space(dataset);
    struct sha256_ctx sha;
    sha256_init(&sha);
    herr_t rc =
        space < 0 || H5Sget_simple_extent_npoints(space) != (hssize_t)list->n_rows ? -1 : 0;
    for (hsize_t row = 0; row < list->n_rows && rc >= 0; row += LQ_STORE_CHUNK_ROWS) {
        const hsize_t left = list->n_rows - row;
        const hsize_t n = left < LQ_STORE_CHUNK_ROWS ? left : LQ_STORE_CHUNK_ROWS;
        uint8_t hash[SHA256_DIGEST_SIZE];
        rc = read_slab(dataset, space, row, n, list->cells);
        lq_digest_slab(list->cells, (size_t)n, hash);
        sha256_update(&sha, sizeof hash, hash);
    }
    lq_h5_close_space(space);
    sha256_digest(&sha, sizeof column->hash, column->hash);
    return rc;
}

static lq_digest_column *next_column(lq_walk *walk, column_list *list)
{
    lq_arena *arena = lq_frame_arena(walk->frame);
    if (list->n_columns == list->cap) {
        const size_t cap = list->cap ? 2 * list->cap : 32;
        lq_digest_column *columns = lq_arena_calloc(arena, cap, sizeof *columns);
        if (!columns) return NULL;
        for (size_t i = 0; i < list->n_columns; i++)
            columns[i] = list->columns[i];
        list->columns = columns;
        list->cap = cap;
    }
    return &list->columns[list->n_columns++];
}

static lq_status visit_column(lq_walk *walk, const char *group, const char *name, hid_t object,
                              lq_error *err)
{
    (void)group;
    lq_arena *arena = lq_frame_arena(walk->frame);
    column_list *list = walk->data;
    if (H5Iget_type(object) != H5I_DATASET)
        return lq_walk_refuse(walk, name, "a column that is no array", err);
    LQ_TRY(lq_walk_check_storage(walk, name, object, err));
    lq_digest_column *column = next_column(walk, list);
    if (!column) return LQ_FAIL(err, LQ_ENOMEM, .file = walk->path);
    column->name = lq_arena_strdup(arena, name);
    column->units = lq_h5_get_text(object, "units", arena);
    column->long_name = lq_h5_get_text(object, "long_name", arena);
    if (!column->name || !column->units || !column->long_name)
        return lq_walk_refuse(walk, name, "no units", err);
    if (digest_rows(object, list, column) < 0)
        return lq_walk_refuse(walk, name, "samples that cannot be read", err);
    return LQ_OK;
}

lq_status lq_sample_reader_hash(lq_walk *walk, char hash[LQ_STORE_HASH_CHARS], lq_error *err)
{
    const lq_dimension *rows = lq_frame_find_dimension(walk->frame, "sample");
    if (!rows) return lq_walk_refuse(walk, "/samples", "no dimension `sample`", err);
    column_list list = {.n_rows = rows->len};
    list.cells =
        lq_arena_calloc(lq_frame_arena(walk->frame), LQ_STORE_CHUNK_ROWS, sizeof(double));
    if (!list.cells) return LQ_FAIL(err, LQ_ENOMEM, .file = walk->path);
    walk->data = &list;
    LQ_TRY(lq_walk_group(walk, "/samples", visit_column, err));
    lq_digest_columns(list.columns, list.n_columns, list.n_rows, hash);
    return LQ_OK;
}
