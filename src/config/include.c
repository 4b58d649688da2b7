#include "config/load.h"
#include "config/parse.h"

#include <string.h>

static void file_problem(lq_loader *loader, const lq_source *source, const char *expected,
                         const char *found)
{
    lq_problems_add(
        loader->budget.problems,
        &(lq_problem){.mark = {.file = source->name}, .expected = expected, .found = found});
}

static lq_node *parse_group(lq_loader *loader, lq_source *source)
{
    lq_budget *budget = &loader->budget;
    const size_t problems = lq_problems_count(budget->problems);
    if (!lq_source_check(source, budget->arena, budget->problems)) return NULL;
    lq_node *root = lq_parse_yaml(source, budget);
    if (root && root->kind == LQ_NODE_GROUP) return root;
    const bool nothing = !root || (root->kind == LQ_NODE_SCALAR && root->text[0] == '\0');
    if (nothing && lq_problems_count(budget->problems) == problems)
        file_problem(loader, source, "keys and values", "an empty file");
    else if (root)
        lq_node_problem(root, budget->problems, "keys and values",
                        root->kind == LQ_NODE_LIST ? "a list" : "text", NULL);
    return NULL;
}

/* The path as seen from the folder of the file that names it. */
static const char *resolve(const lq_source *source, const char *path, lq_arena *arena)
{
    const char *slash = strrchr(source->name, '/');
    if (path[0] == '/' || !slash) return path;
    return lq_arena_printf(arena, "%.*s/%s", (int)(slash - source->name), source->name, path);
}

static bool is_being_read(const lq_loader *loader, lq_file_id id)
{
    for (size_t i = 0; i < loader->depth; i++)
        if (loader->chain[i].device == id.device && loader->chain[i].inode == id.inode)
            return true;
    return false;
}

/* NULL, or why the included file may not be read. */
static const char *refusal(const lq_loader *loader, const lq_source *included)
{
    if (is_being_read(loader, included->id)) return "a file that includes itself";
    if (loader->depth == LQ_MAX_INCLUDE_DEPTH)
        return "more than 8 files in a chain of includes";
    if (loader->n_files == LQ_MAX_FILES) return "more than 64 included files";
    if (loader->n_bytes + included->len > LQ_TREE_MAX_BYTES) return "more than 4 MiB in all";
    return NULL;
}

static lq_node *load_one(lq_loader *loader, const lq_source *from, const lq_node *entry)
{
    lq_budget *budget = &loader->budget;
    if (entry->kind != LQ_NODE_SCALAR || !entry->text[0]) {
        lq_node_problem(entry, budget->problems, "the path of a file", "something else", NULL);
        return NULL;
    }
    const char *path = resolve(from, entry->text, budget->arena);
    lq_source included;
    if (!path ||
        lq_source_load(path, entry, budget->arena, budget->problems, &included, NULL) != LQ_OK)
        return NULL;
    const char *why = refusal(loader, &included);
    if (why) {
        lq_node_problem(entry, budget->problems, "a file to include", why, NULL);
        return NULL;
    }
    return lq_load_source(loader, &included);
}

/* What is laid on is used up; the base grows. */
static lq_node *lay(lq_budget *budget, lq_node *base, lq_node *over)
{
    if (!base) return over;
    if (over) lq_node_overlay(budget, base, over);
    return base;
}

static lq_node *load_includes(lq_loader *loader, const lq_source *from, const lq_node *include)
{
    if (include->kind == LQ_NODE_SCALAR) return load_one(loader, from, include);
    lq_node *base = NULL;
    if (include->kind == LQ_NODE_GROUP)
        lq_node_problem(include, loader->budget.problems, "a path or a list of paths",
                        "a group", NULL);
    else
        for (const lq_node *entry = include->first; entry; entry = entry->next)
            base = lay(&loader->budget, base, load_one(loader, from, entry));
    return base;
}

lq_node *lq_load_source(lq_loader *loader, lq_source *source)
{
    loader->chain[loader->depth++] = source->id;
    loader->n_files++;
    loader->n_bytes += source->len;
    lq_node *root = parse_group(loader, source);
    lq_node *include = root ? lq_node_get(root, "include") : NULL;
    if (include) {
        /* Read before it is taken out: problems name its address. */
        lq_node *base = load_includes(loader, source, include);
        lq_node_detach(include);
        root = lay(&loader->budget, base, root);
    }
    loader->depth--;
    return root;
}
