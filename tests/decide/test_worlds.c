#include "decide_test.h"

#include "decide/worlds.h"

#define BODY                                                                                   \
    "person: {wealth: $400K}\ncompanies:\n  listed: {" LISTED "}\n  startup: {growth: "        \
    "{uncertain: 0% to 20%}, " PRIVATE "}\noffers:\n"                                          \
    "  - {id: new, company: startup, base: $200K, bonus: 10%, stock: $400K}\n"                 \
    "  - {id: old, company: listed, base: $210K, stock: $300K}\n"

static lq_frame *run(const char *simulation, int n_threads)
{
    char body[4096];
    snprintf(body, sizeof body, "simulation: {%s}\n%s", simulation, BODY);
    return must_run_with(body, &(lq_study_options){.n_threads = n_threads});
}

/* Every number, NaN where NaN; but how long it took and by how many threads. */
static void assert_same_figures(const lq_frame *a, const lq_frame *b)
{
    static const char *const groups[] = {"/offers",    "/pairs",  "/worlds",
                                         "/companies", "/yearly", "/paths"};
    size_t n_compared = 0;
    for (size_t g = 0; g < LQ_COUNT(groups); g++)
        for (size_t i = 0; i < lq_frame_n_variables(a); i++) {
            const lq_variable *x = lq_frame_nth_variable(a, i);
            if (strcmp(x->group, groups[g]) != 0 || x->cell == LQ_CELL_TEXT) continue;
            const lq_variable *y = must_find(b, x->group, x->name);
            assert_int_equal(lq_variable_len(x), lq_variable_len(y));
            assert_memory_equal(x->data.i64, y->data.i64, 8 * lq_variable_len(x));
            n_compared++;
        }
    assert_true(n_compared > 50);
}

/* One thread to a world, or all of them to one after the other: the same figures to the bit. */
static void worlds_are_the_same_whoever_runs_them(void **state)
{
    (void)state;
    static const char *const runs[] = {"paths: 4096, worlds: 6, seed: 3",
                                       "paths: 16384, worlds: 2, seed: 4",
                                       "paths: 8192, worlds: 3, seed: 5, sampling: sobol"};
    for (size_t i = 0; i < LQ_COUNT(runs); i++) {
        lq_frame *one = run(runs[i], 1);
        for (int n_threads = 2; n_threads <= 5; n_threads += 3) {
            lq_frame *more = run(runs[i], n_threads);
            assert_same_figures(one, more);
            lq_frame_destroy(more);
        }
        lq_frame_destroy(one);
    }
}

/* Of more whole paths than there is room for the first are kept, in order. */
static void whole_paths_are_the_first_of_the_worlds_in_order(void **state)
{
    (void)state;
    lq_frame *f = run("paths: 4480, worlds: 70, seed: 3", 3);
    const lq_dimension *path = lq_frame_find_dimension(f, "path");
    const size_t each = (LQ_WHOLE_PATHS + 69) / 70;
    assert_int_equal(path->len, LQ_WHOLE_PATHS);
    for (size_t i = 0; i < LQ_WHOLE_PATHS; i++)
        assert_int_equal(path->values.i64[i], 64 * (i / each) + i % each);
    lq_frame_destroy(f);
}

/* The first world that cannot be is told, whichever thread met it. */
static void a_world_that_cannot_be_stops_the_run(void **state)
{
    (void)state;
    for (int n_threads = 1; n_threads <= 3; n_threads++) {
        lq_scenario *s = must_load("simulation: {paths: 4096, worlds: 8, seed: 3}\n" BODY);
        ((lq_offer *)s->offers.items)->base = lq_value_constant(1e16); /* beyond the tallies */
        lq_frame *frame = NULL;
        lq_error err = {0};
        const lq_study_options options = {.n_threads = n_threads};
        assert_int_equal(lq_run_study(s, &options, &frame, &err), LQ_ENUMERIC);
        assert_null(frame);
        assert_string_equal(err.key, "offers.new");
        assert_non_null(strstr(err.expected, "values of companies."));
        assert_true(err.path_id < 4096 / 8);
        lq_scenario_destroy(s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worlds_are_the_same_whoever_runs_them),
        cmocka_unit_test(whole_paths_are_the_first_of_the_worlds_in_order),
        cmocka_unit_test(a_world_that_cannot_be_stops_the_run)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
