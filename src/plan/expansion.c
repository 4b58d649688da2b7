#include "plan/build.h"

/* Two offers of one company, or of a company without lottery, leave one choice. Otherwise the
 * one on which more paper hangs: its lottery is the larger part of the difference's variance.
 */
static size_t company_of_pair(const lq_plan *p, size_t a, size_t b)
{
    const lq_offer_plan *x = &p->offers[a], *y = &p->offers[b];
    const bool expands_x = p->expansion[x->company].kind != LQ_EXPAND_NOT;
    const bool expands_y = p->expansion[y->company].kind != LQ_EXPAND_NOT;
    if (!expands_x && !expands_y) return p->n_companies;
    if (!expands_x) return y->company;
    if (!expands_y) return x->company;
    return y->headline_equity > x->headline_equity ? y->company : x->company;
}

static size_t company_of_best(const lq_plan *p)
{
    size_t best = p->n_companies;
    double most = -1.0;
    for (size_t i = 0; i < p->n_offers; i++) {
        const lq_offer_plan *o = &p->offers[i];
        if (p->expansion[o->company].kind == LQ_EXPAND_NOT || o->headline_equity <= most)
            continue;
        most = o->headline_equity;
        best = o->company;
    }
    return best;
}

/* Counters of 64 bits hold 2^32 weights of 2^32: half of that, for two threads' sums. */
static const uint64_t MOST_PATHS = (uint64_t)1 << 31;

/* Measured at equal time (docs/benchmarks.md): with Sobol points branches gain on every story,
 * with random ones they lose on every story. */
static bool is_wanted(const lq_builder *b)
{
    switch (b->scenario->simulation.expansion) {
    case LQ_EXPANSION_ON:
        return true;
    case LQ_EXPANSION_AUTO:
        return b->scenario->simulation.sampling == LQ_SAMPLING_SOBOL &&
               b->plan->n_paths < MOST_PATHS;
    default:
        return false;
    }
}

static bool has_offer(const lq_plan *p, size_t company)
{
    for (size_t i = 0; i < p->n_offers; i++)
        if (p->offers[i].company == company) return true;
    return false;
}

lq_status lq_build_expansion(lq_builder *b, lq_error *err)
{
    lq_plan *p = b->plan;
    p->expansion = lq_arena_calloc(b->arena, p->n_companies + 1, sizeof *p->expansion);
    p->pair_company = lq_arena_calloc(b->arena, p->n_pairs + 1, sizeof *p->pair_company);
    if (!p->expansion || !p->pair_company) return LQ_FAIL(err, LQ_ENOMEM, .key = "plan");
    for (size_t i = 0; i < p->n_companies; i++) {
        if (!p->companies[i].is_private || !has_offer(p, i)) continue;
        const lq_expansion x = lq_expansion_of(&p->companies[i]);
        if (x.kind == LQ_EXPAND_NOT || !is_wanted(b)) continue;
        p->expansion[i] = x;
        p->weight_log2 = LQ_BRANCH_WEIGHT_LOG2;
        p->by_replicates = true;
        p->n_replicates = LQ_REPLICATES_DEPENDENT;
    }
    if (p->weight_log2 && p->n_paths >= MOST_PATHS)
        return LQ_FAIL(err, LQ_ECONFIG, .file = b->scenario->path, .key = "simulation.paths",
                       .expected = "fewer than 2^31 paths with expansion: on",
                       .got = "more than their weights can be counted of");
    for (size_t i = 0; i < p->n_pairs; i++)
        p->pair_company[i] = company_of_pair(p, p->pairs[i][0], p->pairs[i][1]);
    p->best_company = company_of_best(p);
    return LQ_OK;
}
