/* What is said of a company: debts that change what its value means, sales that cannot be.
 * Stale rounds and odd growths: test_warn.c. */
#include "scenario_test.h"

static const struct warning_case {
    const char *body, *text; /* text starting with "!": must not be warned of */
} cases[] = {
    {"companies: {acme: {like: late-stage, post_money: $1bn}}\noffers:\n  - {id: a, company: "
     "acme, "
     "base: $1, stock: $400M}\n",
     "is worth 40 % of all of acme at its last price: is a zero too many?"},
    {"companies: {acme: {like: late-stage, post_money: $1bn}}\noffers:\n  - {id: a, company: "
     "acme, "
     "base: $1, stock: $150M}\n",
     "!a zero too many"},
    {"companies: {acme: {like: late-stage, post_money: $1bn, cap_table: {common: 100M, debt: "
     "$300M}}}\noffers:\n  - {id: a, company: acme, base: $1}\n",
     "owes 30 % of its post-money"},
    {"companies: {acme: {like: late-stage, post_money: $1bn, cap_table: {common: 100M, debt: "
     "$200M}}}\noffers:\n  - {id: a, company: acme, base: $1}\n",
     "!owes"},
    {"companies: {acme: {like: late-stage, post_money: $1bn, opening_value: $300M}}\noffers:\n"
     "  - {id: a, company: acme, base: $1}\n",
     "priced at 1.48 times the value of a share, not at 3.33 times"},
    {"companies: {acme: {like: late-stage, post_money: $1bn, opening_value: $600M}}\noffers:\n"
     "  - {id: a, company: acme, base: $1}\n",
     "!priced at"},
    {"companies: {acme: {like: late-stage, post_money: $1bn, opening_value: $300M, rounds: "
     "{phi: 1}}}\noffers:\n  - {id: a, company: acme, base: $1}\n",
     "!priced at"},
    {"companies: {acme: {like: late-stage, post_money: $1bn, secondary: yes}}\noffers:\n  - "
     "{id: "
     "a, company: acme, base: $1, stock: $100K}\n",
     "but no grant can be sold in one"},
    {"companies: {acme: {like: late-stage, post_money: $1bn, secondary: yes}}\noffers:\n  - "
     "{id: "
     "a, company: acme, base: $1, grants: [{instrument: rsu, trigger: single, value: "
     "$100K}]}\n",
     "!can be sold in one"},
    {"companies: {acme: {like: late-stage, post_money: $1bn, appraisal: {every: 18mo}}}\n"
     "offers:\n  - {id: a, company: acme, base: $1}\n",
     "acme appraises its common every 18 months: what is granted at a 409A of more than 12 "
     "months "
     "ago is outside the safe harbour (26 CFR 1.409A-1(b)(5)(iv)(B))"},
    {"companies: {acme: {like: late-stage, post_money: $1bn, appraisal: {every: 12mo}}}\n"
     "offers:\n  - {id: a, company: acme, base: $1}\n",
     "!safe harbour"},
    {"simulation: {start: 2026-03-01}\n"
     "companies: {acme: {like: late-stage, last_round: {post_money: $1bn, date: 2026-03-02}}}\n"
     "offers:\n  - {id: a, company: acme, base: $1}\n",
     "the last round of acme (2026-03-02) is after the start (2026-03-01)"},
    {"simulation: {start: 2026-03-01}\n"
     "companies: {acme: {like: late-stage, last_round: {post_money: $1bn, date: 2026-03-01}}}\n"
     "offers:\n  - {id: a, company: acme, base: $1}\n",
     "!after the start"},
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

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_probably_not_meant_is_said)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
