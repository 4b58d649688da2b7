#include "lq_test.h"

#include "decide/solve.h"

#include <math.h>
#include <stdbool.h>

typedef struct curve {
    double (*y)(double x);
    double half;
    size_t n_calls;
    lq_status fails_with;
} curve;

static lq_status answer(void *context, lq_solve_ask *asks, size_t n, lq_error *err)
{
    curve *curves = context;
    for (size_t i = 0; i < n; i++) {
        curve *c = &curves[asks[i].problem];
        c->n_calls++;
        if (c->fails_with == LQ_EINTERRUPTED)
            return LQ_FAIL(err, c->fails_with, .key = "curve");
        asks[i].status = c->fails_with;
        if (!c->fails_with) asks[i].value = (lq_solve_value){c->y(asks[i].x), c->half};
    }
    return LQ_OK;
}

static lq_solution solve(curve *c, double low, double high, size_t n_scan, double tolerance)
{
    const lq_solve_problem problem = {low, high, tolerance, n_scan};
    lq_solution out;
    lq_error err;
    assert_int_equal(lq_solve(&problem, 1, answer, c, &out, &err), LQ_OK);
    assert_int_equal(out.failed, LQ_OK);
    return out;
}

static double line(double x)
{
    return 2.0 * (x - 312.0);
}

static double falling(double x)
{
    return 1.0 - x * x;
}

static double with_jump(double x)
{
    return x - 300.0 + (x > 299.0 ? 2.0 : 0.0);
}

static double wave(double x)
{
    return sin(x);
}

static double positive(double x)
{
    return 1.0 + x;
}

static void a_line_is_solved_exactly_with_its_interval(void **state)
{
    (void)state;
    curve c = {.y = line, .half = 4.0};
    const lq_solution s = solve(&c, 200.0, 500.0, 8, 1.0);
    assert_int_equal(s.status, LQ_SOLVED);
    assert_near(s.value, 312.0, 1e-9);
    assert_near(s.low, 310.0, 1e-9);
    assert_near(s.high, 314.0, 1e-9);
}

static void a_falling_curve_is_solved_too(void **state)
{
    (void)state;
    curve c = {.y = falling, .half = 1e-6};
    const lq_solution s = solve(&c, 0.0, 7.0, 8, 1e-3);
    assert_int_equal(s.status, LQ_SOLVED);
    assert_near(s.value, 1.0, 1e-6);
    assert_true(s.low <= s.value && s.value <= s.high);
}

/* MODEL check 8: never a false root. */
static void a_jump_over_zero_is_no_root(void **state)
{
    (void)state;
    curve c = {.y = with_jump, .half = 1e-3};
    const lq_solution s = solve(&c, 250.0, 350.0, 33, 0.02);
    assert_int_equal(s.status, LQ_SOLVE_JUMP);
    assert_near(s.value, 299.0, 0.02);
    assert_near(s.below, -1.0, 0.03);
    assert_near(s.above, 1.0, 0.03);
}

static void the_first_of_several_is_given_and_said(void **state)
{
    (void)state;
    curve c = {.y = wave, .half = 1e-6};
    const lq_solution s = solve(&c, 1.0, 14.0, 33, 1e-3);
    assert_int_equal(s.status, LQ_SOLVE_SEVERAL);
    assert_int_equal(s.n_brackets, 4);
    assert_near(s.value, 3.14159265, 1e-5);
}

static void no_sign_change_is_none_with_what_remains(void **state)
{
    (void)state;
    curve c = {.y = positive};
    const lq_solution s = solve(&c, 0.0, 2.0, 8, 1e-3);
    assert_int_equal(s.status, LQ_SOLVE_NONE);
    assert_true(isnan(s.value));
    assert_near(s.below, 1.0, 0.0);
    assert_near(s.above, 3.0, 0.0);
    assert_int_equal(c.n_calls, 8);
}

/* A wide error reaches the ends of the range and not beyond. */
static void an_interval_ends_with_the_range(void **state)
{
    (void)state;
    curve c = {.y = line, .half = 1e6};
    const lq_solution s = solve(&c, 200.0, 500.0, 8, 1.0);
    assert_near(s.low, 200.0, 0.0);
    assert_near(s.high, 500.0, 0.0);
}

static void failures_pass_through_and_leave_the_output(void **state)
{
    (void)state;
    curve c = {.y = line, .fails_with = LQ_EINTERRUPTED};
    const lq_solve_problem problem = {0.0, 1.0, 0.1, 4};
    lq_solution out = {.value = 7.0};
    lq_error err;
    assert_int_equal(lq_solve(&problem, 1, answer, &c, &out, &err), LQ_EINTERRUPTED);
    assert_near(out.value, 7.0, 0.0);
    assert_int_equal(c.n_calls, 1);
}

/* Asked together, each is solved as it is alone, and one that fails leaves the others alone. */
static void several_problems_do_not_touch_one_another(void **state)
{
    (void)state;
    curve c[] = {{.y = line, .half = 4.0},
                 {.y = wave, .half = 1e-6, .fails_with = LQ_ENUMERIC},
                 {.y = positive},
                 {.y = with_jump, .half = 1e-3}};
    const lq_solve_problem problems[] = {{200.0, 500.0, 1.0, 8},
                                         {1.0, 14.0, 1e-3, 33},
                                         {0.0, 2.0, 1e-3, 8},
                                         {250.0, 350.0, 0.02, 33}};
    lq_solution out[LQ_COUNT(c)];
    lq_error err;
    assert_int_equal(lq_solve(problems, LQ_COUNT(c), answer, c, out, &err), LQ_OK);
    assert_int_equal(out[1].failed, LQ_ENUMERIC);
    assert_true(isnan(out[1].value));
    assert_int_equal(c[1].n_calls, 33);
    for (size_t i = 0; i < LQ_COUNT(c); i++) {
        if (i == 1) continue;
        const size_t n_calls = c[i].n_calls;
        const lq_solution alone = solve(&c[i], problems[i].low, problems[i].high,
                                        problems[i].n_scan, problems[i].tolerance);
        assert_int_equal(out[i].failed, LQ_OK);
        assert_int_equal(out[i].status, alone.status);
        assert_true(out[i].value == alone.value || isnan(alone.value));
        assert_true(out[i].low == alone.low || isnan(alone.low));
        assert_true(out[i].high == alone.high || isnan(alone.high));
        assert_int_equal(c[i].n_calls, 2 * n_calls);
    }
}

static void every_status_has_its_word(void **state)
{
    (void)state;
    assert_string_equal(lq_solve_status_name(LQ_SOLVED), "solved");
    assert_string_equal(lq_solve_status_name(LQ_SOLVE_NONE), "none");
    assert_string_equal(lq_solve_status_name(LQ_SOLVE_JUMP), "jump");
    assert_string_equal(lq_solve_status_name(LQ_SOLVE_SEVERAL), "several");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_solved_exactly_with_its_interval),
        cmocka_unit_test(a_falling_curve_is_solved_too),
        cmocka_unit_test(a_jump_over_zero_is_no_root),
        cmocka_unit_test(the_first_of_several_is_given_and_said),
        cmocka_unit_test(no_sign_change_is_none_with_what_remains),
        cmocka_unit_test(an_interval_ends_with_the_range),
        cmocka_unit_test(failures_pass_through_and_leave_the_output),
        cmocka_unit_test(several_problems_do_not_touch_one_another),
        cmocka_unit_test(every_status_has_its_word)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
