#include "config_test.h"

#include "config/schema_value.h"

#include <math.h>

static void the_range_of_a_row_is_worded(void **state)
{
    (void)state;
    static const struct {
        lq_field field;
        const char *want;
    } cases[] = {
        {{.measure = LQ_MEASURE_FRACTION}, ""},
        {{.measure = LQ_MEASURE_FRACTION, .max = 1}, "0 % to 100 %"},
        {{.measure = LQ_MEASURE_RATE, .min = -0.5, .max = 2}, "-50 %/y to 200 %/y"},
        {{.measure = LQ_MEASURE_DURATION, .min = 1 / 12.0, .max = 40}, "1 mo to 40 y"},
        {{.measure = LQ_MEASURE_NUMBER, .max = 9, .above_min = true}, "above 0 to 9"},
        {{.measure = LQ_MEASURE_NUMBER, .max = INFINITY}, "at least 0"},
        {{.measure = LQ_MEASURE_NUMBER, .min = -INFINITY, .max = 1}, "at most 1"},
    };
    for (size_t i = 0; i < LQ_COUNT(cases); i++) {
        char text[128];
        assert_string_equal(lq_schema_range(&cases[i].field, text, sizeof text), cases[i].want);
    }
}

static void a_plain_number_has_no_unit(void **state)
{
    (void)state;
    assert_string_equal(lq_schema_unit(&(lq_field){.unit = "1"}), "");
    assert_string_equal(lq_schema_unit(&(lq_field){.unit = NULL}), "");
    assert_string_equal(lq_schema_unit(&(lq_field){.unit = "years"}), "years");
}

/* Whether a value may vary, by the row and by the way it is written. */
static void rows_say_what_may_vary(void **state)
{
    (void)state;
    static const char *const texts[] = {"5%", "{uncertain: 1% to 5%}", "1% to 5%"};
    static const bool fine[][3] = {[LQ_VARIES_NEVER] = {true, false, false},
                                   [LQ_VARIES_WORLD] = {true, true, false},
                                   [LQ_VARIES_PATH] = {true, true, true},
                                   [LQ_VARIES_EVENT] = {true, true, true}};
    for (int varies = LQ_VARIES_NEVER; varies <= LQ_VARIES_EVENT; varies++) {
        for (size_t t = 0; t < LQ_COUNT(texts); t++) {
            char config[64];
            snprintf(config, sizeof config, "v: %s", texts[t]);
            fixture f = fixture_of(config, NULL, 0);
            lq_reader reader = {.arena = lq_arena_create(), .problems = f.problems};
            const lq_field field = {.measure = LQ_MEASURE_FRACTION,
                                    .varies = (lq_varies)varies};
            lq_value v;
            assert_int_equal(
                lq_schema_read_value(&field, lq_tree_find(&f.tree, "v"), &reader, &v),
                fine[varies][t]);
            lq_arena_destroy(reader.arena);
            fixture_clear(&f);
        }
    }
}

/* A word may stand for the figure; what is nearly it is told. */
static void a_word_may_stand_for_the_figure(void **state)
{
    (void)state;
    fixture f = fixture_of("a: solve\nb: 2\nc: solv\nd: 0\n", NULL, 0);
    lq_reader reader = {.arena = lq_arena_create(), .problems = f.problems};
    const lq_field field = {
        .measure = LQ_MEASURE_NUMBER, .min = 1.0, .max = 3.0, .word = "solve"};
    const lq_field plain = {.measure = LQ_MEASURE_NUMBER};
    lq_value v;
    assert_true(lq_schema_read_value(&field, lq_tree_find(&f.tree, "a"), &reader, &v));
    assert_string_equal(v.word, "solve");
    assert_true(!v.given && v.mark.line == 1);
    assert_true(lq_schema_read_value(&field, lq_tree_find(&f.tree, "b"), &reader, &v));
    assert_true(v.given && !v.word && v.p[0] == 2.0);
    assert_false(lq_schema_read_value(&field, lq_tree_find(&f.tree, "c"), &reader, &v));
    assert_false(lq_schema_read_value(&field, lq_tree_find(&f.tree, "d"), &reader, &v));
    assert_false(lq_schema_read_value(&plain, lq_tree_find(&f.tree, "a"), &reader, &v));
    lq_arena_destroy(reader.arena);
    fixture_clear(&f);
}

static void a_list_of_figures_is_whole_or_refused(void **state)
{
    (void)state;
    fixture f = fixture_of("a: [1%, 2%]\nb: [1%, 200]\nc: 5%\nd: []\n", NULL, 0);
    lq_reader reader = {.arena = lq_arena_create(), .problems = f.problems};
    const lq_field field = {.measure = LQ_MEASURE_FRACTION, .max = 1};
    lq_list list = {.len = 77};
    assert_true(lq_schema_read_values(&field, lq_tree_find(&f.tree, "a"), &reader, &list));
    assert_int_equal(list.len, 2);
    assert_near(((const lq_value *)list.items)[1].p[0], 0.02, 0);
    assert_false(lq_schema_read_values(&field, lq_tree_find(&f.tree, "b"), &reader, &list));
    assert_false(lq_schema_read_values(&field, lq_tree_find(&f.tree, "c"), &reader, &list));
    assert_int_equal(list.len, 2);
    assert_true(lq_schema_read_values(&field, lq_tree_find(&f.tree, "d"), &reader, &list));
    assert_int_equal(list.len, 0);
    lq_arena_destroy(reader.arena);
    fixture_clear(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_range_of_a_row_is_worded),
        cmocka_unit_test(a_plain_number_has_no_unit),
        cmocka_unit_test(rows_say_what_may_vary),
        cmocka_unit_test(a_word_may_stand_for_the_figure),
        cmocka_unit_test(a_list_of_figures_is_whole_or_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
