/* Values and exits of a private company: the terminal lottery, its law, the drift that pays for
 * it. What exits leave: test_exits.c; rounds and tenders: test_rounds.c. */
#include "lq_test.h"

#include "moments.h"
#include "plans.h"

#include <math.h>
#include <string.h>

enum { BLOCKS = LQ_JUDGES_CHANCE ? 2048 : 256, PATHS = BLOCKS * LQ_LANES };

static company_block b, other;
static company_case c;

static size_t month_of(const company_block *block, size_t l)
{
    return (size_t)block->world.exit_month[l];
}

/* Paths by cause (R1) that ended by each month, cumulated. */
typedef struct incidence {
    double by[LQ_EXIT_KINDS][PLAN_ROWS];
} incidence;

static incidence count_exits(void)
{
    incidence out;
    memset(&out, 0, sizeof out);
    for (uint64_t block = 0; block < BLOCKS; block++) {
        company_block_run(&b, &c, kernels_of(3), block);
        for (size_t l = 0; l < LQ_LANES; l++)
            for (size_t k = month_of(&b, l); k <= c.plan.n_months; k++)
                out.by[(int)b.world.exit_kind[l]][k] += 1.0;
    }
    return out;
}

/* ---- the law of exits ---- */

static const struct {
    size_t years;
    double ipo, acquisition, failure;
} exi_01[] = {{1, 0.0431969632197, 0.129590889659, 0.0863939264394},
              {3, 0.0989050567099, 0.29671517013, 0.19781011342},
              {5, 0.129478306642, 0.388434919926, 0.258956613284},
              {7, 0.146257261958, 0.438771785874, 0.292514523916},
              {10, 0.158368821939, 0.475106465816, 0.316737643877}};

static void exi_01_constant_hazards_compete(void **state)
{
    (void)state;
    company_init(&c, 120, 0.1, 0.6);
    hazard_constant(&c.plan.ipo, 120, 0.05);
    hazard_constant(&c.plan.acquisition, 120, 0.15);
    hazard_constant(&c.plan.failure, 120, 0.1);
    const incidence seen = count_exits();
    for (size_t i = 0; i < LQ_COUNT(exi_01); i++) {
        const size_t k = 12 * exi_01[i].years;
        assert_share(seen.by[LQ_EXIT_IPO][k], PATHS, exi_01[i].ipo);
        assert_share(seen.by[LQ_EXIT_ACQUISITION][k], PATHS, exi_01[i].acquisition);
        assert_share(seen.by[LQ_EXIT_FAILURE][k], PATHS, exi_01[i].failure);
    }
}

/* Mass of month k of a Weibull hazard (a / b)(t / b)^(a - 1), integrated exactly. */
static void weibull(lq_hazard_plan *h, size_t n_months, double shape, double scale)
{
    for (size_t k = 1; k <= n_months; k++) {
        h->mass[k] =
            pow((double)k / 12.0 / scale, shape) - pow((double)(k - 1) / 12.0 / scale, shape);
        h->rate[k] = 12.0 * h->mass[k];
    }
}

static const struct {
    size_t years;
    double ipo, acquisition, failure;
} exi_03[] = {{1, 0.0163931163895, 0.042088498286, 0.0352723704272},
              {3, 0.0700151205452, 0.179760285417, 0.150648553252},
              {5, 0.116686534116, 0.299586782308, 0.25106944631},
              {10, 0.167077929027, 0.428964143388, 0.359494464801}};

static void exi_03_weibull_hazards_compete(void **state)
{
    (void)state;
    company_init(&c, 120, 0.1, 0.6);
    weibull(&c.plan.ipo, 120, 1.5, 15.0);
    weibull(&c.plan.acquisition, 120, 1.5, 8.0);
    weibull(&c.plan.failure, 120, 1.5, 9.0);
    const incidence seen = count_exits();
    for (size_t i = 0; i < LQ_COUNT(exi_03); i++) {
        const size_t k = 12 * exi_03[i].years;
        assert_share(seen.by[LQ_EXIT_IPO][k], PATHS, exi_03[i].ipo);
        assert_share(seen.by[LQ_EXIT_ACQUISITION][k], PATHS, exi_03[i].acquisition);
        assert_share(seen.by[LQ_EXIT_FAILURE][k], PATHS, exi_03[i].failure);
    }
}

static void piecewise(lq_hazard_plan *h, const double rates[3])
{
    for (size_t k = 1; k <= 120; k++) {
        h->rate[k] = rates[k <= 24 ? 0 : k <= 60 ? 1 : 2];
        h->mass[k] = h->rate[k] / 12.0;
    }
}

static const struct {
    size_t years;
    double ipo, acquisition, failure;
} exi_05[] = {{1, 0.0, 0.0442398433857, 0.176959373543},
              {2, 0.0, 0.0786938680575, 0.31477547223},
              {3, 0.0317409960873, 0.142175860232, 0.367677132375},
              {5, 0.0738610695284, 0.226416007114, 0.437877254777},
              {10, 0.152228546969, 0.324375353915, 0.470530370377}};

static void exi_05_hazards_by_table(void **state)
{
    (void)state;
    company_init(&c, 120, 0.1, 0.6);
    piecewise(&c.plan.ipo, (const double[3]){0.0, 0.06, 0.12});
    piecewise(&c.plan.acquisition, (const double[3]){0.05, 0.12, 0.15});
    piecewise(&c.plan.failure, (const double[3]){0.2, 0.1, 0.05});
    const incidence seen = count_exits();
    for (size_t i = 0; i < LQ_COUNT(exi_05); i++) {
        const size_t k = 12 * exi_05[i].years;
        assert_share(seen.by[LQ_EXIT_IPO][k], PATHS, exi_05[i].ipo);
        assert_share(seen.by[LQ_EXIT_ACQUISITION][k], PATHS, exi_05[i].acquisition);
        assert_share(seen.by[LQ_EXIT_FAILURE][k], PATHS, exi_05[i].failure);
    }
}

/* A lottery once a year draws the whole year's mass in that month. */
static void a_yearly_lottery_ends_lives_in_yearly_months(void **state)
{
    (void)state;
    company_init(&c, 48, 0.1, 0.6);
    for (size_t k = 12; k <= 48; k += 12)
        c.plan.failure.mass[k] = 0.35;
    const incidence seen = count_exits();
    for (size_t k = 1; k <= 48; k++) {
        const double want = 1.0 - exp(-0.35 * (double)(k / 12));
        if (k < 12)
            assert_true(seen.by[LQ_EXIT_FAILURE][k] == 0.0);
        else
            assert_share(seen.by[LQ_EXIT_FAILURE][k], PATHS, want);
    }
}

/* R1: h is read at V_k, after the move, through exp(clamp(eta ln(V / V_0))). One month, so that
 * the closed form is an integral over the month's normal. */
static void hazards_follow_the_value(void **state)
{
    (void)state;
    static const double etas[] = {0.5, -1.0, 40.0};
    for (size_t i = 0; i < LQ_COUNT(etas); i++) {
        company_init(&c, 1, 0.0, 0.9);
        hazard_constant(&c.plan.failure, 1, 0.6);
        c.plan.failure.value_exponent = etas[i];
        c.plan.path_hazards = true;
        const incidence seen = count_exits();
        double want = 0.0;
        for (int j = 0; j < 20000; j++) {
            const double z = -8.0 + 16.0 * (j + 0.5) / 20000.0;
            const double x = -0.405 / 12.0 + 0.9 * sqrt(1.0 / 12.0) * z;
            const double e = fmin(fmax(etas[i] * x, -log(20.0)), log(20.0));
            want += (1.0 - exp(-0.05 * exp(e))) * exp(-0.5 * z * z) / 2.50662827463100050 *
                    16.0 / 20000.0;
        }
        assert_share(seen.by[LQ_EXIT_FAILURE][1], PATHS, want);
    }
}

/* xi reads the trailing excess growth of the market over the free rate, at most 12 months. */
static void hazards_follow_the_market(void **state)
{
    (void)state;
    company_init(&c, 24, 0.0, 0.3);
    for (size_t k = 24; k <= 24; k++)
        c.plan.ipo.mass[k] = 0.2;
    c.plan.ipo.market_exponent = 2.0;
    c.plan.path_hazards = c.plan.uses_market_excess = true;
    c.plan.rate_log2_month = 0.004;
    double hits = 0.0;
    for (uint64_t block = 0; block < BLOCKS; block++) {
        for (size_t k = 0; k <= 24; k++)
            for (size_t l = 0; l < LQ_LANES; l++)
                b.index[k * LQ_LANES + l] = 0.03 * (double)k;
        const lq_block_address at = block_address(block);
        static plan_rows index;
        memcpy(index, b.index, sizeof index);
        company_block_init(&b, 24);
        b.world.tender = NULL;
        const lq_company_inputs in = {b.price, NULL, index};
        kernels_of(3)->company(&c.plan, &at, &in, &b.state, &b.world, NULL);
        for (size_t l = 0; l < LQ_LANES; l++)
            hits += b.world.exit_kind[l] == (double)LQ_EXIT_IPO;
    }
    const double excess = 12.0 * (0.03 - 0.004);
    assert_share(hits, PATHS, 1.0 - exp(-0.2 * exp2(2.0 * excess)));
}

/* ---- value at an exit ---- */

/* EXI-07: value sold at hazard 0.15 of 0.30. The month grid pays at the month's end: the closed
 * form of the grid is exact; the published one, in continuous time, is met within that delay.
 */
static void exi_07_value_at_an_independent_exit(void **state)
{
    (void)state;
    company_init(&c, 120, 0.1, 0.4);
    hazard_constant(&c.plan.acquisition, 120, 0.15);
    hazard_constant(&c.plan.failure, 120, 0.15);
    moments value = {0}, present = {0}, discount = {0};
    for (uint64_t block = 0; block < 2 * BLOCKS; block++) {
        company_block_run(&b, &c, kernels_of(3), block);
        for (size_t l = 0; l < LQ_LANES; l++) {
            const bool sold = b.world.exit_kind[l] == (double)LQ_EXIT_ACQUISITION;
            const size_t k = sold ? month_of(&b, l) : 0;
            const double v = sold ? b.value[k * LQ_LANES + l] : 0.0;
            moments_add(&present, v * exp(-0.04 * (double)k / 12.0));
            if (!sold) continue;
            moments_add(&value, v);
            moments_add(&discount, exp(-0.04 * (double)k / 12.0));
        }
    }
    double p = 0.0, pv = 0.0, mean = 0.0, factor = 0.0;
    for (int k = 1; k <= 120; k++) {
        const double t = k / 12.0, q = 0.5 * exp(-0.3 * (t - 1.0 / 12.0)) * -expm1(-0.025);
        p += q;
        pv += q * 100.0 * exp(0.06 * t);
        mean += q * 100.0 * exp(0.1 * t);
        factor += q * exp(-0.04 * t);
    }
    assert_near(p, 0.475106465816, 1e-9);
    assert_near(pv, 56.8301279194, 0.3);
    assert_share(value.n, present.n, p);
    assert_mean(&present, pv, 0.0);
    assert_mean(&value, mean / p, 0.0);
    assert_mean(&discount, factor / p, 0.0);
}

/* R5: with the survival drift that pays for the lottery, V including its terminal events is a
 * martingale when its drift is 0. Both ways: folded into the plan, and month by month. */
static void check_martingale(bool path_hazards)
{
    company_init(&c, 60, 0.0, 0.5);
    hazard_constant(&c.plan.ipo, 60, 0.05);
    hazard_constant(&c.plan.acquisition, 60, 0.12);
    hazard_constant(&c.plan.failure, 60, 0.2);
    c.plan.premium = draw_constant(0.3);
    c.plan.recovery = 0.1;
    c.plan.compensate = true;
    c.plan.path_hazards = path_hazards;
    if (!path_hazards) company_compensate(&c);
    moments total = {0};
    for (uint64_t block = 0; block < 2 * BLOCKS; block++) {
        company_block_run(&b, &c, kernels_of(3), block);
        for (size_t l = 0; l < LQ_LANES; l++) {
            const size_t k = month_of(&b, l) <= 60 ? month_of(&b, l) : 60;
            moments_add(&total, b.value[k * LQ_LANES + l]);
        }
    }
    assert_mean(&total, 100.0, 0.0);
}

static void r5_value_with_its_events_is_a_martingale(void **state)
{
    (void)state;
    check_martingale(false);
    check_martingale(true);
}

/* R5 where a month holds the lottery of a year and failures come where the value is low: what
 * the intensity is after the month's own move and gain, not before it; also where it is far
 * beyond twenty times the first day's, and cut (R1). */
static void r5_a_yearly_lottery_that_follows_the_value_is_paid_for(void **state)
{
    (void)state;
    static const struct {
        double volatility, failure, exponent;
    } rows[] = {{0.0, 0.5, -1.0}, {0.6, 0.5, -1.0}, {0.9, 0.2, -3.0}};
    for (size_t i = 0; i < LQ_COUNT(rows); i++) {
        company_init(&c, 48, 0.0, rows[i].volatility);
        for (size_t k = 12; k <= 48; k += 12) {
            c.plan.failure.mass[k] = rows[i].failure;
            c.plan.acquisition.mass[k] = 0.2;
        }
        c.plan.failure.value_exponent = rows[i].exponent;
        c.plan.acquisition.value_exponent = 0.5;
        c.plan.premium = draw_constant(0.3);
        c.plan.compensate = c.plan.path_hazards = c.plan.is_lumped = true;
        moments total = {0};
        for (uint64_t block = 0; block < BLOCKS; block++) {
            company_block_run(&b, &c, kernels_of(3), block);
            for (size_t l = 0; l < LQ_LANES; l++) {
                const size_t k = month_of(&b, l) <= 48 ? month_of(&b, l) : 48;
                const double value = b.value[k * LQ_LANES + l];
                moments_add(&total, isnan(value) ? 0.0 : value);
            }
        }
        assert_mean(&total, 100.0, 0.1);
    }
}

/* R5 with a floor: what falls below it is paid for by what stays above. `gap` in logarithms of
 * the value, from the opening value down to the floor. */
static const struct {
    double gap, volatility, recovery;
    bool lottery, path_hazards;
} floors[] = {
    {0.5, 0.6, 0.0, false, false}, {0.5, 0.6, 0.0, true, false}, {0.5, 0.6, 0.4, true, true},
    {0.02, 0.3, 0.0, true, false}, {0.02, 0.9, 0.7, true, true}, {1.5, 0.9, 0.2, true, true},
    {0.1, 0.05, 0.0, true, false},
};

static double value_with_its_events(size_t l)
{
    const size_t k = month_of(&b, l) <= 60 ? month_of(&b, l) : 60;
    const double value = b.value[k * LQ_LANES + l];
    return isnan(value) ? 0.0 : value; /* failed with nothing left */
}

static void r5_a_floor_is_paid_for(void **state)
{
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(floors); i++) {
        company_init(&c, 60, 0.03, floors[i].volatility);
        c.plan.floor_log2 = c.plan.start_log2 - floors[i].gap * 1.4426950408889634074;
        c.plan.recovery = floors[i].recovery;
        c.plan.compensate = true;
        c.plan.path_hazards = floors[i].path_hazards;
        if (floors[i].lottery) hazard_constant(&c.plan.failure, 60, 0.1);
        if (floors[i].lottery) hazard_constant(&c.plan.acquisition, 60, 0.1);
        if (floors[i].path_hazards) c.plan.acquisition.value_exponent = 0.5;
        c.plan.premium = draw_constant(0.3);
        moments total = {0};
        double failed = 0.0;
        for (uint64_t block = 0; block < BLOCKS / 4; block++) {
            company_block_run(&b, &c, kernels_of(3), block);
            for (size_t l = 0; l < LQ_LANES; l++) {
                const double months = fmin(b.world.exit_month[l], 60.0);
                moments_add(&total, value_with_its_events(l) * exp(-0.03 * months / 12.0));
                failed += b.world.exit_kind[l] == (double)LQ_EXIT_FAILURE;
            }
        }
        assert_true(failed > 0.02 * PATHS / 4);
        assert_mean(&total, 100.0, floors[i].path_hazards ? 0.1 : 0.0);
    }
}

static void without_compensation_failure_takes_value(void **state)
{
    (void)state;
    company_init(&c, 60, 0.0, 0.5);
    hazard_constant(&c.plan.failure, 60, 0.2);
    moments total = {0};
    for (uint64_t block = 0; block < BLOCKS; block++) {
        company_block_run(&b, &c, kernels_of(3), block);
        for (size_t l = 0; l < LQ_LANES; l++)
            moments_add(&total, month_of(&b, l) > 60 ? b.value[60 * LQ_LANES + l] : 0.0);
    }
    assert_mean(&total, 100.0 * exp(-1.0), 0.0);
}

/* After the listing the share moves with the listed volatility and drift. */
static void a_listed_lane_moves_with_its_listed_volatility(void **state)
{
    (void)state;
    company_init(&c, 14, 0.0, 0.9);
    c.plan.ipo.mass[2] = 1e9;
    c.plan.loading_listed_log2 = 0.4 * sqrt(1.0 / 12.0) * 1.4426950408889634074;
    for (size_t k = 0; k < PLAN_ROWS; k++)
        c.drift_listed[k] = (0.07 - 0.08) / 12.0 * 1.4426950408889634074;
    moments growth = {0}, logs = {0};
    for (uint64_t block = 0; block < BLOCKS; block++) {
        company_block_run(&b, &c, kernels_of(3), block);
        for (size_t l = 0; l < LQ_LANES; l++) {
            const double ratio = b.price[14 * LQ_LANES + l] / b.price[2 * LQ_LANES + l];
            moments_add(&growth, ratio);
            moments_add(&logs, log(ratio));
        }
    }
    assert_mean(&growth, exp(0.07), 0.0);
    assert_near(moments_sd(&logs), 0.4, 4.0 * 0.4 / sqrt(2.0 * logs.n));
}

/* R4: the pilot's survival-weighted incidence is the lottery's probability, on fewer paths. */
static void the_pilot_adds_the_mass_of_each_cause(void **state)
{
    (void)state;
    static double sums[LQ_EXIT_KINDS * PLAN_ROWS];
    memset(sums, 0, sizeof sums);
    company_init(&c, 60, 0.1, 0.7);
    hazard_constant(&c.plan.ipo, 60, 0.1);
    hazard_constant(&c.plan.acquisition, 60, 0.15);
    hazard_constant(&c.plan.failure, 60, 0.1);
    c.plan.failure.value_exponent = -1.0;
    c.plan.ipo.value_exponent = 0.5;
    c.plan.path_hazards = true;
    const incidence seen = count_exits();
    lq_pilot pilot = {sums};
    for (uint64_t block = 0; block < BLOCKS; block++) {
        const lq_block_address at = block_address(block);
        company_block_init(&b, 60);
        kernels_of(3)->fill_normals(at.key, at.path0, c.plan.stream_own, 60,
                                    b.price + LQ_LANES);
        const lq_company_inputs in = {b.price, NULL, NULL};
        kernels_of(3)->company(&c.plan, &at, &in, &b.state, &b.world, &pilot);
    }
    for (int cause = 1; cause < LQ_EXIT_KINDS; cause++) {
        double sum = 0.0;
        for (size_t k = 1; k <= 60; k++)
            sum += sums[(size_t)cause * 61 + k];
        assert_share(seen.by[cause][60], PATHS, sum / PATHS);
    }
}

static void both_builds_give_the_same_bits(void **state)
{
    (void)state;
    if (!kernels_of(4)) skip();
    company_init(&c, 120, 0.1, 0.7);
    hazard_constant(&c.plan.ipo, 120, 0.1);
    hazard_constant(&c.plan.acquisition, 120, 0.1);
    hazard_constant(&c.plan.failure, 120, 0.05);
    hazard_constant(&c.plan.round, 120, 0.6);
    hazard_constant(&c.plan.tender, 120, 0.3);
    c.plan.failure.value_exponent = -1.0;
    c.plan.compensate = c.plan.path_hazards = c.plan.has_rounds = c.plan.has_tenders = true;
    c.plan.dilution =
        (lq_draw){.kind = LQ_DRAW_UNIFORM, .low = 0.04, .high = 0.2, .mean = 0.12};
    company_stack(&c, 30.0, 3.0);
    c.plan.loading_market_log2 = 0.08;
    c.plan.observe_fair = c.all;
    for (uint64_t block = 0; block < 64; block++) {
        company_block_run(&b, &c, kernels_of(3), block);
        company_block_run(&other, &c, kernels_of(4), block);
        assert_memory_equal(b.price, other.price, 121 * LQ_LANES * sizeof(double));
        assert_memory_equal(b.preferred, other.preferred, 121 * LQ_LANES * sizeof(double));
        assert_memory_equal(b.tender, other.tender, 121 * LQ_LANES * sizeof(double));
        assert_memory_equal(b.fair, other.fair, 121 * LQ_LANES * sizeof(double));
        assert_memory_equal(b.lanes, other.lanes, sizeof b.lanes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exi_01_constant_hazards_compete),
        cmocka_unit_test(exi_03_weibull_hazards_compete),
        cmocka_unit_test(exi_05_hazards_by_table),
        cmocka_unit_test(a_yearly_lottery_ends_lives_in_yearly_months),
        cmocka_unit_test(hazards_follow_the_value),
        cmocka_unit_test(hazards_follow_the_market),
        cmocka_unit_test(exi_07_value_at_an_independent_exit),
        cmocka_unit_test(r5_value_with_its_events_is_a_martingale),
        cmocka_unit_test(r5_a_yearly_lottery_that_follows_the_value_is_paid_for),
        cmocka_unit_test(r5_a_floor_is_paid_for),
        cmocka_unit_test(without_compensation_failure_takes_value),
        cmocka_unit_test(a_listed_lane_moves_with_its_listed_volatility),
        cmocka_unit_test(the_pilot_adds_the_mass_of_each_cause),
        cmocka_unit_test(both_builds_give_the_same_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
