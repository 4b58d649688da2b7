#include "lq_plan_text.h"

#include <math.h>

static const char *const wanted[] = {"simulation.controls=true", NULL};

static const lq_control *find(const lq_plan *p, const char *name)
{
    for (size_t i = 0; i < p->n_controls; i++)
        if (strcmp(p->controls[i].name, name) == 0) return &p->controls[i];
    fail_msg("no control %s", name);
    return NULL;
}

static void none_unless_wanted(void **state)
{
    (void)state;
    lq_planned a = lq_plan_text(lq_small_text, NULL, 0);
    lq_planned b = lq_plan_text(lq_small_text, wanted, 0);
    assert_int_equal(a.plan->n_controls, 0);
    assert_in_range(b.plan->n_controls, 8, LQ_MAX_CONTROLS);
    assert_memory_not_equal(a.plan->hash, b.plan->hash, sizeof a.plan->hash);
    lq_planned_clear(&a);
    lq_planned_clear(&b);
}

/* Units x price x growth, vest by vest: a stock at the rate plus beta x premium. */
static void a_holding_is_worth_its_forwards(void **state)
{
    (void)state;
    lq_planned p = lq_plan_text(lq_small_text, wanted, 0);
    const lq_control *c = find(p.plan, "pub's vests");
    const lq_grant_plan *g = &p.plan->offers[0].grants[0];
    double want = 0.0;
    for (size_t i = 0; i < g->n_vests; i++)
        want += g->vest_weight[i] * 100.0 * exp(0.045 * (double)g->vest_month[i] / 12.0);
    assert_near(c->mean, want, 1e-9 * want);
    lq_planned_clear(&p);
}

/* Competing exits at constant intensities: shares of 1 - exp(-total x T). */
static void exits_have_their_probabilities(void **state)
{
    (void)state;
    lq_planned p = lq_plan_text(lq_small_text, wanted, 0);
    const lq_company_plan *c = &p.plan->companies[1];
    double rate[3] = {0.0}, total = 0.0;
    for (size_t k = 1; k <= 96; k++) {
        rate[0] += c->ipo.mass[k];
        rate[1] += c->acquisition.mass[k];
        rate[2] += c->failure.mass[k];
    }
    for (int i = 0; i < 3; i++)
        total += rate[i];
    static const char *const names[] = {"pri's IPO", "pri's acquisition", "pri's failure"};
    for (int i = 0; i < 3; i++)
        assert_near(find(p.plan, names[i])->mean, rate[i] / total * (1.0 - exp(-total)), 1e-12);
    lq_planned_clear(&p);
}

/* Where the path moves the intensity nobody knows the mean; the control stays, with a scale of
 * 0, so that all worlds have the same ones. */
static void what_is_not_known_is_not_used(void **state)
{
    (void)state;
    const char *const o[] = {"simulation.controls=true",
                             "companies.pri.exits.ipo.value_exponent=0.5", NULL};
    lq_planned a = lq_plan_text(lq_small_text, wanted, 0),
               b = lq_plan_text(lq_small_text, o, 0);
    assert_int_equal(a.plan->n_controls, b.plan->n_controls);
    assert_true(find(a.plan, "pri's failure")->scale > 0.0);
    assert_true(find(b.plan, "pri's failure")->scale == 0.0);
    assert_true(find(b.plan, "pri's value at month 48")->scale > 0.0);
    lq_planned_clear(&a);
    lq_planned_clear(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(none_unless_wanted),
        cmocka_unit_test(a_holding_is_worth_its_forwards),
        cmocka_unit_test(exits_have_their_probabilities),
        cmocka_unit_test(what_is_not_known_is_not_used),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
