/* The benchmark W1 through the engine: the figures of its law, as an independent kernel gives
 * them (four million paths and more), within four standard errors of this run and of those. */
#include "lq_case.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static char text[8192];
static const double *listed, *private;
static double *difference;
static lq_case run;

static int read_config(void **state)
{
    (void)state;
    static const char *const paths[] = {"simulation.paths=1e6", NULL};
    FILE *file = fopen(LQ_SOURCE_DIR "/configs/bench/w1.yaml", "r");
    if (!file) return -1;
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    run = lq_case_run(text, paths, 0);
    listed = lq_case_offer(&run, "listed", 0);
    private = lq_case_offer(&run, "private", 0);
    difference = malloc(run.n * sizeof *difference);
    for (size_t i = 0; difference && i < run.n; i++)
        difference[i] = private[i] - listed[i];
    return difference ? 0 : -1;
}

static int clear(void **state)
{
    (void)state;
    free(difference);
    lq_case_clear(&run);
    return 0;
}

static void check_mean(const double *x, double want, double its_se)
{
    const lq_sample_mean m = lq_mean_of(x, run.n);
    assert_near(m.mean, want, 4.0 * hypot(m.se, its_se));
}

static void check_sd(const double *x, double want, double within)
{
    assert_near(lq_mean_of(x, run.n).sd, want, within);
}

static void means_and_deviations(void **state)
{
    (void)state;
    check_mean(listed, 1187906.1, 0.0); /* exact */
    check_mean(private, 1.0489e6, 200.0);
    check_mean(difference, -138970.0, 200.0);
    check_sd(listed, 225e3, 1e3);
    check_sd(private, 1.10e6, 0.03e6);
}

/* A share of the paths lies below a value, within what the value's own last digits leave open.
 */
static void check_quantile(const double *x, double p, double want, double width)
{
    double below = 0.0, near = 0.0;
    for (size_t i = 0; i < run.n; i++) {
        below += x[i] <= want;
        near += fabs(x[i] - want) <= width;
    }
    const double n = (double)run.n;
    assert_near(below / n, p, 4.0 * sqrt(p * (1.0 - p) / n) + 0.5 * near / n);
}

static void quantiles(void **state)
{
    (void)state;
    check_quantile(listed, 0.05, 915410.0, 100.0);
    check_quantile(difference, 0.05, -896080.0, 300.0);
    check_quantile(private, 0.75, 1.1323e6, 1000.0);
}

static void which_is_better(void **state)
{
    (void)state;
    double better = 0.0;
    for (size_t i = 0; i < run.n; i++)
        better += difference[i] > 0.0;
    const double n = (double)run.n, p = 0.23648;
    assert_near(better / n, p, 4.0 * sqrt(p * (1.0 - p) * (1.0 / n + 1.0 / 4e6)));
}

/* Failure in the first year: eleven months' pay, then the other job's, and no paper. */
static void the_worst_is_an_atom(void **state)
{
    (void)state;
    double early = 0.0, hits = 0.0;
    for (int m = 1; m <= 48; m++)
        early += exp(-0.04 * m / 12.0) * (m < 12 ? 14e3 : 10e3);
    for (size_t i = 0; i < run.n; i++) {
        assert_true(private[i] > early - 0.01);
        hits += private[i] < early + 0.01;
    }
    const double p = (1.0 - exp(-0.35)) * 13.0 / 35.0;
    assert_share((size_t)hits, run.n, p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(means_and_deviations),
        cmocka_unit_test(quantiles),
        cmocka_unit_test(which_is_better),
        cmocka_unit_test(the_worst_is_an_atom),
    };
    return cmocka_run_group_tests(tests, read_config, clear);
}
