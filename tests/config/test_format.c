#include "config_test.h"

#include "config/quantity.h"

#include <math.h>

static void decimals_have_as_few_digits_as_they_need(void **state)
{
    (void)state;
    static const struct {
        double x;
        int shift, max_digits;
        const char *want;
    } cases[] = {
        {0, 0, 17, "0"},
        {0.35, 2, 17, "35"},
        {0.125, 2, 17, "12.5"},
        {285000, -3, 17, "285"},
        {1234567, -6, 17, "1.234567"},
        {-0.03, 2, 17, "-3"},
        {0.001, 0, 17, "0.001"},
        {1e-9, 0, 17, "1e-9"},
        {1.5e-9, 0, 17, "1.5e-9"},
        {1e15, 0, 17, "1e15"},
        {1e22, 0, 17, "1e22"},
        {0.1 + 0.2, 0, 15, "0.3"},
        {0.1 + 0.2, 0, 17, "0.30000000000000004"},
        {INFINITY, 0, 17, "inf"},
        {-INFINITY, 0, 17, "-inf"},
        {0.05, 2, 17, "5"},
    };
    for (size_t i = 0; i < LQ_COUNT(cases); i++) {
        char text[64];
        assert_string_equal(lq_decimal_format(cases[i].x, cases[i].shift, cases[i].max_digits,
                                              text, sizeof text),
                            cases[i].want);
    }
}

static void values_are_written_as_people_do(void **state)
{
    (void)state;
    static const struct {
        const char *in;
        lq_measure measure;
        const char *out;
    } cases[] = {
        {"$300K", LQ_MEASURE_MONEY, "$300K"},
        {"EUR209K", LQ_MEASURE_MONEY, "EUR 209K"},
        {"4.5bn", LQ_MEASURE_MONEY, "4.5bn"},
        {"$1.25M", LQ_MEASURE_MONEY, "$1.25M"},
        {"$2.5", LQ_MEASURE_MONEY, "$2.5"},
        {"-$5K", LQ_MEASURE_MONEY, "-$5K"},
        {"$140K/yr", LQ_MEASURE_MONEY_RATE, "$140K/y"},
        {"0.35", LQ_MEASURE_FRACTION, "35 %"},
        {"0.4/y", LQ_MEASURE_RATE, "40 %/y"},
        {"18mo", LQ_MEASURE_DURATION, "18 mo"},
        {"48mo", LQ_MEASURE_DURATION, "4 y"},
        {"1e6", LQ_MEASURE_COUNT, "1e6"},
        {"1_200_000", LQ_MEASURE_COUNT, "1200000"},
        {"100K", LQ_MEASURE_COUNT, "100000"},
        {"1.05", LQ_MEASURE_NUMBER, "1.05"},
        {"20% to 50%", LQ_MEASURE_FRACTION, "20 % to 50 %"},
        {"{uncertain: 5% to 25%}", LQ_MEASURE_FRACTION, "{uncertain: 5 % to 25 %}"},
        {"{triangular: [0, 90%, 120%]}", LQ_MEASURE_FRACTION,
         "{triangular: [0 %, 90 %, 120 %]}"},
        {"{normal: {mean: 5%, sd: 1%}}", LQ_MEASURE_FRACTION, "{normal: {mean: 5 %, sd: 1 %}}"},
        {"{pert: [$1K, $2K, $4K]}", LQ_MEASURE_MONEY, "{pert: [$1K, $2K, $4K]}"},
        {"{lognormal: {mean: 3, sd: 4}}", LQ_MEASURE_NUMBER, "{lognormal: {mean: 3, sd: 4}}"},
        {"{discrete: {100%: 0.7, 0%: 0.3}}", LQ_MEASURE_FRACTION,
         "{discrete: {0 %: 30 %, 100 %: 70 %}}"},
    };
    for (size_t i = 0; i < LQ_COUNT(cases); i++) {
        lq_value v;
        char text[256];
        assert_null(lq_value_parse(cases[i].in, cases[i].measure, &v));
        assert_string_equal(lq_value_format(&v, cases[i].measure, text, sizeof text),
                            cases[i].out);
    }
    char text[32];
    assert_string_equal(lq_value_format(&(lq_value){0}, LQ_MEASURE_MONEY, text, sizeof text),
                        "not given");
}

/* Law: what is written is read back to the last bit. */
static void what_is_written_is_read_back(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (int trial = 0; trial < 4000; trial++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        const double mantissa = (double)(seed >> 11) * 0x1p-53;
        const lq_measure measure = (lq_measure)(trial % 7);
        const int power = (int)((seed >> 3) % 20) - 6;
        double x = mantissa * pow(10.0, power);
        if (measure == LQ_MEASURE_COUNT) x = floor(x);
        if (measure == LQ_MEASURE_DURATION && trial % 2) x = (double)(seed >> 57) / 12.0;
        const lq_value v = lq_value_constant(x);
        lq_value back;
        char text[96];
        lq_value_format(&v, measure, text, sizeof text);
        const char *reason = lq_value_parse(text, measure, &back);
        if (reason || back.p[0] != x)
            print_error("%.17g -> %s (%s)\n", x, text, reason ? reason : "");
        assert_null(reason);
        assert_true(back.p[0] == x);
    }
}

static void a_small_buffer_is_not_overrun(void **state)
{
    (void)state;
    lq_value v;
    assert_null(lq_value_parse("{triangular: [0, 90%, 120%]}", LQ_MEASURE_FRACTION, &v));
    for (size_t cap = 0; cap < 40; cap++) {
        char text[48];
        memset(text, '#', sizeof text);
        lq_value_format(&v, LQ_MEASURE_FRACTION, text, cap);
        if (cap) assert_true(strlen(text) < cap);
        assert_int_equal(text[cap], '#');
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decimals_have_as_few_digits_as_they_need),
        cmocka_unit_test(values_are_written_as_people_do),
        cmocka_unit_test(what_is_written_is_read_back),
        cmocka_unit_test(a_small_buffer_is_not_overrun),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
