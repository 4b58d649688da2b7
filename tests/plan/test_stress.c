#include "lq_plan_text.h"

#include <math.h>

static const lq_company_plan *private_of(const lq_planned *p)
{
    assert_non_null(p->plan);
    return &p->plan->companies[1];
}

/* R4: times the intensity as it was solved, in the window and nowhere else. */
static void a_closed_window_is_closed_while_it_lasts(void **state)
{
    (void)state;
    const char *const shut[] = {"stress.ipo={times: 0, over: 36mo}",
                                "stress.failure={times: 3, over: 12mo}",
                                "stress.rounds={times: 0.5}", NULL};
    lq_planned plain = lq_plan_text(lq_small_text, NULL, 0),
               p = lq_plan_text(lq_small_text, shut, 0);
    const lq_company_plan *was = private_of(&plain), *is = private_of(&p);
    for (size_t k = 1; k <= was->n_months; k++) {
        assert_near(is->ipo.mass[k], k <= 36 ? 0.0 : was->ipo.mass[k], 0.0);
        assert_near(is->failure.mass[k], (k <= 12 ? 3.0 : 1.0) * was->failure.mass[k], 1e-15);
        assert_near(is->round.rate[k], 0.5 * was->round.rate[k], 1e-15);
        assert_near(is->acquisition.mass[k], was->acquisition.mass[k], 0.0);
        assert_near(is->tender.mass[k], was->tender.mass[k], 0.0);
    }
    assert_true(memcmp(p.plan->hash, plain.plan->hash, sizeof p.plan->hash) != 0);
    lq_planned_clear(&p);
    lq_planned_clear(&plain);
}

/* Expected log growth over the first months, without the variance's half. */
static double grown(const double *drift_log2, double sd, size_t months)
{
    double sum = 0.0;
    for (size_t k = 1; k <= months; k++)
        sum += drift_log2[k];
    return sum * log(2.0) + 0.5 * sd * sd * (double)months / 12.0;
}

/* E[M] falls to 60 % in ten months; a company by its beta; then both go on as before. */
static void a_fall_is_the_markets_and_everyones_by_beta(void **state)
{
    (void)state;
    const char *const fall[] = {"stress.market={fall: 40%, over: 10mo}",
                                "companies.pub.beta=1.3", NULL};
    lq_planned plain = lq_plan_text(lq_small_text, fall + 1, 0),
               p = lq_plan_text(lq_small_text, fall, 0);
    const double years = 10.0 / 12.0, sure = log(1.044) * years;
    const double excess = log(0.6) - sure;
    assert_near(grown(p.plan->market.drift_log2, 0.16, 10), log(0.6), 1e-12);
    assert_near(grown(p.plan->listed[0].drift_log2, 0.3, 10), sure + 1.3 * excess, 1e-12);
    const double lost = grown(private_of(&plain)->drift_private_log2, 0.7, 10) -
                        grown(private_of(&p)->drift_private_log2, 0.7, 10);
    assert_near(lost, 1.5 * (0.045 * years - excess), 1e-12);
    for (size_t k = 11; k <= p.plan->grid.n_months; k++)
        assert_near(p.plan->market.drift_log2[k], plain.plan->market.drift_log2[k], 1e-15);
    lq_planned_clear(&p);
    lq_planned_clear(&plain);
}

static void prices_of_the_pricing_measure_do_not_fall(void **state)
{
    (void)state;
    const char *const fall[] = {"simulation.measure=pricing", "stress.market.fall=40%", NULL};
    lq_planned p = lq_plan_text(lq_small_text, fall, 0);
    assert_near(grown(p.plan->market.drift_log2, 0.16, 10), log(1.044) * 10.0 / 12.0, 1e-12);
    assert_near(grown(p.plan->listed[0].drift_log2, 0.3, 10), log(1.044) * 10.0 / 12.0, 1e-12);
    lq_planned_clear(&p);
}

/* The last round's price stays: the company is worth less than it by the fall. */
static void private_values_fall_and_prices_of_rounds_do_not(void **state)
{
    (void)state;
    const char *const fall[] = {"stress.private_fall=30%", "companies.pri.floor=20%", NULL};
    lq_planned plain = lq_plan_text(lq_small_text, fall + 1, 0),
               p = lq_plan_text(lq_small_text, fall, 0);
    const lq_company_plan *was = private_of(&plain), *is = private_of(&p);
    assert_near(exp2(is->start_log2) / exp2(was->start_log2), 0.7, 1e-12);
    assert_near(is->start_price, was->start_price, 0.0);
    assert_near(is->stack.diluted, was->stack.diluted, 0.0);
    assert_near(is->phi, was->phi, 0.0);
    assert_near(is->floor_log2, was->floor_log2, 0.0);
    lq_planned_clear(&p);
    lq_planned_clear(&plain);
}

/* What intensities are solved on (R4) knows nothing of the stress. */
static void a_pilot_is_not_stressed(void **state)
{
    (void)state;
    const char *const all[] = {
        "stress={market: {fall: 40%}, private_fall: 30%, ipo: {times: 0}}", NULL};
    lq_planned plain = lq_plan_text(lq_small_text, NULL, 0),
               p = lq_plan_text(lq_small_text, all, 0);
    const lq_plan_options options = {.calibration = &p.calibration, .unstressed = true};
    lq_plan *pilot = NULL;
    lq_error err;
    assert_int_equal(lq_plan_build(p.scenario, &options, &pilot, &err), LQ_OK);
    assert_memory_equal(pilot->hash, plain.plan->hash, sizeof pilot->hash);
    assert_true(memcmp(p.plan->hash, plain.plan->hash, sizeof p.plan->hash) != 0);
    lq_plan_destroy(pilot);
    lq_planned_clear(&p);
    lq_planned_clear(&plain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_closed_window_is_closed_while_it_lasts),
        cmocka_unit_test(a_fall_is_the_markets_and_everyones_by_beta),
        cmocka_unit_test(prices_of_the_pricing_measure_do_not_fall),
        cmocka_unit_test(private_values_fall_and_prices_of_rounds_do_not),
        cmocka_unit_test(a_pilot_is_not_stressed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
