#include "base/frame.h"

#include "base/alloc.h"

#include <math.h>
#include <string.h>

/* Lists grow by links, so that pointers given out stay valid. */
typedef struct dimension_link {
    lq_dimension dimension;
    struct dimension_link *next;
} dimension_link;

typedef struct variable_link {
    lq_variable variable;
    struct variable_link *next;
} variable_link;

struct lq_frame {
    lq_arena *arena;
    dimension_link *first_dimension, *last_dimension;
    variable_link *first_variable, *last_variable;
    size_t n_dimensions, n_variables;
};

lq_frame *lq_frame_create(void)
{
    lq_frame *frame = lq_calloc(1, sizeof *frame);
    if (!frame) return NULL;
    frame->arena = lq_arena_create();
    if (frame->arena) return frame;
    lq_free(frame);
    return NULL;
}

void lq_frame_destroy(lq_frame *frame)
{
    if (!frame) return;
    lq_arena_destroy(frame->arena);
    lq_free(frame);
}

lq_arena *lq_frame_arena(lq_frame *frame)
{
    return frame->arena;
}

bool lq_frame_failed(const lq_frame *frame)
{
    return lq_arena_failed(frame->arena);
}

static size_t cell_size(lq_cell cell)
{
    switch (cell) {
    case LQ_CELL_F64:
        return sizeof(double);
    case LQ_CELL_I64:
        return sizeof(int64_t);
    default:
        return sizeof(const char *);
    }
}

static void *copy_values(lq_arena *arena, const lq_dimension *d)
{
    if (!d->values.f64) return NULL;
    void *out = lq_arena_calloc(arena, d->len, cell_size(d->cell));
    if (!out) return NULL;
    if (d->cell != LQ_CELL_TEXT) return memcpy(out, d->values.f64, d->len * cell_size(d->cell));
    const char **texts = out;
    for (size_t i = 0; i < d->len; i++)
        texts[i] = lq_arena_strdup(arena, d->values.text[i] ? d->values.text[i] : "");
    return out;
}

const lq_dimension *lq_frame_dimension(lq_frame *frame, const lq_dimension *dimension)
{
    dimension_link *link = lq_arena_calloc(frame->arena, 1, sizeof *link);
    if (!link) return NULL;
    lq_dimension *d = &link->dimension;
    *d = *dimension;
    d->name = lq_arena_strdup(frame->arena, dimension->name);
    d->units = lq_arena_strdup(frame->arena, dimension->units);
    d->long_name = lq_arena_strdup(frame->arena, dimension->long_name);
    d->values.f64 = copy_values(frame->arena, dimension);
    if (lq_frame_failed(frame)) return NULL;
    if (frame->last_dimension)
        frame->last_dimension->next = link;
    else
        frame->first_dimension = link;
    frame->last_dimension = link;
    frame->n_dimensions++;
    return d;
}

size_t lq_variable_len(const lq_variable *variable)
{
    size_t len = 1;
    for (size_t i = 0; i < variable->n_dims; i++)
        len *= variable->dims[i]->len;
    return len;
}

static void *new_data(lq_frame *frame, const lq_variable *v)
{
    const size_t len = lq_variable_len(v);
    void *data = lq_arena_calloc(frame->arena, len ? len : 1, cell_size(v->cell));
    if (data && v->cell == LQ_CELL_TEXT)
        for (size_t i = 0; i < len; i++)
            ((const char **)data)[i] = "";
    return data;
}

lq_variable *lq_frame_variable(lq_frame *frame, const lq_variable *like)
{
    if (lq_frame_failed(frame)) return NULL; /* a dimension of `like` may be missing */
    variable_link *link = lq_arena_calloc(frame->arena, 1, sizeof *link);
    if (!link) return NULL;
    lq_variable *v = &link->variable;
    *v = *like;
    v->group = lq_arena_strdup(frame->arena, like->group);
    v->name = lq_arena_strdup(frame->arena, like->name);
    v->units = lq_arena_strdup(frame->arena, like->units ? like->units : "");
    v->long_name = lq_arena_strdup(frame->arena, like->long_name ? like->long_name : "");
    v->data.f64 = new_data(frame, v);
    if (lq_frame_failed(frame)) return NULL;
    if (frame->last_variable)
        frame->last_variable->next = link;
    else
        frame->first_variable = link;
    frame->last_variable = link;
    frame->n_variables++;
    return v;
}

void lq_frame_put_f64(lq_frame *frame, const char *group, const char *name, const char *units,
                      const char *long_name, double value)
{
    lq_variable *v = lq_frame_variable(
        frame, &(lq_variable){group, name, units, long_name, LQ_CELL_F64, 0, {0}, {0}});
    if (v) v->data.f64[0] = value;
}

void lq_frame_put_i64(lq_frame *frame, const char *group, const char *name, const char *units,
                      const char *long_name, int64_t value)
{
    lq_variable *v = lq_frame_variable(
        frame, &(lq_variable){group, name, units, long_name, LQ_CELL_I64, 0, {0}, {0}});
    if (v) v->data.i64[0] = value;
}

void lq_frame_put_text(lq_frame *frame, const char *group, const char *name,
                       const char *long_name, const char *value)
{
    lq_variable *v = lq_frame_variable(
        frame, &(lq_variable){group, name, "", long_name, LQ_CELL_TEXT, 0, {0}, {0}});
    const char *copy = lq_arena_strdup(frame->arena, value ? value : "");
    if (v && copy) v->data.text[0] = copy;
}

const lq_dimension *lq_frame_find_dimension(const lq_frame *frame, const char *name)
{
    for (const dimension_link *l = frame->first_dimension; l; l = l->next)
        if (strcmp(l->dimension.name, name) == 0) return &l->dimension;
    return NULL;
}

const lq_variable *lq_frame_find(const lq_frame *frame, const char *group, const char *name)
{
    for (const variable_link *l = frame->first_variable; l; l = l->next)
        if (strcmp(l->variable.name, name) == 0 && strcmp(l->variable.group, group) == 0)
            return &l->variable;
    return NULL;
}

static const lq_variable *find_scalar(const lq_frame *frame, const char *group,
                                      const char *name, lq_cell cell)
{
    const lq_variable *v = lq_frame_find(frame, group, name);
    return v && v->cell == cell && v->n_dims == 0 ? v : NULL;
}

double lq_frame_f64(const lq_frame *frame, const char *group, const char *name)
{
    const lq_variable *v = find_scalar(frame, group, name, LQ_CELL_F64);
    return v ? v->data.f64[0] : (double)NAN;
}

int64_t lq_frame_i64(const lq_frame *frame, const char *group, const char *name,
                     int64_t fallback)
{
    const lq_variable *v = find_scalar(frame, group, name, LQ_CELL_I64);
    return v ? v->data.i64[0] : fallback;
}

const char *lq_frame_text(const lq_frame *frame, const char *group, const char *name)
{
    const lq_variable *v = find_scalar(frame, group, name, LQ_CELL_TEXT);
    return v ? v->data.text[0] : "";
}

size_t lq_frame_n_dimensions(const lq_frame *frame)
{
    return frame->n_dimensions;
}

size_t lq_frame_n_variables(const lq_frame *frame)
{
    return frame->n_variables;
}

const lq_dimension *lq_frame_nth_dimension(const lq_frame *frame, size_t i)
{
    const dimension_link *l = frame->first_dimension;
    while (l && i--)
        l = l->next;
    return l ? &l->dimension : NULL;
}

const lq_variable *lq_frame_nth_variable(const lq_frame *frame, size_t i)
{
    const variable_link *l = frame->first_variable;
    while (l && i--)
        l = l->next;
    return l ? &l->variable : NULL;
}
