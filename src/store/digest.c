#include "store/digest.h"

#include "base/alloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void digest_u64(struct sha256_ctx *sha, uint64_t value)
{
    uint8_t bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (uint8_t)(value >> (8 * i));
    sha256_update(sha, sizeof bytes, bytes);
}

static void digest_text(struct sha256_ctx *sha, const char *text)
{
    const size_t len = text ? strlen(text) : 0;
    digest_u64(sha, len);
    if (len) sha256_update(sha, len, (const uint8_t *)text);
}

/* A compiler may choose the sign of a NaN; the hash may not depend on it. */
void lq_digest_doubles(struct sha256_ctx *sha, const double *values, size_t n)
{
    enum { BATCH = 512 };
    uint8_t bytes[8 * BATCH];
    size_t filled = 0;
    for (size_t i = 0; i < n; i++) {
        uint64_t bits = UINT64_C(0x7ff8000000000000);
        if (values[i] == values[i]) memcpy(&bits, &values[i], sizeof bits);
        for (int b = 0; b < 8; b++)
            bytes[filled++] = (uint8_t)(bits >> (8 * b));
        if (filled < sizeof bytes && i + 1 < n) continue;
        sha256_update(sha, filled, bytes);
        filled = 0;
    }
}

static void digest_hex(struct sha256_ctx *sha, char hash[LQ_STORE_HASH_CHARS])
{
    uint8_t bytes[SHA256_DIGEST_SIZE];
    sha256_digest(sha, sizeof bytes, bytes);
    for (size_t i = 0; i < sizeof bytes; i++)
        snprintf(hash + 2 * i, 3, "%02x", bytes[i]);
}

static void digest_cells(struct sha256_ctx *sha, lq_cell cell, const void *data, size_t n)
{
    if (cell == LQ_CELL_F64) {
        lq_digest_doubles(sha, data, n);
    } else if (cell == LQ_CELL_I64) {
        for (size_t i = 0; i < n; i++)
            digest_u64(sha, (uint64_t)((const int64_t *)data)[i]);
    } else {
        for (size_t i = 0; i < n; i++)
            digest_text(sha, ((const char *const *)data)[i]);
    }
}

static void digest_dimension(struct sha256_ctx *sha, const lq_dimension *d)
{
    digest_text(sha, d->name);
    digest_text(sha, d->units);
    digest_text(sha, d->long_name);
    digest_u64(sha, d->len);
    digest_u64(sha, d->values.f64 ? 1 + (uint64_t)d->cell : 0);
    if (d->values.f64) digest_cells(sha, d->cell, d->values.f64, d->len);
}

static void digest_variable(struct sha256_ctx *sha, const lq_variable *v)
{
    digest_text(sha, v->group);
    digest_text(sha, v->name);
    digest_text(sha, v->units);
    digest_text(sha, v->long_name);
    digest_u64(sha, (uint64_t)v->cell);
    digest_u64(sha, v->n_dims);
    for (size_t i = 0; i < v->n_dims; i++)
        digest_dimension(sha, v->dims[i]);
    digest_cells(sha, v->cell, v->data.f64, lq_variable_len(v));
}

bool lq_digest_is_own(const lq_variable *v)
{
    static const struct {
        const char *group, *name;
    } own[] = {{"/manifest", "complete"},
               {"/manifest", "samples_sha256"},
               {"/manifest", "content_sha256"},
               {"/manifest/run", "run_sha256"}};
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        if (strcmp(v->group, own[i].group) == 0 && strcmp(v->name, own[i].name) == 0)
            return true;
    return false;
}

static bool is_volatile(const lq_variable *v)
{
    static const char run[] = "/manifest/run";
    const size_t len = sizeof run - 1;
    return strncmp(v->group, run, len) == 0 && (v->group[len] == '\0' || v->group[len] == '/');
}

static int by_group_and_name(const void *a, const void *b)
{
    const lq_variable *const *va = a, *const *vb = b;
    const int groups = strcmp((*va)->group, (*vb)->group);
    return groups ? groups : strcmp((*va)->name, (*vb)->name);
}

static lq_status digest_variables(struct sha256_ctx *sha, const lq_frame *frame,
                                  bool of_volatile, lq_error *err)
{
    const size_t n = lq_frame_n_variables(frame);
    const lq_variable **sorted = lq_calloc(n ? n : 1, sizeof *sorted);
    if (!sorted) return LQ_FAIL(err, LQ_ENOMEM, .key = "content hash");
    size_t n_kept = 0;
    for (size_t i = 0; i < n; i++) {
        const lq_variable *v = lq_frame_nth_variable(frame, i);
        if (!lq_digest_is_own(v) && is_volatile(v) == of_volatile) sorted[n_kept++] = v;
    }
    qsort(sorted, n_kept, sizeof *sorted, by_group_and_name);
    for (size_t i = 0; i < n_kept; i++)
        digest_variable(sha, sorted[i]);
    lq_free(sorted);
    return LQ_OK;
}

lq_status lq_digest_frame(const lq_frame *frame, char hash[LQ_STORE_HASH_CHARS], lq_error *err)
{
    struct sha256_ctx sha;
    sha256_init(&sha);
    LQ_TRY(digest_variables(&sha, frame, false, err));
    digest_hex(&sha, hash);
    return LQ_OK;
}

lq_status lq_digest_run(const lq_frame *frame, char hash[LQ_STORE_HASH_CHARS], lq_error *err)
{
    struct sha256_ctx sha;
    sha256_init(&sha);
    LQ_TRY(digest_variables(&sha, frame, true, err));
    for (size_t i = 0; i < lq_frame_n_dimensions(frame); i++)
        if (strcmp(lq_frame_nth_dimension(frame, i)->name, "sample") != 0)
            digest_dimension(&sha, lq_frame_nth_dimension(frame, i));
    digest_hex(&sha, hash);
    return LQ_OK;
}

void lq_digest_content(const char *frame_hash, bool complete, const char *samples_hash,
                       char hash[LQ_STORE_HASH_CHARS])
{
    char text[3 * LQ_STORE_HASH_CHARS];
    const int len = snprintf(text, sizeof text, "liquidus-content/1\n%s\n%d\n%s\n", frame_hash,
                             complete, samples_hash);
    struct sha256_ctx sha;
    sha256_init(&sha);
    sha256_update(&sha, (size_t)len, (const uint8_t *)text);
    digest_hex(&sha, hash);
}

void lq_digest_slab(const double *cells, size_t n_rows, uint8_t hash[SHA256_DIGEST_SIZE])
{
    struct sha256_ctx sha;
    sha256_init(&sha);
    lq_digest_doubles(&sha, cells, n_rows);
    sha256_digest(&sha, SHA256_DIGEST_SIZE, hash);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const lq_digest_column *)a)->name, ((const lq_digest_column *)b)->name);
}

void lq_digest_columns(lq_digest_column *columns, size_t n_columns, uint64_t n_rows,
                       char hash[LQ_STORE_HASH_CHARS])
{
    struct sha256_ctx sha;
    sha256_init(&sha);
    qsort(columns, n_columns, sizeof *columns, by_name);
    digest_u64(&sha, n_rows);
    for (size_t i = 0; i < n_columns; i++) {
        digest_text(&sha, columns[i].name);
        digest_text(&sha, columns[i].units);
        digest_text(&sha, columns[i].long_name);
        sha256_update(&sha, sizeof columns[i].hash, columns[i].hash);
    }
    digest_hex(&sha, hash);
}
