/* Reads one case of cases.json or valuation_checks.json by its id. */
#ifndef LQ_TEST_CASES_H
#define LQ_TEST_CASES_H

#include "lq_test.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

typedef struct validation_case {
    json_t *file; /* owned */
    json_t *inputs, *expected;
    double rel, abs; /* tolerance: abs + rel x |expected| */
} validation_case;

/* Fails the test when the file or the case is missing. */
static inline validation_case case_open(const char *file_name, const char *id)
{
    char path[512];
    snprintf(path, sizeof path, "%s/tests/validation/%s", LQ_SOURCE_DIR, file_name);
    validation_case found = {.file = json_load_file(path, 0, NULL)};
    assert_non_null(found.file);
    size_t i;
    json_t *entry;
    json_array_foreach(json_object_get(found.file, "cases"), i, entry)
    {
        if (strcmp(json_string_value(json_object_get(entry, "id")), id) != 0) continue;
        found.inputs = json_object_get(entry, "inputs");
        found.expected = json_object_get(entry, "expected");
        const json_t *tol = json_object_get(entry, "tol");
        found.rel = json_number_value(json_object_get(tol, "rel"));
        found.abs = json_number_value(json_object_get(tol, "abs"));
    }
    assert_non_null(found.inputs);
    lq_case_name(id);
    return found;
}

static inline void case_close(validation_case *c)
{
    json_decref(c->file);
    lq_case_name(NULL);
    *c = (validation_case){0};
}

/* A number, or entry i of an array of numbers. */
static inline double case_number(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    assert_true(json_is_number(value));
    return json_number_value(value);
}

static inline size_t case_len(const json_t *object, const char *key)
{
    return json_array_size(json_object_get(object, key));
}

static inline double case_entry(const json_t *object, const char *key, size_t i)
{
    const json_t *value = json_array_get(json_object_get(object, key), i);
    assert_true(json_is_number(value));
    return json_number_value(value);
}

/* got is within the case's own tolerance of expected[key] (entry i; i < 0: a plain number). */
#define assert_case(c, got, key, i)                                                            \
    assert_near((got), case_want(&(c), key, i), case_tol(&(c), key, i))

static inline double case_want(const validation_case *c, const char *key, int i)
{
    return i < 0 ? case_number(c->expected, key) : case_entry(c->expected, key, (size_t)i);
}

static inline double case_tol(const validation_case *c, const char *key, int i)
{
    return c->abs + c->rel * fabs(case_want(c, key, i));
}

#endif
