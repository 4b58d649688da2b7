/**
 * @file liquidus.h
 * liquidus as a library: load a config, run it, read the results by name; and the pure
 * functions under it that are of use alone.
 *
 * Names, units and meaning of all results: docs/results.md. Money is present value at the start
 * date, after tax, in the report's currency, unless a variable says otherwise. What is here is
 * promised; nothing else of the library is.
 *
 *     lq_scenario *scenario = NULL;
 *     lq_results *results = NULL;
 *     lq_error err = {0};
 *     if (lq_load("offers.yaml", NULL, &scenario, &err) == LQ_OK &&
 *         lq_run(scenario, NULL, &results, &err) == LQ_OK)
 *         for (size_t i = 0; i < lq_results_len(results, "offer"); i++)
 *             printf("%s %.0f\n", lq_results_label(results, "offer", i),
 *                    lq_results_number(results, "/offers/total_mean", &i, 1));
 *     else
 *         lq_error_print(&err, stderr);
 *     lq_results_destroy(results);
 *     lq_scenario_destroy(scenario);
 */
#ifndef LIQUIDUS_LIQUIDUS_H
#define LIQUIDUS_LIQUIDUS_H

#include "liquidus/status.h"
#include "liquidus/version.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/** A config that has been read and checked: immutable, may be run any number of times. */
typedef struct lq_scenario lq_scenario;

/** What a run found. */
typedef struct lq_results lq_results;

/** How a config is loaded. {0} is the default. */
typedef struct lq_load_settings {
    const char *const *overrides; /**< [n_overrides] "key=value", as --set takes them */
    size_t n_overrides;
    FILE *problems; /**< Gets every problem of the config in one go; NULL: only the first, in
                       err */
} lq_load_settings;

/**
 * Reads, completes and checks a config.
 *
 * @param[in]  settings  NULL: the default.
 * @param[out] out       On LQ_OK the caller owns it; else NULL.
 * @retval LQ_ECONFIG    The config is not right: err says where, what was expected, what was
 * found.
 * @retval LQ_EIO, LQ_ENOMEM
 */
LQ_MUST_USE lq_status lq_load(const char *path, const lq_load_settings *settings,
                              lq_scenario **out, lq_error *err);

/** Frees; NULL is fine. */
void lq_scenario_destroy(lq_scenario *scenario);

/** How a scenario is run. {0} is the default. Results do not depend on the threads. */
typedef struct lq_run_settings {
    int n_threads;                     /**< 0: all processors */
    bool no_turning_points;            /**< Do not look for what would turn the verdict. */
    const volatile sig_atomic_t *stop; /**< Becomes non-zero: stop cleanly; may be NULL */
} lq_run_settings;

/**
 * Simulates and compares the offers.
 *
 * @param[in]  settings  NULL: the default.
 * @param[out] out       On LQ_OK the caller owns it; on LQ_EINTERRUPTED too (what was done), or
 *                       NULL; else NULL.
 * @retval LQ_ECONFIG    What only the arithmetic shows, such as impossible correlations.
 * @retval LQ_EINTERRUPTED, LQ_ENUMERIC, LQ_ENOMEM
 * @retval LQ_EMACHINE   The processor is below x86-64-v3, or LIQUIDUS_ISA asks for what it
 * lacks.
 */
LQ_MUST_USE lq_status lq_run(const lq_scenario *scenario, const lq_run_settings *settings,
                             lq_results **out, lq_error *err);

/**
 * Writes a result file: HDF5, at the same time valid netCDF-4. It appears whole or not at all,
 * and replaces only a file of its own kind.
 */
LQ_MUST_USE lq_status lq_results_write(const lq_results *results, const char *path,
                                       lq_error *err);

/**
 * Reads a result file, which may come from anywhere.
 *
 * @param[out] out    On LQ_OK the caller owns it; else NULL.
 * @retval LQ_EIO     It cannot be read, or is no result of liquidus.
 * @retval LQ_ECHECK  It is damaged.
 */
LQ_MUST_USE lq_status lq_results_read(const char *path, lq_results **out, lq_error *err);

/** Frees; NULL is fine. */
void lq_results_destroy(lq_results *results);

/** Length of a dimension ("offer", "quantile", "gamma", "pair", ...); 0 when there is none. */
size_t lq_results_len(const lq_results *results, const char *dimension);

/** Coordinate i of a dimension: text ("" when it has none) or number (NaN). Lives with results.
 */
const char *lq_results_label(const lq_results *results, const char *dimension, size_t i);
double lq_results_coordinate(const lq_results *results, const char *dimension, size_t i);

/**
 * One number: variable "/offers/total_quantiles" at index [n_index] over its dimensions.
 *
 * @return NaN when it is not defined, or there is no such variable, index or number of
 *         dimensions. Standard errors are variables named NAME_se.
 */
double lq_results_number(const lq_results *results, const char *variable, const size_t *index,
                         size_t n_index);

/** One text, such as "/verdict/text" (n_index 0); "" when there is none. Lives with results. */
const char *lq_results_text(const lq_results *results, const char *variable,
                            const size_t *index, size_t n_index);

/** The object of `liquidus run --json` and a newline. */
LQ_MUST_USE lq_status lq_results_print_json(const lq_results *results, FILE *out,
                                            lq_error *err);

/** The screen of `liquidus run`: 79 columns of plain text. */
LQ_MUST_USE lq_status lq_results_print(const lq_results *results, FILE *out, lq_error *err);

/** When a grant vests: fractions by year, or evenly. */
typedef struct lq_vesting_terms {
    const double *years_frac; /**< [n_years] fraction of the grant in each year; sums to 1 */
    size_t n_years;           /**< 0: evenly over over_months */
    int over_months;
    int every_months; /**< Between instalments; >= 1 */
    int cliff_months; /**< Nothing before it; what it held back is released at it. 0: none */
} lq_vesting_terms;

/**
 * The vests of a grant, in order.
 *
 * @param[out] months           [cap] months after the grant
 * @param[out] cumulative_frac  [cap] fraction of the grant vested by then; exactly 1 at the
 * last
 * @return number of vests; 0 (nothing written) when the terms are not possible or cap is short.
 */
size_t lq_vesting_expand_terms(const lq_vesting_terms *terms, int *months,
                               double *cumulative_frac, size_t cap);

/**
 * What a share of common is paid when a company is sold, behind one class of preferred that
 * takes the larger of its claim and its as-converted part.
 *
 * @param[in] proceeds, claim           money, >= 0
 * @param[in] preferred_shares, shares  as converted; of all, preferred among them; > 0
 * @return money per share of common.
 */
double lq_common_payout_per_share(double proceeds, double claim, double preferred_shares,
                                  double shares);

#endif
