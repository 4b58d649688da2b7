/* A life on record: what the lottery of each month finds. */
#include "lq_test.h"

#include "plans.h"

#include <math.h>
#include <string.h>

static company_block b;
static company_case c;
static record_rows record;

enum { MONTHS = 24 };

static void run(bool floor)
{
    company_init(&c, MONTHS, 0.1, 0.9);
    hazard_constant(&c.plan.acquisition, MONTHS, 0.3);
    hazard_constant(&c.plan.failure, MONTHS, 0.2);
    hazard_constant(&c.plan.round, MONTHS, 0.8);
    c.plan.has_rounds = true;
    c.plan.dilution = draw_constant(0.2);
    c.plan.proceeds_retained = true;
    if (floor) c.plan.floor_log2 = c.plan.start_log2 - 1.0;
    company_block_record(&b, &c, kernels_of(3), 0, &record);
}

/* Nobody leaves: the masses add up month by month, and the last state is that of the end. */
static void masses_are_cumulated_by_month(void **state)
{
    (void)state;
    run(false);
    const lq_company_record *r = &record.record;
    for (size_t l = 0; l < LQ_LANES; l++) {
        double sum = 0.0;
        for (size_t k = 1; k <= MONTHS; k++) {
            const size_t at = k * LQ_LANES + l;
            assert_near(r->mass[LQ_EXIT_ACQUISITION][at], 0.3 / 12.0, 1e-15);
            assert_near(r->mass[LQ_EXIT_FAILURE][at], 0.2 / 12.0, 1e-15);
            sum += 0.5 / 12.0;
            assert_near(r->mass[LQ_EXIT_NONE][at], sum, 1e-12);
            assert_true(r->n_rounds[at + LQ_LANES] >= r->n_rounds[at]);
        }
        assert_true(r->x[(MONTHS + 1) * LQ_LANES + l] == b.state.x[l]);
        assert_true(r->shares[(MONTHS + 1) * LQ_LANES + l] == b.state.shares[l]);
    }
}

/* Below the floor the failure is certain in its month, and nothing can come after it. */
static void below_the_floor_nothing_comes_later(void **state)
{
    (void)state;
    run(true);
    const lq_company_record *r = &record.record;
    size_t n_fallen = 0;
    for (size_t l = 0; l < LQ_LANES; l++) {
        bool fallen = false;
        for (size_t k = 1; k <= MONTHS; k++) {
            const size_t at = k * LQ_LANES + l;
            const bool falls = !fallen && r->x[at] < c.plan.floor_log2;
            assert_true((r->mass[LQ_EXIT_FAILURE][at] > 1e6) == falls);
            if (fallen) assert_true(r->mass[LQ_EXIT_ACQUISITION][at] == 0.0);
            fallen |= falls;
        }
        n_fallen += fallen;
    }
    assert_true(n_fallen > 4 && n_fallen < LQ_LANES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(masses_are_cumulated_by_month),
        cmocka_unit_test(below_the_floor_nothing_comes_later),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
