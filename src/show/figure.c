#include "show/figure.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

lq_scale_of_money lq_scale_choose(double largest)
{
    const double size = fabs(largest);
    if (size >= 99.95e6) return (lq_scale_of_money){1e6, 1, "M"};
    if (size >= 99.95e3) return (lq_scale_of_money){1e3, 0, "K"};
    if (size >= 10e3) return (lq_scale_of_money){1e3, 1, "K"};
    return (lq_scale_of_money){1.0, size < 100.0 ? 2 : 0, ""};
}

const char *lq_currency_sign(const char *currency, char sign[LQ_FIGURE_CHARS])
{
    if (strcmp(currency, "USD") == 0) return strcpy(sign, "$");
    snprintf(sign, LQ_FIGURE_CHARS, "%.8s%s", currency, *currency ? " " : "");
    return sign;
}

/* Puts commas into the whole part of what printf wrote. */
static const char *with_commas(const char *plain, char out[LQ_FIGURE_CHARS])
{
    const size_t sign = *plain == '-';
    const size_t whole = strcspn(plain + sign, ".");
    size_t n = 0;
    for (size_t i = 0; plain[i] && n + 2 < LQ_FIGURE_CHARS; i++) {
        const size_t digit = i - sign;
        if (i > sign && digit < whole && (whole - digit) % 3 == 0) out[n++] = ',';
        out[n++] = plain[i];
    }
    out[n] = '\0';
    return out;
}

static const char *grouped(double value, int decimals, char out[LQ_FIGURE_CHARS])
{
    char plain[LQ_FIGURE_CHARS];
    if (!isfinite(value) || fabs(value) >= 1e18)
        return strcpy(out, isnan(value) ? "-" : "huge");
    const int n = snprintf(plain, sizeof plain, "%.*f", decimals, value);
    /* -0.0 and what rounds to it */
    if (plain[0] == '-' && strspn(plain + 1, "0.") == (size_t)n - 1)
        return with_commas(plain + 1, out);
    return with_commas(plain, out);
}

const char *lq_figure_scaled(double money, lq_scale_of_money scale, char out[LQ_FIGURE_CHARS])
{
    return grouped(money / scale.divisor, scale.decimals, out);
}

const char *lq_figure_error(double money, lq_scale_of_money scale, char out[LQ_FIGURE_CHARS])
{
    const double value = money / scale.divisor;
    const double least = scale.decimals == 2 ? 0.01 : 0.1;
    if (value > 0.0 && value < least / 2.0)
        snprintf(out, LQ_FIGURE_CHARS, "<%g", least);
    else
        grouped(value, scale.decimals == 2 ? 2 : 1, out);
    return out;
}

/* 12.50 becomes 12.5, and 12.00 becomes 12. */
static void trim_zeros(char *digits)
{
    if (!strchr(digits, '.')) return;
    size_t n = strlen(digits);
    while (digits[n - 1] == '0')
        digits[--n] = '\0';
    if (digits[n - 1] == '.') digits[n - 1] = '\0';
}

/* Digits after the point that leave three significant ones. */
static int three_digits(double scaled)
{
    if (scaled >= 99.95) return 0;
    return scaled >= 9.995 ? 1 : 2;
}

const char *lq_figure_money(double money, const char *currency, char out[LQ_FIGURE_CHARS])
{
    char sign[LQ_FIGURE_CHARS], digits[LQ_FIGURE_CHARS];
    const double size = fabs(money);
    if (isnan(money)) return strcpy(out, "-");
    const char *suffix = size >= 999.5e6    ? "bn"
                         : size >= 9.9995e6 ? "M"
                         : size >= 999.5    ? "K"
                                            : "";
    const double scaled = size / (*suffix == 'b'   ? 1e9
                                  : *suffix == 'M' ? 1e6
                                  : *suffix == 'K' ? 1e3
                                                   : 1.0);
    grouped(scaled, *suffix ? three_digits(scaled) : 0, digits);
    trim_zeros(digits); /* $300K and not $300.0K, $12.5K stays */
    const bool minus = money < 0.0 && strcmp(digits, "0") != 0;
    snprintf(out, LQ_FIGURE_CHARS, "%s%.8s%.26s%s", minus ? "-" : "",
             lq_currency_sign(currency, sign), digits, suffix);
    return out;
}

lq_scale_of_money lq_scale_of_list(double largest)
{
    const double size = fabs(largest);
    if (size >= 999.5e3) return (lq_scale_of_money){1e6, 0, "M"};
    if (size >= 999.5) return (lq_scale_of_money){1e3, 0, "K"};
    return (lq_scale_of_money){1.0, 0, ""};
}

const char *lq_figure_listed(double money, lq_scale_of_money scale, const char *currency,
                             char out[LQ_FIGURE_CHARS])
{
    char sign[LQ_FIGURE_CHARS], digits[LQ_FIGURE_CHARS];
    const double scaled = fabs(money) / scale.divisor;
    int decimals = 3;
    for (double x = scaled; x >= 9.9995 && decimals > 0; x /= 10.0)
        decimals--;
    for (double x = scaled; x > 0.0 && x < 0.99995 && decimals < 9; x *= 10.0)
        decimals++;
    if (isnan(money)) return strcpy(out, "-");
    grouped(scaled, decimals, digits);
    trim_zeros(digits);
    snprintf(out, LQ_FIGURE_CHARS, "%s%.8s%.26s%s",
             money < 0.0 && strcmp(digits, "0") ? "-" : "", lq_currency_sign(currency, sign),
             digits, strcmp(digits, "0") ? scale.suffix : "");
    return out;
}

const char *lq_figure_years(double years, char out[LQ_FIGURE_CHARS])
{
    snprintf(out, LQ_FIGURE_CHARS, "%.3g year%s", years, years == 1.0 ? "" : "s");
    return out;
}

const char *lq_figure_price(double price, char out[LQ_FIGURE_CHARS])
{
    if (!(fabs(price) > 0.0 && fabs(price) < 0.1)) return grouped(price, 2, out);
    snprintf(out, LQ_FIGURE_CHARS, "%.3g", price);
    return out;
}

const char *lq_figure_percent(double fraction, int decimals, char out[LQ_FIGURE_CHARS])
{
    if (!isfinite(fraction)) return strcpy(out, "-");
    const double percent = 100.0 * fraction, least = decimals ? 0.1 : 1.0;
    if (percent > 0.0 && percent < least / 2.0)
        snprintf(out, LQ_FIGURE_CHARS, "<%g %%", least);
    else
        snprintf(out, LQ_FIGURE_CHARS, "%.*f %%", decimals, percent);
    return out;
}

const char *lq_figure_count(double count, char out[LQ_FIGURE_CHARS])
{
    return grouped(count, 0, out);
}

/* The term whose rounding went furthest against the direction, among those not zero. */
static size_t furthest(const double *terms, size_t n, double step, const double *steps,
                       double direction)
{
    size_t best = n;
    double gap = 0.0;
    for (size_t i = 0; i < n; i++) {
        const double left = direction * (terms[i] / step - steps[i]);
        if (terms[i] != 0.0 && (best == n || left > gap)) {
            best = i;
            gap = left;
        }
    }
    return best;
}

bool lq_round_to_sum(const double *terms, size_t n, double sum, double step, double *steps)
{
    double total = 0.0, left = round(sum / step), size = fabs(sum);
    for (size_t i = 0; i < n; i++) {
        steps[i] = round(terms[i] / step);
        total += terms[i];
        size += fabs(terms[i]);
        left -= steps[i];
    }
    if (!(fabs(total - sum) <= 1e-9 * size + 1e-6 * step)) return false;
    while (left != 0.0) {
        const double direction = left > 0.0 ? 1.0 : -1.0;
        const size_t i = furthest(terms, n, step, steps, direction);
        if (i == n) return false;
        steps[i] += direction;
        left -= direction;
    }
    return true;
}
