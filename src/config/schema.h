/**
 * @file schema.h
 * The declarative schema: one row per key is the parser, the default, the range check, the
 * reference page (docs/config.md), JSON Schema for editors, and the attributes of the file.
 *
 * The rows themselves live in `scenario` (they name its struct members); this module is the
 * machine that reads them.
 */
#ifndef LQ_CONFIG_SCHEMA_H
#define LQ_CONFIG_SCHEMA_H

#include "config/value.h"

#include <stdio.h>

typedef enum lq_field_kind {
    LQ_FIELD_VALUE,  /**< lq_value, of `measure` */
    LQ_FIELD_DATE,   /**< lq_date */
    LQ_FIELD_TEXT,   /**< const char *, any text */
    LQ_FIELD_ID,     /**< const char *, [a-z0-9][a-z0-9_-]*, at most 48 characters */
    LQ_FIELD_BOOL,   /**< bool */
    LQ_FIELD_CHOICE, /**< int, index into `choices` (NULL-terminated) */
    LQ_FIELD_RECORD, /**< a nested struct, `record` */
    LQ_FIELD_LIST,   /**< lq_list of structs: a YAML list */
    LQ_FIELD_MAP,    /**< lq_list of structs: a YAML group keyed by id (first member: const char
                      *id) */
    LQ_FIELD_VALUES, /**< lq_list of lq_value: a YAML list of numbers */
    LQ_FIELD_CUSTOM  /**< `read` does it all */
} lq_field_kind;

/** When a number may differ from itself: D6 of ARCHITECTURE. */
typedef enum lq_varies {
    LQ_VARIES_NEVER, /**< constant only */
    LQ_VARIES_WORLD, /**< `uncertain:` allowed */
    LQ_VARIES_PATH,  /**< also a distribution per path */
    LQ_VARIES_EVENT  /**< a distribution drawn at each event */
} lq_varies;

/** A growing array in the arena. */
typedef struct lq_list {
    void *items;
    size_t len;
} lq_list;

struct lq_record;

/** What a custom reader may use. */
typedef struct lq_reader {
    lq_arena *arena; /**< Of the scenario. */
    lq_problems *problems;
    void *context; /**< The scenario under construction. */
} lq_reader;

typedef struct lq_field {
    const char *key;
    lq_field_kind kind;
    lq_measure measure;   /**< For VALUE and VALUES. */
    size_t offset;        /**< Of the member in the record's struct. */
    const char *fallback; /**< Default, as one would write it in YAML; NULL: none (optional). */
    bool required;
    double min, max;  /**< Inclusive, in base units; both 0: no check. */
    bool above_min;   /**< The minimum itself is refused by a check that says why. */
    const char *unit; /**< For people: "USD", "fraction a year", "months". */
    const char *doc;  /**< One sentence. */
    lq_varies varies;
    const char *const *choices;
    const struct lq_record *record;
    /** CUSTOM, or a shorthand tried first when the node is a scalar or list where a record (or
     * a record in a LIST or MAP) is expected. Returns false after adding a problem. The node of
     * a default has a mark without a file. */
    bool (*read)(const lq_node *node, lq_reader *reader, void *member);
    const char *short_key; /**< RECORD: the key that a bare figure in its place means. */
    const char *named_by;  /**< MAP: "offers.company", texts of a list of the root that name
                            * items of it, written or not. */
    const char *word;      /**< For VALUE: may stand for the figure (lq_value.word); or NULL. */
    const char *range_hint; /**< Replaces the hint when a distribution stands where none may. */
    const char *json_type; /**< For CUSTOM and shorthands: a JSON Schema fragment; NULL: any. */
} lq_field;

typedef struct lq_record {
    const char *name; /**< "offer", "company", ...: title in the reference page. */
    const char *doc;
    size_t size;
    const lq_field *fields; /**< Ends with a row whose key is NULL. */
} lq_record;

/** Fills *out (zeroed by the caller) with the defaults of the record. */
void lq_schema_defaults(const lq_record *record, lq_reader *reader, void *out);

/**
 * Reads a group into *out, which already holds defaults: unknown keys get a suggestion, ranges
 * are checked, required keys demanded. Every problem is added; returns true when none was.
 */
bool lq_schema_read(const lq_record *record, const lq_node *group, lq_reader *reader,
                    void *out);

/** Adds the problem that a key of the group is missing, as for a row that is required. */
void lq_schema_missing(const lq_record *record, const char *key, const lq_node *group,
                       lq_reader *reader);

/** JSON Schema (draft 2020-12) of the whole config; the reference page in Markdown. */
lq_status lq_schema_print_json(const lq_record *root, FILE *out, lq_error *err);
lq_status lq_schema_print_markdown(const lq_record *root, FILE *out, lq_error *err);

/** Sections of the page alone, for a file that is no config. */
lq_status lq_schema_print_sections(const lq_record *root, FILE *out, lq_error *err);

/** The key nearest to `word` among n candidates (Damerau-Levenshtein <= 2 or a third of its
 *  length), or NULL. */
const char *lq_suggest(const char *word, const char *const *candidates, size_t n);

#endif
