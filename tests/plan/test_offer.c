#include "lq_plan_text.h"

#include <math.h>

static void raises_come_every_twelve_months(void **state)
{
    (void)state;
    lq_planned p = lq_plan_text(lq_small_text, NULL, 0);
    const lq_pay_plan *pay = &p.plan->offers[0].pay;
    assert_near(pay->salary[1], 200e3 / 12.0, 1e-9);
    assert_near(pay->salary[12], 200e3 / 12.0, 1e-9);
    assert_near(pay->salary[13], 206e3 / 12.0, 1e-9);
    assert_int_equal(pay->n_bonuses, 4);
    assert_near(pay->bonuses[1].on_target, 20600.0, 1e-9);
    assert_int_equal(pay->bonuses[1].month, 24);
    lq_planned_clear(&p);
}

/* Who leaves after month m is paid m months here and the rest elsewhere; a failed employer
 * costs the search. */
static void pay_goes_on_elsewhere(void **state)
{
    (void)state;
    const char *const o[] = {"offers.a.fallback=$120K", "offers.a.search_gap=3mo",
                             "offers.a.raise=0%", NULL};
    lq_planned p = lq_plan_text(lq_small_text, o, 0);
    const lq_pay_plan *pay = &p.plan->offers[0].pay;
    const size_t row = pay->horizon + 1, second = pay->n_salary_years * row;
    assert_near(pay->salary_amount[12], 200e3, 1e-6);
    assert_near(pay->salary_amount[6], 100e3 + 60e3, 1e-6);
    assert_near(pay->salary_amount[second + 6], 100e3 + 30e3, 1e-6);
    assert_near(pay->salary_amount[row + 6], 120e3, 1e-6);
    lq_planned_clear(&p);
    const char *const none[] = {"offers.a.fallback=$0", "offers.a.raise=0%", NULL};
    p = lq_plan_text(lq_small_text, none, 0);
    assert_near(p.plan->offers[0].pay.salary_amount[6], 100e3, 1e-6);
    assert_near(p.plan->offers[0].pay.salary_amount[row + 6], 0.0, 1e-6);
    lq_planned_clear(&p);
}

/* R14: what vests after the horizon counts for nobody. */
static void vests_after_the_horizon_are_dropped(void **state)
{
    (void)state;
    const char *const o[] = {"simulation.horizon=3y", NULL};
    lq_planned p = lq_plan_text(lq_small_text, o, 0);
    const lq_grant_plan *g = &p.plan->offers[0].grants[0];
    assert_int_equal(g->vest_month[g->n_vests - 1], 36);
    assert_near(g->vested[96], 0.75 * 4000.0, 1e-9); /* 400K at 100 a share */
    lq_planned_clear(&p);
}

static void a_private_letter_buys_units_at_the_preferred_price(void **state)
{
    (void)state;
    lq_planned p = lq_plan_text(lq_small_text, NULL, 0);
    const lq_offer_plan *o = &p.plan->offers[1];
    assert_int_equal(o->grants[0].route, LQ_ROUTE_DOUBLE);
    assert_near(o->grants[0].vested[48], 10000.0, 1e-9);
    assert_near(o->grants[0].expiry_month, 84.0, 0.0);
    assert_true(o->headline_paper_fair < 0.85 * o->headline_equity);
    assert_true(o->headline_paper_fair > 0.60 * o->headline_equity);
    lq_planned_clear(&p);
}

static void whole_units_carry_the_remainder(void **state)
{
    (void)state;
    const char *const o[] = {"offers.a.grants[0]={instrument: rsu, units: 10, vesting: {over: "
                             "48mo, every: 1mo, rounding: floor}}",
                             NULL};
    lq_planned p = lq_plan_text(lq_small_text, o, 0);
    const lq_grant_plan *g = &p.plan->offers[0].grants[0];
    double sum = 0.0;
    for (size_t i = 0; i < g->n_vests; i++) {
        assert_near(g->vest_weight[i], rint(g->vest_weight[i]), 0.0);
        sum += g->vest_weight[i];
    }
    assert_near(sum, 10.0, 0.0);
    lq_planned_clear(&p);
}

static void rows_that_nothing_writes_are_not_used(void **state)
{
    (void)state;
    lq_planned p = lq_plan_text(lq_small_text, NULL, 0);
    const unsigned char *listed = p.plan->offers[0].tax.used,
                        *paper = p.plan->offers[1].tax.used;
    assert_int_equal(listed[3 * LQ_INCOME_KINDS + LQ_INCOME_UNITS], 1);
    assert_int_equal(listed[4 * LQ_INCOME_KINDS + LQ_INCOME_UNITS], 0);
    assert_int_equal(listed[0 * LQ_INCOME_KINDS + LQ_INCOME_GAIN], 0);
    assert_int_equal(paper[7 * LQ_INCOME_KINDS + LQ_INCOME_UNITS], 1);
    assert_int_equal(paper[7 * LQ_INCOME_KINDS + LQ_INCOME_PAY], 0);
    lq_planned_clear(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(raises_come_every_twelve_months),
        cmocka_unit_test(pay_goes_on_elsewhere),
        cmocka_unit_test(vests_after_the_horizon_are_dropped),
        cmocka_unit_test(a_private_letter_buys_units_at_the_preferred_price),
        cmocka_unit_test(whole_units_carry_the_remainder),
        cmocka_unit_test(rows_that_nothing_writes_are_not_used),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
