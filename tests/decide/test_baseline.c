#include "decide_test.h"

#define HEAD                                                                                   \
    "simulation: {paths: 2048, seed: 3}\nperson: {wealth: $400K}\ncompanies:\n"                \
    "  listed: {" LISTED "}\n  other: {" LISTED "}\n  startup: {" PRIVATE "}\noffers:\n"
#define NEW   "  - {id: new, company: startup, base: $200K, stock: $400K}\n"
#define TWIN  "  - {id: twin, company: startup, base: $900K, stock: $400K}\n"
#define SMALL "  - {id: small, company: listed, base: $210K, stock: $300K}\n"
#define LARGE "  - {id: large, company: other, base: $230K, stock: $300K}\n"
#define ASKED "  - {id: new, company: startup, base: $200K, stock: $400K, ask: {base: $300K}}\n"

static void the_baseline_is_the_best_other_offer_unless_named(void **state)
{
    (void)state;
    static const struct {
        const char *offers, *baseline;
        size_t n_pairs;
    } rows[] = {
        {HEAD NEW SMALL LARGE, "large", 2},
        {HEAD NEW LARGE SMALL, "large", 2},
        {HEAD NEW TWIN SMALL, "small", 2}, /* of another company, though the twin pays more */
        {HEAD NEW TWIN, "twin", 1},
        {HEAD ASKED SMALL, "small", 2},
        {HEAD ASKED, "new-ask", 1},
        {HEAD NEW SMALL LARGE "decide: {baseline: small}\n", "small", 2},
        {HEAD NEW SMALL LARGE "decide: {baseline: new}\n", "new", 2},
        {HEAD NEW SMALL LARGE "decide: {pairs: all}\n", "large", 3},
        {HEAD NEW, "", 0},
    };
    for (size_t i = 0; i < LQ_COUNT(rows); i++) {
        lq_frame *f = must_run(rows[i].offers);
        assert_string_equal(text_at(f, "/manifest", "baseline", 0), rows[i].baseline);
        assert_int_equal(length(f, "pair"), rows[i].n_pairs);
        for (size_t p = 0; p < length(f, "pair"); p++)
            assert_string_not_equal(text_at(f, "/pairs", "a", p), text_at(f, "/pairs", "b", p));
        if (rows[i].n_pairs)
            assert_string_equal(text_at(f, "/pairs", "b", 0), rows[i].baseline);
        lq_frame_destroy(f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_baseline_is_the_best_other_offer_unless_named)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
