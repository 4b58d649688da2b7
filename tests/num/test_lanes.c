#include "lq_test.h"

#include "num/lanes.h"
#include "num/scalar.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdbool.h>

/* The stated bounds of lanes.h. */
static const double EXP2_RELATIVE = 6e-11, LOG2_ABSOLUTE = 1e-11, CDF_ABSOLUTE = 5e-11,
                    QUANTILE_RELATIVE = 7e-10;

/* A cheap equidistributed sequence: the golden ratio's multiples. */
static uint64_t word(uint64_t i)
{
    const uint64_t x = (i + 1) * 0x9E3779B97F4A7C15ull;
    return x ^ (x >> 29);
}

static void exp2_keeps_its_bound(void **state)
{
    (void)state;
    double most = 0.0;
    for (int i = -1000000; i <= 1000000; i++) {
        const double x = i / 1000.0;
        const long double want = exp2l((long double)x);
        most = fmax(most, (double)(fabsl(lq_lane_exp2(x) - want) / want));
    }
    print_message("exp2 %.2e\n", most);
    assert_true(most < EXP2_RELATIVE);
    for (int i = -1000; i <= 1000; i += 10) /* whole powers: within the same bound, no jumps */
        assert_near(lq_lane_exp2(i), ldexp(1.0, i), EXP2_RELATIVE * ldexp(1.0, i));
    assert_near(lq_lane_exp(1.0), 2.718281828459045, 2.718281828459045 * 1e-10);
}

static void log2_keeps_its_bound(void **state)
{
    (void)state;
    double most = 0.0;
    for (int i = 1; i < 2000000; i++) {
        const double x = i / 500000.0;
        most = fmax(most, fabs((double)(lq_lane_log2(x) - log2l((long double)x))));
    }
    for (int i = -1000; i <= 1000; i++) {
        const double x = ldexp(1.0 + 0.37 * (i + 1000) / 2000.0, i);
        most = fmax(most, fabs((double)(lq_lane_log2(x) - log2l((long double)x))));
    }
    print_message("log2 %.2e\n", most);
    assert_true(most < LOG2_ABSOLUTE);
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
    assert_near(lq_lane_exponential(0xffffffffull), 0x1p-33, 1e-9 * 0x1p-33);
    assert_near(lq_lane_exponential(0), 33.0 * 0.69314718055994530942, 1e-10);
    assert_true(lq_lane_exponential(0) < 22.9);
    for (uint64_t i = 0; i < 100000; i++) {
        const double u = lq_lane_uniform(word(i)), e = lq_lane_exponential(word(i));
        assert_true(e > 0.0);
        assert_near(e, -lq_log(u), 3e-11);
    }
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

static void the_distribution_agrees_with_the_scalar_one(void **state)
{
    (void)state;
    double most = 0.0;
    for (int i = -90000; i <= 90000; i++) {
        const double z = i / 10000.0;
        most = fmax(most, fabs(lq_lane_normal_cdf(z) - lq_normal_cdf(z)));
    }
    print_message("normal distribution %.2e\n", most);
    assert_true(most < CDF_ABSOLUTE);
    assert_near(lq_lane_normal_cdf(0.0), 0.5, CDF_ABSOLUTE);
}

/* Against GSL over the whole range of words: both tails, the centre, and everything between. */
static void the_quantile_keeps_its_bound(void **state)
{
    (void)state;
    double most = 0.0;
    for (uint32_t i = 0; i < 400000; i++) {
        const uint32_t tail = i < 1000 ? i : (uint32_t)exp(i * (32.0 * log(2.0) / 400000));
        const uint32_t near[] = {tail, 0xffffffffu - tail, 0x7fffffffu - tail / 2,
                                 (uint32_t)word(i)};
        for (size_t c = 0; c < LQ_COUNT(near); c++) {
            const double u = (near[c] + 0.5) * 0x1p-32;
            /* the upper half through the lower: 1 - u is exact */
            const double want =
                u < 0.5 ? gsl_cdf_ugaussian_Pinv(u) : -gsl_cdf_ugaussian_Pinv(1.0 - u);
            most = fmax(most, fabs(lq_lane_normal_quantile(near[c]) / want - 1.0));
        }
    }
    print_message("normal quantile %.2e\n", most);
    assert_true(most < QUANTILE_RELATIVE);
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
        cmocka_unit_test(log2_keeps_its_bound),
        cmocka_unit_test(exp2_and_log2_undo_each_other),
        cmocka_unit_test(exponentials_are_positive_and_bounded),
        cmocka_unit_test(uniforms_are_the_middle_of_their_cell),
        cmocka_unit_test(the_distribution_agrees_with_the_scalar_one),
        cmocka_unit_test(the_quantile_keeps_its_bound),
        cmocka_unit_test(the_quantile_is_odd_and_increasing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
