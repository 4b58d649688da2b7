/**
 * @file problem.h
 * Everything that is wrong with a config, collected, so that it is told in one go.
 */
#ifndef LQ_CONFIG_PROBLEM_H
#define LQ_CONFIG_PROBLEM_H

#include "base/arena.h"

#include <stddef.h>
#include <stdio.h>

/** A place in a file. line and column are 1-based; 0: the file as a whole. */
typedef struct lq_mark {
    const char *file; /**< As the user named it; "--set" for an override; NULL: a default. */
    int line, column;
} lq_mark;

typedef struct lq_problem {
    lq_mark mark;
    const char *key;         /**< Address, e.g. "offers.google-l6.base"; "" when none. */
    const char *expected;    /**< What would have been right, with its unit. */
    const char *found;       /**< What was there. */
    const char *hint;        /**< "did you mean volatility?"; NULL when none. */
    const char *source_line; /**< The line as written (cut at 200 bytes), NULL when none. */
    struct lq_problem *next;
} lq_problem;

typedef struct lq_problems lq_problems;

lq_problems *lq_problems_create(void);
void lq_problems_destroy(lq_problems *problems);

/** Adds one; texts are copied. More than 100 are counted and not kept. */
void lq_problems_add(lq_problems *problems, const lq_problem *problem);

size_t lq_problems_count(const lq_problems *problems);
const lq_problem *lq_problems_first(const lq_problems *problems);

/** Prints all, sorted by file, line, column:
 *      FILE:LINE:COLUMN: KEY: expected EXPECTED, found FOUND
 *        12 |   volatilty: 30%
 *           |   ^ did you mean volatility?
 */
void lq_problems_print(const lq_problems *problems, FILE *out);

#endif
