#include "lq_plan_text.h"

#include <math.h>

static void incidence(const lq_planned *p, int threads, double *out)
{
    const lq_plan *plans[1] = {p->plan};
    lq_team *team = lq_team_create(threads);
    assert_int_equal(lq_engine_pilot(plans, 1, 1, team, out, NULL), LQ_OK);
    lq_team_destroy(team);
}

/* Constant intensities: the pilot's incidence is the closed form, without sampling error. */
static void constant_intensities_have_no_error(void **state)
{
    (void)state;
    lq_planned p = lq_plan_text(lq_small_text, NULL, 0);
    static double got[LQ_EXIT_KINDS * 97];
    incidence(&p, 2, got);
    assert_near(got[LQ_EXIT_IPO * 97 + 60], 0.25, 1e-9);
    assert_near(got[LQ_EXIT_ACQUISITION * 97 + 60], 0.30, 1e-9);
    assert_near(got[LQ_EXIT_FAILURE * 97 + 60], 0.08, 1e-9);
    lq_planned_clear(&p);
}

static void same_bits_at_any_thread_count(void **state)
{
    (void)state;
    const char *const o[] = {
        "companies.pri.exits.failure={probability: 8% by 5y, value_exponent: -1}",
        "companies.pri.floor=15%", NULL};
    lq_planned p = lq_plan_text(lq_small_text, o, 0);
    static double one[LQ_EXIT_KINDS * 97], three[LQ_EXIT_KINDS * 97];
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
    static double a[LQ_EXIT_KINDS * 97], b[LQ_EXIT_KINDS * 97];
    incidence(&with, 2, a);
    incidence(&without, 2, b);
    assert_true(a[LQ_EXIT_FAILURE * 97 + 60] > b[LQ_EXIT_FAILURE * 97 + 60] + 0.05);
    for (int k = 1; k <= 96; k++)
        assert_true(a[LQ_EXIT_FAILURE * 97 + k] >= a[LQ_EXIT_FAILURE * 97 + k - 1]);
    lq_planned_clear(&with);
    lq_planned_clear(&without);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(constant_intensities_have_no_error),
        cmocka_unit_test(same_bits_at_any_thread_count),
        cmocka_unit_test(a_floor_fails_companies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
