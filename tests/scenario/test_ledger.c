#include "scenario_test.h"

#include "scenario/ledger.h"

static bool is_on(const lq_scenario *s, const char *id, const char *discount)
{
    lq_ledger_row rows[LQ_LEDGER_ROWS];
    const lq_offer *offer = offer_of(s, id);
    lq_ledger(s, offer, grant_of(offer, 0), rows);
    for (int i = 0; i < LQ_LEDGER_ROWS; i++) {
        assert_true(strlen(rows[i].where) > 3);
        if (strcmp(rows[i].discount, discount) == 0) return rows[i].on;
    }
    fail_msg("no row %s", discount);
    return false;
}

static void seniority_is_charged_by_one_of_two(void **state)
{
    (void)state;
    lq_scenario *s = must_load_file("mechanisms/common-and-preferred.yaml");
    assert_false(is_on(s, "neither", "seniority"));
    assert_true(is_on(s, "preferences", "seniority"));
    assert_true(is_on(s, "factor", "seniority"));
    lq_scenario_destroy(s);
}

static void waiting_is_simulated_for_private_paper_only(void **state)
{
    (void)state;
    lq_scenario *s = must_load_file("quickstart.yaml");
    static const char *const rows[] = {"seniority", "marketability", "lockup", "IPO",
                                       "residual"};
    for (size_t i = 0; i < LQ_COUNT(rows); i++) {
        assert_true(is_on(s, "hugging-face", rows[i]));
        assert_false(is_on(s, "google", rows[i]));
    }
    assert_false(is_on(s, "hugging-face", "tender")); /* settles: false */
    assert_true(is_on(s, "google", "utility"));
    lq_scenario_destroy(s);
}

static void switches_turn_their_row(void **state)
{
    (void)state;
    lq_scenario *s = must_load_file("mechanisms/tender-only-unicorn.yaml");
    assert_true(is_on(s, "tenders", "tender"));
    assert_false(is_on(s, "tenders", "IPO"));
    lq_scenario_destroy(s);
    s = must_load_file("mechanisms/ipo-lockup.yaml");
    assert_false(is_on(s, "no-lockup", "lockup"));
    assert_true(is_on(s, "six-months", "lockup"));
    lq_scenario_destroy(s);
    s = must_load("person: {risk_aversion: 0}\noffers:\n  - {id: a, company: google, base: $1, "
                  "stock: $1}\n");
    assert_false(is_on(s, "a", "utility"));
    lq_scenario_destroy(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seniority_is_charged_by_one_of_two),
        cmocka_unit_test(waiting_is_simulated_for_private_paper_only),
        cmocka_unit_test(switches_turn_their_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
