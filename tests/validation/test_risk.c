/* Cases of chapter risk and utility: functionals of tallies with known content. Each test bears
 * the id of its case. */
#include "cases.h"

#include "../stats/fill.h"
#include "stats/estimate.h"
#include "stats/functional.h"

enum { COARSE = 1 << 20, MIDDLE = 1 << 21, FINE = 1 << 23 };

/* Amounts near 1 are tallied in millions: tallies count hundredths. */
#define MILLION 1e6

typedef struct lognormal {
    double m, s, scale, add;
} lognormal;

static double lognormal_value(double z, const void *context)
{
    const lognormal *l = context;
    return l->scale * lq_exp(l->m + l->s * z) + l->add;
}

static lq_tally *weighted_tally(void)
{
    const lq_tally_shape shape = weighted_shape();
    return lq_tally_create(&shape);
}

static lq_tally *lognormal_tally(double m, double s, double scale, int n_cells)
{
    const lognormal law = {m, s, scale, 0.0};
    lq_tally *tally = weighted_tally();
    add_normal_law(tally, lognormal_value, &law, 1.0, n_cells);
    return tally;
}

/* Log-normal with the given mean after T years. */
static lq_tally *stock_tally(double mean, double sigma, double years, double scale, int n_cells)
{
    const double s = sigma * sqrt(years);
    return lognormal_tally(lq_log(mean) - 0.5 * s * s, s, scale, n_cells);
}

static void add_atom(lq_tally *tally, double x, double probability)
{
    const uint64_t weight = (uint64_t)(probability * 0x1p62 + 0.5);
    lq_tally_add_weighted(tally, 0, NULL, &x, &weight, 1);
}

static double ce_of(const lq_tally *tally, lq_utility_kind kind, double aversion, double wealth)
{
    lq_stake *stake = lq_stake_create(tally, NULL);
    const lq_background background = {.wealth_money = wealth};
    const lq_utility utility = {kind, aversion};
    const double ce = lq_certainty_equivalent(stake, &background, &utility, NULL).value;
    lq_stake_destroy(stake);
    return ce;
}

static void RSK_01(void **state)
{
    (void)state;
    validation_case c = case_open("cases.json", "RSK-01");
    lq_tally *tally =
        lognormal_tally(case_number(c.inputs, "m"), case_number(c.inputs, "s"), MILLION, FINE);
    lq_law *law = lq_law_create(tally, LQ_POOLED);
    for (int i = 0; i < (int)case_len(c.inputs, "alphas"); i++) {
        const double alpha = case_entry(c.inputs, "alphas", (size_t)i);
        assert_case(c, lq_law_quantile(law, alpha) / MILLION, "quantile", i);
        assert_case(c, lq_law_cvar(law, alpha) / MILLION, "lower_tail_mean", i);
        assert_case(c, lq_law_upper_cvar(law, 1.0 - alpha) / MILLION, "upper_tail_mean", i);
    }
    lq_law_destroy(law);
    lq_tally_destroy(tally);
    case_close(&c);
}

static double normal_value(double z, const void *context)
{
    const double *mu_sd = context;
    return MILLION * (mu_sd[0] + mu_sd[1] * z);
}

static void RSK_03(void **state)
{
    (void)state;
    validation_case c = case_open("cases.json", "RSK-03");
    const double mu_sd[] = {case_number(c.inputs, "mu"), case_number(c.inputs, "sd")};
    lq_tally *tally = weighted_tally();
    add_normal_law(tally, normal_value, mu_sd, 1.0, FINE);
    lq_law *law = lq_law_create(tally, LQ_POOLED);
    for (int i = 0; i < (int)case_len(c.inputs, "alphas"); i++) {
        const double alpha = case_entry(c.inputs, "alphas", (size_t)i);
        assert_case(c, lq_law_quantile(law, alpha) / MILLION, "var", i);
        assert_case(c, lq_law_upper_cvar(law, 1.0 - alpha) / MILLION, "es", i);
    }
    lq_law_destroy(law);
    lq_tally_destroy(tally);
    case_close(&c);
}

/* The mean of the worst quarter of ten losses splits the third: 68, not 75 or 63.3. */
static void RSK_04(void **state)
{
    (void)state;
    validation_case c = case_open("cases.json", "RSK-04");
    const lq_tally_shape shape = plain_shape(1);
    lq_tally *tally = lq_tally_create(&shape);
    for (size_t i = 0; i < case_len(c.inputs, "losses"); i++)
        lq_tally_add_constant(tally, 0, 0, case_entry(c.inputs, "losses", i), 1);
    lq_law *law = lq_law_create(tally, LQ_POOLED);
    for (int i = 0; i < (int)case_len(c.inputs, "alphas"); i++) {
        const double alpha = case_entry(c.inputs, "alphas", (size_t)i);
        assert_case(c, lq_law_quantile(law, alpha), "var", i);
        assert_case(c, lq_law_upper_cvar(law, 1.0 - alpha), "es", i);
    }
    lq_law_destroy(law);
    lq_tally_destroy(tally);
    case_close(&c);
}

static void RSK_06(void **state)
{
    (void)state;
    validation_case c = case_open("cases.json", "RSK-06");
    const double p0 = case_number(c.inputs, "p0");
    const lognormal gain = {case_number(c.inputs, "m"), case_number(c.inputs, "s"), MILLION,
                            0.0};
    lq_tally *tally = weighted_tally();
    add_atom(tally, case_number(c.inputs, "x0"), p0);
    add_normal_law(tally, lognormal_value, &gain, 1.0 - p0, FINE);
    lq_law *law = lq_law_create(tally, LQ_POOLED);
    assert_case(c, lq_law_mean(law) / MILLION, "mean", -1);
    for (int i = 0; i < (int)case_len(c.inputs, "alphas"); i++) {
        const double alpha = case_entry(c.inputs, "alphas", (size_t)i);
        assert_case(c, lq_law_quantile(law, alpha) / MILLION, "quantile", i);
        assert_case(c, lq_law_cvar(law, alpha) / MILLION, "lower_tail_mean", i);
    }
    lq_law_destroy(law);
    lq_tally_destroy(tally);
    case_close(&c);
}

static void UTL_01(void **state)
{
    (void)state;
    validation_case c = case_open("cases.json", "UTL-01");
    lq_tally *tally =
        lognormal_tally(case_number(c.inputs, "m"), case_number(c.inputs, "s"), 1.0, COARSE);
    lq_law *law = lq_law_create(tally, LQ_POOLED);
    assert_case(c, lq_law_mean(law), "mean", -1);
    for (int i = 0; i < (int)case_len(c.inputs, "gammas"); i++) {
        const double gamma = case_entry(c.inputs, "gammas", (size_t)i);
        const double ce = ce_of(tally, LQ_UTILITY_CRRA, gamma, 0.0);
        assert_case(c, ce, "ce", i);
        assert_near(1.0 - ce / lq_law_mean(law), case_want(&c, "risk_discount", i), 1e-6);
    }
    lq_law_destroy(law);
    lq_tally_destroy(tally);
    case_close(&c);
}

static void UTL_03(void **state)
{
    (void)state;
    validation_case c = case_open("cases.json", "UTL-03");
    const double cash = case_number(c.inputs, "cash"), years = case_number(c.inputs, "T");
    const double mean = case_number(c.inputs, "n") * case_number(c.inputs, "S0") *
                        lq_exp(case_number(c.inputs, "mu") * years);
    lq_tally *tally = stock_tally(mean, case_number(c.inputs, "sigma"), years, 1.0, COARSE);
    lq_law *law = lq_law_create(tally, LQ_POOLED);
    assert_case(c, lq_law_mean(law), "mean_stock", -1);
    for (int i = 0; i < (int)case_len(c.inputs, "gammas"); i++) {
        const double gamma = case_entry(c.inputs, "gammas", (size_t)i);
        const double ce = ce_of(tally, LQ_UTILITY_CRRA, gamma, cash);
        assert_case(c, ce, "ce_stock", i);
        assert_case(c, ce + cash, "ce_total", i);
        assert_case(c, ce / lq_law_mean(law), "ratio", i);
    }
    lq_law_destroy(law);
    lq_tally_destroy(tally);
    case_close(&c);
}

static void UTL_07(void **state)
{
    (void)state;
    validation_case c = case_open("cases.json", "UTL-07");
    const double p = case_entry(c.inputs, "params", 0);
    lq_tally *tally = weighted_tally();
    add_atom(tally, case_entry(c.inputs, "params", 1), p);
    add_atom(tally, 0.0, 1.0 - p);
    for (int i = 0; i < (int)case_len(c.inputs, "a"); i++)
        assert_case(c, ce_of(tally, LQ_UTILITY_CARA, case_entry(c.inputs, "a", (size_t)i), 4e5),
                    "ce", i);
    lq_tally_destroy(tally);
    case_close(&c);
}

static void UTL_09(void **state)
{
    (void)state;
    validation_case c = case_open("cases.json", "UTL-09");
    lq_tally *tally = weighted_tally();
    for (size_t i = 0; i < case_len(c.inputs, "probs"); i++)
        add_atom(tally, case_entry(c.inputs, "payoffs", i), case_entry(c.inputs, "probs", i));
    const double wealth = case_number(c.inputs, "wealth");
    for (int i = 0; i < (int)case_len(c.inputs, "gammas"); i++) {
        const double gamma = case_entry(c.inputs, "gammas", (size_t)i);
        assert_case(c, ce_of(tally, LQ_UTILITY_CRRA, gamma, wealth), "ce", i);
    }
    lq_tally_destroy(tally);
    case_close(&c);
}

/* The rows of valuation_checks.json: the state of a test is the id of its case. */

/* The quadrature's error at a quantile is half a cell. */
static void check_quantile(const lq_law *law, double p, double scale, double want)
{
    assert_near(lq_law_quantile(law, p) / scale, want, 1e-5 * want);
}

static void lognormal_moments_and_quantiles(void **state)
{
    validation_case c = case_open("valuation_checks.json", *state);
    const double s0 = case_number(c.inputs, "S0"), years = case_number(c.inputs, "T");
    const double mean = s0 * lq_exp(case_number(c.inputs, "mu") * years);
    lq_tally *tally = stock_tally(mean, case_number(c.inputs, "sigma"), years, MILLION, MIDDLE);
    lq_law *law = lq_law_create(tally, LQ_POOLED);
    c.rel = 1e-6;
    assert_case(c, lq_law_mean(law) / MILLION, "mean", -1);
    assert_case(c, lq_law_sd(law) / MILLION, "sd", -1);
    assert_near(lq_law_cdf(law, s0 * MILLION), case_want(&c, "prob_below_S0", -1), 5e-6);
    check_quantile(law, 0.5, MILLION, case_want(&c, "median", -1));
    check_quantile(law, 0.05, MILLION, case_want(&c, "p05", -1));
    check_quantile(law, 0.95, MILLION, case_want(&c, "p95", -1));
    lq_law_destroy(law);
    lq_tally_destroy(tally);
    case_close(&c);
}

static void crra_of_lognormal_wealth(void **state)
{
    validation_case c = case_open("valuation_checks.json", *state);
    lq_tally *tally = stock_tally(case_number(c.inputs, "mean"), case_number(c.inputs, "sigma"),
                                  case_number(c.inputs, "T"), MILLION, COARSE);
    const double gamma = case_number(c.inputs, "gamma");
    c.rel = 1e-8;
    assert_case(c, ce_of(tally, LQ_UTILITY_CRRA, gamma, 0.0) / MILLION, "ce", -1);
    lq_tally_destroy(tally);
    case_close(&c);
}

static void crra_beside_outside_wealth(void **state)
{
    validation_case c = case_open("valuation_checks.json", *state);
    lq_tally *tally = stock_tally(case_number(c.inputs, "mean"), case_number(c.inputs, "sigma"),
                                  case_number(c.inputs, "T"), 1.0, COARSE);
    const double ce = ce_of(tally, LQ_UTILITY_CRRA, case_number(c.inputs, "gamma"),
                            case_number(c.inputs, "wealth"));
    c.rel = 1e-7;
    assert_case(c, ce, "ce", -1);
    assert_case(c, ce / case_number(c.inputs, "mean"), "ce_over_mean", -1);
    lq_tally_destroy(tally);
    case_close(&c);
}

static double call_value(double z, const void *context)
{
    const lognormal *l = context;
    return fmax(lognormal_value(z, l), 0.0);
}

static void option_1(void **state)
{
    (void)state;
    validation_case c = case_open("valuation_checks.json", "option_1");
    const double years = case_number(c.inputs, "T");
    const double s = case_number(c.inputs, "sigma") * sqrt(years);
    const lognormal gain = {lq_log(case_number(c.inputs, "S0")) +
                                case_number(c.inputs, "mu") * years - 0.5 * s * s,
                            s, MILLION, -MILLION * case_number(c.inputs, "K")};
    lq_tally *tally = weighted_tally();
    add_normal_law(tally, call_value, &gain, 1.0, FINE);
    lq_law *law = lq_law_create(tally, LQ_POOLED);
    c.rel = 1e-6;
    assert_case(c, lq_law_mean(law) / MILLION, "expected_payoff", -1);
    assert_case(c, lq_law_p_positive(law), "prob_in_the_money", -1);
    lq_law_destroy(law);
    lq_tally_destroy(tally);
    case_close(&c);
}

/* E max(A - B, 0) and P(A > B) of a paired difference, by sampling: five standard errors. */
static void exchange_1(void **state)
{
    (void)state;
    validation_case c = case_open("valuation_checks.json", "exchange_1");
    const double years = case_number(c.inputs, "T"), rho = case_number(c.inputs, "rho");
    const double sa = case_number(c.inputs, "sigma_A") * sqrt(years);
    const double sb = case_number(c.inputs, "sigma_B") * sqrt(years);
    const double mean_a = case_number(c.inputs, "mean_A"),
                 mean_b = case_number(c.inputs, "mean_B");
    lq_tally *tally = lq_tally_create(&LQ_TALLY_PART);
    uint64_t seed = 2026;
    for (uint32_t b = 0; b < 8192; b++) {
        double x[64];
        for (size_t i = 0; i < 64; i++) {
            const double z = next_normal(&seed), e = next_normal(&seed);
            const double zb = rho * z + sqrt(1.0 - rho * rho) * e;
            x[i] = mean_a * lq_exp(sa * z - 0.5 * sa * sa) -
                   mean_b * lq_exp(sb * zb - 0.5 * sb * sb);
        }
        lq_tally_add_block(tally, b % 16, x, 64);
    }
    lq_law *law = lq_law_create(tally, LQ_POOLED);
    const lq_estimate gain = lq_estimate_positive_part(law);
    const lq_estimate wins = lq_estimate_probability(lq_law_p_above_cent(law), law->n_paths);
    assert_near(gain.value, case_want(&c, "expected_max_A_minus_B_0", -1), 5.0 * gain.se);
    assert_near(wins.value, case_want(&c, "prob_A_above_B", -1), 5.0 * wins.se);
    assert_true(gain.se < 600.0 && wins.se < 0.001);
    lq_law_destroy(law);
    lq_tally_destroy(tally);
    case_close(&c);
}

static struct CMUnitTest row(const char *id, CMUnitTestFunction f)
{
    return (struct CMUnitTest){
        .name = id, .test_func = f, .initial_state = (void *)(uintptr_t)id};
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(RSK_01),
        cmocka_unit_test(RSK_03),
        cmocka_unit_test(RSK_04),
        cmocka_unit_test(RSK_06),
        cmocka_unit_test(UTL_01),
        cmocka_unit_test(UTL_03),
        cmocka_unit_test(UTL_07),
        cmocka_unit_test(UTL_09),
        row("lognormal_1", lognormal_moments_and_quantiles),
        row("lognormal_3", lognormal_moments_and_quantiles),
        row("lognormal_5", lognormal_moments_and_quantiles),
        row("crra_lognormal_1", crra_of_lognormal_wealth),
        row("crra_lognormal_2", crra_of_lognormal_wealth),
        row("crra_lognormal_4", crra_of_lognormal_wealth),
        row("crra_wealth_1", crra_beside_outside_wealth),
        row("crra_wealth_2", crra_beside_outside_wealth),
        row("crra_wealth_4", crra_beside_outside_wealth),
        row("crra_wealth_6", crra_beside_outside_wealth),
        cmocka_unit_test(option_1),
        cmocka_unit_test(exchange_1),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
