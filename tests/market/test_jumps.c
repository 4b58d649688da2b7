#include "lq_test.h"

#include "moments.h"
#include "plans.h"

#include <math.h>
#include <string.h>

enum { BLOCKS = 4096, MONTHS = 48 };

static plan_rows rows, longer;

static const lq_jump_plan yearly = {
    .mean_wait_months = 12.0 / 0.3, .mean = -0.4, .sd = 0.9, .stream = 12u << 24 | 77u};

/* A compound Poisson process: mean, variance and third moment of the sum, and of every month; a
 * month without a jump with probability exp(-rate / 12). */
static void jumps_are_a_compound_poisson_process(void **state)
{
    (void)state;
    const double n = 0.3 * 4.0, second = 0.4 * 0.4 + 0.9 * 0.9;
    const double third = -0.4 * (0.4 * 0.4 + 3.0 * 0.9 * 0.9);
    moments sum = {0}, square = {0}, cube = {0}, first = {0}, last = {0};
    double without = 0.0;
    for (uint64_t block = 0; block < BLOCKS; block++) {
        const lq_block_address at = block_address(block);
        memset(rows, 0, sizeof rows);
        kernels_of(3)->jumps(&yearly, &at, MONTHS, rows);
        for (size_t l = 0; l < LQ_LANES; l++) {
            double x = 0.0;
            for (size_t k = 1; k <= MONTHS; k++)
                x += rows[k * LQ_LANES + l];
            moments_add(&sum, x);
            moments_add(&square, (x + 0.4 * n) * (x + 0.4 * n));
            moments_add(&cube, pow(x + 0.4 * n, 3.0));
            moments_add(&first, rows[LQ_LANES + l]);
            moments_add(&last, rows[MONTHS * LQ_LANES + l]);
            without += rows[17 * LQ_LANES + l] == 0.0;
        }
    }
    assert_mean(&sum, -0.4 * n, 0.0);
    assert_mean(&square, n * second, 0.0);
    assert_mean(&cube, n * third, 0.0);
    assert_mean(&first, -0.4 * 0.3 / 12.0, 0.0);
    assert_mean(&last, -0.4 * 0.3 / 12.0, 0.0);
    assert_share(without, sum.n, exp(-0.3 / 12.0));
}

/* Only months of the run, and row 0 that nobody reads, are written, and a longer run has the
 * shorter one's jumps. */
static void a_longer_run_has_the_shorter_ones_jumps(void **state)
{
    (void)state;
    const lq_block_address at = block_address(5);
    const lq_jump_plan often = {.mean_wait_months = 1.5, .mean = 1.0, .sd = 0.1};
    memset(rows, 0, sizeof rows);
    memset(longer, 0, sizeof longer);
    kernels_of(3)->jumps(&often, &at, MONTHS, rows);
    kernels_of(3)->jumps(&often, &at, 120, longer);
    double beyond = 0.0;
    for (size_t i = LQ_LANES; i < (MONTHS + 1) * LQ_LANES; i++)
        assert_true(rows[i] == longer[i]);
    for (size_t i = (MONTHS + 1) * LQ_LANES; i < PLAN_ROWS * LQ_LANES; i++) {
        assert_true(rows[i] == 0.0);
        beyond += longer[i];
    }
    assert_near(beyond / LQ_LANES, 72.0 / 1.5, 5.0);
}

static void both_builds_give_the_same_bits(void **state)
{
    (void)state;
    if (!kernels_of(4)) skip();
    for (uint64_t block = 0; block < 64; block++) {
        const lq_block_address at = block_address(block);
        memset(rows, 0, sizeof rows);
        memset(longer, 0, sizeof longer);
        kernels_of(3)->jumps(&yearly, &at, MONTHS, rows);
        kernels_of(4)->jumps(&yearly, &at, MONTHS, longer);
        assert_memory_equal(rows, longer, sizeof rows);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(jumps_are_a_compound_poisson_process),
        cmocka_unit_test(a_longer_run_has_the_shorter_ones_jumps),
        cmocka_unit_test(both_builds_give_the_same_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
