#include "config/quantity.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A cursor over the text. */
typedef struct cursor {
    const char *at, *end;
} cursor;

static bool at_digit(const cursor *c)
{
    return c->at < c->end && isdigit((unsigned char)*c->at);
}

static bool starts(const cursor *c, const char *word)
{
    const size_t len = strlen(word);
    return (size_t)(c->end - c->at) >= len && memcmp(c->at, word, len) == 0;
}

static bool accept(cursor *c, const char *word)
{
    if (!starts(c, word)) return false;
    c->at += strlen(word);
    return true;
}

static void skip_spaces(cursor *c)
{
    while (c->at < c->end && (*c->at == ' ' || *c->at == '\t'))
        c->at++;
}

static void read_sign(cursor *c, lq_quantity *q)
{
    if (q->has_sign) return;
    q->negative = starts(c, "-");
    q->has_sign = accept(c, "-") || accept(c, "+");
    skip_spaces(c);
}

static bool read_currency(cursor *c, lq_quantity *q)
{
    static const char *const symbols[][2] = {{"US$", "USD"},
                                             {"$", "USD"},
                                             {"\xE2\x82\xAC", "EUR"},
                                             {"\xC2\xA3", "GBP"},
                                             {"\xC2\xA5", "JPY"}};
    for (size_t i = 0; i < sizeof symbols / sizeof symbols[0]; i++) {
        if (!accept(c, symbols[i][0])) continue;
        memcpy(q->currency, symbols[i][1], sizeof q->currency);
        skip_spaces(c);
        return true;
    }
    size_t n = 0;
    while (c->at + n < c->end && n < 4 && isupper((unsigned char)c->at[n]))
        n++;
    if (n != 3 || (c->at + 3 < c->end && isalpha((unsigned char)c->at[3]))) return false;
    memcpy(q->currency, c->at, 3);
    c->at += 3;
    skip_spaces(c);
    return true;
}

/* Digits before the point; "_" between digits, or "," before each group of three. */
static lq_fault read_whole(cursor *c, lq_quantity *q, size_t *n, size_t *n_read)
{
    size_t since_comma = 0;
    bool commas = false;
    for (; c->at < c->end; c->at++) {
        if (isdigit((unsigned char)*c->at)) {
            since_comma++;
            (*n_read)++;
            if (*n == 0 && *c->at == '0') continue;
            if (*n == LQ_MAX_DIGITS) return LQ_FAULT_HUGE;
            q->digits[(*n)++] = *c->at;
        } else if (*c->at == ',') {
            if (*n_read == 0 || (commas ? since_comma != 3 : since_comma > 3))
                return LQ_FAULT_COMMA;
            commas = true;
            since_comma = 0;
        } else if (*c->at != '_' || *n_read == 0 || c->at[-1] == '_' || c->at + 1 == c->end ||
                   !isdigit((unsigned char)c->at[1])) {
            break;
        }
    }
    return commas && since_comma != 3 ? LQ_FAULT_COMMA : LQ_FAULT_NONE;
}

static lq_fault read_fraction(cursor *c, lq_quantity *q, size_t *n, size_t *n_read)
{
    if (!accept(c, ".")) return LQ_FAULT_NONE;
    if (!at_digit(c)) return LQ_FAULT_SYNTAX;
    for (; at_digit(c); c->at++) {
        (*n_read)++;
        q->exponent--;
        if (*n == 0 && *c->at == '0') continue;
        if (*n == LQ_MAX_DIGITS) return LQ_FAULT_HUGE;
        q->digits[(*n)++] = *c->at;
    }
    return LQ_FAULT_NONE;
}

/* "e6", "e+6"; "E" too. What is no exponent is left to the unit. */
static lq_fault read_exponent(cursor *c, lq_quantity *q)
{
    cursor look = *c;
    if (!accept(&look, "e") && !accept(&look, "E")) return LQ_FAULT_NONE;
    const bool negative = starts(&look, "-");
    if (negative || starts(&look, "+")) look.at++;
    if (!at_digit(&look)) return LQ_FAULT_NONE;
    int e = 0;
    for (; at_digit(&look); look.at++)
        if (e < 10000) e = e * 10 + (*look.at - '0');
    q->exponent += negative ? -e : e;
    *c = look;
    return LQ_FAULT_NONE;
}

static lq_fault read_number(cursor *c, lq_quantity *q)
{
    size_t n = 0, n_read = 0;
    lq_fault fault = read_whole(c, q, &n, &n_read);
    if (!fault) fault = read_fraction(c, q, &n, &n_read);
    if (!fault && n_read == 0) fault = LQ_FAULT_SYNTAX;
    if (!fault) fault = read_exponent(c, q);
    if (n == 0) q->digits[n++] = '0';
    q->digits[n] = '\0';
    return fault;
}

typedef struct unit_word {
    const char *word;
    lq_unit unit;
    int exponent;
    double factor;
} unit_word;

static const unit_word unit_words[] = {
    {"K", LQ_UNIT_SCALE, 3, 1},        {"k", LQ_UNIT_SCALE, 3, 1},
    {"thousand", LQ_UNIT_SCALE, 3, 1}, {"M", LQ_UNIT_SCALE, 6, 1},
    {"MM", LQ_UNIT_SCALE, 6, 1},       {"mn", LQ_UNIT_SCALE, 6, 1},
    {"million", LQ_UNIT_SCALE, 6, 1},  {"B", LQ_UNIT_SCALE, 9, 1},
    {"b", LQ_UNIT_SCALE, 9, 1},        {"bn", LQ_UNIT_SCALE, 9, 1},
    {"Bn", LQ_UNIT_SCALE, 9, 1},       {"billion", LQ_UNIT_SCALE, 9, 1},
    {"T", LQ_UNIT_SCALE, 12, 1},       {"tn", LQ_UNIT_SCALE, 12, 1},
    {"%", LQ_UNIT_PERCENT, -2, 1},     {"percent", LQ_UNIT_PERCENT, -2, 1},
    {"bp", LQ_UNIT_PERCENT, -4, 1},    {"bps", LQ_UNIT_PERCENT, -4, 1},
    {"d", LQ_UNIT_DAYS, 0, 1},         {"day", LQ_UNIT_DAYS, 0, 1},
    {"days", LQ_UNIT_DAYS, 0, 1},      {"w", LQ_UNIT_DAYS, 0, 7},
    {"week", LQ_UNIT_DAYS, 0, 7},      {"weeks", LQ_UNIT_DAYS, 0, 7},
    {"mo", LQ_UNIT_MONTHS, 0, 1},      {"mos", LQ_UNIT_MONTHS, 0, 1},
    {"month", LQ_UNIT_MONTHS, 0, 1},   {"months", LQ_UNIT_MONTHS, 0, 1},
    {"y", LQ_UNIT_YEARS, 0, 1},        {"yr", LQ_UNIT_YEARS, 0, 1},
    {"yrs", LQ_UNIT_YEARS, 0, 1},      {"year", LQ_UNIT_YEARS, 0, 1},
    {"years", LQ_UNIT_YEARS, 0, 1},    {"x", LQ_UNIT_TIMES, 0, 1}};

static lq_fault read_unit(cursor *c, lq_quantity *q)
{
    skip_spaces(c);
    size_t len = starts(c, "%");
    while (len == 0 || *c->at != '%') {
        if (c->at + len == c->end || !isalpha((unsigned char)c->at[len])) break;
        len++;
    }
    for (size_t i = 0; i < sizeof unit_words / sizeof unit_words[0] && len; i++) {
        const unit_word *u = &unit_words[i];
        if (strlen(u->word) != len || memcmp(c->at, u->word, len) != 0) continue;
        q->unit = u->unit;
        q->unit_exponent = u->exponent;
        q->unit_factor = u->factor;
        c->at += len;
        return LQ_FAULT_NONE;
    }
    return len == 1 && *c->at == 'm' ? LQ_FAULT_LETTER_M : LQ_FAULT_NONE;
}

/* "/y", "/yr", "a year", "per month". */
static void read_per(cursor *c, lq_quantity *q)
{
    static const char *const before[] = {"/", "a ", "per "};
    static const struct {
        const char *word;
        lq_per per;
    } words[] = {{"years", LQ_PER_NONE}, {"year", LQ_PER_YEAR},   {"yr", LQ_PER_YEAR},
                 {"y", LQ_PER_YEAR},     {"month", LQ_PER_MONTH}, {"mo", LQ_PER_MONTH}};
    skip_spaces(c);
    for (size_t b = 0; b < sizeof before / sizeof before[0]; b++) {
        cursor look = *c;
        if (!accept(&look, before[b])) continue;
        skip_spaces(&look);
        for (size_t w = 0; w < sizeof words / sizeof words[0]; w++) {
            cursor rest = look;
            if (!accept(&rest, words[w].word) || rest.at != rest.end) continue;
            q->per = words[w].per;
            if (q->per) *c = rest;
            return;
        }
    }
}

static lq_fault no_number(const cursor *c)
{
    static const char *const words[] = {"nan", "inf", "infinity"};
    const size_t len = (size_t)(c->end - c->at), skip = len && *c->at == '.';
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        const size_t n = strlen(words[i]);
        size_t same = 0;
        while (same < n && skip + same < len &&
               tolower((unsigned char)c->at[skip + same]) == words[i][same])
            same++;
        if (same == n && skip + n == len) return LQ_FAULT_NAN;
    }
    return LQ_FAULT_SYNTAX;
}

lq_fault lq_quantity_parse(const char *text, size_t len, lq_quantity *out)
{
    cursor c = {.at = text, .end = text + len};
    lq_quantity q = {.unit_factor = 1.0};
    skip_spaces(&c);
    while (c.end > c.at && (c.end[-1] == ' ' || c.end[-1] == '\t'))
        c.end--;
    if (c.at == c.end) return LQ_FAULT_EMPTY;
    read_sign(&c, &q);
    if (read_currency(&c, &q)) read_sign(&c, &q);
    if (!at_digit(&c) && !(c.end - c.at > 1 && *c.at == '.' && isdigit((unsigned char)c.at[1])))
        return no_number(&c);
    lq_fault fault = read_number(&c, &q);
    if (fault) return fault;
    skip_spaces(&c);
    if (q.currency[0] == '\0') read_currency(&c, &q);
    if (c.at < c.end && (fault = read_unit(&c, &q)) != LQ_FAULT_NONE) return fault;
    skip_spaces(&c);
    if (q.currency[0] == '\0') read_currency(&c, &q);
    read_per(&c, &q);
    if (c.at != c.end) return LQ_FAULT_SYNTAX;
    *out = q;
    return LQ_FAULT_NONE;
}

/* digits x 10^exponent, correctly rounded: strtod without a point knows no locale. */
static lq_fault to_double(const lq_quantity *q, double *x)
{
    char text[LQ_MAX_DIGITS + 16];
    snprintf(text, sizeof text, "%se%d", q->digits, q->exponent + q->unit_exponent);
    const double magnitude = strtod(text, NULL) * q->unit_factor;
    const bool zero = strcmp(q->digits, "0") == 0;
    if (magnitude > 1e18 || (!zero && magnitude < 1e-30)) return LQ_FAULT_HUGE;
    *x = q->negative ? -magnitude : magnitude;
    return LQ_FAULT_NONE;
}

static lq_fault check_fraction(const lq_quantity *q, lq_measure measure, double x)
{
    const bool rate = measure == LQ_MEASURE_RATE;
    if (q->unit != LQ_UNIT_NONE && q->unit != LQ_UNIT_PERCENT) return LQ_FAULT_UNIT;
    if (rate && q->per == LQ_PER_MONTH) return LQ_FAULT_PER_MONTH;
    if (!rate && q->per) return LQ_FAULT_PER;
    if (q->unit == LQ_UNIT_NONE && !q->per && (x > 1.0 || x < -1.0))
        return rate ? LQ_FAULT_BARE_RATE : LQ_FAULT_BARE_PERCENT;
    return LQ_FAULT_NONE;
}

static lq_fault check_money(const lq_quantity *q, lq_measure measure, double *x)
{
    if (q->unit != LQ_UNIT_NONE && q->unit != LQ_UNIT_SCALE) return LQ_FAULT_UNIT;
    if (measure == LQ_MEASURE_MONEY) return q->per ? LQ_FAULT_PER : LQ_FAULT_NONE;
    if (q->per == LQ_PER_MONTH) *x *= 12.0;
    return LQ_FAULT_NONE;
}

static lq_fault check_duration(const lq_quantity *q, double *x)
{
    if (q->per) return LQ_FAULT_UNIT;
    switch (q->unit) {
    case LQ_UNIT_YEARS:
        return LQ_FAULT_NONE;
    case LQ_UNIT_MONTHS:
        *x /= 12.0;
        return LQ_FAULT_NONE;
    case LQ_UNIT_DAYS:
        *x /= 365.25;
        return LQ_FAULT_NONE;
    case LQ_UNIT_NONE:
        return *x == 0.0 ? LQ_FAULT_NONE : LQ_FAULT_BARE_DURATION;
    default:
        return LQ_FAULT_UNIT;
    }
}

static lq_fault check_number(const lq_quantity *q, lq_measure measure, double x)
{
    const bool count = measure == LQ_MEASURE_COUNT;
    if (q->per || q->unit == LQ_UNIT_PERCENT || (count && q->unit == LQ_UNIT_TIMES))
        return LQ_FAULT_UNIT;
    if (q->unit != LQ_UNIT_NONE && q->unit != LQ_UNIT_SCALE && q->unit != LQ_UNIT_TIMES)
        return LQ_FAULT_UNIT;
    if (count && (x > 0x1p53 || x < -0x1p53)) return LQ_FAULT_HUGE;
    return count && x != (double)(int64_t)x ? LQ_FAULT_WHOLE : LQ_FAULT_NONE;
}

lq_fault lq_quantity_convert(const lq_quantity *quantity, lq_measure measure, double *x)
{
    const bool money = measure == LQ_MEASURE_MONEY || measure == LQ_MEASURE_MONEY_RATE;
    double y = 0.0;
    lq_fault fault = to_double(quantity, &y);
    if (fault) return fault;
    if (quantity->currency[0] && !money) return LQ_FAULT_UNIT;
    if (money)
        fault = check_money(quantity, measure, &y);
    else if (measure == LQ_MEASURE_DURATION)
        fault = check_duration(quantity, &y);
    else if (measure == LQ_MEASURE_FRACTION || measure == LQ_MEASURE_RATE)
        fault = check_fraction(quantity, measure, y);
    else
        fault = check_number(quantity, measure, y);
    if (!fault) *x = y;
    return fault;
}
