#include "decide/drawn.h"

#include "base/alloc.h"

#include <math.h>

/* Bins of a world's law, and of all worlds' laws of one figure together. */
enum { BINS = 128, FEWEST_BINS = 16, ALL_BINS = 1 << 15 };

enum { CES = LQ_N_GAMMAS + 1 };

static size_t n_places(const lq_drawn *w)
{
    return w->n_offers * LQ_PARTS + w->n_pairs;
}

lq_status lq_drawn_begin(lq_drawn *w, const lq_plan *plan, size_t n_pairs, lq_error *err)
{
    if (plan->n_worlds < 2) return LQ_OK;
    *w = (lq_drawn){.n_worlds = (size_t)plan->n_worlds,
                    .n_offers = plan->n_offers,
                    .n_pairs = n_pairs,
                    .n_inputs = plan->n_unknowns,
                    .replicates_differ = plan->blocks_per_world < plan->n_replicates,
                    .n_bins = ALL_BINS / (size_t)plan->n_worlds};
    w->n_bins = w->n_bins > BINS ? BINS : w->n_bins < FEWEST_BINS ? FEWEST_BINS : w->n_bins;
    w->inputs = lq_calloc(w->n_worlds * w->n_inputs + 1, sizeof *w->inputs);
    w->laws = lq_calloc(n_places(w) * w->n_worlds, sizeof(lq_law *));
    w->ce = lq_calloc(w->n_worlds * w->n_offers * CES, sizeof *w->ce);
    if (!w->inputs || !w->laws || !w->ce) return LQ_FAIL(err, LQ_ENOMEM, .key = "results");
    return LQ_OK;
}

void lq_drawn_clear(lq_drawn *w)
{
    for (size_t i = 0; w->laws && i < n_places(w) * w->n_worlds; i++)
        lq_law_destroy(w->laws[i]);
    lq_free(w->inputs);
    lq_free(w->laws);
    lq_free(w->ce);
    lq_world_fit_destroy(w->fit);
    *w = (lq_drawn){0};
}

size_t lq_drawn_part(const lq_drawn *w, size_t offer, lq_part part)
{
    (void)w;
    return offer * LQ_PARTS + (size_t)part;
}

size_t lq_drawn_pair(const lq_drawn *w, size_t pair)
{
    return w->n_offers * LQ_PARTS + pair;
}

const lq_tally *lq_drawn_tally(const lq_result *result, size_t offer, lq_part part)
{
    const lq_offer_result *r = &result->offers[offer];
    switch (part) {
    case LQ_CASH:
        return r->cash;
    case LQ_EQUITY:
        return r->equity;
    case LQ_TAX:
        return r->tax;
    case LQ_GROSS_EQUITY:
        return r->gross_equity;
    default:
        return r->total;
    }
}

void lq_drawn_keep_inputs(const lq_drawn *w, size_t world, const lq_plan *plan)
{
    for (size_t i = 0; i < w->n_inputs && i < plan->n_unknowns; i++)
        w->inputs[world * w->n_inputs + i] = plan->unknowns[i].uniform;
}

lq_status lq_drawn_keep(const lq_drawn *w, size_t world, size_t place, const lq_law *law)
{
    if (w->n_worlds < 2) return LQ_OK;
    lq_law **kept = &w->laws[place * w->n_worlds + world];
    *kept = lq_law_condense(law, w->n_bins);
    return *kept ? LQ_OK : LQ_ENOMEM;
}

lq_status lq_drawn_keep_offer(const lq_drawn *w, size_t world, const lq_result *result,
                              size_t offer)
{
    if (w->n_worlds < 2) return LQ_OK;
    lq_law *law = lq_law_create(result->offers[offer].total, LQ_POOLED);
    if (!law) return LQ_ENOMEM;
    const lq_status st = lq_drawn_keep(w, world, lq_drawn_part(w, offer, LQ_TOTAL), law);
    lq_law_destroy(law);
    return st;
}

static void swap(double *a, double *b, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const double x = a[i];
        a[i] = b[i];
        b[i] = x;
    }
}

void lq_drawn_swap(const lq_drawn *w, size_t a, size_t b)
{
    if (a == b || w->n_worlds < 2) return;
    const size_t n = w->n_offers * CES;
    for (size_t i = 0; i < n_places(w); i++) {
        lq_law **laws = &w->laws[i * w->n_worlds], *const x = laws[a];
        laws[a] = laws[b];
        laws[b] = x;
    }
    swap(w->inputs + a * w->n_inputs, w->inputs + b * w->n_inputs, w->n_inputs);
    swap(w->ce + a * n, w->ce + b * n, n);
}

double *lq_drawn_ce(const lq_drawn *w, size_t world, size_t offer, size_t gamma)
{
    return &w->ce[(world * w->n_offers + offer) * CES + gamma];
}

lq_status lq_drawn_fit(lq_drawn *w, size_t n_done, lq_error *err)
{
    if (n_done < 2 || w->n_worlds < 2) return LQ_OK;
    w->fit = lq_world_fit_create(w->inputs, n_done, w->n_inputs, n_done == w->n_worlds);
    if (w->fit && w->replicates_differ) lq_world_fit_stand_alone(w->fit);
    return w->fit ? LQ_OK : LQ_FAIL(err, LQ_ENOMEM, .key = "results");
}

lq_law *const *lq_drawn_laws(const lq_drawn *w, size_t place)
{
    return w->laws ? &w->laws[place * w->n_worlds] : NULL;
}

void lq_drawn_attach(const lq_drawn *w, size_t place, lq_sample *sample)
{
    sample->fit = w->fit;
    sample->world = lq_drawn_laws(w, place);
}

double lq_excess(const lq_estimate *all, const lq_estimate *of_paths)
{
    const double excess = all->se * all->se - of_paths->se * of_paths->se;
    return excess > 0.0 ? excess : 0.0;
}
