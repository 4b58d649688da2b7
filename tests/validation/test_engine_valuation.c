/* The cases of valuation_checks.json about prices and what they are worth, as configs through
 * the engine: closed forms on the plan's own numbers at 1e-9, samples within 4 standard errors.
 * Where the file asks 1e-7 of a certainty equivalent, no number of paths that a test can run
 * comes near it: the same tally is also filled without chance, and holds 2e-6. */
#include "lq_case.h"

#include "num/scalar.h"
#include "stats/utility.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "case_config.h"
#include "cases.h"

#define FILE_NAME "valuation_checks.json"

enum { TEXT_SIZE = 4096 };

static const double LN_2 = 0.69314718055994530942;

/* ---- one stock ---- */

/* One share of s, sold at month `months`; volatility and growth as fractions. */
static lq_case run_stock(double price, double growth, double sigma, double years)
{
    char text[TEXT_SIZE];
    const int months = (int)lrint(12.0 * years);
    snprintf(text, sizeof text,
             HEAD "simulation: {paths: 2e5, seed: 31, horizon: %dmo, liquidity_horizon: %dmo}\n"
                  "companies: {s: {listing: public, price: $%.17g, volatility: %.17g, "
                  "correlation: 0, growth: %.17g/y}}\n"
                  "offers:\n" OFFER("end", "s", "1", AT("%d")),
             months, months, price, sigma, growth, months);
    return lq_case_run(text, NULL, 0);
}

/* Mean and standard deviation of the log price at the last month, from the plan alone. */
static void log_law_of_plan(const lq_plan *plan, double *mean, double *sd)
{
    const lq_gbm_plan *g = &plan->listed[0];
    double log2_mean = g->start_log2;
    for (size_t k = 1; k <= plan->grid.n_months; k++)
        log2_mean += g->drift_log2[k];
    *mean = log2_mean * LN_2;
    *sd = g->loading_own_log2 * sqrt((double)plan->grid.n_months) * LN_2;
}

#define assert_close(got, want) assert_near((got), (want), 1e-9 * fabs(want))

static void check_plan_law(const lq_plan *plan, const validation_case *v)
{
    double m, s;
    log_law_of_plan(plan, &m, &s);
    const double mean = exp(m + 0.5 * s * s), z05 = lq_normal_quantile(0.05);
    assert_close(mean, case_number(v->expected, "mean"));
    assert_close(exp(m), case_number(v->expected, "median"));
    assert_close(mean * sqrt(expm1(s * s)), case_number(v->expected, "sd"));
    assert_close(exp(m + s * z05), case_number(v->expected, "p05"));
    assert_close(exp(m - s * z05), case_number(v->expected, "p95"));
    assert_close(lq_normal_cdf((log(case_number(v->inputs, "S0")) - m) / s),
                 case_number(v->expected, "prob_below_S0"));
}

static void lognormal(void **state)
{
    validation_case v = case_open(FILE_NAME, *state);
    lq_case c = run_stock(case_number(v.inputs, "S0"), case_number(v.inputs, "mu"),
                          case_number(v.inputs, "sigma"), case_number(v.inputs, "T"));
    check_plan_law(c.plan, &v);
    const double *s = lq_case_offer(&c, "end", 0);
    const double mean = case_number(v.expected, "mean");
    assert_estimate(lq_mean_of(s, c.n).mean, mean,
                    case_number(v.expected, "sd") / sqrt((double)c.n), 0.0);
    assert_quantile(s, c.n, 0.05, case_number(v.expected, "p05"));
    assert_quantile(s, c.n, 0.5, case_number(v.expected, "median"));
    assert_quantile(s, c.n, 0.95, case_number(v.expected, "p95"));
    assert_quantile(s, c.n, case_number(v.expected, "prob_below_S0"),
                    case_number(v.inputs, "S0"));
    lq_case_clear(&c);
    case_close(&v);
}

static void option_1(void **state)
{
    validation_case v = case_open(FILE_NAME, *state);
    lq_case c = run_stock(case_number(v.inputs, "S0"), case_number(v.inputs, "mu"),
                          case_number(v.inputs, "sigma"), case_number(v.inputs, "T"));
    const double *s = lq_case_offer(&c, "end", 0), strike = case_number(v.inputs, "K");
    double *payoff = calloc(c.n, sizeof *payoff);
    size_t wins = 0;
    for (size_t i = 0; i < c.n; i++) {
        payoff[i] = fmax(s[i] - strike, 0.0);
        wins += s[i] > strike;
    }
    assert_mean(payoff, c.n, case_number(v.expected, "expected_payoff"));
    assert_share(wins, c.n, case_number(v.expected, "prob_in_the_money"));
    free(payoff);
    lq_case_clear(&c);
    case_close(&v);
}

/* ---- certainty equivalents ---- */

/* Without other wealth the certainty equivalent scales with the stake: a mean of 1 is run as
 * 100,000, for a tally tells nothing apart below one unit of money. */
static void crra_lognormal(void **state)
{
    validation_case v = case_open(FILE_NAME, *state);
    const double scale = 1e5;
    lq_case c = run_stock(scale * case_number(v.inputs, "mean"), 0.0,
                          case_number(v.inputs, "sigma"), case_number(v.inputs, "T"));
    const lq_ce ce =
        ce_of(c.result->offers[0].total, case_number(v.inputs, "gamma"), &(lq_background){0});
    assert_estimate(ce.value, scale * case_number(v.expected, "ce"), ce.se, 0.0);
    assert_true(ce.se < 0.01 * ce.value);
    lq_case_clear(&c);
    case_close(&v);
}

/* The middle of each of n equally likely slices of a lognormal law: no sampling error, what is
 * left is the slicing and the tally's bins. */
static lq_tally *slices_of_lognormal(double mean, double sd_log)
{
    enum { N = 1 << 19 };
    lq_tally *tally = lq_tally_create(&LQ_TALLY_TOTAL);
    double x[64];
    for (size_t i = 0; i < N; i += 64) {
        for (size_t l = 0; l < 64; l++) {
            const double z = lq_normal_quantile(((double)(i + l) + 0.5) / N);
            x[l] = mean * exp(sd_log * z - 0.5 * sd_log * sd_log);
        }
        lq_tally_add_block(tally, (uint32_t)(i / 64 % 16), x, 64);
    }
    return tally;
}

static void crra_outside_wealth(void **state)
{
    validation_case v = case_open(FILE_NAME, *state);
    const double mean = case_number(v.inputs, "mean"), sigma = case_number(v.inputs, "sigma");
    const double years = case_number(v.inputs, "T"), gamma = case_number(v.inputs, "gamma");
    const double want = case_number(v.expected, "ce");
    const lq_background background = {.wealth_money = case_number(v.inputs, "wealth")};
    lq_case c = run_stock(mean, 0.0, sigma, years);
    const lq_ce ce = ce_of(c.result->offers[0].total, gamma, &background);
    assert_estimate(ce.value, want, ce.se, 0.0);
    lq_tally *slices = slices_of_lognormal(mean, sigma * sqrt(years));
    assert_near(ce_of(slices, gamma, &background).value, want, 2e-6 * want);
    lq_tally_destroy(slices);
    lq_case_clear(&c);
    case_close(&v);
}

/* ---- two stocks ---- */

static void exchange_1(void **state)
{
    validation_case v = case_open(FILE_NAME, *state);
    char text[TEXT_SIZE];
    snprintf(text, sizeof text,
             HEAD
             "simulation: {paths: 2e5, seed: 32, horizon: 4y, liquidity_horizon: 4y}\n"
             "companies:\n"
             "  a: {listing: public, price: $%.17g, volatility: %.17g, beta: 1, growth: 0/y}\n"
             "  b: {listing: public, price: $%.17g, volatility: %.17g, beta: 1, growth: 0/y}\n"
             "offers:\n" OFFER("a", "a", "1", AT("48")) OFFER("b", "b", "1", AT("48")),
             case_number(v.inputs, "mean_A"), case_number(v.inputs, "sigma_A"),
             case_number(v.inputs, "mean_B"), case_number(v.inputs, "sigma_B"));
    char pair[128];
    snprintf(pair, sizeof pair, "market.correlations=[{pair: [a, b], value: %.17g}]",
             case_number(v.inputs, "rho"));
    lq_case c = lq_case_run(text, (const char *const[]){pair, NULL}, 0);
    const double *a = lq_case_offer(&c, "a", 0), *b = lq_case_offer(&c, "b", 0);
    double *gain = calloc(c.n, sizeof *gain), *high = calloc(c.n, sizeof *high);
    size_t wins = 0;
    for (size_t i = 0; i < c.n; i++) {
        gain[i] = fmax(a[i] - b[i], 0.0);
        high[i] = fmax(a[i], b[i]);
        wins += a[i] > b[i];
    }
    assert_mean(gain, c.n, case_number(v.expected, "expected_max_A_minus_B_0"));
    assert_mean(high, c.n, case_number(v.expected, "expected_max"));
    assert_share(wins, c.n, case_number(v.expected, "prob_A_above_B"));
    free(gain);
    free(high);
    lq_case_clear(&c);
    case_close(&v);
}

/* A price in euros that moves with the euro: both move with the market, 0.5 x 0.4 = 0.2. */
static void fx_1(void **state)
{
    validation_case v = case_open(FILE_NAME, *state);
    char text[TEXT_SIZE];
    snprintf(
        text, sizeof text,
        "schema: liquidus/1\ncurrency: USD\ntax: none\n"
        "person: {wealth: $0, wealth_in_market: 0%%}\n"
        "market: {rate: 0%%, equity_premium: 0%%, volatility: 16%%, fx: {EURUSD: {spot: "
        "%.17g, volatility: %.17g, rate: 0%%, correlation: %.17g, drift: none}}}\n"
        "simulation: {paths: 2e5, seed: 33, horizon: 4y, liquidity_horizon: 4y}\n"
        "companies: {s: {listing: public, currency: EUR, price: EUR %.17g, volatility: %.17g,\n"
        "  correlation: 0.5, growth: 0/y}}\n"
        "offers:\n" OFFER("end", "s", "1", AT("48")),
        case_number(v.inputs, "fx0"), case_number(v.inputs, "fx_sigma"),
        case_number(v.inputs, "rho") / 0.5, case_number(v.inputs, "mean_eur"),
        case_number(v.inputs, "sigma"));
    lq_case c = lq_case_run(text, NULL, 0);
    assert_mean(lq_case_offer(&c, "end", 0), c.n, case_number(v.expected, "mean_usd"));
    lq_case_clear(&c);
    case_close(&v);
}

static struct CMUnitTest row(const char *id, CMUnitTestFunction f)
{
    return (struct CMUnitTest){
        .name = id, .test_func = f, .initial_state = (void *)(uintptr_t)id};
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        row("lognormal_1", lognormal),
        row("lognormal_3", lognormal),
        row("lognormal_5", lognormal),
        row("crra_lognormal_1", crra_lognormal),
        row("crra_lognormal_2", crra_lognormal),
        row("crra_lognormal_4", crra_lognormal),
        row("crra_wealth_1", crra_outside_wealth),
        row("crra_wealth_2", crra_outside_wealth),
        row("crra_wealth_4", crra_outside_wealth),
        row("crra_wealth_6", crra_outside_wealth),
        row("option_1", option_1),
        row("exchange_1", exchange_1),
        row("fx_1", fx_1),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
