#include "config/value.h"

#include "config/parse.h"
#include "config/quantity.h"
#include "config/schema.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { HINT_CHARS = 160 };

/* One reading of a node, with what its messages need. */
typedef struct reading {
    lq_measure measure;
    lq_problems *problems;
} reading;

static bool complain(const reading *r, const lq_node *node, const char *expected,
                     const char *found, const char *hint)
{
    lq_node_problem(node, r->problems, expected, found, hint);
    return false;
}

/* "35 would mean 3500 %; write 35%", with the figure that was written. */
static const char *reason_with_figure(lq_fault fault, const char *text, char hint[HINT_CHARS])
{
    lq_quantity q;
    if (fault != LQ_FAULT_BARE_PERCENT && fault != LQ_FAULT_BARE_RATE)
        return lq_fault_reason(fault);
    if (lq_quantity_parse(text, strlen(text), &q)) return lq_fault_reason(fault);
    double x = 0.0;
    char percent[64];
    if (lq_quantity_convert(&q, LQ_MEASURE_NUMBER, &x)) return lq_fault_reason(fault);
    lq_decimal_format(x, 2, 15, percent, sizeof percent);
    if (fault == LQ_FAULT_BARE_RATE)
        snprintf(hint, HINT_CHARS, "%.20s would mean %.24s %% a year; write %.20s%% or %.20s/y",
                 text, percent, text, text);
    else
        snprintf(hint, HINT_CHARS, "%.20s would mean %.24s %%; write %.20s%%", text, percent,
                 text);
    return hint;
}

static bool complain_of_fault(const reading *r, const lq_node *node, lq_fault fault)
{
    char hint[HINT_CHARS];
    return complain(r, node, lq_measure_example(r->measure), lq_node_described(node),
                    fault == LQ_FAULT_EMPTY ? NULL
                                            : reason_with_figure(fault, node->text, hint));
}

/* One figure of a distribution; it joins the currency of those before it. */
static bool read_figure(const reading *r, const lq_node *node, double *x, char currency[4])
{
    if (node->kind != LQ_NODE_SCALAR)
        return complain(r, node, lq_measure_example(r->measure), lq_node_described(node), NULL);
    lq_value v;
    const lq_fault fault = lq_value_scan(node->text, r->measure, &v);
    if (fault) return complain_of_fault(r, node, fault);
    if (!lq_value_is_constant(&v)) return complain(r, node, "one figure", node->text, NULL);
    if (v.currency[0] && currency[0] && strcmp(v.currency, currency) != 0)
        return complain(r, node, "figures in one currency", node->text, NULL);
    if (v.currency[0]) memcpy(currency, v.currency, sizeof v.currency);
    *x = v.p[0];
    return true;
}

static bool read_list(const reading *r, const lq_node *node, size_t n, lq_value *v,
                      const char *expected)
{
    if (node->kind != LQ_NODE_LIST || node->n_children != n)
        return complain(r, node, expected, lq_node_described(node), NULL);
    bool fine = true;
    size_t i = 0;
    for (const lq_node *child = node->first; child; child = child->next)
        fine = read_figure(r, child, &v->p[i++], v->currency) && fine;
    return fine;
}

static bool read_uniform(const reading *r, const lq_node *node, lq_value *v)
{
    v->dist = LQ_DIST_UNIFORM;
    if (!read_list(r, node, 2, v, "[low, high]")) return false;
    if (v->p[0] > v->p[1])
        return complain(r, node, "low <= high", "a range from high to low", NULL);
    if (v->p[0] == v->p[1]) v->dist = LQ_DIST_CONSTANT;
    return true;
}

static bool read_three(const reading *r, const lq_node *node, lq_value *v, lq_dist dist)
{
    v->dist = dist;
    if (!read_list(r, node, 3, v, "[low, most likely, high]")) return false;
    if (v->p[0] > v->p[1] || v->p[1] > v->p[2] || v->p[0] == v->p[2])
        return complain(r, node, "low <= most likely <= high, and low < high",
                        "figures in another order", NULL);
    return true;
}

static bool read_triangular(const reading *r, const lq_node *node, lq_value *v)
{
    return read_three(r, node, v, LQ_DIST_TRIANGULAR);
}

static bool read_pert(const reading *r, const lq_node *node, lq_value *v)
{
    return read_three(r, node, v, LQ_DIST_PERT);
}

/* {mean: a, sd: b} or [a, b]. */
static bool read_mean_sd(const reading *r, const lq_node *node, lq_value *v)
{
    static const char expected[] = "{mean: A, sd: B}";
    const lq_node *mean = lq_node_get(node, "mean"), *sd = lq_node_get(node, "sd");
    if (node->kind == LQ_NODE_LIST) {
        if (!read_list(r, node, 2, v, expected)) return false;
    } else if (!mean || !sd || node->n_children != 2) {
        return complain(r, node, expected, lq_node_described(node), NULL);
    } else if (!read_figure(r, mean, &v->p[0], v->currency) ||
               !read_figure(r, sd, &v->p[1], v->currency)) {
        return false;
    }
    return v->p[1] > 0.0 || complain(r, node, "a standard deviation above 0", "another", NULL);
}

static bool read_normal(const reading *r, const lq_node *node, lq_value *v)
{
    v->dist = LQ_DIST_NORMAL;
    return read_mean_sd(r, node, v);
}

static bool read_lognormal(const reading *r, const lq_node *node, lq_value *v)
{
    v->dist = LQ_DIST_LOGNORMAL;
    if (!read_mean_sd(r, node, v)) return false;
    return v->p[0] > 0.0 || complain(r, node, "a mean above 0", "another", NULL);
}

/* Kept in rising order of the values, as the quantile needs them. */
static bool insert_atom(const reading *r, const lq_node *node, lq_value *v, double x, double p)
{
    size_t at = v->n_atoms;
    for (size_t i = 0; i < v->n_atoms; i++)
        if (v->atom[i] == x) return complain(r, node, "each value once", node->key, NULL);
    for (; at > 0 && v->atom[at - 1] > x; at--) {
        v->atom[at] = v->atom[at - 1];
        v->probability[at] = v->probability[at - 1];
    }
    v->atom[at] = x;
    v->probability[at] = p;
    v->n_atoms++;
    return true;
}

static bool read_atom(const reading *r, const lq_node *node, lq_value *v)
{
    const reading share = {LQ_MEASURE_FRACTION, r->problems};
    const lq_node key = {.mark = node->key_mark,
                         .text = node->key,
                         .key = node->key,
                         .parent = node->parent,
                         .source_line = node->key_line};
    double x = 0.0, p = 0.0;
    char none[4] = "";
    if (!read_figure(r, &key, &x, v->currency) || !read_figure(&share, node, &p, none))
        return false;
    if (p < 0.0) return complain(r, node, "a probability from 0 to 1", node->text, NULL);
    return insert_atom(r, node, v, x, p);
}

static bool read_discrete(const reading *r, const lq_node *node, lq_value *v)
{
    v->dist = LQ_DIST_DISCRETE;
    if (node->kind != LQ_NODE_GROUP || !node->first)
        return complain(r, node, "{value: probability, ...}", lq_node_described(node), NULL);
    if (node->n_children > LQ_VALUE_MAX_ATOMS)
        return complain(r, node, "at most 16 values", "more", NULL);
    bool fine = true;
    double sum = 0.0;
    for (const lq_node *child = node->first; child; child = child->next)
        fine = read_atom(r, child, v) && fine;
    for (size_t i = 0; i < v->n_atoms; i++)
        sum += v->probability[i];
    if (!fine || fabs(sum - 1.0) <= 1e-9) return fine;
    char text[64], found[80];
    snprintf(found, sizeof found, "a sum of %s %%",
             lq_decimal_format(sum, 2, 12, text, sizeof text));
    return complain(r, node, "probabilities that sum to 100 %", found, NULL);
}

static bool read_any(const reading *r, const lq_node *node, lq_value *v);

static bool read_uncertain(const reading *r, const lq_node *node, lq_value *v)
{
    if (!read_any(r, node, v)) return false;
    if (v->uncertain) return complain(r, node, "one `uncertain`", "one inside another", NULL);
    v->uncertain = v->dist != LQ_DIST_CONSTANT;
    return true;
}

typedef struct form {
    const char *key;
    bool (*read)(const reading *r, const lq_node *node, lq_value *v);
} form;

static const form forms[] = {
    {"value", read_any},       {"uncertain", read_uncertain},
    {"uniform", read_uniform}, {"triangular", read_triangular},
    {"normal", read_normal},   {"lognormal", read_lognormal},
    {"pert", read_pert},       {"discrete", read_discrete},
};
enum { N_FORMS = sizeof forms / sizeof forms[0] };
static const char *const remarks[] = {"source", "date", "note"};
enum { N_REMARKS = sizeof remarks / sizeof remarks[0] };

static const form *form_of(const char *key)
{
    for (size_t i = 0; i < N_FORMS; i++)
        if (strcmp(forms[i].key, key) == 0) return &forms[i];
    return NULL;
}

static bool is_remark(const lq_node *node)
{
    for (size_t i = 0; i < N_REMARKS; i++)
        if (strcmp(remarks[i], node->key) == 0) return node->kind == LQ_NODE_SCALAR;
    return false;
}

static bool complain_of_key(const reading *r, const lq_node *node)
{
    const char *words[N_FORMS + N_REMARKS];
    for (size_t i = 0; i < N_FORMS; i++)
        words[i] = forms[i].key;
    memcpy(words + N_FORMS, remarks, sizeof remarks);
    const char *near = lq_suggest(node->key, words, N_FORMS + N_REMARKS);
    char hint[64];
    if (near) snprintf(hint, sizeof hint, "did you mean %s?", near);
    return complain(r, node, lq_measure_example(r->measure), node->key, near ? hint : NULL);
}

static const char *remark(const lq_node *group, const char *key)
{
    const lq_node *node = lq_node_get(group, key);
    return node ? node->text : NULL;
}

static bool read_group(const reading *r, const lq_node *node, lq_value *v)
{
    const form *chosen = NULL;
    const lq_node *body = NULL;
    for (const lq_node *child = node->first; child; child = child->next) {
        const form *f = form_of(child->key);
        if (!f && !is_remark(child)) return complain_of_key(r, child);
        if (f && chosen) return complain(r, child, "one figure or distribution", "two", NULL);
        if (!f) continue;
        chosen = f;
        body = child;
    }
    if (!chosen)
        return complain(r, node, lq_measure_example(r->measure), lq_node_described(node), NULL);
    if (!chosen->read(r, body, v)) return false;
    if (!v->source) v->source = remark(node, "source");
    if (!v->date) v->date = remark(node, "date");
    return true;
}

static bool read_any(const reading *r, const lq_node *node, lq_value *v)
{
    if (node->kind == LQ_NODE_GROUP) return read_group(r, node, v);
    if (node->kind == LQ_NODE_LIST)
        return complain(r, node, lq_measure_example(r->measure), "a list", NULL);
    const lq_fault fault = lq_value_scan(node->text, r->measure, v);
    return !fault || complain_of_fault(r, node, fault);
}

bool lq_value_read(const lq_node *node, lq_measure measure, lq_problems *problems,
                   lq_value *out)
{
    const reading r = {measure, problems};
    lq_value v = {.given = true};
    if (!read_any(&r, node, &v)) return false;
    v.given = true;
    v.mark = node->mark;
    *out = v;
    return true;
}

/* Text with a brace is YAML; what it says beside the figure is not kept, for the tree ends
 * here. */
static const char *parse_group_text(const char *text, lq_measure measure, lq_value *out)
{
    const char *reason = "out of memory";
    lq_problems *problems = lq_problems_create();
    lq_arena *arena = problems ? lq_arena_create() : NULL;
    if (arena) {
        lq_source source = {.name = "", .text = text, .len = strlen(text), .first_line = 1};
        lq_budget budget = {.arena = arena, .problems = problems};
        const bool sound = lq_source_check(&source, arena, problems);
        const lq_node *root = sound ? lq_parse_yaml(&source, &budget) : NULL;
        reason = root && lq_value_read(root, measure, problems, out)
                     ? NULL
                     : "not a figure or a distribution of this kind";
        if (!reason) {
            out->mark = (lq_mark){0};
            out->source = out->date = NULL;
        }
    }
    lq_arena_destroy(arena);
    lq_problems_destroy(problems);
    return reason;
}

const char *lq_value_parse(const char *text, lq_measure measure, lq_value *out)
{
    if (text[strspn(text, " ")] == '{') return parse_group_text(text, measure, out);
    lq_value v;
    const lq_fault fault = lq_value_scan(text, measure, &v);
    if (!fault) *out = v;
    const char *reason = lq_fault_reason(fault);
    return !fault ? NULL : reason ? reason : lq_measure_example(measure);
}

/* As many digits as there are; -1 when one is none. */
static int digits(const char *text, int n)
{
    int x = 0;
    for (int i = 0; i < n; i++) {
        if (text[i] < '0' || text[i] > '9') return -1;
        x = x * 10 + (text[i] - '0');
    }
    return x;
}

bool lq_date_read(const lq_node *node, lq_problems *problems, lq_date *out)
{
    const char *text = node->kind == LQ_NODE_SCALAR ? node->text : "";
    const bool shaped = strlen(text) == 10 && text[4] == '-' && text[7] == '-';
    if (shaped) {
        const lq_date date = {digits(text, 4), digits(text + 5, 2), digits(text + 8, 2)};
        if (lq_date_valid(date)) {
            *out = date;
            return true;
        }
    }
    lq_node_problem(node, problems, "a date such as 2027-01-31", lq_node_described(node),
                    shaped ? "there is no such day" : NULL);
    return false;
}
