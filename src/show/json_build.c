#include "show/json_build.h"

#include "show/pick.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { NAME_CHARS = 96 };

void lq_json_put(lq_json *b, json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, value) != 0) b->failed = true;
}

void lq_json_append(lq_json *b, json_t *array, json_t *value)
{
    if (json_array_append_new(array, value) != 0) b->failed = true;
}

json_t *lq_json_number(double x)
{
    return isfinite(x) ? json_real(x) : json_null();
}

json_t *lq_json_whole(double x)
{
    if (!(fabs(x) < 9e15) || x != floor(x)) return lq_json_number(x);
    return json_integer((json_int_t)x);
}

json_t *lq_json_string(const char *text)
{
    return *text ? json_string(text) : json_null();
}

static const char *joined(const char *name, const char *suffix, char out[NAME_CHARS])
{
    snprintf(out, NAME_CHARS, "%s_%s", name, suffix);
    return out;
}

static bool has(const lq_json *b, lq_json_at at, const char *name)
{
    return lq_frame_find(b->frame, at.group, name) != NULL;
}

static double value_at(const lq_json *b, lq_json_at at, const char *name)
{
    return lq_pick(b->frame, at.group, name, at.i);
}

void lq_json_put_estimate(lq_json *b, json_t *object, lq_json_at at, const char *name)
{
    char se[NAME_CHARS];
    if (!has(b, at, name)) return;
    joined(name, "se", se);
    json_t *estimate = json_object();
    lq_json_put(b, estimate, "value", lq_json_number(value_at(b, at, name)));
    lq_json_put(b, estimate, "se", lq_json_number(value_at(b, at, se)));
    lq_json_put(b, object, name, estimate);
}

void lq_json_put_number(lq_json *b, json_t *object, const char *key, lq_json_at at,
                        const char *name)
{
    char se[NAME_CHARS], key_se[NAME_CHARS];
    if (!has(b, at, name)) return;
    lq_json_put(b, object, key, lq_json_number(value_at(b, at, name)));
    if (!has(b, at, joined(name, "se", se))) return;
    lq_json_put(b, object, joined(key, "se", key_se), lq_json_number(value_at(b, at, se)));
}

void lq_json_put_text(lq_json *b, json_t *object, const char *key, lq_json_at at,
                      const char *name)
{
    if (has(b, at, name))
        lq_json_put(b, object, key,
                    lq_json_string(lq_pick_text(b->frame, at.group, name, at.i)));
}

/* "0.05" and not "0.050000000000000003" */
static void put_level(lq_json *b, json_t *object, double level, double value)
{
    char key[NAME_CHARS];
    snprintf(key, sizeof key, "%.2f", level);
    if (fabs(strtod(key, NULL) - level) > 1e-9) snprintf(key, sizeof key, "%.10g", level);
    lq_json_put(b, object, key, lq_json_number(value));
}

static void put_levels(lq_json *b, json_t *object, const char *key, lq_json_at at,
                       const char *name)
{
    json_t *levels = json_object();
    const size_t n = lq_pick_len(b->frame, "quantile");
    for (size_t q = 0; q < n; q++)
        put_level(b, levels, lq_pick_coordinate(b->frame, "quantile", q),
                  lq_pick2(b->frame, at.group, name, at.i, q));
    lq_json_put(b, object, key, levels);
}

void lq_json_put_quantiles(lq_json *b, json_t *object, const char *key, lq_json_at at,
                           const char *name)
{
    char se[NAME_CHARS], key_se[NAME_CHARS];
    if (!has(b, at, name)) return;
    put_levels(b, object, key, at, name);
    if (has(b, at, joined(name, "se", se)))
        put_levels(b, object, joined(key, "se", key_se), at, se);
}

void lq_json_put_law(lq_json *b, json_t *object, lq_json_at at, const char *name)
{
    char full[NAME_CHARS];
    if (!has(b, at, joined(name, "mean", full))) return;
    json_t *law = json_object(), *mean = json_object();
    lq_json_put(b, mean, "value", lq_json_number(value_at(b, at, full)));
    lq_json_put(b, mean, "se", lq_json_number(value_at(b, at, joined(name, "mean_se", full))));
    lq_json_put(b, law, "mean", mean);
    lq_json_put_number(b, law, "sd", at, joined(name, "sd", full));
    lq_json_put_number(b, law, "skewness", at, joined(name, "skewness", full));
    lq_json_put_quantiles(b, law, "quantiles", at, joined(name, "quantiles", full));
    lq_json_put(b, object, name, law);
}
