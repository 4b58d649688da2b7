/* Intervals must cover: 95 % of 2,000 runs at fixed seeds, for every estimate. */
#include "fill.h"

#include "stats/estimate.h"
#include "stats/functional.h"

#include <gsl/gsl_cdf.h>

enum { N_RUNS = LQ_JUDGES_CHANCE ? 2000 : 80, N_BLOCKS = 32, N_PATHS = 64 * N_BLOCKS };

/* Pay with an atom at 0.2M in 20 % of the cases, else log-normal. */
static double draw(uint64_t *seed)
{
    const double u = next_uniform(seed), z = next_normal(seed);
    return u < 0.2 ? 2e5 : 1e6 * lq_exp(0.4 * z);
}

static lq_tally *sample(uint64_t seed, double shift)
{
    const lq_tally_shape shape = plain_shape(16);
    lq_tally *tally = lq_tally_create(&shape);
    uint64_t state = next_word(&seed); /* far from the next run's */
    for (uint32_t b = 0; b < N_BLOCKS; b++) {
        double x[64];
        for (size_t i = 0; i < 64; i++)
            x[i] = draw(&state) - shift;
        lq_tally_add_block(tally, b % 16, x, 64);
    }
    return tally;
}

/* The estimates under test, each with the truth from a large sample of the same law. */
typedef struct subject {
    const char *name;
    lq_estimate (*estimate)(const lq_law *law);
    lq_functional *functional;
    double parameter;
} subject;

static lq_estimate median(const lq_law *law)
{
    return lq_estimate_quantile(law, 0.5);
}

static lq_estimate upper_decile(const lq_law *law)
{
    return lq_estimate_quantile(law, 0.9);
}

static lq_estimate worst_half(const lq_law *law)
{
    return lq_estimate_cvar(law, 0.5);
}

static double cdf(const lq_law *law, double x)
{
    return lq_law_cdf(law, x);
}

static lq_estimate below_800k(const lq_law *law)
{
    return lq_estimate_probability(lq_law_cdf(law, -2e5), law->n_paths);
}

static double mean_of(const lq_law *law, double unused)
{
    (void)unused;
    return lq_law_mean(law);
}

static double sd_of(const lq_law *law, double unused)
{
    (void)unused;
    return lq_law_sd(law);
}

static double semideviation_of(const lq_law *law, double unused)
{
    (void)unused;
    return lq_law_semideviation(law);
}

static double positive_of(const lq_law *law, double unused)
{
    (void)unused;
    return lq_law_positive_part(law);
}

static double negative_of(const lq_law *law, double unused)
{
    (void)unused;
    return lq_law_negative_part(law);
}

static const subject subjects[] = {
    {"mean", lq_estimate_mean, mean_of, 0},
    {"sd", lq_estimate_sd, sd_of, 0},
    {"median", median, lq_law_quantile, 0.5},
    {"upper decile", upper_decile, lq_law_quantile, 0.9},
    {"worst half", worst_half, lq_law_cvar, 0.5},
    {"P(X <= 0.8M)", below_800k, cdf, -2e5},
    {"semideviation", lq_estimate_semideviation, semideviation_of, 0},
    {"positive part", lq_estimate_positive_part, positive_of, 0},
    {"negative part", lq_estimate_negative_part, negative_of, 0},
};
enum { N_SUBJECTS = sizeof subjects / sizeof subjects[0] };

/* 2,000 runs cover 95 % +- 1.95 % at four standard errors; small samples cost a little. */
static void intervals_cover(void **state)
{
    (void)state;
    double truth[N_SUBJECTS];
    size_t plain[N_SUBJECTS] = {0}, replicated[N_SUBJECTS] = {0};
    const lq_tally_shape shape = plain_shape(16);
    lq_tally *all = lq_tally_create(&shape);
    for (uint64_t run = 0; run < N_RUNS; run++) {
        lq_tally *tally = sample(run + 1, 1e6);
        lq_tally_merge(all, tally);
        lq_tally_destroy(tally);
    }
    lq_law *law_all = lq_law_create(all, LQ_POOLED);
    for (size_t s = 0; s < N_SUBJECTS; s++)
        truth[s] = subjects[s].functional(law_all, subjects[s].parameter);
    for (uint64_t run = 0; run < N_RUNS; run++) {
        lq_tally *tally = sample(run + 1, 1e6);
        lq_law *law = lq_law_create(tally, LQ_POOLED);
        for (size_t s = 0; s < N_SUBJECTS; s++) {
            double value[16];
            const lq_estimate a = subjects[s].estimate(law);
            plain[s] += fabs(a.value - truth[s]) <= lq_estimate_half_width(&a);
            if (run % 4 != 0) continue; /* 500 of them */
            assert_int_equal(lq_replicate_values(tally, subjects[s].functional,
                                                 subjects[s].parameter, value, NULL),
                             LQ_OK);
            const lq_estimate b = lq_estimate_by_replicates(a.value, value, 16);
            replicated[s] += fabs(b.value - truth[s]) <= lq_estimate_half_width(&b);
        }
        lq_law_destroy(law);
        lq_tally_destroy(tally);
    }
    for (size_t s = 0; s < N_SUBJECTS; s++) {
        const double p = (double)plain[s] / N_RUNS, r = (double)replicated[s] / (N_RUNS / 4);
        print_message("%-14s covers %.1f %%, by replicates %.1f %%\n", subjects[s].name,
                      100 * p, 100 * r);
        if (!LQ_JUDGES_CHANCE) continue;
        assert_true(p > 0.925 && p < 0.975);
        assert_true(r > 0.91 && r < 0.99);
    }
    lq_law_destroy(law_all);
    lq_tally_destroy(all);
}

/* Paired differences of certainty equivalents on common draws. */
static void paired_differences_cover(void **state)
{
    (void)state;
    enum { RUNS = LQ_JUDGES_CHANCE ? 400 : 40 };
    const lq_background background = {.wealth_money = 4e5};
    const lq_utility utility = {LQ_UTILITY_CRRA, 2.0};
    double difference[RUNS], half[RUNS], unpaired = 0.0, paired = 0.0, mean = 0.0;
    for (uint64_t run = 0; run < RUNS; run++) {
        lq_tally *a = sample(run + 1, 0.0), *b = sample(run + 1, 1e4); /* b = a - 10,000 */
        lq_stake *stake_a = lq_stake_create(a, NULL), *stake_b = lq_stake_create(b, NULL);
        double ra[16], rb[16];
        const lq_ce ce_a = lq_certainty_equivalent(stake_a, &background, &utility, ra);
        const lq_ce ce_b = lq_certainty_equivalent(stake_b, &background, &utility, rb);
        const lq_estimate d = lq_estimate_difference(ce_a.value - ce_b.value, ra, rb, 16);
        assert_int_equal(d.n_degrees, 15);
        difference[run] = d.value;
        half[run] = lq_estimate_half_width(&d);
        mean += d.value / RUNS;
        paired += d.se / RUNS;
        unpaired += sqrt(ce_a.se * ce_a.se + ce_b.se * ce_b.se) / RUNS;
        lq_stake_destroy(stake_a);
        lq_stake_destroy(stake_b);
        lq_tally_destroy(a);
        lq_tally_destroy(b);
    }
    size_t covered = 0;
    for (size_t run = 0; run < RUNS; run++)
        covered += fabs(difference[run] - mean) <= half[run];
    print_message("paired %.1f %%, se %.0f instead of %.0f\n", 100.0 * (double)covered / RUNS,
                  paired, unpaired);
    assert_true((covered > 0.90 * RUNS && covered <= 0.995 * RUNS) || !LQ_JUDGES_CHANCE);
    assert_true(paired < 0.1 * unpaired);
}

static void student_agrees_with_gsl(void **state)
{
    (void)state;
    for (uint32_t n = 1; n < 300; n++)
        assert_near(lq_student_975(n), gsl_cdf_tdist_Pinv(0.975, n), 2e-6);
    assert_near(lq_student_975(0), 1.959963984540054, 1e-15);
}

static void an_unseen_event_has_an_error_too(void **state)
{
    (void)state;
    const lq_estimate none = lq_estimate_probability(0.0, 1e6);
    const lq_estimate all = lq_estimate_probability(1.0, 1e6);
    assert_near(none.value, 0.0, 0.0);
    assert_true(none.se > 0.0 && none.se < 1e-6);
    assert_near(all.se, none.se, 1e-12);
}

static void atoms_have_no_quantile_error(void **state)
{
    (void)state;
    lq_tally *tally = sample(3, 0.0);
    lq_law *law = lq_law_create(tally, LQ_POOLED);
    assert_near(lq_estimate_quantile(law, 0.1).value, 2e5, 0.0);
    assert_near(lq_estimate_quantile(law, 0.1).se, 0.0, 0.0);
    lq_law_destroy(law);
    lq_tally_destroy(tally);
}

static void one_replicate_tells_nothing(void **state)
{
    (void)state;
    const double one = 5.0;
    assert_true(isnan(lq_estimate_by_replicates(5.0, &one, 1).se));
    assert_true(isnan(lq_estimate_difference(5.0, &one, &one, 1).se));
}

static void ignorance_is_what_is_left_between_worlds(void **state)
{
    (void)state;
    enum { J = 400, INNER = 50 };
    double mean[J], variance[J];
    uint64_t seed = 8;
    for (size_t j = 0; j < J; j++) {
        const double world = 3.0 * next_normal(&seed);
        double m = 0.0, m2 = 0.0;
        for (int i = 0; i < INNER; i++) {
            const double x = world + 10.0 * next_normal(&seed);
            m += x / INNER;
            m2 += x * x / INNER;
        }
        mean[j] = m;
        variance[j] = (m2 - m * m) * INNER / (INNER - 1.0);
    }
    const lq_variance_split split = lq_split_variance(mean, variance, J, INNER);
    assert_near(split.chance, 100.0, 5.0);
    assert_near(split.ignorance, 9.0, 3.5); /* 4 standard errors; 11 without the correction */
}

static void replicates_out_of_memory(void **state)
{
    (void)state;
    lq_tally *tally = sample(4, 0.0);
    double value[16];
    lq_error err;
    lq_heap_permit(5);
    assert_int_equal(lq_replicate_values(tally, mean_of, 0.0, value, &err), LQ_ENOMEM);
    assert_int_equal(lq_heap_live(), 0);
    lq_heap_restore();
    lq_tally_destroy(tally);
}

/* Hundredths are rounded; what never happens costs nothing. */
static void no_regret_where_nothing_is_lost(void **state)
{
    (void)state;
    const lq_tally_shape shape = plain_shape(1);
    lq_tally *tally = lq_tally_create(&shape);
    const double x[] = {0.0149, 1000.0049, 2000.0049, 0.0};
    lq_tally_add_block(tally, 0, x, 4);
    lq_law *law = lq_law_create(tally, LQ_POOLED);
    assert_true(lq_law_negative_part(law) == 0.0);
    assert_true(lq_estimate_negative_part(law).se == 0.0);
    lq_law_destroy(law);
    lq_tally_destroy(tally);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_regret_where_nothing_is_lost),
        cmocka_unit_test(intervals_cover),
        cmocka_unit_test(paired_differences_cover),
        cmocka_unit_test(student_agrees_with_gsl),
        cmocka_unit_test(an_unseen_event_has_an_error_too),
        cmocka_unit_test(atoms_have_no_quantile_error),
        cmocka_unit_test(one_replicate_tells_nothing),
        cmocka_unit_test(ignorance_is_what_is_left_between_worlds),
        cmocka_unit_test(replicates_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
