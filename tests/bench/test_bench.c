#include "lq_test.h"

#include "bench/bench.h"

#include <jansson.h>
#include <stdlib.h>

static double number(const json_t *object, const char *name)
{
    return json_number_value(json_object_get(object, name));
}

/* It ends, its means are right (or it fails), and its figures are numbers; how fast is for
 * people to read, never for a test. */
static void it_runs_to_the_end(void **state)
{
    (void)state;
    setenv("LIQUIDUS_BENCH_PEERS", "/nowhere", 1);
    const lq_bench_effort little = {.n_rounds = 3,
                                    .n_paths = 16384,
                                    .n_peer_rounds = 1,
                                    .n_wall_rounds = 1,
                                    .n_wall_paths = 8192,
                                    .n_split_rounds = 1};
    char *text = NULL;
    size_t len;
    lq_error err;
    FILE *out = open_memstream(&text, &len);
    assert_non_null(out);
    const lq_status st = lq_bench_run_with(&little, out, true, &err);
    fclose(out);
    if (st != LQ_OK) lq_error_print(&err, stderr);
    assert_int_equal(st, LQ_OK);
    json_t *root = json_loads(text, 0, NULL);
    static const char *const names[] = {"W0", "W1", "W2"};
    for (size_t i = 0; i < 3; i++) {
        const json_t *row = json_object_get(root, names[i]);
        const json_t *sobol = json_object_get(row, "sobol");
        assert_true(number(row, "ns_per_path") > 0.0);
        assert_true(number(sobol, "ns_per_path") > 0.0);
        assert_true(number(json_object_get(row, "stages_ns"), "draws") > 0.0);
        assert_true(number(json_object_get(row, "stages_ns"), "tallies") > 0.0);
        if (i == 2) continue; /* no kernel was made for it */
        assert_true(number(row, "reference_ns") > 0.0);
        assert_true(number(row, "ratio") > 0.0);
    }
    json_decref(root);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(it_runs_to_the_end)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
