#include "lq_test.h"

#include "liquidus/liquidus.h"

#include <stdlib.h>
#include <string.h>

static void a_good_config_is_loaded(void **state)
{
    lq_scenario *scenario = NULL;
    lq_error err = {0};
    (void)state;
    assert_int_equal(lq_load(LQ_SOURCE_DIR "/configs/identity.yaml", NULL, &scenario, &err),
                     LQ_OK);
    assert_non_null(scenario);
    lq_scenario_destroy(scenario);
    lq_scenario_destroy(NULL);
}

static void the_first_problem_is_the_error_and_all_are_printed(void **state)
{
    static const char *const overrides[] = {"person.wealth=lots", "simulation.paths=-3"};
    lq_scenario *scenario = NULL;
    lq_error err = {0};
    char *text = NULL;
    size_t len = 0;
    (void)state;
    FILE *problems = open_memstream(&text, &len);
    const lq_load_settings settings = {
        .overrides = overrides, .n_overrides = 2, .problems = problems};
    assert_int_equal(
        lq_load(LQ_SOURCE_DIR "/configs/identity.yaml", &settings, &scenario, &err),
        LQ_ECONFIG);
    fclose(problems);
    assert_null(scenario);
    assert_int_equal(err.status, LQ_ECONFIG);
    assert_true(err.key[0] && err.expected[0]);
    assert_non_null(strstr(text, "person.wealth"));
    assert_non_null(strstr(text, "simulation.paths"));
    free(text);
}

static void a_file_that_is_not_there_is_an_error(void **state)
{
    lq_scenario *scenario = NULL;
    lq_error err = {0};
    (void)state;
    assert_int_not_equal(lq_load("/nowhere/offers.yaml", NULL, &scenario, &err), LQ_OK);
    assert_null(scenario);
    assert_int_not_equal(err.status, LQ_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_config_is_loaded),
        cmocka_unit_test(the_first_problem_is_the_error_and_all_are_printed),
        cmocka_unit_test(a_file_that_is_not_there_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
