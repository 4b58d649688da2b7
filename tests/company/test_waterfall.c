#include "lq_test.h"

#include "company/company.h"
#include "rng/philox.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

/* Uniform number i of a trial. */
static double uniform(uint64_t trial, uint32_t i)
{
    const lq_philox_key key = lq_philox_key_make(11, LQ_DOMAIN_MAIN);
    return lq_uniform_at(key, trial, 0, i / 4, (int)(i % 4));
}

/* One claim of 30 on 20 of 100 shares: it converts when a fifth of the proceeds is worth more.
 */
static const struct {
    const char *name;
    double proceeds, claim, preferred, shares, want;
} examples[] = {
    {"no claim", 100.0, 0.0, 0.0, 100.0, 1.0},
    {"nothing", 0.0, 30.0, 20.0, 100.0, 0.0},
    {"below the claim", 25.0, 30.0, 20.0, 100.0, 0.0},
    {"at the claim", 30.0, 30.0, 20.0, 100.0, 0.0},
    {"claim taken", 110.0, 30.0, 20.0, 100.0, 1.0},
    {"indifferent", 150.0, 30.0, 20.0, 100.0, 1.5},
    {"converted", 200.0, 30.0, 20.0, 100.0, 2.0},
    {"debt alone", 130.0, 30.0, 0.0, 100.0, 1.0},
};

static void worked_examples(void **state)
{
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(examples); i++)
        assert_near(lq_common_payout_per_share(examples[i].proceeds, examples[i].claim,
                                               examples[i].preferred, examples[i].shares),
                    examples[i].want, 1e-12);
}

/* Conservation, limited liability, more is never less, and no class gains by flipping. */
static void payouts_are_a_conversion_equilibrium(void **state)
{
    (void)state;
    for (uint64_t t = 0; t < 20000; t++) {
        const double shares = 1e6 + 1e8 * uniform(t, 0);
        const double preferred = shares * (0.01 + 0.89 * uniform(t, 1));
        const double claim = 5e8 * uniform(t, 2) * uniform(t, 3);
        const double proceeds = 2e9 * uniform(t, 4) * uniform(t, 5);
        const double common = lq_common_payout_per_share(proceeds, claim, preferred, shares);
        const double taken = proceeds - common * (shares - preferred);
        assert_true(common >= 0.0 && taken >= -1e-6);
        /* preferred get the better of holding and converting, never less than either */
        const double hold = fmin(proceeds, claim), convert = preferred * proceeds / shares;
        assert_near(taken, fmax(hold, convert), 1e-9 * proceeds + 1e-6);
        /* common never gets more per share than as converted */
        assert_true(common <= proceeds / shares * (1.0 + 1e-12));
        const double more =
            lq_common_payout_per_share(proceeds * 1.01, claim, preferred, shares);
        assert_true(more >= common * (1.0 - 1e-12));
        const double heavier =
            lq_common_payout_per_share(proceeds, claim * 1.1, preferred, shares);
        assert_true(heavier <= common * (1.0 + 1e-12));
    }
}

/* ---- the option method ---- */

/* OPM-01 of the validation cases: 8M common, 2M preferred with 5M, equity 20M, 3 years. */
static void opm_01_single_preferred(void **state)
{
    (void)state;
    const double common = lq_common_value_per_share(20e6, 5e6, 2e6, 10e6, 0.6, 0.03, 3.0, 0.0);
    assert_near(common, 1.78989733305, 1e-6 * 1.79);
    assert_near(20e6 - 8e6 * common, 5680821.33563, 6.0);
}

/* OPM-03: at the implied equity the preferred share is worth its price. */
static void opm_03_at_the_backsolved_equity(void **state)
{
    (void)state;
    const double equity = 17447486.7412;
    const double common =
        lq_common_value_per_share(equity, 5e6, 2e6, 10e6, 0.8, 0.03, 4.0, 0.0);
    assert_near(common, 1.55593584265, 1e-6);
    assert_near((equity - 8e6 * common) / 2e6, 2.5, 1e-6);
}

/* Direct integration: the discounted expected waterfall payout over the lognormal law. */
static double integrate(double value, double claim, double preferred, double shares,
                        const double terms[3])
{
    const double sigma = terms[0], rate = terms[1], years = terms[2];
    const double sd = sigma * sqrt(years),
                 mean = log(value) + (rate - 0.5 * sigma * sigma) * years;
    const int n = 200000;
    double sum = 0.0;
    for (int i = 0; i < n; i++) {
        const double low = -9.0 + 18.0 * i / n, z = low + 9.0 / n;
        const double payout =
            lq_common_payout_per_share(exp(mean + sd * z), claim, preferred, shares);
        sum += payout * (gsl_cdf_ugaussian_P(low + 18.0 / n) - gsl_cdf_ugaussian_P(low));
    }
    return sum * exp(-rate * years);
}

static void the_option_method_is_the_integral_of_the_waterfall(void **state)
{
    (void)state;
    for (uint64_t t = 100; t < 112; t++) {
        const double shares = 100.0, preferred = 5.0 + 60.0 * uniform(t, 0);
        const double value = 1e6 * (0.5 + uniform(t, 1)), claim = 1e6 * (0.05 + uniform(t, 2));
        const double terms[3] = {0.3 + 0.7 * uniform(t, 3), 0.06 * uniform(t, 4),
                                 0.5 + 4.5 * uniform(t, 5)};
        const double want = integrate(value, claim, preferred, shares, terms);
        assert_near(lq_common_value_per_share(value, claim, preferred, shares, terms[0],
                                              terms[1], terms[2], 0.0),
                    want, 2e-6 * value / shares);
    }
}

static void limits_of_the_option_method(void **state)
{
    (void)state;
    /* no claim, or only listings: as converted */
    assert_near(lq_common_value_per_share(100.0, 0.0, 0.0, 10.0, 0.6, 0.03, 3.0, 0.0), 10.0,
                1e-12);
    assert_near(lq_common_value_per_share(100.0, 50.0, 2.0, 10.0, 0.6, 0.03, 3.0, 1.0), 10.0,
                1e-12);
    /* no volatility: the waterfall of the forward value, discounted */
    const double forward = 100.0 * exp(0.03 * 3.0);
    assert_near(lq_common_value_per_share(100.0, 50.0, 2.0, 10.0, 0.0, 0.03, 3.0, 0.0),
                exp(-0.09) * lq_common_payout_per_share(forward, 50.0, 2.0, 10.0), 1e-9);
    /* a mix is the mix of its parts */
    const double opm = lq_common_value_per_share(100.0, 50.0, 2.0, 10.0, 0.6, 0.03, 3.0, 0.0);
    assert_near(lq_common_value_per_share(100.0, 50.0, 2.0, 10.0, 0.6, 0.03, 3.0, 0.3),
                0.3 * 10.0 + 0.7 * opm, 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worked_examples),
        cmocka_unit_test(payouts_are_a_conversion_equilibrium),
        cmocka_unit_test(opm_01_single_preferred),
        cmocka_unit_test(opm_03_at_the_backsolved_equity),
        cmocka_unit_test(the_option_method_is_the_integral_of_the_waterfall),
        cmocka_unit_test(limits_of_the_option_method),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
