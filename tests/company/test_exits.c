/* What ends a private life, and what it leaves. */
#include "lq_test.h"

#include "moments.h"
#include "plans.h"

#include <math.h>
#include <string.h>

static company_block b;
static company_case c;

static size_t month_of(const company_block *block, size_t l)
{
    return (size_t)block->world.exit_month[l];
}

/* R6: 15 % new money sold 15 % under the first close costs the holders 2.65 %. */
static void r6_a_listing_costs_holders_the_discount(void **state)
{
    (void)state;
    company_init(&c, 3, 0.0, 0.0);
    c.plan.ipo.mass[2] = 1e9;
    c.plan.ipo_discount = draw_constant(0.15);
    c.plan.ipo_primary = draw_constant(0.15);
    c.plan.lockup_months = 6;
    company_stack(&c, 70.0, 5.0);
    company_block_run(&b, &c, kernels_of(3), 0);
    for (size_t l = 0; l < LQ_LANES; l++) {
        const double price = b.price[2 * LQ_LANES + l], raised = 15.0;
        assert_near(price / 10.0, 1.0 - 0.15 * 0.15 / 0.85, 1e-9); /* 2.647 % */
        /* V += J, N += J / P0, S+ = V / N after the issue; nobody keeps a preference */
        const double shares = 10.0 + raised / (0.85 * price);
        assert_near(price, (100.0 + raised) / shares, 1e-8);
        assert_near(b.value[3 * LQ_LANES + l], 115.0, 1e-6);
        assert_true(b.price[LQ_LANES + l] == 0.0); /* no market before the listing */
        assert_true(b.world.exit_kind[l] == 1.0 && month_of(&b, l) == 2);
        assert_true(b.world.liquid_month[l] == 8.0);
        assert_near(b.preferred[2 * LQ_LANES + l], price, 0.0);
    }
}

/* Of listings, a share sells nothing under the first close and locks nobody up. */
static void some_listings_are_direct(void **state)
{
    (void)state;
    double direct = 0.0, n = 0.0;
    for (uint64_t block = 0; block < 256; block++) {
        company_init(&c, 9, 0.0, 0.0);
        c.plan.ipo.mass[2] = 1e9;
        c.plan.ipo_discount = draw_constant(0.15);
        c.plan.ipo_primary = draw_constant(0.15);
        c.plan.lockup_months = 6;
        c.plan.direct_listing = 0.3;
        c.plan.stream_closing = lq_stream_make(LQ_PURPOSE_CLOSING, "acme");
        company_block_run(&b, &c, kernels_of(3), block);
        for (size_t l = 0; l < LQ_LANES; l++, n += 1.0) {
            const bool is = b.world.liquid_month[l] == 2.0;
            assert_true(is || b.world.liquid_month[l] == 8.0);
            assert_near(b.price[3 * LQ_LANES + l], is ? 10.0 : 10.0 * (1 - 0.15 * 0.15 / 0.85),
                        1e-8);
            assert_near(b.state.shares[l], is ? 10.0 : 10.0 + 15.0 / (0.85 * b.price[192 + l]),
                        1e-7);
            direct += is;
        }
    }
    assert_share(direct, n, 0.3);
}

static void a_sale_pays_the_claim_first(void **state)
{
    (void)state;
    company_init(&c, 6, 0.0, 0.0);
    c.plan.acquisition.mass[4] = 1e9;
    c.plan.premium = draw_constant(0.2);
    c.plan.stack.opening.fees = 0.05;
    company_stack(&c, 70.0, 2.0);
    company_block_run(&b, &c, kernels_of(3), 0);
    const double paid = (120.0 * 0.95 - 70.0) / 8.0;
    for (size_t l = 0; l < LQ_LANES; l++) {
        assert_true(b.price[3 * LQ_LANES + l] == 0.0);
        for (size_t k = 4; k <= 6; k++) {
            assert_near(b.price[k * LQ_LANES + l], paid, 1e-8);
            assert_near(b.preferred[k * LQ_LANES + l], paid, 1e-8);
        }
        assert_true(b.world.liquid_month[l] == 4.0);
        assert_true(b.world.residual[l] == 0.0);
    }
}

static void a_failure_leaves_nothing_or_the_recovery(void **state)
{
    (void)state;
    for (int recovers = 0; recovers < 2; recovers++) {
        company_init(&c, 6, 0.0, 0.0);
        c.plan.failure.mass[4] = 1e9;
        c.plan.recovery = recovers ? 0.8 : 0.0;
        company_stack(&c, 30.0, 2.0);
        company_block_run(&b, &c, kernels_of(3), 0);
        const double left = recovers ? 50.0 / 8.0 : 0.0;
        for (size_t l = 0; l < LQ_LANES; l++)
            for (size_t k = 1; k <= 6; k++) {
                assert_near(b.price[k * LQ_LANES + l], k < 4 ? 0.0 : left, 1e-8);
                assert_near(b.preferred[k * LQ_LANES + l], k < 4 ? 10.0 : left, 1e-8);
            }
    }
}

/* A class bars an IPO in which a share of common is worth less than its veto; after rounds that
 * of the highest price. */
static void a_veto_bars_a_listing(void **state)
{
    (void)state;
    company_init(&c, 24, 0.0, 0.5);
    hazard_constant(&c.plan.ipo, 24, 0.8);
    company_stack(&c, 30.0, 3.0);
    c.plan.stack.opening.preferred[0].ipo_veto = 10.0;
    lq_stack_plan_ready(&c.plan.stack, true);
    c.plan.path_hazards = true;
    size_t listed = 0, waited = 0;
    for (uint64_t block = 0; block < 32; block++) {
        company_block_run(&b, &c, kernels_of(3), block);
        for (size_t l = 0; l < LQ_LANES; l++) {
            const size_t k = month_of(&b, l);
            if (k <= 24) assert_true(b.value[k * LQ_LANES + l] >= 100.0 * (1.0 - 1e-9));
            listed += k <= 24;
            waited += k > 24;
        }
    }
    assert_true(listed > 500 && waited > 500);
    c.plan.has_rounds = true; /* twice the price of a round in month 1 is out of reach */
    c.plan.round.mass[1] = 1e9;
    c.plan.dilution = draw_constant(0.1);
    c.plan.stack.added.ipo_veto = 20.0;
    lq_stack_plan_ready(&c.plan.stack, true);
    company_block_run(&b, &c, kernels_of(3), 0);
    for (size_t l = 0; l < LQ_LANES; l++)
        assert_true(month_of(&b, l) == 1 || month_of(&b, l) > 24);
}

/* R2: the floor comes before the lottery, and below it the company has failed. */
static void below_the_floor_it_fails_in_that_month(void **state)
{
    (void)state;
    company_init(&c, 36, 0.0, 0.9);
    hazard_constant(&c.plan.acquisition, 36, 0.3);
    c.plan.floor_log2 = log2(40.0);
    for (uint64_t block = 0; block < 64; block++) {
        company_block_run(&b, &c, kernels_of(3), block);
        for (size_t l = 0; l < LQ_LANES; l++) {
            const bool failed = b.world.exit_kind[l] == (double)LQ_EXIT_FAILURE;
            for (size_t k = 1; k <= 36 && k < month_of(&b, l); k++)
                assert_true(b.value[k * LQ_LANES + l] >= 40.0 * (1.0 - 1e-9));
            if (failed) assert_true(b.state.x[l] < 1e9); /* the cause was the floor alone */
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(r6_a_listing_costs_holders_the_discount),
        cmocka_unit_test(some_listings_are_direct),
        cmocka_unit_test(a_sale_pays_the_claim_first),
        cmocka_unit_test(a_failure_leaves_nothing_or_the_recovery),
        cmocka_unit_test(a_veto_bars_a_listing),
        cmocka_unit_test(below_the_floor_it_fails_in_that_month),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
