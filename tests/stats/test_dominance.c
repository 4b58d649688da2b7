/* R31. */
#include "fill.h"

#include "stats/dominance.h"

typedef double outcome(double z, double e);

static double steady(double z, double e)
{
    (void)e;
    return 1e6 + 1e5 * z;
}

static double better(double z, double e)
{
    (void)e;
    return 1.05e6 + 1e5 * z;
}

/* The same plus noise: a mean-preserving spread. */
static double noisier(double z, double e)
{
    return 1e6 + 1e5 * z + 2e5 * e;
}

/* Riskier and better on average: nobody can say for everyone. */
static double bold(double z, double e)
{
    return 1.2e6 + 1e5 * z + 4e5 * e;
}

/* A tenth of a standard error apart. */
static double barely(double z, double e)
{
    return 1e6 + 20.0 + 1e5 * z + 1e3 * e;
}

static lq_tally *sample(outcome *f, uint32_t n_replicates)
{
    const lq_tally_shape shape = plain_shape(n_replicates);
    lq_tally *tally = lq_tally_create(&shape);
    uint64_t seed = 71; /* the same draws for every law */
    for (uint32_t b = 0; b < 640; b++) {
        double x[64];
        for (size_t i = 0; i < 64; i++) {
            const double z = next_normal(&seed), e = next_normal(&seed);
            x[i] = f(z, e);
        }
        lq_tally_add_block(tally, b % n_replicates, x, 64);
    }
    return tally;
}

static const struct {
    const char *name;
    outcome *a, *b;
    lq_dominance verdict;
    int winner;
} cases[] = {
    {"better for sure: first", better, steady, LQ_DOMINANCE_FIRST, 1},
    {"worse for sure: first, the other way", steady, better, LQ_DOMINANCE_FIRST, -1},
    {"less noise: second", steady, noisier, LQ_DOMINANCE_SECOND, 1},
    {"more noise: second, the other way", noisier, steady, LQ_DOMINANCE_SECOND, -1},
    {"better and less noise: second", better, noisier, LQ_DOMINANCE_SECOND, 1},
    {"risk against mean: none", bold, steady, LQ_DOMINANCE_NONE, 0},
    {"the same law: none", steady, steady, LQ_DOMINANCE_NONE, 0},
    {"too close to call: undetermined", barely, steady, LQ_DOMINANCE_UNDETERMINED, 0},
};

static void verdict_is(void **state)
{
    const size_t i = (size_t)(uintptr_t)*state;
    static const uint32_t replicates[] = {16, 32};
    for (size_t k = 0; k < LQ_COUNT(replicates); k++) {
        lq_tally *a = sample(cases[i].a, replicates[k]), *b = sample(cases[i].b, replicates[k]);
        lq_dominance_result result;
        assert_int_equal(lq_dominance_compare(a, b, NULL, &result, NULL), LQ_OK);
        assert_string_equal(lq_dominance_name(result.verdict),
                            lq_dominance_name(cases[i].verdict));
        assert_int_equal(result.winner, cases[i].winner);
        lq_tally_destroy(a);
        lq_tally_destroy(b);
    }
}

static void every_failed_allocation_is_reported(void **state)
{
    (void)state;
    lq_tally *a = sample(better, 16), *b = sample(steady, 16);
    lq_dominance_result result = {.winner = 7};
    lq_status st = LQ_ENOMEM;
    for (int permitted = 0; st != LQ_OK; permitted++) {
        lq_heap_permit(permitted);
        assert_int_equal(result.winner, 7); /* untouched on failure */
        st = lq_dominance_compare(a, b, NULL, &result, NULL);
        assert_int_equal(lq_heap_live(), 0);
        lq_heap_restore();
    }
    lq_tally_destroy(a);
    lq_tally_destroy(b);
}

int main(void)
{
    struct CMUnitTest tests[LQ_COUNT(cases) + 1] = {
        cmocka_unit_test(every_failed_allocation_is_reported)};
    for (size_t i = 0; i < LQ_COUNT(cases); i++)
        tests[i + 1] = (struct CMUnitTest){.name = cases[i].name,
                                           .test_func = verdict_is,
                                           .initial_state = (void *)(uintptr_t)i};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
