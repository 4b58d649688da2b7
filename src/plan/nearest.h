/**
 * @file nearest.h
 * Symmetric matrices: eigenvalues, and the nearest correlations that can hold together. Private
 * to the folder.
 */
#ifndef LQ_PLAN_NEAREST_H
#define LQ_PLAN_NEAREST_H

#include "base/arena.h"

#include <stdbool.h>

/** Smallest eigenvalue of a symmetric matrix [n][n], by Jacobi rotations; NaN: no memory. */
double lq_smallest_eigenvalue(lq_arena *arena, const double *matrix, size_t n);

/**
 * Replaces the matrix [n][n] by the nearest (Frobenius) of those with ones on the diagonal, the
 * same first row and column, and no eigenvalue below 1e-6: alternating projections with
 * Dykstra's correction.
 *
 * @return false when it has not converged to 1e-10 in 10,000 steps, or without memory.
 * @source Higham, Computing the nearest correlation matrix: a problem from finance (2002),
 *         algorithm 3.3; its projection onto the unit diagonal here also holds the first row.
 */
bool lq_nearest_correlation(lq_arena *arena, double *matrix, size_t n);

#endif
