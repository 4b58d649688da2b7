#include "lq_test.h"

#include "printed.h"

enum { LABEL = 37 };

/* The printed figures of a row, without commas; the number of them. */
static size_t figures(const char *line, long long *out)
{
    char copy[128];
    size_t n = 0, len = 0;
    for (const char *at = line + LABEL; *at && *at != '\n' && len + 1 < sizeof copy; at++)
        if (*at != ',') copy[len++] = *at;
    copy[len] = '\0';
    char *at = copy;
    for (;;) {
        char *end = NULL;
        const long long value = strtoll(at, &end, 10);
        if (end == at) return n;
        out[n++] = value;
        at = end;
    }
}

/* Sums the printed terms of every column and compares with the printed worth. */
static void check_sums(const char *text)
{
    long long sum[8] = {0}, worth[8];
    const char *line = line_of(text, "the letter adds up to");
    assert_non_null(line);
    size_t n = 0;
    for (size_t row = 0; row < SAMPLE_TERMS - 1; row++) {
        long long terms[8] = {0};
        n = figures(line, terms);
        for (size_t i = 0; i < n; i++)
            sum[i] += terms[i];
        line = strchr(line, '\n') + 1;
    }
    assert_int_equal(strncmp(line, "  WORTH TO YOU", 14), 0);
    assert_int_equal(figures(line, worth), n);
    assert_true(n >= 1);
    for (size_t i = 0; i < n; i++)
        assert_int_equal(sum[i], worth[i]);
}

static void printed_terms_add_up(void **state)
{
    char *text = printed_sample();
    (void)state;
    check_sums(text);
    free(text);
}

/* Law: whatever the terms, the page adds up. */
static void printed_terms_add_up_for_any_terms(void **state)
{
    uint64_t x = 11;
    (void)state;
    for (int trial = 0; trial < 200; trial++) {
        lq_frame *frame = sample_result();
        const lq_variable *v = lq_frame_find(frame, "/offers", "bridge");
        for (size_t i = 0; i < SAMPLE_OFFERS; i++) {
            double *term = v->data.f64 + SAMPLE_TERMS * i;
            term[7] = 0.0;
            for (size_t t = 0; t < 7; t++) {
                x = x * 6364136223846793005u + 1442695040888963407u;
                term[t] = 9e5 * ((double)(x >> 11) / 9007199254740992.0 - 0.4);
                term[7] += term[t];
            }
        }
        char *text = printed_screen(frame, &(lq_screen_options){0});
        check_sums(text);
        free(text);
        lq_frame_destroy(frame);
    }
}

static void the_two_of_the_verdict_come_first(void **state)
{
    char *text = printed_sample();
    (void)state;
    const char *head = line_of(text, "Where the money goes ($K)");
    const char *winner = strstr(head, "google-l6"), *loser = strstr(head, "ask");
    assert_true(winner && loser && winner < loser && loser < strchr(head, '\n'));
    free(text);
}

static void a_long_name_takes_two_lines(void **state)
{
    lq_frame *frame = sample_result();
    (void)state;
    lq_frame_find(frame, "/offers", "name")->data.text[2] = "hf San Francisco ask";
    char *text = printed_screen(frame, &(lq_screen_options){0});
    const char *head = line_of(text, "Where the money goes ($K)");
    assert_non_null(strstr(text, " hf San "));
    assert_non_null(strstr(head, "Francisco ask"));
    free(text);
    lq_frame_destroy(frame);
}

static void a_name_without_blanks_breaks_at_its_hyphens(void **state)
{
    lq_frame *frame = sample_result();
    (void)state;
    lq_frame_find(frame, "/offers", "name")->data.text[0] = "nowhere-inc";
    lq_frame_find(frame, "/offers", "name")->data.text[1] = "hf-sf";
    lq_frame_find(frame, "/offers", "name")->data.text[2] = "hf-sf ask";
    lq_frame_find(frame, "/offers", "name")->data.text[4] = "hf-paris mid";
    char *text = printed_screen(frame, &(lq_screen_options){0});
    const char *head = line_of(text, "Where the money goes ($K)");
    assert_non_null(strstr(text, " nowhere- "));
    assert_non_null(strstr(head, " inc "));
    assert_non_null(strstr(head, " mid\n")); /* the fourth has room */
    assert_null(strstr(text, "without room here"));
    check_sums(text);
    free(text);
    lq_frame_destroy(frame);
}

static void what_has_no_room_is_named(void **state)
{
    char *text = printed_sample();
    (void)state;
    assert_non_null(line_of(text, "without room here: hf-paris mid (EUR) (--json has"));
    free(text);
}

static void an_offer_whose_terms_do_not_add_up_is_left_out(void **state)
{
    lq_frame *frame = sample_result();
    (void)state;
    const lq_variable *v = lq_frame_find(frame, "/offers", "bridge");
    for (size_t i = 0; i < SAMPLE_OFFERS; i++)
        if (i != 1) v->data.f64[SAMPLE_TERMS * i + 3] += 5e4;
    char *text = printed_screen(frame, &(lq_screen_options){0});
    check_sums(text);
    const char *head = line_of(text, "Where the money goes"),
               *other = strstr(head, "google-l6");
    assert_true(!other || other > strchr(head, '\n'));
    free(text);
    lq_frame_destroy(frame);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(printed_terms_add_up),
        cmocka_unit_test(printed_terms_add_up_for_any_terms),
        cmocka_unit_test(the_two_of_the_verdict_come_first),
        cmocka_unit_test(a_long_name_takes_two_lines),
        cmocka_unit_test(a_name_without_blanks_breaks_at_its_hyphens),
        cmocka_unit_test(what_has_no_room_is_named),
        cmocka_unit_test(an_offer_whose_terms_do_not_add_up_is_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
