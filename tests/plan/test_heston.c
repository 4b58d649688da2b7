#include "../validation/case_path.h"
#include "lq_plan_text.h"

#include <math.h>

static const char *const heston[] = {
    "companies.pub.model=heston",
    "companies.pub.heston={speed: 2/y, vol_of_vol: 50%, correlation: -0.7, start: 40%}", NULL};

/* Moments of the variance after a month and a year's worth of months, against those of the
 * square root process (Cox, Ingersoll and Ross 1985). */
static void the_variance_has_the_moments_of_the_square_root_process(void **state)
{
    (void)state;
    lq_planned p = lq_plan_text(lq_small_text, heston, 0);
    const lq_heston_plan *h = &p.plan->own[0].heston;
    double mean = h->start, variance = 0.0;
    assert_true(h->is_on);
    assert_near(mean, 0.16, 1e-15);
    for (int k = 0; k < 12; k++) {
        variance = h->keep * h->keep * variance + h->var_slope * mean + h->var_level;
        mean = h->theta + (mean - h->theta) * h->keep;
    }
    const double e = exp(-2.0), theta = 0.09;
    assert_near(mean, theta + (0.16 - theta) * e, 1e-14);
    assert_near(variance,
                0.16 * 0.25 / 2.0 * (e - e * e) + theta * 0.25 / 4.0 * (1.0 - e) * (1.0 - e),
                1e-14);
    lq_planned_clear(&p);
}

/* HES-09: the variance after a year and a half, by the months of the plan. */
static void hes_09_moments_of_the_variance(void **state)
{
    (void)state;
    static const char *const overrides[] = {
        "companies.pub.model=heston", "companies.pub.volatility=0.244948974278317810",
        "companies.pub.heston={speed: 2/y, vol_of_vol: 50%, correlation: -0.7, start: 30%}",
        NULL};
    lq_case_json j = lq_case_json_open("HES-09");
    lq_planned p = lq_plan_text(lq_small_text, overrides, 0);
    const lq_heston_plan *h = &p.plan->own[0].heston;
    double mean = h->start, variance = 0.0;
    for (int k = 0; k < 18; k++) {
        variance = h->keep * h->keep * variance + h->var_slope * mean + h->var_level;
        mean = h->theta + (mean - h->theta) * h->keep;
    }
    assert_near(mean, lq_case_number(&j, "expected.mean_vT"), 1e-6 * mean);
    assert_near(variance, lq_case_number(&j, "expected.var_vT"), 1e-6 * variance);
    lq_planned_clear(&p);
    lq_case_json_close(&j);
}

/* Andersen (2008), (33): K1 to K4 with gamma 1/2, and A = K2 + K4 / 2, which is never above 0.
 */
static void the_coefficients_are_andersens(void **state)
{
    (void)state;
    lq_planned p = lq_plan_text(lq_small_text, heston, 0);
    const lq_heston_plan *h = &p.plan->own[0].heston;
    const double dt = 1.0 / 12.0, rho = -0.7, eps = 0.5, kappa = 2.0;
    assert_near(h->k2, 0.5 * dt * (kappa * rho / eps - 0.5) + rho / eps, 1e-15);
    assert_near(h->k3, 0.5 * dt * (1.0 - rho * rho), 1e-16);
    assert_near(h->k4, h->k3, 0.0);
    assert_near(h->tilt, h->k2 + 0.5 * h->k4, 1e-16);
    assert_true(h->tilt < 0.0);
    assert_near(h->rho_rest * h->rho_rest + h->rho * h->rho, 1.0, 1e-15);
    lq_planned_clear(&p);
}

/* R11, R19: beta sigma_M / sigma of the price's Brownian motion is the market's. */
static void beta_says_the_correlation_with_the_market(void **state)
{
    (void)state;
    lq_planned p = lq_plan_text(lq_small_text, heston, 0);
    const lq_heston_plan *h = &p.plan->own[0].heston;
    assert_near(h->market, 0.16 / 0.30, 1e-14);
    assert_near(h->market * h->market + h->own * h->own, 1.0, 1e-14);
    assert_true(p.plan->own[1].heston.is_on == false);
    lq_planned_clear(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_variance_has_the_moments_of_the_square_root_process),
        cmocka_unit_test(hes_09_moments_of_the_variance),
        cmocka_unit_test(the_coefficients_are_andersens),
        cmocka_unit_test(beta_says_the_correlation_with_the_market),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
