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
    assert_near(h->step.k2, 0.5 * dt * (kappa * rho / eps - 0.5) + rho / eps, 1e-15);
    assert_near(h->step.k3, 0.5 * dt * (1.0 - rho * rho), 1e-16);
    assert_near(h->step.k4, h->step.k3, 0.0);
    assert_near(h->step.tilt, h->step.k2 + 0.5 * h->step.k4, 1e-16);
    assert_true(h->step.tilt < 0.0);
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

#define REGIMES                                                                                \
    "market={model: regime, rate: 4.4%, equity_premium: 4.5%, regimes: [{id: calm, "           \
    "volatility: 11%, premium: 9%/y, next: [96%, 4%]}, {id: bear, volatility: 29%, premium: "  \
    "-24%/y, next: [12%, 88%]}]}"

/* A state moves the market's part of the price as it moves the market; its premium comes by
 * beta in the real measure, and not at all under pricing. */
static void states_of_the_market_move_its_part_of_the_price(void **state)
{
    (void)state;
    const char *const o[] = {heston[0], heston[1], REGIMES, NULL};
    const char *const pricing[] = {heston[0], heston[1], REGIMES, "simulation.measure=pricing",
                                   NULL};
    lq_planned p = lq_plan_text(lq_small_text, o, 0),
               q = lq_plan_text(lq_small_text, pricing, 0);
    const lq_heston_plan *h = &p.plan->own[0].heston;
    assert_non_null(h->by_state);
    for (size_t i = 0; i < 2; i++) {
        const lq_heston_step *s = &h->by_state[i];
        const double c = p.plan->law.link.scale[i], m2 = h->market * h->market;
        const double w2 = m2 * c * c + 1.0 - m2, rho = -0.7 * (m2 * c + 1.0 - m2);
        /* The three normals make one of variance 1, without any of the variance's. */
        const double zm = s->of_price * h->market + s->of_market, zo = s->of_price * h->own;
        assert_near(zm * zm + zo * zo + s->of_rest * s->of_rest, 1.0, 1e-12);
        assert_near(h->rho * (h->market * zm + h->own * zo) + h->rho_rest * s->of_rest, 0.0,
                    1e-12);
        /* With the variance's, the price has c m of the market and o of its own. */
        const double alone = sqrt(w2 - rho * rho);
        assert_near(alone * zm + rho * h->rho * h->market, c * h->market, 1e-12);
        assert_near(alone * zo + rho * h->rho * h->own, h->own, 1e-12);
        assert_near(s->k3, (w2 - rho * rho) / 24.0, 1e-15);
        assert_true(s->tilt < 0.0);
        assert_near(q.plan->own[0].heston.by_state[i].drift, 0.0, 0.0);
    }
    const double premium = (0.09 + 0.24) / 12.0; /* between the two states, a month; beta 1 */
    assert_near(h->by_state[0].drift - h->by_state[1].drift, premium, 1e-12);
    lq_planned_clear(&p);
    lq_planned_clear(&q);
}

/* A scale of 1 is no state, but for rounding; nor is a state anything without beta. */
static void a_state_like_the_long_run_is_none(void **state)
{
    (void)state;
    const char *const one[] = {
        heston[0], heston[1],
        "market={model: regime, regimes: [{id: a, volatility: 16%, next: "
        "[50%, 50%]}, {id: b, volatility: 16%, next: [50%, 50%]}]}",
        NULL};
    lq_planned p = lq_plan_text(lq_small_text, one, 0);
    const lq_heston_plan *h = &p.plan->own[0].heston;
    assert_near(h->by_state[1].of_price, h->step.of_price, 1e-12);
    assert_near(h->by_state[1].of_market, 0.0, 1e-12);
    assert_near(h->by_state[1].of_rest, h->step.of_rest, 1e-12);
    assert_near(h->by_state[1].k2, h->step.k2, 1e-12);
    lq_planned_clear(&p);
    const char *const none[] = {heston[0], heston[1], REGIMES, "companies.pub.beta=0", NULL};
    p = lq_plan_text(lq_small_text, none, 0);
    assert_null(p.plan->own[0].heston.by_state);
    lq_planned_clear(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_variance_has_the_moments_of_the_square_root_process),
        cmocka_unit_test(hes_09_moments_of_the_variance),
        cmocka_unit_test(the_coefficients_are_andersens),
        cmocka_unit_test(beta_says_the_correlation_with_the_market),
        cmocka_unit_test(states_of_the_market_move_its_part_of_the_price),
        cmocka_unit_test(a_state_like_the_long_run_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
