#include "lq_test.h"

#include "store/store.h"

#include "files.h"
#include "sample_frame.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>

static lq_status save(const char *path, const lq_frame *frame, lq_error *err)
{
    lq_store *store = NULL;
    lq_status st = lq_store_create(path, NULL, &store, err);
    if (st == LQ_OK) st = lq_store_put(store, frame, err);
    if (st == LQ_OK) st = lq_store_commit(store, err);
    lq_store_destroy(store);
    return st;
}

static void a_frame_comes_back_as_it_went(void **state)
{
    char path[NAME_CHARS];
    lq_error err = {0};
    lq_frame *frame = sample_frame(), *back = NULL;
    assert_int_equal(save(in_folder(state, "a.h5", path), frame, &err), LQ_OK);
    assert_int_equal(lq_store_read(path, &back, &err), LQ_OK);
    assert_true(frame_contains(back, frame));
    assert_int_equal(lq_frame_n_variables(back), lq_frame_n_variables(frame) + 3);
    assert_int_equal(lq_frame_n_dimensions(back), lq_frame_n_dimensions(frame));
    assert_int_equal(lq_frame_i64(back, "/manifest", "complete", -1), 1);
    assert_int_equal(strlen(lq_frame_text(back, "/manifest", "content_sha256")), 64);
    lq_frame_destroy(back);
    lq_frame_destroy(frame);
}

static void what_was_read_can_be_written_again(void **state)
{
    char first[NAME_CHARS], second[NAME_CHARS], hash[2][LQ_STORE_HASH_CHARS];
    lq_frame *frame = sample_frame(), *back = NULL;
    assert_int_equal(save(in_folder(state, "a.h5", first), frame, NULL), LQ_OK);
    assert_int_equal(lq_store_read(first, &back, NULL), LQ_OK);
    assert_int_equal(save(in_folder(state, "b.h5", second), back, NULL), LQ_OK);
    assert_int_equal(lq_store_hash(first, hash[0], NULL), LQ_OK);
    assert_int_equal(lq_store_hash(second, hash[1], NULL), LQ_OK);
    assert_string_equal(hash[0], hash[1]);
    lq_frame_destroy(back);
    lq_frame_destroy(frame);
}

static void equal_frames_give_equal_bytes(void **state)
{
    char first[NAME_CHARS], second[NAME_CHARS];
    lq_frame *a = sample_frame(), *b = sample_frame();
    assert_int_equal(save(in_folder(state, "a.h5", first), a, NULL), LQ_OK);
    sleep(1); /* so that a time stamp would differ */
    assert_int_equal(save(in_folder(state, "b.h5", second), b, NULL), LQ_OK);
    assert_true(same_files(first, second));
    lq_frame_destroy(a);
    lq_frame_destroy(b);
}

static void a_file_appears_only_on_commit(void **state)
{
    char path[NAME_CHARS];
    lq_store *store = NULL;
    lq_frame *frame = sample_frame();
    in_folder(state, "a.h5", path);
    assert_int_equal(lq_store_create(path, NULL, &store, NULL), LQ_OK);
    assert_int_equal(lq_store_put(store, frame, NULL), LQ_OK);
    assert_int_not_equal(access(path, F_OK), 0);
    assert_int_equal(lq_store_commit(store, NULL), LQ_OK);
    assert_int_equal(access(path, F_OK), 0);
    lq_store_destroy(store);
    assert_int_equal(count_entries(*state), 1);
    lq_frame_destroy(frame);
}

static void an_abandoned_store_leaves_nothing(void **state)
{
    char path[NAME_CHARS];
    lq_store *store = NULL;
    lq_frame *frame = sample_frame();
    assert_int_equal(lq_store_create(in_folder(state, "a.h5", path), NULL, &store, NULL),
                     LQ_OK);
    assert_int_equal(lq_store_put(store, frame, NULL), LQ_OK);
    lq_store_destroy(store);
    assert_int_equal(count_entries(*state), 0);
    lq_frame_destroy(frame);
}

static void a_partial_file_says_so_and_a_whole_one_supersedes_it(void **state)
{
    char path[NAME_CHARS], partial[NAME_CHARS];
    lq_store *store = NULL;
    lq_frame *frame = sample_frame(), *back = NULL;
    in_folder(state, "a.h5", path);
    in_folder(state, "a.h5.partial.h5", partial);
    assert_int_equal(lq_store_create(path, NULL, &store, NULL), LQ_OK);
    assert_int_equal(lq_store_put(store, frame, NULL), LQ_OK);
    assert_string_equal(lq_store_partial_path(store), partial);
    assert_int_equal(lq_store_commit_partial(store, NULL), LQ_OK);
    lq_store_destroy(store);
    assert_int_not_equal(access(path, F_OK), 0);
    assert_int_equal(lq_store_read(partial, &back, NULL), LQ_OK);
    assert_int_equal(lq_frame_i64(back, "/manifest", "complete", -1), 0);
    lq_frame_destroy(back);
    assert_int_equal(save(path, frame, NULL), LQ_OK);
    assert_int_equal(count_entries(*state), 1);
    lq_frame_destroy(frame);
}

static void two_runs_of_one_file_are_told_apart(void **state)
{
    char path[NAME_CHARS];
    lq_store *first = NULL, *second = NULL;
    lq_error err = {0};
    lq_frame *frame = sample_frame();
    in_folder(state, "a.h5", path);
    assert_int_equal(lq_store_create(path, NULL, &first, NULL), LQ_OK);
    assert_int_equal(lq_store_create(path, NULL, &second, &err), LQ_EIO);
    assert_null(second);
    assert_non_null(strstr(err.got, "another run"));
    assert_int_equal(lq_store_put(first, frame, NULL), LQ_OK);
    assert_int_equal(lq_store_commit(first, NULL), LQ_OK);
    lq_store_destroy(first);
    assert_int_equal(save(path, frame, NULL), LQ_OK);
    lq_frame_destroy(frame);
}

/* Runs `save` in a child that is killed before the commit, or limited in what it may write. */
static int save_in_child(const char *path, rlim_t max_bytes, bool killed)
{
    const pid_t child = fork();
    if (child == 0) {
        lq_error err = {0};
        lq_store *store = NULL;
        const struct rlimit limit = {max_bytes, max_bytes};
        lq_frame *frame = sample_frame();
        if (max_bytes) setrlimit(RLIMIT_FSIZE, &limit);
        if (!killed) {
            const lq_status st = save(path, frame, &err);
            if (st == LQ_EIO && !strstr(err.got, "File too large")) _exit(99);
            exit(st); /* through the exit handlers, where HDF5 used to crash */
        }
        if (lq_store_create(path, NULL, &store, NULL) != LQ_OK) _exit(98);
        if (lq_store_put(store, frame, NULL) != LQ_OK) _exit(97);
        raise(SIGKILL);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static void a_killed_run_leaves_the_old_file_and_the_next_one_cleans_up(void **state)
{
    char path[NAME_CHARS], copy[NAME_CHARS];
    size_t n = 0;
    lq_frame *frame = sample_frame();
    in_folder(state, "a.h5", path);
    in_folder(state, "copy.h5", copy);
    assert_int_equal(save(path, frame, NULL), LQ_OK);
    unsigned char *before = slurp(path, &n);
    assert_true(spill(copy, before, n));
    assert_int_equal(save_in_child(path, 0, true), -SIGKILL);
    assert_true(same_files(path, copy));
    assert_int_equal(count_entries(*state), 3);
    assert_int_equal(save(path, frame, NULL), LQ_OK);
    assert_int_equal(count_entries(*state), 2);
    free(before);
    lq_frame_destroy(frame);
}

/* At every size limit the file is refused and nothing is left, or it is whole. */
static void a_file_size_limit_is_an_error_and_leaves_the_old_file(void **state)
{
    char path[NAME_CHARS], copy[NAME_CHARS];
    size_t n = 0;
    lq_frame *frame = sample_frame();
    in_folder(state, "a.h5", path);
    in_folder(state, "copy.h5", copy);
    assert_int_equal(save(path, frame, NULL), LQ_OK);
    unsigned char *before = slurp(path, &n);
    assert_true(spill(copy, before, n));
    int refused = 0;
    for (rlim_t limit = 1; limit < n + 4096; limit += 1531) {
        const int status = save_in_child(path, limit, false);
        assert_true(status == LQ_EIO || status == LQ_OK);
        assert_true(same_files(path, copy));
        assert_int_equal(count_entries(*state), 2);
        refused += status == LQ_EIO;
    }
    assert_true(refused > 5);
    free(before);
    lq_frame_destroy(frame);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_frame_comes_back_as_it_went, enter_folder,
                                        leave_folder),
        cmocka_unit_test_setup_teardown(what_was_read_can_be_written_again, enter_folder,
                                        leave_folder),
        cmocka_unit_test_setup_teardown(equal_frames_give_equal_bytes, enter_folder,
                                        leave_folder),
        cmocka_unit_test_setup_teardown(a_file_appears_only_on_commit, enter_folder,
                                        leave_folder),
        cmocka_unit_test_setup_teardown(an_abandoned_store_leaves_nothing, enter_folder,
                                        leave_folder),
        cmocka_unit_test_setup_teardown(a_partial_file_says_so_and_a_whole_one_supersedes_it,
                                        enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(two_runs_of_one_file_are_told_apart, enter_folder,
                                        leave_folder),
        cmocka_unit_test_setup_teardown(
            a_killed_run_leaves_the_old_file_and_the_next_one_cleans_up, enter_folder,
            leave_folder),
        cmocka_unit_test_setup_teardown(a_file_size_limit_is_an_error_and_leaves_the_old_file,
                                        enter_folder, leave_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
