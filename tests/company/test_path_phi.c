/* The price of a round at which its class is worth it, against the whole cap table, waterfalls
 * integrated by hand, and closed forms. */
#include "lq_test.h"

#include "company/opm.h"
#include "stacks.h"

#include <math.h>
#include <string.h>

static stack_case on;

static lq_path_law law_of(double value, double ipo_share, double volatility, double rate,
                          double years)
{
    return (lq_path_law){value, ipo_share, volatility * sqrt(years), rate * years,
                         exp(-rate * years)};
}

static double solve(const lq_path *path, const lq_path_law *law, const lq_new_round *round)
{
    return kernels_of(3)->path_phi(&on.plan, path, law, round);
}

/* ---- closed forms ---- */

static double normal_cdf(double x)
{
    return 0.5 * erfc(-x * 0.70710678118654752440);
}

static double call(const lq_path_law *law, double value, double strike)
{
    const double d = (log(value / strike) + law->growth) / law->sd + 0.5 * law->sd;
    return value * normal_cdf(d) - strike * law->discount * normal_cdf(d - law->sd);
}

/* 8 shares of common, nothing else; a round of 2 for everybody's 10. Its class takes what there
 * is up to I, and a fifth of what is above 5 I; an IPO makes it a fifth of all. */
static double two_classes(const lq_path_law *law, double phi, bool retained)
{
    const double price = phi * law->value / (retained ? 8.0 : 10.0), paid = 2.0 * price;
    const double v = law->value + (retained ? paid : 0.0);
    const double sale = v - call(law, v, paid) + 0.2 * call(law, v, 5.0 * paid);
    return (law->ipo_share * 0.2 * v + (1.0 - law->ipo_share) * sale) / paid;
}

static void open_common(void)
{
    on.plan = (lq_stack_plan){.diluted = 8.0, .opening.common = 8.0, .added.due = 1.0};
    lq_stack_plan_ready(&on.plan, true);
}

static void a_company_without_preferred_is_two_classes(void **state)
{
    (void)state;
    open_common();
    const lq_path path = stack_path(&on, 0, 0.0);
    for (int i = 0; i < 36; i++) {
        const bool retained = i % 2 == 0;
        const double share = 0.45 * (i / 2 % 3), volatility = 0.2 + 0.4 * (i / 6 % 3);
        const lq_path_law law = law_of(100.0, share, volatility, 0.04 * (i / 18), 3.0);
        const lq_new_round round = {
            .issued = 2.0, .base = retained ? 8.0 : 10.0, .retained = retained};
        double low = 0.01, high = 100.0;
        for (int n = 0; n < 60; n++) {
            const double middle = sqrt(low * high);
            *(two_classes(&law, middle, retained) > 1.0 ? &low : &high) = middle;
        }
        assert_near(solve(&path, &law, &round), low, 5e-6 * low);
        assert_true(low > 1.0); /* a preference costs something */
    }
}

/* Without chance and discount the class is worth its price wherever its claim is the larger:
 * the lowest such price is that of everybody's share. */
static void a_sure_company_is_shared_alike(void **state)
{
    (void)state;
    open_common();
    const lq_path path = stack_path(&on, 0, 0.0);
    for (int i = 0; i < 4; i++) {
        const lq_path_law law = {100.0, i & 1 ? 0.3 : 0.0, 1e-9, 0.0, 1.0};
        const bool retained = i & 2;
        const lq_new_round round = {
            .issued = 2.0, .base = retained ? 8.0 : 10.0, .retained = retained};
        assert_near(solve(&path, &law, &round), 1.0, 3e-7);
    }
}

/* Whoever joins an all-common company as common pays what everybody's share is worth; shares
 * that take no part in an exit make it dearer than V / N. */
static void common_is_sold_at_the_value_of_a_share(void **state)
{
    (void)state;
    on.plan = (lq_stack_plan){.diluted = 10.0, .unissued = 2.0, .opening.common = 8.0};
    lq_stack_plan_ready(&on.plan, true);
    const lq_path path = stack_path(&on, 0, 0.0);
    const lq_path_law law = law_of(100.0, 0.4, 0.7, 0.03, 2.0);
    const lq_new_round round = {.issued = 2.0, .base = 10.0, .retained = true};
    assert_near(solve(&path, &law, &round), 10.0 / 8.0, 1e-6);
}

/* ---- where there is no price ---- */

/* Five times the money back, taking part: worth more than its price at any. And behind a claim
 * of 2,000 times the value of the company: worth less. */
static void some_terms_have_no_price(void **state)
{
    (void)state;
    open_common();
    on.plan.added = (lq_preferred){.due = 5.0, .participation = LQ_PARTICIPATION_FULL};
    lq_stack_plan_ready(&on.plan, true);
    const lq_path path = stack_path(&on, 0, 0.0);
    const lq_path_law law = law_of(100.0, 0.0, 0.3, 0.04, 1.0);
    const lq_new_round round = {.issued = 2.0, .base = 8.0, .retained = true};
    assert_near(solve(&path, &law, &round), LQ_PHI_NONE_HIGH, 0.0);
    open_common();
    on.plan.diluted = 9.0;
    on.plan.opening.n_preferred = 1;
    on.plan.opening.preferred[0] = (lq_preferred){.shares = 1.0, .due = 2e5, .rank = 2};
    on.plan.added.rank = 1;
    lq_stack_plan_ready(&on.plan, true);
    assert_near(solve(&path, &law, &round), LQ_PHI_NONE_LOW, 0.0);
}

/* ---- random stacks ---- */

typedef struct trial {
    lq_path path;
    lq_path_law law;
    lq_exit_law exits;
    lq_new_round round;
    double years;
} trial;

static trial random_trial(uint64_t t)
{
    trial x = {.path = stack_random(&on, t)};
    on.plan.ranks_rise = t % 3 == 0;
    lq_stack_plan_ready(&on.plan, true);
    x.years = 0.5 + 4.5 * stack_uniform(t, 250);
    x.path.month += 12.0 * x.years;
    const double volatility = 0.2 + 0.8 * stack_uniform(t, 252),
                 rate = 0.05 * stack_uniform(t, 253);
    const double ipo = t % 4 ? stack_uniform(t, 251) : 0.0;
    x.exits = lq_exit_law_at(volatility, rate, x.years, ipo);
    x.law = law_of(3e8 * stack_uniform(t, 254), ipo, volatility, rate, x.years);
    kernels_of(3)->path_replay(&on.plan, &x.path, &on.replayed);
    const double before = on.replayed.diluted, d = 0.02 + 0.3 * stack_uniform(t, 255),
                 pool = t % 2 ? 0.05 : 0.0, after = before / (1.0 - d - pool);
    x.round = (lq_new_round){.issued = d * after,
                             .pool = pool * after,
                             .base = before + pool * after,
                             .years = x.years,
                             .retained = t % 5 != 0,
                             .is_down = t % 7 == 0};
    return x;
}

/* The cap table after the round at a price, nobody adjusted; its class is the last. */
static lq_stack table_after(const trial *x, double price)
{
    lq_stack s = stack_table(&on, &x->path);
    const lq_preferred *added = &on.plan.added;
    const double paid = price * x->round.issued;
    const double leaves = x->round.is_down ? on.plan.pay_to_play : 0.0;
    for (size_t i = 0; i < s.n_preferred; i++) {
        lq_preferred *p = &s.preferred[i];
        s.common += leaves * p->shares;
        p->shares *= 1.0 - leaves;
        p->due *= 1.0 - leaves;
        p->cap *= 1.0 - leaves;
        p->ipo_due *= 1.0 - leaves;
    }
    lq_preferred *p = &s.preferred[s.n_preferred++];
    *p = *added;
    s.common += x->round.pool;
    p->shares = x->round.issued;
    p->due = paid * (added->due + added->dividend * x->years);
    p->cap = fmax(paid * added->cap, p->due);
    p->ipo_due = paid * added->ipo_due;
    p->rank += on.plan.ranks_rise ? (int)x->path.n_rounds + 1 : 0;
    return s;
}

static double price_at(const trial *x, double phi)
{
    return phi * x->law.value / x->round.base;
}

static double value_after(const trial *x, double phi)
{
    return x->law.value + (x->round.retained ? price_at(x, phi) * x->round.issued : 0.0);
}

/* By the option method on the whole table. */
static double worth(const trial *x, double phi)
{
    double value[LQ_MAX_CLAIMANTS];
    const lq_stack s = table_after(x, price_at(x, phi));
    lq_stack_value(&s, &x->exits, value_after(x, phi), value);
    return value[s.n_preferred] / (price_at(x, phi) * x->round.issued);
}

/* By summing what the waterfalls pay over the law of the exit. */
static double worth_by_hand(const trial *x, double phi)
{
    enum { STEPS = 1600 };
    static lq_pieces sale, listing;
    double payout[LQ_MAX_CLAIMANTS], sum = 0.0;
    const lq_stack s = table_after(x, price_at(x, phi));
    const double middle =
                     value_after(x, phi) * exp(x->law.growth - 0.5 * x->law.sd * x->law.sd),
                 step = 16.0 / STEPS;
    lq_stack_sale(&s, &sale);
    lq_stack_listing(&s, &listing);
    for (int i = 0; i <= STEPS; i++) {
        const double z = -8.0 + step * i, exit = middle * exp(x->law.sd * z);
        const double density = exp(-0.5 * z * z) * 0.39894228040143267794 * step;
        lq_pieces_pay(&sale, exit, payout);
        sum += density * (1.0 - x->law.ipo_share) * payout[s.n_preferred];
        lq_pieces_pay(&listing, exit, payout);
        sum += density * x->law.ipo_share * payout[s.n_preferred];
    }
    return x->law.discount * sum / (price_at(x, phi) * x->round.issued);
}

static void a_class_is_worth_its_price(void **state)
{
    (void)state;
    size_t solved = 0, dearer = 0;
    for (uint64_t t = 0; t < 3000; t++) {
        const trial x = random_trial(t);
        const double phi = solve(&x.path, &x.law, &x.round);
        if (phi > 0.0)
            assert_near(worth(&x, phi), 1.0, 1e-6);
        else
            assert_true(phi == LQ_PHI_NONE_HIGH ? worth(&x, LQ_PHI_MOST) > 1.0
                                                : worth(&x, LQ_PHI_LEAST) < 1.0);
        solved += phi > 0.0;
        dearer += phi > 1.0;
        if (!kernels_of(4)) continue;
        const double wide = kernels_of(4)->path_phi(&on.plan, &x.path, &x.law, &x.round);
        assert_memory_equal(&wide, &phi, sizeof phi);
    }
    assert_true(solved > 2500 && dearer > 1000);
}

static void bisection_of_waterfalls_finds_the_same(void **state)
{
    (void)state;
    for (uint64_t t = 5000; t < 5030; t++) {
        const trial x = random_trial(t);
        const double phi = solve(&x.path, &x.law, &x.round);
        double low = LQ_PHI_LEAST, high = LQ_PHI_MOST;
        for (int n = 0; n < 30; n++) {
            const double middle = sqrt(low * high);
            *(worth_by_hand(&x, middle) > 1.0 ? &low : &high) = middle;
        }
        assert_near(phi > 0.0 ? phi : low < 1.0 ? LQ_PHI_LEAST : LQ_PHI_MOST, low, 1e-4 * low);
    }
}

/* What the new class does not have is what the company was worth before: nobody gains or loses
 * by a round at the worth of its class. */
static void a_round_gives_and_takes_nothing(void **state)
{
    (void)state;
    for (uint64_t t = 0; t < 300; t++) {
        trial x = random_trial(t);
        x.round.retained = true;
        const double phi = solve(&x.path, &x.law, &x.round);
        if (!(phi > 0.0)) continue;
        double value[LQ_MAX_CLAIMANTS], others = 0.0;
        const lq_stack s = table_after(&x, price_at(&x, phi));
        lq_stack_value(&s, &x.exits, value_after(&x, phi), value);
        for (size_t k = 0; k < lq_claim_count(&s); k++)
            others += k == s.n_preferred ? 0.0 : value[k];
        assert_near(others, x.law.value,
                    1e-6 * (x.law.value + price_at(&x, phi) * x.round.issued));
    }
}

/* The plan's own solver, for a round today, is another way to the same figure. */
static void a_round_today_is_priced_alike(void **state)
{
    (void)state;
    for (uint64_t t = 0; t < 500; t++) {
        trial x = random_trial(t);
        x.round.is_down = false;
        const lq_stack s = table_after(&x, 1.0);
        lq_stack before = s;
        before.common -= x.round.pool;
        before.n_preferred--;
        const double phi = lq_stack_round_phi(&before, &x.exits, x.law.value,
                                              &s.preferred[before.n_preferred], &x.round);
        const double path = solve(&x.path, &x.law, &x.round);
        assert_near(phi, path, 1e-5 * fabs(path));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_company_without_preferred_is_two_classes),
        cmocka_unit_test(a_sure_company_is_shared_alike),
        cmocka_unit_test(common_is_sold_at_the_value_of_a_share),
        cmocka_unit_test(some_terms_have_no_price),
        cmocka_unit_test(a_class_is_worth_its_price),
        cmocka_unit_test(bisection_of_waterfalls_finds_the_same),
        cmocka_unit_test(a_round_gives_and_takes_nothing),
        cmocka_unit_test(a_round_today_is_priced_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
