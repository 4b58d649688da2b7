#include "lq_case.h"

#include "base/alloc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

lq_scenario *lq_case_scenario(const char *yaml, const char *const *overrides)
{
    lq_problems *problems = lq_problems_create();
    lq_scenario *scenario = NULL;
    lq_error err = {0};
    size_t n = 0;
    while (overrides && overrides[n])
        n++;
    if (lq_scenario_parse("case.yaml", yaml, strlen(yaml), overrides, n, problems, &scenario,
                          &err) != LQ_OK) {
        lq_problems_print(problems, stderr);
        fail_msg("the case does not load");
    }
    lq_problems_destroy(problems);
    return scenario;
}

static lq_status keep(void *context, uint64_t first, size_t n, const double *const *columns)
{
    lq_case *c = context;
    for (size_t i = 0; i < c->n_columns; i++)
        memcpy(c->column[i] + first, columns[i], n * sizeof(double));
    return LQ_OK;
}

lq_case lq_case_run(const char *yaml, const char *const *overrides, int n_threads)
{
    lq_case c = {.scenario = lq_case_scenario(yaml, overrides)};
    lq_arena *arena = c.arena = lq_arena_create();
    lq_calibration calibration;
    lq_error err = {0};
    assert_int_equal(lq_calibration_start(c.scenario, arena, &calibration, &err), LQ_OK);
    size_t(*pairs)[2] = lq_arena_calloc(arena, c.scenario->offers.len + 1, sizeof *pairs);
    for (size_t i = 1; i < c.scenario->offers.len; i++)
        pairs[i - 1][0] = i;
    lq_plan_options options = {.calibration = &calibration,
                               .pairs = (const size_t(*)[2])pairs,
                               .n_pairs = c.scenario->offers.len - 1};
    if (lq_plan_build(c.scenario, &options, &c.plan, &err) != LQ_OK) {
        lq_error_print(&err, stderr);
        fail_msg("the case has no plan");
    }
    c.n = (size_t)c.plan->paths_in_world;
    c.n_columns = 4 * c.plan->n_offers + 2 * c.plan->n_companies;
    c.column = calloc(c.n_columns, sizeof *c.column);
    for (size_t i = 0; i < c.n_columns; i++)
        c.column[i] = calloc(c.n, sizeof(double));
    const lq_sample_sink sink = {keep, &c};
    const lq_run_options run = {
        .n_threads = n_threads, .sink = &sink, .n_trace_blocks = 2, .n_whole_paths = 10};
    c.result = lq_result_create(c.plan, 10);
    if (lq_engine_run(c.plan, 0, c.plan->blocks_per_world, &run, c.result, &err) != LQ_OK) {
        lq_error_print(&err, stderr);
        fail_msg("the case does not run");
    }
    return c;
}

void lq_case_clear(lq_case *c)
{
    for (size_t i = 0; i < c->n_columns; i++)
        free(c->column[i]);
    free(c->column);
    lq_result_destroy(c->result);
    lq_plan_destroy(c->plan);
    lq_arena_destroy(c->arena);
    lq_scenario_destroy(c->scenario);
}

size_t lq_case_offer_index(const lq_case *c, const char *id)
{
    for (size_t i = 0; i < c->plan->n_offers; i++)
        if (strcmp(c->plan->offers[i].id, id) == 0) return i;
    fail_msg("no offer %s", id);
    return 0;
}

const double *lq_case_offer(const lq_case *c, const char *id, int part)
{
    return c->column[4 * lq_case_offer_index(c, id) + (size_t)part];
}

const double *lq_case_company(const lq_case *c, const char *id, int part)
{
    for (size_t i = 0; i < c->plan->n_companies; i++)
        if (strcmp(c->plan->companies[i].id, id) == 0)
            return c->column[4 * c->plan->n_offers + 2 * i + (size_t)part];
    fail_msg("no company %s", id);
    return NULL;
}

lq_sample_mean lq_mean_of(const double *x, size_t n)
{
    double sum = 0.0, squares = 0.0;
    for (size_t i = 0; i < n; i++)
        sum += x[i];
    const double mean = sum / (double)n;
    for (size_t i = 0; i < n; i++)
        squares += (x[i] - mean) * (x[i] - mean);
    const double sd = sqrt(squares / (double)n);
    return (lq_sample_mean){mean, sd / sqrt((double)n), sd};
}

void lq_assert_mean(const double *x, size_t n, double want, const char *what, const char *file,
                    int line)
{
    const lq_sample_mean m = lq_mean_of(x, n);
    lq_assert_estimate(m.mean, want, m.se, 1e-9 * fabs(want), what, file, line);
}

void lq_assert_share(size_t k, size_t n, double p, const char *what, const char *file, int line)
{
    lq_assert_estimate((double)k / (double)n, p, sqrt(p * (1.0 - p) / (double)n), 1e-12, what,
                       file, line);
}

void lq_assert_quantile(const double *x, size_t n, double p, double want, const char *what,
                        const char *file, int line)
{
    size_t below = 0;
    for (size_t i = 0; i < n; i++)
        below += x[i] <= want;
    lq_assert_share(below, n, p, what, file, line);
}
