#include "lq_test.h"

#include "store/store.h"

#include "files.h"
#include "sample_frame.h"

/* A whole file at path, with a column of samples. */
static void save(const char *path)
{
    static const lq_store_column column = {"total", "USD", "total pay, present value"};
    double cells[1000];
    const double *columns[] = {cells};
    lq_store *store = NULL;
    lq_frame *frame = sample_frame();
    for (size_t i = 0; i < LQ_COUNT(cells); i++)
        cells[i] = sqrt((double)i);
    assert_int_equal(lq_store_create(path, NULL, &store, NULL), LQ_OK);
    assert_int_equal(lq_store_samples_begin(store, &column, 1, LQ_COUNT(cells), NULL), LQ_OK);
    assert_int_equal(lq_store_samples_write(store, 0, LQ_COUNT(cells), columns, NULL), LQ_OK);
    assert_int_equal(lq_store_put(store, frame, NULL), LQ_OK);
    assert_int_equal(lq_store_commit(store, NULL), LQ_OK);
    lq_store_destroy(store);
    lq_frame_destroy(frame);
}

static void what_is_no_result_is_said(void **state)
{
    static const struct {
        const char *name, *bytes;
        lq_status status;
    } files[] = {
        {"text", "hello", LQ_ECONFIG},
        {"empty", "", LQ_ECONFIG},
        {"signature", "\211HDF\r\n\032\n", LQ_ECONFIG},
    };
    char path[NAME_CHARS], hash[LQ_STORE_HASH_CHARS] = "as it was";
    lq_error err = {0};
    lq_frame *frame = NULL;
    for (size_t i = 0; i < LQ_COUNT(files); i++) {
        assert_true(spill(in_folder(state, files[i].name, path), files[i].bytes,
                          strlen(files[i].bytes)));
        assert_int_equal(lq_store_read(path, &frame, &err), files[i].status);
        assert_null(frame);
        assert_string_equal(err.file, path);
        assert_non_null(strstr(err.expected, "a result file of liquidus"));
        assert_int_equal(lq_store_hash(path, hash, NULL), files[i].status);
        assert_string_equal(hash, "as it was");
        assert_false(lq_store_is_ours(path));
    }
    assert_int_equal(lq_store_read(in_folder(state, "none", path), &frame, &err), LQ_EIO);
    assert_string_equal(err.got, "No such file or directory");
}

static void what_is_no_file_is_said_at_once(void **state)
{
    char path[NAME_CHARS];
    lq_frame *frame = NULL;
    assert_int_equal(mkfifo(in_folder(state, "pipe", path), 0600), 0);
    assert_int_equal(lq_store_read(path, &frame, NULL), LQ_ECONFIG);
    assert_int_equal(lq_store_read(*state, &frame, NULL), LQ_ECONFIG);
    assert_int_equal(lq_store_read("/dev/zero", &frame, NULL), LQ_ECONFIG);
    assert_false(lq_store_is_ours("/dev/zero"));
}

static void a_result_is_ours(void **state)
{
    char path[NAME_CHARS];
    save(in_folder(state, "a.h5", path));
    assert_true(lq_store_is_ours(path));
}

typedef struct tally {
    int refused, unchanged, wrong;
} tally;

/* Whatever the damage: refused, or exactly the frame that was put. */
static void judge(const char *path, const lq_frame *frame, tally *t)
{
    lq_frame *back = NULL;
    lq_error err = {0};
    const lq_status st = lq_store_read(path, &back, &err);
    if (st != LQ_OK)
        t->refused++;
    else if (frame_contains(back, frame))
        t->unchanged++;
    else
        t->wrong++;
    if (st != LQ_OK && st != LQ_ENOMEM) assert_true(err.got[0] != '\0');
    lq_frame_destroy(back);
}

static uint64_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 33;
}

static void damage_is_never_a_wrong_answer(void **state)
{
    char path[NAME_CHARS], damaged[NAME_CHARS];
    size_t n = 0;
    tally t = {0};
    uint64_t random = 7;
    const char *wanted = getenv("LQ_MUTANTS"); /* more of them in the slow tests */
    const int n_mutants = wanted ? atoi(wanted) : 400;
    lq_frame *frame = sample_frame();
    save(in_folder(state, "a.h5", path));
    unsigned char *bytes = slurp(path, &n);
    in_folder(state, "damaged.h5", damaged);
    for (int i = 0; i < n_mutants; i++) {
        const size_t at = (size_t)next_random(&random) % n;
        const size_t width = 1 + (size_t)next_random(&random) % 8;
        unsigned char old[8];
        const size_t len = at + width <= n ? width : n - at;
        memcpy(old, bytes + at, len);
        for (size_t b = 0; b < len; b++)
            bytes[at + b] = (unsigned char)next_random(&random);
        assert_true(spill(damaged, bytes, n));
        judge(damaged, frame, &t);
        memcpy(bytes + at, old, len);
    }
    print_message("%d refused, %d unharmed, %d wrong\n", t.refused, t.unchanged, t.wrong);
    assert_int_equal(t.wrong, 0);
    assert_true(t.refused > n_mutants / 4);
    free(bytes);
    lq_frame_destroy(frame);
}

static void a_file_cut_short_is_refused(void **state)
{
    char path[NAME_CHARS], cut[NAME_CHARS];
    size_t n = 0;
    tally t = {0};
    lq_frame *frame = sample_frame();
    save(in_folder(state, "a.h5", path));
    unsigned char *bytes = slurp(path, &n);
    for (size_t len = 0; len < n; len += 499) {
        assert_true(spill(in_folder(state, "cut.h5", cut), bytes, len));
        judge(cut, frame, &t);
    }
    assert_int_equal(t.wrong, 0);
    assert_int_equal(t.unchanged, 0);
    free(bytes);
    lq_frame_destroy(frame);
}

static void every_failed_allocation_is_reported_and_leaks_nothing(void **state)
{
    char path[NAME_CHARS];
    save(in_folder(state, "a.h5", path));
    lq_status st = LQ_ENOMEM;
    for (int permitted = 0; st != LQ_OK; permitted++) {
        lq_frame *frame = NULL;
        lq_heap_permit(permitted);
        st = lq_store_read(path, &frame, NULL);
        assert_true((st == LQ_OK) == (frame != NULL));
        lq_frame_destroy(frame);
        const int live = lq_heap_live();
        lq_heap_restore();
        assert_true(st == LQ_OK || st == LQ_ENOMEM);
        assert_int_equal(live, 0);
        assert_true(permitted < 500);
    }
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, enter_folder, leave_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(what_is_no_result_is_said),
        IN_FOLDER(what_is_no_file_is_said_at_once),
        IN_FOLDER(a_result_is_ours),
        IN_FOLDER(damage_is_never_a_wrong_answer),
        IN_FOLDER(a_file_cut_short_is_refused),
        IN_FOLDER(every_failed_allocation_is_reported_and_leaks_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
