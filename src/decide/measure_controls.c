#include "decide/measure.h"

#include <math.h>

/* A control that others explain but for this share of its variance is left out. */
#define EXPLAINED 1e-9

/* Samples for each control, at least, for its coefficient to be worth its own noise. */
enum { SAMPLES_EACH = 50 };

enum { C = LQ_MAX_CONTROLS };

/* Means per sample, of all replicates or of one. */
typedef struct means {
    double n; /* samples */
    double control[C], product[C][C];
} means;

typedef struct target_means {
    double mean, square, product[C];
} target_means;

typedef struct regression {
    const lq_result *result;
    size_t n_controls;
    means all;
    double root[C][C]; /* Cholesky factor of the controls' covariance; */
    bool used[C];      /* of those that are not explained by the ones before. */
    size_t n_used;
} regression;

/* ---- sums ---- */

static double sum_at(const lq_result *r, int replicate, size_t at)
{
    if (replicate >= 0) return (double)r->controls[(size_t)replicate * r->n_control_sums + at];
    lq_cents sum = 0;
    for (size_t k = 0; k < r->n_replicates; k++)
        sum += r->controls[k * r->n_control_sums + at];
    return (double)sum;
}

static means read_means(const lq_result *r, int replicate)
{
    means out = {.n = sum_at(r, replicate, 0)};
    size_t at = 1;
    for (size_t i = 0; i < r->n_controls; i++)
        out.control[i] = sum_at(r, replicate, at++) / LQ_CONTROL_UNIT / out.n;
    for (size_t i = 0; i < r->n_controls; i++)
        for (size_t j = 0; j <= i; j++)
            out.product[i][j] = sum_at(r, replicate, at++) / LQ_CONTROL_UNIT / out.n;
    return out;
}

static target_means read_target(const lq_result *r, int replicate, size_t target, double n)
{
    size_t at = lq_control_target(r->n_controls, target);
    target_means out = {.mean = sum_at(r, replicate, at) / LQ_TARGET_UNIT / n,
                        .square = sum_at(r, replicate, at + 1) / LQ_SQUARE_UNIT / n};
    for (size_t i = 0; i < r->n_controls; i++)
        out.product[i] = sum_at(r, replicate, at + 2 + i) / LQ_TARGET_UNIT / n;
    return out;
}

/* ---- the regression ---- */

/* Cholesky, row by row; what the rows before explain, or what does not move, is left out. */
static void factorise(regression *g)
{
    for (size_t i = 0; i < g->n_controls; i++) {
        const double *mean = g->all.control;
        const double own = g->all.product[i][i] - mean[i] * mean[i];
        double rest = own;
        for (size_t j = 0; j < i; j++) {
            if (!g->used[j]) continue;
            double sum = g->all.product[i][j] - mean[i] * mean[j];
            for (size_t k = 0; k < j; k++)
                sum -= g->root[i][k] * g->root[j][k];
            g->root[i][j] = sum / g->root[j][j];
            rest -= g->root[i][j] * g->root[i][j];
        }
        g->used[i] = own > 0.0 && rest > EXPLAINED * own;
        if (!g->used[i]) continue;
        g->root[i][i] = sqrt(rest);
        g->n_used++;
    }
}

/* Coefficients of a target, 0 for what is left out; returns the variance that they explain. */
static double solve(const regression *g, const target_means *t, double beta[C])
{
    double y[C] = {0.0}, explained = 0.0;
    for (size_t i = 0; i < g->n_controls; i++) {
        beta[i] = 0.0;
        if (!g->used[i]) continue;
        y[i] = t->product[i] - t->mean * g->all.control[i];
        for (size_t k = 0; k < i; k++)
            y[i] -= g->root[i][k] * y[k];
        y[i] /= g->root[i][i];
        explained += y[i] * y[i];
    }
    for (size_t i = g->n_controls; i-- > 0;) {
        if (!g->used[i]) continue;
        beta[i] = y[i];
        for (size_t k = i + 1; k < g->n_controls; k++)
            beta[i] -= g->used[k] ? g->root[k][i] * beta[k] : 0.0;
        beta[i] /= g->root[i][i];
    }
    return explained;
}

/* The mean less what the controls, whose means are 0, say that chance added. */
static double corrected(const means *m, const target_means *t, const double beta[C])
{
    double out = t->mean;
    for (size_t i = 0; i < C; i++)
        out -= beta[i] * m->control[i];
    return out;
}

static lq_estimate by_replicates(const regression *g, size_t target, double value,
                                 const double beta[C])
{
    double replicate[LQ_MAX_REPLICATES];
    for (size_t k = 0; k < g->result->n_replicates; k++) {
        const means m = read_means(g->result, (int)k);
        const target_means t = read_target(g->result, (int)k, target, m.n);
        replicate[k] = m.n > 0.0 ? corrected(&m, &t, beta) : (double)NAN;
    }
    return lq_estimate_of_replicates(value, replicate, g->result->n_replicates);
}

/* Replaces an estimate; what does not vary stays as it is. excess: its squared error beyond
 * that of the paths. Returns the share explained. */
static double regress(const lq_study *s, const regression *g, size_t target, double excess,
                      lq_estimate *out)
{
    const uint32_t degrees = out->n_degrees;
    double beta[C] = {0.0};
    const target_means t = read_target(g->result, LQ_POOLED, target, g->all.n);
    const double variance = t.square - t.mean * t.mean;
    if (!(variance > 1e-12 * t.square)) return 0.0;
    const double explained = solve(g, &t, beta);
    const double rest = fmax(variance - explained, 0.0);
    const double value = corrected(&g->all, &t, beta);
    *out = s->by_replicates
               ? by_replicates(g, target, value, beta)
               : (lq_estimate){.value = value,
                               .se = sqrt(rest / (g->all.n - (double)g->n_used - 1.0))};
    out->se = sqrt(out->se * out->se + excess);
    out->n_degrees = degrees;
    return 1.0 - rest / variance;
}

static void keep_probability(lq_estimate *p)
{
    p->value = fmin(fmax(p->value, 0.0), 1.0);
}

static void regress_pair(lq_study *s, const regression *g, size_t pair)
{
    lq_pair_figures *f = &s->found.pairs[pair];
    const size_t target = s->found.n_offers + 3 * pair;
    f->control_share = regress(s, g, target, f->mean_excess, &f->mean);
    f->control_share_beats = regress(s, g, target + 1, f->beats_excess[0], &f->p_a_beats_b);
    regress(s, g, target + 2, f->beats_excess[1], &f->p_b_beats_a);
    keep_probability(&f->p_a_beats_b);
    keep_probability(&f->p_b_beats_a);
    if (f->p_tie.value > 0.0)
        f->p_tie.value = 1.0 - f->p_a_beats_b.value - f->p_b_beats_a.value;
    keep_probability(&f->p_tie);
}

void lq_measure_controls(lq_study *s)
{
    for (size_t i = 0; i < s->found.n_offers; i++)
        s->found.offers[i].control_share = (double)NAN;
    for (size_t i = 0; i < s->found.n_pairs; i++)
        s->found.pairs[i].control_share = s->found.pairs[i].control_share_beats = (double)NAN;
    regression g = {.result = s->result, .n_controls = s->result->n_controls};
    if (g.n_controls == 0) return;
    g.all = read_means(s->result, LQ_POOLED);
    if (!(g.all.n > (double)(SAMPLES_EACH * g.n_controls))) return;
    factorise(&g);
    for (size_t i = 0; i < s->found.n_offers; i++) {
        lq_offer_figures *f = &s->found.offers[i];
        f->control_share = regress(s, &g, i, f->mean_excess, &f->part[LQ_TOTAL].mean);
    }
    for (size_t i = 0; i < s->found.n_pairs; i++)
        regress_pair(s, &g, i);
}
