/* The reference precision: the same draws with more bits and better functions. What differs is
 * what the fast kernels' approximations amount to, path by path. */
#include "lq_case.h"

#include <math.h>

/* A listed company, and a private one with all that can happen to it. */
static const char config[] =
    "schema: liquidus/1\n"
    "simulation: {paths: 65536, seed: 5, start: 2027-01-01, horizon: 4y, liquidity_horizon: 8y,"
    " expansion: off}\n"
    "person: {wealth: $400K}\n"
    "tax: 30%\n"
    "market: {rate: 4%, equity_premium: 4%, volatility: 16%}\n"
    "companies:\n"
    "  listed: {like: none, listing: public, volatility: 35%, beta: 1.2}\n"
    "  private:\n"
    "    like: none\n"
    "    listing: private\n"
    "    model: merton\n"
    "    volatility: 70%\n"
    "    jumps: {rate: 0.5/y, mean: -10%, sd: 25%}\n"
    "    beta: 1.3\n"
    "    last_round: {post_money: $500M, price: $10}\n"
    "    opening_value: {method: face}\n"
    "    preferences: [{invested: $100M}]\n"
    "    exits: {ipo: {rate: 0.08/y, value_exponent: 0.5}, acquisition: {rate: 0.08/y},"
    " failure: {rate: 0.05/y, value_exponent: -1}}\n"
    "    rounds: {rate: 0.5/y, dilution: 5% to 15%, pool_top_up: 2%}\n"
    "    tenders: {rate: 0.2/y, cap: 15%, discount: 0% to 15%}\n"
    "offers:\n"
    "  - {id: listed, company: listed, base: $200K, bonus: {target: 15%, payout: 50% to 150%},"
    " leaving: 10%/y, grants: [{instrument: rsu, value: $400K, vesting: {over: 48mo, every: "
    "1mo}}]}\n"
    "  - {id: private, company: private, base: $180K, leaving: 10%/y, grants: [{instrument: "
    "rsu,"
    " trigger: double, value: $500K, priced_at: preferred, vesting: {over: 48mo, every: 1mo,"
    " cliff: 12mo}}]}\n";

static lq_case run(const char *sampling, const char *precision)
{
    const char *overrides[] = {sampling, precision, NULL};
    return lq_case_run(config, overrides, 2);
}

/* Paths whose totals differ by more than 1e-6: an event was on the edge of a month, or a
 * uniform so near 0 that bits beyond the 32nd matter. */
static size_t count_moved(const double *fast, const double *reference, size_t n,
                          double *largest)
{
    size_t moved = 0;
    for (size_t i = 0; i < n; i++) {
        const double off = fabs(fast[i] / reference[i] - 1.0);
        if (off > 1e-6)
            moved++;
        else
            *largest = fmax(*largest, off);
    }
    return moved;
}

static void compare(const char *sampling)
{
    lq_case fast = run(sampling, "simulation.precision=fast");
    lq_case reference = run(sampling, "simulation.precision=reference");
    static const char *const ids[] = {"listed", "private"};
    assert_int_equal(fast.n, reference.n);
    for (size_t i = 0; i < 2; i++) {
        const double *a = lq_case_offer(&fast, ids[i], 0);
        const double *b = lq_case_offer(&reference, ids[i], 0);
        double largest = 0.0;
        const size_t moved = count_moved(a, b, fast.n, &largest);
        const lq_sample_mean of_a = lq_mean_of(a, fast.n), of_b = lq_mean_of(b, fast.n);
        print_message("%s, %s: %zu of %zu paths moved, the others by %.1e at most\n", sampling,
                      ids[i], moved, fast.n, largest);
        assert_true(moved <= fast.n / 10000);
        assert_true(largest > 0.0); /* they are two programs */
        assert_true(fabs(of_a.mean - of_b.mean) < 0.01 * of_b.se);
    }
    lq_case_clear(&fast);
    lq_case_clear(&reference);
}

static void approximations_are_far_below_the_sampling_error(void **state)
{
    (void)state;
    compare("simulation.sampling=random");
    compare("simulation.sampling=sobol");
}

/* E[S_t] = S_0 exp(mu t), by the reference too: what is earned over four years without leaving.
 */
static void the_reference_keeps_a_martingale(void **state)
{
    (void)state;
    static const char text[] =
        "schema: liquidus/1\n"
        "simulation: {paths: 262144, start: 2027-01-01, horizon: 4y, liquidity_horizon: 4y,"
        " precision: reference}\n"
        "tax: none\n"
        "market: {rate: 0%, equity_premium: 0%, volatility: 16%}\n"
        "companies: {c: {like: none, listing: public, price: 100, volatility: 40%, "
        "correlation: 0,"
        " growth: 5%}}\n"
        "offers:\n"
        "  - {id: o, company: c, base: $0, leaving: 0/y, grants: [{instrument: rsu, units: 1,"
        " vesting: {table: {48mo: 100%}}}]}\n"
        "  - {id: p, company: c, base: $1, leaving: 0/y}\n";
    lq_case c = lq_case_run(text, NULL, 2);
    assert_mean(lq_case_offer(&c, "o", 0), c.n, 100.0 * exp(0.2));
    assert_quantile(lq_case_offer(&c, "o", 0), c.n, 0.5, 100.0 * exp(0.2 - 0.32));
    lq_case_clear(&c);
}

/* The bits of the reference do not depend on the threads. */
static void bits_are_the_same_on_any_number_of_threads(void **state)
{
    (void)state;
    const char *overrides[] = {"simulation.precision=reference", "simulation.paths=8192", NULL};
    lq_case one = lq_case_run(config, overrides, 1), three = lq_case_run(config, overrides, 3);
    for (size_t i = 0; i < one.n_columns; i++)
        assert_memory_equal(one.column[i], three.column[i], one.n * sizeof(double));
    lq_case_clear(&one);
    lq_case_clear(&three);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(approximations_are_far_below_the_sampling_error),
        cmocka_unit_test(the_reference_keeps_a_martingale),
        cmocka_unit_test(bits_are_the_same_on_any_number_of_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
