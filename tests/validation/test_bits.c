/* The same config and seed are the same bits: for any number of threads, on both instruction
 * sets, and however a run is cut into parts. */
#include "lq_case.h"

#include <stdlib.h>

#include "kernels.h"
#include "random_config.h"

enum { N_CONFIGS = 6 };

/* FNV-1a over everything a result holds. */
static void mix(uint64_t *hash, const void *bytes, size_t n)
{
    const uint8_t *b = bytes;
    for (size_t i = 0; i < n; i++)
        *hash = (*hash ^ b[i]) * 0x100000001b3u;
}

static void mix_tally(uint64_t *hash, const lq_tally *tally)
{
    const size_t n = lq_tally_packed_size(tally);
    uint8_t *bytes = malloc(n);
    lq_tally_pack(tally, bytes);
    mix(hash, bytes, n);
    free(bytes);
}

static void mix_counts(uint64_t *hash, const lq_counts *counts)
{
    const size_t n = lq_counts_packed_size(counts);
    uint8_t *bytes = malloc(n);
    lq_counts_pack(counts, bytes);
    mix(hash, bytes, n);
    free(bytes);
}

static uint64_t bits_of(const lq_result *r)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < r->n_offers; i++) {
        const lq_offer_result *o = &r->offers[i];
        const lq_tally *all[] = {o->total, o->cash, o->equity, o->tax, o->gross_equity};
        for (size_t k = 0; k < LQ_COUNT(all); k++)
            mix_tally(&hash, all[k]);
        for (size_t y = 0; y < r->n_years; y++)
            mix_tally(&hash, o->by_year[y]);
        for (size_t k = 0; k <= r->n_months; k++)
            mix_tally(&hash, o->fan[k]);
        mix_counts(&hash, o->cash_month);
        mix(&hash, o->sums, sizeof o->sums);
    }
    for (size_t i = 0; i < r->n_companies; i++)
        for (int e = 0; e < LQ_EXIT_KINDS; e++)
            mix_counts(&hash, r->companies[i].exit_month[e]);
    for (size_t i = 0; i < r->n_pairs; i++)
        mix_tally(&hash, r->differences[i]);
    mix(&hash, r->replicate_paths, sizeof r->replicate_paths);
    mix(&hash, &r->growth, sizeof r->growth);
    return hash;
}

static void text_of(uint64_t number, char text[RANDOM_TEXT])
{
    static const int all[RANDOM_OFFERS] = {0, 1, 2, 3};
    random_config config;
    random_config_make(number, &config);
    random_config_text(&config, all, RANDOM_OFFERS, text);
}

/* Not a whole number of blocks, and several chunks for each of seven threads. */
static const char *const n_paths[] = {"simulation.paths=8007", NULL};

static lq_case run_on(uint64_t number, int n_threads, const char *isa)
{
    char text[RANDOM_TEXT];
    text_of(number, text);
    if (isa)
        assert_int_equal(setenv("LIQUIDUS_ISA", isa, 1), 0);
    else
        assert_int_equal(unsetenv("LIQUIDUS_ISA"), 0);
    return lq_case_run(text, n_paths, n_threads);
}

static void check_same(const lq_case *a, const lq_case *b)
{
    for (size_t i = 0; i < a->n_columns; i++)
        assert_memory_equal(a->column[i], b->column[i], a->n * sizeof(double));
    assert_true(bits_of(a->result) == bits_of(b->result));
}

static void any_number_of_threads_gives_the_same_bits(void **state)
{
    (void)state;
    static const int n_threads[] = {2, 3, 7};
    for (uint64_t number = 0; number < N_CONFIGS; number++) {
        lq_case one = run_on(number, 1, NULL);
        for (size_t i = 0; i < LQ_COUNT(n_threads); i++) {
            lq_case more = run_on(number, n_threads[i], NULL);
            check_same(&one, &more);
            lq_case_clear(&more);
        }
        lq_case_clear(&one);
    }
}

static void both_instruction_sets_give_the_same_bits(void **state)
{
    (void)state;
    if (!kernels_of(4)) skip();
    for (uint64_t number = 0; number < N_CONFIGS; number++) {
        lq_case v4 = run_on(number, 0, "v4"), v3 = run_on(number, 0, "v3");
        assert_string_equal(lq_engine_isa(NULL), "x86-64-v3");
        check_same(&v4, &v3);
        lq_case_clear(&v4);
        lq_case_clear(&v3);
    }
}

/* Shards, resumed runs and more paths are one call: ranges of blocks that add up. */
static void a_run_in_parts_gives_the_same_bits(void **state)
{
    (void)state;
    for (uint64_t number = 0; number < N_CONFIGS; number++) {
        lq_case whole = run_on(number, 2, NULL);
        const lq_plan *plan = whole.plan;
        const uint64_t n = plan->blocks_per_world, cut[] = {n / 3, n / 2, 0, n};
        const lq_run_options options = {.n_threads = 2};
        lq_result *once = lq_result_create(plan, 0), *sum = lq_result_create(plan, 0);
        assert_int_equal(lq_engine_run(plan, 0, n, &options, once, NULL), LQ_OK);
        /* the middle, the first part, the last part */
        const uint64_t from[] = {cut[0], cut[2], cut[1]}, to[] = {cut[1], cut[0], cut[3]};
        for (size_t i = 0; i < 3; i++) {
            lq_result *part = lq_result_create(plan, 0);
            assert_int_equal(
                lq_engine_run(plan, from[i], to[i] - from[i], &options, part, NULL), LQ_OK);
            lq_result_merge(sum, part);
            lq_result_destroy(part);
        }
        assert_int_equal(sum->n_paths, whole.n);
        assert_true(bits_of(once) == bits_of(sum));
        lq_result_destroy(once);
        lq_result_destroy(sum);
        lq_case_clear(&whole);
    }
}

/* The check itself must be able to fail: another seed is other bits. */
static void another_seed_gives_other_bits(void **state)
{
    (void)state;
    char text[RANDOM_TEXT];
    text_of(0, text);
    lq_case a = lq_case_run(text, n_paths, 0);
    lq_case b =
        lq_case_run(text, (const char *const[]){n_paths[0], "simulation.seed=1", NULL}, 0);
    assert_true(bits_of(a.result) != bits_of(b.result));
    lq_case_clear(&a);
    lq_case_clear(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_number_of_threads_gives_the_same_bits),
        cmocka_unit_test(both_instruction_sets_give_the_same_bits),
        cmocka_unit_test(a_run_in_parts_gives_the_same_bits),
        cmocka_unit_test(another_seed_gives_other_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
