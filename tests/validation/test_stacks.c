/* The cases of cap tables: waterfalls, the option pricing method, discounts for lack of
 * marketability. Each test bears the id of its case. */
#include "cases.h"

#include "lq_case.h"

#include "company/dlom.h"
#include "company/opm.h"
#include "plan/paper.h"

#include <stdbool.h>

static double number_or(const json_t *object, const char *key, double missing)
{
    const json_t *value = json_object_get(object, key);
    return json_is_number(value) ? json_number_value(value) : missing;
}

static lq_preferred preferred_of(const json_t *p)
{
    const char *part = json_string_value(json_object_get(p, "part"));
    const double invested = case_number(p, "invest");
    return (lq_preferred){.shares = case_number(p, "shares") * case_number(p, "conv"),
                          .due = invested * case_number(p, "mult") + case_number(p, "accrued"),
                          .cap = invested * number_or(p, "cap", 0.0),
                          .rank = (int)case_number(p, "rank"),
                          .participation = strcmp(part, "none") == 0 ? LQ_PARTICIPATION_NONE
                                           : strcmp(part, "full") == 0
                                               ? LQ_PARTICIPATION_FULL
                                               : LQ_PARTICIPATION_CAPPED};
}

static lq_stack stack_of(const json_t *inputs)
{
    const json_t *cap = json_object_get(inputs, "cap");
    lq_stack s = {.common = case_number(cap, "common"),
                  .fees = number_or(cap, "costs", 0.0),
                  .debt = number_or(cap, "debt", 0.0),
                  .carve_out = number_or(cap, "carveout", 0.0)};
    size_t i;
    json_t *entry;
    json_array_foreach(json_object_get(cap, "preferred"), i, entry)
        s.preferred[s.n_preferred++] = preferred_of(entry);
    json_array_foreach(json_object_get(cap, "options"), i, entry) s.tranche[s.n_tranches++] =
        (lq_tranche){case_number(entry, "n"), case_number(entry, "strike")};
    return s;
}

/* The claimant that a case calls by name. */
static size_t claimant_of(const json_t *inputs, const lq_stack *s, const char *name)
{
    const json_t *cap = json_object_get(inputs, "cap");
    size_t i;
    json_t *entry;
    if (strcmp(name, "common") == 0) return LQ_CLAIM_COMMON;
    if (strcmp(name, "debt") == 0) return lq_claim_debt(s);
    if (strcmp(name, "costs") == 0) return lq_claim_fees(s);
    if (strcmp(name, "carveout") == 0) return lq_claim_carve_out(s);
    json_array_foreach(json_object_get(cap, "preferred"), i,
                       entry) if (strcmp(json_string_value(json_object_get(entry, "name")),
                                         name) == 0) return LQ_CLAIM_PREFERRED +
        i;
    json_array_foreach(json_object_get(cap, "options"), i,
                       entry) if (strcmp(json_string_value(json_object_get(entry, "name")),
                                         name) == 0) return lq_claim_tranche(s) +
        i;
    fail_msg("no claimant %s", name);
    return 0;
}

static void assert_claims(const validation_case *c, const lq_stack *s, json_t *want,
                          const double *got, bool per_share)
{
    const char *name;
    json_t *value;
    json_object_foreach(want, name, value)
    {
        const size_t k = claimant_of(c->inputs, s, name);
        const double shares = k == LQ_CLAIM_COMMON ? s->common
                              : k >= lq_claim_tranche(s)
                                  ? s->tranche[k - lq_claim_tranche(s)].shares
                                  : s->preferred[k - 1].shares;
        const double x = json_number_value(value);
        assert_near(got[k] / (per_share ? shares : 1.0), x, c->abs + c->rel * fabs(x));
    }
}

static void waterfall(void **state)
{
    validation_case c = case_open("cases.json", *state);
    const lq_stack s = stack_of(c.inputs);
    const json_t *mode = json_object_get(c.inputs, "mode");
    for (size_t i = 0; i < case_len(c.inputs, "exits"); i++) {
        const json_t *how = json_is_array(mode) ? json_array_get(mode, i) : mode;
        const bool ipo = strcmp(json_string_value(how), "ipo") == 0;
        lq_pieces pieces;
        double payout[LQ_MAX_CLAIMANTS];
        (ipo ? lq_stack_listing : lq_stack_sale)(&s, &pieces);
        lq_pieces_pay(&pieces, case_entry(c.inputs, "exits", i), payout);
        assert_claims(&c, &s, json_array_get(json_object_get(c.expected, "payouts"), i), payout,
                      false);
    }
    case_close(&c);
}

static void option_pricing(void **state)
{
    validation_case c = case_open("cases.json", *state);
    const lq_stack s = stack_of(c.inputs);
    const double ipo = number_or(c.inputs, "p_ipo", 0.0);
    const lq_exit_law law = {.volatility = case_number(c.inputs, "sigma"),
                             .rate = case_number(c.inputs, "r"),
                             .time = json_object_get(c.inputs, "T") ? LQ_EXIT_AT
                                                                    : LQ_EXIT_EXPONENTIAL,
                             .years = number_or(c.inputs, "T", 0.0),
                             .rate_of_exit = number_or(c.inputs, "rate", 0.0),
                             .n_manners = 2,
                             .manner = {{1.0 - ipo, 1.0, false}, {ipo, 1.0, true}}};
    lq_pieces pieces;
    double value[LQ_MAX_CLAIMANTS];
    lq_stack_sale(&s, &pieces);
    lq_stack_value(&s, &law, case_number(c.inputs, "equity"), value);
    assert_claims(&c, &s, json_object_get(c.expected, "class_values"), value, false);
    assert_claims(&c, &s, json_object_get(c.expected, "per_share"), value, true);
    for (size_t i = 0; i < case_len(c.expected, "breakpoints"); i++)
        assert_case(c, pieces.from[i], "breakpoints", (int)i);
    case_close(&c);
}

static void OPM_03(void **state)
{
    (void)state;
    validation_case c = case_open("cases.json", "OPM-03");
    const lq_stack s = stack_of(c.inputs);
    const lq_exit_law law = {.volatility = case_number(c.inputs, "sigma"),
                             .rate = case_number(c.inputs, "r"),
                             .years = case_number(c.inputs, "T")};
    double equity, value[LQ_MAX_CLAIMANTS];
    const double target = case_number(c.inputs, "target_price") * s.preferred[0].shares;
    assert_int_equal(lq_stack_backsolve(&s, &law, LQ_CLAIM_PREFERRED, target, &equity, NULL),
                     LQ_OK);
    assert_case(c, equity, "implied_equity", -1);
    lq_stack_value(&s, &law, equity, value);
    assert_claims(&c, &s, json_object_get(c.expected, "per_share"), value, true);
    const double post = case_number(c.inputs, "target_price") * 10e6;
    assert_case(c, post, "post_money", -1);
    assert_case(c, post / equity, "post_money_over_implied", -1);
    assert_case(c, value[0] / s.common / 2.5, "common_over_preferred", -1);
    case_close(&c);
}

typedef double discount(const lq_restriction *r);

static void assert_discounts(const char *id, discount *of)
{
    validation_case c = case_open("cases.json", id);
    for (size_t i = 0; i < case_len(c.expected, "dlom"); i++) {
        const lq_restriction r = {case_entry(c.inputs, "sigma", i),
                                  case_entry(c.inputs, "T", i), number_or(c.inputs, "r", 0.0),
                                  number_or(c.inputs, "q", 0.0)};
        assert_case(c, of(&r), "dlom", (int)i);
    }
    case_close(&c);
}

static void DLM_01(void **state)
{
    (void)state;
    assert_discounts("DLM-01", lq_dlom_chaffe);
}

static void DLM_03(void **state)
{
    (void)state;
    assert_discounts("DLM-03", lq_dlom_longstaff);
}

static void DLM_05(void **state)
{
    (void)state;
    assert_discounts("DLM-05", lq_dlom_finnerty);
}

static void DLM_07(void **state)
{
    (void)state;
    assert_discounts("DLM-07", lq_dlom_ghaidarov);
}

static void DLM_09(void **state)
{
    (void)state;
    assert_discounts("DLM-09", lq_dlom_average_strike);
}

/* What half a year of lockup would cost by two of them; the rest of the case is a run's. */
static void EXI_14(void **state)
{
    (void)state;
    validation_case c = case_open("cases.json", "EXI-14");
    const lq_restriction r = {case_number(c.inputs, "sigma"), case_number(c.inputs, "lock"),
                              0.0, 0.0};
    assert_case(c, lq_dlom_longstaff(&r), "longstaff_dlom", -1);
    assert_case(c, lq_dlom_chaffe(&r), "chaffe_dlom_r0", -1);
    case_close(&c);
}

static const char simulated[] =
    "schema: liquidus/1\n"
    "simulation: {paths: 131072, seed: 7, start: 2027-01-01, horizon: 1y, liquidity_horizon: "
    "30y, measure: pricing}\n"
    "tax: none\n"
    "market: {rate: 4%, equity_premium: 4.5%, volatility: 16%}\n"
    "companies:\n"
    "  acme:\n"
    "    {like: none, listing: private, volatility: 50%, correlation: 0.3,\n"
    "    cap_table: {common: 60M, preferred: [{series: A, shares: 20M, invested: $60M, "
    "multiple: 1.5, rank: 1}]},\n"
    "    opening_value: {method: backsolve}, rounds: {rate: 0/y}, lockup: 0mo,\n"
    "    exits: {ipo: {rate: 0.1/y, discount: 0%, primary: 0%}, acquisition: {rate: 0.3/y, "
    "premium: 20%}, failure: {rate: 0.2/y, recovery: 25%}}}\n"
    "offers:\n"
    "  - {id: a, company: acme, base: $1, leaving: 0/y, grants: [{instrument: units, units: "
    "1000, vesting: {over: 1mo, every: 1mo}}]}\n";

/* R8: under pricing, without rounds, a share of common is paid on average what the option
 * pricing method says on the first day, by the same exits, failures and premiums among them. */
static void what_is_simulated_is_what_value_says(void **state)
{
    (void)state;
    if (!LQ_JUDGES_CHANCE) return;
    lq_case run = lq_case_run(simulated, NULL, 2);
    const lq_paper paper = {run.scenario, run.scenario->companies.items, LQ_WORLD_MEAN};
    lq_paper_value v;
    assert_int_equal(lq_paper_value_of(&paper, 0.0, 0.0, &v, NULL), LQ_OK);
    assert_near(v.value[1] / 20e6, 3.0, 1e-9);
    assert_true(v.common < 0.6 * 3.0);
    assert_mean(lq_case_offer(&run, "a", 2), run.n, 1000.0 * v.common);
    lq_case_clear(&run);
}

#define CASE(test, id)                                                                         \
    {                                                                                          \
#test " " id, test, NULL, NULL, (void *)(uintptr_t)(id)                                \
    }

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(waterfall, "WFL-01"),      CASE(waterfall, "WFL-02"),
        CASE(waterfall, "WFL-04"),      CASE(waterfall, "WFL-07"),
        CASE(waterfall, "WFL-09"),      CASE(option_pricing, "OPM-01"),
        CASE(option_pricing, "OPM-06"), CASE(option_pricing, "OPM-07"),
        cmocka_unit_test(OPM_03),       cmocka_unit_test(DLM_01),
        cmocka_unit_test(DLM_03),       cmocka_unit_test(DLM_05),
        cmocka_unit_test(DLM_07),       cmocka_unit_test(DLM_09),
        cmocka_unit_test(EXI_14),       cmocka_unit_test(what_is_simulated_is_what_value_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
