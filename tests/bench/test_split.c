#include "lq_test.h"

#include "bench/split.h"

/* Stages that a workload lacks take no time, all others some. */
static void every_stage_has_its_time(void **state)
{
    (void)state;
    lq_bench_plans plans;
    lq_bench_split w0, w1;
    lq_error err;
    const lq_bench_effort effort = {.n_paths = 65536, .n_split_rounds = 3};
    assert_int_equal(lq_bench_plans_create(&plans, &err), LQ_OK);
    assert_int_equal(lq_bench_split_stages(&lq_workloads[LQ_W0],
                                           plans.of[LQ_W0][LQ_RANDOM].plan, &effort, &w0, &err),
                     LQ_OK);
    assert_int_equal(lq_bench_split_stages(&lq_workloads[LQ_W1],
                                           plans.of[LQ_W1][LQ_RANDOM].plan, &effort, &w1, &err),
                     LQ_OK);
    assert_true(w0.stage[LQ_STAGE_COMPANY] == 0.0);
    for (int s = 0; s < LQ_STAGES; s++)
        assert_true(w1.stage[s] > 0.0);
    assert_true(w1.stage[LQ_STAGE_DRAWS] < 1e5);
    lq_bench_plans_clear(&plans);
}

static void nothing_asked_is_nothing_measured(void **state)
{
    (void)state;
    lq_bench_split found = {.other = 1.0};
    const lq_bench_effort effort = {.n_paths = 65536};
    assert_int_equal(lq_bench_split_stages(&lq_workloads[LQ_W0], NULL, &effort, &found, NULL),
                     LQ_OK);
    assert_true(found.other == 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_stage_has_its_time),
                                       cmocka_unit_test(nothing_asked_is_nothing_measured)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
