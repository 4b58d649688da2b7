#include "config_test.h"

static void nodes_know_where_they_were_written(void **state)
{
    (void)state;
    fixture f =
        fixture_of("a: 1\nb:\n  - x: 'two'\n    y: [3, \"4\"]\n  - |\n    text\n", NULL, 0);
    assert_int_equal(lq_problems_count(f.problems), 0);
    const lq_node *x = lq_tree_find(&f.tree, "b[0].x");
    assert_string_equal(x->text, "two");
    assert_true(x->quoted);
    assert_int_equal(x->mark.line, 3);
    assert_int_equal(x->mark.column, 8);
    assert_int_equal(x->key_mark.column, 5);
    assert_string_equal(x->source_line, "  - x: 'two'");
    assert_false(lq_tree_find(&f.tree, "b[0].y[0]")->quoted);
    assert_true(lq_tree_find(&f.tree, "b[0].y[1]")->quoted);
    assert_true(lq_tree_find(&f.tree, "b[1]")->quoted);
    assert_int_equal(lq_tree_find(&f.tree, "b")->n_children, 2);
    fixture_clear(&f);
}

static const struct bad_case {
    const char *name, *text, *message;
    bool has_root;
} bad_cases[] = {
    {"repeated key", "a: 1\nb: 2\na: 3\n",
     "t.yaml:3:1: a: expected each key once, found a again, first at t.yaml:1:1\n   3 | a: 3\n"
     "     | ^",
     true},
    {"repeated group", "g: {x: {y: 1}, x: {z: 1}}", "t.yaml:1:16: g.x: expected each key once",
     true},
    {"anchor", "a: &b 1\n", "found the anchor &b", true},
    {"alias", "a: 1\nb: *a\n",
     "t.yaml:2:4: b: expected a value written out, found the alias *a", true},
    {"tag", "a: !!int 1\n", "found the tag !!int", true},
    {"own tag", "a: !mine 1\n", "found the tag !mine", true},
    {"merge key", "a: {<<: {b: 1}}\n", "inheritance is written `extends: <id>`", true},
    {"second document", "a: 1\n---\nb: 1\n", "t.yaml:2:1: expected one document", false},
    {"list at the top", "- a\n", "t.yaml:1:1: expected keys and values, found a list", false},
    {"text at the top", "hello\n", "expected keys and values, found text", false},
    {"empty", "", "t.yaml: expected keys and values, found an empty file", false},
    {"comments only", "# a\n\n", "found an empty file", false},
    {"null", "~\n", "found text", false},
    {"group as a key", "? {a: 1}\n: 2\n", "expected a key, found a group", false},
    {"alias as a key", "*a : 1\n", "found the alias *a", false},
    {"nothing as a key", "\"\": 1\n", "found nothing before the colon", false},
    {"NUL by escape", "a: \"x\\0y\"\n", "a: expected text, found text with a NUL", false},
    {"NUL in a key", "\"x\\0y\": 1\n", "expected a key, found text with a NUL", false},
    {"tab", "a:\n\tb: 1\n", "indent with spaces, not with tabs", false},
    {"open quote", "a: 1\nb: \"x\n\n", "t.yaml:2:4: expected well-formed YAML", false},
    {"open bracket", "a: [1, 2\nb: 3\n", "expected well-formed YAML", false},
    {"colon in text", "a: b: c\n", "text that holds a colon stands in quotes", false},
};

static void bad_yaml_is_refused_with_its_place(void **state)
{
    const struct bad_case *c = *state;
    fixture f = fixture_of(c->text, NULL, 0);
    assert_true(lq_problems_count(f.problems) > 0);
    assert_problem(&f, c->message, c->name);
    assert_int_equal(f.tree.root != NULL, c->has_root);
    fixture_clear(&f);
}

static void all_of_them_are_told_in_one_go(void **state)
{
    (void)state;
    fixture f = fixture_of("a: &x 1\nb: *x\nc: !t 1\na: 2\n", NULL, 0);
    assert_int_equal(lq_problems_count(f.problems), 4);
    fixture_clear(&f);
}

int main(void)
{
    struct CMUnitTest tests[LQ_COUNT(bad_cases) + 2] = {
        cmocka_unit_test(nodes_know_where_they_were_written),
        cmocka_unit_test(all_of_them_are_told_in_one_go),
    };
    for (size_t i = 0; i < LQ_COUNT(bad_cases); i++)
        tests[i + 2] = (struct CMUnitTest){.name = bad_cases[i].name,
                                           .test_func = bad_yaml_is_refused_with_its_place,
                                           .initial_state = (void *)(uintptr_t)&bad_cases[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
