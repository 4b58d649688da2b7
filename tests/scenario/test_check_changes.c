#include "scenario_test.h"

#include <stdlib.h>

static const char body[] =
    "schema: liquidus/1\n"
    "companies:\n"
    "  kestrel: {like: late-stage, post_money: $1bn, deal: {price: $2bn, "
    "break_value: $1bn, on_close: roll into heron}}\n"
    "  heron: {like: public-large}\n"
    "  acme: {like: growth, post_money: $200M}\n"
    "offers:\n"
    "  - {id: k, company: kestrel, base: $100K}\n"
    "  - {id: g, company: google, base: $100K}\n";

/* What is told of the config with these changes; free it. *out: the scenario where it is one.
 */
static char *told(const char *const *sets, size_t n, lq_scenario **out)
{
    lq_problems *problems = lq_problems_create();
    char *text = NULL;
    size_t len = 0;
    FILE *file = open_memstream(&text, &len);
    *out = NULL;
    const lq_status status =
        lq_scenario_parse("t.yaml", body, strlen(body), sets, n, problems, out, NULL);
    lq_problems_print(problems, file);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(status, *out ? LQ_OK : LQ_ECONFIG);
    lq_problems_destroy(problems);
    return text;
}

static void a_company_that_nobody_has_is_a_misspelling(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"companies.krestel.volatility=90%", "did you mean kestrel?"},
        {"companies.acne.exits.ipo.rate=1%/y", "did you mean acme?"},
        {"companies.gogle.beta=1", "did you mean google?"},
        {"companies.xyzzy.beta=1", "one of kestrel, heron, acme, google"},
    };
    for (size_t i = 0; i < LQ_COUNT(cases); i++) {
        lq_scenario *s;
        char *text = told(&cases[i][0], 1, &s);
        assert_null(s);
        assert_holds(text, "--set:1:1: companies.");
        assert_holds(text, "expected a company of this config");
        assert_holds(text, cases[i][1]);
        assert_null(strstr(text, "changed in it"));
        free(text);
    }
}

static void what_somebody_has_may_be_changed(void **state)
{
    (void)state;
    static const char *const fine[] = {
        "companies.acme.volatility=90%", "companies.heron.volatility=40%",
        "companies.google.volatility=40%", "companies.nvidia.volatility=40%",
        "companies.newcomer={like: growth, post_money: $1M}"};
    for (size_t i = 0; i < LQ_COUNT(fine); i++) {
        lq_scenario *s;
        char *text = told(&fine[i], 1, &s);
        assert_string_equal(text, "");
        assert_int_equal(warns_of(s, "nvidia is changed, and no offer is of it"),
                         strstr(fine[i], "nvidia") != NULL);
        lq_scenario_destroy(s);
        free(text);
    }
    static const char *const both[] = {"companies.newcomer.like=growth",
                                       "companies.newcomer.post_money=$1M",
                                       "offers.k.company=newcomer"};
    lq_scenario *s;
    char *text = told(both, LQ_COUNT(both), &s);
    assert_string_equal(text, "");
    lq_scenario_destroy(s);
    free(text);
}

static void the_change_is_the_culprit_and_not_the_file(void **state)
{
    (void)state;
    static const char *const sets[] = {"companies.heron.beta=9"};
    lq_scenario *s;
    char *text = told(sets, 1, &s);
    assert_null(s);
    assert_holds(text, "--set:1:22: companies.heron.beta: expected a correlation");
    assert_null(strstr(text, "t.yaml"));
    free(text);
}

static void two_forms_of_odds_tell_how_to_swap_them(void **state)
{
    (void)state;
    static const char *const sets[] = {
        "companies.acme.exits.ipo={weibull: {shape: 1, scale: 9y}}",
        "companies.acme.exits.ipo.rate=5%/y", "companies.acme.exits.ipo.weibull=null"};
    lq_scenario *s;
    char *text = told(sets, 2, &s);
    assert_holds(text, "expected exactly one of probability, rate, weibull, table");
    free(text);
    text = told(sets, 3, &s);
    assert_string_equal(text, "");
    lq_scenario_destroy(s);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_company_that_nobody_has_is_a_misspelling),
        cmocka_unit_test(what_somebody_has_may_be_changed),
        cmocka_unit_test(the_change_is_the_culprit_and_not_the_file),
        cmocka_unit_test(two_forms_of_odds_tell_how_to_swap_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
