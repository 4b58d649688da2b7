#include "lq_test.h"

#include "printed.h"

static void points_name_the_pair_and_what_was_assumed(void **state)
{
    char *text = printed_sample();
    (void)state;
    assert_non_null(line_of(text, "What would turn it (hugging-face-sf ask = google-l6)"));
    assert_non_null(strstr(line_of(text, "hugging-face grows 39 %"), "assumed 12 %"));
    assert_non_null(strstr(line_of(text, "base $363K"), "assumed $300K"));
    assert_non_null(line_of(text, "IPO odds: even 60 % by 2031 leaves $96K"));
    assert_non_null(strstr(line_of(text, "a letter dollar buys"), "assumed $0.65"));
    free(text);
}

static void assumptions_name_the_place_of_all(void **state)
{
    char *text = printed_sample();
    (void)state;
    assert_non_null(line_of(text, "Assumed, not in your file: 10 % a year leave; risk 2"));
    assert_non_null(strstr(text, "All: liquidus check offers.yaml"));
    assert_non_null(line_of(text, "Note: hf-sf states $380K to $560K a year"));
    free(text);
}

/* A result knows no config to check: it holds all of them itself. */
static void a_result_names_itself_as_the_place(void **state)
{
    lq_frame *frame = sample_result();
    (void)state;
    char *text = printed_screen(frame, &(lq_screen_options){.shown = "a.h5"});
    assert_non_null(strstr(text, "All: liquidus show a.h5 --json\n"));
    assert_null(strstr(text, "check"));
    free(text);
    lq_frame_destroy(frame);
}

static void a_frame_without_them_says_nothing_of_them(void **state)
{
    static const char *const id = "a";
    lq_frame *frame = lq_frame_create();
    (void)state;
    lq_frame_dimension(frame, &(lq_dimension){"offer", "", "", 1, LQ_CELL_TEXT, {.text = &id}});
    char *text = printed_screen(frame, &(lq_screen_options){0});
    assert_null(line_of(text, "What would turn it"));
    assert_null(line_of(text, "Assumed"));
    assert_null(line_of(text, "Note"));
    free(text);
    lq_frame_destroy(frame);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_name_the_pair_and_what_was_assumed),
        cmocka_unit_test(assumptions_name_the_place_of_all),
        cmocka_unit_test(a_result_names_itself_as_the_place),
        cmocka_unit_test(a_frame_without_them_says_nothing_of_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
