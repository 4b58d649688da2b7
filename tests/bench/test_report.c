#include "lq_test.h"

#include "bench/report.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static lq_bench_figures figures(void)
{
    return (lq_bench_figures){.isa = "x86-64-v3",
                              .n_rounds = 7,
                              .n_rows = 2,
                              .rows = {{.name = "W0",
                                        .title = "one stock",
                                        .n_paths = 1000,
                                        .pinned = true,
                                        .ns_per_path = 80.0,
                                        .reference_ns = 40.0,
                                        .ratio = 2.01,
                                        .two_threads = {.engine = 1.95, .machine = 1.98}},
                                       {.name = "W1",
                                        .title = "two offers",
                                        .ns_per_path = 300.0,
                                        .reference_ns = 90.0,
                                        .ratio = 3.3}},
                              .n_peers = 2,
                              .peers = {{"GSL \"quoted\"", 1746.25}, {"QuantLib", 0.0}}};
}

static char *printed(void (*print)(const lq_bench_figures *, FILE *), const lq_bench_figures *f)
{
    char *text = NULL;
    size_t len;
    FILE *out = open_memstream(&text, &len);
    assert_non_null(out);
    print(f, out);
    fclose(out);
    return text;
}

static void the_json_is_one_object_with_the_promised_names(void **state)
{
    (void)state;
    const lq_bench_figures f = figures();
    char *text = printed(lq_bench_print_json, &f);
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(root);
    const json_t *w0 = json_object_get(root, "W0"), *peers = json_object_get(root, "peers");
    assert_near(json_number_value(json_object_get(w0, "ns_per_path")), 80.0, 1e-9);
    assert_near(json_number_value(json_object_get(w0, "reference_ns")), 40.0, 1e-9);
    assert_near(json_number_value(json_object_get(w0, "ratio")), 2.01, 1e-9);
    assert_near(json_number_value(json_object_get(w0, "two_thread_speedup")), 1.95, 1e-9);
    assert_near(json_number_value(json_object_get(w0, "two_thread_speedup_reference")), 1.98,
                1e-9);
    assert_near(json_number_value(json_object_get(peers, "GSL quoted")), 1746.25, 1e-9);
    assert_true(json_is_null(json_object_get(peers, "QuantLib")));
    json_decref(root);
    free(text);
}

static void what_was_not_measured_is_null(void **state)
{
    (void)state;
    lq_bench_figures f = figures();
    f.rows[0].two_threads.engine = 0.0;
    f.n_peers = 0;
    char *text = printed(lq_bench_print_json, &f);
    json_t *root = json_loads(text, 0, NULL);
    assert_non_null(root);
    assert_true(
        json_is_null(json_object_get(json_object_get(root, "W0"), "two_thread_speedup")));
    json_decref(root);
    free(text);
    text = printed(lq_bench_print_table, &f);
    assert_non_null(strstr(text, "one processor only"));
    free(text);
}

static void the_table_has_a_line_for_each_and_names_the_missing(void **state)
{
    (void)state;
    const lq_bench_figures f = figures();
    char *text = printed(lq_bench_print_table, &f);
    assert_non_null(strstr(text, "reference kernel"));
    assert_non_null(strstr(text, "80.0     2.01"));
    assert_non_null(strstr(text, "1746.2    43.66"));
    assert_non_null(strstr(text, "not here"));
    assert_non_null(strstr(text, "two threads: 1.95 times one"));
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_json_is_one_object_with_the_promised_names),
        cmocka_unit_test(what_was_not_measured_is_null),
        cmocka_unit_test(the_table_has_a_line_for_each_and_names_the_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
