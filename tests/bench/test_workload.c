#include "lq_test.h"

#include "bench/workload.h"

#include <math.h>
#include <stdlib.h>

static lq_bench_plan plan_of(int workload)
{
    lq_bench_plan out = {NULL, NULL};
    lq_error err;
    const lq_status st =
        lq_bench_plan_create(lq_workloads[workload].name, lq_workloads[workload].config,
                             &lq_methods[LQ_RANDOM], &out, &err);
    if (st != LQ_OK) lq_error_print(&err, stderr);
    assert_int_equal(st, LQ_OK);
    return out;
}

static void w0_is_one_stock_and_two_offers(void **state)
{
    (void)state;
    lq_bench_plan w0 = plan_of(LQ_W0);
    const lq_plan *plan = w0.plan;
    assert_int_equal(plan->n_companies, 1);
    assert_int_equal(plan->n_offers, 2);
    assert_int_equal(plan->n_pairs, 1);
    assert_int_equal(plan->grid.n_months, LQ_REFERENCE_MONTHS);
    assert_false(plan->has_market); /* nothing is drawn that W0 does not need */
    for (size_t i = 0; i < plan->n_fx; i++)
        assert_int_equal(plan->fx[i].n_months, 0);
    assert_int_equal(plan->offers[0].grants[0].n_vests, 48);
    assert_int_equal(plan->offers[1].grants[0].n_vests, 1);
    lq_bench_plan_clear(&w0);
    assert_null(w0.plan);
}

/* Both numbers of the reference are those of the plan: they are measured on one law. */
static void the_reference_of_w0_has_the_steps_of_the_plan(void **state)
{
    (void)state;
    lq_bench_plan w0 = plan_of(LQ_W0);
    const lq_gbm_plan *stock = &w0.plan->listed[0];
    lq_reference_law law;
    lq_workloads[LQ_W0].reference_law(&law);
    assert_near(law.w0.start_log2, stock->start_log2, 1e-14);
    assert_near(law.w0.drift_log2, stock->drift_log2[17], 1e-15);
    assert_near(law.w0.loading_log2, stock->loading_own_log2, 1e-15);
    lq_bench_plan_clear(&w0);
}

static void the_reference_of_w1_has_the_steps_of_the_plan(void **state)
{
    (void)state;
    lq_bench_plan w1 = plan_of(LQ_W1);
    const lq_plan *plan = w1.plan;
    const lq_company_plan *c = &plan->companies[1];
    lq_reference_law law;
    lq_workloads[LQ_W1].reference_law(&law);
    const lq_reference_w1 *r = &law.w1;
    const double diffusion = c->loading_private_log2;
    assert_false(plan->has_market);
    assert_near(r->start_log2[1], c->start_log2, 1e-12);
    assert_near(r->drift_log2[0], plan->listed[0].drift_log2[17], 1e-12);
    assert_near(r->drift_log2[1], c->drift_private_log2[17], 1e-12);
    assert_near(r->drift_log2[1], c->drift_listed_log2[17], 1e-12);
    assert_near(r->loading_log2, plan->listed[0].loading_own_log2, 1e-12);
    assert_near(diffusion, c->loading_listed_log2, 1e-12);
    assert_near(hypot(r->shared_log2, r->own_log2), diffusion, 1e-11);
    assert_near(r->shared_log2, plan->mix.factor[2] * diffusion, 1e-11);
    assert_near(r->jump_mean_log2, plan->jumps[1].mean * diffusion, 1e-12);
    assert_near(r->jump_sd_log2, plan->jumps[1].sd * diffusion, 1e-12);
    assert_near(r->jumps, 48.0 / plan->jumps[1].mean_wait_months, 1e-12);
    for (size_t m = 1; m <= LQ_REFERENCE_MONTHS; m++)
        assert_near(r->discount[m], plan->grid.discount[m], 1e-12);
    lq_bench_plan_clear(&w1);
}

static void the_means_of_w0_are_those_of_the_law(void **state)
{
    (void)state;
    double sum = 0.0;
    for (int k = 1; k <= 48; k++)
        sum += 100.0 * exp(0.05 * k / 12.0);
    assert_near(lq_workloads[LQ_W0].mean[1], sum / 48.0, 1e-12);
    assert_near(lq_workloads[LQ_W0].mean[0], 100.0 * exp(0.2), 1e-12);
}

static void check_text(const char *path, const char *config)
{
    char text[16384];
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    assert_string_equal(config, text);
}

static void the_configs_are_those_in_the_configs_folder(void **state)
{
    (void)state;
    check_text(LQ_SOURCE_DIR "/configs/bench/w0.yaml", lq_workloads[LQ_W0].config);
    check_text(LQ_SOURCE_DIR "/configs/bench/w1.yaml", lq_workloads[LQ_W1].config);
    check_text(LQ_SOURCE_DIR "/configs/staff-hugging-face.yaml", lq_workloads[LQ_W2].config);
}

static void methods_add_their_figures_to_those_of_the_caller(void **state)
{
    (void)state;
    static const char *const more[2] = {"simulation.seed=3"};
    const char *out[LQ_METHOD_OVERRIDES];
    assert_int_equal(lq_method_overrides(&lq_methods[LQ_SOBOL], more, out), 3);
    assert_string_equal(out[0], "simulation.sampling=sobol");
    assert_string_equal(out[1], "simulation.expansion=off");
    assert_string_equal(out[2], "simulation.seed=3");
}

static void every_workload_has_a_plan_by_every_method_in_time(void **state)
{
    (void)state;
    lq_bench_plans plans;
    lq_error err;
    assert_int_equal(lq_bench_plans_create(&plans, &err), LQ_OK);
    for (size_t w = 0; w < LQ_WORKLOADS; w++)
        for (size_t m = 0; m < LQ_METHODS; m++) {
            const lq_plan *plan = plans.of[w][m].plan;
            assert_int_equal(plan != NULL, lq_methods[m].timed);
            if (plan) assert_int_equal(plan->sobol != NULL, m == LQ_SOBOL);
            if (plan) assert_true(plan->blocks_per_world * LQ_LANES >= 1 << 20);
        }
    lq_bench_plans_clear(&plans);
    assert_int_equal(lq_workload_rounds(&lq_workloads[LQ_W0], 9), 9);
    assert_int_equal(lq_workload_rounds(&lq_workloads[LQ_W2], 9), 2);
    assert_int_equal(lq_workload_rounds(&lq_workloads[LQ_W2], 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(w0_is_one_stock_and_two_offers),
        cmocka_unit_test(the_reference_of_w0_has_the_steps_of_the_plan),
        cmocka_unit_test(the_reference_of_w1_has_the_steps_of_the_plan),
        cmocka_unit_test(the_means_of_w0_are_those_of_the_law),
        cmocka_unit_test(the_configs_are_those_in_the_configs_folder),
        cmocka_unit_test(methods_add_their_figures_to_those_of_the_caller),
        cmocka_unit_test(every_workload_has_a_plan_by_every_method_in_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
