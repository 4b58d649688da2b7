#include "lq_test.h"

#include "plans.h"
#include "rng/philox.h"

#include <math.h>
#include <string.h>

enum { YEARS = 3 };

static ledger_case ledger;
static lq_outcome out;
static double by_year[YEARS * LQ_LANES] __attribute__((aligned(64)));
static unsigned char used[YEARS * LQ_INCOME_KINDS];

static lq_tax_plan flat(double rate)
{
    memset(used, 1, sizeof used);
    out.by_year = by_year;
    ledger_init(&ledger, 0.0);
    return (lq_tax_plan){
        .rate = {[LQ_INCOME_PAY] = rate, [LQ_INCOME_UNITS] = rate, [LQ_INCOME_GAIN] = rate},
        .used = used};
}

static void earn(int year, lq_income kind, double amount, double present)
{
    ledger.amount[year][kind][0] = amount;
    ledger.present[year][kind][0] = present;
}

static void income_is_taxed_in_its_year(void **state)
{
    (void)state;
    const lq_tax_plan plan = flat(0.3);
    earn(0, LQ_INCOME_PAY, 100.0, 99.0);
    earn(1, LQ_INCOME_PAY, 110.0, 105.0);
    earn(1, LQ_INCOME_UNITS, 40.0, 38.0);
    kernels_of(3)->tax(&plan, YEARS, &ledger.ledger, &out);
    assert_near(out.cash[0], 0.7 * 204.0, 1e-12);
    assert_near(out.equity[0], 0.7 * 38.0, 1e-12);
    assert_near(out.total[0], 0.7 * 242.0, 1e-12);
    assert_near(out.tax[0], 0.3 * 242.0, 1e-12);
    assert_near(out.gross_cash[0], 204.0, 1e-12);
    assert_near(out.gross_equity[0], 38.0, 1e-12);
    assert_near(out.nominal_cash[0], 210.0, 1e-12);
    assert_near(out.nominal_equity[0], 40.0, 1e-12);
    assert_near(by_year[0], 70.0, 1e-12);
    assert_near(by_year[LQ_LANES], 0.7 * 150.0, 1e-12);
    assert_near(by_year[2 * LQ_LANES], 0.0, 0.0);
}

/* Units kept at a vest and sold at a loss: the vest was taxed, the loss gives nothing back. */
static void a_loss_on_sale_bears_no_refund(void **state)
{
    (void)state;
    const lq_tax_plan plan = flat(0.4);
    earn(0, LQ_INCOME_UNITS, 100.0, 100.0);
    earn(0, LQ_INCOME_BASIS, -60.0, -60.0);
    earn(1, LQ_INCOME_BASIS, 60.0, 60.0);
    earn(1, LQ_INCOME_GAIN, -50.0, -50.0);
    kernels_of(3)->tax(&plan, YEARS, &ledger.ledger, &out);
    assert_near(out.tax[0], 40.0, 1e-12);
    assert_near(out.equity[0], 100.0 - 50.0 - 40.0, 1e-12);
    assert_near(by_year[0], 100.0 - 60.0 - 40.0, 1e-12); /* all withheld, nothing in hand */
    assert_near(by_year[LQ_LANES], 10.0, 1e-12);
    ledger.amount[1][LQ_INCOME_GAIN][0] = 50.0;
    ledger.present[1][LQ_INCOME_GAIN][0] = 50.0;
    kernels_of(3)->tax(&plan, YEARS, &ledger.ledger, &out);
    assert_near(out.tax[0], 60.0, 1e-12);
}

/* A gain and a loss of one year net; the trace of a net loss gives its refund back at its end.
 */
static void the_trace_is_settled_at_the_end_of_the_year(void **state)
{
    (void)state;
    static calendar c;
    const lq_tax_plan plan = flat(0.4);
    calendar_init(&c, 36, 24, 0.0);
    earn(0, LQ_INCOME_GAIN, 30.0, 30.0);
    earn(1, LQ_INCOME_GAIN, -20.0, -19.0);
    ledger.trace[5 * LQ_LANES] = 0.6 * 50.0; /* +50 and -20 in the first year */
    ledger.trace[9 * LQ_LANES] = -0.6 * 20.0;
    ledger.trace[15 * LQ_LANES] = -0.6 * 19.0;
    kernels_of(3)->tax(&plan, YEARS, &ledger.ledger, &out);
    kernels_of(3)->tax_trace(&plan, &c.grid, &ledger.ledger);
    double sum = 0.0;
    for (size_t k = 0; k <= 36; k++)
        sum += ledger.trace[k * LQ_LANES];
    assert_near(sum, out.total[0], 1e-12);
    assert_near(ledger.trace[24 * LQ_LANES], -0.4 * 19.0, 1e-12);
}

/* A clawback lowers the pay of its year, also below zero: tax withheld comes back. */
static void a_clawback_takes_its_tax_back(void **state)
{
    (void)state;
    const lq_tax_plan plan = flat(0.25);
    earn(0, LQ_INCOME_PAY, 80.0, 80.0);
    earn(1, LQ_INCOME_PAY, -40.0, -40.0);
    kernels_of(3)->tax(&plan, YEARS, &ledger.ledger, &out);
    assert_near(out.tax[0], 10.0, 1e-12);
    assert_near(out.cash[0], 30.0, 1e-12);
}

static void no_tax_is_a_rate_of_zero(void **state)
{
    (void)state;
    const lq_tax_plan plan = flat(0.0);
    earn(0, LQ_INCOME_PAY, 80.0, 79.0);
    earn(2, LQ_INCOME_GAIN, -5.0, -4.0);
    kernels_of(3)->tax(&plan, YEARS, &ledger.ledger, &out);
    assert_near(out.total[0], 75.0, 1e-12);
    assert_near(out.tax[0], 0.0, 0.0);
    assert_near(by_year[0] + by_year[2 * LQ_LANES], 75.0, 1e-12);
}

/* A row that the plan cannot write is not read: it may hold anything. */
static void unused_rows_are_not_read(void **state)
{
    (void)state;
    const lq_tax_plan plan = flat(0.3);
    earn(1, LQ_INCOME_UNITS, 1e9, 1e9);
    used[1 * LQ_INCOME_KINDS + LQ_INCOME_UNITS] = 0;
    kernels_of(3)->tax(&plan, YEARS, &ledger.ledger, &out);
    assert_near(out.total[0], 0.0, 0.0);
}

/* Nothing is lost: net and tax are the gross, at the start and by year; both builds agree. */
static void laws_hold_on_random_ledgers(void **state)
{
    (void)state;
    static lq_outcome other;
    static double other_years[YEARS * LQ_LANES] __attribute__((aligned(64)));
    const lq_tax_plan plan = flat(0.35);
    const lq_philox_key key = lq_philox_key_make(8, LQ_DOMAIN_MAIN);
    for (size_t i = 0; i < (size_t)YEARS * LQ_INCOME_KINDS * LQ_LANES; i++) {
        const double u = lq_uniform_at(key, i, 0, 0, 0) - 0.3;
        ledger.ledger.amount[i] = 1000.0 * u;
        ledger.ledger.present[i] = 950.0 * u;
    }
    kernels_of(3)->tax(&plan, YEARS, &ledger.ledger, &out);
    for (size_t l = 0; l < LQ_LANES; l++) {
        double gross = 0.0;
        for (size_t y = 0; y < YEARS; y++)
            for (int kind = 0; kind < LQ_INCOME_KINDS; kind++)
                gross += ledger.present[y][kind][l];
        assert_near(out.gross_cash[l] + out.gross_equity[l], gross, 1e-9);
        assert_near(out.total[l] + out.tax[l], gross, 1e-9);
        assert_near(out.cash[l] + out.equity[l], out.total[l], 1e-12);
        double nominal = out.nominal_cash[l] + out.nominal_equity[l];
        for (size_t y = 0; y < YEARS; y++)
            nominal -= by_year[y * LQ_LANES + l];
        assert_near(nominal * 0.95, out.tax[l], 1e-9); /* every flow at 0.95 */
    }
    if (!kernels_of(4)) return;
    other.by_year = other_years;
    kernels_of(4)->tax(&plan, YEARS, &ledger.ledger, &other);
    assert_memory_equal(out.total, other.total, sizeof out.total);
    assert_memory_equal(out.tax, other.tax, sizeof out.tax);
    assert_memory_equal(by_year, other_years, sizeof by_year);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(income_is_taxed_in_its_year),
        cmocka_unit_test(a_loss_on_sale_bears_no_refund),
        cmocka_unit_test(the_trace_is_settled_at_the_end_of_the_year),
        cmocka_unit_test(a_clawback_takes_its_tax_back),
        cmocka_unit_test(no_tax_is_a_rate_of_zero),
        cmocka_unit_test(unused_rows_are_not_read),
        cmocka_unit_test(laws_hold_on_random_ledgers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
