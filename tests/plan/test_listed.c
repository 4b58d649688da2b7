#include "lq_plan_text.h"

#include <math.h>

#define LOG2_E 1.4426950408889634

static const char *const histories[] = {
    "market={rate: 4.4%, equity_premium: 4.5%, model: bootstrap, returns: {from: 2010-01, "
    "values: "
    "[5%, 4%, 3%, 6%, 5%, -8%, -9%, -7%, 1%, 2%, 1%, 0%, 1%, 1%, -2%, -3%, 4%, 5%, 6%, -12%, "
    "-14%, 2%, 3%, 4%]}}",
    "companies.pub={listing: public, price: $100, model: bootstrap, dividend_yield: 2%, "
    "returns: "
    "{from: 2010-01, values: [9%, 4%, 2%, 9%, 7%, -18%, -9%, 3%, 1%, 5%, 1%, 2%, 1%, 4%, -2%, "
    "-13%, 4%, 15%, 6%, -18%, -9%, 12%, 0%, 4%]}}",
    NULL};

/* Growth is rate + beta x premium - yield, beta that of the history: the drift less what the
 * blocks add is that. */
static void a_company_that_follows_its_history_earns_its_beta(void **state)
{
    (void)state;
    lq_planned p = lq_plan_text(lq_small_text, histories, 0);
    assert_non_null(p.plan);
    const lq_gbm_plan *g = &p.plan->listed[0];
    const lq_state_link *own = &p.plan->own[0].link;
    const lq_company *c = p.scenario->companies.items;
    assert_true(g->loading_market_log2 == 0.0 && own->offset && !own->scale);
    assert_near(g->loading_own_log2 * sqrt(12.0) / LOG2_E, c->volatility.p[0], 1e-14);
    double mean = 0.0, first = 0.0;
    for (size_t i = 0; i < 24; i++) {
        mean += own->offset[i] / 24.0;
        first += exp(own->offset[i] * g->loading_own_log2 / LOG2_E) / 24.0;
    }
    assert_near(mean, 0.0, 1e-14);
    const double growth = log(1.044) + 0.045 * c->beta.p[0] - 0.02;
    assert_near(g->drift_log2[1] / LOG2_E + log(first), growth / 12.0, 1e-14);
    assert_true(c->beta.p[0] > 0.5 && c->beta.p[0] < 2.0);
    lq_planned_clear(&p);
}

static void under_pricing_it_earns_the_rate(void **state)
{
    (void)state;
    const char *const o[] = {histories[0], histories[1], "simulation.measure=pricing", NULL};
    lq_planned real = lq_plan_text(lq_small_text, histories, 0);
    lq_planned pricing = lq_plan_text(lq_small_text, o, 0);
    const lq_company *c = real.scenario->companies.items;
    for (size_t k = 1; k <= 48; k++)
        assert_near(
            (real.plan->listed[0].drift_log2[k] - pricing.plan->listed[0].drift_log2[k]) /
                LOG2_E,
            0.045 * c->beta.p[0] / 12.0, 1e-14);
    lq_planned_clear(&real);
    lq_planned_clear(&pricing);
}

/* Fat tails take more off the log drift than the variance says; the yield as of any company. */
static void student_shocks_are_compensated(void **state)
{
    (void)state;
    const char *const o[] = {"companies.pub.student_t=4", "companies.pub.dividend_yield=3%",
                             NULL};
    lq_planned plain = lq_plan_text(lq_small_text, NULL, 0);
    lq_planned fat = lq_plan_text(lq_small_text, o, 0);
    const double change =
        (fat.plan->listed[0].drift_log2[5] - plain.plan->listed[0].drift_log2[5]) / LOG2_E;
    assert_true(change < -0.03 / 12.0);
    assert_near(change, -0.03 / 12.0, 1e-4);
    assert_non_null(fat.plan->own[0].student.piece);
    assert_null(plain.plan->own[0].student.piece);
    lq_planned_clear(&plain);
    lq_planned_clear(&fat);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_company_that_follows_its_history_earns_its_beta),
        cmocka_unit_test(under_pricing_it_earns_the_rate),
        cmocka_unit_test(student_shocks_are_compensated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
