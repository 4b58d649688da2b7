/* Which outcomes a company's exits are expanded into. */
#include "lq_test.h"

#include "plans.h"

static company_case c;

static void nothing_to_end_nothing_to_expand(void **state)
{
    (void)state;
    company_init(&c, 24, 0.1, 0.6);
    assert_int_equal(lq_expansion_of(&c.plan).kind, LQ_EXPAND_NOT);
    c.plan.floor_log2 = c.plan.start_log2 - 2.0; /* an end, though no lottery has it */
    assert_int_equal(lq_expansion_of(&c.plan).kind, LQ_EXPAND_SAMPLED);
}

static void outcomes_are_in_order_of_month_and_survival_is_last(void **state)
{
    (void)state;
    company_init(&c, 36, 0.1, 0.6);
    for (size_t k = 12; k <= 36; k += 12) {
        c.plan.failure.mass[k] = 0.2;
        c.plan.ipo.mass[k] = k > 12 ? 0.1 : 0.0;
    }
    const lq_expansion x = lq_expansion_of(&c.plan);
    static const struct {
        size_t month;
        lq_exit_kind cause;
    } want[] = {{12, LQ_EXIT_FAILURE}, {24, LQ_EXIT_FAILURE}, {24, LQ_EXIT_IPO},
                {36, LQ_EXIT_FAILURE}, {36, LQ_EXIT_IPO},     {37, LQ_EXIT_NONE}};
    assert_int_equal(x.kind, LQ_EXPAND_ALL);
    assert_int_equal(x.n_branches, LQ_COUNT(want));
    for (size_t b = 0; b < LQ_COUNT(want); b++) {
        assert_int_equal(x.month[b], want[b].month);
        assert_int_equal(x.cause[b], want[b].cause);
    }
}

/* 15 outcomes and survival fit; one more does not. */
static void sixteen_fit(void **state)
{
    (void)state;
    company_init(&c, 120, 0.1, 0.6);
    for (size_t k = 1; k <= 15; k++)
        c.plan.failure.mass[k] = 0.01;
    assert_int_equal(lq_expansion_of(&c.plan).n_branches, LQ_MOST_BRANCHES);
    c.plan.failure.mass[16] = 0.01;
    const lq_expansion x = lq_expansion_of(&c.plan);
    assert_int_equal(x.kind, LQ_EXPAND_SAMPLED);
    assert_int_equal(x.n_branches, LQ_SAMPLED_BRANCHES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_to_end_nothing_to_expand),
        cmocka_unit_test(outcomes_are_in_order_of_month_and_survival_is_last),
        cmocka_unit_test(sixteen_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
