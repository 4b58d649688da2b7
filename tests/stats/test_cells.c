/* Quantiles of the usual tallies against the order statistics of what they counted: within 1e-4
 * of max(|q|, 1,000), whatever the law. */
#include "fill.h"

#include "stats/counts.h"
#include "stats/functional.h"

#include <stdlib.h>

enum { N = 200000, N_LEVELS = 9 };

static const double levels[N_LEVELS] = {0.01, 0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99};

typedef double draw(double z, double u);

static double lognormal(double z, double u)
{
    (void)u;
    return 1.2e6 * lq_exp(0.3 * z);
}

/* Atoms where the density is high, not at the ends of their bins. */
static double atom_inside(double z, double u)
{
    return u < 0.3 ? 1234567.89 : u < 0.45 ? 1036123.4 : 1.2e6 * lq_exp(0.2 * z);
}

static double negative(double z, double u)
{
    return u < 0.1 ? -71234.56 : u < 0.2 ? -333333.3 : 2e5 * z - 1e5;
}

/* A year of nothing but pay: the salary, with one of few bonuses, a few of them neighbours. */
static double salary(double z, double u)
{
    const double bonus = 350.0 * floor(8.0 * u);
    return 150000.0 + (z > 0.5 ? bonus : 100.0 * floor(3.0 * u));
}

static double many_atoms(double z, double u)
{
    (void)z;
    return 250000.0 + 17.3 * floor(u * u * 4000.0);
}

static double small(double z, double u)
{
    return u < 0.2 ? 0.37 : u < 0.3 ? 512.77 : u < 0.4 ? -0.62 : 300.0 * z;
}

static double tiny(double z, double u)
{
    return u < 0.5 ? 0.4 * z : 0.71;
}

static double heavy(double z, double u)
{
    return u < 0.4 ? 0.0 : u < 0.5 ? 2.5e5 : lq_exp(12.0 + 2.5 * z) - 1e5;
}

static double sure(double z, double u)
{
    (void)z, (void)u;
    return 480000.0;
}

static draw *const draws[] = {lognormal, atom_inside, negative, salary, many_atoms,
                              small,     tiny,        heavy,    sure};

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void check_law(const lq_law *law, const double *sorted, size_t n, size_t which)
{
    for (size_t i = 0; i < N_LEVELS; i++) {
        const double rank = ceil(levels[i] * (double)n - 1e-9);
        const double want = sorted[(size_t)fmax(rank, 1.0) - 1];
        const double got = lq_law_quantile(law, levels[i]);
        if (fabs(got - want) > 1e-4 * fmax(fabs(want), 1000.0))
            fail_msg("law %zu, %zu samples, p = %g: %.9g, the order statistic is %.9g", which,
                     n, levels[i], got, want);
    }
}

static void check_draws(const lq_tally_shape *shape, size_t which, size_t n, double *x)
{
    uint64_t seed = 7 + which + 1000 * n;
    lq_tally *tally = lq_tally_create(shape), *half = lq_tally_create(shape);
    double mean = 0.0;
    for (size_t i = 0; i < n; i++) {
        const double z = next_normal(&seed);
        x[i] = draws[which](z, next_uniform(&seed));
        mean += x[i] / (double)n;
    }
    for (size_t i = 0; i < n; i += LQ_TALLY_MAX_LANES)
        lq_tally_add_block(i % 128 ? half : tally, 0, x + i,
                           n - i < LQ_TALLY_MAX_LANES ? n - i : LQ_TALLY_MAX_LANES);
    lq_tally_merge(tally, half);
    qsort(x, n, sizeof *x, ascending);
    lq_law *law = lq_law_create(tally, LQ_POOLED);
    assert_near(law->mean, mean, 0.01 + 1e-9 * fabs(mean));
    check_law(law, x, n, which);
    lq_law_destroy(law);
    lq_tally_destroy(tally);
    lq_tally_destroy(half);
}

static void check_shape(lq_tally_shape shape)
{
    static double x[N];
    for (size_t which = 0; which < sizeof draws / sizeof *draws; which++)
        for (size_t n = 20; n <= N; n *= 10)
            check_draws(&shape, which, n, x);
}

static void quantiles_of_totals(void **state)
{
    (void)state;
    check_shape(LQ_TALLY_TOTAL);
}

static void quantiles_of_parts(void **state)
{
    (void)state;
    check_shape(LQ_TALLY_PART);
}

static void quantiles_by_year(void **state)
{
    (void)state;
    check_shape(LQ_TALLY_YEAR);
}

/* Months are counted one by one: the quantile is the order statistic itself. */
static void time_to_cash_is_exact(void **state)
{
    (void)state;
    static double month[1001];
    uint64_t seed = 3;
    lq_counts *counts = lq_counts_create(121, 1);
    for (size_t i = 0; i < 1001; i++) {
        month[i] = floor(120.0 * next_uniform(&seed) * next_uniform(&seed));
        lq_counts_add(counts, 0, (int32_t)month[i], 1);
    }
    qsort(month, 1001, sizeof *month, ascending);
    for (size_t i = 0; i < N_LEVELS; i++)
        assert_int_equal(lq_counts_quantile(counts, LQ_POOLED, levels[i]),
                         (int32_t)month[(size_t)ceil(levels[i] * 1001.0) - 1]);
    lq_counts_destroy(counts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantiles_of_totals),
        cmocka_unit_test(quantiles_of_parts),
        cmocka_unit_test(quantiles_by_year),
        cmocka_unit_test(time_to_cash_is_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
