/* Control variates: their means are what the plan says, exactly, whatever the model; their sums
 * do not depend on who adds them up. */
#include "kernels.h"
#include "lq_plan_text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static char *text_of(const char *config)
{
    char path[512];
    snprintf(path, sizeof path, "%s/configs/%s", LQ_SOURCE_DIR, config);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    char *text = calloc(1, 1 << 16);
    assert_true(fread(text, 1, (1 << 16) - 1, file) > 0);
    fclose(file);
    return text;
}

/* Of all replicates. */
static double sum_of(const lq_result *r, size_t at)
{
    lq_cents sum = 0;
    for (size_t k = 0; k < r->n_replicates; k++)
        sum += r->controls[k * r->n_control_sums + at];
    return (double)sum;
}

static void check_means(const char *config, const lq_case *c, size_t per_sample)
{
    const lq_result *r = c->result;
    const double n = sum_of(r, 0);
    assert_int_equal(n * (double)per_sample, c->n);
    for (size_t i = 0; i < r->n_controls; i++) {
        const double mean = sum_of(r, 1 + i) / LQ_CONTROL_UNIT / n;
        const size_t at = 1 + r->n_controls + i * (i + 1) / 2 + i;
        const double square = sum_of(r, at) / LQ_CONTROL_UNIT / n;
        const bool moves = c->plan->controls[i].scale > 0.0;
        if (!(fabs(mean) <= 4.0 * sqrt(square / n)))
            print_error("%s: %s\n", config, c->plan->controls[i].name);
        assert_near(mean, 0.0, 4.0 * sqrt(square / n));
        assert_true(moves == (square > 0.0));
        if (c->plan->controls[i].kind == LQ_CONTROL_EXIT && moves && per_sample == 1)
            assert_near(square, 1.0, 0.1);
    }
}

static const char *const configs[] = {"quickstart.yaml",
                                      "bench/w1.yaml",
                                      "mechanisms/jumps.yaml",
                                      "mechanisms/fx-paris.yaml",
                                      "mechanisms/refreshers.yaml",
                                      "mechanisms/hold.yaml",
                                      "mechanisms/yearly-events.yaml",
                                      "mechanisms/correlation.yaml",
                                      "mechanisms/rounds.yaml"};

static void known_means_are_what_paths_have(void **state)
{
    const bool mirrored = *state != NULL;
    const char *const o[] = {"simulation.controls=true",
                             "simulation.paths=" LQ_PATHS("131072", "16384"),
                             "simulation.worlds=4", *state, NULL};
    for (size_t i = 0; i < LQ_COUNT(configs); i++) {
        char *text = text_of(configs[i]);
        lq_case c = lq_case_run(text, o, 0);
        assert_true(c.result->n_controls > 0);
        check_means(configs[i], &c, mirrored ? 2 : 1);
        lq_case_clear(&c);
        free(text);
    }
}

static void sums_do_not_depend_on_threads_or_builds(void **state)
{
    (void)state;
    const char *const o[] = {"simulation.controls=true", "simulation.paths=20001", NULL};
    lq_planned p = lq_plan_text(lq_small_text, o, 0);
    lq_result *want = NULL;
    for (int i = 0; i < 8; i++) {
        setenv("LIQUIDUS_ISA", i % 2 || !kernels_of(4) ? "v3" : "v4", 1);
        const lq_run_options options = {.n_threads = 1 + i / 2};
        lq_result *r = lq_result_create(p.plan, 0);
        assert_int_equal(lq_engine_run(p.plan, 0, p.plan->blocks_per_world, &options, r, NULL),
                         LQ_OK);
        assert_int_equal(sum_of(r, 0), 20001);
        if (want) {
            assert_memory_equal(r->controls, want->controls,
                                r->n_replicates * r->n_control_sums * sizeof *r->controls);
            lq_result_destroy(r);
        } else {
            want = r;
        }
    }
    unsetenv("LIQUIDUS_ISA");
    lq_result_destroy(want);
    lq_planned_clear(&p);
}

/* Controls watch; nothing that a run finds without them moves. */
static void controls_move_no_path(void **state)
{
    (void)state;
    const char *const with[] = {"simulation.controls=true", NULL};
    const char *const without[] = {"simulation.controls=false", NULL};
    lq_case a = lq_case_run(lq_small_text, with, 2), b = lq_case_run(lq_small_text, without, 2);
    assert_int_equal(b.result->n_controls, 0);
    for (size_t i = 0; i < a.n_columns; i++)
        assert_memory_equal(a.column[i], b.column[i], a.n * sizeof(double));
    lq_case_clear(&a);
    lq_case_clear(&b);
}

int main(void)
{
    static char mirrored[] = "simulation.antithetic=true";
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_means_are_what_paths_have),
        cmocka_unit_test_prestate(known_means_are_what_paths_have, mirrored),
        cmocka_unit_test(sums_do_not_depend_on_threads_or_builds),
        cmocka_unit_test(controls_move_no_path),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
