#include "scenario_test.h"

#include "scenario/resolve.h"

static void the_input_says_what_the_scenario_means(void **state)
{
    (void)state;
    lq_scenario *s = must_load_file("staff-hugging-face.yaml");
    lq_arena *arena = lq_arena_create();
    const lq_root_input *root = lq_scenario_unresolve(s, arena);
    assert_non_null(root);
    assert_int_equal(root->offers.len, s->offers.len);
    const lq_offer_input *offers = root->offers.items;
    const lq_company *companies = root->companies.items;
    for (size_t i = 0; i < root->offers.len; i++)
        assert_string_equal(offers[i].id, ((const lq_offer *)s->offers.items)[i].id);
    for (size_t i = 0; i < root->companies.len; i++)
        assert_string_equal(companies[i].like, "none");
    assert_int_equal(offers[0].band.base.dist, LQ_DIST_UNIFORM);
    assert_near(offers[0].band.base.p[1], 305e3, 0.0);
    assert_false(offers[0].stock.value.given); /* it has become a grant */
    lq_arena_destroy(arena);
    lq_scenario_destroy(s);
}

static void turned_pairs_are_written_as_they_are_held(void **state)
{
    (void)state;
    lq_scenario *s = must_load("currency: EUR\noffers:\n  - {id: a, company: google, base: "
                               "$1}\n");
    lq_arena *arena = lq_arena_create();
    const lq_root_input *root = lq_scenario_unresolve(s, arena);
    assert_string_equal(((const lq_fx *)root->market.fx.items)->id, "USDEUR");
    lq_arena_destroy(arena);
    lq_scenario_destroy(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_input_says_what_the_scenario_means),
        cmocka_unit_test(turned_pairs_are_written_as_they_are_held),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
