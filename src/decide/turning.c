#include "decide/turning.h"

#include "decide/sample.h"
#include "decide/solve.h"
#include "decide/turning_search.h"
#include "decide/verdict.h"
#include "decide/words.h"

#include "base/alloc.h"

#include <math.h>
#include <string.h>

/* ---- the gaps that are asked for, all at once ---- */

/* Neighbouring asks of one thing that one trial answers. */
typedef struct item {
    size_t first, n;
} item;

typedef struct batch {
    const lq_search *search;
    const lq_thing *const *things; /* by problem */
    lq_solve_ask *asks;
    item items[LQ_TURNING_THINGS * LQ_SCAN];
    size_t n_items;
    size_t n_done, n_told; /* asks */
} batch;

/* The study's gap, moved by what the change does in the small run: its noise is that of the
 * movement. */
static lq_solve_value moved_gap(const lq_search *s, const lq_worth *gap)
{
    const uint32_t n = s->study->plan->n_replicates;
    double move[LQ_MAX_REPLICATES];
    for (size_t r = 0; r < n; r++)
        move[r] = gap->replicate[r] - s->as_it_is.replicate[r];
    const double moved = gap->value - s->as_it_is.value;
    lq_estimate e = lq_estimate_of_replicates(s->gap.value + moved, move, n);
    e.se = sqrt(e.se * e.se + s->gap.se * s->gap.se);
    return (lq_solve_value){.y = e.value, .half = lq_estimate_half_width(&e)};
}

static lq_status run_item(const batch *b, const item *it, lq_trial *t, lq_error *err)
{
    const lq_search *s = b->search;
    lq_solve_ask *asks = b->asks + it->first;
    lq_worth gap[LQ_TRIAL_VARIANTS];
    lq_trial_spread(t, it->n);
    if (lq_trial_is_alone(t)) lq_trial_take_worth(t, &s->the_other);
    for (size_t i = 0; i < it->n; i++) {
        t->varied = &t->offers[i];
        LQ_TRY(b->things[asks[i].problem]->set(t, asks[i].x, err));
    }
    LQ_TRY(lq_trial_run(t, gap, NULL, err));
    for (size_t i = 0; i < it->n; i++)
        asks[i].value = moved_gap(s, &gap[i]);
    return LQ_OK;
}

static void tell_progress(batch *b, const item *it, const lq_team *member)
{
    const size_t done = __atomic_add_fetch(&b->n_done, it->n, __ATOMIC_RELAXED);
    if (member && lq_team_number(member) != 0) return;
    lq_study_advance(b->search->study, (uint64_t)LQ_TURNING_PATHS * (done - b->n_told));
    b->n_told = done;
}

static lq_status visit_item(void *context, size_t i, lq_team *member)
{
    batch *b = context;
    const item *it = &b->items[i];
    lq_trial *t = lq_calloc(1, sizeof *t);
    if (!t) return LQ_ENOMEM;
    lq_trial_reset(b->search->study, b->search->subject, b->search->against, t);
    t->team = member;
    lq_status st = run_item(b, it, t, NULL);
    lq_free(t);
    if (st == LQ_ENUMERIC || st == LQ_ECONFIG) { /* an extreme value that no run can take */
        b->asks[it->first].status = st;
        st = LQ_OK;
    }
    tell_progress(b, it, member);
    return st;
}

static void share_out(batch *b, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        item *last = b->n_items ? &b->items[b->n_items - 1] : NULL;
        const bool joins = last && b->asks[last->first].problem == b->asks[i].problem &&
                           b->things[b->asks[i].problem]->offer_only &&
                           last->n < LQ_TRIAL_VARIANTS;
        if (joins)
            last->n++;
        else
            b->items[b->n_items++] = (item){i, 1};
    }
}

/* Things and values of one batch are independent: each thread takes the next. */
static lq_status answer(void *context, lq_solve_ask *asks, size_t n, lq_error *err)
{
    batch b = *(const batch *)context;
    b.asks = asks;
    share_out(&b, n);
    const lq_status st = lq_team_each(b.search->study->team, b.n_items, visit_item, &b);
    if (st == LQ_OK && b.n_done > b.n_told)
        lq_study_advance(b.search->study, (uint64_t)LQ_TURNING_PATHS * (b.n_done - b.n_told));
    return st == LQ_OK ? LQ_OK : LQ_FAIL(err, st, .key = "turning points");
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
    if (solution->failed != LQ_OK) {
        out->text = s->thing->noun;
        out->reason = "some value in the range cannot be simulated";
        return LQ_OK;
    }
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

/* ---- all points ---- */

uint64_t lq_turning_paths(const lq_scenario *scenario)
{
    (void)scenario;
    return (uint64_t)LQ_TURNING_PATHS * (1 + LQ_TURNING_THINGS * (LQ_SCAN + LQ_HALVINGS));
}

static lq_solve_problem problem_of(const lq_search *s, const lq_thing *thing)
{
    double range[2];
    thing->range(s, range);
    const double n_steps = (double)(thing->n_scan - 1);
    return (lq_solve_problem){.low = range[0],
                              .high = range[1],
                              .n_scan = thing->n_scan,
                              .tolerance =
                                  (range[1] - range[0]) / n_steps / (1 << LQ_HALVINGS) * 1.01};
}

static lq_status run_as_it_is(lq_search *s, lq_error *err)
{
    lq_trial_reset(s->study, s->subject, s->against, &s->trial);
    LQ_TRY(lq_trial_run(&s->trial, &s->as_it_is, &s->the_other, err));
    lq_study_advance(s->study, LQ_TURNING_PATHS);
    if (lq_search_company(s)->listing == 1) return lq_trial_solve_unchanged(&s->trial, err);
    return LQ_OK;
}

static lq_status find_all(lq_search *s, lq_turning_figures *points, size_t *n_points,
                          lq_error *err)
{
    const lq_thing *things[LQ_TURNING_THINGS];
    lq_solve_problem problems[LQ_TURNING_THINGS];
    lq_solution solutions[LQ_TURNING_THINGS];
    size_t n = 0;
    LQ_TRY(run_as_it_is(s, err));
    for (size_t i = 0; i < LQ_TURNING_THINGS; i++) {
        if (!lq_things[i].applies(s)) continue;
        problems[n] = problem_of(s, &lq_things[i]);
        things[n++] = &lq_things[i];
    }
    batch b = {.search = s, .things = things};
    LQ_TRY(lq_solve(problems, n, answer, &b, solutions, err));
    for (size_t i = 0; i < n; i++) {
        const double range[2] = {problems[i].low, problems[i].high};
        s->thing = things[i];
        LQ_TRY(describe(s, &solutions[i], range, &points[i], err));
    }
    *n_points = n;
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
    if (!lq_verdict_is_same(study, s->subject, s->against))
        LQ_TRY(find_all(s, points, &n, err));
    if (end > study->paths_before) lq_study_advance(study, end - study->paths_before);
    study->found.turning = points;
    study->found.n_turning = n;
    study->found.turning_offer = study->found.offers[s->subject].id;
    study->found.turning_against = study->found.offers[s->against].id;
    return lq_arena_failed(study->arena) ? LQ_FAIL(err, LQ_ENOMEM, .key = "turning points")
                                         : LQ_OK;
}
