#include "lq_test.h"

#include "bench/clock.h"
#include "bench/rounds.h"

#include <math.h>
#include <stdlib.h>

static void ratios_are_medians_of_rounds(void **state)
{
    (void)state;
    const lq_bench_series none = {0}, a = {4, {10.0, 40.0, 20.0, 99.0}},
                          b = {3, {5.0, 10.0, 20.0}};
    assert_near(lq_series_median(&a), 30.0, 0.0);
    assert_near(lq_series_median(&b), 10.0, 0.0);
    assert_near(lq_series_ratio(&a, &b), 2.0, 0.0); /* of 2, 4, 1: not 30 / 10 */
    assert_true(isnan(lq_series_median(&none)));
    assert_true(isnan(lq_series_ratio(&a, &none)));
}

static void every_round_has_all_rows(void **state)
{
    (void)state;
    setenv("LIQUIDUS_BENCH_PEERS", "/nowhere", 1);
    lq_bench_plans plans;
    lq_bench_speeds *found = malloc(sizeof *found);
    lq_error err;
    const lq_bench_effort effort = {.n_rounds = 2, .n_paths = 16384, .n_peer_rounds = 1};
    const int processors = lq_bench_processors();
    assert_non_null(found);
    assert_int_equal(lq_bench_plans_create(&plans, &err), LQ_OK);
    assert_int_equal(lq_bench_rounds(&plans, &effort, found, &err), LQ_OK);
    for (size_t w = 0; w < LQ_WORKLOADS; w++) {
        assert_int_equal(found->reference[w].n, lq_workloads[w].reference_law ? 2 : 0);
        for (size_t m = 0; m < LQ_METHODS; m++)
            assert_int_equal(found->engine[w][m].n, lq_methods[m].timed ? 2 : 0);
    }
    assert_true(found->n_peers > 0);
    for (size_t i = 0; i < found->n_peers; i++)
        assert_int_equal(found->peer_series[i].n, 0);
    assert_int_equal(lq_bench_processors(), processors);
    lq_bench_plans_clear(&plans);
    free(found);
}

/* A plan of another law is no benchmark: W1's reference is not given W0's plan. */
static void wrong_means_are_an_error(void **state)
{
    (void)state;
    lq_bench_plans plans;
    lq_bench_speeds *found = malloc(sizeof *found);
    lq_error err;
    const lq_bench_effort effort = {.n_rounds = 1, .n_paths = 16384};
    assert_non_null(found);
    assert_int_equal(lq_bench_plans_create(&plans, &err), LQ_OK);
    const lq_bench_plan kept = plans.of[LQ_W0][LQ_RANDOM];
    plans.of[LQ_W0][LQ_RANDOM] = plans.of[LQ_W1][LQ_RANDOM];
    assert_int_equal(lq_bench_rounds(&plans, &effort, found, &err), LQ_ECHECK);
    plans.of[LQ_W0][LQ_RANDOM] = kept;
    lq_bench_plans_clear(&plans);
    free(found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(ratios_are_medians_of_rounds),
                                       cmocka_unit_test(every_round_has_all_rows),
                                       cmocka_unit_test(wrong_means_are_an_error)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
