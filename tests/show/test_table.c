#include "lq_test.h"

#include "printed.h"

static void offers_stand_best_first(void **state)
{
    char *text = printed_sample();
    (void)state;
    assert_non_null(text);
    const char *table = line_of(text, "($K)");
    const char *first = strstr(table, "google-l6  "), *second = strstr(table, "h-face-sf ask"),
               *third = strstr(table, "hugging-face-sf "),
               *fourth = strstr(table, "hf-paris mid");
    assert_true(first && first < second && second < third && third < fourth);
    free(text);
}

static void a_band_is_one_row_under_its_middle(void **state)
{
    char *text = printed_sample();
    (void)state;
    const char *row = line_of(text, "band low-high");
    assert_non_null(row);
    assert_non_null(strstr(row, "705-899"));
    assert_true(row > line_of(text, "hf-paris mid (EUR)"));
    assert_null(line_of(text, "band low "));
    free(text);
}

static void a_wide_band_takes_two_rows(void **state)
{
    lq_frame *frame = sample_result();
    (void)state;
    set_figure(frame, "certainty_equivalent_chosen", 5, 1234567.0);
    char *text = printed_screen(frame, &(lq_screen_options){0});
    assert_null(line_of(text, "band low-high"));
    assert_non_null(line_of(text, "band low "));
    assert_non_null(strstr(line_of(text, "band high"), "1,235"));
    assert_true(widest_line(text) <= LQ_SCREEN_COLUMNS);
    free(text);
    lq_frame_destroy(frame);
}

static void a_pair_is_read_either_way_round(void **state)
{
    char *text = printed_sample();
    (void)state;
    /* run as "google-l6 vs hf-paris-mid" */
    assert_non_null(strstr(line_of(text, "hf-paris mid (EUR)"), "4.8 %"));
    assert_non_null(strstr(line_of(text, "h-face-sf ask"), "19.2 %"));
    free(text);
}

static void ranges_are_told_only_where_they_exceed_the_error(void **state)
{
    lq_frame *frame = sample_result();
    (void)state;
    set_figure(frame, "worlds_low", 0, sample_worth[0] - 50.0);
    set_figure(frame, "worlds_high", 0, sample_worth[0] + 50.0);
    char *text = printed_screen(frame, &(lq_screen_options){0});
    const char *ranges = line_of(text, "worth over what nobody knows");
    assert_non_null(ranges);
    assert_null(strstr(ranges, "google-l6 1,076 to"));
    assert_non_null(strstr(ranges, "722 to 962"));
    free(text);
    lq_frame_destroy(frame);
}

static void what_is_not_defined_is_a_dash(void **state)
{
    lq_frame *frame = sample_result();
    (void)state;
    set_figure(frame, "cvar_05", 0, (double)NAN);
    set_figure(frame, "headline_equity", 0, 0.0);
    char *text = printed_screen(frame, &(lq_screen_options){0});
    const char *table = line_of(text, "($K)");
    const char *row = strstr(table, "google-l6  ");
    char line[128];
    snprintf(line, sizeof line, "%.*s", (int)strcspn(row, "\n"), row);
    size_t dashes = 0;
    for (const char *at = line; (at = strstr(at, "  -")); at += 3)
        dashes++;
    assert_int_equal(dashes, 3); /* bad case, paper, itself */
    free(text);
    lq_frame_destroy(frame);
}

static void words_about_the_table(const char *key_of, const char *key, const char *says)
{
    lq_frame *frame = sample_result();
    if (key) set_key(frame, key_of, key);
    char *text = printed_screen(frame, &(lq_screen_options){0});
    for (char *at = text; *at; at++) /* wherever a line breaks */
        if (strncmp(at, "\n  ", 3) == 0) memmove(at, at + 2, strlen(at + 2) + 1), *at = ' ';
    assert_non_null(strstr(text, says));
    free(text);
    lq_frame_destroy(frame);
}

static void a_baseline_that_was_chosen_is_told(void **state)
{
    (void)state;
    words_about_the_table("/assumptions", NULL, "above the baseline. +-: the widest");
    words_about_the_table("/assumptions", "decide.baseline",
                          "above the baseline, google-l6 (the best other offer; "
                          "decide.baseline changes it). +-: the widest");
}

static void the_errors_of_one_world_say_so(void **state)
{
    (void)state;
    words_about_the_table("/warnings", NULL, "the widest of all rows; each row's own: --json.");
    words_about_the_table("/warnings", "simulation.worlds",
                          "the widest of all rows, within the one world drawn of what nobody "
                          "knows; each row's own: --json.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(offers_stand_best_first),
        cmocka_unit_test(a_band_is_one_row_under_its_middle),
        cmocka_unit_test(a_wide_band_takes_two_rows),
        cmocka_unit_test(a_pair_is_read_either_way_round),
        cmocka_unit_test(ranges_are_told_only_where_they_exceed_the_error),
        cmocka_unit_test(what_is_not_defined_is_a_dash),
        cmocka_unit_test(a_baseline_that_was_chosen_is_told),
        cmocka_unit_test(the_errors_of_one_world_say_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
