#include "scenario_test.h"

static void a_missing_file_is_told(void **state)
{
    (void)state;
    lq_problems *problems = lq_problems_create();
    lq_scenario *s = NULL;
    lq_error err = {0};
    assert_int_equal(lq_scenario_load("/nonexistent.yaml", NULL, 0, problems, &s, &err),
                     LQ_EIO);
    assert_null(s);
    assert_string_equal(err.file, "/nonexistent.yaml");
    lq_problems_destroy(problems);
}

static void an_empty_text_and_a_list_are_refused(void **state)
{
    static const char *const texts[] = {"", "- a\n", "# nothing\n", "schema: liquidus/1\n"};
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(texts); i++) {
        lq_problems *problems = lq_problems_create();
        lq_scenario *s = NULL;
        assert_int_equal(lq_scenario_parse("t.yaml", texts[i], strlen(texts[i]), NULL, 0,
                                           problems, &s, NULL),
                         LQ_ECONFIG);
        assert_null(s);
        lq_problems_destroy(problems);
    }
}

static void an_override_is_as_if_written(void **state)
{
    static const char text[] =
        "schema: liquidus/1\noffers:\n  - {id: a, company: google, base: $1}\n";
    static const char *const overrides[] = {"a.base=$2K", "simulation.paths=1e4"};
    (void)state;
    lq_problems *problems = lq_problems_create();
    lq_scenario *s = NULL;
    assert_int_equal(lq_scenario_parse("dir/offers.yaml", text, strlen(text), overrides, 2,
                                       problems, &s, NULL),
                     LQ_OK);
    assert_near(offer_of(s, "a")->base.p[0], 2000, 0.0);
    assert_near(s->simulation.paths.p[0], 1e4, 0.0);
    assert_string_equal(s->output, "results/offers.h5");
    assert_int_equal(s->config_len, strlen(text));
    assert_memory_equal(s->config_text, text, strlen(text));
    lq_scenario_destroy(s);
    lq_problems_destroy(problems);
}

/* What the plan finds wrong is told like what the reader finds, overrides too. */
static void a_later_error_is_told_with_its_line(void **state)
{
    static const struct {
        lq_mark mark;
        const char *text;
    } rows[] = {
        {{"t.yaml", 3, 19},
         "t.yaml:3:19: k: expected x, found y\n   3 |   - {id: a, company: "},
        {{"t.yaml", 9, 1}, "t.yaml:9:1: k: expected x, found y\n"},
        {{"--set", 1, 8}, "--set:1:8: k: expected x, found y\n   1 | a.base=$2K\n"},
        {{0}, " k: expected x, found y\n"},
    };
    static const char text[] =
        "schema: liquidus/1\noffers:\n  - {id: a, company: google, base: $1}\n";
    static const char *const overrides[] = {"a.base=$2K"};
    (void)state;
    lq_problems *problems = lq_problems_create();
    lq_scenario *s = NULL;
    assert_int_equal(
        lq_scenario_parse("t.yaml", text, strlen(text), overrides, 1, problems, &s, NULL),
        LQ_OK);
    for (size_t i = 0; i < LQ_COUNT(rows); i++) {
        char got[512] = {0};
        lq_error err;
        assert_int_equal(LQ_FAIL(&err, LQ_ECONFIG, .file = rows[i].mark.file,
                                 .line = rows[i].mark.line, .column = rows[i].mark.column,
                                 .key = "k", .expected = "x", .got = "y"),
                         LQ_ECONFIG);
        lq_problems *later = lq_problems_create();
        lq_scenario_problem(s, &err, later);
        FILE *out = fmemopen(got, sizeof got, "w");
        lq_problems_print(later, out);
        fclose(out);
        if (strncmp(got, rows[i].text, strlen(rows[i].text)) != 0) fail_msg("%s", got);
        lq_problems_destroy(later);
    }
    lq_scenario_destroy(s);
    lq_problems_destroy(problems);
}

static void ignorance_is_noticed_wherever_it_stands(void **state)
{
    static const struct {
        const char *body;
        bool uncertain;
    } rows[] = {
        {"offers:\n  - {id: a, company: google, base: $1}\n", false},
        {"offers:\n  - {id: a, company: hugging-face, base: $1}\n", true},
        {"market: {equity_premium: {uncertain: 3%/y to 6%/y}}\noffers:\n  - {id: a, company: "
         "google, base: $1}\n",
         true},
        {"offers:\n  - {id: a, company: google, base: $1, leaving: {uncertain: 5%/y to "
         "20%/y}}\n",
         true},
        {"offers:\n  - {id: a, company: google, base: $1, bonus: {target: 10%, payout: 0% to "
         "100%}}\n",
         false},
    };
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(rows); i++) {
        lq_scenario *s = must_load(rows[i].body);
        assert_int_equal(s->has_uncertain, rows[i].uncertain);
        lq_scenario_destroy(s);
    }
}

/* Fail the first allocation, then the second, ... until a load succeeds. */
static void every_failed_allocation_is_reported_and_leaks_nothing(void **state)
{
    char path[512];
    int failures = 0;
    lq_status status = LQ_ENOMEM;
    (void)state;
    snprintf(path, sizeof path, "%s/configs/staff-hugging-face.yaml", LQ_SOURCE_DIR);
    for (; status != LQ_OK; failures += status != LQ_OK) {
        lq_scenario *s = NULL;
        lq_heap_permit(failures);
        lq_problems *problems = lq_problems_create();
        status = problems ? lq_scenario_load(path, NULL, 0, problems, &s, NULL) : LQ_ENOMEM;
        assert_int_equal(status == LQ_OK, s != NULL);
        lq_scenario_destroy(s);
        lq_problems_destroy(problems);
        lq_heap_restore();
        assert_true(status == LQ_OK || status == LQ_ENOMEM);
        assert_int_equal(lq_heap_live(), 0);
    }
    assert_true(failures > 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_missing_file_is_told),
        cmocka_unit_test(an_empty_text_and_a_list_are_refused),
        cmocka_unit_test(an_override_is_as_if_written),
        cmocka_unit_test(a_later_error_is_told_with_its_line),
        cmocka_unit_test(ignorance_is_noticed_wherever_it_stands),
        cmocka_unit_test(every_failed_allocation_is_reported_and_leaks_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
