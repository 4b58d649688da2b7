#include "store/samples.h"

#include "base/alloc.h"
#include "store/digest.h"
#include "store/h5.h"

#include <assert.h>
#include <math.h>
#include <string.h>

typedef struct slab {
    struct slab *next;
    uint64_t index; /* rows [index * chunk_rows, ...) */
    size_t filled;
    double *cells; /* [n_columns][chunk_rows] */
} slab;

typedef struct column {
    hid_t dataset;
    struct sha256_ctx sha;
    const char *name, *units, *long_name;
} column;

struct lq_samples {
    const char *file;
    lq_arena *arena;
    column *columns;
    size_t n_columns, chunk_rows;
    uint64_t n_rows, next_index; /* slabs before next_index are in the file */
    slab *waiting, *spare;
    bool failed;
    lq_error failure;
};

static uint64_t n_slabs(const lq_samples *s)
{
    return s->n_rows ? (s->n_rows - 1) / s->chunk_rows + 1 : 0;
}

static size_t rows_in(const lq_samples *s, uint64_t index)
{
    const uint64_t left = s->n_rows - index * s->chunk_rows;
    return left < s->chunk_rows ? (size_t)left : s->chunk_rows;
}

/* fletcher32: a damaged chunk is an error and not a wrong number. */
static hid_t chunk_creation(const lq_samples *s, bool compress)
{
    const hid_t list = lq_h5_dataset_creation();
    const hsize_t chunk = s->chunk_rows;
    const double missing = (double)NAN;
    if (list < 0) return list;
    if (H5Pset_fill_value(list, H5T_NATIVE_DOUBLE, &missing) >= 0 &&
        H5Pset_chunk(list, 1, &chunk) >= 0 && (!compress || H5Pset_shuffle(list) >= 0) &&
        (!compress || H5Pset_deflate(list, 1) >= 0) && H5Pset_fletcher32(list) >= 0)
        return list;
    H5Pclose(list);
    return H5I_INVALID_HID;
}

/* Whole chunks are written once: a cache would only put off the news of a full disk. */
static hid_t no_cache(void)
{
    const hid_t list = H5Pcreate(H5P_DATASET_ACCESS);
    if (list >= 0) H5Pset_chunk_cache(list, H5D_CHUNK_CACHE_NSLOTS_DEFAULT, 0, 1.0);
    return list;
}

static lq_status create_datasets(lq_samples *s, const lq_samples_spec *spec, lq_error *err)
{
    lq_layout_array array = {.group = "/samples",
                             .type = H5T_IEEE_F64LE,
                             .n_dims = 1,
                             .lens = {s->n_rows},
                             .scales = {lq_layout_find(spec->layout, "sample")}};
    array.access = no_cache();
    array.creation = s->n_rows ? chunk_creation(s, spec->compress) : lq_h5_dataset_creation();
    lq_status st = LQ_OK;
    for (size_t i = 0; i < s->n_columns && st == LQ_OK; i++) {
        column *c = &s->columns[i];
        array.name = c->name;
        array.units = c->units;
        array.long_name = c->long_name;
        c->dataset = lq_layout_create(spec->layout, &array);
        if (c->dataset < 0)
            st = lq_h5_fail(s->file, c->name, "a file that can be written", err);
    }
    lq_h5_close_plist(array.creation);
    lq_h5_close_plist(array.access);
    return st;
}

static void copy_columns(lq_samples *s, const lq_samples_spec *spec)
{
    for (size_t i = 0; i < s->n_columns; i++) {
        column *c = &s->columns[i];
        c->dataset = H5I_INVALID_HID;
        sha256_init(&c->sha);
        c->name = lq_arena_strdup(s->arena, spec->columns[i].name);
        c->units = lq_arena_strdup(s->arena, spec->columns[i].units);
        c->long_name = lq_arena_strdup(s->arena, spec->columns[i].long_name);
    }
}

static lq_samples *allocate(const lq_samples_spec *spec)
{
    lq_samples *s = lq_calloc(1, sizeof *s);
    if (!s) return NULL;
    s->arena = lq_arena_create();
    if (s->arena)
        s->columns = lq_arena_calloc(s->arena, spec->n_columns + 1, sizeof *s->columns);
    if (!s->columns) return s;
    s->n_columns = spec->n_columns;
    s->n_rows = spec->n_rows;
    s->chunk_rows =
        spec->n_rows < LQ_STORE_CHUNK_ROWS ? (size_t)spec->n_rows : LQ_STORE_CHUNK_ROWS;
    s->file = lq_arena_strdup(s->arena, spec->file);
    copy_columns(s, spec);
    return s;
}

lq_status lq_samples_create(const lq_samples_spec *spec, lq_samples **out, lq_error *err)
{
    const lq_dimension rows = {.name = "sample",
                               .units = "1",
                               .long_name = "simulated path, by number from 0",
                               .len = (size_t)spec->n_rows};
    lq_status st = LQ_OK;
    *out = NULL;
    lq_samples *s = allocate(spec);
    if (!s || !s->columns || lq_arena_failed(s->arena)) {
        st = LQ_FAIL(err, LQ_ENOMEM, .file = spec->file, .key = "samples");
        goto out;
    }
    if (!lq_layout_find(spec->layout, rows.name) &&
        lq_layout_put_dimension(spec->layout, &rows) < 0) {
        st = lq_layout_fail(spec->layout, s->file, "samples", err);
        goto out;
    }
    st = create_datasets(s, spec, err);
    if (st != LQ_OK) goto out;
    *out = s;
    s = NULL;
out:
    if (s) s->failed = st == LQ_EIO; /* then its datasets are left with the file */
    lq_samples_destroy(s);
    return st;
}

static void free_slabs(slab *first)
{
    while (first) {
        slab *next = first->next;
        lq_free(first->cells);
        lq_free(first);
        first = next;
    }
}

static slab *new_slab(lq_samples *s)
{
    slab *b = s->spare;
    if (b) {
        s->spare = b->next;
        return b;
    }
    b = lq_calloc(1, sizeof *b);
    if (b) b->cells = lq_calloc(s->n_columns * s->chunk_rows, sizeof *b->cells);
    if (b && b->cells) return b;
    lq_free(b);
    return NULL;
}

static slab *find_slab(lq_samples *s, uint64_t index)
{
    for (slab *b = s->waiting; b; b = b->next)
        if (b->index == index) return b;
    slab *b = new_slab(s);
    if (!b) return NULL;
    for (size_t i = 0; i < s->n_columns * s->chunk_rows; i++)
        b->cells[i] = (double)NAN;
    b->index = index;
    b->filled = 0;
    b->next = s->waiting;
    s->waiting = b;
    return b;
}

static herr_t write_column(const column *c, hsize_t start, hsize_t count, const double *cells)
{
    const hid_t file_space = H5Dget_space(c->dataset);
    const hid_t memory_space = H5Screate_simple(1, &count, NULL);
    herr_t rc = -1;
    if (file_space >= 0 && memory_space >= 0 &&
        H5Sselect_hyperslab(file_space, H5S_SELECT_SET, &start, NULL, &count, NULL) >= 0)
        rc = H5Dwrite(c->dataset, H5T_NATIVE_DOUBLE, memory_space, file_space, H5P_DEFAULT,
                      cells);
    lq_h5_close_space(memory_space);
    lq_h5_close_space(file_space);
    return rc;
}

static lq_status fail_write(lq_samples *s, const char *key)
{
    s->failed = true;
    return lq_h5_fail(s->file, key, "a disk that takes the samples", &s->failure);
}

static lq_status write_slab(lq_samples *s, const slab *b)
{
    const size_t rows = rows_in(s, b->index);
    for (size_t i = 0; i < s->n_columns; i++) {
        const double *cells = b->cells + i * s->chunk_rows;
        if (write_column(&s->columns[i], b->index * s->chunk_rows, rows, cells) < 0)
            return fail_write(s, s->columns[i].name);
        uint8_t hash[SHA256_DIGEST_SIZE];
        lq_digest_slab(cells, rows, hash);
        sha256_update(&s->columns[i].sha, sizeof hash, hash);
    }
    return LQ_OK;
}

static slab *take_slab(lq_samples *s, uint64_t index)
{
    for (slab **link = &s->waiting; *link; link = &(*link)->next) {
        slab *b = *link;
        if (b->index != index) continue;
        *link = b->next;
        return b;
    }
    return NULL;
}

/* Writes the slabs that are full, as far as they follow one another. */
static lq_status write_full(lq_samples *s)
{
    const lq_h5_guard guard = lq_h5_enter();
    lq_status st = LQ_OK;
    while (st == LQ_OK && s->next_index < n_slabs(s)) {
        slab *b = take_slab(s, s->next_index);
        if (!b) break;
        const bool full = b->filled == rows_in(s, b->index);
        if (full) st = write_slab(s, b);
        b->next = full ? s->spare : s->waiting;
        if (full)
            s->spare = b;
        else
            s->waiting = b;
        if (!full) break;
        s->next_index++;
    }
    lq_h5_leave(&guard);
    return st;
}

static lq_status deliver(lq_samples *s, uint64_t row, size_t n_rows, size_t offset,
                         const double *const *columns)
{
    slab *b = NULL;
    lq_status st = LQ_OK;
    const size_t first = (size_t)(row % s->chunk_rows);
#pragma omp critical(lq_store_samples)
    {
        if (!s->failed) b = find_slab(s, row / s->chunk_rows);
        if (!b && !s->failed) {
            s->failed = true;
            LQ_FAIL(&s->failure, LQ_ENOMEM, .file = s->file, .key = "samples");
        }
    }
    if (!b) return s->failure.status;
    for (size_t i = 0; i < s->n_columns; i++)
        memcpy(b->cells + i * s->chunk_rows + first, columns[i] + offset,
               n_rows * sizeof(double));
#pragma omp critical(lq_store_samples)
    {
        b->filled += n_rows;
        assert(b->filled <= rows_in(s, b->index)); /* each row is delivered once */
        st = s->failed ? s->failure.status : write_full(s);
    }
    return st;
}

lq_status lq_samples_write(lq_samples *s, uint64_t row0, size_t n_rows,
                           const double *const *columns, lq_error *err)
{
    assert(row0 <= s->n_rows && n_rows <= s->n_rows - row0);
    lq_status st = LQ_OK;
    for (size_t done = 0; done < n_rows && st == LQ_OK;) {
        const uint64_t row = row0 + done;
        const size_t room = s->chunk_rows - (size_t)(row % s->chunk_rows);
        const size_t now = n_rows - done < room ? n_rows - done : room;
        st = deliver(s, row, now, done, columns);
        done += now;
    }
    if (st != LQ_OK && err) *err = s->failure;
    return st;
}

static void hash_missing(size_t rows, uint8_t hash[SHA256_DIGEST_SIZE])
{
    const double missing = (double)NAN;
    struct sha256_ctx sha;
    sha256_init(&sha);
    for (size_t r = 0; r < rows; r++)
        lq_digest_doubles(&sha, &missing, 1);
    sha256_digest(&sha, SHA256_DIGEST_SIZE, hash);
}

/* A slab that nobody began stays unwritten in the file, whose fill value is NaN too; all such
 * slabs but the last have the same hash. */
static lq_status flush_missing(lq_samples *s)
{
    uint8_t hash[SHA256_DIGEST_SIZE];
    size_t hashed_rows = 0;
    for (; s->next_index < n_slabs(s); s->next_index++) {
        slab *b = take_slab(s, s->next_index);
        const size_t rows = rows_in(s, s->next_index);
        if (b) {
            b->next = s->spare;
            s->spare = b;
            LQ_TRY(write_slab(s, b));
            continue;
        }
        if (rows != hashed_rows) hash_missing(rows, hash);
        hashed_rows = rows;
        for (size_t i = 0; i < s->n_columns; i++)
            sha256_update(&s->columns[i].sha, sizeof hash, hash);
    }
    return LQ_OK;
}

static lq_status digest_columns(lq_samples *s, char hash[LQ_STORE_HASH_CHARS])
{
    lq_digest_column *columns = lq_arena_calloc(s->arena, s->n_columns + 1, sizeof *columns);
    if (!columns) {
        s->failed = true;
        return LQ_FAIL(&s->failure, LQ_ENOMEM, .file = s->file, .key = "samples");
    }
    for (size_t i = 0; i < s->n_columns; i++) {
        column *c = &s->columns[i];
        columns[i] = (lq_digest_column){c->name, c->units, c->long_name, {0}};
        sha256_digest(&c->sha, sizeof columns[i].hash, columns[i].hash);
    }
    lq_digest_columns(columns, s->n_columns, s->n_rows, hash);
    return LQ_OK;
}

static lq_status close_datasets(lq_samples *s)
{
    lq_status st = LQ_OK;
    for (size_t i = 0; i < s->n_columns && st == LQ_OK; i++) {
        const hid_t dataset = s->columns[i].dataset;
        s->columns[i].dataset = H5I_INVALID_HID;
        if (H5Dclose(dataset) < 0) st = fail_write(s, s->columns[i].name);
    }
    return st;
}

lq_status lq_samples_finish(lq_samples *s, char hash[LQ_STORE_HASH_CHARS], lq_error *err)
{
    lq_status st = s->failed ? s->failure.status : flush_missing(s);
    if (st == LQ_OK) st = close_datasets(s);
    if (st == LQ_OK) st = digest_columns(s, hash);
    if (st != LQ_OK && err) *err = s->failure;
    return st;
}

bool lq_samples_failed(const lq_samples *s)
{
    return s->failed;
}

void lq_samples_destroy(lq_samples *s)
{
    if (!s) return;
    for (size_t i = 0; i < s->n_columns && !s->failed; i++)
        lq_h5_close_dataset(s->columns[i].dataset);
    free_slabs(s->waiting);
    free_slabs(s->spare);
    lq_arena_destroy(s->arena);
    lq_free(s);
}
