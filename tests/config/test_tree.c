#include "config_test.h"

static char *repeated(const char *unit, size_t times)
{
    const size_t len = strlen(unit);
    char *text = calloc(times * len + 1, 1);
    assert_non_null(text);
    for (size_t i = 0; i < times; i++)
        memcpy(text + i * len, unit, len);
    return text;
}

static const struct hostile_case {
    const char *name, *unit;
    size_t times;
    const char *message; /* NULL: harmless */
} hostile_cases[] = {
    {"400 KB of [", "[", 400000, "at most 32 levels of nesting"},
    {"4 MB of [", "[", 4000000, "at most 32 levels of nesting"},
    {"10 MB of [", "[", 10000000, "at most 4 MiB"},
    {"groups in groups", "{a: ", 400000, "at most 32 levels of nesting"},
    {"lists in lists", "- ", 400000, "at most 32 levels of nesting"},
    {"question marks", "? ", 400000, "expected a key"},
    {"directives", "%TAG !a! x\n", 300000, "a YAML directive"},
    {"colons", ":", 4000000, "well-formed YAML"},
    {"commas", "{,", 1000000, "well-formed YAML"},
    {"wide list", "- 1\n", 300000, "at most 200,000 values"},
    {"same key", "k: 1\n", 300000, "each key once"},
    {"spaces", " ", 4000000, "an empty file"},
    {"new lines", "\n", 4000000, "an empty file"},
    {"comments", "#\n", 2000000, "an empty file"},
    {"quotes", "\"", 1000000, "well-formed YAML"},
    {"anchors", "- &a 1\n", 190000, "the anchor &a"},
    {"aliases", "- *a\n", 190000, "the alias *a"},
};

static void hostile_text_costs_little(void **state)
{
    const struct hostile_case *c = *state;
    char *text = repeated(c->unit, c->times);
    const double start = seconds();
    fixture f = fixture_of(text, NULL, 0);
    const double took = seconds() - start;
    assert_problem(&f, c->message, c->name);
    /* A sanitizer costs a factor of ten; quadratic cost would be minutes. */
    if (took > 5.0) print_error("%s took %.1f s\n", c->name, took);
    assert_true(took <= 5.0);
    fixture_clear(&f);
    free(text);
}

static void keys_of_a_group_are_counted(void **state)
{
    (void)state;
    char *text = NULL;
    size_t len = 0;
    for (int n = LQ_TREE_MAX_KEYS; n <= LQ_TREE_MAX_KEYS + 1; n++) {
        FILE *out = open_memstream(&text, &len);
        for (int i = 0; i < n; i++)
            fprintf(out, "k%d: 1\n", i);
        fclose(out);
        fixture f = fixture_of(text, NULL, 0);
        assert_int_equal(lq_problems_count(f.problems), n > LQ_TREE_MAX_KEYS);
        if (n > LQ_TREE_MAX_KEYS)
            assert_problem(&f, "t.yaml:513:1: expected at most 512 keys", "keys");
        fixture_clear(&f);
        free(text);
    }
}

static void the_text_is_kept_byte_for_byte(void **state)
{
    (void)state;
    static const char text[] = "\xEF\xBB\xBF"
                               "a: 1\r\nb: 2\r\n";
    fixture f = fixture_of(text, NULL, 0);
    assert_int_equal(lq_problems_count(f.problems), 0);
    assert_int_equal(f.tree.text_len, sizeof text - 1);
    assert_memory_equal(f.tree.text, text, sizeof text);
    assert_string_equal(text_at(&f, "b"), "2");
    fixture_clear(&f);
}

static void a_file_that_is_none_is_a_status_and_a_problem(void **state)
{
    (void)state;
    lq_problems *problems = lq_problems_create();
    lq_tree tree = {0};
    lq_error err;
    assert_int_equal(lq_tree_load("/nowhere", NULL, problems, &tree, &err), LQ_EIO);
    assert_int_equal(lq_problems_count(problems), 1);
    assert_null(tree.arena);
    lq_problems_destroy(problems);
    lq_tree_clear(&tree);
}

static void lookups_survive_what_is_not_there(void **state)
{
    (void)state;
    fixture f = fixture_of("a: {b: 1}\n", NULL, 0);
    assert_null(lq_node_get(NULL, "a"));
    assert_null(lq_node_get(lq_tree_find(&f.tree, "a.b"), "c"));
    assert_null(lq_tree_find(&f.tree, "a.c"));
    assert_null(lq_tree_find(&(lq_tree){0}, "a"));
    assert_string_equal(lq_node_described(lq_tree_find(&f.tree, "a")), "a group");
    lq_node_problem(lq_tree_find(&f.tree, "a.b"), f.problems, "x", "y", NULL);
    assert_problem(&f, "t.yaml:1:8: a.b: expected x, found y", "at the value");
    lq_node_key_problem(lq_tree_find(&f.tree, "a.b"), f.problems, "x", "y", NULL);
    assert_problem(&f, "t.yaml:1:5: a.b: expected x, found y", "at the key");
    fixture_clear(&f);
}

static void every_failed_allocation_is_reported_and_leaks_nothing(void **state)
{
    (void)state;
    static const char text[] = "offers:\n- {id: a, base: $1}\n- {id: b, extends: a}\nx: *y\n";
    static const char *const sets[] = {"a.base=+$2"};
    const lq_changes changes = {.items = sets, .len = 1};
    int failures = 0;
    for (lq_status status = LQ_ENOMEM; status != LQ_OK; failures += status != LQ_OK) {
        lq_tree tree = {0};
        lq_heap_permit(failures);
        lq_problems *problems = lq_problems_create();
        status = problems ? lq_tree_parse("t", text, sizeof text - 1, &changes, problems, &tree,
                                          NULL)
                          : LQ_ENOMEM;
        lq_tree_clear(&tree);
        lq_problems_destroy(problems);
        lq_heap_restore();
        assert_true(status == LQ_OK || status == LQ_ENOMEM);
        assert_int_equal(lq_heap_live(), 0);
    }
    assert_true(failures > 2);
}

int main(void)
{
    struct CMUnitTest tests[LQ_COUNT(hostile_cases) + 5] = {
        cmocka_unit_test(keys_of_a_group_are_counted),
        cmocka_unit_test(the_text_is_kept_byte_for_byte),
        cmocka_unit_test(a_file_that_is_none_is_a_status_and_a_problem),
        cmocka_unit_test(lookups_survive_what_is_not_there),
        cmocka_unit_test(every_failed_allocation_is_reported_and_leaks_nothing),
    };
    for (size_t i = 0; i < LQ_COUNT(hostile_cases); i++)
        tests[i + 5] =
            (struct CMUnitTest){.name = hostile_cases[i].name,
                                .test_func = hostile_text_costs_little,
                                .initial_state = (void *)(uintptr_t)&hostile_cases[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
