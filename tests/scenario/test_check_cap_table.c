/* Cap tables that cannot be, each with its place and the reason; and what a run cannot pay. */
#include "refusals.h"

#define ALONE      "listing: private, like: none, volatility: 70%, "
#define CAPS(rows) COMPANY(ALONE "cap_table: {common: 8M, preferred: [" rows "]}")
#define ROW(more)  "{series: A, shares: 2M, invested: $5M, rank: 1" more "}"
#define SOLVE(more)                                                                            \
    COMPANY(ALONE                                                                              \
            "cap_table: {common: 8M, preferred: [" ROW("") "]}, opening_value: {method: "      \
                                                           "backsolve" more "}")
#define TABLE "companies.acme.cap_table."
#define FIRST TABLE "preferred.A"

static const refusal refused[] = {
    {CAPS(ROW(", multiple: 2, participation: 1.5x")), FIRST ".participation",
     "at least what is due first, found 1.5x of $5M, below the $10M due first"},
    {CAPS(ROW(", accrued: $11M, participation: 3x")), FIRST ".participation",
     "3x of $5M, below the $16M due first"},
    {CAPS("{series: A, shares: -2M, invested: $5M}"), FIRST ".shares", "found -2M"},
    {CAPS("{series: A, shares: 0, invested: $5M, rank: 1}"), FIRST ".shares",
     "more than no shares, found 0"},
    {CAPS("{series: A, invested: $5M, rank: 1}"), FIRST ".invested",
     "shares, beside what was invested, found none"},
    {CAPS("{series: A, shares: 2M, rank: 1}"), FIRST ".invested", "found nothing"},
    {CAPS("{series: A, shares: 2M, invested: -$5M, rank: 1}"), FIRST ".invested", "found -$5M"},
    {CAPS(ROW(", conversion: 0")), FIRST ".conversion", "more than no share of common"},
    {CAPS(ROW("") ", {series: B, shares: 1M, invested: $9M}"), TABLE "preferred.B",
     "a rank for every series, found none for B"},
    {CAPS("{series: A, shares: 2M, invested: $5M}, {series: B, shares: 1M, invested: $9M}"),
     FIRST, "a rank for every series, found none for A"},
    {COMPANY(PRIVATE ", preferences: [{series: A, invested: $1M, rank: 1}, {series: B, "
                     "invested: $1M}]"),
     "companies.acme.preferences.B", "a rank for every series, found none for B"},
    {CAPS("{series: A, shares: 2M, invested: $5M, rank: 0}"), FIRST ".rank", "1 to 99"},
    {CAPS("{series: A, shares: 2M, invested: $5M, rank: 1.5}"), FIRST ".rank", "whole"},
    {CAPS(ROW("") ", " ROW("")), TABLE "preferred[1].series",
     "each series once, found A again"},
    {COMPANY(ALONE "cap_table: {preferred: [" ROW("") "]}"), TABLE "common", "found nothing"},
    {COMPANY(ALONE "cap_table: {common: 0}"), TABLE "common", "found 0"},
    {COMPANY(ALONE "cap_table: {common: 8M, carve_out: 120%}"), TABLE "carve_out", "120%"},
    {COMPANY(ALONE "cap_table: {common: 8M, fees: 3%}, exits: {acquisition: {fees: 3%}}"),
     TABLE "fees", "fees once"},
    {COMPANY(ALONE "cap_table: {common: 8M, options: [{id: o, shares: 1M, strike: $1}, {id: o, "
                   "shares: 1M, strike: $2}]}"),
     "options.o.id", "each id once"},
    {COMPANY(ALONE "cap_table: {common: 8M, options: [{shares: 1M}]}"), "options[0].strike",
     "found nothing"},
    {COMPANY(ALONE "cap_table: {common: 8M, preferred: [" ROW("") "]}, preferences: "
                                                                  "[{invested: $1M}]"),
     TABLE "preferred", "preferences or cap_table.preferred, found both"},
    {COMPANY(ALONE "cap_table: {common: 8M}, common_factor: 64%"), "companies.acme",
     "seniority would be charged twice"},
    {COMPANY(ALONE "currency: EUR, cap_table: {common: 8M, debt: $1M}"), TABLE "debt",
     "money in the company's EUR, found USD"},
    {COMPANY(ALONE "currency: EUR, cap_table: {common: 8M, preferred: [" ROW("") "]}"),
     FIRST ".invested", "money in the company's EUR"},
    {COMPANY(LISTED ", cap_table: {common: 8M}"), "companies.acme.cap_table",
     "listing: private, for this key"},
    {SOLVE(", series: Seed"), "opening_value.series",
     "a series of the cap table: A, found Seed"},
    {SOLVE(", series: a"), "opening_value.series", "did you mean A?"},
    {SOLVE(", price: -$2"), "opening_value.price", "found -$2"},
    {SOLVE(", term: 0y"), "opening_value.term", "found 0y"},
    {COMPANY(PRIVATE ", opening_value: {method: backsolve, price: $5}"), "opening_value",
     "a cap_table with preferred, or preferences, to solve from, found neither"},
    {COMPANY(PRIVATE ", preferences: [{invested: $1M}], opening_value: {method: backsolve}"),
     "opening_value", "price: what a share of the series is worth, found none"},
    {COMPANY(PRIVATE ", common_factor: 64%, opening_value: {method: backsolve, price: $5}"),
     "opening_value", "backsolve or common_factor, found both"},
    /* rights of what rounds add */
    {CAPS(ROW(", anti_dilution: narrow")), FIRST ".anti_dilution", "none, broad or full"},
    {COMPANY(PRIVATE ", rounds: {terms: {participation: 1.5x, multiple: 2}}"),
     "companies.acme.rounds.terms.participation",
     "a cap of at least the multiple, found 1.5x, below 2x"},
    {COMPANY(PRIVATE ", rounds: {terms: {seniority: senior}}"),
     "companies.acme.rounds.terms.seniority", "pari_passu or standard"},
    {COMPANY(PRIVATE ", rounds: {terms: {anti_dilution: ratchet}}"),
     "companies.acme.rounds.terms.anti_dilution", "none, broad or full"},
    {COMPANY(PRIVATE ", rounds: {terms: {invested: $1M}}"),
     "companies.acme.rounds.terms.invested", "a key of round_terms"},
    {COMPANY(PRIVATE ", rounds: {pay_to_play: 120%}"), "companies.acme.rounds.pay_to_play",
     "120%"},
    {COMPANY(PRIVATE ", rounds: {phi: solved}"), "companies.acme.rounds.phi",
     "a number, or solve, found solved"},
    {COMPANY(PRIVATE ", rounds: {phi: 200}"), "companies.acme.rounds.phi", "0.01 to 100"},
    {COMPANY(PRIVATE ", common_factor: 64%, rounds: {phi: solve}"), "companies.acme.rounds.phi",
     "a number, or no common_factor beside it"},
    {COMPANY(PRIVATE ", rounds: {premium: -100%}"), "companies.acme.rounds.premium", "-100%"},
};

static void each_is_refused_by_name_and_place(void **state)
{
    (void)state;
    check_refusals(refused, LQ_COUNT(refused));
}

static void all_problems_of_a_table_are_told_in_one_go(void **state)
{
    (void)state;
    char *text = must_refuse(CAPS(ROW(", conversion: 0, participation: 0.5x") ", " ROW("")));
    assert_holds(text, "preferred[0].conversion");
    assert_holds(text, "preferred[0].participation");
    assert_holds(text, "preferred[1].series");
    free(text);
}

static void what_can_be_loads(void **state)
{
    static const char *const bodies[] = {
        CAPS(ROW("")),
        CAPS(ROW(", participation: full, conversion: 1.5, multiple: 2")),
        CAPS(ROW(", participation: 3x, accrued: $1M, dividend: 8%/y, ratchet: 1, veto: $2, "
                 "anti_dilution: full")),
        COMPANY(ALONE "cap_table: {common: 8M, pool: 1M, debt: $1M, carve_out: 8%, options: "
                      "[{shares: 1M, strike: $1}]}"),
        COMPANY(PRIVATE ", rounds: {premium: -20% to 50%, pay_to_play: 30%, terms: {multiple: "
                        "1.5, participation: 2x, seniority: standard, dividend: 8%/y, "
                        "ratchet: 1, veto: 1.5, anti_dilution: broad}}"),
        COMPANY(ALONE "cap_table: {common: 8M, fees: 3%}"),
        COMPANY(PRIVATE ", preferences: [{invested: $1M}, {invested: $2M}]"),
        SOLVE(""),
        SOLVE(", series: A, price: $2.50, term: 4y"),
    };
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(bodies); i++)
        lq_scenario_destroy(must_load(bodies[i]));
}

static void a_last_round_of_other_shares_is_said(void **state)
{
    (void)state;
    lq_scenario *s = must_load(
        COMPANY(ALONE "cap_table: {common: 8M, preferred: [" ROW("") "]}, last_round: "
                                                                     "{post_money: $50M, "
                                                                     "price: $2.50}"));
    assert_true(warns_of(s, "makes 2e+07 shares, the cap table has 1e+07"));
    lq_scenario_destroy(s);
}

static void figures_of_a_backsolve_that_nothing_reads_are_said(void **state)
{
    (void)state;
    lq_scenario *s = must_load(COMPANY(PRIVATE ", opening_value: {method: face, price: $5}"));
    assert_true(warns_of(s, "the price of the opening value of acme is not used: its method is "
                            "face"));
    lq_scenario_destroy(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_is_refused_by_name_and_place),
        cmocka_unit_test(all_problems_of_a_table_are_told_in_one_go),
        cmocka_unit_test(what_can_be_loads),
        cmocka_unit_test(a_last_round_of_other_shares_is_said),
        cmocka_unit_test(figures_of_a_backsolve_that_nothing_reads_are_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
