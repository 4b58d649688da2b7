#include "config/schema.h"

#include "config/parse.h"
#include "config/quantity.h"
#include "config/schema_value.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>

enum { MAX_ID = 48, LISTED_KEYS = 14 };

static bool complain(const lq_node *node, const lq_reader *reader, const char *expected,
                     const char *hint)
{
    lq_node_problem(node, reader->problems, expected, lq_node_described(node), hint);
    return false;
}

static void *member_of(void *record, const lq_field *field)
{
    return (char *)record + field->offset;
}

static bool read_field(const lq_field *field, const lq_node *node, lq_reader *reader,
                       void *member);

static bool is_id(const char *text, bool capitals)
{
    const size_t len = strlen(text);
    if (len == 0 || len > MAX_ID) return false;
    for (size_t i = 0; i < len; i++) {
        const unsigned char c = (unsigned char)text[i];
        const bool plain = (c >= 'a' && c <= 'z') || isdigit(c) || (capitals && isupper(c));
        if (!plain && (i == 0 || (c != '-' && c != '_'))) return false;
    }
    return true;
}

static bool read_text(const lq_node *node, lq_reader *reader, const char **out)
{
    if (node->kind != LQ_NODE_SCALAR || (!node->text[0] && !node->quoted))
        return complain(node, reader, "text", NULL);
    const char *text = lq_arena_strdup(reader->arena, node->text);
    if (text) *out = text;
    return text != NULL;
}

static bool read_id(const lq_node *node, lq_reader *reader, const char **out)
{
    if (node->kind != LQ_NODE_SCALAR || !is_id(node->text, false))
        return complain(node, reader, "an id of small letters, digits, - and _", NULL);
    return read_text(node, reader, out);
}

static bool read_bool(const lq_node *node, lq_reader *reader, bool *out)
{
    static const char *const words[] = {"false", "true", "no", "yes"};
    for (size_t i = 0; node->kind == LQ_NODE_SCALAR && i < 4; i++) {
        if (strcmp(node->text, words[i]) != 0) continue;
        *out = i % 2 == 1;
        return true;
    }
    return complain(node, reader, "true or false", NULL);
}

static const char *joined(const char *const *words, size_t n, const char *last_gap,
                          lq_arena *arena)
{
    const char *text = n ? words[0] : "";
    for (size_t i = 1; i < n && text; i++)
        text = lq_arena_printf(arena, "%s%s%s", text, i + 1 == n ? last_gap : ", ", words[i]);
    return text;
}

static const char *near_word(const char *word, const char *const *words, size_t n,
                             lq_arena *arena)
{
    const char *near = lq_suggest(word, words, n);
    return near ? lq_arena_printf(arena, "did you mean %s?", near) : NULL;
}

static bool read_choice(const lq_field *field, const lq_node *node, lq_reader *reader, int *out)
{
    const char *word = node->kind == LQ_NODE_SCALAR ? node->text : "";
    size_t n = 0;
    for (; field->choices[n]; n++) {
        if (strcmp(field->choices[n], word) != 0) continue;
        *out = (int)n;
        return true;
    }
    return complain(node, reader, joined(field->choices, n, " or ", reader->arena),
                    near_word(word, field->choices, n, reader->arena));
}

static size_t collect_keys(const lq_record *record, const char **keys, size_t cap)
{
    size_t n = 0;
    for (const lq_field *f = record->fields; f->key && n < cap; f++)
        keys[n++] = f->key;
    return n;
}

static const lq_field *field_of(const lq_record *record, const char *key)
{
    for (const lq_field *f = record->fields; f->key; f++)
        if (strcmp(f->key, key) == 0) return f;
    return NULL;
}

/* "did you mean simulation.paths?": the key is right, one level further down. */
static const char *key_below(const lq_record *record, const char *key, lq_arena *arena)
{
    for (const lq_field *f = record->fields; f->key; f++)
        if (f->kind == LQ_FIELD_RECORD && field_of(f->record, key))
            return lq_arena_printf(arena, "did you mean %s.%s?", f->key, key);
    return NULL;
}

static void complain_of_key(const lq_record *record, const lq_node *node, lq_reader *reader)
{
    enum { MAX_KEYS = 96 };
    const char *keys[MAX_KEYS];
    const size_t n = collect_keys(record, keys, MAX_KEYS);
    const char *hint = near_word(node->key, keys, n, reader->arena);
    if (strspn(node->key, "0123456789") == 3 && strlen(node->key) == 3)
        hint = "inside { } a comma ends the value: write $285K, or '$285,000' in quotes";
    if (!hint) hint = key_below(record, node->key, reader->arena);
    if (!hint && n <= LISTED_KEYS)
        hint = lq_arena_printf(reader->arena, "keys: %s", joined(keys, n, ", ", reader->arena));
    lq_node_key_problem(node, reader->problems,
                        lq_arena_printf(reader->arena, "a key of %s", record->name), node->key,
                        hint);
}

static const char *kind_expected(const lq_field *field, lq_arena *arena)
{
    switch (field->kind) {
    case LQ_FIELD_VALUE:
        return lq_measure_example(field->measure);
    case LQ_FIELD_DATE:
        return "a date such as 2027-01-31";
    case LQ_FIELD_ID:
        return "an id";
    case LQ_FIELD_LIST:
    case LQ_FIELD_VALUES:
        return "a list";
    case LQ_FIELD_MAP:
    case LQ_FIELD_RECORD:
        return "a group";
    default:
        return lq_arena_printf(arena, "the key %s", field->key);
    }
}

static void complain_of_missing(const lq_field *field, const lq_node *group, lq_reader *reader)
{
    const char *at = lq_node_address(group, reader->arena);
    const lq_problem problem = {
        .mark = group->mark,
        .key = lq_arena_printf(reader->arena, "%s%s%s", at, at[0] ? "." : "", field->key),
        .expected = kind_expected(field, reader->arena),
        .found = "nothing",
        .hint = field->doc,
        .source_line = group->source_line};
    lq_problems_add(reader->problems, &problem);
}

void lq_schema_missing(const lq_record *record, const char *key, const lq_node *group,
                       lq_reader *reader)
{
    complain_of_missing(field_of(record, key), group, reader);
}

static bool wants_group(const lq_record *record, const lq_node *node, lq_reader *reader)
{
    const char *keys[LISTED_KEYS + 1];
    size_t n = collect_keys(record, keys, LISTED_KEYS + 1);
    if (n > LISTED_KEYS) {
        n = LISTED_KEYS;
        keys[n - 1] = "...";
    }
    return complain(
        node, reader,
        lq_arena_printf(reader->arena, "a group with the keys of %s", record->name),
        lq_arena_printf(reader->arena, "keys: %s", joined(keys, n, ", ", reader->arena)));
}

bool lq_schema_read(const lq_record *record, const lq_node *group, lq_reader *reader, void *out)
{
    if (!group || group->kind != LQ_NODE_GROUP)
        return group ? wants_group(record, group, reader) : false;
    bool fine = true;
    for (const lq_node *child = group->first; child; child = child->next) {
        const lq_field *field = field_of(record, child->key);
        if (child->told) {
            fine = false;
        } else if (!field) {
            complain_of_key(record, child, reader);
            fine = false;
        } else {
            fine = read_field(field, child, reader, member_of(out, field)) && fine;
        }
    }
    /* What is missing might have come from one that is not there. */
    const bool orphan = lq_node_get(group, "extends") != NULL;
    for (const lq_field *field = record->fields; field->key; field++) {
        if (!field->required || lq_node_get(group, field->key) || orphan) continue;
        complain_of_missing(field, group, reader);
        fine = false;
    }
    return fine;
}

static bool ids_differ(const lq_node *list, lq_reader *reader)
{
    lq_id_index ids;
    if (!lq_id_index_build(list, reader->arena, &ids)) return false;
    bool fine = true;
    for (size_t i = 1; i < ids.len; i++) {
        if (strcmp(ids.id[i - 1], ids.id[i]) != 0) continue;
        const lq_mark first = lq_node_get(ids.node[i - 1], "id")->mark;
        lq_node_problem(lq_node_get(ids.node[i], "id"), reader->problems, "each id once",
                        lq_arena_printf(reader->arena, "%s again, first at %s:%d:%d", ids.id[i],
                                        first.file ? first.file : "", first.line, first.column),
                        NULL);
        fine = false;
    }
    return fine;
}

/* One item of a list or a map: defaults, its id, then what is written. */
static bool read_item(const lq_field *field, const lq_node *node, lq_reader *reader, void *item)
{
    lq_schema_defaults(field->record, reader, item);
    if (field->kind == LQ_FIELD_MAP) {
        if (!is_id(node->key, true)) {
            lq_node_key_problem(node, reader->problems, "an id of letters, digits, - and _",
                                node->key, NULL);
            return false;
        }
        const char *id = lq_arena_strdup(reader->arena, node->key);
        memcpy(item, &id, sizeof id);
    }
    if (node->kind != LQ_NODE_GROUP && field->read) return field->read(node, reader, item);
    return lq_schema_read(field->record, node, reader, item);
}

static bool read_items(const lq_field *field, const lq_node *node, lq_reader *reader,
                       lq_list *out)
{
    const bool map = field->kind == LQ_FIELD_MAP;
    if (node->kind != (map ? LQ_NODE_GROUP : LQ_NODE_LIST))
        return complain(node, reader,
                        lq_arena_printf(reader->arena, "%s of type %s",
                                        map ? "a group of ids, each" : "a list of items",
                                        field->record->name),
                        NULL);
    const size_t size = field->record->size;
    char *items = lq_arena_calloc(reader->arena, node->n_children + 1, size);
    if (!items) return false;
    bool fine = map || ids_differ(node, reader);
    size_t n = 0;
    for (const lq_node *child = node->first; child; child = child->next)
        fine = read_item(field, child, reader, items + size * n++) && fine;
    *out = (lq_list){.items = items, .len = n};
    return fine;
}

/* `bonus: {uncertain: 10% to 15%}`, `{value: 10%, source: ...}`: a figure, though written as a
 * group. */
static bool is_short_form(const lq_node *node)
{
    static const char *const words[] = {"value", "source", "date", "note"};
    if (node->kind != LQ_NODE_GROUP || lq_node_get(node, "uncertain")) return true;
    size_t known = 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        known += lq_node_get(node, words[i]) != NULL;
    return lq_node_get(node, "value") && known > 1 && known == node->n_children;
}

static bool read_record(const lq_field *field, const lq_node *node, lq_reader *reader,
                        void *member)
{
    if (is_short_form(node) && field->read) return field->read(node, reader, member);
    return lq_schema_read(field->record, node, reader, member);
}

static bool read_field(const lq_field *field, const lq_node *node, lq_reader *reader,
                       void *member)
{
    switch (field->kind) {
    case LQ_FIELD_VALUE:
        return lq_schema_read_value(field, node, reader, member);
    case LQ_FIELD_DATE:
        return lq_date_read(node, reader->problems, member);
    case LQ_FIELD_TEXT:
        return read_text(node, reader, member);
    case LQ_FIELD_ID:
        return read_id(node, reader, member);
    case LQ_FIELD_BOOL:
        return read_bool(node, reader, member);
    case LQ_FIELD_CHOICE:
        return read_choice(field, node, reader, member);
    case LQ_FIELD_RECORD:
        return read_record(field, node, reader, member);
    case LQ_FIELD_LIST:
    case LQ_FIELD_MAP:
        return read_items(field, node, reader, member);
    case LQ_FIELD_VALUES:
        return lq_schema_read_values(field, node, reader, member);
    case LQ_FIELD_CUSTOM:
        return field->read(node, reader, member);
    }
    return false;
}

static const lq_node *fallback_node(const char *text, lq_reader *reader)
{
    if (text[0] == '{' || text[0] == '[') {
        lq_source source = {
            .name = "default", .text = text, .len = strlen(text), .first_line = 1};
        lq_budget budget = {.arena = reader->arena, .problems = reader->problems};
        return lq_source_check(&source, reader->arena, reader->problems)
                   ? lq_parse_yaml(&source, &budget)
                   : NULL;
    }
    lq_node *node = lq_arena_calloc(reader->arena, 1, sizeof *node);
    if (node) node->text = text;
    return node;
}

void lq_schema_defaults(const lq_record *record, lq_reader *reader, void *out)
{
    for (const lq_field *field = record->fields; field->key; field++) {
        void *member = member_of(out, field);
        if (field->kind == LQ_FIELD_RECORD) lq_schema_defaults(field->record, reader, member);
        if (!field->fallback) continue;
        const lq_node *node = fallback_node(field->fallback, reader);
        const bool fine = node && read_field(field, node, reader, member);
        /* A fallback that cannot be read is our own mistake. */
        assert(fine || lq_arena_failed(reader->arena));
        if (fine && field->kind == LQ_FIELD_VALUE) ((lq_value *)member)->is_default = true;
    }
}
