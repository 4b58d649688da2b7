/* Numbers of a case by path: "expected.prob_by_time.ipo". */
#ifndef LQ_CASE_PATH_H
#define LQ_CASE_PATH_H

#include "cases.h"

typedef struct lq_case_json {
    validation_case entry;
} lq_case_json;

static inline lq_case_json lq_case_json_open(const char *id)
{
    return (lq_case_json){case_open("cases.json", id)};
}

static inline void lq_case_json_close(lq_case_json *j)
{
    case_close(&j->entry);
}

static inline const json_t *lq_case_at(const lq_case_json *j, const char *path)
{
    char key[64];
    const json_t *node = strncmp(path, "inputs.", 7) == 0 ? j->entry.inputs : j->entry.expected;
    path = strchr(path, '.') + 1;
    for (; node && *path; path += strcspn(path, "."), path += *path == '.') {
        snprintf(key, sizeof key, "%.*s", (int)strcspn(path, "."), path);
        node = json_object_get(node, key);
    }
    assert_non_null(node);
    return node;
}

static inline double lq_case_number(const lq_case_json *j, const char *path)
{
    assert_true(json_is_number(lq_case_at(j, path)));
    return json_number_value(lq_case_at(j, path));
}

static inline double lq_case_item(const lq_case_json *j, const char *path, int i)
{
    const json_t *item = json_array_get(lq_case_at(j, path), (size_t)i);
    assert_true(json_is_number(item));
    return json_number_value(item);
}

static inline double lq_case_cell(const lq_case_json *j, const char *path, int row, int column)
{
    const json_t *item =
        json_array_get(json_array_get(lq_case_at(j, path), (size_t)row), (size_t)column);
    assert_true(json_is_number(item));
    return json_number_value(item);
}

#endif
