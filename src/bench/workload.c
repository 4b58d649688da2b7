#include "bench/workload.h"

#include "bench/workload_text.h"
#include "num/scalar.h"

#include <math.h>
#include <string.h>

static const double LOG2_E = 1.4426950408889634074, MONTH = 1.0 / 12.0;

static void law_of_w0(lq_reference_law *out)
{
    out->w0 = (lq_reference_w0){.start_log2 = lq_log(100.0) * LOG2_E,
                                .drift_log2 = (0.05 - 0.5 * 0.3 * 0.3) * MONTH * LOG2_E,
                                .loading_log2 = 0.3 * sqrt(MONTH) * LOG2_E,
                                .k0 = 0x12345678u,
                                .k1 = 0x9abcdef0u};
}

/* 48 months in equal parts, the first twelve at once. */
static void vest_w1(lq_reference_w1 *w)
{
    for (int m = 0; m <= LQ_REFERENCE_MONTHS; m++) {
        w->discount[m] = lq_exp(-0.04 * m * MONTH);
        w->vest[m] = m < 12 ? 0.0 : m == 12 ? 0.25 : 1.0 / 48.0;
    }
}

static void law_of_w1(lq_reference_law *out)
{
    const double root = sqrt(MONTH) * LOG2_E, rho = 0.45, mean = -0.10, sd = 0.25, rate = 0.30;
    const double growth = lq_exp(mean + 0.5 * sd * sd) - 1.0, total = 0.13 + 0.12 + 0.10;
    const double any = 1.0 - lq_exp(-total);
    const double drift = 0.12 - 0.5 * 0.6 * 0.6 - rate * growth;
    lq_reference_w1 w = {
        .k0 = 0x12345678u,
        .k1 = 0x9abcdef0u,
        .start_log2 = {lq_log(100.0) * LOG2_E, lq_log(200e6) * LOG2_E},
        .drift_log2 = {(0.08 - 0.5 * 0.32 * 0.32) * MONTH * LOG2_E, drift * MONTH * LOG2_E},
        .loading_log2 = 0.32 * root,
        .shared_log2 = rho * 0.6 * root,
        .own_log2 = sqrt(1.0 - rho * rho) * 0.6 * root,
        .jump_mean_log2 = mean * LOG2_E,
        .jump_sd_log2 = sd * LOG2_E,
        .jumps = rate * LQ_REFERENCE_MONTHS * MONTH,
        .p_failure = any * 0.13 / total,
        .p_sale = any * (0.13 + 0.12) / total,
        .p_exit = any,
        .p_round = 1.0 - lq_exp(-0.70),
        .dilution = 0.18,
        .dilution_down = 0.28,
        .value = 200e6,
        .claim = 30e6,
        .threshold = 50e6,
        .share = 0.005,
        .keep_at_end = 0.70,
        .units = 4800.0,
        .salary = {15000.0, 14000.0},
        .salary_after_failure = 10000.0};
    vest_w1(&w);
    out->w1 = w;
}

const lq_workload lq_workloads[LQ_WORKLOADS] = {
    [LQ_W0] = {.name = "W0",
               .title = "one stock, 48 months, price observed every month",
               .config = lq_w0_config,
               .cost = 1,
               .reference_law = law_of_w0,
               .builds = {lq_reference_w0_run_v3, lq_reference_w0_run_v4},
               .offer = {1, 0},
               .units = {1.0, 48.0},
               .mean = {122.14027581601698, 110.93216711136726},
               .sd = {81.0, 40.0}},
    /* The listed mean is exact, the private one known to about 200. */
    [LQ_W1] = {.name = "W1",
               .title = "a listed and a private company that jumps, raises and exits",
               .config = lq_w1_config,
               .cost = 1,
               .reference_law = law_of_w1,
               .builds = {lq_reference_w1_run_v3, lq_reference_w1_run_v4},
               .offer = {0, 1},
               .units = {1.0, 1.0},
               .mean = {1187906.0965333888, 1048900.0},
               .sd = {226e3, 1.11e6}},
    [LQ_W2] = {.name = "W2",
               .title = "configs/staff-hugging-face.yaml, all offers",
               .config = lq_w2_config,
               .cost = 16,
               .is_long = true}};

uint32_t lq_workload_rounds(const lq_workload *workload, uint32_t n)
{
    return workload->is_long && n > 2 ? 2 : n;
}

const lq_bench_method lq_methods[LQ_METHODS] = {
    [LQ_RANDOM] = {.name = "random",
                   .override = {"simulation.sampling=random", "simulation.expansion=off"},
                   .timed = true},
    [LQ_SOBOL] = {.name = "sobol",
                  .override = {"simulation.sampling=sobol", "simulation.expansion=off"},
                  .timed = true},
    [LQ_EXPANDED] = {.name = "random, exits expanded",
                     .override = {"simulation.sampling=random", "simulation.expansion=on"}},
    [LQ_SOBOL_EXPANDED] = {.name = "sobol, exits expanded",
                           .override = {"simulation.sampling=sobol",
                                        "simulation.expansion=on"}},
};

size_t lq_method_overrides(const lq_bench_method *method, const char *const more[2],
                           const char *out[LQ_METHOD_OVERRIDES])
{
    size_t n = 0;
    for (size_t i = 0; i < 2; i++)
        if (method->override[i]) out[n++] = method->override[i];
    for (size_t i = 0; i < 2; i++)
        if (more[i]) out[n++] = more[i];
    return n;
}

lq_status lq_bench_scenario(const char *name, const char *config, const char *const *overrides,
                            size_t n, lq_scenario **out, lq_error *err)
{
    lq_problems *problems = lq_problems_create();
    if (!problems) return LQ_FAIL(err, LQ_ENOMEM, .key = "bench");
    const lq_status st =
        lq_scenario_parse(name, config, strlen(config), overrides, n, problems, out, err);
    lq_problems_destroy(problems);
    return st;
}

static lq_status build(const lq_scenario *scenario, lq_arena *arena, lq_plan **out,
                       lq_error *err)
{
    static const size_t pairs[1][2] = {{1, 0}};
    lq_calibration closed_form;
    LQ_TRY(lq_calibration_start(scenario, arena, &closed_form, err));
    const lq_plan_options options = {
        .calibration = &closed_form, .world = LQ_WORLD_MEAN, .pairs = pairs, .n_pairs = 1};
    return lq_plan_build(scenario, &options, out, err);
}

static lq_status load(const char *name, const char *config, const lq_bench_method *method,
                      lq_bench_plan *out, lq_error *err)
{
    static const char *const many[2] = {"simulation.paths=134217728"};
    const char *overrides[LQ_METHOD_OVERRIDES];
    const size_t n = lq_method_overrides(method, many, overrides);
    LQ_TRY(lq_bench_scenario(name, config, overrides, n, &out->scenario, err));
    lq_arena *arena = lq_arena_create();
    const lq_status st = arena ? build(out->scenario, arena, &out->plan, err)
                               : LQ_FAIL(err, LQ_ENOMEM, .key = "bench");
    lq_arena_destroy(arena);
    return st;
}

lq_status lq_bench_plan_create(const char *name, const char *config,
                               const lq_bench_method *method, lq_bench_plan *out, lq_error *err)
{
    lq_bench_plan plan = {NULL, NULL};
    const lq_status st = load(name, config, method, &plan, err);
    if (st == LQ_OK)
        *out = plan;
    else
        lq_bench_plan_clear(&plan);
    return st;
}

void lq_bench_plan_clear(lq_bench_plan *plan)
{
    lq_plan_destroy(plan->plan);
    lq_scenario_destroy(plan->scenario);
    *plan = (lq_bench_plan){NULL, NULL};
}

lq_status lq_bench_plans_create(lq_bench_plans *out, lq_error *err)
{
    lq_status st = LQ_OK;
    *out = (lq_bench_plans){0};
    for (size_t w = 0; w < LQ_WORKLOADS && st == LQ_OK; w++)
        for (size_t m = 0; m < LQ_METHODS && st == LQ_OK; m++)
            if (lq_methods[m].timed)
                st = lq_bench_plan_create(lq_workloads[w].name, lq_workloads[w].config,
                                          &lq_methods[m], &out->of[w][m], err);
    if (st != LQ_OK) lq_bench_plans_clear(out);
    return st;
}

void lq_bench_plans_clear(lq_bench_plans *plans)
{
    for (size_t w = 0; w < LQ_WORKLOADS; w++)
        for (size_t m = 0; m < LQ_METHODS; m++)
            lq_bench_plan_clear(&plans->of[w][m]);
}
