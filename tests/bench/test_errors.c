#include "lq_test.h"

#include "bench/errors.h"
#include "bench/study.h"

#include <string.h>

/* The first method is what others are measured against; errors go with 1 / sqrt(paths). */
static void plain_sampling_gains_nothing_on_itself(void **state)
{
    (void)state;
    lq_bench_errors few[LQ_METHODS], many[LQ_METHODS];
    lq_error err;
    lq_error_case c = lq_error_cases[0];
    const lq_bench_effort effort = {.n_paths = 16384, .n_seeds = 2};
    c.n_paths = 16384;
    assert_int_equal(lq_bench_errors_run(&c, &effort, few, &err), LQ_OK);
    c.n_paths = 4 * 16384;
    assert_int_equal(lq_bench_errors_run(&c, &effort, many, &err), LQ_OK);
    for (size_t i = 0; i < LQ_ERROR_STATISTICS; i++) {
        assert_near(few[LQ_RANDOM].gain[i], 1.0, 1e-12);
        assert_true(few[LQ_SOBOL].gain[i] > 0.0);
        const double ratio = few[LQ_RANDOM].se[i] / many[LQ_RANDOM].se[i];
        assert_true(ratio > 1.4 && ratio < 2.8);
    }
    /* P(private beats listed) = 0.2365: its error is known. */
    assert_near(few[LQ_RANDOM].se[2], 0.00332, 4e-5);
}

static void nothing_asked_is_nothing_measured(void **state)
{
    (void)state;
    lq_bench_errors found[LQ_METHODS];
    const lq_bench_effort effort = {.n_paths = 65536};
    assert_int_equal(lq_bench_errors_run(&lq_error_cases[0], &effort, found, NULL), LQ_OK);
    assert_true(found[LQ_RANDOM].ns_per_path == 0.0 && found[LQ_SOBOL].se[0] == 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(plain_sampling_gains_nothing_on_itself),
                                       cmocka_unit_test(nothing_asked_is_nothing_measured)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
