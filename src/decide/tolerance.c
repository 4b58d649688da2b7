#include "decide/tolerance.h"

#include "decide/words.h"
#include "num/scalar.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

bool lq_tolerance_is_asked(const lq_simulation *simulation)
{
    return simulation->tolerance.given || simulation->tolerance_money.given;
}

lq_status lq_tolerance_check(const lq_study *s, lq_error *err)
{
    const lq_simulation *simulation = &s->scenario->simulation;
    const uint64_t most = (uint64_t)simulation->max_paths.p[0], n = s->plan->n_paths;
    if (!lq_tolerance_is_asked(simulation) || n <= most) return LQ_OK;
    char least[96], got[32];
    snprintf(least, sizeof least,
             "at least %" PRIu64 ": what paths are rounded up to in %" PRIu64 " %s", n,
             s->plan->n_worlds, s->plan->n_worlds == 1 ? "world" : "worlds");
    snprintf(got, sizeof got, "%" PRIu64, most);
    return LQ_FAIL(err, LQ_ECONFIG, .key = "simulation.max_paths", .expected = least,
                   .got = got);
}

/* ---- the figure furthest from its tolerance ---- */

typedef struct worst {
    const char *name;   /* of the offer or pair; NULL: none has a value */
    lq_estimate figure; /* se: infinite where so few paths tell of none */
    double allowed;
} worst;

static void consider(const lq_simulation *s, const char *name, lq_estimate figure, worst *w)
{
    const bool chance = s->tolerance_of == LQ_TOLERANCE_OF_CHANCE;
    const double unit = chance ? 1.0 : fabs(figure.value);
    const double allowed =
        s->tolerance_money.given ? s->tolerance_money.p[0] : s->tolerance.p[0] * unit;
    if (!isfinite(figure.value)) return;
    if (!isfinite(figure.se)) figure.se = (double)INFINITY;
    const bool none_is_worse = w->name && !isfinite(w->figure.se);
    const bool is_worse =
        !isfinite(figure.se) || figure.se * w->allowed > w->figure.se * allowed;
    if (!w->name || (is_worse && !none_is_worse)) *w = (worst){name, figure, allowed};
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

/* Money in words is whole; a tolerance of ten cents is not $0. */
static const char *amount(const lq_study *s, double x, char out[LQ_WORD_CHARS])
{
    const bool chance = s->scenario->simulation.tolerance_of == LQ_TOLERANCE_OF_CHANCE;
    if (!chance && x >= 10.0) return lq_words_money(x, s->scenario->currency, out);
    if (chance)
        snprintf(out, LQ_WORD_CHARS, "%.3g %%", 100.0 * x);
    else
        snprintf(out, LQ_WORD_CHARS, "%.3s %.2f", s->scenario->currency, x);
    return out;
}

/* Paths make an error of paths smaller, as 1 / sqrt(n), and one of the worlds drawn not at all:
 * where four times as many or more have left it larger than n^(-1/5) would, it is of worlds. */
static bool is_of_worlds(const lq_study *s, const worst *w)
{
    const double more =
        s->last_paths ? (double)s->result->n_paths / (double)s->last_paths : 0.0;
    return s->plan->n_worlds > 1 && w->name && more >= 4.0 && isfinite(s->last_se) &&
           w->figure.se > s->last_se * lq_pow(more, -0.2);
}

static const char *outcome(const lq_study *s, const worst *w, bool reached)
{
    if (reached) return "as small as asked";
    if (!w->name || !isfinite(w->figure.se)) return "not known: too few futures tell of one";
    if (!s->next_paths && is_of_worlds(s, w))
        return "larger than asked, and of the worlds drawn: more simulation.worlds make it "
               "smaller, more paths do not";
    return s->interrupted || s->next_paths ? "still larger than asked: interrupted"
                                           : "larger than asked, at the most paths allowed";
}

static void tell(lq_study *s, const worst *w, bool reached)
{
    static const char *const names[] = {"what an offer is worth to you", "the mean total",
                                        "the median total", "the chance to beat the other"};
    const char *what = names[s->scenario->simulation.tolerance_of];
    const char *came = outcome(s, w, reached);
    lq_manifest *m = &s->found.manifest;
    char error[LQ_WORD_CHARS], allowed[LQ_WORD_CHARS];
    const bool known = w->name && isfinite(w->figure.se);
    m->tolerance_se = known ? w->figure.se : (double)NAN;
    m->tolerance_allowed = w->name ? w->allowed : (double)NAN;
    m->tolerance_reached = reached;
    m->tolerance =
        known
            ? lq_arena_printf(s->arena, "The error of %s is %s: %s at most (%s), %s asked for",
                              what, came, amount(s, w->figure.se, error), w->name,
                              amount(s, w->allowed, allowed))
            : lq_arena_printf(s->arena, "The error of %s is %s", what, came);
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

static uint64_t next_paths(const lq_study *s, const worst *w)
{
    const uint64_t n = s->result->n_paths;
    const uint64_t most = (uint64_t)s->scenario->simulation.max_paths.p[0];
    if (!w->name || s->interrupted || n >= most || is_of_worlds(s, w)) return 0;
    const double ratio = w->figure.se / w->allowed;
    const uint64_t next = grown(s, n, 1.1 * ratio * ratio * (double)n, most);
    return next > n ? next : 0;
}

void lq_tolerance_look(lq_study *s)
{
    if (!lq_tolerance_is_asked(&s->scenario->simulation)) return;
    const worst w = find_worst(s);
    const bool reached = w.name && w.figure.se <= w.allowed;
    s->next_paths = reached ? 0 : next_paths(s, &w);
    tell(s, &w, reached);
}
