#include "accuracy.h"

#include "num/scalar.h"

#include <float.h>
#include <stdio.h>

/* Reference values: mpmath 1.2.1 at 60 digits, of the very double in the first column. */
typedef struct known {
    double x, want;
} known;

static const known exps[] = {
    {-708.3, 2.450295530965988337e-308},
    {-100.25, 2.897198083210147807e-44},
    {-20.0, 2.061153622438557828e-9},
    {-1.0, 0.3678794411714423216},
    {-0.34657, 0.7071093199024199021},
    {-1e-10, 0.9999999999},
    {0.0, 1.0},
    {1e-300, 1.0},
    {1e-08, 1.00000001000000005},
    {0.1, 1.105170918075647631},
    {0.34658, 1.414222627115139932},
    {0.5, 1.648721270700128147},
    {1.0, 2.718281828459045235},
    {2.0, 7.389056098930650227},
    {3.14159, 23.14063122695496045},
    {10.5, 36315.50267424663774},
    {88.7, 3.325986980250579039e+38},
    {333.3, 5.627957619098146171e+144},
    {709.7, 1.654984027680264403e+308},
};

static const known logs[] = {
    {1e-310, -713.8013788281541651},
    {2.2250738585072014e-308, -708.3964185322641062},
    {1e-100, -230.2585092994045684},
    {0.001, -6.907755278982137031},
    {0.5, -0.6931471805599453094},
    {0.7071067811865475, -0.3465735902799727434},
    {0.7071067811865476, -0.3465735902799725864},
    {0.9, -0.1053605156578262766},
    {0.999999999, -9.999999722180685086e-10},
    {1.0, 0.0},
    {1.0000000001, 1.000000082690370991e-10},
    {1.1, 0.09531017980432494079},
    {1.4142135623730951, 0.3465735902799727231},
    {2.0, 0.6931471805599453094},
    {2.718281828459045, 0.9999999999999999468},
    {1000.0, 6.907755278982137052},
    {10000000000.0, 23.02585092994045684},
    {1e+100, 230.2585092994045684},
    {1.7976931348623157e+308, 709.7827128933839967},
};

static const known cdfs[] = {
    {-37.0, 5.725571222524576823e-300}, {-30.0, 4.90671392714818706e-198},
    {-20.0, 2.753624118606233695e-89},  {-10.0, 7.619853024160526066e-24},
    {-8.0, 6.220960574271784124e-16},   {-7.0710678118654, 7.687298972144342573e-13},
    {-7.0, 1.279812543885835004e-12},   {-6.0, 9.865876450376981407e-10},
    {-5.0, 2.866515718791939117e-7},    {-4.0, 3.167124183311992125e-5},
    {-3.0, 1.349898031630094527e-3},    {-2.0, 0.0227501319481792072},
    {-1.0, 0.1586552539314570514},      {-0.5, 0.3085375387259868964},
    {-0.1, 0.4601721627229710163},      {0.0, 0.5},
    {0.1, 0.5398278372770289837},       {0.5, 0.6914624612740131036},
    {1.0, 0.8413447460685429486},       {1.96, 0.9750021048517795638},
    {3.0, 0.9986501019683699055},       {5.0, 0.9999997133484281208},
    {7.0, 0.9999999999987201875},       {8.2, 0.9999999999999998798},
};

static const known quantiles[] = {
    {1e-300, -37.04709629936119924},
    {1e-200, -30.20559417957964306},
    {1e-100, -21.27345356096532429},
    {1e-50, -14.93333753478848898},
    {1e-20, -9.26234008979840758},
    {1.38879e-11, -6.657905107850500012},
    {1e-10, -6.361340902404056199},
    {1e-06, -4.753424308822898957},
    {0.001, -3.090232306167813535},
    {0.01, -2.326347874040841093},
    {0.05, -1.644853626951472688},
    {0.0749, -1.440238267527963663},
    {0.0751, -1.438825392752539982},
    {0.1, -1.281551565544600435},
    {0.25, -0.6744897501960817432},
    {0.4, -0.2533471031357997413},
    {0.5, 0.0},
    {0.6, 0.2533471031357997413},
    {0.75, 0.6744897501960817432},
    {0.9, 1.281551565544600593},
    {0.9249, 1.438825392752540374},
    {0.9251, 1.440238267527963859},
    {0.975, 1.959963984540053856},
    {0.99, 2.326347874040840768},
    {0.999, 3.090232306167813278},
    {0.999999, 4.753424308817087766},
    {0.9999999999, 6.361340889697421864},
    {0.9999999999999999, 8.209536151601386856},
};

static const known pdfs[] = {
    {0.0, 0.3989422804014326779},     {0.5, 0.3520653267642994778},
    {-1.0, 0.2419707245191433498},    {2.5, 0.01752830049356853736},
    {10.0, 7.694598626706419346e-23}, {37.0, 2.120006551524605627e-298},
};

static const struct {
    double x, y, want;
} powers[] = {
    {2.0, 0.5, 1.414213562373095049},
    {2.0, 10.0, 1024.0},
    {10.0, -3.0, 1.0e-3},
    {0.3, 0.7, 0.430511620249934236},
    {1.05, 48.0, 10.4012696469421309},
    {1e-05, 2.5, 3.162277660168379979e-13},
    {7.5, -120.0, 9.832147678076841447e-106},
    {10000000000.0, 25.0, 1.0e+250},
    {0.999999, 1000000.0, 0.3678792572210664712},
};

/* The stated bounds of scalar.h. */
static const double EXP_RELATIVE = 4e-16, LOG_RELATIVE = 4e-16, POW_RELATIVE = 2e-16,
                    CDF_ABSOLUTE = 4e-16, CDF_TAIL_RELATIVE = 1e-13, PDF_RELATIVE = 1e-13,
                    QUANTILE_RELATIVE = 2e-15;

static void check_relative(const known *table, size_t n, double (*f)(double), double bound)
{
    for (size_t i = 0; i < n; i++) {
        if (!(fabs(f(table[i].x) - table[i].want) <= bound * fabs(table[i].want)))
            print_error("at %.17g\n", table[i].x);
        assert_near(f(table[i].x), table[i].want, bound * fabs(table[i].want));
    }
}

static void known_values_are_met(void **state)
{
    (void)state;
    check_relative(exps, LQ_COUNT(exps), lq_exp, EXP_RELATIVE);
    check_relative(logs, LQ_COUNT(logs), lq_log, LOG_RELATIVE);
    check_relative(pdfs, LQ_COUNT(pdfs), lq_normal_pdf, PDF_RELATIVE);
    check_relative(quantiles, LQ_COUNT(quantiles), lq_normal_quantile, QUANTILE_RELATIVE);
    for (size_t i = 0; i < LQ_COUNT(cdfs); i++) {
        assert_near(lq_normal_cdf(cdfs[i].x), cdfs[i].want, CDF_ABSOLUTE);
        if (cdfs[i].x < 0.0)
            assert_near(lq_normal_cdf(cdfs[i].x), cdfs[i].want,
                        CDF_TAIL_RELATIVE * cdfs[i].want);
    }
    for (size_t i = 0; i < LQ_COUNT(powers); i++) {
        const double exponent = fabs(powers[i].y * log(powers[i].x));
        assert_near(lq_pow(powers[i].x, powers[i].y), powers[i].want,
                    POW_RELATIVE * (1.0 + 2.0 * exponent) * powers[i].want);
    }
}

/* Grid and random points of [low, high]. */
static double worst(double low, double high, double (*f)(double),
                    long double (*reference)(long double))
{
    double most = 0.0;
    for (uint64_t i = 0; i <= 400000; i++) {
        const double at = i % 2 ? share(i) : (double)i / 400000.0, x = low + (high - low) * at;
        const long double want = reference((long double)x);
        if (want != 0.0L) worsen(&most, f(x) / want - 1.0L);
    }
    return most;
}

static void exp_keeps_its_bound(void **state)
{
    (void)state;
    const double wide = worst(-708.0, 709.78, lq_exp, expl), near = worst(-1, 1, lq_exp, expl);
    assert_bound("exp, relative", fmax(wide, near), EXP_RELATIVE);
    double steps = 0.0; /* where the result is subnormal: in its last places */
    for (uint64_t i = 0; i < 100000; i++) {
        const double x = -708.4 - 36.7 * share(i);
        worsen(&steps, (lq_exp(x) - expl((long double)x)) / DBL_TRUE_MIN);
    }
    assert_bound("exp, subnormal, last places", steps, 1.0);
}

/* Every positive number: bit patterns at random, subnormal ones too, and the middle densely. */
static void log_keeps_its_bound(void **state)
{
    (void)state;
    double most = fmax(worst(1e-6, 1e6, lq_log, logl), worst(0.5, 2.0, lq_log, logl));
    for (uint64_t i = 0; i < 1000000; i++) {
        const double scaled = ldexp(0.5 + 0.5 * share(i), (int)(word(i) % 2098) - 1073);
        const double x = scaled > 0.0 ? scaled : DBL_TRUE_MIN;
        worsen(&most, lq_log(x) / logl((long double)x) - 1.0L);
    }
    for (double x = 0.5; x < 1.0; x = 1.0 - 0.5 * (1.0 - x)) {
        worsen(&most, lq_log(x) / logl((long double)x) - 1.0L);
        const double above = 2.0 - x;
        if (above > 1.0) worsen(&most, lq_log(above) / logl((long double)above) - 1.0L);
    }
    assert_bound("log, relative", most, LOG_RELATIVE);
}

static void pow_keeps_its_bound(void **state)
{
    (void)state;
    double most = 0.0;
    for (uint64_t i = 0; i < 400000; i++) {
        const double x = exp(40.0 * share(i) - 20.0), y = 60.0 * share(i + 400000) - 30.0;
        const long double want = powl((long double)x, (long double)y);
        worsen(&most, (lq_pow(x, y) / want - 1.0L) / (1.0 + 2.0 * fabs(y * log(x))));
    }
    assert_bound("pow, relative to 1 + 2 abs(y log x)", most, POW_RELATIVE);
}

static void the_normal_law_keeps_its_bounds(void **state)
{
    (void)state;
    double absolute = 0.0, tail = 0.0, pdf = 0.0;
    for (uint64_t i = 0; i < 400000; i++) {
        const double z = -37.5 * share(i), near = 10.0 * share(i) - 5.0;
        worsen(&tail, lq_normal_cdf(z) / below(z) - 1.0L);
        worsen(&pdf, lq_normal_pdf(z) / density(z) - 1.0L);
        worsen(&absolute,
               lq_normal_cdf(near) - (near < 0.0 ? below(near) : 1.0L - below(-near)));
    }
    assert_bound("normal distribution, absolute", absolute, CDF_ABSOLUTE);
    assert_bound("normal distribution, lower tail, rel.", tail, CDF_TAIL_RELATIVE);
    assert_bound("normal density, relative", pdf, PDF_RELATIVE);
}

static void the_quantile_keeps_its_bound(void **state)
{
    (void)state;
    double most = 0.0;
    for (uint64_t i = 0; i < 400000; i++) {
        const double u = 0.5 * share(i), small = exp(-690.0 * share(i));
        if (u > 0.0) worsen(&most, quantile_error(lq_normal_quantile(u), u, 1.0L - 2.0L * u));
        if (small < 0.5)
            worsen(&most,
                   quantile_error(lq_normal_quantile(small), small, 1.0L - 2.0L * small));
        for (int far = 0; far < 2;
             far++) { /* the upper half, by what the double leaves of one */
            const double high = 1.0 - (far ? small : u);
            const long double low = 1.0L - high;
            if (high > 0.5 && high < 1.0)
                worsen(&most,
                       quantile_error(-lq_normal_quantile(high), low, 1.0L - 2.0L * low));
        }
    }
    assert_bound("normal quantile, relative", most, QUANTILE_RELATIVE);
}

static void the_quantile_undoes_the_distribution(void **state)
{
    (void)state;
    for (int i = 1; i < 4000; i++) {
        const double u = i / 4000.0, z = lq_normal_quantile(u);
        assert_near(lq_normal_cdf(z), u, 3e-15);
        assert_near(lq_normal_quantile(1.0 - u), -z, 1e-12);
    }
    double before = -40.0;
    for (double u = 1e-300; u < 0.5; u *= 1.7) {
        const double z = lq_normal_quantile(u);
        assert_true(z > before);
        before = z;
    }
}

/* NUM-01 of the validation cases. */
static void num_01_inverse_normal(void **state)
{
    (void)state;
    static const known cases[] = {
        {0.975, 1.95996398454}, {0.99, 2.32634787404},   {0.5, 0.0},
        {0.01, -2.32634787404}, {0.001, -3.09023230617}, {1e-6, -4.75342430882}};
    for (size_t i = 0; i < LQ_COUNT(cases); i++)
        assert_near(lq_normal_quantile(cases[i].x), cases[i].want, 1e-8);
}

static void edges_are_exact(void **state)
{
    (void)state;
    assert_true(lq_exp(0.0) == 1.0 && lq_exp(-746.0) == 0.0 &&
                lq_exp(-(double)INFINITY) == 0.0);
    assert_true(isinf(lq_exp(710.0)) && isinf(lq_exp((double)INFINITY)));
    assert_true(lq_exp(-744.0) > 0.0);
    assert_true(lq_log(1.0) == 0.0 && isinf(lq_log(0.0)) && lq_log(0.0) < 0.0);
    assert_true(isinf(lq_log((double)INFINITY)) && isnan(lq_log(-1.0)));
    assert_true(lq_pow(0.0, 2.0) == 0.0 && isinf(lq_pow(0.0, -1.0)));
    assert_true(lq_pow(0.0, 0.0) == 1.0 && lq_pow(1.0, 1e300) == 1.0);
    assert_true(lq_normal_cdf(-40.0) == 0.0 && lq_normal_cdf(40.0) == 1.0);
    assert_true(lq_normal_cdf(0.0) == 0.5);
    assert_true(lq_normal_quantile(0.5) == 0.0);
    assert_true(isinf(lq_normal_quantile(0.0)) && lq_normal_quantile(0.0) < 0.0);
    assert_true(isinf(lq_normal_quantile(1.0)) && lq_normal_quantile(1.0) > 0.0);
    assert_true(isnan(lq_normal_quantile(-0.1)) && isnan(lq_normal_quantile(1.1)));
    const double nan = (double)NAN;
    assert_true(isnan(lq_exp(nan)) && isnan(lq_log(nan)) && isnan(lq_normal_cdf(nan)));
    assert_true(isnan(lq_normal_quantile(nan)) && isnan(lq_pow(nan, 2.0)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_values_are_met),
        cmocka_unit_test(exp_keeps_its_bound),
        cmocka_unit_test(log_keeps_its_bound),
        cmocka_unit_test(pow_keeps_its_bound),
        cmocka_unit_test(the_normal_law_keeps_its_bounds),
        cmocka_unit_test(the_quantile_keeps_its_bound),
        cmocka_unit_test(the_quantile_undoes_the_distribution),
        cmocka_unit_test(num_01_inverse_normal),
        cmocka_unit_test(edges_are_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
