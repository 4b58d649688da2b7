#include "scenario_test.h"

#include <stdlib.h>

static void every_pack_is_told_with_source_and_date(void **state)
{
    static const char *const parts[] = {
        "market.yaml, gathered 2026-11-23",
        "market.fx.EURUSD.spot",
        "levels.yaml",
        "hugging-face, paris: base EUR 209K to EUR 260K",
        "companies/hugging-face.yaml: Hugging Face",
        "company.exits.ipo.probability",
        "https://papers.ssrn.com/sol3/papers.cfm?abstract_id=2955455",
        "confidence none",
        "note: Hugging Face is taken as independent here; a sale to NVIDIA is",
        "companies/seed.yaml",
    };
    (void)state;
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    assert_int_equal(lq_sources_print(out, NULL), LQ_OK);
    assert_int_equal(fclose(out), 0);
    for (size_t i = 0; i < LQ_COUNT(parts); i++)
        assert_holds(text, parts[i]);
    free(text);
}

static void a_folder_without_packs_is_an_error(void **state)
{
    (void)state;
    FILE *out = fopen("/dev/null", "w");
    lq_error err = {0};
    assert_non_null(out);
    assert_int_equal(setenv("LIQUIDUS_DATA", "/nonexistent", 1), 0);
    assert_int_not_equal(lq_sources_print(out, &err), LQ_OK);
    assert_int_equal(unsetenv("LIQUIDUS_DATA"), 0);
    assert_holds(err.file, "/nonexistent");
    fclose(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_pack_is_told_with_source_and_date),
        cmocka_unit_test(a_folder_without_packs_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
