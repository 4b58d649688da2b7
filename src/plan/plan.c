#include "plan/build.h"

#include <math.h>

/* The smallest R 2^k that is not below n. */
static uint64_t whole_nets(uint64_t n)
{
    uint64_t blocks = LQ_REPLICATES_DEPENDENT;
    while (blocks < n)
        blocks *= 2;
    return blocks;
}

/* Worlds start on a block of their own: paths are rounded up to whole blocks per world, as
 * they are for antithetic pairs, and with Sobol points to a net of 2^k in every replicate. */
static lq_status build_counts(lq_builder *b, lq_error *err)
{
    const bool sobol = b->scenario->simulation.sampling == LQ_SAMPLING_SOBOL;
    const lq_scenario *s = b->scenario;
    lq_plan *plan = b->plan;
    const uint64_t paths = (uint64_t)s->simulation.paths.p[0];
    plan->seed = (uint64_t)s->simulation.seed.p[0];
    plan->key = lq_philox_key_make(plan->seed, LQ_DOMAIN_MAIN);
    plan->n_worlds = s->has_uncertain ? (uint64_t)s->simulation.worlds.p[0] : 1;
    plan->blocks_per_world =
        (paths + plan->n_worlds * LQ_LANES - 1) / (plan->n_worlds * LQ_LANES);
    if (sobol) plan->blocks_per_world = whole_nets(plan->blocks_per_world);
    plan->antithetic = s->simulation.antithetic;
    plan->reference = s->simulation.precision == LQ_PRECISION_REFERENCE;
    const bool whole = sobol || plan->antithetic || plan->n_worlds > 1;
    plan->paths_in_world = whole ? plan->blocks_per_world * LQ_LANES : paths;
    plan->n_paths = plan->paths_in_world * plan->n_worlds;
    plan->by_replicates = sobol || plan->antithetic;
    plan->n_replicates = plan->by_replicates ? LQ_REPLICATES_DEPENDENT : LQ_REPLICATES_RANDOM;
    if (!sobol || plan->n_paths / LQ_REPLICATES_DEPENDENT <= (uint64_t)1 << LQ_SOBOL_BITS)
        return LQ_OK;
    return LQ_FAIL(err, LQ_ECONFIG, .file = s->path, .key = "simulation.paths",
                   .expected = "at most 2^37 paths with sampling: sobol",
                   .got = "more than a replicate has points");
}

/* The market is drawn only if something reads it. */
static void find_readers(lq_plan *plan)
{
    plan->has_index = false;
    plan->has_market = plan->has_growth;
    for (size_t i = 0; i < plan->n_companies; i++) {
        const lq_company_plan *c = &plan->companies[i];
        const double loading =
            c->is_private ? c->loading_market_log2 : plan->listed[i].loading_market_log2;
        plan->has_market |= loading != 0.0 || (c->is_private && c->uses_market_excess);
        plan->has_market |= plan->own[i].link.offset != NULL; /* states of the market */
        plan->has_index |= c->is_private && c->uses_market_excess;
    }
    for (size_t i = 0; i < plan->n_fx; i++)
        plan->has_market |= plan->fx[i].n_months && plan->fx[i].loading_market_log2 != 0.0;
    plan->has_index |= plan->has_growth;
}

static lq_status build_all(lq_builder *b, lq_error *err)
{
    LQ_TRY(build_counts(b, err));
    lq_build_grid(b);
    if (lq_arena_failed(b->arena)) return LQ_FAIL(err, LQ_ENOMEM, .key = "simulation");
    LQ_TRY(lq_build_factors(b, err));
    LQ_TRY(lq_build_companies(b, err));
    LQ_TRY(lq_build_mix(b, err));
    LQ_TRY(lq_build_offers(b, err));
    lq_build_appraisals(b);
    b->plan->pairs = b->options->pairs;
    b->plan->n_pairs = b->options->n_pairs;
    find_readers(b->plan);
    LQ_TRY(lq_build_expansion(b, err));
    lq_build_draws(b);
    lq_build_controls(b);
    if (lq_arena_failed(b->arena)) return LQ_FAIL(err, LQ_ENOMEM, .key = "plan");
    lq_build_hash(b);
    return LQ_OK;
}

lq_status lq_plan_build(const lq_scenario *scenario, const lq_plan_options *options,
                        lq_plan **out, lq_error *err)
{
    *out = NULL;
    lq_arena *arena = lq_arena_create();
    lq_plan *plan = arena ? lq_arena_calloc(arena, 1, sizeof *plan) : NULL;
    if (!plan) {
        lq_arena_destroy(arena);
        return LQ_FAIL(err, LQ_ENOMEM, .key = "plan");
    }
    plan->arena = arena;
    lq_builder b = {.scenario = scenario, .options = options, .plan = plan, .arena = arena};
    const lq_status st = build_all(&b, err);
    if (st != LQ_OK) {
        lq_arena_destroy(arena);
        return st;
    }
    *out = plan;
    return LQ_OK;
}

lq_block_address lq_plan_address(const lq_plan *plan, uint64_t block)
{
    return (lq_block_address){.key = plan->key,
                              .path0 = block * LQ_LANES,
                              .sobol = plan->sobol,
                              .replicate = (uint32_t)(block % plan->n_replicates),
                              .index0 = (uint32_t)(block / plan->n_replicates * LQ_LANES),
                              .antithetic = plan->antithetic};
}

void lq_plan_destroy(lq_plan *plan)
{
    if (plan) lq_arena_destroy(plan->arena);
}
