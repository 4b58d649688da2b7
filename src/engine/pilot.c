#include "engine/bind.h"
#include "engine/team.h"

#include "base/alloc.h"

#include <omp.h>
#include <string.h>

typedef struct pilot_run {
    const lq_pilot_job *job;
    size_t n_blocks, row_len;
    const lq_kernels *kernels;
    double *rows; /* [n_blocks][row_len] */
} pilot_run;

/* A plan's blocks are consecutive points of its own replicate. */
static bool run_block(const pilot_run *p, size_t block, lq_team *team, int thread)
{
    const size_t world = block % p->job->n_plans, inside = block / p->job->n_plans;
    const lq_plan *plan = p->job->plans[world];
    if (!lq_team_seat(team, thread, plan, false)) return false;
    const lq_block_job job = {.at = {.key = lq_philox_key_make(plan->seed, LQ_DOMAIN_PILOT),
                                     .path0 = block * LQ_LANES,
                                     .sobol = p->job->points,
                                     .replicate = (uint32_t)world,
                                     .index0 = (uint32_t)(inside * LQ_LANES)},
                              .block = block,
                              .n_lanes = LQ_LANES};
    lq_pilot pilot = {.incidence = p->rows + block * p->row_len};
    p->kernels->run_pilot(team->workspace[thread], &job, p->job->company, &pilot);
    return true;
}

/* Sums in the order of the blocks: the same bits for any number of threads. Months after the
 * pilot's last repeat it. */
static void add_up(const pilot_run *p, size_t months, size_t all, double *incidence)
{
    const double n_paths = (double)(p->n_blocks * LQ_LANES);
    memset(incidence, 0, LQ_EXIT_KINDS * (all + 1) * sizeof *incidence);
    for (size_t c = 0; c < LQ_EXIT_KINDS; c++) {
        double *out = incidence + c * (all + 1);
        for (size_t b = 0; b < p->n_blocks; b++)
            for (size_t k = 1; k <= months; k++)
                out[k] += p->rows[b * p->row_len + c * (months + 1) + k] / n_paths;
        for (size_t k = 1; k <= all; k++)
            out[k] += out[k - 1];
    }
}

/* False when out of memory. */
static bool run_blocks(const pilot_run *p, lq_team *team)
{
    bool ok = true;
#pragma omp parallel num_threads(team->n_threads) reduction(&& : ok)
    {
        const int me = omp_get_thread_num();
        const lq_binding binding = lq_bind_thread(me, team->n_threads);
#pragma omp for schedule(static)
        for (size_t b = 0; b < p->n_blocks; b++)
            ok = run_block(p, b, team, me) && ok;
        lq_unbind_thread(&binding);
    }
    return ok;
}

lq_status lq_engine_pilot(const lq_pilot_job *job, double *incidence, lq_error *err)
{
    const lq_plan *first = job->plans[0];
    const size_t all = first->grid.n_months,
                 months = first->companies[job->company].pilot_months;
    pilot_run p = {job, job->n_paths / LQ_LANES, LQ_EXIT_KINDS * (months + 1), NULL, NULL};
    LQ_TRY(lq_kernels_choose(first->reference, &p.kernels, err));
    p.rows = lq_calloc(p.n_blocks, p.row_len * sizeof *p.rows);
    const bool ok = p.rows && run_blocks(&p, job->team);
    if (ok) add_up(&p, months, all, incidence);
    lq_free(p.rows);
    return ok ? LQ_OK
              : LQ_FAIL(err, LQ_ENOMEM, .key = "calibration",
                        .expected = "memory for the pilot");
}
