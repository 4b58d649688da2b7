/* An announced deal (R13): what it pays when it closes, what it stops while it is open, and
 * what follows when it breaks. */
#include "lq_test.h"

#include "moments.h"
#include "plans.h"

#include <math.h>
#include <string.h>

enum { BLOCKS = 512, PATHS = BLOCKS * LQ_LANES, MONTHS = 36 };

static company_block b;
static company_case c;

static lq_draw uniform(double low, double high)
{
    return (lq_draw){
        .kind = LQ_DRAW_UNIFORM, .low = low, .high = high, .mean = 0.5 * (low + high)};
}

/* A deal over a company of 10 shares, 30 claimed by 2 of them, that is decided in one month. */
static void a_deal(double price, double break_probability, size_t month)
{
    company_init(&c, MONTHS, 0.1, 0.6);
    company_stack(&c, 30.0, 2.0);
    c.plan.deal = (lq_deal_plan){.is_open = true,
                                 .stream = lq_stream_make(LQ_PURPOSE_DEAL, "acme"),
                                 .closes = draw_constant((double)month / 12.0),
                                 .break_probability = break_probability,
                                 .price_log2 = log2(price),
                                 .break_value = draw_constant(50.0)};
}

static double row(const double *rows, size_t k, size_t l)
{
    return rows[k * LQ_LANES + l];
}

/* ---- it closes ---- */

/* Below 150 the preferred keep their 30, above they convert. */
static void a_close_is_a_sale_down_the_waterfall(void **state)
{
    (void)state;
    static const struct {
        double price, fees, paid;
    } cases[] = {{20.0, 0.0, 0.0},   {100.0, 0.0, 8.75}, {100.0, 0.1, 7.5},
                 {150.0, 0.0, 15.0}, {250.0, 0.0, 25.0}, {250.0, 0.02, 24.5}};
    for (size_t i = 0; i < LQ_COUNT(cases); i++) {
        a_deal(cases[i].price, 0.0, 5);
        c.plan.stack.opening.fees = cases[i].fees;
        c.plan.premium = draw_constant(0.5); /* of other sales, not of this one */
        company_block_run(&b, &c, kernels_of(3), 0);
        for (size_t l = 0; l < LQ_LANES; l++) {
            assert_true(b.world.exit_kind[l] == (double)LQ_EXIT_ACQUISITION);
            assert_true(b.world.exit_month[l] == 5.0 && b.world.liquid_month[l] == 5.0);
            assert_true(b.world.closed_month[l] == 5.0);
            assert_near(row(b.price, 4, l), 0.0, 0.0);
            assert_near(row(b.price, 5, l), cases[i].paid, 1e-8);
            assert_near(row(b.price, MONTHS, l), cases[i].paid, 1e-8);
            assert_near(row(b.value, 4, l), 100.0, 1e-8);
        }
    }
}

/* What would be certain every month does not happen before the month of the deal. */
static void while_it_is_open_nothing_else_happens(void **state)
{
    (void)state;
    a_deal(250.0, 0.0, 7);
    hazard_constant(&c.plan.failure, MONTHS, 1e6);
    hazard_constant(&c.plan.round, MONTHS, 1e6);
    hazard_constant(&c.plan.tender, MONTHS, 1e6);
    c.plan.has_rounds = c.plan.has_tenders = true;
    company_block_run(&b, &c, kernels_of(3), 3);
    for (size_t l = 0; l < LQ_LANES; l++) {
        assert_true(b.world.closed_month[l] == 7.0 && b.world.exit_month[l] == 7.0);
        assert_true(b.world.n_rounds[l] == 0.0 && b.world.n_tenders[l] == 0.0);
        for (size_t k = 1; k < 7; k++)
            assert_near(row(b.value, k, l), 100.0, 1e-8);
    }
}

/* "2mo to 9mo" is one of the seven months that follow, each as likely, close or break. */
static void months_and_breaks_are_drawn_by_their_law(void **state)
{
    (void)state;
    double month[MONTHS + 1] = {0}, broken = 0.0, late_and_broken = 0.0;
    a_deal(250.0, 0.12, 5);
    c.plan.deal.closes = uniform(2.0 / 12.0, 9.0 / 12.0);
    for (uint64_t block = 0; block < BLOCKS; block++) {
        company_block_run(&b, &c, kernels_of(3), block);
        for (size_t l = 0; l < LQ_LANES; l++) {
            const bool breaks = b.state.breaks[l] != 0.0;
            const bool closes = b.world.closed_month[l] <= MONTHS;
            assert_true(breaks != closes);
            month[(size_t)b.state.deal_month[l]] += 1.0;
            broken += breaks;
            late_and_broken += breaks && b.state.deal_month[l] > 6.0;
        }
    }
    for (size_t k = 0; k <= MONTHS; k++)
        assert_share(month[k], PATHS, k >= 3 && k <= 9 ? 1.0 / 7.0 : 0.0);
    assert_share(broken, PATHS, 0.12);
    assert_share(late_and_broken, PATHS, 0.12 * 3.0 / 7.0);
}

/* ---- it breaks ---- */

static void a_break_leaves_its_value(void **state)
{
    (void)state;
    moments seen = {0};
    a_deal(250.0, 1.0, 5);
    c.plan.deal.break_value = uniform(40.0, 80.0);
    c.plan.loading_private_log2 = 0.0;
    for (uint64_t block = 0; block < BLOCKS; block++) {
        company_block_run(&b, &c, kernels_of(3), block);
        for (size_t l = 0; l < LQ_LANES; l++) {
            const double value = row(b.value, 5, l);
            assert_true(value > 40.0 - 1e-9 && value < 80.0 + 1e-8);
            moments_add(&seen, value);
            assert_near(row(b.preferred, 5, l), value / 10.0, 1e-8);
            assert_true(b.world.closed_month[l] == (double)(MONTHS + 1));
            /* on its own way again */
            const double up = exp2(c.drift_private[6]);
            assert_near(row(b.value, 6, l), value * up, 1e-8);
        }
    }
    assert_mean(&seen, 60.0, 0.0);
}

/* h0 as solved, with V_0 the value of the break: a power of V / V_0 is 1 there, wherever the
 * deal had held V. Lotteries from the month of the break on. */
static void after_a_break_hazards_start_anew(void **state)
{
    (void)state;
    double failed = 0.0;
    a_deal(250.0, 1.0, 5);
    hazard_constant(&c.plan.failure, MONTHS, 0.3);
    c.plan.failure.value_exponent = 2.0;
    c.plan.path_hazards = true;
    c.plan.loading_private_log2 = 0.0;
    memset(c.drift_private, 0, sizeof c.drift_private);
    for (uint64_t block = 0; block < BLOCKS; block++) {
        company_block_run(&b, &c, kernels_of(3), block);
        for (size_t l = 0; l < LQ_LANES; l++) {
            assert_true(b.world.exit_month[l] >= 5.0);
            failed += b.world.exit_kind[l] == (double)LQ_EXIT_FAILURE;
        }
    }
    assert_share(failed, PATHS, 1.0 - exp(-0.3 * 32.0 / 12.0));
}

/* Headline = value: a round after the break is priced at V / N and is no down round. */
static void after_a_break_rounds_are_priced_at_the_value(void **state)
{
    (void)state;
    a_deal(250.0, 1.0, 5);
    c.plan.loading_private_log2 = 0.0;
    memset(c.drift_private, 0, sizeof c.drift_private);
    hazard_constant(&c.plan.round, MONTHS, 0.0);
    c.plan.has_rounds = true;
    c.plan.round.mass[2] = c.plan.round.mass[8] = 1e9;
    c.plan.dilution = draw_constant(0.2);
    company_block_run(&b, &c, kernels_of(3), 0);
    for (size_t l = 0; l < LQ_LANES; l++) {
        assert_true(b.world.n_rounds[l] == 1.0 && b.world.n_down[l] == 0.0);
        assert_near(row(b.preferred, 8, l), 5.0, 1e-8);
        assert_near(row(b.value, 8, l), 62.5, 1e-8);
    }
}

/* ---- it rolls ---- */

static plan_rows acquirer;

static void a_roll_over_is_the_acquirers_stock_from_the_close_on(void **state)
{
    (void)state;
    a_deal(250.0, 0.5, 5);
    c.plan.deal.closes = uniform(2.0 / 12.0, 9.0 / 12.0);
    company_block_run(&b, &c, kernels_of(3), 1);
    for (size_t k = 0; k <= MONTHS; k++)
        for (size_t l = 0; l < LQ_LANES; l++)
            acquirer[k * LQ_LANES + l] = 100.0 + (double)(k * k + l);
    static plan_rows before;
    memcpy(before, b.price, sizeof before);
    kernels_of(3)->deal_roll(&c.plan, acquirer, MONTHS, &b.world);
    size_t rolled = 0;
    for (size_t l = 0; l < LQ_LANES; l++) {
        const size_t m = (size_t)b.world.closed_month[l];
        rolled += m <= MONTHS;
        for (size_t k = 1; k <= MONTHS; k++) {
            const double units = m <= k ? 25.0 / row(acquirer, m, l) : 0.0;
            const double due = m <= k ? units * row(acquirer, k, l) : row(before, k, l);
            assert_near(row(b.price, k, l), due, 1e-9 * due);
            if (m <= k) assert_near(row(b.preferred, k, l), due, 1e-9 * due);
        }
    }
    assert_true(rolled > 16 && rolled < 48);
}

/* ---- everywhere alike ---- */

static void no_branches_while_a_deal_is_open(void **state)
{
    (void)state;
    a_deal(250.0, 0.5, 5);
    hazard_constant(&c.plan.failure, MONTHS, 0.3);
    assert_int_equal(lq_expansion_of(&c.plan).kind, LQ_EXPAND_NOT);
    c.plan.deal.is_open = false;
    assert_int_equal(lq_expansion_of(&c.plan).kind, LQ_EXPAND_SAMPLED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_close_is_a_sale_down_the_waterfall),
        cmocka_unit_test(while_it_is_open_nothing_else_happens),
        cmocka_unit_test(months_and_breaks_are_drawn_by_their_law),
        cmocka_unit_test(a_break_leaves_its_value),
        cmocka_unit_test(after_a_break_hazards_start_anew),
        cmocka_unit_test(after_a_break_rounds_are_priced_at_the_value),
        cmocka_unit_test(a_roll_over_is_the_acquirers_stock_from_the_close_on),
        cmocka_unit_test(no_branches_while_a_deal_is_open)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
