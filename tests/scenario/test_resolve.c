#include "refusals.h"

static const refusal refused[] = {
    {"offers:\n  - {id: a, company: gogle, base: $1}\n", "3:22: offers.a.company",
     "did you mean google?"},
    {"offers:\n  - {id: a, company: nobody-knows-it, base: $1}\n", "offers.a.company",
     "{like: late-stage, post_money: $800M}"},
    {"offers:\n  - {id: a, company: ../../etc/passwd, base: $1}\n", "offers.a.company",
     "a company of this file or of the data packs"},
    {"offers:\n  - {id: a, company: {like: lat-stage}, base: $1}\n", "offers.a.company.like",
     "did you mean late-stage?"},
    {"offers:\n  - {id: a, company: {like: late-stage}, base: $1}\n", "offers.a.company",
     "post_money of the last round, or opening_value"},
    {COMPANY("listing: public"), "companies.acme", "a volatility, e.g. 30%"},
    {COMPANY("listing: private, volatility: 70%, beta: 1, opening_value: {method: fair_value}"),
     "companies.acme", "opening_value.fair_value"},
    {"offers:\n  - {id: a, company: google}\n", "offers.a", "base, or a band for it"},
    {"offers:\n  - {company: google, base: $1}\n", "offers[0].id", "an id"},
    {"offers:\n  - {id: a, base: $1}\n", "offers.a.company", "nothing"},
    {OFFER("") "  - {id: a, company: meta, base: $1}\n", "offers", "each id once"},
    {OFFER(", ask: {base: $2}") "  - {id: a-ask, company: meta, base: $1}\n", "offers",
     "an id of its own"},
    {"offers:\n  - {id: a, company: google, base: -$100K}\n", "offers.a.base", "0 to 1bn"},
    {"offers:\n  - {id: a, company: google, base: $245K to $305K}\n", "offers.a.base",
     "band: {base: $245K to $305K}"},
    {OFFER(", bonus: 10% to 15%"), "offers.a.bonus", "{uncertain: ...}"},
    {OFFER(", sign_on: $1 to $2"), "offers.a.sign_on", "band: {sign_on:"},
    {OFFER(", stock: $1K to $2K"), "offers.a.stock", "band: {stock:"},
    {OFFER(", raise: 1% to 2%"), "offers.a.raise", "wrap it in {uncertain: ...}"},
    {OFFER(", bonus: {uncertain: 10% to 600%}"), "offers.a.bonus", "0 % to 500 %"},
    {OFFER(", band: {uncertain: $1 to $2}"), "offers.a.band", "a band is a range"},
    {OFFER(", stock: $1, year_one: {uncertain: 20% to 30%}"), "offers.a.year_one",
     "this one cannot vary"},
    {OFFER(", grants: [{value: $1, granted: {uncertain: 1mo to 9mo}}]"),
     "offers.a.grants[0].granted", "one number"},
    {"simulation: {start: {uncertain: 2027-01-01}}\n" OFFER(""), "simulation.start", "a date"},
    {"simulation: {seed: {uncertain: 1 to 9}}\n" OFFER(""), "simulation.seed",
     "this one cannot vary"},
    {COMPANY(PRIVATE ", opening_value: $1bn to $2bn"), "companies.acme.opening_value",
     "wrap it in {uncertain: ...}"},
    {COMPANY(PRIVATE ", floor: 10% to 20%"), "companies.acme.floor",
     "wrap it in {uncertain: ...}"},
    {"offers:\n  - {id: a, company: google, base: JPY 9M}\n", "offers.a",
     "a currency that the market knows"},
    {"offers:\n  - {id: a, company: google, base: GBP 100K}\n", "offers.a",
     "fx: {GBPUSD: {spot: ..., volatility: 8%, rate: ...}}}, with the price of one GBP in USD"},
    {OFFER(", sign_on: EUR 10K"), "offers.a.sign_on", "pay in the offer's USD"},
    {OFFER(", stock: $1, grants: [{value: $1}]"), "offers.a", "stock or grants"},
    {OFFER(", stock: {expiry: 7y}"), "offers.a.stock", "a value, the letter's number"},
    {OFFER(", stock: {expiry: 7y}, grants: [{value: $1}]"), "offers.a.grants",
     "stock or grants"},
    {OFFER(", grants: [{value: $1}], ask: {stock: {value: $1, sell: hold}}"),
     "offers.a.ask.stock", "its size alone"},
    {OFFER(", grants: [{value: $1, units: 1}]"), "offers.a.grants[0]",
     "exactly one of value, units, share"},
    {OFFER(", grants: [{sell: hold}]"), "offers.a.grants[0]",
     "exactly one of value, units, share"},
    {OFFER(", grants: [{share: 1%}]"), "offers.a.grants[0].share",
     "value or units at a listed"},
    {OFFER(", grants: [{value: $1, trigger: double}]"), "offers.a.grants[0].trigger",
     "single trigger at a listed company"},
    {OFFER(", grants: [{value: $1, priced_at: preferred}]"), "offers.a.grants[0].priced_at",
     "market at a listed company"},
    {OFFER(", grants: [{id: x, value: $1}, {id: x, value: $1}]"), "offers.a", "once"},
    {OFFER(", year_one: 35%"), "offers.a.year_one", "one grant that it can apply to"},
    {OFFER(", refresh: {grants: $1K/y, vests: $1K/y}"), "offers.a.refresh",
     "exactly one of grants and vests"},
    {OFFER(", refresh: {from_year: 2}"), "offers.a.refresh", "exactly one of grants and vests"},
    {OFFER(", refresh: {grants: $1K/y, guaranteed: false}"), "offers.a.refresh",
     "a probability where it is not guaranteed"},
    {OFFER(", refresh: {grants: $1K/y, guaranteed: true, probability: 50%}"),
     "offers.a.refresh", "guaranteed: true, or a probability"},
    {OFFER(", sign_on: {amount: $1, clawback: 45d}"), "offers.a.sign_on", "whole months"},
    {"offers:\n  - {id: a, company: microsoft, base: $1, bonus: typical}\n", "offers.a.bonus",
     "nobody has published what is typical here"},
    {"offers:\n  - {id: a, company: amazon, base: $1, refresh: typical}\n", "offers.a.refresh",
     "nobody has published what is typical here"},
    {"market: {fx: {EURUSD: {spot: 1.1}, USDEUR: {spot: 0.9, rate: 2%}}}\n" OFFER(""),
     "market.fx.USDEUR", "each currency once"},
    {"market: {fx: {GBPUSD: {spot: 1.3}}}\n" OFFER(""), "market.fx.GBPUSD", "no rate"},
    {"market: {fx: {POUND: {spot: 1.3, rate: 3%}}}\n" OFFER(""), "market.fx.POUND",
     "a pair of currencies"},
    {"currency: EUR\nperson: {wealth: $1M}\n" OFFER(""), "person.wealth",
     "money in the report's EUR"},
};

static void each_is_refused_with_its_place(void **state)
{
    (void)state;
    check_refusals(refused, LQ_COUNT(refused));
}

static void every_problem_is_told_in_one_go(void **state)
{
    (void)state;
    char *text = must_refuse("simulation: {pahts: 1e5, horizon: 4y, liquidity_horizon: 2y}\n"
                             "offers:\n"
                             "  - {id: a, company: gogle, base: $1}\n"
                             "  - {id: b, company: google, base: -$1}\n"
                             "  - {id: c, company: google, base: $1, grants: [{value: $1, "
                             "vesting: {years: [50%]}}]}\n");
    assert_holds(text, "did you mean paths?");
    assert_holds(text, "horizon <= liquidity_horizon");
    assert_holds(text, "did you mean google?");
    assert_holds(text, "offers.b.base");
    assert_holds(text, "a sum of 50 %");
    free(text);
}

static void a_mistake_in_a_letter_is_told_once_for_its_variants(void **state)
{
    (void)state;
    char *text =
        must_refuse("offers:\n  - id: a\n    company: google\n    band: $100K to $200K\n"
                    "    sign_on: EUR 5K\n    ask: {base: $250K}\n");
    const char *first = strstr(text, "pay in the offer's USD");
    assert_non_null(first);
    assert_null(strstr(first + 1, "pay in the offer's USD"));
    free(text);
}

static void ten_lines_are_enough(void **state)
{
    (void)state;
    lq_scenario *s = must_load_file("quickstart.yaml");
    const lq_offer *offers = s->offers.items;
    assert_int_equal(s->offers.len, 3);
    assert_string_equal(offers[0].id, "hugging-face");
    assert_string_equal(offers[1].id, "hugging-face-ask");
    assert_string_equal(offers[1].letter_id, "hugging-face");
    assert_int_equal(offers[1].role, LQ_OFFER_ASK);
    assert_string_equal(offers[2].id, "google");
    assert_int_equal(s->simulation.start.year, 2027);
    assert_int_equal(s->simulation.start.month, 1);
    assert_string_equal(s->output, "results/quickstart.h5");
    assert_near(s->person.risk_aversion.p[0], 2.0, 0.0);
    assert_near(s->simulation.horizon.p[0], 4.0, 0.0);
    assert_true(s->packs.len >= 3);
    lq_scenario_destroy(s);
}

static void stock_is_one_grant_on_the_companys_terms(void **state)
{
    (void)state;
    lq_scenario *s = must_load_file("quickstart.yaml");
    const lq_offer *hf = offer_of(s, "hugging-face"), *google = offer_of(s, "google");
    const lq_grant *grant = grant_of(hf, 0);
    assert_int_equal(hf->grants.len, 1);
    assert_int_equal(grant->trigger, 1);
    assert_int_equal(grant->priced_at, LQ_PRICED_AT_PREFERRED);
    assert_near(grant->expiry.p[0], 7.0, 0.0);
    assert_near(grant->face, 420000, 0.0);
    assert_true(grant->vesting.assumed);
    grant = grant_of(google, 0);
    assert_int_equal(grant->trigger, 0);
    assert_int_equal(grant->priced_at, LQ_PRICED_AT_MARKET);
    assert_false(grant->expiry.given);
    assert_near(((const double *)grant->vesting.years.items)[0], 0.38, 0.0);
    lq_scenario_destroy(s);
}

static void stock_may_say_more_than_its_size(void **state)
{
    (void)state;
    lq_scenario *s = must_load(
        "offers:\n"
        "  - {id: a, company: hugging-face, base: $1,\n"
        "     stock: {value: $1K, expiry: 9y, vesting: {over: 36mo}, source: letter},\n"
        "     ask: {stock: $2K}}\n"
        "  - {id: b, company: hugging-face, base: $1, stock: {value: $1K, expiry: 9y},\n"
        "     ask: {stock: {value: $3K, trigger: single}}}\n"
        "  - {id: c, company: hugging-face, base: $1, stock: {trigger: single},\n"
        "     band: {stock: $1K to $3K}}\n");
    const lq_grant *a = grant_of(offer_of(s, "a"), 0),
                   *more = grant_of(offer_of(s, "a-ask"), 0);
    assert_near(a->expiry.p[0], 9.0, 0.0);
    assert_near(a->probability.p[0], 1.0, 0.0);
    assert_int_equal(a->vesting.kind, LQ_VESTING_OVER);
    assert_false(a->vesting.assumed);
    assert_string_equal(a->source, "letter");
    assert_string_equal(a->address, "offers.a.stock");
    assert_near(more->value.p[0], 2000, 0.0); /* a size alone keeps the letter's terms */
    assert_near(more->expiry.p[0], 9.0, 0.0);
    assert_int_equal(more->vesting.kind, LQ_VESTING_OVER);
    const lq_grant *other = grant_of(offer_of(s, "b-ask"), 0); /* terms replace them */
    assert_int_equal(other->trigger, 0);
    assert_false(other->expiry.given);
    assert_near(other->value.p[0], 3000, 0.0);
    assert_near(grant_of(offer_of(s, "c-mid"), 0)->value.p[0], 2000, 0.0);
    assert_int_equal(grant_of(offer_of(s, "c-high"), 0)->trigger, 0);
    lq_scenario_destroy(s);
}

static void a_group_without_its_figure_leaves_it_to_the_band(void **state)
{
    (void)state;
    lq_scenario *s = must_load("offers:\n"
                               "  - {id: a, company: google, base: $1, bonus: {payout: 80%}, "
                               "sign_on: {clawback: 6mo},\n"
                               "     band: {bonus: 10% to 20%, sign_on: $10K to $20K}}\n");
    const lq_offer *mid = offer_of(s, "a-mid");
    assert_near(mid->bonus.target.p[0], 0.15, 1e-12);
    assert_near(mid->bonus.payout.p[0], 0.80, 0.0);
    assert_near(mid->sign_on.amount.p[0], 15000, 1e-9);
    assert_near(mid->sign_on.clawback.p[0], 0.5, 0.0);
    lq_scenario_destroy(s);
}

static void an_ask_changes_what_it_names_and_nothing_else(void **state)
{
    (void)state;
    lq_scenario *s = must_load(
        "offers:\n  - id: a\n    company: google\n    base: $200K\n    bonus: 10%\n"
        "    sign_on: {amount: $10K, clawback: 24mo}\n    leaving: 5%/y\n"
        "    grants: [{value: $400K, sell: hold, vesting: {over: 36mo, every: 3mo}}]\n"
        "    refresh: {vests: $20K/y, from_year: 3}\n"
        "    ask: {base: $220K, stock: $500K, sign_on: $30K, refresh: {grants: $50K/y}}\n");
    const lq_offer *letter = offer_of(s, "a"), *ask = offer_of(s, "a-ask");
    assert_near(ask->base.p[0], 220000, 0.0);
    assert_near(ask->bonus.target.p[0], 0.10, 0.0);
    assert_near(ask->leaving.p[0], 0.05, 0.0);
    assert_near(ask->sign_on.amount.p[0], 30000, 0.0);
    assert_near(ask->sign_on.clawback.p[0], 2.0, 0.0);
    assert_near(grant_of(ask, 0)->value.p[0], 500000, 0.0);
    assert_int_equal(grant_of(ask, 0)->sell, 1);
    assert_int_equal(grant_of(ask, 0)->vesting.kind, LQ_VESTING_OVER);
    assert_int_equal(letter->grants.len, 1 + 2); /* refreshers at months 24 and 36 */
    assert_int_equal(ask->grants.len, 1 + 3);    /* and from month 12 */
    assert_near(grant_of(ask, 1)->value.p[0], 50000, 0.0);
    assert_near(grant_of(letter, 0)->value.p[0], 400000, 0.0);
    lq_scenario_destroy(s);
}

static void refreshers_are_written_out(void **state)
{
    (void)state;
    lq_scenario *s = must_load_file("mechanisms/refreshers.yaml");
    const lq_offer *grants = offer_of(s, "as-grants"), *vests = offer_of(s, "as-vests");
    assert_int_equal(offer_of(s, "none")->grants.len, 1);
    assert_int_equal(grants->grants.len, 4);
    for (size_t i = 1; i < 4; i++) {
        assert_int_equal(grant_of(grants, i)->granted_month, 12 * (int)i);
        assert_true(grant_of(grants, i)->is_refresh);
        assert_int_equal(grant_of(grants, i)->vesting.years.len, 4);
        assert_int_equal(grant_of(vests, i)->vesting.years.len, 1);
        assert_near(grant_of(grants, i)->face, 140000, 0.0);
        assert_near(grant_of(offer_of(s, "likely"), i)->probability.p[0], 0.6, 0.0);
    }
    assert_near(vests->headline_total - grants->headline_total, 210000, 1e-6);
    lq_scenario_destroy(s);
}

static void a_band_runs_at_low_mid_and_high(void **state)
{
    (void)state;
    lq_scenario *s = must_load_file("staff-hugging-face.yaml");
    static const struct {
        const char *id;
        double base, stock, bonus;
    } rows[] = {{"hf-sf-low", 245e3, 320e3, 0.10},
                {"hf-sf-mid", 275e3, 420e3, 0.125},
                {"hf-sf-high", 305e3, 520e3, 0.15},
                {"hf-paris-high", 260e3, 442e3, 0.15},
                {"hf-sf-ask", 300e3, 505e3, 0.125}};
    for (size_t i = 0; i < LQ_COUNT(rows); i++) {
        const lq_offer *o = offer_of(s, rows[i].id);
        assert_near(o->base.p[0], rows[i].base, 1e-9);
        assert_near(grant_of(o, 0)->face, rows[i].stock, 1e-9);
        assert_near(o->bonus.target.p[0], rows[i].bonus, 1e-12);
    }
    assert_string_equal(offer_of(s, "hf-paris-low")->currency, "EUR");
    assert_string_equal(offer_of(s, "hf-paris-low")->residence, "fr");
    assert_string_equal(offer_of(s, "hf-ny-low")->residence, "us-ny-nyc");
    assert_string_equal(offer_of(s, "google-l6")->residence, "us-ca");
    lq_scenario_destroy(s);
}

static void a_figure_in_the_letter_closes_the_band(void **state)
{
    (void)state;
    lq_scenario *s =
        must_load("offers:\n  - {id: a, company: google, base: $250K, band: $200K to "
                  "$300K, ask: {base: $310K}}\n");
    assert_int_equal(s->offers.len, 2);
    assert_near(offer_of(s, "a")->base.p[0], 250e3, 0.0);
    assert_near(offer_of(s, "a")->band.base.high, 300e3, 0.0);
    assert_true(warns_of(s, "lies above the employer's own band of $200K to $300K"));
    lq_scenario_destroy(s);
}

static void year_one_splits_the_rest_evenly(void **state)
{
    (void)state;
    lq_scenario *s = must_load_file("quickstart.yaml");
    const lq_vesting_rule *rule = &grant_of(offer_of(s, "hugging-face-ask"), 0)->vesting;
    const double *years = rule->years.items;
    assert_int_equal(rule->years.len, 4);
    assert_near(years[0], 0.35, 0.0);
    for (int y = 1; y < 4; y++)
        assert_near(years[y], 0.65 / 3.0, 1e-15);
    assert_true(warns_of(s, "does not say how the rest vests"));
    lq_scenario_destroy(s);
}

static void what_is_written_wins_over_the_pack(void **state)
{
    (void)state;
    lq_scenario *s = must_load(
        "companies:\n  hugging-face: {volatility: 60%, common_factor: 64%, correlation: 0.5, "
        "alpha: 1%, exits: {ipo: {rate: 0.1/y}}}\n"
        "offers:\n  - {id: a, company: hugging-face, base: $1, stock: $1K}\n");
    const lq_company *c = company_of(s, "hugging-face");
    assert_near(c->volatility.p[0], 0.60, 0.0);
    assert_false(c->volatility.is_default);
    assert_int_equal(c->preferences.len, 0); /* seniority is charged once */
    assert_false(c->beta.given);
    assert_false(c->growth.given);
    assert_int_equal(c->ipo.hazard.kind, LQ_HAZARD_RATE);
    assert_near(c->ipo.hazard.value_exponent.p[0], 0.5, 0.0);
    assert_int_equal(c->acquisition.hazard.kind, LQ_HAZARD_PROBABILITY);
    assert_near(c->last_round.post_money.p[0], 4.5e9, 0.0);
    assert_true(c->last_round.post_money.is_default);
    assert_true(c->from_pack);
    lq_scenario_destroy(s);
}

static void an_unknown_company_may_be_like_one(void **state)
{
    (void)state;
    lq_scenario *s = must_load("offers:\n  - id: start-up\n    base: $150K\n    stock: $200K\n"
                               "    company: {like: series-a, post_money: $80M}\n");
    const lq_company *c = company_of(s, "start-up");
    assert_int_equal(c->listing, 1);
    assert_near(c->last_round.post_money.p[0], 80e6, 0.0);
    assert_string_equal(c->name, "start-up");
    assert_true(c->growth.uncertain);
    lq_scenario_destroy(s);
}

static void currencies_turn_with_the_report(void **state)
{
    (void)state;
    lq_scenario *s = must_load("currency: EUR\noffers:\n"
                               "  - {id: a, company: google, base: $115.15K, stock: $100K}\n"
                               "  - {id: b, company: google, base: EUR 1K, grants: [{value: "
                               "$115.15K}]}\n");
    const lq_fx *fx = s->market.fx.items;
    assert_int_equal(s->market.fx.len, 1);
    assert_string_equal(fx[0].currency, "USD");
    assert_true(fx[0].inverted);
    assert_near(fx[0].spot.p[0], 1.0 / 1.1515, 1e-15);
    assert_string_equal(offer_of(s, "a")->currency, "USD");
    assert_string_equal(offer_of(s, "b")->currency, "EUR");
    assert_string_equal(s->person.wealth.currency, "EUR");
    assert_near(grant_of(offer_of(s, "b"), 0)->face, 100e3, 1e-6);
    lq_scenario_destroy(s);
}

static void typical_pay_is_added_only_when_asked_for(void **state)
{
    (void)state;
    lq_scenario *s =
        must_load("offers:\n  - {id: a, company: google, base: $1}\n"
                  "  - {id: b, company: google, base: $1, bonus: typical, refresh: "
                  "typical}\n");
    assert_near(offer_of(s, "a")->bonus.target.p[0], 0.0, 0.0);
    assert_int_equal(offer_of(s, "a")->grants.len, 0);
    assert_near(offer_of(s, "b")->bonus.target.p[0], 0.20, 0.0);
    assert_int_equal(offer_of(s, "b")->grants.len, 2); /* from year three */
    assert_near(grant_of(offer_of(s, "b"), 0)->probability.p[0], 0.9, 0.0);
    lq_scenario_destroy(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_is_refused_with_its_place),
        cmocka_unit_test(every_problem_is_told_in_one_go),
        cmocka_unit_test(a_mistake_in_a_letter_is_told_once_for_its_variants),
        cmocka_unit_test(ten_lines_are_enough),
        cmocka_unit_test(stock_is_one_grant_on_the_companys_terms),
        cmocka_unit_test(stock_may_say_more_than_its_size),
        cmocka_unit_test(a_group_without_its_figure_leaves_it_to_the_band),
        cmocka_unit_test(an_ask_changes_what_it_names_and_nothing_else),
        cmocka_unit_test(refreshers_are_written_out),
        cmocka_unit_test(a_band_runs_at_low_mid_and_high),
        cmocka_unit_test(a_figure_in_the_letter_closes_the_band),
        cmocka_unit_test(year_one_splits_the_rest_evenly),
        cmocka_unit_test(what_is_written_wins_over_the_pack),
        cmocka_unit_test(an_unknown_company_may_be_like_one),
        cmocka_unit_test(currencies_turn_with_the_report),
        cmocka_unit_test(typical_pay_is_added_only_when_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
