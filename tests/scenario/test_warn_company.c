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
