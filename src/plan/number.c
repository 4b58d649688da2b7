#include "plan/build.h"

#include <stdio.h>
#include <string.h>

/* Latin hypercube: the world's rank among all worlds' draws picks the cell, a second word the
 * place in it. The draw is named by the key's address, so that a new input changes no other. */
static double world_uniform(const lq_scenario *scenario, const char *address, long world)
{
    const lq_philox_key key =
        lq_philox_key_make((uint64_t)scenario->simulation.seed.p[0], LQ_DOMAIN_UNCERTAIN);
    const uint32_t stream = lq_stream_make(LQ_PURPOSE_UNCERTAIN, address);
    const long n = (long)scenario->simulation.worlds.p[0];
    const double own = lq_uniform_at(key, (uint64_t)world, stream, 0, 0);
    long rank = 0;
    for (long j = 0; j < n; j++) {
        const double other = lq_uniform_at(key, (uint64_t)j, stream, 0, 0);
        rank += other < own || (other == own && j < world);
    }
    return ((double)rank + lq_uniform_at(key, (uint64_t)world, stream, 0, 1)) / (double)n;
}

double lq_plan_number(const lq_scenario *scenario, const lq_value *value, const char *address,
                      long world)
{
    if (!value->given || lq_value_is_constant(value)) return value->p[0];
    if (!value->uncertain || world == LQ_WORLD_MEAN) return lq_value_mean(value);
    return lq_value_quantile(value, world_uniform(scenario, address, world));
}

/* An offer's variants share their letter's draws: each is kept once. */
static void keep_unknown(const lq_builder *b, const char *address, double uniform)
{
    const uint32_t stream = lq_stream_make(LQ_PURPOSE_UNCERTAIN, address);
    lq_plan *plan = b->plan;
    const size_t n = plan->n_unknowns;
    for (size_t i = 0; i < n; i++)
        if (plan->unknowns[i].stream == stream) return;
    if ((n & (n - 1)) == 0) { /* full: twice as many */
        lq_unknown *more = lq_arena_calloc(b->arena, 2 * n + 1, sizeof *more);
        if (!more) return; /* the arena tells */
        if (n > 0) memcpy(more, plan->unknowns, n * sizeof *more);
        plan->unknowns = more;
    }
    plan->unknowns[plan->n_unknowns++] = (lq_unknown){stream, uniform};
}

double lq_builder_number(const lq_builder *b, const lq_value *value, const char *prefix,
                         const char *id, const char *key)
{
    char address[160];
    snprintf(address, sizeof address, "%s.%s.%s", prefix, id, key);
    const long world = b->options->world;
    if (value->given && value->uncertain && world != LQ_WORLD_MEAN &&
        !lq_value_is_constant(value))
        keep_unknown(b, address, world_uniform(b->scenario, address, world));
    return lq_plan_number(b->scenario, value, address, world);
}

static lq_draw constant_draw(double x)
{
    return (lq_draw){.kind = LQ_DRAW_CONSTANT, .low = x, .mode = x, .high = x, .mean = x};
}

static lq_draw atoms_draw(const lq_value *value)
{
    lq_draw d = {
        .kind = LQ_DRAW_ATOMS, .mean = lq_value_mean(value), .n_atoms = value->n_atoms};
    double sum = 0.0;
    for (size_t i = 0; i < value->n_atoms; i++) {
        d.atom[i] = value->atom[i];
        d.up_to[i] = sum += value->probability[i];
    }
    return d;
}

/* Quantiles joined by straight lines; tails without end are cut at 1 in 8192. */
static lq_draw table_draw(lq_arena *arena, const lq_value *value)
{
    lq_draw d = {.kind = LQ_DRAW_TABLE_KIND, .mean = lq_value_mean(value)};
    double *table = lq_arena_calloc(arena, LQ_DRAW_TABLE + 1, sizeof *table);
    if (!table) return constant_draw(d.mean);
    for (size_t i = 0; i <= LQ_DRAW_TABLE; i++) {
        double u = (double)i / LQ_DRAW_TABLE;
        u = u < 1.0 / 8192 ? 1.0 / 8192 : u > 1.0 - 1.0 / 8192 ? 1.0 - 1.0 / 8192 : u;
        table[i] = lq_value_quantile(value, u);
    }
    d.table = table;
    return d;
}

lq_draw lq_builder_draw(const lq_builder *b, const lq_value *value, const char *prefix,
                        const char *id, const char *key)
{
    if (!value->given || lq_value_is_constant(value) || value->uncertain)
        return constant_draw(lq_builder_number(b, value, prefix, id, key));
    const double *p = value->p;
    switch (value->dist) {
    case LQ_DIST_UNIFORM:
        return (lq_draw){
            .kind = LQ_DRAW_UNIFORM, .low = p[0], .high = p[1], .mean = lq_value_mean(value)};
    case LQ_DIST_TRIANGULAR:
        if (p[2] <= p[0]) return constant_draw(p[0]);
        return (lq_draw){.kind = LQ_DRAW_TRIANGULAR,
                         .low = p[0],
                         .mode = p[1],
                         .high = p[2],
                         .mean = lq_value_mean(value)};
    case LQ_DIST_DISCRETE:
        return atoms_draw(value);
    default:
        return table_draw(b->arena, value);
    }
}
