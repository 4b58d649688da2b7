#include "fill.h"

#include "stats/functional.h"

#include <stdlib.h>

static void an_empty_law_has_no_numbers(void **state)
{
    (void)state;
    lq_tally *tally = lq_tally_create(&LQ_TALLY_PART);
    for (int32_t r = LQ_POOLED; r < 2; r++) {
        lq_law *law = lq_law_create(tally, r);
        assert_int_equal(law->len, 0);
        assert_near(law->n_paths, 0.0, 0.0);
        assert_true(isnan(law->mean) && isnan(lq_law_quantile(law, 0.5)));
        assert_true(isnan(lq_law_cvar(law, 0.05)) && isnan(lq_law_sd(law)));
        assert_true(isnan(lq_law_cdf(law, 1.0)) && isnan(lq_law_shortfall(law, 1.0)));
        lq_law_destroy(law);
    }
    lq_tally_destroy(tally);
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

enum { N = 65536 };

/* Replicates have the pooled bins; their quantiles are right to a part of a bin. */
static void a_replicate_is_close_to_its_own_samples(void **state)
{
    (void)state;
    static double x[N], own[N / 16];
    uint64_t seed = 21;
    lq_tally *tally = lq_tally_create(&LQ_TALLY_PART);
    for (size_t i = 0; i < N; i++)
        x[i] = next_uniform(&seed) < 0.3 ? 0.0 : 1e6 * lq_exp(0.4 * next_normal(&seed));
    for (size_t b = 0; b < N / 64; b++)
        lq_tally_add_block(tally, (uint32_t)(b % 16), x + 64 * b, 64);
    for (int32_t r = 0; r < 16; r++) {
        double sum = 0.0;
        for (size_t i = 0; i < N / 16; i++) {
            own[i] = x[(i / 64 * 16 + (size_t)r) * 64 + i % 64];
            sum += own[i];
        }
        qsort(own, N / 16, sizeof *own, ascending);
        lq_law *law = lq_law_create(tally, r);
        assert_near(law->n_paths, N / 16.0, 1e-9);
        assert_near(law->mean, sum / (N / 16), 0.01);
        for (double p = 0.05; p < 1.0; p += 0.05) {
            const double want = own[(size_t)ceil(p * (N / 16) - 1e-9) - 1];
            assert_near(lq_law_quantile(law, p), want, 0.008 * want);
        }
        assert_true(lq_law_quantile(law, 0.2) == 0.0);
        lq_law_destroy(law);
    }
    lq_tally_destroy(tally);
}

static void aligned_laws_have_the_same_bins(void **state)
{
    (void)state;
    lq_tally *tally = lq_tally_create(&LQ_TALLY_TOTAL);
    const double x[] = {1.0, 5e5, 5.1e5, -3.0};
    const uint8_t stratum[] = {0, 3, 3, 15};
    lq_tally_add_joint(tally, 2, stratum, x, 4);
    lq_law_source *source = lq_law_source_create(tally);
    for (int32_t s = LQ_POOLED; s < 16; s++) {
        lq_law *all = lq_law_aligned_of(source, s, LQ_POOLED, NULL);
        double sum = 0.0, weights[16 * 4];
        assert_true(all->len <= 4);
        lq_law_weights_of(source, s, all->len, weights);
        for (int32_t r = 0; r < 16; r++) {
            lq_law *one = lq_law_aligned_of(source, s, r, r % 2 ? all : NULL);
            assert_int_equal(one->len, all->len);
            for (size_t i = 0; i < one->len; i++) {
                assert_true(one->bin[i].min == all->bin[i].min);
                assert_true(one->bin[i].mean == all->bin[i].mean);
                assert_true(one->bin[i].variance == all->bin[i].variance);
                assert_true(one->bin[i].weight == weights[(size_t)r * all->len + i]);
            }
            sum += one->n_paths;
            lq_law_destroy(one);
        }
        assert_near(sum, all->n_paths, 1e-12);
        assert_near(sum,
                    s == LQ_POOLED      ? 4.0
                    : s == 3            ? 2.0
                    : s == 0 || s == 15 ? 1.0
                                        : 0.0,
                    1e-12);
        lq_law_destroy(all);
    }
    lq_law_source_destroy(source);
    lq_tally_destroy(tally);
}

/* Coarse bins keep range, mean and variance of what they join. */
static void a_stratum_keeps_two_moments(void **state)
{
    (void)state;
    lq_tally *tally = lq_tally_create(&LQ_TALLY_TOTAL);
    uint64_t seed = 23;
    for (size_t b = 0; b < 500; b++) {
        double x[64];
        const uint8_t stratum[64] = {0};
        for (size_t i = 0; i < 64; i++)
            x[i] = i % 4 == 0 ? 7e5 : 4e5 * next_normal(&seed) + 6e5;
        lq_tally_add_joint(tally, (uint32_t)(b % 16), stratum, x, 64);
    }
    lq_law *fine = lq_law_create(tally, LQ_POOLED);
    lq_law *coarse = lq_law_create_stratum(tally, 0, LQ_POOLED);
    assert_true(coarse->len * 8 < fine->len);
    assert_near(coarse->mean, fine->mean, 1e-9 * fine->mean);
    assert_near(lq_law_sd(coarse), lq_law_sd(fine), 1e-9 * lq_law_sd(fine));
    assert_true(coarse->bin[0].min == fine->bin[0].min);
    assert_true(coarse->bin[coarse->len - 1].max == fine->bin[fine->len - 1].max);
    lq_law_destroy(fine);
    lq_law_destroy(coarse);
    lq_tally_destroy(tally);
}

static void out_of_memory_is_null(void **state)
{
    (void)state;
    lq_tally *tally = lq_tally_create(&LQ_TALLY_PART);
    lq_tally_add_constant(tally, 0, 0, 5.0, 1);
    for (int permitted = 0; permitted < 3; permitted++) {
        lq_heap_permit(permitted);
        assert_null(lq_law_create(tally, LQ_POOLED));
        assert_int_equal(lq_heap_live(), 0);
        lq_heap_restore();
    }
    lq_tally_destroy(tally);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_law_has_no_numbers),
        cmocka_unit_test(a_replicate_is_close_to_its_own_samples),
        cmocka_unit_test(aligned_laws_have_the_same_bins),
        cmocka_unit_test(a_stratum_keeps_two_moments),
        cmocka_unit_test(out_of_memory_is_null),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
