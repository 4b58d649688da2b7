/* Functionals against the sorted sample, closed forms, and laws that hold for any data. */
#include "fill.h"

#include "stats/functional.h"

#include <stdlib.h>

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static lq_law *law_of(const double *x, size_t n)
{
    const lq_tally_shape shape = plain_shape(1);
    lq_tally *tally = lq_tally_create(&shape);
    add_numbers(tally, 0, x, n);
    lq_law *law = lq_law_create(tally, LQ_POOLED);
    lq_tally_destroy(tally);
    return law;
}

enum { N = 20001, N_KINDS = 6 };

/* Pay, differences, options, tiny amounts, a few atoms, huge values. */
static double random_value(int kind, uint64_t *seed)
{
    const double z = next_normal(seed), u = next_uniform(seed);
    switch (kind) {
    case 0:
        return 1.2e6 * lq_exp(0.2 * z);
    case 1:
        return 3e5 * z - 1e5;
    case 2:
        return u < 0.4 ? 0.0 : 5e5 * lq_exp(0.9 * z);
    case 3:
        return 0.3 * z;
    case 4:
        return u < 0.3 ? -1000.0 : u < 0.8 ? 1000.0 : 1e6;
    default:
        return lq_exp(20.0 + 3.0 * z) - 1e6;
    }
}

typedef void check(const double *sorted, size_t n, const lq_law *law);

static void on_random_data(check *f)
{
    static double x[N];
    for (int kind = 0; kind < N_KINDS; kind++) {
        for (size_t n = 1; n <= N; n = n * 3 + 2) {
            uint64_t seed = (uint64_t)kind + 31 * n;
            for (size_t i = 0; i < n; i++)
                x[i] = random_value(kind, &seed);
            lq_law *law = law_of(x, n);
            qsort(x, n, sizeof *x, ascending);
            f(x, n, law);
            lq_law_destroy(law);
        }
    }
}

/* A bin is 2^-9 of an octave wide; most quantiles are far better than that. */
static double bin_width(double x)
{
    return fmax(1.0, fabs(x) / 256.0);
}

static void quantiles_are_those_of_the_sample(const double *x, size_t n, const lq_law *law)
{
    double last = -(double)INFINITY;
    for (int i = 0; i <= 200; i++) {
        const double p = i / 200.0, rank = ceil(p * (double)n - 1e-9);
        const double want = x[rank < 1.0 ? 0 : (size_t)rank - 1];
        const double got = lq_law_quantile(law, p);
        assert_near(got, want, bin_width(want));
        assert_true(got >= last);
        last = got;
    }
    assert_true(lq_law_quantile(law, 0.0) == x[0] && lq_law_quantile(law, 1.0) == x[n - 1]);
}

static void moments_are_those_of_the_sample(const double *x, size_t n, const lq_law *law)
{
    double mean = 0.0, m2 = 0.0, m3 = 0.0, positive = 0.0;
    for (size_t i = 0; i < n; i++) {
        mean += x[i] / (double)n;
        positive += fmax(x[i], 0.0) / (double)n;
    }
    for (size_t i = 0; i < n; i++) {
        const double d = x[i] - mean;
        m2 += d * d / (double)n;
        m3 += d * d * d / (double)n;
    }
    const double tol = 1e-9 * (fabs(x[0]) + fabs(x[n - 1])) + 0.006, sd = sqrt(m2);
    assert_near(lq_law_mean(law), mean, tol);
    assert_near(lq_law_positive_part(law), positive, tol);
    assert_near(lq_law_negative_part(law), positive - mean, tol);
    if (sd > 0.0) assert_near(lq_law_sd(law) / sd, 1.0, sd < 10.0 ? 0.5 : 2e-4);
    if (sd > 10.0)
        assert_near(lq_law_skewness(law), m3 / (m2 * sd), 1e-3 * (1.0 + fabs(m3 / (m2 * sd))));
}

static void tails_are_those_of_the_sample(const double *x, size_t n, const lq_law *law)
{
    static const double alphas[] = {0.01, 0.05, 0.3, 0.95, 1.0};
    for (size_t a = 0; a < LQ_COUNT(alphas); a++) {
        const double mass = alphas[a] * (double)n;
        double low = 0.0, high = 0.0;
        for (size_t i = 0; i < n; i++) {
            const double part = fmin(fmax(mass - (double)i, 0.0), 1.0);
            low += part * x[i] / mass;
            high += part * x[n - 1 - i] / mass;
        }
        const double tol =
            bin_width(fmax(fabs(x[0]), fabs(lq_law_quantile(law, alphas[a])))) + 1e-3;
        assert_near(lq_law_cvar(law, alphas[a]), low, tol);
        const double best = lq_law_quantile(law, 1.0 - alphas[a]);
        assert_near(lq_law_upper_cvar(law, alphas[a]), high,
                    bin_width(fmax(fabs(x[n - 1]), fabs(best))) + 1e-3);
    }
}

static void the_distribution_function_counts(const double *x, size_t n, const lq_law *law)
{
    for (size_t i = 0; i < n; i += n / 17 + 1) {
        size_t at_most = 0, below = 0, near = 0;
        for (size_t k = 0; k < n; k++) {
            at_most += x[k] <= x[i];
            below += x[k] < x[i];
            near += fabs(x[k] - x[i]) <= bin_width(x[i]);
        }
        const double tol = (near > 1 ? (double)near : 1e-9) / (double)n;
        const double cdf = lq_law_cdf(law, x[i]), strict = lq_law_cdf_below(law, x[i]);
        assert_near(cdf, (double)at_most / (double)n, tol);
        assert_near(strict, (double)below / (double)n, tol);
        assert_true(strict <= cdf && cdf <= 1.0 + 1e-12 && strict >= 0.0);
    }
    assert_near(lq_law_cdf(law, x[n - 1]), 1.0, 1e-12);
    assert_near(lq_law_cdf_below(law, x[0]), 0.0, 1e-12);
}

static void signs_are_counted_exactly(const double *x, size_t n, const lq_law *law)
{
    size_t below = 0, zero = 0, cent_below = 0, cent_above = 0;
    for (size_t i = 0; i < n; i++) {
        below += x[i] < 0.0;
        zero += x[i] == 0.0;
        cent_below += x[i] < -0.01;
        cent_above += x[i] > 0.01;
    }
    const double all = (double)n;
    assert_near(lq_law_p_negative(law), (double)below / all, 1e-15);
    assert_near(lq_law_p_zero(law), (double)zero / all, 1e-15);
    assert_near(lq_law_p_below_cent(law), (double)cent_below / all, 1e-15);
    assert_near(lq_law_p_above_cent(law), (double)cent_above / all, 1e-15);
    assert_near(lq_law_p_within_cent(law) + lq_law_p_below_cent(law) + lq_law_p_above_cent(law),
                1.0, 1e-15);
    assert_near(lq_law_p_positive(law), 1.0 - (double)(below + zero) / all, 1e-12);
}

static void inequalities_hold(const double *x, size_t n, const lq_law *law)
{
    const double scale = 1e-9 * (fabs(x[0]) + fabs(x[n - 1]) + 1.0);
    double last = -(double)INFINITY;
    for (double alpha = 0.02; alpha <= 1.0; alpha += 0.07) {
        const double cvar = lq_law_cvar(law, alpha);
        assert_true(cvar <= lq_law_mean(law) + scale + 0.006);
        /* Within a bin of few samples the mean of the lowest part may top the lowest. */
        const double q = lq_law_quantile(law, alpha);
        assert_true(cvar <= q + bin_width(q));
        assert_true(cvar >= last - scale); /* rises with alpha */
        last = cvar;
    }
    const double s = lq_law_semideviation(law);
    assert_true(s >= 0.0 && s <= lq_law_sd(law) * (1.0 + 1e-9) + scale);
    /* E(x - X)+ is convex with slope F. */
    const double q = lq_law_quantile(law, 0.5);
    const double r = lq_law_quantile(law, 0.9);
    const double rise = lq_law_shortfall(law, r) - lq_law_shortfall(law, q);
    assert_true(rise >= lq_law_cdf_below(law, q) * (r - q) - 0.01 * (r - q) - scale);
    assert_true(rise <= lq_law_cdf(law, r) * (r - q) + 0.01 * (r - q) + scale);
}

static void quantiles(void **state)
{
    (void)state;
    on_random_data(quantiles_are_those_of_the_sample);
}

static void moments(void **state)
{
    (void)state;
    on_random_data(moments_are_those_of_the_sample);
}

static void tails(void **state)
{
    (void)state;
    on_random_data(tails_are_those_of_the_sample);
}

static void distribution_functions(void **state)
{
    (void)state;
    on_random_data(the_distribution_function_counts);
}

static void signs(void **state)
{
    (void)state;
    on_random_data(signs_are_counted_exactly);
}

static void inequalities(void **state)
{
    (void)state;
    on_random_data(inequalities_hold);
}

static double pay(double z, const void *context)
{
    (void)context;
    return 1e6 * lq_exp(0.3 * z);
}

/* R29: within 1e-4 of max(|q|, 1000) wherever the law is smooth; in fact far better. */
static void quantiles_of_a_smooth_law_are_accurate(void **state)
{
    (void)state;
    const lq_tally_shape shape = weighted_shape();
    lq_tally *tally = lq_tally_create(&shape);
    add_normal_law(tally, pay, NULL, 1.0, 1 << 20);
    lq_law *law = lq_law_create(tally, LQ_POOLED);
    for (double p = 0.005; p < 1.0; p += 0.005) {
        const double want = 1e6 * lq_exp(0.3 * lq_normal_quantile(p));
        assert_near(lq_law_quantile(law, p) / want, 1.0, 1e-5);
        assert_near(lq_law_cdf(law, want), p, 1e-5);
    }
    lq_law_destroy(law);
    lq_tally_destroy(tally);
}

static void an_atom_in_a_wide_bin_is_seen_through_the_mean(void **state)
{
    (void)state;
    double x[1000];
    for (size_t i = 0; i < LQ_COUNT(x); i++)
        x[i] = i == 0 ? 1048576.0 + 1500.0 : 1048576.0; /* one bin of 2048 */
    lq_law *law = law_of(x, LQ_COUNT(x));
    assert_int_equal(law->len, 1);
    assert_near(lq_law_quantile(law, 0.5), 1048576.0, 105.0); /* 1e-4 of it */
    lq_law_destroy(law);
}

static void sure_values_have_no_spread(void **state)
{
    (void)state;
    const double x[] = {250000.0, 250000.0, 250000.0};
    lq_law *law = law_of(x, 3);
    assert_near(lq_law_sd(law), 0.0, 0.0);
    assert_near(lq_law_skewness(law), 0.0, 0.0);
    assert_near(lq_law_semideviation(law), 0.0, 0.0);
    assert_near(lq_law_cvar(law, 0.05), 250000.0, 0.0);
    assert_true(isinf(lq_law_omega(law, 1000.0)) && isinf(lq_law_sortino(law, 1000.0)));
    assert_near(lq_law_omega(law, 300000.0), 0.0, 1e-15);
    lq_law_destroy(law);
}

/* Half 0, half 200: threshold 50 loses 50 half of the time and gains 150 the other half. */
static void ratios_of_a_coin(void **state)
{
    (void)state;
    const double x[] = {0.0, 200.0};
    lq_law *law = law_of(x, 2);
    assert_near(lq_law_omega(law, 50.0), 3.0, 1e-12);
    assert_near(lq_law_downside(law, 50.0), 50.0 / sqrt(2.0), 1e-12);
    assert_near(lq_law_sortino(law, 50.0), sqrt(2.0), 1e-12);
    assert_near(lq_law_semideviation(law), 100.0 / sqrt(2.0), 1e-12);
    lq_law_destroy(law);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantiles),
        cmocka_unit_test(moments),
        cmocka_unit_test(tails),
        cmocka_unit_test(distribution_functions),
        cmocka_unit_test(signs),
        cmocka_unit_test(inequalities),
        cmocka_unit_test(quantiles_of_a_smooth_law_are_accurate),
        cmocka_unit_test(an_atom_in_a_wide_bin_is_seen_through_the_mean),
        cmocka_unit_test(sure_values_have_no_spread),
        cmocka_unit_test(ratios_of_a_coin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
