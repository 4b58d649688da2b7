#include "scenario_test.h"

#include "scenario/letter.h"

#define HF "offers:\n  - {id: a, company: hugging-face, bonus: "

/* Numbers worked out elsewhere, by hand and by year. */
static const struct table_case {
    const char *name, *body;
    double years[4], total;
} tables[] = {
    {"refresh as what vests each year",
     HF
     "12.5%, base: $300K, sign_on: $60K, grants: [{value: $505K, vesting: {years: [35%, 25%, "
     "20%, 20%]}}], refresh: {vests: $140K/y, from_year: 2}}",
     {574250, 603750, 578500, 578500},
     2335000},
    {"refresh as the face of yearly grants",
     HF
     "12.5%, base: $300K, sign_on: $60K, grants: [{value: $505K, vesting: {years: [35%, 25%, "
     "20%, 20%]}}], refresh: {grants: $140K/y, from_year: 2}}",
     {574250, 498750, 508500, 543500},
     2125000},
    {"the low end of a band",
     HF "10%, base: $245K, stock: $320K}",
     {349500, 349500, 349500, 349500},
     1398000},
    {"front-loaded at a listed company",
     "offers:\n  - {id: a, company: google, bonus: 20%, base: $285K, stock: $530K}",
     {543400, 511600, 448000, 395000},
     1898000},
    {"equal quarters at a listed company",
     "offers:\n  - {id: a, company: meta, bonus: 20%, base: $290K, stock: $500K}",
     {473000, 473000, 473000, 473000},
     1892000},
    {"the high end of a band in euros",
     HF "15%, base: EUR 260K, stock: EUR 442K}",
     {409500, 409500, 409500, 409500},
     1638000},
};

static void letters_add_up_by_year(void **state)
{
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(tables); i++) {
        lq_scenario *s = must_load(tables[i].body);
        const lq_offer *offer = offer_of(s, "a");
        print_message("%s\n", tables[i].name);
        for (int y = 0; y < 4; y++)
            assert_near(lq_letter_sum(offer, 12 * y, 12 * y + 12).total, tables[i].years[y],
                        0.01);
        assert_near(offer->headline_total, tables[i].total, 0.01);
        assert_near(lq_letter_sum(offer, 0, 48).total, tables[i].total, 0.01);
        lq_scenario_destroy(s);
    }
}

/* sum over vest months m of w_m (1 - q)^m at q = 1 % a month */
static const struct vested_case {
    const char *vesting;
    double expected;
} vested_cases[] = {
    {"{years: [38%, 32%, 20%, 10%], every: 1mo}", 0.8346128579330832},
    {"{years: [25%, 25%, 25%, 25%], every: 3mo}", 0.7814193830465275},
    {"{years: [25%, 25%, 25%, 25%], every: 1mo, cliff: 12mo}", 0.7766041001500793},
    {"{years: [35%, 25%, 20%, 20%], every: 1mo}", 0.81361151519644},
    {"{table: {12mo: 5%, 24mo: 15%, 36mo: 40%, 48mo: 40%}}", 0.687652308303634},
};

static lq_scenario *with_vesting(const char *vesting)
{
    char body[512];
    snprintf(body, sizeof body,
             "offers:\n  - {id: a, company: google, base: $1, grants: [{value: $1, vesting: "
             "%s}]}",
             vesting);
    return must_load(body);
}

static void vested_fractions_weigh_as_published(void **state)
{
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(vested_cases); i++) {
        lq_scenario *s = with_vesting(vested_cases[i].vesting);
        const lq_vesting_rule *rule = &grant_of(offer_of(s, "a"), 0)->vesting;
        double stay = 1.0, sum = 0.0;
        for (int k = 1; k <= 48; k++) {
            stay *= 0.99;
            sum +=
                stay * (lq_vesting_rule_vested(rule, k) - lq_vesting_rule_vested(rule, k - 1));
        }
        assert_near(sum, vested_cases[i].expected, 1e-9);
        lq_scenario_destroy(s);
    }
}

static void vesting_never_falls_and_ends_at_one(void **state)
{
    static const char *const rules[] = {
        "{years: [38%, 32%, 20%, 10%], every: 4mo, cliff: 6mo}",
        "{over: 48mo, every: 1mo, cliff: 12mo}",
        "{over: 36mo, every: 6mo}",
        "{table: {1mo: 1%, 7mo: 0%, 50mo: 99%}}",
        "{years: [100%], every: 1mo}",
        "{years: [0%, 0%, 50%, 50%], every: 12mo}",
    };
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(rules); i++) {
        lq_scenario *s = with_vesting(rules[i]);
        const lq_vesting_rule *rule = &grant_of(offer_of(s, "a"), 0)->vesting;
        double before = 0.0;
        for (int k = -2; k <= 72; k++) {
            const double now = lq_vesting_rule_vested(rule, k);
            assert_true(now >= before && now <= 1.0 + 1e-12);
            before = now;
        }
        assert_near(before, 1.0, 0.0);
        assert_near(lq_vesting_rule_vested(rule, lq_vesting_rule_months(rule)), 1.0, 0.0);
        lq_scenario_destroy(s);
    }
}

static void a_cliff_releases_what_it_held_back(void **state)
{
    (void)state;
    lq_scenario *s = with_vesting("{over: 48mo, every: 1mo, cliff: 12mo}");
    const lq_vesting_rule *rule = &grant_of(offer_of(s, "a"), 0)->vesting;
    assert_near(lq_vesting_rule_vested(rule, 11), 0.0, 0.0);
    assert_near(lq_vesting_rule_vested(rule, 12), 0.25, 1e-15);
    assert_near(lq_vesting_rule_vested(rule, 13), 13.0 / 48.0, 1e-15);
    lq_scenario_destroy(s);
}

static void raises_come_every_twelve_months(void **state)
{
    (void)state;
    lq_scenario *s =
        must_load("offers:\n  - {id: a, company: google, base: $120K, raise: 10%, bonus: 50%}");
    const lq_offer *offer = offer_of(s, "a");
    assert_near(lq_letter_sum(offer, 0, 12).base, 120000, 1e-6);
    assert_near(lq_letter_sum(offer, 12, 24).base, 132000, 1e-6);
    assert_near(lq_letter_sum(offer, 24, 25).base, 10000 * 1.21, 1e-6);
    assert_near(lq_letter_sum(offer, 12, 24).bonus, 66000, 1e-6);
    lq_scenario_destroy(s);
}

static void instalments_of_a_sign_on_fall_into_their_year(void **state)
{
    (void)state;
    lq_scenario *s =
        must_load("offers:\n  - id: a\n    company: google\n    base: $0\n"
                  "    sign_on: {amount: $60K, instalments: {0mo: 50%, 12mo: 30%, 13mo: 20%}}");
    const lq_offer *offer = offer_of(s, "a");
    assert_near(lq_letter_sum(offer, 0, 12).sign_on, 48000, 1e-9);
    assert_near(lq_letter_sum(offer, 12, 24).sign_on, 12000, 1e-9);
    lq_scenario_destroy(s);
}

static void a_sum_of_years_is_the_sum_of_the_stretch(void **state)
{
    (void)state;
    lq_scenario *s = must_load_file("staff-hugging-face.yaml");
    const lq_offer *offers = s->offers.items;
    for (size_t i = 0; i < s->offers.len; i++) {
        double sum = 0.0;
        for (int k = 0; k < 48; k++)
            sum += lq_letter_sum(&offers[i], k, k + 1).total;
        assert_near(sum, offers[i].headline_total, 1e-6 * sum);
    }
    lq_scenario_destroy(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_add_up_by_year),
        cmocka_unit_test(vested_fractions_weigh_as_published),
        cmocka_unit_test(vesting_never_falls_and_ends_at_one),
        cmocka_unit_test(a_cliff_releases_what_it_held_back),
        cmocka_unit_test(raises_come_every_twelve_months),
        cmocka_unit_test(instalments_of_a_sign_on_fall_into_their_year),
        cmocka_unit_test(a_sum_of_years_is_the_sum_of_the_stretch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
