#include "lq_test.h"

#include "store/h5.h"
#include "store/walk.h"

#include "files.h"

/* A file in memory that a row of the table makes hostile, and a walk of its root. */
static hid_t memory_file(void)
{
    const hid_t access = H5Pcreate(H5P_FILE_ACCESS), creation = lq_h5_file_creation();
    H5Pset_fapl_core(access, 1 << 16, false);
    const hid_t file = H5Fcreate("memory.h5", H5F_ACC_TRUNC, creation, access);
    H5Pclose(creation);
    H5Pclose(access);
    return file;
}

static void add_array(hid_t file, hid_t type, int rank, const hsize_t *dims, hid_t creation)
{
    const hid_t space = rank < 0 ? H5Screate(H5S_NULL) : H5Screate_simple(rank, dims, NULL);
    const hid_t set = H5Dcreate2(file, "x", type, space, H5P_DEFAULT, creation, H5P_DEFAULT);
    assert_true(set >= 0);
    assert_true(lq_h5_put_text(set, "units", "1") >= 0);
    assert_true(lq_h5_put_text(set, "long_name", "x") >= 0);
    H5Dclose(set);
    H5Sclose(space);
}

static void soft_link(hid_t file)
{
    H5Lcreate_soft("/y", file, "x", H5P_DEFAULT, H5P_DEFAULT);
}

static void external_link(hid_t file)
{
    H5Lcreate_external("/etc/passwd", "/y", file, "x", H5P_DEFAULT, H5P_DEFAULT);
}

static void external_storage(hid_t file)
{
    const hsize_t dims[1] = {10};
    const hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_external(creation, "/etc/passwd", 0, 80);
    add_array(file, H5T_NATIVE_DOUBLE, 1, dims, creation);
    H5Pclose(creation);
}

static void virtual_storage(hid_t file)
{
    const hsize_t dims[1] = {10};
    const hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
    const hid_t space = H5Screate_simple(1, dims, NULL);
    H5Pset_virtual(creation, space, "/tmp/other.h5", "/y", space);
    add_array(file, H5T_NATIVE_DOUBLE, 1, dims, creation);
    H5Sclose(space);
    H5Pclose(creation);
}

static void unknown_filter(hid_t file)
{
    const hsize_t dims[1] = {10};
    const hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_chunk(creation, 1, dims);
    H5Pset_filter(creation, 32000, H5Z_FLAG_OPTIONAL, 0, NULL);
    add_array(file, H5T_NATIVE_DOUBLE, 1, dims, creation);
    H5Pclose(creation);
}

static void wrong_type(hid_t file)
{
    const hsize_t dims[1] = {10};
    add_array(file, H5T_NATIVE_SHORT, 1, dims, H5P_DEFAULT);
}

static void too_many_dimensions(hid_t file)
{
    const hsize_t dims[5] = {1, 1, 1, 1, 1};
    add_array(file, H5T_NATIVE_DOUBLE, 5, dims, H5P_DEFAULT);
}

static void too_many_cells(hid_t file)
{
    const hsize_t dims[3] = {1 << 20, 1 << 20, 1 << 20};
    const hsize_t chunk[3] = {16, 16, 16};
    const hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_chunk(creation, 3, chunk);
    add_array(file, H5T_NATIVE_DOUBLE, 3, dims, creation);
    H5Pclose(creation);
}

static void no_data_at_all(hid_t file)
{
    add_array(file, H5T_NATIVE_DOUBLE, -1, NULL, H5P_DEFAULT);
}

static void no_dimension_list(hid_t file)
{
    const hsize_t dims[1] = {10};
    add_array(file, H5T_NATIVE_DOUBLE, 1, dims, H5P_DEFAULT);
}

static void list_of_another_kind(hid_t file)
{
    const hsize_t dims[1] = {10};
    add_array(file, H5T_NATIVE_DOUBLE, 1, dims, H5P_DEFAULT);
    const hid_t set = H5Dopen2(file, "x", H5P_DEFAULT);
    lq_h5_put_text(set, "DIMENSION_LIST", "offer");
    H5Dclose(set);
}

static void list_of_nothing(hid_t file)
{
    const hsize_t dims[1] = {1};
    hvl_t empty = {0};
    add_array(file, H5T_NATIVE_DOUBLE, 1, dims, H5P_DEFAULT);
    const hid_t set = H5Dopen2(file, "x", H5P_DEFAULT);
    const hid_t type = H5Tvlen_create(H5T_STD_REF_OBJ), space = H5Screate_simple(1, dims, NULL);
    const hid_t list = H5Acreate2(set, "DIMENSION_LIST", type, space, H5P_DEFAULT, H5P_DEFAULT);
    assert_true(H5Awrite(list, type, &empty) >= 0);
    H5Aclose(list);
    H5Sclose(space);
    H5Tclose(type);
    H5Dclose(set);
}

static void no_units(hid_t file)
{
    const hid_t space = H5Screate(H5S_SCALAR);
    H5Dclose(
        H5Dcreate2(file, "x", H5T_NATIVE_DOUBLE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
    H5Sclose(space);
}

static const struct hostile {
    const char *name;
    void (*make)(hid_t file);
    const char *got;
} hostiles[] = {
    {"soft link", soft_link, "a link to elsewhere"},
    {"external link", external_link, "a link to elsewhere"},
    {"external storage", external_storage, "storage elsewhere"},
    {"virtual storage", virtual_storage, "storage elsewhere"},
    {"unknown filter", unknown_filter, "an unknown filter"},
    {"wrong type", wrong_type, "an array of another kind"},
    {"too many dimensions", too_many_dimensions, "an array of another kind"},
    {"too many cells", too_many_cells, "an array of another kind"},
    {"no data at all", no_data_at_all, "an array of another kind"},
    {"no dimension list", no_dimension_list, "no dimensions"},
    {"list of another kind", list_of_another_kind, "no dimensions"},
    {"list of nothing", list_of_nothing, "no dimensions"},
    {"no units", no_units, "no units"},
};

static void what_a_result_never_has_is_refused(void **state)
{
    const struct hostile *h = *state;
    lq_error err = {0};
    lq_walk walk = {.path = "a.h5", .file = memory_file(), .frame = lq_frame_create()};
    const lq_h5_guard guard = lq_h5_enter();
    h->make(walk.file);
    assert_int_equal(lq_walk_group(&walk, "/", lq_walk_variable, &err), LQ_ECHECK);
    assert_string_equal(err.file, "a.h5");
    assert_string_equal(err.key, "x");
    assert_non_null(strstr(err.got, h->got));
    assert_int_equal(lq_frame_n_variables(walk.frame), 0);
    lq_h5_leave(&guard);
    lq_frame_destroy(walk.frame);
    H5Fclose(walk.file);
}

static lq_status note_name(lq_walk *walk, const char *group, const char *name, hid_t object,
                           lq_error *err)
{
    (void)object;
    (void)err;
    char *text = walk->data;
    assert_string_equal(group, "/");
    strcat(text, name);
    return LQ_OK;
}

static void links_are_visited_in_the_order_of_creation(void **state)
{
    (void)state;
    char text[8] = "";
    static const char *const names[] = {"c", "a", "b"};
    lq_walk walk = {.file = memory_file(), .frame = lq_frame_create(), .data = text};
    for (size_t i = 0; i < LQ_COUNT(names); i++)
        H5Gclose(H5Gcreate2(walk.file, names[i], H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
    assert_int_equal(lq_walk_group(&walk, "/", note_name, NULL), LQ_OK);
    assert_string_equal(text, "cab");
    assert_int_equal(walk.n_links, 3);
    lq_frame_destroy(walk.frame);
    H5Fclose(walk.file);
}

static void a_group_that_is_missing_is_damage(void **state)
{
    (void)state;
    lq_walk walk = {.file = memory_file(), .frame = lq_frame_create()};
    const lq_h5_guard guard = lq_h5_enter();
    assert_int_equal(lq_walk_group(&walk, "/none", note_name, NULL), LQ_ECHECK);
    lq_h5_leave(&guard);
    lq_frame_destroy(walk.frame);
    H5Fclose(walk.file);
}

static void memory_that_ran_out_is_the_reason(void **state)
{
    (void)state;
    lq_walk walk = {.path = "a.h5", .frame = lq_frame_create()};
    assert_int_equal(lq_walk_refuse(&walk, "x", "no units", NULL), LQ_ECHECK);
    assert_null(lq_arena_calloc(lq_frame_arena(walk.frame), SIZE_MAX / 2, 4));
    assert_int_equal(lq_walk_refuse(&walk, "x", "no units", NULL), LQ_ENOMEM);
    lq_frame_destroy(walk.frame);
}

int main(void)
{
    struct CMUnitTest tests[LQ_COUNT(hostiles) + 3] = {
        cmocka_unit_test(links_are_visited_in_the_order_of_creation),
        cmocka_unit_test(a_group_that_is_missing_is_damage),
        cmocka_unit_test(memory_that_ran_out_is_the_reason),
    };
    for (size_t i = 0; i < LQ_COUNT(hostiles); i++)
        tests[i + 3] = (struct CMUnitTest){.name = hostiles[i].name,
                                           .test_func = what_a_result_never_has_is_refused,
                                           .initial_state = (void *)(uintptr_t)&hostiles[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
