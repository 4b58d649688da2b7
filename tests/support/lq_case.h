/* Runs a config text through the engine and hands every path to the test. */
#ifndef LQ_CASE_H
#define LQ_CASE_H

#include "lq_test.h"

#include "engine/engine.h"

/** A finished run: the merged tallies and every path's columns. */
typedef struct lq_case {
    lq_scenario *scenario;
    lq_plan *plan;   /**< Of world 0. */
    lq_arena *arena; /**< Holds the plan's pairs. */
    lq_result *result;
    size_t n; /**< Paths. */
    size_t n_columns;
    double **column; /**< [n_columns][n]: per offer total, cash, equity, tax; then per company
                          exit kind, exit month. */
} lq_case;

/** Loads the text with the overrides (NULL-terminated, may be NULL) and runs all its paths with
 *  every offer against the first; fails the test on any problem. */
lq_case lq_case_run(const char *yaml, const char *const *overrides, int n_threads);
void lq_case_clear(lq_case *c);

/** The scenario alone. */
lq_scenario *lq_case_scenario(const char *yaml, const char *const *overrides);

/** Column of an offer: part 0 total, 1 cash, 2 equity, 3 tax. */
const double *lq_case_offer(const lq_case *c, const char *id, int part);

/** Index of an offer or company; fails the test when there is none. */
size_t lq_case_offer_index(const lq_case *c, const char *id);

/** Column of a company: 0 exit kind, 1 exit month. */
const double *lq_case_company(const lq_case *c, const char *id, int part);

/** Mean of a column, its standard error, its standard deviation. */
typedef struct lq_sample_mean {
    double mean, se, sd;
} lq_sample_mean;
lq_sample_mean lq_mean_of(const double *x, size_t n);

/** Asserts |mean - want| <= 4 standard errors (with their own sd, or the given one if > 0). */
#define assert_mean(x, n, want) lq_assert_mean((x), (n), (want), #x, __FILE__, __LINE__)
void lq_assert_mean(const double *x, size_t n, double want, const char *what, const char *file,
                    int line);

/** Asserts a share k / n against p within 4 sqrt(p (1 - p) / n). */
#define assert_share(k, n, p) lq_assert_share((k), (n), (p), #k, __FILE__, __LINE__)
void lq_assert_share(size_t k, size_t n, double p, const char *what, const char *file,
                     int line);

/** Asserts that a share p of x lies at or below the value `want` within 4 standard errors. */
#define assert_quantile(x, n, p, want)                                                         \
    lq_assert_quantile((x), (n), (p), (want), #x, __FILE__, __LINE__)
void lq_assert_quantile(const double *x, size_t n, double p, double want, const char *what,
                        const char *file, int line);

#endif
