#include "config_test.h"

#include "config/address.h"

static const char config[] = "offers:\n"
                             "- id: google-l6\n"
                             "  base: 1\n"
                             "  grants: [{value: 2}, {value: 3}]\n"
                             "- {base: 4}\n"
                             "companies: {google: {rounds: [[5, 6]]}}\n";

static void addresses_find_and_name_the_same_node(void **state)
{
    (void)state;
    static const struct {
        const char *address, *text, *full;
    } cases[] = {
        {"offers.google-l6.base", "1", "offers.google-l6.base"},
        {"offers[0].base", "1", "offers.google-l6.base"},
        {"offers.google-l6.grants[1].value", "3", "offers.google-l6.grants[1].value"},
        {"offers[1].base", "4", "offers[1].base"},
        {"companies.google.rounds[0][1]", "6", "companies.google.rounds[0][1]"},
    };
    fixture f = fixture_of(config, NULL, 0);
    lq_arena *arena = lq_arena_create();
    for (size_t i = 0; i < LQ_COUNT(cases); i++) {
        const lq_node *node = lq_tree_find(&f.tree, cases[i].address);
        assert_non_null(node);
        assert_string_equal(node->text, cases[i].text);
        assert_string_equal(lq_node_address(node, arena), cases[i].full);
        assert_ptr_equal(lq_tree_find(&f.tree, lq_node_address(node, arena)), node);
    }
    assert_string_equal(lq_node_address(f.tree.root, arena), "");
    lq_arena_destroy(arena);
    fixture_clear(&f);
}

static void series_are_called_by_their_names(void **state)
{
    (void)state;
    fixture f = fixture_of("preferred:\n- {series: A, rank: 1}\n- {series: Series B, rank: 2}\n"
                           "- {series: A, rank: 3}\n- {series: C, rank: 4}\n"
                           "options: [{id: O1, series: X, strike: $1}]\n",
                           NULL, 0);
    const char *const full[][2] = {{"preferred.C.rank", "preferred.C.rank"},
                                   {"preferred[3].rank", "preferred.C.rank"},
                                   {"preferred.Series B.rank", "preferred[1].rank"},
                                   {"preferred.A.rank", "preferred[0].rank"},
                                   {"options.O1.strike", "options.O1.strike"}};
    for (size_t i = 0; i < LQ_COUNT(full); i++)
        assert_string_equal(lq_node_address(lq_tree_find(&f.tree, full[i][0]), f.tree.arena),
                            full[i][1]);
    assert_null(lq_tree_find(&f.tree, "options.X.strike"));
    fixture_clear(&f);
}

static void what_is_no_address_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"",    ".",      "a.",    ".a",        "a..b",
                                      "[0]", "a[",     "a[]",   "a[x]",      "a[1",
                                      "a]",  "a[1]b]", "a.[1]", "a[9999999]"};
    for (size_t i = 0; i < LQ_COUNT(bad); i++) {
        lq_address address;
        if (lq_address_parse(bad[i], &address)) print_error("accepted: %s\n", bad[i]);
        assert_false(lq_address_parse(bad[i], &address));
    }
    lq_address address;
    char deep[3 * LQ_TREE_MAX_DEPTH];
    for (int i = 0; i < LQ_TREE_MAX_DEPTH + 1; i++)
        memcpy(deep + 2 * i, "a.", 3);
    deep[2 * LQ_TREE_MAX_DEPTH + 1] = '\0';
    assert_false(lq_address_parse(deep, &address));
    fixture f = fixture_of(config, NULL, 0);
    assert_null(lq_tree_find(&f.tree, "offers[7]"));
    assert_null(lq_tree_find(&f.tree, "offers.google-l6.base.x"));
    assert_null(lq_tree_find(&f.tree, "companies[0]"));
    fixture_clear(&f);
}

static void short_forms_are_counted(void **state)
{
    (void)state;
    static const struct {
        const char *address;
        size_t matches, anchors;
    } cases[] = {{"google-l6.base", 1, 1},  {"base", 2, 0},   {"value", 2, 0},
                 {"grants[0].value", 1, 1}, {"google", 1, 1}, {"nothing", 0, 0}};
    fixture f = fixture_of(config, NULL, 0);
    for (size_t i = 0; i < LQ_COUNT(cases); i++) {
        lq_address address;
        assert_true(lq_address_parse(cases[i].address, &address));
        lq_hits matches = {.count = 0}, anchors = {.count = 0};
        lq_address_matches(f.tree.root, &address, &matches);
        lq_address_anchors(f.tree.root, &address, &anchors);
        assert_int_equal(matches.count, cases[i].matches);
        assert_int_equal(anchors.count, cases[i].anchors);
    }
    fixture_clear(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_find_and_name_the_same_node),
        cmocka_unit_test(series_are_called_by_their_names),
        cmocka_unit_test(what_is_no_address_is_refused),
        cmocka_unit_test(short_forms_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
