/* Rules about dates, settlement and what is stuck, on companies without volatility: the
 * engine's money against arithmetic, to the cent. Rules are named as in docs/verification.md.
 */
#include "lq_case.h"

#include "stats/functional.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "case_config.h"

/* One million shares at $100; months 0 to 120, money has no price of time. */
#define STILL                                                                                  \
    "schema: liquidus/1\nperson: {wealth: $0}\n"                                               \
    "market: {rate: 0%%, equity_premium: 0%%, volatility: 16%%}\n"                             \
    "simulation: {paths: 1e4, seed: 51, start: 2027-01-01, horizon: 4y, liquidity_horizon: "   \
    "10y}\n"                                                                                   \
    "companies: {c: {like: none, listing: private, volatility: 0%%, post_ipo_volatility: "     \
    "0%%,\n"                                                                                   \
    "  correlation: 0, compensate: no, last_round: {post_money: $100M, price: $100},\n"        \
    "  opening_value: {method: face}, "
/* Ends the company; one offer of 1,000 units follows. */
#define UNITS(pay, terms)                                                                      \
    "}}\n"                                                                                     \
    "offers: [{id: x, company: c, base: $0, " pay                                              \
    ", grants: [{instrument: rsu, units: 1000, " terms "}]}]\n"

/* An exit in month 13 (a year without, then certain within the month). */
#define IPO_13                                                                                 \
    "exits: {ipo: {table: {0y: 0/y, 1y: 600/y}, discount: %d%%, primary: %d%%}}, lockup: "     \
    "%dmo, growth: %g/y"
#define STAY   "leaving: 0/y"
#define DOUBLE "trigger: double, expiry: 10y, vesting: "

/* Every path is paid `want` to the cent. */
static void check_paid(lq_case *c, double want)
{
    for (size_t i = 0; i < c->n; i++)
        assert_near(lq_case_offer(c, "x", 0)[i], want, 0.005);
    lq_case_clear(c);
}

/* R6: primary money is raised under the first close; holders pay 15 % x 15 % / 85 % for it. */
static void holders_pay_for_an_offer_below_the_first_close(void **state)
{
    (void)state;
    lq_case c = run_text(STILL IPO_13 UNITS(STAY, DOUBLE AT("12")), 15, 15, 0, 0.0);
    check_paid(&c, 1e5 * (1.0 - 0.15 * 0.15 / 0.85));
    c = run_text(STILL IPO_13 UNITS(STAY, DOUBLE AT("12")), 15, 0, 0, 0.0);
    check_paid(&c, 1e5); /* without new money a discount costs them nothing */
}

/* R14: what is unvested at the horizon of four years is forfeited, listed by then or not. */
static void unvested_at_the_horizon_is_forfeited(void **state)
{
    (void)state;
    lq_case c = run_text(
        STILL IPO_13 UNITS(STAY, DOUBLE "{years: [10%%, 10%%, 10%%, 10%%, 60%%], every: 1mo}"),
        0, 0, 0, 0.0);
    check_paid(&c, 0.4 * 1e5);
    c = run_text(STILL "exits: {ipo: {table: {0y: 0/y, 5y: 600/y}, discount: 0%%, primary: "
                       "0%%}}, lockup: 0mo, growth: 0/y" UNITS(
                           STAY, DOUBLE "{years: [10%%, 10%%, 10%%, 10%%, 60%%], every: 1mo}"));
    check_paid(&c, 0.4 * 1e5);
}

/* R2: what vests in the month of the exit is vested at it, and settlement comes before expiry.
 */
static void a_vest_and_an_expiry_in_the_month_of_the_exit(void **state)
{
    (void)state;
    static const struct {
        int expiry_months;
        double want;
    } rows[] = {{12, 0.0}, {13, 1e5}, {14, 1e5}};
    for (size_t i = 0; i < LQ_COUNT(rows); i++) {
        lq_case c = run_text(STILL IPO_13 UNITS(STAY, "trigger: double, expiry: %dmo, vesting: "
                                                      "{table: {13mo: 100%%}}"),
                             0, 0, 0, 0.0, rows[i].expiry_months);
        check_paid(&c, rows[i].want);
    }
}

/* R2, R12b: who leaves in month k is there when k vests, and keeps what has vested. */
static void leavers_keep_what_has_vested(void **state)
{
    (void)state;
    lq_case c =
        run_text(STILL "exits: {ipo: {table: {0y: 0/y, 5y: 600/y}, discount: 0%%, "
                       "primary: 0%%}}, lockup: 0mo, growth: 0/y" UNITS(
                           "leaving: 0.5/y", DOUBLE "{table: {12mo: 50%%, 24mo: 50%%}}"));
    const double *paid = lq_case_offer(&c, "x", 0);
    size_t none = 0, half = 0, whole = 0;
    for (size_t i = 0; i < c.n; i++) {
        none += paid[i] == 0.0;
        half += fabs(paid[i] - 5e4) < 0.005;
        whole += fabs(paid[i] - 1e5) < 0.005;
    }
    assert_int_equal(none + half + whole, c.n);
    const double first = exp(-0.5 * 11.0 / 12.0), second = exp(-0.5 * 23.0 / 12.0);
    assert_share(none, c.n, 1.0 - first);
    assert_share(whole, c.n, second);
    lq_case_clear(&c);
}

/* R3: months are dated on their last day: twelve wages in the first calendar year, and a bonus
 * with the last of them. */
static void twelve_wages_in_the_first_year(void **state)
{
    (void)state;
    lq_case c = run_text("schema: liquidus/1\nperson: {wealth: $0}\ntax: none\n"
                         "simulation: {paths: 100, start: 2027-01-01, horizon: 2y, "
                         "liquidity_horizon: 2y}\n"
                         "market: {rate: 5%%, equity_premium: 0%%, volatility: 16%%}\n"
                         "companies: {s: {listing: public, volatility: 0%%, correlation: 0}}\n"
                         "offers: [{id: x, company: s, base: $%dK, raise: 10%%, bonus: 10%%, "
                         "leaving: 0/y}]\n",
                         120);
    static const double by_year[] = {132e3, 145.2e3};
    for (size_t y = 0; y < 2; y++) {
        lq_law *law = lq_law_create(c.result->offers[0].by_year[y], LQ_POOLED);
        assert_near(lq_law_mean(law), by_year[y], 0.005);
        lq_law_destroy(law);
    }
    double want = 0.0;
    for (int k = 1; k <= 24; k++) {
        const double wage = k <= 12 ? 10e3 : 11e3, bonus = k % 12 ? 0.0 : 1.2 * wage;
        want += (wage + bonus) * pow(1.05, -k / 12.0);
    }
    check_paid(&c, want);
}

/* R12: growth is arithmetic and continuous; by default the rate, ln 1.044, and beta x premium,
 * of which discounting leaves beta x premium. */
static void default_growth_is_the_rate_and_beta_premiums(void **state)
{
    (void)state;
    lq_case c = run_text(
        "schema: liquidus/1\nperson: {wealth: $0}\ntax: none\n"
        "simulation: {paths: 1e5, seed: 52, horizon: 4y, liquidity_horizon: 4y}\n"
        "market: {rate: 4.4%%, equity_premium: 4.5%%, volatility: 16%%}\n"
        "companies: {s: {listing: public, price: $100, volatility: 35%%, beta: 1.2}}\n"
        "offers:\n" OFFER("early", "s", "1", AT("12")) OFFER("late", "s", "1", AT("48")));
    assert_mean(lq_case_offer(&c, "early", 0), c.n, 100.0 * exp(1.2 * 0.045));
    assert_mean(lq_case_offer(&c, "late", 0), c.n, 100.0 * exp(4.0 * 1.2 * 0.045));
    lq_case_clear(&c);
}

/* ---- R15: what is stuck ---- */

#define RESIDUAL "exits: {%s}, growth: 0/y, residual: {method: %s, dlom: 20%%}"

static const char ipo_and_failure[] =
    "ipo: {rate: 0.06/y, discount: 0%, primary: 0%}, failure: {rate: 0.04/y}";

/* Paths whose company is still private at the end are paid `want`, and there are some. */
static void check_stuck(lq_case *c, double want)
{
    const double *kind = lq_case_company(c, "c", 0), *paid = lq_case_offer(c, "x", 0);
    size_t n = 0;
    for (size_t i = 0; i < c->n; i++) {
        if (kind[i] != LQ_EXIT_NONE) continue;
        assert_near(paid[i], want, 0.005);
        n++;
    }
    assert_share(n, c->n, exp(-0.1 * 10.0));
    lq_case_clear(c);
}

/* A share of the value less 20 %; of a double trigger, times the odds that one comes before the
 * units expire, two years after the last month: six tenths of 1 - exp(-0.1 x 2). */
static void what_is_stuck_is_worth_its_residual(void **state)
{
    (void)state;
    static const struct {
        const char *method, *trigger;
        double want;
    } rows[] = {
        {"fair", "trigger: single, ", 8e4},
        {"opm", "trigger: single, ", 8e4}, /* no preference: the option is the share */
        {"zero", "trigger: single, ", 0.0},
        {"fair", "trigger: double, expiry: 12y, ", 8e4 * 0.6 * 0.18126924692201818},
        {"fair", "trigger: double, expiry: 10y, ", 0.0},
        {"fair", "trigger: double, expiry: 9y, ", 0.0},
    };
    for (size_t i = 0; i < LQ_COUNT(rows); i++) {
        lq_case c = run_text(STILL RESIDUAL UNITS(STAY, "%s vesting: {table: {12mo: 100%%}}"),
                             ipo_and_failure, rows[i].method, rows[i].trigger);
        check_stuck(&c, rows[i].want);
    }
}

/* R15: less the tax that a sale then would bear. */
static void what_is_stuck_is_worth_its_residual_after_tax(void **state)
{
    (void)state;
    lq_case c = run_text("tax: 40%%\n" STILL RESIDUAL UNITS(
                             STAY, "trigger: double, expiry: 30y, vesting: {table: "
                                   "{12mo: 100%%}}"),
                         ipo_and_failure, "fair");
    check_stuck(&c, 0.6 * 8e4 * 0.6 * (1.0 - exp(-0.1 * 20.0)));
}

/* R5 and R15: where growth pays for failures and premiums, paper that is stuck has been paid
 * for them; all that is granted is worth what it was, and what expires is what no exit reached.
 */
static void stuck_paper_is_not_charged_for_failures_twice(void **state)
{
    (void)state;
    const double fail = 0.05 / 12.0, buy = 0.10 / 12.0, list = 0.05 / 12.0;
    const double any = -expm1(-(fail + buy + list)) / (fail + buy + list);
    const double a_month =
        exp(-(fail + buy + list)) / (1.0 - any * (fail * (1.0 - 0.2) - buy * 0.3));
    const double out = list + buy * 1.3 + fail * 0.2; /* of value, a month */
    static const struct {
        const char *expiry;
        double months_after;
    } rows[] = {{"expiry_waived: true", (double)INFINITY}, {"expiry: 13y", 36}};
    for (size_t i = 0; i < LQ_COUNT(rows); i++) {
        lq_case c = run_text(
            "schema: liquidus/1\nperson: {wealth: $0}\n"
            "market: {rate: 0%%, equity_premium: 0%%, volatility: 16%%}\n"
            "simulation: {paths: 3e5, seed: 52, start: 2027-01-01, horizon: 4y, "
            "liquidity_horizon: 10y}\n"
            "companies: {c: {like: none, listing: private, volatility: 0%%, "
            "post_ipo_volatility: 0%%, correlation: 0, compensate: yes, growth: 0/y,\n"
            "  last_round: {post_money: $100M, price: $100}, opening_value: {method: face},\n"
            "  residual: {method: fair, dlom: 0%%}, lockup: 0mo, exits: {ipo: {rate: 0.05/y, "
            "discount: 0%%, primary: 0%%},\n"
            "    failure: {rate: 0.05/y, recovery: 20%%}, acquisition: {rate: 0.10/y, "
            "premium: 30%%, fees: 0%%}}" UNITS(STAY, "trigger: double, %s, vesting: " AT("1")),
            rows[i].expiry);
        const double left = pow(a_month, 120.0) * exp(-out * rows[i].months_after);
        assert_mean(lq_case_offer(&c, "x", 0), c.n, 1e5 * (1.0 - left));
        lq_case_clear(&c);
    }
}

/* ---- R23: when a double trigger is taxed ---- */

/* The IPO is in month 13, the lockup ends six months later; growth as given. */
static lq_case run_cascade(const char *settle, double growth)
{
    return run_text("tax: {flat: 40%%, gains: 20%%}\n" STILL IPO_13 UNITS(
                        STAY, "trigger: double, expiry: 10y, settle: %s, vesting: {table: "
                              "{12mo: 100%%}}"),
                    0, 0, 6, growth, settle);
}

static void check_cascade(const char *settle, double growth, double tax, double net)
{
    lq_case c = run_cascade(settle, growth);
    for (size_t i = 0; i < c.n; i++)
        assert_near(lq_case_offer(&c, "x", 3)[i], tax, 0.005);
    check_paid(&c, net);
}

/* Taxed at the IPO on its price, shares withheld; what is left moves until the lockup ends. A
 * gain is taxed as one, a loss brings nothing back: the price falls, the tax does not. */
static void tax_at_the_ipo_or_at_the_end_of_the_lockup(void **state)
{
    (void)state;
    for (int rises = 0; rises < 2; rises++) {
        const double growth = rises ? 0.3 : -0.9;
        const double at_ipo = 1e5 * exp(growth * 13.0 / 12.0);
        const double at_end = 1e5 * exp(growth * 19.0 / 12.0);
        const double gain = 0.6 * (at_end - at_ipo), on_gain = gain > 0.0 ? 0.2 * gain : 0.0;
        check_cascade("ipo", growth, 0.4 * at_ipo + on_gain, 0.6 * at_end - on_gain);
        check_cascade("lockup_end", growth, 0.4 * at_end, 0.6 * at_end);
    }
}

/* Units granted later in a number stay that number; granted for a value they are priced then.
 */
static void a_later_grant_in_units_or_in_value(void **state)
{
    (void)state;
    lq_case c =
        run_text(HEAD "simulation: {paths: 100, horizon: 4y, liquidity_horizon: 4y}\n"
                      "companies: {s: {listing: public, price: $100, volatility: 0%%, "
                      "correlation: 0, growth: 0.12/y}}\n"
                      "offers:\n"
                      "  - {id: x, company: s, base: $0, leaving: 0/y, grants: [{instrument: "
                      "rsu, units: 10, granted: 12mo, vesting: {table: {12mo: 100%%}}}]}\n"
                      "  - {id: y, company: s, base: $0, leaving: 0/y, grants: [{instrument: "
                      "rsu, value: $1000, granted: 12mo, vesting: {table: {12mo: 100%%}}}]}\n");
    assert_near(lq_case_offer(&c, "y", 0)[0], 1000.0 * exp(0.12), 1e-6);
    check_paid(&c, 1000.0 * exp(0.24));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(holders_pay_for_an_offer_below_the_first_close),
        cmocka_unit_test(unvested_at_the_horizon_is_forfeited),
        cmocka_unit_test(a_vest_and_an_expiry_in_the_month_of_the_exit),
        cmocka_unit_test(leavers_keep_what_has_vested),
        cmocka_unit_test(twelve_wages_in_the_first_year),
        cmocka_unit_test(default_growth_is_the_rate_and_beta_premiums),
        cmocka_unit_test(what_is_stuck_is_worth_its_residual),
        cmocka_unit_test(what_is_stuck_is_worth_its_residual_after_tax),
        cmocka_unit_test(stuck_paper_is_not_charged_for_failures_twice),
        cmocka_unit_test(tax_at_the_ipo_or_at_the_end_of_the_lockup),
        cmocka_unit_test(a_later_grant_in_units_or_in_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
