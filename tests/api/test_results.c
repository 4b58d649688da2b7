#include "lq_test.h"

#include "liquidus/liquidus.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const few_paths[] = {"simulation.paths=4096"};

/* Two equal runs: what is read back is what was written. */
static int make(void **state)
{
    const lq_load_settings load = {.overrides = few_paths, .n_overrides = 1};
    lq_scenario *scenario = NULL;
    lq_results *results = NULL;
    lq_error err = {0};
    lq_status status = lq_load(LQ_SOURCE_DIR "/configs/identity.yaml", &load, &scenario, &err);
    if (status == LQ_OK) status = lq_run(scenario, NULL, &results, &err);
    if (status != LQ_OK) lq_error_print(&err, stderr);
    lq_scenario_destroy(scenario);
    *state = results;
    return status == LQ_OK ? 0 : -1;
}

static int drop(void **state)
{
    lq_results_destroy(*state);
    lq_results_destroy(NULL);
    return 0;
}

static void figures_are_read_by_name(void **state)
{
    lq_results *r = *state;
    const size_t first = 0, at[] = {0, 4};
    assert_int_equal(lq_results_len(r, "offer"), 1);
    assert_true(lq_results_label(r, "offer", 0)[0] != '\0');
    assert_near(lq_results_coordinate(r, "quantile", 4), 0.5, 0.0);
    const double mean = lq_results_number(r, "/offers/total_mean", &first, 1);
    const double se = lq_results_number(r, "/offers/total_mean_se", &first, 1);
    const double letter = lq_results_number(r, "/offers/headline_total", &first, 1);
    assert_near(mean, letter, 5.0 * se); /* a listed share, fairly priced: worth its face */
    assert_true(lq_results_number(r, "/offers/total_quantiles", at, 2) > 0.0);
    assert_near(lq_results_number(r, "/manifest/paths", NULL, 0), 4096.0, 0.0);
    assert_string_equal(lq_results_text(r, "/manifest/schema", NULL, 0), "liquidus-result/1");
}

static void what_is_not_there_is_not_defined(void **state)
{
    lq_results *r = *state;
    const size_t first = 0, far = 99;
    assert_true(isnan(lq_results_number(r, "/offers/nothing", &first, 1)));
    assert_true(isnan(lq_results_number(r, "/offers/total_mean", &far, 1)));
    assert_true(isnan(lq_results_number(r, "/offers/total_mean", NULL, 0)));
    assert_true(isnan(lq_results_number(r, "no slash", NULL, 0)));
    assert_true(isnan(lq_results_number(r, "/manifest/schema", NULL, 0)));
    assert_string_equal(lq_results_text(r, "/manifest/paths", NULL, 0), "");
    assert_int_equal(lq_results_len(r, "nothing"), 0);
}

static char *printed(const lq_results *results)
{
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    assert_int_equal(lq_results_print_json(results, out, NULL), LQ_OK);
    assert_int_equal(lq_results_print(results, out, NULL), LQ_OK);
    fclose(out);
    return text;
}

static void a_file_holds_what_was_written(void **state)
{
    char folder[] = "/tmp/lq-api-XXXXXX", path[64];
    lq_results *again = NULL;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/a.h5", folder);
    assert_int_equal(lq_results_write(*state, path, NULL), LQ_OK);
    assert_int_equal(lq_results_read(path, &again, NULL), LQ_OK);
    char *before = printed(*state), *after = printed(again);
    assert_string_equal(before, after);
    free(before);
    free(after);
    lq_results_destroy(again);
    unlink(path);
    assert_int_not_equal(lq_results_read(path, &again, NULL), LQ_OK);
    assert_null(again);
    rmdir(folder);
}

static void a_full_disk_is_told(void **state)
{
    FILE *full = fopen("/dev/full", "w");
    assert_non_null(full);
    assert_int_equal(lq_results_print(*state, full, NULL), LQ_EIO);
    fclose(full);
}

static void a_run_can_be_stopped(void **state)
{
    static const volatile sig_atomic_t stop = 1;
    lq_scenario *scenario = NULL;
    lq_results *results = NULL;
    (void)state;
    assert_int_equal(lq_load(LQ_SOURCE_DIR "/configs/identity.yaml", NULL, &scenario, NULL),
                     LQ_OK);
    const lq_run_settings settings = {.stop = &stop, .n_threads = 1};
    assert_int_equal(lq_run(scenario, &settings, &results, NULL), LQ_EINTERRUPTED);
    lq_results_destroy(results);
    lq_scenario_destroy(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_are_read_by_name),
        cmocka_unit_test(what_is_not_there_is_not_defined),
        cmocka_unit_test(a_file_holds_what_was_written),
        cmocka_unit_test(a_full_disk_is_told),
        cmocka_unit_test(a_run_can_be_stopped),
    };
    return cmocka_run_group_tests(tests, make, drop);
}
