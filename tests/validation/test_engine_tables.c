/* Vesting, tables without chance, and lotteries of a few amounts, as configs through the
 * engine: the rest of valuation_checks.json and three cases of cases.json. */
#include "lq_case.h"

#include "stats/estimate.h"
#include "stats/functional.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "case_config.h"
#include "cases.h"

#define FILE_NAME "valuation_checks.json"

enum { TEXT_SIZE = 4096 };

#define assert_close(got, want) assert_near((got), (want), 1e-9 * fabs(want))

/* ---- what vests before people leave ---- */

static const struct schedule {
    const char *name, *years;
} schedules[] = {
    {"google_38_32_20_10", "38%, 32%, 20%, 10%"},
    {"meta_25x4", "25%, 25%, 25%, 25%"},
    {"hf_default_4y_cliff", "25%, 25%, 25%, 25%"},
    {"hf_ask_35_first_year", "35%, 25%, 20%, 20%"},
    {"amazon_5_15_40_40", "5%, 15%, 40%, 40%"},
};

static const char *years_of(const char *name)
{
    for (size_t i = 0; i < LQ_COUNT(schedules); i++)
        if (strcmp(schedules[i].name, name) == 0) return schedules[i].years;
    fail_msg("no schedule %s", name);
    return NULL;
}

static void vest(void **state)
{
    validation_case v = case_open(FILE_NAME, *state);
    const double q = case_number(v.inputs, "monthly_quit_probability");
    char text[TEXT_SIZE];
    snprintf(
        text, sizeof text,
        HEAD "simulation: {paths: 1e5, seed: 34, horizon: 4y, liquidity_horizon: 4y}\n"
             "companies: {s: {listing: public, price: $100, volatility: 0%%, "
             "correlation: 0, growth: 0/y}}\n"
             "offers: [{id: v, company: s, base: $0, leaving: %.17g/y, grants: "
             "[{instrument: rsu, units: 100, vesting: {years: [%s], every: %dmo, cliff: "
             "%dmo}}]}]\n",
        -12.0 * log1p(-q), years_of(json_string_value(json_object_get(v.inputs, "schedule"))),
        (int)case_number(v.inputs, "step_months"), (int)case_number(v.inputs, "cliff_months"));
    lq_case c = lq_case_run(text, NULL, 0);
    const lq_offer *offer = c.scenario->offers.items;
    lq_vest vests[LQ_VESTING_MAX_EVENTS];
    const size_t n = lq_plan_vests(offer->grants.items, vests);
    double closed_form = 0.0, first_year = 0.0;
    for (size_t i = 0; i < n; i++) {
        closed_form += vests[i].fraction * pow(1.0 - q, vests[i].month);
        if (vests[i].month <= 12) first_year += vests[i].fraction;
    }
    const double want = case_number(v.expected, "four_year");
    assert_close(closed_form, want);
    assert_close(first_year, case_number(v.expected, "year_1_cumulative_if_stayed"));
    /* Who leaves in month k is there when k vests: one month's survival more than the form. */
    assert_mean(lq_case_offer(&c, "v", 0), c.n, 1e4 * want / (1.0 - q));
    lq_case_clear(&c);
    case_close(&v);
}

/* Refreshers on top of the first grant, through the plan's own vests. */
static void VST_10(void **state)
{
    (void)state;
    validation_case v = case_open("cases.json", "VST-10");
    lq_case c = lq_case_run(
        "schema: liquidus/1\n"
        "simulation: {paths: 64, horizon: 8y, liquidity_horizon: 8y}\n"
        "companies: {s: {listing: public, price: $1, volatility: 30%, beta: 1}}\n"
        "offers: [{id: o, company: s, base: $0, grants: [{instrument: rsu, units: 4800, "
        "vesting: {over: 48mo, every: 1mo}}, {instrument: rsu, units: 1200, granted: 12mo, "
        "vesting: {over: 48mo, every: 1mo}}, {instrument: rsu, units: 1200, granted: 24mo, "
        "vesting: {over: 48mo, every: 1mo}}, {instrument: rsu, units: 1200, granted: 36mo, "
        "vesting: {over: 48mo, every: 1mo}}]}]\n",
        NULL, 0);
    const lq_offer *offer = c.scenario->offers.items;
    const lq_grant *grants = offer->grants.items;
    double in_year[9] = {0};
    for (size_t g = 0; g < offer->grants.len; g++) {
        lq_vest vests[LQ_VESTING_MAX_EVENTS];
        const size_t n = lq_plan_vests(&grants[g], vests);
        for (size_t i = 0; i < n; i++)
            in_year[(grants[g].granted_month + vests[i].month - 1) / 12] +=
                grants[g].units.p[0] * vests[i].fraction;
    }
    for (int y = 0; y < 8; y++)
        assert_near(in_year[y], case_want(&v, "vesting_in_year", y), 1e-9);
    lq_case_clear(&c);
    case_close(&v);
}

/* ---- tables without chance ---- */

static double input_or_zero(const validation_case *v, const char *key)
{
    return json_number_value(json_object_get(v->inputs, key));
}

static void table_text(const validation_case *v, bool euros, char *text, size_t size)
{
    char refresh[192] = "";
    const bool by_vests =
        strcmp(json_string_value(json_object_get(v->inputs, "mode")), "annual_vest") == 0;
    const char *currency = euros ? "EUR" : "USD";
    if (input_or_zero(v, "refresh") > 0.0)
        snprintf(refresh, sizeof refresh,
                 ", refresh: {%s: %.17g/y, from_year: 2, guaranteed: true, vesting: {years: "
                 "[%s], every: 3mo}}",
                 by_vests ? "vests" : "grants", input_or_zero(v, "refresh"),
                 by_vests ? "100%" : "25%, 25%, 25%, 25%");
    snprintf(text, size,
             "schema: liquidus/1\ncurrency: %s\ntax: none\nperson: {wealth: 0}\n"
             "market: {rate: 0%%, equity_premium: 0%%, volatility: 16%%}\n"
             "simulation: {paths: 100, start: 2027-01-01, horizon: 4y, liquidity_horizon: 4y}\n"
             "companies: {s: {listing: public, price: 100, volatility: 0%%, correlation: 0, "
             "growth: 0/y}}\n"
             "offers: [{id: o, company: s, base: %.17g, bonus: %.17g%%, sign_on: %.17g, "
             "leaving: 0/y%s, grants: [{instrument: rsu, value: %.17g, vesting: {years: "
             "[%.17g, %.17g, %.17g, %.17g], every: 3mo}}]}]\n",
             currency, case_number(v->inputs, "base"), 100.0 * case_number(v->inputs, "bonus"),
             input_or_zero(v, "sign"), refresh, case_number(v->inputs, "eq"),
             case_entry(v->inputs, "fr", 0), case_entry(v->inputs, "fr", 1),
             case_entry(v->inputs, "fr", 2), case_entry(v->inputs, "fr", 3));
}

static void table(void **state)
{
    validation_case v = case_open(FILE_NAME, *state);
    char text[TEXT_SIZE];
    table_text(&v, strstr(*state, "eur") != NULL, text, sizeof text);
    lq_case c = lq_case_run(text, NULL, 0);
    const double want = case_number(v.expected, "four_year_total");
    for (size_t i = 0; i < c.n; i++)
        assert_near(lq_case_offer(&c, "o", 0)[i], want, 0.01);
    for (size_t y = 0; y < 4; y++) {
        lq_law *law = lq_law_create(c.result->offers[0].by_year[y], LQ_POOLED);
        const double year = case_entry(v.expected, "year_totals", y);
        assert_near(lq_law_quantile(law, 0.0), year, 0.01);
        assert_near(lq_law_quantile(law, 1.0), year, 0.01);
        lq_law_destroy(law);
    }
    /* The letter's own sum is the same number. */
    assert_near(((const lq_offer *)c.scenario->offers.items)->headline_total, want, 0.01);
    lq_case_clear(&c);
    case_close(&v);
}

/* ---- lotteries of a few amounts, paid as the bonus of one year ---- */

/* Pay is salary + salary x payout at the end of the year. */
static lq_case run_lottery(double salary, const double *payout, const double *p, size_t n)
{
    char text[TEXT_SIZE], atoms[512];
    size_t used = 0;
    for (size_t i = 0; i < n; i++)
        used += (size_t)snprintf(atoms + used, sizeof atoms - used, "%s%.17g: %.17g",
                                 i ? ", " : "", payout[i], p[i]);
    snprintf(text, sizeof text,
             HEAD "simulation: {paths: 2e5, seed: 35, horizon: 1y, liquidity_horizon: 1y}\n"
                  "companies: {s: {listing: public, volatility: 30%%, beta: 1}}\n"
                  "offers: [{id: o, company: s, base: %.17g, leaving: 0/y, bonus: {target: "
                  "100%%, payout: {discrete: {%s}}}}]\n",
             salary, atoms);
    return lq_case_run(text, NULL, 0);
}

/* A loss of L is pay of 1,100 - L. The level 0.9 falls between two atoms, so only its expected
 * shortfall is asked of a sample. */
static void RSK_04(void **state)
{
    (void)state;
    validation_case v = case_open("cases.json", "RSK-04");
    double payout[10], p[10];
    for (size_t i = 0; i < 10; i++) {
        payout[i] = (100.0 - case_entry(v.inputs, "losses", i)) / 1000.0;
        p[i] = case_entry(v.inputs, "probs", i);
    }
    lq_case c = run_lottery(1000.0, payout, p, 10);
    lq_law *law = lq_law_create(c.result->offers[0].total, LQ_POOLED);
    for (int i = 0; i < 3; i++) {
        const double alpha = 1.0 - case_entry(v.inputs, "alphas", (size_t)i);
        const lq_estimate es = lq_estimate_cvar(law, alpha);
        assert_estimate(1100.0 - es.value, case_want(&v, "es", i), es.se, 1e-9);
        if (i == 1) continue;
        assert_near(1100.0 - lq_law_quantile(law, alpha), case_want(&v, "var", i), 1e-9);
    }
    lq_law_destroy(law);
    lq_case_clear(&c);
    case_close(&v);
}

/* The salary that carries the bonus is spent, so that only the prize is left. */
static void UTL_09(void **state)
{
    (void)state;
    validation_case v = case_open("cases.json", "UTL-09");
    const double salary = 8e8;
    double payout[4], p[4];
    for (size_t i = 0; i < 4; i++) {
        payout[i] = case_entry(v.inputs, "payoffs", i) / salary;
        p[i] = case_entry(v.inputs, "probs", i);
    }
    lq_case c = run_lottery(salary, payout, p, 4);
    const lq_background background = {.wealth_money = case_number(v.inputs, "wealth"),
                                      .spending_money = salary};
    for (int i = 0; i < 4; i++) {
        const lq_ce ce = ce_of(c.result->offers[0].total,
                               case_entry(v.inputs, "gammas", (size_t)i), &background);
        assert_estimate(ce.value - salary, case_want(&v, "ce", i), ce.se, 0.0);
        assert_true(ce.floored_frac == 0.0);
    }
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
        row("vest_google_38_32_20_10_q0.01", vest),
        row("vest_meta_25x4_q0.01", vest),
        row("vest_hf_default_4y_cliff_q0.01", vest),
        row("vest_hf_ask_35_first_year_q0.01", vest),
        row("vest_amazon_5_15_40_40_q0.01", vest),
        row("table_hf_ask_refresh_as_annual_vest", table),
        row("table_hf_ask_refresh_as_grant_face", table),
        row("table_hf_sf_low", table),
        row("table_google_l6_38", table),
        row("table_meta_e6", table),
        row("table_hf_paris_high_eur", table),
        cmocka_unit_test(VST_10),
        cmocka_unit_test(RSK_04),
        cmocka_unit_test(UTL_09),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
