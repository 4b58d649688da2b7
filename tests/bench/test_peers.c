#include "lq_test.h"

#include "bench/peers.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/lq_peers_XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) && setenv("LIQUIDUS_BENCH_PEERS", folder, 1) == 0 ? 0 : -1;
}

static void path_of(const char *program, char path[256])
{
    snprintf(path, 256, "%s/%s", folder, program);
}

static void write_peer(const char *program, const char *script)
{
    char path[256];
    path_of(program, path);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "#!/bin/sh\n%s\n", script);
    fclose(file);
    assert_int_equal(chmod(path, 0700), 0);
}

static int remove_folder(void **state)
{
    (void)state;
    static const char *const programs[] = {"bench_gsl", "bench_numpy", "bench_quantlib"};
    char path[256];
    for (size_t i = 0; i < LQ_COUNT(programs); i++) {
        path_of(programs[i], path);
        unlink(path);
    }
    return rmdir(folder);
}

static void missing_peers_are_named(void **state)
{
    (void)state;
    static const char *const names[] = {"GSL", "GSL", "numpy", "numpy", "QuantLib", "QuantLib"};
    lq_peer rows[LQ_MAX_PEERS];
    assert_int_equal(lq_bench_peers(rows), LQ_COUNT(names));
    for (size_t i = 0; i < LQ_COUNT(names); i++) {
        assert_string_equal(rows[i].name, names[i]);
        assert_int_equal(rows[i].workload, i % 2);
        assert_true(rows[i].ns_per_path == 0.0);
    }
}

static void rows_are_read_and_failures_count_as_missing(void **state)
{
    (void)state;
    lq_peer rows[LQ_MAX_PEERS];
    write_peer("bench_gsl", "printf 'W0\\tGSL, one\\t12.5\\nnonsense\\nW9\\tGSL, no\\t3\\n"
                            "W1\\tGSL, one\\t7\\n'");
    write_peer("bench_numpy", "printf 'W0\\tnumpy, fast\\t3\\n'; exit 1");
    write_peer("bench_quantlib",
               "i=0; while [ $i -lt 99 ]; do printf 'W0\\tQ\\t1\\n'; i=$((i+1)); done");
    const size_t n = lq_bench_peers(rows);
    assert_int_equal(n, LQ_MAX_PEERS);
    assert_string_equal(rows[0].name, "GSL, one");
    assert_near(rows[0].ns_per_path, 12.5, 0.0);
    assert_string_equal(rows[1].name, "GSL, one");
    assert_int_equal(rows[1].workload, 1);
    assert_false(lq_peer_equal(&rows[0], &rows[1]));
    assert_string_equal(rows[2].name, "numpy");
    assert_true(rows[2].ns_per_path == 0.0);
    assert_string_equal(rows[4].name, "Q");
    assert_true(lq_peer_equal(&rows[4], &rows[5]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(missing_peers_are_named),
        cmocka_unit_test(rows_are_read_and_failures_count_as_missing),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
