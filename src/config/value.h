/**
 * @file value.h
 * A number as a person writes it: $285K, EUR 209K, 35%, 18mo, 0.4/y, 1e6, 40_000, 20% to 50%,
 * {triangular: [0, 90%, 120%]}, {uncertain: 5% to 25%}.
 *
 * Numbers are stored in base units: money in currency units, fractions as 0.35, rates per
 * year, durations in years (lq_value_months for the grid), plain numbers as they are.
 */
#ifndef LQ_CONFIG_VALUE_H
#define LQ_CONFIG_VALUE_H

#include "base/date.h"
#include "config/tree.h"

/** What a number measures; decides which spellings are accepted. */
typedef enum lq_measure {
    LQ_MEASURE_NUMBER,    /**< 0.5, 1e6: pure */
    LQ_MEASURE_COUNT,     /**< 1e6, 40_000: a whole number */
    LQ_MEASURE_MONEY,     /**< $285K, EUR 209K, 4.5bn */
    LQ_MEASURE_FRACTION,  /**< 35%, 0.35; a bare 35 is refused: "would mean 3500 %" */
    LQ_MEASURE_RATE,      /**< per year: 0.4/y, 10%/y, 4.4% */
    LQ_MEASURE_DURATION,  /**< 18mo, 4y; in years */
    LQ_MEASURE_MONEY_RATE /**< $140K/y, $140K/yr: money per year */
} lq_measure;

typedef enum lq_dist {
    LQ_DIST_CONSTANT,   /**< p[0] */
    LQ_DIST_UNIFORM,    /**< p[0] to p[1] */
    LQ_DIST_TRIANGULAR, /**< p = low, mode, high */
    LQ_DIST_NORMAL,     /**< p = mean, sd */
    LQ_DIST_LOGNORMAL,  /**< p = mean, sd of the value itself */
    LQ_DIST_PERT,       /**< p = low, mode, high (shape 4) */
    LQ_DIST_DISCRETE    /**< n_atoms values and probabilities that sum to 1 */
} lq_dist;

enum { LQ_VALUE_MAX_ATOMS = 16 };

typedef struct lq_value {
    lq_dist dist;
    double p[3];
    size_t n_atoms;
    double atom[LQ_VALUE_MAX_ATOMS], probability[LQ_VALUE_MAX_ATOMS];
    bool given;       /**< False: not in the config and no default; p[0] is 0. */
    bool is_default;  /**< From the schema or a data pack, not from the user. */
    bool uncertain;   /**< Ignorance: drawn once per world, not per path. */
    char currency[4]; /**< Money: "USD"; "" where the offer's is meant. */
    const char *word; /**< Written in place of a figure, which is not given then; or NULL. */
    lq_mark mark;
    const char
        *source;      /**< Where a default comes from, or the user's `source:`; may be NULL. */
    const char *date; /**< The `date:` beside it, as written; may be NULL. */
} lq_value;

/** A given constant without a currency. */
lq_value lq_value_constant(double x);

/** True when the value is one number, whatever world and path. */
bool lq_value_is_constant(const lq_value *value);

/** Mean of the distribution (the number itself for a constant). */
double lq_value_mean(const lq_value *value);

/** Smallest and largest value with probability; +-inf for the normal and lognormal. */
void lq_value_range(const lq_value *value, double *low, double *high);

/** Inverse cumulative distribution at u in (0, 1), by own arithmetic (same bits everywhere). */
double lq_value_quantile(const lq_value *value, double u);

/** Whole months of a constant duration in years, rounded to the nearest. */
int lq_value_months(const lq_value *value);

/**
 * Reads a node as a number of the measure: a scalar, a range, a distribution, or any of them in
 * {uncertain: X} or {value: X, source: "...", date: 2026-01-31}. On a problem, adds it
 * (expected, found, a hint) and returns false with *out untouched. Texts in *out point into the
 * tree.
 */
bool lq_value_read(const lq_node *node, lq_measure measure, lq_problems *problems,
                   lq_value *out);

/** The same from text, as in --set, defaults of the schema and data packs; NULL or a reason. */
const char *lq_value_parse(const char *text, lq_measure measure, lq_value *out);

/**
 * A figure changed by another: +$15K or -10% of money, +5% (points) of a fraction or rate.
 *
 * @param[out] changed  The new figure as text in the arena; NULL when `change` has no sign or
 *                      `figure` is no money, fraction or rate: then it is no change.
 * @return NULL, or why the two do not go together.
 */
const char *lq_value_change(const char *figure, const char *change, lq_arena *arena,
                            const char **changed);

/** "$300K", "35 %", "18 mo", "20 % to 50 %": as a person would write it. */
const char *lq_value_format(const lq_value *value, lq_measure measure, char *text, size_t cap);

bool lq_date_read(const lq_node *node, lq_problems *problems, lq_date *out);

#endif
