#include "lq_test.h"

#include "decide/words.h"

#include <math.h>

static void money_is_said_in_three_digits(void **state)
{
    (void)state;
    static const struct {
        double money;
        const char *currency, *text;
    } rows[] = {{134113.0, "USD", "$134K"},
                {1076213.0, "USD", "$1.08M"},
                {209000.0, "EUR", "EUR 209K"},
                {-5210.0, "USD", "-$5.21K"},
                {0.0, "USD", "$0"},
                {-0.2, "USD", "$0"},
                {999.4, "USD", "$999"},
                {999.6, "USD", "$1K"},
                {999600.0, "USD", "$1M"},
                {18.3e6, "USD", "$18.3M"},
                {4.5e9, "USD", "$4.5bn"},
                {100000.0, "USD", "$100K"},
                {2e12, "USD", "$2tn"},
                {1e17, "USD", "$100000tn"},
                {(double)NAN, "USD", "-"},
                {-(double)INFINITY, "USD", "-"}};
    char out[LQ_WORD_CHARS];
    for (size_t i = 0; i < LQ_COUNT(rows); i++)
        assert_string_equal(lq_words_money(rows[i].money, rows[i].currency, out), rows[i].text);
}

static void fractions_are_said_in_percent(void **state)
{
    (void)state;
    static const struct {
        double fraction;
        const char *text;
    } rows[] = {{0.39, "39 %"}, {0.025, "2.5 %"}, {0.004, "0.4 %"},
                {0.0, "0 %"},   {-0.2, "-20 %"},  {0.1234, "12 %"},
                {1.0, "100 %"}, {0.0999, "10 %"}, {(double)NAN, "-"}};
    char out[LQ_WORD_CHARS];
    for (size_t i = 0; i < LQ_COUNT(rows); i++)
        assert_string_equal(lq_words_percent(rows[i].fraction, out), rows[i].text);
}

static void upper_case_is_cut_at_its_room(void **state)
{
    (void)state;
    char out[6];
    assert_string_equal(lq_words_upper("hf ask", out, sizeof out), "HF AS");
    assert_string_equal(lq_words_upper("", out, sizeof out), "");
    assert_string_equal(lq_words_upper("a-1", out, sizeof out), "A-1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(money_is_said_in_three_digits),
                                       cmocka_unit_test(fractions_are_said_in_percent),
                                       cmocka_unit_test(upper_case_is_cut_at_its_room)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
