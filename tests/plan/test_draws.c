#include "lq_plan_text.h"

#include "plan/build.h"

#include <string.h>

static const char *const sobol[] = {"simulation.sampling=sobol", NULL};

static const lq_sobol_words *words_of(const lq_sobol_plan *p, uint32_t stream, uint32_t draw)
{
    for (size_t i = 0; i < p->n_words; i++)
        if (p->words[i].stream == stream && p->words[i].draw == draw) return &p->words[i];
    return NULL;
}

static const lq_sobol_factor *factor_of(const lq_sobol_plan *p, uint32_t stream)
{
    for (size_t i = 0; i < p->n_factors; i++)
        if (p->factors[i].stream == stream) return &p->factors[i];
    return NULL;
}

static void random_sampling_has_no_points(void **state)
{
    (void)state;
    lq_planned p = lq_plan_text(lq_small_text, NULL, 0);
    assert_null(p.plan->sobol);
    assert_int_equal(p.plan->n_replicates, LQ_REPLICATES_RANDOM);
    assert_null(lq_plan_address(p.plan, 3).sobol);
    lq_planned_clear(&p);
}

/* R26: threshold and cause of the terminal event; then the market; then companies by id. */
static void what_decides_most_comes_first(void **state)
{
    (void)state;
    lq_planned p = lq_plan_text(lq_small_text, sobol, 0);
    const lq_sobol_plan *s = p.plan->sobol;
    const lq_sobol_words *end = words_of(s, p.plan->companies[1].stream_terminal, 0);
    assert_int_equal(end->dimension[0], 0);
    assert_int_equal(end->dimension[1], 1);
    const lq_sobol_factor *f[] = {factor_of(s, p.plan->market.stream),
                                  factor_of(s, p.plan->companies[1].stream_own),
                                  factor_of(s, p.plan->listed[0].stream)};
    for (size_t i = 0; i < LQ_COUNT(f); i++) {
        assert_non_null(f[i]);
        assert_int_equal(f[i]->first, 2 + 16 * i);
        assert_int_equal(f[i]->n_first, 16);
    }
    assert_int_equal(f[0]->n_months, 96);
    assert_non_null(words_of(s, p.plan->offers[0].pay.stream_resignation, 0));
    lq_planned_clear(&p);
}

/* R4: the pilot has points whatever the run draws from, for what its company's value is made
 * of, and no word of the exits, which it does not draw. */
static void a_pilot_has_points_of_its_own(void **state)
{
    (void)state;
    lq_planned p = lq_plan_text(lq_small_text, NULL, 0),
               q = lq_plan_text(lq_small_text, sobol, 0);
    const lq_company_plan *c = &p.plan->companies[1];
    const lq_sobol_plan *s = lq_plan_pilot_points(p.plan, 1, 4, p.arena);
    assert_int_equal(s->n_replicates, 4);
    assert_int_equal(s->n_factors, 2);
    assert_int_equal(factor_of(s, p.plan->market.stream)->n_months, c->pilot_months);
    assert_int_equal(factor_of(s, c->stream_own)->n_months, c->pilot_months);
    assert_null(words_of(s, c->stream_terminal, 0));
    for (size_t r = 0; r < 4; r++)
        for (size_t run = 0; run < q.plan->n_replicates; run++)
            assert_true(s->dimensions[r * s->n_dimensions].offset !=
                        q.plan->sobol->dimensions[run * q.plan->sobol->n_dimensions].offset);
    lq_planned_clear(&p);
    lq_planned_clear(&q);
}

/* Waits and sizes of the first four jumps, of a listed company as of a private one. */
static void jumps_are_dealt_where_there_are_any(void **state)
{
    (void)state;
    const char *const jumping[] = {"simulation.sampling=sobol",
                                   "companies.pub.model=merton",
                                   "companies.pub.jumps={rate: 0.5/y, mean: -3%, sd: 14%}",
                                   "companies.pri.model=merton",
                                   "companies.pri.jumps={rate: 0.5/y, mean: -20%, sd: 30%}",
                                   NULL};
    lq_planned p = lq_plan_text(lq_small_text, jumping, 0);
    for (size_t i = 0; i < 2; i++) {
        const uint32_t stream = p.plan->jumps[i].stream;
        assert_null(words_of(p.plan->sobol, stream, 2));
        for (uint32_t n = 0; n < 2; n++)
            for (size_t k = 0; k < 4; k++)
                assert_true(words_of(p.plan->sobol, stream, n)->dimension[k] >= 0);
    }
    lq_planned_clear(&p);
}

/* No dimension serves two draws, none is skipped, and there are at most 256. */
static void every_dimension_is_dealt_once(void **state)
{
    (void)state;
    static const char *const more[] = {"simulation.sampling=sobol",
                                       "simulation.liquidity_horizon=20y", NULL};
    const char *const *overrides[] = {sobol, more};
    for (size_t c = 0; c < LQ_COUNT(overrides); c++) {
        lq_planned p = lq_plan_text(lq_small_text, overrides[c], 0);
        const lq_sobol_plan *s = p.plan->sobol;
        int dealt[256] = {0};
        assert_true(s->n_dimensions <= 256);
        for (size_t i = 0; i < s->n_factors; i++) {
            const lq_sobol_factor *f = &s->factors[i];
            assert_true(f->n_first + f->n_second <= f->n_months);
            for (size_t k = 0; k < f->n_first; k++)
                dealt[f->first + k]++;
            for (size_t k = 0; k < f->n_second; k++)
                dealt[f->second + k]++;
        }
        for (size_t i = 0; i < s->n_words; i++)
            for (size_t k = 0; k < 4; k++)
                if (s->words[i].dimension[k] >= 0) dealt[s->words[i].dimension[k]]++;
        for (size_t d = 0; d < s->n_dimensions; d++)
            assert_int_equal(dealt[d], 1);
        lq_planned_clear(&p);
    }
}

static void paths_are_rounded_up_to_whole_nets(void **state)
{
    (void)state;
    static const struct {
        const char *paths;
        uint64_t want;
    } cases[] = {{"simulation.paths=1", 2048},
                 {"simulation.paths=2048", 2048},
                 {"simulation.paths=2049", 4096},
                 {"simulation.paths=1e6", 1 << 20}};
    for (size_t i = 0; i < LQ_COUNT(cases); i++) {
        const char *const o[] = {"simulation.sampling=sobol", cases[i].paths, NULL};
        lq_planned p = lq_plan_text(lq_small_text, o, 0);
        assert_int_equal(p.plan->n_paths, cases[i].want);
        assert_int_equal(p.plan->n_replicates, 32);
        lq_planned_clear(&p);
    }
}

static void more_points_than_there_are_are_refused(void **state)
{
    (void)state;
    const char *const o[] = {"simulation.sampling=sobol", "simulation.paths=1e12", NULL};
    lq_planned p = lq_plan_text(lq_small_text, o, 0);
    assert_null(p.plan);
    assert_int_equal(p.err.status, LQ_ECONFIG);
    assert_string_equal(p.err.key, "simulation.paths");
    lq_planned_clear(&p);
}

/* Block b: replicate b mod 32, and in it the points from 64 (b div 32) on. */
static void addresses_follow_the_block(void **state)
{
    (void)state;
    lq_planned p = lq_plan_text(lq_small_text, sobol, 0);
    const lq_block_address at = lq_plan_address(p.plan, 71);
    assert_true(at.sobol == p.plan->sobol);
    assert_int_equal(at.path0, 71 * 64);
    assert_int_equal(at.replicate, 7);
    assert_int_equal(at.index0, 128);
    lq_planned_clear(&p);
}

/* Mirrored pairs live within a block: no world ends on half of one, errors come from 32
 * replicates, and the plan is another one. */
static void antithetic_paths_come_in_whole_blocks(void **state)
{
    (void)state;
    const char *const plain[] = {"simulation.paths=1000", NULL};
    const char *const mirrored[] = {"simulation.paths=1000", "simulation.antithetic=true",
                                    NULL};
    lq_planned a = lq_plan_text(lq_small_text, plain, 0);
    lq_planned b = lq_plan_text(lq_small_text, mirrored, 0);
    assert_false(lq_plan_address(a.plan, 3).antithetic);
    assert_true(lq_plan_address(b.plan, 3).antithetic);
    assert_true(!a.plan->by_replicates && b.plan->by_replicates);
    assert_int_equal(a.plan->n_paths, 1000);
    assert_int_equal(b.plan->n_paths, 1024);
    assert_int_equal(b.plan->n_replicates, LQ_REPLICATES_DEPENDENT);
    assert_memory_not_equal(a.plan->hash, b.plan->hash, sizeof a.plan->hash);
    lq_planned_clear(&a);
    lq_planned_clear(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_sampling_has_no_points),
        cmocka_unit_test(what_decides_most_comes_first),
        cmocka_unit_test(a_pilot_has_points_of_its_own),
        cmocka_unit_test(jumps_are_dealt_where_there_are_any),
        cmocka_unit_test(every_dimension_is_dealt_once),
        cmocka_unit_test(paths_are_rounded_up_to_whole_nets),
        cmocka_unit_test(more_points_than_there_are_are_refused),
        cmocka_unit_test(addresses_follow_the_block),
        cmocka_unit_test(antithetic_paths_come_in_whole_blocks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
