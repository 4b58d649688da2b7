#include "lq_plan_text.h"

#include <math.h>

static void a_flat_rate_is_effective_annual(void **state)
{
    (void)state;
    lq_planned p = lq_plan_text(lq_small_text, NULL, 0);
    assert_near(p.plan->grid.discount[12], 1.0 / 1.044, 1e-14);
    assert_near(p.plan->grid.discount[96], pow(1.044, -8.0), 1e-14);
    assert_true(p.plan->grid.discount[0] == 1.0);
    lq_planned_clear(&p);
}

static void a_table_of_tenors_is_joined_by_straight_lines(void **state)
{
    (void)state;
    const char *const o[] = {"market.rate={1y: 3%, 5y: 5%}", NULL};
    lq_planned p = lq_plan_text(lq_small_text, o, 0);
    const double r1 = log(1.03), r5 = log(1.05), r3 = 0.5 * (r1 + r5);
    assert_near(p.plan->grid.discount[6], exp(-0.5 * r1), 1e-14);
    assert_near(p.plan->grid.discount[36], exp(-3.0 * r3), 1e-14);
    assert_near(p.plan->grid.discount[96], exp(-8.0 * r5), 1e-14);
    lq_planned_clear(&p);
}

static void years_are_calendar_years_of_the_flow_dates(void **state)
{
    (void)state;
    lq_planned p = lq_plan_text(lq_small_text, NULL, 0);
    assert_int_equal(p.plan->grid.first_year, 2027);
    assert_int_equal(p.plan->grid.year_of_month[12], 0);
    assert_int_equal(p.plan->grid.year_of_month[13], 1);
    assert_int_equal(p.plan->grid.n_years, 8);
    lq_planned_clear(&p);
    const char *const o[] = {"simulation.start=2027-07-01", NULL};
    p = lq_plan_text(lq_small_text, o, 0);
    assert_int_equal(p.plan->grid.year_of_month[6], 0);
    assert_int_equal(p.plan->grid.year_of_month[7], 1);
    assert_int_equal(p.plan->grid.n_years, 9);
    lq_planned_clear(&p);
}

static void outside_wealth_in_the_market_is_tallied_jointly(void **state)
{
    (void)state;
    lq_planned p = lq_plan_text(lq_small_text, NULL, 0);
    assert_true(p.plan->has_growth && p.plan->has_market);
    lq_planned_clear(&p);
    const char *const o[] = {"person.wealth_in_market=0%", "companies.pub.beta=0",
                             "companies.pri.beta=0", NULL};
    p = lq_plan_text(lq_small_text, o, 0);
    assert_false(p.plan->has_growth || p.plan->has_market);
    lq_planned_clear(&p);
}

/* Without wealth no part of it moves, whatever the config says. */
static void no_wealth_is_not_in_the_market(void **state)
{
    (void)state;
    const char *const o[] = {"person.wealth=$0", "person.wealth_in_market=60%", NULL};
    lq_planned p = lq_plan_text(lq_small_text, o, 0);
    assert_false(p.plan->has_growth);
    assert_true(p.plan->background.market_share_frac == 0.0);
    lq_planned_clear(&p);
}

static void a_foreign_currency_drifts_at_the_difference_of_rates(void **state)
{
    (void)state;
    const char *const o[] = {
        "market.fx={EURUSD: {spot: 1.15, volatility: 8%, rate: 2.7%, correlation: 0.2}}", NULL};
    lq_planned p = lq_plan_text(lq_small_text, o, 0);
    assert_int_equal(p.plan->n_fx, 1);
    const lq_gbm_plan *f = &p.plan->fx[0];
    const double want = (log(1.044) - log(1.027) - 0.5 * 0.08 * 0.08) / 12.0 / log(2.0);
    assert_near(f->drift_log2[5], want, 1e-15);
    assert_near(exp2(f->start_log2), 1.15, 1e-14);
    assert_near(hypot(f->loading_market_log2, f->loading_own_log2),
                0.08 / sqrt(12.0) / log(2.0), 1e-15);
    lq_planned_clear(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_flat_rate_is_effective_annual),
        cmocka_unit_test(a_table_of_tenors_is_joined_by_straight_lines),
        cmocka_unit_test(years_are_calendar_years_of_the_flow_dates),
        cmocka_unit_test(outside_wealth_in_the_market_is_tallied_jointly),
        cmocka_unit_test(no_wealth_is_not_in_the_market),
        cmocka_unit_test(a_foreign_currency_drifts_at_the_difference_of_rates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
