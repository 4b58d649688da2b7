#include "lq_test.h"

#include "decide/study.h"

static void the_clock_goes_forward(void **state)
{
    (void)state;
    const double a = lq_study_clock(), b = lq_study_clock();
    assert_true(a > 0.0 && b >= a);
}

/* CARA's coefficient is per unit of money: the config gives it in units of 1 / wealth. */
static void aversion_is_read_in_its_unit(void **state)
{
    (void)state;
    static const struct {
        int form;
        double given, wealth, aversion;
        lq_utility_kind kind;
    } rows[] = {{LQ_FORM_CRRA, 2.0, 400e3, 2.0, LQ_UTILITY_CRRA},
                {LQ_FORM_CARA, 2.0, 400e3, 5e-6, LQ_UTILITY_CARA},
                {LQ_FORM_CARA, 2.0, 0.0, 2.0, LQ_UTILITY_CARA}};
    for (size_t i = 0; i < LQ_COUNT(rows); i++) {
        const lq_person person = {.utility = rows[i].form,
                                  .risk_aversion = lq_value_constant(rows[i].given)};
        const lq_background background = {.wealth_money = rows[i].wealth};
        const lq_utility u = lq_person_utility(&person, &background);
        assert_int_equal(u.kind, rows[i].kind);
        assert_near(u.aversion, rows[i].aversion, 1e-18);
    }
}

typedef struct seen {
    uint64_t done, total;
} seen;

static void note(void *context, uint64_t done, uint64_t total)
{
    *(seen *)context = (seen){done, total};
}

static void progress_counts_over_all_phases(void **state)
{
    (void)state;
    seen s = {0};
    const lq_study_options options = {.progress = note, .progress_context = &s};
    lq_study study = {.options = &options, .paths_total = 1000};
    lq_study_advance(&study, 300);
    assert_int_equal(s.done, 300);
    const lq_run_options run = lq_study_run_options(&study);
    run.progress(run.progress_context, 50);
    assert_int_equal(s.done, 350);
    assert_int_equal(s.total, 1000);
}

/* The total follows what the calibration turns out to need, and ends without it. */
static void pilots_count_as_paths(void **state)
{
    (void)state;
    seen s = {0};
    const lq_study_options options = {.progress = note, .progress_context = &s};
    lq_study study = {.options = &options, .paths_total = 1000};
    lq_study_pilots(&study, 0, 300);
    assert_int_equal(s.total, 1300);
    lq_study_pilots(&study, 100, 250);
    assert_int_equal(s.done, 100);
    assert_int_equal(s.total, 1350);
    lq_study_pilots(&study, 100, 0);
    lq_study_advance(&study, 1000);
    assert_int_equal(s.done, 1200);
    assert_int_equal(s.total, 1200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_clock_goes_forward),
                                       cmocka_unit_test(aversion_is_read_in_its_unit),
                                       cmocka_unit_test(progress_counts_over_all_phases),
                                       cmocka_unit_test(pilots_count_as_paths)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
