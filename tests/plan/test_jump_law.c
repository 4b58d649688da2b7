#include "lq_plan_text.h"

#include <math.h>

#define JUMPS "{rate: 0.5/y, mean: -20%, sd: 30%}"

static const double SECOND = 0.5 * (0.2 * 0.2 + 0.3 * 0.3), LOG2_E = 1.4426950408889634;

static double annual(double loading_log2)
{
    return loading_log2 * sqrt(12.0) / LOG2_E;
}

/* R11: volatility is total, so market, own normals and jumps add up to it. */
static void volatility_includes_the_jumps(void **state)
{
    (void)state;
    const char *const o[] = {"companies.pri.model=merton", "companies.pri.jumps=" JUMPS,
                             "companies.pri.post_ipo_volatility=50%", NULL};
    lq_planned p = lq_plan_text(lq_small_text, o, 0);
    const lq_company_plan *c = &p.plan->companies[1];
    const lq_jump_plan *j = &p.plan->jumps[1];
    const double market = annual(c->loading_market_log2);
    const double before = annual(c->loading_private_log2),
                 after = annual(c->loading_listed_log2);
    const double scale = after / before;
    assert_near(market, 1.5 * 0.16, 1e-12);
    assert_near(market * market + before * before + SECOND, 0.49, 1e-12);
    assert_near(market * market + after * after + SECOND * scale * scale, 0.25, 1e-12);
    assert_near(12.0 / j->mean_wait_months, 0.5, 1e-12);
    assert_near(j->mean * c->loading_private_log2, -0.2 * LOG2_E, 1e-12);
    assert_near(j->sd * c->loading_private_log2, 0.3 * LOG2_E, 1e-12);
    assert_true(p.plan->jumps[0].mean_wait_months == 0.0);
    lq_planned_clear(&p);
}

/* The drift of the level is the growth: log drift + variance / 2 + rate (E[exp J] - 1). */
static void growth_is_compensated_for_the_jumps(void **state)
{
    (void)state;
    const char *const o[] = {"companies.pub.model=merton", "companies.pub.jumps=" JUMPS,
                             "companies.pub.growth=12%/y", "companies.pub.volatility=45%",
                             NULL};
    lq_planned p = lq_plan_text(lq_small_text, o, 0);
    const lq_gbm_plan *g = &p.plan->listed[0];
    const double drift = g->drift_log2[7] * 12.0 / LOG2_E;
    const double own = annual(g->loading_own_log2), market = annual(g->loading_market_log2);
    assert_near(drift + 0.5 * (own * own + market * market) +
                    0.5 * (exp(-0.2 + 0.5 * 0.09) - 1.0),
                0.12, 1e-12);
    lq_planned_clear(&p);
}

static void jumps_beyond_the_volatility_are_refused(void **state)
{
    (void)state;
    const char *const o[] = {"companies.pub.model=merton", "companies.pub.jumps=" JUMPS,
                             "companies.pub.volatility=28%", NULL};
    lq_planned p = lq_plan_text(lq_small_text, o, 0);
    assert_null(p.plan);
    assert_int_equal(p.err.status, LQ_ECONFIG);
    assert_string_equal(p.err.key, "companies.pub.jumps");
    lq_planned_clear(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(volatility_includes_the_jumps),
        cmocka_unit_test(growth_is_compensated_for_the_jumps),
        cmocka_unit_test(jumps_beyond_the_volatility_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
