#include "equity/job.h"

#include "rng/draws.h"

/* The discount of a window is the company's draw: the same for every offer of it. */
static void draw_discount(const lq_grant_job *j, uint32_t window, double *restrict discount)
{
    const lq_secondary_plan *p = j->plan->secondary;
    LQ_LANE_ARRAY(u);
    if (lq_draw_varies(&p->discount)) {
        lq_words words;
        LQ_KERNEL(lq_draws_words)(j->at, p->stream, window, &words);
        for (int l = 0; l < LQ_LANES; l++)
            u[l] = lq_words_uniform(&words, 0, l);
    }
    lq_draw_fill(&p->discount, u, LQ_LANES, discount);
}

void LQ_KERNEL(lq_grant_secondary)(const lq_grant_job *j, size_t k)
{
    const lq_secondary_plan *p = j->plan->secondary;
    if (!p || !lq_secondary_opens(p, k, j->plan->n_months)) return;
    const double month = (double)k, paid = (double)(k + p->delay_months);
    const double *rows[] = {[LQ_AT_PREFERRED] = j->company->preferred,
                            [LQ_AT_FAIR] = j->company->fair,
                            [LQ_AT_409A] = j->company->appraised};
    const double *basis = rows[p->price] + k * LQ_LANES;
    LQ_LANE_ARRAY(discount);
    draw_discount(j, (uint32_t)(k / p->every_months), discount);
    for (size_t l = 0; l < LQ_LANES; l++) {
        const double served = lq_grant_min(month, j->last[l]);
        if (month >= j->company->exit_month[l] || served < p->from_month) continue;
        lq_grant_sell(j, l, p->share, basis[l] * p->keep * (1.0 - discount[l]), paid);
    }
}
