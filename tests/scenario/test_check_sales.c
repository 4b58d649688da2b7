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
    {COMPANY(PRIVATE ", appraisal: {every: 45d}"), "companies.acme.appraisal.every",
     "whole months"},
    {COMPANY(PRIVATE ", appraisal: {after_round: 50d}"), "companies.acme.appraisal.after_round",
     "whole months"},
    {COMPANY(LISTED ", appraisal: {every: 6mo}"), "companies.acme.appraisal",
     "listing: private"},
    {COMPANY(PRIVATE ", exits: {acquisition: {escrow: {fraction: 10%, months: 45d}}}"),
     "exits.acquisition.escrow.months", "whole months"},
    {COMPANY(PRIVATE ", exits: {acquisition: {retention: {revest: 120%}}}"),
     "exits.acquisition.retention.revest", "120%"},
    {COMPANY(PRIVATE ", exits: {acquisition: {retention: {over: 45d}}}"),
     "exits.acquisition.retention.over", "whole months"},
    {COMPANY(PRIVATE ", deal: {price: $3bn, break_value: $1bn, retention: {over: 45d}}"),
     "companies.acme.deal.retention.over", "whole months"},
    {COMPANY(PRIVATE ", lockup: {stages: [{after: 3mo, release: 25%}, {after: 6mo, release: "
                     "70%}]}"),
     "companies.acme.lockup.stages", "95 %"},
    {COMPANY(PRIVATE ", lockup: {stages: [{after: 6mo, release: 25%}, {after: 6mo, release: "
                     "75%}]}"),
     "companies.acme.lockup.stages[1]", "one after the other"},
    {COMPANY(PRIVATE ", lockup: {ends: 6mo, stages: [{after: 6mo, release: 100%}]}"),
     "companies.acme.lockup.ends", "both"},
    {COMPANY(PRIVATE ", lockup: {stages: [{after: 6mo}]}"), "companies.acme.lockup.stages[0]",
     "release"},
    {COMPANY(PRIVATE ", lockup: {stages: [{after: 40d, release: 100%}]}"),
     "companies.acme.lockup.stages[0].after", "whole months"},
    {COMPANY(PRIVATE ", lockup: {price_trigger: {above: 120%}}"),
     "companies.acme.lockup.price_trigger", "release"},
    {COMPANY(PRIVATE ", lockup: {price_trigger: {release: 25%, for: 45d}}"),
     "companies.acme.lockup.price_trigger.for", "whole months"},
    {COMPANY(PRIVATE ", exits: {failure: {acqui_hire: yes}}"), "exits.failure.acqui_hire",
     "yes"},
};

#define GRANT(company, keys)                                                                   \
    "companies:\n  acme: {" company "}\noffers:\n  - {id: a, company: acme, base: $100K, "     \
    "grants: [{value: $1K, " keys "}]}\n"

static const refusal refused_grants[] = {
    {GRANT(PRIVATE, "acceleration: triple"), "offers.a.grants[0].acceleration",
     "none, single, double"},
    {GRANT(PRIVATE, "acceleration: {fraction: 50%}"), "offers.a.grants[0].acceleration",
     "trigger: single or double"},
    {GRANT(PRIVATE, "acceleration: {trigger: single, within: 45d}"),
     "offers.a.grants[0].acceleration.within", "whole months"},
    {GRANT(LISTED, "acceleration: single"), "offers.a.grants[0].acceleration",
     "a private company"},
};

static void grants_that_cannot_be(void **state)
{
    (void)state;
    check_refusals(refused_grants, LQ_COUNT(refused_grants));
}

static size_t warnings_of(const char *text, const char *part)
{
    lq_scenario *s = must_load(text);
    const lq_warning *rows = s->warnings.items;
    size_t n = 0;
    for (size_t i = 0; i < s->warnings.len; i++)
        n += strstr(rows[i].text, part) != NULL;
    lq_scenario_destroy(s);
    return n;
}

static void a_second_trigger_that_never_comes_is_told(void **state)
{
    (void)state;
    static const char part[] = "nobody is let go";
    assert_int_equal(warnings_of(GRANT(PRIVATE, "acceleration: double"), part), 1);
    assert_int_equal(warnings_of(GRANT(PRIVATE, "acceleration: single"), part), 0);
    assert_int_equal(warnings_of(GRANT(PRIVATE ", exits: {acquisition: {rate: 0.1/y, layoff: "
                                               "10%}}",
                                       "acceleration: double"),
                                 part),
                     0);
}

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
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sales_that_cannot_be), cmocka_unit_test(grants_that_cannot_be),
        cmocka_unit_test(a_second_trigger_that_never_comes_is_told),
        cmocka_unit_test(what_is_written_is_allowed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
