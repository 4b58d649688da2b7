#include "engine/compare_block.h"

#include <string.h>

static void tally_difference(const lq_block_job *job, const uint64_t *weight, const double *a,
                             const double *b, lq_tally *tally)
{
    LQ_LANE_ARRAY(difference);
    for (int l = 0; l < LQ_LANES; l++)
        difference[l] = a[l] - b[l];
    if (weight)
        lq_tally_put_weighted(tally, job->replicate, NULL, difference, weight, job->n_lanes);
    else
        lq_tally_put_block(tally, job->replicate, difference, job->n_lanes);
}

void LQ_KERNEL(lq_compare_pairs)(const lq_workspace *w, const lq_block_job *job,
                                 lq_result *result)
{
    const lq_plan *p = w->plan;
    for (size_t i = 0; i < p->n_pairs; i++) {
        const size_t a = p->pairs[i][0], b = p->pairs[i][1], company = p->pair_company[i];
        lq_tally *tally = result->differences[i];
        if (company == p->n_companies) {
            tally_difference(job, NULL, w->totals + a * LQ_LANES, w->totals + b * LQ_LANES,
                             tally);
            continue;
        }
        for (size_t k = 0; k < p->expansion[company].n_branches; k++)
            tally_difference(job, w->expanded[company]->branches.weight[k],
                             lq_totals_in(w, a, company, k), lq_totals_in(w, b, company, k),
                             tally);
    }
}

/* Which offer is best, ties to the first, where the totals of offer i are of[i]. */
static void tally_best_of(const lq_workspace *w, const lq_block_job *job, const lq_view *v,
                          const double *const *of, lq_result *result)
{
    LQ_LANE_ARRAY(best);
    LQ_LANE_ARRAY(which);
    LQ_LANE_ARRAY(is_best);
    const size_t n_offers = w->plan->n_offers;
    memcpy(best, of[0], sizeof best);
    memset(which, 0, sizeof which);
    for (size_t i = 1; i < n_offers; i++)
        for (int l = 0; l < LQ_LANES; l++) {
            which[l] = of[i][l] > best[l] ? (double)i : which[l];
            best[l] = of[i][l] > best[l] ? of[i][l] : best[l];
        }
    for (size_t i = 0; i < n_offers; i++) {
        for (int l = 0; l < LQ_LANES; l++)
            is_best[l] = which[l] == (double)i ? 1.0 : 0.0;
        result->offers[i].sums[LQ_SUM_BEST][job->replicate] +=
            lq_view_cents(w, v, is_best, job->n_lanes);
    }
}

void LQ_KERNEL(lq_compare_best)(const lq_workspace *w, const lq_block_job *job,
                                lq_result *result)
{
    const lq_plan *p = w->plan;
    if (p->n_offers < 2) return;
    const size_t company = p->best_company;
    const size_t n = company == p->n_companies ? 1 : p->expansion[company].n_branches;
    for (size_t k = 0; k < n; k++) {
        const lq_view v =
            company == p->n_companies
                ? lq_view_whole
                : lq_view_of_branch(w->expanded[company]->branches.weight[k], k == 0);
        for (size_t i = 0; i < p->n_offers; i++)
            w->compared[i] = lq_totals_in(w, i, company, k);
        tally_best_of(w, job, &v, w->compared, result);
    }
}
