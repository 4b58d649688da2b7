#include "scenario/pack.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MAX_STRESSES = 64 };

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Stems of the shipped files, in order. */
static size_t names_in(const char *folder, lq_arena *arena, const char **names)
{
    DIR *dir = opendir(folder);
    size_t n = 0;
    for (struct dirent *e = dir ? readdir(dir) : NULL; e && n < MAX_STRESSES;
         e = readdir(dir)) {
        const size_t len = strlen(e->d_name);
        if (len <= 5 || strcmp(e->d_name + len - 5, ".yaml") != 0) continue;
        names[n] = lq_arena_strndup(arena, e->d_name, len - 5);
        n += names[n] != NULL;
    }
    if (dir) closedir(dir);
    qsort(names, n, sizeof *names, by_text);
    return n;
}

static bool is_path(const char *name)
{
    const size_t len = strlen(name);
    return strchr(name, '/') || (len > 5 && strcmp(name + len - 5, ".yaml") == 0);
}

typedef struct shelf {
    const char *folder, *names[MAX_STRESSES];
    size_t n;
} shelf;

static shelf open_shelf(lq_arena *arena, lq_problems *problems)
{
    shelf s = {.n = 0};
    lq_packs packs;
    lq_packs_open(&packs, arena, problems);
    s.folder = lq_arena_printf(arena, "%s/stress", packs.folder);
    if (s.folder) s.n = names_in(s.folder, arena, s.names);
    return s;
}

static void complain(const shelf *s, const char *name, const char *found, lq_arena *arena,
                     lq_problems *problems)
{
    const char *all = "";
    for (size_t i = 0; i < s->n && all; i++)
        all = lq_arena_printf(arena, "%s%s%s", all, i ? ", " : "", s->names[i]);
    lq_problems_add(problems,
                    &(lq_problem){.mark = {.file = "--stress", .line = 1, .column = 1},
                                  .key = "stress",
                                  .expected = "the name of a stress, or a file",
                                  .found = found,
                                  .hint = lq_arena_printf(arena,
                                                          "one of %s, or a file like "
                                                          "those in %s (help stress)",
                                                          all, s->folder),
                                  .source_line = name});
}

/* The file that is meant; NULL after a problem. */
static const char *file_of(const char *name, lq_arena *arena, lq_problems *problems)
{
    const shelf s = open_shelf(arena, problems);
    if (is_path(name)) {
        if (access(name, F_OK) == 0) return name;
        complain(&s, name, lq_arena_printf(arena, "no file %s", name), arena, problems);
        return NULL;
    }
    for (size_t i = 0; i < s.n; i++)
        if (strcmp(s.names[i], name) == 0)
            return lq_arena_printf(arena, "%s/%s.yaml", s.folder, name);
    complain(&s, name, name, arena, problems);
    return NULL;
}

/* The tree goes; what is told of a change stays. */
static lq_change_origin origin_of(const lq_node *key, const lq_node *value, lq_arena *arena)
{
    lq_change_origin o = {.key = key->mark,
                          .value = value->mark,
                          .line = lq_arena_strdup(arena, value->source_line)};
    o.key.file = o.value.file = lq_arena_strdup(arena, key->mark.file);
    return o;
}

static lq_status list_changes(const lq_stress_file *file, const lq_node *root, lq_arena *arena,
                              lq_changes *out, lq_error *err)
{
    const lq_stress_change *set = file->set.items;
    const lq_node *name = lq_node_get(root, "name"), *item = lq_node_get(root, "set")->first;
    const size_t n = file->set.len + 1;
    const char **rows = lq_arena_calloc(arena, n, sizeof *rows);
    lq_change_origin *origins = lq_arena_calloc(arena, n, sizeof *origins);
    if (!rows || !origins) return LQ_FAIL(err, LQ_ENOMEM, .key = "stress");
    rows[0] = lq_arena_printf(arena, "stress.name=%s", file->name);
    origins[0] = origin_of(name, name, arena);
    for (size_t i = 1; i < n; i++, item = item->next) {
        rows[i] = lq_arena_printf(arena, "%s=%s", set[i - 1].key, set[i - 1].value);
        origins[i] = origin_of(lq_node_get(item, "key"), lq_node_get(item, "value"), arena);
    }
    *out = (lq_changes){.items = rows, .len = n, .origins = origins, .n_origins = n};
    return lq_arena_failed(arena) ? LQ_FAIL(err, LQ_ENOMEM, .key = "stress") : LQ_OK;
}

/* On failure the tree is cleared. */
static lq_status read_file(const char *path, lq_reader *reader, lq_tree *tree,
                           lq_stress_file *file, lq_error *err)
{
    lq_problems *problems = reader->problems;
    *tree = (lq_tree){0};
    *file = (lq_stress_file){0};
    LQ_TRY(lq_tree_load(path, NULL, problems, tree, err));
    const bool fine =
        tree->root && lq_schema_read(&lq_stress_file_record, tree->root, reader, file);
    if (fine && strcmp(file->schema, "liquidus-stress/1") != 0)
        lq_node_problem(lq_node_get(tree->root, "schema"), problems, "liquidus-stress/1",
                        file->schema, NULL);
    if (!fine || lq_problems_count(problems) > 0) lq_tree_clear(tree);
    return fine && lq_problems_count(problems) == 0
               ? LQ_OK
               : LQ_FAIL(err, LQ_ECONFIG, .file = path, .key = "stress");
}

static lq_status read_named(const char *name, lq_reader *reader, lq_tree *tree,
                            lq_stress_file *file, lq_error *err)
{
    const char *path = file_of(name, reader->arena, reader->problems);
    if (!path) return LQ_FAIL(err, LQ_ECONFIG, .key = "stress", .got = name);
    return read_file(path, reader, tree, file, err);
}

lq_status lq_stress_changes(const char *name, lq_arena *arena, lq_problems *problems,
                            lq_changes *out, lq_error *err)
{
    lq_reader reader = {.arena = arena, .problems = problems};
    lq_stress_file file;
    lq_tree tree;
    *out = (lq_changes){0};
    LQ_TRY(read_named(name, &reader, &tree, &file, err));
    const lq_status status = list_changes(&file, tree.root, arena, out, err);
    lq_tree_clear(&tree);
    return status;
}

bool lq_stress_is_on(const lq_stress *s)
{
    return s->name || s->market.fall.given || s->private_fall.given || s->ipo.times.given ||
           s->acquisition.times.given || s->failure.times.given || s->rounds.times.given ||
           s->tenders.times.given;
}

lq_status lq_stress_sources(const char *name, lq_arena *arena, lq_problems *problems,
                            lq_list *out, lq_error *err)
{
    lq_reader reader = {.arena = arena, .problems = problems};
    lq_stress_file file;
    lq_tree tree;
    *out = (lq_list){0};
    LQ_TRY(read_named(name, &reader, &tree, &file, err));
    lq_tree_clear(&tree); /* texts are of the arena */
    const lq_stress_change *set = file.set.items;
    lq_assumption *rows = lq_arena_calloc(arena, file.set.len + 1, sizeof *rows);
    if (!rows) return LQ_FAIL(err, LQ_ENOMEM, .key = "stress");
    for (size_t i = 0; i < file.set.len; i++)
        rows[i] =
            (lq_assumption){.key = set[i].key,
                            .value = set[i].value,
                            .source = set[i].date ? lq_arena_printf(arena, "%s (%s)",
                                                                    set[i].source, set[i].date)
                                                  : set[i].source,
                            .text = ""};
    *out = (lq_list){rows, file.set.len};
    return lq_arena_failed(arena) ? LQ_FAIL(err, LQ_ENOMEM, .key = "stress") : LQ_OK;
}

lq_status lq_stress_list(lq_arena *arena, lq_problems *problems, lq_list *out, lq_error *err)
{
    const shelf s = open_shelf(arena, problems);
    lq_stress_entry *entries = lq_arena_calloc(arena, s.n + 1, sizeof *entries);
    *out = (lq_list){0};
    if (!entries) return LQ_FAIL(err, LQ_ENOMEM, .key = "stress");
    for (size_t i = 0; i < s.n; i++) {
        lq_reader reader = {.arena = arena, .problems = problems};
        lq_stress_file file;
        lq_tree tree;
        const char *path = lq_arena_printf(arena, "%s/%s.yaml", s.folder, s.names[i]);
        if (!path) return LQ_FAIL(err, LQ_ENOMEM, .key = "stress");
        LQ_TRY(read_file(path, &reader, &tree, &file, err));
        lq_tree_clear(&tree);
        entries[i] = (lq_stress_entry){s.names[i], file.about ? file.about : ""};
    }
    *out = (lq_list){entries, s.n};
    return LQ_OK;
}
