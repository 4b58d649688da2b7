/* Units in a private company: triggers, expiry, lockup, tenders, and what is stuck at the end.
 * One grant of 48 units, 12 at month 12 and one a month after it; horizon 48, last month 84. */
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

static const lq_vesting_spec monthly = {
    .form = LQ_VESTING_EVENLY, .over_months = 48, .every_months = 1, .cliff_months = 12};

/* Prices from the exit on: 100 + k of a listing, 124 of a sale, 0 of a failure. Fair 10 before.
 */
static void set_life(size_t l, lq_exit_kind kind, size_t exit, size_t liquid)
{
    b.world.exit_kind[l] = (double)kind;
    b.world.exit_month[l] = (double)exit;
    b.world.liquid_month[l] = (double)liquid;
    for (size_t k = 0; k <= END; k++) {
        const double listed = 100.0 + (double)k;
        const double after = kind == LQ_EXIT_IPO           ? listed
                             : kind == LQ_EXIT_ACQUISITION ? 124.0
                                                           : 0.0;
        b.price[k * LQ_LANES + l] = k >= exit ? after : 0.0;
        b.fair[k * LQ_LANES + l] = k >= exit ? 0.0 : 10.0;
        b.appraised[k * LQ_LANES + l] = k >= exit ? 0.0 : 10.0;
    }
    b.world.residual[l] = 50.0;
    b.world.trigger_share[l] = 0.75;
    b.world.exit_rate[l] = 0.4;
}

static lq_world start(lq_grant_route route, double rate)
{
    calendar_init(&c, END, 48, rate);
    company_block_init(&b, END);
    b.world.fair = b.fair;
    b.world.appraised = b.appraised;
    for (size_t l = 0; l < LQ_LANES; l++)
        set_life(l, LQ_EXIT_NONE, NEVER, NEVER);
    grant_init(&g, route, &c, &monthly, 48.0);
    employment_init(&staff, 48.0);
    ledger_init(&ledger, 0.0);
    return (lq_world){.company = &b.world};
}

typedef struct life {
    const char *name;
    lq_exit_kind kind;
    size_t exit, liquid;
    double last;   /* month worked */
    double expiry; /* of the units */
    bool at_ipo;   /* taxed at the listing, not after the lockup */
    double withheld;
    double units, basis, gain; /* sums of what enters the ledger */
    double first_cash, stuck;
} life;

#define NO_EXPIRY (END + 2.0)

static void check(const life *x, lq_grant_route route)
{
    const lq_world world = start(route, 0.0);
    set_life(3, x->kind, x->exit, x->liquid);
    staff.last_month[3] = x->last;
    g.plan.expiry_month = x->expiry;
    g.plan.expiry_years_after =
        x->expiry == NO_EXPIRY ? (double)INFINITY : (x->expiry - END) / 12.0;
    g.plan.settle_at_ipo = x->at_ipo;
    g.plan.withheld = x->withheld;
    grant_run(&g, &c, &world, &staff.e, 0, &ledger);
    print_message("%s\n", x->name);
    assert_near(ledger_sum(&ledger, LQ_INCOME_UNITS, 3), x->units, 1e-6);
    assert_near(ledger_sum(&ledger, LQ_INCOME_BASIS, 3), x->basis, 1e-6);
    assert_near(ledger_sum(&ledger, LQ_INCOME_GAIN, 3), x->gain, 1e-6);
    assert_near(g.first_cash[3], x->first_cash, 0.0);
    assert_near(g.stuck[3], x->stuck, 1e-6);
}

/* Listed prices 137 to 148 of months 37 to 48 sum to 1,710; 131 to 135 to 665. */
static const life doubles[] = {
    {.name = "alive to the end: worth x P(a trigger comes)",
     .exit = NEVER,
     .liquid = NEVER,
     .last = 48,
     .expiry = NO_EXPIRY,
     .units = 48 * 50 * 0.75,
     .first_cash = NEVER,
     .stuck = 48 * 50 * 0.75},
    {.name = "alive, and the units expire in two years",
     .exit = NEVER,
     .liquid = NEVER,
     .last = 48,
     .expiry = END + 24,
     .units = 48 * 50 * 0.75 * (1 - 0.44932896411722156), /* e^-0.8 */
     .first_cash = NEVER,
     .stuck = 48 * 50 * 0.75 * (1 - 0.44932896411722156)},
    {.name = "alive, and the units have expired",
     .exit = NEVER,
     .liquid = NEVER,
     .last = 48,
     .expiry = END - 1,
     .first_cash = NEVER},
    {.name =
         "listed at 30, free at 36: all that vested by 36 at its price, then month by month",
     .kind = LQ_EXIT_IPO,
     .exit = 30,
     .liquid = 36,
     .last = 48,
     .expiry = NO_EXPIRY,
     .units = 36 * 136 + 1710,
     .first_cash = 36},
    {.name = "taxed at the listing: 40 % withheld, the rest waits and is sold at 36",
     .kind = LQ_EXIT_IPO,
     .exit = 30,
     .liquid = 36,
     .last = 48,
     .expiry = NO_EXPIRY,
     .at_ipo = true,
     .withheld = 0.4,
     .units = 30 * 130 + 665 + 136 + 1710,
     .gain = 0.6 * (35 * 136 - (30 * 130 + 665)),
     .first_cash = 36},
    {.name = "a listing without lockup",
     .kind = LQ_EXIT_IPO,
     .exit = 30,
     .liquid = 30,
     .last = 48,
     .expiry = NO_EXPIRY,
     .at_ipo = true,
     .withheld = 0.4,
     .units = 30 * 130 + 665 + 136 + 1710,
     .first_cash = 30},
    {.name = "sold at 24",
     .kind = LQ_EXIT_ACQUISITION,
     .exit = 24,
     .liquid = 24,
     .last = 48,
     .expiry = NO_EXPIRY,
     .units = 48 * 124,
     .first_cash = 24},
    {.name = "the exit is in the month of the cliff, which counts as vested",
     .kind = LQ_EXIT_ACQUISITION,
     .exit = 12,
     .liquid = 12,
     .last = 12,
     .expiry = NO_EXPIRY,
     .units = 12 * 124,
     .first_cash = 12},
    {.name = "left at 20, listed at 30: vested units need no job at the trigger",
     .kind = LQ_EXIT_IPO,
     .exit = 30,
     .liquid = 36,
     .last = 20,
     .expiry = NO_EXPIRY,
     .units = 20 * 136,
     .first_cash = 36},
    {.name = "left between listing and end of lockup",
     .kind = LQ_EXIT_IPO,
     .exit = 30,
     .liquid = 36,
     .last = 33,
     .expiry = NO_EXPIRY,
     .units = 33 * 136,
     .first_cash = 36},
    {.name = "left before the cliff",
     .kind = LQ_EXIT_ACQUISITION,
     .exit = 24,
     .liquid = 24,
     .last = 11,
     .expiry = NO_EXPIRY,
     .first_cash = NEVER},
    {.name = "the company failed",
     .kind = LQ_EXIT_FAILURE,
     .exit = 24,
     .liquid = 24,
     .last = 24,
     .expiry = NO_EXPIRY,
     .first_cash = NEVER},
    {.name = "the exit is in the month of expiry: settlement comes first",
     .kind = LQ_EXIT_ACQUISITION,
     .exit = 60,
     .liquid = 60,
     .last = 48,
     .expiry = 60,
     .units = 48 * 124,
     .first_cash = 60},
    {.name = "one month after expiry",
     .kind = LQ_EXIT_ACQUISITION,
     .exit = 61,
     .liquid = 61,
     .last = 48,
     .expiry = 60,
     .first_cash = NEVER},
    {.name = "expired before the trigger, also what would vest later",
     .kind = LQ_EXIT_ACQUISITION,
     .exit = 30,
     .liquid = 30,
     .last = 48,
     .expiry = 24,
     .first_cash = NEVER},
    {.name = "listed one month before the end, locked at the end",
     .kind = LQ_EXIT_IPO,
     .exit = 83,
     .liquid = 89,
     .last = 48,
     .expiry = NO_EXPIRY,
     .units = 48 * 50,
     .first_cash = NEVER,
     .stuck = 48 * 50},
    {.name = "the same, taxed at the listing: what is left is a loss",
     .kind = LQ_EXIT_IPO,
     .exit = 83,
     .liquid = 89,
     .last = 48,
     .expiry = NO_EXPIRY,
     .at_ipo = true,
     .withheld = 0.25,
     .units = 48 * 183,
     .gain = 36 * 50 - 36 * 183,
     .first_cash = NEVER,
     .stuck = 36 * 50},
};

static void a_double_trigger_settles_once_and_for_all(void **state)
{
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(doubles); i++)
        check(&doubles[i], LQ_ROUTE_DOUBLE);
}

static const life singles[] = {
    {.name = "alive to the end",
     .exit = NEVER,
     .liquid = NEVER,
     .last = 48,
     .expiry = NO_EXPIRY,
     .units = 480,
     .gain = 48 * 50 - 480,
     .first_cash = NEVER,
     .stuck = 48 * 50},
    {.name = "withheld at the vest",
     .exit = NEVER,
     .liquid = NEVER,
     .last = 48,
     .expiry = NO_EXPIRY,
     .withheld = 0.5,
     .units = 480,
     .gain = 24 * 50 - 240,
     .first_cash = NEVER,
     .stuck = 24 * 50},
    {.name = "listed at 30, free at 36",
     .kind = LQ_EXIT_IPO,
     .exit = 30,
     .liquid = 36,
     .last = 48,
     .expiry = NO_EXPIRY,
     .units = 29 * 10 + 130 + 665 + 136 + 1710,
     .gain = 35 * 136 - (29 * 10 + 130 + 665),
     .first_cash = 36},
    {.name = "sold at 24",
     .kind = LQ_EXIT_ACQUISITION,
     .exit = 24,
     .liquid = 24,
     .last = 48,
     .expiry = NO_EXPIRY,
     .units = 23 * 10 + 25 * 124,
     .gain = 23 * 114,
     .first_cash = 24},
    {.name = "failed at 24: the tax was paid on what is lost",
     .kind = LQ_EXIT_FAILURE,
     .exit = 24,
     .liquid = 24,
     .last = 24,
     .expiry = NO_EXPIRY,
     .units = 230,
     .gain = -230,
     .first_cash = NEVER},
    {.name = "left at 20",
     .kind = LQ_EXIT_ACQUISITION,
     .exit = 24,
     .liquid = 24,
     .last = 20,
     .expiry = NO_EXPIRY,
     .units = 200,
     .gain = 20 * 114,
     .first_cash = 24},
    {.name = "listed one month before the end",
     .kind = LQ_EXIT_IPO,
     .exit = 83,
     .liquid = 89,
     .last = 48,
     .expiry = NO_EXPIRY,
     .units = 480,
     .gain = 48 * 50 - 480,
     .first_cash = NEVER,
     .stuck = 48 * 50},
};

static void a_single_trigger_is_taxed_at_the_vest(void **state)
{
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(singles); i++)
        check(&singles[i], LQ_ROUTE_SINGLE);
}

/* What is stuck is in money of the start. */
static void the_residual_is_discounted(void **state)
{
    (void)state;
    const lq_world world = start(LQ_ROUTE_DOUBLE, 0.05);
    grant_run(&g, &c, &world, &staff.e, 0, &ledger);
    const double want = 48 * 50 * 0.75 * exp(-0.05 * 7.0);
    assert_near(g.stuck[0], want, 1e-9);
    assert_near(ledger.present[6][LQ_INCOME_UNITS][0], want, 1e-9);
}

/* Forfeited at month 48: fair common value while private, then the price of that date; nothing
 * for who has left or has let it expire. */
static void what_has_not_vested_is_noted_and_not_paid(void **state)
{
    (void)state;
    static const struct {
        lq_exit_kind kind;
        size_t exit;
        double last, expiry, price;
    } rows[] = {
        {LQ_EXIT_NONE, NEVER, 48, NO_EXPIRY, 10}, {LQ_EXIT_IPO, 60, 48, NO_EXPIRY, 10},
        {LQ_EXIT_IPO, 48, 48, NO_EXPIRY, 148},    {LQ_EXIT_ACQUISITION, 24, 48, NO_EXPIRY, 124},
        {LQ_EXIT_FAILURE, 24, 24, NO_EXPIRY, 0},  {LQ_EXIT_NONE, NEVER, 47, NO_EXPIRY, 0},
        {LQ_EXIT_NONE, NEVER, 48, 40, 0},         {LQ_EXIT_IPO, 36, 48, 40, 148}};
    for (size_t i = 0; i < LQ_COUNT(rows); i++) {
        const lq_world world = start(LQ_ROUTE_DOUBLE, 0.05);
        set_life(3, rows[i].kind, rows[i].exit, rows[i].exit);
        staff.last_month[3] = rows[i].last;
        g.plan.expiry_month = rows[i].expiry;
        grant_run(&g, &c, &world, &staff.e, 0, &ledger);
        const double paid = ledger_sum(&ledger, LQ_INCOME_UNITS, 3);
        assert_near(g.unvested[3], 0.0, 0.0);
        g.plan.unvested = 7.0;
        ledger_init(&ledger, 0.0);
        grant_run(&g, &c, &world, &staff.e, 0, &ledger);
        assert_near(g.unvested[3], 7.0 * rows[i].price * exp(-0.05 * 4.0), 1e-9);
        assert_near(ledger_sum(&ledger, LQ_INCOME_UNITS, 3), paid, 0.0);
    }
}

/* Units count for what lies over their share of the threshold, and never for less than nothing.
 */
static void unvested_units_are_over_their_threshold(void **state)
{
    (void)state;
    static const struct {
        double threshold, price;
    } rows[] = {{0, 10}, {300, 7}, {5000, 0}};
    for (size_t i = 0; i < LQ_COUNT(rows); i++) {
        const lq_world world = start(LQ_ROUTE_UNITS, 0.05);
        set_life(3, LQ_EXIT_NONE, NEVER, NEVER);
        world.company[0].shares[3] = 100.0;
        staff.last_month[3] = 48;
        g.plan.threshold = rows[i].threshold;
        g.plan.unvested = 7.0;
        grant_run(&g, &c, &world, &staff.e, 0, &ledger);
        assert_near(g.unvested[3], 7.0 * rows[i].price * exp(-0.05 * 4.0), 1e-9);
    }
}

/* A company that nothing threatens and nothing will list: no trigger, and no numbers undefined.
 */
static void without_any_hazard_no_trigger_comes(void **state)
{
    (void)state;
    const lq_world world = start(LQ_ROUTE_DOUBLE, 0.0);
    memset(b.world.trigger_share, 0, sizeof b.lanes[0]);
    memset(b.world.exit_rate, 0, sizeof b.lanes[0]);
    grant_run(&g, &c, &world, &staff.e, 0, &ledger);
    assert_near(ledger_sum(&ledger, LQ_INCOME_UNITS, 0), 0.0, 0.0);
}

/* ---- tenders ---- */

static lq_world with_tender(lq_grant_route route, size_t month)
{
    const lq_world world = start(route, 0.0);
    for (size_t l = 0; l < LQ_LANES; l++)
        set_life(l, LQ_EXIT_ACQUISITION, 24, 24);
    for (size_t l = 0; l < LQ_LANES; l++) {
        b.tender[month * LQ_LANES + l] = 90.0;
        b.tender_cap[month * LQ_LANES + l] = 0.25;
    }
    g.plan.tender_allowed = true;
    return world;
}

/* R2: a tender of month 20 is on the 19 units that had vested by month 19. */
static void a_tender_takes_a_part_of_what_had_vested_before(void **state)
{
    (void)state;
    lq_world world = with_tender(LQ_ROUTE_DOUBLE, 20);
    grant_run(&g, &c, &world, &staff.e, 0, &ledger);
    assert_near(ledger_sum(&ledger, LQ_INCOME_UNITS, 0), 4.75 * 90 + (48 - 4.75) * 124, 1e-9);
    assert_near(g.first_cash[0], 20.0, 0.0);
    world = with_tender(LQ_ROUTE_SINGLE, 20);
    grant_run(&g, &c, &world, &staff.e, 0, &ledger);
    assert_near(ledger_sum(&ledger, LQ_INCOME_UNITS, 0), 23 * 10 + 25 * 124, 1e-9);
    assert_near(ledger_sum(&ledger, LQ_INCOME_GAIN, 0), 4.75 * 80 + (23 - 4.75) * 114, 1e-9);
    assert_near(g.first_cash[0], 20.0, 0.0);
}

static void two_tenders_take_parts_of_what_is_left(void **state)
{
    (void)state;
    const lq_world world = with_tender(LQ_ROUTE_DOUBLE, 20);
    b.tender[23 * LQ_LANES] = 80.0;
    b.tender_cap[23 * LQ_LANES] = 0.5;
    grant_run(&g, &c, &world, &staff.e, 0, &ledger);
    const double first = 4.75, second = 0.5 * (22 - 4.75);
    assert_near(ledger_sum(&ledger, LQ_INCOME_UNITS, 0),
                first * 90 + second * 80 + (48 - first - second) * 124, 1e-9);
}

static void a_tender_can_be_closed(void **state)
{
    (void)state;
    static const lq_grant_route routes[] = {LQ_ROUTE_DOUBLE, LQ_ROUTE_SINGLE};
    for (size_t i = 0; i < 2; i++)
        for (int why = 0; why < 4; why++) {
            lq_world world = with_tender(routes[i], why == 3 ? 24 : 20);
            if (why == 0) g.plan.tender_allowed = false;
            if (why == 1) g.plan.tender_from_month = 21.0;
            if (why == 2) b.world.tender = NULL; /* the company holds none */
            grant_run(&g, &c, &world, &staff.e, 0, &ledger);
            assert_near(g.first_cash[0], 24.0,
                        0.0); /* why == 3: not in the month of the exit */
        }
    /* in the month of the exit all is paid by the exit */
    lq_world at_exit = with_tender(LQ_ROUTE_DOUBLE, 24);
    grant_run(&g, &c, &at_exit, &staff.e, 0, &ledger);
    assert_near(ledger_sum(&ledger, LQ_INCOME_UNITS, 0), 48 * 124, 1e-9);
    at_exit = with_tender(LQ_ROUTE_SINGLE, 24);
    grant_run(&g, &c, &at_exit, &staff.e, 0, &ledger);
    assert_near(ledger_sum(&ledger, LQ_INCOME_GAIN, 0), 23 * 114, 1e-9);
    /* who has left may not sell in it */
    const lq_world world = with_tender(LQ_ROUTE_DOUBLE, 20);
    staff.last_month[0] = 19.0;
    grant_run(&g, &c, &world, &staff.e, 0, &ledger);
    assert_near(ledger_sum(&ledger, LQ_INCOME_UNITS, 0), 19 * 124, 1e-9);
}

/* R14: employment goes on after the horizon, and with it the tenders of what had vested by it;
 * who has resigned or was let go by then is not asked. */
static void who_stays_sells_in_tenders_after_the_horizon(void **state)
{
    (void)state;
    static const lq_grant_route routes[] = {LQ_ROUTE_DOUBLE, LQ_ROUTE_SINGLE};
    for (size_t i = 0; i < 2; i++)
        for (int why = 0; why < 4; why++) {
            const lq_world world = start(routes[i], 0.0);
            for (size_t l = 0; l < LQ_LANES; l++) {
                set_life(l, LQ_EXIT_ACQUISITION, 72, 72);
                b.tender[60 * LQ_LANES + l] = 90.0;
                b.tender_cap[60 * LQ_LANES + l] = 0.25;
            }
            g.plan.tender_allowed = true;
            if (why == 1) staff.resigned[0] = 1.0;
            if (why == 2) staff.let_go[0] = 59.0;
            if (why == 3) staff.let_go[0] = 60.0;
            grant_run(&g, &c, &world, &staff.e, 0, &ledger);
            const double sold = why == 1 || why == 2 ? 0.0 : 12.0;
            const double paid = ledger_sum(&ledger, LQ_INCOME_UNITS, 0) +
                                ledger_sum(&ledger, LQ_INCOME_GAIN, 0);
            assert_near(paid, sold * 90 + (48 - sold) * 124, 1e-9);
            assert_near(g.first_cash[0], sold > 0.0 ? 60.0 : 72.0, 0.0);
        }
}

/* Listings in every month, prices below and above the strike, some who leave. */
static void run_many_lives(lq_grant_route route, bool traced)
{
    const lq_world world = start(route, 0.04);
    for (size_t l = 0; l < LQ_LANES; l++) {
        const size_t exit = 1 + l % 50;
        set_life(l, l % 3 == 2 ? LQ_EXIT_ACQUISITION : LQ_EXIT_IPO, exit, exit + l % 2 * 6);
        for (size_t k = exit; l % 3 == 1 && k <= END; k++)
            b.price[k * LQ_LANES + l] = k % 7 < 4 ? 3.0 : 90.0 + (double)(k % 5);
        b.world.shares[l] = 1000.0;
        staff.last_month[l] = l % 5 == 4 ? 30.0 : 48.0;
    }
    g.plan.threshold = 50e3;
    if (!traced) ledger.ledger.trace = NULL;
    grant_run(&g, &c, &world, &staff.e, 0, &ledger);
}

/* A trace takes the vests one by one, a plain run by fours. */
static void vests_by_fours_are_vests_one_by_one(void **state)
{
    (void)state;
    static const lq_grant_route routes[] = {LQ_ROUTE_UNITS, LQ_ROUTE_DOUBLE, LQ_ROUTE_SINGLE};
    static ledger_case traced;
    for (size_t i = 0; i < 3; i++) {
        double first_cash[LQ_LANES];
        run_many_lives(routes[i], true);
        traced = ledger;
        memcpy(first_cash, g.first_cash, sizeof first_cash);
        run_many_lives(routes[i], false);
        assert_memory_equal(ledger.amount, traced.amount, sizeof traced.amount);
        assert_memory_equal(ledger.present, traced.present, sizeof traced.present);
        assert_memory_equal(g.first_cash, first_cash, sizeof first_cash);
    }
    assert_near(g.first_cash[13], 20.0, 0.0); /* lists in month 14, sells after the lockup */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_double_trigger_settles_once_and_for_all),
        cmocka_unit_test(a_single_trigger_is_taxed_at_the_vest),
        cmocka_unit_test(the_residual_is_discounted),
        cmocka_unit_test(what_has_not_vested_is_noted_and_not_paid),
        cmocka_unit_test(unvested_units_are_over_their_threshold),
        cmocka_unit_test(without_any_hazard_no_trigger_comes),
        cmocka_unit_test(a_tender_takes_a_part_of_what_had_vested_before),
        cmocka_unit_test(two_tenders_take_parts_of_what_is_left),
        cmocka_unit_test(a_tender_can_be_closed),
        cmocka_unit_test(who_stays_sells_in_tenders_after_the_horizon),
        cmocka_unit_test(vests_by_fours_are_vests_one_by_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
