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

/* Why not, or NULL. Measured at equal time (docs/benchmarks.md): with Sobol points branches
 * gain, with random ones they lose on every story; and with several worlds, whose error no path
 * makes smaller. */
static const char *why_unwanted(const lq_builder *b)
{
    const lq_simulation *s = &b->scenario->simulation;
    if (s->expansion == LQ_EXPANSION_ON) return NULL;
    if (s->expansion == LQ_EXPANSION_OFF) return "simulation.expansion: off";
    if (s->sampling != LQ_SAMPLING_SOBOL)
        return "random sampling: more of them cost more time than their smaller error saves";
    if (b->plan->n_worlds > 1)
        return "the worlds drawn make the error: more exits cost time and hardly change it";
    if (b->plan->n_paths >= MOST_PATHS)
        return "of 2^31 paths and more, weights cannot be counted";
    return NULL;
}

/* Why a company's exits cannot be expanded, or NULL. */
static const char *why_impossible(const lq_company_plan *c)
{
    if (c->deal.is_open) return "an announced deal is open: how it ends is drawn first";
    if (lq_expansion_of(c).kind == LQ_EXPAND_NOT) return "nothing can end it";
    return NULL;
}

static const char *why_sampled(const lq_company_plan *c)
{
    return lq_company_has_floor(c) ? "a floor on its value ends it too, in any month"
                                   : "it can end in more than 15 ways";
}

lq_status lq_build_expansion(lq_builder *b, lq_error *err)
{
    lq_plan *p = b->plan;
    p->expansion = lq_arena_calloc(b->arena, p->n_companies + 1, sizeof *p->expansion);
    p->pair_company = lq_arena_calloc(b->arena, p->n_pairs + 1, sizeof *p->pair_company);
    p->expansion_why = lq_arena_calloc(b->arena, p->n_companies + 1, sizeof *p->expansion_why);
    if (!p->expansion || !p->pair_company || !p->expansion_why)
        return LQ_FAIL(err, LQ_ENOMEM, .key = "plan");
    for (size_t i = 0; i < p->n_companies; i++) {
        if (!p->companies[i].is_private) continue;
        const char *why = why_impossible(&p->companies[i]);
        if (!why) why = why_unwanted(b);
        p->expansion_why[i] = why;
        if (why) continue;
        p->expansion[i] = lq_expansion_of(&p->companies[i]);
        if (p->expansion[i].kind == LQ_EXPAND_SAMPLED)
            p->expansion_why[i] = why_sampled(&p->companies[i]);
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
