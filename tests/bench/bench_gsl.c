/* W0 and W1 as one writes them with GSL: one path after the other, one normal a month and
 * factor. Prints `workload <TAB> name <TAB> nanoseconds per path` for three pairs of generator
 * and method. */
#include "workload.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdio.h>
#include <time.h>

enum { N_PATHS = 40000 };

typedef double normal_function(const gsl_rng *rng, double sd);

static double cpu_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double first[N_PATHS], second[N_PATHS];

static void simulate_w0(gsl_rng *rng, normal_function *normal)
{
    const double drift = (W0_DRIFT - 0.5 * W0_SD * W0_SD) * MONTH, sd = W0_SD * sqrt(MONTH);
    for (int p = 0; p < N_PATHS; p++) {
        double price = W0_START, sum = 0.0;
        for (int k = 0; k < MONTHS; k++) {
            price *= exp(drift + sd * normal(rng, 1.0));
            sum += price;
        }
        first[p] = price;
        second[p] = sum / MONTHS;
    }
}

/* What does not change from path to path. */
static struct {
    double listed_drift, listed_sd, drift, shared_sd, own_sd, no_jump;
    double failure, sale, exit, round; /* cumulative, of a year */
    double discount[MONTHS + 1], vests[MONTHS + 1], vested[MONTHS + 1];
} law;

static void prepare_w1(void)
{
    const double growth = exp(W1_JUMP_MEAN + 0.5 * W1_JUMP_SD * W1_JUMP_SD) - 1.0;
    const double total = W1_IPO + W1_SALE + W1_FAILURE, any = 1.0 - exp(-total);
    const double root = sqrt(MONTH);
    law.listed_drift = (W1_LISTED_DRIFT - 0.5 * W1_LISTED_SD * W1_LISTED_SD) * MONTH;
    law.listed_sd = W1_LISTED_SD * root;
    law.drift = (W1_DRIFT - 0.5 * W1_SD * W1_SD - W1_JUMP_RATE * growth) * MONTH;
    law.shared_sd = W1_CORRELATION * W1_SD * root;
    law.own_sd = sqrt(1.0 - W1_CORRELATION * W1_CORRELATION) * W1_SD * root;
    law.no_jump = exp(-W1_JUMP_RATE * MONTH);
    law.failure = any * W1_FAILURE / total;
    law.sale = any * (W1_FAILURE + W1_SALE) / total;
    law.exit = any;
    law.round = 1.0 - exp(-W1_ROUND);
    for (int m = 0; m <= MONTHS; m++) {
        law.discount[m] = exp(-W1_RATE * m * MONTH);
        law.vested[m] = m < 12 ? 0.0 : m / (double)MONTHS;
        law.vests[m] = m == 0 ? 0.0 : law.vested[m] - law.vested[m - 1];
    }
}

enum { PRIVATE, LISTED, BOUGHT, FAILED };

typedef struct path {
    double price, value, kept, claim, last, bid;
    int state;
} path;

static double over(double x)
{
    return x > 0.0 ? x : 0.0;
}

/* Normals of the jumps of a month, their number by inversion. */
static double jumps(gsl_rng *rng, normal_function *normal)
{
    const double u = gsl_rng_uniform(rng);
    double p = law.no_jump, below = p, sum = 0.0;
    for (int k = 1; u >= below && k < 20; k++) {
        sum += W1_JUMP_MEAN + W1_JUMP_SD * normal(rng, 1.0);
        p *= W1_JUMP_RATE * MONTH / k;
        below += p;
    }
    return sum;
}

/* The lottery at the end of a year. @return units paid at once, in parts of the share */
static double end_year(gsl_rng *rng, path *x, int m)
{
    const double u = gsl_rng_uniform(rng);
    if (u < law.failure) {
        x->state = FAILED;
        return 0.0;
    }
    if (u < law.sale) {
        x->state = BOUGHT;
        x->bid = over(x->value - x->claim - W1_THRESHOLD);
        return x->kept * law.vested[m] * x->bid;
    }
    if (u < law.exit) {
        x->state = LISTED;
        return x->kept * law.vested[m] * over(x->value - W1_THRESHOLD);
    }
    if (gsl_rng_uniform(rng) < law.round) {
        const double d = x->value >= x->last ? W1_DILUTION : W1_DILUTION_DOWN;
        x->kept *= 1.0 - d;
        x->claim += d * x->value;
        x->last = x->value;
    }
    if (m < MONTHS) return 0.0;
    return x->kept * law.vested[m] * W1_KEEP_AT_END * over(x->value - x->claim - W1_THRESHOLD);
}

static double pay_units(gsl_rng *rng, path *x, int m)
{
    if (x->state == LISTED) return x->kept * law.vests[m] * over(x->value - W1_THRESHOLD);
    if (x->state == BOUGHT) return x->kept * law.vests[m] * x->bid;
    return x->state == PRIVATE && m % 12 == 0 ? end_year(rng, x, m) : 0.0;
}

static void simulate_w1(gsl_rng *rng, normal_function *normal)
{
    for (int p = 0; p < N_PATHS; p++) {
        path x = {.price = W1_LISTED_START,
                  .value = W1_VALUE,
                  .kept = 1.0,
                  .claim = W1_CLAIM,
                  .last = W1_VALUE,
                  .state = PRIVATE};
        first[p] = second[p] = 0.0;
        for (int m = 1; m <= MONTHS; m++) {
            const double z = normal(rng, 1.0), own = normal(rng, 1.0);
            x.price *= exp(law.listed_drift + law.listed_sd * z);
            x.value *=
                exp(law.drift + law.shared_sd * z + law.own_sd * own + jumps(rng, normal));
            const double units = W1_SHARE * pay_units(rng, &x, m);
            const double salary = x.state == FAILED ? W1_SALARY_FAILED : W1_SALARY;
            first[p] +=
                law.discount[m] * (W1_LISTED_SALARY + W1_UNITS * law.vests[m] * x.price);
            second[p] += law.discount[m] * (salary + units);
        }
    }
}

static int mean_is(const double *x, double mean, double sd)
{
    double sum = 0.0;
    for (int p = 0; p < N_PATHS; p++)
        sum += x[p];
    return fabs(sum / N_PATHS - mean) < 6.0 * sd / sqrt(N_PATHS);
}

static int w0_is_right(void)
{
    return mean_is(first, W0_START * exp(4.0 * W0_DRIFT), 81.0);
}

static int w1_is_right(void)
{
    return mean_is(first, W1_LISTED_MEAN, W1_LISTED_MEAN_SD) &&
           mean_is(second, W1_MEAN, W1_MEAN_SD);
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
    static const struct {
        const char *name;
        void (*simulate)(gsl_rng *rng, normal_function *normal);
        int (*is_right)(void);
    } workloads[] = {{"W0", simulate_w0, w0_is_right}, {"W1", simulate_w1, w1_is_right}};
    prepare_w1();
    for (size_t i = 0; i < sizeof peers / sizeof peers[0]; i++)
        for (size_t w = 0; w < sizeof workloads / sizeof workloads[0]; w++) {
            gsl_rng *rng = gsl_rng_alloc(*peers[i].type);
            gsl_rng_set(rng, 12345);
            const double start = cpu_seconds();
            workloads[w].simulate(rng, peers[i].normal);
            const double seconds = cpu_seconds() - start;
            gsl_rng_free(rng);
            if (!workloads[w].is_right()) return 1;
            printf("%s\t%s\t%.2f\n", workloads[w].name, peers[i].name, seconds / N_PATHS * 1e9);
        }
    return 0;
}
