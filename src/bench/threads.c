#include "bench/threads.h"

#include "bench/clock.h"
#include "engine/bind.h"
#include "engine/engine.h"

#include <math.h>
#include <omp.h>

enum { CHUNK = 1024 };

static lq_status time_engine(const lq_plan *plan, uint32_t n_paths, int n_threads,
                             double *seconds, lq_error *err)
{
    const lq_run_options options = {.n_threads = n_threads};
    lq_result *result = lq_result_create(plan, 0);
    if (!result) return LQ_FAIL(err, LQ_ENOMEM, .key = "bench");
    const double start = lq_bench_wall_seconds();
    const lq_status st = lq_engine_run(plan, 0, n_paths / LQ_LANES, &options, result, err);
    *seconds = lq_bench_wall_seconds() - start;
    lq_result_destroy(result);
    return st;
}

/* Threads share nothing: each has its own half of the paths. */
static double time_reference(const lq_workload *w, uint32_t n_paths, int n_threads)
{
    lq_reference_function *run = lq_reference_choose(&w->builds);
    lq_reference_law law;
    w->reference_law(&law);
    const double start = lq_bench_wall_seconds();
#pragma omp parallel num_threads(n_threads)
    {
        double figures[2][CHUNK];
        const int me = omp_get_thread_num();
        const uint64_t share = n_paths / (uint64_t)n_threads, first = share * (uint64_t)me;
        const lq_binding binding = lq_bind_thread(me, n_threads);
        for (uint64_t path = 0; path < share; path += CHUNK)
            run(&law, first + path, CHUNK, figures[0], figures[1]);
        lq_unbind_thread(&binding);
    }
    return lq_bench_wall_seconds() - start;
}

lq_status lq_bench_two_threads(const lq_workload *w, const lq_plan *plan,
                               const lq_bench_effort *effort, lq_bench_speedup *out,
                               lq_error *err)
{
    double best[2] = {INFINITY, INFINITY}, reference[2] = {INFINITY, INFINITY};
    const uint32_t n_paths = effort->n_wall_paths;
    *out = (lq_bench_speedup){0};
    if (!lq_reference_choose(&w->builds) || lq_bench_processors() < 2) return LQ_OK;
    for (uint32_t i = 0; i < effort->n_wall_rounds; i++)
        for (int n = 0; n < 2; n++) {
            double seconds = 0.0;
            LQ_TRY(time_engine(plan, n_paths, n + 1, &seconds, err));
            best[n] = fmin(best[n], seconds);
            reference[n] = fmin(reference[n], time_reference(w, n_paths, n + 1));
        }
    *out =
        (lq_bench_speedup){.engine = best[0] / best[1], .machine = reference[0] / reference[1]};
    return LQ_OK;
}
