#include "decide/outputs.h"

#include "decide/calibrate.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* What the rows of the registry read. */
typedef struct source {
    const lq_scenario *scenario;
    const lq_findings *found;
    lq_frame *frame;
} source;

/* ---- dimensions ---- */

static void add_numbers(lq_frame *frame, const char *name, const char *units, const char *text,
                        const double *values, size_t len)
{
    if (len)
        lq_frame_dimension(frame, &(lq_dimension){.name = name,
                                                  .units = units,
                                                  .long_name = text,
                                                  .len = len,
                                                  .cell = LQ_CELL_F64,
                                                  .values.f64 = values});
}

/* 0, 1, 2, ... from `first`, or the numbers given. */
static void add_counts(lq_frame *frame, const char *name, const char *units, const char *text,
                       size_t len, int64_t first)
{
    if (!len) return;
    int64_t *values = lq_arena_calloc(lq_frame_arena(frame), len, sizeof *values);
    for (size_t i = 0; values && i < len; i++)
        values[i] = first + (int64_t)i;
    lq_frame_dimension(frame, &(lq_dimension){.name = name,
                                              .units = units,
                                              .long_name = text,
                                              .len = len,
                                              .cell = LQ_CELL_I64,
                                              .values.i64 = values});
}

static void add_texts(lq_frame *frame, const char *name, const char *text,
                      const char *const *values, size_t len)
{
    if (len)
        lq_frame_dimension(frame, &(lq_dimension){.name = name,
                                                  .units = "",
                                                  .long_name = text,
                                                  .len = len,
                                                  .cell = LQ_CELL_TEXT,
                                                  .values.text = values});
}

/* Texts that are one member of an array of structs. */
static void add_members(lq_frame *frame, const char *name, const char *text, const void *first,
                        size_t stride, size_t len)
{
    const char **values = lq_arena_calloc(lq_frame_arena(frame), len + 1, sizeof *values);
    for (size_t i = 0; values && i < len; i++)
        memcpy(&values[i], (const char *)first + i * stride, sizeof values[i]);
    if (values) add_texts(frame, name, text, values, len);
}

static void add_sets(const source *s)
{
    const lq_findings *f = s->found;
    add_members(s->frame, "offer", "id of each offer", &f->offers->id, sizeof *f->offers,
                f->n_offers);
    add_members(s->frame, "pair", "pairs of offers that are compared", &f->pairs->label,
                sizeof *f->pairs, f->n_pairs);
    add_members(s->frame, "company", "id of each company", &f->companies->id,
                sizeof *f->companies, f->n_companies);
    if (f->n_turning)
        add_members(s->frame, "turning_point", "what is varied, one thing alone",
                    &f->turning->key, sizeof *f->turning, f->n_turning);
    add_counts(s->frame, "world", "1", "number of the draw of what nobody knows", f->n_worlds,
               0);
    add_counts(s->frame, "assumption", "1", "assumptions, the most influential first",
               s->scenario->assumptions.len, 0);
    add_counts(s->frame, "warning", "1", "warnings", f->n_warnings, 0);
    add_counts(s->frame, "pack", "1", "data packs that were used", s->scenario->packs.len, 0);
}

static void add_paths(const source *s)
{
    const lq_findings *f = s->found;
    int64_t *numbers =
        lq_arena_calloc(lq_frame_arena(s->frame), f->n_paths + 1, sizeof *numbers);
    for (size_t i = 0; numbers && i < f->n_paths; i++)
        numbers[i] = (int64_t)f->path_number[i];
    if (numbers && f->n_paths)
        lq_frame_dimension(s->frame, &(lq_dimension){.name = "path",
                                                     .units = "1",
                                                     .long_name = "number of the path",
                                                     .len = f->n_paths,
                                                     .cell = LQ_CELL_I64,
                                                     .values.i64 = numbers});
}

static void add_dimensions(const source *s)
{
    static const char *const terms[LQ_BRIDGE_TERMS] = {
        "letter", "bonus_payout", "preferred_to_common", "growth_and_events", "waiting", "tax",
        "risk",   "worth"};
    add_sets(s);
    add_numbers(s->frame, "quantile", "1", "probability of lying below", lq_levels, LQ_LEVELS);
    add_numbers(s->frame, "gamma", "1", "constant relative risk aversion", lq_gammas,
                LQ_N_GAMMAS);
    add_counts(s->frame, "year", "1", "calendar year of receipt, 1 is the year of the start",
               s->found->n_years, 1);
    add_counts(s->frame, "month", "month", "months since the start", s->found->n_months + 1, 0);
    add_texts(s->frame, "exit_kind", "how a private life ends", lq_exit_names, LQ_EXIT_KINDS);
    add_texts(s->frame, "bridge_term", "steps from the letter to the worth", terms,
              LQ_BRIDGE_TERMS);
    add_counts(s->frame, "bin", "1", "bins of totals", LQ_HISTOGRAM_BINS, 0);
    add_counts(s->frame, "bin_difference", "1", "bins of differences",
               s->found->n_pairs ? LQ_HISTOGRAM_BINS : 0, 0);
    add_paths(s);
}

/* ---- variables ---- */

typedef struct set_view {
    const char *first;
    size_t stride;
} set_view;

static set_view view_of(const source *s, lq_output_set set)
{
    const lq_findings *f = s->found;
    switch (set) {
    case LQ_SET_OFFERS:
        return (set_view){(const char *)f->offers, sizeof *f->offers};
    case LQ_SET_PAIRS:
        return (set_view){(const char *)f->pairs, sizeof *f->pairs};
    case LQ_SET_COMPANIES:
        return (set_view){(const char *)f->companies, sizeof *f->companies};
    case LQ_SET_WORLDS:
        return (set_view){(const char *)f->worlds, sizeof *f->worlds};
    case LQ_SET_TURNING:
        return (set_view){(const char *)f->turning, sizeof *f->turning};
    case LQ_SET_ASSUMPTIONS:
        return (set_view){s->scenario->assumptions.items, sizeof(lq_assumption)};
    case LQ_SET_WARNINGS:
        return (set_view){(const char *)f->warnings, sizeof *f->warnings};
    case LQ_SET_PACKS:
        return (set_view){s->scenario->packs.items, sizeof(lq_pack_digest)};
    default:
        return (set_view){(const char *)f, sizeof *f};
    }
}

/* Adds the row's dimensions to *v; false when one of them is empty. */
static bool resolve_dims(const source *s, const lq_output *row, lq_variable *v)
{
    char names[96];
    const char *first = lq_output_dimension(row->set);
    snprintf(names, sizeof names, "%s %s", first, row->dims);
    char *rest = names;
    for (char *name; (name = strtok_r(rest, " ", &rest));) {
        const lq_dimension *d = lq_frame_find_dimension(s->frame, name);
        if (!d) return false;
        assert(v->n_dims < LQ_FRAME_MAX_DIMS);
        v->dims[v->n_dims++] = d;
    }
    return true;
}

static size_t values_per_struct(const lq_output *row, const lq_variable *v)
{
    const size_t first = row->set == LQ_SET_STUDY ? 0 : 1;
    size_t n = 1;
    for (size_t i = first; i < v->n_dims; i++)
        n *= v->dims[i]->len;
    return n;
}

/* The variables that a row fills. */
typedef struct target {
    lq_frame *frame;
    lq_variable *value, *error; /* error: of an estimate only */
} target;

/* Entry j of a member goes to entry `at` of the variables. */
static void copy_value(const target *t, lq_output_kind kind, const void *from, size_t j,
                       size_t at)
{
    const char *text;
    switch (kind) {
    case LQ_OUTPUT_F64:
        t->value->data.f64[at] = ((const double *)from)[j];
        break;
    case LQ_OUTPUT_I64:
        t->value->data.i64[at] = ((const int64_t *)from)[j];
        break;
    case LQ_OUTPUT_COUNT:
        t->value->data.i64[at] = ((const int *)from)[j];
        break;
    case LQ_OUTPUT_ESTIMATE:
        t->value->data.f64[at] = ((const lq_estimate *)from)[j].value;
        t->error->data.f64[at] = ((const lq_estimate *)from)[j].se;
        break;
    case LQ_OUTPUT_TEXT:
        text = ((const char *const *)from)[j];
        text = lq_arena_strdup(lq_frame_arena(t->frame), text ? text : "");
        if (text) t->value->data.text[at] = text;
        break;
    }
}

static void copy_values(const source *s, const lq_output *row, const target *t)
{
    const set_view view = view_of(s, row->set);
    const size_t n = values_per_struct(row, t->value), len = lq_variable_len(t->value);
    for (size_t at = 0; at < len; at++) {
        const char *member = view.first + at / n * view.stride + row->offset;
        if (row->by_pointer) memcpy(&member, (const void *)member, sizeof member);
        copy_value(t, row->kind, member, at % n, at);
    }
}

static const char *units_of(const source *s, const lq_output *row)
{
    return strcmp(row->units, "money") == 0 ? s->scenario->currency : row->units;
}

static lq_variable *add_error(const source *s, const lq_output *row, const lq_variable *value)
{
    char name[96], text[256];
    snprintf(name, sizeof name, "%s_se", row->name);
    snprintf(text, sizeof text, "standard error of %s", row->name);
    lq_variable like = *value;
    like.name = name;
    like.long_name = text;
    return lq_frame_variable(s->frame, &like);
}

static void add_variable(const source *s, const lq_output *row)
{
    lq_variable like = {.group = row->group,
                        .name = row->name,
                        .units = units_of(s, row),
                        .long_name = row->long_name,
                        .cell = row->kind == LQ_OUTPUT_TEXT ? LQ_CELL_TEXT
                                : row->kind == LQ_OUTPUT_I64 || row->kind == LQ_OUTPUT_COUNT
                                    ? LQ_CELL_I64
                                    : LQ_CELL_F64};
    if (!resolve_dims(s, row, &like)) return;
    lq_variable *value = lq_frame_variable(s->frame, &like), *error = NULL;
    if (value && row->kind == LQ_OUTPUT_ESTIMATE) error = add_error(s, row, value);
    if (!value || (row->kind == LQ_OUTPUT_ESTIMATE && !error)) return;
    copy_values(s, row, &(target){s->frame, value, error});
}

lq_status lq_outputs_frame(const lq_scenario *scenario, const lq_findings *found,
                           lq_frame **out, lq_error *err)
{
    *out = NULL;
    lq_frame *frame = lq_frame_create();
    if (!frame) return LQ_FAIL(err, LQ_ENOMEM, .key = "results");
    const source s = {scenario, found, frame};
    add_dimensions(&s);
    for (const lq_output *row = lq_outputs; row->group && !lq_frame_failed(frame); row++)
        add_variable(&s, row);
    if (lq_frame_failed(frame)) {
        lq_frame_destroy(frame);
        return LQ_FAIL(err, LQ_ENOMEM, .key = "results");
    }
    *out = frame;
    return LQ_OK;
}
