#include "engine/workspace.h"

#include "engine/bind.h"

#include "base/alloc.h"

#include <omp.h>
#include <string.h>

enum { PILOT_BLOCKS = LQ_PILOT_PATHS / LQ_LANES };

typedef struct pilot_run {
    const lq_plan *const *plans;
    size_t n_plans, company, row_len;
    const lq_kernels *kernels;
    double *rows; /* [PILOT_BLOCKS][row_len] */
} pilot_run;

static void run_block(const pilot_run *p, size_t block, lq_workspace *const *w)
{
    const lq_plan *plan = p->plans[block % p->n_plans];
    const lq_block_job job = {.at = {.key = lq_philox_key_make(plan->seed, LQ_DOMAIN_PILOT),
                                     .path0 = block * LQ_LANES},
                              .block = block,
                              .n_lanes = LQ_LANES};
    lq_pilot pilot = {.incidence = p->rows + block * p->row_len};
    p->kernels->run_pilot(w[block % p->n_plans], &job, p->company, &pilot);
}

/* Sums in the order of the blocks: the same bits for any number of threads. Months after the
 * pilot's last repeat it. */
static void add_up(const pilot_run *p, size_t months, size_t all, double *incidence)
{
    memset(incidence, 0, LQ_EXIT_KINDS * (all + 1) * sizeof *incidence);
    for (size_t c = 0; c < LQ_EXIT_KINDS; c++) {
        double *out = incidence + c * (all + 1);
        for (size_t b = 0; b < PILOT_BLOCKS; b++)
            for (size_t k = 1; k <= months; k++)
                out[k] += p->rows[b * p->row_len + c * (months + 1) + k] / LQ_PILOT_PATHS;
        for (size_t k = 1; k <= all; k++)
            out[k] += out[k - 1];
    }
}

static bool create_workspaces(const pilot_run *p, lq_workspace **w, int n_threads)
{
    for (int t = 0; t < n_threads; t++)
        for (size_t i = 0; i < p->n_plans; i++) {
            w[(size_t)t * p->n_plans + i] = lq_workspace_create(p->plans[i], false);
            if (!w[(size_t)t * p->n_plans + i]) return false;
        }
    return true;
}

lq_status lq_engine_pilot(const lq_plan *const *plans, size_t n_plans, size_t company,
                          int n_threads, double *incidence, lq_error *err)
{
    const size_t all = plans[0]->grid.n_months,
                 months = plans[0]->companies[company].pilot_months;
    pilot_run p = {plans, n_plans, company, LQ_EXIT_KINDS * (months + 1), NULL, NULL};
    LQ_TRY(lq_kernels_choose(plans[0]->reference, &p.kernels, err));
    const int threads = n_threads > 0 ? n_threads : omp_get_num_procs();
    const size_t n_workspaces = (size_t)threads * n_plans;
    p.rows = lq_calloc(PILOT_BLOCKS, p.row_len * sizeof *p.rows);
    lq_workspace **w = lq_calloc(n_workspaces, sizeof *w);
    lq_status st = LQ_OK;
    if (!p.rows || !w || !create_workspaces(&p, w, threads)) {
        st = LQ_FAIL(err, LQ_ENOMEM, .key = "calibration", .expected = "memory for the pilot");
        goto out;
    }
#pragma omp parallel num_threads(threads)
    {
        const int me = omp_get_thread_num();
        const lq_binding binding = lq_bind_thread(me, threads);
#pragma omp for schedule(static)
        for (size_t b = 0; b < PILOT_BLOCKS; b++)
            run_block(&p, b, w + (size_t)me * n_plans);
        lq_unbind_thread(&binding);
    }
    add_up(&p, months, all, incidence);
out:
    for (size_t i = 0; w && i < n_workspaces; i++)
        lq_workspace_destroy(w[i]);
    lq_free(w);
    lq_free(p.rows);
    return st;
}
