#include "lq_plan_text.h"

#include "plan/build.h"

#include <math.h>

static const lq_value range = {
    .dist = LQ_DIST_UNIFORM, .p = {0.05, 0.25}, .given = true, .uncertain = true};

/* Latin hypercube: with n worlds every n-th of the range is hit once. */
static void worlds_fill_the_range_evenly(void **state)
{
    (void)state;
    lq_planned p = lq_plan_text(lq_small_text, NULL, 0);
    bool hit[8] = {false};
    for (long w = 0; w < 8; w++) {
        const double x = lq_plan_number(p.scenario, &range, "companies.pri.growth", w);
        const int cell = (int)((x - 0.05) / 0.20 * 8.0);
        assert_in_range(cell, 0, 7);
        assert_false(hit[cell]);
        hit[cell] = true;
    }
    lq_planned_clear(&p);
}

static void the_address_names_the_draw(void **state)
{
    (void)state;
    lq_planned p = lq_plan_text(lq_small_text, NULL, 0);
    const double a = lq_plan_number(p.scenario, &range, "companies.pri.growth", 3);
    const double b = lq_plan_number(p.scenario, &range, "companies.pri.volatility", 3);
    assert_true(a != b);
    assert_true(a == lq_plan_number(p.scenario, &range, "companies.pri.growth", 3));
    assert_near(lq_plan_number(p.scenario, &range, "x", LQ_WORLD_MEAN), 0.15, 1e-15);
    lq_planned_clear(&p);
}

static void a_constant_is_itself_in_every_world(void **state)
{
    (void)state;
    lq_planned p = lq_plan_text(lq_small_text, NULL, 0);
    const lq_value c = lq_value_constant(0.3);
    for (long w = -1; w < 8; w++)
        assert_true(lq_plan_number(p.scenario, &c, "x", w) == 0.3);
    lq_planned_clear(&p);
}

static const struct draw_case {
    const char *name;
    lq_value value;
    double tolerance;
} draw_cases[] = {
    {"uniform", {.dist = LQ_DIST_UNIFORM, .p = {1, 3}, .given = true}, 1e-12},
    {"triangular", {.dist = LQ_DIST_TRIANGULAR, .p = {0, 0.9, 1.2}, .given = true}, 1e-12},
    {"normal", {.dist = LQ_DIST_NORMAL, .p = {1, 0.2}, .given = true}, 2e-3},
    {"lognormal", {.dist = LQ_DIST_LOGNORMAL, .p = {1, 0.2}, .given = true}, 2e-3},
    {"pert", {.dist = LQ_DIST_PERT, .p = {0, 1, 3}, .given = true}, 2e-3},
    {"discrete",
     {.dist = LQ_DIST_DISCRETE,
      .n_atoms = 2,
      .atom = {0, 1},
      .probability = {0.25, 0.75},
      .given = true},
     0},
};

/* A flattened draw is the quantile function of what was written. */
static void a_draw_is_the_quantile_function(void **state)
{
    const struct draw_case *c = *state;
    lq_planned p = lq_plan_text(lq_small_text, NULL, 0);
    const lq_plan_options options = {.world = 0};
    lq_builder b = {
        .scenario = p.scenario, .options = &options, .plan = p.plan, .arena = p.arena};
    const lq_draw d = lq_builder_draw(&b, &c->value, "offers", "a", "bonus.payout");
    for (double u = 0.01; u < 1.0; u += 0.07)
        assert_near(lq_draw_at(&d, u), lq_value_quantile(&c->value, u), c->tolerance);
    assert_near(d.mean, lq_value_mean(&c->value), 1e-12);
    lq_planned_clear(&p);
}

int main(void)
{
    struct CMUnitTest tests[LQ_COUNT(draw_cases) + 3] = {
        cmocka_unit_test(worlds_fill_the_range_evenly),
        cmocka_unit_test(the_address_names_the_draw),
        cmocka_unit_test(a_constant_is_itself_in_every_world),
    };
    for (size_t i = 0; i < LQ_COUNT(draw_cases); i++)
        tests[i + 3] = (struct CMUnitTest){.name = draw_cases[i].name,
                                           .test_func = a_draw_is_the_quantile_function,
                                           .initial_state = (void *)(uintptr_t)&draw_cases[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
