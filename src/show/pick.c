#include "show/pick.h"

#include <math.h>
#include <string.h>

static double number_at(const lq_variable *v, size_t at)
{
    if (v->cell == LQ_CELL_F64) return v->data.f64[at];
    if (v->cell == LQ_CELL_I64) return (double)v->data.i64[at];
    return (double)NAN;
}

static double pick_n(const lq_frame *frame, const char *group, const char *name,
                     const size_t *index, size_t n)
{
    const lq_variable *v = lq_frame_find(frame, group, name);
    if (!v || v->n_dims != n) return (double)NAN;
    size_t at = 0;
    for (size_t d = 0; d < n; d++) {
        if (index[d] >= v->dims[d]->len) return (double)NAN;
        at = at * v->dims[d]->len + index[d];
    }
    return number_at(v, at);
}

double lq_pick(const lq_frame *frame, const char *group, const char *name, size_t i)
{
    return pick_n(frame, group, name, &i, 1);
}

double lq_pick2(const lq_frame *frame, const char *group, const char *name, size_t i, size_t j)
{
    return pick_n(frame, group, name, (const size_t[]){i, j}, 2);
}

double lq_pick3(const lq_frame *frame, const char *group, const char *name,
                const size_t index[3])
{
    return pick_n(frame, group, name, index, 3);
}

double lq_pick_scalar(const lq_frame *frame, const char *group, const char *name)
{
    return pick_n(frame, group, name, NULL, 0);
}

const char *lq_pick_text(const lq_frame *frame, const char *group, const char *name, size_t i)
{
    const lq_variable *v = lq_frame_find(frame, group, name);
    if (!v || v->cell != LQ_CELL_TEXT || v->n_dims != 1 || i >= v->dims[0]->len) return "";
    return v->data.text[i];
}

size_t lq_pick_len(const lq_frame *frame, const char *dimension)
{
    const lq_dimension *d = lq_frame_find_dimension(frame, dimension);
    return d ? d->len : 0;
}

const char *lq_pick_label(const lq_frame *frame, const char *dimension, size_t i)
{
    const lq_dimension *d = lq_frame_find_dimension(frame, dimension);
    if (!d || d->cell != LQ_CELL_TEXT || !d->values.text || i >= d->len) return "";
    return d->values.text[i];
}

double lq_pick_coordinate(const lq_frame *frame, const char *dimension, size_t i)
{
    const lq_dimension *d = lq_frame_find_dimension(frame, dimension);
    if (!d || !d->values.f64 || i >= d->len) return (double)NAN;
    if (d->cell == LQ_CELL_F64) return d->values.f64[i];
    return d->cell == LQ_CELL_I64 ? (double)d->values.i64[i] : (double)NAN;
}

size_t lq_pick_index(const lq_frame *frame, const char *dimension, const char *label)
{
    const size_t n = lq_pick_len(frame, dimension);
    for (size_t i = 0; i < n; i++)
        if (strcmp(lq_pick_label(frame, dimension, i), label) == 0) return i;
    return LQ_NO_INDEX;
}

size_t lq_pick_nearest(const lq_frame *frame, const char *dimension, double coordinate)
{
    const size_t n = lq_pick_len(frame, dimension);
    for (size_t i = 0; i < n; i++)
        if (fabs(lq_pick_coordinate(frame, dimension, i) - coordinate) < 1e-9) return i;
    return LQ_NO_INDEX;
}

double lq_pick_half_width(const lq_frame *frame)
{
    static const double normal = 1.95996;
    const double degrees = lq_pick_scalar(frame, "/manifest", "error_degrees");
    if (!(degrees >= 2.0)) return normal;
    /* Cornish and Fisher's expansion of the t quantile, good to 0.003 from 5 degrees on */
    const double z = normal, z3 = z * z * z, z5 = z3 * z * z;
    return z + (z3 + z) / (4.0 * degrees) +
           (5.0 * z5 + 16.0 * z3 + 3.0 * z) / (96.0 * degrees * degrees);
}
