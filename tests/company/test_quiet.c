/* Months without events are taken in one go: the same bits as month by month. */
#include "lq_test.h"

#include "plans.h"

#include <string.h>

enum { MONTHS = 60 };

static company_block at_once, by_month;
static company_case c;

/* Events once a year, at the given intensities. */
static void yearly(lq_hazard_plan *h, double rate)
{
    for (size_t k = 0; k <= MONTHS; k++)
        h->rate[k] = rate;
    for (size_t k = 12; k <= MONTHS; k += 12)
        h->mass[k] = rate;
}

static void a_company(double ipo, double market)
{
    company_init(&c, MONTHS, 0.12, 0.6);
    yearly(&c.plan.ipo, ipo);
    yearly(&c.plan.acquisition, 0.1);
    yearly(&c.plan.failure, 0.15);
    yearly(&c.plan.round, 0.7);
    c.plan.has_rounds = true;
    c.plan.dilution = draw_constant(0.18);
    c.plan.lockup_months = 5;
    c.plan.loading_market_log2 = market;
    c.plan.loading_listed_log2 = 0.7 * c.plan.loading_private_log2;
    for (size_t k = 0; k <= MONTHS; k++)
        c.drift_listed[k] = 0.003 + 0.0001 * (double)k;
}

static void assert_same_lives(int level, uint64_t block)
{
    c.untraced = true;
    c.plan.observe_preferred = c.none; /* nothing of a private lane is read: months are quiet */
    company_block_run(&at_once, &c, kernels_of(level), block);
    c.plan.observe_preferred = c.all;
    company_block_run(&by_month, &c, kernels_of(level), block);
    for (size_t k = 0; k <= MONTHS; k++)
        if (c.plan.observe_price[k])
            assert_memory_equal(at_once.price + k * LQ_LANES, by_month.price + k * LQ_LANES,
                                LQ_LANES * sizeof *by_month.price);
    assert_memory_equal(at_once.lanes, by_month.lanes, sizeof by_month.lanes);
    assert_memory_equal(at_once.state.x, by_month.state.x, sizeof by_month.state.x);
}

/* Few lanes are listed, and more than half; every price read, and one in three. */
static void quiet_months_are_the_months_they_stand_for(void **state)
{
    (void)state;
    static unsigned char some[PLAN_ROWS];
    for (size_t k = 0; k < PLAN_ROWS; k += 3)
        some[k] = 1;
    for (int level = 3; level <= 4; level++)
        for (int i = 0; i < 8; i++) {
            if (!kernels_of(level)) continue;
            a_company(i & 1 ? 1.5 : 0.08, i & 2 ? 0.05 : 0.0);
            c.plan.observe_price = i & 4 ? some : c.all;
            for (uint64_t block = 0; block < 20; block++)
                assert_same_lives(level, block);
        }
}

/* The test above can fail: listed lanes and quiet months are there. */
static void there_are_listed_lanes_between_events(void **state)
{
    (void)state;
    size_t few = 0, many = 0;
    for (int i = 0; i < 2; i++) {
        a_company(i ? 1.5 : 0.08, 0.0);
        c.untraced = true;
        c.plan.observe_preferred = c.none;
        company_block_run(&at_once, &c, kernels_of(3), 1);
        for (size_t l = 0; l < LQ_LANES; l++)
            *(i ? &many : &few) += at_once.price[20 * LQ_LANES + l] > 0.0 &&
                                   at_once.world.exit_kind[l] == (double)LQ_EXIT_IPO;
    }
    assert_in_range(few, 1, LQ_LANES / 2);
    assert_in_range(many, LQ_LANES / 2 + 1, LQ_LANES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quiet_months_are_the_months_they_stand_for),
        cmocka_unit_test(there_are_listed_lanes_between_events),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
