#include "decide_test.h"

#define HEAD                                                                                   \
    "simulation: {paths: 16384, seed: 3}\nperson: {wealth: $400K}\ncompanies:\n"               \
    "  listed: {" LISTED "}\n  other: {" LISTED "}\n  startup: {" PRIVATE "}\noffers:\n"

static void the_words_fit_the_case(void **state)
{
    (void)state;
    static const struct {
        const char *name, *offers, *kind, *winner, *loser, *words;
    } rows[] = {
        {"a clear win of the other offer",
         HEAD "  - {id: new, company: startup, base: $200K, stock: $100K}\n"
              "  - {id: old, company: listed, base: $300K, stock: $300K}\n",
         "win", "old", "new", "TAKE OLD. new is worth $"},
        {"a clear win of the first",
         HEAD "  - {id: new, company: startup, base: $400K, stock: $100K}\n"
              "  - {id: old, company: listed, base: $200K, stock: $300K}\n",
         "win", "new", "old", "more to you than old (+- $"},
        {"an ask that is not on the table",
         HEAD "  - {id: new, company: startup, base: $200K, stock: $100K, ask: {base: $500K}}\n"
              "  - {id: old, company: listed, base: $300K, stock: $300K}\n",
         "win", "old", "new-ask", "less to you than old"},
        {"what the ask would be worth",
         HEAD "  - {id: new, company: startup, base: $200K, stock: $100K, ask: {base: $500K}}\n"
              "  - {id: old, company: listed, base: $300K, stock: $300K}\n",
         "win", "old", "new-ask", "and your ask $"},
        {"two listed offers within 1 %",
         HEAD "  - {id: new, company: listed, base: $300K}\n"
              "  - {id: old, company: other, base: $299K}\n",
         "tie", "new", "old", "TAKE NEW OR OLD (a tie)."},
        {"a tie of the others",
         HEAD "  - {id: new, company: startup, base: $100K, stock: $100K}\n"
              "  - {id: old, company: listed, base: $300K}\n"
              "  - {id: elder, company: other, base: $299K}\n",
         "tie", "old", "elder", "TAKE OLD OR ELDER (a tie). new is worth $"},
        {"a matter of how one bears risk",
         HEAD "  - {id: new, company: startup, base: $200K, stock: $3M}\n"
              "  - {id: old, company: listed, base: $300K, stock: $300K}\n",
         "tie", "old", "new", "depends on how you bear risk"},
        {"the next best is of a third letter",
         HEAD "  - {id: new, company: startup, base: $100K, stock: $100K}\n"
              "  - {id: old, company: listed, base: $300K}\n"
              "  - {id: elder, company: other, base: $280K}\n",
         "win", "old", "new", " more to you than elder, the next best (+- $"},
        {"two that are the same",
         HEAD "  - {id: new, company: startup, base: $300K, stock: $100K}\n"
              "  - {id: old, company: startup, base: $300K, stock: $100K}\n",
         "tie", "new", "old", "TAKE NEW OR OLD (the same: they pay alike in every future)."},
        {"two that are the same, and one that is asked about",
         HEAD "  - {id: new, company: startup, base: $100K, stock: $100K}\n"
              "  - {id: old, company: listed, base: $300K, stock: $100K}\n"
              "  - {id: elder, company: listed, base: $300K, stock: $100K}\n",
         "tie", "old", "elder",
         "TAKE OLD OR ELDER (the same: they pay alike in every future). new is worth $"},
        {"alone", HEAD "  - {id: new, company: listed, base: $300K}\n", "single", "new", "",
         "there is no other offer"}};
    for (size_t i = 0; i < LQ_COUNT(rows); i++) {
        print_message("%s\n", rows[i].name);
        lq_frame *f = must_run(rows[i].offers);
        assert_string_equal(text_at(f, "/verdict", "kind", 0), rows[i].kind);
        assert_string_equal(text_at(f, "/verdict", "winner", 0), rows[i].winner);
        assert_string_equal(text_at(f, "/verdict", "loser", 0), rows[i].loser);
        assert_holds(text_at(f, "/verdict", "text", 0), rows[i].words);
        lq_frame_destroy(f);
    }
}

/* Worth more at risk aversion 1 and less at 4: however far apart at 2, a tie. */
static void who_wins_only_for_some_tastes_does_not_win(void **state)
{
    (void)state;
    for (int base = 215; base <= 265; base += 5) {
        char body[4096];
        snprintf(body, sizeof body,
                 "%s  - {id: new, company: startup, base: $%dK, stock: $900K}\n"
                 "  - {id: old, company: listed, base: $300K}\n",
                 HEAD, base);
        lq_frame *f = must_run(body);
        const double at1 =
            offer(f, "certainty_equivalent", 2) - offer(f, "certainty_equivalent", 10);
        const double at4 =
            offer(f, "certainty_equivalent", 6) - offer(f, "certainty_equivalent", 14);
        if ((at1 > 0.0) != (at4 > 0.0)) {
            assert_string_equal(text_at(f, "/verdict", "kind", 0), "tie");
            const double gamma = pair(f, "gamma_crossover", 0);
            assert_true(gamma > 1.0 && gamma < 4.0);
            lq_frame_destroy(f);
            return;
        }
        lq_frame_destroy(f);
    }
    fail_msg("no base at which taste decides");
}

/* One block of paths has no error of a difference of worths: nobody wins by it. */
static void without_an_error_nobody_wins(void **state)
{
    (void)state;
    static const int paths[] = {1, 64};
    for (size_t i = 0; i < LQ_COUNT(paths); i++) {
        char body[4096];
        snprintf(body, sizeof body, "simulation: {paths: %d}\n%s", paths[i],
                 "companies: {listed: {" LISTED "}, startup: {" PRIVATE "}}\noffers:\n"
                 "  - {id: new, company: startup, base: $200K, stock: $100K}\n"
                 "  - {id: old, company: listed, base: $300K, stock: $300K}\n");
        lq_frame *f = must_run(body);
        assert_true(isnan(number(f, "/verdict", "amount_se", 0)));
        assert_string_equal(text_at(f, "/verdict", "kind", 0), "tie");
        assert_holds(text_at(f, "/verdict", "text", 0), "too few futures");
        lq_frame_destroy(f);
    }
}

static void the_range_over_worlds_is_said(void **state)
{
    (void)state;
    lq_frame *f = must_run(
        "simulation: {paths: 16384, seed: 3, worlds: 8}\nperson: {wealth: $400K}\ncompanies:\n"
        "  listed: {" LISTED "}\n  startup: {growth: {uncertain: 0% to 30%}, " PRIVATE "}\n"
        "offers:\n  - {id: new, company: startup, base: $200K, stock: $300K}\n"
        "  - {id: old, company: listed, base: $300K, stock: $300K}\n");
    const char *text = text_at(f, "/verdict", "text", 0);
    assert_holds(text, "Over what nobody knows (growth");
    assert_holds(text, " short of old.");
    assert_true(pair(f, "worlds_low", 0) < pair(f, "worlds_high", 0));
    lq_frame_destroy(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_words_fit_the_case),
        cmocka_unit_test(who_wins_only_for_some_tastes_does_not_win),
        cmocka_unit_test(without_an_error_nobody_wins),
        cmocka_unit_test(the_range_over_worlds_is_said)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
