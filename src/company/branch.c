#include "company/branch.h"

#include "company/ending.h"
#include "num/lanes.h"

#include <math.h>
#include <string.h>

typedef const lq_company_plan plan_t;
typedef const lq_company_record record_t;

/* ---- which ends ---- */

static const double ALL = 4294967296.0; /* 2^LQ_BRANCH_WEIGHT_LOG2 */

/* Weights are steps of the rounded distribution function, so that they sum to ALL. */
static void weigh(const lq_expansion *x, record_t *r, lq_branches *out)
{
    LQ_LANE_ARRAY(before); /* rounded distribution function */
    memset(before, 0, sizeof before);
    size_t from = 0; /* the month's first cause */
    LQ_LANE_ARRAY(part);
    for (size_t b = 0; b < x->n_branches; b++) {
        const bool last = b + 1 == x->n_branches;
        const double *restrict sum =
            r->mass[LQ_EXIT_NONE] + (last ? 0 : x->month[b]) * LQ_LANES;
        const double *restrict mass =
            r->mass[x->cause[b]] + (last ? 0 : x->month[b]) * LQ_LANES;
        if (b == 0 || x->month[b] != x->month[from]) {
            from = b;
            memset(part, 0, sizeof part);
        }
        uint64_t *restrict weight = out->weight[b];
        if (last) {
            for (int l = 0; l < LQ_LANES; l++)
                weight[l] = (uint64_t)(int64_t)(ALL - before[l]);
            break;
        }
#pragma omp simd
        for (int l = 0; l < LQ_LANES; l++) {
            const double then = sum[l - LQ_LANES], month = sum[l] - then;
            part[l] += mass[l];
            const double alive = lq_lane_exp(-then), gone = alive - lq_lane_exp(-sum[l]);
            const double share = month > 0.0 ? part[l] / month : 1.0;
            const double f = 1.0 - alive + gone * (share < 1.0 ? share : 1.0);
            double up = __builtin_rint(f * ALL);
            up = up > before[l] ? up : before[l];
            weight[l] = (uint64_t)(int64_t)(up - before[l]);
            before[l] = up;
        }
    }
}

static void all_branches(const lq_expansion *x, record_t *r, lq_branches *out)
{
    for (size_t b = 0; b < x->n_branches; b++)
        for (int l = 0; l < LQ_LANES; l++) {
            out->month[b][l] = (double)x->month[b];
            out->cause[b][l] = (double)x->cause[b];
        }
    weigh(x, r, out);
}

/* First month whose integrated intensity reaches the threshold; K + 1: none. */
static void find_month(plan_t *plan, record_t *r, const double *restrict threshold,
                       double *restrict month)
{
    for (int l = 0; l < LQ_LANES; l++)
        month[l] = 1.0;
    for (size_t k = 1; k <= plan->n_months; k++) {
        const double *restrict sum = r->mass[LQ_EXIT_NONE] + k * LQ_LANES;
#pragma omp simd
        for (int l = 0; l < LQ_LANES; l++)
            month[l] += sum[l] < threshold[l] ? 1.0 : 0.0;
    }
}

static double cause_at(plan_t *plan, record_t *r, double month, double u, size_t l)
{
    if (month > (double)plan->n_months) return (double)LQ_EXIT_NONE;
    const size_t at = (size_t)month * LQ_LANES + l;
    const double f = r->mass[LQ_EXIT_FAILURE][at], a = r->mass[LQ_EXIT_ACQUISITION][at];
    return lq_ending_cause(u * (f + a + r->mass[LQ_EXIT_IPO][at]), f, a);
}

/* Where rounding would reach it. */
static const double BELOW_ONE = 1.0 - 0x1p-53;

/* Equally spaced quantiles of the exit law, causes in order within a month, behind one uniform:
 * survival to s ends in the month in which exp(-mass) falls to it, and how far the fall has
 * come says which cause. */
static void sampled_branches(plan_t *plan, record_t *r, lq_branches *out)
{
    LQ_LANE_ARRAY(threshold);
    const double step = 1.0 / LQ_SAMPLED_BRANCHES;
    for (size_t b = 0; b < LQ_SAMPLED_BRANCHES; b++) {
#pragma omp simd
        for (int l = 0; l < LQ_LANES; l++)
            threshold[l] = -lq_lane_log(((double)b + r->uniform[l]) * step);
        find_month(plan, r, threshold, out->month[b]);
        for (size_t l = 0; l < LQ_LANES; l++) {
            const double month = out->month[b][l], last = (double)plan->n_months;
            const size_t at = (size_t)(month < last ? month : last) * LQ_LANES + l;
            const double *sum = r->mass[LQ_EXIT_NONE] + at;
            const double before = lq_lane_exp(-sum[-LQ_LANES]), after = lq_lane_exp(-sum[0]);
            const double reached = before - ((double)b + r->uniform[l]) * step;
            const double share = before > after ? reached / (before - after) : 0.0;
            out->cause[b][l] =
                cause_at(plan, r, month, share < BELOW_ONE ? share : BELOW_ONE, l);
            out->weight[b][l] = (uint64_t)1 << LQ_BRANCH_WEIGHT_LOG2 >> 3;
        }
    }
}

void LQ_KERNEL(lq_branches_run)(const lq_company_plan *plan, const lq_expansion *expansion,
                                const lq_company_record *record, lq_branches *out)
{
    if (expansion->kind == LQ_EXPAND_ALL)
        all_branches(expansion, record, out);
    else
        sampled_branches(plan, record, out);
}

void LQ_KERNEL(lq_branch_drawn)(const lq_company_plan *plan, const lq_company_record *record,
                                double *month, double *cause)
{
    find_month(plan, record, record->threshold, month);
    for (size_t l = 0; l < LQ_LANES; l++)
        cause[l] = cause_at(plan, record, month[l], record->cause[l], l);
}

/* ---- the world that an end leaves ---- */

/* A share from its exit on. */
typedef struct after {
    LQ_LANE_ARRAY(month);
    LQ_LANE_ARRAY(base); /* log2 price of a listed share less its growth up to the exit */
    LQ_LANE_ARRAY(paid); /* otherwise */
    LQ_LANE_ARRAY(lists);
    double first; /* month of the first exit */
    bool any_lists, same_month;
} after;

/* out[l]: what rows hold of lane l at the end of its month. */
LQ_INLINE void read_at(const double *restrict rows, const double *restrict month, bool same,
                       double *restrict out)
{
    if (same) {
        memcpy(out, rows + (size_t)month[0] * LQ_LANES, LQ_LANES * sizeof *out);
        return;
    }
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++)
        out[l] = rows[(int)month[l] * LQ_LANES + l];
}

static bool is_same_month(const double *restrict month)
{
    const double first = month[0];
    double differs = 0.0;
#pragma omp simd reduction(max : differs)
    for (int l = 0; l < LQ_LANES; l++) {
        const double other = month[l] != first ? 1.0 : 0.0;
        differs = other > differs ? other : differs;
    }
    return differs == 0.0;
}

static void find_ending(plan_t *plan, record_t *r, const double *month, bool same,
                        const double *cause, lq_ending *e)
{
    lq_lane_list all;
    memcpy(e->kind, cause, sizeof e->kind);
    memcpy(e->month, month, sizeof e->month);
    read_at(r->x, month, same, e->x);
    read_at(r->shares, month, same, e->shares);
    read_at(r->due, month, same, e->due);
    read_at(r->ceiling, month, same, e->ceiling);
    read_at(r->n_rounds, month, same, e->n_rounds);
    for (size_t l = 0; l < LQ_LANES; l++)
        all.lane[l] = (uint32_t)l;
    lq_lanes_end(&all, LQ_LANES);
    lq_ending_terms(plan, r->term_a, r->term_b, LQ_LANES, e);
    lq_ending_direct(r->direct, LQ_LANES, e);
    LQ_KERNEL(lq_ending_prices)(plan, &r->log, &all, e);
}

static void find_after(plan_t *plan, record_t *r, const double *restrict month, bool same,
                       const lq_ending *e, after *a)
{
    const double last = (double)plan->n_months;
    const double *restrict kind = e->kind, *restrict paid = e->paid;
    const double *restrict x = e->listed_x;
    LQ_LANE_ARRAY(exit);
    LQ_LANE_ARRAY(grown);
    double first = month[0], any = 0.0;
#pragma omp simd reduction(min : first) reduction(max : any)
    for (int l = 0; l < LQ_LANES; l++) {
        const double lists = kind[l] == (double)LQ_EXIT_IPO ? 1.0 : 0.0;
        exit[l] = month[l] <= last ? month[l] : 0.0;
        a->paid[l] = ((month[l] <= last) & (lists == 0.0)) ? paid[l] : 0.0;
        a->month[l] = month[l];
        a->lists[l] = lists;
        any = lists > any ? lists : any;
        first = month[l] < first ? month[l] : first;
    }
    read_at(r->listed, exit, same, grown);
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++)
        a->base[l] = x[l] - grown[l];
    a->first = first;
    a->any_lists = any != 0.0;
    a->same_month = same;
}

/* Price after the exit; before it what `lived` shows, or 0. */
static void fill_price(record_t *r, size_t k, const double *month, const after *a,
                       const double *restrict lived, double *restrict row)
{
    static const double nothing[LQ_LANES];
    const double now = (double)k, *restrict before = lived ? lived : nothing;
    if (now < a->first) {
        memcpy(row, before, sizeof a->paid);
        return;
    }
    if (!a->any_lists && a->same_month) {
        memcpy(row, a->paid, sizeof a->paid);
        return;
    }
    const double *restrict grown = r->listed + k * LQ_LANES;
    if (!a->any_lists) {
#pragma omp simd
        for (int l = 0; l < LQ_LANES; l++)
            row[l] = now < month[l] ? before[l] : a->paid[l];
        return;
    }
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++) {
        const double price = lq_lane_exp2(a->base[l] + grown[l]);
        row[l] = now < month[l] ? before[l] : a->lists[l] != 0.0 ? price : a->paid[l];
    }
}

static void fill_value(record_t *r, size_t k, const after *a, const lq_ending *e,
                       const double *lived, double *row)
{
    for (size_t l = 0; l < LQ_LANES; l++) {
        const double level = lq_lane_exp2(a->base[l] + r->listed[k * LQ_LANES + l]);
        const bool paid_now = (double)k == a->month[l] && e->proceeds[l] > 0.0;
        row[l] = (double)k < a->month[l] ? lived[l]
                 : a->lists[l] != 0.0    ? level * e->traded[l]
                 : paid_now              ? e->proceeds[l]
                                         : (double)NAN;
    }
}

/* What there is of a private company only. */
static void fill_until(size_t k, const double *restrict month, const double *restrict lived,
                       double *restrict row)
{
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++)
        row[l] = (double)k < month[l] ? lived[l] : 0.0;
}

static void fill_rows(plan_t *plan, record_t *r, const double *month, const after *a,
                      const lq_company_world *lived, lq_company_world *out)
{
    const size_t row = LQ_LANES * sizeof(double);
    memset(out->price, 0, row);
    if (out->preferred) memcpy(out->preferred, lived->preferred, row);
    if (out->fair) memcpy(out->fair, lived->fair, row);
    if (out->appraised) memcpy(out->appraised, lived->appraised, row);
    if (out->value) memcpy(out->value, lived->value, row);
    for (size_t k = 1; k <= plan->n_months; k++) {
        const size_t at = k * LQ_LANES;
        if (plan->observe_price[k]) fill_price(r, k, month, a, NULL, out->price + at);
        if (out->preferred && plan->observe_preferred[k])
            fill_price(r, k, month, a, lived->preferred + at, out->preferred + at);
        if (out->fair && plan->observe_fair[k])
            fill_until(k, month, lived->fair + at, out->fair + at);
        if (out->appraised && plan->appraisal.is_read && plan->appraisal.observe[k])
            fill_until(k, month, lived->appraised + at, out->appraised + at);
    }
}

/* R15 at K, and what is known of the exit itself. */
static void settle(plan_t *plan, record_t *r, const double *month, const after *a,
                   const lq_company_world *lived, lq_company_world *out)
{
    const double *restrict grown = r->listed + plan->n_months * LQ_LANES;
    const double *restrict lists = a->lists, *restrict base = a->base;
    const double *restrict direct = r->direct, *restrict left = lived->residual;
    double *restrict liquid = out->liquid_month, *restrict residual = out->residual;
    const double last = (double)plan->n_months, lockup = (double)plan->lockup_months;
    const double keep = plan->residual_keep;
    const size_t row = LQ_LANES * sizeof(double);
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++) {
        const double listed = lists[l] != 0.0 ? lq_lane_exp2(base[l] + grown[l]) * keep : 0.0;
        const double opens = month[l] + (lists[l] * (1.0 - direct[l])) * lockup;
        liquid[l] = month[l] > last ? last + 1.0 : opens;
        residual[l] = month[l] > last ? left[l] : listed;
    }
    memcpy(out->exit_month, month, row);
    memcpy(out->exit_rate, lived->exit_rate, row);
    memcpy(out->trigger_share, lived->trigger_share, row);
    const bool same = a->same_month;
    read_at(r->shares, month, same, out->shares);
    read_at(r->n_rounds, month, same, out->n_rounds);
    read_at(r->n_down, month, same, out->n_down);
    read_at(r->n_flat, month, same, out->n_flat);
    read_at(r->n_unpriced, month, same, out->n_unpriced);
    read_at(r->n_tenders, month, same, out->n_tenders);
    read_at(r->cut, month, same, out->cut);
}

void LQ_KERNEL(lq_branch_world)(const lq_company_plan *plan, const lq_company_record *record,
                                const double *month, const double *cause,
                                const lq_company_world *lived, lq_company_world *out)
{
    lq_ending e;
    after a;
    const bool same = is_same_month(month);
    find_ending(plan, record, month, same, cause, &e);
    find_after(plan, record, month, same, &e, &a);
    memcpy(out->exit_kind, cause, LQ_LANES * sizeof(double));
    out->tender = lived->tender;
    out->tender_cap = lived->tender_cap;
    fill_rows(plan, record, month, &a, lived, out);
    for (size_t k = 1; out->value && k <= plan->n_months; k++)
        fill_value(record, k, &a, &e, lived->value + k * LQ_LANES, out->value + k * LQ_LANES);
    settle(plan, record, month, &a, lived, out);
}
