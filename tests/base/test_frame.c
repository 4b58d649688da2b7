#include "lq_test.h"

#include "base/frame.h"

#include <math.h>
#include <string.h>

static const lq_dimension *add_offers(lq_frame *frame)
{
    static const char *const ids[] = {"google", "meta"};
    return lq_frame_dimension(frame, &(lq_dimension){.name = "offer",
                                                     .units = "1",
                                                     .long_name = "Offer.",
                                                     .len = 2,
                                                     .cell = LQ_CELL_TEXT,
                                                     .values = {.text = ids}});
}

static lq_variable *add_mean(lq_frame *frame, const lq_dimension *offer)
{
    return lq_frame_variable(frame, &(lq_variable){.group = "/offers",
                                                   .name = "mean",
                                                   .units = "USD",
                                                   .long_name = "Mean.",
                                                   .cell = LQ_CELL_F64,
                                                   .n_dims = 1,
                                                   .dims = {offer}});
}

static void arrays_are_found_by_group_and_name(void **state)
{
    (void)state;
    lq_frame *frame = lq_frame_create();
    const lq_dimension *offer = add_offers(frame);
    lq_variable *mean = add_mean(frame, offer);
    assert_int_equal(lq_variable_len(mean), 2);
    assert_true(mean->data.f64[0] == 0.0);
    mean->data.f64[1] = 5.0;

    assert_ptr_equal(lq_frame_find(frame, "/offers", "mean"), mean);
    assert_null(lq_frame_find(frame, "/pairs", "mean"));
    assert_ptr_equal(lq_frame_find_dimension(frame, "offer"), offer);
    assert_null(lq_frame_find_dimension(frame, "year"));
    assert_string_equal(offer->values.text[1], "meta");
    assert_false(lq_frame_failed(frame));
    lq_frame_destroy(frame);
}

static void scalars_have_a_type_and_a_default(void **state)
{
    (void)state;
    lq_frame *frame = lq_frame_create();
    lq_frame_put_f64(frame, "/a", "x", "USD", "X.", 2.5);
    lq_frame_put_i64(frame, "/a", "n", "1", "N.", INT64_MAX);
    lq_frame_put_text(frame, "/a", "t", "T.", "text");
    lq_frame_put_text(frame, "/a", "none", "None.", NULL);

    assert_true(lq_frame_f64(frame, "/a", "x") == 2.5);
    assert_true(lq_frame_i64(frame, "/a", "n", 0) == INT64_MAX);
    assert_string_equal(lq_frame_text(frame, "/a", "t"), "text");
    assert_string_equal(lq_frame_text(frame, "/a", "none"), "");
    assert_true(isnan(lq_frame_f64(frame, "/a", "n"))); /* another type is no such thing */
    assert_int_equal(lq_frame_i64(frame, "/a", "gone", -7), -7);
    assert_string_equal(lq_frame_text(frame, "/b", "t"), "");
    lq_frame_destroy(frame);
}

static void order_is_the_order_of_adding(void **state)
{
    (void)state;
    lq_frame *frame = lq_frame_create();
    const lq_dimension *offer = add_offers(frame);
    add_mean(frame, offer);
    lq_frame_put_f64(frame, "/a", "x", "1", "X.", 1.0);
    assert_int_equal(lq_frame_n_dimensions(frame), 1);
    assert_int_equal(lq_frame_n_variables(frame), 2);
    assert_ptr_equal(lq_frame_nth_dimension(frame, 0), offer);
    assert_null(lq_frame_nth_dimension(frame, 1));
    assert_string_equal(lq_frame_nth_variable(frame, 0)->name, "mean");
    assert_string_equal(lq_frame_nth_variable(frame, 1)->name, "x");
    assert_null(lq_frame_nth_variable(frame, 2));
    lq_frame_destroy(frame);
}

static void texts_start_empty_and_dimensions_may_have_no_values(void **state)
{
    (void)state;
    lq_frame *frame = lq_frame_create();
    const lq_dimension *bin = lq_frame_dimension(
        frame, &(lq_dimension){.name = "bin", .units = "1", .long_name = "Bin.", .len = 3});
    lq_variable *v = lq_frame_variable(
        frame,
        &(lq_variable){
            .group = "/", .name = "label", .cell = LQ_CELL_TEXT, .n_dims = 1, .dims = {bin}});
    assert_null(bin->values.f64);
    for (int i = 0; i < 3; i++)
        assert_string_equal(v->data.text[i], "");
    assert_string_equal(v->units, "");
    lq_frame_destroy(frame);
}

/* Fail the first allocation, then the second, ... : said, never half added, nothing leaks. */
static void every_failed_allocation_is_remembered(void **state)
{
    (void)state;
    bool failed = true;
    for (int permitted = 0; failed; permitted++) {
        lq_heap_permit(permitted);
        lq_frame *frame = lq_frame_create();
        const lq_dimension *offer = frame ? add_offers(frame) : NULL;
        lq_variable *mean = offer ? add_mean(frame, offer) : NULL;
        failed = !mean;
        if (frame) assert_true(lq_frame_failed(frame) == failed);
        if (frame) assert_true(!lq_frame_find_dimension(frame, "offer") == !offer);
        lq_frame_destroy(frame);
        const int live = lq_heap_live();
        lq_heap_restore();
        assert_int_equal(live, 0);
        assert_true(permitted < 100);
    }
}

/* A builder goes on after a failure and asks once at the end. */
static void a_failed_frame_takes_no_more(void **state)
{
    (void)state;
    lq_heap_permit(3); /* the frame, its arena, one piece */
    lq_frame *frame = lq_frame_create();
    lq_frame_put_f64(frame, "/a", "x", "1", "X.", 1.0);
    const lq_dimension *large =
        lq_frame_dimension(frame, &(lq_dimension){.name = "bin",
                                                  .units = "1",
                                                  .long_name = "Bin.",
                                                  .len = 100000,
                                                  .values.f64 = (double[100000]){0}});
    lq_variable *v = add_mean(frame, large);
    lq_frame_put_f64(frame, "/a", "y", "1", "Y.", 2.0);
    const bool failed = lq_frame_failed(frame);
    const size_t n = lq_frame_n_variables(frame);
    lq_frame_destroy(frame);
    lq_heap_restore();
    assert_null(large);
    assert_null(v);
    assert_true(failed);
    assert_int_equal(n, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arrays_are_found_by_group_and_name),
        cmocka_unit_test(scalars_have_a_type_and_a_default),
        cmocka_unit_test(order_is_the_order_of_adding),
        cmocka_unit_test(texts_start_empty_and_dimensions_may_have_no_values),
        cmocka_unit_test(every_failed_allocation_is_remembered),
        cmocka_unit_test(a_failed_frame_takes_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
