/* A cap table as numbers, exits as a law, opening values, and what paper is worth. */
#include "lq_test.h"

#include "plan/paper.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HEAD "schema: liquidus/1\nmarket: {rate: 4%}\ncompanies:\n  acme:\n    like: none\n    "
#define TABLE                                                                                  \
    "listing: private\n    volatility: 60%\n    cap_table:\n"                                  \
    "      common: 5M\n      pool: 500K\n      debt: $2M\n      fees: 3%\n"                    \
    "      options: [{shares: 1M, strike: $0.50}, {id: late, shares: 400K, strike: $3}]\n"     \
    "      preferred:\n"                                                                       \
    "        - {shares: 1M, invested: $2M, rank: 1, conversion: 2, ratchet: 1.5, veto: $1}\n"  \
    "        - {series: B, shares: 2M, invested: $8M, rank: 2, multiple: 1.5, accrued: $1M, "  \
    "dividend: 10%/y, participation: 2x}\n"

typedef struct loaded {
    lq_scenario *scenario;
    lq_paper paper;
} loaded;

/* From a file, as the commands load companies. */
static loaded load(const char *text)
{
    char name[] = "/tmp/paper-XXXXXX";
    const int fd = mkstemp(name);
    lq_problems *problems = lq_problems_create();
    loaded l = {0};
    lq_error err = {0};
    assert_true(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
    close(fd);
    if (lq_scenario_load_companies(name, &(lq_changes){0}, problems, &l.scenario, &err) !=
        LQ_OK) {
        lq_problems_print(problems, stderr);
        fail_msg("the config does not load");
    }
    unlink(name);
    lq_problems_destroy(problems);
    l.paper = (lq_paper){l.scenario, l.scenario->companies.items, LQ_WORLD_MEAN};
    return l;
}

static lq_claims claims_of(const lq_paper *paper, double years)
{
    lq_claims claims;
    assert_int_equal(lq_paper_claims(paper, years, &claims, NULL), LQ_OK);
    return claims;
}

/* ---- claims ---- */

static void a_cap_table_becomes_a_stack(void **state)
{
    (void)state;
    loaded l = load(HEAD TABLE);
    const lq_claims c = claims_of(&l.paper, 0.0);
    assert_near(c.stack.common, 5e6, 0.0);
    assert_near(c.stack.debt, 2e6, 0.0);
    assert_near(c.stack.fees, 0.03, 0.0);
    assert_int_equal(c.stack.n_preferred, 2);
    assert_string_equal(c.name[1], "P1");
    assert_near(c.stack.preferred[0].shares, 2e6, 0.0); /* as converted */
    assert_near(c.shares[1], 1e6, 0.0);                 /* held */
    assert_near(c.stack.preferred[0].ipo_due, 3e6, 0.0);
    assert_near(c.stack.preferred[0].ipo_veto, 1.0, 0.0);
    assert_int_equal(c.stack.preferred[1].participation, LQ_PARTICIPATION_CAPPED);
    assert_near(c.stack.preferred[1].due, 13e6, 1e-6);
    assert_near(c.stack.preferred[1].cap, 16e6, 1e-6);
    assert_int_equal(c.stack.preferred[1].rank, 2);
    assert_string_equal(c.name[3], "O1");
    assert_string_equal(c.name[4], "late");
    assert_near(c.stack.tranche[1].strike, 3.0, 0.0);
    assert_near(c.fully_diluted, 5e6 + 2e6 + 2e6 + 1.4e6 + 0.5e6, 1e-6);
    assert_near(c.price, 4.0, 1e-12); /* the last series' */
    assert_int_equal(lq_claims_find(&c, "B"), 2);
    assert_int_equal(lq_claims_find(&c, "C"), LQ_CLAIM_COMMON);
    lq_scenario_destroy(l.scenario);
}

/* 10 % a year of $8M; a cap that dividends have passed is what is due. */
static void dividends_run_on(void **state)
{
    (void)state;
    loaded l = load(HEAD TABLE);
    const lq_claims two = claims_of(&l.paper, 2.0), five = claims_of(&l.paper, 5.0);
    assert_near(two.stack.preferred[1].due, 14.6e6, 1e-6);
    assert_near(two.stack.preferred[1].cap, 16e6, 1e-6);
    assert_near(five.stack.preferred[1].due, 17e6, 1e-6);
    assert_near(five.stack.preferred[1].cap, 17e6, 1e-6);
    lq_scenario_destroy(l.scenario);
}

static void preferences_leave_the_rest_to_common(void **state)
{
    (void)state;
    loaded l = load(HEAD "listing: private\n    volatility: 60%\n    last_round: {post_money: "
                         "$100M, price: $5}\n    preferences: [{series: A, invested: $10M, "
                         "shares: 3M, rank: 1}, {series: B, invested: $20M, rank: 2}]\n");
    const lq_claims c = claims_of(&l.paper, 0.0);
    assert_near(c.fully_diluted, 20e6, 1e-6);
    assert_near(c.stack.common, 13e6, 1e-6);
    assert_near(c.stack.preferred[1].shares, 4e6, 1e-6);
    lq_scenario_destroy(l.scenario);
    l = load(HEAD "listing: private\n    volatility: 60%\n    last_round: {post_money: $100M, "
                  "price: $5}\n    preferences: [{invested: $97M}]\n");
    lq_claims none;
    lq_error err;
    assert_int_equal(lq_paper_claims(&l.paper, 0.0, &none, &err), LQ_ECONFIG);
    assert_string_equal(err.key, "companies.acme.preferences");
    assert_string_equal(err.got, "97 %");
    lq_scenario_destroy(l.scenario);
}

/* ---- exits ---- */

#define EXITS(text) HEAD "listing: private\n    volatility: 60%\n    post_money: $1bn\n" text

static void a_term_is_one_exit(void **state)
{
    (void)state;
    loaded l = load(EXITS("    exits: {ipo: {rate: 0.1/y}, acquisition: {rate: 0.3/y, premium: "
                          "20%}, failure: {rate: 0.2/y}}\n"));
    lq_exits e;
    lq_paper_exits(&l.paper, 3.0, &e);
    assert_false(e.of_company);
    assert_int_equal(e.law.time, LQ_EXIT_AT);
    assert_near(e.law.years, 3.0, 0.0);
    assert_near(e.law.rate, log(1.04), 1e-12);
    assert_near(e.ipo_share, 0.25, 1e-12);
    lq_scenario_destroy(l.scenario);
    l = load(EXITS(""));
    lq_exits never;
    lq_paper_exits(&l.paper, 0.0, &never);
    assert_false(never.of_company);
    assert_near(never.years, 5.0, 0.0);
    assert_near(never.ipo_share, 0.0, 0.0);
    lq_scenario_destroy(l.scenario);
}

/* A call on the company by its own exits, as a sum over short steps of time and over causes. */
static void own_exits_are_the_sum_over_time_and_cause(void **state)
{
    (void)state;
    enum { N = 40000 };
    const double h[3] = {0.1, 0.3, 0.2}, gain[3] = {1.0, 1.2, 0.25}, step = 80.0 / N;
    const double r = log(1.04), growth = r + 0.2 * 0.75 - 0.3 * 0.2;
    loaded l = load(EXITS("    exits: {ipo: {rate: 0.1/y}, acquisition: {rate: 0.3/y, premium: "
                          "20%}, failure: {rate: 0.2/y, recovery: 25%}}\n"));
    lq_exits e;
    lq_paper_exits(&l.paper, 0.0, &e);
    assert_true(e.of_company);
    assert_near(e.years, 1.0 / 0.6, 1e-12);
    double weights = 0.0, closed = 0.0, summed = 0.0;
    for (size_t m = 0; m < e.law.n_manners; m++) {
        weights += e.law.manner[m].weight;
        closed +=
            e.law.manner[m].weight * lq_exit_call(&e.law, 100.0, 130.0 / e.law.manner[m].gain);
    }
    for (int i = 0; i < N; i++) {
        const double t = (i + 0.5) * step;
        const lq_exit_law then = {.volatility = 0.6, .rate = growth, .years = t};
        for (int c = 0; c < 3; c++)
            summed += h[c] * exp(-(0.6 + r - growth) * t) * step * gain[c] *
                      lq_exit_call(&then, 100.0, 130.0 / gain[c]);
    }
    assert_near(weights, 1.0, 1e-12);
    assert_near(closed, summed, 2e-3);
    assert_near(e.ipo_share, 0.1 / (0.1 + 0.36 + 0.05), 1e-12);
    lq_scenario_destroy(l.scenario);
}

static double years_to_exit(const lq_paper *paper)
{
    lq_exits exits;
    lq_paper_exits(paper, 0.0, &exits);
    return exits.years;
}

/* Survival by hand; a table that ends in 0.1 a year, a Weibull from age 2 on. */
static void intensities_by_age_count_at_their_age(void **state)
{
    (void)state;
    loaded l = load(EXITS("    age: 2y\n    exits: {acquisition: {table: {0y: 0.5/y, 4y: "
                          "0.1/y}}}\n"));
    const double early = -expm1(-1.0) / 0.5, late = exp(-1.0) * -expm1(-4.8) / 0.1;
    assert_near(years_to_exit(&l.paper), early + late, 1e-9); /* in 50 years */
    lq_scenario_destroy(l.scenario);
    l = load(
        EXITS("    age: 2y\n    exits: {acquisition: {weibull: {shape: 2, scale: 9y}}}\n"));
    double sum = 0.0;
    for (int i = 0; i < 50000; i++) {
        const double t = 1e-3 * (i + 0.5);
        sum += 1e-3 * exp(4.0 / 81.0 - (2.0 + t) * (2.0 + t) / 81.0);
    }
    assert_near(years_to_exit(&l.paper), sum, 2e-3 * sum);
    lq_scenario_destroy(l.scenario);
    l = load(EXITS("    exits: {acquisition: {probability: 40% by 5y}, failure: {probability: "
                   "20% by 5y}}\n"));
    assert_near(years_to_exit(&l.paper), 5.0 / -log(0.4), 1e-9);
    lq_scenario_destroy(l.scenario);
}

#define FLAT(acquisition)                                                                      \
    EXITS("    exits: {ipo: {rate: 0.1/y}, acquisition: {" acquisition                         \
          ", premium: 20%}, failure: {rate: 0.2/y, recovery: 25%}}\n")

static double claim_value(const char *text, lq_exits *exits)
{
    const lq_stack stack = {.common = 5.0,
                            .n_preferred = 1,
                            .preferred = {{.shares = 5.0, .due = 60.0, .rank = 1}}};
    double value[LQ_MAX_CLAIMANTS];
    loaded l = load(text);
    lq_paper_exits(&l.paper, 0.0, exits);
    lq_stack_value(&stack, &exits->law, 100.0, value);
    assert_near(value[LQ_CLAIM_COMMON] + value[LQ_CLAIM_PREFERRED], 100.0, 1e-9);
    lq_scenario_destroy(l.scenario);
    return value[LQ_CLAIM_COMMON];
}

/* A table whose rows all say the same is a constant, but for steps of a quarter and 50 years.
 */
static void a_flat_table_is_the_constant(void **state)
{
    (void)state;
    lq_exits constant, table;
    const double want = claim_value(FLAT("rate: 0.3/y"), &constant);
    assert_near(claim_value(FLAT("table: {0y: 0.3/y, 3y: 0.3/y}"), &table), want, 2e-3 * want);
    assert_int_equal(constant.law.time, LQ_EXIT_EXPONENTIAL);
    assert_int_equal(table.law.time, LQ_EXIT_TABLE);
    assert_near(table.years, constant.years, 1e-6);
    assert_near(table.ipo_share, constant.ipo_share, 1e-9);
}

/* What a failure leaves bears no fees and no carve-out, as in a run (ADR 0031). */
static void a_failure_has_no_fees(void **state)
{
    (void)state;
    const lq_stack stack = {.common = 5.0, .fees = 0.1, .debt = 10.0, .carve_out = 0.2};
    double value[LQ_MAX_CLAIMANTS];
    lq_exits e;
    loaded l = load(EXITS("    exits: {ipo: {rate: 0.1/y}, failure: {rate: 0.2/y, recovery: "
                          "25%}}\n"));
    lq_paper_exits(&l.paper, 0.0, &e);
    lq_stack_value(&stack, &e.law, 100.0, value);
    assert_near(value[lq_claim_carve_out(&stack)], 0.0, 0.0);
    assert_near(value[LQ_CLAIM_COMMON] + value[lq_claim_debt(&stack)], 100.0, 1e-9);
    lq_scenario_destroy(l.scenario);
}

/* As the sum over short steps above, with an intensity that jumps after three years. */
static void exits_by_age_are_the_sum_over_time_and_cause(void **state)
{
    (void)state;
    enum { N = 50000 };
    lq_exits e;
    loaded l = load(FLAT("table: {0y: 0.02/y, 3y: 0.5/y}"));
    const double gain[3] = {1.0, 1.2, 0.25}, step = 50.0 / N, r = log(1.04);
    double alive = 1.0, growth = 0.0, summed = 0.0, priced = 0.0;
    lq_paper_exits(&l.paper, 0.0, &e);
    for (size_t m = 0; m < e.law.n_manners; m++) {
        lq_exit_law one = e.law;
        one.weight = e.law.manner[m].when;
        priced +=
            e.law.manner[m].weight * lq_exit_call(&one, 100.0, 130.0 / e.law.manner[m].gain);
    }
    for (int i = 0; i < N; i++) {
        const double t = (i + 0.5) * step, h[3] = {0.1, t < 3.0 ? 0.02 : 0.5, 0.2};
        const double any = h[0] + h[1] + h[2];
        const double up = r + h[2] * 0.75 - h[1] * 0.2; /* what growth is at that age */
        const double mean = growth + 0.5 * up * step;
        const lq_exit_law then = {.volatility = 0.6, .rate = mean / t, .years = t};
        for (int c = 0; c < 3; c++)
            summed += alive * h[c] * step * exp(mean - r * t) * gain[c] *
                      lq_exit_call(&then, 100.0, 130.0 / gain[c]);
        alive *= exp(-any * step);
        growth += up * step;
    }
    assert_near(priced, summed, 2e-3 * summed);
    assert_near(e.ipo_share, e.law.manner[1].weight, 1e-12);
    lq_scenario_destroy(l.scenario);
}

static void a_foreign_company_is_discounted_at_its_own_rate(void **state)
{
    (void)state;
    loaded l = load("schema: liquidus/1\nmarket: {rate: {1y: 4%, 5y: 5%}, fx: {EURUSD: {spot: "
                    "1.1, rate: 2%}}}\ncompanies:\n  acme: {like: none, listing: private, "
                    "volatility: 60%, post_money: EUR 1bn}\n");
    assert_near(lq_paper_rate(&l.paper, 3.0), log(1.02), 1e-12);
    lq_scenario_destroy(l.scenario);
    l = load("schema: liquidus/1\nmarket: {rate: {1y: 4%, 5y: 5%}}\ncompanies:\n  acme: {like: "
             "none, listing: private, volatility: 60%, post_money: $1bn}\n");
    assert_near(lq_paper_rate(&l.paper, 3.0), 0.5 * (log(1.04) + log(1.05)), 1e-12);
    lq_scenario_destroy(l.scenario);
}

/* ---- opening values ---- */

static double opening_of(const char *text)
{
    loaded l = load(text);
    lq_opening_value opening;
    assert_int_equal(lq_paper_opening(&l.paper, &opening, NULL), LQ_OK);
    lq_scenario_destroy(l.scenario);
    return opening.value;
}

static void the_config_says_what_all_shares_are_worth(void **state)
{
    (void)state;
    assert_near(opening_of(EXITS("    opening_value: {method: face, roll: 1.2}\n")), 1.2e9,
                1.0);
    assert_near(opening_of(EXITS("    opening_value: {haircut: 25%}\n")), 0.75e9, 1.0);
    assert_near(opening_of(EXITS("    opening_value: $600M\n")), 0.6e9, 1.0);
    assert_near(opening_of(EXITS("    common_factor: 64%\n")), 0.64e9, 1.0);
}

#define SOLVED(more) HEAD TABLE "    opening_value: {method: backsolve" more "}\n"

/* At the value that is solved for, the series is worth the price it was solved from. */
static void a_backsolve_gives_the_series_its_price(void **state)
{
    static const struct {
        const char *text, *series;
        double price, years;
    } rows[] = {{SOLVED(", series: P1, price: $5, term: 4y"), "P1", 5.0, 4.0},
                {SOLVED(", series: B, price: $4"), "B", 4.0, 5.0},
                {SOLVED(", series: P1"), "P1", 2.0, 5.0}, /* its own issue price */
                {SOLVED(""), "B", 4.0, 5.0},
                {HEAD TABLE "    last_round: {price: $3}\n    opening_value: {series: P1}\n",
                 "P1", 6.0, 5.0}};
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(rows); i++) {
        loaded l = load(rows[i].text);
        lq_paper_value v;
        assert_int_equal(lq_paper_value_of(&l.paper, 0.0, 0.0, &v, NULL), LQ_OK);
        const size_t k = lq_claims_find(&v.claims, rows[i].series);
        assert_string_equal(v.paid.series, rows[i].series);
        assert_near(v.paid.price, rows[i].price, 1e-12);
        assert_near(v.exits.years, rows[i].years, 1e-12);
        assert_near(v.value[k] / v.claims.shares[k], rows[i].price, 1e-9);
        assert_near(v.equity, v.paid.equity, 0.0);
        lq_scenario_destroy(l.scenario);
    }
}

static void a_series_of_next_to_nothing_has_no_solution(void **state)
{
    (void)state;
    loaded l = load(HEAD "listing: private\n    volatility: 60%\n    cap_table: {common: 50M, "
                         "preferred: [{series: A, shares: 1, invested: $9, rank: 1}]}\n"
                         "    opening_value: {method: backsolve, price: $100}\n");
    lq_opening_value opening;
    lq_error err;
    assert_int_equal(lq_paper_opening(&l.paper, &opening, &err), LQ_ECONFIG);
    assert_string_equal(err.key, "companies.acme.opening_value.price");
    assert_int_equal(err.line, 9);
    lq_scenario_destroy(l.scenario);
}

/* By another method the last price is only compared with, and may have no answer. */
static void a_price_paid_is_told_whatever_the_method(void **state)
{
    (void)state;
    loaded l = load(HEAD TABLE "    opening_value: {method: face}\n");
    lq_price_paid paid;
    assert_int_equal(lq_paper_price_paid(&l.paper, &paid, NULL), LQ_OK);
    assert_string_equal(paid.series, "B");
    assert_true(paid.equity > 10e6 && paid.equity < 43.6e6);
    lq_scenario_destroy(l.scenario);
    l = load(HEAD "listing: private\n    volatility: 60%\n    cap_table: {common: 50M, "
                  "preferred: [{series: A, shares: 1, invested: $9, rank: 1}]}\n");
    assert_int_equal(lq_paper_price_paid(&l.paper, &paid, NULL), LQ_OK);
    assert_true(isnan(paid.equity));
    lq_scenario_destroy(l.scenario);
    l = load(EXITS(""));
    assert_int_equal(lq_paper_price_paid(&l.paper, &paid, NULL), LQ_OK);
    assert_null(paid.series);
    lq_scenario_destroy(l.scenario);
}

/* ---- worth ---- */

static void classes_sum_and_terms_and_values_are_replaced(void **state)
{
    (void)state;
    loaded l = load(SOLVED(", term: 4y"));
    lq_paper_value v;
    double sum = 0.0;
    assert_int_equal(lq_paper_value_of(&l.paper, 30e6, 1.5, &v, NULL), LQ_OK);
    for (size_t k = 0; k < lq_claim_count(&v.claims.stack); k++)
        sum += v.value[k];
    assert_near(v.equity, 30e6, 0.0);
    assert_near(sum, 30e6, 1e-3);
    assert_near(v.exits.years, 1.5, 0.0);
    assert_near(v.wait_years, 1.5, 0.0);
    assert_near(v.claims.stack.preferred[1].due, 13e6 + 0.1 * 8e6 * 1.5, 1e-6);
    assert_near(v.common, v.value[0] / 5e6, 1e-15);
    assert_near(v.kept, 0.8, 1e-15);
    lq_scenario_destroy(l.scenario);
}

/* The expected wait for an exit counts as half a year to five. */
static void discounts_wait_between_half_a_year_and_five(void **state)
{
    static const struct {
        const char *text;
        double years;
    } rows[] = {{EXITS("    exits: {ipo: {rate: 9/y}}\n"), 0.5},
                {EXITS("    exits: {ipo: {rate: 0.4/y}}\n"), 2.5},
                {EXITS("    exits: {ipo: {rate: 0.1/y}}\n"), 5.0}};
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(rows); i++) {
        loaded l = load(rows[i].text);
        lq_paper_value v;
        assert_int_equal(lq_paper_value_of(&l.paper, 0.0, 0.0, &v, NULL), LQ_OK);
        const lq_restriction r = {0.6, rows[i].years, log(1.04), 0.0};
        assert_near(v.wait_years, rows[i].years, 1e-12);
        assert_near(v.dlom[0], lq_dlom_chaffe(&r), 1e-12);
        assert_near(v.dlom[2], lq_dlom_finnerty(&r), 1e-12);
        lq_scenario_destroy(l.scenario);
    }
}

#define V "vesting: {over: 12mo, every: 1mo}}"
#define GRANTS                                                                                 \
    "offers:\n  - {id: a, company: acme, base: $1, grants: [{id: plain, units: 1000, " V       \
    ", {id: money, value: EUR 4400, " V ", {id: at-409a, value: $4000, priced_at: 409a, " V    \
    ", {id: part, share: 0.1%, " V ", {id: over, instrument: units, units: 1000, threshold: "  \
    "$10.9M, " V "]}\n"

static void grants_are_units_of_common(void **state)
{
    (void)state;
    loaded l = load("schema: liquidus/1\nmarket: {rate: 4%, fx: {EURUSD: {spot: 1.1, "
                    "rate: 2%}}}\ncompanies:\n  acme:\n    like: none\n    " TABLE
                    "    opening_value: $40M\n" GRANTS);
    lq_paper_value v;
    assert_int_equal(lq_paper_value_of(&l.paper, 0.0, 3.0, &v, NULL), LQ_OK);
    const lq_offer *offer = l.scenario->offers.items;
    const lq_grant *grants = offer->grants.items;
    const double units[] = {1000.0, 4400.0 * 1.1 / 4.0, 4000.0 / (0.8 * v.common), 10900.0,
                            1000.0};
    for (size_t i = 0; i < 5; i++) {
        const lq_grant_worth g = lq_paper_grant(&l.paper, &v, &grants[i]);
        assert_near(g.units, units[i], 1e-6);
        assert_near(g.kept, 0.8 * g.fair, 1e-9);
        if (i < 4) assert_near(g.fair, g.units * v.common, 1e-6);
    }
    /* $10.9M over 10.9M shares: a strike of $1, worth what options of it would be */
    lq_claims more = v.claims;
    more.stack.tranche[more.stack.n_tranches++] = (lq_tranche){1e-3, 1.0};
    double value[LQ_MAX_CLAIMANTS];
    lq_stack_value(&more.stack, &v.exits.law, v.equity, value);
    const lq_grant_worth over = lq_paper_grant(&l.paper, &v, &grants[4]);
    assert_near(over.fair, 1000.0 * value[lq_claim_carve_out(&more.stack) - 1] / 1e-3, 1e-3);
    assert_near(over.face, 3000.0, 1e-9);
    lq_scenario_destroy(l.scenario);
}

static void a_common_factor_stands_in_for_the_classes(void **state)
{
    (void)state;
    loaded l = load(
        "schema: liquidus/1\ncompanies:\n  acme: {like: none, listing: private, volatility: "
        "60%, last_round: {post_money: $1bn, price: $20}, common_factor: 64%}\n"
        "offers:\n  - {id: a, company: acme, base: $1, grants: [{id: g, units: 1000, " V
        ", {id: h, instrument: units, units: 1000, threshold: $100M, " V "]}\n");
    lq_paper_value v;
    assert_int_equal(lq_paper_value_of(&l.paper, 0.0, 0.0, &v, NULL), LQ_OK);
    assert_near(v.common, 12.8, 1e-9);
    const lq_grant *grants = ((const lq_offer *)l.scenario->offers.items)->grants.items;
    assert_near(lq_paper_grant(&l.paper, &v, &grants[0]).fair, 12800.0, 1e-6);
    assert_near(lq_paper_grant(&l.paper, &v, &grants[1]).fair, 10800.0, 1e-6);
    lq_scenario_destroy(l.scenario);
}

/* ---- an announced sale ---- */

/* 10 shares of $10; 2 of them are due $30: below $150 common shares what is left with nobody
 * else, above all alike. With half as many shares again there are 15. */
static void a_deal_pays_down_the_waterfall(void **state)
{
    (void)state;
    static const struct {
        const char *terms;
        double price, issued, per_share;
    } cases[] = {
        {"price: $100, break_value: $50", 100.0, 0.0, 70.0 / 8.0},
        {"price: $300, break_value: $50", 300.0, 0.0, 30.0},
        {"price: $300, break_value: $50, issued: 50%", 300.0, 5.0, 20.0},
        {"price: $100, break_value: $50, closes: 6mo to 18mo", 100.0, 0.0, 67.0 / 8.0}};
    for (size_t i = 0; i < LQ_COUNT(cases); i++) {
        char text[1024];
        lq_deal_paid deal;
        snprintf(text, sizeof text,
                 "%slisting: private\n    volatility: 60%%\n"
                 "    last_round: {post_money: $100, price: $10}\n"
                 "    cap_table: {common: 8, preferred: [{series: A, shares: 2, invested: $30, "
                 "dividend: %s}]}\n    deal: {%s}\n",
                 HEAD, i == 3 ? "10%/y" : "0%/y", cases[i].terms);
        loaded l = load(text);
        assert_int_equal(lq_paper_deal(&l.paper, &deal, NULL), LQ_OK);
        assert_near(deal.price, cases[i].price, 0.0);
        assert_near(deal.issued, cases[i].issued, 1e-12);
        assert_near(deal.per_share, cases[i].per_share, 1e-9);
        lq_scenario_destroy(l.scenario);
    }
    loaded l = load(HEAD TABLE);
    lq_deal_paid none = {.price = 1.0};
    assert_int_equal(lq_paper_deal(&l.paper, &none, NULL), LQ_OK);
    assert_near(none.price, 0.0, 0.0);
    lq_scenario_destroy(l.scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cap_table_becomes_a_stack),
        cmocka_unit_test(dividends_run_on),
        cmocka_unit_test(preferences_leave_the_rest_to_common),
        cmocka_unit_test(a_term_is_one_exit),
        cmocka_unit_test(own_exits_are_the_sum_over_time_and_cause),
        cmocka_unit_test(intensities_by_age_count_at_their_age),
        cmocka_unit_test(a_flat_table_is_the_constant),
        cmocka_unit_test(a_failure_has_no_fees),
        cmocka_unit_test(exits_by_age_are_the_sum_over_time_and_cause),
        cmocka_unit_test(a_foreign_company_is_discounted_at_its_own_rate),
        cmocka_unit_test(the_config_says_what_all_shares_are_worth),
        cmocka_unit_test(a_backsolve_gives_the_series_its_price),
        cmocka_unit_test(a_series_of_next_to_nothing_has_no_solution),
        cmocka_unit_test(a_price_paid_is_told_whatever_the_method),
        cmocka_unit_test(classes_sum_and_terms_and_values_are_replaced),
        cmocka_unit_test(discounts_wait_between_half_a_year_and_five),
        cmocka_unit_test(grants_are_units_of_common),
        cmocka_unit_test(a_common_factor_stands_in_for_the_classes),
        cmocka_unit_test(a_deal_pays_down_the_waterfall),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
