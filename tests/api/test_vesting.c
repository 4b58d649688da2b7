#include "lq_test.h"

#include "liquidus/liquidus.h"

static const double front[] = {0.35, 0.25, 0.20, 0.20}, short_of_one[] = {0.5, 0.4};

static void terms_become_vests(void **state)
{
    int months[64];
    double vested[64];
    (void)state;
    const lq_vesting_terms yearly = {.years_frac = front, .n_years = 4, .every_months = 12};
    assert_int_equal(lq_vesting_expand_terms(&yearly, months, vested, 64), 4);
    assert_int_equal(months[1], 24);
    assert_near(vested[1], 0.60, 1e-15);
    const lq_vesting_terms even = {.over_months = 48, .every_months = 1, .cliff_months = 12};
    assert_int_equal(lq_vesting_expand_terms(&even, months, vested, 64), 37);
    assert_int_equal(months[0], 12);
    assert_near(vested[0], 0.25, 1e-15);
    assert_near(vested[36], 1.0, 0.0);
}

static void impossible_terms_give_nothing(void **state)
{
    static const lq_vesting_terms cases[] = {
        {.years_frac = short_of_one, .n_years = 2, .every_months = 1},
        {.years_frac = front, .n_years = 4, .every_months = 5},
        {.years_frac = front, .n_years = 4, .every_months = 0},
        {.over_months = 48, .every_months = 5},
        {.over_months = 0, .every_months = 1},
        {.over_months = 48, .every_months = 1, .cliff_months = -1},
    };
    int months[64] = {7};
    double vested[64];
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(cases); i++)
        assert_int_equal(lq_vesting_expand_terms(&cases[i], months, vested, 64), 0);
    const lq_vesting_terms even = {.over_months = 48, .every_months = 1};
    assert_int_equal(lq_vesting_expand_terms(&even, months, vested, 47), 0);
    assert_int_equal(months[0], 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terms_become_vests),
        cmocka_unit_test(impossible_terms_give_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
