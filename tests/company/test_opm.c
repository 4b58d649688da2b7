/* Classes as bundles of calls, against direct integration of the waterfall. */
#include "lq_test.h"

#include "company/opm.h"

#include <math.h>

/* Common 8M; A 2M shares, $5M, senior, capped at 3 times; B 1M shares, $4M; options. */
static const lq_stack mixed = {
    .common = 8e6,
    .n_preferred = 2,
    .preferred = {{.shares = 2e6,
                   .due = 5e6,
                   .cap = 15e6,
                   .rank = 2,
                   .participation = LQ_PARTICIPATION_CAPPED},
                  {.shares = 1e6, .due = 4e6, .ipo_due = 3e6, .rank = 1}},
    .n_tranches = 1,
    .tranche = {{5e5, 1.5}},
    .fees = 0.02,
    .debt = 1e6,
    .carve_out = 0.05};

/* Discounted expectation of a claimant's payout at a fixed time, by the midpoint rule. */
static double integrated(const lq_pieces *pieces, const lq_exit_law *law, double equity,
                         double years, size_t claimant)
{
    enum { N = 40000 };
    const double sd = law->volatility * sqrt(years), step = 20.0 / N;
    double sum = 0.0, payout[LQ_MAX_CLAIMANTS];
    for (int i = 0; i < N; i++) {
        const double z = -10.0 + (i + 0.5) * step;
        lq_pieces_pay(pieces, equity * exp(law->rate * years - 0.5 * sd * sd + sd * z), payout);
        sum += payout[claimant] * exp(-0.5 * z * z);
    }
    return exp(-law->rate * years) * sum * step / sqrt(2.0 * acos(-1.0));
}

static void classes_are_the_expected_waterfall(void **state)
{
    (void)state;
    lq_pieces pieces[2];
    lq_stack_sale(&mixed, &pieces[0]);
    lq_stack_listing(&mixed, &pieces[1]);
    for (int listing = 0; listing < 2; listing++) {
        const lq_exit_law law = {.volatility = 0.8,
                                 .rate = 0.04,
                                 .years = 3.0,
                                 .n_manners = 1,
                                 .manner = {{1.0, 1.0, listing == 1}}};
        double value[LQ_MAX_CLAIMANTS], sum = 0.0;
        lq_stack_value(&mixed, &law, 20e6, value);
        for (size_t k = 0; k < lq_claim_count(&mixed); k++) {
            assert_near(value[k], integrated(&pieces[listing], &law, 20e6, 3.0, k), 20.0);
            sum += value[k];
        }
        assert_near(sum, 20e6, 1e-3);
    }
}

/* An exponential time is the mix of many fixed ones. */
static void a_random_time_mixes_fixed_ones(void **state)
{
    (void)state;
    enum { N = 20000 };
    static double year[N], weight[N];
    const double rate_of_exit = 0.3;
    for (int i = 0; i < N; i++) {
        const double p = (i + 0.5) / N;
        year[i] = -log(1.0 - p) / rate_of_exit;
        weight[i] = 1.0 / N;
    }
    const lq_exit_law table = {.volatility = 0.7,
                               .rate = 0.03,
                               .time = LQ_EXIT_TABLE,
                               .n = N,
                               .year = year,
                               .weight = weight};
    const lq_exit_law closed = {.volatility = 0.7,
                                .rate = 0.03,
                                .time = LQ_EXIT_EXPONENTIAL,
                                .rate_of_exit = rate_of_exit};
    static const double strikes[] = {1.0, 60.0, 100.0, 180.0, 5000.0};
    for (size_t i = 0; i < sizeof strikes / sizeof *strikes; i++)
        assert_near(lq_exit_call(&closed, 100.0, strikes[i]),
                    lq_exit_call(&table, 100.0, strikes[i]), 5e-3);
}

/* What a class is worth at some value is what that value is solved from. */
static void a_price_is_solved_back_to_the_company(void **state)
{
    (void)state;
    const lq_exit_law law = {.volatility = 0.8,
                             .rate = 0.04,
                             .years = 4.0,
                             .n_manners = 2,
                             .manner = {{0.7, 1.0, false}, {0.3, 1.0, true}}};
    static const double equities[] = {1e6, 2e7, 9e8};
    for (size_t i = 0; i < 3; i++)
        for (size_t k = 0; k < 4; k++) {
            double value[LQ_MAX_CLAIMANTS], back = 0.0;
            lq_stack_value(&mixed, &law, equities[i], value);
            assert_int_equal(lq_stack_backsolve(&mixed, &law, k, value[k], &back, NULL), LQ_OK);
            assert_near(back, equities[i], 1e-9 * equities[i]);
        }
    lq_error err;
    double back = 7.0;
    assert_int_equal(lq_stack_backsolve(&mixed, &law, 0, 0.0, &back, &err), LQ_ENUMERIC);
    assert_near(back, 7.0, 0.0);
}

/* A sale at a premium of a fourth pays a company worth 25 as one worth 31.25. */
static void a_gain_is_paid_on_the_value_of_the_day(void **state)
{
    (void)state;
    const lq_exit_law law = {.volatility = 0.8,
                             .rate = 0.04,
                             .years = 3.0,
                             .n_manners = 1,
                             .manner = {{1.0, 1.25, false}}};
    const lq_exit_law plain = {.volatility = 0.8, .rate = 0.04, .years = 3.0};
    double value[LQ_MAX_CLAIMANTS], more[LQ_MAX_CLAIMANTS];
    lq_stack_value(&mixed, &law, 20e6, value);
    lq_stack_value(&mixed, &plain, 25e6, more);
    for (size_t k = 0; k < lq_claim_count(&mixed); k++)
        assert_near(value[k], more[k] / 1.25, 1e-6);
}

static void without_time_or_volatility_a_class_is_its_payout(void **state)
{
    (void)state;
    const lq_exit_law law = {.volatility = 0.0, .rate = 0.0, .years = 1.0};
    lq_pieces pieces;
    double value[LQ_MAX_CLAIMANTS], payout[LQ_MAX_CLAIMANTS];
    lq_stack_sale(&mixed, &pieces);
    lq_pieces_pay(&pieces, 30e6, payout);
    lq_stack_value(&mixed, &law, 30e6, value);
    for (size_t k = 0; k < lq_claim_count(&mixed); k++)
        assert_near(value[k], payout[k], 1e-3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(classes_are_the_expected_waterfall),
        cmocka_unit_test(a_random_time_mixes_fixed_ones),
        cmocka_unit_test(a_price_is_solved_back_to_the_company),
        cmocka_unit_test(a_gain_is_paid_on_the_value_of_the_day),
        cmocka_unit_test(without_time_or_volatility_a_class_is_its_payout),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
