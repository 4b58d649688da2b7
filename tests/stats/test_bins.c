#include "fill.h"

#include "stats/bins.h"

#include <string.h>

/* Keys rise with |x| on either side of zero, and pages mirror each other. */
static void keys_follow_the_order_of_values(void **state)
{
    (void)state;
    const uint32_t bits = 9;
    uint64_t last = lq_key_of(lq_bits_of(0.0), bits);
    assert_int_equal(last, LQ_NEAR_ZERO);
    for (double x = 1e-12; x < LQ_TALLY_LIMIT; x *= 1.0007) {
        const uint64_t key = lq_key_of(lq_bits_of(x), bits);
        const uint64_t mirror = lq_key_of(lq_bits_of(-x), bits);
        assert_true(key >= last);
        assert_true(key >> bits == 0 ? mirror == 2 * LQ_NEAR_ZERO - key
                                     : mirror == key + ((uint64_t)LQ_OCTAVES << bits));
        last = key;
    }
    assert_true(last >> bits == LQ_OCTAVES);
}

static void borders_are_where_the_header_says(void **state)
{
    (void)state;
    static const struct {
        double x;
        uint64_t key;
    } cases[] = {
        {-0.011, LQ_NEAR_BELOW},
        {-0.01, LQ_NEAR_CENT_BELOW},
        {-1e-300, LQ_NEAR_CENT_BELOW},
        {0.0, LQ_NEAR_ZERO},
        {1e-9, LQ_NEAR_CENT_ABOVE},
        {0.01, LQ_NEAR_CENT_ABOVE},
        {0.0100001, LQ_NEAR_ABOVE},
        {0.9999999, LQ_NEAR_ABOVE},
        {1.0, 1 << 6},
        {1.9999999, (2 << 6) - 1},
        {2.0, 2 << 6},
        {3.0, (2 << 6) + 32},
        {-1.0, (1 + LQ_OCTAVES) << 6},
    };
    for (size_t i = 0; i < LQ_COUNT(cases); i++)
        assert_int_equal(lq_key_of(lq_bits_of(cases[i].x), 6), cases[i].key);
}

static void a_coarser_key_is_the_key_at_that_resolution(void **state)
{
    (void)state;
    for (double x = -1e14; x < 1e14; x = x < 0 ? x * 0.9 + 1e-3 : x * 1.1 + 1e-3) {
        const uint32_t fine = (uint32_t)lq_key_of(lq_bits_of(x), 9);
        assert_int_equal(lq_coarser(fine, 9, 4), lq_key_of(lq_bits_of(x), 4));
    }
}

static void record_key(const lq_bin *bin, uint32_t key, void *context)
{
    (void)key;
    double *last = context;
    assert_true(bin->min > *last);
    *last = bin->max;
}

static void visits_go_up_in_value(void **state)
{
    (void)state;
    lq_bins bins = lq_bins_empty(32, 0, 0);
    uint64_t seed = 4;
    for (int i = 0; i < 500; i++) {
        const double x = next_normal(&seed) * (i % 3 == 0 ? 1e6 : i % 3 == 1 ? 3.0 : 0.02);
        const uint32_t key = (uint32_t)lq_key_of(lq_bits_of(x), bins.bits);
        lq_slot *bin = lq_bins_slot(&bins, lq_bins_page(&bins, key >> 5), key & 31);
        bin->weight++;
        bin->min = fmin(bin->min, x);
        bin->max = fmax(bin->max, x);
    }
    double last = -(double)INFINITY;
    lq_bins_each(&bins, record_key, &last);
    assert_true(last > 1e6);
    lq_bins_release(&bins);
}

static void sums_carry_across_words_and_signs(void **state)
{
    (void)state;
    lq_sum sum = {0};
    const lq_wide big = (lq_wide)INT64_MAX * 1000;
    lq_sum_add(&sum, big);
    lq_sum_add(&sum, -1);
    assert_true(lq_sum_value(sum) == big - 1);
    lq_sum_add(&sum, -2 * big);
    assert_true(lq_sum_value(sum) == -big - 1);
}

static void rows_merge_by_adding(void **state)
{
    (void)state;
    lq_rows a = {.bits = 4, .n_rows = 3}, b = a;
    lq_rows_wide(&a, 2)[(1 << 4) + 5] = 7;
    lq_rows_wide(&b, 2)[(1 << 4) + 5] = 8;
    lq_rows_wide(&b, 3)[0] = 1;
    assert_true(lq_rows_merge(&a, &b));
    assert_int_equal(lq_rows_at(&a, 1, (2 << 4) + 5), 15);
    assert_int_equal(lq_rows_at(&a, 0, 3 << 4), 1);
    assert_int_equal(lq_rows_at(&a, 2, 9 << 4), 0);
    lq_rows_clear(&a);
    assert_int_equal(lq_rows_at(&a, 1, (2 << 4) + 5), 0);
    lq_rows_release(&a);
    lq_rows_release(&b);
}

/* Narrow counters hand on what no longer fits, in cells and rows, also when merged. */
static void full_counters_hand_on(void **state)
{
    (void)state;
    lq_rows a = {.bits = 4, .n_rows = 3}, b = a;
    lq_rows_narrow(&a, 2)[5] = 65535;
    lq_rows_narrow(&b, 2)[5] = 7;
    assert_true(lq_rows_merge(&a, &b));
    assert_int_equal(lq_rows_at(&a, 0, (2 << 4) + 5), 65542);
    lq_rows_release(&a);
    lq_rows_release(&b);

    lq_bins c = lq_bins_empty(512, 8192, 0), d = lq_bins_empty(512, 8192, 0);
    lq_slot *one = lq_bins_slot(&c, lq_bins_page(&c, 20), 100);
    lq_slot *other = lq_bins_slot(&d, lq_bins_page(&d, 20), 100);
    assert_int_equal((uintptr_t)one % 64, 0);
    one->weight = one->cell[15] = 65000;
    other->weight = other->cell[15] = 1000;
    assert_true(lq_bins_merge(&c, &d));
    assert_int_equal(lq_bins_cell(&c, 20, 100, 15), 66000);
    lq_bins_clear(&c);
    assert_int_equal(lq_bins_cell(&c, 20, 100, 15), 0);
    lq_bins_release(&c);
    lq_bins_release(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_follow_the_order_of_values),
        cmocka_unit_test(borders_are_where_the_header_says),
        cmocka_unit_test(a_coarser_key_is_the_key_at_that_resolution),
        cmocka_unit_test(visits_go_up_in_value),
        cmocka_unit_test(sums_carry_across_words_and_signs),
        cmocka_unit_test(rows_merge_by_adding),
        cmocka_unit_test(full_counters_hand_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
