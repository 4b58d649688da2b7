#include "config/quantity.h"

#include <stdio.h>
#include <string.h>

/* Money, a fraction or a rate; anything else is not changed but replaced. */
static bool measure_of(const lq_quantity *q, lq_measure *measure)
{
    if (q->currency[0] || q->unit == LQ_UNIT_SCALE)
        *measure = LQ_MEASURE_MONEY_RATE;
    else if (q->unit == LQ_UNIT_PERCENT)
        *measure = LQ_MEASURE_RATE;
    else
        return false;
    return true;
}

static const char *reason(lq_measure measure, bool money_change, const lq_quantity *old,
                          const lq_quantity *by)
{
    if (measure == LQ_MEASURE_RATE && money_change) return "a fraction changes by a percentage";
    if (money_change && by->currency[0] && strcmp(by->currency, old->currency) != 0)
        return "the figure is in another currency";
    if (by->per && by->per != old->per) return "the figure is not per the same time";
    return NULL;
}

static double changed_figure(lq_measure measure, bool money_change, double old, double by)
{
    return measure == LQ_MEASURE_RATE || money_change ? old + by : old * (1.0 + by);
}

const char *lq_value_change(const char *figure, const char *change, lq_arena *arena,
                            const char **changed)
{
    static const char *const pers[] = {
        [LQ_PER_NONE] = "", [LQ_PER_YEAR] = "/y", [LQ_PER_MONTH] = "/mo"};
    lq_quantity old, by;
    lq_measure measure, by_measure;
    *changed = NULL;
    if (lq_quantity_parse(change, strlen(change), &by) || !by.has_sign) return NULL;
    if (lq_quantity_parse(figure, strlen(figure), &old)) return NULL;
    const bool old_known = measure_of(&old, &measure), by_known = measure_of(&by, &by_measure);
    if (!old_known && old.unit == LQ_UNIT_NONE && by_known)
        return "write the figure that is changed with its unit";
    if (!old_known) return NULL;
    if (!by_known) return "write the change with its unit: +$15K, +10%";
    const bool money_change = by_measure == LQ_MEASURE_MONEY_RATE;
    const char *why = reason(measure, money_change, &old, &by);
    if (why) return why;
    const char *per = pers[old.per];
    old.per = by.per = LQ_PER_NONE;
    double x = 0.0, d = 0.0;
    if (lq_quantity_convert(&old, measure, &x) || lq_quantity_convert(&by, by_measure, &d))
        return "the figures are too large";
    const double y = changed_figure(measure, money_change, x, d);
    const bool percent = measure == LQ_MEASURE_RATE;
    char digits[64];
    lq_decimal_format(y, percent ? 2 : 0, 15, digits, sizeof digits);
    const char *text =
        lq_arena_printf(arena, "%s%s%s%s%s", old.currency, old.currency[0] ? " " : "", digits,
                        percent ? "%" : "", per);
    /* Fractions may be negative: "-5%" could be the new one. */
    if (percent && by.negative)
        return lq_arena_printf(
            arena, "write {value: %s} to set it so, or %s to lower it so far", change, text);
    *changed = text;
    return NULL;
}
