/**
 * @file solve.h
 * Where a noisy function of one number is zero (R30): scan, bracket, bisect; with an interval
 * from the function's own error, and four honest answers.
 */
#ifndef LQ_DECIDE_SOLVE_H
#define LQ_DECIDE_SOLVE_H

#include "liquidus/status.h"

#include <stdbool.h>
#include <stddef.h>

typedef enum lq_solve_status {
    LQ_SOLVED,
    LQ_SOLVE_NONE,   /**< No sign change in the range. */
    LQ_SOLVE_JUMP,   /**< The function jumps over zero: value is where. */
    LQ_SOLVE_SEVERAL /**< More than one bracket: value is the first from below. */
} lq_solve_status;

/** One value of the function and the half-width of its 95 % interval. */
typedef struct lq_solve_value {
    double y, half;
} lq_solve_value;

/** A value that is asked for. */
typedef struct lq_solve_ask {
    size_t problem;
    double x;
    lq_solve_value value; /**< Filled in; */
    lq_status status;     /**< or why this problem's function has none there. */
} lq_solve_ask;

/** Answers n asks, in any order or at the same time; those of a problem are ascending in x.
 *  Returns what stops all problems at once. */
typedef lq_status lq_solve_answer(void *context, lq_solve_ask *asks, size_t n, lq_error *err);

enum { LQ_SOLVE_MAX_SCAN = 33, LQ_SOLVE_MAX_POINTS = 80 };

typedef struct lq_solve_problem {
    double low, high; /**< Allowed range. */
    double tolerance; /**< Width of the last bracket. */
    size_t n_scan;    /**< 2 to LQ_SOLVE_MAX_SCAN */
} lq_solve_problem;

typedef struct lq_solution {
    lq_status failed; /**< LQ_OK, or what an ask came back with: then nothing else is set. */
    lq_solve_status status;
    double value;        /**< NaN for LQ_SOLVE_NONE. */
    double low, high;    /**< {x: |y(x)| <= half(x)} around value; ends of the range at most. */
    double below, above; /**< y at both sides of the last bracket; of the range for none. */
    size_t n_brackets;
} lq_solution;

/** "solved", "none", "jump", "several". */
const char *lq_solve_status_name(lq_solve_status status);

/**
 * The first zero from below of each of n functions. They are asked together: all scans at once,
 * then in each round the middles of the brackets that are still too wide.
 *
 * A bracket that has been halved three times and over which the function still changes by more
 * than half of what it did before holds a jump: a smooth function's change falls eightfold.
 * @param[out] out  [n]
 * @retval  What `answer` returns other than LQ_OK, or LQ_ENOMEM.
 */
LQ_MUST_USE lq_status lq_solve(const lq_solve_problem *problems, size_t n,
                               lq_solve_answer *answer, void *context, lq_solution *out,
                               lq_error *err);

#endif
