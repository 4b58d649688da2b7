#include "lq_plan_text.h"

#include "stats/functional.h"

#include <stdlib.h>

static lq_result *run(const lq_planned *p, uint64_t first, uint64_t n, size_t whole)
{
    const lq_run_options options = {
        .n_threads = 1, .n_trace_blocks = 1, .n_whole_paths = whole};
    lq_result *r = lq_result_create(p->plan, whole);
    assert_int_equal(lq_engine_run(p->plan, first, n, &options, r, NULL), LQ_OK);
    return r;
}

static void assert_same_tally(const lq_tally *a, const lq_tally *b)
{
    const size_t n = lq_tally_packed_size(a);
    assert_int_equal(lq_tally_packed_size(b), n);
    uint8_t *x = malloc(n), *y = malloc(n);
    lq_tally_pack(a, x);
    lq_tally_pack(b, y);
    assert_memory_equal(x, y, n);
    free(x);
    free(y);
}

static void merging_is_addition_in_any_order(void **state)
{
    (void)state;
    lq_planned p = lq_plan_text(lq_small_text, NULL, 0);
    lq_result *a = run(&p, 0, 20, 0), *b = run(&p, 20, 44, 0);
    lq_result *ab = lq_result_create(p.plan, 0), *ba = lq_result_create(p.plan, 0);
    lq_result_merge(ab, a);
    lq_result_merge(ab, b);
    lq_result_merge(ba, b);
    lq_result_merge(ba, a);
    assert_int_equal(ab->n_paths, 64 * 64);
    for (size_t i = 0; i < ab->n_offers; i++) {
        assert_same_tally(ab->offers[i].total, ba->offers[i].total);
        assert_same_tally(ab->offers[i].by_year[0], ba->offers[i].by_year[0]);
        assert_true(memcmp(ab->offers[i].sums, ba->offers[i].sums, sizeof ab->offers[i].sums) ==
                    0);
    }
    for (int k = 0; k < LQ_EXIT_KINDS; k++)
        assert_int_equal(lq_counts_at(ab->companies[1].exit_month[k], -1, LQ_NEVER),
                         lq_counts_at(ba->companies[1].exit_month[k], -1, LQ_NEVER));
    lq_result_destroy(a);
    lq_result_destroy(b);
    lq_result_destroy(ab);
    lq_result_destroy(ba);
    lq_planned_clear(&p);
}

/* World after world, and the rest at the end, is the same as whole results at once. */
static void what_worlds_need_may_be_drained_first(void **state)
{
    (void)state;
    lq_planned p = lq_plan_text(lq_small_text, NULL, 0);
    const lq_run_options options = {.n_threads = 1, .n_trace_blocks = 1, .n_whole_paths = 3};
    lq_result *whole = run(&p, 0, 20, 3), *second = run(&p, 20, 44, 3),
              *sum = lq_result_create(p.plan, 3), *from = lq_result_create(p.plan, 3);
    lq_result_merge(whole, second);
    for (int part = 1; part >= 0; part--) { /* the later paths first */
        const uint64_t first = part ? 20 : 0, n = part ? 44 : 20;
        assert_int_equal(lq_engine_run(p.plan, first, n, &options, from, NULL), LQ_OK);
        lq_result_drain_world(sum, from, 1);
        assert_int_equal(from->n_paths, 0);
        assert_int_equal(lq_tally_weight(from->offers[1].total), 0);
        assert_true(lq_tally_weight(from->offers[1].cash) > 0);
    }
    lq_result_drain(sum, from, 2);
    lq_result_sort_rows(sum);
    assert_int_equal(sum->n_paths, whole->n_paths);
    assert_int_equal(sum->rows.n_paths, 3);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(sum->rows.path[i], i);
    for (size_t i = 0; i < sum->n_offers; i++) {
        const lq_offer_result *a = &sum->offers[i], *b = &whole->offers[i];
        assert_same_tally(a->total, b->total);
        assert_same_tally(a->cash, b->cash);
        assert_same_tally(a->equity, b->equity);
        assert_same_tally(a->gross_equity, b->gross_equity);
        assert_same_tally(a->by_year[1], b->by_year[1]);
        assert_same_tally(a->fan[7], b->fan[7]);
        assert_memory_equal(a->sums, b->sums, sizeof a->sums);
    }
    lq_result_destroy(whole);
    lq_result_destroy(second);
    lq_result_destroy(sum);
    lq_result_destroy(from);
    lq_planned_clear(&p);
}

/* Draining is merging and emptying; what is empty may be filled again. */
static void a_drained_result_is_empty(void **state)
{
    (void)state;
    lq_planned p = lq_plan_text(lq_small_text, NULL, 0);
    lq_result *a = run(&p, 0, 20, 0), *merged = lq_result_create(p.plan, 0),
              *drained = lq_result_create(p.plan, 0), *empty = lq_result_create(p.plan, 0);
    const lq_run_options options = {.n_threads = 1, .n_trace_blocks = 1};
    for (int round = 0; round < 2; round++) {
        lq_result_merge(merged, a);
        lq_result_drain(drained, a, 2);
        assert_int_equal(a->n_paths + a->n_traced + a->replicate_paths[3], 0);
        for (size_t i = 0; i < a->n_offers; i++) {
            assert_same_tally(a->offers[i].total, empty->offers[i].total);
            assert_same_tally(a->offers[i].by_year[1], empty->offers[i].by_year[1]);
            assert_same_tally(a->offers[i].fan[7], empty->offers[i].fan[7]);
            assert_same_tally(drained->offers[i].total, merged->offers[i].total);
            assert_same_tally(drained->offers[i].by_year[1], merged->offers[i].by_year[1]);
        }
        assert_int_equal(lq_engine_run(p.plan, 20, 20, &options, a, NULL), LQ_OK);
    }
    lq_result_destroy(a);
    lq_result_destroy(merged);
    lq_result_destroy(drained);
    lq_result_destroy(empty);
    lq_planned_clear(&p);
}

/* Totals alone are the totals of a whole result, in bins and replicates. */
static void totals_alone_are_the_same_totals(void **state)
{
    (void)state;
    lq_planned p = lq_plan_text(lq_small_text, NULL, 0);
    lq_result *whole = run(&p, 0, 20, 0), *totals = lq_result_create_totals(p.plan);
    const lq_run_options options = {.n_threads = 2};
    assert_int_equal(lq_engine_run(p.plan, 0, 8, &options, totals, NULL), LQ_OK);
    assert_int_equal(lq_engine_run(p.plan, 8, 12, &options, totals, NULL), LQ_OK);
    assert_int_equal(totals->n_paths, whole->n_paths);
    for (size_t i = 0; i < whole->n_offers; i++) {
        assert_null(totals->offers[i].cash);
        lq_law *a = lq_law_create(whole->offers[i].total, 3),
               *b = lq_law_create(totals->offers[i].total, 3);
        assert_int_equal(a->len, b->len);
        assert_memory_equal(a->bin, b->bin, a->len * sizeof *a->bin);
        lq_law_destroy(a);
        lq_law_destroy(b);
    }
    lq_result_destroy(whole);
    lq_result_destroy(totals);
    lq_planned_clear(&p);
}

/* Exit shares sum to one: every path ends in exactly one kind. */
static void every_path_ends_in_one_kind(void **state)
{
    (void)state;
    lq_planned p = lq_plan_text(lq_small_text, NULL, 0);
    lq_result *r = run(&p, 0, 64, 0);
    uint64_t sum = 0;
    for (int k = 0; k < LQ_EXIT_KINDS; k++)
        sum += r->n_paths - lq_counts_at(r->companies[1].exit_month[k], -1, LQ_NEVER);
    assert_int_equal(sum, r->n_paths);
    lq_result_destroy(r);
    lq_planned_clear(&p);
}

/* A whole path's last cumulative amount is its total. */
static void whole_paths_add_up(void **state)
{
    (void)state;
    lq_planned p = lq_plan_text(lq_small_text, NULL, 0);
    lq_result *r = run(&p, 0, 16, 50);
    const size_t months = r->n_months + 1;
    assert_int_equal(r->rows.n_paths, 50);
    for (size_t i = 0; i < 50; i++)
        for (size_t o = 0; o < r->n_offers; o++)
            assert_near(r->rows.received[(i * r->n_offers + o) * months + months - 1],
                        r->rows.total[i * r->n_offers + o], 1e-6);
    lq_result_destroy(r);
    lq_planned_clear(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(merging_is_addition_in_any_order),
        cmocka_unit_test(what_worlds_need_may_be_drained_first),
        cmocka_unit_test(a_drained_result_is_empty),
        cmocka_unit_test(totals_alone_are_the_same_totals),
        cmocka_unit_test(every_path_ends_in_one_kind),
        cmocka_unit_test(whole_paths_add_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
