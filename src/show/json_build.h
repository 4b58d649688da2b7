/**
 * @file json_build.h
 * JSON from the arrays of a frame. A build remembers that something failed, so that it is asked
 * once, at the end.
 */
#ifndef LQ_SHOW_JSON_BUILD_H
#define LQ_SHOW_JSON_BUILD_H

#include "base/frame.h"

#include <jansson.h>
#include <stdbool.h>

typedef struct lq_json {
    const lq_frame *frame;
    bool failed;
} lq_json;

/** Moves the value into the object or array. */
void lq_json_put(lq_json *build, json_t *object, const char *key, json_t *value);
void lq_json_append(lq_json *build, json_t *array, json_t *value);

/** A number, null when it is not finite; whole numbers without a point. */
json_t *lq_json_number(double x);
json_t *lq_json_whole(double x);
/** Text; null when it is empty. */
json_t *lq_json_string(const char *text);

/** Where a family of variables stands: group/PREFIX_mean and so on, at an index. */
typedef struct lq_json_at {
    const char *group;
    size_t i;
} lq_json_at;

/** {"value":, "se":} of NAME and NAME_se; nothing is put when the frame has no NAME. */
void lq_json_put_estimate(lq_json *build, json_t *object, lq_json_at at, const char *name);

/** KEY: number of a variable, and KEY_se: its error if the frame has one; nothing when it has
 * no such variable. */
void lq_json_put_number(lq_json *build, json_t *object, const char *key, lq_json_at at,
                        const char *name);
void lq_json_put_text(lq_json *build, json_t *object, const char *key, lq_json_at at,
                      const char *name);

/** KEY: {"0.01": ...} of [.., quantile], and KEY_se; nothing when the frame has none. */
void lq_json_put_quantiles(lq_json *build, json_t *object, const char *key, lq_json_at at,
                           const char *name);

/** All of a law: mean, sd, skewness, quantiles and their errors. */
void lq_json_put_law(lq_json *build, json_t *object, lq_json_at at, const char *name);

/** The lists of json_offers.c. */
json_t *lq_json_offers(lq_json *build);
json_t *lq_json_pairs(lq_json *build);
json_t *lq_json_companies(lq_json *build);

#endif
