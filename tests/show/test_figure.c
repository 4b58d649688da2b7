#include "lq_test.h"

#include "show/figure.h"

#include <math.h>
#include <string.h>

static void money_in_a_table_has_one_scale(void **state)
{
    static const struct {
        double largest, money;
        const char *text, *suffix;
    } cases[] = {
        {1.2e6, 1076213.0, "1,076", "K"}, {1.2e6, -400.0, "0", "K"},
        {1.2e6, -1500.0, "-2", "K"},      {1.2e6, (double)NAN, "-", "K"},
        {55e3, 1234.0, "1.2", "K"},       {250e6, 123456789.0, "123.5", "M"},
        {900.0, 12.3, "12", ""},          {5e9, 1234567e6, "1,234,567.0", "M"},
        {40.0, 12.345, "12.35", ""},      {-2e6, -2e6, "-2,000", "K"},
    };
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(cases); i++) {
        char text[LQ_FIGURE_CHARS];
        const lq_scale_of_money scale = lq_scale_choose(cases[i].largest);
        assert_string_equal(lq_figure_scaled(cases[i].money, scale, text), cases[i].text);
        assert_string_equal(scale.suffix, cases[i].suffix);
    }
}

static void errors_are_never_shown_as_nothing(void **state)
{
    char text[LQ_FIGURE_CHARS];
    const lq_scale_of_money scale = lq_scale_choose(1e6);
    (void)state;
    assert_string_equal(lq_figure_error(412.0, scale, text), "0.4");
    assert_string_equal(lq_figure_error(12.0, scale, text), "<0.1");
    assert_string_equal(lq_figure_error(0.0, scale, text), "0.0");
    assert_string_equal(lq_figure_error((double)NAN, scale, text), "-");
}

static void money_in_words_has_three_digits(void **state)
{
    static const struct {
        double money;
        const char *currency, *text;
    } cases[] = {
        {1076213.0, "USD", "$1,076K"}, {300e3, "USD", "$300K"},     {12500.0, "USD", "$12.5K"},
        {209e3, "EUR", "EUR 209K"},    {-5230.0, "USD", "-$5.23K"}, {0.0, "USD", "$0"},
        {-0.2, "USD", "$0"},           {13.9e6, "USD", "$13.9M"},   {999.4, "USD", "$999"},
        {999.6, "USD", "$1K"},         {(double)NAN, "USD", "-"},   {4.5e9, "", "4.5bn"},
        {1.1e9, "USD", "$1.1bn"},
    };
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(cases); i++) {
        char text[LQ_FIGURE_CHARS];
        assert_string_equal(lq_figure_money(cases[i].money, cases[i].currency, text),
                            cases[i].text);
    }
}

static void figures_of_a_list_have_one_unit(void **state)
{
    static const struct {
        double largest, money;
        const char *currency, *text;
    } cases[] = {
        {100e6, 5155.25e3, "USD", "$5.155M"},
        {100e6, 100e6, "USD", "$100M"},
        {100e6, 0.0, "USD", "$0"},
        {3e9, 1535.4e6, "EUR", "EUR 1,535M"},
        {3e9, 20e3, "EUR", "EUR 0.02M"},
        {30e6, 5e6, "", "5M"},
        {800e3, 72727.0, "", "72.73K"},
        {800e3, -12500.0, "USD", "-$12.5K"},
        {900.0, 12.0, "USD", "$12"},
        {1e6, (double)NAN, "USD", "-"},
    };
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(cases); i++) {
        char text[LQ_FIGURE_CHARS];
        lq_figure_listed(cases[i].money, lq_scale_of_list(cases[i].largest), cases[i].currency,
                         text);
        assert_string_equal(text, cases[i].text);
    }
}

static void years_have_a_plural(void **state)
{
    char text[LQ_FIGURE_CHARS];
    (void)state;
    assert_string_equal(lq_figure_years(1.0, text), "1 year");
    assert_string_equal(lq_figure_years(4.6249, text), "4.62 years");
    assert_string_equal(lq_figure_years(0.5, text), "0.5 years");
}

static void shares_are_percent(void **state)
{
    char text[LQ_FIGURE_CHARS];
    (void)state;
    assert_string_equal(lq_figure_percent(0.4249, 0, text), "42 %");
    assert_string_equal(lq_figure_percent(0.481, 1, text), "48.1 %");
    assert_string_equal(lq_figure_percent(0.001, 0, text), "<1 %");
    assert_string_equal(lq_figure_percent(0.0002, 1, text), "<0.1 %");
    assert_string_equal(lq_figure_percent(0.0, 1, text), "0.0 %");
    assert_string_equal(lq_figure_percent((double)NAN, 1, text), "-");
    assert_string_equal(lq_figure_count(1e6, text), "1,000,000");
    assert_string_equal(lq_figure_count(123.0, text), "123");
    assert_string_equal(lq_figure_count((double)INFINITY, text), "huge");
}

static void prices_of_shares_keep_cents_or_three_digits(void **state)
{
    static const struct {
        double price;
        const char *text;
    } cases[] = {{0.0, "0.00"},     {2.5, "2.50"},      {1234.567, "1,234.57"},
                 {0.1, "0.10"},     {0.0614, "0.0614"}, {0.00012345, "0.000123"},
                 {-3.333, "-3.33"}, {(double)NAN, "-"}};
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(cases); i++) {
        char text[LQ_FIGURE_CHARS];
        assert_string_equal(lq_figure_price(cases[i].price, text), cases[i].text);
    }
}

/* A small generator, for random terms. */
static double next(uint64_t *x)
{
    *x = *x * 6364136223846793005u + 1442695040888963407u;
    return (double)(*x >> 11) / 9007199254740992.0 - 0.5;
}

/* Law: what is printed adds up, and no term moves by a whole step. */
static void rounded_terms_add_up_to_the_rounded_sum(void **state)
{
    uint64_t seed = 7;
    (void)state;
    for (int trial = 0; trial < 20000; trial++) {
        const size_t n = 1 + (size_t)trial % 7;
        double terms[7], steps[7], sum = 0.0, total = 0.0;
        for (size_t i = 0; i < n; i++) {
            terms[i] = next(&seed) < -0.3 ? 0.0 : 1e6 * next(&seed);
            sum += terms[i];
        }
        assert_true(lq_round_to_sum(terms, n, sum, 1e3, steps));
        for (size_t i = 0; i < n; i++) {
            total += steps[i];
            assert_true(fabs(steps[i] - terms[i] / 1e3) <= 1.0);
            assert_true(terms[i] != 0.0 || steps[i] == 0.0);
        }
        assert_near(total, round(sum / 1e3), 0.0);
    }
}

static void terms_that_do_not_add_up_are_told(void **state)
{
    static const double terms[] = {100.0, 200.0};
    double steps[2];
    (void)state;
    assert_false(lq_round_to_sum(terms, 2, 310.0, 1.0, steps));
    assert_false(lq_round_to_sum((const double[]){(double)NAN, 1.0}, 2, 1.0, 1.0, steps));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(money_in_a_table_has_one_scale),
        cmocka_unit_test(errors_are_never_shown_as_nothing),
        cmocka_unit_test(money_in_words_has_three_digits),
        cmocka_unit_test(figures_of_a_list_have_one_unit),
        cmocka_unit_test(years_have_a_plural),
        cmocka_unit_test(shares_are_percent),
        cmocka_unit_test(prices_of_shares_keep_cents_or_three_digits),
        cmocka_unit_test(rounded_terms_add_up_to_the_rounded_sum),
        cmocka_unit_test(terms_that_do_not_add_up_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
