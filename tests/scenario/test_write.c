#include "scenario_test.h"

#include <stdlib.h>

/* The resolved text loads again, and resolves to itself. */
static void check_reload(const lq_scenario *s, const char *name)
{
    lq_problems *problems = lq_problems_create();
    lq_scenario *again = NULL;
    const lq_status status = lq_scenario_parse(s->path, s->resolved, strlen(s->resolved), NULL,
                                               0, problems, &again, NULL);
    if (status != LQ_OK) lq_problems_print(problems, stderr);
    print_message("%s\n", name);
    assert_int_equal(status, LQ_OK);
    assert_string_equal(again->resolved, s->resolved);
    const lq_offer *a = s->offers.items, *b = again->offers.items;
    assert_int_equal(s->offers.len, again->offers.len);
    const lq_warning *said =
        again->warnings.items; /* the text tells of nothing it does not use */
    for (size_t i = 0; i < again->warnings.len; i++)
        assert_null(strstr(said[i].text, "is not used"));
    for (size_t i = 0; i < s->offers.len; i++) {
        assert_near(b[i].headline_total, a[i].headline_total, 0.0);
        assert_near(b[i].headline_equity, a[i].headline_equity, 0.0);
        assert_int_equal(b[i].role, a[i].role);
        assert_string_equal(b[i].letter_id, a[i].letter_id);
    }
    lq_problems_destroy(problems);
    lq_scenario_destroy(again);
}

static void every_shipped_config_reloads_as_itself(void **state)
{
    static const char *const names[] = {"quickstart.yaml",
                                        "staff-hugging-face.yaml",
                                        "staff-hypothetical.yaml",
                                        "levers.yaml",
                                        "identity.yaml",
                                        "bench/w0.yaml",
                                        "mechanisms/double-trigger-expiry.yaml",
                                        "mechanisms/tender-only-unicorn.yaml",
                                        "mechanisms/tenders-in-full.yaml",
                                        "mechanisms/secondary-sales.yaml",
                                        "mechanisms/acquisition-terms.yaml",
                                        "mechanisms/staged-lockup.yaml",
                                        "mechanisms/watched-floor.yaml",
                                        "mechanisms/ipo-lockup.yaml",
                                        "mechanisms/fx-paris.yaml",
                                        "mechanisms/refreshers.yaml",
                                        "mechanisms/front-loaded-vesting.yaml",
                                        "mechanisms/clawback.yaml",
                                        "mechanisms/hold.yaml",
                                        "mechanisms/correlation.yaml",
                                        "mechanisms/sector.yaml",
                                        "mechanisms/moving-volatility-in-bear-markets.yaml",
                                        "mechanisms/residual.yaml",
                                        "mechanisms/exit-clocks.yaml",
                                        "mechanisms/common-and-preferred.yaml",
                                        "mechanisms/jumps.yaml",
                                        "mechanisms/units.yaml",
                                        "mechanisms/yearly-events.yaml",
                                        "bench/w1.yaml",
                                        "mechanisms/rounds.yaml"};
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(names); i++) {
        lq_scenario *s = must_load_file(names[i]);
        check_reload(s, names[i]);
        lq_scenario_destroy(s);
    }
}

static void odd_forms_reload_as_themselves(void **state)
{
    static const char *const bodies[] = {
        "title: 'a \"quoted\" \\ title: with #'\noutput: results/x.h5\n"
        "offers:\n  - {id: a, company: google, base: $1, source: \"x: y\"}\n",
        "currency: EUR\noffers:\n  - {id: a, company: google, base: $100K}\n",
        "market: {rate: {1y: 4%, 5y: 4.4%}}\noffers:\n  - {id: a, company: google, base: "
        "{value: "
        "$1K, source: a letter}}\n",
        "tax: {flat: 41%, gains: 25%}\noffers:\n  - {id: a, company: google, base: $1, "
        "leaving: "
        "{uncertain: {triangular: [0/y, 0.1/y, 0.3/y]}}, bonus: {target: 10%, payout: "
        "{discrete: "
        "{0%: 20%, 100%: 80%}}}}\n",
        "companies: {x: {listing: private, volatility: 61.3%, beta: 1.1, opening_value: "
        "{method: "
        "fair_value, fair_value: {uncertain: {triangular: [$500M, $1bn, $2bn]}}}, floor: "
        "$10M, "
        "rounds: {rate: {uncertain: 0.1/y to 0.7/y}, phi: 1.3}, lockup: 7mo}}\n"
        "offers:\n  - {id: a, company: x, base: $1, grants: [{share: 0.1%, trigger: double, "
        "expiry: 31mo, settle: lockup_end}]}\n",
        "companies: {x: {like: late-stage, post_money: $1bn, rounds: {phi: solve}}}\n"
        "offers:\n  - {id: a, company: x, base: $1}\n",
        "offers:\n  - {id: a, company: hugging-face, base: {uncertain: $180K to $220K}, raise: "
        "{uncertain: {normal: {mean: 3%, sd: 1%}}}, bonus: {uncertain: 10% to 20%}, sign_on: "
        "{uncertain: {discrete: {$0: 30%, $60K: 70%}}}, stock: {uncertain: {pert: [$200K, "
        "$300K, $700K]}}, refresh: {vests: {uncertain: $50K/y to $90K/y}}, ask: {bonus: "
        "15%}}\n",
        "companies: {x: {like: late-stage, post_money: $1bn, opening_value: {method: face, "
        "haircut: "
        "20%, fair_value: $700M}}}\noffers:\n  - {id: a, company: x, base: $1}\n",
        "companies: {x: {like: late-stage, post_money: $1bn, common_factor: 50%, "
        "opening_value: "
        "{haircut: 20%}}}\noffers:\n  - {id: a, company: x, base: $1}\n",
        "person: {residence: us-ca}\noffers:\n  - {id: a, company: hugging-face, level: staff, "
        "band: {base: $290K to $320K}, ask: {base: $330K, stock: $530K}}\n",
        "companies: {x: {like: late-stage, opening_value: {uncertain: $1bn to $2bn}}}\n"
        "offers:\n  - {id: a, company: x, base: {value: {uncertain: 1K to 2K}, source: hope}, "
        "grants: [{share: {uncertain: 0.1% to 0.3%}, expiry: {uncertain: 5y to 9y}}]}\n",
    };
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(bodies); i++) {
        lq_scenario *s = must_load(bodies[i]);
        check_reload(s, bodies[i]);
        lq_scenario_destroy(s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_shipped_config_reloads_as_itself),
        cmocka_unit_test(odd_forms_reload_as_themselves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
