#include "decide/measure.h"

#include "stats/counts.h"

static void measure_exits(const lq_study *s, size_t company)
{
    const lq_company_result *r = &s->result->companies[company];
    lq_company_figures *out = &s->found.companies[company];
    const size_t row = s->found.n_months + 1;
    for (int kind = 1; kind < LQ_EXIT_KINDS; kind++)
        for (size_t k = 0; k < row; k++)
            out->exit_by_month[(size_t)kind * row + k] =
                lq_measure_share(s, r->exit_month[kind], (int32_t)k);
    /* What has not happened by the end stands in the last month, so that the table sums to 1.
     */
    out->exit_by_month[row - 1] = lq_measure_share(s, r->exit_month[LQ_EXIT_NONE], 0);
}

static void measure_events(const lq_study *s, size_t company)
{
    const lq_company_result *r = &s->result->companies[company];
    lq_company_figures *out = &s->found.companies[company];
    const double paths = (double)s->result->n_paths, traced = (double)s->result->n_traced;
    out->rounds_mean = lq_measure_sum(s->result, r->sums[LQ_SUM_ROUNDS]);
    out->down_round_share =
        lq_measure_ratio(s->result, r->sums[LQ_SUM_DOWN_ROUNDS], r->sums[LQ_SUM_ROUNDS]);
    out->flat_round_share =
        lq_measure_ratio(s->result, r->sums[LQ_SUM_FLAT_ROUNDS], r->sums[LQ_SUM_ROUNDS]);
    out->unpriced_rounds_mean = lq_measure_sum(s->result, r->sums[LQ_SUM_UNPRICED_ROUNDS]);
    out->tenders_mean = lq_measure_sum(s->result, r->sums[LQ_SUM_TENDERS]);
    out->cut_share = lq_measure_sum(s->result, r->sums[LQ_SUM_CUT]);
    out->survival_growth = s->sums.survival_growth[company] / paths;
    out->all_in_growth = s->sums.all_in_growth[company] / paths;
    for (int kind = 1; kind < LQ_EXIT_KINDS; kind++)
        out->probability_factor[kind] = s->calibration.factor[company][kind];
    for (size_t k = 0; k <= s->found.n_months && s->result->n_traced; k++)
        out->tender_by_month[k] =
            lq_estimate_probability((double)r->tender_month[k] / traced, traced);
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
