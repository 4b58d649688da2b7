#include "lq_plan_text.h"

#include "plan/build.h"

static lq_expansion_kind kind_of(const char *choice, const char *more, lq_planned *p)
{
    const char *const set[] = {choice, more, NULL};
    *p = lq_plan_text(lq_small_text, set, 0);
    return p->plan->expansion[1].kind;
}

/* The small text has a private company whose hazards are monthly: more ends than fit. */
static void auto_expands_with_sobol_points(void **state)
{
    (void)state;
    lq_planned p;
    assert_int_equal(kind_of("simulation.expansion=auto", NULL, &p), LQ_EXPAND_NOT);
    assert_false(p.plan->by_replicates);
    assert_int_equal(p.plan->weight_log2, 0);
    assert_int_equal(p.plan->best_company, p.plan->n_companies);
    lq_planned_clear(&p);
    assert_int_equal(kind_of("simulation.expansion=auto", "simulation.sampling=sobol", &p),
                     LQ_EXPAND_SAMPLED);
    lq_planned_clear(&p);
    assert_int_equal(kind_of("simulation.expansion=on", NULL, &p), LQ_EXPAND_SAMPLED);
    assert_true(p.plan->by_replicates);
    assert_int_equal(p.plan->weight_log2, LQ_BRANCH_WEIGHT_LOG2);
    assert_int_equal(p.plan->n_replicates, LQ_REPLICATES_DEPENDENT);
    assert_int_equal(p.plan->expansion[0].kind, LQ_EXPAND_NOT); /* listed */
    assert_int_equal(p.plan->best_company, 1);
    for (size_t i = 0; i < p.plan->n_pairs; i++)
        assert_int_equal(p.plan->pair_company[i], 1);
    lq_planned_clear(&p);
    assert_int_equal(kind_of("simulation.expansion=off", "simulation.sampling=sobol", &p),
                     LQ_EXPAND_NOT);
    lq_planned_clear(&p);
}

static void weights_of_too_many_paths_are_not_counted(void **state)
{
    (void)state;
    const char *const set[] = {"simulation.expansion=on", "simulation.paths=2147483648", NULL};
    lq_planned p = lq_plan_text(lq_small_text, set, 0);
    assert_null(p.plan);
    lq_planned_clear(&p);
}

/* R27: off with a stated reason; and so is a sample where all outcomes were to be had. */
static void every_way_has_its_reason(void **state)
{
    (void)state;
    static const char deal[] =
        "companies.pri={listing: private, like: none, volatility: 70%, beta: 1.5, last_round: "
        "{post_money: $1bn, price: $50}, deal: {price: $2bn, closes: 6mo, break_probability: "
        "10%, "
        "break_value: $1bn}}";
    static const struct {
        const char *set[4], *why; /* why NULL: all outcomes, nothing to explain */
    } cases[] = {
        {{"simulation.expansion=off"}, "simulation.expansion: off"},
        {{"simulation.expansion=auto"}, "random sampling"},
        {{"simulation.sampling=sobol", "simulation.paths=2147483648"}, "2^31 paths"},
        {{"simulation.sampling=sobol", "offers.a.base={uncertain: $180K to $220K}"},
         "the worlds drawn"},
        {{"simulation.sampling=sobol", "offers.a.base={uncertain: $180K to $220K}",
          "simulation.worlds=1"},
         "more than 15 ways"},
        {{"simulation.expansion=on", deal}, "an announced deal is open"},
        {{"simulation.expansion=on", "companies.pri.exits={}"}, "nothing can end it"},
        {{"simulation.expansion=on"}, "more than 15 ways"},
        {{"simulation.expansion=on", "companies.pri.exits={failure: {floor: 10%}}"}, "a floor"},
        {{"simulation.expansion=on",
          "companies.pri.exits={failure: {rate: 0.1/y, every: 12mo}}"},
         NULL},
    };
    for (size_t i = 0; i < LQ_COUNT(cases); i++) {
        lq_planned p = lq_plan_text(lq_small_text, cases[i].set, 0);
        assert_non_null(p.plan);
        const char *why = p.plan->expansion_why[1];
        print_message("%s: %s\n", cases[i].set[0], why ? why : "all");
        if (!cases[i].why)
            assert_null(why);
        else
            assert_non_null(strstr(why ? why : "", cases[i].why));
        assert_null(p.plan->expansion_why[0]); /* listed */
        lq_planned_clear(&p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(auto_expands_with_sobol_points),
        cmocka_unit_test(every_way_has_its_reason),
        cmocka_unit_test(weights_of_too_many_paths_are_not_counted)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
