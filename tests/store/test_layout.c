#include "lq_test.h"

#include "store/h5.h"
#include "store/layout.h"

#include "sample_frame.h"

#include <hdf5_hl.h>

typedef struct bench {
    lq_arena *arena;
    lq_frame *frame;
    lq_layout layout;
} bench;

/* All of the sample frame in a file in memory. */
static int set_up(void **state)
{
    static bench b;
    const hid_t access = H5Pcreate(H5P_FILE_ACCESS), creation = lq_h5_file_creation();
    H5Pset_fapl_core(access, 1 << 16, false);
    b.arena = lq_arena_create();
    b.frame = sample_frame();
    b.layout = (lq_layout){.arena = b.arena};
    b.layout.file = H5Fcreate("memory.h5", H5F_ACC_TRUNC, creation, access);
    H5Pclose(creation);
    H5Pclose(access);
    for (size_t i = 0; i < lq_frame_n_dimensions(b.frame); i++)
        if (lq_layout_put_dimension(&b.layout, lq_frame_nth_dimension(b.frame, i)) < 0)
            return -1;
    for (size_t i = 0; i < lq_frame_n_variables(b.frame); i++)
        if (lq_layout_put_variable(&b.layout, lq_frame_nth_variable(b.frame, i)) < 0) return -1;
    *state = &b;
    return lq_layout_finish(&b.layout) < 0;
}

static int tear_down(void **state)
{
    bench *b = *state;
    H5Fclose(b->layout.file);
    lq_frame_destroy(b->frame);
    lq_arena_destroy(b->arena);
    return 0;
}

/* The library of HDF5 itself must see what was written by hand. */
static void scales_are_scales_to_hdf5(void **state)
{
    const bench *b = *state;
    static const char *const names[] = {"offer", "year", "quantile", "path"};
    const hid_t cube = H5Dopen2(b->layout.file, "/offers/by_year_quantiles", H5P_DEFAULT);
    for (unsigned i = 0; i < LQ_COUNT(names); i++) {
        const hid_t scale = H5Dopen2(b->layout.file, names[i], H5P_DEFAULT);
        assert_true(H5DSis_scale(scale) > 0);
        assert_true(H5DSis_attached(cube, scale, i) > 0);
        assert_int_equal(H5DSis_attached(cube, scale, (i + 1) % 4), 0);
        assert_int_equal(H5DSget_num_scales(cube, i), 1);
        H5Dclose(scale);
    }
    H5Dclose(cube);
}

static void a_dimension_without_values_is_marked_as_netcdf_does(void **state)
{
    const bench *b = *state;
    char name[80] = "";
    const hid_t scale = H5Dopen2(b->layout.file, "path", H5P_DEFAULT);
    assert_int_equal(H5DSget_scale_name(scale, name, sizeof name), 63);
    assert_string_equal(name,
                        "This is a netCDF dimension but not a netCDF variable.         4");
    assert_int_equal(H5Dget_storage_size(scale), 0);
    H5Dclose(scale);
}

static void dimensions_are_numbered_in_order(void **state)
{
    const bench *b = *state;
    for (size_t i = 0; i < lq_frame_n_dimensions(b->frame); i++) {
        int id = -1;
        const char *name = lq_frame_nth_dimension(b->frame, i)->name;
        const hid_t scale = H5Dopen2(b->layout.file, name, H5P_DEFAULT);
        const hid_t attribute = H5Aopen(scale, "_Netcdf4Dimid", H5P_DEFAULT);
        assert_true(H5Aread(attribute, H5T_NATIVE_INT, &id) >= 0);
        assert_int_equal(id, i);
        H5Aclose(attribute);
        H5Dclose(scale);
    }
}

static void everything_has_units_and_a_sentence(void **state)
{
    const bench *b = *state;
    for (size_t i = 0; i < lq_frame_n_variables(b->frame); i++) {
        char path[100];
        const lq_variable *v = lq_frame_nth_variable(b->frame, i);
        snprintf(path, sizeof path, "%s/%s", v->group, v->name);
        const hid_t dataset = H5Dopen2(b->layout.file, path, H5P_DEFAULT);
        assert_string_equal(lq_h5_get_text(dataset, "units", b->arena), v->units);
        assert_string_equal(lq_h5_get_text(dataset, "long_name", b->arena), v->long_name);
        H5Dclose(dataset);
    }
}

static void what_does_not_fit_is_refused(void **state)
{
    bench *b = *state;
    lq_frame *other = lq_frame_create();
    const lq_dimension *unknown = sample_dimension(other, "unknown", 3);
    const lq_variable bad[] = {
        {"/offers", "total_mean", "1", "there already", LQ_CELL_F64, 0, {0}, {0}},
        {"/x", "y", "1", "a dimension that nobody wrote", LQ_CELL_F64, 1, {unknown}, {0}},
        {"/offer", "y", "1", "a group that is an array", LQ_CELL_F64, 0, {0}, {0}},
        {"relative", "y", "1", "no group", LQ_CELL_F64, 0, {0}, {0}},
        {"/", "offer", "1", "the name of a dimension", LQ_CELL_F64, 0, {0}, {0}},
    };
    const lq_h5_guard guard = lq_h5_enter();
    for (size_t i = 0; i < LQ_COUNT(bad); i++) {
        lq_error err = {0};
        assert_true(lq_layout_put_variable(&b->layout, &bad[i]) < 0);
        assert_int_equal(lq_layout_fail(&b->layout, "f.h5", bad[i].name, &err), LQ_EIO);
        assert_string_equal(err.file, "f.h5");
    }
    assert_true(lq_layout_put_dimension(&b->layout, lq_frame_nth_dimension(b->frame, 0)) < 0);
    lq_h5_leave(&guard);
    lq_frame_destroy(other);
}

static void memory_that_ran_out_is_told_apart(void **state)
{
    bench *b = *state;
    assert_null(lq_arena_calloc(b->arena, SIZE_MAX / 2, 4));
    assert_int_equal(lq_layout_fail(&b->layout, "f.h5", "x", NULL), LQ_ENOMEM);
}

#define ON_BENCH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BENCH(scales_are_scales_to_hdf5),
        ON_BENCH(a_dimension_without_values_is_marked_as_netcdf_does),
        ON_BENCH(dimensions_are_numbered_in_order),
        ON_BENCH(everything_has_units_and_a_sentence),
        ON_BENCH(what_does_not_fit_is_refused),
        ON_BENCH(memory_that_ran_out_is_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
