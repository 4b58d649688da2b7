/* Check 1 of the rules: under `pricing` value neither comes nor goes, whatever happens to the
 * company; what each class of a cap table is paid is on average what the option method says;
 * and so is what a share of common is paid after any month, by its fair value of that month. */
#include "lq_test.h"

#include "company/opm.h"
#include "moments.h"
#include "plans.h"

#include <math.h>
#include <string.h>

enum { BLOCKS = 1024, MONTHS = 48 };

static const double RATE = 0.04, SD = 0.7;

static company_case c;
static company_block b;
static lq_path_stack stack;

static double discount(double month)
{
    return exp(-RATE * month / 12.0);
}

/* Four classes of all kinds, options, debt, fees and a carve-out, at a value of 100. */
static void open_stack(void)
{
    lq_stack_plan *p = &c.plan.stack;
    *p = (lq_stack_plan){.diluted = 11.0,
                         .unissued = 0.5,
                         .opening = {.common = 4.0,
                                     .n_preferred = 4,
                                     .preferred = {{.shares = 2.0,
                                                    .due = 8.0,
                                                    .rank = 1,
                                                    .conversion_price = 4.0,
                                                    .anti_dilution = LQ_ANTI_DILUTION_BROAD},
                                                   {.shares = 1.5,
                                                    .due = 10.0,
                                                    .cap = 20.0,
                                                    .rank = 2,
                                                    .conversion_price = 6.0,
                                                    .participation = LQ_PARTICIPATION_CAPPED},
                                                   {.shares = 1.0,
                                                    .due = 5.0,
                                                    .rank = 2,
                                                    .conversion_price = 5.0,
                                                    .participation = LQ_PARTICIPATION_FULL},
                                                   {.shares = 1.2,
                                                    .due = 14.0,
                                                    .rank = 3,
                                                    .ipo_due = 15.0,
                                                    .conversion_price = 11.0,
                                                    .anti_dilution = LQ_ANTI_DILUTION_FULL}},
                                     .n_tranches = 1,
                                     .tranche = {{.shares = 0.8, .strike = 3.0}},
                                     .fees = 0.03,
                                     .debt = 6.0,
                                     .carve_out = 0.05},
                         .added = {.due = 1.0, .anti_dilution = LQ_ANTI_DILUTION_BROAD}};
}

/* Failure 13 %, sale 12 % with a premium of 30 %, IPO 10 % with a discount, a year; growth pays
 * for them (R5). */
static void open_company(size_t n_months)
{
    company_init(&c, n_months, RATE, SD);
    open_stack();
    hazard_constant(&c.plan.failure, n_months, 0.13);
    hazard_constant(&c.plan.acquisition, n_months, 0.12);
    hazard_constant(&c.plan.ipo, n_months, 0.10);
    c.plan.premium = draw_constant(0.3);
    c.plan.recovery = 0.1;
    c.plan.rate = RATE;
    lq_stack_plan_ready(&c.plan.stack, false);
}

static double value_at(size_t k, size_t l)
{
    return b.value[k * LQ_LANES + l];
}

/* ---- all of it ---- */

/* New money of the lane's rounds and of its IPO, at the start. */
static double new_money(size_t l, double primary)
{
    double sum = 0.0;
    for (size_t n = 0; n < (size_t)b.world.n_rounds[l]; n++) {
        const double(*round)[LQ_LANES] = b.state.log->row[n];
        sum += discount(round[LQ_ROUND_MONTH][l]) * round[LQ_ROUND_PRICE][l] *
               round[LQ_ROUND_ISSUED][l];
    }
    if (b.world.exit_kind[l] != (double)LQ_EXIT_IPO) return sum;
    const double month = b.world.exit_month[l], after = value_at((size_t)month, l);
    return sum + discount(month) * after * primary / (1.0 + primary);
}

/* Of the whole company; fees are somebody's too, and so is what a listed company owes. */
static double paid_out(size_t l)
{
    const size_t k = (size_t)b.world.exit_month[l];
    if (k > MONTHS) return discount(MONTHS) * value_at(MONTHS, l);
    const bool sold = b.world.exit_kind[l] == (double)LQ_EXIT_ACQUISITION,
               listed = b.world.exit_kind[l] == (double)LQ_EXIT_IPO;
    const double all = value_at(k, l) + (listed ? c.plan.stack.opening.debt : 0.0);
    return discount((double)k) * all / (sold ? 1.0 - c.plan.stack.opening.fees : 1.0);
}

static void value_neither_comes_nor_goes(void **state)
{
    (void)state;
    static const struct {
        double rounds, premium, pay_to_play;
        bool solves_phi;
    } rows[] = {{0.0, 0.0, 0.0, false},
                {0.7, 0.0, 0.0, false},
                {0.7, 0.25, 0.4, false},
                {0.7, 0.0, 0.4, true}};
    for (size_t i = 0; i < LQ_COUNT(rows); i++) {
        open_company(MONTHS);
        company_compensate(&c);
        hazard_constant(&c.plan.round, MONTHS, rows[i].rounds);
        c.plan.has_rounds = rows[i].rounds > 0.0;
        c.plan.solves_phi = rows[i].solves_phi;
        c.plan.dilution = draw_constant(0.15);
        c.plan.pool = draw_constant(0.03);
        c.plan.round_premium = draw_constant(rows[i].premium);
        c.plan.ipo_discount = draw_constant(0.15);
        c.plan.ipo_primary = draw_constant(0.2);
        c.plan.stack.pay_to_play = rows[i].pay_to_play;
        lq_stack_plan_ready(&c.plan.stack, c.plan.has_rounds);
        moments all = {0}, rounds = {0};
        for (uint64_t block = 0; block < BLOCKS; block++) {
            company_block_run(&b, &c, kernels_of(3), block);
            for (size_t l = 0; l < LQ_LANES; l++) {
                moments_add(&all, paid_out(l) - new_money(l, 0.2));
                moments_add(&rounds, b.world.n_rounds[l]);
            }
        }
        assert_mean(&all, 100.0, 0.0);
        assert_true((moments_mean(&rounds) > 1.0) == (rows[i].rounds > 0.0));
    }
}

/* ---- class by class ---- */

/* The lane's stack at its exit, as a cap table. */
static lq_stack table_of(size_t l, double month)
{
    const lq_path path = {b.state.log, l, (size_t)b.world.n_rounds[l], month};
    lq_stack s = c.plan.stack.opening;
    kernels_of(3)->path_replay(&c.plan.stack, &path, &stack);
    s.common = stack.common;
    s.n_preferred = stack.n;
    memcpy(s.preferred, stack.class, stack.n * sizeof *stack.class);
    return s;
}

/* What everybody is paid at the lane's exit: common as the engine pays it, and the rest sums up
 * with it. Those still private at the end are taken as sold then, at their value. */
static void pay_classes(size_t l, double *payout)
{
    static lq_pieces pieces;
    const double last = b.world.exit_month[l], month = fmin(last, MONTHS);
    const int kind = last > MONTHS ? LQ_EXIT_ACQUISITION : (int)b.world.exit_kind[l];
    lq_stack s = table_of(l, month);
    double exit = value_at((size_t)month, l);
    if (kind == LQ_EXIT_ACQUISITION && last <= MONTHS) exit /= 1.0 - s.fees;
    if (kind == LQ_EXIT_FAILURE) s.fees = s.carve_out = 0.0;
    if (kind == LQ_EXIT_IPO) exit += s.debt;
    (kind == LQ_EXIT_IPO ? lq_stack_listing : lq_stack_sale)(&s, &pieces);
    const double price = lq_pieces_pay(&pieces, exit, payout);
    if (last > MONTHS) return;
    const double paid = b.price[(size_t)month * LQ_LANES + l];
    assert_near(paid, price, 2e-8 * (1.0 + price));
}

static void add_value(const lq_stack *s, double weight, size_t month, double gain, bool lists,
                      double *sum)
{
    double value[LQ_MAX_CLAIMANTS];
    double growth = 0.0; /* the growth that pays for events, up to the month */
    for (size_t k = 1; k <= month; k++)
        growth += c.drift_private[k] * log(2.0) - (RATE - 0.5 * SD * SD) / 12.0;
    const lq_exit_law law = lq_exit_law_at(SD, RATE, (double)month / 12.0, lists ? 1.0 : 0.0);
    lq_stack_value(s, &law, 100.0 * exp(growth) * gain, value);
    for (size_t k = 0; k < lq_claim_count(s); k++)
        sum[k] += weight * value[k];
}

/* The law of exits month by month, each with the option value of what it pays. */
static void expect_classes(double *sum)
{
    const lq_stack *s = &c.plan.stack.opening;
    lq_stack failed = *s;
    const double h = 0.13 + 0.12 + 0.10, gone = 1.0 - exp(-h / 12.0);
    double alive = 1.0;
    failed.fees = failed.carve_out = 0.0;
    for (size_t k = 1; k <= MONTHS; k++, alive *= 1.0 - gone) {
        const double exits = alive * gone / h;
        add_value(&failed, exits * 0.13, k, c.plan.recovery, false, sum);
        add_value(s, exits * 0.12, k, 1.3, false, sum);
        add_value(s, exits * 0.10, k, 1.0, true, sum);
    }
    add_value(s, alive, MONTHS, 1.0, false, sum);
}

static void each_class_is_paid_what_it_is_worth(void **state)
{
    (void)state;
    open_company(MONTHS);
    company_compensate(&c);
    const size_t n = lq_claim_count(&c.plan.stack.opening);
    double want[LQ_MAX_CLAIMANTS] = {0}, payout[LQ_MAX_CLAIMANTS];
    static moments paid[LQ_MAX_CLAIMANTS];
    expect_classes(want);
    for (uint64_t block = 0; block < BLOCKS; block++) {
        company_block_run(&b, &c, kernels_of(3), block);
        for (size_t l = 0; l < LQ_LANES; l++) {
            pay_classes(l, payout);
            for (size_t k = 0; k < n; k++)
                moments_add(&paid[k],
                            discount(fmin(b.world.exit_month[l], MONTHS)) * payout[k]);
        }
    }
    double sum = 0.0;
    for (size_t k = 0; k < n; k++) {
        assert_mean(&paid[k], want[k], 0.0);
        sum += want[k];
    }
    assert_near(sum, 100.0, 1e-6);
}

/* With rounds, adjustments and pay-to-play too the engine pays common what the whole of the
 * path's stack leaves it. */
static void common_is_paid_from_the_paths_own_stack(void **state)
{
    (void)state;
    double payout[LQ_MAX_CLAIMANTS];
    open_company(MONTHS);
    hazard_constant(&c.plan.round, MONTHS, 0.7);
    c.plan.has_rounds = true;
    c.plan.dilution = draw_constant(0.15);
    c.plan.pool = draw_constant(0.03);
    c.plan.stack.pay_to_play = 0.3;
    c.plan.stack.added.dividend = 0.06;
    lq_stack_plan_ready(&c.plan.stack, true);
    size_t adjusted = 0;
    for (uint64_t block = 0; block < 64; block++) {
        company_block_run(&b, &c, kernels_of(3), block);
        for (size_t l = 0; l < LQ_LANES; l++) {
            pay_classes(l, payout);
            adjusted += stack.class[0].conversion_price < 4.0;
        }
    }
    assert_true(adjusted > 50);
}

/* ---- month by month ---- */

/* Every exit in month 36, as often an IPO as a sale is not: the term of the option method is
 * the time left. */
static void open_exit_in_month_36(void)
{
    open_company(36);
    c.plan.premium = draw_constant(0.0);
    c.plan.has_rounds = true;
    c.plan.dilution = draw_constant(0.15);
    c.plan.stack.pay_to_play = 0.3;
    lq_stack_plan_ready(&c.plan.stack, true);
    memset(&c.failure, 0, sizeof c.failure);
    memset(&c.ipo, 0, sizeof c.ipo);
    memset(&c.acquisition, 0, sizeof c.acquisition);
    for (size_t k = 0; k <= 36; k++) {
        const double left = (double)(36 - k) / 12.0;
        c.ipo.rate[k] = 0.4 / left;
        c.acquisition.rate[k] = 0.6 / left;
    }
    c.ipo.mass[36] = 4e8;
    c.acquisition.mass[36] = 6e8;
}

/* Rounds in the first year, then none: fair value is what is paid on average. */
static void fair_value_is_what_is_paid_later(void **state)
{
    (void)state;
    static const size_t from[] = {12, 24, 30};
    moments gap[LQ_COUNT(from)] = {{0}};
    open_exit_in_month_36();
    c.plan.observe_fair = c.all;
    for (size_t k = 1; k <= 11; k++)
        c.round.mass[k] = 0.2;
    for (uint64_t block = 0; block < BLOCKS; block++) {
        company_block_run(&b, &c, kernels_of(3), block);
        for (size_t l = 0; l < LQ_LANES; l++)
            for (size_t i = 0; i < LQ_COUNT(from); i++) {
                const double fair = b.fair[from[i] * LQ_LANES + l];
                const double paid = b.price[36 * LQ_LANES + l];
                moments_add(&gap[i], discount(36.0) * paid - discount((double)from[i]) * fair);
            }
    }
    for (size_t i = 0; i < LQ_COUNT(from); i++) {
        assert_mean(&gap[i], 0.0, 1e-6);
        assert_true(moments_se(&gap[i]) < 0.1);
    }
}

/* What new money is paid later is on average what it put in, where its price is solved; where
 * it is the value of a share, a claim and dividends come on top. */
static void new_money_gets_what_it_paid(void **state)
{
    (void)state;
    double payout[LQ_MAX_CLAIMANTS];
    for (int solves = 0; solves < 2; solves++) {
        open_exit_in_month_36();
        c.round.mass[6] = 1e9;
        c.plan.solves_phi = solves;
        c.plan.stack.added = (lq_preferred){.due = 1.0, .rank = 3, .dividend = 0.06};
        for (size_t i = 0; i < c.plan.stack.opening.n_preferred; i++)
            c.plan.stack.opening.preferred[i].anti_dilution = LQ_ANTI_DILUTION_NONE;
        lq_stack_plan_ready(&c.plan.stack, true);
        moments gain = {0};
        for (uint64_t block = 0; block < BLOCKS; block++) {
            company_block_run(&b, &c, kernels_of(3), block);
            for (size_t l = 0; l < LQ_LANES; l++) {
                const double(*round)[LQ_LANES] = b.state.log->row[0];
                const double paid = round[LQ_ROUND_PRICE][l] * round[LQ_ROUND_ISSUED][l];
                pay_classes(l, payout);
                moments_add(&gain, discount(36.0) * payout[LQ_CLAIM_PREFERRED + 4] -
                                       discount(6.0) * paid);
            }
        }
        if (solves)
            assert_mean(&gain, 0.0, 1e-5);
        else
            assert_true(moments_mean(&gain) > 1.0);
        assert_true(moments_se(&gain) < 0.2);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(value_neither_comes_nor_goes),
        cmocka_unit_test(each_class_is_paid_what_it_is_worth),
        cmocka_unit_test(common_is_paid_from_the_paths_own_stack),
        cmocka_unit_test(fair_value_is_what_is_paid_later),
        cmocka_unit_test(new_money_gets_what_it_paid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
