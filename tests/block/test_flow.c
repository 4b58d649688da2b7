#include "lq_test.h"

#include "block/flow.h"
#include "plans.h"

#include <math.h>

static calendar c;
static ledger_case ledger, other;

/* Money of one month enters the calendar year of that month, undiscounted and discounted. */
static void a_month_for_all_lanes(void **state)
{
    (void)state;
    LQ_LANE_ARRAY(amount);
    calendar_init(&c, 36, 24, 0.05);
    ledger_init(&ledger, 0.5);
    for (size_t l = 0; l < LQ_LANES; l++)
        amount[l] = (double)l - 10.0;
    lq_flow_month(&ledger.ledger, &c.grid, 0, LQ_INCOME_PAY, amount);
    lq_flow_month(&ledger.ledger, &c.grid, 12, LQ_INCOME_PAY, amount);
    lq_flow_month(&ledger.ledger, &c.grid, 13, LQ_INCOME_PAY, amount);
    for (size_t l = 0; l < LQ_LANES; l++) {
        assert_near(ledger.amount[0][LQ_INCOME_PAY][l], 2.0 * amount[l], 1e-12);
        assert_near(ledger.present[0][LQ_INCOME_PAY][l], (1.0 + exp(-0.05)) * amount[l], 1e-12);
        assert_near(ledger.amount[1][LQ_INCOME_PAY][l], amount[l], 1e-12);
        assert_near(ledger.trace[13 * LQ_LANES + l], 0.5 * exp(-0.05 * 13.0 / 12.0) * amount[l],
                    1e-12);
        assert_near(ledger.amount[0][LQ_INCOME_UNITS][l], 0.0, 0.0);
    }
}

static void a_month_of_its_own_for_each_lane(void **state)
{
    (void)state;
    LQ_LANE_ARRAY(amount);
    LQ_LANE_ARRAY(month);
    calendar_init(&c, 36, 24, 0.05);
    ledger_init(&ledger, 0.5);
    ledger_init(&other, 0.5);
    for (size_t l = 0; l < LQ_LANES; l++) {
        amount[l] = 7.0;
        month[l] = (double)(l % 37);
    }
    amount[5] = 0.0;
    month[5] = 1e9; /* no money, so no month */
    lq_flow_lanes(&ledger.ledger, &c.grid, month, LQ_INCOME_UNITS, amount);
    LQ_LANE_ARRAY(one);
    for (size_t k = 0; k <= 36; k++) { /* the same, month by month */
        for (size_t l = 0; l < LQ_LANES; l++)
            one[l] = month[l] == (double)k ? amount[l] : 0.0;
        lq_flow_month(&other.ledger, &c.grid, k, LQ_INCOME_UNITS, one);
    }
    const double *a = ledger.present[0][0], *b = other.present[0][0];
    for (size_t i = 0; i < sizeof ledger.present / sizeof *a; i++)
        assert_near(a[i], b[i], 1e-12);
    for (size_t i = 0; i < 37 * LQ_LANES; i++)
        assert_near(ledger.trace[i], other.trace[i], 1e-12);
}

static void without_a_trace_none_is_written(void **state)
{
    (void)state;
    LQ_LANE_ARRAY(amount);
    for (size_t l = 0; l < LQ_LANES; l++)
        amount[l] = 1.0;
    calendar_init(&c, 36, 24, 0.0);
    ledger_init(&ledger, 0.5);
    ledger.ledger.trace = NULL;
    lq_flow_month(&ledger.ledger, &c.grid, 3, LQ_INCOME_GAIN, amount);
    lq_flow_lanes(&ledger.ledger, &c.grid, amount, LQ_INCOME_GAIN, amount);
    assert_near(ledger.trace[3 * LQ_LANES], 0.0, 0.0);
    assert_near(ledger.amount[0][LQ_INCOME_GAIN][0], 2.0, 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_month_for_all_lanes),
        cmocka_unit_test(a_month_of_its_own_for_each_lane),
        cmocka_unit_test(without_a_trace_none_is_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
