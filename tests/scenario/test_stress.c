#include "scenario_test.h"

#include <stdlib.h>
#include <unistd.h>

/* Reads a stress; the overrides on lines of their own, or the problems. Free with free(). */
static char *read_stress(const char *name, lq_status *status)
{
    lq_arena *arena = lq_arena_create();
    lq_problems *problems = lq_problems_create();
    lq_changes rows = {0};
    lq_error err;
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    assert_non_null(out);
    *status = lq_stress_changes(name, arena, problems, &rows, &err);
    for (size_t i = 0; i < rows.len; i++)
        fprintf(out, "%s\n", rows.items[i]);
    lq_problems_print(problems, out);
    assert_int_equal(fclose(out), 0);
    lq_problems_destroy(problems);
    lq_arena_destroy(arena);
    return text;
}

static const char *const shipped[] = {"2000", "2008", "2022", "ai-winter", "closed-ipo-window"};

/* The quickstart under a stress; the lines of read_stress, which are cut up. */
static lq_scenario *quickstart_under(char *text, size_t *n)
{
    const char *rows[64];
    char *rest = text;
    lq_problems *problems = lq_problems_create();
    lq_scenario *s = NULL;
    lq_error err;
    *n = 0;
    for (char *row = strtok_r(rest, "\n", &rest); row; row = strtok_r(NULL, "\n", &rest))
        rows[(*n)++] = row;
    assert_int_equal(lq_scenario_load(LQ_SOURCE_DIR "/configs/quickstart.yaml", rows, *n,
                                      problems, &s, &err),
                     LQ_OK);
    lq_problems_destroy(problems);
    return s;
}

/* Every figure of a shipped file, as a change and with its source. */
static void every_change_has_a_source(void **state)
{
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(shipped); i++) {
        lq_arena *arena = lq_arena_create();
        lq_problems *problems = lq_problems_create();
        lq_changes changes = {0};
        lq_list rows = {0};
        lq_error err;
        assert_int_equal(lq_stress_changes(shipped[i], arena, problems, &changes, &err), LQ_OK);
        assert_int_equal(lq_stress_sources(shipped[i], arena, problems, &rows, &err), LQ_OK);
        assert_int_equal(rows.len, changes.len - 1); /* which names the stress too */
        const lq_assumption *told = rows.items;
        for (size_t n = 0; n < rows.len; n++) {
            char change[256];
            snprintf(change, sizeof change, "%s=%s", told[n].key, told[n].value);
            assert_string_equal(change, changes.items[n + 1]);
            assert_true(strlen(told[n].source) > 5);
        }
        lq_problems_destroy(problems);
        lq_arena_destroy(arena);
    }
}

/* Every key that a shipped file changes is one of a config. */
static void shipped_files_change_keys_that_exist(void **state)
{
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(shipped); i++) {
        lq_status status;
        size_t n;
        char *text = read_stress(shipped[i], &status);
        assert_int_equal(status, LQ_OK);
        lq_scenario *s = quickstart_under(text, &n);
        assert_true(n >= 3);
        assert_non_null(s->stress.name);
        assert_true(s->stress.ipo.times.given && s->stress.ipo.times.p[0] < 1.0);
        assert_true(warns_of(s, "go through"));
        lq_scenario_destroy(s);
        free(text);
    }
}

/* What read_stress makes of a file of that text. Free with free(). */
static char *read_text(const char *yaml, lq_status *status)
{
    char path[64];
    snprintf(path, sizeof path, "stress-%ld.yaml", (long)getpid());
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(yaml, file);
    assert_int_equal(fclose(file), 0);
    char *text = read_stress(path, status);
    unlink(path);
    return text;
}

/* A stress may change any figure for the whole run, a company's and the market's volatility
 * too; what is written otherwise stays. */
static void a_stress_may_change_volatilities(void **state)
{
    (void)state;
    lq_status status;
    size_t n;
    char *text = read_text(
        "schema: liquidus-stress/1\nname: wild\nset:\n"
        "  - {key: market.volatility, value: 28%, source: a test}\n"
        "  - {key: companies.google.volatility, value: 45%, source: a test}\n"
        "  - {key: companies.hugging-face.volatility, value: '{uncertain: 80% to 100%}', "
        "source: a test}\n",
        &status);
    assert_int_equal(status, LQ_OK);
    lq_scenario *s = quickstart_under(text, &n);
    const lq_company *google = company_of(s, "google");
    assert_near(s->market.volatility.p[0], 0.28, 1e-15);
    assert_near(google->volatility.p[0], 0.45, 1e-15);
    assert_near(google->beta.p[0], 1.05, 1e-15);
    assert_near(lq_value_mean(&company_of(s, "hugging-face")->volatility), 0.9, 1e-15);
    lq_scenario_destroy(s);
    free(text);
}

static void told(const char *name, const char *words)
{
    lq_status status;
    char *text = read_stress(name, &status);
    assert_true(status != LQ_OK);
    assert_holds(text, words);
    free(text);
}

/* A file of that text. */
static void told_of(const char *yaml, const char *words)
{
    lq_status status;
    char *text = read_text(yaml, &status);
    assert_true(status != LQ_OK);
    assert_holds(text, words);
    free(text);
}

static void bad_stresses_are_told(void **state)
{
    (void)state;
    told("2009", "one of 2000, 2008, 2022, ai-winter, closed-ipo-window");
    told("../nowhere", "found no file ../nowhere");
    told("../nowhere", "one of 2000, 2008, 2022, ai-winter, closed-ipo-window");
    told("nowhere.yaml", "no file nowhere.yaml");
    told_of("schema: liquidus/1\nname: a\nset: [{key: a, value: b, source: c}]\n",
            "expected liquidus-stress/1");
    told_of("schema: liquidus-stress/1\nname: a\nset: [{key: a, value: b}]\n", "source");
    told_of("schema: liquidus-stress/1\nset: []\n", "name");
}

static void every_stress_says_what_happens(void **state)
{
    (void)state;
    lq_arena *arena = lq_arena_create();
    lq_problems *problems = lq_problems_create();
    lq_list list;
    lq_error err;
    assert_int_equal(lq_stress_list(arena, problems, &list, &err), LQ_OK);
    const lq_stress_entry *entries = list.items;
    assert_int_equal(list.len, LQ_COUNT(shipped));
    for (size_t i = 0; i < list.len; i++) {
        assert_string_equal(entries[i].name, shipped[i]);
        assert_true(strlen(entries[i].about) > 40);
    }
    lq_problems_destroy(problems);
    lq_arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_change_has_a_source),
                                       cmocka_unit_test(shipped_files_change_keys_that_exist),
                                       cmocka_unit_test(a_stress_may_change_volatilities),
                                       cmocka_unit_test(bad_stresses_are_told),
                                       cmocka_unit_test(every_stress_says_what_happens)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
