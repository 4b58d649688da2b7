#include "decide/baseline.h"

#include <math.h>
#include <string.h>

static bool is_real_offer(const lq_offer *o)
{
    return o->role == LQ_OFFER_LETTER || o->role == LQ_OFFER_BAND_MID;
}

/* How well an offer serves as the baseline: 2 letters of other companies, 1 other letters and
 * offers; 0 not at all. */
static int fitness(const lq_scenario *scenario, size_t i)
{
    const lq_offer *first = scenario->offers.items, *o = first + i;
    if (i == 0 || strcmp(o->letter_id, first->letter_id) == 0) return 0;
    return is_real_offer(o) && o->company != first->company ? 2 : 1;
}

/* Offers of the best fitness there is; variants of the first letter only if nothing else. */
static size_t candidates(const lq_scenario *scenario, size_t *index)
{
    const size_t n = scenario->offers.len;
    int best = 0;
    for (size_t i = 1; i < n; i++)
        best = fitness(scenario, i) > best ? fitness(scenario, i) : best;
    size_t len = 0;
    for (size_t i = best ? 0 : 1; i < n; i++)
        if (fitness(scenario, i) == best) {
            if (index) index[len] = i;
            len++;
        }
    return len;
}

bool lq_baseline_needs_run(const lq_scenario *scenario)
{
    return !scenario->decide.baseline && scenario->offers.len > 1 &&
           candidates(scenario, NULL) > 1;
}

static lq_status find_named(lq_study *s, lq_error *err)
{
    for (size_t i = 0; i < s->scenario->offers.len; i++)
        if (strcmp(lq_study_offer(s, i)->id, s->scenario->decide.baseline) == 0) {
            s->baseline = i;
            return LQ_OK;
        }
    return LQ_FAIL(err, LQ_ECONFIG, .file = s->scenario->path, .key = "decide.baseline",
                   .expected = "the id of an offer", .got = s->scenario->decide.baseline);
}

static lq_status pick_best(lq_study *s, const lq_plan *plan, const lq_result *result,
                           const size_t *index, size_t n, lq_error *err)
{
    double best = -(double)INFINITY;
    const lq_utility utility = lq_person_utility(&s->scenario->person, &plan->background);
    for (size_t i = 0; i < n; i++) {
        lq_stake *stake = lq_study_stake(plan, result, index[i]);
        if (!stake) return LQ_FAIL(err, LQ_ENOMEM, .key = "baseline");
        const double worth =
            lq_certainty_equivalent(stake, &plan->background, &utility, NULL).value;
        lq_stake_destroy(stake);
        if (worth > best) {
            best = worth;
            s->baseline = index[i];
        }
    }
    return LQ_OK;
}

static lq_status run_candidates(lq_study *s, const size_t *index, size_t n, lq_error *err)
{
    lq_scenario small = *s->scenario;
    small.has_uncertain = false; /* one world, in which all is at its mean */
    small.simulation.paths = lq_value_constant(LQ_BASELINE_PATHS);
    const lq_plan_options options = {.calibration = &s->calibration, .world = LQ_WORLD_MEAN};
    lq_plan *plan = NULL;
    LQ_TRY(lq_plan_build(&small, &options, &plan, err));
    lq_result *result = lq_result_create_totals(plan);
    const lq_run_options run = lq_study_run_options(s);
    lq_status st = result ? lq_engine_run(plan, 0, plan->blocks_per_world, &run, result, err)
                          : LQ_FAIL(err, LQ_ENOMEM, .key = "baseline");
    if (st == LQ_OK && result->interrupted)
        st = LQ_FAIL(err, LQ_EINTERRUPTED, .key = "baseline");
    if (st == LQ_OK) st = pick_best(s, plan, result, index, n, err);
    lq_result_destroy(result);
    lq_plan_destroy(plan);
    lq_study_advance(s, LQ_BASELINE_PATHS);
    return st;
}

lq_status lq_baseline_choose(lq_study *s, lq_error *err)
{
    s->baseline = LQ_NO_OFFER;
    if (s->scenario->decide.baseline) return find_named(s, err);
    if (s->scenario->offers.len < 2) return LQ_OK;
    size_t *index = lq_arena_calloc(s->arena, s->scenario->offers.len, sizeof *index);
    if (!index) return LQ_FAIL(err, LQ_ENOMEM, .key = "baseline");
    const size_t n = candidates(s->scenario, index);
    s->baseline = index[0];
    return n > 1 ? run_candidates(s, index, n, err) : LQ_OK;
}

lq_status lq_baseline_pair(lq_study *s, lq_error *err)
{
    const size_t n = s->scenario->offers.len, base = s->baseline;
    const bool all = s->scenario->decide.pairs == 1;
    s->n_pairs = 0;
    if (base == LQ_NO_OFFER) return LQ_OK;
    s->pairs = lq_arena_calloc(s->arena, n * n, sizeof *s->pairs);
    if (!s->pairs) return LQ_FAIL(err, LQ_ENOMEM, .key = "decide.pairs");
    for (size_t i = 0; i < n; i++)
        if (i != base) {
            s->pairs[s->n_pairs][0] = i;
            s->pairs[s->n_pairs++][1] = base;
        }
    for (size_t i = 0; all && i < n; i++)
        for (size_t j = i + 1; j < n; j++)
            if (i != base && j != base) {
                s->pairs[s->n_pairs][0] = i;
                s->pairs[s->n_pairs++][1] = j;
            }
    return LQ_OK;
}
