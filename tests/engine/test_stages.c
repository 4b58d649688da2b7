#include "lq_plan_text.h"

#include "engine/engine.h"

#include <time.h>

/* A stage gets the time until its end, and nothing of what came before the start. */
static void time_is_booked_on_the_stage_that_ends(void **state)
{
    (void)state;
    const struct timespec pause = {.tv_nsec = 3000000};
    lq_stage_clock clock = {0};
    nanosleep(&pause, NULL);
    lq_stage_clock_start(&clock);
    lq_stage_end(&clock, LQ_STAGE_DRAWS);
    nanosleep(&pause, NULL);
    lq_stage_end(&clock, LQ_STAGE_TAX);
    lq_stage_end(NULL, LQ_STAGE_TAX);
    assert_true(clock.nanoseconds[LQ_STAGE_TAX] >= 3000000);
    assert_int_equal(clock.readings[LQ_STAGE_DRAWS], 1);
    assert_int_equal(clock.readings[LQ_STAGE_TAX], 1);
    assert_int_equal(clock.nanoseconds[LQ_STAGE_PAY], 0);
}

/* All of a run's work is in some stage, every block ends its last one, and figures stay. */
static void a_run_books_every_block_and_changes_nothing(void **state)
{
    (void)state;
    enum { BLOCKS = 48 };
    lq_stage_clock clock = {0};
    lq_planned p = lq_plan_text(lq_small_text, NULL, 0);
    lq_run_options options = {.n_threads = 1};
    lq_result *off = lq_result_create(p.plan, 0), *on = lq_result_create(p.plan, 0);
    assert_int_equal(lq_engine_run(p.plan, 0, BLOCKS, &options, off, NULL), LQ_OK);
    options.stages = &clock;
    assert_int_equal(lq_engine_run(p.plan, 0, BLOCKS, &options, on, NULL), LQ_OK);
    assert_int_equal(clock.readings[LQ_STAGE_TALLIES], BLOCKS * (p.plan->n_offers + 1));
    assert_int_equal(clock.readings[LQ_STAGE_PAY], BLOCKS * p.plan->n_offers);
    for (int i = 0; i < LQ_STAGES; i++) {
        assert_true(clock.readings[i] > 0 && clock.nanoseconds[i] > 0);
        assert_true(lq_stage_names[i][0] != '\0');
    }
    for (int k = 0; k < LQ_OFFER_SUMS; k++)
        assert_memory_equal(off->offers[0].sums[k], on->offers[0].sums[k],
                            sizeof off->offers[0].sums[k]);
    lq_result_destroy(off);
    lq_result_destroy(on);
    lq_planned_clear(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(time_is_booked_on_the_stage_that_ends),
        cmocka_unit_test(a_run_books_every_block_and_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
