#include "scenario_test.h"

#include "scenario/regimes.h"

#include <math.h>

#define OFFERS "offers: [{id: a, company: google, base: $1}]\n"

/* Hamilton (1989) gives expansions a chance of 0.9049 to last, recessions of 0.7550. */
static const char two[] =
    "market: {model: regime, regimes: [\n"
    "  {id: up, volatility: 12%, premium: 8%/y, next: [90.49%, 9.51%]},\n"
    "  {id: down, volatility: 25%, premium: -10%/y, next: [24.5%, 75.5%]}]}\n" OFFERS;

static void the_long_run_of_two_states_is_known(void **state)
{
    (void)state;
    lq_scenario *s = must_load(two);
    double pi[LQ_MAX_REGIMES];
    const double up = 0.245 / (0.245 + 0.0951);
    assert_true(lq_regimes_long_run(&s->market.regimes, pi));
    assert_near(pi[0], up, 1e-15);
    assert_near(pi[1], 1.0 - up, 1e-15);
    assert_near(lq_regimes_premium(&s->market.regimes), 0.08 * up - 0.10 * (1.0 - up), 1e-15);
    const double a = (0.08 - 0.5 * 0.12 * 0.12) / 12.0, b = (-0.10 - 0.5 * 0.25 * 0.25) / 12.0;
    const double within = 0.12 * 0.12 * up + 0.25 * 0.25 * (1.0 - up);
    const double want = sqrt(within + 12.0 * up * (1.0 - up) * (a - b) * (a - b));
    assert_near(lq_regimes_volatility(&s->market.regimes), want, 1e-14);
    assert_near(s->market.volatility.p[0], want, 1e-14);
    assert_int_equal(lq_regimes_start(&s->market), 2); /* any */
    lq_scenario_destroy(s);
}

static void four_states_are_left_as_often_as_entered(void **state)
{
    (void)state;
    lq_scenario *s =
        must_load("market: {model: regime, starts_in: c, regimes: [\n"
                  "  {id: a, volatility: 10%, next: [90%, 10%, 0%, 0%]},\n"
                  "  {id: b, volatility: 15%, next: [5%, 85%, 10%, 0%]},\n"
                  "  {id: c, volatility: 20%, next: [0%, 30%, 60%, 10%]},\n"
                  "  {id: d, volatility: 40%, next: [50%, 0%, 0%, 50%]}]}\n" OFFERS);
    double pi[LQ_MAX_REGIMES], sum = 0.0;
    assert_true(lq_regimes_long_run(&s->market.regimes, pi));
    const lq_regime *states = s->market.regimes.items;
    for (size_t j = 0; j < 4; j++) {
        double entered = 0.0;
        for (size_t i = 0; i < 4; i++)
            entered += pi[i] * lq_regime_next(&states[i], j);
        assert_near(entered, pi[j], 1e-15);
        sum += pi[j];
    }
    assert_near(sum, 1.0, 1e-15);
    assert_int_equal(lq_regimes_start(&s->market), 2);
    lq_scenario_destroy(s);
}

static void a_state_that_is_never_left_has_no_long_run(void **state)
{
    (void)state;
    lq_value rows[3][2] = {{{.p = {1.0}}, {.p = {0.0}}},
                           {{.p = {0.5}}, {.p = {0.5}}},
                           {{.p = {0.0}}, {.p = {1.0}}}};
    lq_regime states[2] = {{.next = {rows[0], 2}}, {.next = {rows[1], 2}}};
    const lq_list regimes = {states, 2};
    double pi[LQ_MAX_REGIMES];
    assert_false(lq_regimes_long_run(&regimes, pi));
    states[0].next.items = rows[1], states[1].next.items = rows[2];
    assert_false(lq_regimes_long_run(&regimes, pi));
}

static void moments_of_a_history_are_the_populations(void **state)
{
    (void)state;
    const double x[] = {0.01, -0.03, 0.05, 0.02}, y[] = {0.02, -0.01, 0.02, 0.01};
    const lq_returns a = {.n = 4, .log_return = x}, b = {.n = 4, .log_return = y};
    assert_near(lq_returns_mean(&a), 0.0125, 1e-16);
    assert_near(lq_returns_sd(&a),
                sqrt((0.0001 + 0.0009 + 0.0025 + 0.0004) / 4.0 - 0.0125 * 0.0125), 1e-15);
    const double cov = (0.0002 + 0.0003 + 0.001 + 0.0002) / 4.0 - 0.0125 * 0.01;
    assert_near(lq_returns_beta(&a, &b), cov / (0.001 / 4.0 - 0.0001), 1e-12);
    assert_near(lq_returns_beta(&b, &b), 1.0, 1e-15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_long_run_of_two_states_is_known),
        cmocka_unit_test(four_states_are_left_as_often_as_entered),
        cmocka_unit_test(a_state_that_is_never_left_has_no_long_run),
        cmocka_unit_test(moments_of_a_history_are_the_populations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
