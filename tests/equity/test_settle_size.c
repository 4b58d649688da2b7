/* The size of a grant whose value is turned into units on the path: refreshers. */
#include "lq_test.h"

#include "moments.h"
#include "plans.h"

#include <string.h>

static company_block b;
static grant_case g, twin;
static calendar c;
static ledger_case ledger;
static employment_case staff;
static plan_rows dollar, euro;

static const lq_vesting_spec yearly = {
    .form = LQ_VESTING_EVENLY, .over_months = 48, .every_months = 12};

/* A listed company at 100 + k; a refresher of 6,000 granted at month 12, a quarter at month 24.
 */
static lq_world start(void)
{
    static double *fx[2] = {dollar, euro};
    calendar_init(&c, 60, 48, 0.0);
    company_block_init(&b, 60);
    b.world.appraised = b.appraised;
    for (size_t k = 0; k <= 60; k++)
        for (size_t l = 0; l < LQ_LANES; l++) {
            b.price[k * LQ_LANES + l] = 100.0 + (double)k;
            b.preferred[k * LQ_LANES + l] = 30.0;
            b.appraised[k * LQ_LANES + l] = 12.0;
            dollar[k * LQ_LANES + l] = 1.0 + 0.01 * (double)k;
            euro[k * LQ_LANES + l] = 2.0;
        }
    grant_init(&g, LQ_ROUTE_LISTED_SELL, &c, &yearly, 1.0); /* weights are fractions */
    g.plan.n_vests = 1;
    g.month[0] = 24;
    g.plan.priced_on_path = g.plan.priced_at_market = true;
    g.plan.value = 6000.0;
    g.plan.granted_month = 12;
    employment_init(&staff, 48.0);
    ledger_init(&ledger, 0.0);
    return (lq_world){.company = &b.world, .fx = fx};
}

static double paid(size_t lane)
{
    return ledger_sum(&ledger, LQ_INCOME_UNITS, lane);
}

static void units_are_the_value_over_the_price_of_the_day(void **state)
{
    (void)state;
    const lq_world world = start();
    staff.last_month[1] = 12.0; /* granted in the last month, lost before it vests */
    staff.last_month[2] = 11.0;
    grant_run(&g, &c, &world, &staff.e, 0, &ledger);
    assert_near(paid(0), 0.25 * 6000.0 / 112.0 * 124.0, 1e-9);
    assert_near(paid(1), 0.0, 0.0);
    assert_near(paid(2), 0.0, 0.0);
    assert_near(g.scratch.units[1], 6000.0 / 112.0, 1e-12);
    assert_near(g.scratch.units[2], 0.0, 0.0);
}

/* Value in the offer's currency, price in the company's, ledger in the report's. */
static void currencies_are_those_of_their_dates(void **state)
{
    (void)state;
    const lq_world world = start();
    g.plan.fx_offer = 0;
    g.plan.fx_company = 1;
    grant_run(&g, &c, &world, &staff.e, 0, &ledger);
    const double units = 6000.0 * 1.12 / 2.0 / 112.0;
    assert_near(g.scratch.units[0], units, 1e-12);
    assert_near(paid(0), 0.25 * units * 124.0 * 2.0, 1e-9);
}

/* Before the exit at the last preferred price or at the last 409A; once listed, at the market.
 */
static void a_private_company_grants_at_preferred_or_409a(void **state)
{
    (void)state;
    static const struct {
        bool at_409a;
        double exit, price;
    } cases[] = {{false, 30.0, 30.0}, {true, 30.0, 12.0}, {true, 12.0, 30.0}};
    for (size_t i = 0; i < LQ_COUNT(cases); i++) {
        const lq_world world = start();
        g.plan.priced_at_market = false;
        g.plan.priced_at_409a = cases[i].at_409a;
        b.world.exit_month[0] = cases[i].exit;
        grant_run(&g, &c, &world, &staff.e, 0, &ledger);
        assert_near(g.scratch.units[0], 6000.0 / cases[i].price, 1e-9);
    }
}

static void a_worthless_company_grants_nothing(void **state)
{
    (void)state;
    const lq_world world = start();
    b.price[12 * LQ_LANES + 4] = 0.0;
    grant_run(&g, &c, &world, &staff.e, 0, &ledger);
    assert_near(g.scratch.units[4], 0.0, 0.0);
}

/* Two offers of one employer get their refreshers in the same futures; other months have draws
 * of their own. */
static void a_chance_of_a_refresher_is_one_draw_of_the_company(void **state)
{
    (void)state;
    const lq_world world = start();
    g.plan.probability = 0.3;
    g.plan.stream_refresh = lq_stream_make(LQ_PURPOSE_REFRESH, "acme");
    twin = g;
    twin.plan.value = 100.0;
    double granted = 0.0, both = 0.0, next = 0.0;
    for (uint64_t block = 0; block < 1024; block++) {
        grant_run(&g, &c, &world, &staff.e, block, &ledger);
        grant_run(&twin, &c, &world, &staff.e, block, &ledger);
        for (size_t l = 0; l < LQ_LANES; l++) {
            assert_true((g.scratch.units[l] > 0.0) == (twin.scratch.units[l] > 0.0));
            granted += g.scratch.units[l] > 0.0;
        }
        twin.plan.granted_month = 24;
        grant_run(&twin, &c, &world, &staff.e, block, &ledger);
        twin.plan.granted_month = 12;
        for (size_t l = 0; l < LQ_LANES; l++) {
            next += twin.scratch.units[l] > 0.0;
            both += g.scratch.units[l] > 0.0 && twin.scratch.units[l] > 0.0;
        }
    }
    assert_share(granted, 65536.0, 0.3);
    assert_share(next, 65536.0, 0.3);
    assert_share(both, 65536.0, 0.09);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(units_are_the_value_over_the_price_of_the_day),
        cmocka_unit_test(currencies_are_those_of_their_dates),
        cmocka_unit_test(a_private_company_grants_at_preferred_or_409a),
        cmocka_unit_test(a_worthless_company_grants_nothing),
        cmocka_unit_test(a_chance_of_a_refresher_is_one_draw_of_the_company),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
