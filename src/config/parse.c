#include "config/parse.h"

#include <string.h>
#include <yaml.h>

typedef struct builder {
    lq_source *source;
    lq_budget *budget;
    yaml_parser_t yaml;
    lq_node *open[LQ_TREE_MAX_DEPTH]; /* groups and lists not yet closed */
    size_t depth;
    const char *key; /* read, its value not yet */
    lq_mark key_mark;
    lq_node *root;
    size_t n_documents;
} builder;

static lq_mark mark_of(const builder *b, yaml_mark_t at)
{
    const int line = (int)at.line, shift = line == 0 ? b->source->first_column : 0;
    return (lq_mark){.file = b->source->name,
                     .line = b->source->first_line + line,
                     .column = (int)at.column + 1 + shift};
}

static const char *line_of(builder *b, lq_mark mark)
{
    return lq_source_line(b->source, mark.line, b->budget->arena);
}

/* The address of what is being read: the open node, and the key before its value. */
static const char *address(builder *b, const char *key)
{
    const char *at = b->depth ? lq_node_address(b->open[b->depth - 1], b->budget->arena) : "";
    if (!key || !at) return at;
    return at[0] ? lq_arena_printf(b->budget->arena, "%s.%s", at, key) : key;
}

static void complain(builder *b, lq_mark mark, const char *key, const char *expected,
                     const char *found, const char *hint)
{
    lq_problems_add(b->budget->problems, &(lq_problem){.mark = mark,
                                                       .key = address(b, key),
                                                       .expected = expected,
                                                       .found = found,
                                                       .hint = hint,
                                                       .source_line = line_of(b, mark)});
}

/* What was opened and never closed is noticed where the text ends; it is told where it began.
 */
static bool is_at_end(const lq_source *source, size_t line)
{
    if (line >= source->n_lines) return true;
    const char *rest = source->text + source->line_start[line];
    return rest[strspn(rest, " \t\r\n")] == '\0';
}

static const char *syntax_hint(const yaml_parser_t *y, const char *line)
{
    if (line && memchr(line, '\t', strspn(line, " \t")))
        return "indent with spaces, not with tabs";
    if (y->problem && strncmp(y->problem, "mapping values", 14) == 0)
        return "text that holds a colon stands in quotes";
    return y->context;
}

static void complain_of_syntax(builder *b)
{
    const yaml_parser_t *y = &b->yaml;
    const char *problem = y->problem ? y->problem : "text that is no YAML";
    const bool at_end = y->context && is_at_end(b->source, y->problem_mark.line);
    const lq_mark mark = mark_of(b, at_end ? y->context_mark : y->problem_mark);
    const char *line = line_of(b, mark);
    /* libyaml says "did not find expected ...", "found ...", "mapping values are not ...". */
    const char *found = strncmp(problem, "found ", 6) == 0
                            ? problem + 6
                            : lq_arena_printf(b->budget->arena, "an error: %s", problem);
    lq_problems_add(b->budget->problems, &(lq_problem){.mark = mark,
                                                       .expected = "well-formed YAML",
                                                       .found = found,
                                                       .hint = syntax_hint(y, line),
                                                       .source_line = line});
}

static bool take_key(builder *b, const yaml_event_t *event)
{
    const char *text = (const char *)event->data.scalar.value;
    const lq_mark mark = mark_of(b, event->start_mark);
    const lq_node *group = b->open[b->depth - 1];
    if (group->n_children == LQ_TREE_MAX_KEYS) {
        complain(b, mark, NULL, "at most 512 keys in a group", "more", NULL);
        return false;
    }
    if (text[0] == '\0') {
        complain(b, mark, NULL, "a key", "nothing before the colon", NULL);
        return false;
    }
    if (strlen(text) != event->data.scalar.length) {
        complain(b, mark, NULL, "a key", "text with a NUL character", NULL);
        return false;
    }
    if (strcmp(text, "<<") == 0)
        complain(b, mark, text, "a key", "a YAML merge key",
                 "inheritance is written `extends: <id>`");
    b->key = lq_arena_strdup(b->budget->arena, text);
    b->key_mark = mark;
    return b->key != NULL;
}

/* A second value of one key is read but not kept. */
static bool is_repeated(builder *b, const lq_node *group)
{
    const lq_node *first = lq_node_get(group, b->key);
    if (!first) return false;
    complain(b, b->key_mark, b->key, "each key once",
             lq_arena_printf(b->budget->arena, "%s again, first at %s:%d:%d", b->key,
                             first->key_mark.file, first->key_mark.line,
                             first->key_mark.column),
             NULL);
    return true;
}

static void attach(builder *b, lq_node *node)
{
    if (b->depth == 0) {
        b->root = node;
        return;
    }
    lq_node *parent = b->open[b->depth - 1];
    node->parent = parent;
    if (parent->kind == LQ_NODE_GROUP) {
        node->key = b->key;
        node->key_mark = b->key_mark;
        node->key_line = line_of(b, b->key_mark);
        node->told = node->told || strcmp(b->key, "<<") == 0;
        const bool repeated = is_repeated(b, parent);
        b->key = NULL;
        if (repeated) return;
    }
    lq_node_append(parent, node);
}

static bool expects_key(const builder *b)
{
    return b->depth && b->open[b->depth - 1]->kind == LQ_NODE_GROUP && !b->key;
}

/* "!!int", as it is written, for "tag:yaml.org,2002:int". */
static const char *tag_as_written(lq_arena *arena, const char *tag)
{
    static const char standard[] = "tag:yaml.org,2002:";
    const size_t len = sizeof standard - 1;
    if (strncmp(tag, standard, len) == 0)
        return lq_arena_printf(arena, "the tag !!%s", tag + len);
    return lq_arena_printf(arena, "the tag %s", tag);
}

static void refuse_decoration(builder *b, lq_mark mark, const yaml_char_t *anchor,
                              const yaml_char_t *tag)
{
    lq_arena *arena = b->budget->arena;
    if (anchor)
        complain(b, mark, b->key, "a value written out",
                 lq_arena_printf(arena, "the anchor &%s", (const char *)anchor),
                 "reuse is written `extends: <id>` or `include: FILE`");
    if (tag)
        complain(b, mark, b->key, "a value without a tag",
                 tag_as_written(arena, (const char *)tag), NULL);
}

static bool on_scalar(builder *b, const yaml_event_t *event)
{
    const lq_mark mark = mark_of(b, event->start_mark);
    const size_t len = event->data.scalar.length;
    refuse_decoration(b, mark, event->data.scalar.anchor, event->data.scalar.tag);
    if (expects_key(b)) return take_key(b, event);
    lq_node *node = lq_node_create(b->budget, LQ_NODE_SCALAR, mark);
    if (!node) return false;
    node->text =
        lq_arena_strndup(b->budget->arena, (const char *)event->data.scalar.value, len);
    node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    node->source_line = line_of(b, mark);
    if (!node->text) return false;
    if (strlen(node->text) != len) {
        complain(b, mark, b->key, "text", "text with a NUL character", NULL);
        return false;
    }
    attach(b, node);
    return true;
}

static bool on_open(builder *b, const yaml_event_t *event, lq_node_kind kind)
{
    const lq_mark mark = mark_of(b, event->start_mark);
    const bool group = kind == LQ_NODE_GROUP;
    refuse_decoration(
        b, mark, group ? event->data.mapping_start.anchor : event->data.sequence_start.anchor,
        group ? event->data.mapping_start.tag : event->data.sequence_start.tag);
    if (expects_key(b)) {
        complain(b, mark, NULL, "a key", group ? "a group" : "a list", NULL);
        return false;
    }
    if (b->depth == LQ_TREE_MAX_DEPTH) {
        complain(b, mark, NULL, "at most 32 levels of nesting", "more", NULL);
        return false;
    }
    lq_node *node = lq_node_create(b->budget, kind, mark);
    if (!node) return false;
    node->source_line = line_of(b, mark);
    attach(b, node);
    b->open[b->depth++] = node;
    return true;
}

/* Stands in for the value, so that reading goes on. */
static bool on_alias(builder *b, const yaml_event_t *event)
{
    const lq_mark mark = mark_of(b, event->start_mark);
    complain(b, mark, b->key, "a value written out",
             lq_arena_printf(b->budget->arena, "the alias *%s",
                             (const char *)event->data.alias.anchor),
             "reuse is written `extends: <id>` or `include: FILE`");
    if (expects_key(b)) return false;
    lq_node *node = lq_node_create(b->budget, LQ_NODE_SCALAR, mark);
    if (!node) return false;
    node->text = "";
    node->told = true;
    node->source_line = line_of(b, mark);
    attach(b, node);
    return true;
}

static bool on_document(builder *b, const yaml_event_t *event)
{
    if (b->n_documents++ == 0) return true;
    complain(b, mark_of(b, event->start_mark), NULL, "one document in a file",
             "a second document", NULL);
    return false;
}

static bool on_event(builder *b, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        return on_document(b, event);
    case YAML_ALIAS_EVENT:
        return on_alias(b, event);
    case YAML_SCALAR_EVENT:
        return on_scalar(b, event);
    case YAML_SEQUENCE_START_EVENT:
        return on_open(b, event, LQ_NODE_LIST);
    case YAML_MAPPING_START_EVENT:
        return on_open(b, event, LQ_NODE_GROUP);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        b->depth--;
        return true;
    default:
        return true;
    }
}

static bool run(builder *b)
{
    for (;;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&b->yaml, &event)) {
            complain_of_syntax(b);
            return false;
        }
        const bool done = event.type == YAML_STREAM_END_EVENT;
        const bool fine = on_event(b, &event);
        yaml_event_delete(&event);
        if (done || !fine) return fine;
    }
}

lq_node *lq_parse_yaml(lq_source *source, lq_budget *budget)
{
    builder b = {.source = source, .budget = budget};
    if (!yaml_parser_initialize(&b.yaml)) return NULL;
    yaml_parser_set_encoding(&b.yaml, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&b.yaml, (const unsigned char *)source->text + source->body,
                                 source->len - source->body);
    const bool fine = run(&b);
    yaml_parser_delete(&b.yaml);
    return fine ? b.root : NULL;
}
