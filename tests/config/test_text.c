#include "lq_test.h"

#include "config/text.h"

#include <string.h>

static void well_formed_sequences_are_decoded(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t code_point;
        size_t len;
        int width;
    } cases[] = {{"A", 'A', 1, 1},
                 {"\xC3\xA9", 0xE9, 2, 1},
                 {"\xE2\x82\xAC", 0x20AC, 3, 1},
                 {"\xE6\xBC\xA2", 0x6F22, 3, 2},
                 {"\xCC\x81", 0x301, 2, 0},
                 {"\xF0\x9F\x98\x80", 0x1F600, 4, 2}};
    for (size_t i = 0; i < LQ_COUNT(cases); i++) {
        uint32_t c = 0;
        assert_int_equal(lq_utf8_decode(cases[i].text, strlen(cases[i].text), &c),
                         cases[i].len);
        assert_int_equal(c, cases[i].code_point);
        assert_int_equal(lq_utf8_width(c), cases[i].width);
    }
}

static void malformed_sequences_are_refused(void **state)
{
    (void)state;
    static const char *const cases[] = {"\x80",
                                        "\xC0\x80",
                                        "\xC1\xBF",
                                        "\xC3",
                                        "\xC3(",
                                        "\xE0\x80\x80",
                                        "\xED\xA0\x80",
                                        "\xE2\x82",
                                        "\xF0\x80\x80\x80",
                                        "\xF4\x90\x80\x80",
                                        "\xF5\x80\x80\x80",
                                        "\xFF"};
    for (size_t i = 0; i < LQ_COUNT(cases); i++) {
        uint32_t c = 0;
        assert_int_equal(lq_utf8_decode(cases[i], strlen(cases[i]), &c), 0);
    }
    uint32_t c = 0;
    assert_int_equal(lq_utf8_decode("", 0, &c), 0);
}

static void a_copy_cannot_steer_the_terminal(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t max;
        const char *want;
    } cases[] = {
        {"plain\ttext", 100, "plain\ttext"},
        {"\x1b[31mred", 100, "?[31mred"},
        {"a\nb\rc", 100, "a?b?c"},
        {"\xC2\x9B"
         "2J",
         100, "?2J"},
        {"a\xE2\x80\xAE"
         "b",
         100, "a?b"},
        {"bad \xFF byte", 100, "bad ? byte"},
        {"caf\xC3\xA9", 100, "caf\xC3\xA9"},
        {"abcdef", 4, "abcd..."},
        {"abc\xE2\x82\xAC"
         "def",
         4, "abc..."},
        {"abcd", 4, "abcd"},
    };
    lq_arena *arena = lq_arena_create();
    for (size_t i = 0; i < LQ_COUNT(cases); i++)
        assert_string_equal(lq_text_printable(arena, cases[i].text, cases[i].max),
                            cases[i].want);
    assert_null(lq_text_printable(arena, NULL, 10));
    lq_arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(well_formed_sequences_are_decoded),
        cmocka_unit_test(malformed_sequences_are_refused),
        cmocka_unit_test(a_copy_cannot_steer_the_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
