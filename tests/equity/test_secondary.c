/* The holder's own sales. One grant of 48 units, single trigger, 12 at month 12 and one a month
 * after it, income at a fair value of 10; last preferred price 100 + k; windows every 6 months,
 * a tenth of what is held, 40 % off, 5 % of fee, paid two months later. */
#include "lq_test.h"

#include "moments.h"
#include "plans.h"

#include <string.h>

enum { END = 84, NEVER = END + 1 };

static company_block b;
static grant_case g;
static calendar c;
static ledger_case ledger;
static employment_case staff;
static lq_secondary_plan sales;

static const lq_vesting_spec monthly = {
    .form = LQ_VESTING_EVENLY, .over_months = 48, .every_months = 1, .cliff_months = 12};

static void set_life(size_t l, lq_exit_kind kind, size_t exit)
{
    b.world.exit_kind[l] = (double)kind;
    b.world.exit_month[l] = b.world.liquid_month[l] = (double)exit;
    b.world.residual[l] = 0.0;
    for (size_t k = 0; k <= END; k++) {
        b.price[k * LQ_LANES + l] = k >= exit ? 124.0 : 0.0;
        b.fair[k * LQ_LANES + l] = k >= exit ? 0.0 : 10.0;
        b.appraised[k * LQ_LANES + l] = k >= exit ? 0.0 : 10.0;
        b.preferred[k * LQ_LANES + l] = k >= exit ? 124.0 : 100.0 + (double)k;
    }
}

static lq_world start(void)
{
    calendar_init(&c, END, 48, 0.0);
    company_block_init(&b, END);
    b.world.fair = b.fair;
    b.world.appraised = b.appraised;
    for (size_t l = 0; l < LQ_LANES; l++)
        set_life(l, LQ_EXIT_NONE, NEVER);
    grant_init(&g, LQ_ROUTE_SINGLE, &c, &monthly, 48.0);
    sales = (lq_secondary_plan){.stream = lq_stream_make(LQ_PURPOSE_SECONDARY, "acme"),
                                .every_months = 6,
                                .delay_months = 2,
                                .share = 0.1,
                                .keep = 0.95,
                                .discount = draw_constant(0.4)};
    g.plan.secondary = &sales;
    employment_init(&staff, 48.0);
    ledger_init(&ledger, 0.0);
    return (lq_world){.company = &b.world};
}

/* Sold from month 12 to `last` at the end of each window, and what is held then. */
static double sold_by(size_t last, double *held, double *basis)
{
    double paid = 0.0;
    *held = *basis = 0.0;
    for (size_t k = 12; k <= last; k++) {
        *held += k == 12 ? 12.0 : k <= 48 ? 1.0 : 0.0;
        if (k % 6 != 0 || k + 2 > END) continue;
        paid += 0.1 * *held * 0.6 * 0.95 * (100.0 + (double)k);
        *basis += 0.1 * *held * 10.0;
        *held *= 0.9;
    }
    return paid;
}

/* Month 12: the 12 units vested then are owned; a tenth of them at 0.57 x 112, paid in
 * month 14. The last window is month 78: that of 84 would be paid after the end. */
static void a_window_sells_a_part_of_what_is_held(void **state)
{
    (void)state;
    double held, basis;
    const lq_world world = start();
    grant_run(&g, &c, &world, &staff.e, 0, &ledger);
    const double paid = sold_by(END, &held, &basis);
    assert_near(g.first_cash[0], 14.0, 0.0);
    assert_near(ledger_sum(&ledger, LQ_INCOME_UNITS, 0), 480.0, 1e-9);
    /* the rest is worth nothing at the end here: its basis is a loss */
    assert_near(ledger_sum(&ledger, LQ_INCOME_GAIN, 0), paid - basis - held * 10.0, 1e-9);
    assert_near(ledger.amount[1][LQ_INCOME_GAIN][0],
                1.2 * (0.57 * 112 - 10) + 0.1 * (1.2 * 9 + 6) * (0.57 * 118 - 10), 1e-9);
}

/* Agreed in month 18 at its price, paid in 20 by whoever buys: a failure in 19 changes nothing.
 * In the month of an exit and after it nothing is sold. */
static void what_is_agreed_is_paid(void **state)
{
    (void)state;
    static const size_t exits[] = {19, 18};
    for (size_t i = 0; i < LQ_COUNT(exits); i++) {
        const lq_world world = start();
        set_life(0, LQ_EXIT_FAILURE, exits[i]);
        for (size_t k = exits[i]; k <= END; k++)
            b.price[k * LQ_LANES] = 0.0;
        staff.last_month[0] = (double)exits[i];
        grant_run(&g, &c, &world, &staff.e, 0, &ledger);
        double held, basis;
        const double paid = sold_by(exits[i] - 1, &held, &basis);
        held += 1.0; /* vests in the month of the failure, at a price of nothing */
        assert_near(ledger_sum(&ledger, LQ_INCOME_GAIN, 0), paid - basis - (held - 1.0) * 10.0,
                    1e-9);
    }
    const lq_world world = start();
    set_life(0, LQ_EXIT_ACQUISITION, 24);
    grant_run(&g, &c, &world, &staff.e, 0, &ledger);
    double held, basis;
    const double paid = sold_by(23, &held, &basis);
    assert_near(ledger_sum(&ledger, LQ_INCOME_GAIN, 0), paid - basis + held * (124.0 - 10.0),
                1e-9);
}

/* Tenure is what was served: who has left after it may go on selling, who has not never may. */
static void tenure_is_kept(void **state)
{
    (void)state;
    const lq_world world = start();
    sales.from_month = 18.0;
    staff.last_month[0] = 18.0;
    staff.last_month[1] = 17.0;
    grant_run(&g, &c, &world, &staff.e, 0, &ledger);
    assert_near(g.first_cash[0], 20.0, 0.0);
    assert_near(g.first_cash[1], (double)NEVER, 0.0);
    double held = 18.0, paid = 0.0;
    for (size_t k = 18; k <= 78; k += 6) {
        paid += 0.1 * held * 0.57 * (100.0 + (double)k);
        held *= 0.9;
    }
    assert_near(ledger_sum(&ledger, LQ_INCOME_GAIN, 0), paid - 180.0, 1e-9);
}

/* Off fair common value; a discount that is drawn is one draw of the company's for a window. */
static void a_discount_is_drawn_by_window(void **state)
{
    (void)state;
    static grant_case other;
    static ledger_case theirs;
    moments first = {0};
    for (uint64_t block = 0; block < 64; block++) {
        const lq_world world = start();
        sales.price = LQ_AT_FAIR;
        sales.delay_months = 0;
        sales.every_months = 48; /* one window, after the last vest */
        sales.share = 1.0;
        sales.keep = 1.0;
        sales.discount = (lq_draw){.kind = LQ_DRAW_UNIFORM, .low = 0.2, .high = 0.6};
        grant_run(&g, &c, &world, &staff.e, block, &ledger);
        grant_init(&other, LQ_ROUTE_SINGLE, &c, &monthly, 96.0);
        other.plan.secondary = &sales;
        ledger_init(&theirs, 0.0);
        grant_run(&other, &c, &world, &staff.e, block, &theirs);
        for (size_t l = 0; l < LQ_LANES; l++) {
            const double loss = ledger_sum(&ledger, LQ_INCOME_GAIN, l);
            moments_add(&first, -loss / 480.0);
            assert_near(ledger_sum(&theirs, LQ_INCOME_GAIN, l), 2.0 * loss, 1e-9);
        }
    }
    assert_mean(&first, 0.4, 0.0);
}

static void both_builds_give_the_same_bits(void **state)
{
    (void)state;
    static ledger_case other;
    const kernels *v4 = kernels_of(4);
    if (!v4) skip();
    const lq_world world = start();
    sales.discount = (lq_draw){.kind = LQ_DRAW_UNIFORM, .low = 0.2, .high = 0.6};
    grant_run(&g, &c, &world, &staff.e, 7, &ledger);
    ledger_init(&other, 0.0);
    const lq_block_address at = block_address(7);
    g.out.ledger = &other.ledger;
    v4->grant(&g.plan, &c.grid, &world, &staff.e, &at, &g.scratch, &g.out);
    assert_memory_equal(other.amount, ledger.amount, sizeof ledger.amount);
    assert_memory_equal(other.present, ledger.present, sizeof ledger.present);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_window_sells_a_part_of_what_is_held),
        cmocka_unit_test(what_is_agreed_is_paid),
        cmocka_unit_test(tenure_is_kept),
        cmocka_unit_test(a_discount_is_drawn_by_window),
        cmocka_unit_test(both_builds_give_the_same_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
