#include "refusals.h"

static const refusal refused[] = {
    {"simulation: {horizon: 4y, liquidity_horizon: 3y}\n" OFFER(""),
     "2:46: simulation.liquidity_horizon", "horizon <= liquidity_horizon"},
    {"simulation: {horizon: 45d}\n" OFFER(""), "simulation.horizon", "whole months"},
    {COMPANY(PRIVATE
             ", exits: {ipo: {probability: 50% by 5y}, acquisition: {probability: 30% by "
             "5y}, failure: {probability: 20% by 5y}}"),
     "companies.acme.exits", "sum to less than 100 %"},
    {COMPANY(PRIVATE ", exits: {ipo: {probability: {uncertain: 20% to 60% by 5y}}, failure: "
                     "{probability: 45% by 5y}}"),
     "companies.acme.exits", "105 %"},
    {COMPANY("listing: public, volatility: 30%, beta: 2"), "companies.acme",
     "a correlation with the market between -1 and 1"},
    {COMPANY("listing: public, volatility: {uncertain: 10% to 50%}, beta: 1"), "companies.acme",
     "a correlation with the market between -1 and 1"},
    {COMPANY("listing: private, volatility: 90%, beta: 4, post_money: $1bn"), "companies.acme",
     "post_ipo_volatility"},
    {COMPANY("listing: public, volatility: 0%, beta: 1"), "companies.acme", "between -1 and 1"},
    {COMPANY("listing: public, volatility: 30%, beta: 1, correlation: 0.5"), "companies.acme",
     "expected beta or correlation, found both"},
    {COMPANY(PRIVATE ", common_factor: 64%, preferences: [{invested: $100M}]"),
     "companies.acme", "seniority would be charged twice"},
    {COMPANY(PRIVATE ", alpha: 2%, growth: 10%"), "companies.acme", "alpha or growth"},
    {COMPANY(PRIVATE ", last_round: {post_money: $2bn}"), "companies.acme", "post_money once"},
    {COMPANY(LISTED ", exits: {ipo: {rate: 0.1/y}}"), "companies.acme.exits",
     "listing: private, for this key"},
    {COMPANY(LISTED ", tenders: {rate: 0.1/y}"), "companies.acme.tenders", "a public company"},
    {COMPANY(PRIVATE ", rounds: {rate: 0.5/y, every: 3mo}"), "companies.acme",
     "every: 1mo or every: 12mo"},
    {COMPANY(PRIVATE ", lockup: 45d"), "companies.acme", "whole months"},
    {COMPANY(LISTED ", currency: JPY"), "companies.acme", "a currency that the market knows"},
    {COMPANY(LISTED ", currency: EUR, price: $10"), "companies.acme",
     "money in the company's EUR"},
    {"market: {correlations: [{pair: [google, gogle], value: 0.5}]}\n" OFFER(""),
     "market.correlations[0]", "two companies of this file, found gogle"},
    {"market: {correlations: [{pair: [google, google], value: 0.5}]}\n" OFFER(""),
     "market.correlations[0]", "two different companies"},
    {"market: {correlations: [{pair: [google, meta], value: 0.5}, {pair: [meta, google], "
     "value: "
     "0.6}]}\noffers:\n  - {id: a, company: google, base: $1}\n  - {id: b, company: meta, "
     "base: "
     "$1}\n",
     "market.correlations[1]", "each pair once"},
    {"decide: {baseline: b}\n" OFFER(""), "decide.baseline", "the id of an offer"},
    {"decide: {baseline: aa}\n" OFFER(""), "decide.baseline", "did you mean a?"},
    {"offers: []\n", "offers", "at least one offer"},
};

static void contradictions_are_refused_with_their_place(void **state)
{
    (void)state;
    check_refusals(refused, LQ_COUNT(refused));
}

static void the_same_without_the_contradiction_loads(void **state)
{
    static const char *const bodies[] = {
        COMPANY(PRIVATE
                ", exits: {ipo: {probability: 50% by 5y}, acquisition: {probability: 30% "
                "by 5y}, failure: {probability: 19% by 5y}}"),
        COMPANY("listing: public, volatility: 0%, beta: 0"),
        COMPANY("listing: public, volatility: 33%, beta: 2"),
        COMPANY("listing: public, volatility: 30%, correlation: 0.5"),
        COMPANY(LISTED ", currency: EUR, price: EUR 10"),
        "simulation: {horizon: 4y, liquidity_horizon: 4y}\n" OFFER(""),
    };
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(bodies); i++)
        lq_scenario_destroy(must_load(bodies[i]));
}

static void correlations_of_packs_join_where_both_companies_take_part(void **state)
{
    (void)state;
    lq_scenario *s = must_load("offers:\n  - {id: a, company: google, base: $1}\n"
                               "  - {id: b, company: meta, base: $1}\n");
    const lq_pair_correlation *pairs = s->market.correlations.items;
    assert_int_equal(s->market.correlations.len, 1);
    assert_near(pairs[0].value.p[0], 0.57, 0.0);
    lq_scenario_destroy(s);

    s = must_load("market: {correlations: [{pair: [meta, google], value: 0.2}]}\n"
                  "offers:\n  - {id: a, company: google, base: $1}\n"
                  "  - {id: b, company: meta, base: $1}\n");
    pairs = s->market.correlations.items;
    assert_int_equal(s->market.correlations.len, 1);
    assert_near(pairs[0].value.p[0], 0.2, 0.0);
    lq_scenario_destroy(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contradictions_are_refused_with_their_place),
        cmocka_unit_test(the_same_without_the_contradiction_loads),
        cmocka_unit_test(correlations_of_packs_join_where_both_companies_take_part),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
