#include "lq_plan_text.h"

#include "stats/functional.h"

#include <math.h>
#include <stdlib.h>

/* Canonical bytes of everything that a run found. */
static uint64_t fingerprint(const lq_result *r)
{
    uint64_t h = 0xcbf29ce484222325ull;
    for (size_t i = 0; i < r->n_offers; i++) {
        lq_tally *const t[] = {r->offers[i].total,      r->offers[i].cash,
                               r->offers[i].equity,     r->offers[i].gross_equity,
                               r->offers[i].by_year[1], r->offers[i].fan[7]};
        for (size_t k = 0; k < LQ_COUNT(t); k++) {
            const size_t n = lq_tally_packed_size(t[k]);
            uint8_t *bytes = malloc(n);
            lq_tally_pack(t[k], bytes);
            for (size_t b = 0; b < n; b++)
                h = (h ^ bytes[b]) * 0x100000001b3ull;
            free(bytes);
        }
        for (int s = 0; s < LQ_OFFER_SUMS; s++)
            for (int k = 0; k < LQ_MAX_REPLICATES; k++)
                h = (h ^ (uint64_t)r->offers[i].sums[s][k]) * 0x100000001b3ull;
    }
    return h;
}

static lq_result *run(const lq_planned *p, uint64_t first, uint64_t n, int threads)
{
    const lq_run_options options = {
        .n_threads = threads, .n_trace_blocks = 4, .n_whole_paths = 100};
    lq_result *r = lq_result_create(p->plan, 100);
    assert_int_equal(lq_engine_run(p->plan, first, n, &options, r, NULL), LQ_OK);
    return r;
}

static void same_bits_at_any_thread_count(void **state)
{
    const char *const o[] = {"simulation.paths=20000", *state, NULL};
    lq_planned p = lq_plan_text(lq_small_text, o, 0);
    uint64_t want = 0;
    for (int threads = 1; threads <= 7; threads++) {
        lq_result *r = run(&p, 0, p.plan->blocks_per_world, threads);
        if (threads == 1) want = fingerprint(r);
        assert_int_equal(r->n_paths, *state ? 32768 : 20000);
        assert_true(fingerprint(r) == want);
        assert_int_equal(r->rows.n_paths, 100);
        for (size_t i = 0; i < 100; i++)
            assert_int_equal(r->rows.path[i], i);
        lq_result_destroy(r);
    }
    lq_planned_clear(&p);
}

static void same_bits_at_any_instruction_set(void **state)
{
    const char *const o[] = {*state, NULL};
    lq_planned p = lq_plan_text(lq_small_text, o, 0);
    lq_result *best = run(&p, 0, p.plan->blocks_per_world, 2);
    setenv("LIQUIDUS_ISA", "v3", 1);
    assert_string_equal(lq_engine_isa(NULL), "x86-64-v3");
    lq_result *v3 = run(&p, 0, p.plan->blocks_per_world, 2);
    unsetenv("LIQUIDUS_ISA");
    assert_true(fingerprint(best) == fingerprint(v3));
    lq_result_destroy(best);
    lq_result_destroy(v3);
    lq_planned_clear(&p);
}

/* D11: a run is the sum of its parts, whatever the parts. */
static void parts_add_up_to_the_whole(void **state)
{
    const char *const o[] = {*state, NULL};
    lq_planned p = lq_plan_text(lq_small_text, o, 0);
    const lq_run_options options = {.n_threads = 2};
    lq_result *whole = lq_result_create(p.plan, 0), *sum = lq_result_create(p.plan, 0);
    const uint64_t n = p.plan->blocks_per_world;
    assert_int_equal(lq_engine_run(p.plan, 0, n, &options, whole, NULL), LQ_OK);
    const uint64_t from[] = {17, 40, 0}, to[] = {40, n, 17};
    for (int i = 0; i < 3; i++)
        assert_int_equal(lq_engine_run(p.plan, from[i], to[i] - from[i], &options, sum, NULL),
                         LQ_OK);
    assert_true(fingerprint(whole) == fingerprint(sum));
    lq_result_destroy(whole);
    lq_result_destroy(sum);
    lq_planned_clear(&p);
}

static void a_partial_last_block_counts_its_paths_only(void **state)
{
    (void)state;
    const char *const o[] = {"simulation.paths=1001", NULL};
    lq_planned p = lq_plan_text(lq_small_text, o, 0);
    lq_result *r = run(&p, 0, p.plan->blocks_per_world, 2);
    assert_int_equal(r->n_paths, 1001);
    assert_int_equal(lq_tally_weight(r->offers[0].total), 1001);
    lq_result_destroy(r);
    lq_planned_clear(&p);
}

static void a_stop_leaves_what_was_done(void **state)
{
    (void)state;
    const char *const o[] = {"simulation.paths=1e6", NULL};
    lq_planned p = lq_plan_text(lq_small_text, o, 0);
    volatile sig_atomic_t stop = 1;
    const lq_run_options options = {.n_threads = 2, .stop = &stop};
    lq_result *r = lq_result_create(p.plan, 0);
    assert_int_equal(lq_engine_run(p.plan, 0, p.plan->blocks_per_world, &options, r, NULL),
                     LQ_OK);
    assert_true(r->interrupted);
    assert_true(r->n_paths < 1000000);
    assert_int_equal(lq_tally_weight(r->offers[0].total), r->n_paths);
    lq_result_destroy(r);
    lq_planned_clear(&p);
}

static lq_status full_disk(void *context, uint64_t first, size_t n,
                           const double *const *columns)
{
    (void)context;
    (void)first;
    (void)n;
    (void)columns;
    return LQ_EIO;
}

static void the_error_of_the_sink_ends_the_run(void **state)
{
    (void)state;
    lq_planned p = lq_plan_text(lq_small_text, NULL, 0);
    const lq_sample_sink sink = {full_disk, NULL};
    const lq_run_options options = {.n_threads = 2, .sink = &sink};
    lq_result *r = lq_result_create(p.plan, 0);
    lq_error err;
    assert_int_equal(lq_engine_run(p.plan, 0, p.plan->blocks_per_world, &options, r, &err),
                     LQ_EIO);
    assert_int_equal(r->n_paths, 0);
    lq_result_destroy(r);
    lq_planned_clear(&p);
}

static void an_amount_out_of_range_names_the_path(void **state)
{
    (void)state;
    const char *const o[] = {
        "offers.a.grants[0]={instrument: rsu, value: $10bn, vesting: {over: 48mo, every: 1mo}}",
        "companies.pub.volatility=400%", "companies.pub.growth=4/y", NULL};
    lq_planned p = lq_plan_text(lq_small_text, o, 0);
    lq_error err = {0};
    lq_result *r = lq_result_create(p.plan, 0);
    const lq_run_options options = {.n_threads = 1};
    assert_int_equal(lq_engine_run(p.plan, 0, p.plan->blocks_per_world, &options, r, &err),
                     LQ_ENUMERIC);
    assert_non_null(strstr(err.got, "above 1e15"));
    assert_string_equal(err.key, "a");
    lq_result_destroy(r);
    lq_planned_clear(&p);
}

/* A year may leave the range where the total, discounted, does not. */
static void a_part_out_of_range_names_the_offer(void **state)
{
    (void)state;
    const char *const o[] = {
        "offers.a.grants[0]={instrument: rsu, value: $10bn, vesting: {over: 48mo, every: 1mo}}",
        "companies.pub.volatility=16.5%", "companies.pub.growth=3.45/y", "market.rate=40%",
        NULL};
    lq_planned p = lq_plan_text(lq_small_text, o, 0);
    lq_error err = {0};
    lq_result *r = lq_result_create(p.plan, 0);
    const lq_run_options options = {.n_threads = 1};
    assert_int_equal(lq_engine_run(p.plan, 0, p.plan->blocks_per_world, &options, r, &err),
                     LQ_ECHECK);
    assert_string_equal(err.key, "a");
    assert_int_equal(r->n_paths, 0);
    lq_result_destroy(r);
    lq_planned_clear(&p);
}

static void running_out_of_memory_is_an_error(void **state)
{
    (void)state;
    const char *const o[] = {"simulation.paths=64", NULL};
    lq_planned p = lq_plan_text(lq_small_text, o, 0);
    lq_result *r = lq_result_create(p.plan, 0);
    const lq_run_options options = {.n_threads = 1};
    lq_error err;
    int failures = 0;
    for (lq_status st = LQ_ENOMEM; st != LQ_OK && failures < 20000;
         failures += st != LQ_OK ? 7 : 0) {
        lq_heap_permit(failures);
        st = lq_engine_run(p.plan, 0, p.plan->blocks_per_world, &options, r, &err);
        lq_heap_restore();
        assert_true(st == LQ_OK || st == LQ_ENOMEM);
    }
    assert_true(failures > 7);
    lq_result_destroy(r);
    lq_planned_clear(&p);
}

/* The figures by year are of as many paths of one world as of another. */
static void every_world_feeds_the_years_alike(void **state)
{
    (void)state;
    const char *const o[] = {"simulation.paths=262144", "simulation.worlds=4", NULL};
    lq_planned p = lq_plan_text(lq_small_text, o, 0);
    const uint64_t n = p.plan->blocks_per_world;
    uint64_t first = 0;
    for (uint64_t world = 0; world < 4; world++) {
        lq_result *r = run(&p, world * n, n, 2);
        const uint64_t weight = lq_tally_weight(r->offers[0].by_year[0]);
        if (world == 0) first = weight;
        assert_int_equal(weight, first);
        assert_true(weight > 32768 && weight < r->n_paths);
        lq_result_destroy(r);
    }
    lq_planned_clear(&p);
}

/* *state: NULL, or the override that turns Sobol points on. */
static char sobol[] = "simulation.sampling=sobol";

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_bits_at_any_thread_count),
        cmocka_unit_test(every_world_feeds_the_years_alike),
        cmocka_unit_test_prestate(same_bits_at_any_thread_count, sobol),
        cmocka_unit_test(same_bits_at_any_instruction_set),
        cmocka_unit_test_prestate(same_bits_at_any_instruction_set, sobol),
        cmocka_unit_test(parts_add_up_to_the_whole),
        cmocka_unit_test_prestate(parts_add_up_to_the_whole, sobol),
        cmocka_unit_test(a_partial_last_block_counts_its_paths_only),
        cmocka_unit_test(a_stop_leaves_what_was_done),
        cmocka_unit_test(the_error_of_the_sink_ends_the_run),
        cmocka_unit_test(an_amount_out_of_range_names_the_path),
        cmocka_unit_test(a_part_out_of_range_names_the_offer),
        cmocka_unit_test(running_out_of_memory_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
