/* Financing rounds, tenders, and the value of a common share on a path. */
#include "lq_test.h"

#include "moments.h"
#include "plans.h"

#include <math.h>
#include <string.h>

enum { BLOCKS = 2048, PATHS = BLOCKS * LQ_LANES };

static company_block b;
static company_case c;

/* A company without volatility whose only round, of certain size, is in month 2. */
static void one_round(double dilution, double pool)
{
    company_init(&c, 4, 0.0, 0.0);
    c.plan.has_rounds = true;
    c.plan.round.mass[2] = 1e9;
    c.plan.dilution = draw_constant(dilution);
    c.plan.pool = draw_constant(pool);
}

/* ---- R7: the price of a round ---- */

/* RND-01: 20M before the money, 5M new, a pool of 10 % of all shares after, made before it. */
static void rnd_01_a_round_with_a_pool(void **state)
{
    (void)state;
    one_round(0.2, 0.1);
    c.plan.start_log2 = log2(20e6);
    c.plan.stack.diluted = 9e6;
    company_stack(&c, 0.0, 0.0);
    c.plan.start_price = 1.0;
    company_block_run(&b, &c, kernels_of(3), 0);
    for (size_t l = 0; l < LQ_LANES; l++) {
        assert_near(b.state.shares[l], 12857142.8571, 0.01);
        assert_near(b.preferred[2 * LQ_LANES + l], 1.94444444444, 1e-9);
        assert_near(b.preferred[1 * LQ_LANES + l], 1.0, 0.0);
        assert_near(b.state.log->row[0][LQ_ROUND_ISSUED][l], 2571428.57143, 0.01);
        assert_near(b.state.due[l], 5e6, 0.01);
        assert_near(b.value[2 * LQ_LANES + l], 25e6, 0.01);
        assert_true(b.world.n_rounds[l] == 1.0 && b.world.n_down[l] == 0.0);
    }
}

/* Money in does not change what a share is worth when the price is the value; a price over it
 * gives to holders, a price under it takes from them; proceeds not kept only dilute. */
static void value_per_share_across_a_round(void **state)
{
    (void)state;
    one_round(0.15, 0.0);
    company_block_run(&b, &c, kernels_of(3), 0);
    assert_near(b.value[2 * LQ_LANES] / b.state.shares[0], 10.0, 1e-8);
    c.plan.phi = 1.2;
    company_block_run(&b, &c, kernels_of(3), 0);
    assert_near(b.preferred[2 * LQ_LANES], 12.0, 1e-8);
    assert_near(b.value[2 * LQ_LANES] / b.state.shares[0], 0.85 * 10.0 + 0.15 * 12.0, 1e-8);
    c.plan.phi = 1.0;
    c.plan.proceeds_retained = false;
    company_block_run(&b, &c, kernels_of(3), 0);
    assert_near(b.value[2 * LQ_LANES] / b.state.shares[0], 8.5, 1e-8);
}

/* RND-03: four rounds of 20, 18, 15 and 10 % with pools of 5, 3, 2 and 0 %. */
static void rnd_03_a_chain_of_rounds(void **state)
{
    (void)state;
    static const double sells[] = {0.2, 0.18, 0.15, 0.1}, pools[] = {0.05, 0.03, 0.02, 0.0},
                        owned[] = {0.0075, 0.005925, 0.00491775, 0.004425975};
    double shares = 10.0;
    for (size_t i = 0; i < LQ_COUNT(sells); i++) {
        one_round(sells[i], pools[i]);
        c.plan.stack.diluted = shares;
        company_stack(&c, 0.0, 0.0);
        company_block_run(&b, &c, kernels_of(3), 0);
        shares = b.state.shares[9];
        assert_near(0.01 * 10.0 / shares, owned[i], 1e-6 * owned[i]);
    }
}

/* A premium on the price: 2 % to 50 %, as drawn, of what the shares before it are worth. */
static void a_premium_is_of_the_price(void **state)
{
    (void)state;
    one_round(0.15, 0.0);
    c.plan.round_premium =
        (lq_draw){.kind = LQ_DRAW_UNIFORM, .low = 0.02, .high = 0.5, .mean = 0.26};
    moments price = {0};
    for (uint64_t block = 0; block < 64; block++) {
        company_block_run(&b, &c, kernels_of(3), block);
        for (size_t l = 0; l < LQ_LANES; l++) {
            const double paid = b.preferred[2 * LQ_LANES + l];
            assert_true(paid >= 10.2 * (1.0 - 1e-9) && paid <= 15.0 * (1.0 + 1e-9));
            assert_near(b.state.shares[l], 10.0 / 0.85, 1e-9); /* the part sold is the same */
            moments_add(&price, paid);
        }
    }
    assert_mean(&price, 12.6, 0.0);
}

/* 6 shares of common, 4 preferred at $10, which adjust: a round at half of that. */
static void a_cheap_round_dilutes_by_its_adjustments_too(void **state)
{
    (void)state;
    static const struct {
        lq_anti_dilution right;
        double pay_to_play, shares;
    } rows[] = {{LQ_ANTI_DILUTION_NONE, 0.0, 12.5},
                {LQ_ANTI_DILUTION_BROAD, 0.0, 12.5 + 4.0 * (12.5 / 11.25 - 1.0)},
                {LQ_ANTI_DILUTION_FULL, 0.0, 16.5},
                {LQ_ANTI_DILUTION_FULL, 0.5, 14.5},
                {LQ_ANTI_DILUTION_FULL, 1.0, 12.5}};
    for (size_t i = 0; i < LQ_COUNT(rows); i++) {
        one_round(0.2, 0.0);
        c.plan.start_log2 = log2(50.0);
        company_stack(&c, 40.0, 4.0);
        c.plan.stack.opening.preferred[0].anti_dilution = rows[i].right;
        c.plan.stack.pay_to_play = rows[i].pay_to_play;
        lq_stack_plan_ready(&c.plan.stack, true);
        company_block_run(&b, &c, kernels_of(3), 0);
        assert_near(b.preferred[2 * LQ_LANES], 5.0, 1e-9); /* on the shares before it */
        assert_near(b.state.shares[3], rows[i].shares, 1e-8);
        assert_near(b.state.due[3], 12.5 + 40.0 * (1.0 - rows[i].pay_to_play), 1e-7);
    }
}

static void a_lower_price_is_a_down_round(void **state)
{
    (void)state;
    one_round(0.18, 0.0);
    static const struct {
        double last, down, flat;
    } prices[] = {{10.11, 1, 0}, {10.10, 0, 1}, {10.0, 0, 1}, {9.91, 0, 1}, {9.89, 0, 0}};
    for (size_t i = 0; i < LQ_COUNT(prices); i++) {
        c.plan.start_price = prices[i].last;
        company_block_run(&b, &c, kernels_of(3), 0);
        assert_true(b.world.n_down[5] == prices[i].down && b.world.n_flat[5] == prices[i].flat);
        assert_near(b.state.shares[5], 10.0 / 0.82, 1e-9);
    }
    c.plan.start_price = 10.01; /* its terms are those of a down round, however little */
    c.plan.has_dilution_if_down = true;
    c.plan.dilution_if_down = draw_constant(0.28);
    company_block_run(&b, &c, kernels_of(3), 0);
    assert_near(b.state.shares[5], 10.0 / 0.72, 1e-9);
    assert_true(b.world.n_rounds[5] == 1.0 && b.world.n_flat[5] == 1.0);
}

/* ---- arrivals ---- */

/* EXI-09: rounds at 0.6 a year for 5 years, each leaves 0.82. They arrive at the rate of a
 * Poisson process, one a month at most: a second one waits for the next month, and at the very
 * end is lost, which is the slack. */
static void exi_09_dilution_over_rounds(void **state)
{
    (void)state;
    company_init(&c, 60, 0.0, 0.3);
    c.plan.has_rounds = true;
    hazard_constant(&c.plan.round, 60, 0.6);
    c.plan.dilution = draw_constant(0.18);
    moments kept = {0}, rounds = {0};
    double none = 0.0;
    for (uint64_t block = 0; block < BLOCKS; block++) {
        company_block_run(&b, &c, kernels_of(3), block);
        for (size_t l = 0; l < LQ_LANES; l++) {
            moments_add(&kept, 10.0 / b.state.shares[l]);
            moments_add(&rounds, b.world.n_rounds[l]);
            none += b.world.n_rounds[l] == 0.0;
        }
    }
    assert_mean(&kept, 0.582748252374, 3e-4);
    assert_mean(&rounds, 3.0, 2e-3);
    assert_share(none, PATHS, 0.0497870683679);
    assert_near(moments_sd(&kept), 0.186188538791, 0.001);
}

/* A path has room for so many rounds and so many tenders. What is beyond is left out, never
 * silently. */
static void too_many_events_are_counted(void **state)
{
    (void)state;
    static const struct {
        size_t months;
        double n, cut;
    } rows[] = {{63, 63, 0}, {64, 64, 0}, {65, 64, 1}, {150, 64, 1}};
    for (size_t i = 0; i < 2 * LQ_COUNT(rows); i++) {
        const size_t months = rows[i / 2].months;
        company_init(&c, months, 0.0, 0.3);
        c.plan.has_rounds = i % 2 == 0;
        c.plan.has_tenders = i % 2 == 1;
        c.plan.dilution = draw_constant(0.01);
        hazard_constant(i % 2 ? &c.plan.tender : &c.plan.round, months, 1e6);
        company_block_run(&b, &c, kernels_of(3), 0);
        for (size_t l = 0; l < LQ_LANES; l++) {
            const double n = i % 2 ? b.world.n_tenders[l] : b.world.n_rounds[l];
            assert_near(n, rows[i / 2].n, 0.0);
            assert_near(b.world.cut[l], rows[i / 2].cut, 0.0);
        }
    }
}

/* EXI-15: tenders at 0.4 a year until an exit at 0.2, or 8 years, each for a fifth of the rest.
 */
static void exi_15_tenders_before_the_exit(void **state)
{
    (void)state;
    company_init(&c, 96, 0.0, 0.4);
    c.plan.has_tenders = true;
    hazard_constant(&c.plan.tender, 96, 0.4);
    hazard_constant(&c.plan.acquisition, 96, 0.2);
    moments count = {0}, unsold = {0};
    double none = 0.0;
    for (uint64_t block = 0; block < BLOCKS; block++) {
        company_block_run(&b, &c, kernels_of(3), block);
        for (size_t l = 0; l < LQ_LANES; l++) {
            double n = 0.0;
            for (size_t k = 1; k <= 96; k++)
                n += b.tender[k * LQ_LANES + l] > 0.0;
            assert_true(n == b.world.n_tenders[l]);
            moments_add(&count, n);
            moments_add(&unsold, pow(0.8, n));
            none += n == 0.0;
        }
    }
    /* a tender of month k needs survival of month k; the published values are in continuous
     * time */
    const double stay = exp(-0.2 / 12.0), rate = 0.4 / 12.0;
    double mean = 0.0, left = 0.0, quiet = 0.0, alive = 1.0;
    for (int n = 0; n <= 96; n++) { /* months survived before the exit */
        const double p = n < 96 ? alive * (1.0 - stay) : alive;
        mean += p * n * rate;
        left += p * exp(-0.2 * n * rate);
        quiet += p * exp(-n * rate);
        alive *= stay;
    }
    assert_near(mean, 1.59620696401, 0.015);
    assert_near(left, 0.744702429823, 0.003);
    assert_near(quiet, 0.338819831366, 0.006);
    assert_mean(&count, mean, 1e-3);
    assert_mean(&unsold, left, 2e-4);
    assert_share(none, PATHS, quiet);
}

/* Sixty-four ordinals have a draw of their own; a life needs fewer, and the count stops there.
 */
static void at_most_64_rounds(void **state)
{
    (void)state;
    company_init(&c, 120, 0.0, 0.0);
    c.plan.has_rounds = true;
    for (size_t k = 1; k <= 120; k++)
        c.plan.round.mass[k] = 1e9;
    c.plan.dilution = draw_constant(0.01);
    company_block_run(&b, &c, kernels_of(3), 0);
    for (size_t l = 0; l < LQ_LANES; l++)
        assert_true(b.world.n_rounds[l] == (double)LQ_MAX_ROUNDS);
}

static void nothing_happens_after_the_exit(void **state)
{
    (void)state;
    company_init(&c, 60, 0.0, 0.5);
    hazard_constant(&c.plan.acquisition, 60, 0.8);
    hazard_constant(&c.plan.tender, 60, 3.0);
    hazard_constant(&c.plan.round, 60, 3.0);
    c.plan.has_rounds = c.plan.has_tenders = true;
    c.plan.dilution = draw_constant(0.1);
    for (uint64_t block = 0; block < 32; block++) {
        company_block_run(&b, &c, kernels_of(3), block);
        for (size_t l = 0; l < LQ_LANES; l++)
            for (size_t k = (size_t)b.world.exit_month[l]; k <= 60; k++) {
                assert_true(b.tender[k * LQ_LANES + l] == 0.0);
                assert_near(b.preferred[k * LQ_LANES + l], b.price[60 * LQ_LANES + l], 1e-9);
            }
    }
}

/* R7: the intensity follows the value since the last round, so that a rise is answered once.
 * The value doubles in month 1 and stays: at a value exponent of 1 the first round comes twice
 * as fast, and later ones as fast as ever. */
static void rounds_are_likelier_above_the_last_one(void **state)
{
    (void)state;
    company_init(&c, 60, 0.0, 0.0);
    c.drift_private[1] = 1.0;
    c.plan.has_rounds = true;
    hazard_constant(&c.plan.round, 60, 0.6);
    c.plan.round.value_exponent = 1.0;
    c.plan.dilution = draw_constant(0.2);
    double none = 0.0;
    moments rounds = {0};
    for (uint64_t block = 0; block < BLOCKS; block++) {
        company_block_run(&b, &c, kernels_of(3), block);
        for (size_t l = 0; l < LQ_LANES; l++) {
            none += b.world.n_rounds[l] == 0.0;
            moments_add(&rounds, b.world.n_rounds[l]);
            assert_true(b.world.n_down[l] == 0.0);
        }
    }
    assert_share(none, PATHS, exp(-1.2 * 5.0));
    /* The time to the first at 1.2 a year, and 0.6 a year from then on; the slack is for what
     * is left of the first one's month, which counted at 1.2. */
    const double came = 1.0 - exp(-1.2 * 5.0);
    assert_mean(&rounds, came + 0.6 * (5.0 - came / 1.2), 0.03);
}

/* ---- prices of tenders ---- */

static void a_tender_is_at_the_last_price_less_its_discount(void **state)
{
    (void)state;
    one_round(0.1, 0.0);
    c.plan.has_tenders = true;
    c.plan.tender.mass[2] = 1e9; /* after the round of the same month (R2) */
    c.plan.tender_discount = draw_constant(0.12);
    c.plan.start_price = 4.0;
    company_block_run(&b, &c, kernels_of(3), 0);
    assert_near(b.tender[2 * LQ_LANES], 0.88 * 10.0, 1e-8);
    assert_true(b.tender[LQ_LANES] == 0.0 && b.tender[3 * LQ_LANES] == 0.0);
    c.plan.tender_price = LQ_AT_FAIR;
    c.plan.observe_fair = c.all;
    company_block_run(&b, &c, kernels_of(3), 0);
    assert_near(b.tender[2 * LQ_LANES], 0.88 * b.fair[2 * LQ_LANES], 1e-8);
    c.plan.tender_price = LQ_AT_409A; /* of the first day, 25 % under the fair value of then */
    c.plan.residual_keep = 0.75;
    company_appraise(&c, 12, 2);
    company_block_run(&b, &c, kernels_of(3), 0);
    assert_near(b.tender[2 * LQ_LANES], 0.75 * 0.88 * b.fair[0], 1e-8);
}

/* What buyers leave of the offers is drawn on its own: the price of the tender knows nothing of
 * it, and neither does its cap. */
static void a_tender_that_is_full_takes_a_part(void **state)
{
    (void)state;
    moments bought = {0}, product = {0}, price = {0};
    company_init(&c, 2, 0.0, 0.0);
    c.plan.has_tenders = true;
    c.plan.tender.mass[2] = 1e9;
    c.plan.tender_cap = draw_constant(0.2);
    c.plan.tender_discount = (lq_draw){.kind = LQ_DRAW_UNIFORM, .low = 0.1, .high = 0.3};
    c.plan.tender_proration = (lq_draw){.kind = LQ_DRAW_UNIFORM, .low = 0.4, .high = 1.0};
    for (uint64_t block = 0; block < 256; block++) {
        company_block_run(&b, &c, kernels_of(3), block);
        for (size_t l = 0; l < LQ_LANES; l++) {
            const double part = b.tender_cap[2 * LQ_LANES + l] / 0.2;
            assert_true(part > 0.4 && part < 1.0);
            moments_add(&bought, part);
            moments_add(&price, b.tender[2 * LQ_LANES + l]);
            moments_add(&product, part * b.tender[2 * LQ_LANES + l]);
        }
    }
    assert_mean(&bought, 0.7, 0.0);
    assert_mean(&price, 8.0, 0.0);
    assert_mean(&product, 0.7 * 8.0, 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rnd_01_a_round_with_a_pool),
        cmocka_unit_test(value_per_share_across_a_round),
        cmocka_unit_test(rnd_03_a_chain_of_rounds),
        cmocka_unit_test(a_premium_is_of_the_price),
        cmocka_unit_test(a_cheap_round_dilutes_by_its_adjustments_too),
        cmocka_unit_test(a_lower_price_is_a_down_round),
        cmocka_unit_test(exi_09_dilution_over_rounds),
        cmocka_unit_test(too_many_events_are_counted),
        cmocka_unit_test(rounds_are_likelier_above_the_last_one),
        cmocka_unit_test(exi_15_tenders_before_the_exit),
        cmocka_unit_test(at_most_64_rounds),
        cmocka_unit_test(nothing_happens_after_the_exit),
        cmocka_unit_test(a_tender_is_at_the_last_price_less_its_discount),
        cmocka_unit_test(a_tender_that_is_full_takes_a_part),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
