#include "accuracy.h"

#include "num/lanes.h"
#include "num/scalar.h"

#include <float.h>
#include <stdbool.h>
#include <stdlib.h>

/* The stated bounds of lanes.h. */
static const double EXP_RELATIVE = 6e-11, LOG2_ABSOLUTE = 1e-11, LOG_ABSOLUTE = 7e-12,
                    LOG_RELATIVE = 3e-11, CDF_ABSOLUTE = 5e-11, QUANTILE_RELATIVE = 7e-10;

enum { MANY = 2000000 };

static void worsen_exp2(double *most, double x)
{
    const long double want = exp2l((long double)x);
    worsen(most, lq_lane_exp2(x) / want - 1.0L);
}

/* Over a grid, at random, where the exponent is rounded up or down, and next to nothing. */
static void exp2_keeps_its_bound(void **state)
{
    (void)state;
    double most = 0.0;
    for (int i = -1000000; i <= 1000000; i++)
        worsen_exp2(&most, i / 1000.0);
    for (uint64_t i = 0; i < MANY; i++)
        worsen_exp2(&most, 2000.0 * share(i) - 1000.0);
    for (int i = -1000; i < 1000; i++) {
        const double half = i + 0.5;
        const double near[] = {half, nextafter(half, -2000.0), nextafter(half, 2000.0), i};
        for (size_t c = 0; c < LQ_COUNT(near); c++)
            worsen_exp2(&most, near[c]);
    }
    static const double tiny[] = {0.0,     -0.0,  DBL_TRUE_MIN, -DBL_TRUE_MIN,
                                  DBL_MIN, 1e-20, -1e-9};
    for (size_t c = 0; c < LQ_COUNT(tiny); c++)
        worsen_exp2(&most, tiny[c]);
    assert_bound("exp2, relative", most, EXP_RELATIVE);
}

static void exp_keeps_its_bound(void **state)
{
    (void)state;
    double most = 0.0;
    for (uint64_t i = 0; i < MANY; i++) {
        const double x = 1400.0 * share(i) - 700.0, y = 2.0 * share(i) - 1.0;
        worsen(&most, lq_lane_exp(x) / expl((long double)x) - 1.0L);
        worsen(&most, lq_lane_exp(y) / expl((long double)y) - 1.0L);
    }
    worsen(&most, lq_lane_exp(700.0) / expl(700.0L) - 1.0L);
    worsen(&most, lq_lane_exp(-700.0) / expl(-700.0L) - 1.0L);
    assert_bound("exp, relative", most, EXP_RELATIVE);
}

/* What no survivor is left of: as good as nothing, never a wild number. */
static void exp_of_what_is_far_below_is_next_to_nothing(void **state)
{
    (void)state;
    const double least = lq_lane_exp(-700.0);
    assert_true(least > 0.0 && least < 1e-303);
    for (uint64_t i = 0; i < 100000; i++)
        assert_true(lq_lane_exp(-700.0 - 1e10 * share(i)) == least);
    assert_true(lq_lane_exp(-(double)INFINITY) == least);
    assert_true(isnan(lq_lane_exp((double)NAN)));
}

typedef struct log_errors {
    double log2, log, relative;
} log_errors;

static void worsen_logs(log_errors *most, double x)
{
    const long double want = logl((long double)x);
    worsen(&most->log2, lq_lane_log2(x) - log2l((long double)x));
    worsen(&most->log, lq_lane_log(x) - want);
    if (x != 1.0) worsen(&most->relative, lq_lane_log(x) / want - 1.0L);
}

/* Every normal positive number: bit patterns at random, the middle densely, and the edges: of
 * the range, of its halves, and where x = m 2^k changes its k. */
static void logarithms_keep_their_bounds(void **state)
{
    (void)state;
    log_errors most = {0};
    for (uint64_t i = 0; i < MANY; i++) {
        const uint64_t exponent = 1 + word(i) % 2046;
        worsen_logs(&most, lq_lane_from_bits(exponent << 52 | word(i + MANY) >> 12));
        worsen_logs(&most, 0.5 + 1.5 * share(i));
    }
    for (int k = -1021; k <= 1022; k++)
        for (int up = 0; up < 3; up++) {
            const double edge = ldexp(0x1.6A09E667F3BCDp-1, k), whole = ldexp(1.0, k);
            const double to = up == 0 ? 0.0 : DBL_MAX;
            worsen_logs(&most, up == 2 ? edge : nextafter(edge, to));
            worsen_logs(&most, up == 2 ? whole : nextafter(whole, to));
        }
    worsen_logs(&most, DBL_MIN);
    worsen_logs(&most, DBL_MAX);
    assert_bound("log2, absolute", most.log2, LOG2_ABSOLUTE);
    assert_bound("log, absolute", most.log, LOG_ABSOLUTE);
    assert_bound("log, relative", most.relative, LOG_RELATIVE);
    assert_true(lq_lane_log2(1.0) == 0.0);
    assert_true(lq_lane_log2(0x1p-40) == -40.0);
}

static void exp2_and_log2_undo_each_other(void **state)
{
    (void)state;
    for (uint64_t i = 0; i < 100000; i++) {
        const double x = 60.0 * lq_lane_uniform(word(i)) - 10.0;
        assert_near(lq_lane_log2(lq_lane_exp2(x)), x, 1.5e-10);
    }
}

/* An exponential close to 0 keeps its relative accuracy, so it is positive for every word. */
static void exponentials_are_positive_and_bounded(void **state)
{
    (void)state;
    double most = 0.0;
    for (uint64_t i = 0; i < MANY; i++) {
        const uint64_t near[] = {i * 2147, word(i), 0xffffffffull - i};
        for (size_t c = 0; c < LQ_COUNT(near); c++) {
            const double e = lq_lane_exponential(near[c]);
            assert_true(e > 0.0);
            worsen(&most, e / -logl((long double)lq_lane_uniform(near[c])) - 1.0L);
        }
    }
    assert_bound("exponential, relative", most, LOG_RELATIVE);
    assert_near(lq_lane_exponential(0xffffffffull), 0x1p-33, 1e-9 * 0x1p-33);
    assert_near(lq_lane_exponential(0), 33.0 * 0.69314718055994530942, 1e-10);
}

static void uniforms_are_the_middle_of_their_cell(void **state)
{
    (void)state;
    assert_true(lq_lane_uniform(0) == 0x1p-33);
    assert_true(lq_lane_uniform(0xffffffffull) == 1.0 - 0x1p-33);
    assert_true(lq_lane_uniform(0xabcdef0100000000ull) == 0x1p-33); /* the low half only */
    for (uint64_t i = 0; i < 1000; i++) {
        const uint64_t w = word(i) & 0xffffffffull;
        assert_true(lq_lane_uniform(w) == ((double)w + 0.5) * 0x1p-32);
    }
}

static void the_distribution_keeps_its_bound(void **state)
{
    (void)state;
    double most = 0.0;
    for (uint64_t i = 0; i < MANY; i++) {
        const double z = 20.0 * share(i) - 10.0;
        const long double want = z < 0.0 ? below(z) : 1.0L - below(-z);
        worsen(&most, lq_lane_normal_cdf(z) - want);
    }
    static const struct {
        double z, want;
    } edges[] = {
        {0.0, 0.5},     {-0.0, 0.5},   {DBL_TRUE_MIN, 0.5}, {-7.0, 1.279812543885835e-12},
        {7.0, 1.0},     {-1e300, 0.0}, {1e300, 1.0},        {-HUGE_VAL, 0.0},
        {HUGE_VAL, 1.0}};
    for (size_t i = 0; i < LQ_COUNT(edges); i++)
        worsen(&most, lq_lane_normal_cdf(edges[i].z) - edges[i].want);
    assert_bound("normal distribution, absolute", most, CDF_ABSOLUTE);
}

static void worsen_quantile(double *most, uint32_t w)
{
    const uint32_t low = w < 0x80000000u ? w : 0xffffffffu - w; /* it is odd: tested below */
    const long double u = (low + 0.5L) * 0x1p-32L;
    worsen(most, quantile_error(lq_lane_normal_quantile(low), u, 1.0L - 2.0L * u));
}

/* Tails and centre word by word, all between on a grid and at random; with LQ_SLOW every one of
 * the 2^32 words, by one half of them. */
static void the_quantile_keeps_its_bound(void **state)
{
    (void)state;
    double most = 0.0;
    for (uint32_t i = 0; i < 100000; i++) {
        worsen_quantile(&most, i);
        worsen_quantile(&most, 0x7fffffffu - i);
        worsen_quantile(&most, i * 21474u);
        worsen_quantile(&most, (uint32_t)exp((i + 1) * (31.0 * log(2.0) / 100001)));
        worsen_quantile(&most, (uint32_t)word(i));
    }
    for (uint32_t w = 0; getenv("LQ_SLOW") && w < 0x80000000u; w++)
        worsen_quantile(&most, w);
    assert_bound("normal quantile, relative", most, QUANTILE_RELATIVE);
}

static void the_quantile_is_odd_and_increasing(void **state)
{
    (void)state;
    double before = -7.0;
    for (uint64_t w = 0; w <= 0xffffffffull; w += 65537) {
        const double z = lq_lane_normal_quantile(w);
        assert_true(z > before);
        assert_true(lq_lane_normal_quantile(0xffffffffull - w) == -z);
        before = z;
    }
    assert_near(lq_lane_normal_quantile(0), -6.3379, 1e-3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exp2_keeps_its_bound),
        cmocka_unit_test(exp_keeps_its_bound),
        cmocka_unit_test(exp_of_what_is_far_below_is_next_to_nothing),
        cmocka_unit_test(logarithms_keep_their_bounds),
        cmocka_unit_test(exp2_and_log2_undo_each_other),
        cmocka_unit_test(exponentials_are_positive_and_bounded),
        cmocka_unit_test(uniforms_are_the_middle_of_their_cell),
        cmocka_unit_test(the_distribution_keeps_its_bound),
        cmocka_unit_test(the_quantile_keeps_its_bound),
        cmocka_unit_test(the_quantile_is_odd_and_increasing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
