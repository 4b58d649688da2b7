/* What a sale of the company holds back of a grant, and what it makes vest. One grant of 48
 * units, 12 at month 12 and one a month after it; horizon 48, last month 84; fair value 10
 * before the sale, 124 a share from it on. */
#include "lq_test.h"

#include "plans.h"

#include <math.h>
#include <string.h>

enum { END = 84, NEVER = END + 1 };

static company_block b;
static grant_case g;
static calendar c;
static ledger_case ledger;
static employment_case staff;
static lq_sale_plan sale;

static const lq_vesting_spec monthly = {
    .form = LQ_VESTING_EVENLY, .over_months = 48, .every_months = 1, .cliff_months = 12};

static void sold_in(size_t exit, lq_exit_kind kind)
{
    for (size_t l = 0; l < LQ_LANES; l++) {
        b.world.exit_kind[l] = (double)kind;
        b.world.exit_month[l] = b.world.liquid_month[l] = (double)exit;
        b.world.shares[l] = 10.0;
        for (size_t k = 0; k <= END; k++) {
            b.price[k * LQ_LANES + l] = k >= exit ? 124.0 : 0.0;
            b.fair[k * LQ_LANES + l] = k >= exit ? 0.0 : 10.0;
            b.appraised[k * LQ_LANES + l] = k >= exit ? 0.0 : 10.0;
        }
    }
}

static lq_world start(lq_grant_route route, size_t exit)
{
    calendar_init(&c, END, 48, 0.0);
    company_block_init(&b, END);
    b.world.fair = b.fair;
    b.world.appraised = b.appraised;
    sold_in(exit, LQ_EXIT_ACQUISITION);
    grant_init(&g, route, &c, &monthly, 48.0);
    sale = (lq_sale_plan){.escrow_months = 15.0,
                          .released = draw_constant(1.0),
                          .retention = {{.months = 24}, {.months = 24}},
                          .within_months = 12.0};
    g.plan.sale = &sale;
    employment_init(&staff, 48.0);
    ledger_init(&ledger, 0.0);
    return (lq_world){.company = &b.world};
}

static double paid_in(size_t year)
{
    return ledger.amount[year][LQ_INCOME_UNITS][0];
}

static double paid(void)
{
    return ledger_sum(&ledger, LQ_INCOME_UNITS, 0);
}

/* Who resigns in a month does not work on after it. */
static void resigns(double month)
{
    staff.last_month[0] = month;
    staff.resigned[0] = 1.0;
}

/* ---- escrow ---- */

/* Months 24 (the second year) and 39 (the fourth); what vests after the close is not held back.
 */
static void escrow_comes_later_and_in_part(void **state)
{
    (void)state;
    const lq_world world = start(LQ_ROUTE_DOUBLE, 24);
    sale.escrow = 0.1;
    sale.released = draw_constant(0.8);
    grant_run(&g, &c, &world, &staff.e, 0, &ledger);
    assert_near(paid_in(1), 24 * 124 * 0.9, 1e-9);
    assert_near(paid_in(2), 12 * 124, 1e-9);
    assert_near(paid_in(3), 12 * 124 + 24 * 124 * 0.1 * 0.8, 1e-9);
    assert_near(g.first_cash[0], 24.0, 0.0);
}

static void escrow_past_the_end_counts_at_the_end(void **state)
{
    (void)state;
    const lq_world world = start(LQ_ROUTE_DOUBLE, 75);
    sale.escrow = 0.1;
    grant_run(&g, &c, &world, &staff.e, 0, &ledger);
    assert_near(paid(), 48 * 124, 1e-9);
    assert_near(g.stuck[0], 4.8 * 124, 1e-9);
}

/* Another exit holds nothing back. */
static void a_failure_has_no_escrow(void **state)
{
    (void)state;
    const lq_world world = start(LQ_ROUTE_DOUBLE, 24);
    sold_in(24, LQ_EXIT_FAILURE);
    sale.escrow = sale.retention[0].part = sale.accelerated = 0.5;
    grant_run(&g, &c, &world, &staff.e, 0, &ledger);
    assert_near(paid_in(1), 24 * 124, 1e-9);
    assert_near(paid(), 48 * 124, 1e-9);
}

/* Shares: 23 vested before the sale at 10, one in its month at 124. */
static void escrow_of_shares_is_a_later_price(void **state)
{
    (void)state;
    const lq_world world = start(LQ_ROUTE_SINGLE, 24);
    sale.escrow = 0.1;
    sale.released = draw_constant(0.5);
    grant_run(&g, &c, &world, &staff.e, 0, &ledger);
    assert_near(paid(), 230 + 124 * 0.95 + 24 * 124, 1e-9);
    assert_near(ledger_sum(&ledger, LQ_INCOME_GAIN, 0), 23 * (0.9 * 124 + 0.1 * 62) - 230,
                1e-9);
    assert_near(ledger.amount[3][LQ_INCOME_GAIN][0], 2.3 * (62 - 10), 1e-9);
    assert_near(ledger_sum(&ledger, LQ_INCOME_BASIS, 0), 0.0, 1e-9);
}

/* Units share in what lies over 240 for 10 shares: 100 of 124. */
static void escrow_of_units_is_of_their_money(void **state)
{
    (void)state;
    const lq_world world = start(LQ_ROUTE_UNITS, 24);
    g.plan.threshold = 240.0;
    sale.escrow = 0.1;
    sale.released = draw_constant(0.9);
    sale.accelerated = 0.5;
    grant_run(&g, &c, &world, &staff.e, 0, &ledger);
    assert_near(paid_in(1), (24 + 12) * 100 * 0.9, 1e-9);
    assert_near(paid(), (24 + 12) * 100 * 0.99 + 12 * 100, 1e-9);
}

/* What escrow releases is the company's draw: the same for each of its grants. */
static void what_escrow_releases_is_drawn(void **state)
{
    (void)state;
    double sum = 0.0;
    for (uint64_t block = 0; block < 128; block++) {
        const lq_world world = start(LQ_ROUTE_DOUBLE, 48);
        sale.stream = lq_stream_make(LQ_PURPOSE_CLOSING, "acme");
        sale.escrow = 1.0;
        sale.released = (lq_draw){.kind = LQ_DRAW_UNIFORM, .low = 0.5, .high = 1.0};
        grant_run(&g, &c, &world, &staff.e, block, &ledger);
        for (size_t l = 0; l < LQ_LANES; l++)
            sum += ledger_sum(&ledger, LQ_INCOME_UNITS, l) / (48 * 124);
    }
    const double n = 128.0 * LQ_LANES;
    assert_near(sum / n, 0.75, 4.0 * 0.5 / sqrt(12.0 * n));
}

/* ---- retention ---- */

typedef struct stay {
    const char *name;
    size_t exit;
    double leaves;      /* resigns in that month; 0: stays */
    double let_go;      /* after the sale; 0: never */
    double paid, stuck; /* at half of it over 24 months: a share of 124 / 48 a unit and month */
} stay;

static const stay stays[] = {
    {"stays: all of it", 24, 0, 0, 48 * 124, 0},
    {"leaves after six months: a quarter of the half, and six vests", 24, 30, 0,
     12 * 124 + 6 * 62 + 6 * 124, 0},
    {"leaves in the month of the sale: that half is lost", 24, 24, 0, 12 * 124, 0},
    {"had left before: not asked to stay", 24, 20, 0, 20 * 124, 0},
    {"sold after the horizon: who worked to it is taken to stay", 60, 0, 0, 48 * 124, 0},
    {"the same, let go after three months", 60, 0, 63, 24 * 124 + 3 * 124, 0},
    {"sold a year before the end: the rest counts there", 72, 0, 0, 48 * 124, 12 * 124},
    {"the same, let go in the month after it", 72, 0, 85, 24 * 124 + 13 * 124, 124},
};

static void retention_is_paid_while_staying(void **state)
{
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(stays); i++) {
        const stay *x = &stays[i];
        const lq_world world = start(LQ_ROUTE_DOUBLE, x->exit);
        sale.retention[0].part = 0.5;
        if (x->leaves > 0.0) resigns(x->leaves);
        if (x->let_go > 0.0) staff.let_go[0] = x->let_go;
        grant_run(&g, &c, &world, &staff.e, 0, &ledger);
        print_message("%s\n", x->name);
        assert_near(paid(), x->paid, 1e-9);
        assert_near(g.stuck[0], x->stuck, 1e-9);
    }
}

/* An announced deal has terms of its own. */
static void a_deal_has_its_own_retention(void **state)
{
    (void)state;
    for (int announced = 0; announced < 2; announced++) {
        const lq_world world = start(LQ_ROUTE_DOUBLE, 24);
        sale.retention[1] = (lq_retention_plan){1.0, 12};
        b.world.closed_month[0] = announced ? 24.0 : 85.0;
        resigns(30.0);
        grant_run(&g, &c, &world, &staff.e, 0, &ledger);
        assert_near(paid(), (announced ? 12 : 24) * 124 + 6 * 124, 1e-9);
    }
}

/* Shares are sold as they come free, at the price of the close; who leaves loses their basis.
 */
static void retention_of_shares(void **state)
{
    (void)state;
    const lq_world world = start(LQ_ROUTE_SINGLE, 24);
    sale.retention[0].part = 0.5;
    resigns(30.0);
    grant_run(&g, &c, &world, &staff.e, 0, &ledger);
    assert_near(paid(), 230 + 62 + 6 * 62.0 / 24 + 6 * 124, 1e-9);
    assert_near(ledger_sum(&ledger, LQ_INCOME_GAIN, 0), 11.5 * 124 * (1 + 6.0 / 24) - 230,
                1e-9);
    assert_near(ledger_sum(&ledger, LQ_INCOME_BASIS, 0), 0.0, 1e-9);
    assert_near(g.scratch.held[0], 0.0, 1e-12);
}

/* ---- acceleration ---- */

typedef struct early {
    const char *name;
    bool both;
    double fraction, within;
    double leaves, let_go;
    double in_month, paid; /* units: paid in the year of the sale, and in all */
} early;

static const early accelerations[] = {
    {"single: all at the sale", false, 1.0, 12, 0, 0, 48, 48},
    {"single, half: the rest vests as before", false, 0.5, 12, 0, 0, 36, 48},
    {"single, half, and leaves after six months", false, 0.5, 12, 30, 0, 36, 36 + 3},
    {"single, but had left", false, 1.0, 12, 20, 0, 20, 20},
    {"double, and stays", true, 1.0, 12, 0, 0, 24, 48},
    {"double, and resigns", true, 1.0, 12, 30, 0, 24, 30},
    {"double, let go at the close", true, 1.0, 12, 0, 24, 48, 48},
    {"double, let go two months later", true, 1.0, 12, 0, 26, 24, 48},
    {"double, half, let go two months later", true, 0.5, 12, 0, 26, 24, 26 + 11},
    {"double, let go too late", true, 1.0, 12, 0, 37, 24, 37},
};

static void run_early(const early *x, lq_grant_route route)
{
    const lq_world world = start(route, 24);
    sale.accelerated = x->fraction;
    sale.double_trigger = x->both;
    sale.within_months = x->within;
    if (x->leaves > 0.0) resigns(x->leaves);
    if (x->let_go > 0.0) staff.let_go[0] = staff.last_month[0] = x->let_go;
    grant_run(&g, &c, &world, &staff.e, 0, &ledger);
}

static void what_vests_because_of_the_sale(void **state)
{
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(accelerations); i++) {
        const early *x = &accelerations[i];
        print_message("%s\n", x->name);
        run_early(x, LQ_ROUTE_DOUBLE);
        assert_near(paid_in(1), x->in_month * 124, 1e-9);
        assert_near(paid(), x->paid * 124, 1e-9);
        run_early(x, LQ_ROUTE_UNITS);
        assert_near(paid(), x->paid * 124, 1e-9);
        if (x->leaves == 20.0) continue; /* its 20 shares are sold, the others are income */
        run_early(x, LQ_ROUTE_SINGLE);
        assert_near(paid(), 230 + (x->paid - 23) * 124, 1e-9);
    }
}

/* What would vest after the horizon is lost for everybody but who is made whole before. */
static void what_vests_early_is_not_lost_at_the_horizon(void **state)
{
    (void)state;
    static const double fractions[] = {0.0, 0.25, 1.0};
    for (size_t i = 0; i < LQ_COUNT(fractions); i++) {
        const lq_world world = start(LQ_ROUTE_DOUBLE, 24);
        g.plan.unvested = 12.0;
        sale.accelerated = fractions[i];
        grant_run(&g, &c, &world, &staff.e, 0, &ledger);
        assert_near(paid(), (48 + 12 * fractions[i]) * 124, 1e-9);
        assert_near(g.unvested[0], 12 * (1 - fractions[i]) * 124, 1e-9);
    }
    /* a sale after the horizon finds nothing to speed up (R14) */
    const lq_world world = start(LQ_ROUTE_DOUBLE, 50);
    g.plan.unvested = 12.0;
    sale.accelerated = 1.0;
    grant_run(&g, &c, &world, &staff.e, 0, &ledger);
    assert_near(paid(), 48 * 124, 1e-9);
}

static void expired_units_do_not_vest_early(void **state)
{
    (void)state;
    const lq_world world = start(LQ_ROUTE_DOUBLE, 24);
    g.plan.expiry_month = 23.0;
    sale.accelerated = sale.escrow = sale.retention[0].part = 1.0;
    grant_run(&g, &c, &world, &staff.e, 0, &ledger);
    assert_near(paid(), 0.0, 0.0);
}

/* ---- laws ---- */

/* All that is held back comes back to who stays: the sums are those of a sale that pays at
 * once. */
static void nothing_is_lost_by_who_stays(void **state)
{
    (void)state;
    static const lq_grant_route routes[] = {LQ_ROUTE_DOUBLE, LQ_ROUTE_SINGLE, LQ_ROUTE_UNITS};
    for (size_t i = 0; i < LQ_COUNT(routes); i++) {
        double sums[2];
        for (int held = 0; held < 2; held++) {
            const lq_world world = start(routes[i], 33);
            if (held) sale.escrow = 0.15, sale.retention[0].part = 0.4, sale.accelerated = 0.3;
            grant_run(&g, &c, &world, &staff.e, 0, &ledger);
            sums[held] = paid() + ledger_sum(&ledger, LQ_INCOME_GAIN, 0);
        }
        assert_near(sums[1], sums[0], 1e-8);
    }
}

static void both_builds_give_the_same_bits(void **state)
{
    (void)state;
    static const lq_grant_route routes[] = {LQ_ROUTE_DOUBLE, LQ_ROUTE_SINGLE, LQ_ROUTE_UNITS};
    static ledger_case other;
    const kernels *v4 = kernels_of(4);
    if (!v4) skip();
    for (size_t i = 0; i < LQ_COUNT(routes); i++) {
        const lq_world world = start(routes[i], 33);
        sale.stream = lq_stream_make(LQ_PURPOSE_CLOSING, "acme");
        sale.escrow = 0.15, sale.retention[0].part = 0.4, sale.accelerated = 0.3;
        sale.released = (lq_draw){.kind = LQ_DRAW_UNIFORM, .low = 0.5, .high = 1.0};
        grant_run(&g, &c, &world, &staff.e, 3, &ledger);
        ledger_init(&other, 0.0);
        const lq_block_address at = block_address(3);
        g.out.ledger = &other.ledger;
        v4->grant(&g.plan, &c.grid, &world, &staff.e, &at, &g.scratch, &g.out);
        assert_memory_equal(other.amount, ledger.amount, sizeof ledger.amount);
        assert_memory_equal(other.present, ledger.present, sizeof ledger.present);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(escrow_comes_later_and_in_part),
        cmocka_unit_test(escrow_past_the_end_counts_at_the_end),
        cmocka_unit_test(a_failure_has_no_escrow),
        cmocka_unit_test(escrow_of_shares_is_a_later_price),
        cmocka_unit_test(escrow_of_units_is_of_their_money),
        cmocka_unit_test(what_escrow_releases_is_drawn),
        cmocka_unit_test(retention_is_paid_while_staying),
        cmocka_unit_test(a_deal_has_its_own_retention),
        cmocka_unit_test(retention_of_shares),
        cmocka_unit_test(what_vests_because_of_the_sale),
        cmocka_unit_test(what_vests_early_is_not_lost_at_the_horizon),
        cmocka_unit_test(expired_units_do_not_vest_early),
        cmocka_unit_test(nothing_is_lost_by_who_stays),
        cmocka_unit_test(both_builds_give_the_same_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
