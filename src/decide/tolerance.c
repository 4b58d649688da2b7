#include "decide/tolerance.h"

#include "decide/words.h"

#include <math.h>
#include <stdio.h>

bool lq_tolerance_is_asked(const lq_simulation *simulation)
{
    return simulation->tolerance.given || simulation->tolerance_money.given;
}

/* ---- the figure furthest from its tolerance ---- */

typedef struct worst {
    const char *name; /* of the offer or pair; NULL: nothing has an error */
    lq_estimate figure;
    double allowed;
} worst;

static void consider(const lq_simulation *s, const char *name, lq_estimate figure, worst *w)
{
    const bool chance = s->tolerance_of == LQ_TOLERANCE_OF_CHANCE;
    const double unit = chance ? 1.0 : fabs(figure.value);
    const double allowed =
        s->tolerance_money.given ? s->tolerance_money.p[0] : s->tolerance.p[0] * unit;
    if (!isfinite(figure.se) || !isfinite(figure.value)) return;
    if (w->name && !(figure.se * w->allowed > w->figure.se * allowed)) return;
    *w = (worst){name, figure, allowed};
}

static lq_estimate of_offer(const lq_offer_figures *f, int what)
{
    switch (what) {
    case LQ_TOLERANCE_OF_MEAN:
        return f->part[LQ_TOTAL].mean;
    case LQ_TOLERANCE_OF_MEDIAN:
        return f->part[LQ_TOTAL].quantile[LQ_LEVELS / 2];
    default:
        return f->ce_chosen;
    }
}

static worst find_worst(const lq_study *s)
{
    const lq_simulation *simulation = &s->scenario->simulation;
    worst w = {NULL, {0}, 0.0};
    if (simulation->tolerance_of == LQ_TOLERANCE_OF_CHANCE)
        for (size_t i = 0; i < s->n_pairs; i++)
            consider(simulation, s->found.pairs[i].label, s->found.pairs[i].p_a_beats_b, &w);
    else
        for (size_t i = 0; i < s->found.n_offers; i++)
            consider(simulation, s->found.offers[i].id,
                     of_offer(&s->found.offers[i], simulation->tolerance_of), &w);
    return w;
}

/* ---- what comes of it ---- */

static const char *amount(const lq_study *s, double x, char out[LQ_WORD_CHARS])
{
    if (s->scenario->simulation.tolerance_of != LQ_TOLERANCE_OF_CHANCE)
        return lq_words_money(x, s->scenario->currency, out);
    snprintf(out, LQ_WORD_CHARS, "%.3g %%", 100.0 * x);
    return out;
}

static void tell(lq_study *s, const worst *w, bool reached)
{
    static const char *const names[] = {"what an offer is worth to you", "the mean total",
                                        "the median total", "the chance to beat the other"};
    lq_manifest *m = &s->found.manifest;
    char error[LQ_WORD_CHARS], allowed[LQ_WORD_CHARS];
    m->tolerance_se = w->figure.se;
    m->tolerance_allowed = w->allowed;
    m->tolerance_reached = reached;
    m->tolerance = lq_arena_printf(
        s->arena, "The error of %s is %s: %s at most (%s), %s asked for",
        names[s->scenario->simulation.tolerance_of],
        reached ? "as small as asked" : "larger than asked, at the most paths allowed",
        amount(s, w->figure.se, error), w->name ? w->name : "none",
        amount(s, w->allowed, allowed));
}

/* Sobol points come in whole nets: the double of the double, and so on. Worlds take whole
 * blocks, which would round the last paths up. */
static uint64_t grown(const lq_study *s, uint64_t n, double wanted, uint64_t most)
{
    if (!s->plan->sobol) {
        const double next = fmin(fmax(wanted, 2.0 * (double)n), 64.0 * (double)n);
        const bool in_blocks = s->plan->n_worlds > 1 || s->plan->by_replicates;
        const uint64_t whole = in_blocks ? s->plan->n_worlds * LQ_LANES : 1;
        return (next < (double)most ? (uint64_t)next : most) / whole * whole;
    }
    uint64_t next = n;
    while (2 * next <= most && (double)next < wanted && next < 64 * n)
        next *= 2;
    return next;
}

uint64_t lq_tolerance_next(lq_study *s)
{
    const lq_simulation *simulation = &s->scenario->simulation;
    if (!lq_tolerance_is_asked(simulation)) return 0;
    const worst w = find_worst(s);
    const uint64_t n = s->result->n_paths, most = (uint64_t)simulation->max_paths.p[0];
    const bool reached = !w.name || w.figure.se <= w.allowed;
    tell(s, &w, reached);
    if (reached || s->interrupted || n >= most) return 0;
    const double ratio = w.figure.se / w.allowed;
    const uint64_t next = grown(s, n, 1.1 * ratio * ratio * (double)n, most);
    return next > n ? next : 0;
}
