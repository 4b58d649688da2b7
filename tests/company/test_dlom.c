/* Discounts for lack of marketability: limits and orders; the numbers are in validation. */
#include "lq_test.h"

#include "company/dlom.h"

#include <math.h>

static const double grid[][2] = {{0.1, 0.5}, {0.3, 2.0}, {0.6, 2.0}, {0.6, 5.0}, {0.9, 4.0}};

static void the_average_strike_lies_between_its_approximations(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof grid / sizeof *grid; i++) {
        const lq_restriction r = {grid[i][0], grid[i][1], 0.0, 0.0};
        const double exact = lq_dlom_average_strike(&r);
        assert_true(lq_dlom_finnerty(&r) < exact + 1e-6);
        assert_true(exact < lq_dlom_ghaidarov(&r) + 1e-6);
        assert_true(lq_dlom_ghaidarov(&r) < lq_dlom_longstaff(&r));
    }
}

static void finnerty_has_a_ceiling_and_longstaff_has_none(void **state)
{
    (void)state;
    const lq_restriction r = {2.0, 10.0, 0.0, 0.0};
    assert_near(lq_dlom_finnerty(&r), 2.0 * 0.5 * erfc(-0.5 * sqrt(log(2.0)) / sqrt(2.0)) - 1.0,
                1e-9);
    assert_true(lq_dlom_longstaff(&r) > 1.0);
    assert_true(lq_dlom_ghaidarov(&r) < 1.0);
}

static void without_risk_there_is_no_discount(void **state)
{
    (void)state;
    static const double tiny[] = {0.0, 1e-6, 1e-4};
    for (size_t i = 0; i < 3; i++) {
        const lq_restriction r = {tiny[i], 1.0, 0.0, 0.0};
        assert_near(lq_dlom_chaffe(&r), 0.39894228 * tiny[i], 1e-9);
        assert_near(lq_dlom_finnerty(&r), 0.39894228 * tiny[i] / sqrt(3.0),
                    1e-7 * (1 + 1e4 * tiny[i]));
        assert_near(lq_dlom_ghaidarov(&r), 0.39894228 * tiny[i] / sqrt(3.0),
                    1e-7 * (1 + 1e4 * tiny[i]));
        assert_near(lq_dlom_longstaff(&r), 0.79788456 * tiny[i], 1e-7);
    }
}

static void dividends_shrink_what_waits(void **state)
{
    (void)state;
    const lq_restriction plain = {0.5, 2.0, 0.0, 0.0}, paying = {0.5, 2.0, 0.0, 0.03};
    assert_near(lq_dlom_finnerty(&paying), exp(-0.06) * lq_dlom_finnerty(&plain), 1e-12);
    assert_near(lq_dlom_average_strike(&paying), exp(-0.06) * lq_dlom_average_strike(&plain),
                1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_average_strike_lies_between_its_approximations),
        cmocka_unit_test(finnerty_has_a_ceiling_and_longstaff_has_none),
        cmocka_unit_test(without_risk_there_is_no_discount),
        cmocka_unit_test(dividends_shrink_what_waits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
