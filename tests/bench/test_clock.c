#include "lq_test.h"

#include "bench/clock.h"

static void the_median_is_the_middle(void **state)
{
    (void)state;
    double one[] = {7.0}, odd[] = {5.0, -1.0, 3.0}, even[] = {4.0, 1.0, 9.0, 2.0};
    assert_near(lq_bench_median(one, 1), 7.0, 0.0);
    assert_near(lq_bench_median(odd, 3), 3.0, 0.0);
    assert_near(lq_bench_median(even, 4), 3.0, 0.0);
}

static void clocks_go_forward_as_work_is_done(void **state)
{
    (void)state;
    const double cpu = lq_bench_cpu_seconds(), wall = lq_bench_wall_seconds();
    volatile double x = 1.0;
    for (int i = 0; i < 2000000; i++)
        x = x * 1.0000001;
    assert_true(lq_bench_cpu_seconds() > cpu);
    assert_true(lq_bench_wall_seconds() > wall);
}

static void a_pinned_thread_has_one_processor_until_it_is_let_go(void **state)
{
    (void)state;
    const int before = lq_bench_processors();
    assert_true(before >= 1);
    if (!lq_bench_pin()) skip();
    assert_int_equal(lq_bench_processors(), 1);
    lq_bench_unpin();
    assert_true(lq_bench_processors() >= before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_median_is_the_middle),
        cmocka_unit_test(clocks_go_forward_as_work_is_done),
        cmocka_unit_test(a_pinned_thread_has_one_processor_until_it_is_let_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
