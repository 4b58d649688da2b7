#include "decide/trial.h"

#include "decide/calibrate.h"
#include "decide/turning.h"

#include <math.h>
#include <string.h>

void lq_trial_reset(lq_study *study, size_t subject, size_t against, lq_trial *out)
{
    memset(out, 0, sizeof *out);
    out->study = study;
    out->subject = subject;
    out->against = against;
    out->scenario = *study->scenario;
    out->offers[0] = *lq_study_offer(study, subject);
    out->offers[1] = *lq_study_offer(study, against);
    const size_t a = out->offers[0].company, b = out->offers[1].company;
    const size_t old[2] = {a, b}, n = a == b ? 1 : 2;
    for (size_t i = 0; i < n; i++) {
        out->companies[i] = *lq_study_company(study, old[i]);
        memcpy(out->factors[i], study->calibration.factor[old[i]], sizeof out->factors[i]);
        out->needed[i] = study->calibration.needed[old[i]];
    }
    out->offers[0].company = 0;
    out->offers[1].company = n - 1;
    out->scenario.offers = (lq_list){out->offers, 2};
    out->scenario.companies = (lq_list){out->companies, n};
    out->calibration =
        (lq_calibration){.n_companies = n, .factor = out->factors, .needed = out->needed};
    out->scenario.simulation.controls = false; /* worths are not made of them */
    out->scenario.simulation.paths = lq_value_constant(LQ_TURNING_PATHS);
    if (out->scenario.simulation.worlds.p[0] > LQ_TURNING_WORLDS)
        out->scenario.simulation.worlds = lq_value_constant(LQ_TURNING_WORLDS);
}

/* ---- runs ---- */

static lq_status run_world(lq_trial *t, long world, lq_plan **plan, lq_result **sum,
                           lq_error *err)
{
    const lq_plan_options options = {.calibration = &t->calibration, .world = world};
    lq_plan_destroy(*plan);
    *plan = NULL;
    LQ_TRY(lq_plan_build(&t->scenario, &options, plan, err));
    if (!*sum) *sum = lq_result_create_totals(*plan);
    if (!*sum) return LQ_FAIL(err, LQ_ENOMEM, .key = "turning points");
    lq_run_options run = lq_study_run_options(t->study);
    run.progress = NULL;
    const uint64_t n = (*plan)->blocks_per_world;
    LQ_TRY(lq_engine_run(*plan, (uint64_t)world * n, n, &run, *sum, err));
    if ((*sum)->interrupted) return LQ_FAIL(err, LQ_EINTERRUPTED, .key = "turning points");
    return LQ_OK;
}

static lq_status worth_of(const lq_trial *t, const lq_plan *plan, const lq_result *result,
                          size_t offer, lq_gap *out, lq_error *err)
{
    lq_stake *stake = lq_study_stake(plan, result, offer);
    if (!stake) return LQ_FAIL(err, LQ_ENOMEM, .key = "turning points");
    const lq_ce ce =
        lq_certainty_equivalent(stake, &plan->background, &t->study->utility, out->replicate);
    out->value = ce.value;
    lq_stake_destroy(stake);
    return LQ_OK;
}

static lq_status run_all(lq_trial *t, lq_plan **plan, lq_result **sum, lq_gap *out,
                         lq_error *err)
{
    const long worlds =
        t->scenario.has_uncertain ? (long)t->scenario.simulation.worlds.p[0] : 1;
    for (long w = 0; w < worlds; w++)
        LQ_TRY(run_world(t, w, plan, sum, err));
    lq_gap a, b;
    LQ_TRY(worth_of(t, *plan, *sum, 0, &a, err));
    LQ_TRY(worth_of(t, *plan, *sum, 1, &b, err));
    out->value = a.value - b.value;
    for (size_t r = 0; r < (*plan)->n_replicates; r++)
        out->replicate[r] = a.replicate[r] - b.replicate[r];
    return LQ_OK;
}

lq_status lq_trial_run(lq_trial *t, lq_gap *out, lq_error *err)
{
    lq_plan *plan = NULL;
    lq_result *sum = NULL;
    const lq_status st = run_all(t, &plan, &sum, out, err);
    lq_result_destroy(sum);
    lq_plan_destroy(plan);
    lq_study_advance(t->study, LQ_TURNING_PATHS);
    return st;
}

/* ---- what a trial changes ---- */

static lq_status solve(lq_trial *t, double (*factor)[LQ_EXIT_KINDS], lq_error *err)
{
    const lq_calibrate_options options = {.team = t->study->team,
                                          .n_paths = LQ_TURNING_PILOT,
                                          .stop = t->study->options->stop,
                                          .guess = &t->calibration};
    lq_calibration solved;
    LQ_TRY(lq_calibrate(&t->scenario, &options, t->study->arena, &solved, err));
    memcpy(factor, solved.factor, solved.n_companies * sizeof *factor);
    return LQ_OK;
}

static lq_status solve_unchanged(const lq_trial *t, lq_error *err)
{
    lq_unchanged *u = &t->study->unchanged;
    if (u->solved && u->subject == t->subject && u->against == t->against) return LQ_OK;
    lq_trial fresh;
    lq_trial_reset(t->study, t->subject, t->against, &fresh);
    LQ_TRY(solve(&fresh, u->factor, err));
    u->subject = t->subject;
    u->against = t->against;
    u->solved = true;
    return LQ_OK;
}

lq_status lq_trial_calibrate(lq_trial *t, lq_error *err)
{
    double changed[2][LQ_EXIT_KINDS];
    LQ_TRY(solve_unchanged(t, err));
    LQ_TRY(solve(t, changed, err));
    for (size_t i = 0; i < t->calibration.n_companies; i++)
        for (int kind = 1; kind < LQ_EXIT_KINDS; kind++)
            t->factors[i][kind] *= changed[i][kind] / t->study->unchanged.factor[i][kind];
    return LQ_OK;
}

lq_status lq_trial_letter_dollar(const lq_trial *t, double *out, lq_error *err)
{
    const lq_plan_options options = {.calibration = &t->calibration, .world = LQ_WORLD_MEAN};
    lq_plan *plan = NULL;
    LQ_TRY(lq_plan_build(&t->scenario, &options, &plan, err));
    const lq_offer_plan *o = &plan->offers[0];
    *out = o->headline_equity > 0.0 ? o->headline_paper_fair / o->headline_equity : (double)NAN;
    lq_plan_destroy(plan);
    return LQ_OK;
}
