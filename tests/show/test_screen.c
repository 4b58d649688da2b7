#include "lq_test.h"

#include "printed.h"

#include "show/pick.h"

/* The whole screen, byte for byte. A change of wording is made on purpose: the new text is
 * printed on failure. */
static void the_screen_is_as_kept(void **state)
{
    char *text = printed_sample();
    (void)state;
    FILE *file = fopen(LQ_SOURCE_DIR "/tests/show/screen.golden", "r");
    assert_non_null(file);
    char *golden = calloc(1, 16384);
    const size_t len = fread(golden, 1, 16383, file);
    fclose(file);
    if (strlen(text) != len || strcmp(text, golden) != 0) print_message("%s", text);
    assert_string_equal(text, golden);
    free(golden);
    free(text);
}

static void no_line_is_wider_than_the_terminal(void **state)
{
    char *text = printed_sample();
    (void)state;
    assert_true(widest_line(text) <= LQ_SCREEN_COLUMNS);
    for (const char *at = text; *at; at++)
        assert_true((*at >= ' ' && *at < 127) || *at == '\n');
    assert_null(strstr(text, " \n"));
    free(text);
}

static void colour_changes_no_word(void **state)
{
    lq_frame *frame = sample_result();
    (void)state;
    char *plain = printed_screen(frame, &(lq_screen_options){0});
    char *bold = printed_screen(frame, &(lq_screen_options){.colour = true});
    size_t n = 0;
    for (const char *at = bold; *at;) {
        if (*at == '\033') {
            at = strchr(at, 'm') + 1;
            continue;
        }
        bold[n++] = *at++;
    }
    bold[n] = '\0';
    assert_string_equal(plain, bold);
    free(bold);
    free(plain);
    lq_frame_destroy(frame);
}

static void names_cannot_drive_the_terminal(void **state)
{
    lq_frame *frame = sample_result();
    (void)state;
    const lq_variable *v = lq_frame_find(frame, "/offers", "name");
    v->data.text[0] = "\033]0;x\007 evil";
    lq_frame_put_text(frame, "/verdict", "other", "", "");
    char *text = printed_screen(frame, &(lq_screen_options){0});
    assert_null(strchr(text, '\033'));
    assert_null(strchr(text, '\007'));
    free(text);
    lq_frame_destroy(frame);
}

static void a_frame_without_offers_is_refused(void **state)
{
    lq_frame *frame = lq_frame_create();
    lq_error err = {0};
    (void)state;
    assert_int_equal(lq_screen_print(frame, &(lq_screen_options){0}, stderr, &err), LQ_ECONFIG);
    assert_string_equal(err.key, "offers");
    lq_frame_destroy(frame);
}

static void an_interrupted_run_says_so_first(void **state)
{
    lq_frame *frame = sample_result();
    (void)state;
    const lq_variable *v = lq_frame_find(frame, "/manifest", "complete");
    v->data.i64[0] = 0;
    char *text = printed_screen(frame, &(lq_screen_options){0});
    const char *told = line_of(text, "INCOMPLETE");
    assert_true(told && told < line_of(text, "TAKE"));
    free(text);
    lq_frame_destroy(frame);
}

static void lacking_memory_is_an_error(void **state)
{
    lq_frame *frame = sample_result();
    FILE *nowhere = fopen("/dev/null", "w");
    (void)state;
    lq_heap_permit(0);
    const lq_status status = lq_screen_print(frame, &(lq_screen_options){0}, nowhere, NULL);
    lq_heap_restore();
    assert_int_equal(status, LQ_ENOMEM);
    fclose(nowhere);
    lq_frame_destroy(frame);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_screen_is_as_kept),
        cmocka_unit_test(no_line_is_wider_than_the_terminal),
        cmocka_unit_test(colour_changes_no_word),
        cmocka_unit_test(names_cannot_drive_the_terminal),
        cmocka_unit_test(a_frame_without_offers_is_refused),
        cmocka_unit_test(an_interrupted_run_says_so_first),
        cmocka_unit_test(lacking_memory_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
