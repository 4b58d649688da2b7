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
    assert_near(s->keep, 0.9 * 0.8, 1e-15);
    assert_true(s->at_fair && s->discount.kind == LQ_DRAW_UNIFORM);
    assert_near(s->discount.mean, 0.4, 1e-15);
    /* rows of its windows are observed, but for those whose money would come after month 96 */
    const unsigned char *fair = p.plan->companies[1].observe_fair;
    assert_true(fair[6] && fair[90] && !fair[96]);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_sales_are_the_default),
        cmocka_unit_test(sales_are_flattened),
        cmocka_unit_test(a_double_trigger_has_nothing_to_sell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
