#include "decide/turning.h"

#include "decide/sample.h"
#include "decide/solve.h"
#include "decide/turning_search.h"
#include "decide/verdict.h"
#include "decide/words.h"

#include <math.h>
#include <string.h>

/* ---- the gap as a function of the thing ---- */

/* The study's gap, moved by what the change does in the small run: its noise is that of the
 * movement. */
static lq_status gap_at(void *context, double x, lq_solve_value *out, lq_error *err)
{
    lq_search *s = context;
    lq_gap gap;
    lq_trial_reset(s->study, s->subject, s->against, &s->trial);
    LQ_TRY(s->thing->set(&s->trial, x, err));
    LQ_TRY(lq_trial_run(&s->trial, &gap, err));
    const uint32_t n = s->study->plan->n_replicates;
    double move[LQ_MAX_REPLICATES];
    for (size_t r = 0; r < n; r++)
        move[r] = gap.replicate[r] - s->as_it_is.replicate[r];
    const double moved = gap.value - s->as_it_is.value;
    lq_estimate e = lq_estimate_of_replicates(s->gap.value + moved, move, n);
    e.se = sqrt(e.se * e.se + s->gap.se * s->gap.se);
    *out = (lq_solve_value){.y = e.value, .half = lq_estimate_half_width(&e)};
    return LQ_OK;
}

/* ---- words ---- */

static const char *unit_of(const lq_search *s)
{
    if (strcmp(s->thing->unit, "money") != 0) return s->thing->unit;
    const char *currency = lq_study_offer(s->study, s->subject)->currency;
    return currency[0] ? currency : s->study->scenario->currency;
}

static const char *reason_of(lq_search *s, const lq_solution *solution, const double range[2],
                             lq_error *err)
{
    char low[64], high[64], money[LQ_WORD_CHARS];
    double ends[2];
    for (int i = 0; i < 2; i++)
        if (s->thing->shown(s, range[i], &ends[i], err) != LQ_OK) return "";
    s->thing->words(s, ends[0], low, sizeof low);
    s->thing->words(s, ends[1], high, sizeof high);
    const bool top = fabs(solution->above) < fabs(solution->below);
    return lq_arena_printf(s->study->arena,
                           "none between %s and %s evens the two; at %s %s remains", low, high,
                           top ? high : low,
                           lq_words_money(fabs(top ? solution->above : solution->below),
                                          s->study->scenario->currency, money));
}

static lq_turning_figures nothing_found(const lq_search *s)
{
    return (lq_turning_figures){.key = s->thing->key,
                                .status = lq_solve_status_name(LQ_SOLVE_NONE),
                                .unit = unit_of(s),
                                .reason = "",
                                .assumed = s->thing->assumed(s),
                                .value = (double)NAN,
                                .low = (double)NAN,
                                .high = (double)NAN};
}

static lq_status describe(lq_search *s, const lq_solution *solution, const double range[2],
                          lq_turning_figures *out, lq_error *err)
{
    char words[64];
    *out = nothing_found(s);
    out->status = lq_solve_status_name(solution->status);
    if (solution->status == LQ_SOLVE_NONE) {
        out->text = s->thing->noun;
        out->reason = reason_of(s, solution, range, err);
        return LQ_OK;
    }
    LQ_TRY(s->thing->shown(s, solution->value, &out->value, err));
    LQ_TRY(s->thing->shown(s, solution->low, &out->low, err));
    LQ_TRY(s->thing->shown(s, solution->high, &out->high, err));
    s->thing->words(s, out->value, words, sizeof words);
    out->text = lq_arena_printf(s->study->arena, "%s%s%s%s",
                                s->thing->names_company ? lq_search_company(s)->name : "",
                                s->thing->before, words, s->thing->after);
    if (solution->status == LQ_SOLVE_SEVERAL) out->reason = "the first of several such values";
    if (solution->status == LQ_SOLVE_JUMP) out->reason = "the gap jumps over zero there";
    return LQ_OK;
}

static lq_status find_point(lq_search *s, lq_turning_figures *out, lq_error *err)
{
    double range[2];
    s->thing->range(s, range);
    const lq_solve_problem problem = {.low = range[0],
                                      .high = range[1],
                                      .n_scan = s->thing->n_scan,
                                      .tolerance = (range[1] - range[0]) /
                                                   (double)(s->thing->n_scan - 1) /
                                                   (1 << LQ_HALVINGS) * 1.01,
                                      .function = gap_at,
                                      .context = s};
    lq_solution solution;
    const lq_status st = lq_solve(&problem, &solution, err);
    if (st == LQ_ENUMERIC || st == LQ_ECONFIG) { /* an extreme value that no run can take */
        *out = nothing_found(s);
        out->text = s->thing->noun;
        out->reason = "some value in the range cannot be simulated";
        return LQ_OK;
    }
    LQ_TRY(st);
    return describe(s, &solution, range, out, err);
}

/* ---- all points ---- */

uint64_t lq_turning_paths(const lq_scenario *scenario)
{
    (void)scenario;
    return (uint64_t)LQ_TURNING_PATHS * (1 + LQ_TURNING_THINGS * (LQ_SCAN + LQ_HALVINGS));
}

static lq_status find_all(lq_search *s, lq_turning_figures *points, size_t *n, lq_error *err)
{
    lq_trial_reset(s->study, s->subject, s->against, &s->trial);
    LQ_TRY(lq_trial_run(&s->trial, &s->as_it_is, err));
    for (size_t i = 0; i < LQ_TURNING_THINGS; i++) {
        s->thing = &lq_things[i];
        if (s->thing->applies(s)) LQ_TRY(find_point(s, &points[(*n)++], err));
    }
    return LQ_OK;
}

lq_status lq_turning_find(lq_study *study, lq_error *err)
{
    lq_search *s = lq_arena_calloc(study->arena, 1, sizeof *s);
    lq_turning_figures *points =
        lq_arena_calloc(study->arena, LQ_TURNING_THINGS, sizeof *points);
    if (!s || !points) return LQ_FAIL(err, LQ_ENOMEM, .key = "turning points");
    s->study = study;
    s->subject = lq_verdict_subject(study);
    s->against = study->baseline;
    for (size_t p = 0; p < study->n_pairs; p++)
        if (study->pairs[p][0] == s->subject && study->pairs[p][1] == s->against)
            s->gap = study->found.pairs[p].ce_difference;
    const uint64_t end = study->paths_before + lq_turning_paths(study->scenario);
    size_t n = 0;
    LQ_TRY(find_all(s, points, &n, err));
    if (end > study->paths_before) lq_study_advance(study, end - study->paths_before);
    study->found.turning = points;
    study->found.n_turning = n;
    study->found.turning_offer = study->found.offers[s->subject].id;
    study->found.turning_against = study->found.offers[s->against].id;
    return lq_arena_failed(study->arena) ? LQ_FAIL(err, LQ_ENOMEM, .key = "turning points")
                                         : LQ_OK;
}
