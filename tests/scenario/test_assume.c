#include "scenario_test.h"

static void beside_a_deal_the_haircut_has_no_effect_and_is_not_told(void **state)
{
    (void)state;
    static const char with[] = "    deal: {price: $1.5bn, break_value: $700M}\n";
    for (int deal = 0; deal < 2; deal++) {
        char text[512];
        snprintf(text, sizeof text,
                 "companies:\n  acme:\n    like: late-stage\n    post_money: $1bn\n%s"
                 "offers:\n  - {id: a, company: acme, base: $1}\n",
                 deal ? with : "");
        lq_scenario *s = must_load(text);
        assert_int_equal(assumes(s, "companies.acme.opening_value.haircut", "less than"),
                         !deal);
        lq_scenario_destroy(s);
    }
}

static void the_most_influential_come_first(void **state)
{
    (void)state;
    lq_scenario *s = must_load_file("quickstart.yaml");
    const lq_assumption *rows = s->assumptions.items;
    assert_true(s->assumptions.len > 10);
    assert_string_equal(rows[0].key, "companies.hugging-face.growth");
    for (size_t i = 1; i < s->assumptions.len; i++)
        assert_true(rows[i].influence <= rows[i - 1].influence);
    for (size_t i = 0; i < s->assumptions.len; i++) {
        assert_non_null(rows[i].source);
        assert_true(strlen(rows[i].text) > 5);
        assert_true(strlen(rows[i].value) > 0);
    }
    lq_scenario_destroy(s);
}

static void defaults_are_told_in_plain_words_with_their_source(void **state)
{
    (void)state;
    lq_scenario *s = must_load_file("quickstart.yaml");
    assert_true(assumes(s, "companies.hugging-face.growth", "somewhere from 2 %/y to 20 %/y"));
    assert_true(assumes(s, "companies.hugging-face.opening_value.haircut",
                        "somewhere from 20 % to 45 % less than its last round"));
    assert_true(assumes(s, "companies.hugging-face.exits.ipo.probability", "goes public"));
    assert_true(assumes(s, "offers.hugging-face.stock.trigger", "double trigger, 7 y expiry"));
    assert_true(assumes(s, "offers.hugging-face.stock.priced_at", "price of preferred ones"));
    assert_true(assumes(s, "offers.google.stock.vesting", "38/32/20/10"));
    assert_true(assumes(s, "person.risk_aversion", "coin toss"));
    assert_true(assumes(s, "tax", "before tax"));
    const lq_assumption *rows = s->assumptions.items;
    assert_holds(rows[0].source, "confidence none");
    lq_scenario_destroy(s);
}

static const char *source_of(const lq_scenario *s, const char *key)
{
    const lq_assumption *rows = s->assumptions.items;
    for (size_t i = 0; i < s->assumptions.len; i++)
        if (strcmp(rows[i].key, key) == 0) return rows[i].source;
    return "";
}

static void what_moves_events_and_what_an_ipo_sells_are_told(void **state)
{
    (void)state;
    static const struct {
        const char *key, *text, *source;
    } rows[] = {
        {"companies.hugging-face.exits.ipo.value_exponent",
         "listings of Hugging Face are likelier the more it is worth", "brattle.com"},
        {"companies.hugging-face.exits.acquisition.value_exponent",
         "sales of Hugging Face are as likely at any value of it", "assumption of liquidus"},
        {"companies.hugging-face.exits.failure.value_exponent",
         "failures of Hugging Face are likelier the less it is worth", "confidence none"},
        {"companies.hugging-face.rounds.value_exponent",
         "rounds of Hugging Face are likelier the more it has gained since the last",
         "PitchBook 2025"},
        {"companies.hugging-face.tenders.value_exponent", "tenders", "assumption of liquidus"},
        {"companies.hugging-face.exits.ipo.discount", "15 % under the first close",
         "assumption of liquidus"},
        {"companies.hugging-face.exits.ipo.primary", "raises 15 % of its value",
         "assumption of liquidus"},
        {"offers.hugging-face.search_gap", "costs 3 mo without pay", "assumption of liquidus"},
        {"decide.baseline", "not of the first letter", "assumption of liquidus"}};
    lq_scenario *s = must_load_file("quickstart.yaml");
    for (size_t i = 0; i < LQ_COUNT(rows); i++) {
        print_message("%s\n", rows[i].key);
        assert_true(assumes(s, rows[i].key, rows[i].text));
        assert_holds(source_of(s, rows[i].key), rows[i].source);
    }
    lq_scenario_destroy(s);
    s = must_load("companies: {hugging-face: {exits: {ipo: {value_exponent: 1, discount: 10%, "
                  "primary: 20%}}}}\noffers:\n"
                  "  - {id: a, company: hugging-face, base: $1, search_gap: 1mo}\n"
                  "  - {id: b, company: google, base: $1}\ndecide: {baseline: a}\n");
    const lq_assumption *told = s->assumptions.items;
    for (size_t i = 0; i < s->assumptions.len; i++) {
        assert_null(strstr(told[i].key, "exits.ipo.value_exponent"));
        assert_null(strstr(told[i].key, "discount"));
        assert_null(strstr(told[i].key, "primary"));
        assert_null(strstr(told[i].key, "search_gap"));
        assert_null(strstr(told[i].key, "baseline"));
    }
    lq_scenario_destroy(s);
}

static void months_and_odds_of_a_deal_are_told(void **state)
{
    (void)state;
    lq_scenario *s = must_load(
        "companies: {acme: {like: late-stage, last_round: {post_money: $1bn}, deal: {price: "
        "$2bn, break_value: $1bn}}}\noffers:\n  - {id: a, company: acme, base: $1}\n");
    assert_true(assumes(s, "companies.acme.deal.closes", "3 mo to 9 mo after the start"));
    assert_holds(source_of(s, "companies.acme.deal.closes"), "assumption");
    assert_true(
        assumes(s, "companies.acme.deal.break_probability", "breaks in 5 % of futures"));
    assert_holds(source_of(s, "companies.acme.deal.break_probability"), "insidearbitrage.com");
    lq_scenario_destroy(s);
}

static void the_trigger_is_among_the_first_five(void **state)
{
    (void)state;
    lq_scenario *s = must_load_file("quickstart.yaml");
    const lq_assumption *rows = s->assumptions.items;
    size_t at = 0;
    while (!strstr(rows[at].key, ".trigger"))
        at++;
    assert_true(at < 5);
    lq_scenario_destroy(s);
}

static void what_of_the_trigger_is_not_written_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *stock, *key, *text; /* text NULL: nothing is assumed */
    } cases[] = {
        {"{value: $1K}", "offers.a.stock.trigger", "double trigger, 7 y expiry"},
        {"{value: $1K, trigger: double}", "offers.a.stock.expiry", "Hugging Face: 7 y expiry"},
        {"{value: $1K, expiry: 9y}", "offers.a.stock.trigger", "units wait for an IPO"},
        {"{value: $1K, trigger: single}", "trigger", NULL},
        {"{value: $1K, trigger: double, expiry: 9y}", "trigger", NULL},
        {"{value: $1K, priced_at: preferred}", "priced_at", NULL},
    };
    for (size_t i = 0; i < LQ_COUNT(cases); i++) {
        char body[256];
        snprintf(body, sizeof body,
                 "offers:\n  - {id: a, company: hugging-face, base: $1, stock: %s}\n",
                 cases[i].stock);
        lq_scenario *s = must_load(body);
        const lq_assumption *rows = s->assumptions.items;
        if (cases[i].text) assert_true(assumes(s, cases[i].key, cases[i].text));
        for (size_t n = 0; !cases[i].text && n < s->assumptions.len; n++)
            assert_null(strstr(rows[n].key, cases[i].key));
        lq_scenario_destroy(s);
    }
}

static void what_is_written_is_not_assumed(void **state)
{
    (void)state;
    lq_scenario *s = must_load(
        "tax: none\nperson: {wealth: $1M, risk_aversion: 3, wealth_in_market: 0%}\n"
        "market: {rate: 3%, equity_premium: 4%}\nsimulation: {start: 2027-01-01}\n"
        "companies: {acme: {listing: public, volatility: 30%, beta: 1, growth: 8%}}\n"
        "offers:\n  - id: a\n    company: acme\n    base: $1\n    raise: 2%\n    leaving: 0/y\n"
        "    bonus: {target: 10%, payout: 100%}\n    sign_on: {amount: $1K, clawback: 0mo}\n"
        "    grants: [{value: $1K, vesting: {over: 48mo}}]\n");
    assert_int_equal(s->assumptions.len, 0);
    lq_scenario_destroy(s);
}

/* Where nobody says what a share costs, or how many a series has. */
static void made_up_shares_are_told(void **state)
{
    (void)state;
    static const char known[] =
        "companies: {acme: {listing: private, volatility: 60%, last_round: {price: $3}, "
        "cap_table: {common: 1M, preferred: [{series: A, shares: 1M, invested: $1M}]}}}\n"
        "offers: [{id: a, company: acme, base: $1, grants: [{value: $1K}]}]\n";
    lq_scenario *s = must_load_file("quickstart.yaml");
    assert_true(assumes(s, "companies.hugging-face.last_round.price", "made up"));
    assert_true(assumes(s, "companies.hugging-face.preferences", "counted at the last round"));
    assert_false(assumes(s, "companies.google.last_round.price", "made up"));
    lq_scenario_destroy(s);
    s = must_load(known);
    assert_false(assumes(s, "companies.acme.last_round.price", "made up"));
    assert_false(assumes(s, "companies.acme.preferences", "counted"));
    lq_scenario_destroy(s);
}

/* A calendar of 409As that nothing goes by is not worth a word. */
static void appraisals_are_told_where_they_are_read(void **state)
{
    (void)state;
    lq_scenario *s = must_load_file("quickstart.yaml");
    assert_false(assumes(s, "companies.hugging-face.appraisal", "409A"));
    lq_scenario_destroy(s);
    s = must_load_file("mechanisms/appraisals.yaml");
    assert_true(assumes(s, "companies.yearly.appraisal", "2 months after a round") ||
                assumes(s, "companies.yearly.appraisal", "2 mo after a round"));
    assert_false(assumes(s, "companies.monthly.appraisal", "409A"));
    lq_scenario_destroy(s);
}

static void one_assumption_of_many_offers_is_told_once(void **state)
{
    (void)state;
    lq_scenario *s = must_load_file("levers.yaml");
    const lq_assumption *rows = s->assumptions.items;
    size_t n = 0;
    for (size_t i = 0; i < s->assumptions.len; i++)
        n += strstr(rows[i].text, "a year leave") != NULL;
    assert_int_equal(n, 1);
    lq_scenario_destroy(s);
}

static void the_growth_of_a_listed_company_is_rate_and_beta(void **state)
{
    (void)state;
    lq_scenario *s = must_load("offers:\n  - {id: a, company: google, base: $1}\n");
    /* ln 1.044 + 1.05 x 4.5 % */
    assert_true(assumes(s, "companies.google.growth", "Google grows 9.03 %/y on average"));
    lq_scenario_destroy(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_most_influential_come_first),
        cmocka_unit_test(beside_a_deal_the_haircut_has_no_effect_and_is_not_told),
        cmocka_unit_test(defaults_are_told_in_plain_words_with_their_source),
        cmocka_unit_test(what_moves_events_and_what_an_ipo_sells_are_told),
        cmocka_unit_test(months_and_odds_of_a_deal_are_told),
        cmocka_unit_test(the_trigger_is_among_the_first_five),
        cmocka_unit_test(what_of_the_trigger_is_not_written_is_told),
        cmocka_unit_test(what_is_written_is_not_assumed),
        cmocka_unit_test(made_up_shares_are_told),
        cmocka_unit_test(appraisals_are_told_where_they_are_read),
        cmocka_unit_test(one_assumption_of_many_offers_is_told_once),
        cmocka_unit_test(the_growth_of_a_listed_company_is_rate_and_beta),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
