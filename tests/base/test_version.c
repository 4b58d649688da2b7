#include "lq_test.h"

#include "liquidus/version.h"

#include <ctype.h>
#include <string.h>

static void the_version_is_three_numbers(void **state)
{
    (void)state;
    int major, minor, patch, end = 0;
    assert_int_equal(sscanf(lq_version(), "%d.%d.%d%n", &major, &minor, &patch, &end), 3);
    assert_int_equal(lq_version()[end], '\0');
}

static void the_revision_is_twelve_hex_digits_or_unknown(void **state)
{
    (void)state;
    const char *revision = lq_revision();
    assert_non_null(revision);
    const size_t n_hex = strspn(revision, "0123456789abcdef");
    assert_true(n_hex == 0 || n_hex >= 12);
    assert_true(revision[n_hex] == '\0' || strcmp(revision + n_hex, "-dirty") == 0);
}

static void the_compiler_has_a_name_and_a_number(void **state)
{
    (void)state;
    const char *space = strchr(lq_compiler(), ' ');
    assert_non_null(space);
    assert_true(space > lq_compiler());
    assert_true(isdigit((unsigned char)space[1]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_version_is_three_numbers),
        cmocka_unit_test(the_revision_is_twelve_hex_digits_or_unknown),
        cmocka_unit_test(the_compiler_has_a_name_and_a_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
