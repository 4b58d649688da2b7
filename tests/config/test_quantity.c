#include "config_test.h"

#include "config/quantity.h"

#include <math.h>

static const struct quantity_case {
    const char *text;
    lq_measure measure;
    double want;
    lq_fault fault;
} cases[] = {
    {"$285K", LQ_MEASURE_MONEY, 285e3, LQ_FAULT_NONE},
    {"$ 285 K", LQ_MEASURE_MONEY, 285e3, LQ_FAULT_NONE},
    {"EUR 209K", LQ_MEASURE_MONEY, 209e3, LQ_FAULT_NONE},
    {"EUR209K", LQ_MEASURE_MONEY, 209e3, LQ_FAULT_NONE},
    {"\xE2\x82\xAC"
     "209K",
     LQ_MEASURE_MONEY, 209e3, LQ_FAULT_NONE},
    {"209K EUR", LQ_MEASURE_MONEY, 209e3, LQ_FAULT_NONE},
    {"209 K\xE2\x82\xAC", LQ_MEASURE_MONEY, 209e3, LQ_FAULT_NONE},
    {"4.5bn", LQ_MEASURE_MONEY, 4.5e9, LQ_FAULT_NONE},
    {"$4.5B", LQ_MEASURE_MONEY, 4.5e9, LQ_FAULT_NONE},
    {"$1.2 million", LQ_MEASURE_MONEY, 1.2e6, LQ_FAULT_NONE},
    {"$285,000", LQ_MEASURE_MONEY, 285e3, LQ_FAULT_NONE},
    {"$1,285,000.50", LQ_MEASURE_MONEY, 1285000.5, LQ_FAULT_NONE},
    {"40_000", LQ_MEASURE_MONEY, 40e3, LQ_FAULT_NONE},
    {"-$5K", LQ_MEASURE_MONEY, -5e3, LQ_FAULT_NONE},
    {"$-5K", LQ_MEASURE_MONEY, -5e3, LQ_FAULT_NONE},
    {"$140K/y", LQ_MEASURE_MONEY_RATE, 140e3, LQ_FAULT_NONE},
    {"$140K/yr", LQ_MEASURE_MONEY_RATE, 140e3, LQ_FAULT_NONE},
    {"$140K / year", LQ_MEASURE_MONEY_RATE, 140e3, LQ_FAULT_NONE},
    {"$140K a year", LQ_MEASURE_MONEY_RATE, 140e3, LQ_FAULT_NONE},
    {"$10K/mo", LQ_MEASURE_MONEY_RATE, 120e3, LQ_FAULT_NONE},
    {"$140K", LQ_MEASURE_MONEY_RATE, 140e3, LQ_FAULT_NONE},
    {"35%", LQ_MEASURE_FRACTION, 0.35, LQ_FAULT_NONE},
    {"35 %", LQ_MEASURE_FRACTION, 0.35, LQ_FAULT_NONE},
    {"0.35", LQ_MEASURE_FRACTION, 0.35, LQ_FAULT_NONE},
    {".35", LQ_MEASURE_FRACTION, 0.35, LQ_FAULT_NONE},
    {"12.5%", LQ_MEASURE_FRACTION, 0.125, LQ_FAULT_NONE},
    {"120%", LQ_MEASURE_FRACTION, 1.2, LQ_FAULT_NONE},
    {"1", LQ_MEASURE_FRACTION, 1.0, LQ_FAULT_NONE},
    {"-3%", LQ_MEASURE_FRACTION, -0.03, LQ_FAULT_NONE},
    {"25bp", LQ_MEASURE_FRACTION, 0.0025, LQ_FAULT_NONE},
    {"0.4/y", LQ_MEASURE_RATE, 0.4, LQ_FAULT_NONE},
    {"2/y", LQ_MEASURE_RATE, 2.0, LQ_FAULT_NONE},
    {"10%/y", LQ_MEASURE_RATE, 0.1, LQ_FAULT_NONE},
    {"4.4%", LQ_MEASURE_RATE, 0.044, LQ_FAULT_NONE},
    {"10% per year", LQ_MEASURE_RATE, 0.1, LQ_FAULT_NONE},
    {"18mo", LQ_MEASURE_DURATION, 1.5, LQ_FAULT_NONE},
    {"18 months", LQ_MEASURE_DURATION, 1.5, LQ_FAULT_NONE},
    {"4y", LQ_MEASURE_DURATION, 4.0, LQ_FAULT_NONE},
    {"2.5 years", LQ_MEASURE_DURATION, 2.5, LQ_FAULT_NONE},
    {"90d", LQ_MEASURE_DURATION, 90 / 365.25, LQ_FAULT_NONE},
    {"52 weeks", LQ_MEASURE_DURATION, 364 / 365.25, LQ_FAULT_NONE},
    {"0", LQ_MEASURE_DURATION, 0.0, LQ_FAULT_NONE},
    {"1e6", LQ_MEASURE_COUNT, 1e6, LQ_FAULT_NONE},
    {"1.5e3", LQ_MEASURE_COUNT, 1500, LQ_FAULT_NONE},
    {"40_000", LQ_MEASURE_COUNT, 40000, LQ_FAULT_NONE},
    {"8M", LQ_MEASURE_COUNT, 8e6, LQ_FAULT_NONE},
    {"9007199254740992", LQ_MEASURE_COUNT, 0x1p53, LQ_FAULT_NONE},
    {"1.05", LQ_MEASURE_NUMBER, 1.05, LQ_FAULT_NONE},
    {"1e-3", LQ_MEASURE_NUMBER, 1e-3, LQ_FAULT_NONE},
    {"1.5x", LQ_MEASURE_NUMBER, 1.5, LQ_FAULT_NONE},
    {"+2", LQ_MEASURE_NUMBER, 2.0, LQ_FAULT_NONE},
    {"0.1", LQ_MEASURE_NUMBER, 0.1, LQ_FAULT_NONE},
    {"0e999", LQ_MEASURE_NUMBER, 0.0, LQ_FAULT_NONE},
    /* refused */
    {"", LQ_MEASURE_NUMBER, 0, LQ_FAULT_EMPTY},
    {"  ", LQ_MEASURE_NUMBER, 0, LQ_FAULT_EMPTY},
    {"many", LQ_MEASURE_NUMBER, 0, LQ_FAULT_SYNTAX},
    {"1.2.3", LQ_MEASURE_NUMBER, 0, LQ_FAULT_SYNTAX},
    {"1.", LQ_MEASURE_NUMBER, 0, LQ_FAULT_SYNTAX},
    {".", LQ_MEASURE_NUMBER, 0, LQ_FAULT_SYNTAX},
    {"1_", LQ_MEASURE_NUMBER, 0, LQ_FAULT_SYNTAX},
    {"1__0", LQ_MEASURE_NUMBER, 0, LQ_FAULT_SYNTAX},
    {"_1", LQ_MEASURE_NUMBER, 0, LQ_FAULT_SYNTAX},
    {"0x10", LQ_MEASURE_NUMBER, 0, LQ_FAULT_SYNTAX},
    {"$", LQ_MEASURE_MONEY, 0, LQ_FAULT_SYNTAX},
    {"$$5", LQ_MEASURE_MONEY, 0, LQ_FAULT_SYNTAX},
    {"$5 EUR", LQ_MEASURE_MONEY, 0, LQ_FAULT_SYNTAX},
    {"--5", LQ_MEASURE_NUMBER, 0, LQ_FAULT_SYNTAX},
    {"5K5", LQ_MEASURE_MONEY, 0, LQ_FAULT_SYNTAX},
    {"5%%", LQ_MEASURE_FRACTION, 0, LQ_FAULT_SYNTAX},
    {"$5/week", LQ_MEASURE_MONEY_RATE, 0, LQ_FAULT_SYNTAX},
    {"nan", LQ_MEASURE_NUMBER, 0, LQ_FAULT_NAN},
    {".NaN", LQ_MEASURE_NUMBER, 0, LQ_FAULT_NAN},
    {"inf", LQ_MEASURE_MONEY, 0, LQ_FAULT_NAN},
    {"-.inf", LQ_MEASURE_RATE, 0, LQ_FAULT_NAN},
    {"$Infinity", LQ_MEASURE_MONEY, 0, LQ_FAULT_NAN},
    {"1e308", LQ_MEASURE_NUMBER, 0, LQ_FAULT_HUGE},
    {"1e999999999", LQ_MEASURE_NUMBER, 0, LQ_FAULT_HUGE},
    {"1e-999999999", LQ_MEASURE_NUMBER, 0, LQ_FAULT_HUGE},
    {"$2e18", LQ_MEASURE_MONEY, 0, LQ_FAULT_HUGE},
    {"1e16", LQ_MEASURE_COUNT, 0, LQ_FAULT_HUGE},
    {"12345678901234567890123456789012345678901", LQ_MEASURE_NUMBER, 0, LQ_FAULT_HUGE},
    {"35", LQ_MEASURE_FRACTION, 0, LQ_FAULT_BARE_PERCENT},
    {"1.5", LQ_MEASURE_FRACTION, 0, LQ_FAULT_BARE_PERCENT},
    {"-2", LQ_MEASURE_FRACTION, 0, LQ_FAULT_BARE_PERCENT},
    {"35", LQ_MEASURE_RATE, 0, LQ_FAULT_BARE_RATE},
    {"4", LQ_MEASURE_DURATION, 0, LQ_FAULT_BARE_DURATION},
    {"4%", LQ_MEASURE_DURATION, 0, LQ_FAULT_UNIT},
    {"$4", LQ_MEASURE_DURATION, 0, LQ_FAULT_UNIT},
    {"4y", LQ_MEASURE_MONEY, 0, LQ_FAULT_UNIT},
    {"35%", LQ_MEASURE_MONEY, 0, LQ_FAULT_UNIT},
    {"$5/y", LQ_MEASURE_MONEY, 0, LQ_FAULT_PER},
    {"$35", LQ_MEASURE_FRACTION, 0, LQ_FAULT_UNIT},
    {"35K", LQ_MEASURE_FRACTION, 0, LQ_FAULT_UNIT},
    {"35%/y", LQ_MEASURE_FRACTION, 0, LQ_FAULT_PER},
    {"35%", LQ_MEASURE_NUMBER, 0, LQ_FAULT_UNIT},
    {"35mo", LQ_MEASURE_COUNT, 0, LQ_FAULT_UNIT},
    {"1%/mo", LQ_MEASURE_RATE, 0, LQ_FAULT_PER_MONTH},
    {"1.5", LQ_MEASURE_COUNT, 0, LQ_FAULT_WHOLE},
    {"4.5m", LQ_MEASURE_MONEY, 0, LQ_FAULT_LETTER_M},
    {"12m", LQ_MEASURE_DURATION, 0, LQ_FAULT_LETTER_M},
    {"4,5%", LQ_MEASURE_FRACTION, 0, LQ_FAULT_COMMA},
    {"1,23,456", LQ_MEASURE_MONEY, 0, LQ_FAULT_COMMA},
    {"1234,567", LQ_MEASURE_MONEY, 0, LQ_FAULT_COMMA},
    {",5", LQ_MEASURE_MONEY, 0, LQ_FAULT_SYNTAX},
};

static void figures_are_read_as_written(void **state)
{
    const struct quantity_case *c = *state;
    lq_quantity q;
    double x = -77.0;
    lq_fault fault = lq_quantity_parse(c->text, strlen(c->text), &q);
    if (!fault) fault = lq_quantity_convert(&q, c->measure, &x);
    assert_int_equal(fault, c->fault);
    assert_true(x == (fault ? -77.0 : c->want)); /* correctly rounded; untouched on failure */
}

static void currencies_are_kept(void **state)
{
    (void)state;
    static const char *const texts[][2] = {{"$5", "USD"},
                                           {"US$5", "USD"},
                                           {"EUR 5", "EUR"},
                                           {"5 CHF", "CHF"},
                                           {"\xC2\xA3"
                                            "5",
                                            "GBP"},
                                           {"5", ""}};
    for (size_t i = 0; i < LQ_COUNT(texts); i++) {
        lq_quantity q;
        assert_int_equal(lq_quantity_parse(texts[i][0], strlen(texts[i][0]), &q),
                         LQ_FAULT_NONE);
        assert_string_equal(q.currency, texts[i][1]);
    }
}

int main(void)
{
    struct CMUnitTest tests[LQ_COUNT(cases) + 1] = {cmocka_unit_test(currencies_are_kept)};
    static char names[LQ_COUNT(cases)][96];
    for (size_t i = 0; i < LQ_COUNT(cases); i++) {
        snprintf(names[i], sizeof names[i], "%s as %s", cases[i].text,
                 lq_measure_example(cases[i].measure));
        tests[i + 1] = (struct CMUnitTest){.name = names[i],
                                           .test_func = figures_are_read_as_written,
                                           .initial_state = (void *)(uintptr_t)&cases[i]};
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
