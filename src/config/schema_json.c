#include "config/catalogue.h"
#include "config/json.h"
#include "config/quantity.h"
#include "config/schema_value.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Regular expressions (ECMA 262) of one figure, as quantity.c reads it. */
#define NUMBER   "[+-]?[0-9]*[0-9_,]*(\\.[0-9]+)?([eE][+-]?[0-9]+)?"
#define CURRENCY "(US\\$|\\$|\xE2\x82\xAC|\xC2\xA3|\xC2\xA5|[A-Z]{3})?"
#define SCALE    "(K|k|M|MM|mn|B|b|bn|Bn|T|tn|thousand|million|billion)?"
#define MONEY    "[+-]?" CURRENCY " *" NUMBER " *" SCALE " *" CURRENCY
#define YEARLY   " *((/|a |per ) *(y|yr|year|mo|month))?"
#define PERCENT  NUMBER " *(%|percent|bp|bps)?"

typedef struct measure_form {
    const char *name, *figure, *number; /* $defs name, pattern, JSON Schema of a bare number */
    const char *doc;
} measure_form;

static const measure_form measure_forms[] = {
    [LQ_MEASURE_NUMBER] = {"number", NUMBER " *(x|K|M|bn)?", "{\"type\": \"number\"}",
                           "A pure number: 0.5, 1e6, 1.5x."},
    [LQ_MEASURE_COUNT] = {"count", NUMBER " *" SCALE, "{\"type\": \"integer\"}",
                          "A whole number: 40_000, 1e6, 8M."},
    [LQ_MEASURE_MONEY] = {"money", MONEY, "{\"type\": \"number\"}",
                          "Money: $285K, EUR 209K, 4.5bn; without a currency, the offer's."},
    [LQ_MEASURE_FRACTION] = {"fraction", PERCENT,
                             "{\"type\": \"number\", \"minimum\": -1, \"maximum\": 1}",
                             "A fraction: 35% or 0.35."},
    [LQ_MEASURE_RATE] = {"rate", PERCENT " *((/|a |per ) *(y|yr|year))?",
                         "{\"type\": \"number\", \"minimum\": -1, \"maximum\": 1}",
                         "A rate a year: 10%/y, 0.4/y, 4.4%."},
    [LQ_MEASURE_DURATION] = {"duration",
                             NUMBER " *(d|days?|w|weeks?|mos?|months?|y|yrs?|years?)",
                             "{\"const\": 0}", "A duration: 18mo, 4y, 90d."},
    [LQ_MEASURE_MONEY_RATE] = {"money-a-year", MONEY YEARLY, "{\"type\": \"number\"}",
                               "Money a year: $140K/y, $140K."},
};
enum { N_MEASURES = sizeof measure_forms / sizeof measure_forms[0] };

static const char *const forms_of_distribution[] = {"uniform", "triangular", "pert",
                                                    "normal",  "lognormal",  "discrete"};

static void put_ref(lq_json *j, const char *key, const char *name, const char *tail)
{
    char ref[2 * LQ_NAME_CHARS];
    snprintf(ref, sizeof ref, "#/$defs/%s%s", name, tail);
    lq_json_open(j, key, '{');
    lq_json_text(j, "$ref", ref);
    lq_json_close(j, '}');
}

static void put_pattern(lq_json *j, const char *figure, bool range)
{
    char pattern[1024];
    if (range)
        snprintf(pattern, sizeof pattern, "^ *%s *( to |-|\xE2\x80\x93|\xE2\x80\x94) *%s *$",
                 figure, figure);
    else
        snprintf(pattern, sizeof pattern, "^ *%s *$", figure);
    lq_json_open(j, NULL, '{');
    lq_json_text(j, "type", "string");
    lq_json_text(j, "pattern", pattern);
    lq_json_close(j, '}');
}

/* {key: ..., source: ..., date: ..., note: ...} */
static void open_wrapped(lq_json *j, const char *key)
{
    char required[LQ_NAME_CHARS];
    snprintf(required, sizeof required, "[\"%s\"]", key);
    lq_json_open(j, NULL, '{');
    lq_json_text(j, "type", "object");
    lq_json_raw(j, "required", required);
    lq_json_raw(j, "additionalProperties", "false");
    lq_json_open(j, "properties", '{');
    lq_json_raw(j, "source", "{\"type\": \"string\"}");
    lq_json_raw(j, "date", "{\"type\": \"string\"}");
    lq_json_raw(j, "note", "{\"type\": \"string\"}");
}

static void close_wrapped(lq_json *j)
{
    lq_json_close(j, '}');
    lq_json_close(j, '}');
}

static void put_wrapped_ref(lq_json *j, const char *key, const char *name, const char *tail)
{
    open_wrapped(j, key);
    put_ref(j, key, name, tail);
    close_wrapped(j);
}

/* One figure; a law; either of them or ignorance of it; a law by chance as well. */
static void put_measure(lq_json *j, const measure_form *m)
{
    char name[LQ_NAME_CHARS];
    lq_json_open(j, m->name, '{');
    lq_json_text(j, "description", m->doc);
    lq_json_open(j, "anyOf", '[');
    put_pattern(j, m->figure, false);
    lq_json_raw(j, NULL, m->number);
    put_wrapped_ref(j, "value", m->name, "");
    lq_json_close(j, ']');
    lq_json_close(j, '}');

    snprintf(name, sizeof name, "%s.law", m->name);
    lq_json_open(j, name, '{');
    lq_json_open(j, "anyOf", '[');
    put_pattern(j, m->figure, true);
    for (size_t i = 0; i < sizeof forms_of_distribution / sizeof forms_of_distribution[0];
         i++) {
        open_wrapped(j, forms_of_distribution[i]);
        lq_json_raw(j, forms_of_distribution[i], "{\"type\": [\"array\", \"object\"]}");
        close_wrapped(j);
    }
    lq_json_close(j, ']');
    lq_json_close(j, '}');

    snprintf(name, sizeof name, "%s.world", m->name);
    lq_json_open(j, name, '{');
    lq_json_open(j, "anyOf", '[');
    put_ref(j, NULL, m->name, "");
    put_wrapped_ref(j, "uncertain", m->name, ".law");
    lq_json_close(j, ']');
    lq_json_close(j, '}');

    snprintf(name, sizeof name, "%s.path", m->name);
    lq_json_open(j, name, '{');
    lq_json_open(j, "anyOf", '[');
    put_ref(j, NULL, m->name, ".world");
    put_ref(j, NULL, m->name, ".law");
    put_wrapped_ref(j, "value", m->name, ".law");
    lq_json_close(j, ']');
    lq_json_close(j, '}');
}

static void put_description(lq_json *j, const lq_field *f)
{
    char text[768];
    const char *unit = lq_schema_unit(f);
    snprintf(text, sizeof text, "%s%s%s%s", f->doc ? f->doc : "", unit[0] ? " (" : "", unit,
             unit[0] ? ")" : "");
    if (text[0]) lq_json_text(j, "description", text);
}

static bool is_json_number(const char *text)
{
    const size_t len = strlen(text);
    return len && strspn(text, "0123456789.-") == len &&
           isdigit((unsigned char)text[len - 1]) &&
           (text[0] != '0' || len == 1 || text[1] == '.') && strchr(text + 1, '-') == NULL;
}

static void put_default(lq_json *j, const lq_field *f)
{
    const char *text = f->fallback;
    if (!text || text[0] == '{' || text[0] == '[') return;
    const bool raw =
        f->kind == LQ_FIELD_BOOL || (f->kind == LQ_FIELD_VALUE && is_json_number(text));
    if (raw)
        lq_json_raw(j, "default", text);
    else
        lq_json_text(j, "default", text);
}

static const char *varies_tail(lq_varies varies)
{
    if (varies == LQ_VARIES_NEVER) return "";
    return varies == LQ_VARIES_WORLD ? ".world" : ".path";
}

static void put_value_ref(lq_json *j, const lq_field *f)
{
    char ref[2 * LQ_NAME_CHARS];
    snprintf(ref, sizeof ref, "#/$defs/%s%s", measure_forms[f->measure].name,
             varies_tail(f->varies));
    lq_json_text(j, "$ref", ref);
}

/* A figure, or the word that may stand for it. */
static void put_value(lq_json *j, const lq_field *f)
{
    if (!f->word) {
        put_value_ref(j, f);
        return;
    }
    lq_json_open(j, "anyOf", '[');
    lq_json_open(j, NULL, '{');
    put_value_ref(j, f);
    lq_json_close(j, '}');
    lq_json_open(j, NULL, '{');
    lq_json_text(j, "const", f->word);
    lq_json_close(j, '}');
    lq_json_close(j, ']');
}

/* These words bear on numbers alone: what is written with a unit is left to the reader. */
static void put_bounds(lq_json *j, const lq_field *f)
{
    char digits[64];
    if (f->min == 0.0 && f->max == 0.0) return;
    if (isfinite(f->min))
        lq_json_raw(j, f->above_min ? "exclusiveMinimum" : "minimum",
                    lq_decimal_format(f->min, 0, 17, digits, sizeof digits));
    if (isfinite(f->max))
        lq_json_raw(j, "maximum", lq_decimal_format(f->max, 0, 17, digits, sizeof digits));
}

static void put_choices(lq_json *j, const char *const *choices)
{
    lq_json_open(j, "enum", '[');
    for (size_t i = 0; choices[i]; i++)
        lq_json_text(j, NULL, choices[i]);
    lq_json_close(j, ']');
}

/* A record, or what its shorthand takes. */
static void put_record(lq_json *j, const char *key, const lq_field *f, const char *name)
{
    if (!f->read) {
        put_ref(j, key, name, "");
        return;
    }
    lq_json_open(j, key, '{');
    lq_json_open(j, "anyOf", '[');
    put_ref(j, NULL, name, "");
    lq_json_raw(j, NULL,
                f->json_type ? f->json_type
                             : "{\"type\": [\"string\", \"number\", \"array\"]}");
    lq_json_close(j, ']');
    lq_json_close(j, '}');
}

static void put_type(lq_json *j, const lq_field *f, const char *record_name)
{
    switch (f->kind) {
    case LQ_FIELD_VALUE:
        put_value(j, f);
        put_bounds(j, f);
        return;
    case LQ_FIELD_DATE:
        lq_json_text(j, "type", "string");
        lq_json_text(j, "pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
        return;
    case LQ_FIELD_TEXT:
        lq_json_raw(j, "type", "[\"string\", \"number\", \"boolean\"]");
        return;
    case LQ_FIELD_ID:
        lq_json_text(j, "type", "string");
        lq_json_text(j, "pattern", "^[a-z0-9][a-z0-9_-]{0,47}$");
        return;
    case LQ_FIELD_BOOL:
        lq_json_text(j, "type", "boolean");
        return;
    case LQ_FIELD_CHOICE:
        put_choices(j, f->choices);
        return;
    case LQ_FIELD_RECORD:
        lq_json_open(j, "allOf", '[');
        put_record(j, NULL, f, record_name);
        lq_json_close(j, ']');
        return;
    case LQ_FIELD_LIST:
        lq_json_text(j, "type", "array");
        put_record(j, "items", f, record_name);
        return;
    case LQ_FIELD_MAP:
        lq_json_text(j, "type", "object");
        put_record(j, "additionalProperties", f, record_name);
        return;
    case LQ_FIELD_VALUES:
        lq_json_text(j, "type", "array");
        lq_json_open(j, "items", '{');
        put_value_ref(j, f);
        lq_json_close(j, '}');
        return;
    case LQ_FIELD_CUSTOM:
        lq_json_open(j, "allOf", '[');
        lq_json_raw(j, NULL, f->json_type ? f->json_type : "true");
        lq_json_close(j, ']');
        return;
    }
}

static void put_field(lq_json *j, const lq_catalogue *c, const lq_field *f)
{
    char name[LQ_NAME_CHARS] = "";
    if (f->record) lq_catalogue_name(c, f->record, name);
    lq_json_open(j, f->key, '{');
    put_description(j, f);
    put_default(j, f);
    put_type(j, f, name);
    lq_json_close(j, '}');
}

static bool is_heir(const lq_record *root, const lq_record *record)
{
    for (const lq_field *f = root->fields; f->key; f++)
        if (f->record == record && lq_inherits(f->key)) return true;
    return false;
}

/* What must be written, unless it may come from elsewhere. */
static void put_required(lq_json *j, const lq_record *record, const char *elsewhere)
{
    char fragment[2 * LQ_NAME_CHARS];
    if (elsewhere) {
        snprintf(fragment, sizeof fragment, "{\"required\": [\"%s\"]}", elsewhere);
        lq_json_open(j, "anyOf", '[');
        lq_json_raw(j, NULL, fragment);
        lq_json_open(j, NULL, '{');
    }
    lq_json_open(j, "required", '[');
    for (const lq_field *f = record->fields; f->key; f++)
        if (f->required) lq_json_text(j, NULL, f->key);
    lq_json_close(j, ']');
    if (!elsewhere) return;
    lq_json_close(j, '}');
    lq_json_close(j, ']');
}

static void put_body(lq_json *j, const lq_catalogue *c, const lq_record *record)
{
    const lq_record *root = c->record[0];
    const bool heir = is_heir(root, record);
    lq_json_text(j, "title", record->name);
    if (record->doc) lq_json_text(j, "description", record->doc);
    lq_json_text(j, "type", "object");
    lq_json_raw(j, "additionalProperties", "false");
    put_required(j, record, heir ? "extends" : record == root ? "include" : NULL);
    lq_json_open(j, "properties", '{');
    for (const lq_field *f = record->fields; f->key; f++)
        put_field(j, c, f);
    if (heir)
        lq_json_raw(
            j, "extends",
            "{\"type\": \"string\", \"description\": \"Id to inherit from; groups merge, "
            "lists are replaced.\"}");
    if (record == root)
        lq_json_raw(
            j, "include",
            "{\"type\": [\"string\", \"array\"], \"items\": {\"type\": \"string\"}, "
            "\"description\": \"Files this one is laid over; paths from its folder.\"}");
    lq_json_close(j, '}');
}

static void put_definitions(lq_json *j, const lq_catalogue *c)
{
    char name[LQ_NAME_CHARS];
    lq_json_open(j, "$defs", '{');
    for (size_t m = 0; m < N_MEASURES; m++)
        put_measure(j, &measure_forms[m]);
    for (size_t i = 1; i < c->len; i++) {
        lq_json_open(j, lq_catalogue_name(c, c->record[i], name), '{');
        put_body(j, c, c->record[i]);
        lq_json_close(j, '}');
    }
    lq_json_close(j, '}');
}

lq_status lq_schema_print_json(const lq_record *root, FILE *out, lq_error *err)
{
    lq_arena *arena = lq_arena_create();
    lq_catalogue catalogue;
    if (!arena || !lq_catalogue_build(root, arena, &catalogue)) {
        lq_arena_destroy(arena);
        return LQ_FAIL(err, LQ_ENOMEM, .expected = "memory for the schema");
    }
    lq_json json = {.out = out};
    lq_json_open(&json, NULL, '{');
    lq_json_text(&json, "$schema", "https://json-schema.org/draft/2020-12/schema");
    put_body(&json, &catalogue, root);
    put_definitions(&json, &catalogue);
    lq_json_close(&json, '}');
    lq_arena_destroy(arena);
    if (fflush(out) == 0 && !ferror(out)) return LQ_OK;
    return LQ_FAIL(err, LQ_EIO, .expected = "an output that can be written");
}
