#include "store/wire.h"

#include <string.h>

enum { MAX_LIST = 1 << 20 };

typedef struct writer {
    lq_wire_sink sink;
    void *data;
    bool ok;
} writer;

static void put_bytes(writer *w, const void *bytes, size_t n)
{
    w->ok = w->ok && w->sink(bytes, n, w->data);
}

static void put_u64(writer *w, uint64_t value)
{
    put_bytes(w, &value, sizeof value);
}

static void put_text(writer *w, const char *text)
{
    const size_t len = strlen(text ? text : "");
    put_u64(w, len);
    put_bytes(w, text ? text : "", len);
}

static void put_cells(writer *w, lq_cell cell, const void *cells, size_t n)
{
    if (cell != LQ_CELL_TEXT) {
        put_bytes(w, cells, n * sizeof(double));
        return;
    }
    for (size_t i = 0; i < n; i++)
        put_text(w, ((const char *const *)cells)[i]);
}

static void put_dimension(writer *w, const lq_dimension *d)
{
    put_text(w, d->name);
    put_text(w, d->units);
    put_text(w, d->long_name);
    put_u64(w, d->len);
    put_u64(w, d->cell);
    put_u64(w, d->values.f64 != NULL);
    if (d->values.f64) put_cells(w, d->cell, d->values.f64, d->len);
}

static void put_variable(writer *w, const lq_variable *v)
{
    put_text(w, v->group);
    put_text(w, v->name);
    put_text(w, v->units);
    put_text(w, v->long_name);
    put_u64(w, v->cell);
    put_u64(w, v->n_dims);
    for (size_t i = 0; i < v->n_dims; i++)
        put_text(w, v->dims[i]->name);
    put_cells(w, v->cell, v->data.f64, lq_variable_len(v));
}

bool lq_wire_write(const lq_frame *frame, lq_wire_sink sink, void *data)
{
    writer w = {.sink = sink, .data = data, .ok = true};
    put_u64(&w, lq_frame_n_dimensions(frame));
    for (size_t i = 0; i < lq_frame_n_dimensions(frame); i++)
        put_dimension(&w, lq_frame_nth_dimension(frame, i));
    put_u64(&w, lq_frame_n_variables(frame));
    for (size_t i = 0; i < lq_frame_n_variables(frame); i++)
        put_variable(&w, lq_frame_nth_variable(frame, i));
    return w.ok;
}

typedef struct reader {
    const unsigned char *at;
    size_t left;
    lq_frame *frame;
    bool ok;
} reader;

static const void *get_bytes(reader *r, size_t n)
{
    r->ok = r->ok && n <= r->left;
    if (!r->ok) return NULL;
    const void *bytes = r->at;
    r->at += n;
    r->left -= n;
    return bytes;
}

static uint64_t get_u64(reader *r)
{
    uint64_t value = 0;
    const void *bytes = get_bytes(r, sizeof value);
    if (bytes) memcpy(&value, bytes, sizeof value);
    return value;
}

/* Below limit, or the reading fails. */
static size_t get_count(reader *r, size_t limit)
{
    const uint64_t n = get_u64(r);
    r->ok = r->ok && n < limit;
    return r->ok ? (size_t)n : 0;
}

static const char *get_text(reader *r)
{
    const size_t len = get_count(r, r->left + 1);
    const char *bytes = get_bytes(r, len);
    const char *text = bytes ? lq_arena_strndup(lq_frame_arena(r->frame), bytes, len) : NULL;
    r->ok = r->ok && text;
    return text ? text : "";
}

/* Every cell takes eight bytes at least, so n is bounded before anything is allocated. */
static bool get_cells(reader *r, lq_cell cell, void *out, size_t n)
{
    if (n > r->left / 8) r->ok = false;
    if (!r->ok) return false;
    if (cell != LQ_CELL_TEXT) {
        const void *bytes = get_bytes(r, n * sizeof(double));
        if (bytes && n) memcpy(out, bytes, n * sizeof(double));
        return r->ok;
    }
    for (size_t i = 0; i < n && r->ok; i++)
        ((const char **)out)[i] = get_text(r);
    return r->ok;
}

static void get_dimension(reader *r)
{
    lq_dimension d = {.name = get_text(r)};
    d.units = get_text(r);
    d.long_name = get_text(r);
    d.len = (size_t)get_u64(r);
    d.cell = (lq_cell)get_count(r, LQ_CELL_TEXT + 1);
    const size_t has_values = get_count(r, 2);
    if (has_values && r->ok && d.len <= r->left / 8) {
        void *values = lq_arena_calloc(lq_frame_arena(r->frame), d.len + 1, sizeof(double));
        r->ok = values && get_cells(r, d.cell, values, d.len);
        d.values.f64 = values;
    } else if (has_values) {
        r->ok = false;
    }
    if (r->ok) r->ok = lq_frame_dimension(r->frame, &d) != NULL;
}

static bool fits(const reader *r, const lq_variable *v)
{
    size_t n = 1;
    for (size_t i = 0; i < v->n_dims; i++) {
        if (!v->dims[i]) return false;
        if (v->dims[i]->len && n > r->left / v->dims[i]->len) return false;
        n *= v->dims[i]->len;
    }
    return n <= r->left / 8;
}

static void get_variable(reader *r)
{
    lq_variable like = {.group = get_text(r)};
    like.name = get_text(r);
    like.units = get_text(r);
    like.long_name = get_text(r);
    like.cell = (lq_cell)get_count(r, LQ_CELL_TEXT + 1);
    like.n_dims = get_count(r, LQ_FRAME_MAX_DIMS + 1);
    for (size_t i = 0; i < like.n_dims; i++)
        like.dims[i] = lq_frame_find_dimension(r->frame, get_text(r));
    r->ok = r->ok && fits(r, &like);
    if (!r->ok) return;
    lq_variable *v = lq_frame_variable(r->frame, &like);
    r->ok = v && get_cells(r, v->cell, v->data.f64, lq_variable_len(v));
}

bool lq_wire_read(const void *bytes, size_t n, lq_frame *frame)
{
    reader r = {.at = bytes, .left = n, .frame = frame, .ok = true};
    const size_t n_dimensions = get_count(&r, MAX_LIST);
    for (size_t i = 0; i < n_dimensions && r.ok; i++)
        get_dimension(&r);
    const size_t n_variables = get_count(&r, MAX_LIST);
    for (size_t i = 0; i < n_variables && r.ok; i++)
        get_variable(&r);
    return r.ok && r.left == 0;
}
