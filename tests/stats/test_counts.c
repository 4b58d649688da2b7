#include "fill.h"

#include "stats/counts.h"

#include <stdlib.h>

static void add_all(lq_counts *counts, uint32_t slot, const int32_t *value, size_t n)
{
    for (size_t i = 0; i < n; i++)
        lq_counts_add(counts, slot, value[i], 1);
}

/* 10 paths: month 3 twice, 7 three times, 20 once, never four times. */
static lq_counts *ten_paths(void)
{
    lq_counts *counts = lq_counts_create(121, 2);
    const int32_t a[] = {3, 7, LQ_NEVER, 7, 20}, b[] = {7, 3, -1, 121, 500};
    add_all(counts, 0, a, 5);
    add_all(counts, 1, b, 5);
    return counts;
}

static void values_are_counted_and_the_rest_is_never(void **state)
{
    (void)state;
    lq_counts *counts = ten_paths();
    assert_int_equal(lq_counts_at(counts, LQ_POOLED, 3), 2);
    assert_int_equal(lq_counts_at(counts, LQ_POOLED, 7), 3);
    assert_int_equal(lq_counts_at(counts, LQ_POOLED, LQ_NEVER), 4);
    assert_int_equal(lq_counts_at(counts, 1, LQ_NEVER), 3);
    assert_int_equal(lq_counts_total(counts, LQ_POOLED), 10);
    assert_near(lq_counts_mean(counts, LQ_POOLED), 47.0 / 6.0, 1e-12);
    assert_near(lq_counts_cdf(counts, LQ_POOLED, 7), 0.5, 1e-15);
    assert_near(lq_counts_cdf(counts, LQ_POOLED, 120), 0.6, 1e-15);
    assert_near(lq_counts_cdf(counts, LQ_POOLED, LQ_NEVER), 0.6, 1e-15);
    assert_near(lq_counts_cdf(counts, LQ_POOLED, -1), 0.0, 0.0);
    double shares[2];
    lq_counts_replicate_shares(counts, 7, shares);
    assert_near(shares[0], 0.4, 1e-15);
    assert_near(shares[1], 0.2, 1e-15);
    lq_counts_destroy(counts);
}

static void quantiles_are_the_smallest_value_that_reaches_p(void **state)
{
    (void)state;
    static const struct {
        double p;
        int32_t value;
    } cases[] = {{0.0, 3},  {0.2, 3},         {0.21, 7},      {0.5, 7},
                 {0.6, 20}, {0.61, LQ_NEVER}, {1.0, LQ_NEVER}};
    lq_counts *counts = ten_paths();
    for (size_t i = 0; i < LQ_COUNT(cases); i++)
        assert_int_equal(lq_counts_quantile(counts, LQ_POOLED, cases[i].p), cases[i].value);
    lq_counts_clear(counts);
    assert_int_equal(lq_counts_quantile(counts, LQ_POOLED, 0.5), -1);
    assert_int_equal(lq_counts_total(counts, LQ_POOLED), 0);
    lq_counts_destroy(counts);
}

static void estimates_carry_errors(void **state)
{
    (void)state;
    lq_counts *counts = lq_counts_create(48, 1);
    for (int32_t month = 0; month < 48; month++)
        lq_counts_add(counts, 0, month, 100); /* uniform */
    lq_estimate median = lq_counts_estimate_quantile(counts, 0.5, 0.5 / sqrt(4800.0));
    assert_near(median.value, 23.0, 0.0);
    /* half of the paths lie below month 24: one more or less, and it is month 24 */
    assert_near(median.se, 0.5, 0.01);
    const lq_estimate share = lq_counts_share(counts, 5, 1.0);
    assert_near(share.value, 1.0 / 48.0, 1e-15);
    assert_near(share.se, sqrt(47.0 / 48.0 / 48.0 / 4800.0), 1e-9);
    lq_counts_add(counts, 0, LQ_NEVER, 4800 * 9);
    median = lq_counts_estimate_quantile(counts, 0.5, 0.5 / sqrt(48000.0));
    assert_true(isinf(median.value) && isnan(median.se));
    lq_counts_destroy(counts);
}

static void merging_adds_and_packing_returns(void **state)
{
    (void)state;
    lq_counts *a = ten_paths(), *b = ten_paths(), *c = NULL;
    lq_counts_merge(a, b);
    assert_int_equal(lq_counts_at(a, 0, 7), 4);
    const size_t size = lq_counts_packed_size(a);
    uint8_t *bytes = malloc(size);
    lq_counts_pack(a, bytes);
    assert_int_equal(lq_counts_unpack(bytes, size, &c, NULL), LQ_OK);
    assert_int_equal(lq_counts_n_values(c), 121);
    for (int32_t v = -1; v < 121; v++)
        assert_int_equal(lq_counts_at(c, 1, v), lq_counts_at(a, 1, v));
    lq_counts_destroy(c);
    for (size_t len = 0; len < size; len += 7) {
        assert_int_equal(lq_counts_unpack(bytes, len, &c, NULL), LQ_EPARSE);
        assert_null(c);
    }
    bytes[15] = 0xFF; /* slots beyond reason */
    assert_int_equal(lq_counts_unpack(bytes, size, &c, NULL), LQ_EPARSE);
    free(bytes);
    lq_counts_destroy(a);
    lq_counts_destroy(b);
}

static void out_of_memory_is_null(void **state)
{
    (void)state;
    lq_heap_permit(0);
    assert_null(lq_counts_create(10, 1));
    lq_heap_restore();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_counted_and_the_rest_is_never),
        cmocka_unit_test(quantiles_are_the_smallest_value_that_reaches_p),
        cmocka_unit_test(estimates_carry_errors),
        cmocka_unit_test(merging_adds_and_packing_returns),
        cmocka_unit_test(out_of_memory_is_null),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
