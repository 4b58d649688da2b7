/* What is seen of a private company, and what a share is worth that is still in it at the end.
 */
#include "lq_test.h"

#include "company/opm.h"
#include "moments.h"
#include "plans.h"

#include <math.h>
#include <string.h>

static company_block b;
static company_case c;

/* Of the opening stack, by the scalar method. */
static double option_value(double value, double years, double listed)
{
    const lq_exit_law law = lq_exit_law_at(c.plan.volatility, c.plan.rate, years, listed);
    return lq_stack_common_call(&c.plan.stack.opening, &law, value, 0.0);
}

/* R15: at the last month a private lane is worth its option value, a listed one its price. */
static void what_is_stuck_is_valued_at_the_end(void **state)
{
    (void)state;
    company_init(&c, 24, 0.1, 0.6);
    hazard_constant(&c.plan.ipo, 24, 0.2);
    hazard_constant(&c.plan.acquisition, 24, 0.1);
    hazard_constant(&c.plan.failure, 24, 0.1);
    company_stack(&c, 60.0, 4.0);
    c.plan.rate = 0.04;
    c.plan.residual_keep = 0.8;
    for (uint64_t block = 0; block < 32; block++) {
        company_block_run(&b, &c, kernels_of(3), block);
        for (size_t l = 0; l < LQ_LANES; l++) {
            const double level = b.value[24 * LQ_LANES + l];
            const int kind = (int)b.world.exit_kind[l];
            double want = 0.0; /* of a failed company, or one that was sold */
            if (kind == LQ_EXIT_IPO) want = b.price[24 * LQ_LANES + l];
            if (kind == LQ_EXIT_NONE) /* term 1 / 0.4 = 2.5 years; two thirds of exits list */
                want = option_value(level, 2.5, 2.0 / 3.0);
            assert_near(b.world.residual[l], 0.8 * want, 1e-7 * (1.0 + want));
            if (kind != LQ_EXIT_NONE) continue;
            assert_near(b.world.trigger_share[l], 0.75, 1e-9);
            assert_near(b.world.exit_rate[l], 0.4, 1e-9);
        }
    }
    c.plan.residual = 1; /* fair as converted */
    company_block_run(&b, &c, kernels_of(3), 0);
    for (size_t l = 0; l < LQ_LANES; l++)
        if (b.world.exit_kind[l] == 0.0)
            assert_near(b.world.residual[l], 0.08 * b.value[24 * LQ_LANES + l], 1e-7);
    c.plan.residual = 2; /* nothing */
    company_block_run(&b, &c, kernels_of(3), 0);
    for (size_t l = 0; l < LQ_LANES; l++)
        if (b.world.exit_kind[l] == 0.0) assert_true(b.world.residual[l] == 0.0);
}

/* R9: the lanes' option method is the scalar one, whose term is the expected time to the exit
 * between 0.5 and 5 years and whose listings count as converted. */
static const struct {
    double ipo, acquisition, failure, term, listed;
} intensities[] = {{0.1, 0.1, 0.05, 4.0, 0.5},
                   {1.5, 1.0, 0.5, 0.5, 0.6},
                   {0.0, 0.05, 0.0, 5.0, 0.0},
                   {0.0, 0.0, 0.3, 1.0 / 0.3, 0.0}};

static void the_lanes_value_common_as_the_scalar_method_does(void **state)
{
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(intensities); i++)
        for (int claim = 0; claim < 2; claim++) {
            company_init(&c, 24, 0.05, 0.7);
            for (size_t k = 1; k <= 24; k++) { /* read, never drawn */
                c.ipo.rate[k] = intensities[i].ipo;
                c.acquisition.rate[k] = intensities[i].acquisition;
                c.failure.rate[k] = intensities[i].failure;
            }
            c.plan.rate = 0.043;
            company_stack(&c, claim ? 55.0 : 0.0, claim ? 3.5 : 0.0);
            c.plan.observe_fair = c.all;
            company_block_run(&b, &c, kernels_of(3), i);
            for (size_t j = 1; j <= 24; j++)
                for (size_t l = 0; l < LQ_LANES; l++) {
                    const double v = b.value[j * LQ_LANES + l];
                    const double want =
                        option_value(v, intensities[i].term, intensities[i].listed);
                    assert_near(b.fair[j * LQ_LANES + l], want, 1e-7 * (1.0 + v));
                }
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_stuck_is_valued_at_the_end),
        cmocka_unit_test(the_lanes_value_common_as_the_scalar_method_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
