#include "decide_test.h"

#include "decide/calibrate.h"
#include "decide/trial.h"
#include "decide/turning.h"

#define BODY                                                                                   \
    "simulation: {paths: 16384, seed: 3}\nperson: {wealth: $400K}\ncompanies:\n"               \
    "  listed: {" LISTED "}\n  startup: {" PRIVATE "}\noffers:\n"                              \
    "  - {id: cash, company: listed, base: $260K}\n"                                           \
    "  - {id: new, company: startup, base: $200K, bonus: 10%, stock: $400K}\n"                 \
    "  - {id: old, company: listed, base: $210K, bonus: 15%, stock: $300K}\n"

typedef struct setting {
    lq_scenario *scenario;
    lq_study study;
    lq_study_options options;
    lq_trial trial;
} setting;

static int set_up(void **state)
{
    static setting s;
    s.scenario = must_load(BODY);
    s.study =
        (lq_study){.scenario = s.scenario, .options = &s.options, .arena = lq_arena_create()};
    s.study.utility = (lq_utility){.kind = LQ_UTILITY_CRRA, .aversion = 2.0};
    lq_error err;
    const lq_calibrate_options calibrate = {0};
    *state = &s;
    return lq_calibrate(s.scenario, &calibrate, s.study.arena, &s.study.calibration, &err) !=
           LQ_OK;
}

static int tear_down(void **state)
{
    setting *s = *state;
    lq_arena_destroy(s->study.arena);
    lq_scenario_destroy(s->scenario);
    return 0;
}

static void run(lq_trial *t, lq_worth *gap)
{
    lq_error err;
    assert_int_equal(lq_trial_run(t, gap, NULL, &err), LQ_OK);
}

/* Draws are addressed by name, so two offers alone are worth to the bit what they are among
 * others; the small run has as many paths as the study here. */
static void two_alone_differ_as_they_do_among_others(void **state)
{
    setting *s = *state;
    lq_worth gap;
    assert_int_equal(LQ_TURNING_PATHS, 16384);
    lq_trial_reset(&s->study, 1, 2, &s->trial);
    run(&s->trial, &gap);
    lq_frame *f = must_run(BODY);
    assert_near(gap.value,
                offer(f, "certainty_equivalent_chosen", 1) -
                    offer(f, "certainty_equivalent_chosen", 2),
                0.0);
    lq_frame_destroy(f);
}

static void a_changed_trial_leaves_the_study_alone(void **state)
{
    setting *s = *state;
    lq_worth before, after, again;
    lq_trial_reset(&s->study, 1, 2, &s->trial);
    run(&s->trial, &before);
    s->trial.offers[0].base = lq_value_constant(300e3);
    s->trial.companies[0].growth = lq_value_constant(0.3);
    run(&s->trial, &after);
    assert_true(after.value > before.value + 100e3);
    lq_trial_reset(&s->study, 1, 2, &s->trial);
    run(&s->trial, &again);
    assert_near(again.value, before.value, 0.0);
}

static void offers_of_one_company_share_it(void **state)
{
    setting *s = *state;
    lq_worth gap;
    lq_trial_reset(&s->study, 0, 2, &s->trial);
    assert_int_equal(s->trial.scenario.companies.len, 1);
    assert_int_equal(s->trial.offers[1].company, 0);
    run(&s->trial, &gap);
    assert_true(isfinite(gap.value));
}

static void assert_same_worth(const lq_worth *a, const lq_worth *b)
{
    assert_true(a->value == b->value);
    for (size_t r = 0; r < LQ_REPLICATES_RANDOM; r++)
        assert_true(a->replicate[r] == b->replicate[r]);
}

/* Values tried in one run, beside one another, come out as in runs of their own; and so they do
 * without the other offer, whose worth is known. */
static void variants_in_one_run_are_worth_what_they_are_alone(void **state)
{
    setting *s = *state;
    const double base[] = {150e3, 200e3, 400e3};
    lq_error err;
    lq_worth alone[LQ_COUNT(base)], together[LQ_COUNT(base)], other, same_other;
    for (size_t i = 0; i < LQ_COUNT(base); i++) {
        lq_trial_reset(&s->study, 1, 2, &s->trial);
        s->trial.varied->base = lq_value_constant(base[i]);
        assert_int_equal(lq_trial_run(&s->trial, &alone[i], &other, &err), LQ_OK);
    }
    for (int known = 0; known < 2; known++) {
        lq_trial_reset(&s->study, 1, 2, &s->trial);
        lq_trial_spread(&s->trial, LQ_COUNT(base));
        assert_true(lq_trial_is_alone(&s->trial));
        if (known) lq_trial_take_worth(&s->trial, &other);
        for (size_t i = 0; i < LQ_COUNT(base); i++)
            s->trial.offers[i].base = lq_value_constant(base[i]);
        assert_int_equal(lq_trial_run(&s->trial, together, &same_other, &err), LQ_OK);
        assert_same_worth(&same_other, &other);
        for (size_t i = 0; i < LQ_COUNT(base); i++)
            assert_same_worth(&together[i], &alone[i]);
    }
}

/* What moves the company moves both offers of it; and draws that are shared out among what is
 * there are others without one of them. */
static void offers_that_share_anything_run_together(void **state)
{
    setting *s = *state;
    lq_trial_reset(&s->study, 0, 2, &s->trial);
    assert_false(lq_trial_is_alone(&s->trial));
    lq_trial_reset(&s->study, 1, 2, &s->trial);
    s->trial.scenario.simulation.sampling = LQ_SAMPLING_SOBOL;
    assert_false(lq_trial_is_alone(&s->trial));
    lq_trial_reset(&s->study, 1, 2, &s->trial);
    s->trial.scenario.market.sectors.len = 1;
    assert_false(lq_trial_is_alone(&s->trial));
}

static void a_letter_dollar_buys_less_than_a_dollar_of_common(void **state)
{
    setting *s = *state;
    double dollar;
    lq_error err;
    lq_trial_reset(&s->study, 1, 2, &s->trial);
    assert_int_equal(lq_trial_letter_dollar(&s->trial, &dollar, &err), LQ_OK);
    assert_true(dollar > 0.2 && dollar < 1.0);
    lq_trial_reset(&s->study, 0, 2, &s->trial); /* no paper */
    assert_int_equal(lq_trial_letter_dollar(&s->trial, &dollar, &err), LQ_OK);
    assert_true(isnan(dollar));
}

static void new_odds_move_the_factors(void **state)
{
    setting *s = *state;
    lq_error err;
    lq_trial_reset(&s->study, 1, 2, &s->trial);
    assert_int_equal(lq_trial_solve_unchanged(&s->trial, &err), LQ_OK);
    assert_int_equal(lq_trial_calibrate(&s->trial, &err), LQ_OK);
    const size_t company = lq_study_offer(&s->study, 1)->company;
    assert_near(s->trial.factors[0][LQ_EXIT_IPO],
                s->study.calibration.factor[company][LQ_EXIT_IPO], 1e-12);
    s->trial.companies[0].ipo.hazard.probability = lq_value_constant(0.5);
    assert_int_equal(lq_trial_calibrate(&s->trial, &err), LQ_OK);
    if (s->trial.needed[0])
        assert_true(s->trial.factors[0][LQ_EXIT_IPO] !=
                    s->study.calibration.factor[company][LQ_EXIT_IPO]);
}

static void a_stop_is_heard(void **state)
{
    setting *s = *state;
    const volatile sig_atomic_t stop = 1;
    lq_worth gap;
    lq_error err;
    s->options.stop = &stop;
    lq_trial_reset(&s->study, 1, 2, &s->trial);
    assert_int_equal(lq_trial_run(&s->trial, &gap, NULL, &err), LQ_EINTERRUPTED);
    s->options.stop = NULL;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_alone_differ_as_they_do_among_others),
        cmocka_unit_test(a_changed_trial_leaves_the_study_alone),
        cmocka_unit_test(offers_of_one_company_share_it),
        cmocka_unit_test(variants_in_one_run_are_worth_what_they_are_alone),
        cmocka_unit_test(offers_that_share_anything_run_together),
        cmocka_unit_test(a_letter_dollar_buys_less_than_a_dollar_of_common),
        cmocka_unit_test(new_odds_move_the_factors),
        cmocka_unit_test(a_stop_is_heard)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
