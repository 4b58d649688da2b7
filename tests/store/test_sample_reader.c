#include "lq_test.h"

#include "store/h5.h"
#include "store/reader.h"

#include "files.h"
#include "sample_frame.h"

enum { N_ROWS = LQ_STORE_CHUNK_ROWS + 100 };

static void save(const char *path)
{
    static const lq_store_column columns[] = {{"b", "USD", "one"}, {"a", "1", "two"}};
    static double cells[2][N_ROWS];
    const double *pointers[] = {cells[0], cells[1]};
    lq_store *store = NULL;
    lq_frame *frame = sample_frame();
    for (size_t i = 0; i < N_ROWS; i++) {
        cells[0][i] = (double)i;
        cells[1][i] = -(double)i;
    }
    assert_int_equal(lq_store_create(path, NULL, &store, NULL), LQ_OK);
    assert_int_equal(lq_store_samples_begin(store, columns, 2, N_ROWS, NULL), LQ_OK);
    assert_int_equal(lq_store_samples_write(store, 0, N_ROWS, pointers, NULL), LQ_OK);
    assert_int_equal(lq_store_put(store, frame, NULL), LQ_OK);
    assert_int_equal(lq_store_commit(store, NULL), LQ_OK);
    lq_store_destroy(store);
    lq_frame_destroy(frame);
}

static lq_status hash_file(const char *path, lq_error *err)
{
    char hash[LQ_STORE_HASH_CHARS];
    const lq_h5_guard guard = lq_h5_enter();
    const lq_status st = lq_reader_hash(path, hash, err);
    lq_h5_leave(&guard);
    return st;
}

static void change_one_row(hid_t file)
{
    const hsize_t row = LQ_STORE_CHUNK_ROWS + 7, one = 1;
    const double value = 0.5;
    const hid_t set = H5Dopen2(file, "/samples/a", H5P_DEFAULT);
    const hid_t space = H5Dget_space(set), memory = H5Screate_simple(1, &one, NULL);
    H5Sselect_hyperslab(space, H5S_SELECT_SET, &row, NULL, &one, NULL);
    assert_true(H5Dwrite(set, H5T_NATIVE_DOUBLE, memory, space, H5P_DEFAULT, &value) >= 0);
    H5Sclose(memory);
    H5Sclose(space);
    H5Dclose(set);
}

static void drop_a_column(hid_t file)
{
    assert_true(H5Ldelete(file, "/samples/a", H5P_DEFAULT) >= 0);
}

static void rename_a_column(hid_t file)
{
    assert_true(H5Lmove(file, "/samples/a", file, "/samples/c", H5P_DEFAULT, H5P_DEFAULT) >= 0);
}

static void add_a_group(hid_t file)
{
    H5Gclose(H5Gcreate2(file, "/samples/g", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
}

static void add_a_short_column(hid_t file)
{
    const hsize_t len = 10;
    const hid_t space = H5Screate_simple(1, &len, NULL);
    const hid_t set = H5Dcreate2(file, "/samples/z", H5T_NATIVE_DOUBLE, space, H5P_DEFAULT,
                                 H5P_DEFAULT, H5P_DEFAULT);
    lq_h5_put_text(set, "units", "1");
    lq_h5_put_text(set, "long_name", "z");
    H5Dclose(set);
    H5Sclose(space);
}

static void drop_all(hid_t file)
{
    assert_true(H5Ldelete(file, "/samples", H5P_DEFAULT) >= 0);
}

/* The frame is as it was, so reading is fine; the hash of everything is not. */
static void changed_samples_are_noticed_by_the_hash(void **state)
{
    static void (*const changes[])(hid_t) = {
        change_one_row, drop_a_column,      rename_a_column,
        add_a_group,    add_a_short_column, drop_all,
    };
    for (size_t i = 0; i < LQ_COUNT(changes); i++) {
        char path[NAME_CHARS];
        lq_error err = {0};
        lq_frame *frame = NULL;
        save(in_folder(state, "a.h5", path));
        assert_int_equal(hash_file(path, NULL), LQ_OK);
        const hid_t access = lq_h5_file_access(), file = H5Fopen(path, H5F_ACC_RDWR, access);
        changes[i](file);
        H5Fclose(file);
        H5Pclose(access);
        assert_int_equal(hash_file(path, &err), LQ_ECHECK);
        assert_string_equal(err.file, path);
        assert_int_equal(lq_store_read(path, &frame, NULL), LQ_OK);
        lq_frame_destroy(frame);
        unlink(path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(changed_samples_are_noticed_by_the_hash, enter_folder,
                                        leave_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
