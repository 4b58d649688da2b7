#include "lq_test.h"

#include "plan/laws.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

static lq_arena *arena;

static int start(void **state)
{
    (void)state;
    arena = lq_arena_create();
    return arena ? 0 : 1;
}

static int stop(void **state)
{
    (void)state;
    lq_arena_destroy(arena);
    return 0;
}

static double at(const lq_student_plan *plan, double z)
{
    const double cells = fabs(z) * LQ_STUDENT_CELLS / LQ_STUDENT_END;
    const int i = cells < LQ_STUDENT_CELLS ? (int)cells : LQ_STUDENT_CELLS - 1;
    const double f = fmin(cells - i, 1.0), *c = plan->piece[i];
    return (z < 0.0 ? -1.0 : 1.0) * (c[0] + f * (c[1] + f * (c[2] + f * c[3])));
}

static double quantile(double nu, double z)
{
    return -gsl_cdf_tdist_Pinv(gsl_cdf_ugaussian_P(-z), nu);
}

/* Up to a factor, that of unit variance, the pieces are the quantiles. */
static void pieces_are_quantiles_of_unit_variance(void **state)
{
    (void)state;
    static const double nus[] = {2.5, 3.0, 4.0, 5.0, 12.0, 200.0};
    for (size_t n = 0; n < LQ_COUNT(nus); n++) {
        const lq_student_plan plan = lq_build_student(arena, nus[n]);
        const double scale = at(&plan, 1.0) / quantile(nus[n], 1.0);
        double variance = 0.0;
        for (double z = 0.00125; z < LQ_STUDENT_END; z += 0.0025) {
            const double want = scale * quantile(nus[n], z);
            assert_near(at(&plan, z), want, 1e-6 * (1.0 + want));
            variance += 0.005 * exp(-0.5 * z * z) / sqrt(8.0 * atan(1.0)) * want * want;
        }
        const double end = at(&plan, LQ_STUDENT_END);
        variance += 2.0 * gsl_cdf_ugaussian_Q(LQ_STUDENT_END) * end * end;
        assert_near(variance, 1.0, 2e-5);
    }
}

/* Many degrees of freedom are normal. */
static void at_200_degrees_it_is_nearly_normal(void **state)
{
    (void)state;
    const lq_student_plan plan = lq_build_student(arena, 200.0);
    for (double z = -3.0; z <= 3.0; z += 0.5)
        assert_near(at(&plan, z), z, 0.03);
    assert_near(lq_student_excess(&plan, 0.1), 0.0, 1e-6);
}

/* ln E[exp(l T)] by the trapezoid rule over the quantiles themselves. */
static void the_excess_is_what_fat_tails_add_to_the_mean(void **state)
{
    (void)state;
    static const double loading[] = {0.02, 0.1, -0.1, 0.3};
    const lq_student_plan plan = lq_build_student(arena, 4.0);
    for (size_t i = 0; i < LQ_COUNT(loading); i++) {
        double sum = 0.0;
        const double h = 5e-4;
        for (double z = -LQ_STUDENT_END + 0.5 * h; z < LQ_STUDENT_END; z += h)
            sum += h * exp(-0.5 * z * z + loading[i] * at(&plan, z)) / sqrt(8.0 * atan(1.0));
        const double end = loading[i] * at(&plan, LQ_STUDENT_END);
        sum += gsl_cdf_ugaussian_Q(LQ_STUDENT_END) * (exp(end) + exp(-end));
        const double want = log(sum) - 0.5 * loading[i] * loading[i];
        assert_near(lq_student_excess(&plan, loading[i]), want, 1e-8 + 1e-4 * want);
        assert_true(want > 0.0);
    }
    assert_true(lq_student_excess(&plan, 0.0) == 0.0);
    assert_true(lq_student_excess(&(lq_student_plan){0}, 0.3) == 0.0);
}

/* By the trapezoid rule; nearly 1: a map that bends at the ends alone. */
static void the_linear_part_is_the_covariance_with_the_normal(void **state)
{
    (void)state;
    const lq_student_plan plan = lq_build_student(arena, 4.0);
    const double h = 5e-4, end = at(&plan, LQ_STUDENT_END);
    double sum =
        2.0 * end * exp(-0.5 * LQ_STUDENT_END * LQ_STUDENT_END) / sqrt(8.0 * atan(1.0));
    for (double z = 0.5 * h; z < LQ_STUDENT_END; z += h)
        sum += 2.0 * h * exp(-0.5 * z * z) / sqrt(8.0 * atan(1.0)) * z * at(&plan, z);
    assert_near(lq_student_linear(&plan), sum, 1e-6);
    assert_true(sum > 0.95 && sum < 0.99);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_quantiles_of_unit_variance),
        cmocka_unit_test(at_200_degrees_it_is_nearly_normal),
        cmocka_unit_test(the_linear_part_is_the_covariance_with_the_normal),
        cmocka_unit_test(the_excess_is_what_fat_tails_add_to_the_mean),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
