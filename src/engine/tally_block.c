#include "engine/world_pass.h"

#include "num/lanes.h"

#include <math.h>
#include <string.h>

/* Sum of hundredths over the lanes that are paths; |x| < 2^44. */
static lq_cents cents_of(const double *x, size_t n)
{
    int64_t sum = 0;
    for (size_t l = 0; l < n; l++)
        sum += (int64_t)__builtin_rint(x[l] * 100.0);
    return sum;
}

static void note_bad(lq_workspace *w, const lq_block_job *job, const double *total)
{
    size_t n_good = 0;
    for (size_t l = 0; l < job->n_lanes; l++)
        n_good += fabs(total[l]) < LQ_TALLY_LIMIT;
    if (n_good == job->n_lanes) return;
    for (size_t l = 0; l < job->n_lanes; l++)
        if (!(fabs(total[l]) < LQ_TALLY_LIMIT) && !w->bad_path)
            w->bad_path = 1 + job->at.path0 + l;
}

static void tally_year(lq_tally *tally, const lq_block_job *job, bool varies, const double *x)
{
    const uint32_t replicate = job->at.sobol ? job->replicate : 0;
    if (varies)
        lq_tally_add_block(tally, replicate, x, job->n_lanes);
    else
        lq_tally_add_constant(tally, replicate, 0, 0.0, job->n_lanes);
}

static void tally_part(lq_tally *tally, const lq_block_job *job, bool varies, const double *x)
{
    if (varies)
        lq_tally_add_block(tally, job->replicate, x, job->n_lanes);
    else
        lq_tally_add_constant(tally, job->replicate, 0, 0.0, job->n_lanes);
}

static bool year_is_used(const lq_offer_plan *o, size_t year)
{
    bool used = false;
    for (size_t kind = 0; kind < LQ_INCOME_KINDS; kind++)
        used |= o->tax.used[year * LQ_INCOME_KINDS + kind] != 0;
    return used;
}

static void tally_cash_month(const lq_workspace *w, const lq_block_job *job, lq_offer_result *r)
{
    int32_t month[LQ_LANES];
    const double end = (double)w->plan->grid.n_months;
    for (int l = 0; l < LQ_LANES; l++)
        month[l] = w->first_cash[l] <= end ? (int32_t)w->first_cash[l] : LQ_NEVER;
    lq_counts_add_block(r->cash_month, job->replicate, month, job->n_lanes);
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
static void tally_left_behind(const lq_workspace *w, const lq_block_job *job,
                              lq_offer_result *r)
{
    int64_t n = 0;
    for (size_t l = 0; l < job->n_lanes; l++)
        n += w->stuck[l] > 0.0;
    r->sums[LQ_SUM_STUCK][job->replicate] += cents_of(w->stuck, job->n_lanes);
    r->sums[LQ_SUM_STUCK_PATHS][job->replicate] += 100 * n;
    r->sums[LQ_SUM_UNVESTED][job->replicate] += cents_of(w->unvested, job->n_lanes);
}

static void tally_offer(lq_workspace *w, const lq_block_job *job, size_t offer,
                        lq_result *result)
{
    const lq_offer_plan *o = &w->plan->offers[offer];
    lq_offer_result *r = &result->offers[offer];
    const lq_outcome *x = &w->outcome;
    const bool taxed = o->tax.rate[LQ_INCOME_PAY] + o->tax.rate[LQ_INCOME_UNITS] +
                           o->tax.rate[LQ_INCOME_GAIN] >
                       0.0;
    const bool pays = lq_offer_pays(o);
    note_bad(w, job, x->total);
    if (w->plan->has_growth)
        lq_tally_add_joint(r->total, job->replicate, w->stratum, x->total, job->n_lanes);
    else
        lq_tally_add_block(r->total, job->replicate, x->total, job->n_lanes);
    tally_part(r->cash, job, pays, x->cash);
    if (pays) tally_part(r->equity, job, o->n_grants > 0, x->equity);
    tally_part(r->tax, job, taxed, x->tax);
    if (taxed) tally_part(r->gross_equity, job, o->n_grants > 0, x->gross_equity);
    if (job->years)
        for (size_t y = 0; y < w->plan->grid.n_years; y++)
            tally_year(r->by_year[y], job, year_is_used(o, y), x->by_year + y * LQ_LANES);
    if (pays) {
        r->sums[LQ_SUM_GROSS_CASH][job->replicate] += cents_of(x->gross_cash, job->n_lanes);
        r->sums[LQ_SUM_NOMINAL_CASH][job->replicate] += cents_of(x->nominal_cash, job->n_lanes);
    }
    r->sums[LQ_SUM_GROSS_EQUITY][job->replicate] += cents_of(x->gross_equity, job->n_lanes);
    r->sums[LQ_SUM_NOMINAL_EQUITY][job->replicate] += cents_of(x->nominal_equity, job->n_lanes);
    tally_left_behind(w, job, r);
    tally_cash_month(w, job, r);
    if (!job->trace) return;
    tally_fan(w, job, r);
    keep_received(w, job, offer, &result->rows);
}

static void tally_best(const lq_workspace *w, const lq_block_job *job, lq_result *result)
{
    const size_t n_offers = w->plan->n_offers;
    if (n_offers < 2) return;
    LQ_LANE_ARRAY(best);
    LQ_LANE_ARRAY(which);
    memcpy(best, w->totals, sizeof best);
    memset(which, 0, sizeof which);
    for (size_t i = 1; i < n_offers; i++) {
        const double *x = w->totals + i * LQ_LANES;
        for (int l = 0; l < LQ_LANES; l++) {
            which[l] = x[l] > best[l] ? (double)i : which[l];
            best[l] = x[l] > best[l] ? x[l] : best[l];
        }
    }
    for (size_t i = 0; i < n_offers; i++) {
        int64_t n = 0;
        for (size_t l = 0; l < job->n_lanes; l++)
            n += which[l] == (double)i;
        result->offers[i].sums[LQ_SUM_BEST][job->replicate] += 100 * n;
    }
}

static void tally_pairs(lq_workspace *w, const lq_block_job *job, lq_result *result)
{
    const lq_plan *p = w->plan;
    LQ_LANE_ARRAY(difference);
    for (size_t i = 0; i < p->n_pairs; i++) {
        const double *a = w->totals + p->pairs[i][0] * LQ_LANES;
        const double *b = w->totals + p->pairs[i][1] * LQ_LANES;
        for (int l = 0; l < LQ_LANES; l++)
            difference[l] = a[l] - b[l];
        lq_tally_add_block(result->differences[i], job->replicate, difference, job->n_lanes);
    }
}

/* ---- companies ---- */

static void tally_exits(const lq_company_world *c, const lq_block_job *job,
                        lq_company_result *r)
{
    uint64_t others[LQ_EXIT_KINDS];
    for (int i = 0; i < LQ_EXIT_KINDS; i++)
        others[i] = job->n_lanes;
    for (size_t l = 0; l < job->n_lanes; l++) {
        const int kind = (int)c->exit_kind[l];
        const int32_t month = kind == LQ_EXIT_NONE ? 0 : (int32_t)c->exit_month[l];
        lq_counts_add(r->exit_month[kind], job->replicate, month, 1);
        others[kind]--;
    }
    for (int i = 0; i < LQ_EXIT_KINDS; i++)
        lq_counts_add(r->exit_month[i], job->replicate, LQ_NEVER, others[i]);
    const double *const n[LQ_COMPANY_SUMS] = {[LQ_SUM_ROUNDS] = c->n_rounds,
                                              [LQ_SUM_DOWN_ROUNDS] = c->n_down,
                                              [LQ_SUM_TENDERS] = c->n_tenders,
                                              [LQ_SUM_CUT] = c->cut};
    for (int i = 0; i < LQ_COMPANY_SUMS; i++)
        r->sums[i][job->replicate] += cents_of(n[i], job->n_lanes);
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

void LQ_KERNEL(lq_block_run)(lq_workspace *w, const lq_block_job *job, lq_result *result)
{
    const lq_plan *p = w->plan;
    if (w->stages) lq_stage_clock_start(w->stages);
    LQ_KERNEL(lq_world_pass)(w, job);
    if (p->has_growth) lq_strata_sums_add(&result->growth, w->stratum, w->growth, job->n_lanes);
    for (size_t i = 0; i < p->n_offers; i++) {
        LQ_KERNEL(lq_offer_pass)(w, job, i);
        tally_offer(w, job, i, result);
        keep_samples(w, job, i);
        lq_stage_end(w->stages, LQ_STAGE_TALLIES);
    }
    tally_pairs(w, job, result);
    tally_best(w, job, result);
    keep_company_samples(w, job);
    for (size_t i = 0; i < p->n_companies; i++) {
        if (p->companies[i].is_private)
            tally_exits(&w->world.company[i], job, &result->companies[i]);
        if (job->trace) trace_company(w, job, i, result);
    }
    for (size_t i = 0; i < job->n_whole; i++)
        result->rows.path[result->rows.n_paths + i] = job->at.path0 + i;
    result->rows.n_paths += job->n_whole;
    result->n_paths += job->n_lanes;
    result->n_traced += job->trace ? job->n_lanes : 0;
    result->replicate_paths[job->replicate] += job->n_lanes;
    lq_stage_end(w->stages, LQ_STAGE_TALLIES);
}
