#include "lq_test.h"

#include "store/store.h"
#include "store/target.h"

#include "files.h"
#include "sample_frame.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>

static lq_status open_target(const char *path, lq_error *err)
{
    lq_target target = {.lock_fd = -1};
    lq_arena *arena = lq_arena_create();
    const lq_status st = lq_target_open(&target, arena, path, false, err);
    lq_target_abandon(&target);
    lq_arena_destroy(arena);
    return st;
}

static void make_folder(const char *path)
{
    assert_int_equal(mkdir(path, 0755), 0);
}

static void make_pipe(const char *path)
{
    assert_int_equal(mkfifo(path, 0644), 0);
}

static void make_link(const char *path)
{
    assert_int_equal(symlink("elsewhere.h5", path), 0);
}

static void make_device_link(const char *path)
{
    assert_int_equal(symlink("/dev/full", path), 0);
}

static void make_text(const char *path)
{
    assert_true(spill(path, "my thesis\n", 10));
}

static void make_empty(const char *path)
{
    assert_true(spill(path, "", 0));
}

static void make_socket(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%.100s", path);
    const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_int_equal(bind(fd, (const struct sockaddr *)&address, sizeof address), 0);
    close(fd);
}

static const struct foreign {
    const char *name;
    void (*make)(const char *path);
    const char *got;
} foreigners[] = {
    {"a folder", make_folder, "a folder"},
    {"a pipe", make_pipe, "a pipe"},
    {"a link", make_link, "a symbolic link"},
    {"a link to a device", make_device_link, "a symbolic link"},
    {"a text", make_text, "not a result of liquidus"},
    {"an empty file", make_empty, "not a result of liquidus"},
    {"a socket", make_socket, "a socket"},
};

static void what_is_not_ours_is_refused_and_left_alone(void **state)
{
    for (size_t i = 0; i < LQ_COUNT(foreigners); i++) {
        char path[NAME_CHARS];
        struct stat before, after;
        lq_error err = {0};
        snprintf(path, sizeof path, "%s/%zu.h5", (const char *)*state, i);
        foreigners[i].make(path);
        assert_int_equal(lstat(path, &before), 0);
        assert_int_equal(open_target(path, &err), LQ_ECONFIG);
        assert_string_equal(err.key, "output");
        assert_string_equal(err.file, path);
        assert_non_null(strstr(err.got, foreigners[i].got));
        assert_int_equal(lstat(path, &after), 0);
        assert_int_equal(before.st_ino, after.st_ino);
        assert_int_equal(before.st_size, after.st_size);
    }
    assert_int_equal(count_entries(*state), LQ_COUNT(foreigners));
}

static void a_dash_is_no_pipe(void **state)
{
    (void)state;
    lq_error err = {0};
    assert_int_equal(open_target("-", &err), LQ_ECONFIG);
    assert_non_null(strstr(err.expected, "do not go down a pipe"));
    assert_int_equal(access("-", F_OK), -1);
}

static void a_device_is_refused(void **state)
{
    (void)state;
    static const char *const devices[] = {"/dev/full", "/dev/null", "/dev/stdout"};
    for (size_t i = 0; i < LQ_COUNT(devices); i++) {
        lq_error err = {0};
        assert_int_equal(open_target(devices[i], &err), LQ_ECONFIG);
        assert_true(strstr(err.got, "a device") || strstr(err.got, "a symbolic link"));
    }
}

/* /proc answers "no such file" to every new name, as if it were just gone. */
static void a_folder_that_takes_no_files_is_said(void **state)
{
    (void)state;
    lq_error err = {0};
    assert_int_equal(open_target("/proc/result.h5", &err), LQ_ECONFIG);
}

static void a_name_that_is_no_file_is_refused(void **state)
{
    char path[NAME_CHARS];
    assert_int_equal(open_target("", NULL), LQ_ECONFIG);
    assert_int_equal(open_target("/tmp/", NULL), LQ_ECONFIG);
    assert_int_equal(open_target(in_folder(state, "", path), NULL), LQ_ECONFIG);
}

static void a_missing_folder_is_named(void **state)
{
    char path[NAME_CHARS], folder[NAME_CHARS];
    lq_error err = {0};
    assert_int_equal(open_target(in_folder(state, "no/a.h5", path), &err), LQ_ECONFIG);
    assert_string_equal(err.file, in_folder(state, "no", folder));
    assert_string_equal(err.got, "No such file or directory");
    assert_int_equal(count_entries(*state), 0);
}

static void a_file_is_no_folder(void **state)
{
    char path[NAME_CHARS], file[NAME_CHARS];
    lq_error err = {0};
    assert_true(spill(in_folder(state, "f", file), "x", 1));
    assert_int_equal(open_target(in_folder(state, "f/a.h5", path), &err), LQ_ECONFIG);
    assert_string_equal(err.got, "Not a directory");
}

static void a_name_too_long_is_said(void **state)
{
    char path[NAME_CHARS], name[300];
    lq_error err = {0};
    memset(name, 'a', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    assert_int_equal(open_target(in_folder(state, name, path), &err), LQ_ECONFIG);
    assert_string_equal(err.got, "File name too long");
}

static void the_default_folder_is_made_when_asked(void **state)
{
    char path[NAME_CHARS];
    lq_target target = {.lock_fd = -1};
    lq_arena *arena = lq_arena_create();
    in_folder(state, "results/a.h5", path);
    assert_int_equal(lq_target_open(&target, arena, path, true, NULL), LQ_OK);
    lq_target_abandon(&target);
    assert_int_equal(lq_target_open(&target, arena, path, true, NULL), LQ_OK);
    lq_target_abandon(&target);
    lq_arena_destroy(arena);
}

/* Root may write anywhere, so the test becomes nobody in a child. */
static void a_folder_that_is_read_only_is_said(void **state)
{
    char path[NAME_CHARS];
    in_folder(state, "a.h5", path);
    assert_int_equal(chmod(*state, 0555), 0);
    const pid_t child = fork();
    if (child == 0) {
        lq_error err = {0};
        if (geteuid() == 0 && setuid(65534) != 0) _exit(3);
        if (open_target(path, &err) != LQ_ECONFIG) _exit(1);
        _exit(strcmp(err.got, "Permission denied") != 0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(chmod(*state, 0755), 0);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_int_equal(count_entries(*state), 0);
}

/* What stands under the name PATH.writing and was not written by a killed run. */
static void a_foreign_temporary_is_left_alone(void **state)
{
    char path[NAME_CHARS], temporary[NAME_CHARS];
    lq_error err = {0};
    in_folder(state, "a.h5", path);
    assert_true(spill(in_folder(state, "a.h5.writing", temporary), "my notes, my notes", 18));
    assert_int_equal(open_target(path, &err), LQ_ECONFIG);
    assert_string_equal(err.file, temporary);
    assert_int_equal(unlink(temporary), 0);
    assert_int_equal(symlink("/dev/null", temporary), 0);
    assert_int_equal(open_target(path, &err), LQ_ECONFIG);
    assert_int_equal(count_entries(*state), 1);
}

static void a_temporary_that_a_killed_run_left_is_taken(void **state)
{
    char path[NAME_CHARS], temporary[NAME_CHARS];
    in_folder(state, "a.h5", path);
    assert_true(
        spill(in_folder(state, "a.h5.writing", temporary), "\211HDF\r\n\032\nrest", 12));
    assert_int_equal(open_target(path, NULL), LQ_OK);
    assert_int_equal(count_entries(*state), 0);
}

/* The target became somebody else's file while the run went on. */
static void publishing_looks_again(void **state)
{
    char path[NAME_CHARS];
    lq_error err = {0};
    lq_target target = {.lock_fd = -1};
    lq_arena *arena = lq_arena_create();
    in_folder(state, "a.h5", path);
    assert_int_equal(lq_target_open(&target, arena, path, false, NULL), LQ_OK);
    assert_true(spill(path, "thesis", 6));
    assert_int_equal(lq_target_publish(&target, false, &err), LQ_ECONFIG);
    lq_target_abandon(&target);
    size_t n = 0;
    unsigned char *bytes = slurp(path, &n);
    assert_int_equal(n, 6);
    assert_int_equal(count_entries(*state), 1);
    free(bytes);
    lq_arena_destroy(arena);
}

static void every_failed_allocation_is_reported(void **state)
{
    char path[NAME_CHARS];
    lq_status st = LQ_ENOMEM;
    in_folder(state, "a.h5", path);
    for (int permitted = 0; st != LQ_OK; permitted++) {
        lq_store *store = NULL;
        lq_heap_permit(permitted);
        st = lq_store_create(path, NULL, &store, NULL);
        lq_store_destroy(store);
        const int live = lq_heap_live();
        lq_heap_restore();
        assert_true(st == LQ_OK || st == LQ_ENOMEM);
        assert_int_equal(live, 0);
        assert_int_not_equal(fcntl(STDIN_FILENO, F_GETFD), -1); /* 0 is no file of ours */
        assert_int_equal(count_entries(*state), 0);
        assert_true(permitted < 100);
    }
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, enter_folder, leave_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(what_is_not_ours_is_refused_and_left_alone),
        IN_FOLDER(a_dash_is_no_pipe),
        IN_FOLDER(a_device_is_refused),
        IN_FOLDER(a_folder_that_takes_no_files_is_said),
        IN_FOLDER(a_name_that_is_no_file_is_refused),
        IN_FOLDER(a_missing_folder_is_named),
        IN_FOLDER(a_file_is_no_folder),
        IN_FOLDER(a_name_too_long_is_said),
        IN_FOLDER(the_default_folder_is_made_when_asked),
        IN_FOLDER(a_folder_that_is_read_only_is_said),
        IN_FOLDER(a_foreign_temporary_is_left_alone),
        IN_FOLDER(a_temporary_that_a_killed_run_left_is_taken),
        IN_FOLDER(publishing_looks_again),
        IN_FOLDER(every_failed_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
