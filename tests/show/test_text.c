#include "lq_test.h"

#include "printed.h"

static void names_are_shortened_from_the_left(void **state)
{
    static const struct {
        const char *name;
        size_t columns;
        const char *text;
    } cases[] = {
        {"google-l6", 18, "google-l6"},
        {"hugging-face-sf mid-band", 18, "h-face-sf mid-band"},
        {"hugging-face-sf ask", 18, "h-face-sf ask"},
        {"averyveryverylongname", 9, "a"},
        {"a-b-c-d-e-f-g-h-i-j", 9, "a-b-..i-j"},
        {"abcdefgh", 3, "a"},
        {"\xc3\xa9t\xc3\xa9-ask", 5, "\xc3\xa9-ask"},
        {"a\033[2Jb\x7f", 18, "a?[2Jb?"},
        {"a\xe2\x80\xae"
         "b\xc2\x9b"
         "c",
         18, "a?b?c"},
    };
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(cases); i++) {
        char text[64];
        lq_text_shorten(cases[i].name, cases[i].columns, text, sizeof text);
        assert_string_equal(text, cases[i].text);
        assert_true(lq_text_columns(text) <= cases[i].columns);
    }
}

static void a_copy_that_does_not_fit_ends_between_characters(void **state)
{
    char text[4];
    (void)state;
    assert_string_equal(lq_text_clean("ab\xc3\xa9", text, sizeof text), "ab");
    assert_string_equal(lq_text_clean("a\xc3\xa9", text, sizeof text), "a\xc3\xa9");
    assert_string_equal(lq_text_clean("", text, sizeof text), "");
}

static void paragraphs_are_folded_and_lose_no_word(void **state)
{
    char *text = NULL, word[400];
    size_t len = 0;
    (void)state;
    FILE *out = open_memstream(&text, &len);
    lq_wrap wrap = lq_wrap_begin(out, 2, 4);
    for (int i = 0; i < 60; i++)
        lq_wrap_printf(&wrap, "word%d of", i);
    lq_wrap_words(&wrap, ", closed up");
    memset(word, 'x', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    lq_wrap_words(&wrap, word);
    lq_wrap_end(&wrap);
    fclose(out);
    assert_true(widest_line(text) <= LQ_SCREEN_COLUMNS);
    assert_non_null(strstr(text, "word59 of, closed up"));
    size_t n = 0;
    for (const char *at = text; *at; at++)
        n += *at == 'x';
    assert_int_equal(n, sizeof word - 1);
    assert_int_equal(strncmp(text, "  word0", 7), 0);
    assert_non_null(strstr(text, "\n    word"));
    free(text);
}

static void a_path_that_begins_with_dots_is_a_word(void **state)
{
    char *text = NULL;
    size_t len = 0;
    (void)state;
    FILE *out = open_memstream(&text, &len);
    lq_wrap wrap = lq_wrap_begin(out, 0, 2);
    lq_wrap_words(&wrap, "All");
    lq_wrap_printf(&wrap, ": liquidus check %s", "../liquidus/configs/offers.yaml");
    lq_wrap_printf(&wrap, "%s", "./b.yaml");
    lq_wrap_words(&wrap, ").");
    lq_wrap_end(&wrap);
    fclose(out);
    assert_string_equal(text,
                        "All: liquidus check ../liquidus/configs/offers.yaml ./b.yaml).\n");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_shortened_from_the_left),
        cmocka_unit_test(a_copy_that_does_not_fit_ends_between_characters),
        cmocka_unit_test(paragraphs_are_folded_and_lose_no_word),
        cmocka_unit_test(a_path_that_begins_with_dots_is_a_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
