#include "engine/world_pass.h"

#include "company/deal.h"
#include "engine/controls.h"
#include "engine/shocks.h"

#include "num/lanes.h"
#include "rng/draws.h"

#include <string.h>

/* ---- world ---- */

static void fill_market(lq_workspace *w, const lq_block_job *job)
{
    const lq_plan *p = w->plan;
    if (!p->has_market) return;
    LQ_KERNEL(lq_shocks_market)(w, &job->at, p->grid.n_months);
    lq_stage_end(w->stages, LQ_STAGE_DRAWS);
    if (w->world.market)
        LQ_KERNEL(lq_index_run)(&p->market, w->market_normals, w->world.market);
}

/* D_L M_L / M_0: the sum of the market's steps, without its rows. */
static void grow_wealth(lq_workspace *w)
{
    const lq_plan *p = w->plan;
    if (!p->has_growth) return;
    LQ_LANE_ARRAY(sum);
    memset(sum, 0, sizeof sum);
    for (size_t k = 1; k <= p->grid.n_months; k++) {
        const double *z = w->market_normals + (k - 1) * LQ_LANES;
        const double drift = p->market.drift_log2[k], loading = p->market.loading_own_log2;
#pragma omp simd
        for (int l = 0; l < LQ_LANES; l++)
            sum[l] += __builtin_fma(loading, z[l], drift);
    }
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++)
        w->growth[l] = p->growth_discount * lq_lane_exp2(sum[l]);
    lq_strata_assign(&p->strata, w->growth, LQ_LANES, w->stratum);
}

static void run_currencies(lq_workspace *w, const lq_block_job *job)
{
    const lq_plan *p = w->plan;
    for (size_t i = 0; i < p->n_fx; i++) {
        LQ_KERNEL(lq_draws_normals)
        (&job->at, p->fx[i].stream, p->fx[i].n_months, w->fx_rows[i] + LQ_LANES);
        lq_stage_end(w->stages, LQ_STAGE_DRAWS);
        LQ_KERNEL(lq_gbm_run)
        (&p->fx[i],
         LQ_KERNEL(lq_shocks_seen)(w, &p->fx_link[i], p->fx[i].loading_market_log2,
                                   p->fx[i].n_months),
         w->fx_rows[i]);
        lq_stage_end(w->stages, LQ_STAGE_MARKET);
    }
}

static void run_company(lq_workspace *w, const lq_block_job *job, size_t i)
{
    const lq_plan *p = w->plan;
    const lq_company_plan *c = &p->companies[i];
    if (!c->is_private) {
        const lq_gbm_plan *g = job->trace ? &w->listed_traced[i] : &p->listed[i];
        if (p->own[i].heston.is_on) {
            LQ_KERNEL(lq_shocks_heston)(w, &job->at, g, i);
            return;
        }
        LQ_KERNEL(lq_gbm_run)
        (g,
         LQ_KERNEL(lq_shocks_seen)(w, &p->company_link[i], g->loading_market_log2, g->n_months),
         w->price_rows[i]);
        return;
    }
    lq_company_world *world = &w->world.company[i];
    lq_expanded *x = w->expanded[i];
    world->value = job->trace ? w->value_rows[i] : NULL;
    const lq_company_inputs inputs = {
        .normals = w->price_rows[i],
        .market_normals = LQ_KERNEL(lq_shocks_seen)(w, &p->company_link[i],
                                                    c->loading_market_log2, p->grid.n_months),
        .index = w->world.market};
    w->state->record = x ? &x->record : NULL;
    if (x) x->lived.value = job->trace ? x->lived_value : NULL;
    LQ_KERNEL(lq_company_run)
    (c, &job->at, &inputs, w->state, x ? &x->lived : world, NULL);
    if (!x || !job->drawn) return;
    LQ_KERNEL(lq_branch_drawn)(c, &x->record, x->month, x->cause);
    LQ_KERNEL(lq_branch_world)(c, &x->record, x->month, x->cause, &x->lived, world);
}

/* After all companies: the acquirer may stand anywhere among them. */
static void roll_deals(lq_workspace *w)
{
    const lq_plan *p = w->plan;
    for (size_t i = 0; i < p->n_companies; i++) {
        const lq_deal_plan *deal = &p->companies[i].deal;
        if (deal->is_open && deal->rolls) LQ_KERNEL(lq_deal_roll)
        (&p->companies[i], w->price_rows[deal->acquirer], p->grid.horizon,
         &w->world.company[i]);
    }
}

void LQ_KERNEL(lq_world_pass)(lq_workspace *w, const lq_block_job *job)
{
    const lq_plan *p = w->plan;
    fill_market(w, job);
    grow_wealth(w);
    lq_stage_end(w->stages, LQ_STAGE_MARKET);
    run_currencies(w, job);
    for (size_t i = 0; i < p->n_companies; i++) {
        const lq_company_plan *c = &p->companies[i];
        const size_t months = job->trace ? p->grid.n_months : w->fill_months[i];
        if (lq_own_is_drawn(&p->own[i])) LQ_KERNEL(lq_draws_normals)
        (&job->at, c->is_private ? c->stream_own : p->listed[i].stream, months,
         w->price_rows[i] + LQ_LANES);
    }
    lq_stage_end(w->stages, LQ_STAGE_DRAWS);
    if (p->mix.n) LQ_KERNEL(lq_mix_run)(&p->mix, w->price_rows);
    for (size_t i = 0; i < p->n_companies; i++)
        LQ_KERNEL(lq_shocks_own)(w, i, job->trace ? p->grid.n_months : w->fill_months[i]);
    for (size_t i = 0; i < p->n_companies; i++)
        if (p->jumps[i].mean_wait_months > 0.0) LQ_KERNEL(lq_jumps_run)
    (&p->jumps[i], &job->at, job->trace ? p->grid.n_months : w->fill_months[i],
     w->price_rows[i]);
    if (p->n_controls) LQ_KERNEL(lq_controls_factors)(w);
    lq_stage_end(w->stages, LQ_STAGE_MARKET);
    for (size_t i = 0; i < p->n_companies; i++) {
        run_company(w, job, i);
        lq_stage_end(w->stages,
                     p->companies[i].is_private ? LQ_STAGE_COMPANY : LQ_STAGE_MARKET);
    }
    roll_deals(w);
}

/* ---- offers ---- */

static void clear_ledger(lq_workspace *w, const lq_offer_plan *o)
{
    const size_t rows = w->plan->grid.n_years * LQ_INCOME_KINDS;
    const size_t filled = lq_pay_fills_years(&o->pay);
    for (size_t i = 0; i < rows; i++) {
        const bool is_filled =
            i % LQ_INCOME_KINDS == LQ_INCOME_PAY && i / LQ_INCOME_KINDS < filled;
        if (!o->tax.used[i] || is_filled) continue;
        memset(w->ledger.amount + i * LQ_LANES, 0, LQ_LANES * sizeof(double));
        memset(w->ledger.present + i * LQ_LANES, 0, LQ_LANES * sizeof(double));
    }
    memset(w->stuck, 0, LQ_LANES * sizeof(double));
    memset(w->unvested, 0, LQ_LANES * sizeof(double));
    for (int l = 0; l < LQ_LANES; l++)
        w->first_cash[l] = (double)(w->plan->grid.n_months + 1);
}

void LQ_KERNEL(lq_offer_pass)(lq_workspace *w, const lq_block_job *job, size_t offer)
{
    const lq_plan *p = w->plan;
    const lq_offer_plan *o = &p->offers[offer];
    clear_ledger(w, o);
    w->ledger.trace = job->trace ? w->trace_rows : NULL;
    w->ledger.keep = o->keep;
    if (job->trace)
        memset(w->trace_rows, 0, (p->grid.n_months + 1) * LQ_LANES * sizeof(double));
    LQ_KERNEL(lq_employment_run)(&o->pay, &w->world, &job->at, &w->employment);
    LQ_KERNEL(lq_pay_run)(&o->pay, &p->grid, &w->world, &w->employment, &job->at, &w->ledger);
    lq_stage_end(w->stages, LQ_STAGE_PAY);
    const lq_grant_out out = {&w->ledger, w->first_cash, w->stuck, w->unvested};
    for (size_t i = 0; i < o->n_grants; i++)
        LQ_KERNEL(lq_grant_run)
    (&o->grants[i], &p->grid, &w->world, &w->employment, &job->at, &w->grant, &out);
    lq_stage_end(w->stages, LQ_STAGE_EQUITY);
    w->outcome.by_year = job->years ? w->by_year : NULL;
    LQ_KERNEL(lq_tax_run)(&o->tax, p->grid.n_years, &w->ledger, &w->outcome);
    if (job->trace) LQ_KERNEL(lq_tax_trace)(&o->tax, &p->grid, &w->ledger);
    lq_stage_end(w->stages, LQ_STAGE_TAX);
}

void LQ_KERNEL(lq_pilot_block)(lq_workspace *w, const lq_block_job *job, size_t company,
                               lq_pilot *pilot)
{
    const lq_plan *p = w->plan;
    lq_company_plan c = p->companies[company];
    c.n_months = c.pilot_months;
    c.deal.is_open = false; /* its odds are those of the ordinary process (R13) */
    lq_gbm_plan market = p->market;
    market.n_months = c.n_months;
    const bool loaded = c.loading_market_log2 != 0.0;
    if (loaded || w->world.market) {
        LQ_KERNEL(lq_shocks_market)(w, &job->at, c.n_months);
        if (w->world.market)
            LQ_KERNEL(lq_index_run)(&market, w->market_normals, w->world.market);
    }
    LQ_KERNEL(lq_draws_normals)
    (&job->at, c.stream_own, c.n_months, w->price_rows[company] + LQ_LANES);
    LQ_KERNEL(lq_shocks_own)(w, company, c.n_months);
    if (p->jumps[company].mean_wait_months > 0.0) LQ_KERNEL(lq_jumps_run)
    (&p->jumps[company], &job->at, c.n_months, w->price_rows[company]);
    const lq_company_inputs inputs = {
        .normals = w->price_rows[company],
        .market_normals = LQ_KERNEL(lq_shocks_seen)(w, &p->company_link[company],
                                                    c.loading_market_log2, c.n_months),
        .index = w->world.market};
    lq_company_world *world = &w->world.company[company];
    world->value = NULL;
    w->state->record = NULL;
    LQ_KERNEL(lq_company_run)(&c, &job->at, &inputs, w->state, world, pilot);
}
