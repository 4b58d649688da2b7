#include "scenario/rows.h"

#include <math.h>
#include <string.h>

static bool only_one_kind(const lq_node *node, lq_reader *reader)
{
    static const char *const kinds[] = {"probability", "rate", "weibull", "table"};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const lq_node *other = node->parent ? lq_node_get(node->parent, kinds[i]) : NULL;
        if (!other || other == node) continue;
        const char *away = NULL;
        if (node->changed_by && !other->changed_by)
            away = lq_arena_printf(reader->arena, "--set %s=null takes the other away",
                                   lq_node_address(other, reader->arena));
        lq_node_problem(node, reader->problems,
                        "exactly one of probability, rate, weibull, table", "more than one",
                        away);
        return false;
    }
    return true;
}

static bool in_range(const lq_node *node, lq_reader *reader, const lq_value *value, double high)
{
    double low_end, high_end;
    lq_value_range(value, &low_end, &high_end);
    if (low_end >= 0.0 && high_end <= high) return true;
    lq_node_problem(node, reader->problems, lq_arena_printf(reader->arena, "0 to %g", high),
                    node->text ? node->text : "a distribution beyond it", NULL);
    return false;
}

bool lq_read_hazard_rate(const lq_node *node, lq_reader *reader, void *member)
{
    lq_hazard *hazard = member;
    lq_value rate;
    if (!only_one_kind(node, reader)) return false;
    if (!lq_value_read(node, LQ_MEASURE_RATE, reader->problems, &rate)) return false;
    if (!lq_value_is_constant(&rate) && !rate.uncertain) {
        lq_node_problem(node, reader->problems, "one rate", node->text ? node->text : "a range",
                        "what nobody knows is written {uncertain: 0.1/y to 0.3/y}");
        return false;
    }
    if (!in_range(node, reader, &rate, 1000.0)) return false;
    hazard->kind = LQ_HAZARD_RATE;
    hazard->rate = rate;
    hazard->mark = node->mark;
    return true;
}

static bool read_part(const lq_node *group, const char *key, lq_measure measure,
                      lq_reader *reader, lq_value *out)
{
    const lq_node *node = lq_node_get(group, key);
    lq_value value;
    if (!node) {
        lq_node_problem(group, reader->problems, "{shape: 1.4, scale: 9y}",
                        lq_arena_printf(reader->arena, "no %s", key), NULL);
        return false;
    }
    if (!lq_value_read(node, measure, reader->problems, &value)) return false;
    if (!lq_value_is_constant(&value) || value.p[0] < 0.05 || value.p[0] > 200.0) {
        lq_node_problem(node, reader->problems, "one number from 0.05 to 200",
                        node->text ? node->text : "a distribution", NULL);
        return false;
    }
    *out = value;
    return true;
}

bool lq_read_hazard_weibull(const lq_node *node, lq_reader *reader, void *member)
{
    lq_hazard *hazard = member;
    lq_value shape, scale;
    if (!only_one_kind(node, reader)) return false;
    if (node->kind != LQ_NODE_GROUP || node->n_children != 2) {
        lq_node_problem(node, reader->problems, "{shape: 1.4, scale: 9y}",
                        node->text ? node->text : "something else", NULL);
        return false;
    }
    if (!read_part(node, "shape", LQ_MEASURE_NUMBER, reader, &shape)) return false;
    if (!read_part(node, "scale", LQ_MEASURE_DURATION, reader, &scale)) return false;
    hazard->kind = LQ_HAZARD_WEIBULL;
    hazard->shape = shape;
    hazard->scale = scale;
    hazard->mark = node->mark;
    return true;
}

static bool read_table_row(const lq_node *node, lq_reader *reader, lq_hazard *hazard)
{
    const size_t n = hazard->n_rows;
    lq_value years, rate;
    const char *why = lq_value_parse(node->key, LQ_MEASURE_DURATION, &years);
    if (why) {
        lq_node_problem(node, reader->problems, "an age such as 4y", node->key, why);
        return false;
    }
    if (!lq_value_read(node, LQ_MEASURE_RATE, reader->problems, &rate)) return false;
    if (!lq_value_is_constant(&rate) || !in_range(node, reader, &rate, 1000.0)) return false;
    if (n == LQ_HAZARD_MAX_ROWS || (n > 0 && years.p[0] <= hazard->from_years[n - 1])) {
        lq_node_problem(node, reader->problems, "at most 32 ages, rising", node->key, NULL);
        return false;
    }
    hazard->from_years[n] = years.p[0];
    hazard->table_rate[n] = rate.p[0];
    hazard->n_rows = n + 1;
    return true;
}

bool lq_read_hazard_table(const lq_node *node, lq_reader *reader, void *member)
{
    lq_hazard *hazard = member;
    lq_hazard next = *hazard;
    if (!only_one_kind(node, reader)) return false;
    if (node->kind != LQ_NODE_GROUP || node->n_children == 0) {
        lq_node_problem(node, reader->problems, "ages and rates, {0y: 0.02/y, 4y: 0.12/y}",
                        node->text ? node->text : "something else", NULL);
        return false;
    }
    next.kind = LQ_HAZARD_TABLE;
    next.n_rows = 0;
    next.mark = node->mark;
    for (const lq_node *child = node->first; child; child = child->next)
        if (!read_table_row(child, reader, &next)) return false;
    *hazard = next;
    return true;
}

/* "25% by 5y" in two; NULL or why not. */
static const char *split_probability(const char *text, lq_arena *arena, lq_value *probability,
                                     double *by_years)
{
    const char *by = strstr(text, " by ");
    lq_value years;
    if (!by) return "say by when: 25% by 5y";
    const char *left = lq_arena_strndup(arena, text, (size_t)(by - text));
    if (!left) return "out of memory";
    const char *why = lq_value_parse(left, LQ_MEASURE_FRACTION, probability);
    if (!why) why = lq_value_parse(by + 4, LQ_MEASURE_DURATION, &years);
    if (why) return why;
    if (!lq_value_is_constant(&years) || years.p[0] < 1.0 / 12 || years.p[0] > 30.0)
        return "the time must be 1mo to 30y";
    *by_years = years.p[0];
    return NULL;
}

bool lq_read_hazard_probability(const lq_node *node, lq_reader *reader, void *member)
{
    static const char expected[] = "a probability by a time, 25% by 5y";
    lq_hazard *hazard = member;
    lq_value probability;
    double by_years = 0.0, low, high;
    if (!only_one_kind(node, reader)) return false;
    const lq_node *inner = node->kind == LQ_NODE_GROUP ? lq_node_get(node, "uncertain") : NULL;
    const lq_node *text = inner && node->n_children == 1 ? inner : node;
    if (text->kind != LQ_NODE_SCALAR) {
        lq_node_problem(node, reader->problems, expected, "a group or list",
                        "what nobody knows is written {uncertain: 15% to 35% by 5y}");
        return false;
    }
    const char *why = split_probability(text->text, reader->arena, &probability, &by_years);
    if (why) {
        lq_node_problem(text, reader->problems, expected, text->text, why);
        return false;
    }
    lq_value_range(&probability, &low, &high);
    if (low < 0.0 || high >= 1.0 || (!inner && !lq_value_is_constant(&probability))) {
        lq_node_problem(text, reader->problems, "one probability under 100 %", text->text,
                        "what nobody knows is written {uncertain: 15% to 35% by 5y}");
        return false;
    }
    probability.uncertain = inner != NULL && !lq_value_is_constant(&probability);
    probability.mark = node->mark;
    hazard->kind = LQ_HAZARD_PROBABILITY;
    hazard->probability = probability;
    hazard->by_years = by_years;
    hazard->mark = node->mark;
    return true;
}
