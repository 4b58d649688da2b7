#include "decide_test.h"

#define HEAD                                                                                   \
    "simulation: {paths: 65536, seed: 3}\nperson: {wealth: $400K}\ncompanies:\n"               \
    "  listed: {" LISTED "}\n"
#define OLD "  - {id: old, company: listed, base: $210K, bonus: 15%, stock: $300K}\n"

static lq_frame *run(const char *company, double base, bool turning_points)
{
    char body[4096];
    snprintf(body, sizeof body,
             "%s  startup: {%s}\noffers:\n  - {id: new, company: startup, base: $%.0f, bonus: "
             "10%%, stock: $400K}\n%sdecide: {baseline: old}\n",
             HEAD, company, base, OLD);
    return must_run_with(body, &(lq_study_options){.turning_points = turning_points});
}

static size_t point(const lq_frame *f, const char *key)
{
    return index_of(f, "turning_point", key);
}

/* Gap of a run at a turning value, in standard errors of the two. */
static void assert_even(const lq_frame *turned, double worth_per_unit, double half)
{
    assert_near(pair(turned, "ce_difference", 0), 0.0,
                2.0 * fabs(worth_per_unit) * half + 3.0 * pair(turned, "ce_difference_se", 0));
}

/* Setting what was found makes the two even, in a full run of its own. */
static void a_turning_base_makes_the_two_even(void **state)
{
    const lq_frame *f = *state;
    const size_t i = point(f, "base");
    assert_string_equal(text_at(f, "/turning", "status", i), "solved");
    const double value = number(f, "/turning", "value", i);
    assert_near(number(f, "/turning", "assumed", i), 200e3, 0.0);
    assert_string_equal(text_at(f, "/turning", "unit", i), "USD");
    assert_holds(text_at(f, "/turning", "text", i), "base $");
    assert_string_equal(text_at(f, "/turning", "offer", 0), "new");
    assert_string_equal(text_at(f, "/turning", "against", 0), "old");
    const double low = number(f, "/turning", "low", i), high = number(f, "/turning", "high", i);
    assert_true(low < value && value < high && high - low < 0.1 * value);
    const double gap = pair(f, "ce_difference", 0);
    lq_frame *turned = run(PRIVATE, value, false);
    assert_even(turned, gap / (value - 200e3), 0.5 * (high - low));
    lq_frame_destroy(turned);
}

static void a_turning_growth_makes_the_two_even(void **state)
{
    const lq_frame *f = *state;
    const size_t i = point(f, "growth");
    assert_string_equal(text_at(f, "/turning", "status", i), "solved");
    const double value = number(f, "/turning", "value", i);
    const double assumed = number(f, "/turning", "assumed", i);
    assert_near(assumed, log(1.044) + 1.2 * 0.045, 1e-3); /* rate + beta x premium */
    assert_holds(text_at(f, "/turning", "text", i), "startup grows");
    char company[1024];
    snprintf(company, sizeof company, "growth: %.6f, %s", value, PRIVATE);
    lq_frame *turned = run(company, 200e3, false);
    const double half =
        0.5 * (number(f, "/turning", "high", i) - number(f, "/turning", "low", i));
    assert_even(turned, pair(f, "ce_difference", 0) / (value - assumed), half);
    lq_frame_destroy(turned);
}

/* The odds vary with the hazards solved again. */
static void turning_odds_make_the_two_even_or_say_what_remains(void **state)
{
    const lq_frame *f = *state;
    const size_t i = point(f, "ipo");
    assert_string_equal(text_at(f, "/turning", "status", i), "none");
    assert_holds(text_at(f, "/turning", "reason", i), "remains");
    assert_true(isnan(number(f, "/turning", "value", i)));
    assert_near(number(f, "/turning", "assumed", i), 0.25, 1e-12);
}

static void a_letter_dollar_is_what_common_it_buys(void **state)
{
    const lq_frame *f = *state;
    const size_t i = point(f, "opening_value");
    const double assumed = number(f, "/turning", "assumed", i);
    assert_true(assumed > 0.3 && assumed < 1.0);
    assert_string_equal(text_at(f, "/turning", "status", i), "solved");
    assert_true(number(f, "/turning", "value", i) > assumed);
    assert_holds(text_at(f, "/turning", "text", i), "a letter dollar buys $");
}

/* Nothing has to change for two of the same to be even: no point, and no "$0 remains". */
static void two_that_are_the_same_have_no_points(void **state)
{
    static const char one[] = "company: listed, base: $210K, bonus: 15%, stock: $300K";
    char body[4096];
    (void)state;
    for (int raised = 0; raised < 2; raised++) {
        snprintf(body, sizeof body, "%soffers: [{id: a, %s}, {id: b, %s%s}]\n", HEAD, one, one,
                 raised ? ", raise: 1%" : "");
        lq_frame *f = must_run_with(body, &(lq_study_options){.turning_points = true});
        assert_int_equal(lq_frame_find_dimension(f, "turning_point") ? 1 : 0, raised);
        lq_frame_destroy(f);
    }
}

static int run_study(void **state)
{
    *state = run(PRIVATE, 200e3, true);
    return *state == NULL;
}

static int drop_study(void **state)
{
    lq_frame_destroy(*state);
    return 0;
}

/* A listed company has neither exits nor an opening value to find out. */
static void listed_companies_have_growth_and_base_only(void **state)
{
    (void)state;
    lq_frame *f = run(LISTED, 200e3, true);
    assert_int_equal(length(f, "turning_point"), 2);
    assert_string_equal(text_at(f, "/turning", "status", point(f, "base")), "solved");
    lq_frame_destroy(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_that_are_the_same_have_no_points),
        cmocka_unit_test(a_turning_base_makes_the_two_even),
        cmocka_unit_test(a_turning_growth_makes_the_two_even),
        cmocka_unit_test(turning_odds_make_the_two_even_or_say_what_remains),
        cmocka_unit_test(a_letter_dollar_is_what_common_it_buys),
        cmocka_unit_test(listed_companies_have_growth_and_base_only)};
    return cmocka_run_group_tests(tests, run_study, drop_study);
}
