/* Mechanisms one at a time, on companies that hold their value: who shares which draws,
 * tenders, rounds, failure and what follows, clawback, sure money. */
#include "lq_case.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "case_config.h"
#include "case_path.h"

#define MARKET "market: {rate: 0%%, equity_premium: 0%%, volatility: 16%%}\n"
#define RUN                                                                                    \
    "schema: liquidus/1\nperson: {wealth: $0}\ntax: none\n" MARKET                             \
    "simulation: {paths: 1e5, seed: 61, start: 2027-01-01, horizon: 4y, liquidity_horizon: "   \
    "6y}\n"
#define STILL                                                                                  \
    "like: none, listing: private, volatility: 0%%, post_ipo_volatility: 0%%, correlation: 0," \
    " compensate: no, last_round: {post_money: $100M, price: $100}, opening_value: {method: "  \
    "face}, residual: {method: zero}, lockup: 0mo"
#define LISTED "listing: public, price: $100, volatility: 0%%, correlation: 0, growth: 0/y"

/* 100 units that vest in month 12, by their trigger. */
#define OWNED(id, company, trigger)                                                            \
    "  - {id: " id ", company: " company ", base: $0, leaving: 0/y, grants: [{instrument: "    \
    "rsu, trigger: " trigger ", units: 100, vesting: " AT("12") "}]}\n"

/* ---- who shares which draws (R20) ---- */

static double correlation_of(const double *a, const double *b, size_t n)
{
    const lq_sample_mean x = lq_mean_of(a, n), y = lq_mean_of(b, n);
    double sum = 0.0;
    for (size_t i = 0; i < n; i++)
        sum += (a[i] - x.mean) * (b[i] - y.mean);
    return sum / (double)n / (x.sd * y.sd);
}

#define BONUS "bonus: {target: 20%%, payout: {triangular: [0, 90%%, 120%%]}}, leaving: 0/y"

/* The payout is the employer's year: the same for its packages, another one elsewhere. */
static void bonuses_of_one_employer_move_together(void **state)
{
    (void)state;
    lq_case c = run_text(RUN "companies: {c: {" LISTED "}, d: {" LISTED "}}\n"
                             "offers:\n"
                             "  - {id: x, company: c, base: $100K, " BONUS "}\n"
                             "  - {id: y, company: c, base: $200K, " BONUS "}\n"
                             "  - {id: z, company: d, base: $100K, " BONUS "}\n");
    const double *x = lq_case_offer(&c, "x", 0), *y = lq_case_offer(&c, "y", 0);
    for (size_t i = 0; i < c.n; i++)
        assert_near(y[i], 2.0 * x[i], 1e-6);
    assert_near(correlation_of(x, lq_case_offer(&c, "z", 0), c.n), 0.0,
                4.0 / sqrt((double)c.n));
    assert_mean(x, c.n, 4.0 * 100e3 * (1.0 + 0.2 * (0.0 + 0.9 + 1.2) / 3.0));
    lq_case_clear(&c);
}

/* Who would leave in a month leaves in that month whatever the offer: the person's draw. */
static void a_person_leaves_any_employer_in_the_same_month(void **state)
{
    (void)state;
    lq_case c = run_text(
        RUN
        "companies: {c: {" LISTED "}, d: {" LISTED "}}\n"
        "offers:\n"
        "  - {id: x, company: c, base: $0, leaving: 0.3/y, grants: [{instrument: rsu, units: "
        "480, vesting: {over: 48mo, every: 1mo}}]}\n"
        "  - {id: y, company: d, base: $0, leaving: 0.3/y, grants: [{instrument: rsu, units: "
        "480, vesting: {over: 48mo, every: 1mo}}]}\n");
    assert_memory_equal(lq_case_offer(&c, "x", 0), lq_case_offer(&c, "y", 0),
                        c.n * sizeof(double));
    double months = 0.0; /* that a month's vest is still there for */
    for (int k = 0; k < 48; k++)
        months += exp(-0.3 * k / 12.0);
    assert_mean(lq_case_offer(&c, "x", 0), c.n, 1000.0 * months);
    lq_case_clear(&c);
}

/* ---- tenders and rounds, one each month ---- */

/* R2: a tender is on what had vested the month before, while employed, after the tenure; R14:
 * up to the liquidity horizon, for employment goes on (and up to the 64th, the most of a path).
 * What is left at the end is worth nothing here, so the sales are all there is. */
static void tenders_sell_a_part_of_what_is_left(void **state)
{
    (void)state;
    lq_case c = run_text(
        RUN "companies:\n"
            "  c: {" STILL ", growth: 0/y, tenders: {table: {0y: 1000/y}, cap: 20%%, discount: "
            "0%%, min_tenure: 0mo, settles: true}}\n"
            "  d: {" STILL ", growth: 0/y, tenders: {table: {0y: 1000/y}, cap: 20%%, discount: "
            "10%%, min_tenure: 24mo, settles: true}}\n"
            "  e: {" STILL ", growth: 0/y, tenders: {table: {0y: 1000/y}, cap: 20%%, discount: "
            "0%%, min_tenure: 0mo, settles: false}}\n"
            "offers:\n" OFFER("x", "c", "100", AT("12")) OFFER("y", "d", "100", AT("12"))
                OFFER("z", "e", "100", AT("12")));
    for (size_t i = 0; i < c.n; i++) {
        assert_near(lq_case_offer(&c, "x", 0)[i], 1e4 * (1.0 - pow(0.8, 52.0)), 1e-6);
        assert_near(lq_case_offer(&c, "y", 0)[i], 0.9e4 * (1.0 - pow(0.8, 41.0)), 1e-6);
        assert_near(lq_case_offer(&c, "z", 0)[i], 0.0, 0.0);
    }
    lq_case_clear(&c);
}

/* Windows of months 12 to 60 sell a fifth each time of 100 shares that vested in month 12, at
 * 60 % of the price less 5 %; that of month 72 would be paid after the end. Who must serve two
 * years first misses one of them. Units of a double trigger are not owned. */
static void secondary_sales_take_a_part_each_year(void **state)
{
    (void)state;
    lq_case c = run_text(
        RUN "companies:\n"
            "  c: {" STILL
            ", growth: 0/y, secondary: {share: 20%%, discount: 40%%, fee: 5%%}}\n"
            "  d: {" STILL ", growth: 0/y, secondary: {share: 20%%, discount: 40%%, fee: 5%%, "
            "from_tenure: 2y}}\n"
            "offers:\n" OWNED("x", "c", "single") OWNED("y", "d", "single")
                OWNED("z", "c", "double"));
    const double one = 1e4 * 0.6 * 0.95;
    for (size_t i = 0; i < c.n; i++) {
        assert_near(lq_case_offer(&c, "x", 0)[i], one * (1.0 - pow(0.8, 5.0)), 1e-6);
        assert_near(lq_case_offer(&c, "y", 0)[i], one * (1.0 - pow(0.8, 4.0)), 1e-6);
        assert_near(lq_case_offer(&c, "z", 0)[i], 0.0, 0.0);
    }
    lq_case_clear(&c);
}

/* R7: twelve rounds of 1 % before an IPO in month 13. New money at the value changes nothing, a
 * quarter above it is a gift to the holders, money that is not kept only dilutes. */
static void rounds_move_a_share_by_what_new_money_pays(void **state)
{
    (void)state;
    static const struct {
        const char *terms;
        double factor;
    } rows[] = {
        {"phi: 1", 1.0},
        {"phi: 1.25", 1.0 + 0.25 * 0.01},
        {"phi: 1, proceeds: none", 0.99},
        {"phi: 1, pool_top_up: 1%", 0.98 / 0.99},
    };
    for (size_t i = 0; i < LQ_COUNT(rows); i++) {
        lq_case c =
            run_text(RUN "companies: {c: {" STILL
                         ", growth: 0/y, exits: {ipo: {table: {0y: 0/y, 1y: 600/y}, discount: "
                         "0%%, primary: 0%%}}, rounds: {table: {0y: 1000/y}, value_exponent: 0,"
                         " dilution: 1%%, %s}}}\n"
                         "offers:\n" OFFER("x", "c", "100", AT("12")),
                     rows[i].terms);
        for (size_t p = 0; p < c.n; p++)
            assert_near(lq_case_offer(&c, "x", 0)[p], 1e4 * pow(rows[i].factor, 12.0), 1e-5);
        lq_case_clear(&c);
    }
}

/* ---- endings ---- */

/* Growth of -70 % a year is below a floor of 50 % at the end of month 12: that month is paid,
 * then three months of search, then 33 months of the other job; the paper is worth nothing. */
static void a_failed_employer_ends_pay_and_paper(void **state)
{
    (void)state;
    lq_case c = run_text(
        RUN "companies: {c: {" STILL ", growth: -70%%/y, floor: 50%%}}\n"
            "offers: [{id: x, company: c, base: $120K, fallback: $60K, search_gap: 3mo, "
            "leaving: 0/y, grants: [{instrument: rsu, units: 100, vesting: " AT("6") "}]}]\n");
    for (size_t i = 0; i < c.n; i++) {
        assert_true(lq_case_company(&c, "c", 0)[i] == LQ_EXIT_FAILURE);
        assert_true(lq_case_company(&c, "c", 1)[i] == 12.0);
        assert_near(lq_case_offer(&c, "x", 0)[i], 12 * 10e3 + 33 * 5e3, 1e-6);
        assert_near(lq_case_offer(&c, "x", 2)[i], 0.0, 0.0);
    }
    lq_case_clear(&c);
}

/* A certain sale in month 13 at $100 a share. Of 200 shares, of a double trigger, 100 have
 * vested: half of their money less a tenth comes at once, nine tenths of that tenth in month
 * 28, the other half over two years. The 100 of month 24 come then, or at the sale. */
static void a_sale_holds_back_and_speeds_up(void **state)
{
    (void)state;
#define BOUGHT(more)                                                                           \
    "exits: {acquisition: {table: {0y: 0/y, 1y: 600/y}, escrow: {fraction: 10%%, months: "     \
    "15mo, released: 90%%}, retention: {revest: 50%%, over: 24mo}" more "}}"
#define TWICE(id, company, more)                                                               \
    "  - {id: " id ", company: " company ", base: $12K, fallback: $0, leaving: 0/y, grants: "  \
    "[{instrument: rsu, trigger: double, units: 200, vesting: {table: {12mo: 50%%, 24mo: "     \
    "50%%}}" more "}]}\n"
    lq_case c = run_text(RUN "companies:\n  c: {" STILL ", growth: 0/y, " BOUGHT(
        "") "}\n"
            "  d: {" STILL ", growth: 0/y, " BOUGHT(
                ", layoff: 100%%, layoff_after: 2mo") "}\n"
                                                      "offers:\n" TWICE("stays", "c", "")
                                                          TWICE("single", "c",
                                                                ", acceleration: single")
                                                              TWICE("goes", "d", "") TWICE(
                                                                  "double", "d",
                                                                  ", acceleration: double"));
    const double pay = 48e3, now = 5e3 * 0.99, month = 5e3 / 24, early = 1e4 * 0.99;
    for (size_t i = 0; i < c.n; i++) {
        assert_near(lq_case_offer(&c, "stays", 0)[i], pay + now + 24 * month + 1e4, 1e-6);
        assert_near(lq_case_offer(&c, "single", 0)[i], pay + now + 24 * month + early, 1e-6);
        assert_near(lq_case_offer(&c, "goes", 0)[i], 15e3 + now + 2 * month, 1e-6);
        assert_near(lq_case_offer(&c, "double", 0)[i], 15e3 + now + 2 * month + 1e4, 1e-6);
    }
    lq_case_clear(&c);
}

/* Half of the teams of companies that fail in month 12 are taken on: they are paid to the end,
 * the others search. Holders are paid the recovery either way, also for what vests later. */
static void a_failed_company_may_sell_its_team(void **state)
{
    (void)state;
    lq_case c = run_text(
        RUN "companies: {c: {" STILL ", growth: -70%%/y, exits: {failure: {floor: 50%%, "
            "recovery: 100%%, acqui_hire: 50%%}}}}\n"
            "offers: [{id: x, company: c, base: $120K, fallback: $60K, search_gap: 3mo, "
            "leaving: 0/y, grants: [{instrument: rsu, units: 100, trigger: double, vesting: "
            "{table: {6mo: 50%%, 24mo: 50%%}}}]}]\n");
    const double recovered = 100.0 * exp(-0.7), out = 12 * 10e3 + 33 * 5e3 + 50 * recovered;
    size_t kept = 0;
    for (size_t i = 0; i < c.n; i++) {
        const double total = lq_case_offer(&c, "x", 0)[i];
        const bool works = total > out + 1.0;
        assert_near(total, works ? 480e3 + 100 * recovered : out, 1e-6);
        kept += works;
    }
    assert_share(kept, c.n, 0.5);
    lq_case_clear(&c);
}

/* GBM-06 through a config: a floor of half the opening value, watched all the time. */
static void gbm_06_a_watched_floor(void **state)
{
    (void)state;
    lq_case_json j = lq_case_json_open("GBM-06");
    lq_case c = run_text(
        "schema: liquidus/1\nperson: {wealth: $0}\ntax: none\n" MARKET
        "simulation: {paths: 1e5, seed: 62, horizon: 4y, liquidity_horizon: 4y}\n"
        "companies: {c: {like: none, listing: private, volatility: 40%%, correlation: 0, "
        "growth: "
        "12%%, compensate: no, last_round: {post_money: $100M}, opening_value: {method: face}, "
        "exits: {failure: {floor: 50%%, monitoring: continuous}}}}\n"
        "offers: [{id: x, company: c, base: $1K}]\n");
    size_t failed = 0;
    for (size_t i = 0; i < c.n; i++)
        failed += lq_case_company(&c, "c", 0)[i] == LQ_EXIT_FAILURE;
    assert_share(failed, c.n, lq_case_number(&j, "expected.hit_prob"));
    lq_case_clear(&c);
    lq_case_json_close(&j);
}

/* What preferences leave: 30M of a sale at 100M is less than their 40 % of the shares, so they
 * convert; 60M is more, and common shares 40M with 600,000 shares. */
static void preferences_are_paid_first_in_a_sale(void **state)
{
    (void)state;
    static const struct {
        int invested;
        double per_share;
    } rows[] = {{30, 100.0}, {60, 40e6 / 600e3}, {120, 0.0}};
    for (size_t i = 0; i < LQ_COUNT(rows); i++) {
        lq_case c =
            run_text(RUN "companies: {c: {" STILL
                         ", growth: 0/y, preferences: [{invested: $%dM, shares: 400000}], "
                         "exits: {acquisition: {table: {0y: 0/y, 1y: 600/y}}}}}\n"
                         "offers:\n" OFFER("x", "c", "100", AT("12")),
                     rows[i].invested);
        for (size_t p = 0; p < c.n; p++)
            assert_near(lq_case_offer(&c, "x", 0)[p], 100.0 * rows[i].per_share, 1e-6);
        lq_case_clear(&c);
    }
}

/* A sign-on of 60,000 and resignations at 0.5 a year: who leaves at the end of month m < 12
 * pays back the months missing, or all of it. */
static void a_sign_on_is_clawed_back(void **state)
{
    (void)state;
    lq_case c =
        run_text(RUN "companies: {c: {" LISTED "}}\n"
                     "offers:\n"
                     "  - {id: part, company: c, base: $0, leaving: 0.5/y, sign_on: {amount: "
                     "$60K, clawback: 12mo, clawback_rule: pro_rata}}\n"
                     "  - {id: whole, company: c, base: $0, leaving: 0.5/y, sign_on: {amount: "
                     "$60K, clawback: 12mo, clawback_rule: cliff}}\n");
    double part = 60e3, whole = 60e3;
    for (int m = 1; m < 12; m++) {
        const double p = exp(-0.5 * (m - 1) / 12.0) - exp(-0.5 * m / 12.0);
        part -= 60e3 * p * (1.0 - m / 12.0);
        whole -= 60e3 * p;
    }
    assert_mean(lq_case_offer(&c, "part", 0), c.n, part);
    assert_mean(lq_case_offer(&c, "whole", 0), c.n, whole);
    lq_case_clear(&c);
}

/* ---- sure money ---- */

/* Money moved in time at the rate is the same money, to every person: what is sure is worth
 * itself, with wealth in the market or without. */
static void sure_money_is_worth_itself_whenever_it_comes(void **state)
{
    (void)state;
    lq_case c =
        run_text("schema: liquidus/1\ntax: none\n"
                 "person: {wealth: $400K, wealth_in_market: 60%%}\n"
                 "market: {rate: 4.4%%, equity_premium: 4.5%%, volatility: 16%%}\n"
                 "simulation: {paths: 2e4, seed: 62, horizon: 4y, liquidity_horizon: 6y}\n"
                 "companies: {c: {" LISTED "}}\n"
                 "offers:\n"
                 "  - {id: now, company: c, base: $0, leaving: 0/y, sign_on: $100K}\n"
                 "  - {id: late, company: c, base: $0, leaving: 0/y, sign_on: {amount: %.17g, "
                 "clawback: 0mo, instalments: {36mo: 100%%}}}\n",
                 100e3 * pow(1.044, 3.0));
    static const double gammas[] = {0.0, 1.0, 2.0, 5.0};
    assert_true(c.plan->has_growth);
    for (size_t i = 0; i < 2; i++) {
        lq_stake *stake = lq_stake_create(c.result->offers[i].total, &c.result->growth);
        for (size_t k = 0; k < LQ_COUNT(gammas); k++) {
            const lq_utility u = {LQ_UTILITY_CRRA, gammas[k]};
            const lq_ce ce = lq_certainty_equivalent(stake, &c.plan->background, &u, NULL);
            assert_near(ce.value, 100e3, 1e-6);
        }
        lq_stake_destroy(stake);
    }
    assert_near(lq_case_offer(&c, "late", 0)[0], 100e3, 1e-7);
    lq_case_clear(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bonuses_of_one_employer_move_together),
        cmocka_unit_test(a_person_leaves_any_employer_in_the_same_month),
        cmocka_unit_test(tenders_sell_a_part_of_what_is_left),
        cmocka_unit_test(secondary_sales_take_a_part_each_year),
        cmocka_unit_test(rounds_move_a_share_by_what_new_money_pays),
        cmocka_unit_test(a_failed_employer_ends_pay_and_paper),
        cmocka_unit_test(gbm_06_a_watched_floor),
        cmocka_unit_test(a_sale_holds_back_and_speeds_up),
        cmocka_unit_test(a_failed_company_may_sell_its_team),
        cmocka_unit_test(preferences_are_paid_first_in_a_sale),
        cmocka_unit_test(a_sign_on_is_clawed_back),
        cmocka_unit_test(sure_money_is_worth_itself_whenever_it_comes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
