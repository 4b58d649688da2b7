/* The waterfall of a whole cap table: worked examples, laws, and every combination of choices.
 */
#include "lq_test.h"

#include "company/stack.h"

#include <math.h>
#include <stdlib.h>

static double payout[LQ_MAX_CLAIMANTS];

static double sale(const lq_stack *stack, double exit)
{
    static lq_pieces pieces;
    lq_stack_sale(stack, &pieces);
    return lq_pieces_pay(&pieces, exit, payout);
}

/* Common 60 shares; A 20 shares, 10M, junior; B 20 shares, 100M, senior; neither participates.
 */
static const lq_stack two_series = {.common = 60.0,
                                    .n_preferred = 2,
                                    .preferred = {{.shares = 20.0, .due = 10e6, .rank = 1},
                                                  {.shares = 20.0, .due = 100e6, .rank = 2}}};

static void two_series_convert_one_after_the_other(void **state)
{
    (void)state;
    static const double rows[][4] = {
        {60e6, 0.0, 0.0, 60e6},          {105e6, 0.0, 5e6, 100e6},
        {130e6, 20e6, 10e6, 100e6},      {150e6, 37.5e6, 12.5e6, 100e6},
        {450e6, 262.5e6, 87.5e6, 100e6}, {600e6, 360e6, 120e6, 120e6}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const double price = sale(&two_series, rows[i][0]);
        for (size_t k = 0; k < 3; k++)
            assert_near(payout[k], rows[i][k + 1], 1e-6);
        assert_near(price, rows[i][1] / 60.0, 1e-9);
        assert_int_equal(lq_preferred_converts(&two_series.preferred[0], price), i >= 3);
        assert_int_equal(lq_preferred_converts(&two_series.preferred[1], price), i >= 5);
    }
}

/* $10M invested with a cap of 3 times: 10 + 1/5 of the rest, at most 30, 1/5 of all beyond 150.
 */
static void a_capped_class_waits_at_its_cap(void **state)
{
    (void)state;
    const lq_stack stack = {.common = 8e6,
                            .n_preferred = 1,
                            .preferred = {{.shares = 2e6,
                                           .due = 10e6,
                                           .cap = 30e6,
                                           .rank = 1,
                                           .participation = LQ_PARTICIPATION_CAPPED}}};
    static const double rows[][2] = {{5e6, 5e6},    {60e6, 20e6},  {110e6, 30e6},
                                     {140e6, 30e6}, {150e6, 30e6}, {200e6, 40e6}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        sale(&stack, rows[i][0]);
        assert_near(payout[LQ_CLAIM_PREFERRED], rows[i][1], 1e-6);
    }
}

/* Ratchet: in an IPO of shares worth $20M its $5M are worth $5M in shares, not 2/10 of 20; what
 * the company owes comes on top. */
static void a_ratchet_makes_up_for_a_low_listing(void **state)
{
    (void)state;
    lq_stack stack = {
        .common = 8e6,
        .n_preferred = 1,
        .preferred = {{.shares = 2e6, .due = 5e6, .ipo_due = 5e6, .ipo_veto = 2.5}},
        .fees = 0.05,
        .debt = 1e6};
    lq_pieces pieces;
    lq_stack_listing(&stack, &pieces);
    assert_near(lq_pieces_pay(&pieces, 21e6, payout), 15e6 / 8e6, 1e-9);
    assert_near(payout[LQ_CLAIM_PREFERRED], 5e6, 1e-6);
    assert_near(payout[lq_claim_debt(&stack)], 1e6, 1e-6);
    assert_near(lq_pieces_pay(&pieces, 51e6, payout), 5.0, 1e-9);
    assert_true(lq_stack_bars_listing(&stack, 2.4));
    assert_false(lq_stack_bars_listing(&stack, 2.5));
    stack.preferred[0].ipo_due = 0.0;
    lq_stack_listing(&stack, &pieces);
    assert_near(lq_pieces_pay(&pieces, 21e6, payout), 2.0, 1e-9);
    assert_near(lq_pieces_pay(&pieces, 0.6e6, payout), 0.0, 0.0);
}

/* ---- every choice tried ---- */

static double uniform(double low, double high)
{
    return low + (high - low) * rand() / (double)RAND_MAX;
}

static lq_stack random_stack(void)
{
    lq_stack s = {.common = uniform(1e5, 1e7), .n_preferred = 1 + (size_t)(rand() % 8)};
    for (size_t i = 0; i < s.n_preferred; i++) {
        lq_preferred *p = &s.preferred[i];
        p->shares = uniform(1e4, 5e6);
        p->due = rand() % 8 ? uniform(1e4, 5e7) : 0.0;
        p->participation = (lq_participation)(rand() % 3);
        p->cap = p->due * uniform(1.0, 4.0) + 1.0;
        p->rank = rand() % 4;
    }
    s.n_tranches = (size_t)(rand() % 3);
    for (size_t i = 0; i < s.n_tranches; i++)
        s.tranche[i] = (lq_tranche){uniform(1e3, 1e6), uniform(0.0, 10.0)};
    s.fees = rand() % 2 ? uniform(0.0, 0.1) : 0.0;
    s.debt = rand() % 2 ? uniform(0.0, 2e7) : 0.0;
    s.carve_out = rand() % 2 ? uniform(0.0, 0.2) : 0.0;
    return s;
}

/* What is left for shareholders. */
static double left_of(const lq_stack *s, double exit)
{
    return fmax(exit * (1.0 - s->fees) - s->debt, 0.0) * (1.0 - s->carve_out);
}

/* Pays a class's claims when the choices are fixed: `converts` by class, bit by bit. The price
 * of common solves sum of claims = left, by bisection; preferences come first, by rank. */
typedef struct fixed {
    const lq_stack *s;
    unsigned converts;
    double preference[LQ_MAX_PREFERRED];
} fixed;

static double asks(const fixed *f, size_t i, double price)
{
    const lq_preferred *p = &f->s->preferred[i];
    if (f->converts >> i & 1) return price * p->shares;
    if (p->participation == LQ_PARTICIPATION_NONE) return f->preference[i];
    const double most = p->participation == LQ_PARTICIPATION_CAPPED ? p->cap : (double)INFINITY;
    return fmin(f->preference[i] + price * p->shares, fmax(most, f->preference[i]));
}

static double all_ask(const fixed *f, double price)
{
    double sum = price * f->s->common;
    for (size_t i = 0; i < f->s->n_preferred; i++)
        sum += asks(f, i, price);
    for (size_t i = 0; i < f->s->n_tranches; i++)
        sum += fmax(price - f->s->tranche[i].strike, 0.0) * f->s->tranche[i].shares;
    return sum;
}

static void pay_preferences(fixed *f, double left)
{
    for (int rank = 3; rank >= 0; rank--) {
        double due = 0.0;
        for (size_t i = 0; i < f->s->n_preferred; i++)
            if (!(f->converts >> i & 1) && f->s->preferred[i].rank == rank)
                due += f->s->preferred[i].due;
        const double share = due > left ? left / due : 1.0;
        for (size_t i = 0; i < f->s->n_preferred; i++)
            if (f->s->preferred[i].rank == rank)
                f->preference[i] = f->converts >> i & 1 ? 0.0 : share * f->s->preferred[i].due;
        left -= fmin(due, left);
    }
}

static double price_of(fixed *f, double left)
{
    pay_preferences(f, left);
    double low = 0.0, high = left / f->s->common;
    for (int i = 0; i < 200; i++) {
        const double middle = 0.5 * (low + high);
        *(all_ask(f, middle) > left ? &high : &low) = middle;
    }
    return low;
}

static double pay_of(const lq_stack *s, unsigned converts, size_t class, double left)
{
    fixed f = {.s = s, .converts = converts};
    const double price = price_of(&f, left);
    return asks(&f, class, price);
}

/* With the choices that the waterfall reports, everybody is paid what it says, and no class is
 * paid more by flipping its own. */
static void no_class_gains_by_flipping(const lq_stack *s, double exit)
{
    const double price = sale(s, exit), left = left_of(s, exit);
    unsigned converts = 0;
    for (size_t i = 0; i < s->n_preferred; i++)
        converts |= (unsigned)lq_preferred_converts(&s->preferred[i], price) << i;
    for (size_t i = 0; i < s->n_preferred; i++) {
        const double paid = payout[LQ_CLAIM_PREFERRED + i];
        assert_near(pay_of(s, converts, i, left), paid, 1e-6 * (1.0 + exit));
        if (s->preferred[i].participation == LQ_PARTICIPATION_FULL) continue;
        assert_true(pay_of(s, converts ^ 1u << i, i, left) <= paid + 1e-6 * (1.0 + exit));
    }
}

/* Every combination of choices, and what each class is paid under it. Those in which no class
 * gains by flipping its own are the equilibria: there is one, and all pay what the waterfall
 * does. */
static void every_equilibrium_pays_the_same(const lq_stack *s, double exit)
{
    static double paid[1u << 8][8];
    const double left = left_of(s, exit), slack = 1e-7 * (1.0 + exit);
    const unsigned n = (unsigned)s->n_preferred;
    size_t n_equilibria = 0;
    for (unsigned choice = 0; choice < 1u << n; choice++) {
        fixed f = {.s = s, .converts = choice};
        const double price = price_of(&f, left);
        for (size_t i = 0; i < n; i++)
            paid[choice][i] = asks(&f, i, price);
    }
    sale(s, exit);
    for (unsigned choice = 0; choice < 1u << n; choice++) {
        bool stable = true;
        for (size_t i = 0; i < n; i++)
            stable &= paid[choice ^ 1u << i][i] <= paid[choice][i] + slack;
        n_equilibria += stable;
        for (size_t i = 0; i < n && stable; i++)
            assert_near(payout[LQ_CLAIM_PREFERRED + i], paid[choice][i], 10.0 * slack);
    }
    assert_true(n_equilibria > 0);
}

static void all_choices_of_random_stacks_are_tried(void **state)
{
    (void)state;
    srand(9);
    for (int n = 0; n < lq_runs(10000); n++) {
        const lq_stack s = random_stack();
        every_equilibrium_pays_the_same(&s, uniform(0.0, 1.0) * pow(10.0, uniform(5.0, 9.0)));
    }
}

static void random_stacks_are_in_equilibrium(void **state)
{
    (void)state;
    srand(7);
    for (int n = 0; n < 10000; n++) {
        const lq_stack s = random_stack();
        const double exit = uniform(0.0, 1.0) * pow(10.0, uniform(5.0, 9.0));
        no_class_gains_by_flipping(&s, exit);
        double sum = 0.0, more[LQ_MAX_CLAIMANTS];
        for (size_t k = 0; k < lq_claim_count(&s); k++) {
            assert_true(payout[k] >= 0.0);
            sum += payout[k];
            more[k] = payout[k];
        }
        assert_near(sum, exit, 0.005); /* to the cent */
        sale(&s, exit * 1.05);
        for (size_t k = 0; k < lq_claim_count(&s); k++)
            assert_true(payout[k] >= more[k] - 1e-6);
    }
}

static void pieces_ascend_and_share_every_dollar(void **state)
{
    (void)state;
    srand(8);
    for (int n = 0; n < 2000; n++) {
        const lq_stack s = random_stack();
        lq_pieces pieces;
        lq_stack_sale(&s, &pieces);
        assert_true(pieces.from[0] == 0.0);
        for (size_t i = 0; i < pieces.n; i++) {
            double sum = 0.0;
            for (size_t k = 0; k < pieces.n_claimants; k++)
                sum += pieces.slope[i][k];
            assert_near(sum, 1.0, 1e-12);
            assert_true(i == 0 || pieces.from[i] >= pieces.from[i - 1]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_series_convert_one_after_the_other),
        cmocka_unit_test(a_capped_class_waits_at_its_cap),
        cmocka_unit_test(a_ratchet_makes_up_for_a_low_listing),
        cmocka_unit_test(all_choices_of_random_stacks_are_tried),
        cmocka_unit_test(random_stacks_are_in_equilibrium),
        cmocka_unit_test(pieces_ascend_and_share_every_dollar),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
