#include "lq_plan_text.h"

#include "plan/probability.h"

#include <math.h>

static const struct needed_case {
    const char *name, *override;
    bool needed;
} cases[] = {
    {"one date, all by probability", "companies.pri.lockup=6mo", false},
    {"a value exponent",
     "companies.pri.exits.failure={probability: 8% by 5y, value_exponent: -1}", true},
    {"a market exponent",
     "companies.pri.exits.ipo={probability: 25% by 5y, market_exponent: 1}", true},
    {"another date", "companies.pri.exits.failure={probability: 8% by 4y}", true},
    {"another form", "companies.pri.exits.failure={rate: 0.02/y}", true},
    {"a floor", "companies.pri.floor=20%", true},
};

static void the_closed_form_serves_only_the_plain_case(void **state)
{
    const struct needed_case *c = *state;
    const char *const o[] = {c->override, NULL};
    lq_planned p = lq_plan_text(lq_small_text, o, 0);
    assert_true(p.calibration.needed[1] == c->needed);
    assert_false(p.calibration.needed[0]);
    lq_planned_clear(&p);
}

static void intensities_give_back_the_probabilities(void **state)
{
    (void)state;
    lq_planned p = lq_plan_text(lq_small_text, NULL, 0);
    double rate[LQ_EXIT_KINDS];
    lq_closed_form(p.scenario, (const lq_company *)p.scenario->companies.items + 1, 0, rate);
    const double h = rate[LQ_EXIT_IPO] + rate[LQ_EXIT_ACQUISITION] + rate[LQ_EXIT_FAILURE];
    const double any = 1.0 - exp(-5.0 * h);
    assert_near(any * rate[LQ_EXIT_IPO] / h, 0.25, 1e-12);
    assert_near(any * rate[LQ_EXIT_ACQUISITION] / h, 0.30, 1e-12);
    assert_near(any * rate[LQ_EXIT_FAILURE] / h, 0.08, 1e-12);
    lq_planned_clear(&p);
}

int main(void)
{
    struct CMUnitTest tests[LQ_COUNT(cases) + 1] = {
        cmocka_unit_test(intensities_give_back_the_probabilities)};
    for (size_t i = 0; i < LQ_COUNT(cases); i++)
        tests[i + 1] =
            (struct CMUnitTest){.name = cases[i].name,
                                .test_func = the_closed_form_serves_only_the_plain_case,
                                .initial_state = (void *)(uintptr_t)&cases[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
