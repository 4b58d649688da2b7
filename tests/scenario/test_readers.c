#include "refusals.h"

#define JUMPS ", model: merton, jumps: {rate: 1/y, mean: 5%, sd: 10%}"

static const refusal refused[] = {
    {"simulation: {sampling: halton}\n" OFFER(""), "2:24: simulation.sampling", "random"},
    {"simulation: {sampling: randm}\n" OFFER(""), "simulation.sampling",
     "did you mean random?"},
    {COMPANY(LISTED ", model: merton"), "companies.acme", "model: merton without them"},
    {COMPANY(LISTED ", model: merton, jumps: {rate: 1/y, mean: 5%}"), "companies.acme",
     "model: merton without them"},
    {COMPANY(LISTED ", model: merton, jumps: {rate: 99/y, mean: 5%, sd: 1%}"),
     "companies.acme.jumps.rate", "99"},
    {COMPANY(PRIVATE JUMPS ", floor: 25%"), "companies.acme.jumps",
     "compensate: no, or no floor"},
    {COMPANY(PRIVATE JUMPS ", exits: {failure: {floor: 25%}}"), "companies.acme.jumps",
     "compensate: no, or no floor"},
    {COMPANY(LISTED ", model: gmb"), "companies.acme.model", "did you mean gbm?"},
    {COMPANY(LISTED ", jumps: {rate: 0.5/y, mean: 0%, sd: 10%}"), "companies.acme.jumps",
     "model: gbm"},
    {COMPANY(PRIVATE ", deal: {price: $1bn, retention: $1M}"), "companies.acme.deal.retention",
     "a group with the keys of retention"},
    {COMPANY(PRIVATE ", preferences: [{invested: $1M, participation: capped}]"),
     "participation", "none, full, or a cap such as 3x"},
    {COMPANY(PRIVATE ", preferences: [{invested: $1M, participation: ful}]"), "participation",
     "did you mean full?"},
    {COMPANY(PRIVATE ", preferences: [{invested: $1M, participation: -1x}]"), "participation",
     "found -1x"},
    {COMPANY(PRIVATE ", preferences: [{invested: $1M, anti_dilution: ratchet}]"),
     "anti_dilution", "none, broad or full"},
    {COMPANY(PRIVATE ", dlom: 20%"), "companies.acme.dlom", "charged twice"},
    {OFFER(", grants: [{value: $1M, dlom: 20%}]"), "offers.a.grants[0].dlom", "charged twice"},
    {OFFER(", grants: [{instrument: iso, value: $1M}]"), "offers.a.grants[0].instrument",
     "iso, which this version does not have"},
    {OFFER(", grants: [{instrument: rus, value: $1M}]"), "offers.a.grants[0].instrument",
     "did you mean rsu?"},
    {OFFER("") "vary: {person.risk_aversion: [0, 1]}\n", "vary",
     "`vary`, which this version does not have"},
    {OFFER("") "scenarios: {}\n", "scenarios", "which this version does not have"},
    {"currency: usd\n" OFFER(""), "2:11: currency", "three capitals"},
    {"tax: us-ca\n" OFFER(""), "2:6: tax", "a jurisdiction, which this version does not have"},
    {"tax: 41\n" OFFER(""), "2:6: tax", "4100 %"},
    {"tax: 30% to 40%\n" OFFER(""), "2:6: tax", "one rate"},
    {"tax: {gains: 25%}\n" OFFER(""), "2:6: tax", "a flat rate"},
    {OFFER(", tax: {gains: 25%}"), "offers.a.tax", "a flat rate"},
    {"tax: [1]\n" OFFER(""), "2:6: tax", "none, a rate"},
    {"market: {rate: {5y: 4%, 1y: 3%}}\n" OFFER(""), "market.rate.1y", "rising"},
    {"market: {rate: {soon: 4%}}\n" OFFER(""), "market.rate.soon", "a tenor such as 5y"},
    {"market: {rate: {}}\n" OFFER(""), "market.rate", "at least one tenor"},
    {"market: {rate: 400%}\n" OFFER(""), "market.rate", "one rate"},
    {"market: {correlations: [{pair: google, value: 0.5}]}\n" OFFER(""), "pair",
     "two company ids"},
    {COMPANY(PRIVATE ", floor: 120%"), "companies.acme.floor", "a fraction under 100 %"},
    {COMPANY(PRIVATE ", exits: {failure: {floor: 120%}}"), "companies.acme.exits.failure.floor",
     "a fraction under 100 %"},
    {COMPANY(PRIVATE ", floor: 10%, exits: {failure: {floor: 10%}}"), "companies.acme.floor",
     "here and in exits.failure"},
    {COMPANY(PRIVATE ", exits: {failure: {monitoring: daily}}"),
     "companies.acme.exits.failure.monitoring", "monthly or continuous"},
    {COMPANY(PRIVATE ", compensate: no, exits: {failure: {monitoring: continuous}}"),
     "companies.acme.exits.failure.monitoring", "a floor, for this key"},
    {COMPANY(PRIVATE ", exits: {failure: {floor: 25%, monitoring: continuous}}"),
     "companies.acme.exits.failure.monitoring", "compensate: no"},
    {COMPANY(PRIVATE JUMPS ", compensate: no, exits: {failure: {floor: 25%, monitoring: "
                           "continuous}}"),
     "companies.acme.exits.failure.monitoring", "shocks are not normal"},
    {COMPANY(PRIVATE ", exits: {ipo: {floor: 10%}}"), "companies.acme.exits.ipo.floor",
     "a key of ipo"},
    {"person: {income_before: $1}\n" OFFER(""), "person.income_before",
     "which this version does not have"},
};

static void each_is_refused_by_name_and_place(void **state)
{
    (void)state;
    check_refusals(refused, LQ_COUNT(refused));
}

static void another_schema_is_refused(void **state)
{
    lq_problems *problems = lq_problems_create();
    lq_scenario *s = NULL;
    static const char text[] = "schema: liquidus/9\noffers: []\n";
    (void)state;
    assert_int_equal(
        lq_scenario_parse("t.yaml", text, strlen(text), NULL, 0, problems, &s, NULL),
        LQ_ECONFIG);
    assert_string_equal(lq_problems_first(problems)->key, "schema");
    assert_null(s);
    lq_problems_destroy(problems);
}

static void tax_is_none_a_rate_or_two(void **state)
{
    (void)state;
    lq_scenario *s = must_load("tax: {flat: 41%, gains: 25%}\noffers:\n"
                               "  - {id: a, company: google, base: $1}\n"
                               "  - {id: b, company: google, base: $1, tax: none}\n"
                               "  - {id: c, company: google, base: $1, tax: 30%}\n");
    const lq_offer *a = offer_of(s, "a"), *b = offer_of(s, "b"), *c = offer_of(s, "c");
    assert_int_equal(a->tax.method, LQ_TAX_FLAT);
    assert_near(a->tax.flat.p[0], 0.41, 0.0);
    assert_near(a->tax.gains.p[0], 0.25, 0.0);
    assert_int_equal(b->tax.method, LQ_TAX_NONE);
    assert_near(c->tax.flat.p[0], 0.30, 0.0);
    assert_near(c->tax.gains.p[0], 0.30, 0.0);
    lq_scenario_destroy(s);
}

static void a_rate_is_flat_or_a_curve(void **state)
{
    (void)state;
    lq_scenario *s = must_load("market: {rate: {1y: 4%, 5y: 4.4%}}\n" OFFER(""));
    const lq_tenor *tenors = s->market.rates.items;
    assert_int_equal(s->market.rates.len, 2);
    assert_near(tenors[0].years, 1.0, 0.0);
    assert_near(tenors[1].rate, 0.044, 0.0);
    lq_scenario_destroy(s);
    s = must_load("market: {rate: 3%}\n" OFFER(""));
    tenors = s->market.rates.items;
    assert_int_equal(s->market.rates.len, 1);
    assert_near(tenors[0].years, 0.0, 0.0);
    assert_near(tenors[0].rate, 0.03, 0.0);
    lq_scenario_destroy(s);
}

static void a_floor_is_a_fraction_or_money(void **state)
{
    (void)state;
    lq_scenario *s = must_load(COMPANY(PRIVATE ", floor: 25%"));
    assert_false(company_of(s, "acme")->floor_is_money);
    assert_near(company_of(s, "acme")->floor.p[0], 0.25, 0.0);
    lq_scenario_destroy(s);
    s = must_load(COMPANY(PRIVATE ", exits: {failure: {floor: {uncertain: $40M to $60M}}}"));
    assert_true(company_of(s, "acme")->floor_is_money && s->has_uncertain);
    assert_near(lq_value_mean(&company_of(s, "acme")->floor), 50e6, 1e-6);
    lq_scenario_destroy(s);
    s = must_load(COMPANY(PRIVATE ", floor: $50M"));
    assert_true(company_of(s, "acme")->floor_is_money);
    assert_near(company_of(s, "acme")->floor.p[0], 50e6, 0.0);
    lq_scenario_destroy(s);
}

static void an_opening_value_may_be_plain_money(void **state)
{
    (void)state;
    lq_scenario *s =
        must_load(COMPANY("listing: private, volatility: 70%, beta: 1, opening_value: $2bn"));
    assert_int_equal(company_of(s, "acme")->opening_value.method, LQ_OPENING_FAIR_VALUE);
    assert_near(company_of(s, "acme")->opening_value.fair_value.p[0], 2e9, 0.0);
    lq_scenario_destroy(s);
}

static void what_decide_does_not_compute_is_a_warning(void **state)
{
    (void)state;
    lq_scenario *s = must_load("decide: {solve: [{vary: a.base}], levers: [], goals: []}\n"
                               "offers:\n  - {id: a, company: google, base: $1}\n");
    assert_true(warns_of(s, "decide.solve is not computed by this version"));
    assert_true(warns_of(s, "decide.levers is not computed by this version"));
    assert_true(warns_of(s, "decide.goals is not computed by this version"));
    lq_scenario_destroy(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_is_refused_by_name_and_place),
        cmocka_unit_test(another_schema_is_refused),
        cmocka_unit_test(tax_is_none_a_rate_or_two),
        cmocka_unit_test(a_rate_is_flat_or_a_curve),
        cmocka_unit_test(a_floor_is_a_fraction_or_money),
        cmocka_unit_test(an_opening_value_may_be_plain_money),
        cmocka_unit_test(what_decide_does_not_compute_is_a_warning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
