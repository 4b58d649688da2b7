#include "config/schema_value.h"

#include "config/quantity.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { FIGURE_CHARS = 96 };

static bool complain(const lq_node *node, const lq_reader *reader, const char *expected,
                     const char *hint)
{
    lq_node_problem(node, reader->problems, expected, lq_node_described(node), hint);
    return false;
}

const char *lq_schema_unit(const lq_field *field)
{
    return field->unit && strcmp(field->unit, "1") != 0 ? field->unit : "";
}

const char *lq_schema_range(const lq_field *field, char *text, size_t cap)
{
    char low[FIGURE_CHARS], high[FIGURE_CHARS];
    const lq_value min = lq_value_constant(field->min), max = lq_value_constant(field->max);
    /* The row's unit says "a year" once. */
    const lq_measure measure =
        field->measure == LQ_MEASURE_MONEY_RATE ? LQ_MEASURE_MONEY : field->measure;
    lq_value_format(&min, measure, low, sizeof low);
    lq_value_format(&max, measure, high, sizeof high);
    if (field->min == 0.0 && field->max == 0.0)
        snprintf(text, cap, "%s", "");
    else if (isinf(field->max))
        snprintf(text, cap, "at least %s", low);
    else if (isinf(field->min))
        snprintf(text, cap, "at most %s", high);
    else
        snprintf(text, cap, "%s%s to %s", field->above_min ? "above " : "", low, high);
    return text;
}

/* The far quantiles stand in for the ends of laws that have none. */
static bool check_range(const lq_field *field, const lq_node *node, lq_reader *reader,
                        const lq_value *value)
{
    double low, high;
    char range[3 * FIGURE_CHARS], expected[4 * FIGURE_CHARS], hint[2 * FIGURE_CHARS];
    if (field->min == 0.0 && field->max == 0.0) return true;
    lq_value_range(value, &low, &high);
    const bool endless = isinf(low) || isinf(high);
    if (isinf(low)) low = lq_value_quantile(value, 1e-9);
    if (isinf(high)) high = lq_value_quantile(value, 1.0 - 1e-9);
    if (low >= field->min && high <= field->max) return true;
    const char *unit = lq_schema_unit(field);
    snprintf(expected, sizeof expected, "%s%s%s%s", lq_schema_range(field, range, sizeof range),
             unit[0] ? " (" : "", unit, unit[0] ? ")" : "");
    char far[FIGURE_CHARS];
    const lq_value end = lq_value_constant(low < field->min ? low : high);
    snprintf(hint, sizeof hint, "once in a billion draws it is %s",
             lq_value_format(&end, field->measure, far, sizeof far));
    return complain(node, reader, expected, endless ? hint : NULL);
}

static bool check_varies(const lq_field *field, const lq_node *node, lq_reader *reader,
                         const lq_value *value)
{
    const bool world = field->varies == LQ_VARIES_WORLD;
    if (lq_value_is_constant(value) || (value->uncertain && field->varies != LQ_VARIES_NEVER))
        return true;
    if (field->varies == LQ_VARIES_PATH || field->varies == LQ_VARIES_EVENT) return true;
    const char *hint =
        world ? "not known? wrap it in {uncertain: ...}" : "this one cannot vary";
    char expected[FIGURE_CHARS];
    snprintf(expected, sizeof expected, "one figure, %s", lq_measure_example(field->measure));
    lq_node_problem(node, reader->problems, expected,
                    node->kind == LQ_NODE_SCALAR ? node->text : "a distribution",
                    field->range_hint ? field->range_hint : hint);
    return false;
}

/* What the value says about itself outlives the tree. */
static void keep_texts(lq_value *value, lq_arena *arena)
{
    value->source = lq_arena_strdup(arena, value->source);
    value->date = lq_arena_strdup(arena, value->date);
    value->mark.file = lq_arena_strdup(arena, value->mark.file);
}

/* A word in place of the figure; what is nearly it is told apart from a number gone wrong. */
static bool read_word(const lq_field *field, const lq_node *node, lq_reader *reader,
                      lq_value *out, bool *fine)
{
    if (!field->word || node->kind != LQ_NODE_SCALAR || !node->text) return false;
    *fine = strcmp(node->text, field->word) == 0;
    if (*fine) {
        *out = (lq_value){.word = field->word, .mark = node->mark};
        keep_texts(out, reader->arena);
        return true;
    }
    const bool near = lq_suggest(node->text, &field->word, 1) != NULL;
    if (near)
        complain(node, reader, lq_arena_printf(reader->arena, "a number, or %s", field->word),
                 lq_arena_printf(reader->arena, "did you mean %s?", field->word));
    return near;
}

bool lq_schema_read_value(const lq_field *field, const lq_node *node, lq_reader *reader,
                          lq_value *out)
{
    lq_value value;
    bool fine;
    if (read_word(field, node, reader, out, &fine)) return fine;
    if (!lq_value_read(node, field->measure, reader->problems, &value)) return false;
    if (!check_varies(field, node, reader, &value)) return false;
    if (!check_range(field, node, reader, &value)) return false;
    keep_texts(&value, reader->arena);
    *out = value;
    return true;
}

bool lq_schema_read_values(const lq_field *field, const lq_node *node, lq_reader *reader,
                           lq_list *out)
{
    if (node->kind != LQ_NODE_LIST) return complain(node, reader, "a list of figures", NULL);
    lq_value *items = lq_arena_calloc(reader->arena, node->n_children + 1, sizeof *items);
    size_t n = 0;
    bool fine = items != NULL;
    for (const lq_node *child = node->first; child && items; child = child->next)
        fine = lq_schema_read_value(field, child, reader, &items[n++]) && fine;
    if (fine) *out = (lq_list){.items = items, .len = n};
    return fine;
}
