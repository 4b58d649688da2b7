#include "lq_test.h"

#include "bench/workload.h"
#include "kernels.h"
#include "moments.h"

#include <math.h>
#include <stdlib.h>

enum { PATHS = 1 << 18 };

static double listed[PATHS], private[PATHS], other[2][PATHS];

static int rising(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The mean of the listed offer in closed form; the private one's is the one that the engine's
 * run of W1 is held to. */
static void it_has_the_law_of_w1(void **state)
{
    (void)state;
    const lq_workload *w = &lq_workloads[LQ_W1];
    lq_reference_law law;
    moments first = {0}, second = {0};
    size_t better = 0;
    w->reference_law(&law);
    w->builds.v3(&law, 0, PATHS, listed, private);
    double exact = 0.0;
    for (int m = 1; m <= 48; m++) {
        const double vests = m < 12 ? 0.0 : m == 12 ? 0.25 : 1.0 / 48.0;
        exact += exp(-0.04 * m / 12.0) * (15e3 + 480e3 * vests * exp(0.08 * m / 12.0));
    }
    for (size_t i = 0; i < PATHS; i++) {
        moments_add(&first, listed[i]);
        moments_add(&second, private[i]);
        better += private[i] > listed[i];
    }
    assert_near(w->mean[0], exact, 1e-6);
    assert_mean(&first, exact, 0.0);
    assert_mean(&second, w->mean[1], 500.0);
    assert_near((double)better / PATHS, 0.23648, 4.0 * sqrt(0.24 * 0.76 / PATHS) + 3e-4);
    assert_true(moments_sd(&first) < w->sd[0]);
}

/* Who fails at the end of the first year has twelve months' pay, the last from elsewhere, and
 * no paper: an atom, as is every other year of failure. */
static void a_failure_is_an_atom(void **state)
{
    (void)state;
    lq_reference_law law;
    lq_workloads[LQ_W1].reference_law(&law);
    lq_workloads[LQ_W1].builds.v3(&law, 0, PATHS, listed, private);
    double early = 0.0;
    for (int m = 1; m <= 48; m++)
        early += exp(-0.04 * m / 12.0) * (m < 12 ? 14e3 : 10e3);
    qsort(private, PATHS, sizeof private[0], rising);
    const double p = (1.0 - exp(-0.35)) * 13.0 / 35.0;
    const size_t surely = (size_t)(PATHS * p - 4.0 * sqrt(PATHS * p));
    assert_near(private[0], early, 1e-6);
    assert_near(private[surely], early, 1e-6);
    assert_true(private[surely + 2000] > early + 1000.0);
}

static void both_builds_give_the_same_bits(void **state)
{
    (void)state;
    if (!kernels_of(4)) skip();
    lq_reference_law law;
    lq_workloads[LQ_W1].reference_law(&law);
    lq_workloads[LQ_W1].builds.v3(&law, 1 << 20, PATHS, listed, private);
    lq_workloads[LQ_W1].builds.v4(&law, 1 << 20, PATHS, other[0], other[1]);
    assert_memory_equal(listed, other[0], sizeof listed);
    assert_memory_equal(private, other[1], sizeof private);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_has_the_law_of_w1),
        cmocka_unit_test(a_failure_is_an_atom),
        cmocka_unit_test(both_builds_give_the_same_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
