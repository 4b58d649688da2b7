#include "lq_plan_text.h"

#include "company/opm.h"

#include <math.h>
#include <stdio.h>

static const lq_company_plan *private_of(const lq_planned *p)
{
    assert_non_null(p->plan);
    return &p->plan->companies[1];
}

/* R4's own figures: 25 / 30 / 8 % by 5 years. */
static void probabilities_become_competing_intensities(void **state)
{
    (void)state;
    lq_planned p = lq_plan_text(lq_small_text, NULL, 0);
    const lq_company_plan *c = private_of(&p);
    assert_near(c->ipo.rate[10], 0.0789, 5e-5);
    assert_near(c->acquisition.rate[10], 0.0947, 5e-5);
    assert_near(c->failure.rate[10], 0.02525, 5e-6);
    assert_false(p.calibration.needed[1]);
    lq_planned_clear(&p);
}

static void the_opening_value_is_a_haircut_off_the_round(void **state)
{
    (void)state;
    lq_planned p = lq_plan_text(lq_small_text, NULL, 0);
    const lq_company_plan *c = private_of(&p);
    assert_near(exp2(c->start_log2), 0.8e9, 1.0);
    assert_near(c->stack.diluted, 20e6, 1e-6);
    assert_near(c->phi, 1.25, 1e-12);
    assert_near(c->stack.due, 100e6, 1e-6);
    assert_near(c->stack.opening.common, 18e6, 1e-6);
    assert_near(c->stack.ceiling, 50.0, 1e-9);
    lq_planned_clear(&p);
}

/* ADR 0042: beside a mark of today phi is what terms explain, unless the config says more. */
static void a_mark_does_not_price_the_next_rounds(void **state)
{
    (void)state;
    static const struct {
        const char *o[3];
        double phi;
    } rows[] = {
        {{"companies.pri.opening_value=$800M", NULL}, 1.25},
        {{"companies.pri.opening_value=$100M", NULL}, 1.48},
        {{"companies.pri.opening_value=$2bn", NULL}, 0.5},
        {{"companies.pri.opening_value=$100M", "companies.pri.rounds.phi=10", NULL}, 10.0}};
    for (size_t i = 0; i < LQ_COUNT(rows); i++) {
        lq_planned p = lq_plan_text(lq_small_text, rows[i].o, 0);
        assert_near(private_of(&p)->phi, rows[i].phi, 1e-12);
        lq_planned_clear(&p);
    }
}

/* All shares of the table, its series, and the value at which B is worth $5. */
static void a_cap_table_and_a_backsolve_are_where_a_run_starts(void **state)
{
    (void)state;
    static const char *const o[] = {
        "companies.pri={listing: private, like: none, volatility: 70%, beta: 1.5, cap_table: "
        "{common: 60M, fees: 4%, preferred: [{series: A, shares: 10M, conversion: 2, invested: "
        "$10M, rank: 1}, {series: B, shares: 20M, invested: $100M, rank: 2}]}, opening_value: "
        "{method: backsolve, term: 4y, roll: 1.1}}",
        NULL};
    lq_planned p = lq_plan_text(lq_small_text, o, 0);
    const lq_company_plan *c = private_of(&p);
    const lq_stack stack = {.common = 60e6,
                            .n_preferred = 2,
                            .preferred = {{.shares = 20e6, .due = 10e6, .rank = 1},
                                          {.shares = 20e6, .due = 100e6, .rank = 2}},
                            .fees = 0.04};
    const lq_exit_law law = {.volatility = 0.7, .rate = log(1.044), .years = 4.0};
    double value[LQ_MAX_CLAIMANTS];
    lq_stack_value(&stack, &law, exp2(c->start_log2) / 1.1, value);
    assert_near(value[2], 100e6, 1.0);
    assert_near(c->stack.diluted, 100e6, 1e-3);
    assert_near(c->start_price, 5.0, 1e-12);
    assert_near(c->stack.due, 110e6, 1e-3);
    assert_near(c->stack.opening.common, 60e6, 1e-3);
    assert_near(c->stack.ceiling, 5.0, 1e-12);
    assert_near(c->stack.opening.preferred[0].conversion_price, 0.5, 1e-12);
    assert_near(c->stack.opening.fees, 0.04, 1e-15);
    assert_near(c->phi, 500e6 * 1.1 / exp2(c->start_log2), 1e-9);
    lq_planned_clear(&p);
}

/* 2M preferred with $100M before 18M of common; a round of 7 % today, five
 * years before an exit at most (R9). What cannot be priced is refused where it is written. */
static void a_solved_phi_is_told_or_refused(void **state)
{
    (void)state;
    static const char *const solve[] = {"companies.pri.rounds.phi=solve", NULL};
    static const char *const dear[] = {"companies.pri.rounds.phi=solve",
                                       "companies.pri.rounds.terms.multiple=8",
                                       "companies.pri.rounds.terms.participation=full",
                                       "companies.pri.volatility=30%",
                                       "companies.pri.exits.ipo.probability=0% by 5y",
                                       NULL};
    lq_planned plain = lq_plan_text(lq_small_text, NULL, 0),
               p = lq_plan_text(lq_small_text, solve, 0);
    const lq_company_plan *c = private_of(&p);
    assert_true(c->solves_phi && !private_of(&plain)->solves_phi);
    const double after = 20e6 / 0.93;
    const double paid = c->phi * 0.8e9 / 20e6 * 0.07 * after;
    const lq_stack stack = {.common = 18e6,
                            .n_preferred = 2,
                            .preferred = {{.shares = 2e6, .due = 100e6, .rank = 1},
                                          {.shares = 0.07 * after, .due = paid, .rank = 1}}};
    const lq_exit_law law = lq_exit_law_at(0.7, log(1.044), 5.0, 25.0 / 55.0);
    double value[LQ_MAX_CLAIMANTS];
    lq_stack_value(&stack, &law, 0.8e9 + paid, value);
    assert_near(value[2], paid, 1e-6 * paid);
    assert_true(memcmp(p.plan->hash, plain.plan->hash, sizeof p.plan->hash) != 0);
    lq_planned_clear(&plain);
    lq_planned_clear(&p);
    p = lq_plan_text(lq_small_text, dear, 0);
    assert_null(p.plan);
    assert_int_equal(p.err.status, LQ_ECONFIG);
    assert_string_equal(p.err.key, "companies.pri.rounds.phi");
    lq_planned_clear(&p);
}

/* The small text without an opening value, which a deal replaces. */
static const char *without_opening(char *room, size_t size)
{
    static const char cut[] = "    opening_value: {method: haircut, haircut: 20%},\n";
    const char *at = strstr(lq_small_text, cut);
    assert_non_null(at);
    snprintf(room, size, "%.*s%s", (int)(at - lq_small_text), lq_small_text,
             at + sizeof cut - 1);
    return room;
}

/* R13: what it is worth while the deal is open, among how many shares; the acquirer's prices
 * are there for every month of the comparison. */
static void an_announced_deal_says_what_the_company_is_worth(void **state)
{
    (void)state;
    char text[sizeof lq_small_text];
    const char *const deal[] = {"companies.pri.deal.price=$2bn",
                                "companies.pri.deal.break_value=$500M to $700M",
                                "companies.pri.deal.break_probability=10%",
                                "companies.pri.deal.closes=2mo to 9mo",
                                "companies.pri.deal.issued=5%",
                                "companies.pri.deal.on_close=roll into pub",
                                NULL};
    lq_planned plain = lq_plan_text(lq_small_text, NULL, 0),
               p = lq_plan_text(without_opening(text, sizeof text), deal, 0);
    const lq_company_plan *c = private_of(&p);
    assert_true(c->deal.is_open && c->deal.rolls && c->deal.acquirer == 0);
    assert_false(private_of(&plain)->deal.is_open);
    assert_near(exp2(c->start_log2), 0.9 * 2e9 + 0.1 * 0.6e9, 10.0);
    assert_near(exp2(c->deal.price_log2), 2e9, 10.0);
    assert_near(c->stack.diluted, 21e6, 1e-6);
    assert_near(c->phi, 1.0, 0.0);
    for (size_t k = 1; k <= p.plan->grid.horizon; k++)
        assert_true(p.plan->listed[0].observe[k] == 1);
    assert_int_equal(p.plan->listed[0].n_months, p.plan->grid.horizon);
    assert_true(memcmp(p.plan->hash, plain.plan->hash, sizeof p.plan->hash) != 0);
    lq_planned_clear(&p);
    lq_planned_clear(&plain);
}

/* R5: failures and premiums are part of the expected growth, so survivors grow faster. */
static void survival_drift_pays_for_failures(void **state)
{
    (void)state;
    const char *const off[] = {"companies.pri.compensate=no", NULL};
    lq_planned on = lq_plan_text(lq_small_text, NULL, 0),
               no = lq_plan_text(lq_small_text, off, 0);
    const double gain =
        private_of(&on)->drift_private_log2[7] - private_of(&no)->drift_private_log2[7];
    const double total = (0.0789 + 0.0947 + 0.02525) / 12.0;
    const double lost = (1.0 - exp(-total)) * 0.02525 / (0.0789 + 0.0947 + 0.02525);
    assert_near(gain, -log2(1.0 - lost), 1e-6);
    lq_planned_clear(&on);
    lq_planned_clear(&no);
}

/* R11: beta is the invariant, so the loading on the market survives an IPO. */
static void beta_is_the_invariant(void **state)
{
    (void)state;
    const char *const o[] = {"companies.pri.post_ipo_volatility=40%", NULL};
    lq_planned p = lq_plan_text(lq_small_text, o, 0);
    const lq_company_plan *c = private_of(&p);
    const double month = sqrt(1.0 / 12.0) / log(2.0);
    assert_near(c->loading_market_log2, 1.5 * 0.16 * month, 1e-15);
    assert_near(hypot(c->loading_market_log2, c->loading_private_log2), 0.70 * month, 1e-14);
    assert_near(hypot(c->loading_market_log2, c->loading_listed_log2), 0.40 * month, 1e-14);
    lq_planned_clear(&p);
}

/* Growth is arithmetic: the log drift is lower by half the variance (R12). */
static void default_growth_is_rate_plus_beta_premium(void **state)
{
    (void)state;
    lq_planned p = lq_plan_text(lq_small_text, NULL, 0);
    const double want = (log(1.044) + 1.0 * 0.045 - 0.5 * 0.09) / 12.0 / log(2.0);
    assert_near(p.plan->listed[0].drift_log2[9], want, 1e-15);
    lq_planned_clear(&p);
    const char *const o[] = {"simulation.measure=pricing", NULL};
    p = lq_plan_text(lq_small_text, o, 0);
    assert_near(p.plan->listed[0].drift_log2[9], (log(1.044) - 0.045) / 12.0 / log(2.0), 1e-15);
    lq_planned_clear(&p);
}

static const struct bad_case {
    const char *name, *override, *key, *got;
} bad_cases[] = {
    {"preferred beyond all shares", "companies.pri.preferences=[{series: A, invested: $990M}]",
     "companies.pri.preferences", "99 %"},
};

static void an_impossible_company_names_its_key(void **state)
{
    const struct bad_case *c = *state;
    const char *const o[] = {c->override, NULL};
    lq_planned p = lq_plan_text(lq_small_text, o, 0);
    assert_null(p.plan);
    assert_int_equal(p.err.status, LQ_ECONFIG);
    assert_string_equal(p.err.key, c->key);
    assert_non_null(strstr(p.err.got, c->got));
    lq_planned_clear(&p);
}

int main(void)
{
    struct CMUnitTest tests[LQ_COUNT(bad_cases) + 8] = {
        cmocka_unit_test(probabilities_become_competing_intensities),
        cmocka_unit_test(the_opening_value_is_a_haircut_off_the_round),
        cmocka_unit_test(a_mark_does_not_price_the_next_rounds),
        cmocka_unit_test(a_cap_table_and_a_backsolve_are_where_a_run_starts),
        cmocka_unit_test(a_solved_phi_is_told_or_refused),
        cmocka_unit_test(an_announced_deal_says_what_the_company_is_worth),
        cmocka_unit_test(survival_drift_pays_for_failures),
        cmocka_unit_test(beta_is_the_invariant),
        cmocka_unit_test(default_growth_is_rate_plus_beta_premium),
    };
    for (size_t i = 0; i < LQ_COUNT(bad_cases); i++)
        tests[i + 8] = (struct CMUnitTest){.name = bad_cases[i].name,
                                           .test_func = an_impossible_company_names_its_key,
                                           .initial_state = (void *)(uintptr_t)&bad_cases[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
