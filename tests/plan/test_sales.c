#include "lq_plan_text.h"

static lq_planned planned(const char *const *extra)
{
    const char *overrides[8] = {"offers.b.grants[0].trigger=single"};
    for (size_t i = 0; extra[i]; i++)
        overrides[i + 1] = extra[i];
    return lq_plan_text(lq_small_text, overrides, 0);
}

static void no_sales_are_the_default(void **state)
{
    (void)state;
    static const char *const none[] = {NULL};
    lq_planned p = planned(none);
    assert_null(p.plan->offers[1].grants[0].secondary);
    lq_planned_clear(&p);
}

static void sales_are_flattened(void **state)
{
    (void)state;
    static const char *const terms[] = {
        "companies.pri.secondary={share: 30%, fee: 10%, rofr_delay: 3mo, "
        "from_tenure: 2y, every: 6mo, price: 409a}",
        "companies.pri.residual.dlom=20%", NULL};
    lq_planned p = planned(terms);
    const lq_secondary_plan *s = p.plan->offers[1].grants[0].secondary;
    assert_non_null(s);
    assert_int_equal(s->every_months, 6);
    assert_int_equal(s->delay_months, 3);
    assert_near(s->from_month, 24.0, 0.0);
    assert_near(s->share, 0.3, 0.0);
    assert_near(s->keep, 0.9, 1e-15);
    assert_true(s->price == LQ_AT_409A && s->discount.kind == LQ_DRAW_UNIFORM);
    assert_near(s->discount.mean, 0.4, 1e-15);
    /* rows of its windows are observed, but for those whose money would come after month 96 */
    const unsigned char *rows = p.plan->companies[1].appraisal.observe;
    assert_true(rows[6] && rows[90] && !rows[96]);
    lq_planned_clear(&p);
}

/* Units of a double trigger are not owned before an exit. */
static void a_double_trigger_has_nothing_to_sell(void **state)
{
    (void)state;
    static const char *const overrides[] = {"companies.pri.secondary=yes", NULL};
    lq_planned p = lq_plan_text(lq_small_text, overrides, 0);
    assert_null(p.plan->offers[1].grants[0].secondary);
    lq_planned_clear(&p);
}

/* ---- acquisitions ---- */

static void nothing_is_held_back_by_default(void **state)
{
    (void)state;
    lq_planned p = lq_plan_text(lq_small_text, NULL, 0);
    assert_null(p.plan->offers[1].grants[0].sale);
    assert_near(p.plan->offers[1].pay.layoff, 0.0, 0.0);
    assert_near(p.plan->offers[1].pay.acqui_hire, 0.0, 0.0);
    lq_planned_clear(&p);
}

static void a_sale_is_flattened(void **state)
{
    (void)state;
    static const char *const overrides[] = {
        "companies.pri.exits.acquisition.escrow={fraction: 10%, months: 18mo, released: 80%}",
        "companies.pri.exits.acquisition.retention={revest: 40%, over: 36mo}",
        "companies.pri.exits.acquisition.layoff=15%",
        "companies.pri.exits.acquisition.layoff_after=0mo to 12mo",
        "companies.pri.exits.failure.acqui_hire=25%",
        "offers.b.grants[0].acceleration={trigger: double, fraction: 50%, within: 6mo}",
        NULL};
    lq_planned p = lq_plan_text(lq_small_text, overrides, 0);
    const lq_sale_plan *s = p.plan->offers[1].grants[0].sale;
    const lq_pay_plan *pay = &p.plan->offers[1].pay;
    assert_non_null(s);
    assert_near(s->escrow, 0.1, 0.0);
    assert_near(s->escrow_months, 18.0, 0.0);
    assert_near(s->released.mean, 0.8, 0.0);
    assert_near(s->retention[0].part, 0.4, 0.0);
    assert_int_equal(s->retention[0].months, 36);
    assert_near(s->retention[1].part, 0.0, 0.0);
    assert_true(s->double_trigger);
    assert_near(s->accelerated, 0.5, 0.0);
    assert_near(s->within_months, 6.0, 0.0);
    assert_int_equal(s->stream, pay->stream_closing);
    assert_near(pay->layoff, 0.15, 0.0);
    assert_near(pay->layoff_after.mean, 0.5, 1e-15);
    assert_near(pay->acqui_hire, 0.25, 0.0);
    /* nobody is bought at the listed company */
    assert_null(p.plan->offers[0].grants[0].sale);
    lq_planned_clear(&p);
}

/* ---- listings ---- */

static void a_plain_lockup_needs_no_stages(void **state)
{
    (void)state;
    lq_planned p = lq_plan_text(lq_small_text, NULL, 0);
    assert_null(p.plan->offers[1].grants[0].lockup);
    assert_int_equal(p.plan->companies[1].lockup_months, 6);
    lq_planned_clear(&p);
}

static void stages_are_flattened(void **state)
{
    (void)state;
    static const char *const overrides[] = {
        "companies.pri.lockup={stages: [{after: 2mo, release: 20%}, {after: 5mo, release: "
        "50%}, "
        "{after: 9mo, release: 30%}], price_trigger: {above: 120%, for: 2mo, release: 15%}}",
        "companies.pri.exits.ipo.direct_listing=10%", NULL};
    lq_planned p = lq_plan_text(lq_small_text, overrides, 0);
    const lq_lockup_plan *s = p.plan->offers[1].grants[0].lockup;
    assert_non_null(s);
    assert_int_equal(s->n_stages, 3);
    assert_near(s->after[1], 5.0, 0.0);
    assert_near(s->up_to[0], 0.2, 0.0);
    assert_near(s->up_to[1], 0.7, 1e-15);
    assert_near(s->up_to[2], 1.0, 0.0);
    assert_near(s->above, 1.2, 1e-15);
    assert_near(s->early, 0.15, 0.0);
    assert_int_equal(s->for_months, 2);
    assert_int_equal(p.plan->companies[1].lockup_months, 9);
    assert_near(p.plan->companies[1].direct_listing, 0.1, 0.0);
    lq_planned_clear(&p);
}

/* A trigger alone: one stage, the end. */
static void a_trigger_needs_no_stages(void **state)
{
    (void)state;
    static const char *const overrides[] = {
        "companies.pri.lockup={ends: 6mo, price_trigger: {release: 25%}}", NULL};
    lq_planned p = lq_plan_text(lq_small_text, overrides, 0);
    const lq_lockup_plan *s = p.plan->offers[1].grants[0].lockup;
    assert_non_null(s);
    assert_int_equal(s->n_stages, 1);
    assert_near(s->after[0], 6.0, 0.0);
    assert_near(s->above, 1.33, 1e-15);
    lq_planned_clear(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_sales_are_the_default),
        cmocka_unit_test(sales_are_flattened),
        cmocka_unit_test(a_double_trigger_has_nothing_to_sell),
        cmocka_unit_test(nothing_is_held_back_by_default),
        cmocka_unit_test(a_sale_is_flattened),
        cmocka_unit_test(a_plain_lockup_needs_no_stages),
        cmocka_unit_test(stages_are_flattened),
        cmocka_unit_test(a_trigger_needs_no_stages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
