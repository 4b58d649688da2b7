#include "plan/nearest.h"

#include <math.h>
#include <string.h>

static const double LEAST = 1e-6; /* of the eigenvalues */

/* ---- Jacobi's method: square roots alone, so the bits are the same everywhere ---- */

/* The rotation in the plane (p, q) that makes a[p][q] 0, of a and of its vectors v. */
static void rotate(double *a, double *v, size_t n, size_t p, size_t q)
{
    const double off = a[p * n + q];
    if (off == 0.0) return;
    const double tau = (a[q * n + q] - a[p * n + p]) / (2.0 * off);
    const double t = (tau < 0.0 ? -1.0 : 1.0) / (fabs(tau) + sqrt(1.0 + tau * tau));
    const double c = 1.0 / sqrt(1.0 + t * t), s = c * t;
    for (size_t k = 0; k < n; k++) {
        const double x = a[k * n + p], y = a[k * n + q];
        a[k * n + p] = c * x - s * y;
        a[k * n + q] = s * x + c * y;
    }
    for (size_t k = 0; k < n; k++) {
        const double x = a[p * n + k], y = a[q * n + k];
        a[p * n + k] = c * x - s * y;
        a[q * n + k] = s * x + c * y;
    }
    for (size_t k = 0; k < n; k++) {
        const double x = v[k * n + p], y = v[k * n + q];
        v[k * n + p] = c * x - s * y;
        v[k * n + q] = s * x + c * y;
    }
}

/* a becomes diagonal, v its vectors in columns. */
static void diagonalise(double *a, double *v, size_t n)
{
    memset(v, 0, n * n * sizeof *v);
    for (size_t i = 0; i < n; i++)
        v[i * n + i] = 1.0;
    for (int sweep = 0; sweep < 60; sweep++) {
        double off = 0.0;
        for (size_t p = 0; p < n; p++)
            for (size_t q = p + 1; q < n; q++)
                off += a[p * n + q] * a[p * n + q];
        if (off < 1e-30) return;
        for (size_t p = 0; p < n; p++)
            for (size_t q = p + 1; q < n; q++)
                rotate(a, v, n, p, q);
    }
}

double lq_smallest_eigenvalue(lq_arena *arena, const double *matrix, size_t n)
{
    double *a = lq_arena_calloc(arena, n * n, sizeof *a);
    double *v = lq_arena_calloc(arena, n * n, sizeof *v);
    if (!a || !v || n == 0) return (double)NAN;
    memcpy(a, matrix, n * n * sizeof *a);
    diagonalise(a, v, n);
    double least = a[0];
    for (size_t i = 1; i < n; i++)
        least = a[i * n + i] < least ? a[i * n + i] : least;
    return least;
}

/* ---- the nearest ---- */

typedef struct room {
    size_t n;
    double *a, *v, *correction, *before, *fixed;
} room;

/* x becomes the nearest with all eigenvalues at least LEAST. */
static void lift(const room *r, double *x)
{
    const size_t n = r->n;
    memcpy(r->a, x, n * n * sizeof *x);
    diagonalise(r->a, r->v, n);
    memset(x, 0, n * n * sizeof *x);
    for (size_t e = 0; e < n; e++) {
        const double value = r->a[e * n + e] > LEAST ? r->a[e * n + e] : LEAST;
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++)
                x[i * n + j] += value * r->v[i * n + e] * r->v[j * n + e];
    }
}

/* Ones on the diagonal, the first row as it was. */
static void hold(const room *r, double *x)
{
    const size_t n = r->n;
    for (size_t i = 0; i < n; i++) {
        x[i * n + i] = 1.0;
        x[i] = x[i * n] = r->fixed[i];
    }
}

static double step(const room *r, double *x)
{
    const size_t cells = r->n * r->n;
    double moved = 0.0;
    memcpy(r->before, x, cells * sizeof *x);
    for (size_t i = 0; i < cells; i++)
        x[i] -= r->correction[i];
    double *lifted = r->correction; /* the new one is lifted less what was lifted */
    for (size_t i = 0; i < cells; i++)
        lifted[i] = -x[i];
    lift(r, x);
    for (size_t i = 0; i < cells; i++)
        lifted[i] += x[i];
    hold(r, x);
    for (size_t i = 0; i < cells; i++)
        moved = fmax(moved, fabs(x[i] - r->before[i]));
    return moved;
}

bool lq_nearest_correlation(lq_arena *arena, double *matrix, size_t n)
{
    double *all = lq_arena_calloc(arena, 4 * n * n + n, sizeof *all);
    if (!all) return false;
    const size_t cells = n * n;
    const room r = {n, all, all + cells, all + 2 * cells, all + 3 * cells, all + 4 * cells};
    memcpy(r.fixed, matrix, n * sizeof *matrix);
    for (int i = 0; i < 10000; i++)
        if (step(&r, matrix) < 1e-10) return true;
    return false;
}
