#include "lq_plan_text.h"

static bool used(const lq_planned *p, size_t offer, size_t year, lq_income kind)
{
    return p->plan->offers[offer].tax.used[year * LQ_INCOME_KINDS + (size_t)kind];
}

/* Only what something can write is cleared and taxed: pay to the horizon, sales as they vest.
 */
static void rows_that_nothing_writes_are_not_used(void **state)
{
    (void)state;
    lq_planned p = lq_plan_text(lq_small_text, NULL, 0);
    assert_true(used(&p, 0, 3, LQ_INCOME_PAY));
    assert_false(used(&p, 0, 4, LQ_INCOME_PAY));
    assert_true(used(&p, 0, 0, LQ_INCOME_UNITS)); /* the cliff, in month 12 */
    assert_false(used(&p, 0, 4, LQ_INCOME_UNITS));
    assert_false(used(&p, 0, 0, LQ_INCOME_GAIN));
    for (size_t y = 0; y < p.plan->grid.n_years; y++)
        assert_true(used(&p, 1, y, LQ_INCOME_UNITS)); /* whenever an exit comes */
    lq_planned_clear(&p);
}

static void one_flat_rate_serves_all_or_gains_have_their_own(void **state)
{
    (void)state;
    const char *const one[] = {"tax=41%", NULL}, *const two[] = {"tax={flat: 41%, gains: 25%}",
                                                                 NULL};
    lq_planned p = lq_plan_text(lq_small_text, one, 0), q = lq_plan_text(lq_small_text, two, 0);
    assert_near(p.plan->offers[0].tax.rate[LQ_INCOME_GAIN], 0.41, 1e-15);
    assert_near(q.plan->offers[0].tax.rate[LQ_INCOME_GAIN], 0.25, 1e-15);
    assert_near(q.plan->offers[0].keep[LQ_INCOME_UNITS], 0.59, 1e-15);
    assert_near(q.plan->offers[0].keep[LQ_INCOME_BASIS], 1.0, 0.0);
    lq_planned_clear(&p);
    lq_planned_clear(&q);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_that_nothing_writes_are_not_used),
        cmocka_unit_test(one_flat_rate_serves_all_or_gains_have_their_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
