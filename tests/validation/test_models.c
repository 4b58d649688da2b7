/* Laws of shocks through the whole engine: under pricing every price is a martingale in every
 * currency (check 5), in the real measure every company grows as it says (R12), what shares a
 * state or a month moves together (R19), and no way of sampling changes a law. */
#include "lq_case.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "case_config.h"

#define REGIMES                                                                                \
    "model: regime, regimes: [{id: calm, volatility: 11%, premium: 9%/y, next: [96%, "         \
    "4%]}, {id: bear, volatility: 29%, premium: -24%/y, next: [12%, 88%]}]"
#define SERIES                                                                                 \
    "model: bootstrap, block: 6mo, returns: {from: 2010-01, values: [5%, 4%, 3%, 6%, "         \
    "5%, -8%, -9%, -7%, 1%, 2%, 1%, 0%, 1%, 1%, -2%, -3%, 4%, 5%, 6%, -12%, "                  \
    "-14%, 2%, 3%, 4%]}"
#define STOCK                                                                                  \
    "model: bootstrap, returns: {from: 2010-01, values: [9%, 4%, 2%, 9%, 7%, -18%, "           \
    "-9%, 3%, 1%, 5%, 1%, 2%, 1%, 4%, -2%, -13%, 4%, 15%, 6%, -18%, -9%, "                     \
    "12%, 0%, 4%]}"
#define HESTON                                                                                 \
    "model: heston, volatility: 30%, beta: 1.2, heston: {speed: 2/y, vol_of_vol: 70%, "        \
    "correlation: -0.7}"

/* Two listed companies, one in each currency, both with dividends, and a private one. */
static const struct law {
    const char *name, *market, *us, *eu, *correlation, *firm;
} laws[] = {
    {"student", "volatility: 16%, student_t: 5", "volatility: 30%, beta: 1.2, student_t: 4",
     "volatility: 40%, beta: 1.1, student_t: 5", "0.4", "student_t: 4"},
    {"regime", REGIMES, "model: regime, volatility: 38%, beta: 1.2",
     "volatility: 40%, beta: 1.1", "0.4", "model: gbm"},
    {"bootstrap", SERIES, STOCK, STOCK, "0.2", "model: gbm"},
    {"heston", "volatility: 16%", HESTON, HESTON, "0",
     "model: merton, jumps: {rate: 0.5/y, mean: -20%, sd: 30%}"},
    {"heston in regimes", REGIMES, HESTON, HESTON, "0", "model: gbm"},
};

#define PATHS lq_runs(160000)

enum { N_MONTHS = 3 };
static const int months[N_MONTHS] = {1, 48, 120};

#define THREE(id)                                                                              \
    OFFER(id "-1", id, "1", AT("1"))                                                           \
    OFFER(id "-48", id, "1", AT("48")) OFFER(id "-120", id, "1", AT("120"))

static lq_case run_law(const struct law *law, const char *measure, const char *simulation)
{
    return run_text(
        "schema: liquidus/1\ncurrency: USD\ntax: none\nperson: {wealth: 0}\n"
        "simulation: {measure: %s, paths: %d, seed: 71, horizon: 10y, "
        "liquidity_horizon: 10y%s}\n"
        "market: {rate: {1y: 2%%, 3y: 4%%, 10y: 5%%}, equity_premium: 4.5%%, %s,\n"
        "  fx: {EURUSD: {spot: 1.15, volatility: 10%%, rate: 3%%, correlation: %s}}}\n"
        "companies:\n"
        "  us: {listing: public, currency: USD, price: USD 100, dividend_yield: 2%%, "
        "%s}\n"
        "  eu: {listing: public, currency: EUR, price: EUR 80, dividend_yield: 3%%, %s}\n"
        "offers:\n" THREE("us") THREE("eu"),
        measure, PATHS, simulation, law->market, law->correlation, law->us, law->eu);
}

static const double *column_at(const lq_case *c, const char *id, int month)
{
    char name[32];
    snprintf(name, sizeof name, "%s-%d", id, month);
    return lq_case_offer(c, name, 0);
}

/* Mean of what is paid at each month, with the yield on it. */
static void check_means(const lq_case *c, const char *id, double yield, double growth,
                        double today)
{
    for (int i = 0; i < N_MONTHS; i++) {
        const lq_sample_mean m = lq_mean_of(column_at(c, id, months[i]), c->n);
        const double years = months[i] / 12.0, carry = exp((yield - growth) * years);
        assert_near(m.mean * carry, today, 4.0 * m.se * carry + 1e-9 * today);
    }
}

/* Check 5. */
static void prices_are_martingales_under_pricing(void **state)
{
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(laws); i++) {
        print_message("%s\n", laws[i].name);
        lq_case c = run_law(&laws[i], "pricing", "");
        check_means(&c, "us", 0.02, 0.0, 100.0);
        check_means(&c, "eu", 0.03, 0.0, 80.0 * 1.15);
        lq_case_clear(&c);
    }
}

/* R12: discounted at the rate, what is left of growth is beta x premium. */
static void companies_grow_as_they_say(void **state)
{
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(laws); i++) {
        print_message("%s\n", laws[i].name);
        lq_case c = run_law(&laws[i], "real", "");
        const lq_company *us = c.scenario->companies.items;
        check_means(&c, "us", 0.02, 0.045 * us->beta.p[0], 100.0);
        lq_case_clear(&c);
    }
}

/* Sobol points and mirrored paths are other samples of the same law. */
static void no_way_of_sampling_changes_a_law(void **state)
{
    (void)state;
    static const char *const ways[] = {", sampling: sobol", ", antithetic: true",
                                       ", precision: reference"};
    for (size_t i = 0; i < LQ_COUNT(laws); i++) {
        lq_case plain = run_law(&laws[i], "pricing", "");
        for (size_t w = 0; w < LQ_COUNT(ways); w++) {
            print_message("%s%s\n", laws[i].name, ways[w]);
            lq_case other = run_law(&laws[i], "pricing", ways[w]);
            const double *a = column_at(&plain, "us", 48), *b = column_at(&other, "us", 48);
            size_t below_a = 0, below_b = 0;
            for (size_t p = 0; p < plain.n; p++)
                below_a += a[p] < 70.0;
            for (size_t p = 0; p < other.n; p++)
                below_b += b[p] < 70.0;
            const double share = (double)below_a / (double)plain.n;
            const double se = sqrt(share * (1.0 - share) / (double)plain.n);
            assert_near((double)below_b / (double)other.n, share, 6.0 * se);
            check_means(&other, "us", 0.02, 0.0, 100.0);
            lq_case_clear(&other);
        }
        lq_case_clear(&plain);
    }
}

/* ---- private companies on other markets ---- */

/* Check 1 in small: failures, premiums and listings are paid for by the drift, rounds at the
 * value cost nothing, so paper is worth what it was; and expanded exits are the same law. */
static void a_private_company_keeps_its_value_on_every_market(void **state)
{
    (void)state;
    static const char *const ways[] = {"random, expansion: off", "sobol, expansion: on"};
    for (size_t i = 0; i < LQ_COUNT(laws); i++)
        for (size_t w = 0; w < LQ_COUNT(ways); w++) {
            print_message("%s %s\n", laws[i].name, ways[w]);
            lq_case c = run_text(
                "schema: liquidus/1\ntax: none\nperson: {wealth: 0}\n"
                "simulation: {measure: pricing, paths: %d, seed: 72, horizon: 4y, "
                "liquidity_horizon: 8y, sampling: %s}\n"
                "market: {rate: 4%%, %s}\n"
                "companies: {c: {like: none, listing: private, volatility: 70%%, beta: "
                "1.5, post_ipo_volatility: 50%%, %s,\n"
                "  last_round: {post_money: $100M, price: $100}, opening_value: {method: "
                "face}, lockup: 6mo, residual: {method: fair, dlom: 0%%},\n"
                "  exits: {ipo: {probability: 25%% by 5y, discount: 0%%, primary: "
                "0%%}, acquisition: {probability: 30%% by 5y, premium: 30%%},\n"
                "    failure: {probability: 13%% by 5y}}, rounds: {rate: 0.5/y, dilution: "
                "10%%, phi: 1}}}\n"
                "offers:\n"
                "  - {id: x, company: c, base: $0, leaving: 0/y, grants: [{instrument: "
                "rsu, units: 100, trigger: single, vesting: {table: {1mo: 100%%}}}]}\n",
                PATHS, ways[w], laws[i].market, laws[i].firm);
            const lq_sample_mean m = lq_mean_of(lq_case_offer(&c, "x", 0), c.n);
            assert_near(m.mean, 1e4, 4.0 * m.se);
            lq_case_clear(&c);
        }
}

/* ---- R19 ---- */

#define TWO "offers:\n" OFFER("a", "a", "1", AT("12")) OFFER("b", "b", "1", AT("12"))

static double correlation_of_logs(const double *a, const double *b, size_t n)
{
    double x1 = 0, y1 = 0, xx = 0, yy = 0, xy = 0;
    for (size_t i = 0; i < n; i++) {
        const double x = log(a[i]), y = log(b[i]);
        x1 += x, y1 += y, xx += x * x, yy += y * y, xy += x * y;
    }
    const double m = (double)n;
    return (xy - x1 * y1 / m) / sqrt((xx - x1 * x1 / m) * (yy - y1 * y1 / m));
}

static double correlation_of_sizes(const double *a, const double *b, size_t n, double today)
{
    double x1 = 0, y1 = 0, xx = 0, yy = 0, xy = 0;
    for (size_t i = 0; i < n; i++) {
        const double x = fabs(log(a[i] / today)), y = fabs(log(b[i] / today));
        x1 += x, y1 += y, xx += x * x, yy += y * y, xy += x * y;
    }
    const double m = (double)n;
    return (xy - x1 * y1 / m) / sqrt((xx - x1 * x1 / m) * (yy - y1 * y1 / m));
}

/* One state for all: without a common shock the sizes of two companies' moves still go
 * together, where both are as wild as the state. */
static void companies_share_the_state(void **state)
{
    (void)state;
    lq_case c = run_text(
        "schema: liquidus/1\ntax: none\nperson: {wealth: 0}\n"
        "simulation: {measure: pricing, paths: %d, seed: 73, horizon: 1y, liquidity_horizon: "
        "1y}\nmarket: {rate: 0%%, %s}\n"
        "companies:\n"
        "  a: {listing: public, model: regime, volatility: 40%%, beta: 0}\n"
        "  b: {listing: public, model: regime, volatility: 40%%, beta: 0}\n" TWO,
        PATHS, REGIMES);
    const double *a = lq_case_offer(&c, "a", 0), *b = lq_case_offer(&c, "b", 0);
    assert_true(correlation_of_sizes(a, b, c.n, 100.0) > 0.1);
    lq_case_clear(&c);
    c = run_text("schema: liquidus/1\ntax: none\nperson: {wealth: 0}\n"
                 "simulation: {measure: pricing, paths: %d, seed: 73, horizon: 1y, "
                 "liquidity_horizon: 1y}\nmarket: {rate: 0%%, %s}\n"
                 "companies:\n"
                 "  a: {listing: public, volatility: 40%%, beta: 0}\n"
                 "  b: {listing: public, volatility: 40%%, beta: 0}\n" TWO,
                 PATHS, REGIMES);
    a = lq_case_offer(&c, "a", 0), b = lq_case_offer(&c, "b", 0);
    assert_near(correlation_of_sizes(a, b, c.n, 100.0), 0.0, 4.0 / sqrt((double)c.n));
    lq_case_clear(&c);
}

/* One month of the histories for all: two companies with the same history are one. */
static void companies_share_the_month_of_their_histories(void **state)
{
    (void)state;
    lq_case c = run_text("schema: liquidus/1\ntax: none\nperson: {wealth: 0}\n"
                         "simulation: {paths: 1e4, seed: 74, horizon: 1y, liquidity_horizon: "
                         "1y}\nmarket: {%s}\n"
                         "companies:\n  a: {listing: public, %s}\n"
                         "  b: {listing: public, %s}\n" TWO,
                         SERIES, STOCK, STOCK);
    assert_memory_equal(lq_case_offer(&c, "a", 0), lq_case_offer(&c, "b", 0),
                        c.n * sizeof(double));
    lq_case_clear(&c);
}

/* A month of a history is one of its months: 24 prices, growth taken out, and no other. */
static void one_month_of_a_history_is_one_of_its_months(void **state)
{
    (void)state;
    lq_case c = run_text("schema: liquidus/1\ntax: none\nperson: {wealth: 0}\n"
                         "simulation: {measure: pricing, paths: 5e4, seed: 75, horizon: 1y, "
                         "liquidity_horizon: 1y}\nmarket: {rate: 0%%, %s}\n"
                         "companies:\n  a: {listing: public, %s}\n"
                         "offers:\n" OFFER("a", "a", "1", AT("1")),
                         SERIES, STOCK);
    const double *paid = lq_case_offer(&c, "a", 0);
    const lq_returns *r = &((const lq_company *)c.scenario->companies.items)->returns;
    size_t worst = 0, found = 0;
    double mean = 0.0;
    for (size_t i = 0; i < r->n; i++)
        mean += (1.0 + r->simple[i]) / (double)r->n;
    for (size_t p = 0; p < c.n; p++) {
        bool is_one = false;
        for (size_t i = 0; i < r->n; i++)
            is_one |= fabs(paid[p] - 100.0 * (1.0 + r->simple[i]) / mean) < 1e-6;
        found += is_one;
        worst += fabs(paid[p] - 100.0 * (1.0 - 0.18) / mean) < 1e-6;
    }
    assert_int_equal(found, c.n);
    assert_share(worst, c.n, 2.0 / 24.0);
    lq_case_clear(&c);
}

/* A correlation that is set is that of the months' log returns, fat tails or not. */
static void set_correlations_are_of_the_returns(void **state)
{
    (void)state;
    lq_case c = run_text("schema: liquidus/1\ntax: none\nperson: {wealth: 0}\n"
                         "simulation: {paths: %d, seed: 77, horizon: 1y, liquidity_horizon: "
                         "1y}\n"
                         "market: {student_t: 6, correlations: [{pair: [a, b], value: 0.7}, "
                         "{pair: [a, d], value: 0.5}]}\n"
                         "companies:\n"
                         "  a: {listing: public, volatility: 40%%, beta: 0.5, student_t: 4}\n"
                         "  b: {listing: public, volatility: 40%%, beta: 0.5, student_t: 3}\n"
                         "  d: {listing: public, volatility: 40%%, beta: 0.5}\n"
                         "offers:\n" OFFER("a", "a", "1", AT("1")) OFFER("b", "b", "1", AT("1"))
                             OFFER("d", "d", "1", AT("1")),
                         PATHS);
    const double *a = lq_case_offer(&c, "a", 0), *b = lq_case_offer(&c, "b", 0);
    const double *d = lq_case_offer(&c, "d", 0);
    const double slack = LQ_JUDGES_CHANCE ? 0.01 : 0.1;
    assert_near(correlation_of_logs(a, b, c.n), 0.7, slack);
    assert_near(correlation_of_logs(a, d, c.n), 0.5, slack);
    lq_case_clear(&c);
}

/* R11, R19: members of a sector correlate by what it adds to their betas, jumps and fat tails
 * or not, and are as volatile as without it. */
static void members_of_a_sector_move_together(void **state)
{
    (void)state;
    lq_case c = run_text(
        "schema: liquidus/1\ntax: none\nperson: {wealth: 0}\n"
        "simulation: {paths: %d, seed: 78, horizon: 1y, liquidity_horizon: 1y}\n"
        "market: {rate: 0%%, volatility: 16%%, sectors: {ai: {share: 40%%}}}\n"
        "companies:\n"
        "  a: {listing: public, volatility: 40%%, beta: 1, sector: ai}\n"
        "  b: {listing: public, volatility: 50%%, beta: 1.5, sector: ai, sector_share: 60%%, "
        "model: merton, jumps: {rate: 1/y, mean: 0%%, sd: 20%%}}\n"
        "  d: {listing: public, volatility: 40%%, beta: 0, sector: ai, student_t: 4}\n"
        "  e: {listing: public, volatility: 40%%, beta: 1}\n"
        "offers:\n" OFFER("a", "a", "1", AT("1")) OFFER("b", "b", "1", AT("1"))
            OFFER("d", "d", "1", AT("1")) OFFER("e", "e", "1", AT("1")),
        PATHS);
    const double *a = lq_case_offer(&c, "a", 0), *b = lq_case_offer(&c, "b", 0);
    const double *d = lq_case_offer(&c, "d", 0), *e = lq_case_offer(&c, "e", 0);
    const double x = 0.4, y = 1.5 * 0.16 / 0.5;
    const double slack = LQ_JUDGES_CHANCE ? 0.012 : 0.1;
    assert_near(correlation_of_logs(a, b, c.n),
                x * y + sqrt((1 - x * x) * (1 - y * y) * 0.4 * 0.6), slack);
    assert_near(correlation_of_logs(a, d, c.n), sqrt((1 - x * x) * 0.4 * 0.4), slack);
    assert_near(correlation_of_logs(a, e, c.n), x * x, slack);
    const double *all[] = {a, b, d, e};
    const double volatility[] = {0.4, 0.5, 0.4, 0.4};
    for (size_t i = 0; i < LQ_COUNT(all); i++) {
        double sum = 0.0, squares = 0.0;
        for (size_t p = 0; p < c.n; p++) {
            const double z = log(all[i][p]);
            sum += z, squares += z * z;
        }
        const double n = (double)c.n, mean = sum / n;
        const double sd = sqrt(12.0 * (squares / n - mean * mean));
        assert_near(sd, volatility[i], LQ_JUDGES_CHANCE ? 0.006 : 0.06);
    }
    lq_case_clear(&c);
}

/* Bad years come together: what a bear market does to the worst paths of four years. */
static void bear_markets_last(void **state)
{
    (void)state;
    static const char *const markets[] = {"volatility: 17.9%", REGIMES};
    double worst[2];
    for (size_t i = 0; i < 2; i++) {
        lq_case c = run_text(
            "schema: liquidus/1\ntax: none\nperson: {wealth: 0}\n"
            "simulation: {paths: %d, seed: 76, horizon: 4y, liquidity_horizon: 4y}\n"
            "market: {rate: 0%%, %s}\n"
            "companies:\n  a: {listing: public, volatility: 25%%, beta: 1, growth: 0/y}\n"
            "offers:\n" OFFER("a", "a", "1", AT("48")),
            PATHS, markets[i]);
        const double *a = lq_case_offer(&c, "a", 0);
        size_t below = 0;
        for (size_t p = 0; p < c.n; p++)
            below += a[p] < 25.0;
        worst[i] = (double)below / (double)c.n;
        assert_mean(a, c.n, 100.0);
        lq_case_clear(&c);
    }
    if (LQ_JUDGES_CHANCE) assert_true(worst[1] > 2.0 * worst[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prices_are_martingales_under_pricing),
        cmocka_unit_test(companies_grow_as_they_say),
        cmocka_unit_test(no_way_of_sampling_changes_a_law),
        cmocka_unit_test(a_private_company_keeps_its_value_on_every_market),
        cmocka_unit_test(companies_share_the_state),
        cmocka_unit_test(companies_share_the_month_of_their_histories),
        cmocka_unit_test(one_month_of_a_history_is_one_of_its_months),
        cmocka_unit_test(set_correlations_are_of_the_returns),
        cmocka_unit_test(members_of_a_sector_move_together),
        cmocka_unit_test(bear_markets_last),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
