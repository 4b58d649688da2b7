#include "bench/split.h"

#include "bench/clock.h"

/* What one reading costs: many of them after one another, the cheapest of some tries. */
static double cost_of_reading(void)
{
    enum { N = 1000, TRIES = 9 };
    double best = 1e300;
    for (int try = 0; try < TRIES; try++) {
        lq_stage_clock clock = {0};
        lq_stage_clock_start(&clock);
        for (int i = 0; i < N; i++)
            lq_stage_clock_end(&clock, LQ_STAGE_TALLIES);
        const double ns = (double)clock.nanoseconds[LQ_STAGE_TALLIES] / N;
        best = ns < best ? ns : best;
    }
    return best;
}

/* One run's figures; total: of the same paths, with no clock read. */
static lq_status run_round(const lq_plan *plan, uint64_t n_paths, double reading,
                           double out[LQ_STAGES + 1], lq_error *err)
{
    lq_stage_clock clock = {0};
    const lq_run_options plain = {.n_threads = 1}, timed = {.n_threads = 1, .stages = &clock};
    lq_bench_seconds total, ignored;
    LQ_TRY(lq_bench_engine(plan, n_paths, &plain, &total, NULL, err));
    LQ_TRY(lq_bench_engine(plan, n_paths, &timed, &ignored, NULL, err));
    double rest = total.cpu * 1e9;
    for (int s = 0; s < LQ_STAGES; s++) {
        const double ns = (double)clock.nanoseconds[s] - reading * (double)clock.readings[s];
        out[s] = (ns > 0.0 ? ns : 0.0) / (double)n_paths;
        rest -= ns;
    }
    out[LQ_STAGES] = rest / (double)n_paths;
    return LQ_OK;
}

lq_status lq_bench_split_stages(const lq_workload *w, const lq_plan *plan,
                                const lq_bench_effort *effort, lq_bench_split *out,
                                lq_error *err)
{
    double ns[LQ_BENCH_MAX_ROUNDS][LQ_STAGES + 1], values[LQ_BENCH_MAX_ROUNDS];
    const uint32_t n = lq_workload_rounds(w, effort->n_split_rounds);
    *out = (lq_bench_split){{0.0}, 0.0};
    if (n == 0) return LQ_OK;
    const bool pinned = lq_bench_pin();
    const double reading = cost_of_reading();
    lq_status st = LQ_OK;
    for (uint32_t i = 0; i < n && st == LQ_OK; i++)
        st = run_round(plan, effort->n_paths / w->cost, reading, ns[i], err);
    if (pinned) lq_bench_unpin();
    for (int s = 0; s <= LQ_STAGES && st == LQ_OK; s++) {
        for (uint32_t i = 0; i < n; i++)
            values[i] = ns[i][s];
        *(s < LQ_STAGES ? &out->stage[s] : &out->other) = lq_bench_median(values, n);
    }
    return st;
}
