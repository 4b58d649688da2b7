#include "scenario_test.h"

#include <stdlib.h>

static void check_tells_everything_in_order(void **state)
{
    static const char *const parts[] = {"resolved: every default filled in",
                                        "schema: liquidus/1",
                                        "companies:",
                                        "offers:",
                                        "Assumed, not in your file",
                                        "Look at",
                                        "Good to know",
                                        "Discounts, each charged once (on or off, and where)",
                                        "Data packs (sha256)"};
    (void)state;
    lq_scenario *s = must_load_file("staff-hugging-face.yaml");
    char *text = printed(lq_scenario_print, s);
    const char *at = text;
    for (size_t i = 0; i < LQ_COUNT(parts); i++) {
        const char *next = strstr(at, parts[i]);
        if (!next) fail_msg("%s is missing, or out of order", parts[i]);
        at = next;
    }
    free(text);
    lq_scenario_destroy(s);
}

static void prose_stays_within_eighty_columns(void **state)
{
    (void)state;
    lq_scenario *s = must_load_file("staff-hugging-face.yaml");
    char *text = printed(lq_scenario_print, s);
    const char *line = strstr(text, "\nLook at\n") + 1;
    const char *end = strstr(line, "\nData packs");
    while (line < end) {
        const size_t len = strcspn(line, "\n");
        const bool is_address = memchr(line, '/', len) != NULL; /* a link is not broken */
        if (len > 80 && !is_address) print_message("%.*s\n", (int)len, line);
        assert_true(len <= 80 || is_address);
        line += len + 1;
    }
    free(text);
    lq_scenario_destroy(s);
}

static void grants_with_the_same_rows_share_them(void **state)
{
    (void)state;
    lq_scenario *s = must_load_file("staff-hugging-face.yaml");
    char *text = printed(lq_scenario_print, s);
    assert_holds(text, "google-l6 grant-1; meta-e6 grant-1\n  seniority     off");
    free(text);
    lq_scenario_destroy(s);
}

static void a_full_device_is_an_error(void **state)
{
    (void)state;
    FILE *full = fopen("/dev/full", "w");
    lq_error err = {0};
    if (!full) skip();
    lq_scenario *s = must_load_file("identity.yaml");
    setvbuf(full, NULL, _IONBF, 0);
    assert_int_equal(lq_scenario_print(s, full, &err), LQ_EIO);
    fclose(full);
    lq_scenario_destroy(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(check_tells_everything_in_order),
        cmocka_unit_test(prose_stays_within_eighty_columns),
        cmocka_unit_test(grants_with_the_same_rows_share_them),
        cmocka_unit_test(a_full_device_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
