#include "lq_test.h"

#include "bench/workload_text.h"

#include <stdlib.h>

static void check(const char *path, const char *config)
{
    char text[8192];
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    assert_string_equal(config, text);
}

static void the_configs_are_those_in_the_configs_folder(void **state)
{
    (void)state;
    check(LQ_SOURCE_DIR "/configs/bench/w0.yaml", lq_w0_config);
    check(LQ_SOURCE_DIR "/configs/bench/w1.yaml", lq_w1_config);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_configs_are_those_in_the_configs_folder)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
