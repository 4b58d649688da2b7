#include "lq_test.h"

#include "sample_result.h"

#include "show/pick.h"

static void figures_are_found_by_name_and_place(void **state)
{
    lq_frame *f = *state;
    assert_near(lq_pick(f, "/offers", "headline_equity", 1), 420e3, 0.0);
    assert_near(lq_pick2(f, "/offers", "bridge", 1, 7), sample_worth[1], 0.0);
    assert_near(lq_pick_scalar(f, "/manifest", "seed"), 2026.0, 0.0);
    assert_near(lq_pick_scalar(f, "/manifest", "horizon_years"), 4.0, 0.0);
    assert_string_equal(lq_pick_text(f, "/offers", "role", 2), "ask");
    assert_string_equal(lq_pick_label(f, "offer", 3), "hf-paris-low");
    assert_near(lq_pick_coordinate(f, "quantile", 4), 0.5, 0.0);
    assert_int_equal(lq_pick_len(f, "offer"), SAMPLE_OFFERS);
    assert_int_equal(lq_pick_index(f, "offer", "hf-sf"), 1);
    assert_int_equal(lq_pick_nearest(f, "quantile", 0.95), 7);
}

static void what_is_not_there_is_not_defined(void **state)
{
    static const size_t far[] = {0, 0, 99};
    lq_frame *f = *state;
    assert_true(isnan(lq_pick(f, "/offers", "nothing", 0)));
    assert_true(isnan(lq_pick(f, "/offers", "headline_equity", SAMPLE_OFFERS)));
    assert_true(isnan(lq_pick(f, "/offers", "bridge", 0))); /* two dimensions */
    assert_true(isnan(lq_pick(f, "/offers", "role", 0)));   /* text */
    assert_true(isnan(lq_pick2(f, "/offers", "bridge", 0, LQ_NO_INDEX)));
    assert_true(isnan(lq_pick3(f, "/offers", "bridge", far)));
    assert_true(isnan(lq_pick_coordinate(f, "offer", 0)));
    assert_string_equal(lq_pick_text(f, "/offers", "headline_equity", 0), "");
    assert_string_equal(lq_pick_text(f, "/offers", "role", 99), "");
    assert_string_equal(lq_pick_label(f, "quantile", 0), "");
    assert_int_equal(lq_pick_len(f, "nothing"), 0);
    assert_true(lq_pick_index(f, "offer", "nobody") == LQ_NO_INDEX);
    assert_true(lq_pick_nearest(f, "quantile", 0.3) == LQ_NO_INDEX);
}

static int make(void **state)
{
    return (*state = sample_result()) ? 0 : -1;
}

static int drop(void **state)
{
    lq_frame_destroy(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_are_found_by_name_and_place),
        cmocka_unit_test(what_is_not_there_is_not_defined),
    };
    return cmocka_run_group_tests(tests, make, drop);
}
