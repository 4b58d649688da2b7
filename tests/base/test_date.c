#include "lq_test.h"

#include "base/date.h"

static const struct {
    const char *name;
    lq_date from;
    int months;
    lq_date to;
} additions[] = {
    {"plain", {2027, 1, 1}, 1, {2027, 2, 1}},
    {"year", {2027, 1, 1}, 48, {2031, 1, 1}},
    {"cut to 28", {2027, 1, 31}, 1, {2027, 2, 28}},
    {"cut to 29", {2028, 1, 31}, 1, {2028, 2, 29}},
    {"cut to 30", {2027, 8, 31}, 3, {2027, 11, 30}},
    {"backwards", {2027, 3, 31}, -1, {2027, 2, 28}},
    {"over new year backwards", {2027, 1, 15}, -2, {2026, 11, 15}},
    {"nothing", {2027, 5, 5}, 0, {2027, 5, 5}},
};

static const struct {
    lq_date date;
    bool valid;
} dates[] = {
    {{2027, 1, 1}, true},   {{2028, 2, 29}, true},  {{2027, 2, 29}, false},
    {{2000, 2, 29}, true},  {{1900, 2, 29}, false}, {{2100, 2, 29}, false},
    {{2027, 4, 31}, false}, {{2027, 0, 1}, false},  {{2027, 13, 1}, false},
    {{2027, 1, 0}, false},  {{1899, 1, 1}, false},  {{2200, 1, 1}, false},
    {{1900, 1, 1}, true},   {{2199, 12, 31}, true}, {{0, 0, 0}, false},
};

static const struct {
    lq_date date;
    long days; /* since 1970-01-01, from `date -u -d DATE +%s` */
} counts[] = {
    {{1970, 1, 1}, 0},      {{1969, 12, 31}, -1},   {{2000, 2, 29}, 11016},
    {{2000, 3, 1}, 11017},  {{2027, 1, 1}, 20819},  {{2100, 3, 1}, 47541},
    {{1900, 1, 1}, -25567}, {{2038, 1, 19}, 24855},
};

static void assert_same(lq_date got, lq_date want)
{
    char a[LQ_DATE_CHARS], b[LQ_DATE_CHARS];
    assert_string_equal(lq_date_format(got, a), lq_date_format(want, b));
}

static void months_are_added(void **state)
{
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(additions); i++)
        assert_same(lq_date_add_months(additions[i].from, additions[i].months),
                    additions[i].to);
}

static void dates_exist_or_do_not(void **state)
{
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(dates); i++)
        assert_int_equal(lq_date_valid(dates[i].date), dates[i].valid);
}

static void days_are_counted(void **state)
{
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(counts); i++) {
        assert_int_equal(lq_date_days(counts[i].date), counts[i].days);
        assert_same(lq_date_from_days(counts[i].days), counts[i].date);
    }
}

/* Every day of three centuries: consecutive, valid, and back again. */
static void days_and_dates_are_one_to_one(void **state)
{
    (void)state;
    const long first = lq_date_days((lq_date){1900, 1, 1});
    const long last = lq_date_days((lq_date){2199, 12, 31});
    for (long day = first; day <= last; day++) {
        const lq_date date = lq_date_from_days(day);
        assert_true(lq_date_valid(date));
        assert_int_equal(lq_date_days(date), day);
    }
}

/* R3: month k covers [start + k - 1 months, start + k months), and is dated on its last day. */
static void r3_a_month_is_dated_on_its_last_day(void **state)
{
    (void)state;
    const lq_date start = {2027, 1, 1};
    assert_same(lq_date_of_month(start, 0), start);
    assert_same(lq_date_of_month(start, 1), (lq_date){2027, 1, 31});
    assert_same(lq_date_of_month(start, 12), (lq_date){2027, 12, 31});
    assert_same(lq_date_of_month(start, 48), (lq_date){2030, 12, 31});
    assert_same(lq_date_of_month((lq_date){2027, 1, 31}, 1), (lq_date){2027, 2, 27});
    int of_2027 = 0;
    for (int k = 1; k <= 48; k++)
        of_2027 += lq_date_of_month(start, k).year == 2027;
    assert_int_equal(of_2027, 12);
}

static void dates_are_written_as_iso(void **state)
{
    (void)state;
    char text[LQ_DATE_CHARS];
    assert_string_equal(lq_date_format((lq_date){2027, 3, 4}, text), "2027-03-04");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(months_are_added),
        cmocka_unit_test(dates_exist_or_do_not),
        cmocka_unit_test(days_are_counted),
        cmocka_unit_test(days_and_dates_are_one_to_one),
        cmocka_unit_test(r3_a_month_is_dated_on_its_last_day),
        cmocka_unit_test(dates_are_written_as_iso),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
