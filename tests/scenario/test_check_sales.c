#include "refusals.h"

static const refusal refused[] = {
    {COMPANY(PRIVATE ", secondary: maybe"), "companies.acme.secondary", "no, yes"},
    {COMPANY(PRIVATE ", secondary: {every: 45d}"), "companies.acme.secondary.every",
     "whole months"},
    {COMPANY(PRIVATE ", secondary: {rofr_delay: 10d}"), "companies.acme.secondary.rofr_delay",
     "whole months"},
    {COMPANY(PRIVATE ", secondary: {share: 120%}"), "companies.acme.secondary.share", "120%"},
    {COMPANY(PRIVATE ", secondary: yes, deal: {price: $3bn, break_value: $1bn}"),
     "companies.acme.secondary", "a deal, or secondary sales"},
    {COMPANY(LISTED ", secondary: yes"), "companies.acme.secondary", "listing: private"},
};

static void sales_that_cannot_be(void **state)
{
    (void)state;
    check_refusals(refused, LQ_COUNT(refused));
}

static void what_is_written_is_allowed(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool allowed;
        double share;
    } rows[] = {
        {COMPANY(PRIVATE), false, 0.2},
        {COMPANY(PRIVATE ", secondary: no"), false, 0.2},
        {COMPANY(PRIVATE ", secondary: yes"), true, 0.2},
        {COMPANY(PRIVATE ", secondary: {share: 10%}"), true, 0.1},
        {COMPANY(PRIVATE ", secondary: {allowed: false, share: 10%}"), false, 0.1},
    };
    for (size_t i = 0; i < LQ_COUNT(rows); i++) {
        lq_scenario *s = must_load(rows[i].text);
        const lq_company *c = company_of(s, "acme");
        assert_true(c->secondary.allowed == rows[i].allowed);
        assert_near(c->secondary.share.p[0], rows[i].share, 0.0);
        lq_scenario_destroy(s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(sales_that_cannot_be),
                                       cmocka_unit_test(what_is_written_is_allowed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
