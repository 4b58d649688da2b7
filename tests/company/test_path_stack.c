/* The stack of a path: replayed from its rounds, and what it pays, against the whole cap table.
 */
#include "lq_test.h"

#include "company/opm.h"
#include "stacks.h"

#include <math.h>
#include <string.h>

static stack_case on;

/* ---- a ledger by hand ---- */

/* 8M common; A paid $1 for 2M shares, broad-based; B paid $4 for 2.5M, full ratchet: 12.5M in
 * all. */
static void open_ledger(double pay_to_play)
{
    on.plan =
        (lq_stack_plan){.diluted = 12.5e6,
                        .opening = {.common = 8e6,
                                    .n_preferred = 2,
                                    .preferred = {{.shares = 2e6,
                                                   .due = 2e6,
                                                   .conversion_price = 1.0,
                                                   .anti_dilution = LQ_ANTI_DILUTION_BROAD},
                                                  {.shares = 2.5e6,
                                                   .due = 10e6,
                                                   .conversion_price = 4.0,
                                                   .anti_dilution = LQ_ANTI_DILUTION_FULL}}},
                        .added = {.due = 1.0, .anti_dilution = LQ_ANTI_DILUTION_BROAD},
                        .pay_to_play = pay_to_play};
    lq_stack_plan_ready(&on.plan, true);
    stack_round(&on, 0, 5.0, 2e6, 0.5e6, 6.0, false); /* up: 10M at $5 */
    stack_round(&on, 1, 2.5, 4e6, 0.0, 18.0, true);   /* down: 10M at $2.50 */
    stack_round(&on, 2, 0.5, 10e6, 1e6, 30.0, true);  /* down: 5M at $0.50 */
}

static void replay(size_t n_rounds, double month)
{
    const lq_path path = stack_path(&on, n_rounds, month);
    kernels_of(3)->path_replay(&on.plan, &path, &on.replayed);
}

static void assert_class(size_t i, double shares, double due, double conversion_price)
{
    assert_near(on.replayed.class[i].shares, shares, 1e-6 * shares);
    assert_near(on.replayed.class[i].due, due, 1e-6 * due + 1e-9);
    assert_near(on.replayed.class[i].conversion_price, conversion_price, 1e-9);
}

/* 1. Up: nobody is adjusted; 15M in all.
 * 2. $2.50: B's full ratchet converts at 2.50, 4M shares; C (round 1, at $5): the average 5
 *    (15M + 2M) / (15M + 4M) = 4.473684, 2,235,294 shares; A paid less.
 * 3. $0.50: before it there are 15M + 4M + 1.5M + 235,294 = 20,735,294; A: 1 (20,735,294 + 5M)
 *    / (20,735,294 + 10M) = 0.837321; B: 0.50, 20M shares; C: 4.473684 x (20,735,294 +
 *    5M / 4.473684) / 30,735,294; D: 2.5 (20,735,294 + 2M) / 30,735,294 = 1.849282. */
static void three_rounds_as_in_a_ledger(void **state)
{
    (void)state;
    open_ledger(0.0);
    replay(1, 12.0);
    assert_near(on.replayed.diluted, 15e6, 1e-3);
    assert_near(on.replayed.common, 8.5e6, 1e-3);
    assert_class(2, 2e6, 10e6, 5.0);
    assert_class(1, 2.5e6, 10e6, 4.0);
    replay(2, 24.0);
    assert_class(0, 2e6, 2e6, 1.0);
    assert_class(1, 4e6, 10e6, 2.5);
    assert_class(2, 38e6 / 17.0, 10e6, 85.0 / 19.0);
    assert_class(3, 4e6, 10e6, 2.5);
    const double before = 19e6 + 1.5e6 + 4e6 / 17.0, after = before + 10e6;
    assert_near(on.replayed.diluted, before, 1e-2);
    replay(3, 36.0);
    const double a = (before + 5e6) / after, c = 85.0 / 19.0,
                 c3 = c * (before + 5e6 / c) / after, d = 2.5 * (before + 2e6) / after;
    assert_class(0, 2e6 / a, 2e6, a);
    assert_class(1, 20e6, 10e6, 0.5);
    assert_class(2, 10e6 / c3, 10e6, c3);
    assert_class(3, 10e6 / d, 10e6, d);
    assert_class(4, 10e6, 5e6, 0.5);
    assert_near(on.replayed.common, 9.5e6, 1e-3);
    assert_near(on.replayed.diluted, 9.5e6 + 2e6 / a + 20e6 + 10e6 / c3 + 10e6 / d + 10e6,
                1e-2);
}

/* A quarter of the earlier preferred does not follow in the down rounds: it is common then, at
 * the conversion of before, and has neither preference nor adjustment. */
static void who_does_not_follow_holds_common(void **state)
{
    (void)state;
    open_ledger(0.25);
    replay(2, 24.0);
    assert_near(on.replayed.common, 8.5e6 + 0.25 * (2e6 + 2.5e6 + 2e6), 1e-3);
    assert_class(0, 1.5e6, 1.5e6, 1.0);
    assert_class(1, 1.875e6 * 4.0 / 2.5, 7.5e6, 2.5);
    assert_class(2, 1.5e6 * 19.0 / 17.0, 7.5e6, 85.0 / 19.0);
    assert_class(3, 4e6, 10e6, 2.5);
    open_ledger(1.0);
    replay(3, 36.0);
    for (size_t i = 0; i < 4; i++)
        assert_true(on.replayed.class[i].shares == 0.0 && on.replayed.class[i].due == 0.0);
    assert_near(on.replayed.common, 9.5e6 + 2e6 + 2.5e6 + 2e6 + 4e6, 1e-3);
}

/* 8 % a year of $10M from the start, 10 % of what the round brought since then. */
static void dividends_run_from_the_round_on(void **state)
{
    (void)state;
    open_ledger(0.0);
    on.plan.opening.preferred[1].dividend = 0.8e6;
    on.plan.added.dividend = 0.1;
    lq_stack_plan_ready(&on.plan, true);
    replay(1, 30.0);
    assert_near(on.replayed.class[1].due, 10e6 + 2.0e6, 1e-3);
    assert_near(on.replayed.class[2].due, 10e6 * 1.2, 1e-3);
    assert_near(on.replayed.class[0].due, 2e6, 1e-3);
}

/* ---- random stacks ---- */

/* What is left for shareholders of an exit. */
static double left_of(const lq_stack *s, double exit, bool lists)
{
    return lists ? fmax(exit - s->debt, 0.0)
                 : fmax(exit * (1.0 - s->fees) - s->debt, 0.0) * (1.0 - s->carve_out);
}

static void common_gets_what_the_whole_cap_table_pays(void **state)
{
    (void)state;
    static lq_pieces pieces;
    double payout[LQ_MAX_CLAIMANTS];
    size_t all_shared = 0;
    for (uint64_t t = 0; t < 10000; t++) {
        const lq_path path = stack_random(&on, t);
        const lq_stack s = stack_table(&on, &path);
        const lq_stack_sums sums = kernels_of(3)->path_sums(&on.plan, &on.replayed);
        const bool lists = t % 4 == 0;
        (lists ? lq_stack_listing : lq_stack_sale)(&s, &pieces);
        for (int i = 0; i < 4; i++) {
            const double exit = 3e8 * pow(stack_uniform(t, 240 + (uint32_t)i), 2.0);
            const double want = lq_pieces_pay(&pieces, exit, payout);
            const double got =
                kernels_of(3)->path_price(&on.plan, &path, left_of(&s, exit, lists), lists);
            double sum = 0.0;
            for (size_t k = 0; k < lq_claim_count(&s); k++)
                sum += payout[k];
            assert_near(sum, exit, 1e-9 * exit);
            assert_near(got, want, 1e-9 * want + 1e-9);
            if (!on.plan.is_simple || lists) continue;
            /* the short cuts: nobody shares up to the dues, everybody from the ceiling on */
            const double left = left_of(&s, exit, false);
            const double all = (left + on.plan.strikes) / (sums.diluted - on.plan.unissued);
            if (left <= sums.due) assert_near(got, 0.0, 0.0);
            if (all >= sums.ceiling) assert_near(got, all, 1e-9 * all);
            all_shared += all >= sums.ceiling;
        }
    }
    assert_true(all_shared > 100);
}

static void common_is_worth_what_the_whole_cap_table_says(void **state)
{
    (void)state;
    for (uint64_t t = 0; t < 2000; t++) {
        const lq_path path = stack_random(&on, t);
        const lq_stack s = stack_table(&on, &path);
        const double term = 0.5 + 4.5 * stack_uniform(t, 250), ipo = stack_uniform(t, 251);
        const lq_exit_law law = lq_exit_law_at(0.2 + 0.8 * stack_uniform(t, 252),
                                               0.05 * stack_uniform(t, 253), term, ipo);
        const double value = 2e8 * stack_uniform(t, 254);
        const lq_path_law lanes = {.value = value,
                                   .ipo_share = ipo,
                                   .sd = law.volatility * sqrt(term),
                                   .growth = law.rate * term,
                                   .discount = exp(-law.rate * term)};
        const double want = lq_stack_common_call(&s, &law, value, 0.0);
        assert_near(kernels_of(3)->path_value(&on.plan, &path, &lanes), want,
                    1e-8 * value / s.common);
        if (!kernels_of(4)) continue;
        const double wide = kernels_of(4)->path_value(&on.plan, &path, &lanes),
                     narrow = kernels_of(3)->path_value(&on.plan, &path, &lanes);
        assert_memory_equal(&wide, &narrow, sizeof wide);
    }
}

/* Rounds only ever add shares, whatever rights the classes have. */
static void shares_never_fall(void **state)
{
    (void)state;
    for (uint64_t t = 0; t < 2000; t++) {
        const lq_path path = stack_random(&on, t);
        double last = on.plan.diluted;
        for (size_t n = 1; n <= path.n_rounds; n++) {
            replay(n, path.month);
            double sum = on.replayed.common + on.plan.unissued;
            for (size_t i = 0; i < on.replayed.n; i++)
                sum += on.replayed.class[i].shares;
            for (size_t i = 0; i < on.plan.opening.n_tranches; i++)
                sum += on.plan.opening.tranche[i].shares;
            assert_true(on.replayed.diluted > last);
            assert_near(sum, on.replayed.diluted, 1e-9 * sum);
            last = on.replayed.diluted;
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_rounds_as_in_a_ledger),
        cmocka_unit_test(who_does_not_follow_holds_common),
        cmocka_unit_test(dividends_run_from_the_round_on),
        cmocka_unit_test(common_gets_what_the_whole_cap_table_pays),
        cmocka_unit_test(common_is_worth_what_the_whole_cap_table_says),
        cmocka_unit_test(shares_never_fall),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
