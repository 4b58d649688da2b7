#include "lq_test.h"

#include "store/store.h"

#include "files.h"
#include "sample_frame.h"

#include <omp.h>

enum { N_ROWS = 2 * LQ_STORE_CHUNK_ROWS + 4321, N_COLUMNS = 3 };

static const lq_store_column columns[N_COLUMNS] = {
    {"total_google", "USD", "total pay of google, present value"},
    {"total_meta", "USD", "total pay of meta, present value"},
    {"exit_month", "month", "month of the exit"},
};

static double value_of(size_t column, uint64_t row)
{
    return (double)row * (1.0 + (double)column) - 1000.0;
}

/* Delivers rows [row0, row0 + n) of a store. */
static lq_status deliver(lq_store *store, uint64_t row0, size_t n)
{
    static double cells[N_COLUMNS][LQ_STORE_CHUNK_ROWS];
#pragma omp threadprivate(cells)
    const double *pointers[N_COLUMNS];
    for (size_t c = 0; c < N_COLUMNS; c++) {
        pointers[c] = cells[c];
        for (size_t i = 0; i < n; i++)
            cells[c][i] = value_of(c, row0 + i);
    }
    return lq_store_samples_write(store, row0, n, pointers, NULL);
}

typedef struct run {
    int n_threads;
    size_t block;   /* rows at a time */
    bool backwards; /* last block first */
    bool compress;
    uint64_t n_rows, n_delivered;
} run;

static void write_run(const char *path, const run *r)
{
    const lq_store_options options = {.compress = r->compress};
    lq_store *store = NULL;
    lq_frame *frame = sample_frame();
    int failures = 0;
    const int64_t n_blocks = (int64_t)((r->n_delivered + r->block - 1) / r->block);
    assert_int_equal(lq_store_create(path, &options, &store, NULL), LQ_OK);
    assert_int_equal(lq_store_samples_begin(store, columns, N_COLUMNS, r->n_rows, NULL), LQ_OK);
#pragma omp parallel for schedule(dynamic) num_threads(r->n_threads) reduction(+ : failures)
    for (int64_t i = 0; i < n_blocks; i++) {
        const uint64_t block = (uint64_t)(r->backwards ? n_blocks - 1 - i : i);
        const uint64_t row = block * r->block, left = r->n_delivered - row;
        failures += deliver(store, row, left < r->block ? (size_t)left : r->block) != LQ_OK;
    }
    assert_int_equal(failures, 0);
    assert_int_equal(lq_store_put(store, frame, NULL), LQ_OK);
    assert_int_equal(lq_store_commit(store, NULL), LQ_OK);
    lq_store_destroy(store);
    lq_frame_destroy(frame);
}

static void the_file_does_not_depend_on_who_delivers_when(void **state)
{
    static const run runs[] = {
        {1, 64, false, false, N_ROWS, N_ROWS},   {1, 1000, true, false, N_ROWS, N_ROWS},
        {4, 4096, false, false, N_ROWS, N_ROWS}, {7, 777, false, false, N_ROWS, N_ROWS},
        {2, 65536, true, false, N_ROWS, N_ROWS},
    };
    char first[NAME_CHARS], next[NAME_CHARS];
    write_run(in_folder(state, "first.h5", first), &runs[0]);
    for (size_t i = 1; i < LQ_COUNT(runs); i++) {
        write_run(in_folder(state, "next.h5", next), &runs[i]);
        assert_true(same_files(first, next));
    }
}

static void compression_changes_the_bytes_and_not_the_content(void **state)
{
    char plain[NAME_CHARS], small[NAME_CHARS], hash[2][LQ_STORE_HASH_CHARS];
    struct stat of_plain, of_small;
    write_run(in_folder(state, "plain.h5", plain), &(run){2, 4096, 0, false, N_ROWS, N_ROWS});
    write_run(in_folder(state, "small.h5", small), &(run){2, 4096, 0, true, N_ROWS, N_ROWS});
    assert_int_equal(lq_store_hash(plain, hash[0], NULL), LQ_OK);
    assert_int_equal(lq_store_hash(small, hash[1], NULL), LQ_OK);
    assert_string_equal(hash[0], hash[1]);
    assert_int_equal(stat(plain, &of_plain), 0);
    assert_int_equal(stat(small, &of_small), 0);
    assert_true(of_small.st_size < of_plain.st_size / 2);
}

/* Interrupted: what came is there, the rest is NaN, and the hash says so too. */
static void rows_that_never_came_are_missing(void **state)
{
    static const uint64_t delivered[] = {0, 1, 5000, LQ_STORE_CHUNK_ROWS, N_ROWS - 1};
    char path[NAME_CHARS], hash[LQ_STORE_HASH_CHARS], before[LQ_STORE_HASH_CHARS] = "";
    for (size_t i = 0; i < LQ_COUNT(delivered); i++) {
        in_folder(state, "a.h5", path);
        write_run(path, &(run){2, 777, false, false, N_ROWS, delivered[i]});
        assert_int_equal(lq_store_hash(path, hash, NULL), LQ_OK);
        assert_string_not_equal(hash, before);
        snprintf(before, sizeof before, "%s", hash);
    }
}

static void few_and_no_rows_are_fine(void **state)
{
    static const uint64_t rows[] = {0, 1, 63, LQ_STORE_CHUNK_ROWS};
    char path[NAME_CHARS], hash[LQ_STORE_HASH_CHARS];
    for (size_t i = 0; i < LQ_COUNT(rows); i++) {
        lq_frame *frame = NULL;
        in_folder(state, "a.h5", path);
        write_run(path, &(run){1, 64, false, false, rows[i], rows[i]});
        assert_int_equal(lq_store_hash(path, hash, NULL), LQ_OK);
        assert_int_equal(lq_store_read(path, &frame, NULL), LQ_OK);
        assert_int_equal(lq_frame_find_dimension(frame, "sample")->len, rows[i]);
        assert_null(lq_frame_find(frame, "/samples", "exit_month"));
        lq_frame_destroy(frame);
    }
}

static lq_status run_short_of_memory(const char *path)
{
    lq_store *store = NULL;
    lq_frame *frame = sample_frame();
    lq_status st = frame && !lq_frame_failed(frame) ? LQ_OK : LQ_ENOMEM;
    if (st == LQ_OK) st = lq_store_create(path, NULL, &store, NULL);
    if (st == LQ_OK) st = lq_store_samples_begin(store, columns, N_COLUMNS, 1000, NULL);
    if (st == LQ_OK) st = deliver(store, 500, 500);
    if (st == LQ_OK) st = deliver(store, 0, 500);
    if (st == LQ_OK) st = lq_store_put(store, frame, NULL);
    if (st == LQ_OK) st = lq_store_commit(store, NULL);
    lq_store_destroy(store);
    lq_frame_destroy(frame);
    return st;
}

static void every_failed_allocation_is_reported_and_leaks_nothing(void **state)
{
    char path[NAME_CHARS];
    in_folder(state, "a.h5", path);
    lq_status st = LQ_ENOMEM;
    for (int permitted = 0; st != LQ_OK; permitted++) {
        assert_int_equal(count_entries(*state), 0);
        lq_heap_permit(permitted);
        st = run_short_of_memory(path);
        const int live = lq_heap_live();
        lq_heap_restore();
        assert_true(st == LQ_OK || st == LQ_ENOMEM);
        assert_int_equal(live, 0);
        assert_true(permitted < 500);
    }
    assert_int_equal(count_entries(*state), 1);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, enter_folder, leave_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(the_file_does_not_depend_on_who_delivers_when),
        IN_FOLDER(compression_changes_the_bytes_and_not_the_content),
        IN_FOLDER(rows_that_never_came_are_missing),
        IN_FOLDER(few_and_no_rows_are_fine),
        IN_FOLDER(every_failed_allocation_is_reported_and_leaks_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
