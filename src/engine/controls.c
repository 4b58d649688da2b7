#include "engine/controls.h"

#include "engine/compare_block.h"

#include "num/lanes.h"

#include <math.h>
#include <string.h>

/* In standard deviations of its own: a control beyond it is held there, which moves its mean by
 * less than 1 / LARGEST^2 and keeps sums of products within 128 bits. */
#define LARGEST 65536.0

/* ---- values of the controls ---- */

static void standardise(const lq_control *c, double *restrict x)
{
    const double mean = c->mean, scale = c->scale;
    for (int l = 0; l < LQ_LANES; l++) {
        const double y = (x[l] - mean) * scale;
        x[l] = y > LARGEST ? LARGEST : y < -LARGEST ? -LARGEST : y;
    }
}

static void add_normals(double loading, size_t n_months, const double *restrict z,
                        double *restrict x)
{
    if (loading == 0.0) return;
    for (size_t k = 0; k < n_months; k++) {
        const double *restrict row = z + k * LQ_LANES;
#pragma omp simd
        for (int l = 0; l < LQ_LANES; l++)
            x[l] = __builtin_fma(loading, row[l], x[l]);
    }
}

static void fill_level(const lq_workspace *w, const lq_control *c, double *restrict x)
{
    const double *own =
        c->kind == LQ_CONTROL_MARKET ? w->market_normals : w->price_rows[c->company] + LQ_LANES;
    memset(x, 0, LQ_LANES * sizeof *x);
    add_normals(c->loading_market, c->n_months, w->market_normals, x);
    add_normals(c->loading_own, c->n_months, own, x);
    const double shift = c->shift_log2;
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++)
        x[l] = lq_lane_exp2(x[l] - shift);
}

void LQ_KERNEL(lq_controls_factors)(lq_workspace *w)
{
    for (size_t i = 0; i < w->plan->n_controls; i++) {
        const lq_control *c = &w->plan->controls[i];
        double *x = w->controls + i * LQ_LANES;
        if ((c->kind != LQ_CONTROL_MARKET && c->kind != LQ_CONTROL_VALUE) || c->scale == 0.0)
            continue;
        fill_level(w, c, x);
        standardise(c, x);
    }
}

static void fill_money(const lq_workspace *w, const lq_control *c, double *restrict x)
{
    const double *price =
        c->kind == LQ_CONTROL_HOLDING ? w->world.company[c->company].price : NULL;
    const double *fx = c->fx >= 0 ? w->world.fx[c->fx] : NULL;
    memset(x, 0, LQ_LANES * sizeof *x);
    for (size_t i = 0; i < c->n_terms; i++) {
        const lq_control_term *t = &c->terms[i];
        for (size_t l = 0; l < LQ_LANES; l++) {
            double y = t->weight;
            if (price) y *= price[t->sold * LQ_LANES + l];
            if (price && t->priced != LQ_NOT_PRICED) y /= price[t->priced * LQ_LANES + l];
            if (fx) y *= fx[t->sold * LQ_LANES + l];
            x[l] += y;
        }
    }
}

static void fill_exit(const lq_workspace *w, const lq_control *c, double *restrict x)
{
    const double *kind = w->world.company[c->company].exit_kind;
    for (int l = 0; l < LQ_LANES; l++)
        x[l] = kind[l] == (double)c->exit_kind ? 1.0 : 0.0;
}

void LQ_KERNEL(lq_controls_prices)(lq_workspace *w)
{
    for (size_t i = 0; i < w->plan->n_controls; i++) {
        const lq_control *c = &w->plan->controls[i];
        double *x = w->controls + i * LQ_LANES;
        if (c->kind == LQ_CONTROL_MARKET || c->kind == LQ_CONTROL_VALUE || c->scale == 0.0)
            continue;
        if (c->kind == LQ_CONTROL_EXIT)
            fill_exit(w, c, x);
        else
            fill_money(w, c, x);
        standardise(c, x);
    }
}

/* ---- sums of products ---- */

/* Eight partial sums, added in pairs: one order, whatever the width of the registers. */
static double dot(const double *restrict x, const double *restrict y)
{
    double s[8] __attribute__((aligned(64))) = {0.0};
    for (int i = 0; i < LQ_LANES; i += 8) {
#pragma omp simd
        for (int j = 0; j < 8; j++)
            s[j] = __builtin_fma(x[i + j], y[i + j], s[j]);
    }
    return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
}

/* A whole number below 2^120 in two halves, both exact; NaN: the path is refused anyway. */
static lq_cents fixed(double x, double unit)
{
    const double y = __builtin_rint(x * unit);
    if (!(fabs(y) < 0x1p120)) return 0;
    const int64_t high = (int64_t)(y * 0x1p-62);
    const int64_t low = (int64_t)(y - (double)high * 0x1p62);
    return (lq_cents)high * ((lq_cents)1 << 62) + low;
}

/* Lanes that are no samples become 0; of mirrored pairs the first lane is the pair's mean. */
static void keep_samples(const lq_block_job *job, double *restrict x)
{
    if (job->at.antithetic) {
        for (int l = 0; l < LQ_LANES / 2; l++)
            x[l] = 0.5 * (x[l] + x[l + LQ_LANES / 2]);
        memset(x + LQ_LANES / 2, 0, LQ_LANES / 2 * sizeof *x);
    }
    for (size_t l = job->n_lanes; l < LQ_LANES; l++)
        x[l] = 0.0;
}

static lq_cents *row_of(lq_result *result, const lq_block_job *job)
{
    return result->controls + job->replicate * result->n_control_sums;
}

static void add_controls(lq_workspace *w, const lq_block_job *job, lq_result *result)
{
    LQ_LANE_ARRAY(ones);
    const size_t n = w->plan->n_controls;
    lq_cents *out = row_of(result, job);
    for (int l = 0; l < LQ_LANES; l++)
        ones[l] = 1.0;
    for (size_t i = 0; i < n; i++)
        keep_samples(job, w->controls + i * LQ_LANES);
    *out++ += (lq_cents)(job->at.antithetic ? job->n_lanes / 2 : job->n_lanes);
    for (size_t i = 0; i < n; i++)
        *out++ += fixed(dot(w->controls + i * LQ_LANES, ones), LQ_CONTROL_UNIT);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++)
            *out++ += fixed(dot(w->controls + i * LQ_LANES, w->controls + j * LQ_LANES),
                            LQ_CONTROL_UNIT);
}

static void add_target(const lq_workspace *w, const lq_block_job *job, lq_result *result,
                       size_t target, double *restrict x)
{
    const size_t n = w->plan->n_controls;
    lq_cents *out = row_of(result, job) + lq_control_target(n, target);
    double sum = 0.0;
    keep_samples(job, x);
    for (int l = 0; l < LQ_LANES; l++)
        sum += x[l];
    *out++ += fixed(sum, LQ_TARGET_UNIT);
    *out++ += fixed(dot(x, x), LQ_SQUARE_UNIT);
    for (size_t i = 0; i < n; i++)
        *out++ += fixed(dot(x, w->controls + i * LQ_LANES), LQ_TARGET_UNIT);
}

/* ---- targets: of a path whose exits are expanded, means over the branches ---- */

/* n_companies: none is expanded. */
static size_t n_branches(const lq_plan *p, size_t company)
{
    return company == p->n_companies ? 1 : p->expansion[company].n_branches;
}

/* Adds a branch's share of x to out. */
static void add_share(const lq_workspace *w, size_t company, size_t branch,
                      const double *restrict x, double *restrict out)
{
    const uint64_t *weight =
        company == w->plan->n_companies ? NULL : w->expanded[company]->branches.weight[branch];
    for (int l = 0; l < LQ_LANES; l++)
        out[l] = __builtin_fma(weight ? 0x1p-32 * (double)weight[l] : 1.0, x[l], out[l]);
}

static void add_offer(const lq_workspace *w, const lq_block_job *job, lq_result *result,
                      size_t offer)
{
    const lq_plan *p = w->plan;
    const size_t employer = p->offers[offer].company;
    const size_t company =
        p->expansion[employer].kind == LQ_EXPAND_NOT ? p->n_companies : employer;
    LQ_LANE_ARRAY(total);
    memset(total, 0, sizeof total);
    for (size_t k = 0; k < n_branches(p, company); k++)
        add_share(w, company, k, lq_totals_in(w, offer, company, k), total);
    add_target(w, job, result, offer, total);
}

/* Difference, and who is ahead by over a cent. */
static void add_pair(const lq_workspace *w, const lq_block_job *job, lq_result *result,
                     size_t pair)
{
    const lq_plan *p = w->plan;
    const size_t target = p->n_offers + 3 * pair, company = p->pair_company[pair];
    LQ_LANE_ARRAY(difference);
    double sum[3][LQ_LANES] __attribute__((aligned(64)));
    memset(sum, 0, sizeof sum);
    for (size_t k = 0; k < n_branches(p, company); k++) {
        const double *a = lq_totals_in(w, p->pairs[pair][0], company, k);
        const double *b = lq_totals_in(w, p->pairs[pair][1], company, k);
        LQ_LANE_ARRAY(ahead);
        for (int l = 0; l < LQ_LANES; l++)
            difference[l] = a[l] - b[l];
        add_share(w, company, k, difference, sum[0]);
        for (int l = 0; l < LQ_LANES; l++)
            ahead[l] = difference[l] > 0.01 ? 1.0 : 0.0;
        add_share(w, company, k, ahead, sum[1]);
        for (int l = 0; l < LQ_LANES; l++)
            ahead[l] = difference[l] < -0.01 ? 1.0 : 0.0;
        add_share(w, company, k, ahead, sum[2]);
    }
    for (size_t i = 0; i < 3; i++)
        add_target(w, job, result, target + i, sum[i]);
}

void LQ_KERNEL(lq_controls_add)(lq_workspace *w, const lq_block_job *job, lq_result *result)
{
    add_controls(w, job, result);
    for (size_t i = 0; i < w->plan->n_offers; i++)
        add_offer(w, job, result, i);
    for (size_t i = 0; i < w->plan->n_pairs; i++)
        add_pair(w, job, result, i);
}
