#include "fill.h"

#include "stats/stake.h"

static lq_tally *two_strata(lq_strata_sums *sums)
{
    lq_tally *tally = lq_tally_create(&LQ_TALLY_TOTAL);
    const uint8_t stratum[] = {4, 4, 9, 9};
    const double x[] = {100.0, 200.0, 3000.0, 5000.0}, growth[] = {0.8, 0.9, 1.2, 1.4};
    *sums = (lq_strata_sums){0};
    lq_tally_add_joint(tally, 0, stratum, x, 4);
    lq_tally_add_joint(tally, 7, stratum, x, 2);
    lq_strata_sums_add(sums, stratum, growth, 4);
    return tally;
}

static void strata_carry_their_growth_and_paths(void **state)
{
    (void)state;
    lq_strata_sums sums;
    lq_tally *tally = two_strata(&sums);
    lq_stake *stake = lq_stake_create(tally, &sums);
    assert_int_equal(stake->n_strata, LQ_STRATA);
    assert_int_equal(lq_stake_n_replicates(stake), 16);
    assert_near(stake->n_paths, 6.0, 1e-12);
    assert_near(stake->strata[4].growth, 0.85, 1e-9);
    assert_near(stake->strata[4].law->n_paths, 4.0, 1e-12);
    assert_near(stake->strata[9].growth, 1.3, 1e-9);
    assert_near(stake->lowest, 100.0, 0.0);
    assert_near(stake->highest, 5000.0, 0.0);
    assert_near(stake->mean, 8600.0 / 6.0, 1e-9);
    lq_stake_destroy(stake);
    lq_tally_destroy(tally);
}

static void without_growth_there_is_one_stratum_at_full_resolution(void **state)
{
    (void)state;
    lq_strata_sums sums;
    lq_tally *tally = two_strata(&sums);
    lq_stake *stake = lq_stake_create(tally, NULL);
    assert_int_equal(stake->n_strata, 1);
    assert_int_equal(stake->strata[0].law->len, 4);
    double weight = 0.0;
    for (size_t i = 0; i < 4; i++)
        weight += stake->strata[0].weight[7 * 4 + i];
    assert_near(weight, 2.0, 1e-12);
    lq_stake_destroy(stake);
    lq_tally_destroy(tally);
}

static void a_tally_without_replicates_has_none(void **state)
{
    (void)state;
    lq_tally *tally = lq_tally_create(&LQ_TALLY_YEAR);
    lq_tally_add_constant(tally, 0, 0, 5.0, 10);
    lq_stake *stake = lq_stake_create(tally, NULL);
    assert_int_equal(lq_stake_n_replicates(stake), 0);
    lq_stake_destroy(stake);
    lq_tally_destroy(tally);
}

static void every_failed_allocation_is_null_and_leaks_nothing(void **state)
{
    (void)state;
    lq_strata_sums sums;
    lq_tally *tally = two_strata(&sums);
    lq_stake *stake = NULL;
    for (int permitted = 0; !stake; permitted += 1 + permitted / 8) {
        lq_heap_permit(permitted);
        stake = lq_stake_create(tally, &sums);
        const bool made = stake != NULL;
        if (made) lq_stake_destroy(stake);
        assert_int_equal(lq_heap_live(), 0);
        lq_heap_restore();
    }
    lq_tally_destroy(tally);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strata_carry_their_growth_and_paths),
        cmocka_unit_test(without_growth_there_is_one_stratum_at_full_resolution),
        cmocka_unit_test(a_tally_without_replicates_has_none),
        cmocka_unit_test(every_failed_allocation_is_null_and_leaks_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
