#include "config_test.h"

#include <unistd.h>

/* A folder of files, read from "main.yaml". */
typedef struct folder {
    char path[64];
    lq_problems *problems;
    lq_tree tree;
} folder;

static void write_file(const char *folder_path, const char *name, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder_path, name);
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    fputs(text, out);
    fclose(out);
}

static const struct include_case {
    const char *name;
    struct {
        const char *name, *text;
    } files[4];
    const char *address, *text; /* what the tree says there */
    const char *message;        /* or the problem */
} cases[] = {
    {"the including file wins",
     {{"main.yaml", "include: b.yaml\nx: {a: 1}\n"}, {"b.yaml", "x: {a: 2, b: 3}\n"}},
     "x.a",
     "1",
     NULL},
    {"groups merge",
     {{"main.yaml", "include: b.yaml\nx: {a: 1}\n"}, {"b.yaml", "x: {a: 2, b: 3}\n"}},
     "x.b",
     "3",
     NULL},
    {"a later include wins",
     {{"main.yaml", "include: [b.yaml, c.yaml]\n"}, {"b.yaml", "x: 1\n"}, {"c.yaml", "x: 2\n"}},
     "x",
     "2",
     NULL},
    {"lists of offers append",
     {{"main.yaml", "include: b.yaml\noffers: [{id: two, base: 2}]\n"},
      {"b.yaml", "offers: [{id: one, base: 1}]\n"}},
     "offers[1].base",
     "2",
     NULL},
    {"offers of one id merge",
     {{"main.yaml", "include: b.yaml\noffers: [{id: one, base: 2}]\n"},
      {"b.yaml", "offers: [{id: one, base: 1, bonus: 3}]\n"}},
     "offers.one.bonus",
     "3",
     NULL},
    {"other lists are replaced",
     {{"main.yaml", "include: b.yaml\nx: [1]\n"}, {"b.yaml", "x: [2, 3]\n"}},
     "x[0]",
     "1",
     NULL},
    {"includes of includes",
     {{"main.yaml", "include: b.yaml\n"},
      {"b.yaml", "include: c.yaml\n"},
      {"c.yaml", "x: 9\n"}},
     "x",
     "9",
     NULL},
    {"a diamond is no cycle",
     {{"main.yaml", "include: [b.yaml, c.yaml]\n"},
      {"b.yaml", "include: d.yaml\n"},
      {"c.yaml", "include: d.yaml\n"},
      {"d.yaml", "x: 4\n"}},
     "x",
     "4",
     NULL},
    {"a cycle",
     {{"main.yaml", "include: b.yaml\n"}, {"b.yaml", "include: main.yaml\n"}},
     NULL,
     NULL,
     "b.yaml:1:10: include: expected a file to include, found a file that includes itself"},
    {"itself under another name",
     {{"main.yaml", "include: ./main.yaml\n"}},
     NULL,
     NULL,
     "a file that includes itself"},
    {"missing",
     {{"main.yaml", "a: 1\ninclude: nope.yaml\n"}},
     NULL,
     NULL,
     "main.yaml:2:10: include: expected a file, found"},
    {"a folder", {{"main.yaml", "include: .\n"}}, NULL, NULL, "found"},
    {"no path",
     {{"main.yaml", "include: {a: 1}\n"}},
     NULL,
     NULL,
     "expected a path or a list of paths"},
    {"nothing", {{"main.yaml", "include:\n"}}, NULL, NULL, "expected the path of a file"},
    {"problems of the included file",
     {{"main.yaml", "include: b.yaml\n"}, {"b.yaml", "x: 1\nx: 2\n"}},
     NULL,
     NULL,
     "b.yaml:2:1: x: expected each key once"},
};

static void includes_are_laid_under_the_file(void **state)
{
    const struct include_case *c = *state;
    char path[] = "/tmp/lq_include_XXXXXX", name[128];
    assert_non_null(mkdtemp(path));
    for (size_t i = 0; i < 4 && c->files[i].name; i++)
        write_file(path, c->files[i].name, c->files[i].text);
    fixture f = {.problems = lq_problems_create()};
    snprintf(name, sizeof name, "%s/main.yaml", path);
    assert_int_equal(lq_tree_load(name, NULL, f.problems, &f.tree, NULL), LQ_OK);
    if (c->message) {
        assert_problem(&f, c->message, c->name);
    } else {
        assert_int_equal(lq_problems_count(f.problems), 0);
        assert_string_equal(text_at(&f, c->address), c->text);
        assert_null(lq_node_get(f.tree.root, "include"));
    }
    fixture_clear(&f);
    for (size_t i = 0; i < 4 && c->files[i].name; i++) {
        snprintf(name, sizeof name, "%s/%s", path, c->files[i].name);
        unlink(name);
    }
    rmdir(path);
}

static void a_chain_of_includes_ends(void **state)
{
    (void)state;
    char path[] = "/tmp/lq_include_XXXXXX", name[64], text[64], full[160];
    assert_non_null(mkdtemp(path));
    for (int i = 0; i < 12; i++) {
        snprintf(name, sizeof name, "%d.yaml", i);
        snprintf(text, sizeof text, "include: %d.yaml\n", i + 1);
        write_file(path, name, text);
    }
    snprintf(full, sizeof full, "%s/0.yaml", path);
    fixture f = {.problems = lq_problems_create()};
    assert_int_equal(lq_tree_load(full, NULL, f.problems, &f.tree, NULL), LQ_OK);
    assert_problem(&f,
                   "7.yaml:1:10: include: expected a file to include, found more than 8 files",
                   "chain");
    fixture_clear(&f);
    for (int i = 0; i < 12; i++) {
        snprintf(full, sizeof full, "%s/%d.yaml", path, i);
        unlink(full);
    }
    rmdir(path);
}

/* Each file includes the next one many times: the number of readings is bounded, not the tree.
 */
static void includes_do_not_explode(void **state)
{
    (void)state;
    char path[] = "/tmp/lq_include_XXXXXX", name[64], full[160];
    assert_non_null(mkdtemp(path));
    for (int i = 0; i < 7; i++) {
        char text[512] = "include: [";
        for (int j = 0; j < 20; j++)
            snprintf(text + strlen(text), sizeof text - strlen(text), "%d.yaml, ", i + 1);
        strcat(text, "]\n");
        snprintf(name, sizeof name, "%d.yaml", i);
        write_file(path, name, i == 6 ? "x: 1\n" : text);
    }
    snprintf(full, sizeof full, "%s/0.yaml", path);
    fixture f = {.problems = lq_problems_create()};
    const double start = seconds();
    assert_int_equal(lq_tree_load(full, NULL, f.problems, &f.tree, NULL), LQ_OK);
    assert_true(seconds() - start < 5.0);
    assert_problem(&f, "more than 64 included files", "explosion");
    fixture_clear(&f);
    for (int i = 0; i < 7; i++) {
        snprintf(full, sizeof full, "%s/%d.yaml", path, i);
        unlink(full);
    }
    rmdir(path);
}

int main(void)
{
    struct CMUnitTest tests[LQ_COUNT(cases) + 2] = {
        cmocka_unit_test(a_chain_of_includes_ends),
        cmocka_unit_test(includes_do_not_explode),
    };
    for (size_t i = 0; i < LQ_COUNT(cases); i++)
        tests[i + 2] = (struct CMUnitTest){.name = cases[i].name,
                                           .test_func = includes_are_laid_under_the_file,
                                           .initial_state = (void *)(uintptr_t)&cases[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
