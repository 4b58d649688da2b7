#include "lq_test.h"

#include "bench/clock.h"
#include "bench/threads.h"

/* How fast is for people to read; here: both are measured where there are two processors, and
 * the processors of the caller are its own again afterwards. */
static void both_speedups_are_ratios_of_times(void **state)
{
    (void)state;
    lq_bench_plans plans;
    lq_bench_threads found;
    lq_error err;
    const lq_bench_effort effort = {.n_wall_rounds = 2, .n_wall_paths = 8192};
    const int processors = lq_bench_processors();
    assert_int_equal(lq_bench_plans_create(&plans, &err), LQ_OK);
    for (size_t w = 0; w < LQ_WORKLOADS; w++) {
        const lq_workload *workload = &lq_workloads[w];
        assert_int_equal(lq_bench_two_threads(workload, plans.of[w], &effort, &found, &err),
                         LQ_OK);
        const bool measured = processors >= 2;
        for (size_t m = 0; m < LQ_METHODS; m++) {
            assert_int_equal(found.engine[m].one > 0.0, measured && lq_methods[m].timed);
            assert_int_equal(found.engine[m].two > 0.0, measured && lq_methods[m].timed);
        }
        assert_int_equal(found.reference.two > 0.0, measured && workload->reference_law);
    }
    assert_int_equal(lq_bench_processors(), processors);
    lq_bench_plans_clear(&plans);
}

static void nothing_asked_is_nothing_measured(void **state)
{
    (void)state;
    lq_bench_plan none[LQ_METHODS] = {{NULL, NULL}};
    lq_bench_threads found;
    const lq_bench_effort effort = {.n_wall_rounds = 0};
    assert_int_equal(lq_bench_two_threads(&lq_workloads[LQ_W0], none, &effort, &found, NULL),
                     LQ_OK);
    assert_true(found.engine[LQ_RANDOM].one == 0.0 && found.reference.one == 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(both_speedups_are_ratios_of_times),
                                       cmocka_unit_test(nothing_asked_is_nothing_measured)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
