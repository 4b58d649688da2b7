#include "decide/words.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *sign_of(const char *currency)
{
    return strcmp(currency, "USD") == 0 ? "$" : NULL;
}

/* x in [0, 1e18) with three significant digits and a suffix; 999.6K becomes 1M. */
static void scaled(double x, char out[24])
{
    static const char *const suffixes[] = {"", "K", "M", "bn", "tn"};
    size_t i = 0;
    while (i < 4 && x >= 999.5) {
        x /= 1000.0;
        i++;
    }
    /* The letters count in millions with two decimals: $1.08M. */
    const int decimals = x < 9.995 && i > 0 ? 2 : x < 99.95 && i > 0 ? 1 : 0;
    snprintf(out, 20, "%.*f", decimals, x);
    char *end = out + strlen(out);
    while (strchr(out, '.') && (end[-1] == '0' || end[-1] == '.')) {
        const int was_point = end[-1] == '.';
        *--end = '\0';
        if (was_point) break;
    }
    strcat(out, suffixes[i]);
}

const char *lq_words_money(double money, const char *currency, char out[LQ_WORD_CHARS])
{
    if (!isfinite(money)) return strcpy(out, "-");
    char figure[24];
    scaled(fabs(money), figure);
    const char *minus = money < 0.0 && strcmp(figure, "0") != 0 ? "-" : "";
    const char *sign = sign_of(currency);
    if (sign)
        snprintf(out, LQ_WORD_CHARS, "%s%s%s", minus, sign, figure);
    else
        snprintf(out, LQ_WORD_CHARS, "%s%.3s %s", minus, currency, figure);
    return out;
}

const char *lq_words_percent(double fraction, char out[LQ_WORD_CHARS])
{
    const double percent = 100.0 * fraction;
    if (!isfinite(percent)) return strcpy(out, "-");
    const double whole = rint(percent);
    const int decimals = fabs(percent) < 9.95 && fabs(percent - whole) > 0.05 ? 1 : 0;
    snprintf(out, LQ_WORD_CHARS, "%.*f %%", decimals, percent);
    return out;
}

const char *lq_words_upper(const char *text, char *out, size_t cap)
{
    size_t i = 0;
    for (; text[i] && i + 1 < cap; i++)
        out[i] = (char)toupper((unsigned char)text[i]);
    if (cap) out[i] = '\0';
    return out;
}
