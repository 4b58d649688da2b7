#include "decide/baseline.h"
#include "decide/calibrate.h"
#include "decide/manifest.h"
#include "decide/measure.h"
#include "decide/outputs.h"
#include "decide/tolerance.h"
#include "decide/turning.h"
#include "decide/verdict.h"
#include "decide/warn.h"
#include "decide/worlds.h"

#include <stdio.h>
#include <string.h>

/* ---- phases ---- */

static bool wants_turning(const lq_study *s)
{
    return s->options->turning_points && s->baseline != LQ_NO_OFFER;
}

/* Before the first path: hazards, baseline, the plan of world 0, room for what is found. */
static lq_status prepare(lq_study *s, lq_error *err)
{
    s->team = lq_team_create(s->options->n_threads);
    if (!s->team) return LQ_FAIL(err, LQ_ENOMEM, .key = "simulation");
    const lq_calibrate_options calibrate = {.team = s->team,
                                            .stop = s->options->stop,
                                            .progress = lq_study_pilots,
                                            .progress_context = s};
    const uint64_t paths = (uint64_t)s->scenario->simulation.paths.p[0];
    s->paths_total = paths;
    if (lq_baseline_needs_run(s->scenario)) s->paths_total += LQ_BASELINE_PATHS;
    if (s->options->turning_points && s->scenario->offers.len > 1)
        s->paths_total += lq_turning_paths(s->scenario);
    LQ_TRY(lq_calibrate(s->scenario, &calibrate, s->arena, &s->calibration, err));
    LQ_TRY(lq_baseline_choose(s, err));
    LQ_TRY(lq_baseline_pair(s, err));
    const lq_plan_options options = {.calibration = &s->calibration,
                                     .pairs = (const size_t(*)[2])s->pairs,
                                     .n_pairs = s->n_pairs};
    LQ_TRY(lq_plan_build(s->scenario, &options, &s->plan, err));
    LQ_TRY(lq_tolerance_check(s, err));
    s->paths_total += s->plan->n_worlds * s->plan->blocks_per_world * LQ_LANES - paths;
    s->by_replicates = s->plan->n_worlds > 1 || s->plan->by_replicates;
    s->utility = lq_person_utility(&s->scenario->person, &s->plan->background);
    s->result = lq_result_create(s->plan, LQ_WHOLE_PATHS);
    if (!s->result) return LQ_FAIL(err, LQ_ENOMEM, .key = "simulation");
    LQ_TRY(lq_measure_begin(s, err));
    return lq_drawn_begin(&s->drawn, s->plan, s->n_pairs, err);
}

static void show_paths(lq_study *s)
{
    const lq_path_rows *rows = &s->result->rows;
    s->found.n_paths = rows->n_paths;
    s->found.path_number = rows->path;
    s->found.path_total = rows->total;
    s->found.path_received = rows->received;
    s->found.path_value = rows->value;
    s->found.path_exit_kind = rows->exit_kind;
    s->found.path_exit_month = rows->exit_month;
}

/* A verdict under a stress says so before anything else. */
static void tell_stress(lq_study *s)
{
    const lq_stress *stress = &s->scenario->stress;
    const char *text = s->found.verdict.text;
    if (!text || !lq_stress_is_on(stress)) return;
    s->found.verdict.text =
        stress->name ? lq_arena_printf(s->arena, "Under stress \"%s\": %s", stress->name, text)
                     : lq_arena_printf(s->arena, "Under the config's stress: %s", text);
}

static lq_status measure(lq_study *s, lq_error *err)
{
    LQ_TRY(lq_measure_ignorance(s, err));
    LQ_TRY(lq_drawn_fit(&s->drawn, s->n_worlds_done, err));
    LQ_TRY(lq_measure_offers(s, err));
    LQ_TRY(lq_measure_pairs(s, err));
    lq_measure_controls(s);
    lq_tolerance_look(s);
    s->interrupted |= s->next_paths > 0; /* what is kept if the next attempt is stopped */
    LQ_TRY(lq_measure_companies(s, err));
    LQ_TRY(lq_measure_histograms(s, err));
    show_paths(s);
    if (!s->interrupted && wants_turning(s)) {
        const lq_status st = lq_turning_find(s, err);
        if (st != LQ_OK && st != LQ_EINTERRUPTED) return st;
        s->interrupted = st == LQ_EINTERRUPTED;
    }
    LQ_TRY(lq_warn(s, err));
    LQ_TRY(lq_verdict_write(s, err));
    tell_stress(s);
    return lq_manifest_write(s, err);
}

static lq_status run_phases(lq_study *s, lq_frame **out, lq_error *err)
{
    LQ_TRY(prepare(s, err));
    LQ_TRY(lq_worlds_run(s, err));
    if (s->result->n_paths == 0) return LQ_FAIL(err, LQ_EINTERRUPTED, .key = "simulation");
    LQ_TRY(measure(s, err));
    LQ_TRY(lq_outputs_frame(s->scenario, &s->found, out, err));
    if (s->next_paths) return LQ_OK;
    return s->interrupted ? LQ_FAIL(err, LQ_EINTERRUPTED, .key = "simulation") : LQ_OK;
}

/* ---- amounts that no run can count ---- */

/* The price of a round today over the value of a share; 0: no private company, or not known. */
static double price_of_rounds(const lq_scenario *scenario, size_t company)
{
    const lq_plan_options options = {.world = LQ_WORLD_MEAN};
    lq_plan *plan = NULL;
    if (lq_plan_build(scenario, &options, &plan, NULL) != LQ_OK) return 0.0;
    const lq_company_plan *c = &plan->companies[company];
    const double phi = c->is_private ? c->phi : 0.0;
    lq_plan_destroy(plan);
    return phi;
}

/* What makes a company's values grow so: rounds far above what a share is worth add their price
 * to it each time. */
static void name_culprit(const lq_study *s, const lq_offer *offer, char *text, size_t cap)
{
    static const double FAR = 3.0;
    const lq_company *c = lq_study_company(s, offer->company);
    const double phi = price_of_rounds(s->scenario, offer->company);
    char rounds[128] = "";
    if (phi > FAR)
        snprintf(rounds, sizeof rounds,
                 "its rounds sell at %.3g times the value of a share: rounds.phi, or what "
                 "opening_value and last_round make of it; or ",
                 phi);
    else if (c->listing == 1)
        snprintf(rounds, sizeof rounds, "rounds.phi, ");
    snprintf(text, cap, "values of companies.%.48s that stay in bounds (%sgrowth, volatility)",
             c->id, rounds);
}

/* The engine knows an offer and a path: here stands whose values they are. */
static void explain(const lq_study *s, lq_error *err)
{
    const lq_offer *offers = s->scenario->offers.items;
    if (!err || err->file[0] || (err->status != LQ_ENUMERIC && err->status != LQ_ECHECK))
        return;
    for (size_t i = 0; i < s->scenario->offers.len; i++) {
        if (strcmp(offers[i].id, err->key) != 0) continue;
        snprintf(err->key, sizeof err->key, "offers.%.80s", offers[i].id);
        name_culprit(s, &offers[i], err->expected, sizeof err->expected);
        snprintf(err->file, sizeof err->file, "%.255s", s->scenario->path);
        return;
    }
}

typedef struct attempt {
    lq_frame *frame;
    uint64_t next_paths; /* 0, or: not yet as exact as was asked for */
    uint64_t n_paths;
    double se;          /* of the figure that the tolerance is of */
    bool in_any_number; /* its paths mean the same however many there are */
} attempt;

static lq_status run_once(const lq_scenario *scenario, const lq_study_options *options,
                          const attempt *before, attempt *out, lq_error *err)
{
    lq_study s = {.scenario = scenario,
                  .options = options,
                  .baseline = LQ_NO_OFFER,
                  .started_at = lq_study_clock(),
                  .last_paths = before->n_paths,
                  .last_se = before->se,
                  .arena = lq_arena_create()};
    *out = (attempt){0};
    const lq_status st = s.arena ? run_phases(&s, &out->frame, err)
                                 : LQ_FAIL(err, LQ_ENOMEM, .key = "simulation");
    if (st != LQ_OK) explain(&s, err);
    out->next_paths = s.next_paths;
    out->se = s.found.manifest.tolerance_se;
    if (s.result) out->n_paths = s.result->n_paths;
    if (s.plan) out->in_any_number = s.plan->n_worlds == 1 && !s.plan->sobol;
    lq_drawn_clear(&s.drawn);
    lq_result_destroy(s.result);
    lq_plan_destroy(s.plan);
    lq_team_destroy(s.team);
    lq_arena_destroy(s.arena);
    return st;
}

/* Of an attempt that was stopped and the whole one before it: all worlds and whole nets before
 * more paths. */
static void keep_the_better(attempt *whole, attempt *stopped)
{
    const bool more =
        stopped->frame && stopped->in_any_number && stopped->n_paths >= whole->n_paths;
    if (more || !whole->frame) return;
    const attempt dropped = *stopped;
    *stopped = *whole;
    *whole = dropped;
}

/* Every attempt is a run of its own, so that the last is the one that its number of paths gives
 * without a tolerance. */
lq_status lq_run_study(const lq_scenario *scenario, const lq_study_options *options,
                       lq_frame **out, lq_error *err)
{
    *out = NULL;
    lq_scenario at = *scenario;
    if (options->sink && lq_tolerance_is_asked(&at.simulation))
        return LQ_FAIL(err, LQ_ECONFIG, .file = at.path, .key = "simulation.tolerance",
                       .expected = "a number of paths to keep samples of",
                       .got =
                           "a tolerance, which finds that number: run without samples first");
    attempt before = {0}, now = {0};
    lq_status st = LQ_OK;
    do {
        lq_frame_destroy(before.frame);
        before = now;
        if (before.next_paths) at.simulation.paths.p[0] = (double)before.next_paths;
        st = run_once(&at, options, &before, &now, err);
    } while (st == LQ_OK && now.next_paths);
    if (st == LQ_EINTERRUPTED) keep_the_better(&before, &now);
    lq_frame_destroy(before.frame);
    *out = now.frame;
    return st;
}

/* ---- samples ---- */

static void name_columns(const lq_scenario *scenario, lq_arena *arena, lq_sample_column *out)
{
    static const char *const parts[4][2] = {
        {"total", "present value after tax of all pay and paper"},
        {"cash", "present value after tax of pay"},
        {"equity", "present value after tax of paper"},
        {"tax", "present value of the tax"}};
    const lq_offer *offers = scenario->offers.items;
    const lq_company *companies = scenario->companies.items;
    for (size_t i = 0; i < scenario->offers.len; i++)
        for (size_t p = 0; p < 4; p++)
            *out++ = (lq_sample_column){
                .name = lq_arena_printf(arena, "%s_%s", offers[i].id, parts[p][0]),
                .units = scenario->currency,
                .long_name = lq_arena_printf(arena, "%s: %s", offers[i].id, parts[p][1])};
    for (size_t i = 0; i < scenario->companies.len; i++) {
        const char *id = companies[i].id;
        *out++ = (lq_sample_column){
            .name = lq_arena_printf(arena, "%s_exit_kind", id),
            .units = "1",
            .long_name = lq_arena_printf(
                arena, "%s: 0 none, 1 ipo, 2 acquisition, 3 failure; NaN when listed", id)};
        *out++ =
            (lq_sample_column){.name = lq_arena_printf(arena, "%s_exit_month", id),
                               .units = "month",
                               .long_name = lq_arena_printf(
                                   arena, "%s: month of the exit; after the last: never", id)};
    }
}

lq_status lq_study_columns(const lq_scenario *scenario, lq_arena *arena,
                           lq_sample_column **columns, size_t *n_columns, uint64_t *n_rows,
                           lq_error *err)
{
    const size_t n = 4 * scenario->offers.len + 2 * scenario->companies.len;
    const lq_plan_options options = {0};
    lq_plan *plan = NULL;
    LQ_TRY(lq_plan_build(scenario, &options, &plan, err));
    const uint64_t rows = plan->n_paths;
    lq_plan_destroy(plan);
    lq_sample_column *out = lq_arena_calloc(arena, n + 1, sizeof *out);
    if (out) name_columns(scenario, arena, out);
    if (lq_arena_failed(arena)) return LQ_FAIL(err, LQ_ENOMEM, .key = "samples");
    *columns = out;
    *n_columns = n;
    *n_rows = rows;
    return LQ_OK;
}
