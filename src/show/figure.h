/**
 * @file figure.h
 * Figures as people read them: money in thousands or millions, percentages, terms that add up
 * as printed.
 */
#ifndef LQ_SHOW_FIGURE_H
#define LQ_SHOW_FIGURE_H

#include <stdbool.h>
#include <stddef.h>

enum { LQ_FIGURE_CHARS = 48 }; /**< Room for any figure that is printed here. */

/** A unit of money for a whole table, chosen once so that its columns compare. */
typedef struct lq_scale_of_money {
    double divisor;     /**< 1, 1e3 or 1e6 */
    int decimals;       /**< 0 or 1 */
    const char *suffix; /**< "", "K" or "M" */
} lq_scale_of_money;

/** The scale that prints a largest magnitude with three to five digits. */
lq_scale_of_money lq_scale_choose(double largest);

/** "$" for USD, "EUR " and so on for the others. */
const char *lq_currency_sign(const char *currency, char sign[LQ_FIGURE_CHARS]);

/** "1,076" of 1,076,213 in thousands; "-" when it is not defined; "-0" never. */
const char *lq_figure_scaled(double money, lq_scale_of_money scale, char out[LQ_FIGURE_CHARS]);

/** A half-width in the same unit: "0.4", "<0.1". */
const char *lq_figure_error(double money, lq_scale_of_money scale, char out[LQ_FIGURE_CHARS]);

/** "$1,076K", "$11.4M", "$1.1bn", "EUR 209K": one figure in running text, three significant
 * digits. */
const char *lq_figure_money(double money, const char *currency, char out[LQ_FIGURE_CHARS]);

/** The unit that a column or a list of figures has in common. */
lq_scale_of_money lq_scale_of_list(double largest);

/** "$5.155M", "$1,535M", "EUR 0.02M": four significant digits in that unit; currency "": none.
 */
const char *lq_figure_listed(double money, lq_scale_of_money scale, const char *currency,
                             char out[LQ_FIGURE_CHARS]);

/** "1 year", "4.62 years". */
const char *lq_figure_years(double years, char out[LQ_FIGURE_CHARS]);

/** A price of a share: "1,234.56", "0.62", "0.00123"; cents, or three digits of what is less.
 */
const char *lq_figure_price(double price, char out[LQ_FIGURE_CHARS]);

/** "42 %", "<1 %", "-". */
const char *lq_figure_percent(double fraction, int decimals, char out[LQ_FIGURE_CHARS]);

/** "1,000,000" */
const char *lq_figure_count(double count, char out[LQ_FIGURE_CHARS]);

/**
 * Rounds terms to whole steps such that the rounded terms add up to the rounded sum.
 *
 * Each term moves by less than one step from its value; terms that are zero stay zero.
 * @param[in]  terms  [n]
 * @param[in]  sum    Their sum, which is rounded to the nearest step.
 * @param[out] steps  [n] whole numbers of steps; false (and the plain roundings) when the terms
 *                    do not add up to the sum in the first place, or one is not finite.
 */
bool lq_round_to_sum(const double *terms, size_t n, double sum, double step, double *steps);

#endif
