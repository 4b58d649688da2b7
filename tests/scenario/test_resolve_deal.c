#include "refusals.h"

#define DEAL(keys) COMPANY(PRIVATE ", deal: {" keys "}")
#define TERMS      "price: $3bn, break_value: $1bn"

static const refusal refused[] = {
    {DEAL("break_value: $1bn"), "companies.acme.deal", "price"},
    {DEAL("price: $3bn"), "companies.acme.deal", "break_value"},
    {DEAL(TERMS ", on_close: stock"), "companies.acme.deal.on_close", "roll into COMPANY"},
    {DEAL(TERMS ", on_close: 'roll into '"), "companies.acme.deal.on_close",
     "roll into COMPANY"},
    {DEAL(TERMS ", on_close: roll into acme"), "companies.acme.deal.on_close",
     "a listed company"},
    {DEAL(TERMS ", on_close: roll into gogle"), "companies.acme.deal.on_close", "gogle"},
    {DEAL(TERMS ", break_probability: 101%"), "companies.acme.deal.break_probability", "101%"},
    {"simulation: {horizon: 2y, liquidity_horizon: 3y}\n" DEAL(TERMS ", closes: 1y to 4y"),
     "companies.acme.deal.closes", "liquidity_horizon"},
    {COMPANY(PRIVATE ", floor: 20%, deal: {" TERMS "}"), "companies.acme.floor", "a deal"},
    {COMPANY(PRIVATE ", opening_value: $1bn, deal: {" TERMS "}"),
     "companies.acme.opening_value", "a deal"},
    {COMPANY(PRIVATE ", tenders: {rate: 0.2/y, every: 12mo}, deal: {" TERMS "}"),
     "companies.acme.deal", "every 1mo"},
    {COMPANY(LISTED ", deal: {" TERMS "}"), "companies.acme.deal", "listing: private"},
};

static void deals_that_cannot_be(void **state)
{
    (void)state;
    check_refusals(refused, LQ_COUNT(refused));
}

static void the_acquirer_takes_part_without_an_offer(void **state)
{
    (void)state;
    lq_scenario *s = must_load(DEAL(TERMS ", on_close: roll into nvidia"));
    assert_string_equal(company_of(s, "acme")->deal.roll_into, "nvidia");
    assert_int_equal(company_of(s, "nvidia")->listing, 0);
    lq_scenario_destroy(s);
    s = must_load(DEAL(TERMS));
    assert_null(company_of(s, "acme")->deal.roll_into);
    assert_true(s->companies.len == 1);
    lq_scenario_destroy(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(deals_that_cannot_be),
        cmocka_unit_test(the_acquirer_takes_part_without_an_offer)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
