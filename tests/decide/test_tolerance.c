/* Paths as many as a standard error takes. */
#include "decide_test.h"

#include <signal.h>

#define BODY                                                                                   \
    "person: {wealth: $400K}\n"                                                                \
    "companies: {pub: {" LISTED "}, pri: {" PRIVATE "}}\n"                                     \
    "offers:\n"                                                                                \
    "  - {id: a, company: pub, base: $200K, grants: [{value: $400K, vesting: {over: 48mo, "    \
    "every: 1mo}}]}\n"                                                                         \
    "  - {id: b, company: pri, base: $180K, grants: [{value: $600K, vesting: {over: 48mo, "    \
    "every: 1mo}}]}\n"

static lq_frame *run(const char *simulation)
{
    char body[4096];
    snprintf(body, sizeof body, "simulation: {%s}\n%s", simulation, BODY);
    return must_run(body);
}

static double manifest(const lq_frame *f, const char *name)
{
    return number(f, "/manifest", name, 0);
}

static void assert_same(const lq_frame *a, const lq_frame *b, const char *group,
                        const char *name)
{
    const lq_variable *x = must_find(a, group, name), *y = must_find(b, group, name);
    assert_int_equal(lq_variable_len(x), lq_variable_len(y));
    assert_memory_equal(x->data.f64, y->data.f64, lq_variable_len(x) * sizeof(double));
}

/* The last attempt is the run that its number of paths gives, to the bit. */
static void the_error_is_reached_and_the_paths_are_told(void **state)
{
    (void)state;
    static const struct {
        const char *asked, *group, *error;
        size_t n;
    } cases[] = {
        {"tolerance: 0.2%", "/offers", "certainty_equivalent_chosen_se", 2},
        {"tolerance_money: $4K, tolerance_of: mean", "/offers", "total_mean_se", 2},
        {"tolerance: 0.3%, tolerance_of: p_a_beats_b", "/pairs", "p_a_beats_b_se", 1},
        {"sampling: sobol, tolerance: 0.1%", "/offers", "certainty_equivalent_chosen_se", 2}};
    for (size_t i = 0; i < LQ_COUNT(cases); i++) {
        char text[256];
        snprintf(text, sizeof text, "paths: 2048, %s", cases[i].asked);
        lq_frame *f = run(text);
        double worst = 0.0;
        for (size_t k = 0; k < cases[i].n; k++)
            worst = fmax(worst, number(f, cases[i].group, cases[i].error, k));
        assert_true(manifest(f, "tolerance_reached") == 1.0);
        assert_true(manifest(f, "tolerance_se") <= worst);
        assert_true(manifest(f, "tolerance_se") <= manifest(f, "tolerance_allowed"));
        const double paths = manifest(f, "paths");
        assert_true(paths > 2048.0);
        snprintf(text, sizeof text, "paths: %.0f%s", paths,
                 strstr(cases[i].asked, "sobol") ? ", sampling: sobol" : "");
        lq_frame *plain = run(text);
        assert_true(manifest(plain, "paths") == paths);
        assert_same(f, plain, "/offers", "total_quantiles");
        assert_same(f, plain, "/offers", "certainty_equivalent");
        assert_same(f, plain, "/pairs", "p_a_beats_b");
        lq_frame_destroy(plain);
        lq_frame_destroy(f);
    }
}

static void a_maximum_ends_it_with_a_warning(void **state)
{
    (void)state;
    static const char *const samplings[] = {"random", "sobol"};
    for (size_t i = 0; i < LQ_COUNT(samplings); i++) {
        char text[256];
        snprintf(text, sizeof text,
                 "paths: 4096, sampling: %s, tolerance: 0.001%%, max_paths: 20000",
                 samplings[i]);
        lq_frame *f = run(text);
        assert_true(manifest(f, "tolerance_reached") == 0.0);
        assert_true(manifest(f, "paths") <= 20000.0 && manifest(f, "paths") > 10000.0);
        assert_true(manifest(f, "tolerance_se") > manifest(f, "tolerance_allowed"));
        assert_non_null(
            strstr(lq_frame_text(f, "/manifest", "tolerance"), "larger than asked"));
        lq_frame_destroy(f);
    }
}

/* The worlds drawn leave an error that no number of paths takes away: the run ends, and says
 * it. */
static void an_error_of_worlds_is_not_chased_with_paths(void **state)
{
    (void)state;
    lq_frame *f = must_run(
        "simulation: {paths: 4096, worlds: 32, tolerance: 0.02%, max_paths: 1e7}\n"
        "person: {wealth: $400K, wealth_in_market: 0%}\n"
        "companies: {pub: {" LISTED ", growth: {uncertain: 2% to 30%}}}\n"
        "offers:\n"
        "  - {id: a, company: pub, base: $0, leaving: 0/y, grants: [{value: $400K, vesting: "
        "{over: 48mo, every: 1mo}}]}\n"
        "  - {id: b, company: pub, base: {uncertain: $100K to $200K}, leaving: 0/y}\n");
    assert_true(manifest(f, "tolerance_reached") == 0.0);
    assert_true(manifest(f, "paths") < 1e7);
    assert_non_null(strstr(lq_frame_text(f, "/manifest", "tolerance"), "of the worlds drawn"));
    lq_frame_destroy(f);
}

static void what_is_exact_at_once_is_not_run_twice(void **state)
{
    (void)state;
    lq_frame *f = run("paths: 4096, tolerance: 20%");
    assert_true(manifest(f, "paths") == 4096.0);
    lq_frame_destroy(f);
    f = run("paths: 4096");
    assert_string_equal(lq_frame_text(f, "/manifest", "tolerance"), "");
    assert_true(manifest(f, "tolerance_reached") == 1.0);
    lq_frame_destroy(f);
}

/* One path has no error: that is not one of nothing. */
static void an_error_that_is_not_defined_is_not_reached(void **state)
{
    (void)state;
    lq_frame *f = run("paths: 1, tolerance: 50%, max_paths: 1");
    assert_true(manifest(f, "tolerance_reached") == 0.0);
    assert_true(isnan(manifest(f, "tolerance_se")));
    assert_non_null(strstr(lq_frame_text(f, "/manifest", "tolerance"), "not known"));
    lq_frame_destroy(f);
    f = run("paths: 1, tolerance: 50%");
    assert_true(manifest(f, "tolerance_reached") == 1.0);
    assert_true(manifest(f, "paths") == 64.0);
    lq_frame_destroy(f);
}

static void ten_cents_are_not_nothing(void **state)
{
    (void)state;
    lq_frame *f = run("paths: 64, tolerance_money: $0.10, max_paths: 64");
    assert_non_null(strstr(lq_frame_text(f, "/manifest", "tolerance"), "USD 0.10 asked for"));
    lq_frame_destroy(f);
}

/* Paths in whole nets and blocks may be more than the maximum. */
static void a_maximum_below_the_least_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *simulation, *least;
    } cases[] = {{"paths: 1000, sampling: sobol, tolerance: 1%, max_paths: 1500", "2048"},
                 {"paths: 65, antithetic: true, tolerance: 1%, max_paths: 100", "128"}};
    for (size_t i = 0; i < LQ_COUNT(cases); i++) {
        char text[4096];
        snprintf(text, sizeof text, "simulation: {%s}\n%s", cases[i].simulation, BODY);
        lq_scenario *scenario = must_load(text);
        lq_frame *frame = NULL;
        lq_error err = {0};
        assert_int_equal(lq_run_study(scenario, &(lq_study_options){0}, &frame, &err),
                         LQ_ECONFIG);
        assert_string_equal(err.key, "simulation.max_paths");
        assert_non_null(strstr(err.expected, cases[i].least));
        assert_null(frame);
        lq_scenario_destroy(scenario);
    }
}

/* Nobody wrote paths: their default is above the maximum, and begins there. */
static void a_maximum_alone_is_enough(void **state)
{
    (void)state;
    lq_frame *f = run("tolerance: 0.001%, max_paths: 3000");
    assert_true(manifest(f, "paths") == 3000.0);
    lq_frame_destroy(f);
}

typedef struct watch {
    volatile sig_atomic_t stop;
    uint64_t stop_total;
} watch;

/* Stops in the attempt that is to take more than stop_total paths. */
static void look(void *context, uint64_t done, uint64_t total)
{
    watch *w = context;
    if (total > w->stop_total && done > 0) w->stop = 1;
}

/* The attempt before was whole: a net of points, and not the beginning of one. */
static void the_attempt_before_is_kept(void **state)
{
    (void)state;
    watch w = {.stop_total = 100000};
    const lq_study_options options = {
        .stop = &w.stop, .progress = look, .progress_context = &w};
    lq_scenario *scenario =
        must_load("simulation: {paths: 2048, sampling: sobol, tolerance: 0.00001%}\n" BODY);
    lq_frame *f = NULL;
    lq_error err = {0};
    assert_int_equal(lq_run_study(scenario, &options, &f, &err), LQ_EINTERRUPTED);
    assert_non_null(f);
    assert_true(manifest(f, "paths") == 2048.0);
    assert_true(manifest(f, "complete") == 0.0);
    assert_true(manifest(f, "tolerance_reached") == 0.0);
    assert_non_null(strstr(lq_frame_text(f, "/manifest", "tolerance"), "interrupted"));
    lq_frame_destroy(f);
    lq_scenario_destroy(scenario);
}

static lq_status refuse(void *context, uint64_t first, size_t n, const double *const *columns)
{
    (void)context, (void)first, (void)n, (void)columns;
    return LQ_OK;
}

static void samples_need_a_number_of_paths(void **state)
{
    (void)state;
    const lq_sample_sink sink = {.write = refuse};
    const lq_study_options options = {.sink = &sink};
    lq_scenario *scenario = must_load("simulation: {paths: 4096, tolerance: 1%}\n" BODY);
    lq_frame *frame = NULL;
    lq_error err = {0};
    assert_int_equal(lq_run_study(scenario, &options, &frame, &err), LQ_ECONFIG);
    assert_string_equal(err.key, "simulation.tolerance");
    lq_scenario_destroy(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_error_is_reached_and_the_paths_are_told),
        cmocka_unit_test(a_maximum_ends_it_with_a_warning),
        cmocka_unit_test(an_error_of_worlds_is_not_chased_with_paths),
        cmocka_unit_test(what_is_exact_at_once_is_not_run_twice),
        cmocka_unit_test(an_error_that_is_not_defined_is_not_reached),
        cmocka_unit_test(ten_cents_are_not_nothing),
        cmocka_unit_test(a_maximum_below_the_least_is_refused),
        cmocka_unit_test(a_maximum_alone_is_enough),
        cmocka_unit_test(the_attempt_before_is_kept),
        cmocka_unit_test(samples_need_a_number_of_paths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
