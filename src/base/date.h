/**
 * @file date.h
 * Civil dates (proleptic Gregorian) and the monthly grid.
 */
#ifndef LQ_BASE_DATE_H
#define LQ_BASE_DATE_H

#include <stdbool.h>

typedef struct lq_date {
    int year, month, day; /* month and day are 1-based; year 0 means: not given */
} lq_date;

enum { LQ_DATE_CHARS = 16 };

/** True for a date that exists between 1900 and 2199. */
bool lq_date_valid(lq_date date);

/** The date some months later; the day is cut to the month's last (31 Jan + 1 = 28 or 29 Feb).
 */
lq_date lq_date_add_months(lq_date date, int months);

/** Days since 1970-01-01, negative before. */
long lq_date_days(lq_date date);
lq_date lq_date_from_days(long days);

/** R3: month k covers [start + (k-1) months, start + k months); its flows fall on its last day.
 *  k = 0 gives the start itself. */
lq_date lq_date_of_month(lq_date start, int k);

/** Writes 2027-01-31 and returns text. */
const char *lq_date_format(lq_date date, char text[LQ_DATE_CHARS]);

#endif
