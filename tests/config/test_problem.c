#include "config_test.h"

static void problems_are_sorted_and_point_at_their_column(void **state)
{
    (void)state;
    lq_problems *problems = lq_problems_create();
    lq_problems_add(problems, &(lq_problem){.mark = {"b.yaml", 1, 1}, .expected = "x"});
    lq_problems_add(problems, &(lq_problem){.mark = {"a.yaml", 12, 3},
                                            .key = "companies.google.volatilty",
                                            .expected = "a key of company",
                                            .found = "volatilty",
                                            .hint = "did you mean volatility?",
                                            .source_line = "  volatilty: 30%"});
    lq_problems_add(problems, &(lq_problem){.mark = {"a.yaml", 2, 4},
                                            .expected = "money",
                                            .found = "\xE2\x82\xAC",
                                            .source_line = "\t\xE6\xBC\xA2 \xE2\x82\xAC"});
    lq_problems_add(problems, &(lq_problem){.mark = {"a.yaml", 0, 0}, .found = "a folder"});
    char *text = printed(problems);
    assert_string_equal(text,
                        "a.yaml: found a folder\n"
                        "a.yaml:2:4: expected money, found \xE2\x82\xAC\n"
                        "   2 | \t\xE6\xBC\xA2 \xE2\x82\xAC\n"
                        "     | \t   ^\n"
                        "a.yaml:12:3: companies.google.volatilty: expected a key of company, "
                        "found volatilty\n"
                        "  12 |   volatilty: 30%\n"
                        "     |   ^ did you mean volatility?\n"
                        "b.yaml:1:1: expected x\n");
    free(text);
    assert_string_equal(lq_problems_first(problems)->found, "a folder");
    lq_problems_destroy(problems);
}

static void the_same_mistake_in_one_place_is_told_once(void **state)
{
    (void)state;
    lq_problems *problems = lq_problems_create();
    const lq_problem twice = {.mark = {"a", 1, 1}, .key = "x", .expected = "e", .found = "f"};
    lq_problem other = twice;
    other.key = "y";
    lq_problems_add(problems, &twice);
    lq_problems_add(problems, &other);
    assert_int_equal(lq_problems_count(problems), 1);
    other.found = "g";
    lq_problems_add(problems, &other);
    assert_int_equal(lq_problems_count(problems), 2);
    lq_problems_destroy(problems);
}

static void more_than_a_hundred_are_counted(void **state)
{
    (void)state;
    lq_problems *problems = lq_problems_create();
    for (int i = 0; i < 250; i++)
        lq_problems_add(problems, &(lq_problem){.mark = {"a", i + 1, 1}, .found = "f"});
    assert_int_equal(lq_problems_count(problems), 250);
    char *text = printed(problems);
    assert_part(text, "a:100:1: found f\n... and 150 more\n", "the end");
    free(text);
    lq_problems_destroy(problems);
}

static void a_column_beyond_the_kept_line_has_no_caret(void **state)
{
    (void)state;
    char line[401];
    memset(line, '-', 400);
    line[400] = '\0';
    lq_problems *problems = lq_problems_create();
    lq_problems_add(problems, &(lq_problem){.mark = {"a", 1, 300}, .source_line = line});
    char *text = printed(problems);
    assert_null(strchr(text, '^'));
    assert_part(text, "---...\n", "the cut");
    free(text);
    lq_problems_destroy(problems);
    lq_problems_destroy(NULL);
}

static void a_heap_that_is_full_still_counts(void **state)
{
    (void)state;
    for (int permitted = 0; permitted < 4; permitted++) {
        lq_heap_permit(permitted);
        lq_problems *problems = lq_problems_create();
        if (problems) {
            lq_problems_add(problems, &(lq_problem){.mark = {"a", 1, 1}, .found = "f"});
            assert_int_equal(lq_problems_count(problems), 1);
        }
        lq_problems_destroy(problems);
        lq_heap_restore();
        assert_int_equal(lq_heap_live(), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(problems_are_sorted_and_point_at_their_column),
        cmocka_unit_test(the_same_mistake_in_one_place_is_told_once),
        cmocka_unit_test(more_than_a_hundred_are_counted),
        cmocka_unit_test(a_column_beyond_the_kept_line_has_no_caret),
        cmocka_unit_test(a_heap_that_is_full_still_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
