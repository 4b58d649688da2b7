#include "lq_test.h"

#include "store/h5.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* A file in memory that never reaches the disk. */
static hid_t memory_file(void)
{
    const hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    assert_true(H5Pset_fapl_core(access, 1 << 16, false) >= 0);
    const hid_t file = H5Fcreate("memory.h5", H5F_ACC_TRUNC, H5P_DEFAULT, access);
    H5Pclose(access);
    assert_true(file >= 0);
    return file;
}

static void attributes_come_back(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "USD", "two\nlines, \xe2\x82\xac and \xc3\xa9"};
    lq_arena *arena = lq_arena_create();
    const hid_t file = memory_file();
    for (size_t i = 0; i < LQ_COUNT(texts); i++) {
        char name[16];
        snprintf(name, sizeof name, "a%zu", i);
        assert_true(lq_h5_put_text(file, name, texts[i]) >= 0);
        assert_string_equal(lq_h5_get_text(file, name, arena), texts[i]);
    }
    assert_true(lq_h5_put_int(file, "n", 7) >= 0);
    assert_null(lq_h5_get_text(file, "n", arena));
    assert_null(lq_h5_get_text(file, "none", arena));
    H5Fclose(file);
    lq_arena_destroy(arena);
}

static void text_of_fixed_length_is_read(void **state)
{
    (void)state;
    lq_arena *arena = lq_arena_create();
    const hid_t file = memory_file(), space = H5Screate(H5S_SCALAR), type = H5Tcopy(H5T_C_S1);
    assert_true(H5Tset_size(type, 5) >= 0);
    assert_true(H5Tset_strpad(type, H5T_STR_NULLPAD) >= 0);
    const hid_t a = H5Acreate2(file, "CLASS", type, space, H5P_DEFAULT, H5P_DEFAULT);
    assert_true(H5Awrite(a, type, "abcde") >= 0);
    assert_string_equal(lq_h5_get_text(file, "CLASS", arena), "abcde");
    H5Aclose(a);
    H5Tclose(type);
    H5Sclose(space);
    H5Fclose(file);
    lq_arena_destroy(arena);
}

/* HDF5 prints its stack unless told not to; what the program had set is put back. */
static void a_guard_is_silent_and_restores(void **state)
{
    (void)state;
    H5E_auto2_t before = NULL, within = NULL, after = NULL;
    void *data = NULL;
    H5Eget_auto2(H5E_DEFAULT, &before, &data);
    const lq_h5_guard guard = lq_h5_enter();
    H5Eget_auto2(H5E_DEFAULT, &within, &data);
    lq_h5_leave(&guard);
    H5Eget_auto2(H5E_DEFAULT, &after, &data);
    assert_null(within);
    assert_true(before == after);
}

static void a_failure_is_told_in_the_words_of_the_system(void **state)
{
    (void)state;
    lq_error err = {0};
    const lq_h5_guard guard = lq_h5_enter();
    assert_true(H5Fopen("/none/such.h5", H5F_ACC_RDONLY, H5P_DEFAULT) < 0);
    assert_int_equal(lq_h5_fail("such.h5", "open", "a file", &err), LQ_EIO);
    lq_h5_leave(&guard);
    assert_string_equal(err.file, "such.h5");
    assert_string_equal(err.key, "open");
    assert_string_equal(err.got, "No such file or directory");
}

static void closing_keeps_the_reason(void **state)
{
    (void)state;
    char reason[LQ_H5_REASON_CHARS];
    const lq_h5_guard guard = lq_h5_enter();
    const hid_t space = H5Screate(H5S_SCALAR), type = lq_h5_text_type();
    assert_true(H5Fopen("/none/such.h5", H5F_ACC_RDONLY, H5P_DEFAULT) < 0);
    lq_h5_close_space(space);
    lq_h5_close_type(type);
    lq_h5_reason(reason);
    lq_h5_leave(&guard);
    assert_string_equal(reason, "No such file or directory");
}

static void a_failure_of_another_kind_has_words_too(void **state)
{
    (void)state;
    char reason[LQ_H5_REASON_CHARS];
    const lq_h5_guard guard = lq_h5_enter();
    assert_true(H5Gopen2(-1, "x", H5P_DEFAULT) < 0);
    lq_h5_reason(reason);
    assert_true(strlen(reason) > 5);
    H5Eclear2(H5E_DEFAULT);
    lq_h5_reason(reason);
    assert_true(strlen(reason) > 5);
    lq_h5_leave(&guard);
}

/* Writes past the limit in a child: the signal must neither kill nor stay behind. */
static void a_file_size_limit_does_not_kill(void **state)
{
    (void)state;
    const pid_t child = fork();
    if (child == 0) {
        char name[] = "/tmp/lq-h5-XXXXXX";
        const int fd = mkstemp(name);
        const struct rlimit limit = {100, 100};
        signal(SIGXFSZ, SIG_DFL);
        unlink(name);
        setrlimit(RLIMIT_FSIZE, &limit);
        const lq_h5_guard guard = lq_h5_enter();
        const ssize_t written = pwrite(fd, "x", 1, 200);
        const int said = errno;
        lq_h5_leave(&guard);
        _exit(written == -1 && said == EFBIG ? 0 : 1);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void a_guard_within_a_guard_keeps_the_signal_back(void **state)
{
    (void)state;
    sigset_t now;
    const lq_h5_guard outer = lq_h5_enter(), inner = lq_h5_enter();
    lq_h5_leave(&inner);
    pthread_sigmask(SIG_SETMASK, NULL, &now);
    assert_true(sigismember(&now, SIGXFSZ));
    lq_h5_leave(&outer);
    pthread_sigmask(SIG_SETMASK, NULL, &now);
    assert_false(sigismember(&now, SIGXFSZ));
}

static void lists_keep_the_order_and_no_times(void **state)
{
    (void)state;
    const hid_t lists[] = {lq_h5_file_creation(), lq_h5_group_creation()};
    const hid_t dataset = lq_h5_dataset_creation();
    unsigned order = 0;
    hbool_t times = true;
    for (size_t i = 0; i < LQ_COUNT(lists); i++) {
        assert_true(H5Pget_link_creation_order(lists[i], &order) >= 0);
        assert_int_equal(order, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
        assert_true(H5Pget_obj_track_times(lists[i], &times) >= 0);
        assert_false(times);
        lq_h5_close_plist(lists[i]);
    }
    assert_true(H5Pget_obj_track_times(dataset, &times) >= 0);
    assert_false(times);
    lq_h5_close_plist(dataset);
}

static void closing_nothing_is_fine(void **state)
{
    (void)state;
    lq_h5_close_dataset(-1);
    lq_h5_close_space(-1);
    lq_h5_close_type(-1);
    lq_h5_close_plist(-1);
    lq_h5_close_attribute(-1);
    lq_h5_close_group(-1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(attributes_come_back),
        cmocka_unit_test(text_of_fixed_length_is_read),
        cmocka_unit_test(a_guard_is_silent_and_restores),
        cmocka_unit_test(a_failure_is_told_in_the_words_of_the_system),
        cmocka_unit_test(closing_keeps_the_reason),
        cmocka_unit_test(a_failure_of_another_kind_has_words_too),
        cmocka_unit_test(a_file_size_limit_does_not_kill),
        cmocka_unit_test(a_guard_within_a_guard_keeps_the_signal_back),
        cmocka_unit_test(lists_keep_the_order_and_no_times),
        cmocka_unit_test(closing_nothing_is_fine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
