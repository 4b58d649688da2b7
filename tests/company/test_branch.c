/* Exit expansion: a life on record, ended in every way that its lottery has. */
#include "lq_test.h"

#include "moments.h"
#include "plans.h"

#include <math.h>
#include <string.h>

static company_block plain, life, ended;
static company_case c;
static record_rows record;
static lq_branches branches;

/* Everything that a life may have: rounds, tenders, jumps of value, a floor or not. */
static void init(size_t n_months, bool floor, double value_exponent)
{
    company_init(&c, n_months, 0.1, 0.7);
    hazard_constant(&c.plan.ipo, n_months, 0.12);
    hazard_constant(&c.plan.acquisition, n_months, 0.2);
    hazard_constant(&c.plan.failure, n_months, 0.15);
    hazard_constant(&c.plan.round, n_months, 0.6);
    hazard_constant(&c.plan.tender, n_months, 0.5);
    c.plan.ipo.value_exponent = value_exponent;
    c.plan.failure.value_exponent = -value_exponent;
    c.plan.path_hazards = true;
    c.plan.has_rounds = c.plan.has_tenders = true;
    c.plan.rounds_carry = c.plan.tenders_carry = true;
    c.plan.dilution = c.plan.tender_cap = draw_constant(0.2);
    c.plan.premium = (lq_draw){.kind = LQ_DRAW_UNIFORM, .low = 0.1, .high = 0.5, .mean = 0.3};
    c.plan.ipo_discount = draw_constant(0.1);
    c.plan.ipo_primary = draw_constant(0.15);
    c.plan.proceeds_retained = true;
    company_stack(&c, 30.0, 3.0);
    c.plan.stack.opening.preferred[0].anti_dilution = LQ_ANTI_DILUTION_FULL;
    c.plan.stack.opening.preferred[0].ipo_due = 28.0;
    c.plan.stack.opening.preferred[0].ipo_veto = 4.0;
    c.plan.stack.added.dividend = 0.05;
    c.plan.stack.pay_to_play = 0.2;
    lq_stack_plan_ready(&c.plan.stack, true);
    c.plan.recovery = 0.1;
    c.plan.lockup_months = 6;
    c.plan.direct_listing = 0.3;
    c.plan.stream_closing = lq_stream_make(LQ_PURPOSE_CLOSING, "acme");
    c.plan.loading_market_log2 = 0.05;
    if (floor) c.plan.floor_log2 = c.plan.start_log2 - 1.0;
    c.plan.floor_continuous = floor && value_exponent != 0.0;
}

static void yearly(lq_hazard_plan *h, double mass)
{
    for (size_t k = 1; k <= c.plan.n_months; k++)
        h->mass[k] = k % 12 == 0 ? mass : 0.0;
}

/* ---- one life, two ways ---- */

/* Rows of the life are not shared: the world of an end has its own. */
static void end_life(const double *month, const double *cause)
{
    company_block_init(&ended, c.plan.n_months);
    kernels_of(3)->branch_world(&c.plan, &record.record, month, cause, &life.world,
                                &ended.world);
}

static void assert_close(double a, double b)
{
    if (isnan(a) && isnan(b)) return;
    assert_true(fabs(a - b) <= 1e-9 * (fabs(a) + fabs(b)) + 1e-300);
}

static void assert_same_world(const lq_company_world *a, const lq_company_world *b, size_t l)
{
    const size_t n = c.plan.n_months;
    assert_true(a->exit_kind[l] == b->exit_kind[l] && a->exit_month[l] == b->exit_month[l]);
    assert_true(a->liquid_month[l] == b->liquid_month[l]);
    assert_true(a->n_rounds[l] == b->n_rounds[l] && a->n_down[l] == b->n_down[l]);
    assert_true(a->n_flat[l] == b->n_flat[l] && a->n_tenders[l] == b->n_tenders[l]);
    assert_true(a->n_unpriced[l] == b->n_unpriced[l]);
    assert_close(a->residual[l], b->residual[l]);
    assert_close(a->shares[l], b->shares[l]);
    for (size_t k = 0; k <= n; k++) {
        const size_t at = k * LQ_LANES + l;
        assert_close(a->price[at], b->price[at]);
        assert_close(a->preferred[at], b->preferred[at]);
        assert_close(a->value[at], b->value[at]);
        if ((double)k < a->exit_month[l]) assert_close(a->tender[at], b->tender[at]);
    }
}

/* The end that the path's own draws choose is the life that the lottery ends as it goes. */
static void an_end_by_the_paths_own_draws_is_its_own_life(void **state)
{
    (void)state;
    double month[LQ_LANES], cause[LQ_LANES];
    for (int variant = 0; variant < 8; variant++) {
        init(60, variant & 1, variant & 2 ? 0.7 : 0.0);
        c.plan.solves_phi = variant & 4;
        size_t exits = 0;
        for (uint64_t block = 0; block < 32; block++) {
            company_block_run(&plain, &c, kernels_of(3), block);
            company_block_record(&life, &c, kernels_of(3), block, &record);
            kernels_of(3)->branch_drawn(&c.plan, &record.record, month, cause);
            end_life(month, cause);
            for (size_t l = 0; l < LQ_LANES; l++) {
                assert_same_world(&plain.world, &ended.world, l);
                exits += plain.world.exit_month[l] <= 60.0;
            }
        }
        assert_true(exits > 500 && exits < 2048);
    }
}

/* ---- weights ---- */

static void assert_weights(const lq_expansion *x)
{
    for (size_t l = 0; l < LQ_LANES; l++) {
        uint64_t sum = 0;
        for (size_t b = 0; b < x->n_branches; b++)
            sum += branches.weight[b][l];
        assert_true(sum == (uint64_t)1 << LQ_BRANCH_WEIGHT_LOG2);
    }
}

static void run_branches(const lq_expansion *x, uint64_t block)
{
    company_block_record(&life, &c, kernels_of(3), block, &record);
    kernels_of(3)->branches(&c.plan, x, &record.record, &branches);
    assert_weights(x);
}

static void few_outcomes_are_all_there(void **state)
{
    (void)state;
    init(48, false, 0.0);
    yearly(&c.plan.ipo, 0.10);
    yearly(&c.plan.acquisition, 0.12);
    yearly(&c.plan.failure, 0.13);
    const lq_expansion x = lq_expansion_of(&c.plan);
    assert_int_equal(x.kind, LQ_EXPAND_ALL);
    assert_int_equal(x.n_branches, 13);
    run_branches(&x, 5);
    const double year = exp(-0.35), whole = 4294967296.0;
    for (size_t b = 0; b < 12; b++) {
        const double part[3] = {0.13, 0.12, 0.10};
        const double want = pow(year, (double)(b / 3)) * (1.0 - year) * part[b % 3] / 0.35;
        assert_near((double)branches.weight[b][7] / whole, want, 1e-9);
    }
    assert_near((double)branches.weight[12][7] / whole, exp(-4 * 0.35), 1e-9);
}

/* An exit that nobody escapes: what is left after years of it is nothing, not a wild weight. */
static void certain_exits_take_all_of_the_weight(void **state)
{
    (void)state;
    init(48, false, 0.0);
    yearly(&c.plan.ipo, 0.0);
    yearly(&c.plan.acquisition, 0.0);
    static const double masses[] = {25.0, 240.0, 300.0, 1000.0, 1e6};
    for (size_t i = 0; i < LQ_COUNT(masses); i++) {
        yearly(&c.plan.failure, masses[i]);
        const lq_expansion x = lq_expansion_of(&c.plan);
        assert_int_equal(x.kind, LQ_EXPAND_ALL);
        run_branches(&x, 5);
        for (size_t l = 0; l < LQ_LANES; l++)
            assert_true(branches.weight[0][l] == (uint64_t)1 << LQ_BRANCH_WEIGHT_LOG2);
    }
}

static void many_outcomes_are_sampled(void **state)
{
    (void)state;
    for (int floor = 0; floor < 2; floor++) {
        init(120, floor, 0.5);
        const lq_expansion x = lq_expansion_of(&c.plan);
        assert_int_equal(x.kind, LQ_EXPAND_SAMPLED);
        assert_int_equal(x.n_branches, LQ_SAMPLED_BRANCHES);
        run_branches(&x, 3);
    }
}

/* ---- the same law three ways ---- */

/* What a share is worth that is sold on its first liquid day, or settled at the end. */
static double payoff(const lq_company_world *w, size_t l)
{
    const double liquid = w->liquid_month[l], last = (double)c.plan.n_months;
    return liquid <= last ? w->price[(size_t)liquid * LQ_LANES + l] : w->residual[l];
}

/* A lottery of its own each month, from independent uniforms: no threshold is integrated. */
static void monthly_lottery(uint64_t block, double *month, double *cause)
{
    const lq_block_address at = block_address(block);
    const lq_company_record *r = &record.record;
    for (size_t l = 0; l < LQ_LANES; l++)
        month[l] = (double)(c.plan.n_months + 1), cause[l] = LQ_EXIT_NONE;
    for (size_t k = 1; k <= c.plan.n_months; k++) {
        uint64_t w0[LQ_LANES] __attribute__((aligned(64)));
        uint64_t w1[LQ_LANES] __attribute__((aligned(64)));
        kernels_of(3)->fill_words(at.key, at.path0, lq_stream_make(LQ_PURPOSE_BONUS, "test"),
                                  (uint32_t)k, w0, w1);
        for (size_t l = 0; l < LQ_LANES; l++) {
            const size_t i = k * LQ_LANES + l;
            const double f = r->mass[LQ_EXIT_FAILURE][i], a = r->mass[LQ_EXIT_ACQUISITION][i];
            const double all = f + a + r->mass[LQ_EXIT_IPO][i];
            const double u = ((double)(w0[l] >> 32) + 0.5) * 0x1p-32;
            if (month[l] <= (double)c.plan.n_months || u > -expm1(-all)) continue;
            const double v = ((double)(w1[l] >> 32) + 0.5) * 0x1p-32 * all;
            month[l] = (double)k;
            cause[l] = v < f ? LQ_EXIT_FAILURE : v < f + a ? LQ_EXIT_ACQUISITION : LQ_EXIT_IPO;
        }
    }
}

/* What is compared: the share after a flat tax, failures, being above a listed rival of the
 * same market and path, and being below two sums, which is where quantiles lie. */
enum { PAID, FAILED, BEATS, BELOW_LOW, BELOW_HIGH, FUNCTIONALS };

static void read_end(size_t l, double out[FUNCTIONALS])
{
    const double paid = 0.7 * payoff(&ended.world, l);
    const double rival = 0.5 * exp2(record.record.listed[c.plan.n_months * LQ_LANES + l]);
    out[PAID] = paid;
    out[FAILED] = ended.world.exit_kind[l] == LQ_EXIT_FAILURE;
    out[BEATS] = paid > rival;
    out[BELOW_LOW] = paid < 0.05;
    out[BELOW_HIGH] = paid < 5.0;
}

static void add_world(moments m[FUNCTIONALS])
{
    for (size_t l = 0; l < LQ_LANES; l++) {
        double end[FUNCTIONALS];
        read_end(l, end);
        for (size_t i = 0; i < FUNCTIONALS; i++)
            moments_add(&m[i], end[i]);
    }
}

static void add_expanded(const lq_expansion *x, moments m[FUNCTIONALS])
{
    double mean[FUNCTIONALS][LQ_LANES] = {{0}};
    for (size_t b = 0; b < x->n_branches; b++) {
        end_life(branches.month[b], branches.cause[b]);
        for (size_t l = 0; l < LQ_LANES; l++) {
            double end[FUNCTIONALS];
            read_end(l, end);
            for (size_t i = 0; i < FUNCTIONALS; i++)
                mean[i][l] += (double)branches.weight[b][l] * 0x1p-32 * end[i];
        }
    }
    for (size_t i = 0; i < FUNCTIONALS; i++)
        for (size_t l = 0; l < LQ_LANES; l++)
            moments_add(&m[i], mean[i][l]);
}

static void assert_agree(const moments *a, const moments *b)
{
    const double se = sqrt(moments_se(a) * moments_se(a) + moments_se(b) * moments_se(b));
    assert_true(fabs(moments_mean(a) - moments_mean(b)) < 4.0 * se);
}

/* Check 3 of the rules: monthly lottery, threshold of the integrated intensity, expansion. */
static void three_engines_have_one_law(void **state)
{
    (void)state;
    double month[LQ_LANES], cause[LQ_LANES];
    for (int variant = 0; variant < 3; variant++) {
        moments of[3][FUNCTIONALS] = {{{0}}};
        init(48, variant == 1, 0.6);
        if (variant == 2) {
            yearly(&c.plan.ipo, 0.10);
            yearly(&c.plan.acquisition, 0.12);
            yearly(&c.plan.failure, 0.13);
        }
        const lq_expansion x = lq_expansion_of(&c.plan);
        for (uint64_t block = 0; block < 512; block++) {
            run_branches(&x, block);
            monthly_lottery(block, month, cause);
            end_life(month, cause);
            add_world(of[0]);
            kernels_of(3)->branch_drawn(&c.plan, &record.record, month, cause);
            end_life(month, cause);
            add_world(of[1]);
            add_expanded(&x, of[2]);
        }
        for (size_t i = 0; i < FUNCTIONALS; i++) {
            assert_agree(&of[0][i], &of[1][i]);
            assert_agree(&of[0][i], &of[2][i]);
            assert_agree(&of[1][i], &of[2][i]);
            /* conditioning takes the lottery's noise away, it never adds any */
            assert_true(moments_sd(&of[2][i]) < moments_sd(&of[1][i]));
        }
    }
}

static void both_builds_give_the_same_bits(void **state)
{
    (void)state;
    static lq_branches other;
    const kernels *v4 = kernels_of(4);
    if (!v4) skip();
    for (int variant = 0; variant < 2; variant++) {
        init(60, variant == 1, 0.4);
        const lq_expansion x = lq_expansion_of(&c.plan);
        run_branches(&x, 9);
        end_life(branches.month[3], branches.cause[3]);
        memcpy(&plain, &ended, sizeof ended);
        company_block_record(&life, &c, v4, 9, &record);
        v4->branches(&c.plan, &x, &record.record, &other);
        assert_memory_equal(&other, &branches, x.n_branches * sizeof branches.month[0]);
        assert_memory_equal(other.weight, branches.weight,
                            x.n_branches * sizeof branches.weight[0]);
        company_block_init(&ended, c.plan.n_months);
        v4->branch_world(&c.plan, &record.record, other.month[3], other.cause[3], &life.world,
                         &ended.world);
        assert_memory_equal(ended.price, plain.price, sizeof ended.price);
        assert_memory_equal(ended.lanes, plain.lanes, sizeof ended.lanes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_end_by_the_paths_own_draws_is_its_own_life),
        cmocka_unit_test(few_outcomes_are_all_there),
        cmocka_unit_test(certain_exits_take_all_of_the_weight),
        cmocka_unit_test(many_outcomes_are_sampled),
        cmocka_unit_test(three_engines_have_one_law),
        cmocka_unit_test(both_builds_give_the_same_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
