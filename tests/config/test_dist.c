#include "lq_test.h"

#include "config/value.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

static const struct dist_case {
    const char *text;
    double mean, low, high, median;
} cases[] = {
    {"5", 5, 5, 5, 5},
    {"2 to 6", 4, 2, 6, 4},
    {"{triangular: [0, 3, 6]}", 3, 0, 6, 3},
    {"{triangular: [0, 0, 6]}", 2, 0, 6, 1.7573593128807152},
    {"{triangular: [0, 6, 6]}", 4, 0, 6, 4.242640687119285},
    {"{pert: [0, 3, 6]}", 3, 0, 6, 3},
    {"{pert: [0, 0, 6]}", 1, 0, 6, 0.7766966202232553},
    {"{normal: {mean: 3, sd: 2}}", 3, -INFINITY, INFINITY, 3},
    {"{lognormal: {mean: 3, sd: 4}}", 3, 0, INFINITY, 1.8},
    {"{discrete: {1: 0.25, 2: 0.5, 5: 0.25}}", 2.5, 1, 5, 2},
};

static void moments_are_those_of_the_textbook(void **state)
{
    const struct dist_case *c = *state;
    lq_value v;
    double low, high;
    assert_null(lq_value_parse(c->text, LQ_MEASURE_NUMBER, &v));
    lq_value_range(&v, &low, &high);
    assert_near(lq_value_mean(&v), c->mean, 1e-14);
    assert_true(low == c->low && high == c->high);
    assert_near(lq_value_quantile(&v, 0.5), c->median, 1e-12);
}

/* Laws: the quantile rises, stays in the range, and integrates to the mean. */
static void quantiles_rise_and_average_to_the_mean(void **state)
{
    const struct dist_case *c = *state;
    enum { N = 20000 };
    lq_value v;
    double low, high, sum = 0.0, last = -INFINITY;
    assert_null(lq_value_parse(c->text, LQ_MEASURE_NUMBER, &v));
    lq_value_range(&v, &low, &high);
    for (int i = 0; i < N; i++) {
        const double x = lq_value_quantile(&v, (i + 0.5) / N);
        assert_true(x >= last && x >= low && x <= high);
        sum += x / N;
        last = x;
    }
    assert_near(sum, c->mean, 2e-3 * (1.0 + c->mean)); /* the midpoint rule clips the tails */
}

static void tails_agree_with_gsl(void **state)
{
    (void)state;
    lq_value normal, lognormal;
    assert_null(lq_value_parse("{normal: {mean: 1, sd: 2}}", LQ_MEASURE_NUMBER, &normal));
    assert_null(lq_value_parse("{lognormal: {mean: 3, sd: 4}}", LQ_MEASURE_NUMBER, &lognormal));
    const double sigma = sqrt(log(1 + 16.0 / 9.0)), mu = log(3) - 0.5 * sigma * sigma;
    for (int e = 1; e < 12; e++) {
        const double u = pow(10, -e);
        assert_near(lq_value_quantile(&normal, u), 1 + 2 * gsl_cdf_ugaussian_Pinv(u), 1e-8);
        const double want = gsl_cdf_lognormal_Pinv(u, mu, sigma);
        assert_near(lq_value_quantile(&lognormal, u), want, 1e-8 * want);
    }
}

static void durations_are_rounded_to_months(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int months;
    } rows[] = {{"18mo", 18}, {"4y", 48}, {"90d", 3}, {"7mo", 7}, {"0", 0}, {"1y", 12}};
    for (size_t i = 0; i < LQ_COUNT(rows); i++) {
        lq_value v;
        assert_null(lq_value_parse(rows[i].text, LQ_MEASURE_DURATION, &v));
        assert_int_equal(lq_value_months(&v), rows[i].months);
        assert_true(lq_value_is_constant(&v));
    }
}

int main(void)
{
    enum { N = LQ_COUNT(cases) };
    struct CMUnitTest tests[2 * N + 2] = {
        cmocka_unit_test(tails_agree_with_gsl),
        cmocka_unit_test(durations_are_rounded_to_months),
    };
    for (size_t i = 0; i < 2 * N; i++)
        tests[i + 2] =
            (struct CMUnitTest){.name = cases[i % N].text,
                                .test_func = i < N ? moments_are_those_of_the_textbook
                                                   : quantiles_rise_and_average_to_the_mean,
                                .initial_state = (void *)(uintptr_t)&cases[i % N]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
