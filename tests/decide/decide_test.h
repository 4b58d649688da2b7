/* Studies of small configs, and single figures of what they found. */
#ifndef DECIDE_TEST_H
#define DECIDE_TEST_H

#include "lq_test.h"

#include "decide/run.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* A listed and a private company with every event, without data packs. */
#define LISTED "listing: public, volatility: 30%, beta: 1"
#define PRIVATE                                                                                \
    "listing: private, volatility: 70%, beta: 1.2, last_round: {post_money: $1bn, price: "     \
    "$10}, preferences: [{series: A, invested: $100M, rank: 1}], exits: {ipo: {probability: "  \
    "25% by 5y}, acquisition: {probability: 30% by 5y}, failure: {probability: 11% by 5y}}"

static inline lq_scenario *must_load(const char *body)
{
    char text[8192];
    lq_problems *problems = lq_problems_create();
    lq_scenario *scenario = NULL;
    lq_error err;
    snprintf(text, sizeof text, "schema: liquidus/1\n%s", body);
    if (lq_scenario_parse("test.yaml", text, strlen(text), NULL, 0, problems, &scenario, &err))
        lq_problems_print(problems, stderr);
    lq_problems_destroy(problems);
    assert_non_null(scenario);
    return scenario;
}

static inline lq_frame *must_run_with(const char *body, const lq_study_options *options)
{
    lq_scenario *scenario = must_load(body);
    lq_frame *frame = NULL;
    lq_error err = {0};
    const lq_status st = lq_run_study(scenario, options, &frame, &err);
    if (st != LQ_OK) lq_error_print(&err, stderr);
    assert_int_equal(st, LQ_OK);
    lq_scenario_destroy(scenario);
    return frame;
}

/* Without turning points. */
static inline lq_frame *must_run(const char *body)
{
    return must_run_with(body, &(lq_study_options){0});
}

static inline const lq_variable *must_find(const lq_frame *f, const char *group,
                                           const char *name)
{
    const lq_variable *v = lq_frame_find(f, group, name);
    if (!v) print_error("%s/%s is missing\n", group, name);
    assert_non_null(v);
    return v;
}

/* The i-th number of a variable, row-major. */
static inline double number(const lq_frame *f, const char *group, const char *name, size_t i)
{
    const lq_variable *v = must_find(f, group, name);
    assert_true(i < lq_variable_len(v));
    return v->cell == LQ_CELL_I64 ? (double)v->data.i64[i] : v->data.f64[i];
}

static inline double offer(const lq_frame *f, const char *name, size_t i)
{
    return number(f, "/offers", name, i);
}

static inline double pair(const lq_frame *f, const char *name, size_t i)
{
    return number(f, "/pairs", name, i);
}

static inline const char *text_at(const lq_frame *f, const char *group, const char *name,
                                  size_t i)
{
    const lq_variable *v = must_find(f, group, name);
    assert_int_equal(v->cell, LQ_CELL_TEXT);
    assert_true(i < lq_variable_len(v));
    return v->data.text[i];
}

static inline size_t length(const lq_frame *f, const char *dimension)
{
    const lq_dimension *d = lq_frame_find_dimension(f, dimension);
    return d ? d->len : 0;
}

/* Position of a text among a dimension's coordinates. */
static inline size_t index_of(const lq_frame *f, const char *dimension, const char *text)
{
    const lq_dimension *d = lq_frame_find_dimension(f, dimension);
    assert_non_null(d);
    for (size_t i = 0; i < d->len; i++)
        if (strcmp(d->values.text[i], text) == 0) return i;
    fail_msg("no %s in %s", text, dimension);
    return 0;
}

#define assert_holds(text, words)                                                              \
    do {                                                                                       \
        if (!strstr((text), (words))) print_error("not in: %s\n", (text));                     \
        assert_non_null(strstr((text), (words)));                                              \
    } while (0)

#endif
