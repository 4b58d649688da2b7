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

/* Whatever is not known has its mean over the worlds, and its ends are in sight. */
static void every_world_draws_its_own_pay(void **state)
{
    (void)state;
    const char *const o[] = {
        "offers.a.base={uncertain: $180K to $220K}",
        "offers.a.bonus={uncertain: 5% to 15%}",
        "offers.a.sign_on={uncertain: $0 to $100K}",
        "offers.b.grants[0].value={uncertain: $400K to $600K}",
        "offers.b.grants[0].expiry={uncertain: 5y to 9y}",
        NULL,
    };
    double base = 0.0, bonus = 0.0, sign_on = 0.0, value = 0.0, expiry = 0.0;
    double headline = 0.0, least = 1e9, most = 0.0;
    for (long w = 0; w < 8; w++) {
        lq_planned p = lq_plan_text(lq_small_text, o, w);
        const lq_pay_plan *pay = &p.plan->offers[0].pay;
        const lq_grant_plan *g = &p.plan->offers[1].grants[0];
        const double drawn = 12.0 * pay->salary[1];
        base += drawn / 8.0;
        bonus += pay->bonuses[0].on_target / drawn / 8.0;
        sign_on += pay->instalments[0].amount / 8.0;
        value += g->value / 8.0;
        expiry += g->expiry_month / 8.0;
        assert_near(g->vested[48], g->value / 50.0, 1e-9); /* $50 a unit */
        assert_near(g->expiry_month, rint(g->expiry_month), 0.0);
        headline += p.plan->offers[0].headline_total / 8.0;
        least = fmin(least, drawn);
        most = fmax(most, drawn);
        lq_planned_clear(&p);
    }
    /* Eight strata: the mean is off by a hundredth of the range at most. */
    assert_near(base, 200e3, 0.04 * 40e3);
    assert_near(bonus, 0.10, 0.04 * 0.10);
    assert_near(sign_on, 50e3, 0.04 * 100e3);
    assert_near(value, 500e3, 0.04 * 200e3);
    assert_near(expiry, 84.0, 0.04 * 48.0);
    assert_true(least < 185e3 && most > 215e3);
    assert_near(headline, 200e3 * 1.1 * (1.0 + 1.03 + 1.0609 + 1.092727) + 50e3 + 400e3, 1e-3);
}

/* What nobody knows of the letter, nobody knows of the ask either; yearly grants of one figure
 * are all as large. */
static void one_figure_is_one_draw(void **state)
{
    (void)state;
    const char *const o[] = {
        "offers.a={id: a, company: pub, base: {uncertain: $180K to $220K}, stock: $400K, "
        "refresh: {grants: {uncertain: $50K/y to $90K/y}}, ask: {stock: $500K}}",
        NULL,
    };
    for (long w = 0; w < 4; w++) {
        lq_planned p = lq_plan_text(lq_small_text, o, w);
        const lq_offer_plan *letter = &p.plan->offers[0], *ask = &p.plan->offers[1];
        assert_string_equal(ask->id, "a-ask");
        assert_near(ask->pay.salary[1], letter->pay.salary[1], 0.0);
        assert_near(letter->grants[2].value, letter->grants[1].value, 0.0);
        assert_near(ask->grants[2].value, letter->grants[1].value, 0.0);
        assert_true(letter->grants[1].value > 50e3 && letter->grants[1].value < 90e3);
        lq_planned_clear(&p);
    }
}

/* A grant may be in another currency than the pay: it buys as many units as its dollars do. */
static void a_grant_in_another_currency_is_converted(void **state)
{
    (void)state;
    const char *const o[] = {"market.fx={EURUSD: {spot: 1.25, rate: 2.7%}}",
                             "offers.a.grants[0].value=EUR 320K", NULL};
    lq_planned p = lq_plan_text(lq_small_text, o, 0);
    const lq_grant_plan *g = &p.plan->offers[0].grants[0];
    assert_near(g->vested[48], 4000.0, 1e-6);
    assert_near(g->value, 400e3, 1e-6);
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
        cmocka_unit_test(every_world_draws_its_own_pay),
        cmocka_unit_test(one_figure_is_one_draw),
        cmocka_unit_test(a_grant_in_another_currency_is_converted),
        cmocka_unit_test(whole_units_carry_the_remainder),
        cmocka_unit_test(rows_that_nothing_writes_are_not_used),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
