#include "decide_test.h"

#include "decide/calibrate.h"

#include <stdlib.h>

/* eta of all causes, volatility, more keys of the company. */
static lq_scenario *load(double eta, int volatility_percent, const char *more, uint64_t seed)
{
    char body[2048];
    snprintf(body, sizeof body,
             "simulation: {paths: 65536, seed: %llu, horizon: 4y, liquidity_horizon: 5y}\n"
             "companies:\n"
             "  acme: {listing: private, volatility: %d%%, beta: 1, last_round: {post_money: "
             "$1bn, price: $10}, rounds: {rate: 0.5/y, dilution: 4%% to 10%%}, %s\n"
             "    exits: {ipo: {probability: 25%% by 5y, value_exponent: %g},\n"
             "            acquisition: {probability: 30%% by 4y, value_exponent: %g},\n"
             "            failure: {probability: 8%% by 5y, value_exponent: %g}}}\n"
             "offers:\n  - {id: a, company: acme, base: $100K}\n",
             (unsigned long long)seed, volatility_percent, more, eta, eta, eta);
    return must_load(body);
}

static lq_calibration calibrate(const lq_scenario *s, lq_arena *arena)
{
    lq_calibration out;
    lq_error err = {0};
    const lq_status st = lq_calibrate(s, &(lq_calibrate_options){0}, arena, &out, &err);
    if (st != LQ_OK) lq_error_print(&err, stderr);
    assert_int_equal(st, LQ_OK);
    return out;
}

/* Share of paths with an exit of a kind by a month, on the main domain. */
static double incidence(const lq_scenario *s, const lq_calibration *factors, int kind,
                        int32_t month)
{
    lq_plan *plan = NULL;
    lq_error err;
    const lq_plan_options options = {.calibration = factors};
    assert_int_equal(lq_plan_build(s, &options, &plan, &err), LQ_OK);
    lq_result *r = lq_result_create(plan, 0);
    assert_non_null(r);
    assert_int_equal(
        lq_engine_run(plan, 0, plan->blocks_per_world, &(lq_run_options){0}, r, &err), LQ_OK);
    const double share = lq_counts_cdf(r->companies[0].exit_month[kind], LQ_POOLED, month);
    lq_result_destroy(r);
    lq_plan_destroy(plan);
    return share;
}

/* Check 2 of the model: incidence at T equals p within 4 standard errors on another seed. */
static void probabilities_are_met_whatever_depends_on_value(void **state)
{
    (void)state;
    static const double etas[] = {0.5, 0.0, -1.0};
    static const int volatilities[] = {50, 70, 90};
    static const struct {
        int kind;
        double probability;
        int32_t month;
    } aims[] = {
        {LQ_EXIT_IPO, 0.25, 60}, {LQ_EXIT_ACQUISITION, 0.30, 48}, {LQ_EXIT_FAILURE, 0.08, 60}};
    for (size_t e = 0; e < LQ_COUNT(etas); e++)
        for (size_t v = 0; v < LQ_COUNT(volatilities); v += LQ_JUDGES_CHANCE ? 1 : 3) {
            lq_arena *arena = lq_arena_create();
            lq_scenario *fitted = load(etas[e], volatilities[v], "", 1);
            lq_scenario *other = load(etas[e], volatilities[v], "", 77);
            const lq_calibration factors = calibrate(fitted, arena);
            assert_true(factors.needed[0]); /* dates differ */
            for (size_t i = 0; i < LQ_COUNT(aims); i++) {
                const double p = aims[i].probability;
                const double se = sqrt(p * (1.0 - p) / 65536.0);
                assert_near(incidence(other, &factors, aims[i].kind, aims[i].month), p,
                            4.0 * se + 1e-4);
            }
            lq_scenario_destroy(fitted);
            lq_scenario_destroy(other);
            lq_arena_destroy(arena);
        }
}

/* A guess changes the way, not the answer. */
static void a_guess_leads_to_the_same_factors(void **state)
{
    (void)state;
    lq_arena *arena = lq_arena_create();
    lq_scenario *s = load(-1.0, 70, "", 5);
    const lq_calibration cold = calibrate(s, arena);
    lq_calibration warm;
    lq_error err;
    const lq_calibrate_options options = {.guess = &cold};
    assert_int_equal(lq_calibrate(s, &options, arena, &warm, &err), LQ_OK);
    for (int kind = 1; kind < LQ_EXIT_KINDS; kind++)
        assert_near(warm.factor[0][kind], cold.factor[0][kind], 1e-12);
    lq_scenario_destroy(s);
    lq_arena_destroy(arena);
}

static void the_measure_of_the_run_does_not_matter(void **state)
{
    (void)state;
    lq_arena *arena = lq_arena_create();
    lq_scenario *s = load(0.5, 70, "", 5);
    const lq_calibration real = calibrate(s, arena);
    s->simulation.measure = LQ_MEASURE_PRICING;
    const lq_calibration pricing = calibrate(s, arena);
    for (int kind = 1; kind < LQ_EXIT_KINDS; kind++)
        assert_near(pricing.factor[0][kind], real.factor[0][kind], 0.0);
    lq_scenario_destroy(s);
    lq_arena_destroy(arena);
}

static void companies_with_a_closed_form_keep_the_factor_one(void **state)
{
    (void)state;
    lq_arena *arena = lq_arena_create();
    lq_scenario *s = must_load(
        "companies:\n  acme: {listing: private, volatility: 70%, beta: 1, last_round: "
        "{post_money: $1bn, price: $10}, exits: {ipo: {probability: 25% by 5y, "
        "value_exponent: 0}, failure: {probability: 11% by 5y, value_exponent: 0}}}\n"
        "offers:\n  - {id: a, company: acme, base: $100K}\n");
    const lq_calibration factors = calibrate(s, arena);
    assert_false(factors.needed[0]);
    for (int kind = 1; kind < LQ_EXIT_KINDS; kind++)
        assert_near(factors.factor[0][kind], 1.0, 0.0);
    lq_scenario_destroy(s);
    lq_arena_destroy(arena);
}

/* A floor at 95 % of a volatile value kills far more than 8 % by itself. */
static void a_failure_rarer_than_the_floor_alone_is_refused(void **state)
{
    (void)state;
    lq_arena *arena = lq_arena_create();
    lq_scenario *s = load(0.0, 90, "floor: 15.5%,", 1);
    lq_calibration out = {.n_companies = 99};
    lq_error err = {0};
    assert_int_equal(lq_calibrate(s, &(lq_calibrate_options){0}, arena, &out, &err),
                     LQ_ECONFIG);
    assert_string_equal(err.key, "companies.acme.exits.failure.probability");
    assert_holds(err.expected, "floor alone");
    assert_holds(err.got, "8 %");
    assert_int_equal(out.n_companies, 99);
    lq_scenario_destroy(s);
    lq_arena_destroy(arena);
}

/* A floor that takes nearly all of the failures leaves the intensity next to nothing to do; the
 * search has to find how little. */
static void a_floor_may_take_nearly_all_failures(void **state)
{
    (void)state;
    lq_arena *arena = lq_arena_create();
    lq_scenario *fitted = load(-1.0, 70, "floor: 15.5%,", 1);
    lq_scenario *other = load(-1.0, 70, "floor: 15.5%,", 77);
    const lq_calibration factors = calibrate(fitted, arena);
    assert_true(factors.factor[0][LQ_EXIT_FAILURE] < 0.1);
    const double se = sqrt(0.08 * 0.92 / 65536.0);
    assert_near(incidence(other, &factors, LQ_EXIT_FAILURE, 60), 0.08, 4.0 * se + 1e-4);
    lq_scenario_destroy(fitted);
    lq_scenario_destroy(other);
    lq_arena_destroy(arena);
}

static void a_stop_is_heard(void **state)
{
    (void)state;
    lq_arena *arena = lq_arena_create();
    lq_scenario *s = load(0.5, 70, "", 5);
    const volatile sig_atomic_t stop = 1;
    const lq_calibrate_options options = {.stop = &stop};
    lq_calibration out;
    lq_error err;
    assert_int_equal(lq_calibrate(s, &options, arena, &out, &err), LQ_EINTERRUPTED);
    lq_scenario_destroy(s);
    lq_arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(probabilities_are_met_whatever_depends_on_value),
        cmocka_unit_test(a_guess_leads_to_the_same_factors),
        cmocka_unit_test(the_measure_of_the_run_does_not_matter),
        cmocka_unit_test(companies_with_a_closed_form_keep_the_factor_one),
        cmocka_unit_test(a_failure_rarer_than_the_floor_alone_is_refused),
        cmocka_unit_test(a_floor_may_take_nearly_all_failures),
        cmocka_unit_test(a_stop_is_heard)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
