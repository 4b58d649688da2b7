/* A floor under the value, watched at the ends of months or all the time. A step is as long as
 * its drift and loading say, so that other intervals than months can be tried. */
#include "../validation/cases.h"

#include "moments.h"
#include "plans.h"

#include <math.h>
#include <string.h>

static const double LOG2_E = 1.4426950408889634074;

static company_block b;
static company_case c;
static record_rows record;

/* n steps of dt years from 100, without compensation. */
static void init(size_t n, double dt, double mu, double sigma, double floor, bool continuous)
{
    company_init(&c, n, mu, sigma);
    for (size_t k = 1; k <= n; k++)
        c.drift_private[k] = (mu - 0.5 * sigma * sigma) * dt * LOG2_E;
    c.plan.loading_private_log2 = sigma * sqrt(dt) * LOG2_E;
    c.plan.floor_log2 = log2(floor);
    c.plan.floor_continuous = continuous;
}

static bool failed(size_t l)
{
    return b.world.exit_kind[l] == (double)LQ_EXIT_FAILURE;
}

static double share_failed(uint64_t blocks)
{
    double n = 0.0;
    for (uint64_t block = 0; block < blocks; block++) {
        company_block_run(&b, &c, kernels_of(3), block);
        for (size_t l = 0; l < LQ_LANES; l++)
            n += failed(l);
    }
    return n;
}

/* A first passage is hit by the bridge whatever the step: a month, and a year. */
static void gbm_06_first_passage(void **state)
{
    (void)state;
    const uint64_t blocks = (uint64_t)lq_runs(2048);
    validation_case j = case_open("cases.json", "GBM-06");
    const double mu = case_number(j.inputs, "mu"), sigma = case_number(j.inputs, "sigma");
    static const size_t steps[] = {48, 4};
    for (size_t i = 0; i < LQ_COUNT(steps); i++) {
        init(steps[i], case_number(j.inputs, "T") / (double)steps[i], mu, sigma,
             case_number(j.inputs, "barrier"), true);
        assert_share(share_failed(blocks), (double)(blocks * LQ_LANES),
                     case_number(j.expected, "hit_prob"));
    }
    case_close(&j);
}

/* Watched at sixteen dates only. */
static void gbm_08_passage_at_dates(void **state)
{
    (void)state;
    const uint64_t blocks = (uint64_t)lq_runs(4096);
    validation_case j = case_open("cases.json", "GBM-08");
    const double n = case_number(j.inputs, "n_dates");
    init((size_t)n, case_number(j.inputs, "T") / n, case_number(j.inputs, "mu"),
         case_number(j.inputs, "sigma"), case_number(j.inputs, "barrier"), false);
    assert_share(share_failed(blocks), (double)(blocks * LQ_LANES),
                 case_number(j.expected, "hit_prob"));
    case_close(&j);
}

/* A floor beside an exit at a constant rate, over sixty years in steps of four months. A step's
 * floor comes before its exit, so that the exits of the time between the step's start and the
 * passage are not yet taken: on average h dt / (e^{h dt} - 1) of what passes. */
static void exi_11_a_floor_beside_an_exit(void **state)
{
    (void)state;
    enum { STEPS = 180 };
    const uint64_t blocks = (uint64_t)lq_runs(4096);
    validation_case j = case_open("cases.json", "EXI-11");
    const double dt = 1.0 / 3.0, mass = case_number(j.inputs, "rate") * dt;
    init(STEPS, dt, case_number(j.inputs, "mu"), case_number(j.inputs, "sigma"),
         case_number(j.inputs, "down"), true);
    for (size_t k = 1; k <= STEPS; k++)
        c.plan.acquisition.mass[k] = mass;
    c.untraced = true;
    const double n = (double)(blocks * LQ_LANES), failures = share_failed(blocks);
    assert_share(failures, n, case_number(j.expected, "p_down") * expm1(mass) / mass);
    case_close(&j);
}

/* Who fails does so at the floor, and what is recovered is of it. */
static void it_fails_at_the_floor(void **state)
{
    (void)state;
    size_t n = 0;
    init(36, 1.0 / 12.0, 0.0, 0.9, 40.0, true);
    c.plan.recovery = 0.5;
    for (uint64_t block = 0; block < 64; block++) {
        company_block_run(&b, &c, kernels_of(3), block);
        for (size_t l = 0; l < LQ_LANES; l++) {
            if (!failed(l)) continue;
            assert_near(b.price[36 * LQ_LANES + l], 0.5 * 40.0 / 10.0, 1e-9);
            n++;
        }
    }
    assert_true(n > 1000);
}

/* With the value stopped at the floor nothing is lost by watching it: a fair game stays one. */
static void a_stopped_value_is_a_martingale(void **state)
{
    (void)state;
    moments m = {0};
    init(24, 1.0 / 12.0, 0.0, 0.7, 60.0, true);
    for (uint64_t block = 0; block < (uint64_t)lq_runs(2048); block++) {
        company_block_run(&b, &c, kernels_of(3), block);
        for (size_t l = 0; l < LQ_LANES; l++)
            moments_add(&m, failed(l) ? 60.0 : b.value[24 * LQ_LANES + l]);
    }
    assert_mean(&m, 100.0, 0.0);
}

/* Without volatility nothing happens between the ends of months. */
static void a_still_value_is_watched_at_the_ends(void **state)
{
    (void)state;
    init(24, 1.0 / 12.0, -0.6, 0.0, 60.0, true);
    company_block_run(&b, &c, kernels_of(3), 0);
    for (size_t l = 0; l < LQ_LANES; l++) /* exp(-0.6 k / 12) < 0.6 from month 11 on */
        assert_true(failed(l) && b.world.exit_month[l] == 11.0);
}

/* A life on record falls in the month in which the lottery's would. */
static void a_record_falls_in_the_same_month(void **state)
{
    (void)state;
    static double month[LQ_LANES];
    size_t n = 0;
    for (uint64_t block = 0; block < 32; block++) {
        init(36, 1.0 / 12.0, 0.05, 0.8, 50.0, true);
        company_block_run(&b, &c, kernels_of(3), block);
        memcpy(month, b.world.exit_month, sizeof month);
        company_block_record(&b, &c, kernels_of(3), block, &record);
        for (size_t l = 0; l < LQ_LANES; l++) {
            const size_t k = (size_t)month[l];
            if (k > 36) continue;
            assert_true(record.record.mass[LQ_EXIT_FAILURE][k * LQ_LANES + l] > 1e6);
            assert_near(record.record.x[k * LQ_LANES + l], log2(50.0), 0.0);
            n++;
        }
    }
    assert_true(n > 500);
}

/* Chance of a fall below the floor within n months, summed over a block, as a pilot counts it.
 */
static double chances_of_block(uint64_t block, size_t n)
{
    static double incidence[LQ_EXIT_KINDS * (PLAN_MONTHS + 1)];
    const lq_block_address at = block_address(block);
    lq_pilot pilot = {incidence};
    double sum = 0.0;
    memset(incidence, 0, sizeof incidence);
    company_block_init(&b, n);
    kernels_of(3)->fill_normals(at.key, at.path0, c.plan.stream_own, n, b.price + LQ_LANES);
    const lq_company_inputs in = {b.price, NULL, NULL};
    kernels_of(3)->company(&c.plan, &at, &in, &b.state, &b.world, &pilot);
    for (size_t k = 1; k <= n; k++)
        sum += incidence[LQ_EXIT_FAILURE * (n + 1) + k];
    return sum;
}

/* The same incidence as by draws, with less noise. */
static void the_pilot_counts_chances(void **state)
{
    (void)state;
    const uint64_t blocks = (uint64_t)lq_runs(1024);
    double sum = 0.0;
    init(48, 1.0 / 12.0, 0.12, 0.4, 50.0, true);
    for (uint64_t block = 0; block < blocks; block++)
        sum += chances_of_block(block, 48);
    assert_share(sum, (double)(blocks * LQ_LANES), 0.321705505664);
}

/* Abscissas and weights of Gauss and Legendre on (-1, 1), the positive half. */
static const double node[4][2] = {{0.1834346424956498, 0.3626837833783620},
                                  {0.5255324099163290, 0.3137066458778873},
                                  {0.7966664774136267, 0.2223810344533745},
                                  {0.9602898564975363, 0.1012285362903763}};

typedef struct lookback {
    double strike, sigma, years;
    bool call;
} lookback;

/* Chances, by block, that a share of 100 has been below `level`, or, for a call, above: then
 * its reciprocal, which moves by sigma^2 - r, has been below that of the level. */
static double passed(const lookback *x, double r, double level, uint64_t block)
{
    const double mu = x->call ? x->sigma * x->sigma - r : r;
    const size_t n = (size_t)lround(12.0 * x->years);
    init(n, 1.0 / 12.0, mu, x->sigma, x->call ? 1e4 / level : level, true);
    return chances_of_block(block, n) / LQ_LANES;
}

/* A put at K pays K - min, a call max - K: the chances of all levels between K and where there
 * are none to speak of, one after the other, by their logarithms. With the chances of the
 * closed form this sum is 0.0002 off at most, of a call that runs a year. */
static double worth_in_block(const lookback *x, double r, double spot, uint64_t block)
{
    enum { PIECES = 3 };
    const double from = log(x->call ? fmax(x->strike, spot) : fmin(x->strike, spot));
    const double to = x->call ? log(4.0 * spot) : log(0.3 * spot);
    const double half = 0.5 * (to - from) / PIECES;
    double sum = fmax(x->call ? spot - x->strike : x->strike - spot, 0.0);
    for (int i = 0; i < 8 * PIECES; i++) {
        const double *at = node[i / 2 % 4], side = i % 2 ? 1.0 : -1.0;
        const double level = exp(from + half * (2 * (i / 8) + 1 + side * at[0]));
        sum += at[1] * fabs(half) * level * passed(x, r, level, block);
    }
    return exp(-r * x->years) * sum;
}

static void gbm_16_lookbacks(void **state)
{
    (void)state;
    const uint64_t blocks = (uint64_t)lq_runs(1600);
    validation_case j = case_open("cases.json", "GBM-16");
    const double r = case_number(j.inputs, "r"), spot = case_number(j.inputs, "S");
    const json_t *rows = json_object_get(j.inputs, "rows");
    for (size_t row = 0; row < json_array_size(rows); row++) {
        const json_t *x = json_array_get(rows, row);
        const lookback one = {.call =
                                  strcmp(json_string_value(json_array_get(x, 0)), "call") == 0,
                              .strike = json_number_value(json_array_get(x, 1)),
                              .sigma = json_number_value(json_array_get(x, 2)),
                              .years = json_number_value(json_array_get(x, 3))};
        moments price = {0};
        for (uint64_t block = 0; block < blocks; block++)
            moments_add(&price, worth_in_block(&one, r, spot, block));
        assert_mean(&price, case_entry(j.expected, "prices", row), 3e-4);
    }
    case_close(&j);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gbm_06_first_passage),
        cmocka_unit_test(gbm_08_passage_at_dates),
        cmocka_unit_test(exi_11_a_floor_beside_an_exit),
        cmocka_unit_test(it_fails_at_the_floor),
        cmocka_unit_test(a_stopped_value_is_a_martingale),
        cmocka_unit_test(a_still_value_is_watched_at_the_ends),
        cmocka_unit_test(a_record_falls_in_the_same_month),
        cmocka_unit_test(the_pilot_counts_chances),
        cmocka_unit_test(gbm_16_lookbacks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
