#include "fill.h"

#include "stats/strata.h"

/* The borders leave about sqrt(3) pi / (2 K^2) of the variance of ln G within the strata. */
static void strata_keep_99_percent_of_the_variance(void **state)
{
    (void)state;
    const double sd = 0.5;
    const lq_strata strata = lq_strata_lognormal(-0.125, sd);
    double within = 0.0;
    for (size_t k = 0; k < LQ_STRATA; k++) {
        const double a = k == 0 ? -9.0 : (lq_log(strata.border[k - 1]) + 0.125) / sd;
        const double b = k == LQ_STRATA - 1 ? 9.0 : (lq_log(strata.border[k]) + 0.125) / sd;
        double p = 0.0, m1 = 0.0, m2 = 0.0;
        for (int i = 0; i < 2000; i++) {
            const double h = (b - a) / 2000, z = a + h * (i + 0.5), w = lq_normal_pdf(z) * h;
            p += w;
            m1 += w * z;
            m2 += w * z * z;
        }
        within += m2 - m1 * m1 / p;
    }
    assert_true(within < 0.012);
}

static void merging_adds_across_the_words(void **state)
{
    (void)state;
    lq_strata_sums a = {0}, b = {0};
    a.growth_lo[2] = UINT64_MAX;
    a.weight[2] = 1;
    b.growth_lo[2] = 1;
    b.weight[2] = 1;
    b.overflow = 4;
    lq_strata_sums_merge(&a, &b);
    assert_int_equal(a.growth_lo[2], 0);
    assert_int_equal(a.growth_hi[2], 1);
    assert_int_equal(a.overflow, 4);
    assert_near(lq_strata_mean(&a, 2), 0x1p31, 0.0);
}

static void merging_parts_is_one_pass(void **state)
{
    (void)state;
    const lq_strata strata = lq_strata_lognormal(0.0, 0.4);
    lq_strata_sums whole = {0}, part[2] = {{.overflow = 0}};
    uint64_t seed = 5;
    for (int b = 0; b < 200; b++) {
        double growth[64];
        uint8_t stratum[64];
        for (size_t i = 0; i < 64; i++)
            growth[i] = lq_exp(0.4 * next_normal(&seed));
        lq_strata_assign(&strata, growth, 64, stratum);
        lq_strata_sums_add(&whole, stratum, growth, 64);
        lq_strata_sums_add(&part[b % 2], stratum, growth, 64);
    }
    lq_strata_sums_merge(&part[1], &part[0]);
    assert_memory_equal(&whole, &part[1], sizeof whole);
    for (size_t k = 1; k < LQ_STRATA; k++)
        assert_true(lq_strata_mean(&whole, k) > lq_strata_mean(&whole, k - 1));
}

static void the_variance_is_that_of_the_samples(void **state)
{
    (void)state;
    const double growth[] = {0.5, 0.75, 1.0, 0.01};
    const uint8_t stratum[] = {2, 2, 2, 3};
    lq_strata_sums sums = {0};
    lq_strata_sums_add(&sums, stratum, growth, 4);
    assert_near(lq_strata_variance(&sums, 2), 0.125 / 3.0, 2e-7);
    assert_near(lq_strata_variance(&sums, 3), 0.0, 2e-7);
    assert_near(lq_strata_variance(&sums, 4), 0.0, 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strata_keep_99_percent_of_the_variance),
        cmocka_unit_test(merging_adds_across_the_words),
        cmocka_unit_test(merging_parts_is_one_pass),
        cmocka_unit_test(the_variance_is_that_of_the_samples),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
