#include "lq_plan_text.h"

#include <stdlib.h>

static uint64_t mean_sum(const lq_result *r)
{
    uint64_t sum = 0;
    for (int s = 0; s < LQ_OFFER_SUMS; s++)
        for (int k = 0; k < LQ_MAX_REPLICATES; k++)
            sum = 31 * sum + (uint64_t)r->offers[1].sums[s][k];
    return sum;
}

static uint64_t run(const lq_planned *p, uint64_t world, lq_team *team)
{
    const uint64_t n = p->plan->blocks_per_world;
    const lq_run_options options = {.n_threads = 2, .team = team, .n_trace_blocks = 2};
    lq_result *r = lq_result_create(p->plan, 0);
    assert_int_equal(lq_engine_run(p->plan, world * n, n, &options, r, NULL), LQ_OK);
    const uint64_t sum = mean_sum(r);
    lq_result_destroy(r);
    return sum;
}

/* A team that has run anything runs the next plan as a fresh one does: plans of its shape, of
 * another shape, of the first again. */
static void rooms_carry_nothing_over(void **state)
{
    (void)state;
    const char *const other[] = {"companies.pri.volatility=80%", NULL};
    const char *const tenders[] = {"companies.pri.tenders={rate: 0.2/y, cap: 15%}",
                                   "simulation.liquidity_horizon=9y", NULL};
    lq_planned p[] = {lq_plan_text(lq_small_text, NULL, 0),
                      lq_plan_text(lq_small_text, other, 0),
                      lq_plan_text(lq_small_text, tenders, 0)};
    lq_team *team = lq_team_create(2);
    assert_int_equal(lq_team_threads(team), 2);
    const size_t order[] = {0, 1, 0, 2, 1, 2, 0};
    for (size_t i = 0; i < LQ_COUNT(order); i++)
        assert_true(run(&p[order[i]], 0, team) == run(&p[order[i]], 0, NULL));
    lq_team_destroy(team);
    for (size_t i = 0; i < LQ_COUNT(p); i++)
        lq_planned_clear(&p[i]);
}

/* A plan may be freed and the next one come to stand where it was: the address tells nothing.
 */
static void another_plan_at_the_same_address_is_another_plan(void **state)
{
    (void)state;
    const char *const longer[] = {"companies.pri.volatility=90%",
                                  "simulation.liquidity_horizon=9y", NULL};
    lq_planned a = lq_plan_text(lq_small_text, NULL, 0),
               b = lq_plan_text(lq_small_text, longer, 0), here = a;
    lq_plan place = *a.plan;
    here.plan = &place;
    lq_team *team = lq_team_create(2);
    const uint64_t first = run(&here, 0, team);
    place = *b.plan;
    const uint64_t second = run(&here, 0, team);
    assert_true(first == run(&a, 0, NULL));
    assert_true(second == run(&b, 0, NULL));
    assert_true(first != second);
    lq_team_destroy(team);
    lq_planned_clear(&a);
    lq_planned_clear(&b);
}

static void no_memory_no_team(void **state)
{
    (void)state;
    for (int permitted = 0; permitted < 4; permitted++) {
        lq_heap_permit(permitted);
        lq_team *team = lq_team_create(2);
        lq_heap_restore();
        assert_null(team);
    }
    lq_team_destroy(NULL);
}

static lq_status visit(void *context, size_t item, lq_team *member)
{
    (void)member;
    int *visits = context;
    visits[item]++;
    return item == 40 ? LQ_EIO : item == 70 ? LQ_ENOMEM : LQ_OK;
}

/* Every item once, whoever takes it; the first failure is told. */
static void each_item_is_visited_once(void **state)
{
    (void)state;
    lq_team *team = lq_team_create(3);
    int visits[100] = {0};
    assert_int_equal(lq_team_each(team, 30, visit, visits), LQ_OK);
    assert_int_equal(lq_team_each(team, 100, visit, visits), LQ_EIO);
    assert_int_equal(lq_team_each(NULL, 100, visit, visits), LQ_EIO);
    for (size_t i = 0; i < 100; i++)
        assert_int_equal(visits[i], i < 30 ? 3 : 2);
    lq_team_destroy(team);
}

typedef struct inside {
    const lq_planned *planned;
    uint64_t sum[6];
    int n_leading;
} inside;

static lq_status run_inside(void *context, size_t item, lq_team *member)
{
    inside *in = context;
    assert_int_equal(lq_team_threads(member), 1);
    assert_in_range(lq_team_number(member), 0, 1);
    if (lq_team_number(member) == 0) in->n_leading++; /* by one thread only */
    in->sum[item] = run(in->planned, 0, member);
    return LQ_OK;
}

/* An item may run something on its own: the same bits as by all threads. */
static void an_item_can_run_a_plan_of_its_own(void **state)
{
    (void)state;
    lq_planned p = lq_plan_text(lq_small_text, NULL, 0);
    lq_team *team = lq_team_create(2);
    inside in = {.planned = &p};
    assert_int_equal(lq_team_each(team, LQ_COUNT(in.sum), run_inside, &in), LQ_OK);
    for (size_t i = 0; i < LQ_COUNT(in.sum); i++)
        assert_true(in.sum[i] == run(&p, 0, team));
    assert_true(in.n_leading <= (int)LQ_COUNT(in.sum));
    lq_team_destroy(team);
    lq_planned_clear(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rooms_carry_nothing_over),
        cmocka_unit_test(another_plan_at_the_same_address_is_another_plan),
        cmocka_unit_test(each_item_is_visited_once),
        cmocka_unit_test(an_item_can_run_a_plan_of_its_own),
        cmocka_unit_test(no_memory_no_team),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
