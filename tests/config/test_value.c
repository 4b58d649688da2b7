#include "config_test.h"

static const struct good_case {
    const char *text;
    lq_measure measure;
    lq_dist dist;
    double p[3];
    bool uncertain;
    const char *currency, *source;
} good_cases[] = {
    {"$285K", LQ_MEASURE_MONEY, LQ_DIST_CONSTANT, {285e3}, false, "USD", NULL},
    {"'35%'", LQ_MEASURE_FRACTION, LQ_DIST_CONSTANT, {0.35}, false, "", NULL},
    {"{value: $285K, source: the letter, date: 2026-11-02}",
     LQ_MEASURE_MONEY,
     LQ_DIST_CONSTANT,
     {285e3},
     false,
     "USD",
     "the letter"},
    {"{value: 20% to 50%, note: x}",
     LQ_MEASURE_FRACTION,
     LQ_DIST_UNIFORM,
     {0.2, 0.5},
     false,
     "",
     NULL},
    {"{uniform: [1%, 2%]}",
     LQ_MEASURE_FRACTION,
     LQ_DIST_UNIFORM,
     {0.01, 0.02},
     false,
     "",
     NULL},
    {"{uniform: [1%, 1%]}",
     LQ_MEASURE_FRACTION,
     LQ_DIST_CONSTANT,
     {0.01, 0.01},
     false,
     "",
     NULL},
    {"{triangular: [0, 90%, 120%]}",
     LQ_MEASURE_FRACTION,
     LQ_DIST_TRIANGULAR,
     {0, 0.9, 1.2},
     false,
     "",
     NULL},
    {"{pert: [$1, $2, $4]}", LQ_MEASURE_MONEY, LQ_DIST_PERT, {1, 2, 4}, false, "USD", NULL},
    {"{normal: {mean: 5%, sd: 1%}}",
     LQ_MEASURE_FRACTION,
     LQ_DIST_NORMAL,
     {0.05, 0.01},
     false,
     "",
     NULL},
    {"{normal: [5%, 1%]}", LQ_MEASURE_FRACTION, LQ_DIST_NORMAL, {0.05, 0.01}, false, "", NULL},
    {"{lognormal: {mean: $1M, sd: 400K}}",
     LQ_MEASURE_MONEY,
     LQ_DIST_LOGNORMAL,
     {1e6, 4e5},
     false,
     "USD",
     NULL},
    {"{uncertain: 5% to 25%}",
     LQ_MEASURE_FRACTION,
     LQ_DIST_UNIFORM,
     {0.05, 0.25},
     true,
     "",
     NULL},
    {"{uncertain: {pert: [1, 2, 3]}, source: a paper}",
     LQ_MEASURE_NUMBER,
     LQ_DIST_PERT,
     {1, 2, 3},
     true,
     "",
     "a paper"},
    {"{uncertain: {value: 1 to 2, source: inner}, source: outer}",
     LQ_MEASURE_NUMBER,
     LQ_DIST_UNIFORM,
     {1, 2},
     true,
     "",
     "inner"},
    {"{uncertain: 5%}", LQ_MEASURE_FRACTION, LQ_DIST_CONSTANT, {0.05}, false, "", NULL},
    {"{value: {uncertain: 1 to 2}}",
     LQ_MEASURE_NUMBER,
     LQ_DIST_UNIFORM,
     {1, 2},
     true,
     "",
     NULL},
};

static fixture value_fixture(const char *text)
{
    char config[512];
    snprintf(config, sizeof config, "v: %s\n", text);
    return fixture_of(config, NULL, 0);
}

static void values_are_read_from_nodes(void **state)
{
    const struct good_case *c = *state;
    fixture f = value_fixture(c->text);
    lq_value v = {0};
    const bool fine = lq_value_read(lq_tree_find(&f.tree, "v"), c->measure, f.problems, &v);
    char *text = printed(f.problems);
    assert_string_equal(text, "");
    free(text);
    assert_true(fine && v.given && !v.is_default);
    assert_int_equal(v.dist, c->dist);
    for (int i = 0; i < 3; i++)
        assert_near(v.p[i], c->p[i], 0.0);
    assert_int_equal(v.uncertain, c->uncertain);
    assert_string_equal(v.currency, c->currency);
    assert_int_equal(v.mark.line, 1);
    assert_int_equal(v.source != NULL, c->source != NULL);
    if (c->source) assert_string_equal(v.source, c->source);
    fixture_clear(&f);
}

static const struct bad_case {
    const char *name, *text;
    lq_measure measure;
    const char *message;
} bad_cases[] = {
    {"bare percent", "35", LQ_MEASURE_FRACTION,
     "t.yaml:1:4: v: expected a fraction such as 35%, found 35\n   1 | v: 35\n"
     "     |    ^ 35 would mean 3500 %; write 35%"},
    {"bare rate", "35", LQ_MEASURE_RATE, "35 would mean 3500 % a year; write 35% or 35/y"},
    {"bare duration", "4", LQ_MEASURE_DURATION, "write mo for months or y for years"},
    {"nothing", "", LQ_MEASURE_MONEY, "expected money such as $285K, found nothing"},
    {"nan", ".nan", LQ_MEASURE_NUMBER, "it is not a finite number"},
    {"huge", "1e308", LQ_MEASURE_NUMBER, "figures reach from 1e-30 to 1e18"},
    {"list", "[1]", LQ_MEASURE_NUMBER, "found a list"},
    {"group", "{}", LQ_MEASURE_NUMBER, "found a group"},
    {"unknown form", "{triangle: [1, 2, 3]}", LQ_MEASURE_NUMBER, "v.triangle"},
    {"misspelt form", "{unifrom: [1, 2]}", LQ_MEASURE_NUMBER, "did you mean uniform?"},
    {"two forms", "{value: 1, uniform: [1, 2]}", LQ_MEASURE_NUMBER,
     "expected one figure or distribution, found two"},
    {"only a source", "{source: x}", LQ_MEASURE_NUMBER, "found a group"},
    {"low > high", "50% to 20%", LQ_MEASURE_FRACTION, "a range runs from low to high"},
    {"uniform low > high", "{uniform: [2, 1]}", LQ_MEASURE_NUMBER, "expected low <= high"},
    {"mode outside", "{triangular: [0, 3, 2]}", LQ_MEASURE_NUMBER,
     "expected low <= most likely <= high"},
    {"no width", "{pert: [1, 1, 1]}", LQ_MEASURE_NUMBER, "low < high"},
    {"two of three", "{pert: [1, 2]}", LQ_MEASURE_NUMBER, "expected [low, most likely, high]"},
    {"sd of zero", "{normal: {mean: 1, sd: 0}}", LQ_MEASURE_NUMBER,
     "a standard deviation above 0"},
    {"no sd", "{normal: {mean: 1}}", LQ_MEASURE_NUMBER, "expected {mean: A, sd: B}"},
    {"negative lognormal", "{lognormal: {mean: -1, sd: 1}}", LQ_MEASURE_NUMBER,
     "a mean above 0"},
    {"probabilities", "{discrete: {1: 0.5, 2: 0.4}}", LQ_MEASURE_NUMBER,
     "expected probabilities that sum to 100 %, found a sum of 90 %"},
    {"discrete list", "{discrete: [1, 2]}", LQ_MEASURE_NUMBER,
     "expected {value: probability, ...}"},
    {"group in a law", "{uniform: [{a: 1}, 2]}", LQ_MEASURE_NUMBER,
     "v.uniform[0]: expected a number"},
    {"bad mean", "{normal: {mean: x, sd: 1}}", LQ_MEASURE_NUMBER,
     "v.normal.mean: expected a number"},
    {"negative probability", "{discrete: {1: 1, 2: -0.1, 3: 0.1}}", LQ_MEASURE_NUMBER,
     "a probability from 0 to 1"},
    {"atom twice", "{discrete: {1: 0.5, 1.0: 0.5}}", LQ_MEASURE_NUMBER, "each value once"},
    {"bad atom", "{discrete: {x: 1}}", LQ_MEASURE_NUMBER,
     "t.yaml:1:16: v.discrete.x: expected a number"},
    {"many atoms",
     "{discrete: {1: 0, 2: 0, 3: 0, 4: 0, 5: 0, 6: 0, 7: 0, 8: 0, 9: 0, 10: 0, 11: 0, 12: 0, "
     "13: "
     "0, 14: 0, 15: 0, 16: 0, 17: 1}}",
     LQ_MEASURE_NUMBER, "at most 16 values"},
    {"two currencies", "{uniform: [$1, EUR 2]}", LQ_MEASURE_MONEY, "figures in one currency"},
    {"range in a law", "{uniform: [1 to 2, 3]}", LQ_MEASURE_NUMBER, "expected one figure"},
    {"wrong unit in a law", "{uniform: [1%, 3y]}", LQ_MEASURE_FRACTION,
     "the unit is another one"},
    {"uncertain twice", "{uncertain: {uncertain: 1 to 2}}", LQ_MEASURE_NUMBER,
     "one inside another"},
    {"source is a group", "{value: 1, source: {a: 1}}", LQ_MEASURE_NUMBER, "v.source"},
};

static void bad_values_are_refused_and_leave_no_trace(void **state)
{
    const struct bad_case *c = *state;
    fixture f = value_fixture(c->text);
    lq_value v, before;
    memset(&v, 0x5A, sizeof v);
    memcpy(&before, &v, sizeof v);
    assert_false(lq_value_read(lq_tree_find(&f.tree, "v"), c->measure, f.problems, &v));
    assert_memory_equal(&v, &before, sizeof v);
    assert_problem(&f, c->message, c->name);
    fixture_clear(&f);
}

static void text_alone_gives_a_value_or_a_reason(void **state)
{
    (void)state;
    lq_value v;
    assert_null(lq_value_parse(" {uncertain: 5% to 25%, source: x}", LQ_MEASURE_FRACTION, &v));
    assert_true(v.uncertain && !v.source && !v.mark.file);
    assert_part(lq_value_parse("35", LQ_MEASURE_FRACTION, &v), "write a % sign", "35");
    assert_part(lq_value_parse("many", LQ_MEASURE_MONEY, &v), "money such as", "many");
    assert_non_null(lq_value_parse("{", LQ_MEASURE_MONEY, &v));
    assert_non_null(lq_value_parse("{uniform: [1, 2]}", LQ_MEASURE_DURATION, &v));
}

static void dates_are_days_that_exist(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool fine;
    } cases[] = {{"2027-01-31", true},  {"2028-02-29", true},   {"2027-02-29", false},
                 {"2027-13-01", false}, {"2027-1-1", false},    {"27-01-01", false},
                 {"2027/01/01", false}, {"2027- 1-01", false},  {"[2027]", false},
                 {"1066-10-14", false}, {"2027-01-01x", false}, {"", false}};
    for (size_t i = 0; i < LQ_COUNT(cases); i++) {
        fixture f = value_fixture(cases[i].text);
        lq_date date = {0};
        assert_int_equal(lq_date_read(lq_tree_find(&f.tree, "v"), f.problems, &date),
                         cases[i].fine);
        assert_int_equal(lq_problems_count(f.problems), !cases[i].fine);
        assert_int_equal(date.year != 0, cases[i].fine);
        fixture_clear(&f);
    }
}

int main(void)
{
    enum { GOOD = LQ_COUNT(good_cases), BAD = LQ_COUNT(bad_cases) };
    struct CMUnitTest tests[GOOD + BAD + 2] = {
        cmocka_unit_test(text_alone_gives_a_value_or_a_reason),
        cmocka_unit_test(dates_are_days_that_exist),
    };
    for (size_t i = 0; i < GOOD; i++)
        tests[i + 2] = (struct CMUnitTest){.name = good_cases[i].text,
                                           .test_func = values_are_read_from_nodes,
                                           .initial_state = (void *)(uintptr_t)&good_cases[i]};
    for (size_t i = 0; i < BAD; i++)
        tests[GOOD + i + 2] =
            (struct CMUnitTest){.name = bad_cases[i].name,
                                .test_func = bad_values_are_refused_and_leave_no_trace,
                                .initial_state = (void *)(uintptr_t)&bad_cases[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
