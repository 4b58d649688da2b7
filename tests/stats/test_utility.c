/* Check 4 of the model's rules: what every certainty equivalent must obey. */
#include "fill.h"

#include "stats/functional.h"
#include "stats/utility.h"

static lq_ce ce_of(lq_stake *stake, lq_utility_kind kind, double aversion, double wealth,
                   double share)
{
    const lq_background background = {.wealth_money = wealth, .market_share_frac = share};
    const lq_utility utility = {kind, aversion};
    return lq_certainty_equivalent(stake, &background, &utility, NULL);
}

enum { N_BLOCKS = 1600 };
static const double market_sd = 0.45;

/* Growth of the market and a worth that depends on it: rho = 0.5 on the equity part. */
static lq_tally *joint_sample(lq_strata_sums *sums, double *x, double *growth)
{
    const lq_strata strata = lq_strata_lognormal(-0.5 * market_sd * market_sd, market_sd);
    lq_tally *tally = lq_tally_create(&LQ_TALLY_TOTAL);
    uint64_t seed = 41;
    *sums = (lq_strata_sums){0};
    for (uint32_t b = 0; b < N_BLOCKS; b++) {
        uint8_t stratum[64];
        for (size_t i = 0; i < 64; i++) {
            const double m = next_normal(&seed), own = next_normal(&seed);
            const double z = 0.5 * m + sqrt(0.75) * own;
            growth[64 * b + i] = lq_exp(market_sd * m - 0.5 * market_sd * market_sd);
            x[64 * b + i] = 7e5 + 3e5 * lq_exp(0.6 * z - 0.18);
        }
        lq_strata_assign(&strata, growth + 64 * b, 64, stratum);
        lq_strata_sums_add(sums, stratum, growth + 64 * b, 64);
        lq_tally_add_joint(tally, b % 16, stratum, x + 64 * b, 64);
    }
    return tally;
}

static double xs[64 * N_BLOCKS], growths[64 * N_BLOCKS];

static double crra(double wealth, double gamma)
{
    return gamma == 1.0 ? lq_log(wealth) : lq_pow(wealth, 1.0 - gamma) / (1.0 - gamma);
}

/* Path by path, by bisection: the slow definition. */
static double slow_ce(const double *x, const double *growth, size_t n, double gamma, double w,
                      double pi)
{
    double want = 0.0, low = 5e5, high = 2e6;
    for (size_t i = 0; i < n; i++)
        want += crra(w * (1.0 - pi + pi * growth[i]) + x[i], gamma) / (double)n;
    for (int k = 0; k < 28; k++) {
        const double mid = 0.5 * (low + high);
        double have = 0.0;
        for (size_t i = 0; i < n; i++)
            have += crra(w * (1.0 - pi + pi * growth[i]) + mid, gamma) / (double)n;
        if (have < want)
            low = mid;
        else
            high = mid;
    }
    return low;
}

/* The strata's certainty equivalent against the paths'; independence would be off by 1 %. */
static void the_joint_law_with_the_market_is_kept(void **state)
{
    (void)state;
    lq_strata_sums sums;
    lq_tally *tally = joint_sample(&sums, xs, growths);
    lq_stake *stake = lq_stake_create(tally, &sums), *alone = lq_stake_create(tally, NULL);
    enum { N_PATHS = 64 * N_BLOCKS };
    static const double gammas[] = {1.0, 2.0, 4.0};
    for (size_t g = 0; g < LQ_COUNT(gammas); g++) {
        const double slow = slow_ce(xs, growths, N_PATHS, gammas[g], 4e5, 0.6);
        const double got = ce_of(stake, LQ_UTILITY_CRRA, gammas[g], 4e5, 0.6).value;
        const double ignored = ce_of(alone, LQ_UTILITY_CRRA, gammas[g], 4e5, 0.0).value;
        print_message("gamma %g: paths %.0f, strata %.0f, no market %.0f\n", gammas[g], slow,
                      got, ignored);
        assert_near(got, slow, 1e-4 * slow);
    }
    lq_stake_destroy(stake);
    lq_stake_destroy(alone);
    lq_tally_destroy(tally);
}

/* A few fortunes in a sea of pay: their slope along the market is not that of the rest, and to
 * put a little of what one has into the market moves the worth by little. */
static void fortunes_do_not_move_what_is_small(void **state)
{
    (void)state;
    const lq_strata strata = lq_strata_lognormal(-0.5 * market_sd * market_sd, market_sd);
    lq_strata_sums sums = {0};
    uint64_t seed = 43;
    lq_tally *tally = lq_tally_create(&LQ_TALLY_TOTAL);
    for (uint32_t b = 0; b < N_BLOCKS; b++) {
        uint8_t stratum[64];
        double growth[64], x[64];
        for (size_t i = 0; i < 64; i++) {
            const double m = next_normal(&seed), u = next_normal(&seed);
            growth[i] = lq_exp(market_sd * m - 0.5 * market_sd * market_sd);
            x[i] = 5e5 + (u > 2.0 ? 1e9 * growth[i] * growth[i] : 1e5 * (u > 0.0));
        }
        lq_strata_assign(&strata, growth, 64, stratum);
        lq_strata_sums_add(&sums, stratum, growth, 64);
        lq_tally_add_joint(tally, b % 16, stratum, x, 64);
    }
    lq_stake *joint = lq_stake_create(tally, &sums), *alone = lq_stake_create(tally, NULL);
    const double none = ce_of(alone, LQ_UTILITY_CRRA, 2.0, 4e5, 0.0).value;
    const double some = ce_of(joint, LQ_UTILITY_CRRA, 2.0, 4e5, 0.2).value;
    assert_near(some, none, 0.02 * none);
    lq_stake_destroy(joint);
    lq_stake_destroy(alone);
    lq_tally_destroy(tally);
}

static void sure_pay_is_worth_itself(void **state)
{
    (void)state;
    const double x[64] = {0.0};
    double same[64];
    uint8_t stratum[64];
    lq_strata_sums sums = {0};
    for (size_t i = 0; i < 64; i++) {
        same[i] = 1076543.21 + x[i];
        stratum[i] = (uint8_t)(i % 16);
        const double growth = 0.3 + 0.1 * (double)stratum[i];
        lq_strata_sums_add(&sums, &stratum[i], &growth, 1);
    }
    lq_tally *tally = lq_tally_create(&LQ_TALLY_TOTAL);
    lq_tally_add_joint(tally, 0, stratum, same, 64);
    lq_stake *joint = lq_stake_create(tally, &sums), *plain = lq_stake_create(tally, NULL);
    for (size_t g = 0; g < LQ_N_GAMMAS; g++) {
        assert_true(ce_of(joint, LQ_UTILITY_CRRA, lq_gammas[g], 4e5, 0.6).value == same[0]);
        assert_true(ce_of(plain, LQ_UTILITY_CRRA, lq_gammas[g], 4e5, 0.0).value == same[0]);
        assert_true(ce_of(plain, LQ_UTILITY_CARA, lq_gammas[g] * 1e-6, 4e5, 0.0).value ==
                    same[0]);
    }
    lq_stake_destroy(joint);
    lq_stake_destroy(plain);
    lq_tally_destroy(tally);
}

static lq_tally *random_pay(uint64_t seed)
{
    const lq_tally_shape shape = plain_shape(16);
    lq_tally *tally = lq_tally_create(&shape);
    const double sd = 0.1 + next_uniform(&seed), zero = 0.6 * next_uniform(&seed);
    for (uint32_t b = 0; b < 64; b++) {
        double x[64];
        for (size_t i = 0; i < 64; i++)
            x[i] = 2e5 +
                   (next_uniform(&seed) < zero ? 0.0 : 8e5 * lq_exp(sd * next_normal(&seed)));
        lq_tally_add_block(tally, b % 16, x, 64);
    }
    return tally;
}

static void it_never_rises_with_risk_aversion(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 30; seed++) {
        lq_tally *tally = random_pay(seed);
        lq_stake *stake = lq_stake_create(tally, NULL);
        double last = (double)INFINITY, last_cara = (double)INFINITY;
        for (double gamma = 0.0; gamma <= 10.0; gamma += 0.25) {
            const double ce = ce_of(stake, LQ_UTILITY_CRRA, gamma, 4e5, 0.0).value;
            const double cara = ce_of(stake, LQ_UTILITY_CARA, gamma * 1e-6, 4e5, 0.0).value;
            assert_true(ce < last && cara < last_cara);
            last = ce;
            last_cara = cara;
        }
        lq_stake_destroy(stake);
        lq_tally_destroy(tally);
    }
}

static void gamma_0_is_the_mean(void **state)
{
    (void)state;
    lq_tally *tally = random_pay(77);
    lq_stake *stake = lq_stake_create(tally, NULL);
    lq_law *law = lq_law_create(tally, LQ_POOLED);
    assert_near(ce_of(stake, LQ_UTILITY_CRRA, 0.0, 4e5, 0.0).value, law->mean,
                1e-9 * law->mean);
    assert_near(ce_of(stake, LQ_UTILITY_CARA, 0.0, 4e5, 0.0).value, law->mean,
                1e-9 * law->mean);
    lq_law_destroy(law);
    lq_stake_destroy(stake);
    lq_tally_destroy(tally);
}

static void it_is_continuous_at_log(void **state)
{
    (void)state;
    lq_strata_sums sums;
    lq_tally *tally = joint_sample(&sums, xs, growths);
    lq_stake *stake = lq_stake_create(tally, &sums);
    const double at = ce_of(stake, LQ_UTILITY_CRRA, 1.0, 4e5, 0.6).value;
    const double below = ce_of(stake, LQ_UTILITY_CRRA, 1.0 - 1e-7, 4e5, 0.6).value;
    const double above = ce_of(stake, LQ_UTILITY_CRRA, 1.0 + 1e-7, 4e5, 0.6).value;
    assert_near(below, at, 1e-7 * at);
    assert_near(above, at, 1e-7 * at);
    assert_true(below > at && at > above);
    lq_stake_destroy(stake);
    lq_tally_destroy(tally);
}

static void caras_does_not_depend_on_wealth(void **state)
{
    (void)state;
    lq_tally *tally = random_pay(5);
    lq_stake *stake = lq_stake_create(tally, NULL);
    static const double a[] = {1e-7, 1e-6, 1e-5, 1e-3};
    for (size_t i = 0; i < LQ_COUNT(a); i++) {
        const double want = ce_of(stake, LQ_UTILITY_CARA, a[i], 0.0, 0.0).value;
        assert_near(ce_of(stake, LQ_UTILITY_CARA, a[i], 4e5, 0.0).value, want, 1e-9 * want);
        assert_near(ce_of(stake, LQ_UTILITY_CARA, a[i], 5e6, 0.0).value, want, 1e-8 * want);
    }
    lq_stake_destroy(stake);
    lq_tally_destroy(tally);
}

/* More wealth, the same gamble: a CRRA person minds it less. Spending is wealth lost. */
static void crras_rises_with_wealth(void **state)
{
    (void)state;
    lq_tally *tally = random_pay(6);
    lq_stake *stake = lq_stake_create(tally, NULL);
    double last = 0.0;
    for (double wealth = 1e4; wealth < 1e8; wealth *= 3.0) {
        const double ce = ce_of(stake, LQ_UTILITY_CRRA, 2.0, wealth, 0.0).value;
        assert_true(ce > last);
        last = ce;
    }
    const lq_background spent = {.wealth_money = 9e5, .spending_money = 5e5};
    const lq_utility utility = {LQ_UTILITY_CRRA, 2.0};
    assert_near(lq_certainty_equivalent(stake, &spent, &utility, NULL).value,
                ce_of(stake, LQ_UTILITY_CRRA, 2.0, 4e5, 0.0).value, 1e-6);
    lq_stake_destroy(stake);
    lq_tally_destroy(tally);
}

static void ruin_is_floored_and_reported(void **state)
{
    (void)state;
    const lq_tally_shape shape = plain_shape(1);
    lq_tally *tally = lq_tally_create(&shape);
    const double x[] = {-5e5, 1e6, 1e6, 1e6};
    lq_tally_add_block(tally, 0, x, 4);
    lq_stake *stake = lq_stake_create(tally, NULL);
    const lq_ce ce = ce_of(stake, LQ_UTILITY_CRRA, 2.0, 4e5, 0.0);
    assert_near(ce.floored_frac, 0.25, 1e-15);
    const double w = 4.0 / (1.0 / 4e3 + 3.0 / 1.4e6); /* harmonic mean, 1 % of 4e5 */
    assert_near(ce.value, w - 4e5, 1e-6);
    lq_stake_destroy(stake);
    lq_tally_destroy(tally);
}

static void nothing_is_worth_nan(void **state)
{
    (void)state;
    lq_tally *tally = lq_tally_create(&LQ_TALLY_PART);
    lq_stake *stake = lq_stake_create(tally, NULL);
    const lq_background background = {.wealth_money = 4e5};
    const lq_utility utility = {LQ_UTILITY_CRRA, 2.0};
    double replicates[16];
    assert_true(isnan(lq_certainty_equivalent(stake, &background, &utility, replicates).value));
    assert_true(isnan(replicates[15]));
    lq_stake_destroy(stake);
    lq_tally_destroy(tally);
}

/* The linearised replicates average to the pooled value, and scatter as the delta method says.
 */
static void replicates_agree_with_the_delta_method(void **state)
{
    (void)state;
    lq_strata_sums sums;
    lq_tally *tally = joint_sample(&sums, xs, growths);
    lq_stake *stake = lq_stake_create(tally, &sums);
    const lq_background background = {.wealth_money = 4e5, .market_share_frac = 0.6};
    for (size_t g = 0; g < LQ_N_GAMMAS; g++) {
        const lq_utility utility = {LQ_UTILITY_CRRA, lq_gammas[g]};
        double value[16], mean = 0.0, square = 0.0;
        const lq_ce ce = lq_certainty_equivalent(stake, &background, &utility, value);
        for (size_t r = 0; r < 16; r++)
            mean += value[r] / 16.0;
        for (size_t r = 0; r < 16; r++)
            square += (value[r] - mean) * (value[r] - mean) / 15.0 / 16.0;
        assert_near(mean, ce.value, 1e-6 * ce.value);
        assert_true(sqrt(square) > 0.5 * ce.se && sqrt(square) < 1.7 * ce.se);
    }
    lq_stake_destroy(stake);
    lq_tally_destroy(tally);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_joint_law_with_the_market_is_kept),
        cmocka_unit_test(fortunes_do_not_move_what_is_small),
        cmocka_unit_test(sure_pay_is_worth_itself),
        cmocka_unit_test(it_never_rises_with_risk_aversion),
        cmocka_unit_test(gamma_0_is_the_mean),
        cmocka_unit_test(it_is_continuous_at_log),
        cmocka_unit_test(caras_does_not_depend_on_wealth),
        cmocka_unit_test(crras_rises_with_wealth),
        cmocka_unit_test(ruin_is_floored_and_reported),
        cmocka_unit_test(nothing_is_worth_nan),
        cmocka_unit_test(replicates_agree_with_the_delta_method),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
