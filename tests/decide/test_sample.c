#include "lq_test.h"

#include "decide/sample.h"

#include <math.h>

/* Replicate r of 16 holds the values r and r + 100: the means lie one apart. */
static lq_tally *sixteen_replicates(void)
{
    lq_tally *t = lq_tally_create(&LQ_TALLY_PART);
    assert_non_null(t);
    for (uint32_t r = 0; r < LQ_REPLICATES_RANDOM; r++) {
        lq_tally_add_constant(t, r, 0, (double)r, 1);
        lq_tally_add_constant(t, r, 0, (double)r + 100.0, 1);
    }
    return t;
}

static void formulas_and_replicates_agree_on_the_value(void **state)
{
    (void)state;
    static const lq_gauge *const gauges[] = {&lq_gauge_mean,         &lq_gauge_sd,
                                             &lq_gauge_skewness,     &lq_gauge_quantile,
                                             &lq_gauge_cvar,         &lq_gauge_semideviation,
                                             &lq_gauge_p_zero,       &lq_gauge_p_within_cent,
                                             &lq_gauge_p_above_cent, &lq_gauge_p_below_cent,
                                             &lq_gauge_p_below,      &lq_gauge_positive_part,
                                             &lq_gauge_negative_part};
    lq_tally *t = sixteen_replicates();
    lq_sample plain, split;
    lq_error err;
    assert_int_equal(lq_sample_read(t, false, &plain, &err), LQ_OK);
    assert_int_equal(lq_sample_read(t, true, &split, &err), LQ_OK);
    for (size_t i = 0; i < LQ_COUNT(gauges); i++) {
        const lq_estimate a = lq_sample_estimate(&plain, gauges[i], 0.25);
        const lq_estimate b = lq_sample_estimate(&split, gauges[i], 0.25);
        assert_near(a.value, b.value, 1e-9);
        assert_int_equal(a.n_degrees, 0);
        assert_int_equal(b.n_degrees, LQ_REPLICATES_RANDOM - 1);
    }
    lq_sample_clear(&plain);
    lq_sample_clear(&split);
    lq_tally_destroy(t);
}

/* Means r + 50: their standard deviation is that of 0..15, sqrt(68 / 3). */
static void replicates_show_their_own_spread(void **state)
{
    (void)state;
    lq_tally *t = sixteen_replicates();
    lq_sample split;
    lq_error err;
    assert_int_equal(lq_sample_read(t, true, &split, &err), LQ_OK);
    const lq_estimate mean = lq_sample_estimate(&split, &lq_gauge_mean, 0.0);
    assert_near(mean.value, 57.5, 1e-9);
    assert_near(mean.se, sqrt(68.0 / 3.0) / 4.0, 1e-9);
    lq_sample_clear(&split);
    lq_tally_destroy(t);
}

/*
 * Two atoms, a share of 45 or 55 % of a replicate's paths on the lower: that of the whole is
 * 50 % with a standard error of sd / 4 = 1.29 %. The median may be either atom, what lies two
 * percent away from the edge may be, and what lies five away is not; medians of replicates
 * would be wrong by the root of their number.
 */
static void a_quantile_may_be_the_next_atom(void **state)
{
    (void)state;
    lq_tally *t = lq_tally_create(&LQ_TALLY_PART);
    lq_sample split;
    lq_error err;
    for (uint32_t r = 0; r < LQ_REPLICATES_RANDOM; r++) {
        const uint64_t lower = r % 2 ? 45 : 55;
        lq_tally_add_constant(t, r, 0, 1000.0, lower);
        lq_tally_add_constant(t, r, 0, 2000.0, 100 - lower);
    }
    assert_int_equal(lq_sample_read(t, true, &split, &err), LQ_OK);
    static const struct {
        double p, value, may_move;
    } rows[] = {{0.50, 1000.0, 1.0}, {0.48, 1000.0, 1.0}, {0.52, 2000.0, 1.0},
                {0.45, 1000.0, 0.0}, {0.55, 2000.0, 0.0}, {0.01, 1000.0, 0.0}};
    for (size_t i = 0; i < LQ_COUNT(rows); i++) {
        const lq_estimate q = lq_sample_estimate(&split, &lq_gauge_quantile, rows[i].p);
        assert_near(q.value, rows[i].value, 1e-9);
        assert_near(lq_estimate_half_width(&q), 500.0 * rows[i].may_move, 1e-6);
        assert_int_equal(q.n_degrees, LQ_REPLICATES_RANDOM - 1);
    }
    lq_sample_clear(&split);
    lq_tally_destroy(t);
}

/* One replicate has no spread. */
static void a_single_replicate_tells_no_error_of_a_quantile(void **state)
{
    (void)state;
    lq_tally *t = lq_tally_create(&LQ_TALLY_PART);
    lq_sample split;
    lq_error err;
    lq_tally_add_constant(t, 0, 0, 1.0, 30);
    lq_tally_add_constant(t, 0, 0, 2.0, 30);
    assert_int_equal(lq_sample_read(t, true, &split, &err), LQ_OK);
    assert_true(isnan(lq_sample_estimate(&split, &lq_gauge_quantile, 0.5).se));
    lq_sample_clear(&split);
    lq_tally_destroy(t);
}

static void nothing_is_not_defined(void **state)
{
    (void)state;
    lq_tally *t = lq_tally_create(&LQ_TALLY_PART);
    lq_sample empty;
    lq_error err;
    assert_int_equal(lq_sample_read(t, false, &empty, &err), LQ_OK);
    assert_true(isnan(lq_sample_estimate(&empty, &lq_gauge_mean, 0.0).value));
    lq_sample_clear(&empty);
    lq_tally_destroy(t);
}

static void replicates_without_paths_do_not_count(void **state)
{
    (void)state;
    const double values[4] = {1.0, (double)NAN, 3.0, (double)NAN};
    const lq_estimate e = lq_estimate_of_replicates(2.0, values, 4);
    assert_near(e.value, 2.0, 0.0);
    assert_near(e.se, 1.0, 1e-12);
    assert_int_equal(e.n_degrees, 1);
    assert_true(isnan(lq_estimate_of_replicates(2.0, values, 2).se));
}

static void a_failed_allocation_leaves_nothing(void **state)
{
    (void)state;
    lq_tally *t = sixteen_replicates();
    int failures = 0;
    for (lq_status st = LQ_ENOMEM; st != LQ_OK; failures += st != LQ_OK) {
        lq_sample s;
        lq_heap_permit(failures);
        st = lq_sample_read(t, true, &s, NULL);
        if (st == LQ_OK) lq_sample_clear(&s);
        lq_heap_restore();
        assert_true(st == LQ_OK || st == LQ_ENOMEM);
        assert_int_equal(lq_heap_live(), 0);
    }
    assert_true(failures > LQ_REPLICATES_RANDOM);
    lq_tally_destroy(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formulas_and_replicates_agree_on_the_value),
        cmocka_unit_test(replicates_show_their_own_spread),
        cmocka_unit_test(a_quantile_may_be_the_next_atom),
        cmocka_unit_test(a_single_replicate_tells_no_error_of_a_quantile),
        cmocka_unit_test(nothing_is_not_defined),
        cmocka_unit_test(replicates_without_paths_do_not_count),
        cmocka_unit_test(a_failed_allocation_leaves_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
