#include "fill.h"

#include "stats/strata.h"

static void a_stratum_is_the_number_of_borders_at_or_below(void **state)
{
    (void)state;
    const lq_strata strata = lq_strata_lognormal(0.0, 0.5);
    for (size_t k = 0; k < LQ_STRATA - 1; k++) {
        const double b = strata.border[k], growth[] = {b * (1.0 - 1e-12), b, b * (1.0 + 1e-12)};
        uint8_t stratum[3];
        lq_strata_assign(&strata, growth, 3, stratum);
        assert_int_equal(stratum[0], k);
        assert_int_equal(stratum[1], k + 1);
        assert_int_equal(stratum[2], k + 1);
    }
}

static void sums_give_the_mean_of_each_stratum(void **state)
{
    (void)state;
    lq_strata_sums sums = {0};
    const uint8_t stratum[] = {0, 3, 3, 15, 3};
    const double growth[] = {0.25, 1.0, 2.0, 1048575.5, 1.5};
    lq_strata_sums_add(&sums, stratum, growth, 5);
    assert_near(lq_strata_mean(&sums, 0), 0.25, 0.0);
    assert_near(lq_strata_mean(&sums, 3), 1.5, 0.0);
    assert_near(lq_strata_mean(&sums, 15), 1048575.5, 0.0);
    assert_near(lq_strata_mean(&sums, 7), 1.0, 0.0);
}

static void odd_growth_is_counted_apart(void **state)
{
    (void)state;
    lq_strata_sums sums = {0};
    const uint8_t stratum[4] = {0};
    const double growth[] = {-1.0, (double)NAN, (double)INFINITY, 0.0};
    lq_strata_sums_add(&sums, stratum, growth, 4);
    assert_int_equal(sums.overflow, 3);
    assert_int_equal(sums.weight[0], 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stratum_is_the_number_of_borders_at_or_below),
        cmocka_unit_test(sums_give_the_mean_of_each_stratum),
        cmocka_unit_test(odd_growth_is_counted_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
