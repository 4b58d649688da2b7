#include "engine/shocks.h"

#include "rng/draws.h"

#include <string.h>

static void run_states(lq_workspace *w, const lq_block_address *at, size_t n_months)
{
    const lq_market_law *law = &w->plan->law;
    if (law->kind == LQ_SHOCK_REGIME)
        LQ_KERNEL(lq_regime_run)(&law->regime, at, n_months, w->states);
    else
        LQ_KERNEL(lq_bootstrap_run)(&law->bootstrap, at, n_months, w->states);
    LQ_KERNEL(lq_link_run)
    (&law->link, w->states, n_months, w->market_plain, w->market_normals);
}

void LQ_KERNEL(lq_shocks_market)(lq_workspace *w, const lq_block_address *at, size_t n_months)
{
    const lq_plan *p = w->plan;
    if (p->law.kind != LQ_SHOCK_SERIES)
        LQ_KERNEL(lq_draws_normals)(at, p->market.stream, n_months, w->market_plain);
    if (lq_market_has_states(&p->law)) run_states(w, at, n_months);
    if (p->law.kind != LQ_SHOCK_STUDENT) return;
    memcpy(w->market_normals, w->market_plain, n_months * LQ_LANES * sizeof(double));
    LQ_KERNEL(lq_student_run)(&p->law.student, n_months, w->market_normals);
}

const double *LQ_KERNEL(lq_shocks_seen)(lq_workspace *w, const lq_state_link *link,
                                        double loading, size_t n_months)
{
    if (loading == 0.0) return NULL;
    if (!link->offset) return w->market_normals;
    LQ_KERNEL(lq_link_run)(link, w->states, n_months, w->market_plain, w->market_seen);
    return w->market_seen;
}

void LQ_KERNEL(lq_shocks_own)(lq_workspace *w, size_t company, size_t n_months)
{
    const lq_own_law *own = &w->plan->own[company];
    double *rows = w->price_rows[company] + LQ_LANES;
    if (own->student.piece) LQ_KERNEL(lq_student_run)(&own->student, n_months, rows);
    if (own->link.offset) LQ_KERNEL(lq_link_run)(&own->link, w->states, n_months, rows, rows);
}

void LQ_KERNEL(lq_shocks_heston)(lq_workspace *w, const lq_block_address *at,
                                 const lq_gbm_plan *asset, size_t company)
{
    const lq_heston_plan *h = &w->plan->own[company].heston;
    LQ_KERNEL(lq_draws_normals)(at, h->stream, asset->n_months, w->variance_normals);
    const lq_heston_inputs in = {.market =
                                     asset->loading_market_log2 != 0.0 ? w->market_plain : NULL,
                                 .variance = w->variance_normals,
                                 .states = w->states};
    LQ_KERNEL(lq_heston_run)(asset, h, &in, w->price_rows[company]);
}
