#include "refusals.h"

#define EXIT(hazard) COMPANY(PRIVATE ", exits: {ipo: {" hazard "}}")
#define VEST(rule)   OFFER(", grants: [{value: $1M, vesting: " rule "}]")

static const refusal refused[] = {
    {EXIT("probability: 25%"), "exits.ipo.probability", "say by when: 25% by 5y"},
    {EXIT("probability: 125% by 5y"), "exits.ipo.probability", "one probability under 100 %"},
    {EXIT("probability: 25 by 5y"), "exits.ipo.probability", "a probability by a time"},
    {EXIT("probability: 25% by 5"), "exits.ipo.probability", "a probability by a time"},
    {EXIT("probability: 20% to 30% by 5y"), "exits.ipo.probability",
     "{uncertain: 15% to 35% by 5y}"},
    {EXIT("probability: [1]"), "exits.ipo.probability", "a probability by a time"},
    {EXIT("rate: 0.1/y, probability: 25% by 5y"), "exits.ipo.rate", "exactly one of"},
    {EXIT("rate: -1/y"), "exits.ipo.rate", "0 to 1000"},
    {EXIT("rate: 0.1/y to 0.3/y"), "exits.ipo.rate", "{uncertain: 0.1/y to 0.3/y}"},
    {EXIT("weibull: {shape: 1.4}"), "exits.ipo.weibull", "{shape: 1.4, scale: 9y}"},
    {EXIT("weibull: {shape: 0, scale: 9y}"), "weibull.shape", "0.05 to 200"},
    {EXIT("table: {1y: 0.1/y, 0y: 0.2/y}"), "exits.ipo.table.0y", "rising"},
    {EXIT("table: {}"), "exits.ipo.table", "ages and rates"},
    {EXIT("table: {soon: 0.2/y}"), "exits.ipo.table.soon", "an age such as 4y"},
    {VEST("{years: [50%, 40%]}"), "vesting.years", "a sum of 90 %"},
    {VEST("{years: [50%, 50.000001%]}"), "vesting.years", "fractions that sum to 100 %"},
    {VEST("{years: 25%}"), "vesting.years", "a list of fractions"},
    {VEST("{years: [150%, -50%]}"), "vesting.years", "at least 0"},
    {VEST("{years: [50, 50]}"), "vesting.years", "5000 %"},
    {VEST("{table: {12mo: 50%, 24mo: 40%}}"), "vesting.table", "a sum of 90 %"},
    {VEST("{table: {24mo: 50%, 12mo: 50%}}"), "vesting.table.12mo", "rising"},
    {VEST("{table: {0mo: 50%, 12mo: 50%}}"), "vesting.table.0mo", "rising"},
    {VEST("{over: 48mo, years: [100%]}"), "vesting", "exactly one of years, over, table"},
    {VEST("{every: 3mo}"), "vesting", "exactly one of years, over, table"},
    {VEST("{over: 40y}"), "vesting.over", "1mo to 15y"},
    {VEST("{over: 48mo, every: 5mo}"), "vesting", "a whole number of `every`"},
    {VEST("{years: [50%, 50%], every: 5mo}"), "vesting", "with years"},
    {VEST("{years: [50%, 50%], cliff: 36mo}"), "vesting", "a cliff within the schedule"},
    {OFFER(", grants: [{value: $1M, granted: 45d}]"), "granted", "whole months"},
    {OFFER(", bonus: 10% to 15%"), "offers.a.bonus", "band: {bonus: 10% to 15%}"},
    {OFFER(", bonus: -10%"), "offers.a.bonus", "0 % to 500 %"},
    {OFFER(", sign_on: $10K to $20K"), "offers.a.sign_on", "band: {sign_on: $40K to $60K}"},
    {OFFER(", refresh: $140K"), "offers.a.refresh", "vests is what vests each year"},
    {OFFER(", refresh: {value: $140K}"), "offers.a.refresh.value", "differ by half as much"},
    {OFFER(", ask: $300K"), "offers.a.ask", "a group of terms"},
    {OFFER(", ask: {bse: $300K}"), "offers.a.ask.bse", "did you mean base?"},
    {OFFER(", ask: {leaving: 1/y}"), "offers.a.ask.leaving", "a key of ask"},
    {"offers:\n  - {id: a, company: [x], base: $1}\n", "offers.a.company", "a company id"},
    {"offers:\n  - {id: a, company: {lik: seed}, base: $1}\n", "offers.a.company.lik",
     "did you mean like?"},
};

static void each_is_refused_with_its_place(void **state)
{
    (void)state;
    check_refusals(refused, LQ_COUNT(refused));
}

static void hazards_are_read_in_every_form(void **state)
{
    (void)state;
    lq_scenario *s = must_load(COMPANY(
        PRIVATE ", exits: {ipo: {probability: {uncertain: 15% to 35% by 60mo}, "
                "value_exponent: 0.5}, acquisition: {weibull: {shape: 1.4, scale: 9y}}, "
                "failure: {table: {0y: 0.02/y, 4y: 12%/y}, every: 12mo}}, "
                "rounds: {rate: 0.5/y}"));
    const lq_company *c = company_of(s, "acme");
    assert_int_equal(c->ipo.hazard.kind, LQ_HAZARD_PROBABILITY);
    assert_true(c->ipo.hazard.probability.uncertain);
    assert_near(c->ipo.hazard.by_years, 5.0, 0.0);
    assert_near(c->ipo.hazard.value_exponent.p[0], 0.5, 0.0);
    assert_int_equal(c->acquisition.hazard.kind, LQ_HAZARD_WEIBULL);
    assert_near(c->acquisition.hazard.scale.p[0], 9.0, 0.0);
    assert_int_equal(c->failure.hazard.kind, LQ_HAZARD_TABLE);
    assert_int_equal(c->failure.hazard.n_rows, 2);
    assert_near(c->failure.hazard.table_rate[1], 0.12, 0.0);
    assert_near(c->failure.hazard.every.p[0], 1.0, 0.0);
    assert_int_equal(c->rounds.hazard.kind, LQ_HAZARD_RATE);
    assert_near(c->rounds.hazard.value_exponent.p[0], 1.0, 0.0);
    assert_int_equal(c->tenders.hazard.kind, LQ_HAZARD_NONE);
    assert_true(s->has_uncertain);
    lq_scenario_destroy(s);
}

static void vesting_is_read_in_every_form(void **state)
{
    (void)state;
    lq_scenario *s = must_load(
        "offers:\n  - id: a\n    company: google\n    base: $1\n    grants:\n"
        "      - {value: $1M, vesting: {years: [35%, 25%, 20%, 20%], every: 3mo, cliff: "
        "12mo, rounding: floor}}\n"
        "      - {units: 100, vesting: {over: 48mo}}\n"
        "      - {id: last, value: $1M, granted: 6mo, vesting: {table: {12mo: 25%, 15mo: "
        "75%}}}\n");
    const lq_offer *a = offer_of(s, "a");
    assert_int_equal(grant_of(a, 0)->vesting.kind, LQ_VESTING_YEARS);
    assert_int_equal(grant_of(a, 0)->vesting.rounding, 1);
    assert_near(((const double *)grant_of(a, 0)->vesting.years.items)[0], 0.35, 0.0);
    assert_int_equal(grant_of(a, 1)->vesting.kind, LQ_VESTING_OVER);
    assert_near(grant_of(a, 1)->vesting.every.p[0], 1.0 / 12, 1e-15);
    assert_string_equal(grant_of(a, 1)->id, "grant-2");
    assert_int_equal(grant_of(a, 2)->vesting.kind, LQ_VESTING_TABLE);
    assert_int_equal(grant_of(a, 2)->granted_month, 6);
    assert_string_equal(grant_of(a, 2)->id, "last");
    lq_scenario_destroy(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_is_refused_with_its_place),
        cmocka_unit_test(hazards_are_read_in_every_form),
        cmocka_unit_test(vesting_is_read_in_every_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
