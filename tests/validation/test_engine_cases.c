/* The cases whose use is "engine": a config, the engine, 4 standard errors at a fixed seed. */
#include "lq_case.h"

#include "stats/estimate.h"
#include "stats/functional.h"
#include "stats/utility.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "case_path.h"

#define HEAD                                                                                   \
    "schema: liquidus/1\n"                                                                     \
    "person: {wealth: $0, wealth_in_market: 0%}\n"                                             \
    "market: {rate: 0%, equity_premium: 0%, volatility: 16%}\n"                                \
    "tax: none\n"

#define OFFER(id, company, units, vesting)                                                     \
    "  - {id: " id ", company: " company ", base: $0, leaving: 0/y,\n"                         \
    "     grants: [{instrument: rsu, units: " units ", vesting: " vesting "}]}\n"

/* One share that vests, and is sold, at the end of a month. */
#define AT(month) "{table: {" month "mo: 100%}}"

static const char gbm_base[] =
    HEAD "simulation: {paths: 4e5, seed: 11, horizon: 4y, liquidity_horizon: 4y}\n"
         "companies: {s: {listing: public, price: 100, volatility: 25%, correlation: 0, "
         "growth: 8%}}\n"
         "offers:\n" OFFER("end", "s", "1", AT("48"));

static void gbm_01_terminal_distribution(void **state)
{
    (void)state;
    lq_case_json j = lq_case_json_open("GBM-01");
    lq_case c = lq_case_run(gbm_base, NULL, 0);
    const double *s = lq_case_offer(&c, "end", 0);
    assert_mean(s, c.n, lq_case_number(&j, "expected.mean"));
    for (int i = 0; i < 6; i++)
        assert_quantile(s, c.n, lq_case_item(&j, "inputs.probs", i),
                        lq_case_item(&j, "expected.quantiles", i));
    assert_quantile(s, c.n, 0.5, lq_case_number(&j, "expected.median"));
    for (int i = 0; i < 3; i++)
        assert_quantile(s, c.n, lq_case_item(&j, "expected.prob_below", i),
                        lq_case_item(&j, "inputs.thresholds", i));
    double *logs = calloc(c.n, sizeof *logs), *squares = calloc(c.n, sizeof *squares);
    const double m = lq_case_number(&j, "expected.mean_log");
    for (size_t i = 0; i < c.n; i++) {
        logs[i] = log(s[i]);
        squares[i] = (logs[i] - m) * (logs[i] - m);
    }
    assert_mean(logs, c.n, m);
    assert_mean(squares, c.n, pow(lq_case_number(&j, "expected.sd_log"), 2));
    free(logs);
    free(squares);
    lq_case_clear(&c);
    lq_case_json_close(&j);
}

static const char dates[] =
    HEAD "simulation: {paths: 4e5, seed: 12, horizon: 4y, liquidity_horizon: 4y}\n"
         "companies: {s: {listing: public, price: 100, volatility: 30%, correlation: 0, "
         "growth: 5%}}\n"
         "offers:\n" OFFER("one", "s", "1", AT("12")) OFFER("two", "s", "1", AT("24"))
             OFFER("four", "s", "1", AT("48"));

static void gbm_03_covariance_across_dates(void **state)
{
    (void)state;
    lq_case_json j = lq_case_json_open("GBM-03");
    lq_case c = lq_case_run(dates, NULL, 0);
    const char *const id[3] = {"one", "two", "four"};
    double *products = calloc(c.n, sizeof *products);
    for (int a = 0; a < 3; a++)
        for (int b = 0; b <= a; b++) {
            const double *x = lq_case_offer(&c, id[a], 0), *y = lq_case_offer(&c, id[b], 0);
            const double mx = lq_mean_of(x, c.n).mean, my = lq_mean_of(y, c.n).mean;
            for (size_t i = 0; i < c.n; i++)
                products[i] = (x[i] - mx) * (y[i] - my);
            assert_mean(products, c.n, lq_case_cell(&j, "expected.cov", a, b));
        }
    free(products);
    lq_case_clear(&c);
    lq_case_json_close(&j);
}

static const char rsu[] =
    HEAD "simulation: {paths: 4e5, seed: 13, horizon: 4y, liquidity_horizon: 4y}\n"
         "companies: {s: {listing: public, price: 100, volatility: 40%, correlation: 0, "
         "growth: 5%}}\n"
         "offers:\n" OFFER("rsu", "s", "400", "{years: [25%, 25%, 25%, 25%], every: 12mo}");

static void gbm_04_rsu_sold_at_vest(void **state)
{
    (void)state;
    lq_case_json j = lq_case_json_open("GBM-04");
    lq_case c = lq_case_run(rsu, NULL, 0);
    const double *s = lq_case_offer(&c, "rsu", 0), sd = lq_case_number(&j, "expected.sd_total");
    assert_estimate(lq_mean_of(s, c.n).mean, lq_case_number(&j, "expected.mean_total"),
                    sd / sqrt((double)c.n), 0.0);
    assert_near(lq_mean_of(s, c.n).sd, sd, 0.01 * sd);
    lq_case_clear(&c);
    lq_case_json_close(&j);
}

static const char call[] =
    HEAD "simulation: {paths: 4e5, seed: 14, horizon: 5y, liquidity_horizon: 5y}\n"
         "companies: {s: {listing: public, price: 50, volatility: 50%, correlation: 0, growth: "
         "9%}}\n"
         "offers:\n" OFFER("end", "s", "1", AT("60"));

static void gbm_11_call_payoff(void **state)
{
    (void)state;
    lq_case_json j = lq_case_json_open("GBM-11");
    lq_case c = lq_case_run(call, NULL, 0);
    const double *s = lq_case_offer(&c, "end", 0), strike = lq_case_number(&j, "inputs.K");
    double *payoff = calloc(c.n, sizeof *payoff);
    size_t in_the_money = 0;
    for (size_t i = 0; i < c.n; i++) {
        payoff[i] = s[i] > strike ? s[i] - strike : 0.0;
        in_the_money += s[i] > strike;
    }
    assert_estimate(lq_mean_of(payoff, c.n).mean, lq_case_number(&j, "expected.mean"),
                    lq_case_number(&j, "expected.sd") / sqrt((double)c.n), 0.0);
    assert_share(in_the_money, c.n, lq_case_number(&j, "expected.prob_itm"));
    free(payoff);
    lq_case_clear(&c);
    lq_case_json_close(&j);
}

static const char two[] =
    HEAD "simulation: {paths: 4e5, seed: 15, horizon: 4y, liquidity_horizon: 4y}\n"
         "companies:\n"
         "  a: {listing: public, price: 100, volatility: 30%, correlation: 0.2, growth: 8%}\n"
         "  b: {listing: public, price: 90, volatility: 50%, correlation: 0.3, growth: 10%}\n"
         "offers:\n" OFFER("a", "a", "1", AT("48")) OFFER("b", "b", "1", AT("48"));

static void gbm_14_two_correlated_stocks(void **state)
{
    (void)state;
    lq_case_json j = lq_case_json_open("GBM-14");
    const char *const pair[] = {"market.correlations=[{pair: [a, b], value: 0.6}]", NULL};
    lq_case c = lq_case_run(two, pair, 0);
    const double *x = lq_case_offer(&c, "a", 0), *y = lq_case_offer(&c, "b", 0);
    double *product = calloc(c.n, sizeof *product), *high = calloc(c.n, sizeof *high);
    double *low = calloc(c.n, sizeof *low);
    size_t wins = 0;
    for (size_t i = 0; i < c.n; i++) {
        product[i] = x[i] * y[i];
        high[i] = fmax(x[i], y[i]);
        low[i] = fmin(x[i], y[i]);
        wins += x[i] > y[i];
    }
    assert_mean(product, c.n, lq_case_number(&j, "expected.E_product"));
    assert_mean(high, c.n, lq_case_number(&j, "expected.E_max"));
    assert_mean(low, c.n, lq_case_number(&j, "expected.E_min"));
    assert_share(wins, c.n, lq_case_number(&j, "expected.prob_1_gt_2"));
    free(product);
    free(high);
    free(low);
    lq_case_clear(&c);
    lq_case_json_close(&j);
}

/* A private company that keeps its value: what is left is the lottery. */
#define STILL                                                                                  \
    "listing: private, like: none, volatility: 0%, beta: 0, growth: 0/y, compensate: no, "     \
    "post_ipo_volatility: 1%, lockup: 0mo, last_round: {post_money: $100M, price: $100}, "     \
    "opening_value: {method: face}"

static const char exits[] = HEAD
    "simulation: {paths: 4e5, seed: 16, horizon: 4y, liquidity_horizon: 10y}\n"
    "companies: {c: {" STILL ", exits: {ipo: {rate: 0.05/y}, acquisition: {rate: 0.15/y}, "
    "failure: {rate: 0.1/y}}}}\n"
    "offers:\n"
    "  - {id: x, company: c, base: $0, leaving: 0/y, grants: [{instrument: rsu, units: 1,\n"
    "     trigger: double, expiry: 20y, vesting: " AT("1") "}]}\n";

/* Incidence of each cause by the listed times, and the share still private. */
static void check_incidence(const lq_case *c, const lq_case_json *j, int n_times)
{
    const char *const cause[3] = {"ipo", "mna", "failure"};
    const double *kind = lq_case_company(c, "c", 0), *month = lq_case_company(c, "c", 1);
    for (int t = 0; t < n_times; t++) {
        const double by = 12.0 * lq_case_item(j, "inputs.times", t);
        size_t count[4] = {0};
        for (size_t i = 0; i < c->n; i++)
            count[month[i] <= by ? (int)kind[i] : 0]++;
        for (int k = 0; k < 3; k++) {
            char path[64];
            snprintf(path, sizeof path, "expected.prob_by_time.%s", cause[k]);
            assert_share(count[k + 1], c->n, lq_case_item(j, path, t));
        }
        assert_share(count[0], c->n, lq_case_item(j, "expected.survival", t));
    }
}

static void run_exits(const char *id, const char *const *overrides, int n_times)
{
    lq_case_json j = lq_case_json_open(id);
    lq_case c = lq_case_run(exits, overrides, 0);
    check_incidence(&c, &j, n_times);
    lq_case_clear(&c);
    lq_case_json_close(&j);
}

static void exi_01_competing_exponential(void **state)
{
    (void)state;
    run_exits("EXI-01", NULL, 5);
}

static void exi_03_competing_weibull(void **state)
{
    (void)state;
    const char *const o[] = {"companies.c.exits={ipo: {weibull: {shape: 1.5, scale: 15y}}, "
                             "acquisition: {weibull: {shape: 1.5, scale: 8y}}, "
                             "failure: {weibull: {shape: 1.5, scale: 9y}}}",
                             NULL};
    run_exits("EXI-03", o, 4);
}

static void exi_05_piecewise_constant(void **state)
{
    (void)state;
    const char *const o[] = {
        "companies.c.exits={ipo: {table: {0y: 0/y, 2y: 0.06/y, 5y: 0.12/y}}, "
        "acquisition: {table: {0y: 0.05/y, 2y: 0.12/y, 5y: 0.15/y}}, "
        "failure: {table: {0y: 0.2/y, 2y: 0.1/y, 5y: 0.05/y}}}",
        NULL};
    run_exits("EXI-05", o, 5);
}

/* The exit date is the end of its month, half a month after the clock of the closed form on
 * average: E V and the discount factor are shifted by that, the probability is not. */
static void exi_07_value_at_independent_exit(void **state)
{
    (void)state;
    lq_case_json j = lq_case_json_open("EXI-07");
    const char *const o[] = {
        "companies.c.exits={acquisition: {rate: 0.15/y}, failure: {rate: 0.15/y}}",
        "companies.c.volatility=40%",
        "companies.c.growth=10%/y",
        "companies.c.last_round={post_money: $100, price: $100}",
        "market.rate=4.08107741924%",
        NULL};
    lq_case c = lq_case_run(exits, o, 0);
    const double *kind = lq_case_company(&c, "c", 0), *paid = lq_case_offer(&c, "x", 0);
    const double *month = lq_case_company(&c, "c", 1);
    double *value = calloc(c.n, sizeof *value), *present = calloc(c.n, sizeof *present);
    size_t n = 0;
    for (size_t i = 0; i < c.n; i++) {
        present[i] = kind[i] == LQ_EXIT_ACQUISITION ? paid[i] : 0.0;
        if (kind[i] == LQ_EXIT_ACQUISITION) value[n++] = paid[i] * exp(0.04 * month[i] / 12.0);
    }
    const double half_month = 0.5 / 12.0;
    assert_share(n, c.n, lq_case_number(&j, "expected.prob"));
    const lq_sample_mean m = lq_mean_of(value, n), p = lq_mean_of(present, c.n);
    const double want =
        lq_case_number(&j, "expected.mean_value_given_cause") * exp(0.10 * half_month);
    assert_estimate(m.mean, want, m.se, 0.0);
    assert_estimate(p.mean, lq_case_number(&j, "expected.pv") * exp((0.10 - 0.04) * half_month),
                    p.se, 0.0);
    free(value);
    free(present);
    lq_case_clear(&c);
    lq_case_json_close(&j);
}

/* Ownership kept through Poisson rounds of 18 % each: what a listing after them makes of a
 * unit, over what it makes of it without rounds. */
static void exi_09_dilution_over_rounds(void **state)
{
    (void)state;
    lq_case_json j = lq_case_json_open("EXI-09");
    const char *const o[] = {
        "companies.c.exits={ipo: {table: {0y: 0/y, 5y: 300/y}, discount: 0%, primary: 0%}}",
        "companies.c.rounds={rate: 0.6/y, value_exponent: 0, dilution: 18%, proceeds: none}",
        "simulation.liquidity_horizon=6y", NULL};
    lq_case c = lq_case_run(exits, o, 0);
    const double *paid = lq_case_offer(&c, "x", 0);
    double *kept = calloc(c.n, sizeof *kept);
    size_t none = 0;
    for (size_t i = 0; i < c.n; i++) {
        kept[i] = paid[i] / 100.0;
        none += kept[i] > 0.999;
    }
    assert_share(none, c.n, lq_case_number(&j, "expected.prob_no_round"));
    assert_mean(kept, c.n, lq_case_number(&j, "expected.mean_retention"));
    assert_near(lq_mean_of(kept, c.n).sd, lq_case_number(&j, "expected.sd_retention"), 0.001);
    free(kept);
    lq_case_clear(&c);
    lq_case_json_close(&j);
}

static void exi_15_tenders_before_exit(void **state)
{
    (void)state;
    lq_case_json j = lq_case_json_open("EXI-15");
    const char *const o[] = {"companies.c.exits={failure: {rate: 0.2/y}}",
                             "companies.c.residual={method: zero}",
                             "companies.c.tenders={rate: 0.4/y, cap: 20%, discount: 0%, "
                             "min_tenure: 0mo, settles: true}",
                             "offers.x.grants[0].vesting={over: 1mo, every: 1mo}",

                             "simulation.horizon=8y",
                             "simulation.liquidity_horizon=8y",
                             NULL};
    lq_case c = lq_case_run(exits, o, 0);
    const double *sold = lq_case_offer(&c, "x", 0);
    double *unsold = calloc(c.n, sizeof *unsold);
    size_t none = 0;
    for (size_t i = 0; i < c.n; i++) {
        unsold[i] = 1.0 - sold[i] / 100.0;
        none += sold[i] == 0.0;
    }
    /* A tender is on what vested the month before, so the first month has none: 0.4 / 12 x 0.2
     * of the unit. */
    const lq_sample_mean m = lq_mean_of(unsold, c.n);
    assert_estimate(m.mean, lq_case_number(&j, "expected.mean_fraction_unsold"), m.se, 0.0067);
    /* The month's exit comes before its tender (R2): the closed form on the months. */
    double by_month = 0.0, waiting = 1.0;
    for (int k = 1; k <= 96; k++) {
        by_month += waiting * (1.0 - exp(-0.2 / 12.0));
        waiting *= exp(-0.2 / 12.0) * (k > 1 ? exp(-0.4 / 12.0) : 1.0);
    }
    by_month += waiting;
    assert_share(none, c.n, by_month);
    assert_near(by_month, lq_case_number(&j, "expected.prob_no_tender_before_exit_or_horizon"),
                0.018);
    free(unsold);
    lq_case_clear(&c);
    lq_case_json_close(&j);
}

/* ---- utility, through the engine's own tallies ---- */

static lq_ce ce_of(const lq_case *c, lq_utility utility, lq_background background)
{
    lq_stake *stake = lq_stake_create(c->result->offers[0].total, NULL);
    const lq_ce ce = lq_certainty_equivalent(stake, &background, &utility, NULL);
    lq_stake_destroy(stake);
    return ce;
}

/* W = exp(12 + 0.8 Z): one unit of a stock at 80 % for one year. At gamma 4 the sample mean of
 * W^-3 is biased for any number of paths one can run: it is not asserted. */
static void utl_01_crra_of_lognormal_wealth(void **state)
{
    (void)state;
    lq_case_json j = lq_case_json_open("UTL-01");
    const char *const o[] = {"companies.s.volatility=80%", "companies.s.growth=0/y",
                             "companies.s.price=$224134.142042",
                             "offers.end.grants[0].vesting={table: {12mo: 100%}}", NULL};
    lq_case c = lq_case_run(gbm_base, o, 0);
    for (int i = 0; i < 4; i++) {
        const lq_utility u = {LQ_UTILITY_CRRA, lq_case_item(&j, "inputs.gammas", i)};
        const double want = lq_case_item(&j, "expected.ce", i);
        const lq_ce ce = ce_of(&c, u, (lq_background){0});
        assert_estimate(ce.value, want, ce.se, 0.0);
    }
    lq_case_clear(&c);
    lq_case_json_close(&j);
}

static void utl_03_stock_with_safe_outside_wealth(void **state)
{
    (void)state;
    lq_case_json j = lq_case_json_open("UTL-03");
    const char *const o[] = {"companies.s.volatility=50%", "offers.end.grants[0].units=1000",
                             NULL};
    lq_case c = lq_case_run(gbm_base, o, 0);
    const lq_background b = {.wealth_money = lq_case_number(&j, "inputs.cash")};
    for (int i = 0; i < 3; i++) {
        const lq_utility u = {LQ_UTILITY_CRRA, lq_case_item(&j, "inputs.gammas", i)};
        const lq_ce ce = ce_of(&c, u, b);
        assert_estimate(ce.value, lq_case_item(&j, "expected.ce_stock", i), ce.se, 0.0);
    }
    lq_case_clear(&c);
    lq_case_json_close(&j);
}

/* 1M with probability 1/4, else nothing: a sale in year one against a failure. */
static void utl_07_cara_exit_lottery(void **state)
{
    (void)state;
    lq_case_json j = lq_case_json_open("UTL-07");
    const char *const o[] = {
        "companies.c.exits={acquisition: {table: {0y: 75/y}}, failure: {table: {0y: 225/y}}}",
        "offers.x.grants[0].units=10000", NULL};
    lq_case c = lq_case_run(exits, o, 0);
    for (int i = 0; i < 3; i++) {
        const lq_utility u = {LQ_UTILITY_CARA, lq_case_item(&j, "inputs.a", i)};
        const lq_ce ce = ce_of(&c, u, (lq_background){0});
        assert_estimate(ce.value, lq_case_item(&j, "expected.ce", i), ce.se, 0.0);
    }
    lq_case_clear(&c);
    lq_case_json_close(&j);
}

/* ---- risk ---- */

static void rsk_01_lower_tail_of_a_lognormal(void **state)
{
    (void)state;
    lq_case_json j = lq_case_json_open("RSK-01");
    const char *const o[] = {"companies.s.volatility=25%", "companies.s.growth=3.125%",
                             "companies.s.price=$1000", NULL};
    lq_case c = lq_case_run(gbm_base, o, 0);
    lq_law *law = lq_law_create(c.result->offers[0].total, LQ_POOLED);
    for (int i = 0; i < 3; i++) {
        const double a = lq_case_item(&j, "inputs.alphas", i);
        const lq_estimate e = lq_estimate_cvar(law, a);
        assert_estimate(e.value, 1000.0 * lq_case_item(&j, "expected.lower_tail_mean", i), e.se,
                        0.0);
        const lq_estimate q = lq_estimate_quantile(law, a);
        assert_estimate(q.value, 1000.0 * lq_case_item(&j, "expected.quantile", i), q.se, 0.0);
    }
    lq_law_destroy(law);
    lq_case_clear(&c);
    lq_case_json_close(&j);
}

/* Nothing with probability 0.6, else lognormal(0, 1): failure or sale in month one, value drawn
 * by one month at an annual volatility of sqrt(12). */
static void rsk_06_gain_with_a_failure_atom(void **state)
{
    (void)state;
    lq_case_json j = lq_case_json_open("RSK-06");
    const char *const o[] = {
        "companies.c.exits={acquisition: {table: {0y: 120/y}}, failure: {table: {0y: 180/y}}}",
        "companies.c.volatility=346.41016151377545%",
        "companies.c.post_ipo_volatility=346.41016151377545%",
        "companies.c.growth=0/y",
        "companies.c.last_round={post_money: $1648721.2707001282, price: $1648.7212707001282}",
        NULL};
    lq_case c = lq_case_run(exits, o, 0);
    lq_law *law = lq_law_create(c.result->offers[0].total, LQ_POOLED);
    for (int i = 0; i < 3; i++) {
        const double a = lq_case_item(&j, "inputs.alphas", i);
        const lq_estimate tail = lq_estimate_cvar(law, a), q = lq_estimate_quantile(law, a);
        assert_estimate(tail.value, 1000.0 * lq_case_item(&j, "expected.lower_tail_mean", i),
                        tail.se, 1e-9);
        assert_estimate(q.value, 1000.0 * lq_case_item(&j, "expected.quantile", i), q.se, 1e-9);
    }
    lq_law_destroy(law);
    lq_case_clear(&c);
    lq_case_json_close(&j);
}

/* ---- vesting ---- */

/* Monthly separation at the end of a month: the hazard between yearly vests is exp(-h) as in
 * the closed form, one month late, since who leaves in month k still vests in k. */
static void vst_06_expected_vesting_under_departure(void **state)
{
    (void)state;
    lq_case_json j = lq_case_json_open("VST-06");
    const char *const o[] = {
        "companies.s.volatility=30%",
        "companies.s.growth=7%/y",
        "companies.s.price=$40",
        "offers.end.leaving=0.18/y",
        "market.rate=4.08107741924%",
        "offers.end.grants[0]={instrument: rsu, units: 100, vesting: {years: "
        "[25%, 25%, 25%, 25%], every: 12mo}}",
        NULL};
    lq_case c = lq_case_run(gbm_base, o, 0);
    const double shift = exp(0.18 / 12.0);
    const lq_sample_mean m = lq_mean_of(lq_case_offer(&c, "end", 0), c.n);
    assert_estimate(m.mean, lq_case_number(&j, "expected.pv") * shift, m.se, 0.0);
    size_t none = 0;
    for (size_t i = 0; i < c.n; i++)
        none += lq_case_offer(&c, "end", 0)[i] == 0.0;
    const double stay = (1.0 - lq_case_number(&j, "expected.prob_none_vest")) * shift;
    assert_share(none, c.n, 1.0 - stay);
    lq_case_clear(&c);
    lq_case_json_close(&j);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gbm_01_terminal_distribution),
        cmocka_unit_test(gbm_03_covariance_across_dates),
        cmocka_unit_test(gbm_04_rsu_sold_at_vest),
        cmocka_unit_test(gbm_11_call_payoff),
        cmocka_unit_test(gbm_14_two_correlated_stocks),
        cmocka_unit_test(exi_01_competing_exponential),
        cmocka_unit_test(exi_03_competing_weibull),
        cmocka_unit_test(exi_05_piecewise_constant),
        cmocka_unit_test(exi_07_value_at_independent_exit),
        cmocka_unit_test(exi_09_dilution_over_rounds),
        cmocka_unit_test(exi_15_tenders_before_exit),
        cmocka_unit_test(utl_01_crra_of_lognormal_wealth),
        cmocka_unit_test(utl_03_stock_with_safe_outside_wealth),
        cmocka_unit_test(utl_07_cara_exit_lottery),
        cmocka_unit_test(rsk_01_lower_tail_of_a_lognormal),
        cmocka_unit_test(rsk_06_gain_with_a_failure_atom),
        cmocka_unit_test(vst_06_expected_vesting_under_departure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
