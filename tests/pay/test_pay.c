#include "lq_test.h"

#include "moments.h"
#include "plans.h"

#include <math.h>
#include <string.h>

enum { H = 48, YEARS = 4, ROW = H + 1 };

/* A pay plan and the tables it points into. */
typedef struct pay_case {
    lq_pay_plan plan;
    double salary[ROW], fallback[ROW];
    double amount[3][YEARS][ROW], present[3][YEARS][ROW];
    lq_bonus_plan bonus[YEARS];
    lq_instalment_plan instalment[2];
} pay_case;

static pay_case p;
static calendar c;
static ledger_case ledger, other;
static employment_case staff;
static company_block b;
static plan_rows rate;

static double pay_of_month(size_t k, size_t last, bool searches)
{
    if (k <= last) return p.salary[k];
    return (double)k > (double)last + (searches ? p.plan.gap_months : 0.0) ? p.fallback[k]
                                                                           : 0.0;
}

/* What a plan tabulates: base pay of year y for who works here to month `last`. */
static void tabulate(void)
{
    for (int end = 0; end < 3; end++)
        for (size_t last = 0; last <= H; last++)
            for (size_t k = 1; k <= H; k++) {
                const double x = pay_of_month(k, last, end > 0);
                p.amount[end][(k - 1) / 12][last] += x;
                p.present[end][(k - 1) / 12][last] += x * c.discount[k];
            }
}

/* 1,000 a month, 3 % more each year; 300 elsewhere; three months of search after a failure. */
static lq_world start(double interest)
{
    static double *fx[1] = {rate};
    memset(&p, 0, sizeof p);
    calendar_init(&c, 60, H, interest);
    company_block_init(&b, 60);
    employment_init(&staff, H);
    ledger_init(&ledger, 0.7);
    p.plan = (lq_pay_plan){.n_months = 60,
                           .horizon = H,
                           .stream_resignation = lq_stream_make(LQ_PURPOSE_RESIGNATION, NULL),
                           .employer_can_fail = true,
                           .has_salary = true,
                           .salary = p.salary,
                           .fallback = p.fallback,
                           .gap_months = 3.0,
                           .fx_offer = LQ_NO_FX,
                           .n_salary_years = YEARS,
                           .salary_amount = p.amount[0][0],
                           .salary_present = p.present[0][0],
                           .bonuses = p.bonus,
                           .payout = draw_constant(0.9),
                           .stream_bonus = lq_stream_make(LQ_PURPOSE_BONUS, "acme"),
                           .instalments = p.instalment};
    for (size_t k = 1; k <= H; k++) {
        p.salary[k] = 1000.0 * pow(1.03, (double)((k - 1) / 12));
        p.fallback[k] = 300.0;
    }
    tabulate();
    return (lq_world){.company = &b.world, .fx = fx};
}

static void run(const lq_world *world, ledger_case *out)
{
    const lq_block_address at = block_address(0);
    kernels_of(3)->pay(&p.plan, &c.grid, world, &staff.e, &at, &out->ledger);
}

/* ---- salary ---- */

/* R3: a start on 1 January gives twelve wages in that calendar year. */
static void the_first_calendar_year_has_twelve_wages(void **state)
{
    (void)state;
    const lq_world world = start(0.0);
    run(&world, &ledger);
    assert_near(ledger.amount[0][LQ_INCOME_PAY][0], 12000.0, 1e-9);
    assert_near(ledger.amount[1][LQ_INCOME_PAY][0], 12360.0, 1e-9);
    assert_near(ledger.amount[4][LQ_INCOME_PAY][0], 0.0, 0.0); /* nothing after H */
}

/* Who leaves is paid to the end of that month, then elsewhere: at once, or after the search. */
static void pay_ends_with_the_month_of_leaving(void **state)
{
    (void)state;
    const lq_world world = start(0.05);
    staff.last_month[1] = 20.0;
    staff.resigned[1] = 1.0;
    staff.last_month[2] = 20.0;
    staff.failed[2] = 1.0;
    run(&world, &ledger);
    for (size_t lane = 1; lane <= 2; lane++) {
        double present = 0.0, want = 0.0;
        for (size_t k = 1; k <= H; k++) {
            const double x = pay_of_month(k, 20, lane == 2);
            want += x * exp(-0.05 * (double)k / 12.0);
            assert_near(ledger.trace[k * LQ_LANES + lane],
                        0.7 * x * exp(-0.05 * (double)k / 12.0), 1e-9);
        }
        for (size_t y = 0; y < YEARS; y++)
            present += ledger.present[y][LQ_INCOME_PAY][lane];
        assert_near(present, want, 1e-8);
    }
    assert_near(ledger_sum(&ledger, LQ_INCOME_PAY, 1) - ledger_sum(&ledger, LQ_INCOME_PAY, 2),
                900.0, 1e-9);
}

/* With a currency the months are summed on the path: at parity, to the same. */
static void the_table_and_the_months_agree(void **state)
{
    (void)state;
    const lq_world world = start(0.03);
    for (size_t i = 0; i < sizeof rate / sizeof *rate; i++)
        rate[i] = 1.0;
    for (size_t l = 0; l < LQ_LANES; l++) {
        staff.last_month[l] = (double)(1 + l % H);
        staff.resigned[l] = l % 3 == 0;
        staff.failed[l] = l % 3 == 1;
    }
    run(&world, &ledger);
    p.plan.fx_offer = 0;
    ledger_init(&other, 0.7);
    run(&world, &other);
    for (size_t y = 0; y < YEARS; y++)
        for (size_t l = 0; l < LQ_LANES; l++) {
            assert_near(other.amount[y][LQ_INCOME_PAY][l], ledger.amount[y][LQ_INCOME_PAY][l],
                        1e-8);
            assert_near(other.present[y][LQ_INCOME_PAY][l], ledger.present[y][LQ_INCOME_PAY][l],
                        1e-8);
        }
    for (size_t i = 0; i < ROW * LQ_LANES; i++)
        assert_near(other.trace[i], ledger.trace[i], 1e-9);
}

static void foreign_pay_is_converted_at_the_rate_of_its_month(void **state)
{
    (void)state;
    const lq_world world = start(0.0);
    for (size_t k = 0; k <= 60; k++)
        for (size_t l = 0; l < LQ_LANES; l++)
            rate[k * LQ_LANES + l] = 1.0 + 0.01 * (double)k;
    p.plan.fx_offer = 0;
    p.plan.n_bonuses = 1;
    p.bonus[0] = (lq_bonus_plan){.month = 12, .on_target = 500.0};
    p.plan.n_instalments = 1;
    p.instalment[0] = (lq_instalment_plan){.month = 0, .amount = 700.0};
    p.plan.clawback_months = 12.0;
    staff.last_month[1] = 6.0;
    staff.resigned[1] = 1.0;
    run(&world, &ledger);
    double want = 700.0 + 0.9 * 500.0 * 1.12;
    for (size_t k = 1; k <= 12; k++)
        want += 1000.0 * (1.0 + 0.01 * (double)k);
    assert_near(ledger.amount[0][LQ_INCOME_PAY][0], want, 1e-9);
    want = 700.0 - 0.5 * 700.0 * 1.06;
    for (size_t k = 1; k <= 12; k++)
        want += (k <= 6 ? 1000.0 : 300.0) * (1.0 + 0.01 * (double)k);
    assert_near(ledger.amount[0][LQ_INCOME_PAY][1], want, 1e-9);
}

/* ---- bonus and sign-on ---- */

static void a_bonus_is_paid_to_those_still_there(void **state)
{
    (void)state;
    const lq_world world = start(0.0);
    p.plan.has_salary = false;
    p.plan.n_bonuses = 2;
    p.bonus[0] = (lq_bonus_plan){.month = 12, .draw = 0, .on_target = 2000.0};
    p.bonus[1] = (lq_bonus_plan){.month = 24, .draw = 1, .on_target = 2200.0};
    staff.last_month[1] = 23.0;
    staff.last_month[2] = 24.0;
    run(&world, &ledger);
    assert_near(ledger_sum(&ledger, LQ_INCOME_PAY, 1), 0.9 * 2000.0, 1e-9);
    assert_near(ledger_sum(&ledger, LQ_INCOME_PAY, 2), 0.9 * 4200.0, 1e-9);
    assert_near(ledger.amount[1][LQ_INCOME_PAY][2], 0.9 * 2200.0, 1e-9);
}

/* One payout a year for the whole company: drawn by year, the same for two packages. */
static void payouts_follow_their_law_by_year(void **state)
{
    (void)state;
    const lq_world world = start(0.0);
    p.plan.has_salary = false;
    p.plan.n_bonuses = 2;
    p.plan.payout = (lq_draw){
        .kind = LQ_DRAW_TRIANGULAR, .low = 0.0, .mode = 0.9, .high = 1.2, .mean = 0.7};
    p.bonus[0] = (lq_bonus_plan){.month = 12, .draw = 0, .on_target = 1.0};
    p.bonus[1] = (lq_bonus_plan){.month = 24, .draw = 1, .on_target = 1.0};
    moments payout = {0}, product = {0};
    for (uint64_t block = 0; block < 1024; block++) {
        const lq_block_address at = block_address(block);
        ledger_init(&ledger, 0.0);
        kernels_of(3)->pay(&p.plan, &c.grid, &world, &staff.e, &at, &ledger.ledger);
        for (size_t l = 0; l < LQ_LANES; l++) {
            const double first = ledger.amount[0][LQ_INCOME_PAY][l];
            const double second = ledger.amount[1][LQ_INCOME_PAY][l];
            moments_add(&payout, first);
            moments_add(&product, (first - 0.7) * (second - 0.7));
        }
    }
    assert_mean(&payout, 0.7, 0.0);
    assert_mean(&product, 0.0, 0.0);
}

static const struct {
    const char *name;
    double last, resigned, clawback;
    bool all;
    double kept; /* of 700 at signing and 300 at month 6 */
} signings[] = {{"stays", 48, 0, 12, false, 1000},
                {"resigns at 9: a quarter is missing", 9, 1, 12, false, 750},
                {"resigns at 9, all comes back", 9, 1, 12, true, 0},
                {"resigns at 3: the second instalment was never paid", 3, 1, 12, false, 175},
                {"resigns at 12, when the year is full", 12, 1, 12, false, 1000},
                {"no clawback", 3, 1, 0, false, 700},
                {"the employer failed: nothing to pay back", 9, 0, 12, true, 1000}};

static void a_sign_on_is_clawed_back_from_who_resigns(void **state)
{
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(signings); i++) {
        const lq_world world = start(0.0);
        p.plan.has_salary = false;
        p.plan.n_instalments = 2;
        p.instalment[0] = (lq_instalment_plan){.month = 0, .amount = 700.0};
        p.instalment[1] = (lq_instalment_plan){.month = 6, .amount = 300.0};
        p.plan.clawback_months = signings[i].clawback;
        p.plan.clawback_all = signings[i].all;
        staff.last_month[0] = signings[i].last;
        staff.resigned[0] = signings[i].resigned;
        run(&world, &ledger);
        print_message("%s\n", signings[i].name);
        assert_near(ledger_sum(&ledger, LQ_INCOME_PAY, 0), signings[i].kept, 1e-9);
    }
}

/* ---- employment ---- */

static void resignations_arrive_at_their_intensity(void **state)
{
    (void)state;
    const lq_world world = start(0.0);
    p.plan.leaving = 0.18;
    double gone[ROW] = {0}, n = 0.0;
    for (uint64_t block = 0; block < 2048; block++) {
        const lq_block_address at = block_address(block);
        kernels_of(3)->employment(&p.plan, &world, &at, &staff.e);
        for (size_t l = 0; l < LQ_LANES; l++, n += 1.0) {
            const double last = staff.last_month[l];
            assert_true(last >= 1.0 && last <= H && last == floor(last));
            if (staff.resigned[l] == 0.0) assert_true(last == H);
            for (size_t k = (size_t)last; staff.resigned[l] != 0.0 && k <= H; k++)
                gone[k] += 1.0;
        }
    }
    for (size_t k = 1; k <= H; k++)
        assert_share(gone[k], n, 1.0 - exp(-0.18 * (double)k / 12.0));
}

/* R20: the threshold is the person's; who would stay longer at a lower intensity does. */
static void a_lower_intensity_never_ends_a_job_earlier(void **state)
{
    (void)state;
    const lq_world world = start(0.0);
    static employment_case calm;
    employment_init(&calm, H);
    for (uint64_t block = 0; block < 64; block++) {
        const lq_block_address at = block_address(block);
        p.plan.leaving = 0.3;
        kernels_of(3)->employment(&p.plan, &world, &at, &staff.e);
        p.plan.leaving = 0.1;
        kernels_of(3)->employment(&p.plan, &world, &at, &calm.e);
        for (size_t l = 0; l < LQ_LANES; l++)
            assert_true(calm.last_month[l] >= staff.last_month[l]);
    }
}

static void the_failure_of_the_employer_ends_the_job(void **state)
{
    (void)state;
    const lq_world world = start(0.0);
    p.plan.leaving = 0.6;
    const lq_block_address at = block_address(0);
    p.plan.employer_can_fail = false;
    static employment_case without;
    employment_init(&without, H);
    kernels_of(3)->employment(&p.plan, &world, &at, &without.e);
    p.plan.employer_can_fail = true;
    for (size_t l = 0; l < LQ_LANES; l++) {
        b.world.exit_kind[l] = (double)(l % 2 ? LQ_EXIT_FAILURE : LQ_EXIT_ACQUISITION);
        b.world.exit_month[l] = l % 4 == 3 ? without.last_month[l] : 10.0;
    }
    kernels_of(3)->employment(&p.plan, &world, &at, &staff.e);
    for (size_t l = 0; l < LQ_LANES; l++) {
        const bool first = l % 2 && b.world.exit_month[l] <= without.last_month[l];
        assert_near(staff.last_month[l], first ? b.world.exit_month[l] : without.last_month[l],
                    0.0);
        /* R2: in one month the failure comes before the resignation */
        assert_near(staff.resigned[l], first ? 0.0 : without.resigned[l], 0.0);
    }
}

/* Where the buyer keeps the team, the failure ends nothing; the draw is the company's. */
static void a_team_that_is_taken_on_works_on(void **state)
{
    (void)state;
    const lq_world world = start(0.0);
    double kept = 0.0, n = 0.0;
    p.plan.acqui_hire = 0.3;
    p.plan.stream_closing = lq_stream_make(LQ_PURPOSE_CLOSING, "acme");
    for (size_t l = 0; l < LQ_LANES; l++) {
        b.world.exit_kind[l] = (double)LQ_EXIT_FAILURE;
        b.world.exit_month[l] = 10.0;
    }
    for (uint64_t block = 0; block < 256; block++) {
        const lq_block_address at = block_address(block);
        kernels_of(3)->employment(&p.plan, &world, &at, &staff.e);
        for (size_t l = 0; l < LQ_LANES; l++, n += 1.0) {
            const bool works = staff.failed[l] == 0.0;
            assert_near(staff.last_month[l], works ? H : 10.0, 0.0);
            kept += works;
        }
    }
    assert_share(kept, n, 0.3);
}

/* Of those that work there when it is bought, a share is let go, so many months later; who has
 * resigned by then is not, and in one month the buyer comes first. */
static void a_buyer_lets_some_go(void **state)
{
    (void)state;
    const lq_world world = start(0.0);
    static employment_case without;
    employment_init(&without, H);
    double gone = 0.0, n = 0.0;
    p.plan.leaving = 0.2;
    p.plan.layoff_after = draw_constant(0.25);
    p.plan.stream_closing = lq_stream_make(LQ_PURPOSE_CLOSING, "acme");
    for (size_t l = 0; l < LQ_LANES; l++) {
        b.world.exit_kind[l] = (double)(l % 4 ? LQ_EXIT_ACQUISITION : LQ_EXIT_IPO);
        b.world.exit_month[l] = l % 4 == 3 ? 60.0 : 10.0;
    }
    for (uint64_t block = 0; block < 256; block++) {
        const lq_block_address at = block_address(block);
        p.plan.layoff = 0.0;
        kernels_of(3)->employment(&p.plan, &world, &at, &without.e);
        p.plan.layoff = 0.4;
        kernels_of(3)->employment(&p.plan, &world, &at, &staff.e);
        for (size_t l = 0; l < LQ_LANES; l++) {
            const double month = b.world.exit_month[l] + 3.0;
            const bool there = without.last_month[l] >= month || without.resigned[l] == 0.0;
            const bool goes = staff.let_go[l] < (double)INFINITY;
            if (!there || l % 4 == 0) assert_false(goes);
            if (there && l % 4) n += 1.0, gone += goes;
            if (goes) assert_near(staff.let_go[l], month, 0.0);
            assert_near(staff.last_month[l], goes && month <= H ? month : without.last_month[l],
                        0.0);
            if (goes) assert_near(staff.resigned[l], 0.0, 0.0);
        }
    }
    assert_share(gone, n, 0.4);
}

/* A search follows, as after a failure; the last wage is paid, also where a failure would lose
 * it.
 */
static void who_is_let_go_searches(void **state)
{
    (void)state;
    for (int by_table = 0; by_table < 2; by_table++) {
        const lq_world world = start(0.0);
        p.plan.last_wage_lost = true;
        p.plan.layoff = 1.0;
        p.plan.fx_offer = by_table ? LQ_NO_FX : 0;
        for (size_t i = 0; i < PLAN_ROWS * LQ_LANES; i++)
            rate[i] = 1.0;
        staff.last_month[5] = staff.let_go[5] = 20.0;
        staff.last_month[6] = 20.0;
        run(&world, &ledger);
        const double here = 12 * 1000.0 + 8 * 1030.0;
        assert_near(ledger_sum(&ledger, LQ_INCOME_PAY, 5), here + 25 * 300.0, 1e-8);
        assert_near(ledger_sum(&ledger, LQ_INCOME_PAY, 6), here + 28 * 300.0, 1e-8);
    }
}

static void both_builds_give_the_same_bits(void **state)
{
    (void)state;
    if (!kernels_of(4)) skip();
    const lq_world world = start(0.04);
    p.plan.leaving = 0.3;
    p.plan.n_bonuses = 1;
    p.bonus[0] = (lq_bonus_plan){.month = 12, .on_target = 100.0};
    p.plan.payout = (lq_draw){.kind = LQ_DRAW_TRIANGULAR, .low = 0.1, .mode = 0.9, .high = 1.2};
    const lq_block_address at = block_address(5);
    for (int level = 3; level <= 4; level++) {
        ledger_case *out = level == 3 ? &ledger : &other;
        ledger_init(out, 0.7);
        kernels_of(level)->employment(&p.plan, &world, &at, &staff.e);
        kernels_of(level)->pay(&p.plan, &c.grid, &world, &staff.e, &at, &out->ledger);
    }
    assert_memory_equal(ledger.amount, other.amount, sizeof ledger.amount);
    assert_memory_equal(ledger.present, other.present, sizeof ledger.present);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_calendar_year_has_twelve_wages),
        cmocka_unit_test(pay_ends_with_the_month_of_leaving),
        cmocka_unit_test(the_table_and_the_months_agree),
        cmocka_unit_test(foreign_pay_is_converted_at_the_rate_of_its_month),
        cmocka_unit_test(a_bonus_is_paid_to_those_still_there),
        cmocka_unit_test(payouts_follow_their_law_by_year),
        cmocka_unit_test(a_sign_on_is_clawed_back_from_who_resigns),
        cmocka_unit_test(resignations_arrive_at_their_intensity),
        cmocka_unit_test(a_lower_intensity_never_ends_a_job_earlier),
        cmocka_unit_test(the_failure_of_the_employer_ends_the_job),
        cmocka_unit_test(a_team_that_is_taken_on_works_on),
        cmocka_unit_test(a_buyer_lets_some_go),
        cmocka_unit_test(who_is_let_go_searches),
        cmocka_unit_test(both_builds_give_the_same_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
