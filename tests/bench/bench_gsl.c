/* W0 as one writes it with GSL: one path after the other, one normal a month. Prints
 * `name <TAB> nanoseconds per path` for three pairs of generator and method. */
#include "workload_w0.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdio.h>
#include <time.h>

enum { N_PATHS = 40000, N_ROUNDS = 5 };

typedef double normal_function(const gsl_rng *rng, double sd);

static double cpu_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double terminal[N_PATHS], average[N_PATHS];

static void simulate(gsl_rng *rng, normal_function *normal)
{
    const double drift = (W0_DRIFT - 0.5 * W0_SD * W0_SD) * W0_MONTH;
    const double sd = W0_SD * sqrt(W0_MONTH);
    for (int p = 0; p < N_PATHS; p++) {
        double price = W0_START, sum = 0.0;
        for (int k = 0; k < W0_MONTHS; k++) {
            price *= exp(drift + sd * normal(rng, 1.0));
            sum += price;
        }
        terminal[p] = price;
        average[p] = sum / W0_MONTHS;
    }
}

/* The fastest of some rounds: a peer is never charged for other jobs on the machine. */
static double nanoseconds(const gsl_rng_type *type, normal_function *normal)
{
    gsl_rng *rng = gsl_rng_alloc(type);
    double best = 1e300;
    gsl_rng_set(rng, 12345);
    for (int round = 0; round < N_ROUNDS; round++) {
        const double start = cpu_seconds();
        simulate(rng, normal);
        best = fmin(best, cpu_seconds() - start);
    }
    gsl_rng_free(rng);
    return best / N_PATHS * 1e9;
}

static int mean_is_right(void)
{
    double sum = 0.0;
    for (int p = 0; p < N_PATHS; p++)
        sum += terminal[p];
    return fabs(sum / N_PATHS - W0_START * exp(4.0 * W0_DRIFT)) < 6.0 * 81.0 / sqrt(N_PATHS);
}

int main(void)
{
    static const struct {
        const char *name;
        const gsl_rng_type *const *type;
        normal_function *normal;
    } peers[] = {{"GSL mt19937, polar", &gsl_rng_mt19937, gsl_ran_gaussian},
                 {"GSL mt19937, ziggurat", &gsl_rng_mt19937, gsl_ran_gaussian_ziggurat},
                 {"GSL taus2, ziggurat", &gsl_rng_taus2, gsl_ran_gaussian_ziggurat}};
    for (size_t i = 0; i < sizeof peers / sizeof peers[0]; i++) {
        const double ns = nanoseconds(*peers[i].type, peers[i].normal);
        if (!mean_is_right()) return 1;
        printf("%s\t%.2f\n", peers[i].name, ns);
    }
    return 0;
}
