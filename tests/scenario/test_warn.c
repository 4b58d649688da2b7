#include "scenario_test.h"

#include <stdlib.h>

static const struct warning_case {
    const char *body, *text; /* text starting with "!": must not be warned of */
} cases[] = {
    {"offers:\n  - {id: a, company: google, base: $200K, stock: $400K, stated_total: $320K}\n",
     "a states $320K a year; base x (1 + bonus) + stock / 4 gives $300K: $20K less"},
    {"offers:\n  - {id: a, company: google, base: $200K, stock: $400K, stated_total: $250K to "
     "$280K}\n",
     "gives $300K: $20K more"},
    {"offers:\n  - {id: a, company: google, base: $200K, stock: $400K, stated_total: $302K}\n",
     "!stated_total"},
    {"offers:\n  - {id: a, company: hugging-face, level: staff, region: san-francisco, base: "
     "$300K, stock: $500K, ask: {base: $310K, stock: $520K}}\n",
     "a-ask: base of $310K lies above the employer's own band of $245K to $305K"},
    {"offers:\n  - {id: a, company: hugging-face, level: staff, region: san-francisco, base: "
     "$300K, stock: $500K, ask: {base: $300K, stock: $530K}}\n",
     "a-ask: stock of $530K lies above"},
    {"offers:\n  - {id: a, company: hugging-face, level: staff, region: san-francisco, base: "
     "$300K, stock: $500K, ask: {base: $305K}}\n",
     "!lies above"},
    {"person: {residence: us-ca}\noffers:\n  - {id: a, company: hugging-face, level: staff, "
     "base: $300K, ask: {base: $310K}}\n",
     "a-ask: base of $310K lies above the employer's own band of $245K to $305K in "
     "san-francisco"},
    {"person: {residence: us-ca}\noffers:\n  - {id: a, company: hugging-face, level: staff, "
     "residence: us-ny-nyc, base: $300K, ask: {bonus: 20%}}\n",
     "a-ask: bonus of 20 % lies above the employer's own band of 10 % to 15 % in new-york"},
    {"person: {residence: us-ca}\noffers:\n  - {id: a, company: hugging-face, level: staff, "
     "region: elsewhere, base: $300K, ask: {base: $310K}}\n",
     "!lies above"},
    {"person: {residence: us-wa}\noffers:\n  - {id: a, company: hugging-face, level: staff, "
     "base: $300K, ask: {base: $310K}}\n",
     "!lies above"},
    {"offers:\n  - {id: a, company: google, base: $300K, band: {base: $280K to $310K, sign_on: "
     "$0 to $50K}, ask: {base: $311K, sign_on: $50K}}\n",
     "a-ask: base of $311K lies above the employer's own band of $280K to $310K"},
    {"offers:\n  - {id: a, company: google, band: $280K to $310K, ask: {sign_on: $50K}}\n",
     "!lies above"},
    {"offers:\n  - {id: a, company: google, band: $280K to $310K, ask: {base: $320K}}\n",
     "a-ask: base of $320K lies above"},
    {"person: {residence: us-ca}\noffers:\n  - {id: a, company: hugging-face, level: staff, "
     "base: $300K, band: {base: $290K to $320K}, stock: $400K, ask: {base: $319K, stock: "
     "$530K}}\n",
     "a-ask: stock of $530K lies above the employer's own band of $320K to $520K"},
    {"person: {residence: us-ca}\noffers:\n  - {id: a, company: hugging-face, level: staff, "
     "base: $300K, band: {base: $290K to $320K}, ask: {base: $319K}}\n",
     "!lies above"},
    {"offers:\n  - {id: a, company: hugging-face, base: $1}\n", "months old at the start"},
    {"simulation: {start: 2024-06-01}\noffers:\n  - {id: a, company: hugging-face, base: $1}\n",
     "!months old"},
    {"companies: {hugging-face: {opening_value: $5bn}}\noffers:\n  - {id: a, company: "
     "hugging-face, base: $1}\n",
     "!months old"},
    {"companies: {acme: {like: late-stage, post_money: $1bn, opening_value: {method: "
     "fair_value, fair_value: $800M, haircut: 20%}}}\noffers:\n  - {id: a, company: acme, "
     "base: "
     "$1}\n",
     "the haircut on the opening value of acme is not used: its method is fair_value"},
    {"companies: {acme: {like: late-stage, post_money: $1bn, opening_value: {fair_value: "
     "$800M, haircut: 20%}}}\noffers:\n  - {id: a, company: acme, base: $1}\n",
     "the haircut on the opening value of acme is not used: its method is fair_value"},
    {"companies: {acme: {like: late-stage, post_money: $1bn, opening_value: {method: face, "
     "fair_value: $800M}}}\noffers:\n  - {id: a, company: acme, base: $1}\n",
     "the fair_value of acme is not used: its method is face"},
    {"companies: {acme: {like: late-stage, post_money: $1bn, common_factor: 40%, "
     "opening_value: {haircut: 20%}}}\noffers:\n  - {id: a, company: acme, base: $1}\n",
     "the haircut on the opening value of acme is not used: common_factor says"},
    {"companies: {acme: {like: late-stage, post_money: $1bn, opening_value: {haircut: "
     "20%}}}\noffers:\n  - {id: a, company: acme, base: $1}\n",
     "!is not used"},
    {"offers:\n  - {id: a, company: hugging-face, base: $1}\n", "!is not used"},
    {"companies: {acme: {listing: public, volatility: 70%, beta: 1, growth: 60%}}\noffers:\n  "
     "- "
     "{id: a, company: acme, base: $1}\n",
     "is that a log drift?"},
    {"companies: {acme: {listing: public, volatility: 70%, beta: 1}}\noffers:\n  - {id: a, "
     "company: google, base: $1}\n",
     "no offer is from acme"},
    {"offers:\n  - {id: a, company: google, base: $1, refresh: {grants: $1K/y}}\n  - {id: b, "
     "company: google, base: $1}\n",
     "a has yearly refreshers and b none"},
    {"offers:\n  - {id: a, company: google, base: $1, bonus: 10%}\n  - {id: b, company: "
     "google, "
     "base: $1}\n",
     "a has a bonus and b none"},
    {"offers:\n  - {id: a, company: google, base: $1}\n", "every figure is before tax"},
    {"offers:\n  - {id: a, company: google, base: 285, stock: 530}\n",
     "a: a base of $285 a year: is a K missing?"},
    {"offers:\n  - {id: a, company: google, base: 285, stock: 530}\n",
     "a: a grant of $530: is a K missing?"},
    {"offers:\n  - {id: a, company: google, base: $0}\n", "!is a K missing?"},
    {"tax: 40%\noffers:\n  - {id: a, company: google, base: $1}\n", "!before tax"},
    {"tax: 40%\noffers:\n  - {id: a, company: google, base: $1}\n  - {id: b, company: google, "
     "base: $1, tax: none}\n",
     "they do not compare"},
    {"offers:\n  - {id: a, company: google, level: principal, base: $1}\n",
     "level principal is not in levels.yaml"},
};

static void what_is_probably_not_meant_is_said(void **state)
{
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(cases); i++) {
        lq_scenario *s = must_load(cases[i].body);
        const bool wanted = cases[i].text[0] != '!';
        print_message("%s\n", cases[i].text);
        assert_int_equal(warns_of(s, cases[i].text + !wanted), wanted);
        lq_scenario_destroy(s);
    }
}

static void the_guides_totals_do_not_follow_from_its_terms(void **state)
{
    (void)state;
    lq_scenario *s = must_load_file("staff-hugging-face.yaml");
    assert_true(warns_of(s,
                         "hf-sf states $380K to $560K a year; base x (1 + bonus) + stock / 4 "
                         "gives $349.5K to $480.75K: $30.5K less at the low end, $79.25K less "
                         "at the high end"));
    assert_true(warns_of(s, "hf-ny states $375K to $553K a year"));
    assert_true(warns_of(s, "gives EUR 297.9K to EUR 409.5K"));
    const lq_offer *low = offer_of(s, "hf-sf-low");
    assert_true(low->stated_total.given);
    assert_near(low->stated_total.computed_low, 349500, 1e-6);
    assert_near(low->stated_total.computed_high, 480750, 1e-6);
    lq_scenario_destroy(s);
}

static void peers_and_a_reported_sale_are_told_once(void **state)
{
    (void)state;
    lq_scenario *s = must_load_file("staff-hugging-face.yaml");
    const lq_warning *notes = s->notes.items;
    size_t peers = 0, sale = 0;
    for (size_t i = 0; i < s->notes.len; i++) {
        peers += strstr(notes[i].text, "hugging-face Staff = google L6 = meta E6") != NULL;
        sale += strstr(notes[i].text, "NVIDIA agreed on 2026-09-02") != NULL;
    }
    assert_int_equal(peers, 1);
    assert_int_equal(sale, 1);
    assert_true(warns_of(s, "configs/staff-hugging-face-deal.yaml tells that story"));
    lq_scenario_destroy(s);
    s = must_load_file("staff-hugging-face-deal.yaml");
    assert_false(warns_of(s, "tells that story"));
    assert_false(warns_of(s, "months old at the start"));
    lq_scenario_destroy(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_probably_not_meant_is_said),
        cmocka_unit_test(the_guides_totals_do_not_follow_from_its_terms),
        cmocka_unit_test(peers_and_a_reported_sale_are_told_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
