#include "lq_test.h"

#include "moments.h"
#include "plan/laws.h"
#include "plans.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

#define PI 3.14159265358979323846

enum { BLOCKS = 1024, MONTHS = 8 };

static plan_rows rows, others;
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

static void draw(const kernels *build, const lq_student_plan *plan, uint64_t block, double *out)
{
    const lq_block_address at = block_address(block);
    build->fill_normals(at.key, at.path0, 33, MONTHS, out);
    build->student(plan, MONTHS, out);
}

/* The quantile of the law, cut where the map is, over its standard deviation. */
static double exact(double nu, double z, double sd)
{
    const double cut = fmax(-LQ_STUDENT_END, fmin(LQ_STUDENT_END, z));
    return gsl_cdf_tdist_Pinv(gsl_cdf_ugaussian_P(-fabs(cut)), nu) / sd *
           (z < 0.0 ? 1.0 : -1.0);
}

/* E T^power of the law that the map cuts, before it is scaled. */
static double moment(double nu, double power)
{
    const double h = 1e-3;
    double sum = 0.0;
    for (double z = 0.5 * h; z < LQ_STUDENT_END; z += h)
        sum += 2.0 * h * exp(-0.5 * z * z) / sqrt(2.0 * PI) * pow(exact(nu, z, 1.0), power);
    return sum + 2.0 * gsl_cdf_ugaussian_Q(LQ_STUDENT_END) *
                     pow(exact(nu, LQ_STUDENT_END, 1.0), power);
}

/* Quantiles of the t law at unit variance, and its kurtosis as far as the cut leaves it. */
static void shocks_have_the_law_of_student(void **state)
{
    (void)state;
    const double nu = 5.0, second = moment(nu, 2.0);
    const lq_student_plan plan = lq_build_student(arena, nu);
    static const double p[] = {0.001, 0.01, 0.05, 0.25, 0.5, 0.9, 0.999};
    double below[LQ_COUNT(p)] = {0}, quantile[LQ_COUNT(p)];
    moments mean = {0}, square = {0}, fourth = {0};
    for (size_t q = 0; q < LQ_COUNT(p); q++)
        quantile[q] = gsl_cdf_tdist_Pinv(p[q], nu) / sqrt(second);
    for (uint64_t block = 0; block < BLOCKS; block++) {
        draw(kernels_of(3), &plan, block, rows);
        for (size_t i = 0; i < MONTHS * LQ_LANES; i++) {
            const double t = rows[i];
            moments_add(&mean, t);
            moments_add(&square, t * t);
            moments_add(&fourth, t * t * t * t);
            for (size_t q = 0; q < LQ_COUNT(p); q++)
                below[q] += t <= quantile[q];
        }
    }
    assert_mean(&mean, 0.0, 0.0);
    assert_mean(&square, 1.0, 0.0);
    const double kurtosis = moment(nu, 4.0) / (second * second);
    assert_mean(&fourth, kurtosis, 0.0);
    assert_near(kurtosis, 6.88, 0.005); /* uncut 9, of a normal 3 */
    for (size_t q = 0; q < LQ_COUNT(p); q++)
        assert_share(below[q], mean.n, p[q]);
}

static void the_map_is_odd_and_held_beyond_its_end(void **state)
{
    (void)state;
    static const double z[] = {0.0, 1e-9, 0.7, 3.1, 3.9999, 4.0, 4.7, 6.7};
    const double nu = 4.0, sd = sqrt(moment(nu, 2.0));
    const lq_student_plan plan = lq_build_student(arena, nu);
    for (size_t i = 0; i < LQ_LANES; i++) {
        rows[i] = z[i % LQ_COUNT(z)];
        rows[LQ_LANES + i] = -rows[i];
    }
    kernels_of(3)->student(&plan, 2, rows);
    for (size_t i = 0; i < LQ_LANES; i++) {
        const double want = exact(nu, z[i % LQ_COUNT(z)], sd);
        assert_near(rows[i], want, 1e-6 * (1.0 + fabs(want)));
        assert_true(rows[LQ_LANES + i] == -rows[i]);
    }
}

static void both_builds_give_the_same_bits(void **state)
{
    (void)state;
    if (!kernels_of(4)) skip();
    const lq_student_plan plan = lq_build_student(arena, 3.0);
    for (uint64_t block = 0; block < 64; block++) {
        draw(kernels_of(3), &plan, block, rows);
        draw(kernels_of(4), &plan, block, others);
        assert_memory_equal(rows, others, MONTHS * LQ_LANES * sizeof *rows);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shocks_have_the_law_of_student),
        cmocka_unit_test(the_map_is_odd_and_held_beyond_its_end),
        cmocka_unit_test(both_builds_give_the_same_bits),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
