/* A frame with every kind of cell and shape, and what tests of the store ask of two frames. */
#ifndef LQ_TEST_SAMPLE_FRAME_H
#define LQ_TEST_SAMPLE_FRAME_H

#include "base/frame.h"

#include <math.h>
#include <string.h>

static inline const lq_dimension *sample_dimension(lq_frame *frame, const char *name,
                                                   size_t len)
{
    double values[64];
    for (size_t i = 0; i < len; i++)
        values[i] = (double)i / 8.0;
    return lq_frame_dimension(frame, &(lq_dimension){.name = name,
                                                     .units = "1",
                                                     .long_name = "a coordinate",
                                                     .len = len,
                                                     .cell = LQ_CELL_F64,
                                                     .values.f64 = values});
}

static inline void fill_sample_frame(lq_frame *frame)
{
    static const char *const ids[] = {"google-l6", "hf-sf", "paris \xe2\x82\xac"};
    static const int64_t years[] = {1, 2};
    const lq_dimension *offer = lq_frame_dimension(
        frame, &(lq_dimension){"offer", "", "offer id", 3, LQ_CELL_TEXT, {.text = ids}});
    const lq_dimension *year = lq_frame_dimension(
        frame, &(lq_dimension){"year", "year", "year of pay", 2, LQ_CELL_I64, {.i64 = years}});
    const lq_dimension *quantile = sample_dimension(frame, "quantile", 5);
    const lq_dimension *path = lq_frame_dimension(
        frame, &(lq_dimension){"path", "1", "whole path", 4, LQ_CELL_F64, {.f64 = NULL}});
    const lq_dimension *none = sample_dimension(frame, "pair", 0);
    lq_variable *mean =
        lq_frame_variable(frame, &(lq_variable){.group = "/offers",
                                                .name = "total_mean",
                                                .units = "USD",
                                                .long_name = "mean of total pay, present value",
                                                .cell = LQ_CELL_F64,
                                                .n_dims = 1,
                                                .dims = {offer}});
    lq_variable *cube =
        lq_frame_variable(frame, &(lq_variable){.group = "/offers",
                                                .name = "by_year_quantiles",
                                                .units = "USD",
                                                .long_name = "quantiles of nominal pay by year",
                                                .cell = LQ_CELL_F64,
                                                .n_dims = 4,
                                                .dims = {offer, year, quantile, path}});
    lq_variable *name =
        lq_frame_variable(frame, &(lq_variable){.group = "/offers",
                                                .name = "name",
                                                .units = "",
                                                .long_name = "offer, as the config names it",
                                                .cell = LQ_CELL_TEXT,
                                                .n_dims = 1,
                                                .dims = {offer}});
    lq_frame_variable(frame, &(lq_variable){.group = "/pairs",
                                            .name = "p_tie",
                                            .units = "1",
                                            .long_name = "share of paths that tie",
                                            .cell = LQ_CELL_F64,
                                            .n_dims = 1,
                                            .dims = {none}});
    if (!mean || !cube || !name) return;
    for (size_t i = 0; i < 3; i++) {
        mean->data.f64[i] = i == 1 ? (double)NAN : 1e6 / (1.0 + (double)i);
        name->data.text[i] = i == 2 ? "" : ids[i];
    }
    for (size_t i = 0; i < lq_variable_len(cube); i++)
        cube->data.f64[i] = sqrt((double)i) - 3.0;
    lq_frame_put_i64(frame, "/manifest", "seed", "1", "key of every draw", INT64_MIN);
    lq_frame_put_text(frame, "/manifest", "config", "the config as given",
                      "schema: liquidus/1\noffers: [\xc3\xa9]\n");
    lq_frame_put_f64(frame, "/manifest/run", "elapsed", "s", "wall-clock time", 1.25);
    lq_frame_put_text(frame, "/manifest/run", "host", "machine", "somewhere");
}

static inline lq_frame *sample_frame(void)
{
    lq_frame *frame = lq_frame_create();
    if (frame) fill_sample_frame(frame);
    return frame;
}

/* Bits and not values: 0 differs from -0; but one NaN is as good as another. */
static inline bool same_doubles(const double *a, const double *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (memcmp(&a[i], &b[i], sizeof a[i]) != 0 && !(isnan(a[i]) && isnan(b[i])))
            return false;
    return true;
}

static inline bool same_cells(lq_cell cell, const void *a, const void *b, size_t n)
{
    if (n == 0) return true;
    if (cell == LQ_CELL_F64) return same_doubles(a, b, n);
    if (cell == LQ_CELL_I64) return memcmp(a, b, 8 * n) == 0;
    for (size_t i = 0; i < n; i++)
        if (strcmp(((const char *const *)a)[i], ((const char *const *)b)[i]) != 0) return false;
    return true;
}

static inline bool same_dimension(const lq_dimension *a, const lq_dimension *b)
{
    if (!a || !b || strcmp(a->name, b->name) != 0 || strcmp(a->units, b->units) != 0 ||
        strcmp(a->long_name, b->long_name) != 0 || a->len != b->len)
        return false;
    if (!a->values.f64 || !b->values.f64) return !a->values.f64 == !b->values.f64;
    return a->cell == b->cell && same_cells(a->cell, a->values.f64, b->values.f64, a->len);
}

static inline bool same_variable(const lq_variable *a, const lq_variable *b)
{
    if (!a || !b || strcmp(a->units, b->units) != 0 || a->cell != b->cell ||
        strcmp(a->long_name, b->long_name) != 0 || a->n_dims != b->n_dims)
        return false;
    for (size_t i = 0; i < a->n_dims; i++)
        if (!same_dimension(a->dims[i], b->dims[i])) return false;
    return same_cells(a->cell, a->data.f64, b->data.f64, lq_variable_len(a));
}

/* All of `part` is in `whole`. */
static inline bool frame_contains(const lq_frame *whole, const lq_frame *part)
{
    for (size_t i = 0; i < lq_frame_n_dimensions(part); i++) {
        const lq_dimension *d = lq_frame_nth_dimension(part, i);
        if (!same_dimension(d, lq_frame_find_dimension(whole, d->name))) return false;
    }
    for (size_t i = 0; i < lq_frame_n_variables(part); i++) {
        const lq_variable *v = lq_frame_nth_variable(part, i);
        if (!same_variable(v, lq_frame_find(whole, v->group, v->name))) return false;
    }
    return true;
}

#endif
