#include "lq_test.h"

#include "bench/report.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static lq_bench_figures *figures(void)
{
    lq_bench_figures *f = calloc(1, sizeof *f);
    assert_non_null(f);
    f->isa = "x86-64-v3";
    f->n_processors = 2;
    f->n_paths = 1024;
    f->speeds.pinned = true;
    f->speeds.reference[LQ_W0] = (lq_bench_series){3, {40.0, 41.0, 39.0}};
    f->speeds.engine[LQ_W0][LQ_RANDOM] = (lq_bench_series){3, {80.0, 90.0, 78.0}};
    f->speeds.engine[LQ_W2][LQ_RANDOM] = (lq_bench_series){1, {4000.0}};
    f->speeds.n_peers = 3;
    f->speeds.peer[0] = (lq_peer){LQ_W0, "GSL \"quoted\"", 0.0};
    f->speeds.peer[1] = (lq_peer){LQ_W0, "QuantLib", 0.0};
    f->speeds.peer[2] = (lq_peer){LQ_W1, "numpy", 0.0};
    f->speeds.peer_series[0] = (lq_bench_series){1, {1746.0}};
    f->threads[LQ_W0].engine[LQ_RANDOM] = (lq_bench_pair){78.0, 40.0};
    f->threads[LQ_W0].reference = (lq_bench_pair){38.0, 20.0};
    f->threads[LQ_W2].engine[LQ_RANDOM] = (lq_bench_pair){4000.0, 2000.0};
    f->split[LQ_W0][LQ_RANDOM].stage[LQ_STAGE_TALLIES] = 11.5;
    f->study_seconds = 2.5;
    f->start_seconds = 0.012;
    for (size_t m = 0; m < LQ_METHODS; m++)
        f->errors[0][m] = (lq_bench_errors){
            .ns_per_path = 250.0, .se = {9.0, 8.0, 0.001, 5.0}, .gain = {7.5, 6.0, 5.0, 4.0}};
    return f;
}

static char *printed(void (*print)(const lq_bench_figures *, FILE *))
{
    char *text = NULL;
    size_t len;
    lq_bench_figures *f = figures();
    FILE *out = open_memstream(&text, &len);
    assert_non_null(out);
    print(f, out);
    fclose(out);
    free(f);
    return text;
}

static double number(const json_t *object, const char *name)
{
    const json_t *x = json_object_get(object, name);
    assert_true(json_is_number(x));
    return json_number_value(x);
}

static void the_json_is_one_object_with_the_promised_names(void **state)
{
    (void)state;
    char *text = printed(lq_bench_print_json);
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(root);
    const json_t *w0 = json_object_get(root, "W0"), *peers = json_object_get(w0, "peers");
    const json_t *w2 = json_object_get(root, "W2");
    assert_near(number(w0, "ns_per_path"), 80.0, 1e-9);
    assert_near(number(w0, "reference_ns"), 40.0, 1e-9);
    assert_near(number(w0, "ratio"), 2.0, 1e-9);
    assert_near(number(w0, "two_thread_speedup"), 1.95, 1e-9);
    assert_near(number(w0, "two_thread_speedup_reference"), 1.9, 1e-9);
    assert_near(number(json_object_get(w0, "stages_ns"), "tallies"), 11.5, 1e-9);
    assert_near(number(json_object_get(peers, "GSL quoted"), "ratio"), 1746.0 / 40.0, 1e-3);
    assert_true(json_is_null(json_object_get(json_object_get(peers, "QuantLib"), "ratio")));
    assert_true(json_is_object(json_object_get(json_object_get(root, "W1"), "peers")));
    assert_near(number(w2, "study_seconds"), 2.5, 1e-9);
    assert_true(json_is_null(json_object_get(w2, "reference_ns")));
    assert_near(number(json_object_get(root, "W1"), "start_seconds"), 0.012, 1e-9);
    const json_t *w1 = json_object_get(json_object_get(root, "errors"), "W1");
    const json_t *sobol = json_object_get(w1, "sobol");
    assert_near(number(json_object_get(sobol, "mean"), "gain"), 7.5, 1e-9);
    json_decref(root);
    free(text);
}

static void the_tables_have_a_line_for_each_and_name_the_missing(void **state)
{
    (void)state;
    static const char *const want[] = {"reference kernel",
                                       "80.0     2.00",
                                       "1746.0    43.65",
                                       "not here",
                                       "two threads (wall time)",
                                       "40.0     1.95",
                                       "two threads: not measured",
                                       "1e6 paths in 2.00 s",
                                       "2.50 s",
                                       "first paths: 12.0 ms",
                                       "tallies",
                                       "11.5",
                                       "standard errors of 131072 paths",
                                       "7.5"};
    char *text = printed(lq_bench_print_table);
    for (size_t i = 0; i < LQ_COUNT(want); i++)
        if (!strstr(text, want[i])) fail_msg("no \"%s\" in:\n%s", want[i], text);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_json_is_one_object_with_the_promised_names),
        cmocka_unit_test(the_tables_have_a_line_for_each_and_name_the_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
