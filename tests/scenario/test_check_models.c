#include "refusals.h"

#define HESTON ", model: heston, heston: {speed: 3/y, vol_of_vol: 60%, correlation: -0.6}"
#define STATES                                                                                 \
    "market: {model: regime, regimes: [{id: calm, volatility: 12%, next: [97%, 3%]}, {id: "    \
    "bear, volatility: 26%, premium: -20%/y, next: [12%, 88%]}]}\n"
#define MARKET(keys)  "market: {" keys "}\n" OFFER("")
#define REGIMES(rows) MARKET("model: regime, regimes: [" rows "]")

static const refusal refused[] = {
    {COMPANY(LISTED ", model: heston"), "companies.acme", "model: heston without them"},
    {COMPANY(LISTED ", model: heston, heston: {speed: 3/y, vol_of_vol: 60%, correlation: 0.3}"),
     "companies.acme.heston.correlation", "0.3"},
    {COMPANY(LISTED ", heston: {speed: 3/y, vol_of_vol: 60%, correlation: -0.3}"),
     "companies.acme.heston", "model: heston, for this key, found model: gbm"},
    {COMPANY("listing: public, volatility: 0%, beta: 0" HESTON), "companies.acme",
     "a volatility above 0"},
    {COMPANY(PRIVATE HESTON), "companies.acme.model", "gbm or merton, for a private company"},
    {"market: {model: bootstrap, returns: {file: returns/generated.csv, column: "
     "market}}\n" COMPANY(LISTED HESTON),
     "companies.acme", "a market of model gbm or regime"},
    {"market: {fx: {EURUSD: {correlation: 0.3}}}\n" COMPANY(LISTED HESTON ", currency: EUR"),
     "companies.acme", "a currency that does not move with the market"},
    {COMPANY(LISTED HESTON ", student_t: 5"), "companies.acme.student_t",
     "model: gbm, for this key, found model: heston"},
    {COMPANY(LISTED ", student_t: 2"), "companies.acme.student_t", "2"},
    {COMPANY(PRIVATE ", student_t: 5, floor: 20%"), "companies.acme",
     "where shocks are not normal"},
    {STATES COMPANY(PRIVATE ", floor: 20%"), "companies.acme", "where shocks are not normal"},
    {COMPANY(LISTED ", model: regime"), "companies.acme.model", "market: {model: regime"},
    {STATES COMPANY(PRIVATE ", model: regime"), "companies.acme.model", "a private company"},
    {COMPANY(LISTED ", model: bootstrap"), "companies.acme.volatility",
     "no volatility here, found 30%"},
    {COMPANY("listing: public, model: bootstrap"), "companies.acme",
     "market: {model: bootstrap, returns: ...}"},
    {MARKET("model: regime"), "market", "two to eight regimes, found 0"},
    {MARKET("model: bootstrap"), "market", "the market's history"},
    {MARKET("regimes: [{id: a, volatility: 10%, next: [100%]}]"), "market.regimes",
     "model: regime, for this key, found model: gbm"},
    {MARKET("starts_in: calm"), "market.starts_in", "model: regime, for this key"},
    {MARKET("block: 6mo"), "market.block", "model: bootstrap, for this key"},
    {"market: {model: regime, student_t: 5}\n" OFFER(""), "market.student_t", "model: gbm"},
    {REGIMES("{id: a, volatility: 10%, next: [90%, 10%]}, {id: b, volatility: 20%, next: [20%, "
             "70%]}"),
     "market.regimes.b.next", "chances that sum to 100 %, found 90 %"},
    {REGIMES("{id: a, volatility: 10%, next: [90%, 10%]}, {id: b, volatility: 20%, next: "
             "[100%]}"),
     "market.regimes.b.next", "a chance of each of the 2 states, found 1"},
    {REGIMES("{id: a, volatility: 10%, next: [90%, 10%]}, {id: b, volatility: 20%, next: [0%, "
             "100%]}"),
     "market.regimes", "never left"},
    {MARKET("model: regime, starts_in: bull, regimes: [{id: a, volatility: 10%, next: [90%, "
            "10%]}, {id: b, volatility: 20%, next: [20%, 80%]}]"),
     "market.starts_in", "the id of a regime, found bull"},
    {MARKET("model: regime, volatility: 16%, regimes: [{id: a, volatility: 10%, next: [90%, "
            "10%]}, {id: b, volatility: 20%, next: [20%, 80%]}]"),
     "market.volatility", "no volatility here, found 16%"},
};

static void models_are_refused_what_they_do_not_go_with(void **state)
{
    (void)state;
    check_refusals(refused, LQ_COUNT(refused));
}

/* What a model makes of what is written stands in `check`. */
static void models_say_what_follows_from_them(void **state)
{
    (void)state;
    lq_scenario *s = must_load(STATES COMPANY(LISTED ", model: regime"));
    assert_true(notes(s, "calm 80 % of months, 33.3 months at a time, volatility 12 %"));
    assert_true(notes(s, "bear 20 % of months, 8.33 months at a time"));
    assert_true(notes(s, "the states' premiums average -4 % a year, equity_premium is 4.5 %"));
    assert_holds(s->resolved, "next: [97 %, 3 %]");
    lq_scenario_destroy(s);
    s = must_load(STATES COMPANY(LISTED HESTON));
    assert_true(notes(s, "the volatility of acme starts at 30 %"));
    lq_scenario_destroy(s);
    s = must_load(COMPANY(LISTED HESTON));
    assert_true(notes(s, "the volatility of acme starts at 30 %, comes back to 30 %"));
    assert_false(notes(s, "Feller"));
    lq_scenario_destroy(s);
    s = must_load(COMPANY(LISTED ", model: heston, heston: {speed: 1/y, vol_of_vol: 60%, "
                                 "correlation: -0.6, start: 45%}"));
    assert_true(notes(s, "starts at 45 %"));
    assert_true(notes(s, "the Feller condition does not hold"));
    lq_scenario_destroy(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(models_are_refused_what_they_do_not_go_with),
        cmocka_unit_test(models_say_what_follows_from_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
