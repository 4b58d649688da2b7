#include "lq_test.h"

#include "bench/clock.h"
#include "bench/threads.h"
#include "bench/workload.h"

/* How fast is for people to read; here: both are measured where there are two processors, and
 * the processors of the caller are its own again afterwards. */
static void both_speedups_are_ratios_of_times(void **state)
{
    (void)state;
    lq_bench_plan w0;
    lq_error err;
    lq_bench_speedup speedup = {-1.0, -1.0};
    const int processors = lq_bench_processors();
    assert_int_equal(lq_bench_plan_create(&lq_workloads[LQ_W0], &w0, &err), LQ_OK);
    assert_int_equal(
        lq_bench_two_threads(&lq_workloads[LQ_W0], w0.plan,
                             &(lq_bench_effort){.n_wall_rounds = 2, .n_wall_paths = 8192},
                             &speedup, &err),
        LQ_OK);
    if (processors < 2)
        assert_true(speedup.engine == 0.0 && speedup.machine == 0.0);
    else
        assert_true(speedup.engine > 0.01 && speedup.machine > 0.01);
    assert_int_equal(lq_bench_processors(), processors);
    lq_bench_plan_clear(&w0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(both_speedups_are_ratios_of_times)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
