#include "refusals.h"

#define SECTORS "market: {sectors: {ai: {share: 30%}}}\n"

static const refusal refused[] = {
    {SECTORS COMPANY(LISTED ", sector: aii"), "companies.acme.sector", "did you mean ai?"},
    {COMPANY(LISTED ", sector: chips"), "companies.acme.sector",
     "market: {sectors: {chips: {share: 30%}}}"},
    {SECTORS COMPANY(LISTED ", sector_share: 30%"), "companies.acme.sector_share",
     "a sector, for this key"},
    {SECTORS COMPANY(LISTED ", sector: ai, sector_share: 100%"), "companies.acme.sector_share",
     "0 % to 99 %"},
    {"market: {sectors: {ai: {}}}\n" OFFER(""), "market.sectors.ai", "share"},
    {"market: {sector: {ai: {share: 30%}}}\n" OFFER(""), "market.sector", "sectors"},
    {"market: {model: bootstrap, returns: {file: returns/generated.csv, column: market}, "
     "sectors: {ai: {share: 30%}}}\n" COMPANY(
         "listing: public, model: bootstrap, sector: ai, "
         "returns: {file: returns/generated.csv, column: google}"),
     "companies.acme.sector", "no sector, with model bootstrap"},
};

static void sectors_are_refused_where_they_are_none(void **state)
{
    (void)state;
    check_refusals(refused, LQ_COUNT(refused));
}

#define THREE(pairs)                                                                           \
    "market: {volatility: 16%, sectors: {ai: {share: 36%}, air: {share: 10%}}" pairs "}\n"     \
    "companies:\n"                                                                             \
    "  a: {listing: public, volatility: 40%, beta: 1, sector: ai}\n"                           \
    "  b: {extends: a}\n"                                                                      \
    "  c: {extends: a, sector: air}\n"                                                         \
    "offers:\n  - {id: a, company: a, base: $1}\n  - {id: b, company: b, base: $1}\n"          \
    "  - {id: c, company: c, base: $1}\n"

/* rho = 0.4: 0.16 by beta, and 0.36 x 0.84 of what it leaves. */
static void what_a_sector_makes_of_its_members_is_told(void **state)
{
    (void)state;
    lq_scenario *s = must_load(THREE(""));
    assert_true(notes(s, "the sector ai (a, b) has 36 % of what beta leaves of their variance: "
                         "correlations of 0.46 instead of 0.16 by beta alone"));
    assert_true(notes(s, "the sector air changes nothing: only one company is in it"));
    assert_holds(s->resolved, "share: 36 %");
    assert_holds(s->resolved, "sector: \"air\"");
    lq_scenario_destroy(s);
    s = must_load(THREE(", correlations: [{pair: [b, a], value: 0.1}]"));
    assert_true(notes(s, "the sector ai changes nothing: correlations says how"));
    lq_scenario_destroy(s);
}

/* The user's sector over the pack's pair, the user's pair over the sector. */
static void a_sector_replaces_what_the_pack_says(void **state)
{
    (void)state;
    static const char body[] = "market: {sectors: {ai: {share: 30%}}}\n"
                               "companies: {google: {sector: ai}, meta: {sector: ai}}\n"
                               "offers:\n  - {id: g, company: google, base: $1}\n  - {id: m, "
                               "company: meta, base: $1}\n"
                               "  - {id: n, company: nvidia, base: $1}\n";
    lq_scenario *s = must_load(body);
    const lq_pair_correlation *pair = s->market.correlations.items;
    assert_int_equal(s->market.correlations.len, 2);
    for (size_t i = 0; i < 2; i++)
        assert_true(strcmp(pair[i].a, "nvidia") == 0 || strcmp(pair[i].b, "nvidia") == 0);
    assert_true(notes(s, "the sector ai (google, meta)"));
    lq_scenario_destroy(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sectors_are_refused_where_they_are_none),
        cmocka_unit_test(what_a_sector_makes_of_its_members_is_told),
        cmocka_unit_test(a_sector_replaces_what_the_pack_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
