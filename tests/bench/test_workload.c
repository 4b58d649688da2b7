#include "lq_test.h"

#include "bench/workload.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void the_config_is_the_one_in_the_configs_folder(void **state)
{
    (void)state;
    char text[4096];
    FILE *file = fopen(LQ_SOURCE_DIR "/configs/bench/w0.yaml", "r");
    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    assert_string_equal(lq_w0_config(), text);
}

static void the_plan_is_one_stock_and_two_offers(void **state)
{
    (void)state;
    lq_w0 w0;
    lq_error err;
    const lq_status st = lq_w0_create(&w0, &err);
    if (st != LQ_OK) lq_error_print(&err, stderr);
    assert_int_equal(st, LQ_OK);
    const lq_plan *plan = w0.plan;
    assert_int_equal(plan->n_companies, 1);
    assert_int_equal(plan->n_offers, 2);
    assert_int_equal(plan->n_pairs, 1);
    assert_int_equal(plan->grid.n_months, LQ_REFERENCE_MONTHS);
    assert_false(plan->has_market); /* nothing is drawn that W0 does not need */
    for (size_t i = 0; i < plan->n_fx; i++)
        assert_int_equal(plan->fx[i].n_months, 0);
    assert_string_equal(plan->offers[LQ_W0_MONTHLY].id, "monthly");
    assert_int_equal(plan->offers[LQ_W0_MONTHLY].grants[0].n_vests, LQ_W0_UNITS);
    assert_int_equal(plan->offers[LQ_W0_AT_THE_END].grants[0].n_vests, 1);
    lq_w0_clear(&w0);
    assert_null(w0.plan);
}

/* Both numbers of the reference are those of the plan: they are measured on one law. */
static void the_reference_has_the_steps_of_the_plan(void **state)
{
    (void)state;
    lq_w0 w0;
    assert_int_equal(lq_w0_create(&w0, NULL), LQ_OK);
    const lq_gbm_plan *stock = &w0.plan->listed[0];
    const lq_reference_w0 r = lq_w0_reference();
    assert_near(r.start_log2, stock->start_log2, 1e-14);
    assert_near(r.drift_log2, stock->drift_log2[17], 1e-15);
    assert_near(r.loading_log2, stock->loading_own_log2, 1e-15);
    lq_w0_clear(&w0);
}

static void the_means_are_those_of_the_law(void **state)
{
    (void)state;
    double sum = 0.0;
    for (int k = 1; k <= 48; k++)
        sum += 100.0 * exp(0.05 * k / 12.0);
    assert_near(LQ_W0_MEAN_AVERAGE, sum / 48.0, 1e-12);
    assert_near(LQ_W0_MEAN_TERMINAL, 100.0 * exp(0.2), 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_config_is_the_one_in_the_configs_folder),
        cmocka_unit_test(the_plan_is_one_stock_and_two_offers),
        cmocka_unit_test(the_reference_has_the_steps_of_the_plan),
        cmocka_unit_test(the_means_are_those_of_the_law),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
