#include "fill.h"

#include "stats/bins.h"
#include "stats/law.h"

#include <stdlib.h>

static void hundredths_are_exact(void **state)
{
    (void)state;
    static const struct {
        double x;
        int64_t cents;
    } cases[] = {{0.01, 1},
                 {0.29, 29},
                 {1.005, 100},
                 {-12.34, -1234},
                 {1187910.37, 118791037},
                 {-0.004, 0},
                 {17592186044416.25, 1759218604441625},
                 {1e15, 100000000000000000},
                 {-1e15, -100000000000000000}};
    for (size_t i = 0; i < LQ_COUNT(cases); i++) {
        lq_tally *tally = lq_tally_create(&LQ_TALLY_PART);
        lq_tally_add_block(tally, 5, &cases[i].x, 1);
        assert_true(lq_sum_value(tally->replicate_sums[5]) == cases[i].cents);
        lq_tally_destroy(tally);
    }
}

/* Summing 2^20 numbers of 1e15 needs more than 64 bits. */
static void sums_do_not_overflow(void **state)
{
    (void)state;
    lq_tally *tally = lq_tally_create(&LQ_TALLY_YEAR);
    lq_tally_add_constant(tally, 0, 0, 1e15, (uint64_t)1 << 20);
    lq_tally_add_constant(tally, 0, 0, 1e15 - 1, (uint64_t)1 << 20);
    lq_law *law = lq_law_create(tally, LQ_POOLED);
    assert_near(law->mean, 1e15 - 0.5, 0.0);
    lq_law_destroy(law);
    lq_tally_destroy(tally);
}

static void negative_zero_is_zero(void **state)
{
    (void)state;
    const double x[] = {-0.0, 0.0};
    lq_tally *tally = lq_tally_create(&LQ_TALLY_YEAR);
    lq_tally_add_block(tally, 0, x, 2);
    lq_law *law = lq_law_create(tally, LQ_POOLED);
    assert_int_equal(law->len, 1);
    assert_near(law->zero, 2.0, 0.0);
    assert_false(signbit(law->bin[0].min));
    lq_law_destroy(law);
    lq_tally_destroy(tally);
}

/* Every path is in the pooled bins once, in its replicate once, in its stratum once. */
static void the_three_sets_agree(void **state)
{
    (void)state;
    lq_tally *tally = lq_tally_create(&LQ_TALLY_TOTAL);
    uint64_t seed = 9, n_in_stratum[16] = {0};
    for (uint32_t b = 0; b < 320; b++) {
        double x[64];
        uint8_t stratum[64];
        for (size_t i = 0; i < 64; i++) {
            stratum[i] = (uint8_t)(next_word(&seed) % 16);
            n_in_stratum[stratum[i]]++;
            x[i] = b % 5 == 0 ? 1e5 : b % 7 == 0 && i == 3 ? 3e14 : 1e6 * next_normal(&seed);
        }
        lq_tally_add_joint(tally, b % 16, stratum, x, 64);
    }
    double sum = 0.0, sum_cents = 0.0;
    lq_law *all = lq_law_create(tally, LQ_POOLED);
    for (int32_t k = 0; k < 16; k++) {
        lq_law *replicate = lq_law_create(tally, k);
        lq_law *stratum = lq_law_create_stratum(tally, (uint32_t)k, LQ_POOLED);
        assert_near(replicate->n_paths, 1280.0, 1e-9);
        assert_near(stratum->n_paths, (double)n_in_stratum[k], 1e-9);
        sum += replicate->mean / 16.0;
        sum_cents += stratum->mean * stratum->n_paths / all->n_paths;
        lq_law_destroy(replicate);
        lq_law_destroy(stratum);
    }
    assert_near(sum, all->mean, 1e-6 * fabs(all->mean));
    /* A stratum's mean lies where the pooled bins' do: right to a part of a bin. */
    assert_near(sum_cents, all->mean, 1e-6 * fabs(all->mean));
    lq_law_destroy(all);
    lq_tally_destroy(tally);
}

static void weights_are_shares_of_a_path(void **state)
{
    (void)state;
    const lq_tally_shape shape = weighted_shape();
    lq_tally *tally = lq_tally_create(&shape);
    const double x[] = {100.0, 300.0, 7.0};
    const uint64_t weight[] = {(uint64_t)3 << 30, (uint64_t)1 << 30, 0};
    lq_tally_add_weighted(tally, 0, NULL, x, weight, 3);
    lq_tally_add_block(tally, 0, x, 1); /* a whole path more */
    lq_law *law = lq_law_create(tally, LQ_POOLED);
    assert_int_equal(law->len, 2); /* weight 0 leaves no trace */
    assert_near(law->n_paths, 2.0, 0.0);
    assert_near(law->mean, (0.75 * 100 + 0.25 * 300 + 100) / 2, 1e-12);
    lq_law_destroy(law);
    lq_tally_destroy(tally);
}

typedef void add_joint(lq_tally *tally, uint32_t replicate, const uint8_t *stratum,
                       const double *x, size_t n);
add_joint lq_tally_add_joint_v3, lq_tally_add_joint_v4; /* of the kernels */

/* Every level of instructions, and the ordinary build, count the same bytes. */
static void all_levels_give_the_same_bytes(void **state)
{
    (void)state;
    add_joint *const level[] = {lq_tally_add_joint, lq_tally_add_joint_v3,
                                lq_tally_add_joint_v4};
    const bool runs[] = {true, __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"),
                         __builtin_cpu_supports("avx512f") &&
                             __builtin_cpu_supports("avx512vl")};
    uint8_t *bytes[3] = {NULL};
    size_t size[3] = {0};
    for (size_t k = 0; k < 3; k++) {
        if (!runs[k]) continue;
        lq_tally *tally = lq_tally_create(&LQ_TALLY_TOTAL);
        uint64_t seed = 5;
        for (uint32_t b = 0; b < 2000; b++) {
            double x[64];
            uint8_t stratum[64];
            const size_t n = b % 3 == 0 ? 64 : 1 + next_word(&seed) % 64;
            for (size_t i = 0; i < 64; i++) {
                const double z = next_normal(&seed);
                stratum[i] = (uint8_t)(next_word(&seed) % 16);
                x[i] = i % 7 == 0 ? 0.0 : i % 5 == 0 ? z : b % 100 == 0 ? 1e15 * z : 1e6 * z;
            }
            level[k](tally, b % 16, stratum, x, n);
        }
        size[k] = lq_tally_packed_size(tally);
        bytes[k] = malloc(size[k]);
        lq_tally_pack(tally, bytes[k]);
        lq_tally_destroy(tally);
    }
    for (size_t k = 1; k < 3; k++) {
        if (!runs[k]) continue;
        assert_int_equal(size[k], size[0]);
        assert_memory_equal(bytes[k], bytes[0], size[0]);
    }
    for (size_t k = 0; k < 3; k++)
        free(bytes[k]);
}

/* Fills x with what blocks are made of: zeros, small and large numbers, one value alone. */
static void next_block(uint64_t *seed, uint32_t b, double *x, uint8_t *stratum)
{
    for (size_t i = 0; i < 64; i++) {
        const double z = next_normal(seed);
        stratum[i] = (uint8_t)(next_word(seed) % 16);
        x[i] = b % 11 == 0 ? 5e5 : i % 7 == 0 ? 0.0 : b % 50 == 0 ? 1e15 * z : 1e6 * z;
    }
}

/* Shares of a path of 2^weight_log2: none, all of it, and what is between. */
static void next_weights(uint64_t *seed, uint32_t weight_log2, uint64_t *weight)
{
    for (size_t i = 0; i < 64; i++) {
        const uint64_t whole = (uint64_t)1 << weight_log2;
        weight[i] = i % 13 == 0 ? 0 : i % 3 ? next_word(seed) % (whole + 1) : whole;
    }
}

static void add_and_put(uint32_t weight_log2, uint32_t n_blocks, lq_tally *now, lq_tally *later)
{
    uint64_t seed = 8;
    for (uint32_t b = 0; b < n_blocks; b++) {
        double x[64];
        uint8_t stratum[64];
        uint64_t weight[64];
        const size_t n = b % 9 == 4 ? 17 : 64;
        const uint8_t *strata = b % 2 ? stratum : NULL;
        next_block(&seed, b, x, stratum);
        next_weights(&seed, weight_log2, weight);
        if (b % 5 == 2) {
            lq_tally_add_weighted(now, b % 16, strata, x, weight, n);
            lq_tally_put_weighted(later, b % 16, strata, x, weight, n);
        } else {
            lq_tally_add_joint(now, b % 16, strata, x, n);
            lq_tally_put_joint(later, b % 16, strata, x, n);
        }
    }
}

/* What waits is counted in the end, whole blocks and parts of one, with and without strata,
 * paths and shares of them, also where every path weighs 2^32. */
static void blocks_that_waited_are_counted(void **state)
{
    (void)state;
    for (uint32_t weight_log2 = 0; weight_log2 <= 32; weight_log2 += 16)
        for (uint32_t n_blocks = 1; n_blocks < 150; n_blocks += 37) {
            lq_tally_shape shape = LQ_TALLY_TOTAL;
            shape.weight_log2 = weight_log2;
            lq_tally *now = lq_tally_create(&shape), *later = lq_tally_create(&shape);
            add_and_put(weight_log2, n_blocks, now, later);
            lq_tally_settle(later);
            assert_same(now, later);
            lq_tally_clear(later);
            assert_int_equal(lq_tally_weight(later), 0);
            lq_tally_destroy(now);
            lq_tally_destroy(later);
        }
}

/* A whole path is a share of all of it, in every counter, also when two tallies are merged and
 * after more paths than a narrow counter holds. */
static void whole_paths_are_shares_of_all(void **state)
{
    (void)state;
    lq_tally_shape shape = LQ_TALLY_TOTAL;
    shape.weight_log2 = 20;
    lq_tally *whole = lq_tally_create(&shape), *shares = lq_tally_create(&shape);
    lq_tally *more = lq_tally_create(&shape);
    uint64_t weight[64], seed = 3;
    for (size_t i = 0; i < 64; i++)
        weight[i] = 1 << 20;
    for (uint32_t b = 0; b < 6000; b++) {
        double x[64];
        uint8_t stratum[64];
        next_block(&seed, b, x, stratum);
        for (size_t i = 0; b % 2 && i < 64; i++)
            x[i] = i % 2 ? 1000.25 : 1e13; /* two bins take 96,000 paths each */
        lq_tally_add_joint(b % 3 ? whole : more, b % 2, stratum, x, 64);
        lq_tally_add_weighted(shares, b % 2, stratum, x, weight, 64);
    }
    lq_tally_merge(whole, more);
    assert_same(whole, shares);
    lq_tally_destroy(whole);
    lq_tally_destroy(more);
    lq_tally_destroy(shares);
}

/* Zeros of whole blocks wait too, and are those that are counted at once. */
static void zeros_that_waited_are_counted(void **state)
{
    (void)state;
    lq_tally_shape shape = LQ_TALLY_PART;
    shape.weight_log2 = 20;
    lq_tally *now = lq_tally_create(&shape), *later = lq_tally_create(&shape);
    for (uint32_t b = 0; b < 40; b++) {
        lq_tally_add_constant(now, b % 16, 0, 0.0, 64 - b);
        lq_tally_put_zeros(later, b % 16, 64 - b);
    }
    lq_tally_settle(later);
    assert_same(now, later);
    lq_tally_put_zeros(later, 3, 64);
    lq_tally_clear(later);
    lq_tally_settle(later);
    assert_int_equal(lq_tally_weight(later), 0);
    lq_tally_destroy(now);
    lq_tally_destroy(later);
}

/* Without memory to wait in nothing waits: every allocation fails once. */
static void without_room_nothing_waits(void **state)
{
    (void)state;
    double x[64];
    uint8_t stratum[64];
    uint64_t seed = 8;
    next_block(&seed, 1, x, stratum);
    for (int permitted = 0, done = 0; !done; permitted++) {
        lq_heap_permit(permitted);
        lq_tally *tally = lq_tally_create(&LQ_TALLY_PART);
        if (tally) {
            lq_tally_put_block(tally, 0, x, 64);
            lq_tally_put_zeros(tally, 1, 64);
            lq_tally_settle(tally);
            done = !lq_tally_failed(tally) && lq_tally_weight(tally) == 128;
            assert_true(done || lq_tally_failed(tally));
        }
        lq_tally_destroy(tally);
        assert_int_equal(lq_heap_live(), 0);
        lq_heap_restore();
        assert_true(permitted < 500);
    }
}

/* A counter of 16 bits holds more than 65,535 paths. */
static void many_paths_of_one_value_are_counted(void **state)
{
    (void)state;
    lq_tally *tally = lq_tally_create(&LQ_TALLY_TOTAL);
    const uint8_t stratum[64] = {0};
    double x[64];
    for (size_t i = 0; i < 64; i++)
        x[i] = i ? 1000.25 : 999.0; /* not all equal */
    for (int b = 0; b < 3000; b++)
        lq_tally_add_joint(tally, 3, stratum, x, 64);
    lq_law *all = lq_law_create(tally, LQ_POOLED), *one = lq_law_create(tally, 3);
    lq_law *joint = lq_law_create_stratum(tally, 0, 3);
    assert_near(all->n_paths, 192000.0, 0.0);
    assert_near(one->n_paths, 192000.0, 1e-6);
    assert_near(joint->n_paths, 192000.0, 1e-6);
    lq_law_destroy(all);
    lq_law_destroy(one);
    lq_law_destroy(joint);
    lq_tally_destroy(tally);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hundredths_are_exact),
        cmocka_unit_test(sums_do_not_overflow),
        cmocka_unit_test(negative_zero_is_zero),
        cmocka_unit_test(the_three_sets_agree),
        cmocka_unit_test(weights_are_shares_of_a_path),
        cmocka_unit_test(all_levels_give_the_same_bytes),
        cmocka_unit_test(blocks_that_waited_are_counted),
        cmocka_unit_test(whole_paths_are_shares_of_all),
        cmocka_unit_test(zeros_that_waited_are_counted),
        cmocka_unit_test(without_room_nothing_waits),
        cmocka_unit_test(many_paths_of_one_value_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
