#include "lq_plan_text.h"

#include <math.h>

static double sum_to(const double *mass, size_t k)
{
    double sum = 0.0;
    for (size_t i = 1; i <= k; i++)
        sum += mass[i];
    return sum;
}

static const struct hazard_case {
    const char *name, *override;
    double by_years[3], mass[3]; /* integrated intensity by then */
} cases[] = {
    {"constant", "companies.pri.exits.ipo={rate: 0.3/y}", {1, 2, 8}, {0.3, 0.6, 2.4}},
    {"Weibull by age",
     "companies.pri.exits.ipo={weibull: {shape: 2, scale: 4y}}",
     {1, 2, 4},
     {0.0625, 0.25, 1.0}},
    {"table by age",
     "companies.pri.exits.ipo={table: {0y: 0.02/y, 1y: 0.10/y, 4y: 0.12/y}}",
     {1, 4, 5},
     {0.02, 0.32, 0.44}},
    {"yearly lottery",
     "companies.pri.exits.ipo={rate: 0.3/y, every: 12mo}",
     {0.9, 1, 2},
     {0.0, 0.3, 0.6}},
};

static void integrated_intensity_is_what_was_written(void **state)
{
    const struct hazard_case *c = *state;
    const char *const o[] = {c->override, NULL};
    lq_planned p = lq_plan_text(lq_small_text, o, 0);
    for (int i = 0; i < 3; i++)
        assert_near(
            sum_to(p.plan->companies[1].ipo.mass, (size_t)(c->by_years[i] * 12.0 + 0.5)),
            c->mass[i], 1e-12);
    lq_planned_clear(&p);
}

static void age_at_the_start_counts(void **state)
{
    (void)state;
    const char *const o[] = {"companies.pri.exits.ipo={weibull: {shape: 2, scale: 4y}}",
                             "companies.pri.age=2y", NULL};
    lq_planned p = lq_plan_text(lq_small_text, o, 0);
    assert_near(sum_to(p.plan->companies[1].ipo.mass, 24), 1.0 - 0.25, 1e-12);
    lq_planned_clear(&p);
}

int main(void)
{
    struct CMUnitTest tests[LQ_COUNT(cases) + 1] = {cmocka_unit_test(age_at_the_start_counts)};
    for (size_t i = 0; i < LQ_COUNT(cases); i++)
        tests[i + 1] =
            (struct CMUnitTest){.name = cases[i].name,
                                .test_func = integrated_intensity_is_what_was_written,
                                .initial_state = (void *)(uintptr_t)&cases[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
