#include "lq_test.h"

#include "bench/study.h"

#include <string.h>

static void a_study_takes_its_figures_and_gives_its_frame(void **state)
{
    (void)state;
    lq_frame *frame = NULL;
    lq_error err;
    double seconds = 0.0;
    const lq_bench_study study = {.name = "W1",
                                  .config = lq_workloads[LQ_W1].config,
                                  .method = &lq_methods[LQ_SOBOL],
                                  .override = {"simulation.paths=65536", "simulation.seed=7"}};
    assert_int_equal(lq_bench_study_run(&study, &seconds, &frame, &err), LQ_OK);
    assert_true(seconds > 0.0);
    assert_string_equal(lq_frame_text(frame, "/manifest", "sampling"), "sobol");
    assert_int_equal(lq_frame_i64(frame, "/manifest", "paths", 0), 65536);
    assert_int_equal(lq_frame_i64(frame, "/manifest", "seed", 0), 7);
    lq_frame_destroy(frame);
}

static void a_wrong_figure_is_told(void **state)
{
    (void)state;
    double seconds;
    lq_error err;
    const lq_bench_study study = {.name = "W1",
                                  .config = lq_workloads[LQ_W1].config,
                                  .method = &lq_methods[LQ_RANDOM],
                                  .override = {"simulation.paths=none"}};
    assert_int_equal(lq_bench_study_run(&study, &seconds, NULL, &err), LQ_ECONFIG);
}

static void the_start_is_part_of_the_whole(void **state)
{
    (void)state;
    lq_error err;
    double start, whole;
    const lq_bench_study study = {.name = "W1",
                                  .config = lq_workloads[LQ_W1].config,
                                  .method = &lq_methods[LQ_RANDOM],
                                  .override = {"simulation.paths=262144"}};
    assert_int_equal(lq_bench_study_start(&study, &start, &err), LQ_OK);
    assert_int_equal(lq_bench_study_run(&study, &whole, NULL, &err), LQ_OK);
    assert_true(start > 0.0 && start < whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_study_takes_its_figures_and_gives_its_frame),
        cmocka_unit_test(the_start_is_part_of_the_whole),
        cmocka_unit_test(a_wrong_figure_is_told)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
