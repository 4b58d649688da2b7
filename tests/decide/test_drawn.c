/* What is kept of every world, and the errors that come of it. */
#include "decide_test.h"

#include "decide/drawn.h"

#define STUDY                                                                                  \
    "person: {wealth: $400K}\ncompanies:\n"                                                    \
    "  acme: {listing: public, volatility: %s, beta: 0, growth: {uncertain: 0%% to 20%%},\n"   \
    "    dividend_yield: {uncertain: 0%% to 4%%}}\n"                                           \
    "offers:\n  - {id: a, company: acme, base: $0, leaving: 0/y, grants: [{instrument: rsu, "  \
    "value: $100K, vesting: {table: {48mo: 100%%}}}]}\n"                                       \
    "  - {id: b, company: acme, base: $10K, leaving: 0/y}\n"

static lq_frame *run(const char *volatility, unsigned paths, unsigned worlds)
{
    char body[2048];
    const int n = snprintf(body, sizeof body, "simulation: {paths: %u, seed: 6, worlds: %u}\n",
                           paths, worlds);
    snprintf(body + n, sizeof body - (size_t)n, STUDY, volatility);
    return must_run(body);
}

/* More paths leave what other worlds would move; more worlds do not. */
static void worlds_are_a_floor_of_the_error(void **state)
{
    (void)state;
    lq_frame *few = run("20%", 4096, 32), *many = run("1%", 65536, 32),
             *worlds = run("1%", 65536, 256);
    const double chance = offer(many, "chance_sd", 0) / 256.0;
    assert_true(offer(many, "total_mean_se", 0) > chance);
    assert_true(offer(few, "total_mean_se", 0) > 2.0 * offer(many, "total_mean_se", 0));
    assert_true(offer(worlds, "total_mean_se", 0) < offer(many, "total_mean_se", 0));
    /* far below what worlds drawn one by one would have */
    assert_true(offer(many, "total_mean_se", 0) <
                0.2 * offer(many, "ignorance_sd", 0) / sqrt(32.0));
    lq_frame_destroy(few);
    lq_frame_destroy(many);
    lq_frame_destroy(worlds);
}

/* What no uncertain input reaches has no error of worlds. */
static void what_is_known_has_no_error(void **state)
{
    (void)state;
    lq_frame *f = run("20%", 4096, 32);
    assert_true(offer(f, "total_mean_se", 1) < 1e-6);
    assert_true(offer(f, "certainty_equivalent_chosen_se", 1) < 1e-6);
    assert_near(number(f, "/manifest", "error_degrees", 0), 15.0, 0.0);
    lq_frame_destroy(f);
}

static void of_one_world_nothing_is_kept(void **state)
{
    (void)state;
    lq_drawn drawn = {0};
    const lq_plan plan = {.n_worlds = 1};
    lq_error err;
    assert_int_equal(lq_drawn_begin(&drawn, &plan, 0, &err), LQ_OK);
    assert_null(drawn.laws);
    assert_int_equal(lq_drawn_keep(&drawn, 0, 0, NULL), LQ_OK);
    assert_int_equal(lq_drawn_fit(&drawn, 1, &err), LQ_OK);
    assert_null(drawn.fit);
    lq_drawn_clear(&drawn);
}

static void worlds_change_places(void **state)
{
    (void)state;
    lq_drawn drawn = {0};
    lq_unknown where = {.uniform = 0.25};
    const lq_plan plan = {.n_worlds = 2, .n_offers = 1, .n_unknowns = 1, .unknowns = &where};
    lq_error err;
    assert_int_equal(lq_drawn_begin(&drawn, &plan, 0, &err), LQ_OK);
    lq_drawn_keep_inputs(&drawn, 0, &plan);
    *lq_drawn_ce(&drawn, 0, 0, 3) = 7.0;
    lq_drawn_swap(&drawn, 0, 1);
    assert_true(*lq_drawn_ce(&drawn, 1, 0, 3) == 7.0 && *lq_drawn_ce(&drawn, 0, 0, 3) == 0.0);
    assert_true(drawn.inputs[1] == 0.25 && drawn.inputs[0] == 0.0);
    lq_drawn_clear(&drawn);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(worlds_are_a_floor_of_the_error),
                                       cmocka_unit_test(what_is_known_has_no_error),
                                       cmocka_unit_test(of_one_world_nothing_is_kept),
                                       cmocka_unit_test(worlds_change_places)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
