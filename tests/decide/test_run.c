#include "decide_test.h"

#define COMPANIES                                                                              \
    "person: {wealth: $400K}\ncompanies:\n  listed: {" LISTED "}\n  startup: {" PRIVATE "}\n"
#define NEW  "  - {id: new, company: startup, base: $200K, bonus: 10%, stock: $400K}\n"
#define OLD  "  - {id: old, company: listed, base: $210K, bonus: 15%, stock: $300K}\n"
#define CASH "  - {id: cash, company: listed, base: $260K}\n"

/* A grant of a listed company under the pricing measure is worth its face. */
static void identity_is_worth_its_face(void **state)
{
    (void)state;
    lq_frame *f = must_run("simulation: {measure: pricing, seed: 7, paths: " LQ_PATHS(
        "1e5",
        "2e4") "}\nperson: {wealth: $400K, "
               "risk_aversion: 0}\ncompanies:\n  acme: {" LISTED "}\n"
               "offers:\n  - {id: grant, company: acme, base: $0, leaving: 0/y, grants: "
               "[{instrument: "
               "rsu, value: $400K, vesting: {years: [25%, 25%, 25%, 25%], every: 3mo}}]}\n");
    const double se = offer(f, "total_mean_se", 0);
    assert_true(se > 100.0 && se < 2000.0);
    assert_near(offer(f, "total_mean", 0), 400e3, 4.0 * se);
    assert_near(offer(f, "headline_total", 0), 400e3, 0.01);
    assert_near(offer(f, "certainty_equivalent_chosen", 0), offer(f, "total_mean", 0), 0.05);
    assert_string_equal(text_at(f, "/verdict", "kind", 0), "single");
    assert_string_equal(text_at(f, "/manifest", "measure", 0), "pricing");
    assert_null(lq_frame_find(f, "/pairs", "a"));
    lq_frame_destroy(f);
}

/* Pay that nobody knows is worth its mean but for its risk, and shows a range over worlds. */
static void unknown_pay_has_its_mean_and_a_range(void **state)
{
    (void)state;
    lq_frame *f = must_run("simulation: {seed: 5, paths: " LQ_PATHS(
        "131072",
        "16384") "}\n" COMPANIES "offers:\n"
                 "  - {id: known, company: listed, base: $200K, bonus: 10%, stock: $300K}\n"
                 "  - {id: pay, company: listed, base: {uncertain: $180K to $220K}, bonus: "
                 "10%, stock: "
                 "$300K}\n"
                 "  - {id: paper, company: listed, base: $200K, bonus: 10%, stock: {uncertain: "
                 "$200K to "
                 "$400K}}\n");
    const double mean = offer(f, "total_mean", 0), se = offer(f, "total_mean_se", 0);
    for (size_t i = 1; i < 3; i++) {
        assert_near(offer(f, "total_mean", i), mean, 4.0 * se + 1e-3 * mean);
        assert_near(offer(f, "headline_total", i), offer(f, "headline_total", 0), 0.01);
        assert_true(offer(f, "certainty_equivalent_chosen", i) <
                    offer(f, "certainty_equivalent_chosen", 0));
        assert_true(offer(f, "ignorance_sd", i) > 10.0 * offer(f, "ignorance_sd", 0));
    }
    /* 4 years of 9 in 10 of the range of base and bonus, not discounted. */
    const double range = offer(f, "worlds_high", 1) - offer(f, "worlds_low", 1);
    assert_true(range > 0.7 * 4.0 * 0.9 * 44e3 && range < 4.0 * 0.9 * 44e3);
    lq_frame_destroy(f);
}

/* Everything about one offer, bit for bit. */
static void assert_same_offer(const lq_frame *f, size_t i, const lq_frame *g, size_t j)
{
    for (size_t n = 0; n < lq_frame_n_variables(f); n++) {
        const lq_variable *v = lq_frame_nth_variable(f, n);
        /* the best of all, the baseline's worth and the shared bins do depend on the others */
        if (strcmp(v->group, "/offers") != 0 || v->n_dims == 0 || v->cell != LQ_CELL_F64 ||
            strcmp(v->dims[0]->name, "offer") != 0 || strncmp(v->name, "p_best", 6) == 0 ||
            strncmp(v->name, "sortino", 7) == 0)
            continue;
        const lq_variable *w = must_find(g, v->group, v->name);
        const size_t len = lq_variable_len(v) / v->dims[0]->len;
        if (memcmp(v->data.f64 + i * len, w->data.f64 + j * len, len * sizeof(double)) != 0)
            fail_msg("%s differs", v->name);
    }
}

static void an_offer_added_or_moved_changes_no_other(void **state)
{
    (void)state;
    static const char *const head = "simulation: {paths: 1e4, seed: 3}\n" COMPANIES "offers:\n";
    char body[4096];
    snprintf(body, sizeof body, "%s%s", head, NEW OLD);
    lq_frame *two = must_run(body);
    snprintf(body, sizeof body, "%s%s", head, CASH NEW OLD);
    lq_frame *three = must_run(body);
    snprintf(body, sizeof body, "%s%s", head, OLD CASH NEW);
    lq_frame *moved = must_run(body);
    assert_same_offer(two, 0, three, 1);
    assert_same_offer(two, 1, three, 2);
    assert_same_offer(two, 0, moved, 2);
    assert_same_offer(two, 1, moved, 0);
    lq_frame_destroy(two);
    lq_frame_destroy(three);
    lq_frame_destroy(moved);
}

/* Every number outside /manifest/run. */
static void assert_same_frame(const lq_frame *f, const lq_frame *g)
{
    assert_int_equal(lq_frame_n_variables(f), lq_frame_n_variables(g));
    for (size_t n = 0; n < lq_frame_n_variables(f); n++) {
        const lq_variable *v = lq_frame_nth_variable(f, n), *w = lq_frame_nth_variable(g, n);
        if (strcmp(v->group, "/manifest/run") == 0) continue;
        assert_string_equal(v->name, w->name);
        assert_int_equal(lq_variable_len(v), lq_variable_len(w));
        for (size_t i = 0; i < lq_variable_len(v); i++) {
            if (v->cell == LQ_CELL_TEXT)
                assert_string_equal(v->data.text[i], w->data.text[i]);
            else if (memcmp(&v->data.f64[i], &w->data.f64[i], sizeof(double)) != 0)
                fail_msg("%s/%s[%zu] differs", v->group, v->name, i);
        }
    }
}

static void threads_change_no_bit(void **state)
{
    (void)state;
    static const char *const body =
        "simulation: {paths: 1e4, seed: 3, worlds: 2}\nperson: {wealth: $400K}\ncompanies:\n"
        "  listed: {" LISTED "}\n  startup: {growth: {uncertain: 0% to 20%}, " PRIVATE "}\n"
        "offers:\n" NEW OLD;
    lq_frame *one =
        must_run_with(body, &(lq_study_options){.n_threads = 1, .turning_points = true});
    lq_frame *three =
        must_run_with(body, &(lq_study_options){.n_threads = 3, .turning_points = true});
    assert_same_frame(one, three);
    lq_frame_destroy(three);
    lq_frame_destroy(one);
}

/* ---- interruption ---- */

typedef struct watch {
    volatile sig_atomic_t stop;
    uint64_t stop_at, last_done, total;
    int n_calls;
    bool turning_points;
} watch;

static void look(void *context, uint64_t done, uint64_t total)
{
    watch *w = context;
    assert_true(done >= w->last_done || w->n_calls == 0);
    w->last_done = done;
    w->total = total;
    w->n_calls++;
    if (done >= w->stop_at) w->stop = 1;
}

static lq_status run_watched(const char *body, watch *w, lq_frame **out)
{
    lq_scenario *scenario = must_load(body);
    const lq_study_options options = {.n_threads = 1,
                                      .stop = &w->stop,
                                      .progress = look,
                                      .progress_context = w,
                                      .turning_points = w->turning_points};
    lq_error err;
    const lq_status st = lq_run_study(scenario, &options, out, &err);
    lq_scenario_destroy(scenario);
    return st;
}

#define LONG "simulation: {paths: 1e6, seed: 3}\n" COMPANIES "offers:\n" NEW OLD

static void an_interrupted_run_keeps_what_is_done(void **state)
{
    (void)state;
    watch w = {.stop_at = 20000, .turning_points = true};
    lq_frame *f = NULL;
    assert_int_equal(run_watched(LONG, &w, &f), LQ_EINTERRUPTED);
    assert_non_null(f);
    const double paths = number(f, "/manifest", "paths", 0);
    assert_true(paths >= 10000.0 && paths < 1e6);
    assert_near(number(f, "/manifest", "complete", 0), 0.0, 0.0);
    assert_true(isfinite(offer(f, "certainty_equivalent_chosen", 0)));
    assert_null(lq_frame_find(f, "/turning", "text"));
    lq_frame_destroy(f);
}

static void a_run_stopped_before_the_first_path_has_no_frame(void **state)
{
    (void)state;
    watch w = {.stop = 1};
    lq_frame *f = (lq_frame *)&w;
    assert_int_equal(run_watched(LONG, &w, &f), LQ_EINTERRUPTED);
    assert_null(f);
}

static void progress_rises_to_the_total(void **state)
{
    (void)state;
    watch w = {.stop_at = UINT64_MAX};
    lq_frame *f = NULL;
    const char *body = "simulation: {paths: 1e4, seed: 3}\n" COMPANIES "offers:\n" NEW OLD;
    assert_int_equal(run_watched(body, &w, &f), LQ_OK);
    assert_true(w.n_calls > 10);
    assert_int_equal(w.last_done, w.total);
    lq_frame_destroy(f);
}

/* ---- samples ---- */

typedef struct rows {
    double exits[LQ_EXIT_KINDS];
    uint64_t n;
    double sum;
    size_t exit_kind; /* column */
} rows;

static lq_status add_rows(void *context, uint64_t first, size_t n, const double *const *columns)
{
    rows *r = context;
    (void)first;
    for (size_t i = 0; i < n; i++) {
        r->sum += columns[0][i];
        r->exits[(int)columns[r->exit_kind][i]] += 1.0;
    }
    r->n += n;
    return LQ_OK;
}

static void samples_are_the_paths_that_the_figures_are_of(void **state)
{
    (void)state;
    const char *body = "simulation: {paths: 10010, seed: 3}\n" COMPANIES "offers:\n" NEW OLD;
    lq_scenario *scenario = must_load(body);
    lq_arena *arena = lq_arena_create();
    lq_sample_column *columns;
    size_t n_columns;
    uint64_t n_rows;
    lq_error err;
    assert_int_equal(lq_study_columns(scenario, arena, &columns, &n_columns, &n_rows, &err),
                     LQ_OK);
    assert_int_equal(n_columns, 12);
    assert_int_equal(n_rows, 10010);
    rows r = {.exit_kind = 8};
    if (strcmp(columns[8].name, "startup_exit_kind") != 0) r.exit_kind = 10;
    assert_string_equal(columns[r.exit_kind].name, "startup_exit_kind");
    const lq_sample_sink sink = {add_rows, &r};
    lq_frame *f = must_run_with(body, &(lq_study_options){.n_threads = 1, .sink = &sink});
    assert_int_equal(r.n, n_rows);
    assert_string_equal(columns[0].name, "new_total");
    assert_string_equal(columns[7].name, "old_tax");
    assert_string_equal(columns[0].units, "USD");
    assert_near(r.sum / (double)r.n, offer(f, "total_mean", 0), 0.01);
    for (size_t kind = 0; kind < LQ_EXIT_KINDS; kind++)
        assert_near(r.exits[kind] / (double)r.n, offer(f, "exit_share", kind), 1e-12);
    lq_arena_destroy(arena);
    lq_scenario_destroy(scenario);
    lq_frame_destroy(f);
}

/* Allocation n fails, for a spread of n: an error, no leak, no frame. */
static void failed_allocations_are_reported_and_leak_nothing(void **state)
{
    (void)state;
    lq_scenario *scenario =
        must_load("simulation: {paths: 128, seed: 3}\n" COMPANIES "offers:\n" NEW OLD);
    const lq_study_options options = {.n_threads = 1};
    int failures = 0;
    lq_status st = LQ_ENOMEM;
    for (int permitted = 0; st != LQ_OK; permitted += 1 + permitted / 8) {
        lq_frame *f = NULL;
        lq_heap_permit(permitted);
        st = lq_run_study(scenario, &options, &f, NULL);
        lq_frame_destroy(f);
        lq_heap_restore();
        assert_true(st == LQ_OK || st == LQ_ENOMEM);
        assert_true(st == LQ_OK || !f);
        assert_int_equal(lq_heap_live(), 0);
        failures += st != LQ_OK;
    }
    assert_true(failures > 20);
    lq_scenario_destroy(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(identity_is_worth_its_face),
        cmocka_unit_test(unknown_pay_has_its_mean_and_a_range),
        cmocka_unit_test(an_offer_added_or_moved_changes_no_other),
        cmocka_unit_test(threads_change_no_bit),
        cmocka_unit_test(an_interrupted_run_keeps_what_is_done),
        cmocka_unit_test(a_run_stopped_before_the_first_path_has_no_frame),
        cmocka_unit_test(progress_rises_to_the_total),
        cmocka_unit_test(samples_are_the_paths_that_the_figures_are_of),
        cmocka_unit_test(failed_allocations_are_reported_and_leak_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
