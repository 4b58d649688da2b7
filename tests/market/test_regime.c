#include "lq_test.h"

#include "moments.h"
#include "plans.h"

#include <math.h>
#include <string.h>

enum { BLOCKS = 2048, MONTHS = 47 };

static int32_t states[PLAN_ROWS * LQ_LANES], others[PLAN_ROWS * LQ_LANES];

/* From calm, nervous and bear; the first month by the last row. */
static const double chain[4][3] = {
    {0.95, 0.04, 0.01}, {0.10, 0.80, 0.10}, {0.02, 0.18, 0.80}, {0.5, 0.3, 0.2}};

static lq_regime_plan three_states(void)
{
    lq_regime_plan plan = {.stream = 13u << 24, .n = 3};
    for (size_t i = 0; i < 4; i++) {
        double sum = 0.0;
        for (size_t j = 0; j < 3; j++)
            plan.up_to[i < 3 ? i : LQ_MAX_STATES][j] = sum += chain[i][j];
    }
    return plan;
}

/* P(state of month k) by powers of the matrix. */
static void law_of_month(size_t k, double law[3])
{
    memcpy(law, chain[3], sizeof chain[3]);
    for (; k > 1; k--) {
        double next[3] = {0};
        for (size_t i = 0; i < 3; i++)
            for (size_t j = 0; j < 3; j++)
                next[j] += law[i] * chain[i][j];
        memcpy(law, next, sizeof next);
    }
}

static void months_have_the_law_of_the_chain(void **state)
{
    (void)state;
    static const size_t month[] = {1, 2, 12, MONTHS};
    const lq_regime_plan plan = three_states();
    double hits[LQ_COUNT(month)][3] = {{0}}, moves[3][3] = {{0}}, from[3] = {0};
    for (uint64_t block = 0; block < BLOCKS; block++) {
        const lq_block_address at = block_address(block);
        kernels_of(3)->regime(&plan, &at, MONTHS, states);
        for (size_t l = 0; l < LQ_LANES; l++) {
            for (size_t i = 0; i < LQ_COUNT(month); i++)
                hits[i][states[(month[i] - 1) * LQ_LANES + l]]++;
            const int32_t now = states[19 * LQ_LANES + l];
            from[now]++;
            moves[now][states[20 * LQ_LANES + l]]++;
        }
    }
    for (size_t i = 0; i < LQ_COUNT(month); i++) {
        double law[3];
        law_of_month(month[i], law);
        for (size_t s = 0; s < 3; s++)
            assert_share(hits[i][s], (double)BLOCKS * LQ_LANES, law[s]);
    }
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; j < 3; j++)
            assert_share(moves[i][j], from[i], chain[i][j]);
}

/* A bear market of mean length 5 is left with probability 1 / 5 a month, whatever its age. */
static void states_last_geometrically(void **state)
{
    (void)state;
    const lq_regime_plan plan = three_states();
    double entered = 0.0, lasted = 0.0;
    for (uint64_t block = 0; block < BLOCKS / 4; block++) {
        const lq_block_address at = block_address(block);
        kernels_of(3)->regime(&plan, &at, MONTHS, states);
        for (size_t l = 0; l < LQ_LANES; l++) {
            if (states[l] == 2 || states[LQ_LANES + l] != 2) continue;
            size_t k = 1;
            while (k < 7 && states[k * LQ_LANES + l] == 2)
                k++;
            entered++;
            lasted += k == 7; /* months 2 to 7 */
        }
    }
    assert_share(lasted, entered, 0.8 * 0.8 * 0.8 * 0.8 * 0.8);
}

/* Two states from their long run: a month's kurtosis is the mixture's, and the variance of two
 * years has the states' covariances in it, which fade by phi = p + q - 1 a month. */
static void months_of_two_states_have_the_moments_of_hamiltons_model(void **state)
{
    (void)state;
    enum { N = 24 };
    const double p = 0.96, q = 0.88, phi = p + q - 1.0, calm = 0.12 / 0.16, bear = 0.04 / 0.16;
    const double offset[2] = {0.1, -0.4}, scale[2] = {0.7, 1.6};
    const lq_regime_plan plan = {
        .stream = 13u << 24,
        .n = 2,
        .up_to = {{p, 1.0}, {1.0 - q, 1.0}, [LQ_MAX_STATES] = {calm, 1.0}}};
    const lq_state_link link = {offset, scale};
    const double mean = calm * offset[0] + bear * offset[1];
    moments level = {0}, square = {0}, fourth = {0}, sum = {0}, spread = {0};
    static plan_rows z;
    for (uint64_t block = 0; block < BLOCKS; block++) {
        const lq_block_address at = block_address(block);
        kernels_of(3)->regime(&plan, &at, N, states);
        kernels_of(3)->fill_normals(at.key, at.path0, 9, N, z);
        kernels_of(3)->link(&link, states, N, z, z);
        for (size_t l = 0; l < LQ_LANES; l++) {
            const double x = z[17 * LQ_LANES + l];
            double total = 0.0;
            for (size_t k = 0; k < N; k++)
                total += z[k * LQ_LANES + l];
            moments_add(&level, x);
            moments_add(&square, (x - mean) * (x - mean));
            moments_add(&fourth, pow(x - mean, 4.0));
            moments_add(&sum, total);
            moments_add(&spread, (total - N * mean) * (total - N * mean));
        }
    }
    const double a = offset[0] - mean, b = offset[1] - mean;
    const double within = calm * scale[0] * scale[0] + bear * scale[1] * scale[1];
    const double between = calm * a * a + bear * b * b;
    double over = N * (within + between), fading = 1.0;
    for (int lag = 1; lag < N; lag++)
        over += 2.0 * (N - lag) * between * (fading *= phi);
    assert_mean(&level, mean, 0.0);
    assert_mean(&square, within + between, 0.0);
    assert_mean(
        &fourth,
        calm * (3.0 * pow(scale[0], 4.0) + 6.0 * a * a * scale[0] * scale[0] + pow(a, 4.0)) +
            bear * (3.0 * pow(scale[1], 4.0) + 6.0 * b * b * scale[1] * scale[1] + pow(b, 4.0)),
        0.0);
    assert_mean(&sum, N * mean, 0.0);
    assert_mean(&spread, over, 0.0);
}

static void a_longer_run_and_both_builds_agree(void **state)
{
    (void)state;
    const lq_regime_plan plan = three_states();
    for (uint64_t block = 0; block < 64; block++) {
        const lq_block_address at = block_address(block);
        kernels_of(3)->regime(&plan, &at, MONTHS, states);
        kernels_of(3)->regime(&plan, &at, 120, others);
        assert_memory_equal(states, others, MONTHS * LQ_LANES * sizeof *states);
        if (kernels_of(4)) kernels_of(4)->regime(&plan, &at, MONTHS, others);
        assert_memory_equal(states, others, MONTHS * LQ_LANES * sizeof *states);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(months_have_the_law_of_the_chain),
        cmocka_unit_test(states_last_geometrically),
        cmocka_unit_test(months_of_two_states_have_the_moments_of_hamiltons_model),
        cmocka_unit_test(a_longer_run_and_both_builds_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
