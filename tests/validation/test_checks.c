/* Laws of the whole model: discounted prices are martingales under pricing in every currency
 * (with a curve that is not flat, through exits and rounds), and what is equal in the config is
 * equal in the result. */
#include "lq_case.h"

#include "stats/dominance.h"
#include "stats/functional.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "case_config.h"

/* ---- martingales: E_Q[D_k S_k FX_k e^(qk)] = S_0 FX_0 ---- */

static const int months[3] = {1, 48, 120};
enum { N_MONTHS = 3 };

#define THREE(id, company)                                                                     \
    OFFER(id "-1", company, "1", AT("1"))                                                      \
    OFFER(id "-48", company, "1", AT("48")) OFFER(id "-120", company, "1", AT("120"))
#define CASH(id, currency, amount, month)                                                      \
    "  - {id: " id "-" month ", company: us, currency: " currency ", base: " currency          \
    " 0, leaving: 0/y,\n"                                                                      \
    "     sign_on: {amount: " currency " " amount ", instalments: {" month "mo: 100%%}}}\n"
#define THREE_CASH(id, currency, amount)                                                       \
    CASH(id, currency, amount, "1")                                                            \
    CASH(id, currency, amount, "48") CASH(id, currency, amount, "120")

/* Two stocks with dividends and cash, in dollars and in euros. */
static lq_case run_currencies(const char *report)
{
    return run_text(
        "schema: liquidus/1\ncurrency: %s\ntax: none\nperson: {wealth: 0}\n"
        "simulation: {measure: pricing, paths: " LQ_PATHS(
            "1e5",
            "8e3") ", seed: 41, horizon: 10y, liquidity_horizon: "
                   "10y}\n"
                   "market: {rate: {1y: 2%%, 3y: 4%%, 7y: 6%%, 10y: 5%%}, equity_premium: "
                   "4.5%%,\n"
                   "  volatility: 16%%, fx: {EURUSD: {spot: 1.15, volatility: 10%%, rate: 3%%, "
                   "correlation: 0.4}}}\n"
                   "companies:\n"
                   "  us: {listing: public, currency: USD, price: USD 100, volatility: 30%%, "
                   "beta: 1.2, "
                   "dividend_yield: 2%%}\n"
                   "  eu: {listing: public, currency: EUR, price: EUR 80, volatility: 40%%, "
                   "beta: 1.1, "
                   "dividend_yield: 3%%}\n"
                   "offers:\n" THREE("us", "us") THREE("eu", "eu")
                       THREE_CASH("dollars", "USD", "100") THREE_CASH("euros", "EUR", "100"),
        report);
}

static const double *column_at(const lq_case *c, const char *id, int month)
{
    char name[32];
    snprintf(name, sizeof name, "%s-%d", id, month);
    return lq_case_offer(c, name, 0);
}

/* The mean of what is paid at each month, with the yield on it, is the amount today. */
static void check_martingale(const lq_case *c, const char *id, double yield, double today)
{
    for (int i = 0; i < N_MONTHS; i++) {
        const lq_sample_mean m = lq_mean_of(column_at(c, id, months[i]), c->n);
        const double carry = exp(yield * months[i] / 12.0);
        assert_near(m.mean * carry, today, 4.0 * m.se * carry + 1e-9 * today);
    }
}

/* What comes back from a rate that is a ratio: E[1 / FX] carries the variance of FX. */
static void check_inverse(const lq_case *c, const char *id, double today, double rate)
{
    for (int i = 0; i < N_MONTHS; i++) {
        const double *paid = column_at(c, id, months[i]), years = months[i] / 12.0;
        const double discount = c->plan->grid.discount[months[i]];
        double *inverse = calloc(c->n, sizeof *inverse);
        for (size_t p = 0; p < c->n; p++)
            inverse[p] = discount * 100.0 / paid[p];
        assert_mean(inverse, c->n, discount * exp((rate + 0.01) * years) / today);
        free(inverse);
    }
}

/* Check 5 in dollars: the euro's own rate of 3 % is its yield. */
static void martingales_of_a_report_in_dollars(void **state)
{
    (void)state;
    lq_case c = run_currencies("USD");
    check_martingale(&c, "us", 0.02, 100.0);
    check_martingale(&c, "eu", 0.03, 80.0 * 1.15);
    check_martingale(&c, "euros", log(1.03), 115.0);
    check_inverse(&c, "euros", 1.15, log(1.03));
    for (int i = 0; i < N_MONTHS; i++) /* what is sure is worth its discount factor */
        assert_near(column_at(&c, "dollars", months[i])[0],
                    100.0 * c.plan->grid.discount[months[i]], 1e-9);
    lq_case_clear(&c);
}

/* The same pair, written the other way round for the report: now the dollar is foreign. */
static void martingales_of_a_report_in_euros(void **state)
{
    (void)state;
    lq_case c = run_currencies("EUR");
    check_martingale(&c, "eu", 0.03, 80.0);
    check_martingale(&c, "us", 0.02, 100.0 / 1.15);
    check_martingale(&c, "dollars", log(1.03), 100.0 / 1.15);
    check_inverse(&c, "dollars", 1.0 / 1.15, log(1.03));
    lq_case_clear(&c);
}

/* The curve itself: forwards between the tenors add up to the discount factors (4 % for three
 * years, 5 % for ten). */
static void a_curve_discounts_at_its_tenors(void **state)
{
    (void)state;
    lq_case c = run_currencies("USD");
    const double *d = c.plan->grid.discount;
    assert_near(d[12], 1.0 / 1.02, 1e-12);
    assert_near(d[36], pow(1.04, -3), 1e-12);
    assert_near(d[84], pow(1.06, -7), 1e-12);
    assert_near(d[120], pow(1.05, -10), 1e-12);
    lq_case_clear(&c);
}

/* ---- private companies ---- */

/* A million shares at $100; one unit vests in month 1 and is sold when it can be. */
#define PRIVATE                                                                                \
    "schema: liquidus/1\ntax: none\nperson: {wealth: $0}\n"                                    \
    "simulation: {measure: pricing, paths: " LQ_PATHS(                                         \
        "2e5",                                                                                 \
        "1e4") ", seed: 42, horizon: 4y, liquidity_horizon: "                                  \
               "10y}\n"                                                                        \
               "market: {rate: {1y: 2%%, 5y: 4%%, 10y: 5%%}, equity_premium: 4.5%%, "          \
               "volatility: 16%%}\n"                                                           \
               "companies: {c: {like: none, listing: private, volatility: 60%%, beta: 1.2, "   \
               "lockup: "                                                                      \
               "6mo,\n"                                                                        \
               "  post_ipo_volatility: 45%%, last_round: {post_money: $100M, price: $100},\n"  \
               "  opening_value: {method: face}, residual: {method: fair, dlom: 0%%},\n"
#define UNIT                                                                                   \
    "}}\n"                                                                                     \
    "offers: [{id: x, company: c, base: $0, leaving: 0/y, grants: [{instrument: rsu, units: "  \
    "1,\n"                                                                                     \
    "  trigger: single, vesting: {table: {1mo: 100%%}}}]}]\n"
#define IPO "ipo: {rate: 0.15/y, discount: 0%%, primary: 0%%}"

static void check_worth_100(lq_case *c)
{
    assert_mean(lq_case_offer(c, "x", 0), c->n, 100.0);
    lq_case_clear(c);
}

/* R5: what failures and premiums take and give is in the growth, so that a share is worth its
 * part of the opening value, whatever the odds. */
static void failures_and_premiums_are_paid_for(void **state)
{
    (void)state;
    lq_case c =
        run_text(PRIVATE "  exits: {" IPO ", acquisition: {rate: 0.1/y, premium: 30%%}, "
                         "failure: {rate: 0.13/y, recovery: 20%%}}" UNIT);
    check_worth_100(&c);
}

/* The same where odds move with the value. The intensities of the month before serve for the
 * compensation, which leaves less than the error of this many paths. */
static void failures_that_depend_on_the_value_are_paid_for(void **state)
{
    (void)state;
    lq_case c =
        run_text(PRIVATE "  exits: {ipo: {rate: 0.1/y, value_exponent: 0.5, discount: 0%%,"
                         "primary: 0%%}, acquisition: {rate: 0.1/y, premium: 30%%}, "
                         "failure: {rate: 0.1/y, value_exponent: -1}}" UNIT);
    const lq_sample_mean m = lq_mean_of(lq_case_offer(&c, "x", 0), c.n);
    assert_near(m.mean, 100.0, 4.0 * m.se + 0.5);
    lq_case_clear(&c);
}

/* So is a floor, whose failures follow from the value alone. Of a listing at 15 % a year, or
 * what is left at 10 years, nothing is lost to those that fell below 30 % of the opening value.
 */
static void a_floor_is_paid_for(void **state)
{
    (void)state;
    lq_case c =
        run_text(PRIVATE "  floor: 30%%, exits: {" IPO ", failure: {rate: 0.05/y}}" UNIT);
    check_worth_100(&c);
}

/* Without compensation the failures are lost: alive at 10 years with exp(-1.3). */
static void compensation_can_be_left_out(void **state)
{
    (void)state;
    lq_case c = run_text(PRIVATE "  compensate: no, exits: {failure: {rate: 0.13/y}}" UNIT);
    assert_mean(lq_case_offer(&c, "x", 0), c.n, 100.0 * exp(-1.3));
    lq_case_clear(&c);
}

/* R7: new money at a fair price changes nobody's part of the value; tenders at fair value, sold
 * into by what has vested, neither. */
static void rounds_and_tenders_at_a_fair_price_cost_nothing(void **state)
{
    (void)state;
    lq_case c =
        run_text(PRIVATE "  exits: {" IPO ", failure: {rate: 0.1/y}}, "
                         "rounds: {rate: 0.8/y, dilution: 5%% to 25%%, phi: 1}, "
                         "tenders: {rate: 0.5/y, cap: 30%%, discount: 0%%, price: fair, "
                         "min_tenure: 0mo}" UNIT);
    check_worth_100(&c);
}

/* R7: a pool is given away, and the price of its round counts it before the new money. Of new
 * shares d and a pool p the holders keep (1 - d - p) / (1 - d) of their share's value: 0.85 /
 * 0.9 at each of the rounds that come at 0.5 a year until month 120. */
static void a_pool_top_up_is_paid_by_the_holders(void **state)
{
    (void)state;
    lq_case c = run_text(PRIVATE "  rounds: {rate: 0.5/y, value_exponent: 0, dilution: 10%%, "
                                 "pool_top_up: 5%%, phi: 1}" UNIT);
    assert_mean(lq_case_offer(&c, "x", 0), c.n, 100.0 * exp(0.5 * 10.0 * (0.85 / 0.9 - 1.0)));
    lq_case_clear(&c);
}

/* identity.yaml ships with the program: a grant of a listed company is worth its face. */
static void the_identity_config_is_worth_its_face(void **state)
{
    (void)state;
    char text[4096] = "";
    FILE *f = fopen(LQ_SOURCE_DIR "/configs/identity.yaml", "rb");
    assert_non_null(f);
    assert_true(fread(text, 1, sizeof text - 1, f) > 0);
    fclose(f);
    lq_case c = lq_case_run(text, NULL, 0);
    assert_mean(lq_case_offer(&c, "grant", 0), c.n, 400000.0);
    lq_case_clear(&c);
}

/* ---- symmetry ---- */

/* Check 7: packages of one employer share all its draws (R20). */
static void equal_packages_of_one_employer_never_differ(void **state)
{
    (void)state;
    lq_case c = run_text(
        PRIVATE "  exits: {" IPO ", acquisition: {rate: 0.1/y, premium: 20%%}, failure: "
                "{rate: 0.1/y}}, rounds: {rate: 0.5/y, dilution: 5%% to 15%%}, tenders: {rate: "
                "0.5/y}}}\n"
                "offers:\n"
                "  - {id: x, company: c, base: $200K, bonus: {target: 20%%, payout: "
                "{triangular: [0, 90%%, 120%%]}}, stock: $400K,\n"
                "     refresh: {grants: $50K/y, guaranteed: false, probability: 50%%}}\n"
                "  - {id: y, company: c, base: $200K, bonus: {target: 20%%, payout: "
                "{triangular: [0, 90%%, 120%%]}}, stock: $400K,\n"
                "     refresh: {grants: $50K/y, guaranteed: false, probability: 50%%}}\n");
    for (int part = 0; part < 4; part++)
        assert_memory_equal(lq_case_offer(&c, "x", part), lq_case_offer(&c, "y", part),
                            c.n * sizeof(double));
    lq_law *difference = lq_law_create(c.result->differences[0], LQ_POOLED);
    assert_true(lq_law_p_zero(difference) == 1.0);
    lq_dominance_result d;
    assert_int_equal(lq_dominance_compare(c.result->offers[0].total, c.result->offers[1].total,
                                          NULL, &d, NULL),
                     LQ_OK);
    assert_int_equal(d.verdict, LQ_DOMINANCE_NONE);
    lq_law_destroy(difference);
    lq_case_clear(&c);
}

static double correlation_of_logs(const double *a, const double *b, size_t n)
{
    double sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0;
    for (size_t i = 0; i < n; i++) {
        const double x = log(a[i]), y = log(b[i]);
        sa += x, sb += y, saa += x * x, sbb += y * y, sab += x * y;
    }
    const double m = (double)n;
    return (sab - sa * sb / m) / sqrt((saa - sa * sa / m) * (sbb - sb * sb / m));
}

/* Check 7: two employers with equal figures share the market alone: rho^2. */
static void equal_employers_are_correlated_by_the_market(void **state)
{
    (void)state;
    lq_case c = run_text(
        "schema: liquidus/1\ntax: none\nperson: {wealth: $0}\n"
        "simulation: {paths: " LQ_PATHS(
            "2e5", "1e4") ", seed: 43, horizon: 4y, liquidity_horizon: 4y}\n"
                          "companies:\n"
                          "  a: {listing: public, volatility: 40%%, correlation: 0.7}\n"
                          "  b: {listing: public, volatility: 40%%, correlation: 0.7}\n"
                          "offers:\n" OFFER("a", "a", "1", AT("48"))
                              OFFER("b", "b", "1", AT("48")));
    const double *a = lq_case_offer(&c, "a", 0), *b = lq_case_offer(&c, "b", 0);
    const double rho = 0.49, se = (1.0 - rho * rho) / sqrt((double)c.n);
    assert_near(correlation_of_logs(a, b, c.n), rho, 4.0 * se);
    size_t wins = 0;
    for (size_t i = 0; i < c.n; i++)
        wins += a[i] > b[i];
    assert_share(wins, c.n, 0.5);
    lq_case_clear(&c);
}

/* The exits of two employers with equal figures are independent given the market, and here
 * nothing hangs on the market. */
static void exits_of_equal_employers_are_independent(void **state)
{
    (void)state;
    lq_case c = run_text(
        "schema: liquidus/1\ntax: none\nperson: {wealth: $0}\n"
        "simulation: {paths: " LQ_PATHS(
            "2e5",
            "1e4") ", seed: 44, horizon: 4y, liquidity_horizon: 5y}\n"
                   "companies:\n"
                   "  a: {like: none, listing: private, volatility: 60%%, beta: 1, last_round: "
                   "{post_money: $100M}, exits: {failure: {probability: 40%% by 5y}}}\n"
                   "  b: {extends: a}\n"
                   "offers:\n"
                   "  - {id: a, company: a, base: $100K, stock: $100K}\n"
                   "  - {id: b, company: b, base: $100K, stock: $100K}\n");
    const double *a = lq_case_company(&c, "a", 0), *b = lq_case_company(&c, "b", 0);
    size_t one = 0, other = 0, both = 0;
    for (size_t i = 0; i < c.n; i++) {
        one += a[i] == LQ_EXIT_FAILURE;
        other += b[i] == LQ_EXIT_FAILURE;
        both += a[i] == LQ_EXIT_FAILURE && b[i] == LQ_EXIT_FAILURE;
    }
    assert_share(one, c.n, 0.4);
    assert_share(other, c.n, 0.4);
    assert_share(both, c.n, 0.16);
    lq_case_clear(&c);
}

/* Check 7: listed at the end of month 1, at the value, sellable at once: a listed company. */
#define TWINS                                                                                  \
    HEAD                                                                                       \
        "simulation: {paths: %s, seed: 45, horizon: 4y, liquidity_horizon: 5y}\n"              \
        "companies:\n"                                                                         \
        "  a: {like: none, listing: private, volatility: %s, correlation: 0, growth: 7%%/y,\n" \
        "    post_ipo_volatility: %s, lockup: 0mo, last_round: {post_money: $100M, price: "    \
        "$100},\n"                                                                             \
        "    opening_value: {method: face}, exits: {ipo: {table: {0y: 600/y}, discount: "      \
        "0%%, primary: 0%%}}}\n"                                                               \
        "  b: {listing: public, price: $100, volatility: %s, correlation: 0, growth: 7%%/y}\n" \
        "offers:\n"                                                                            \
        "  - {id: a, company: a, base: $0, leaving: 0.1/y, grants: [{instrument: rsu, units: " \
        "1000,\n"                                                                              \
        "     trigger: double, vesting: {years: [40%%, 30%%, 20%%, 10%%], every: 1mo}}]}\n"    \
        "  - {id: b, company: b, base: $0, leaving: 0.1/y, grants: [{instrument: rsu, units: " \
        "1000,\n"                                                                              \
        "     vesting: {years: [40%%, 30%%, 20%%, 10%%], every: 1mo}}]}\n"

static void a_company_listed_at_once_is_a_listed_company(void **state)
{
    (void)state;
    lq_case c = run_text(TWINS, "1000", "0%", "0%", "0%");
    const double *a = lq_case_offer(&c, "a", 0), *b = lq_case_offer(&c, "b", 0);
    for (size_t i = 0; i < c.n; i++)
        assert_near(a[i], b[i], 0.005);
    lq_case_clear(&c);
    c = run_text(TWINS, LQ_PATHS("2e5", "1e4"), "35%", "35%",
                 "35%"); /* and in law, with volatility */
    a = lq_case_offer(&c, "a", 0), b = lq_case_offer(&c, "b", 0);
    const lq_sample_mean x = lq_mean_of(a, c.n), y = lq_mean_of(b, c.n);
    assert_near(x.mean, y.mean, 4.0 * hypot(x.se, y.se));
    assert_near(x.sd, y.sd, 0.02 * y.sd);
    size_t wins = 0, ties = 0;
    for (size_t i = 0; i < c.n; i++) {
        wins += a[i] > b[i];
        ties += a[i] == b[i]; /* who leaves in the first months holds nothing of either */
    }
    assert_near((double)wins / (double)(c.n - ties), 0.5, 2.0 / sqrt((double)(c.n - ties)));
    lq_case_clear(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(martingales_of_a_report_in_dollars),
        cmocka_unit_test(martingales_of_a_report_in_euros),
        cmocka_unit_test(a_curve_discounts_at_its_tenors),
        cmocka_unit_test(failures_and_premiums_are_paid_for),
        cmocka_unit_test(failures_that_depend_on_the_value_are_paid_for),
        cmocka_unit_test(a_floor_is_paid_for),
        cmocka_unit_test(compensation_can_be_left_out),
        cmocka_unit_test(rounds_and_tenders_at_a_fair_price_cost_nothing),
        cmocka_unit_test(a_pool_top_up_is_paid_by_the_holders),
        cmocka_unit_test(the_identity_config_is_worth_its_face),
        cmocka_unit_test(equal_packages_of_one_employer_never_differ),
        cmocka_unit_test(equal_employers_are_correlated_by_the_market),
        cmocka_unit_test(exits_of_equal_employers_are_independent),
        cmocka_unit_test(a_company_listed_at_once_is_a_listed_company),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
