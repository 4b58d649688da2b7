#include "lq_test.h"

#include "equity/vesting.h"
#include "rng/philox.h"

#include <math.h>

static const double front_loaded[] = {0.35, 0.25, 0.2, 0.2}, even[] = {0.25, 0.25, 0.25, 0.25};
static const int table_months[] = {12, 15, 30};
static const double table_parts[] = {0.25, 0.0625, 0.6875};

/* Whole units vested by a month. */
static double vested_by(const lq_vest *vests, size_t n, int month, double units)
{
    double out = 0.0;
    for (size_t i = 0; i < n && vests[i].month <= month; i++)
        out = lq_vesting_whole_units(units, vests[i].cumulative_frac);
    return out;
}

static const struct {
    const char *name;
    lq_vesting_spec spec;
    double units;
    size_t n;
    int month[8];
    double vested[8];
} cases[] = {
    {"VST-01: 48 months, a year's cliff, whole units",
     {.form = LQ_VESTING_EVENLY, .over_months = 48, .every_months = 1, .cliff_months = 12},
     10000,
     8,
     {0, 11, 12, 13, 24, 47, 48, 60},
     {0, 0, 2500, 2708, 5000, 9791, 10000, 10000}},
    {"VST-03: 35/25/20/20 a year",
     {.form = LQ_VESTING_BY_YEARS,
      .years_frac = front_loaded,
      .n = 4,
      .every_months = 12,
      .cliff_months = 12},
     100000,
     6,
     {11, 12, 23, 24, 36, 48},
     {0, 35000, 35000, 60000, 80000, 100000}},
    {"35/25/20/20 by quarters, a year's cliff",
     {.form = LQ_VESTING_BY_YEARS,
      .years_frac = front_loaded,
      .n = 4,
      .every_months = 3,
      .cliff_months = 12},
     100000,
     7,
     {9, 12, 14, 15, 24, 27, 48},
     {0, 35000, 35000, 41250, 60000, 65000, 100000}},
    {"equal years by month, no cliff",
     {.form = LQ_VESTING_BY_YEARS, .years_frac = even, .n = 4, .every_months = 1},
     4800,
     4,
     {1, 12, 13, 48},
     {100, 1200, 1300, 4800}},
    {"a cliff between instalments",
     {.form = LQ_VESTING_EVENLY, .over_months = 48, .every_months = 3, .cliff_months = 7},
     1600,
     4,
     {6, 7, 8, 9},
     {0, 200, 200, 300}},
    {"a table",
     {.form = LQ_VESTING_BY_TABLE, .years_frac = table_parts, .months = table_months, .n = 3},
     1600,
     5,
     {11, 12, 15, 29, 30},
     {0, 400, 500, 500, 1600}},
};

static void schedules_vest_what_they_say(void **state)
{
    (void)state;
    lq_vest vests[LQ_VESTING_MAX_EVENTS];
    for (size_t i = 0; i < LQ_COUNT(cases); i++) {
        const size_t n = lq_vesting_expand(&cases[i].spec, vests);
        assert_true(n > 0);
        for (size_t j = 0; j < cases[i].n; j++) {
            const double got = vested_by(vests, n, cases[i].month[j], cases[i].units);
            if (got != cases[i].vested[j])
                print_error("%s, month %d\n", cases[i].name, cases[i].month[j]);
            assert_near(got, cases[i].vested[j], 0.0);
        }
    }
}

/* VST-10: a grant of 4,800 and refreshers of 1,200 at months 12, 24 and 36, each over 4 years.
 */
static void vst_10_refreshers_stack(void **state)
{
    (void)state;
    static const double want[8] = {1200, 1500, 1800, 2100, 900, 600, 300, 0};
    static const struct {
        int from;
        double units;
    } grants[] = {{0, 4800}, {12, 1200}, {24, 1200}, {36, 1200}};
    const lq_vesting_spec spec = {
        .form = LQ_VESTING_EVENLY, .over_months = 48, .every_months = 1};
    lq_vest vests[LQ_VESTING_MAX_EVENTS];
    double by_year[9] = {0};
    for (size_t g = 0; g < LQ_COUNT(grants); g++) {
        const size_t n = lq_vesting_expand(&spec, vests);
        for (size_t i = 0; i < n; i++)
            by_year[(grants[g].from + vests[i].month - 1) / 12] +=
                grants[g].units * vests[i].fraction;
    }
    for (size_t y = 0; y < 8; y++)
        assert_near(by_year[y], want[y], 1e-9);
}

static double uniform(uint64_t trial, uint32_t i)
{
    const lq_philox_key key = lq_philox_key_make(5, LQ_DOMAIN_MAIN);
    return lq_uniform_at(key, trial, 0, i / 4, (int)(i % 4));
}

/* Months rise, nothing vests before the cliff, parts are positive and sum to exactly one. */
static void laws_hold_on_random_schedules(void **state)
{
    (void)state;
    static const int every[] = {1, 2, 3, 4, 6, 12};
    lq_vest vests[LQ_VESTING_MAX_EVENTS];
    for (uint64_t t = 0; t < 5000; t++) {
        double parts[5], sum = 0.0;
        const size_t n_years = 1 + (size_t)(5.0 * uniform(t, 0));
        for (size_t y = 0; y < n_years; y++)
            sum += parts[y] = 0.01 + uniform(t, 4 + (uint32_t)y);
        for (size_t y = 0; y < n_years; y++)
            parts[y] /= sum;
        const int step = every[(size_t)(6.0 * uniform(t, 1))];
        const lq_vesting_spec spec = {
            .form = uniform(t, 2) < 0.5 ? LQ_VESTING_BY_YEARS : LQ_VESTING_EVENLY,
            .years_frac = parts,
            .n = n_years,
            .over_months = (int)n_years * 12,
            .every_months = step,
            .cliff_months = (int)(uniform(t, 3) * 12.0 * (double)n_years)};
        const size_t n = lq_vesting_expand(&spec, vests);
        assert_true(n >= 1);
        assert_true(vests[0].month >= spec.cliff_months);
        double total = 0.0;
        for (size_t i = 0; i < n; i++) {
            assert_true(i == 0 || vests[i].month > vests[i - 1].month);
            assert_true(vests[i].fraction > 0.0);
            total += vests[i].fraction;
            assert_near(vests[i].cumulative_frac, total, 1e-12);
        }
        assert_true(vests[n - 1].cumulative_frac == 1.0);
        assert_true(vests[n - 1].month <= 12 * (int)n_years);
    }
}

static void too_many_vests_are_refused(void **state)
{
    (void)state;
    lq_vest vests[LQ_VESTING_MAX_EVENTS];
    lq_vesting_spec spec = {.form = LQ_VESTING_EVENLY, .over_months = 480, .every_months = 1};
    assert_int_equal(lq_vesting_expand(&spec, vests), 480);
    spec.over_months = 481;
    assert_int_equal(lq_vesting_expand(&spec, vests), 0);
}

static void whole_units_carry_the_remainder(void **state)
{
    (void)state;
    assert_near(lq_vesting_whole_units(10.0, 1.0 / 3.0), 3.0, 0.0);
    assert_near(lq_vesting_whole_units(10.0, 2.0 / 3.0), 6.0, 0.0);
    assert_near(lq_vesting_whole_units(10.0, 1.0), 10.0, 0.0);
    /* a product a hair under an integer is that integer */
    assert_near(lq_vesting_whole_units(4800.0, 0.1 + 0.2), 1440.0, 0.0);
    assert_near(lq_vesting_whole_units(1000.0, 0.35 + 0.25 + 0.2 + 0.2), 1000.0, 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(schedules_vest_what_they_say),
        cmocka_unit_test(vst_10_refreshers_stack),
        cmocka_unit_test(laws_hold_on_random_schedules),
        cmocka_unit_test(too_many_vests_are_refused),
        cmocka_unit_test(whole_units_carry_the_remainder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
