/* Rounds that are priced by the worth of their class, on simulated lives (R7, phi: solve). */
#include "lq_test.h"

#include "company/opm.h"
#include "plans.h"

#include <math.h>
#include <string.h>

enum { MONTHS = 72 };

static company_block b, other;
static company_case c;

/* A wild company with a stack, whose rounds sell 5 % to 25 % on terms of their own. */
static void open_company(void)
{
    company_init(&c, MONTHS, 0.05, 0.8);
    hazard_constant(&c.plan.ipo, MONTHS, 0.08);
    hazard_constant(&c.plan.acquisition, MONTHS, 0.15);
    hazard_constant(&c.plan.failure, MONTHS, 0.05);
    hazard_constant(&c.plan.round, MONTHS, 0.9);
    c.plan.has_rounds = c.plan.solves_phi = true;
    c.plan.dilution =
        (lq_draw){.kind = LQ_DRAW_UNIFORM, .low = 0.05, .high = 0.25, .mean = 0.15};
    c.plan.pool = draw_constant(0.03);
    c.plan.rate = 0.04;
    company_stack(&c, 30.0, 3.0);
    c.plan.stack.opening.preferred[0].rank = 1;
    c.plan.stack.opening.fees = 0.02;
    c.plan.stack.opening.n_tranches = 1;
    c.plan.stack.opening.tranche[0] = (lq_tranche){.shares = 1.0, .strike = 4.0};
    c.plan.stack.opening.common -= 1.0;
    c.plan.stack.added = (lq_preferred){.due = 1.0, .rank = 1};
    lq_stack_plan_ready(&c.plan.stack, true);
}

static const double TERM = 1.0 / 0.28, IPO_SHARE = 0.08 / 0.23;

/* What the class of a lane's n-th round was worth to a dollar when it was sold. */
static double worth_of(size_t l, size_t n)
{
    static lq_path_stack stack;
    const double(*round)[LQ_LANES] = b.state.log->row[n];
    const double month = round[LQ_ROUND_MONTH][l];
    const lq_path path = {b.state.log, l, n + 1, month + 12.0 * TERM};
    kernels_of(3)->path_replay(&c.plan.stack, &path, &stack);
    lq_stack table = c.plan.stack.opening;
    table.common = stack.common;
    table.n_preferred = 0;
    for (size_t i = 0; i < stack.n; i++)
        if (stack.class[i].shares > 0.0) table.preferred[table.n_preferred++] = stack.class[i];
    const lq_exit_law law = lq_exit_law_at(c.plan.volatility, c.plan.rate, TERM, IPO_SHARE);
    double value[LQ_MAX_CLAIMANTS];
    lq_stack_value(&table, &law, b.value[(size_t)month * LQ_LANES + l], value);
    return value[table.n_preferred] / (round[LQ_ROUND_PRICE][l] * round[LQ_ROUND_ISSUED][l]);
}

/* @return how many there were; of them down ones. */
static size_t assert_worth(size_t *down)
{
    size_t n_all = 0;
    *down = 0;
    for (uint64_t block = 0; block < 16; block++) {
        company_block_run(&b, &c, kernels_of(3), block);
        for (size_t l = 0; l < LQ_LANES; l++) {
            const size_t rounds = (size_t)b.world.n_rounds[l];
            n_all += rounds;
            for (size_t n = 0; n < rounds && n < 8; n++) { /* 8: what a cap table holds */
                assert_near(worth_of(l, n), 1.0, 1e-6);
                *down += b.state.log->row[n][LQ_ROUND_IS_DOWN][l] != 0.0;
            }
            assert_true(b.world.n_unpriced[l] == 0.0);
        }
    }
    return n_all;
}

static void every_class_is_worth_its_price(void **state)
{
    (void)state;
    size_t down;
    open_company();
    assert_true(assert_worth(&down) > 1500 && down > 300);
    c.plan.stack.added = (lq_preferred){.due = 1.0,
                                        .cap = 2.0,
                                        .participation = LQ_PARTICIPATION_CAPPED,
                                        .dividend = 0.06,
                                        .ipo_due = 1.0,
                                        .rank = 1};
    c.plan.stack.ranks_rise = true;
    c.plan.stack.pay_to_play = 0.4;
    c.plan.has_dilution_if_down = true;
    c.plan.dilution_if_down = draw_constant(0.3);
    lq_stack_plan_ready(&c.plan.stack, true);
    assert_true(assert_worth(&down) > 1500 && down > 300);
    c.plan.proceeds_retained = false;
    assert_true(assert_worth(&down) > 1500 && down > 300);
}

/* Nobody chooses where all take part: the rounds are logged all the same. */
static void a_linear_stack_too(void **state)
{
    (void)state;
    size_t down;
    open_company();
    c.plan.stack.opening.n_tranches = 0;
    c.plan.stack.opening.common += 1.0;
    c.plan.stack.opening.preferred[0].participation = LQ_PARTICIPATION_FULL;
    c.plan.stack.added.participation = LQ_PARTICIPATION_FULL;
    c.plan.stack.ranks_rise = true;
    lq_stack_plan_ready(&c.plan.stack, true);
    assert_true(c.plan.stack.is_linear);
    assert_true(assert_worth(&down) > 1500);
}

/* Adjusted conversions dilute the new class as everybody else (ADR 0031): the price is that of
 * the same round without them. */
static void adjustments_do_not_move_the_price(void **state)
{
    (void)state;
    open_company();
    company_block_run(&b, &c, kernels_of(3), 3);
    c.plan.stack.opening.preferred[0].anti_dilution = LQ_ANTI_DILUTION_FULL;
    lq_stack_plan_ready(&c.plan.stack, true);
    company_block_run(&other, &c, kernels_of(3), 3);
    size_t adjusted = 0;
    for (size_t l = 0; l < LQ_LANES; l++) {
        const double *price = b.state.log->row[0][LQ_ROUND_PRICE];
        if (b.world.n_rounds[l] == 0.0) continue;
        assert_near(other.state.log->row[0][LQ_ROUND_PRICE][l], price[l], 0.0);
        adjusted += price[l] < 10.0;
        if (price[l] < 10.0) assert_true(other.state.shares[l] > b.state.shares[l]);
    }
    assert_true(adjusted > 10);
}

static void a_premium_is_on_the_price(void **state)
{
    (void)state;
    open_company();
    company_block_run(&b, &c, kernels_of(3), 5);
    c.plan.round_premium = draw_constant(0.25);
    company_block_run(&other, &c, kernels_of(3), 5);
    for (size_t l = 0; l < LQ_LANES; l++) {
        const double fair = b.state.log->row[0][LQ_ROUND_PRICE][l];
        if (b.world.n_rounds[l] == 0.0) continue;
        assert_near(other.state.log->row[0][LQ_ROUND_PRICE][l], 1.25 * fair, 1e-12 * fair);
    }
}

/* Five times the money, taking part, soon and for sure: no price is high enough. Nothing of
 * the company changes. */
static void a_round_without_a_price_is_not_held(void **state)
{
    (void)state;
    company_init(&c, 24, 0.0, 0.2);
    hazard_constant(&c.plan.acquisition, 24, 2.0);
    hazard_constant(&c.plan.round, 24, 2.0);
    c.plan.dilution = draw_constant(0.2);
    c.plan.stack.added = (lq_preferred){.due = 5.0, .participation = LQ_PARTICIPATION_FULL};
    company_stack(&c, 0.0, 0.0);
    company_block_run(&other, &c, kernels_of(3), 0);
    c.plan.has_rounds = c.plan.solves_phi = true;
    company_block_run(&b, &c, kernels_of(3), 0);
    double n = 0.0;
    for (size_t l = 0; l < LQ_LANES; l++) {
        n += b.world.n_unpriced[l];
        assert_true(b.world.n_rounds[l] == 0.0 && b.world.n_down[l] == 0.0);
        assert_true(b.state.shares[l] == other.state.shares[l]);
    }
    assert_true(n > 20.0);
    assert_memory_equal(b.price, other.price, sizeof b.price);
    assert_memory_equal(b.value, other.value, sizeof b.value);
}

static void both_builds_give_the_same_bits(void **state)
{
    (void)state;
    if (!kernels_of(4)) skip();
    open_company();
    c.plan.stack.pay_to_play = 0.4;
    c.plan.stack.added.dividend = 0.06;
    lq_stack_plan_ready(&c.plan.stack, true);
    for (uint64_t block = 0; block < 8; block++) {
        company_block_run(&b, &c, kernels_of(3), block);
        company_block_run(&other, &c, kernels_of(4), block);
        assert_memory_equal(b.value, other.value, sizeof b.value);
        assert_memory_equal(b.preferred, other.preferred, sizeof b.preferred);
        assert_memory_equal(b.price, other.price, sizeof b.price);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_class_is_worth_its_price),
        cmocka_unit_test(a_linear_stack_too),
        cmocka_unit_test(adjustments_do_not_move_the_price),
        cmocka_unit_test(a_premium_is_on_the_price),
        cmocka_unit_test(a_round_without_a_price_is_not_held),
        cmocka_unit_test(both_builds_give_the_same_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
