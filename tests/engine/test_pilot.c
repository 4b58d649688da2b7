#include "lq_plan_text.h"

#include <math.h>
#include <stdio.h>

enum { MONTHS = 97, PATHS = 8192 };

static void pilot(const lq_planned *p, const lq_sobol_plan *points, int threads, double *out)
{
    const lq_plan *plans[1] = {p->plan};
    const lq_pilot_job job = {.plans = plans,
                              .n_plans = 1,
                              .company = 1,
                              .points = points,
                              .n_paths = PATHS,
                              .team = lq_team_create(threads)};
    assert_int_equal(lq_engine_pilot(&job, out, NULL), LQ_OK);
    lq_team_destroy(job.team);
}

static void incidence(const lq_planned *p, int threads, double *out)
{
    lq_arena *arena = lq_arena_create();
    const lq_sobol_plan *points = lq_plan_pilot_points(p->plan, 1, 1, arena);
    assert_non_null(points);
    pilot(p, points, threads, out);
    lq_arena_destroy(arena);
}

/* Constant intensities: the pilot's incidence is the closed form, without sampling error. */
static void constant_intensities_have_no_error(void **state)
{
    (void)state;
    lq_planned p = lq_plan_text(lq_small_text, NULL, 0);
    static double got[LQ_EXIT_KINDS * MONTHS];
    incidence(&p, 2, got);
    assert_near(got[LQ_EXIT_IPO * MONTHS + 60], 0.25, 1e-9);
    assert_near(got[LQ_EXIT_ACQUISITION * MONTHS + 60], 0.30, 1e-9);
    assert_near(got[LQ_EXIT_FAILURE * MONTHS + 60], 0.08, 1e-9);
    lq_planned_clear(&p);
}

static void same_bits_at_any_thread_count(void **state)
{
    (void)state;
    const char *const o[] = {
        "companies.pri.exits.failure={probability: 8% by 5y, value_exponent: -1}",
        "companies.pri.floor=15%", NULL};
    lq_planned p = lq_plan_text(lq_small_text, o, 0);
    static double one[LQ_EXIT_KINDS * MONTHS], three[LQ_EXIT_KINDS * MONTHS];
    incidence(&p, 1, one);
    incidence(&p, 3, three);
    assert_memory_equal(one, three, sizeof one);
    lq_planned_clear(&p);
}

/* A floor adds failures; it takes none away. */
static void a_floor_fails_companies(void **state)
{
    (void)state;
    const char *const o[] = {"companies.pri.floor=30%", NULL};
    lq_planned with = lq_plan_text(lq_small_text, o, 0),
               without = lq_plan_text(lq_small_text, NULL, 0);
    static double a[LQ_EXIT_KINDS * MONTHS], b[LQ_EXIT_KINDS * MONTHS];
    incidence(&with, 2, a);
    incidence(&without, 2, b);
    assert_true(a[LQ_EXIT_FAILURE * MONTHS + 60] > b[LQ_EXIT_FAILURE * MONTHS + 60] + 0.05);
    for (int k = 1; k <= 96; k++)
        assert_true(a[LQ_EXIT_FAILURE * MONTHS + k] >= a[LQ_EXIT_FAILURE * MONTHS + k - 1]);
    lq_planned_clear(&with);
    lq_planned_clear(&without);
}

/* Sum of squares of the incidence of IPOs by month 60 about its mean, over 30 seeds. */
static double spread(bool points)
{
    double sum = 0.0, square = 0.0;
    for (int seed = 1; seed <= 30; seed++) {
        char text[64];
        static double got[LQ_EXIT_KINDS * MONTHS];
        snprintf(text, sizeof text, "simulation.seed=%d", seed);
        const char *const o[] = {
            "companies.pri.exits.ipo={probability: 25% by 5y, value_exponent: 1}", text, NULL};
        lq_planned p = lq_plan_text(lq_small_text, o, LQ_WORLD_MEAN);
        if (points)
            incidence(&p, 2, got);
        else
            pilot(&p, NULL, 2, got);
        const double x = got[LQ_EXIT_IPO * MONTHS + 60];
        sum += x;
        square += x * x;
        lq_planned_clear(&p);
    }
    return square - sum * sum / 30.0;
}

/* R4 asks for Sobol points: their error is a tenth of that of as many random paths, or less. */
static void points_have_a_smaller_error(void **state)
{
    (void)state;
    assert_true(sqrt(spread(true) / 29.0) < 2e-4);
    assert_true(spread(true) < spread(false) / 64.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(constant_intensities_have_no_error),
        cmocka_unit_test(same_bits_at_any_thread_count),
        cmocka_unit_test(a_floor_fails_companies),
        cmocka_unit_test(points_have_a_smaller_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
