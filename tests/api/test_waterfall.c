#include "lq_test.h"

#include "liquidus/liquidus.h"
#include "rng/philox.h"

#include <math.h>

/* Uniform number i of a trial. */
static double uniform(uint64_t trial, uint32_t i)
{
    const lq_philox_key key = lq_philox_key_make(11, LQ_DOMAIN_MAIN);
    return lq_uniform_at(key, trial, 0, i / 4, (int)(i % 4));
}

/* One claim of 30 on 20 of 100 shares: it converts when a fifth of the proceeds is worth more.
 */
static const struct {
    const char *name;
    double proceeds, claim, preferred, shares, want;
} examples[] = {
    {"no claim", 100.0, 0.0, 0.0, 100.0, 1.0},
    {"nothing", 0.0, 30.0, 20.0, 100.0, 0.0},
    {"below the claim", 25.0, 30.0, 20.0, 100.0, 0.0},
    {"at the claim", 30.0, 30.0, 20.0, 100.0, 0.0},
    {"claim taken", 110.0, 30.0, 20.0, 100.0, 1.0},
    {"indifferent", 150.0, 30.0, 20.0, 100.0, 1.5},
    {"converted", 200.0, 30.0, 20.0, 100.0, 2.0},
    {"debt alone", 130.0, 30.0, 0.0, 100.0, 1.0},
};

static void worked_examples(void **state)
{
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(examples); i++)
        assert_near(lq_common_payout_per_share(examples[i].proceeds, examples[i].claim,
                                               examples[i].preferred, examples[i].shares),
                    examples[i].want, 1e-12);
}

/* Conservation, limited liability, more is never less, and no class gains by flipping. */
static void payouts_are_a_conversion_equilibrium(void **state)
{
    (void)state;
    for (uint64_t t = 0; t < 20000; t++) {
        const double shares = 1e6 + 1e8 * uniform(t, 0);
        const double preferred = shares * (0.01 + 0.89 * uniform(t, 1));
        const double claim = 5e8 * uniform(t, 2) * uniform(t, 3);
        const double proceeds = 2e9 * uniform(t, 4) * uniform(t, 5);
        const double common = lq_common_payout_per_share(proceeds, claim, preferred, shares);
        const double taken = proceeds - common * (shares - preferred);
        assert_true(common >= 0.0 && taken >= -1e-6);
        /* preferred get the better of holding and converting, never less than either */
        const double hold = fmin(proceeds, claim), convert = preferred * proceeds / shares;
        assert_near(taken, fmax(hold, convert), 1e-9 * proceeds + 1e-6);
        /* common never gets more per share than as converted */
        assert_true(common <= proceeds / shares * (1.0 + 1e-12));
        const double more =
            lq_common_payout_per_share(proceeds * 1.01, claim, preferred, shares);
        assert_true(more >= common * (1.0 - 1e-12));
        const double heavier =
            lq_common_payout_per_share(proceeds, claim * 1.1, preferred, shares);
        assert_true(heavier <= common * (1.0 + 1e-12));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worked_examples),
        cmocka_unit_test(payouts_are_a_conversion_equilibrium),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
