/* Units in a company that is listed from the start. */
#include "lq_test.h"

#include "moments.h"
#include "plans.h"

#include <math.h>
#include <string.h>

enum { BLOCKS = 2048 };

static company_block b;
static grant_case g;
static calendar c;
static ledger_case ledger;
static employment_case staff;
static plan_rows fx_rows;

static const lq_vesting_spec monthly = {
    .form = LQ_VESTING_EVENLY, .over_months = 48, .every_months = 1, .cliff_months = 12};
static const lq_vesting_spec yearly = {
    .form = LQ_VESTING_EVENLY, .over_months = 48, .every_months = 12};

/* Prices 100 + k + lane / 100 in month k, everybody stays, rate 0 unless told otherwise. */
static lq_world start(lq_grant_route route, const lq_vesting_spec *spec, double rate)
{
    static double *fx[1] = {fx_rows};
    calendar_init(&c, 60, 48, rate);
    company_block_init(&b, 60);
    for (size_t k = 0; k <= 60; k++)
        for (size_t l = 0; l < LQ_LANES; l++) {
            b.price[k * LQ_LANES + l] = 100.0 + (double)k + (double)l / 100.0;
            fx_rows[k * LQ_LANES + l] = 1.0;
        }
    grant_init(&g, route, &c, spec, 48.0);
    employment_init(&staff, 48.0);
    ledger_init(&ledger, 0.6);
    return (lq_world){.company = &b.world, .fx = fx};
}

static double price(size_t k, size_t l)
{
    return 100.0 + (double)k + (double)l / 100.0;
}

static void every_vest_is_sold_on_its_day(void **state)
{
    (void)state;
    const lq_world world = start(LQ_ROUTE_LISTED_SELL, &monthly, 0.05);
    for (size_t l = 0; l < LQ_LANES; l++)
        staff.last_month[l] = (double)l < 48.0 ? (double)l : 48.0;
    grant_run(&g, &c, &world, &staff.e, 0, &ledger);
    for (size_t l = 0; l < LQ_LANES; l++) {
        const size_t last = (size_t)staff.last_month[l];
        double want = 0.0, present = 0.0;
        for (size_t k = 12; k <= last; k++) { /* the cliff releases twelve at once */
            const double amount = (k == 12 ? 12.0 : 1.0) * price(k, l);
            want += amount;
            present += exp(-0.05 * (double)k / 12.0) * amount;
            assert_near(ledger.trace[k * LQ_LANES + l],
                        0.6 * exp(-0.05 * (double)k / 12.0) * amount, 1e-9);
        }
        double got = 0.0;
        for (size_t y = 0; y < 5; y++)
            got += ledger.present[y][LQ_INCOME_UNITS][l];
        assert_near(ledger_sum(&ledger, LQ_INCOME_UNITS, l), want, 1e-9);
        assert_near(got, present, 1e-9);
        assert_near(ledger_sum(&ledger, LQ_INCOME_GAIN, l), 0.0, 0.0);
        assert_near(g.first_cash[l], last >= 12 ? 12.0 : 61.0, 0.0);
    }
    /* by calendar year: month 12 is the first December, month 13 the first January */
    assert_near(ledger.amount[0][LQ_INCOME_UNITS][63], 12.0 * price(12, 63), 1e-9);
    double second = 0.0;
    for (size_t k = 13; k <= 24; k++)
        second += price(k, 63);
    assert_near(ledger.amount[1][LQ_INCOME_UNITS][63], second, 1e-9);
}

/* Four vests in one pass, one by one for a foreign share at parity, traced or not: the same. */
static void all_ways_through_the_vests_agree(void **state)
{
    (void)state;
    static ledger_case one_by_one, untraced;
    static const lq_vesting_spec *const specs[] = {&monthly, &yearly};
    for (size_t i = 0; i < LQ_COUNT(specs); i++) {
        const lq_world world = start(LQ_ROUTE_LISTED_SELL, specs[i], 0.04);
        for (size_t l = 0; l < LQ_LANES; l++)
            staff.last_month[l] = (double)(l % 49);
        grant_run(&g, &c, &world, &staff.e, 0, &ledger);
        ledger_init(&untraced, 0.6);
        untraced.ledger.trace = NULL;
        grant_run(&g, &c, &world, &staff.e, 0, &untraced);
        assert_memory_equal(untraced.amount, ledger.amount, sizeof ledger.amount);
        assert_memory_equal(untraced.present, ledger.present, sizeof ledger.present);
        ledger_init(&one_by_one, 0.6);
        g.plan.fx_company = 0;
        grant_run(&g, &c, &world, &staff.e, 0, &one_by_one);
        const double *a = ledger.present[0][0], *o = one_by_one.present[0][0];
        for (size_t j = 0; j < sizeof ledger.present / sizeof *a; j++)
            assert_near(a[j], o[j], 1e-9);
        for (size_t j = 0; j < 49 * LQ_LANES; j++)
            assert_near(ledger.trace[j], one_by_one.trace[j], 1e-9);
    }
}

static void a_foreign_share_is_paid_at_the_rate_of_its_day(void **state)
{
    (void)state;
    const lq_world world = start(LQ_ROUTE_LISTED_SELL, &yearly, 0.0);
    for (size_t i = 0; i < sizeof fx_rows / sizeof *fx_rows; i++)
        fx_rows[i] = 1.1 + 0.01 * (double)(i / LQ_LANES);
    g.plan.fx_company = 0;
    grant_run(&g, &c, &world, &staff.e, 0, &ledger);
    double want = 0.0;
    for (size_t k = 12; k <= 48; k += 12)
        want += 12.0 * price(k, 5) * (1.1 + 0.01 * (double)k);
    assert_near(ledger_sum(&ledger, LQ_INCOME_UNITS, 5), want, 1e-9);
}

/* GBM-04: four times 100 units, sold as they vest. */
static void gbm_04_four_yearly_vests(void **state)
{
    (void)state;
    gbm_case stock;
    gbm_init(&stock, 48, 100.0, 0.05, 0.4, 0.0);
    lq_world world = start(LQ_ROUTE_LISTED_SELL, &yearly, 0.0);
    grant_init(&g, LQ_ROUTE_LISTED_SELL, &c, &yearly, 400.0);
    moments total = {0}, square = {0};
    for (uint64_t block = 0; block < BLOCKS; block++) {
        const lq_block_address at = block_address(block);
        kernels_of(3)->fill_normals(at.key, at.path0, stock.plan.stream, 48,
                                    b.price + LQ_LANES);
        kernels_of(3)->gbm(&stock.plan, NULL, b.price);
        ledger_init(&ledger, 0.0);
        grant_run(&g, &c, &world, &staff.e, block, &ledger);
        for (size_t l = 0; l < LQ_LANES; l++) {
            const double x = ledger_sum(&ledger, LQ_INCOME_UNITS, l);
            moments_add(&total, x);
            moments_add(&square, (x - 45396.7901534) * (x - 45396.7901534));
        }
    }
    assert_mean(&total, 45396.7901534, 0.0);
    assert_mean(&square, 27980.5892515 * 27980.5892515, 0.0);
}

/* VST-06: a quarter a year while employed, resignation at 0.18 a year. Who resigns within a
 * month is paid and vests in it (R2), so a tranche asks for one month less than in continuous
 * time. */
static void vst_06_expected_vesting_under_resignation(void **state)
{
    (void)state;
    gbm_case stock;
    gbm_init(&stock, 48, 40.0, 0.07, 0.3, 0.0);
    lq_world world = start(LQ_ROUTE_LISTED_SELL, &yearly, 0.04);
    grant_init(&g, LQ_ROUTE_LISTED_SELL, &c, &yearly, 100.0);
    const lq_pay_plan pay = {.n_months = 48,
                             .horizon = 48,
                             .leaving = 0.18,
                             .stream_resignation = lq_stream_make(LQ_PURPOSE_RESIGNATION, NULL),
                             .fx_offer = LQ_NO_FX};
    moments units = {0}, value = {0}, present = {0};
    double all = 0.0, none = 0.0;
    for (uint64_t block = 0; block < 2 * BLOCKS; block++) {
        const lq_block_address at = block_address(block);
        kernels_of(3)->fill_normals(at.key, at.path0, stock.plan.stream, 48,
                                    b.price + LQ_LANES);
        kernels_of(3)->gbm(&stock.plan, NULL, b.price);
        kernels_of(3)->employment(&pay, &world, &at, &staff.e);
        ledger_init(&ledger, 0.0);
        grant_run(&g, &c, &world, &staff.e, block, &ledger);
        for (size_t l = 0; l < LQ_LANES; l++) {
            const double vested = 25.0 * floor(staff.last_month[l] / 12.0);
            double pv = 0.0;
            for (size_t y = 0; y < 5; y++)
                pv += ledger.present[y][LQ_INCOME_UNITS][l];
            moments_add(&units, vested);
            moments_add(&value, ledger_sum(&ledger, LQ_INCOME_UNITS, l));
            moments_add(&present, pv);
            all += vested == 100.0;
            none += vested == 0.0;
        }
    }
    double n = 0.0, v = 0.0, pv = 0.0;
    for (int y = 1; y <= 4; y++) {
        const double stay = exp(-0.18 * (12.0 * y - 1.0) / 12.0), worth = 40.0 * exp(0.07 * y);
        n += 25.0 * stay;
        v += 25.0 * stay * worth;
        pv += 25.0 * stay * worth * exp(-0.04 * y);
    }
    const double month = exp(0.18 / 12.0); /* to the published, continuous figures */
    assert_near(n, 65.0611761454 * month, 1e-6);
    assert_near(v, 3061.31308777 * month, 1e-4);
    assert_near(pv, 2787.96598482 * month, 1e-4);
    assert_mean(&units, n, 0.0);
    assert_mean(&value, v, 0.0);
    assert_mean(&present, pv, 0.0);
    assert_share(all, units.n, 0.48675225596 * month);
    assert_share(none, units.n, 1.0 - (1.0 - 0.164729788589) * month);
}

/* Held to H: income at the vest, what is not withheld grows by its dividends and is sold at H.
 */
static void what_is_held_is_sold_at_the_horizon(void **state)
{
    (void)state;
    const lq_world world = start(LQ_ROUTE_LISTED_HOLD, &yearly, 0.0);
    g.plan.withheld = 0.4;
    for (size_t i = 0; i < 4; i++)
        g.growth[i] = 1.0 + 0.01 * (double)(4 - i);
    staff.last_month[7] = 30.0; /* leaves with two vests, and holds them all the same */
    staff.last_month[8] = 3.0;
    grant_run(&g, &c, &world, &staff.e, 0, &ledger);
    for (size_t l = 5; l <= 8; l++) {
        double income = 0.0, units = 0.0, basis = 0.0;
        for (size_t i = 0; i < 4 && (double)(12 * (i + 1)) <= staff.last_month[l]; i++) {
            const double amount = 12.0 * price(12 * (i + 1), l);
            income += amount;
            basis += 0.6 * amount;
            units += 12.0 * 0.6 * g.growth[i];
        }
        assert_near(ledger_sum(&ledger, LQ_INCOME_UNITS, l), income, 1e-9);
        assert_near(ledger_sum(&ledger, LQ_INCOME_BASIS, l), 0.0, 1e-9);
        assert_near(ledger_sum(&ledger, LQ_INCOME_GAIN, l), units * price(48, l) - basis, 1e-9);
        assert_near(g.first_cash[l], units > 0.0 ? 48.0 : 61.0, 0.0);
    }
    assert_near(ledger.amount[0][LQ_INCOME_BASIS][5], -0.6 * 12.0 * price(12, 5), 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_vest_is_sold_on_its_day),
        cmocka_unit_test(all_ways_through_the_vests_agree),
        cmocka_unit_test(a_foreign_share_is_paid_at_the_rate_of_its_day),
        cmocka_unit_test(gbm_04_four_yearly_vests),
        cmocka_unit_test(vst_06_expected_vesting_under_resignation),
        cmocka_unit_test(what_is_held_is_sold_at_the_horizon),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
