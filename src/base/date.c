#include "base/date.h"

#include <stdio.h>

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month)
{
    static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

bool lq_date_valid(lq_date d)
{
    return d.year >= 1900 && d.year <= 2199 && d.month >= 1 && d.month <= 12 && d.day >= 1 &&
           d.day <= days_in_month(d.year, d.month);
}

lq_date lq_date_add_months(lq_date d, int months)
{
    const int count = d.year * 12 + (d.month - 1) + months;
    const int year = count / 12, month = count % 12 + 1;
    const int last = days_in_month(year, month);
    return (lq_date){year, month, d.day < last ? d.day : last};
}

/* Counting from 1 March puts the leap day last (Hinnant 2013, chrono-compatible algorithms). */
long lq_date_days(lq_date d)
{
    const long year = d.year - (d.month <= 2);
    const long era = year / 400, year_of_era = year - era * 400;
    const long day_of_year = (153L * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
    const long day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

lq_date lq_date_from_days(long days)
{
    days += 719468;
    const long era = days / 146097, day_of_era = days - era * 146097;
    const long year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const long day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const long shifted = (5 * day_of_year + 2) / 153;
    const int month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
    return (lq_date){(int)(year_of_era + era * 400 + (month <= 2)), month,
                     (int)(day_of_year - (153 * shifted + 2) / 5 + 1)};
}

lq_date lq_date_of_month(lq_date start, int k)
{
    if (k == 0) return start;
    return lq_date_from_days(lq_date_days(lq_date_add_months(start, k)) - 1);
}

const char *lq_date_format(lq_date d, char text[LQ_DATE_CHARS])
{
    snprintf(text, LQ_DATE_CHARS, "%04d-%02d-%02d", d.year % 10000, d.month % 100, d.day % 100);
    return text;
}
