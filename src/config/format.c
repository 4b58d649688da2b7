#include "config/quantity.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Significant digits of |x| and the power of ten of the first one. */
static int shortest(double x, int max_digits, char digits[20], int *power)
{
    char text[40] = "";
    for (int p = 0; p < max_digits; p++) {
        snprintf(text, sizeof text, "%.*e", p, fabs(x));
        if (strtod(text, NULL) == fabs(x)) break;
    }
    const char *e = strchr(text, 'e');
    int n = 0;
    for (const char *c = text; c < e; c++)
        if (isdigit((unsigned char)*c)) digits[n++] = *c;
    while (n > 1 && digits[n - 1] == '0')
        n--;
    digits[n] = '\0';
    *power = (int)strtol(e + 1, NULL, 10);
    return n;
}

const char *lq_decimal_format(double x, int shift, int max_digits, char *text, size_t cap)
{
    char digits[20];
    int power;
    const char *sign = x < 0.0 ? "-" : "";
    if (!isfinite(x)) {
        snprintf(text, cap, "%s%s", sign, isnan(x) ? "nan" : "inf");
        return text;
    }
    const int n = shortest(x, max_digits, digits, &power);
    power = x == 0.0 ? 0 : power + shift;
    const bool round_number = power >= n + 5; /* 1e6 and 4e12, but 1200000 */
    if (power < -6 || power > 20 || round_number)
        snprintf(text, cap, "%s%c%s%se%d", sign, digits[0], n > 1 ? "." : "", digits + 1,
                 power);
    else if (power < 0)
        snprintf(text, cap, "%s0.%.*s%s", sign, -power - 1, "000000", digits);
    else if (power >= n - 1)
        snprintf(text, cap, "%s%s%.*s", sign, digits, power - n + 1, "00000000000000000000");
    else
        snprintf(text, cap, "%s%.*s.%s", sign, power + 1, digits, digits + power + 1);
    return text;
}

/* Text that grows in a caller's buffer and is cut at its end. */
typedef struct sheet {
    char *text;
    size_t cap, len;
} sheet;

static void put(sheet *s, const char *text)
{
    if (s->len + 1 >= s->cap) return;
    const int n = snprintf(s->text + s->len, s->cap - s->len, "%s", text);
    s->len += n < 0 ? 0 : (size_t)n;
    if (s->len >= s->cap) s->len = s->cap - 1;
}

static void put_money(sheet *s, double x, const char *currency, bool yearly)
{
    static const struct {
        double from;
        int shift;
        const char *suffix;
    } scales[] = {{1e9, -9, "bn"}, {1e6, -6, "M"}, {1e3, -3, "K"}, {0, 0, ""}};
    const bool dollars = strcmp(currency, "USD") == 0;
    char digits[64];
    size_t i = 0;
    while (fabs(x) < scales[i].from)
        i++;
    lq_decimal_format(fabs(x), scales[i].shift, 17, digits, sizeof digits);
    if (x < 0.0) put(s, "-");
    put(s, dollars ? "$" : currency);
    if (!dollars && currency[0]) put(s, " ");
    put(s, digits);
    put(s, scales[i].suffix);
    if (yearly) put(s, "/y");
}

/* In months where they are whole, so that the same figure is read back. */
static void put_duration(sheet *s, double years)
{
    char digits[64];
    const double months = years * 12.0;
    const bool whole_months = fabs(months) < 1e6 && rint(months) / 12.0 == years;
    const bool as_months = whole_months && rint(years) != years;
    put(s, lq_decimal_format(as_months ? rint(months) : years, 0, 17, digits, sizeof digits));
    put(s, as_months ? " mo" : " y");
}

static void put_figure(sheet *s, double x, lq_measure measure, const char *currency)
{
    char digits[64];
    switch (measure) {
    case LQ_MEASURE_MONEY:
        put_money(s, x, currency, false);
        return;
    case LQ_MEASURE_MONEY_RATE:
        put_money(s, x, currency, true);
        return;
    case LQ_MEASURE_DURATION:
        put_duration(s, x);
        return;
    case LQ_MEASURE_FRACTION:
    case LQ_MEASURE_RATE:
        put(s, lq_decimal_format(x, 2, 17, digits, sizeof digits));
        put(s, measure == LQ_MEASURE_RATE ? " %/y" : " %");
        return;
    default:
        put(s, lq_decimal_format(x, 0, 17, digits, sizeof digits));
    }
}

static void put_three(sheet *s, const lq_value *v, lq_measure measure, const char *name)
{
    put(s, "{");
    put(s, name);
    for (int i = 0; i < 3; i++) {
        put(s, i ? ", " : ": [");
        put_figure(s, v->p[i], measure, v->currency);
    }
    put(s, "]}");
}

static void put_mean_sd(sheet *s, const lq_value *v, lq_measure measure, const char *name)
{
    put(s, "{");
    put(s, name);
    put(s, ": {mean: ");
    put_figure(s, v->p[0], measure, v->currency);
    put(s, ", sd: ");
    put_figure(s, v->p[1], measure, v->currency);
    put(s, "}}");
}

static void put_discrete(sheet *s, const lq_value *v, lq_measure measure)
{
    char digits[64];
    for (size_t i = 0; i < v->n_atoms; i++) {
        put(s, i ? ", " : "{discrete: {");
        put_figure(s, v->atom[i], measure, v->currency);
        put(s, ": ");
        put(s, lq_decimal_format(v->probability[i], 2, 17, digits, sizeof digits));
        put(s, " %");
    }
    put(s, "}}");
}

static void put_value(sheet *s, const lq_value *v, lq_measure measure)
{
    switch (v->dist) {
    case LQ_DIST_CONSTANT:
        put_figure(s, v->p[0], measure, v->currency);
        return;
    case LQ_DIST_UNIFORM:
        put_figure(s, v->p[0], measure, v->currency);
        put(s, " to ");
        put_figure(s, v->p[1], measure, v->currency);
        return;
    case LQ_DIST_TRIANGULAR:
        put_three(s, v, measure, "triangular");
        return;
    case LQ_DIST_PERT:
        put_three(s, v, measure, "pert");
        return;
    case LQ_DIST_NORMAL:
        put_mean_sd(s, v, measure, "normal");
        return;
    case LQ_DIST_LOGNORMAL:
        put_mean_sd(s, v, measure, "lognormal");
        return;
    case LQ_DIST_DISCRETE:
        put_discrete(s, v, measure);
        return;
    }
}

const char *lq_value_format(const lq_value *value, lq_measure measure, char *text, size_t cap)
{
    sheet s = {.text = text, .cap = cap};
    if (cap == 0) return "";
    text[0] = '\0';
    if (!value->given) {
        put(&s, "not given");
        return text;
    }
    if (value->uncertain) put(&s, "{uncertain: ");
    put_value(&s, value, measure);
    if (value->uncertain) put(&s, "}");
    return text;
}
