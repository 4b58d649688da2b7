/* The functions of the reference precision, over their whole domains against long double. */
#include "accuracy.h"

#include "num/lanes.h"

#include <float.h>

/* The stated bounds of lanes_precise.h. */
static const double EXP2_RELATIVE = 3e-16, EXP_RELATIVE = 3e-16, LOG_RELATIVE = 6e-16,
                    CDF_ABSOLUTE = 1e-15, CDF_RELATIVE = 1e-13, QUANTILE_RELATIVE = 6e-15,
                    NORMAL_ABSOLUTE = 3e-15;

enum { MANY = 300000 };

static void exponentials_keep_their_bounds(void **state)
{
    (void)state;
    double two = 0.0, e = 0.0;
    for (uint64_t i = 0; i < MANY; i++) {
        const double x = 2000.0 * share(i) - 1000.0, y = 1400.0 * share(i) - 700.0;
        worsen(&two, lq_lane_exp2(x) / exp2l((long double)x) - 1.0L);
        worsen(&e, lq_lane_exp(y) / expl((long double)y) - 1.0L);
        worsen(&e, lq_lane_exp(y / 700.0) / expl((long double)(y / 700.0)) - 1.0L);
    }
    for (int i = -1000; i < 1000; i++) {
        const double half = i + 0.5;
        const double near[] = {half, nextafter(half, -2000.0), nextafter(half, 2000.0), i};
        for (size_t c = 0; c < LQ_COUNT(near); c++)
            worsen(&two, lq_lane_exp2(near[c]) / exp2l((long double)near[c]) - 1.0L);
    }
    assert_bound("exp2, relative", two, EXP2_RELATIVE);
    assert_bound("exp, relative", e, EXP_RELATIVE);
    assert_true(lq_lane_exp2(0.0) == 1.0);
    assert_true(lq_lane_exp(-1e308) < 1e-300);
}

/* Near 1 too, where the logarithm is next to nothing. */
static void logarithms_keep_their_bound(void **state)
{
    (void)state;
    double most = 0.0;
    for (uint64_t i = 0; i < MANY; i++) {
        const double any = exp2(2000.0 * share(i) - 1000.0), near = exp2(2.0 * share(i) - 1.0);
        const double nearest = 1.0 + 1e-6 * (2.0 * share(i) - 1.0);
        worsen(&most, lq_lane_log(any) / logl((long double)any) - 1.0L);
        worsen(&most, lq_lane_log(near) / logl((long double)near) - 1.0L);
        worsen(&most, lq_lane_log(nearest) / logl((long double)nearest) - 1.0L);
    }
    assert_bound("log, relative", most, LOG_RELATIVE);
    assert_true(lq_lane_log(1.0) == 0.0);
    assert_true(lq_lane_log2(8.0) == 3.0);
}

static void the_normal_distribution_keeps_its_bounds(void **state)
{
    (void)state;
    double absolute = 0.0, relative = 0.0;
    for (uint64_t i = 0; i < MANY; i++) {
        const double z = -37.0 * share(i), small = -2.5 * share(i);
        worsen(&relative, lq_lane_normal_cdf(z) / below(z) - 1.0L);
        worsen(&relative, lq_lane_normal_cdf(small) / below(small) - 1.0L);
        worsen(&absolute, lq_lane_normal_cdf(small) - below(small));
        worsen(&absolute, lq_lane_normal_cdf(-small) - (1.0L - below(small)));
    }
    assert_bound("normal distribution, absolute", absolute, CDF_ABSOLUTE);
    assert_bound("normal distribution, lower tail", relative, CDF_RELATIVE);
}

static void the_quantile_keeps_its_bound(void **state)
{
    (void)state;
    double most = 0.0;
    for (uint64_t i = 0; i < MANY; i++) {
        const double u[] = {0.5 * share(i), 0.5 * exp2(-51.0 * share(i)),
                            0.5 - 0.01 * share(i)};
        for (size_t c = 0; c < LQ_COUNT(u); c++) {
            const double z = lq_lane_normal_quantile_52(u[c]);
            worsen(&most, quantile_error(z, u[c], 1.0L - 2.0L * (long double)u[c]));
        }
    }
    assert_bound("normal quantile, relative", most, QUANTILE_RELATIVE);
    assert_true(lq_lane_normal_quantile_52(0.25) == -lq_lane_normal_quantile_52(0.75));
    assert_near(lq_lane_normal_quantile_52(0x1p-53), -8.2095, 1e-3);
}

/* The same bits first: a uniform of 52 bits begins as the one of 32. */
static void uniforms_are_those_of_32_bits_and_more(void **state)
{
    (void)state;
    for (uint64_t i = 0; i < MANY; i++) {
        const uint64_t w = word(i) >> 32, more = word(i + MANY);
        const double u = lq_lane_uniform_52(w, more);
        assert_true(floor(u * 0x1p32) == (double)w);
        assert_true(u == ((double)(w << 20 | (more & 0xffffffffu) >> 12) + 0.5) * 0x1p-52);
    }
    assert_true(lq_lane_uniform_52(0, 0) == 0x1p-53);
    assert_true(lq_lane_uniform_52(UINT32_MAX, UINT32_MAX) == 1.0 - 0x1p-53);
}

static void box_muller_keeps_its_bound(void **state)
{
    (void)state;
    const long double quarter = 1.57079632679489661923132169163975144L;
    double most = 0.0;
    for (uint64_t i = 0; i < MANY; i++) {
        const uint64_t w = word(i), more = word(i + MANY);
        const long double u = lq_lane_uniform_52(w >> 32, more >> 32),
                          r = sqrtl(-2.0L * logl(u));
        const long double n =
            (long double)((w & 0x3FFFFFFFu) << 22 | (more & 0xffffffffu) >> 10);
        const long double f = (n + 0.5L) * 0x1p-52L - 0.5L;
        const long double sine = r * sinl(quarter * f);
        const long double cosine = r * cosl(quarter * f) * (w >> 31 & 1 ? -1.0L : 1.0L);
        double z0, z1;
        lq_lane_box_muller_52(w, more, &z0, &z1);
        worsen(&most, z0 - (w >> 30 & 1 ? sine : cosine));
        worsen(&most, z1 - (w >> 30 & 1 ? cosine : sine));
    }
    assert_bound("normals, absolute", most, NORMAL_ABSOLUTE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exponentials_keep_their_bounds),
        cmocka_unit_test(logarithms_keep_their_bound),
        cmocka_unit_test(the_normal_distribution_keeps_its_bounds),
        cmocka_unit_test(the_quantile_keeps_its_bound),
        cmocka_unit_test(uniforms_are_those_of_32_bits_and_more),
        cmocka_unit_test(box_muller_keeps_its_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
