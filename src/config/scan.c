#include "config/quantity.h"

#include <string.h>

const char *lq_measure_example(lq_measure measure)
{
    static const char *const examples[] = {
        [LQ_MEASURE_NUMBER] = "a number such as 0.5",
        [LQ_MEASURE_COUNT] = "a whole number such as 40_000 or 1e6",
        [LQ_MEASURE_MONEY] = "money such as $285K",
        [LQ_MEASURE_FRACTION] = "a fraction such as 35%",
        [LQ_MEASURE_RATE] = "a rate a year such as 10%/y",
        [LQ_MEASURE_DURATION] = "a duration such as 18mo or 4y",
        [LQ_MEASURE_MONEY_RATE] = "money a year such as $140K/y",
    };
    return examples[measure];
}

const char *lq_fault_reason(lq_fault fault)
{
    static const char *const reasons[LQ_FAULT_COUNT] = {
        [LQ_FAULT_EMPTY] = "nothing is written",
        [LQ_FAULT_NAN] = "it is not a finite number",
        [LQ_FAULT_HUGE] = "figures reach from 1e-30 to 1e18, whole numbers to 2^53",
        [LQ_FAULT_BARE_PERCENT] =
            "a bare number above 1 would be more than 100 %; write a % sign",
        [LQ_FAULT_BARE_RATE] =
            "a bare number above 1 would be more than 100 % a year; write 35% or 35/y",
        [LQ_FAULT_BARE_DURATION] = "write mo for months or y for years",
        [LQ_FAULT_UNIT] = "the unit is another one",
        [LQ_FAULT_PER_MONTH] = "write the rate per year: 12%/y",
        [LQ_FAULT_PER] = "write it without the time it is for",
        [LQ_FAULT_WHOLE] = "it has a fraction",
        [LQ_FAULT_ORDER] = "a range runs from low to high",
        [LQ_FAULT_CURRENCIES] = "both ends need the same currency",
        [LQ_FAULT_LETTER_M] = "m is ambiguous: write M for million, mo for months",
        [LQ_FAULT_COMMA] =
            "commas stand between groups of three digits; the decimal sign is a point",
    };
    return reasons[fault];
}

/* The text with typographers' minus, dashes and spaces made plain; an inner dash becomes '~',
 * which nothing else uses. */
static bool plain(const char *text, char out[LQ_MAX_FIGURE + 1])
{
    static const struct {
        const char *from;
        char to;
    } letters[] = {{"\xE2\x88\x92", '-'}, {"\xE2\x80\x93", '~'}, {"\xE2\x80\x94", '~'},
                   {"\xC2\xA0", ' '},     {"\xE2\x80\xAF", ' '}, {"\xE2\x80\x89", ' '}};
    size_t n = 0;
    for (const char *at = text; *at;) {
        if (n == LQ_MAX_FIGURE || *at == '~') return false;
        size_t i = 0, n_letters = sizeof letters / sizeof letters[0];
        while (i < n_letters && strncmp(at, letters[i].from, strlen(letters[i].from)) != 0)
            i++;
        out[n++] = i < n_letters ? letters[i].to : *at;
        at += i < n_letters ? strlen(letters[i].from) : 1;
    }
    if (n && out[0] == '~') out[0] = '-';
    out[n] = '\0';
    return true;
}

/* "245–305K", "10-15 %": what stands at the end is meant for both. */
static void share_units(lq_quantity *low, lq_quantity *high)
{
    if (low->unit == LQ_UNIT_NONE) {
        low->unit = high->unit;
        low->unit_exponent = high->unit_exponent;
        low->unit_factor = high->unit_factor;
    }
    if (low->per == LQ_PER_NONE) low->per = high->per;
    if (!low->currency[0]) memcpy(low->currency, high->currency, sizeof low->currency);
    if (!high->currency[0]) memcpy(high->currency, low->currency, sizeof high->currency);
}

static lq_fault scan_range(const char *text, size_t low_len, size_t gap, lq_measure measure,
                           lq_value *out)
{
    const char *rest = text + low_len + gap;
    lq_quantity low, high;
    lq_fault fault = lq_quantity_parse(text, low_len, &low);
    if (!fault) fault = lq_quantity_parse(rest, strlen(rest), &high);
    if (fault) return fault;
    share_units(&low, &high);
    double a = 0.0, b = 0.0;
    fault = lq_quantity_convert(&low, measure, &a);
    if (!fault) fault = lq_quantity_convert(&high, measure, &b);
    if (!fault && strcmp(low.currency, high.currency) != 0) fault = LQ_FAULT_CURRENCIES;
    if (!fault && a > b) fault = LQ_FAULT_ORDER;
    if (fault) return fault;
    *out = (lq_value){
        .dist = a < b ? LQ_DIST_UNIFORM : LQ_DIST_CONSTANT, .p = {a, b}, .given = true};
    memcpy(out->currency, low.currency, sizeof out->currency);
    return LQ_FAULT_NONE;
}

static lq_fault scan_one(const char *text, lq_measure measure, lq_value *out)
{
    lq_quantity q;
    double x = 0.0;
    lq_fault fault = lq_quantity_parse(text, strlen(text), &q);
    if (!fault) fault = lq_quantity_convert(&q, measure, &x);
    if (fault) return fault;
    *out = lq_value_constant(x);
    memcpy(out->currency, q.currency, sizeof out->currency);
    return LQ_FAULT_NONE;
}

/* A hyphen may be a sign or part of an exponent: the first split that reads as a range wins. */
static lq_fault scan_hyphens(const char *text, lq_measure measure, lq_value *out)
{
    const lq_fault whole = scan_one(text, measure, out);
    if (!whole) return whole;
    lq_fault best = whole;
    for (const char *dash = strchr(text + (*text != '\0'), '-'); dash;
         dash = strchr(dash + 1, '-')) {
        const lq_fault fault = scan_range(text, (size_t)(dash - text), 1, measure, out);
        if (!fault) return fault;
        if (best == LQ_FAULT_SYNTAX) best = fault;
    }
    return best;
}

lq_fault lq_value_scan(const char *text, lq_measure measure, lq_value *out)
{
    char figure[LQ_MAX_FIGURE + 1];
    if (!plain(text, figure)) return LQ_FAULT_SYNTAX;
    const char *to = strstr(figure, " to ");
    if (to) return scan_range(figure, (size_t)(to - figure), 4, measure, out);
    const char *dash = strchr(figure, '~');
    if (dash) return scan_range(figure, (size_t)(dash - figure), 1, measure, out);
    return scan_hyphens(figure, measure, out);
}
