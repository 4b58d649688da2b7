#include "config_test.h"

static const struct change_case {
    const char *figure, *change, *want, *reason;
} cases[] = {
    {"$300K", "+$15K", "USD 315000", NULL},
    {"EUR 209K", "+EUR 1K", "EUR 210000", NULL},
    {"EUR 209K", "+1K", "EUR 210000", NULL},
    {"300K", "-15K", "285000", NULL},
    {"$300K", "+10%", "USD 330000", NULL},
    {"$140K/y", "+$10K/y", "USD 150000/y", NULL},
    {"$10K/mo", "+$1K", "USD 11000/mo", NULL},
    {"12.5%", "+2.5%", "15%", NULL},
    {"10%/y", "+5%", "15%/y", NULL},
    {"$300K", "$310K", NULL, NULL},
    {"18mo", "+6mo", NULL, NULL},
    {"many", "+$15K", NULL, NULL},
    {"$300K", "hello", NULL, NULL},
    {"12.5%", "-2.5%", NULL, "write {value: -2.5%} to set it so, or 10% to lower it so far"},
    {"10%/y", "-15%", NULL, "write {value: -15%} to set it so, or -5%/y to lower it so far"},
    {"12.5%", "+$5", NULL, "by a percentage"},
    {"$300K", "+EUR 5", NULL, "another currency"},
    {"300000", "+$5", NULL, "with its unit"},
    {"$300K", "+5", NULL, "change with its unit"},
    {"$300K", "+$1e30", NULL, "too large"},
    {"$300K", "+$5/y", NULL, "per the same time"},
};

static void signed_figures_change_what_is_there(void **state)
{
    (void)state;
    lq_arena *arena = lq_arena_create();
    for (size_t i = 0; i < LQ_COUNT(cases); i++) {
        const char *changed = "untouched";
        const char *reason = lq_value_change(cases[i].figure, cases[i].change, arena, &changed);
        print_message("%s %s\n", cases[i].figure, cases[i].change);
        assert_int_equal(reason != NULL, cases[i].reason != NULL);
        if (reason) assert_part(reason, cases[i].reason, cases[i].figure);
        assert_int_equal(changed != NULL, cases[i].want != NULL);
        if (changed) assert_string_equal(changed, cases[i].want);
    }
    lq_arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(signed_figures_change_what_is_there)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
