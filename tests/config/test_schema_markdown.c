#include "config_test.h"
#include "small_schema.h"

static void every_row_is_on_the_page(void **state)
{
    (void)state;
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    assert_int_equal(lq_schema_print_markdown(&small_record, out, NULL), LQ_OK);
    fclose(out);
    static const char *const lines[] = {
        "# Config reference\n",
        "## offer\n\nAt `offers[]`. One offer.\n",
        "| `paths` | Simulated futures. |  | `1e6` | 1 to 1e12 | no |\n",
        "| `instrument` | What is granted. | choice | `rsu` | `rsu`, `options` |  |\n",
        "| `volatility` | Total, a year. |  | `70%` | 0 % to 300 % | `uncertain` |\n",
        "| `payout` | Of the target \\| each year. |  | `{triangular: [0, 90%, 120%]}` |  | by "
        "event |\n",
        "| `offers` | What is compared. | list of [offer](#offer) | required |  |  |\n",
        "| `companies` | By id. | by id: [company](#company) |  |  |  |\n",
    };
    for (size_t i = 0; i < LQ_COUNT(lines); i++)
        assert_part(text, lines[i], lines[i]);
    free(text);
}

static void sections_come_without_the_page_around_them(void **state)
{
    (void)state;
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    assert_int_equal(lq_schema_print_sections(&small_offer_record, out, NULL), LQ_OK);
    fclose(out);
    static const char head[] = "\n## offer\n\nOne offer.\n";
    assert_int_equal(strncmp(text, head, sizeof head - 1), 0);
    assert_part(text, "## bonus\n\nAt `bonus`. A yearly bonus.\n", "what it holds");
    free(text);
}

static void a_full_disk_is_reported(void **state)
{
    (void)state;
    FILE *full = fopen("/dev/full", "w");
    assert_non_null(full);
    lq_error err;
    assert_int_equal(lq_schema_print_markdown(&small_record, full, &err), LQ_EIO);
    (void)fclose(full); /* fails again, as it must */
    lq_heap_permit(0);
    assert_int_equal(lq_schema_print_markdown(&small_record, stdout, NULL), LQ_ENOMEM);
    lq_heap_restore();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_on_the_page),
        cmocka_unit_test(sections_come_without_the_page_around_them),
        cmocka_unit_test(a_full_disk_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
