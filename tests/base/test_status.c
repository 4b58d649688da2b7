#include "lq_test.h"

#include <string.h>

static void every_status_has_a_name(void **state)
{
    (void)state;
    for (int s = 0; s < LQ_STATUS_COUNT; s++) {
        assert_non_null(lq_status_name((lq_status)s));
        assert_memory_equal(lq_status_name((lq_status)s), "LQ_", 3);
    }
    assert_string_equal(lq_status_name(LQ_STATUS_COUNT), "LQ_?");
}

static void exit_codes_are_those_of_the_manual(void **state)
{
    (void)state;
    static const int want[LQ_STATUS_COUNT] = {
        [LQ_OK] = 0,     [LQ_ENOMEM] = 3,         [LQ_EIO] = 3,
        [LQ_EPARSE] = 2, [LQ_ECONFIG] = 2,        [LQ_ENUMERIC] = 3,
        [LQ_ECHECK] = 4, [LQ_EINTERRUPTED] = 130, [LQ_EMACHINE] = 3,
    };
    for (int s = 0; s < LQ_STATUS_COUNT; s++)
        assert_int_equal(lq_status_exit_code((lq_status)s), want[s]);
    assert_int_equal(lq_status_exit_code(LQ_STATUS_COUNT), 3);
}

static const struct {
    lq_error_info info;
    const char *text;
} messages[] = {
    {{LQ_ECONFIG, "a.yaml", 3, 7, "person.wealth", "money in USD", "many", 0, NULL},
     "a.yaml:3:7: person.wealth: expected money in USD, got many\n"},
    {{LQ_EIO, "x.h5", 0, 0, NULL, "a writable file", NULL, 0, NULL},
     "x.h5: expected a writable file\n"},
    {{LQ_ENOMEM, NULL, 0, 0, NULL, "memory", NULL, 0, NULL}, "expected memory\n"},
    {{LQ_ENUMERIC, NULL, 0, 0, "total", NULL, "inf", 8123, NULL},
     "total: got inf on path 8123\n"},
    {{LQ_ENOMEM, NULL, 0, 0, "plan", NULL, NULL, 0, NULL}, "plan: out of memory\n"},
};

static void print_reads_like_a_compiler_message(void **state)
{
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(messages); i++) {
        lq_error err;
        assert_int_equal(lq_error_set(&err, &messages[i].info), messages[i].info.status);
        char text[300] = {0};
        FILE *f = fmemopen(text, sizeof text, "w");
        lq_error_print(&err, f);
        fclose(f);
        assert_string_equal(text, messages[i].text);
    }
}

static void the_error_is_a_copy_and_may_be_absent(void **state)
{
    (void)state;
    char key[300];
    memset(key, 'k', sizeof key - 1);
    key[sizeof key - 1] = '\0';
    lq_error err;
    assert_int_equal(LQ_FAIL(&err, LQ_EPARSE, .key = key), LQ_EPARSE);
    assert_int_equal(LQ_FAIL(NULL, LQ_ENOMEM, .key = key), LQ_ENOMEM);
    key[0] = 'X';
    assert_int_equal(err.key[0], 'k');
    assert_int_equal(strlen(err.key), sizeof err.key - 1); /* cut, and terminated */
    assert_non_null(strstr(err.raised_at, "test_status.c:"));
}

static lq_status tries(lq_status inner, int *after)
{
    LQ_TRY(inner);
    *after = 1;
    return LQ_OK;
}

static void try_goes_on_only_when_all_is_well(void **state)
{
    (void)state;
    int after = 0;
    assert_int_equal(tries(LQ_EIO, &after), LQ_EIO);
    assert_int_equal(after, 0);
    assert_int_equal(tries(LQ_OK, &after), LQ_OK);
    assert_int_equal(after, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_status_has_a_name),
        cmocka_unit_test(exit_codes_are_those_of_the_manual),
        cmocka_unit_test(print_reads_like_a_compiler_message),
        cmocka_unit_test(the_error_is_a_copy_and_may_be_absent),
        cmocka_unit_test(try_goes_on_only_when_all_is_well),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
