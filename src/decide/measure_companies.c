#include "decide/measure.h"

#include "stats/counts.h"

static void measure_exits(const lq_study *s, size_t company)
{
    const lq_company_result *r = &s->result->companies[company];
    lq_company_figures *out = &s->found.companies[company];
    const double paths = (double)s->result->n_paths;
    const size_t row = s->found.n_months + 1;
    for (int kind = 1; kind < LQ_EXIT_KINDS; kind++)
        for (size_t k = 0; k < row; k++)
            out->exit_by_month[(size_t)kind * row + k] =
                (double)lq_counts_at(r->exit_month[kind], LQ_POOLED, (int32_t)k) / paths;
    /* What has not happened by the end stands in the last month, so that the table sums to 1.
     */
    out->exit_by_month[row - 1] =
        (double)lq_counts_at(r->exit_month[LQ_EXIT_NONE], LQ_POOLED, 0) / paths;
}

static void measure_events(const lq_study *s, size_t company)
{
    const lq_company_result *r = &s->result->companies[company];
    lq_company_figures *out = &s->found.companies[company];
    const double paths = (double)s->result->n_paths, rounds = (double)r->n_rounds;
    out->rounds_mean = rounds / paths;
    if (rounds > 0.0) out->down_round_share = (double)r->n_down / rounds;
    out->tenders_mean = (double)r->n_tenders / paths;
    out->cut_share = (double)r->n_cut / paths;
    out->survival_growth = s->survival_growth[company] / paths;
    out->all_in_growth = s->all_in_growth[company] / paths;
    for (int kind = 1; kind < LQ_EXIT_KINDS; kind++)
        out->probability_factor[kind] = s->calibration.factor[company][kind];
    for (size_t k = 0; k <= s->found.n_months && s->result->n_traced; k++)
        out->tender_by_month[k] = (double)r->tender_month[k] / (double)s->result->n_traced;
}

lq_status lq_measure_companies(lq_study *s, lq_error *err)
{
    for (size_t i = 0; i < s->found.n_companies; i++) {
        if (lq_study_company(s, i)->listing == 1) {
            measure_exits(s, i);
            measure_events(s, i);
        }
        LQ_TRY(lq_measure_fan(s->result->companies[i].fan, s->found.n_months,
                              s->found.companies[i].fan, err));
    }
    return LQ_OK;
}
