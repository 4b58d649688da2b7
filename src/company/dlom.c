#include "company/dlom.h"

#include "base/alloc.h"
#include "num/scalar.h"

#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>

static const double PI = 3.14159265358979323846;

static double variance_of(const lq_restriction *r)
{
    return r->volatility * r->volatility * r->years;
}

double lq_dlom_chaffe(const lq_restriction *r)
{
    const double sd = sqrt(variance_of(r)), d = lq_exp(-r->rate * r->years);
    const double q = lq_exp(-r->dividend * r->years);
    if (sd == 0.0) return fmax(d - q, 0.0);
    const double d1 = ((r->rate - r->dividend) * r->years) / sd + 0.5 * sd;
    return d * lq_normal_cdf(sd - d1) - q * lq_normal_cdf(-d1);
}

double lq_dlom_longstaff(const lq_restriction *r)
{
    const double x = variance_of(r), root = sqrt(x);
    return (2.0 + 0.5 * x) * lq_normal_cdf(0.5 * root) +
           sqrt(x / (2.0 * PI)) * lq_exp(-0.125 * x) - 1.0;
}

static double put_of_ratio(const lq_restriction *r, double variance)
{
    const double sd = sqrt(fmax(variance, 0.0));
    return lq_exp(-r->dividend * r->years) * (2.0 * lq_normal_cdf(0.5 * sd) - 1.0);
}

/* 2 (e^x - x - 1) / x^2: by its series where the difference would lose digits. */
static double second_moment(double x)
{
    if (x > 0.5) return 2.0 * (lq_exp(x) - x - 1.0) / (x * x);
    double sum = 1.0, term = 1.0;
    for (int n = 3; n < 20; n++) {
        term *= x / n;
        sum += term;
    }
    return sum;
}

/* (e^x - 1) / x, likewise. */
static double first_moment(double x)
{
    if (x > 0.5) return (lq_exp(x) - 1.0) / x;
    double sum = 1.0, term = 1.0;
    for (int n = 2; n < 20; n++) {
        term *= x / n;
        sum += term;
    }
    return sum;
}

double lq_dlom_finnerty(const lq_restriction *r)
{
    const double x = variance_of(r);
    return put_of_ratio(r, x + lq_log(second_moment(x)) - 2.0 * lq_log(first_moment(x)));
}

double lq_dlom_ghaidarov(const lq_restriction *r)
{
    return put_of_ratio(r, lq_log(second_moment(variance_of(r))));
}

/* ---- the average-strike put itself ---- */

/* u(t, z), z the ratio of average less strike to share: u_t + sigma^2 (z - q)^2 u_zz / 2 = 0
 * with q = 1 - t, and u = max(z, 0) at the end. Times in units of the term, so sigma^2 is x. */
enum { NODES = 2001, STEPS = 400, DAMPED = 4 };

typedef struct grid {
    double z[NODES];
    gsl_vector *u, *right, *above, *diagonal, *below;
} grid;

/* Dense about the kink at 0, and wide enough for shares that fall to nothing. */
static void place_nodes(grid *g, double sd)
{
    const double dense = 0.25, widest = lq_log(2.0 * (2.0 + lq_exp(4.0 * sd)) / dense);
    for (size_t i = 0; i < NODES; i++) {
        const double y = widest * (2.0 * (double)i / (NODES - 1) - 1.0);
        g->z[i] = 0.5 * dense * (lq_exp(y) - lq_exp(-y));
    }
    g->z[NODES / 2] = 0.0;
}

/* One step back of dt to time t: `now` of the weight is implicit, the rest explicit. */
static void step_back(grid *g, double x, double t, double dt, double now)
{
    const double q_new = 1.0 - t, q_old = 1.0 - t - dt;
    for (size_t i = 0; i < NODES; i++) {
        const double u = gsl_vector_get(g->u, i);
        gsl_vector_set(g->diagonal, i, 1.0);
        gsl_vector_set(g->right, i, u);
        if (i + 1 < NODES) gsl_vector_set(g->above, i, 0.0);
        if (i > 0) gsl_vector_set(g->below, i - 1, 0.0);
        if (i == 0 || i + 1 == NODES) continue;
        const double left = g->z[i] - g->z[i - 1], right = g->z[i + 1] - g->z[i];
        const double span = g->z[i + 1] - g->z[i - 1];
        const double down = 2.0 / (left * span), up = 2.0 / (right * span);
        const double a_new = 0.5 * x * dt * now * (g->z[i] - q_new) * (g->z[i] - q_new);
        const double a_old = 0.5 * x * dt * (1.0 - now) * (g->z[i] - q_old) * (g->z[i] - q_old);
        const double bend =
            down * (gsl_vector_get(g->u, i - 1) - u) + up * (gsl_vector_get(g->u, i + 1) - u);
        gsl_vector_set(g->right, i, u + a_old * bend);
        gsl_vector_set(g->diagonal, i, 1.0 + a_new * (down + up));
        gsl_vector_set(g->below, i - 1, -a_new * down);
        gsl_vector_set(g->above, i, -a_new * up);
    }
    gsl_linalg_solve_tridiag(g->diagonal, g->above, g->below, g->right, g->u);
}

/* Crank-Nicolson after a few half-steps that are implicit, which damp the kink (Rannacher
 * 1984).
 */
static void roll_back(grid *g, double x)
{
    const double dt = 1.0 / STEPS;
    for (size_t i = 0; i < NODES; i++)
        gsl_vector_set(g->u, i, fmax(g->z[i], 0.0));
    double t = 1.0;
    for (int i = 0; i < DAMPED; i++)
        step_back(g, x, t -= 0.5 * dt, 0.5 * dt, 1.0);
    for (int i = DAMPED / 2; i < STEPS; i++)
        step_back(g, x, 1.0 - (i + 1) * dt, dt, 0.5);
}

double lq_dlom_average_strike(const lq_restriction *r)
{
    const double x = variance_of(r);
    double worth = (double)NAN;
    grid *g = lq_calloc(1, sizeof *g);
    if (!g) return worth;
    gsl_vector **const all[] = {&g->u, &g->right, &g->diagonal, &g->above, &g->below};
    bool there = true;
    for (size_t i = 0; i < 5; i++)
        there &= (*all[i] = gsl_vector_alloc(i < 3 ? NODES : NODES - 1)) != NULL;
    if (there) {
        place_nodes(g, sqrt(x));
        roll_back(g, x);
        worth = lq_exp(-r->dividend * r->years) * gsl_vector_get(g->u, NODES / 2);
    }
    for (size_t i = 0; i < 5; i++)
        gsl_vector_free(*all[i]);
    lq_free(g);
    return worth;
}

const lq_dlom_method lq_dlom_methods[LQ_DLOM_METHODS] = {
    {"chaffe", lq_dlom_chaffe, "a put at the money, Chaffe (1993)"},
    {"longstaff", lq_dlom_longstaff,
     "selling at the very top: an upper bound, Longstaff (1995)"},
    {"finnerty", lq_dlom_finnerty, "average-strike put, Finnerty (2012); at most 32.3 %"},
    {"ghaidarov", lq_dlom_ghaidarov, "average-strike put, Ghaidarov (2009)"},
    {"average_strike", lq_dlom_average_strike, "what these two approximate, exactly"}};
