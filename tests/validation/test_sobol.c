/* Sobol points and mirrored pairs through the whole engine: the same law as random paths, with
 * errors that are told honestly. */
#include "bench/workload.h"
#include "lq_plan_text.h"

#include "stats/estimate.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { R = LQ_REPLICATES_DEPENDENT, W0_MONTHLY = 0, W0_UNITS = 48 };

/* ---- the same law ---- */

static char *text_of(const char *config)
{
    char path[512];
    snprintf(path, sizeof path, "%s/configs/%s", LQ_SOURCE_DIR, config);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    char *text = calloc(1, 1 << 16);
    assert_true(fread(text, 1, (1 << 16) - 1, file) > 0);
    fclose(file);
    return text;
}

/* Mean of f over the paths, with the error that the replicates show. */
static lq_estimate quasi_mean(const lq_case *c, const double *x, double (*f)(double, double),
                              double at)
{
    double value[R] = {0.0}, mean = 0.0;
    for (size_t i = 0; i < c->n; i++) {
        value[i / LQ_LANES % R] += f(x[i], at) * R / (double)c->n;
        mean += f(x[i], at) / (double)c->n;
    }
    return lq_estimate_by_replicates(mean, value, R);
}

static lq_sample_mean random_mean(const lq_case *c, const double *x,
                                  double (*f)(double, double), double at)
{
    double *y = calloc(c->n, sizeof *y);
    for (size_t i = 0; i < c->n; i++)
        y[i] = f(x[i], at);
    const lq_sample_mean out = lq_mean_of(y, c->n);
    free(y);
    return out;
}

static double itself(double x, double at)
{
    (void)at;
    return x;
}

static double short_of(double x, double at)
{
    return x < at ? at - x : 0.0;
}

static double is_below(double x, double at)
{
    return x < at;
}

static void agree(const char *config, const lq_case *a, const lq_case *b)
{
    double (*const figures[])(double, double) = {itself, short_of, is_below};
    for (size_t o = 0; o < a->result->n_offers; o++) {
        const double at = lq_mean_of(a->column[4 * o], a->n).mean;
        for (size_t k = 0; k < LQ_COUNT(figures); k++) {
            const lq_sample_mean want = random_mean(a, a->column[4 * o], figures[k], at);
            const lq_estimate got = quasi_mean(b, b->column[4 * o], figures[k], at);
            const double se = hypot(want.se, got.se);
            if (!(fabs(got.value - want.mean) <= 4.0 * se + 1e-9 * fabs(want.mean)))
                print_error("%s, offer %zu, figure %zu\n", config, o, k);
            assert_near(got.value, want.mean, 4.0 * se + 1e-9 * fabs(want.mean));
        }
    }
}

/* Sobol points, and mirrored pairs: neither moves the law of a path. */
static void has_the_law_of_random_paths(const char *sampling)
{
    static const char *const configs[] = {"quickstart.yaml",
                                          "mechanisms/rounds.yaml",
                                          "mechanisms/fx-paris.yaml",
                                          "mechanisms/tender-only-unicorn.yaml",
                                          "mechanisms/clawback.yaml",
                                          "mechanisms/correlation.yaml",
                                          "mechanisms/refreshers.yaml",
                                          "mechanisms/jumps.yaml",
                                          "mechanisms/units.yaml",
                                          "bench/w1.yaml"};
    static const char *const random[] = {"simulation.paths=" LQ_PATHS("65536", "8192"),
                                         "simulation.worlds=4", NULL};
    const char *const other[] = {"simulation.paths=" LQ_PATHS("65536", "8192"),
                                 "simulation.worlds=4", sampling, NULL};
    for (size_t i = 0; i < LQ_COUNT(configs); i++) {
        char *text = text_of(configs[i]);
        lq_case a = lq_case_run(text, random, 0), b = lq_case_run(text, other, 0);
        agree(configs[i], &a, &b);
        lq_case_clear(&a);
        lq_case_clear(&b);
        free(text);
    }
}

static void sobol_has_the_law_of_random_paths(void **state)
{
    (void)state;
    has_the_law_of_random_paths("simulation.sampling=sobol");
}

static void antithetic_pairs_have_the_law_of_random_paths(void **state)
{
    (void)state;
    has_the_law_of_random_paths("simulation.antithetic=true");
}

/* ---- smaller errors, told honestly ---- */

/* Pay of 48 units sold month by month, exactly. */
static double w0_mean(void)
{
    double sum = 0.0;
    for (int k = 1; k <= W0_UNITS; k++)
        sum += 100.0 * exp(0.05 * k / 12.0);
    return sum;
}

/* The mean of each replicate of W0 on n_paths paths in all. */
static void w0_means(long n_paths, long seed, double *mean)
{
    char paths[64], key[64];
    snprintf(paths, sizeof paths, "simulation.paths=%ld", n_paths);
    snprintf(key, sizeof key, "simulation.seed=%ld", seed);
    const char *const overrides[] = {paths, key, "simulation.sampling=sobol", NULL};
    lq_planned p = lq_plan_text(lq_workloads[LQ_W0].config, overrides, 0);
    const lq_run_options options = {0};
    lq_result *r = lq_result_create(p.plan, 0);
    assert_int_equal(lq_engine_run(p.plan, 0, p.plan->blocks_per_world, &options, r, NULL),
                     LQ_OK);
    assert_int_equal(r->n_paths, n_paths);
    for (size_t k = 0; k < R; k++) {
        assert_int_equal(r->replicate_paths[k], n_paths / R);
        mean[k] = (double)r->offers[W0_MONTHLY].sums[LQ_SUM_GROSS_EQUITY][k] / 100.0 /
                  (double)r->replicate_paths[k];
    }
    lq_result_destroy(r);
    lq_planned_clear(&p);
}

static double w0_rmse(long n_paths)
{
    double mean[R], sum = 0.0;
    w0_means(n_paths, 1, mean);
    for (size_t k = 0; k < R; k++)
        sum += (mean[k] - w0_mean()) * (mean[k] - w0_mean()) / R;
    return sqrt(sum);
}

/* Random paths: slope -1/2, and at 2^12 paths a replicate an error of 20. */
static void the_error_of_w0_falls_like_one_over_n(void **state)
{
    (void)state;
    const double few = w0_rmse(64 * R), many = w0_rmse(8192 * R);
    const double slope = log(many / few) / log(8192.0 / 64.0);
    print_message("W0: %.3g at 64 points a replicate, %.3g at 8192: slope %.2f\n", few, many,
                  slope);
    assert_true(slope < -0.85 && slope > -1.6);
}

/* Student intervals from 32 replicates: over 1,000 seeds 95 % +- 2.5, over fewer the same 3.6
 * errors of a share. */
static void intervals_from_replicates_cover(void **state)
{
    (void)state;
    const int seeds = lq_usual_or_slow(400, 1000);
    int covered = 0;
    for (long seed = 1; seed <= seeds; seed++) {
        double mean[R], all = 0.0;
        w0_means(256 * R, seed, mean);
        for (size_t k = 0; k < R; k++)
            all += mean[k] / R;
        const lq_estimate e = lq_estimate_by_replicates(all, mean, R);
        covered += fabs(e.value - w0_mean()) <= lq_estimate_half_width(&e);
    }
    print_message("covered %d of %d\n", covered, seeds);
    assert_near((double)covered / seeds, 0.95,
                LQ_JUDGES_CHANCE ? 0.025 * sqrt(1000.0 / seeds) : 1.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sobol_has_the_law_of_random_paths),
        cmocka_unit_test(antithetic_pairs_have_the_law_of_random_paths),
        cmocka_unit_test(the_error_of_w0_falls_like_one_over_n),
        cmocka_unit_test(intervals_from_replicates_cover),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
