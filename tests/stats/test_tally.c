/* Check 8 of the model's rules (atoms and signs), merging, limits. */
#include "fill.h"

#include "stats/functional.h"
#include "stats/law.h"

#include <stdlib.h>

static const double atoms[] = {-5.0, 0.0, 1e-9, 1.0, 1e12};

/* Probabilities 0.03, 0.40, ... as multiples of 2^-32 that sum to one path. */
static void atom_weights(uint64_t *weight)
{
    const double share[] = {0.03, 0.40, 0.27, 0.20, 0.10};
    uint64_t sum = 0;
    for (size_t i = 0; i < 5; i++) {
        weight[i] = (uint64_t)(share[i] * 0x1p32 + 0.5);
        sum += weight[i];
    }
    weight[4] += ((uint64_t)1 << 32) - sum;
}

static lq_tally *atoms_in_order(const int *order)
{
    const lq_tally_shape shape = weighted_shape();
    lq_tally *all = lq_tally_create(&shape);
    uint64_t weight[5];
    atom_weights(weight);
    for (int i = 0; i < 5; i++) {
        lq_tally *one = lq_tally_create(&shape);
        lq_tally_add_weighted(one, 0, NULL, &atoms[order[i]], &weight[order[i]], 1);
        lq_tally_merge(all, one);
        lq_tally_destroy(one);
    }
    return all;
}

static void check8_quantiles_are_exact_on_the_atoms(void **state)
{
    (void)state;
    lq_tally *tally = atoms_in_order((int[]){0, 1, 2, 3, 4});
    lq_law *law = lq_law_create(tally, LQ_POOLED);
    static const struct {
        double p, quantile;
    } want[] = {{0.0, -5.0},  {0.01, -5.0}, {0.0299, -5.0}, {0.0301, 0.0},
                {0.25, 0.0},  {0.429, 0.0}, {0.431, 1e-9},  {0.699, 1e-9},
                {0.701, 1.0}, {0.899, 1.0}, {0.901, 1e12},  {1.0, 1e12}};
    assert_int_equal(law->len, 5);
    for (size_t i = 0; i < LQ_COUNT(want); i++)
        assert_true(lq_law_quantile(law, want[i].p) == want[i].quantile);
    assert_near(law->n_paths, 1.0, 0.0);
    assert_near(lq_law_p_negative(law), 0.03, 1e-9);
    assert_near(lq_law_p_zero(law), 0.40, 1e-9);
    assert_near(lq_law_p_within_cent(law), 0.67, 1e-9);
    assert_near(lq_law_p_positive(law), 0.57, 1e-9);
    lq_law_destroy(law);
    lq_tally_destroy(tally);
}

static void check8_cvar_splits_the_boundary_atom(void **state)
{
    (void)state;
    lq_tally *tally = atoms_in_order((int[]){0, 1, 2, 3, 4});
    lq_law *law = lq_law_create(tally, LQ_POOLED);
    assert_near(lq_law_cvar(law, 0.05), -3.0, 1e-7); /* weights are multiples of 2^-32 */
    assert_near(lq_law_cvar(law, 0.02), -5.0, 1e-12);
    assert_near(lq_law_mean(law), -0.15 + 0.2 + 1e11, 100.0);
    lq_law_destroy(law);
    lq_tally_destroy(tally);
}

static void check8_the_order_of_merging_is_irrelevant(void **state)
{
    (void)state;
    static const int orders[][5] = {
        {0, 1, 2, 3, 4}, {4, 3, 2, 1, 0}, {2, 0, 4, 1, 3}, {1, 4, 0, 3, 2}};
    lq_tally *first = atoms_in_order(orders[0]);
    for (size_t i = 1; i < LQ_COUNT(orders); i++) {
        lq_tally *other = atoms_in_order(orders[i]);
        assert_same(first, other);
        lq_tally_destroy(other);
    }
    lq_tally_destroy(first);
}

/* Values of every size and sign, atoms among them. */
static void wild_numbers(double *x, size_t n, uint64_t seed)
{
    for (size_t i = 0; i < n; i++) {
        const double u = next_uniform(&seed), z = next_normal(&seed);
        x[i] = u < 0.1 ? 0.0 : u < 0.2 ? 5e5 : u < 0.6 ? 3e5 * z : lq_exp(14.0 * z);
        if (fabs(x[i]) >= 1e15) x[i] = -0.0;
    }
}

enum { N_WILD = 20000, N_PARTS = 7 };

static void merging_parts_is_one_pass(void **state)
{
    (void)state;
    static double x[N_WILD];
    wild_numbers(x, N_WILD, 1);
    lq_tally *whole = lq_tally_create(&LQ_TALLY_TOTAL), *sum = lq_tally_create(&LQ_TALLY_TOTAL);
    lq_tally *part[N_PARTS];
    for (size_t i = 0; i < N_PARTS; i++)
        part[i] = lq_tally_create(&LQ_TALLY_TOTAL);
    for (size_t i = 0, block = 0; i < N_WILD; i += 50, block++) {
        uint8_t stratum[50];
        for (size_t k = 0; k < 50; k++)
            stratum[k] = (uint8_t)((i + k) * 7 % 16);
        lq_tally_add_joint(whole, (uint32_t)(block % 16), stratum, x + i, 50);
        for (size_t k = 0; k < 50; k++) /* one by one, in another part */
            lq_tally_add_joint(part[(block + k) % N_PARTS], (uint32_t)(block % 16), stratum + k,
                               x + i + k, 1);
    }
    lq_tally *empty = lq_tally_create(&LQ_TALLY_TOTAL);
    for (size_t i = N_PARTS; i > 0; i--) {
        if (i % 3 == 0) lq_tally_merge(sum, part[i - 1]);
        if (i % 3 != 0) { /* the first one too, into an empty tally */
            lq_tally_drain(sum, part[i - 1]);
            assert_same(part[i - 1], empty);
        }
        lq_tally_destroy(part[i - 1]);
    }
    lq_tally_destroy(empty);
    assert_int_equal(lq_tally_weight(whole), N_WILD);
    assert_int_equal(lq_tally_overflow(whole), 0);
    assert_same(whole, sum);
    lq_tally_destroy(whole);
    lq_tally_destroy(sum);
}

static void what_is_out_of_range_is_counted_apart(void **state)
{
    (void)state;
    static const double bad[] = {LQ_TALLY_LIMIT,   -LQ_TALLY_LIMIT,   1e300,
                                 (double)INFINITY, -(double)INFINITY, (double)NAN};
    static const double good[] = {1e15, -1e15, 0.0, 4e13};
    lq_tally *tally = lq_tally_create(&LQ_TALLY_PART);
    lq_tally_add_block(tally, 0, bad, LQ_COUNT(bad));
    lq_tally_add_block(tally, 0, good, LQ_COUNT(good));
    lq_tally_add_block(tally, 1, &bad[5], 1);
    lq_tally_add_constant(tally, 1, 0, 1e16, 3);
    assert_int_equal(lq_tally_overflow(tally), LQ_COUNT(bad) + 1 + 3);
    assert_int_equal(lq_tally_weight(tally), LQ_COUNT(good));
    lq_law *law = lq_law_create(tally, LQ_POOLED);
    assert_near(law->mean, 1e13, 0.0);
    lq_law_destroy(law);
    lq_tally_destroy(tally);
}

static void a_constant_is_the_same_as_its_samples(void **state)
{
    (void)state;
    double x[64];
    for (size_t i = 0; i < 64; i++)
        x[i] = 1187910.37;
    lq_tally *one = lq_tally_create(&LQ_TALLY_PART), *many = lq_tally_create(&LQ_TALLY_PART);
    lq_tally_add_constant(one, 3, 0, x[0], 64 * 1000);
    for (int i = 0; i < 1000; i++)
        lq_tally_add_block(many, 3, x, 64);
    assert_same(one, many);
    lq_tally_destroy(one);
    lq_tally_destroy(many);
}

static void clearing_leaves_an_empty_tally(void **state)
{
    (void)state;
    double x[64];
    uint8_t stratum[64] = {3};
    wild_numbers(x, 64, 2);
    lq_tally *used = lq_tally_create(&LQ_TALLY_TOTAL),
             *fresh = lq_tally_create(&LQ_TALLY_TOTAL);
    lq_tally_add_joint(used, 1, stratum, x, 64);
    lq_tally_clear(used);
    assert_same(used, fresh);
    assert_true(lq_tally_memory_bytes(used) > lq_tally_memory_bytes(fresh));
    lq_tally_destroy(used);
    lq_tally_destroy(fresh);
}

static void a_failed_allocation_is_remembered(void **state)
{
    (void)state;
    double x[64];
    wild_numbers(x, 64, 3);
    bool done = false;
    for (int permitted = 0; !done; permitted++) {
        lq_heap_permit(permitted);
        lq_tally *tally = lq_tally_create(&LQ_TALLY_PART);
        if (tally) lq_tally_add_block(tally, 0, x, 64);
        done = tally && !lq_tally_failed(tally);
        lq_tally_destroy(tally);
        assert_int_equal(lq_heap_live(), 0);
        lq_heap_restore();
        assert_true(permitted < 500);
    }
}

static void odd_shapes_are_refused(void **state)
{
    (void)state;
    static const lq_tally_shape bad[] = {
        {.pooled_bins = 0, .n_replicates = 1, .n_strata = 1},
        {.pooled_bins = 100, .n_replicates = 1, .n_strata = 1},
        {.pooled_bins = 64, .replicate_bins = 128, .n_replicates = 16, .n_strata = 1},
        {.pooled_bins = 64, .n_replicates = 0, .n_strata = 1},
        {.pooled_bins = 64, .n_replicates = 4096, .n_strata = 16},
        {.pooled_bins = 64, .n_replicates = 1, .n_strata = 1, .weight_log2 = 33},
    };
    for (size_t i = 0; i < LQ_COUNT(bad); i++)
        assert_false(lq_tally_shape_is_valid(&bad[i]));
    assert_true(lq_tally_shape_is_valid(&LQ_TALLY_TOTAL));
    assert_true(lq_tally_shape_is_valid(&LQ_TALLY_FAN));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(check8_quantiles_are_exact_on_the_atoms),
        cmocka_unit_test(check8_cvar_splits_the_boundary_atom),
        cmocka_unit_test(check8_the_order_of_merging_is_irrelevant),
        cmocka_unit_test(merging_parts_is_one_pass),
        cmocka_unit_test(what_is_out_of_range_is_counted_apart),
        cmocka_unit_test(a_constant_is_the_same_as_its_samples),
        cmocka_unit_test(clearing_leaves_an_empty_tally),
        cmocka_unit_test(a_failed_allocation_is_remembered),
        cmocka_unit_test(odd_shapes_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
