/* The stack of a path: replayed from its rounds, and what it pays, against the whole cap table.
 */
#include "lq_test.h"

#include "company/opm.h"
#include "kernels.h"

#include <math.h>
#include <string.h>

enum { LANE = 5 };

static lq_round_log rounds;
static lq_stack_plan plan;
static lq_path_stack replayed;

static double uniform(uint64_t trial, uint32_t i)
{
    const lq_philox_key key = lq_philox_key_make(31, LQ_DOMAIN_MAIN);
    return lq_uniform_at(key, trial, 0, i / 4, (int)(i % 4));
}

static void log_round(size_t n, double price, double issued, double pool, double month,
                      bool is_down)
{
    const double columns[LQ_ROUND_COLUMNS] = {price, issued, pool, month, is_down ? 1.0 : 0.0};
    for (size_t i = 0; i < LQ_ROUND_COLUMNS; i++)
        rounds.row[n][i][LANE] = columns[i];
}

static lq_path path_of(size_t n_rounds, double month)
{
    return (lq_path){&rounds, LANE, n_rounds, month};
}

/* ---- a ledger by hand ---- */

/* 8M common; A paid $1 for 2M shares, broad-based; B paid $4 for 2.5M, full ratchet: 12.5M in
 * all. */
static void open_ledger(double pay_to_play)
{
    plan = (lq_stack_plan){.diluted = 12.5e6,
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
    lq_stack_plan_ready(&plan, true);
    log_round(0, 5.0, 2e6, 0.5e6, 6.0, false); /* up: 10M at $5 */
    log_round(1, 2.5, 4e6, 0.0, 18.0, true);   /* down: 10M at $2.50 */
    log_round(2, 0.5, 10e6, 1e6, 30.0, true);  /* down: 5M at $0.50 */
}

static void replay(size_t n_rounds, double month)
{
    const lq_path path = path_of(n_rounds, month);
    kernels_of(3)->path_replay(&plan, &path, &replayed);
}

static void assert_class(size_t i, double shares, double due, double conversion_price)
{
    assert_near(replayed.class[i].shares, shares, 1e-6 * shares);
    assert_near(replayed.class[i].due, due, 1e-6 * due + 1e-9);
    assert_near(replayed.class[i].conversion_price, conversion_price, 1e-9);
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
    assert_near(replayed.diluted, 15e6, 1e-3);
    assert_near(replayed.common, 8.5e6, 1e-3);
    assert_class(2, 2e6, 10e6, 5.0);
    assert_class(1, 2.5e6, 10e6, 4.0);
    replay(2, 24.0);
    assert_class(0, 2e6, 2e6, 1.0);
    assert_class(1, 4e6, 10e6, 2.5);
    assert_class(2, 38e6 / 17.0, 10e6, 85.0 / 19.0);
    assert_class(3, 4e6, 10e6, 2.5);
    const double before = 19e6 + 1.5e6 + 4e6 / 17.0, after = before + 10e6;
    assert_near(replayed.diluted, before, 1e-2);
    replay(3, 36.0);
    const double a = (before + 5e6) / after, c = 85.0 / 19.0,
                 c3 = c * (before + 5e6 / c) / after, d = 2.5 * (before + 2e6) / after;
    assert_class(0, 2e6 / a, 2e6, a);
    assert_class(1, 20e6, 10e6, 0.5);
    assert_class(2, 10e6 / c3, 10e6, c3);
    assert_class(3, 10e6 / d, 10e6, d);
    assert_class(4, 10e6, 5e6, 0.5);
    assert_near(replayed.common, 9.5e6, 1e-3);
    assert_near(replayed.diluted, 9.5e6 + 2e6 / a + 20e6 + 10e6 / c3 + 10e6 / d + 10e6, 1e-2);
}

/* A quarter of the earlier preferred does not follow in the down rounds: it is common then, at
 * the conversion of before, and has neither preference nor adjustment. */
static void who_does_not_follow_holds_common(void **state)
{
    (void)state;
    open_ledger(0.25);
    replay(2, 24.0);
    assert_near(replayed.common, 8.5e6 + 0.25 * (2e6 + 2.5e6 + 2e6), 1e-3);
    assert_class(0, 1.5e6, 1.5e6, 1.0);
    assert_class(1, 1.875e6 * 4.0 / 2.5, 7.5e6, 2.5);
    assert_class(2, 1.5e6 * 19.0 / 17.0, 7.5e6, 85.0 / 19.0);
    assert_class(3, 4e6, 10e6, 2.5);
    open_ledger(1.0);
    replay(3, 36.0);
    for (size_t i = 0; i < 4; i++)
        assert_true(replayed.class[i].shares == 0.0 && replayed.class[i].due == 0.0);
    assert_near(replayed.common, 9.5e6 + 2e6 + 2.5e6 + 2e6 + 4e6, 1e-3);
}

/* 8 % a year of $10M from the start, 10 % of what the round brought since then. */
static void dividends_run_from_the_round_on(void **state)
{
    (void)state;
    open_ledger(0.0);
    plan.opening.preferred[1].dividend = 0.8e6;
    plan.added.dividend = 0.1;
    lq_stack_plan_ready(&plan, true);
    replay(1, 30.0);
    assert_near(replayed.class[1].due, 10e6 + 2.0e6, 1e-3);
    assert_near(replayed.class[2].due, 10e6 * 1.2, 1e-3);
    assert_near(replayed.class[0].due, 2e6, 1e-3);
}

/* ---- random stacks ---- */

static lq_preferred random_class(uint64_t t, uint32_t i, double unit)
{
    static const lq_participation parts[] = {LQ_PARTICIPATION_NONE, LQ_PARTICIPATION_FULL,
                                             LQ_PARTICIPATION_CAPPED};
    const double due = unit * (1.0 + (uniform(t, i) < 0.3 ? uniform(t, i + 1) : 0.0));
    lq_preferred p = {.due = due,
                      .participation = parts[(int)(3.0 * uniform(t, i + 2))],
                      .cap = due * (1.0 + 2.0 * uniform(t, i + 3)),
                      .ipo_due = uniform(t, i + 4) < 0.3 ? unit * uniform(t, i + 5) : 0.0,
                      .rank = (int)(3.0 * uniform(t, i + 6)),
                      .dividend = uniform(t, i + 7) < 0.2 ? 0.08 * unit : 0.0};
    if (uniform(t, i + 8) < 0.5)
        p.anti_dilution =
            uniform(t, i + 9) < 0.5 ? LQ_ANTI_DILUTION_BROAD : LQ_ANTI_DILUTION_FULL;
    return p;
}

/* Up to 8 classes, rounds among them, with all rights; options, debt, fees, a carve-out. */
static lq_path random_path(uint64_t t)
{
    lq_stack s = {.common = 1e6 * (1.0 + 9.0 * uniform(t, 0)), .n_preferred = 0};
    const size_t n_open = (size_t)(6.0 * uniform(t, 1)),
                 n_rounds = (size_t)(4.0 * uniform(t, 2));
    double diluted = s.common;
    for (size_t i = 0; i < n_open; i++) {
        const uint32_t at = 16 + 16 * (uint32_t)i;
        const double shares = 1e5 + 3e6 * uniform(t, at + 10),
                     paid = 0.2 + 9.0 * uniform(t, at + 11);
        lq_preferred p = random_class(t, at, shares * paid);
        p.shares = shares;
        p.conversion_price = paid;
        s.preferred[s.n_preferred++] = p;
        diluted += shares;
    }
    for (size_t i = 0; i < (size_t)(3.0 * uniform(t, 3)); i++) {
        s.tranche[s.n_tranches++] =
            (lq_tranche){1e6 * uniform(t, 4 + (uint32_t)i), 6.0 * uniform(t, 6 + (uint32_t)i)};
        diluted += s.tranche[i].shares;
    }
    if (uniform(t, 8) < 0.5) s.debt = 2e7 * uniform(t, 9);
    if (uniform(t, 10) < 0.5) s.fees = 0.1 * uniform(t, 11);
    if (uniform(t, 12) < 0.5) s.carve_out = 0.2 * uniform(t, 13);
    plan = (lq_stack_plan){.opening = s,
                           .diluted = diluted,
                           .added = random_class(t, 200, 1.0),
                           .pay_to_play = uniform(t, 14) < 0.3 ? uniform(t, 15) : 0.0};
    lq_stack_plan_ready(&plan, n_rounds > 0);
    for (size_t n = 0; n < n_rounds; n++) {
        const uint32_t at = 220 + 4 * (uint32_t)n;
        log_round(n, 0.2 + 12.0 * uniform(t, at), 1e5 + 3e6 * uniform(t, at + 1),
                  1e6 * uniform(t, at + 2), 12.0 * (double)n, uniform(t, at + 3) < 0.4);
    }
    return path_of(n_rounds, 12.0 * (double)n_rounds);
}

/* The path's stack as a cap table of its own. */
static lq_stack table_of(const lq_path *path)
{
    lq_stack s = plan.opening;
    kernels_of(3)->path_replay(&plan, path, &replayed);
    s.common = replayed.common;
    s.n_preferred = 0;
    for (size_t i = 0; i < replayed.n; i++)
        if (replayed.class[i].shares > 0.0) s.preferred[s.n_preferred++] = replayed.class[i];
    return s;
}

/* What is left for shareholders of an exit. */
static double left_of(const lq_stack *s, double exit, bool lists)
{
    return lists ? exit : fmax(exit * (1.0 - s->fees) - s->debt, 0.0) * (1.0 - s->carve_out);
}

static void common_gets_what_the_whole_cap_table_pays(void **state)
{
    (void)state;
    static lq_pieces pieces;
    double payout[LQ_MAX_CLAIMANTS];
    size_t all_shared = 0;
    for (uint64_t t = 0; t < 10000; t++) {
        const lq_path path = random_path(t);
        const lq_stack s = table_of(&path);
        const lq_stack_sums sums = kernels_of(3)->path_sums(&plan, &replayed);
        const bool lists = t % 4 == 0;
        (lists ? lq_stack_listing : lq_stack_sale)(&s, &pieces);
        for (int i = 0; i < 4; i++) {
            const double exit = 3e8 * pow(uniform(t, 240 + (uint32_t)i), 2.0);
            const double want = lq_pieces_pay(&pieces, exit, payout);
            const double got =
                kernels_of(3)->path_price(&plan, &path, left_of(&s, exit, lists), lists);
            double sum = 0.0;
            for (size_t k = 0; k < lq_claim_count(&s); k++)
                sum += payout[k];
            assert_near(sum, exit, 1e-9 * exit);
            assert_near(got, want, 1e-9 * want + 1e-9);
            if (!plan.is_simple || lists) continue;
            /* the short cuts: nobody shares up to the dues, everybody from the ceiling on */
            const double left = left_of(&s, exit, false);
            const double all = (left + plan.strikes) / (sums.diluted - plan.unissued);
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
        const lq_path path = random_path(t);
        const lq_stack s = table_of(&path);
        const double term = 0.5 + 4.5 * uniform(t, 250), ipo = uniform(t, 251);
        const lq_exit_law law =
            lq_exit_law_at(0.2 + 0.8 * uniform(t, 252), 0.05 * uniform(t, 253), term, ipo);
        const double value = 2e8 * uniform(t, 254);
        const lq_path_law lanes = {.value = value,
                                   .ipo_share = ipo,
                                   .sd = law.volatility * sqrt(term),
                                   .growth = law.rate * term,
                                   .discount = exp(-law.rate * term)};
        const double want = lq_stack_common_call(&s, &law, value, 0.0);
        assert_near(kernels_of(3)->path_value(&plan, &path, &lanes), want,
                    1e-8 * value / s.common);
        if (!kernels_of(4)) continue;
        const double wide = kernels_of(4)->path_value(&plan, &path, &lanes),
                     narrow = kernels_of(3)->path_value(&plan, &path, &lanes);
        assert_memory_equal(&wide, &narrow, sizeof wide);
    }
}

/* Rounds only ever add shares, whatever rights the classes have. */
static void shares_never_fall(void **state)
{
    (void)state;
    for (uint64_t t = 0; t < 2000; t++) {
        const lq_path path = random_path(t);
        double last = plan.diluted;
        for (size_t n = 1; n <= path.n_rounds; n++) {
            replay(n, path.month);
            double sum = replayed.common + plan.unissued;
            for (size_t i = 0; i < replayed.n; i++)
                sum += replayed.class[i].shares;
            for (size_t i = 0; i < plan.opening.n_tranches; i++)
                sum += plan.opening.tranche[i].shares;
            assert_true(replayed.diluted > last);
            assert_near(sum, replayed.diluted, 1e-9 * sum);
            last = replayed.diluted;
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
