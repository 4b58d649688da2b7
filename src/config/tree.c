#include "config/tree.h"

#include "config/load.h"

#include <string.h>

lq_node *lq_node_get(const lq_node *group, const char *key)
{
    if (!group || group->kind != LQ_NODE_GROUP) return NULL;
    for (lq_node *child = group->first; child; child = child->next)
        if (strcmp(child->key, key) == 0) return child;
    return NULL;
}

enum { MOST_CHANGES = 3 };

/* The first changes below the node, in its order. */
static void collect_changes(const lq_node *node, const char *found[MOST_CHANGES], size_t *n)
{
    for (const lq_node *child = node->first; child && *n < MOST_CHANGES; child = child->next) {
        if (child->changed_by)
            found[(*n)++] = child->changed_by;
        else
            collect_changes(child, found, n);
    }
}

const char *lq_node_changes(const lq_node *node, lq_arena *arena)
{
    const char *found[MOST_CHANGES], *text = NULL;
    size_t n = 0;
    if (!node->parent || node->changed_by || node->grown) return NULL; /* nothing to add */
    collect_changes(node, found, &n);
    for (size_t i = 0; i < n; i++)
        text = lq_arena_printf(arena, "%s%s%s", i ? text : "changed in it: ", i ? ", " : "",
                               found[i]);
    return text;
}

/* A group is what the file and the changes make of it: a problem of the whole names both. */
static const char *with_changes(const lq_node *node, const char *hint, lq_arena *arena)
{
    const char *changes = lq_node_changes(node, arena);
    if (!changes) return hint;
    return hint ? lq_arena_printf(arena, "%s; %s", hint, changes) : changes;
}

static void add_problem(const lq_node *node, lq_problems *problems, lq_problem problem)
{
    lq_arena *arena = lq_arena_create();
    problem.key = arena ? lq_node_address(node, arena) : "";
    if (arena) problem.hint = with_changes(node, problem.hint, arena);
    lq_problems_add(problems, &problem);
    lq_arena_destroy(arena);
}

static bool stands_at(const lq_mark *a, const lq_mark *b)
{
    return a->line == b->line && a->column == b->column && a->line != 0 && a->file && b->file &&
           strcmp(a->file, b->file) == 0;
}

bool lq_node_is_sound(const lq_node *node, const lq_problems *problems)
{
    for (const lq_problem *p = lq_problems_first(problems); p; p = p->next)
        if (stands_at(&p->mark, &node->mark) || stands_at(&p->mark, &node->key_mark))
            return false;
    for (const lq_node *child = node->first; child; child = child->next)
        if (!lq_node_is_sound(child, problems)) return false;
    return true;
}

void lq_node_problem(const lq_node *node, lq_problems *problems, const char *expected,
                     const char *found, const char *hint)
{
    add_problem(node, problems,
                (lq_problem){.mark = node->mark,
                             .expected = expected,
                             .found = found,
                             .hint = hint,
                             .source_line = node->source_line});
}

void lq_node_key_problem(const lq_node *node, lq_problems *problems, const char *expected,
                         const char *found, const char *hint)
{
    add_problem(node, problems,
                (lq_problem){.mark = node->key_mark,
                             .expected = expected,
                             .found = found,
                             .hint = hint,
                             .source_line = node->key_line});
}

const char *lq_node_described(const lq_node *node)
{
    if (node->kind == LQ_NODE_LIST) return "a list";
    if (node->kind == LQ_NODE_GROUP) return "a group";
    return node->text && node->text[0] ? node->text : "nothing";
}

void lq_tree_clear(lq_tree *tree)
{
    lq_arena_destroy(tree->arena);
    *tree = (lq_tree){0};
}

/* What a load was asked to do. */
typedef struct request {
    const lq_changes *changes; /* NULL: none */
    lq_problems *problems;
    lq_error *err;
} request;

/* Takes the arena over, whatever comes. */
static lq_status build(lq_arena *arena, lq_source *source, const request *asked, lq_tree *out)
{
    lq_loader loader = {.budget = {.arena = arena, .problems = asked->problems}};
    lq_node *root = lq_load_source(&loader, source);
    if (root) {
        lq_load_extends(&loader, root);
        if (asked->changes) lq_load_changes(&loader, root, asked->changes);
    }
    if (lq_arena_failed(arena)) {
        lq_arena_destroy(arena);
        return LQ_FAIL(asked->err, LQ_ENOMEM, .expected = "memory for the config");
    }
    *out = (lq_tree){.arena = arena,
                     .root = loader.budget.spent ? NULL : root,
                     .text = source->text,
                     .text_len = source->len};
    return LQ_OK;
}

/* A tree without a root: what is wrong has been told. */
static lq_status nothing(lq_arena *arena, lq_tree *out)
{
    *out = (lq_tree){.arena = arena, .text = ""};
    return LQ_OK;
}

lq_status lq_tree_load(const char *path, const lq_changes *changes, lq_problems *problems,
                       lq_tree *out, lq_error *err)
{
    lq_arena *arena = lq_arena_create();
    if (!arena) return LQ_FAIL(err, LQ_ENOMEM, .file = path, .expected = "memory");
    lq_source source;
    const lq_status status = lq_source_load(path, NULL, arena, problems, &source, err);
    if (status == LQ_OK) {
        const request asked = {changes, problems, err};
        return build(arena, &source, &asked, out);
    }
    if (status == LQ_ECONFIG) return nothing(arena, out); /* told as a problem */
    lq_arena_destroy(arena);
    return status;
}

lq_status lq_tree_parse(const char *name, const char *text, size_t len,
                        const lq_changes *changes, lq_problems *problems, lq_tree *out,
                        lq_error *err)
{
    lq_arena *arena = lq_arena_create();
    if (!arena) return LQ_FAIL(err, LQ_ENOMEM, .file = name, .expected = "memory");
    if (len > LQ_TREE_MAX_BYTES) {
        lq_problems_add(problems, &(lq_problem){.mark = {.file = name},
                                                .expected = "a file of at most 4 MiB",
                                                .found = "more"});
        return nothing(arena, out);
    }
    lq_source source = {.name = lq_arena_strdup(arena, name), .len = len, .first_line = 1};
    source.text = lq_arena_strndup(arena, text, len);
    if (!source.name || !source.text) {
        lq_arena_destroy(arena);
        return LQ_FAIL(err, LQ_ENOMEM, .file = name, .expected = "memory");
    }
    const request asked = {changes, problems, err};
    return build(arena, &source, &asked, out);
}
