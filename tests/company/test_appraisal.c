/* 409As (R24): a calendar of their own, held until the next one, for whoever reads them. */
#include "lq_test.h"

#include "plans.h"

#include <math.h>
#include <string.h>

enum { MONTHS = 60 };

static company_block b, other;
static company_case c;
static record_rows record;

static double row(const double *rows, size_t k, size_t l)
{
    return rows[k * LQ_LANES + l];
}

/* ---- one path by hand ---- */

/* A share of common is worth V / N: 10 at first, 2^0.01 times as much each month, and 0.8 times
 * as much after each round. Rounds in months 5, 6 and 11: appraised in 7, 8 and 13; of all
 * companies in 12, 24, 36. */
static const struct {
    size_t from, day;
    int rounds;
} held[] = {{0, 0, 0},   {7, 7, 2},   {8, 8, 2},   {12, 12, 3},
            {13, 13, 3}, {24, 24, 3}, {36, 36, 3}, {MONTHS, 0, 0}};

static void a_path_by_hand(void **state)
{
    (void)state;
    company_init(&c, 40, 0.0, 0.0);
    for (size_t k = 1; k <= 40; k++)
        c.drift_private[k] = 0.01;
    c.round.mass[5] = c.round.mass[6] = c.round.mass[11] = 1e9;
    c.plan.has_rounds = true;
    c.plan.dilution = draw_constant(0.2);
    c.plan.proceeds_retained = false;
    c.plan.stack.added.due = 0.0;
    lq_stack_plan_ready(&c.plan.stack, true);
    c.plan.volatility = 0.5;
    c.plan.residual_keep = 0.75;
    company_appraise(&c, 12, 2);
    company_block_run(&b, &c, kernels_of(3), 0);
    for (size_t i = 0; held[i].from < MONTHS; i++)
        for (size_t k = held[i].from ? held[i].from : 1; k < held[i + 1].from && k <= 40; k++) {
            const double want =
                7.5 * exp2(0.01 * (double)held[i].day) * pow(0.8, held[i].rounds);
            assert_near(row(b.appraised, k, 0), want, 1e-6);
            assert_near(row(b.appraised, k, 63), want, 1e-6);
        }
}

/* ---- whole stacks, at random ---- */

static void init(void)
{
    company_init(&c, MONTHS, 0.1, 0.7);
    hazard_constant(&c.plan.ipo, MONTHS, 0.08);
    hazard_constant(&c.plan.acquisition, MONTHS, 0.1);
    hazard_constant(&c.plan.failure, MONTHS, 0.1);
    hazard_constant(&c.plan.round, MONTHS, 1.5);
    hazard_constant(&c.plan.tender, MONTHS, 0.7);
    c.plan.ipo.value_exponent = 0.5;
    c.plan.failure.value_exponent = -0.5;
    c.plan.path_hazards = c.plan.has_rounds = c.plan.has_tenders = true;
    c.plan.dilution = draw_constant(0.15);
    c.plan.tender_price = LQ_AT_409A;
    c.plan.tender_discount = draw_constant(0.1);
    c.plan.rate = 0.04;
    c.plan.residual_keep = 0.7;
    company_stack(&c, 30.0, 3.0);
    c.plan.stack.opening.preferred[0].anti_dilution = LQ_ANTI_DILUTION_FULL;
    c.plan.stack.added.dividend = 0.05;
    lq_stack_plan_ready(&c.plan.stack, true);
    c.plan.observe_fair = c.all;
    company_appraise(&c, 12, 2);
}

/* The day of the appraisal that holds in month k. */
static size_t day_of(const company_block *life, size_t k, size_t l)
{
    const size_t every = c.plan.appraisal.every_months, after = c.plan.appraisal.after_months;
    size_t day = k / every * every;
    for (size_t n = 0; n < (size_t)life->world.n_rounds[l]; n++) {
        const size_t then = (size_t)life->state.own_log.row[n][LQ_ROUND_MONTH][l] + after;
        if (then <= k && then > day) day = then;
    }
    return day;
}

static void assert_held(size_t l, size_t *apart)
{
    for (size_t k = 1; k <= MONTHS; k++) {
        if ((double)k >= b.world.exit_month[l]) {
            assert_true(row(b.appraised, k, l) == 0.0 && row(b.tender, k, l) == 0.0);
            continue;
        }
        const size_t day = day_of(&b, k, l);
        const double want = row(b.fair, day, l) * 0.7;
        assert_true(row(b.appraised, k, l) == want);
        *apart += day < k;
        if (row(b.tender, k, l) > 0.0) assert_true(row(b.tender, k, l) == want * (1.0 - 0.1));
    }
}

/* To the bit: the fair value of its day less the discount, for tenders too. */
static void what_is_held_is_the_fair_value_of_its_day(void **state)
{
    (void)state;
    static const size_t calendars[][2] = {{12, 2}, {6, 0}, {24, 5}, {1, 0}};
    for (size_t i = 0; i < LQ_COUNT(calendars); i++) {
        size_t apart = 0;
        init();
        company_appraise(&c, calendars[i][0], calendars[i][1]);
        for (uint64_t block = 0; block < 16; block++) {
            company_block_run(&b, &c, kernels_of(3), block);
            for (size_t l = 0; l < LQ_LANES; l++)
                assert_held(l, &apart);
        }
        assert_true(i == 3 ? apart == 0 : apart > 10000);
    }
}

/* Whoever reads few months, or tenders only, reads the same; months without events are still
 * taken in one go, but for those that an appraisal may fall in. */
static void few_readers_read_the_same(void **state)
{
    (void)state;
    static unsigned char some[PLAN_ROWS], may_come[PLAN_ROWS];
    memset(some, 0, sizeof some);
    memset(may_come, 0, sizeof may_come);
    some[19] = some[40] = 1;
    for (size_t year = 1; year <= MONTHS / 12; year++) /* rounds come at the ends of years */
        may_come[12 * year] = may_come[12 * year + 2] = year == 1 || year == 3;
    init();
    c.plan.has_tenders = false;
    c.plan.compensate = false;
    for (size_t k = 1; k <= MONTHS; k++)
        c.round.mass[k] = c.ipo.mass[k] = c.acquisition.mass[k] = c.failure.mass[k] =
            k % 12 == 0 ? 0.3 : 0.0;
    c.plan.observe_fair = c.plan.observe_preferred = c.none;
    c.untraced = true;
    for (uint64_t block = 0; block < 16; block++) {
        company_appraise(&c, 12, 2);
        company_block_run(&b, &c, kernels_of(3), block);
        c.plan.appraisal.observe = some;
        c.plan.appraisal.may_come = may_come;
        company_block_run(&other, &c, kernels_of(3), block);
        for (size_t k = 19; k <= 40; k += 21)
            assert_memory_equal(b.appraised + k * LQ_LANES, other.appraised + k * LQ_LANES,
                                LQ_LANES * sizeof *b.appraised);
        assert_memory_equal(b.lanes, other.lanes, sizeof b.lanes);
    }
}

/* ---- a deal ---- */

/* A number without a discount while it is open, and a fresh one with it once it has broken:
 * 10 shares of a company that is then worth 50 in all. */
static void a_deal_that_breaks_is_news(void **state)
{
    (void)state;
    company_init(&c, 24, 0.0, 0.0);
    c.plan.deal = (lq_deal_plan){.is_open = true,
                                 .stream = lq_stream_make(LQ_PURPOSE_DEAL, "acme"),
                                 .closes = draw_constant(5.0 / 12.0),
                                 .break_probability = 1.0,
                                 .price_log2 = log2(200.0),
                                 .break_value = draw_constant(50.0)};
    c.plan.volatility = 0.5;
    c.plan.residual_keep = 0.8;
    company_appraise(&c, 12, 2);
    company_block_run(&b, &c, kernels_of(3), 1);
    for (size_t l = 0; l < LQ_LANES; l++)
        for (size_t k = 1; k <= 24; k++)
            assert_near(row(b.appraised, k, l), k < 5 ? 10.0 : 4.0, 1e-6);
}

/* ---- exits that are expanded, and both builds ---- */

static void an_end_leaves_the_numbers_before_it(void **state)
{
    (void)state;
    double month[LQ_LANES], cause[LQ_LANES];
    init();
    for (uint64_t block = 0; block < 16; block++) {
        company_block_run(&b, &c, kernels_of(3), block);
        company_block_record(&other, &c, kernels_of(3), block, &record);
        kernels_of(3)->branch_drawn(&c.plan, &record.record, month, cause);
        static company_block ended;
        company_block_init(&ended, MONTHS);
        ended.world.appraised = ended.appraised;
        kernels_of(3)->branch_world(&c.plan, &record.record, month, cause, &other.world,
                                    &ended.world);
        for (size_t k = 1; k <= MONTHS; k++)
            assert_memory_equal(ended.appraised + k * LQ_LANES, b.appraised + k * LQ_LANES,
                                LQ_LANES * sizeof *b.appraised);
        for (size_t l = 0; l < LQ_LANES; l++)
            for (size_t k = 1; (double)k < b.world.exit_month[l] && k <= MONTHS; k++)
                assert_true(row(ended.world.tender, k, l) == row(b.tender, k, l));
    }
}

static void both_builds_give_the_same_bits(void **state)
{
    (void)state;
    if (!kernels_of(4)) skip();
    init();
    for (uint64_t block = 0; block < 16; block++) {
        company_block_run(&b, &c, kernels_of(3), block);
        company_block_run(&other, &c, kernels_of(4), block);
        assert_memory_equal(b.appraised, other.appraised, sizeof b.appraised);
        assert_memory_equal(b.tender, other.tender, sizeof b.tender);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_path_by_hand),
        cmocka_unit_test(what_is_held_is_the_fair_value_of_its_day),
        cmocka_unit_test(few_readers_read_the_same),
        cmocka_unit_test(a_deal_that_breaks_is_news),
        cmocka_unit_test(an_end_leaves_the_numbers_before_it),
        cmocka_unit_test(both_builds_give_the_same_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
