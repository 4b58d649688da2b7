#include "stats/world_fit.h"

#include "base/alloc.h"

#include <assert.h>
#include <math.h>

/* Degrees of freedom below which terms are left out. */
enum { MIN_DEGREES = 8 };

/* A term that others explain but for this share of its square is left out. */
#define EXPLAINED 1e-6

/* A world that the regression follows alone tells nothing by itself. */
#define MOST_LEVERAGE 0.9

struct lq_world_fit {
    size_t n_worlds, n_terms;
    bool alone;
    double *term;     /* [n_terms][n_worlds], orthonormal, means 0 */
    double *leverage; /* [n_worlds] what a world does to the regression at itself, < 1 */
};

static void centre(double *x, size_t n)
{
    double mean = 0.0;
    for (size_t i = 0; i < n; i++)
        mean += x[i] / (double)n;
    for (size_t i = 0; i < n; i++)
        x[i] -= mean;
}

static double square_sum(const double *x, size_t n)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++)
        sum += x[i] * x[i];
    return sum;
}

/* What the terms do not explain. */
static void project(const lq_world_fit *fit, double *figures)
{
    const size_t n = fit->n_worlds;
    centre(figures, n);
    for (size_t t = 0; t < fit->n_terms; t++) {
        const double *term = fit->term + t * n;
        double along = 0.0;
        for (size_t i = 0; i < n; i++)
            along += term[i] * figures[i];
        for (size_t i = 0; i < n; i++)
            figures[i] -= along * term[i];
    }
}

void lq_world_fit_rest(const lq_world_fit *fit, double *figures)
{
    project(fit, figures);
    for (size_t i = 0; i < fit->n_worlds; i++)
        figures[i] /= 1.0 - fit->leverage[i];
}

/* The candidate in its place behind the terms joins them if they do not explain it. */
static void join(lq_world_fit *fit)
{
    const size_t n = fit->n_worlds;
    double *x = fit->term + fit->n_terms * n;
    centre(x, n);
    const double before = square_sum(x, n);
    if (!isfinite(before) || !(before > 0.0)) return;
    project(fit, x);
    project(fit, x); /* once more for the rounding */
    const double after = square_sum(x, n);
    if (!(after > EXPLAINED * before)) return;
    for (size_t i = 0; i < n; i++)
        x[i] /= sqrt(after);
    fit->n_terms++;
}

/* 2: inputs and squares; 1: inputs; 0: none. */
static size_t powers(size_t n_worlds, size_t n_inputs)
{
    for (size_t power = 2; power > 0; power--)
        if (power * n_inputs + 1 + MIN_DEGREES <= n_worlds) return power;
    return 0;
}

/* The cell, around the middle one: where in it a world lies is not met by the hypercube. */
static void add_input(lq_world_fit *fit, const double *inputs, size_t n_inputs, size_t power)
{
    const size_t n = fit->n_worlds;
    double *x = fit->term + fit->n_terms * n;
    for (size_t i = 0; i < n; i++) {
        const double cell = floor(inputs[i * n_inputs] * (double)n);
        const double d = cell - 0.5 * (double)(n - 1);
        x[i] = power == 2 ? d * d : d;
    }
    join(fit);
}

/* The mean's own part, 1 / n, is what divisors of n - 1 are for. */
static void find_leverages(lq_world_fit *fit)
{
    const size_t n = fit->n_worlds;
    for (size_t t = 0; t < fit->n_terms; t++)
        for (size_t i = 0; i < n; i++)
            fit->leverage[i] += fit->term[t * n + i] * fit->term[t * n + i];
    for (size_t i = 0; i < n; i++)
        fit->leverage[i] = fmin(fit->leverage[i], MOST_LEVERAGE);
}

lq_world_fit *lq_world_fit_create(const double *inputs, size_t n_worlds, size_t n_inputs,
                                  bool whole)
{
    assert(n_worlds >= 2 && n_worlds <= LQ_MAX_WORLDS);
    const size_t most = whole ? powers(n_worlds, n_inputs) : 0;
    lq_world_fit *fit = lq_calloc(1, sizeof *fit);
    double *term = lq_calloc((most * n_inputs + 2) * n_worlds, sizeof *term);
    if (!fit || !term) {
        lq_free(fit);
        lq_free(term);
        return NULL;
    }
    *fit = (lq_world_fit){.n_worlds = n_worlds, .leverage = term, .term = term + n_worlds};
    for (size_t power = 1; power <= most; power++)
        for (size_t i = 0; i < n_inputs; i++)
            add_input(fit, inputs + i, n_inputs, power);
    find_leverages(fit);
    return fit;
}

void lq_world_fit_destroy(lq_world_fit *fit)
{
    if (!fit) return;
    lq_free(fit->leverage); /* and the terms behind them */
    lq_free(fit);
}

size_t lq_world_fit_worlds(const lq_world_fit *fit)
{
    return fit->n_worlds;
}

void lq_world_fit_stand_alone(lq_world_fit *fit)
{
    fit->alone = true;
}

bool lq_world_fit_is_alone(const lq_world_fit *fit)
{
    return fit->alone;
}

uint32_t lq_world_fit_degrees(const lq_world_fit *fit)
{
    return (uint32_t)(fit->n_worlds - 1 - fit->n_terms);
}

double lq_world_fit_excess(const lq_world_fit *fit, double paths_se, double *figures)
{
    lq_world_fit_rest(fit, figures);
    const double rest = square_sum(figures, fit->n_worlds);
    const double n = (double)fit->n_worlds, all = rest / (n - 1.0) / n;
    const double excess = all - paths_se * paths_se;
    return (excess > 0.0 || fit->alone) && isfinite(excess) ? excess : 0.0;
}

lq_estimate lq_world_fit_widen(const lq_world_fit *fit, lq_estimate paths, double *figures)
{
    if (!fit) return paths;
    const double excess = lq_world_fit_excess(fit, paths.se, figures);
    const uint32_t degrees = lq_world_fit_degrees(fit);
    paths.se = sqrt(fmax(paths.se * paths.se + excess, 0.0));
    if (paths.n_degrees == 0 || degrees < paths.n_degrees) paths.n_degrees = degrees;
    return paths;
}
