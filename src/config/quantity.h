/**
 * @file quantity.h
 * One figure with its unit, as letters write it: "$285K", "35 %", "0.4/y", "18mo".
 */
#ifndef LQ_CONFIG_QUANTITY_H
#define LQ_CONFIG_QUANTITY_H

#include "config/value.h"

/** Why a text is no figure of a measure. */
typedef enum lq_fault {
    LQ_FAULT_NONE,
    LQ_FAULT_EMPTY,
    LQ_FAULT_SYNTAX,
    LQ_FAULT_NAN,
    LQ_FAULT_HUGE,         /**< Above 1e18, or nearer to zero than 1e-30. */
    LQ_FAULT_BARE_PERCENT, /**< 35 where a fraction is meant. */
    LQ_FAULT_BARE_RATE,    /**< 35 where a rate is meant. */
    LQ_FAULT_BARE_DURATION,
    LQ_FAULT_UNIT,
    LQ_FAULT_PER_MONTH,
    LQ_FAULT_PER, /**< $5/y where $5 is meant. */
    LQ_FAULT_WHOLE,
    LQ_FAULT_ORDER, /**< A range from high to low. */
    LQ_FAULT_CURRENCIES,
    LQ_FAULT_LETTER_M,
    LQ_FAULT_COMMA,
    LQ_FAULT_COUNT
} lq_fault;

typedef enum lq_unit {
    LQ_UNIT_NONE,
    LQ_UNIT_SCALE, /**< K, M, bn */
    LQ_UNIT_PERCENT,
    LQ_UNIT_DAYS,
    LQ_UNIT_MONTHS,
    LQ_UNIT_YEARS,
    LQ_UNIT_TIMES /**< 1x */
} lq_unit;

typedef enum lq_per { LQ_PER_NONE, LQ_PER_YEAR, LQ_PER_MONTH } lq_per;

enum { LQ_MAX_DIGITS = 40, LQ_MAX_FIGURE = 120 };

typedef struct lq_quantity {
    bool negative, has_sign;
    char digits[LQ_MAX_DIGITS + 1]; /**< Without a point; the number is digits x 10^exponent. */
    int exponent;
    lq_unit unit;
    int unit_exponent; /**< K: 3, %: -2, bp: -4; weeks count as 7 days by `unit_factor`. */
    double unit_factor;
    lq_per per;
    char currency[4];
} lq_quantity;

/** Reads the whole text. */
lq_fault lq_quantity_parse(const char *text, size_t len, lq_quantity *out);

/** The figure in base units of the measure. */
lq_fault lq_quantity_convert(const lq_quantity *quantity, lq_measure measure, double *x);

/** A figure or a range of a measure, from text. */
lq_fault lq_value_scan(const char *text, lq_measure measure, lq_value *out);

/** "money such as $285K". */
const char *lq_measure_example(lq_measure measure);

/** A clause for people; NULL where "expected" says it all. */
const char *lq_fault_reason(lq_fault fault);

/**
 * x times 10^shift with as few digits as give x back (at most max_digits, 1 to 17), without a
 * locale's point. Returns text.
 */
const char *lq_decimal_format(double x, int shift, int max_digits, char *text, size_t cap);

#endif
