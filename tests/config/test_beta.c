#include "lq_test.h"

#include "config/beta.h"

#include <gsl/gsl_cdf.h>

static void the_distribution_agrees_with_gsl(void **state)
{
    (void)state;
    for (double a = 1.0; a <= 5.0; a += 0.25) {
        const double b = 6.0 - a;
        for (int i = 1; i < 200; i++) {
            const double x = i / 200.0, want = gsl_cdf_beta_P(x, a, b);
            assert_near(lq_beta_cdf(x, a, b), want, 1e-13 * (want + 1e-3));
        }
    }
    assert_near(lq_beta_cdf(0.0, 2, 4), 0.0, 0.0);
    assert_near(lq_beta_cdf(1.0, 2, 4), 1.0, 0.0);
}

static void the_quantile_undoes_it(void **state)
{
    (void)state;
    for (double a = 1.0; a <= 5.0; a += 0.5) {
        const double b = 6.0 - a;
        double last = 0.0;
        for (int i = 1; i < 100; i++) {
            const double x = lq_beta_quantile(i / 100.0, a, b);
            assert_near(lq_beta_cdf(x, a, b), i / 100.0, 1e-13);
            assert_near(x, 1.0 - lq_beta_quantile(1.0 - i / 100.0, b, a), 1e-13);
            assert_true(x > last);
            last = x;
        }
    }
    assert_true(lq_beta_quantile(1e-12, 1, 5) > 0.0);
    assert_true(lq_beta_quantile(1 - 1e-12, 5, 1) < 1.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_distribution_agrees_with_gsl),
        cmocka_unit_test(the_quantile_undoes_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
