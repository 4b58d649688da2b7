/* Lockups that end in stages. One grant of 48 units, 12 at month 12 and one a month after it;
 * horizon 48, last month 84; the company lists in month 30 and closes month k at 100 + k;
 * locked up for six months; shares are worth 10 before. */
#include "lq_test.h"

#include "plans.h"

#include <math.h>
#include <string.h>

enum { END = 84 };

static company_block b;
static grant_case g;
static calendar c;
static ledger_case ledger;
static employment_case staff;
static lq_lockup_plan lockup;

static const lq_vesting_spec monthly = {
    .form = LQ_VESTING_EVENLY, .over_months = 48, .every_months = 1, .cliff_months = 12};

static lq_world start(lq_grant_route route, size_t exit, size_t locked)
{
    calendar_init(&c, END, 48, 0.0);
    company_block_init(&b, END);
    b.world.fair = b.fair;
    b.world.appraised = b.appraised;
    for (size_t l = 0; l < LQ_LANES; l++) {
        b.world.exit_kind[l] = (double)LQ_EXIT_IPO;
        b.world.exit_month[l] = (double)exit;
        b.world.liquid_month[l] = (double)(exit + locked);
        b.world.residual[l] = 50.0;
        for (size_t k = 0; k <= END; k++) {
            b.price[k * LQ_LANES + l] = k >= exit ? 100.0 + (double)k : 0.0;
            b.fair[k * LQ_LANES + l] = 10.0;
            b.appraised[k * LQ_LANES + l] = 10.0;
        }
    }
    grant_init(&g, route, &c, &monthly, 48.0);
    g.plan.settle_at_ipo = true;
    lockup = (lq_lockup_plan){
        .n_stages = 2, .after = {3.0, 6.0}, .up_to = {0.25, 1.0}, .for_months = 1};
    g.plan.lockup = &lockup;
    employment_init(&staff, 48.0);
    ledger_init(&ledger, 0.0);
    return (lq_world){.company = &b.world};
}

/* All that is paid, and of it what has been income at a vest or at the listing. */
static double proceeds(void)
{
    return ledger_sum(&ledger, LQ_INCOME_UNITS, 0) + ledger_sum(&ledger, LQ_INCOME_GAIN, 0);
}

enum { LATER = 1710 }; /* prices 137 to 148 of the vests 37 to 48, sold as they vest */

typedef struct release {
    const char *name;
    double above, early;
    size_t for_months;
    double last;
    double proceeds, first_cash;
} release;

static const release releases[] = {
    {"a quarter of 32 in month 33, the rest and 33 to 35 in month 36", 0, 0, 1, 48,
     8 * 133 + 27 * 136 + 136 + LATER, 33},
    {"the price is high in the month of the first stage: half of 32 then", 1.02, 0.25, 1, 48,
     16 * 133 + 19 * 136 + 136 + LATER, 33},
    {"and in the first month: a quarter of 30, a third of 24.5, the rest", 1.005, 0.25, 1, 48,
     7.5 * 131 + 24.5 / 3 * 133 + (24.5 * 2 / 3 + 3) * 136 + 136 + LATER, 31},
    {"two closes in a row are wanted: a quarter of 31 in month 32", 1.005, 0.25, 2, 48,
     7.75 * 132 + (23.25 + 1) / 3 * 133 + ((23.25 + 1) * 2 / 3 + 3) * 136 + 136 + LATER, 32},
    {"more than there is: all in month 33, then as it vests", 1.02, 0.9, 1, 48,
     32 * 133 + 133 + 134 + 135 + 136 + LATER, 33},
    {"never that high", 1.5, 0.25, 1, 48, 8 * 133 + 27 * 136 + 136 + LATER, 33},
    {"left in month 33: what had vested is sold with the rest", 0, 0, 1, 33, 8 * 133 + 25 * 136,
     33},
};

static void run(const release *x, lq_grant_route route)
{
    const lq_world world = start(route, 30, 6);
    lockup.above = x->above;
    lockup.early = x->early;
    lockup.for_months = x->for_months;
    staff.last_month[0] = x->last;
    grant_run(&g, &c, &world, &staff.e, 0, &ledger);
}

static void shares_are_sold_as_they_come_free(void **state)
{
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(releases); i++) {
        const release *x = &releases[i];
        print_message("%s\n", x->name);
        run(x, LQ_ROUTE_DOUBLE);
        assert_near(proceeds(), x->proceeds, 1e-9);
        assert_near(ledger_sum(&ledger, LQ_INCOME_BASIS, 0), 0.0, 1e-9);
        assert_near(g.first_cash[0], x->first_cash, 0.0);
        assert_near(g.stuck[0], 0.0, 0.0);
        run(x, LQ_ROUTE_SINGLE); /* shares since their vests: the same sales, another income */
        assert_near(proceeds(), x->proceeds, 1e-9);
    }
}

/* What is withheld at the listing is not there to be sold. */
static void tax_is_withheld_first(void **state)
{
    (void)state;
    const lq_world world = start(LQ_ROUTE_DOUBLE, 30, 6);
    g.plan.withheld = 0.4;
    grant_run(&g, &c, &world, &staff.e, 0, &ledger);
    const double income = 30 * 130 + 665; /* 131 to 135 of the vests in the lockup */
    assert_near(ledger_sum(&ledger, LQ_INCOME_UNITS, 0), income + 136 + LATER, 1e-9);
    assert_near(ledger_sum(&ledger, LQ_INCOME_GAIN, 0), 0.6 * (8 * 133 + 27 * 136 - income),
                1e-9);
}

static void what_is_not_free_by_the_end_is_stuck(void **state)
{
    (void)state;
    const lq_world world = start(LQ_ROUTE_DOUBLE, 80, 6);
    grant_run(&g, &c, &world, &staff.e, 0, &ledger);
    assert_near(proceeds(), 12 * 183 + 36 * 50, 1e-9);
    assert_near(g.stuck[0], 36 * 50, 1e-9);
}

/* Units that are delivered when the lockup ends, or paid in money, wait for its last stage; and
 * a listing without a lockup has no stages. */
static void not_everything_comes_in_stages(void **state)
{
    (void)state;
    lq_world world = start(LQ_ROUTE_DOUBLE, 30, 6);
    g.plan.settle_at_ipo = false;
    grant_run(&g, &c, &world, &staff.e, 0, &ledger);
    assert_near(proceeds(), 36 * 136 + LATER, 1e-9);
    world = start(LQ_ROUTE_UNITS, 30, 6);
    b.world.shares[0] = 1.0;
    grant_run(&g, &c, &world, &staff.e, 0, &ledger);
    assert_near(proceeds(), 36 * 136 + LATER, 1e-9);
    world = start(LQ_ROUTE_DOUBLE, 30, 0);
    grant_run(&g, &c, &world, &staff.e, 0, &ledger);
    assert_near(proceeds(), 30 * 130 + 665 + 136 + LATER, 1e-9);
}

/* One stage without a trigger is the plain lockup, to the bit. */
static void one_stage_is_the_plain_lockup(void **state)
{
    (void)state;
    static const lq_grant_route routes[] = {LQ_ROUTE_DOUBLE, LQ_ROUTE_SINGLE};
    static ledger_case plain;
    for (size_t i = 0; i < LQ_COUNT(routes); i++) {
        lq_world world = start(routes[i], 30, 6);
        lockup = (lq_lockup_plan){.n_stages = 1, .after = {6.0}, .up_to = {1.0}};
        g.plan.withheld = 0.3;
        grant_run(&g, &c, &world, &staff.e, 0, &ledger);
        memcpy(&plain, &ledger, sizeof plain);
        world = start(routes[i], 30, 6);
        g.plan.withheld = 0.3;
        g.plan.lockup = NULL;
        grant_run(&g, &c, &world, &staff.e, 0, &ledger);
        assert_memory_equal(plain.amount, ledger.amount, sizeof ledger.amount);
        assert_memory_equal(plain.present, ledger.present, sizeof ledger.present);
    }
}

static void both_builds_give_the_same_bits(void **state)
{
    (void)state;
    static ledger_case other;
    const kernels *v4 = kernels_of(4);
    if (!v4) skip();
    const lq_world world = start(LQ_ROUTE_DOUBLE, 30, 6);
    lockup.above = 1.005;
    lockup.early = 0.25;
    grant_run(&g, &c, &world, &staff.e, 7, &ledger);
    ledger_init(&other, 0.0);
    const lq_block_address at = block_address(7);
    g.out.ledger = &other.ledger;
    v4->grant(&g.plan, &c.grid, &world, &staff.e, &at, &g.scratch, &g.out);
    assert_memory_equal(other.amount, ledger.amount, sizeof ledger.amount);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_are_sold_as_they_come_free),
        cmocka_unit_test(tax_is_withheld_first),
        cmocka_unit_test(what_is_not_free_by_the_end_is_stuck),
        cmocka_unit_test(not_everything_comes_in_stages),
        cmocka_unit_test(one_stage_is_the_plain_lockup),
        cmocka_unit_test(both_builds_give_the_same_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
