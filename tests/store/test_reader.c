#include "lq_test.h"

#include "store/h5.h"
#include "store/reader.h"

#include "files.h"
#include "sample_frame.h"

/* A whole file, then a change to it by HDF5 itself, as a tool or an attacker might make it. */
static void save(const char *path)
{
    lq_store *store = NULL;
    lq_frame *frame = sample_frame();
    assert_int_equal(lq_store_create(path, NULL, &store, NULL), LQ_OK);
    assert_int_equal(lq_store_put(store, frame, NULL), LQ_OK);
    assert_int_equal(lq_store_commit(store, NULL), LQ_OK);
    lq_store_destroy(store);
    lq_frame_destroy(frame);
}

static lq_status read_file(const char *path, lq_error *err)
{
    lq_frame *frame = lq_frame_create();
    const lq_h5_guard guard = lq_h5_enter();
    const lq_status st = lq_reader_frame(path, frame, err);
    lq_h5_leave(&guard);
    lq_frame_destroy(frame);
    return st;
}

static void change_a_number(hid_t file)
{
    const double values[3] = {1.0, 2.0, 3.0};
    const hid_t set = H5Dopen2(file, "/offers/total_mean", H5P_DEFAULT);
    assert_true(H5Dwrite(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) >= 0);
    H5Dclose(set);
}

static void change_units(hid_t file)
{
    const hid_t set = H5Dopen2(file, "/offers/total_mean", H5P_DEFAULT);
    H5Adelete(set, "units");
    assert_true(lq_h5_put_text(set, "units", "EUR") >= 0);
    H5Dclose(set);
}

static void change_a_volatile_number(hid_t file)
{
    const double value = 7.0;
    const hid_t set = H5Dopen2(file, "/manifest/run/elapsed", H5P_DEFAULT);
    assert_true(H5Dwrite(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, &value) >= 0);
    H5Dclose(set);
}

static void say_incomplete(hid_t file)
{
    const int64_t value = 0;
    const hid_t set = H5Dopen2(file, "/manifest/complete", H5P_DEFAULT);
    assert_true(H5Dwrite(set, H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, &value) >= 0);
    H5Dclose(set);
}

static void drop_an_array(hid_t file)
{
    assert_true(H5Ldelete(file, "/offers/name", H5P_DEFAULT) >= 0);
}

static void drop_the_hash(hid_t file)
{
    assert_true(H5Ldelete(file, "/manifest/content_sha256", H5P_DEFAULT) >= 0);
}

static void drop_a_dimension(hid_t file)
{
    assert_true(H5Ldelete(file, "/quantile", H5P_DEFAULT) >= 0);
}

static void add_a_cycle(hid_t file)
{
    H5Lcreate_hard(file, "/", file, "/offers/again", H5P_DEFAULT, H5P_DEFAULT);
}

static void add_a_named_type(hid_t file)
{
    const hid_t type = H5Tcopy(H5T_NATIVE_DOUBLE);
    H5Tcommit2(file, "/offers/type", type, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    H5Tclose(type);
}

static const struct change {
    const char *name;
    void (*make)(hid_t file);
} changes[] = {
    {"a number is changed", change_a_number},
    {"units are changed", change_units},
    {"a volatile number is changed", change_a_volatile_number},
    {"it says incomplete", say_incomplete},
    {"an array is gone", drop_an_array},
    {"the hash is gone", drop_the_hash},
    {"a dimension is gone", drop_a_dimension},
    {"groups run in a circle", add_a_cycle},
    {"a named type", add_a_named_type},
};

static void a_changed_file_is_refused(void **state)
{
    for (size_t i = 0; i < LQ_COUNT(changes); i++) {
        char path[NAME_CHARS], hash[LQ_STORE_HASH_CHARS];
        lq_error err = {0};
        save(in_folder(state, "a.h5", path));
        const lq_h5_guard guard = lq_h5_enter();
        const hid_t access = lq_h5_file_access();
        const hid_t file = H5Fopen(path, H5F_ACC_RDWR, access);
        assert_true(file >= 0);
        changes[i].make(file);
        H5Fclose(file);
        H5Pclose(access);
        const lq_status st = read_file(path, &err);
        if (st != LQ_ECHECK) print_error("%s\n", changes[i].name);
        assert_int_equal(st, LQ_ECHECK);
        assert_string_equal(err.file, path);
        assert_int_equal(lq_reader_hash(path, hash, NULL), LQ_ECHECK);
        lq_h5_leave(&guard);
        unlink(path);
    }
}

static void a_whole_file_is_read(void **state)
{
    char path[NAME_CHARS], hash[LQ_STORE_HASH_CHARS];
    save(in_folder(state, "a.h5", path));
    assert_int_equal(lq_reader_check(path, NULL), LQ_OK);
    assert_int_equal(read_file(path, NULL), LQ_OK);
    assert_int_equal(lq_reader_hash(path, hash, NULL), LQ_OK);
    assert_int_equal(strlen(hash), 64);
}

/* An HDF5 file of somebody else, and one of a format that is yet to come. */
static void another_format_is_named(void **state)
{
    static const struct {
        const char *format, *got;
    } formats[] = {
        {NULL, "an HDF5 file of another kind"},
        {"something", "an HDF5 file of another kind"},
        {"liquidus-result/99", "liquidus-result/99"},
    };
    for (size_t i = 0; i < LQ_COUNT(formats); i++) {
        char path[NAME_CHARS];
        lq_error err = {0};
        in_folder(state, "a.h5", path);
        const hid_t file = H5Fcreate(path, H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
        if (formats[i].format)
            assert_true(lq_h5_put_text(file, "format", formats[i].format) >= 0);
        H5Fclose(file);
        assert_int_equal(lq_reader_check(path, &err), LQ_ECONFIG);
        assert_string_equal(err.got, formats[i].got);
        assert_int_equal(read_file(path, NULL), LQ_ECONFIG);
    }
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, enter_folder, leave_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_whole_file_is_read),
        IN_FOLDER(a_changed_file_is_refused),
        IN_FOLDER(another_format_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
