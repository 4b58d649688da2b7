#include "config_test.h"

#include "config/quantity.h"

static const struct scan_case {
    const char *text;
    lq_measure measure;
    double low, high;
    lq_fault fault;
    const char *currency;
} cases[] = {
    {"$245K\xE2\x80\x93$305K", LQ_MEASURE_MONEY, 245e3, 305e3, LQ_FAULT_NONE, "USD"},
    {"$245K\xE2\x80\x94"
     "305K",
     LQ_MEASURE_MONEY, 245e3, 305e3, LQ_FAULT_NONE, "USD"},
    {"$245K-$305K", LQ_MEASURE_MONEY, 245e3, 305e3, LQ_FAULT_NONE, "USD"},
    {"$245K - 305K", LQ_MEASURE_MONEY, 245e3, 305e3, LQ_FAULT_NONE, "USD"},
    {"$245-305K", LQ_MEASURE_MONEY, 245e3, 305e3, LQ_FAULT_NONE, "USD"},
    {"EUR 209K to 260K", LQ_MEASURE_MONEY, 209e3, 260e3, LQ_FAULT_NONE, "EUR"},
    {"209K to EUR 260K", LQ_MEASURE_MONEY, 209e3, 260e3, LQ_FAULT_NONE, "EUR"},
    {"20% to 50%", LQ_MEASURE_FRACTION, 0.2, 0.5, LQ_FAULT_NONE, ""},
    {"10-15%", LQ_MEASURE_FRACTION, 0.1, 0.15, LQ_FAULT_NONE, ""},
    {"-10% to 5%", LQ_MEASURE_FRACTION, -0.1, 0.05, LQ_FAULT_NONE, ""},
    {"-10%--5%", LQ_MEASURE_FRACTION, -0.1, -0.05, LQ_FAULT_NONE, ""},
    {"\xE2\x88\x92"
     "10% to 5%",
     LQ_MEASURE_FRACTION, -0.1, 0.05, LQ_FAULT_NONE, ""},
    {"0 to 0.5", LQ_MEASURE_FRACTION, 0, 0.5, LQ_FAULT_NONE, ""},
    {"5% to 25%/y", LQ_MEASURE_RATE, 0.05, 0.25, LQ_FAULT_NONE, ""},
    {"2-9mo", LQ_MEASURE_DURATION, 2 / 12.0, 9 / 12.0, LQ_FAULT_NONE, ""},
    {"6mo to 2y", LQ_MEASURE_DURATION, 0.5, 2, LQ_FAULT_NONE, ""},
    {"1e-3 to 2e-3", LQ_MEASURE_NUMBER, 1e-3, 2e-3, LQ_FAULT_NONE, ""},
    {"1e-3-2e-3", LQ_MEASURE_NUMBER, 1e-3, 2e-3, LQ_FAULT_NONE, ""},
    {"1e-3", LQ_MEASURE_NUMBER, 1e-3, 1e-3, LQ_FAULT_NONE, ""},
    {"5% to 5%", LQ_MEASURE_FRACTION, 0.05, 0.05, LQ_FAULT_NONE, ""},
    {"$\xC2\xA0"
     "5K",
     LQ_MEASURE_MONEY, 5e3, 5e3, LQ_FAULT_NONE, "USD"},
    {"50% to 20%", LQ_MEASURE_FRACTION, 0, 0, LQ_FAULT_ORDER, ""},
    {"$5 to EUR 6", LQ_MEASURE_MONEY, 0, 0, LQ_FAULT_CURRENCIES, ""},
    {"20% to 50", LQ_MEASURE_FRACTION, 0, 0, LQ_FAULT_BARE_PERCENT, ""},
    {"5 to 6", LQ_MEASURE_DURATION, 0, 0, LQ_FAULT_BARE_DURATION, ""},
    {"5% to", LQ_MEASURE_FRACTION, 0, 0, LQ_FAULT_SYNTAX, ""},
    {"5% to 6% to 7%", LQ_MEASURE_FRACTION, 0, 0, LQ_FAULT_SYNTAX, ""},
    {"1-2-3", LQ_MEASURE_NUMBER, 0, 0, LQ_FAULT_SYNTAX, ""},
    {"2027-01-01", LQ_MEASURE_NUMBER, 0, 0, LQ_FAULT_SYNTAX, ""},
    {"-", LQ_MEASURE_NUMBER, 0, 0, LQ_FAULT_SYNTAX, ""},
    {"\xE2\x80\x93", LQ_MEASURE_NUMBER, 0, 0, LQ_FAULT_SYNTAX, ""},
    {"1~2", LQ_MEASURE_NUMBER, 0, 0, LQ_FAULT_SYNTAX, ""},
    {"", LQ_MEASURE_NUMBER, 0, 0, LQ_FAULT_EMPTY, ""},
};

static void figures_and_ranges_are_told_apart(void **state)
{
    const struct scan_case *c = *state;
    lq_value v = {.p = {-7, -7}};
    assert_int_equal(lq_value_scan(c->text, c->measure, &v), c->fault);
    if (c->fault) {
        assert_near(v.p[0], -7, 0);
        return;
    }
    double low, high;
    lq_value_range(&v, &low, &high);
    assert_near(low, c->low, 1e-15);
    assert_near(high, c->high, 1e-15);
    assert_int_equal(v.dist, c->low < c->high ? LQ_DIST_UNIFORM : LQ_DIST_CONSTANT);
    assert_string_equal(v.currency, c->currency);
}

static void a_text_without_end_is_no_figure(void **state)
{
    (void)state;
    char text[100001];
    memset(text, '-', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    lq_value v;
    assert_int_equal(lq_value_scan(text, LQ_MEASURE_NUMBER, &v), LQ_FAULT_SYNTAX);
}

static void every_fault_and_measure_has_its_words(void **state)
{
    (void)state;
    for (int f = LQ_FAULT_EMPTY; f < LQ_FAULT_COUNT; f++)
        assert_true(f == LQ_FAULT_SYNTAX || lq_fault_reason((lq_fault)f));
    for (int m = LQ_MEASURE_NUMBER; m <= LQ_MEASURE_MONEY_RATE; m++)
        assert_non_null(lq_measure_example((lq_measure)m));
}

int main(void)
{
    struct CMUnitTest tests[LQ_COUNT(cases) + 2] = {
        cmocka_unit_test(a_text_without_end_is_no_figure),
        cmocka_unit_test(every_fault_and_measure_has_its_words),
    };
    for (size_t i = 0; i < LQ_COUNT(cases); i++)
        tests[i + 2] =
            (struct CMUnitTest){.name = cases[i].text[0] ? cases[i].text : "(nothing)",
                                .test_func = figures_and_ranges_are_told_apart,
                                .initial_state = (void *)(uintptr_t)&cases[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
