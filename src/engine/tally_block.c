#include "engine/compare_block.h"
#include "engine/controls.h"
#include "engine/world_pass.h"

#include "block/lane_list.h"
#include "num/lanes.h"

#include <math.h>
#include <string.h>

static void note_bad(lq_workspace *w, const lq_block_job *job, size_t offer)
{
    const double *total = w->outcome.total;
    size_t n_good = 0;
    for (size_t l = 0; l < job->n_lanes; l++)
        n_good += fabs(total[l]) < LQ_TALLY_LIMIT;
    if (n_good == job->n_lanes) return;
    for (size_t l = 0; l < job->n_lanes; l++)
        if (!(fabs(total[l]) < LQ_TALLY_LIMIT) && !w->bad_path) {
            w->bad_path = 1 + job->at.path0 + l;
            w->bad_offer = offer;
        }
}

static void tally_part(lq_tally *tally, const lq_block_job *job, const lq_view *v, bool varies,
                       const double *x)
{
    const uint32_t last = lq_tally_shape_of(tally)->n_replicates - 1;
    const uint32_t replicate = job->replicate < last ? job->replicate : last;
    if (!varies && v->first)
        lq_tally_put_zeros(tally, replicate, job->n_lanes);
    else if (varies && v->weight)
        lq_tally_put_weighted(tally, replicate, NULL, x, v->weight, job->n_lanes);
    else if (varies)
        lq_tally_put_block(tally, replicate, x, job->n_lanes);
}

static bool year_is_used(const lq_offer_plan *o, size_t year)
{
    bool used = false;
    for (size_t kind = 0; kind < LQ_INCOME_KINDS; kind++)
        used |= o->tax.used[year * LQ_INCOME_KINDS + kind] != 0;
    return used;
}

/* Whole paths without cash are counted together, and so are those with it, in one month. */
static void tally_cash_month(const lq_workspace *w, const lq_block_job *job, const lq_view *v,
                             lq_offer_result *r)
{
    uint64_t *row = lq_counts_row(r->cash_month, job->replicate);
    const double never = (double)(w->plan->grid.n_months + 1), *first_cash = w->first_cash;
    const uint64_t whole = (uint64_t)1 << w->plan->weight_log2;
    lq_lane_list paid;
    LQ_LANE_ARRAY(has_cash);
    double first = never, last = 0.0;
    memset(has_cash, 0, sizeof has_cash);
#pragma omp simd reduction(min : first) reduction(max : last)
    for (size_t l = 0; l < job->n_lanes; l++) {
        const double month = first_cash[l], since = month < never ? month : 0.0;
        has_cash[l] = month < never ? 1.0 : 0.0;
        first = month < first ? month : first;
        last = since > last ? since : last;
    }
    for (size_t l = 0; v->weight && l < job->n_lanes; l++)
        row[(size_t)(int32_t)(has_cash[l] != 0.0 ? first_cash[l] : never)] += v->weight[l];
    if (v->weight) return;
    if (!lq_lanes_list(has_cash, &paid)) paid.n = 0;
    row[(size_t)(int32_t)never] += whole * (job->n_lanes - paid.n);
    if (first == last) row[(size_t)(int32_t)first] += whole * paid.n;
    for (size_t i = 0; first != last && i < paid.n; i++)
        row[(size_t)(int32_t)first_cash[paid.lane[i]]] += whole;
}

static void tally_fan(const lq_workspace *w, const lq_block_job *job, lq_offer_result *r)
{
    LQ_LANE_ARRAY(sum);
    memset(sum, 0, sizeof sum);
    for (size_t k = 0; k <= w->plan->grid.n_months; k++) {
        for (size_t l = 0; l < LQ_LANES; l++)
            sum[l] += w->trace_rows[k * LQ_LANES + l];
        lq_tally_add_block(r->fan[k], 0, sum, job->n_lanes);
    }
}

static void keep_received(const lq_workspace *w, const lq_block_job *job, size_t offer,
                          lq_path_rows *rows)
{
    const size_t months = w->plan->grid.n_months + 1, n_offers = w->plan->n_offers;
    for (size_t i = 0; i < job->n_whole; i++) {
        const size_t row = rows->n_paths + i;
        double sum = 0.0, *out = rows->received + (row * n_offers + offer) * months;
        for (size_t k = 0; k < months; k++)
            out[k] = sum += w->trace_rows[k * LQ_LANES + i];
        rows->total[row * n_offers + offer] = w->totals[offer * LQ_LANES + i];
    }
}

/* What the horizons cut off: stuck at the second, unvested at the first. */
static void tally_left_behind(const lq_workspace *w, const lq_block_job *job, const lq_view *v,
                              const lq_offer_plan *o, lq_offer_result *r)
{
    LQ_LANE_ARRAY(stuck);
    const size_t n = job->n_lanes;
    if (lq_offer_can_lose_vests(o))
        r->sums[LQ_SUM_UNVESTED][job->replicate] += lq_view_cents(w, v, w->unvested, n);
    if (!lq_offer_can_be_stuck(o)) return;
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++)
        stuck[l] = w->stuck[l] > 0.0 ? 1.0 : 0.0;
    r->sums[LQ_SUM_STUCK][job->replicate] += lq_view_cents(w, v, w->stuck, n);
    r->sums[LQ_SUM_STUCK_PATHS][job->replicate] += lq_view_cents(w, v, stuck, n);
}

static void tally_total(lq_workspace *w, const lq_block_job *job, const lq_view *v,
                        size_t offer, lq_tally *total)
{
    const double *x = w->outcome.total;
    const uint8_t *stratum = w->plan->has_growth ? w->stratum : NULL;
    note_bad(w, job, offer);
    if (v->weight)
        lq_tally_put_weighted(total, job->replicate, stratum, x, v->weight, job->n_lanes);
    else if (stratum)
        lq_tally_put_joint(total, job->replicate, stratum, x, job->n_lanes);
    else
        lq_tally_put_block(total, job->replicate, x, job->n_lanes);
}

static void tally_offer(lq_workspace *w, const lq_block_job *job, const lq_view *v,
                        size_t offer, lq_result *result)
{
    const lq_offer_plan *o = &w->plan->offers[offer];
    lq_offer_result *r = &result->offers[offer];
    const lq_outcome *x = &w->outcome;
    const size_t n = job->n_lanes;
    const bool taxed = lq_tax_is_due(&o->tax);
    const bool pays = lq_offer_pays(o);
    tally_total(w, job, v, offer, r->total);
    if (result->totals_only) return;
    tally_part(r->cash, job, v, pays, x->cash);
    if (pays) tally_part(r->equity, job, v, o->n_grants > 0, x->equity);
    tally_part(r->tax, job, v, taxed, x->tax);
    if (taxed) tally_part(r->gross_equity, job, v, o->n_grants > 0, x->gross_equity);
    if (job->years)
        for (size_t y = 0; y < w->plan->grid.n_years; y++)
            tally_part(r->by_year[y], job, v, year_is_used(o, y), x->by_year + y * LQ_LANES);
    if (pays) {
        r->sums[LQ_SUM_GROSS_CASH][job->replicate] += lq_view_cents(w, v, x->gross_cash, n);
        r->sums[LQ_SUM_NOMINAL_CASH][job->replicate] += lq_view_cents(w, v, x->nominal_cash, n);
    }
    r->sums[LQ_SUM_GROSS_EQUITY][job->replicate] += lq_view_cents(w, v, x->gross_equity, n);
    r->sums[LQ_SUM_NOMINAL_EQUITY][job->replicate] += lq_view_cents(w, v, x->nominal_equity, n);
    tally_left_behind(w, job, v, o, r);
    tally_cash_month(w, job, v, r);
}

/* ---- companies ---- */

/* Shares of paths: the month of each exit in the row of its kind. here: how much each kind has.
 */
static void tally_shared_exits(const lq_block_job *job, const lq_view *v,
                               const lq_company_world *c, uint64_t *const *row, uint64_t *here)
{
    for (size_t l = 0; l < job->n_lanes; l++) {
        const size_t kind = (size_t)(int32_t)c->exit_kind[l];
        const size_t month = kind == LQ_EXIT_NONE ? 0 : (size_t)(int32_t)c->exit_month[l];
        row[kind][month] += v->weight[l];
        here[kind] += v->weight[l];
    }
}

/* Whether the lanes of a block end in one way, in one month: those of most branches. */
static bool end_alike(const lq_company_world *c, size_t n)
{
    const double kind = c->exit_kind[0], month = c->exit_month[0];
    double differs = 0.0;
#pragma omp simd reduction(max : differs)
    for (size_t l = 0; l < n; l++) {
        const bool other = (c->exit_kind[l] != kind) | (c->exit_month[l] != month);
        differs = other ? 1.0 : differs;
    }
    return differs == 0.0;
}

/* The same where all lanes weigh alike: kinds side by side, not one after the other. */
static void tally_equal_exits(const lq_block_job *job, const lq_company_world *c,
                              uint64_t weight, uint64_t *const *row, uint64_t *here)
{
    lq_lane_list exits;
    double n[LQ_EXIT_KINDS] = {[LQ_EXIT_NONE] = (double)job->n_lanes};
    for (int kind = 1; kind < LQ_EXIT_KINDS; kind++) {
        double sum = 0.0;
#pragma omp simd reduction(+ : sum)
        for (size_t l = 0; l < job->n_lanes; l++)
            sum += c->exit_kind[l] == (double)kind ? 1.0 : 0.0;
        n[kind] = sum;
        n[LQ_EXIT_NONE] -= sum;
    }
    for (int kind = 0; kind < LQ_EXIT_KINDS; kind++)
        here[kind] = (uint64_t)n[kind] * weight;
    row[LQ_EXIT_NONE][0] += here[LQ_EXIT_NONE];
    const bool any = here[LQ_EXIT_NONE] < weight * job->n_lanes; /* a short block has more */
    if (!any || !lq_lanes_list(c->exit_kind, &exits)) return;
    if (end_alike(c, job->n_lanes)) { /* one addition, not a chain of them */
        const size_t kind = (size_t)(int32_t)c->exit_kind[0];
        row[kind][(size_t)(int32_t)c->exit_month[0]] += here[kind];
        return;
    }
    for (size_t i = 0; i < exits.n && exits.lane[i] < job->n_lanes; i++) {
        const size_t l = exits.lane[i];
        row[(size_t)(int32_t)c->exit_kind[l]][(size_t)(int32_t)c->exit_month[l]] += weight;
    }
}

static void tally_exits(const lq_workspace *w, const lq_block_job *job, const lq_view *v,
                        const lq_company_world *c, lq_company_result *r)
{
    const uint64_t whole = (uint64_t)1 << w->plan->weight_log2;
    const size_t never = w->plan->grid.n_months + 1;
    uint64_t *row[LQ_EXIT_KINDS], all = 0, here[LQ_EXIT_KINDS] = {0};
    for (int i = 0; i < LQ_EXIT_KINDS; i++)
        row[i] = lq_counts_row(r->exit_month[i], job->replicate);
    if (v->weight && !v->equal)
        tally_shared_exits(job, v, c, row, here);
    else
        tally_equal_exits(job, c, v->equal ? v->equal : whole, row, here);
    for (int i = 0; i < LQ_EXIT_KINDS; i++)
        all += here[i];
    for (int i = 0; i < LQ_EXIT_KINDS; i++)
        row[i][never] += all - here[i];
    const double *const n[LQ_COMPANY_SUMS] = {
        [LQ_SUM_ROUNDS] = c->n_rounds,    [LQ_SUM_DOWN_ROUNDS] = c->n_down,
        [LQ_SUM_FLAT_ROUNDS] = c->n_flat, [LQ_SUM_UNPRICED_ROUNDS] = c->n_unpriced,
        [LQ_SUM_TENDERS] = c->n_tenders,  [LQ_SUM_CUT] = c->cut};
    for (int i = 0; i < LQ_COMPANY_SUMS; i++)
        r->sums[i][job->replicate] += lq_view_cents(w, v, n[i], job->n_lanes);
}

static void trace_company(const lq_workspace *w, const lq_block_job *job, size_t i,
                          lq_result *result)
{
    const lq_company_world *c = &w->world.company[i];
    const double *level = w->plan->companies[i].is_private ? c->value : c->price;
    lq_company_result *r = &result->companies[i];
    LQ_LANE_ARRAY(alive);
    for (size_t k = 0; k <= w->plan->grid.n_months; k++) {
        size_t n = 0;
        for (size_t l = 0; l < job->n_lanes; l++) {
            const double x = level[k * LQ_LANES + l];
            if (!isnan(x)) alive[n++] = x;
        }
        if (n) lq_tally_add_block(r->fan[k], 0, alive, n);
        if (!c->tender || k == 0) continue;
        for (size_t l = 0; l < job->n_lanes; l++)
            r->tender_month[k] += c->tender[k * LQ_LANES + l] > 0.0;
    }
    lq_path_rows *rows = &result->rows;
    const size_t months = w->plan->grid.n_months + 1, n_companies = w->plan->n_companies;
    for (size_t p = 0; p < job->n_whole; p++) {
        const size_t row = (rows->n_paths + p) * n_companies + i;
        for (size_t k = 0; k < months; k++)
            rows->value[row * months + k] = level[k * LQ_LANES + p];
        const bool is_private = w->plan->companies[i].is_private;
        rows->exit_kind[row] = is_private ? c->exit_kind[p] : (double)NAN;
        rows->exit_month[row] = is_private ? c->exit_month[p] : (double)NAN;
    }
}

static void keep_samples(const lq_workspace *w, const lq_block_job *job, size_t offer)
{
    if (!w->columns) return;
    const lq_outcome *x = &w->outcome;
    const double *source[4] = {x->total, x->cash, x->equity, x->tax};
    for (size_t i = 0; i < 4; i++)
        memcpy(w->columns[4 * offer + i] + job->sample_offset, source[i],
               job->n_lanes * sizeof(double));
}

static void keep_company_samples(const lq_workspace *w, const lq_block_job *job)
{
    if (!w->columns) return;
    const size_t first = 4 * w->plan->n_offers;
    for (size_t i = 0; i < w->plan->n_companies; i++)
        for (size_t l = 0; l < job->n_lanes; l++) {
            const bool is_private = w->plan->companies[i].is_private;
            const lq_company_world *c = &w->world.company[i];
            double *kind = w->columns[first + 2 * i], *month = w->columns[first + 2 * i + 1];
            kind[job->sample_offset + l] = is_private ? c->exit_kind[l] : (double)NAN;
            month[job->sample_offset + l] = is_private ? c->exit_month[l] : (double)NAN;
        }
}

/* ---- the block ---- */

/* An offer as its paths are drawn: totals, traces and samples; tallied unless branches will be.
 */
static void run_offer(lq_workspace *w, const lq_block_job *job, size_t i, lq_result *result)
{
    const bool expanded = w->expanded[w->plan->offers[i].company] != NULL;
    if (expanded && !job->drawn) return;
    LQ_KERNEL(lq_offer_pass)(w, job, i);
    memcpy(w->totals + i * LQ_LANES, w->outcome.total, sizeof w->outcome.total);
    if (!expanded) tally_offer(w, job, &lq_view_whole, i, result);
    if (job->trace) {
        tally_fan(w, job, &result->offers[i]);
        keep_received(w, job, i, &result->rows);
    }
    keep_samples(w, job, i);
    lq_stage_end(w->stages, LQ_STAGE_TALLIES);
}

/* All offers of a company in one of its branches. */
static void run_branch(lq_workspace *w, const lq_block_job *job, size_t company, size_t branch,
                       lq_result *result)
{
    const lq_plan *p = w->plan;
    lq_expanded *x = w->expanded[company];
    lq_company_world *world = &w->world.company[company];
    const lq_view v = lq_view_of_branch(x->branches.weight[branch], branch == 0);
    LQ_KERNEL(lq_branch_world)
    (&p->companies[company], &x->record, x->branches.month[branch], x->branches.cause[branch],
     &x->lived, world);
    lq_stage_end(w->stages, LQ_STAGE_COMPANY);
    for (size_t i = 0; i < p->n_offers; i++) {
        if (p->offers[i].company != company) continue;
        LQ_KERNEL(lq_offer_pass)(w, job, i);
        memcpy(w->branch_totals + (i * LQ_MOST_BRANCHES + branch) * LQ_LANES, w->outcome.total,
               sizeof w->outcome.total);
        tally_offer(w, job, &v, i, result);
        lq_stage_end(w->stages, LQ_STAGE_TALLIES);
    }
    if (!result->totals_only) tally_exits(w, job, &v, world, &result->companies[company]);
    lq_stage_end(w->stages, LQ_STAGE_TALLIES);
}

static void run_branches(lq_workspace *w, const lq_block_job *job, size_t company,
                         lq_result *result)
{
    const lq_expansion *expansion = &w->plan->expansion[company];
    lq_expanded *x = w->expanded[company];
    lq_block_job plain = *job;
    plain.trace = false;
    w->world.company[company].value = NULL;
    LQ_KERNEL(lq_branches_run)
    (&w->plan->companies[company], expansion, &x->record, &x->branches);
    for (size_t b = 0; b < expansion->n_branches; b++)
        run_branch(w, &plain, company, b, result);
}

static void run_companies(lq_workspace *w, const lq_block_job *job, lq_result *result)
{
    const lq_plan *p = w->plan;
    keep_company_samples(w, job);
    for (size_t i = 0; i < p->n_companies && !result->totals_only; i++) {
        if (p->companies[i].is_private && !w->expanded[i])
            tally_exits(w, job, &lq_view_whole, &w->world.company[i], &result->companies[i]);
        if (job->trace) trace_company(w, job, i, result);
    }
    for (size_t i = 0; i < p->n_companies; i++)
        if (w->expanded[i]) run_branches(w, job, i, result);
}

void LQ_KERNEL(lq_block_run)(lq_workspace *w, const lq_block_job *job, lq_result *result)
{
    const lq_plan *p = w->plan;
    if (w->stages) lq_stage_clock_start(w->stages);
    LQ_KERNEL(lq_world_pass)(w, job);
    if (p->has_growth) lq_strata_sums_add(&result->growth, w->stratum, w->growth, job->n_lanes);
    for (size_t i = 0; i < p->n_offers; i++)
        run_offer(w, job, i, result);
    run_companies(w, job, result);
    LQ_KERNEL(lq_compare_pairs)(w, job, result);
    LQ_KERNEL(lq_compare_best)(w, job, result);
    if (p->n_controls) {
        LQ_KERNEL(lq_controls_prices)(w);
        LQ_KERNEL(lq_controls_add)(w, job, result);
    }
    for (size_t i = 0; i < job->n_whole; i++)
        result->rows.path[result->rows.n_paths + i] = job->at.path0 + i;
    result->rows.n_paths += job->n_whole;
    result->n_paths += job->n_lanes;
    result->n_traced += job->trace ? job->n_lanes : 0;
    result->replicate_paths[job->replicate] += job->n_lanes;
    lq_stage_end(w->stages, LQ_STAGE_TALLIES);
}

void LQ_KERNEL(lq_result_settle)(lq_result *result)
{
    for (size_t i = 0; i < result->n_offers; i++) {
        const lq_offer_result *o = &result->offers[i];
        lq_tally_settle(o->total);
        if (result->totals_only) continue;
        lq_tally *const parts[] = {o->cash, o->equity, o->tax, o->gross_equity};
        for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
            lq_tally_settle(parts[k]);
        for (size_t y = 0; y < result->n_years; y++)
            lq_tally_settle(o->by_year[y]);
    }
    for (size_t i = 0; i < result->n_pairs; i++)
        lq_tally_settle(result->differences[i]);
}
