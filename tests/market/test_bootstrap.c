#include "lq_test.h"

#include "moments.h"
#include "plans.h"

#include <math.h>
#include <string.h>

enum { BLOCKS = 2048, MONTHS = 30 };

static int32_t states[PLAN_ROWS * LQ_LANES], others[PLAN_ROWS * LQ_LANES];

static const lq_bootstrap_plan three = {.stream = 13u << 24, .n = 3, .restart_frac = 0.25};

static double probability(int32_t from, int32_t to, size_t n, double p)
{
    return p / (double)n + (to == (from + 1) % (int32_t)n ? 1.0 - p : 0.0);
}

/* A history of three months: the exact law of three months of a path, and of the last ones. */
static void a_tiny_history_has_its_exact_law(void **state)
{
    (void)state;
    double hits[27] = {0}, late[9] = {0};
    const double n = (double)BLOCKS * LQ_LANES;
    for (uint64_t block = 0; block < BLOCKS; block++) {
        const lq_block_address at = block_address(block);
        kernels_of(3)->bootstrap(&three, &at, MONTHS, states);
        for (size_t l = 0; l < LQ_LANES; l++) {
            hits[states[l] * 9 + states[LQ_LANES + l] * 3 + states[2 * LQ_LANES + l]]++;
            late[states[(MONTHS - 2) * LQ_LANES + l] * 3 +
                 states[(MONTHS - 1) * LQ_LANES + l]]++;
        }
    }
    for (int32_t a = 0; a < 3; a++)
        for (int32_t b = 0; b < 3; b++) {
            assert_share(late[a * 3 + b], n, probability(a, b, 3, 0.25) / 3.0);
            for (int32_t c = 0; c < 3; c++)
                assert_share(hits[a * 9 + b * 3 + c], n,
                             probability(a, b, 3, 0.25) * probability(b, c, 3, 0.25) / 3.0);
        }
}

/* Mean and variance are the history's; its autocovariance fades by (1 - p)^lag. */
static void the_autocovariance_of_the_history_fades_with_the_blocks(void **state)
{
    (void)state;
    enum { ROWS = 40 };
    const lq_bootstrap_plan plan = {.stream = 13u << 24, .n = ROWS, .restart_frac = 1.0 / 6};
    double x[ROWS], mean = 0.0;
    for (int i = 0; i < ROWS; i++)
        mean += x[i] = sin(0.35 * i) + 0.2 * (i % 3);
    for (int i = 0; i < ROWS; i++)
        x[i] -= mean / ROWS;
    moments level = {0}, product[6];
    memset(product, 0, sizeof product);
    for (uint64_t block = 0; block < BLOCKS; block++) {
        const lq_block_address at = block_address(block);
        kernels_of(3)->bootstrap(&plan, &at, MONTHS, states);
        for (size_t l = 0; l < LQ_LANES; l++) {
            const double now = x[states[10 * LQ_LANES + l]];
            moments_add(&level, now);
            for (size_t lag = 0; lag < 6; lag++)
                moments_add(&product[lag], now * x[states[(10 + lag) * LQ_LANES + l]]);
        }
    }
    assert_mean(&level, 0.0, 0.0);
    for (size_t lag = 0; lag < 6; lag++) {
        double circular = 0.0;
        for (size_t i = 0; i < ROWS; i++)
            circular += x[i] * x[(i + lag) % ROWS] / ROWS;
        assert_mean(&product[lag], pow(5.0 / 6.0, (double)lag) * circular, 0.0);
    }
}

static void a_longer_run_and_both_builds_agree(void **state)
{
    (void)state;
    for (uint64_t block = 0; block < 64; block++) {
        const lq_block_address at = block_address(block);
        kernels_of(3)->bootstrap(&three, &at, MONTHS, states);
        kernels_of(3)->bootstrap(&three, &at, 120, others);
        assert_memory_equal(states, others, MONTHS * LQ_LANES * sizeof *states);
        if (kernels_of(4)) kernels_of(4)->bootstrap(&three, &at, MONTHS, others);
        assert_memory_equal(states, others, MONTHS * LQ_LANES * sizeof *states);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tiny_history_has_its_exact_law),
        cmocka_unit_test(the_autocovariance_of_the_history_fades_with_the_blocks),
        cmocka_unit_test(a_longer_run_and_both_builds_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
