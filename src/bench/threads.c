#include "bench/threads.h"

#include "bench/clock.h"
#include "bench/rounds.h"
#include "engine/bind.h"

#include <omp.h>

enum { CHUNK = 1024 };

static void keep_best(double *best, double seconds, uint32_t n_paths)
{
    const double ns = seconds / n_paths * 1e9;
    if (*best == 0.0 || ns < *best) *best = ns;
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

static lq_status run_round(const lq_workload *w, const lq_bench_plan *plans, uint32_t n_paths,
                           int n_threads, lq_bench_threads *out, lq_error *err)
{
    const lq_run_options options = {.n_threads = n_threads};
    for (size_t m = 0; m < LQ_METHODS; m++) {
        lq_bench_pair *pair = &out->engine[m];
        lq_bench_seconds seconds;
        if (!plans[m].plan) continue;
        LQ_TRY(lq_bench_engine(plans[m].plan, n_paths, &options, &seconds, NULL, err));
        keep_best(n_threads == 1 ? &pair->one : &pair->two, seconds.wall, n_paths);
    }
    if (w->reference_law)
        keep_best(n_threads == 1 ? &out->reference.one : &out->reference.two,
                  time_reference(w, n_paths, n_threads), n_paths);
    return LQ_OK;
}

lq_status lq_bench_two_threads(const lq_workload *w, const lq_bench_plan *plans,
                               const lq_bench_effort *effort, lq_bench_threads *out,
                               lq_error *err)
{
    *out = (lq_bench_threads){0};
    if (!lq_engine_isa(NULL) || lq_bench_processors() < 2) return LQ_OK;
    const uint32_t rounds = lq_workload_rounds(w, effort->n_wall_rounds);
    for (uint32_t i = 0; i < rounds; i++)
        for (int n = 1; n <= 2; n++)
            LQ_TRY(run_round(w, plans, effort->n_wall_paths, n, out, err));
    return LQ_OK;
}
