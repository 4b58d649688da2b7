/* One path by hand, through company, pay, equity and tax: the order of events within a month
 * (R2), their dates (R3), and every sum. Value 1,000 on 10 shares, no volatility, rate 0, 24
 * months.
 *
 *   month  0  sign-on 50
 *   month 12  round at 1.1 times the value: 20 % of all shares at 110; then a tender at 99, in
 *             which nobody can sell, since the cliff of this month comes after it; bonus 90
 *   month 14  tender at 99 for a fifth of the 13 units that had vested by month 13
 *   month 23  listing, 15 % new money 15 % below the first close of 99.3; units that expire in
 * this month settle first; the unit of this month counts as vested; lockup of 6 months month 24
 * the last vest, and the end: locked shares are worth 80 % of 99.3
 */
#include "lq_test.h"

#include "plans.h"

#include <math.h>
#include <string.h>

static company_case company;
static company_block b;
static calendar c;
static ledger_case ledger;
static employment_case staff;
static grant_case g;
static lq_outcome out;
static double by_year[2 * LQ_LANES] __attribute__((aligned(64)));

static const double FIRST_CLOSE = 99.3, RESIDUAL = 79.44, SOLD = 2.6;

static void live(void)
{
    company_init(&company, 24, 0.0, 0.0);
    lq_company_plan *p = &company.plan;
    p->start_log2 = log2(1000.0);
    p->start_price = 95.0;
    p->phi = 1.1;
    p->has_rounds = p->has_tenders = true;
    p->round.mass[12] = p->ipo.mass[23] = 1e9;
    p->tender.mass[12] = p->tender.mass[14] = 30.0; /* over any threshold */
    p->dilution = draw_constant(0.2);
    p->tender_discount = draw_constant(0.1);
    p->tender_cap = draw_constant(0.2);
    p->ipo_discount = p->ipo_primary = draw_constant(0.15);
    p->lockup_months = 6;
    p->residual_keep = 0.8;
    company_block_run(&b, &company, kernels_of(3), 0);
    calendar_init(&c, 24, 24, 0.0);
    employment_init(&staff, 24.0);
    ledger_init(&ledger, 0.7);
}

static void earn(void)
{
    static double salary[25], fallback[25], amount[2][2][25];
    static const lq_bonus_plan bonus = {.month = 12, .on_target = 100.0};
    static const lq_instalment_plan sign_on = {.month = 0, .amount = 50.0};
    for (size_t k = 1; k <= 24; k++)
        salary[k] = 100.0;
    for (size_t m = 0; m <= 24; m++) {
        amount[0][0][m] = 100.0 * (double)(m < 12 ? m : 12);
        amount[0][1][m] = 100.0 * (double)(m < 12 ? 0 : m - 12);
    }
    const lq_pay_plan pay = {.n_months = 24,
                             .horizon = 24,
                             .has_salary = true,
                             .salary = salary,
                             .fallback = fallback,
                             .fx_offer = LQ_NO_FX,
                             .n_salary_years = 2,
                             .salary_amount = amount[0][0],
                             .salary_present = amount[0][0],
                             .n_bonuses = 1,
                             .bonuses = &bonus,
                             .payout = draw_constant(0.9),
                             .n_instalments = 1,
                             .instalments = &sign_on};
    const lq_world world = {.company = &b.world};
    const lq_block_address at = block_address(0);
    kernels_of(3)->pay(&pay, &c.grid, &world, &staff.e, &at, &ledger.ledger);
}

static void grant(bool at_ipo)
{
    static const lq_vesting_spec spec = {
        .form = LQ_VESTING_EVENLY, .over_months = 24, .every_months = 1, .cliff_months = 12};
    const lq_world world = {.company = &b.world};
    grant_init(&g, LQ_ROUTE_DOUBLE, &c, &spec, 24.0);
    g.plan.expiry_month = 23.0;
    g.plan.tender_allowed = true;
    g.plan.settle_at_ipo = at_ipo;
    g.plan.withheld = 0.4;
    grant_run(&g, &c, &world, &staff.e, 0, &ledger);
}

static void tax(void)
{
    static unsigned char used[2 * LQ_INCOME_KINDS];
    memset(used, 1, sizeof used);
    const lq_tax_plan plan = {
        .rate = {[LQ_INCOME_PAY] = 0.3, [LQ_INCOME_UNITS] = 0.3, [LQ_INCOME_GAIN] = 0.3},
        .used = used};
    out.by_year = by_year;
    kernels_of(3)->tax(&plan, 2, &ledger.ledger, &out);
    kernels_of(3)->tax_trace(&plan, &c.grid, &ledger.ledger);
}

static double traced(void)
{
    double sum = 0.0;
    for (size_t k = 0; k <= 24; k++)
        sum += ledger.trace[k * LQ_LANES];
    return sum;
}

static void the_world_is_as_written(void **state)
{
    (void)state;
    live();
    for (size_t l = 0; l < LQ_LANES; l++) {
        assert_near(b.preferred[11 * LQ_LANES + l], 95.0, 0.0);
        assert_near(b.preferred[12 * LQ_LANES + l], 110.0, 1e-7);
        assert_near(b.value[12 * LQ_LANES + l], 1275.0, 1e-6);
        assert_near(b.tender[12 * LQ_LANES + l], 99.0, 1e-7);
        assert_near(b.tender[14 * LQ_LANES + l], 99.0, 1e-7);
        assert_near(b.price[23 * LQ_LANES + l], FIRST_CLOSE, 1e-7);
        assert_near(b.price[24 * LQ_LANES + l], FIRST_CLOSE, 1e-7);
        assert_near(b.world.residual[l], RESIDUAL, 1e-7);
        assert_true(b.world.exit_month[l] == 23.0 && b.world.liquid_month[l] == 29.0);
        assert_true(b.world.n_rounds[l] == 1.0 && b.world.n_tenders[l] == 2.0);
    }
}

static void the_ledger_of_units_taxed_at_the_listing(void **state)
{
    (void)state;
    live();
    earn();
    grant(true);
    tax();
    const double at_ipo = (23.0 - SOLD) * FIRST_CLOSE, basis = 0.6 * (at_ipo + FIRST_CLOSE);
    const double held = 0.6 * (24.0 - SOLD), gain = held * RESIDUAL - basis;
    const double units = SOLD * 99.0 + at_ipo + FIRST_CLOSE;
    assert_near(ledger.amount[0][LQ_INCOME_PAY][0], 1200.0 + 50.0 + 90.0,
                1e-6); /* twelve wages */
    assert_near(ledger.amount[1][LQ_INCOME_PAY][0], 1200.0, 1e-6);
    assert_near(ledger.amount[0][LQ_INCOME_UNITS][0], 0.0, 0.0); /* the cliff is no income */
    assert_near(ledger.amount[1][LQ_INCOME_UNITS][0], units, 1e-5);
    assert_near(units, 2382.42, 1e-6);
    assert_near(ledger.amount[1][LQ_INCOME_GAIN][0], gain, 1e-5);
    assert_near(gain, -255.0024, 1e-6);
    assert_near(ledger.amount[1][LQ_INCOME_BASIS][0], 0.0, 1e-6);
    /* month by month, after tax */
    assert_near(ledger.trace[0], 0.7 * 50.0, 1e-6);
    assert_near(ledger.trace[12 * LQ_LANES], 0.7 * (100.0 + 90.0), 1e-6);
    assert_near(ledger.trace[14 * LQ_LANES], 0.7 * (100.0 + 257.4), 1e-5);
    assert_near(ledger.trace[23 * LQ_LANES], 0.7 * (100.0 + at_ipo) - 0.6 * at_ipo, 1e-5);
    /* the residual is after tax: units taxed as they were settled, the loss without refund */
    assert_near(out.tax[0], 0.3 * (2540.0 + units), 1e-5);
    assert_near(out.total[0], 0.7 * (2540.0 + units) + gain, 1e-5);
    assert_near(traced(), out.total[0], 1e-6);
    assert_near(g.stuck[0], held * RESIDUAL, 1e-5);
    assert_near(g.first_cash[0], 14.0, 0.0);
}

static void the_ledger_of_units_taxed_after_the_lockup(void **state)
{
    (void)state;
    live();
    grant(false);
    tax();
    const double left = (24.0 - SOLD) * RESIDUAL; /* the lockup ends after the end */
    assert_near(ledger.amount[1][LQ_INCOME_UNITS][0], 257.4 + left, 1e-5);
    assert_near(left, 1700.016, 1e-6);
    assert_near(out.total[0], 0.7 * (257.4 + left), 1e-5);
    assert_near(by_year[LQ_LANES], out.total[0], 1e-5);
    assert_near(traced(), out.total[0], 1e-6);
    assert_near(g.stuck[0], left, 1e-5);
}

/* One month earlier the same units have expired when the listing comes; the tender was before.
 */
static void units_that_expire_a_month_before_the_listing(void **state)
{
    (void)state;
    static const lq_vesting_spec spec = {
        .form = LQ_VESTING_EVENLY, .over_months = 24, .every_months = 1, .cliff_months = 12};
    live();
    const lq_world world = {.company = &b.world};
    grant_init(&g, LQ_ROUTE_DOUBLE, &c, &spec, 24.0);
    g.plan.expiry_month = 22.0;
    g.plan.tender_allowed = g.plan.settle_at_ipo = true;
    grant_run(&g, &c, &world, &staff.e, 0, &ledger);
    assert_near(ledger_sum(&ledger, LQ_INCOME_UNITS, 0), 257.4, 1e-5);
    assert_near(g.stuck[0], 0.0, 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_world_is_as_written),
        cmocka_unit_test(the_ledger_of_units_taxed_at_the_listing),
        cmocka_unit_test(the_ledger_of_units_taxed_after_the_lockup),
        cmocka_unit_test(units_that_expire_a_month_before_the_listing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
