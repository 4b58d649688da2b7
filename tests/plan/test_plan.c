#include "lq_plan_text.h"

static void one_world_runs_the_paths_asked_for(void **state)
{
    (void)state;
    const char *const o[] = {"simulation.paths=1000", NULL};
    lq_planned p = lq_plan_text(lq_small_text, o, 0);
    assert_int_equal(p.plan->n_worlds, 1);
    assert_int_equal(p.plan->n_paths, 1000);
    assert_int_equal(p.plan->blocks_per_world, 16);
    lq_planned_clear(&p);
}

static void worlds_are_padded_to_whole_blocks(void **state)
{
    (void)state;
    const char *const o[] = {"simulation.paths=1000",
                             "companies.pri.growth={uncertain: 5% to 25%}", NULL};
    lq_planned p = lq_plan_text(lq_small_text, o, 3);
    assert_int_equal(p.plan->n_worlds, 8);
    assert_int_equal(p.plan->blocks_per_world, 2);
    assert_int_equal(p.plan->n_paths, 1024);
    lq_planned_clear(&p);
}

static void running_out_of_memory_is_an_error(void **state)
{
    (void)state;
    lq_scenario *s = lq_case_scenario(lq_small_text, NULL);
    lq_error err;
    int failures = 0;
    for (lq_status st = LQ_ENOMEM; st != LQ_OK; failures += st != LQ_OK) {
        lq_plan *plan = NULL;
        lq_heap_permit(failures);
        st = lq_plan_build(s, &(lq_plan_options){.world = 0}, &plan, &err);
        lq_plan_destroy(plan);
        lq_heap_restore();
        assert_true(st == LQ_OK || st == LQ_ENOMEM);
        assert_int_equal(lq_heap_live(), 0);
    }
    assert_true(failures > 1);
    lq_scenario_destroy(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_world_runs_the_paths_asked_for),
        cmocka_unit_test(worlds_are_padded_to_whole_blocks),
        cmocka_unit_test(running_out_of_memory_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
