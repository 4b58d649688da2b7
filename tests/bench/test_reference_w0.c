#include "lq_test.h"

#include "bench/workload.h"
#include "kernels.h"
#include "moments.h"

#include <math.h>

enum { PATHS = 1 << 16 };

static double terminal[PATHS], average[PATHS], other[2][PATHS];

/* The reference has the law that the engine's run of W0 has. */
static void it_has_the_law_of_w0(void **state)
{
    (void)state;
    lq_reference_law law;
    lq_workloads[LQ_W0].reference_law(&law);
    moments last = {0}, mean = {0}, logs = {0};
    lq_reference_w0_run_v3(&law, 0, PATHS, terminal, average);
    for (size_t i = 0; i < PATHS; i++) {
        moments_add(&last, terminal[i]);
        moments_add(&mean, average[i]);
        moments_add(&logs, log(terminal[i] / 100.0));
    }
    assert_mean(&last, lq_workloads[LQ_W0].mean[0], 0.0);
    assert_mean(&mean, lq_workloads[LQ_W0].mean[1], 0.0);
    assert_mean(&logs, (0.05 - 0.045) * 4.0, 0.0);
    assert_near(moments_sd(&logs), 0.6, 4.0 * 0.6 / sqrt(2.0 * PATHS));
}

/* The same words and transform as the engine's normals: one address, one path. */
static void its_draws_are_those_of_the_generator(void **state)
{
    (void)state;
    static double normals[48 * 64] __attribute__((aligned(64)));
    lq_reference_law law;
    lq_workloads[LQ_W0].reference_law(&law);
    lq_reference_w0_run_v3(&law, 0, LQ_REFERENCE_LANES, terminal, average);
    kernels_of(3)->fill_normals((lq_philox_key){law.w0.k0, law.w0.k1}, 0, 0, 48, normals);
    for (size_t l = 0; l < 64; l++) {
        double x = law.w0.start_log2, sum = 0.0;
        for (size_t k = 0; k < 48; k++) {
            x += law.w0.drift_log2 + law.w0.loading_log2 * normals[k * 64 + l];
            sum += exp2(x);
        }
        assert_near(terminal[l], exp2(x), 1e-9 * exp2(x));
        assert_near(average[l], sum / 48.0, 1e-9 * sum);
    }
}

static void both_builds_give_the_same_bits(void **state)
{
    (void)state;
    if (!kernels_of(4)) skip();
    lq_reference_law law;
    lq_workloads[LQ_W0].reference_law(&law);
    lq_reference_w0_run_v3(&law, 1 << 20, PATHS, terminal, average);
    lq_reference_w0_run_v4(&law, 1 << 20, PATHS, other[0], other[1]);
    assert_memory_equal(terminal, other[0], sizeof terminal);
    assert_memory_equal(average, other[1], sizeof average);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_has_the_law_of_w0),
        cmocka_unit_test(its_draws_are_those_of_the_generator),
        cmocka_unit_test(both_builds_give_the_same_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
