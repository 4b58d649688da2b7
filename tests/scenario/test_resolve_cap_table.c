/* What follows from a cap table: the series, the last round, the opening value; written out it
 * loads again. */
#include "refusals.h"

#include <unistd.h>

#define ALONE "listing: private, like: none, volatility: 70%, "
#define TABLE                                                                                  \
    "cap_table: {common: 7M, preferred: [{shares: 1M, invested: $1M, rank: 1}, {series: B, "   \
    "shares: 1M, invested: $10M, rank: 2, conversion: 2}]}"

static void the_last_series_tells_the_last_round(void **state)
{
    (void)state;
    lq_scenario *s = must_load(COMPANY(ALONE TABLE));
    const lq_company *c = company_of(s, "acme");
    const lq_preference *p = c->preferences.items;
    assert_int_equal(c->preferences.len, 2);
    assert_int_equal(c->cap_table.preferred.len, 0);
    assert_string_equal(p[0].series, "P1");
    assert_string_equal(p[1].invested.currency, "USD");
    assert_near(c->last_round.price.p[0], 5.0, 1e-12); /* as converted */
    assert_near(c->last_round.post_money.p[0], 50e6, 1e-6);
    assert_true(c->last_round.post_money.is_default);
    lq_scenario_destroy(s);
}

static void what_is_written_of_the_last_round_stays(void **state)
{
    (void)state;
    lq_scenario *s = must_load(COMPANY(ALONE TABLE ", last_round: {price: $6}"));
    assert_near(company_of(s, "acme")->last_round.post_money.p[0], 60e6, 1e-6);
    lq_scenario_destroy(s);
    s = must_load(COMPANY(ALONE TABLE ", post_money: $80M"));
    assert_near(company_of(s, "acme")->last_round.price.p[0], 8.0, 1e-12);
    lq_scenario_destroy(s);
}

/* A pack's round and preferences are about other shares. */
static void a_pack_gives_way(void **state)
{
    (void)state;
    lq_scenario *s = must_load("companies:\n  hugging-face: {" TABLE "}\noffers:\n"
                               "  - {id: a, company: hugging-face, base: $1}\n");
    const lq_company *c = company_of(s, "hugging-face");
    assert_int_equal(c->preferences.len, 2);
    assert_near(c->last_round.post_money.p[0], 50e6, 1e-6);
    lq_scenario_destroy(s);
}

/* Without `preferred` it extends what preferences say. */
static void it_extends_preferences(void **state)
{
    (void)state;
    lq_scenario *s = must_load(
        COMPANY(ALONE "cap_table: {common: 8M}, preferences: [{series: A, shares: 2M, "
                      "invested: $5M}]"));
    const lq_company *c = company_of(s, "acme");
    assert_int_equal(c->preferences.len, 1);
    assert_near(c->last_round.post_money.p[0], 25e6, 1e-6);
    lq_scenario_destroy(s);
}

static void its_words_alone_mean_a_backsolve(void **state)
{
    static const char *const bodies[] = {COMPANY(ALONE TABLE ", opening_value: {series: B}"),
                                         COMPANY(ALONE TABLE ", opening_value: {price: $5}"),
                                         COMPANY(ALONE TABLE ", opening_value: {term: 4y}")};
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(bodies); i++) {
        lq_scenario *s = must_load(bodies[i]);
        assert_int_equal(company_of(s, "acme")->opening_value.method, LQ_OPENING_BACKSOLVE);
        lq_scenario_destroy(s);
    }
    lq_scenario *s = must_load(COMPANY(ALONE TABLE));
    assert_int_equal(company_of(s, "acme")->opening_value.method, LQ_OPENING_HAIRCUT);
    lq_scenario_destroy(s);
}

/* NULL where `found` is the first problem; else there must be none. */
static lq_scenario *load_companies(const char *text, const char *found)
{
    char name[] = "/tmp/caps-XXXXXX";
    const int fd = mkstemp(name);
    lq_problems *problems = lq_problems_create();
    lq_scenario *s = NULL;
    assert_true(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
    close(fd);
    const lq_status status =
        lq_scenario_load_companies(name, &(lq_changes){0}, problems, &s, NULL);
    unlink(name);
    lq_problems_print(problems, stderr);
    assert_int_equal(lq_problems_count(problems) > 0, found != NULL);
    if (found) assert_string_equal(lq_problems_first(problems)->found, found);
    lq_problems_destroy(problems);
    assert_int_equal(status, found ? LQ_ECONFIG : LQ_OK);
    return s;
}

static const char full[] =
    "schema: liquidus/1\ncompanies:\n  acme: {" ALONE
    "cap_table: {common: 7M, pool: 1M, options: [{shares: 1M, strike: $0.50}], debt: $5M, "
    "fees: 3%, carve_out: 8%, preferred: [{shares: 1M, invested: $1M, rank: 1, participation: "
    "3x, ratchet: 1, veto: $2}, {series: B, shares: 1M, invested: $10M, rank: 2, conversion: "
    "2, accrued: $1M, dividend: 8%/y}]}, opening_value: {series: B, price: $9, term: 4y}}\n";

/* Companies alone: no offers are needed, every one of them is there, nothing is refused that a
 * run could not pay. */
static void companies_load_without_offers(void **state)
{
    (void)state;
    lq_scenario *s = load_companies(full, NULL);
    assert_non_null(s);
    assert_int_equal(s->companies.len, 1);
    assert_int_equal(s->offers.len, 0);
    lq_scenario_destroy(s);
    char *text = must_refuse(strchr(full, '\n') + 1);
    assert_holds(text, "offers: expected a list, found nothing");
    free(text);
    assert_null(
        load_companies("schema: liquidus/1\ncompanies: {nowhere: {like: nobody}}\n", "nobody"));
}

/* Whose shares are listed here is private, and needs no volatility until it is valued. */
static void a_cap_table_alone_is_a_private_company(void **state)
{
    (void)state;
    lq_scenario *s =
        load_companies("schema: liquidus/1\ncompanies: {acme: {cap_table: {common: "
                       "8M, preferred: [{shares: 2M, invested: $5M}]}}}\n",
                       NULL);
    assert_int_equal(company_of(s, "acme")->listing, 1);
    assert_false(company_of(s, "acme")->volatility.given);
    assert_near(company_of(s, "acme")->last_round.post_money.p[0], 25e6, 1e-6);
    lq_scenario_destroy(s);
    char *text =
        must_refuse("companies: {acme: {cap_table: {common: 8M, preferred: [{shares: 2M, "
                    "invested: $5M, rank: 1}]}}}\noffers: [{id: a, company: acme, base: "
                    "$1}]\n");
    assert_holds(text, "a volatility, e.g. 30%");
    free(text);
}

/* The resolved text says the same company again, to its own resolved text. */
static void what_is_resolved_loads_again(void **state)
{
    (void)state;
    lq_scenario *s = load_companies(full, NULL);
    assert_holds(s->resolved, "participation: 3x");
    assert_holds(s->resolved, "method: backsolve");
    lq_scenario *again = load_companies(s->resolved, NULL);
    assert_non_null(again);
    const lq_company *a = company_of(s, "acme"), *b = company_of(again, "acme");
    const lq_preference *p = a->preferences.items, *q = b->preferences.items;
    assert_int_equal(b->preferences.len, 2);
    assert_int_equal(q[0].participation, LQ_RIGHTS_CAPPED);
    assert_near(q[0].cap.p[0], 3.0, 0.0);
    assert_near(q[1].dividend.p[0], p[1].dividend.p[0], 0.0);
    assert_int_equal(b->cap_table.options.len, 1);
    assert_near(b->last_round.post_money.p[0], a->last_round.post_money.p[0], 0.0);
    assert_string_equal(again->resolved, s->resolved);
    lq_scenario_destroy(again);
    lq_scenario_destroy(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_series_tells_the_last_round),
        cmocka_unit_test(what_is_written_of_the_last_round_stays),
        cmocka_unit_test(a_pack_gives_way),
        cmocka_unit_test(it_extends_preferences),
        cmocka_unit_test(its_words_alone_mean_a_backsolve),
        cmocka_unit_test(companies_load_without_offers),
        cmocka_unit_test(a_cap_table_alone_is_a_private_company),
        cmocka_unit_test(what_is_resolved_loads_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
