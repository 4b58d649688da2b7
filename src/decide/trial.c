#include "decide/trial.h"

#include "decide/calibrate.h"
#include "decide/turning.h"

#include <assert.h>
#include <math.h>
#include <string.h>

static void list_offers(lq_trial *t)
{
    const size_t n = t->n_variants + (t->against_is_worth ? 0 : 1);
    t->scenario.offers = (lq_list){t->offers, n};
}

static bool has_company(const lq_trial *t, size_t n, const char *id)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(t->companies[i].id, id) == 0) return true;
    return false;
}

static void take_company(lq_trial *t, size_t to, size_t from)
{
    t->companies[to] = *lq_study_company(t->study, from);
    memcpy(t->factors[to], t->study->calibration.factor[from], sizeof t->factors[to]);
    t->needed[to] = t->study->calibration.needed[from];
}

/* Announced deals that roll into a company need its shares. @return how many companies now. */
static size_t take_acquirers(lq_trial *t, size_t n)
{
    const size_t employers = n;
    for (size_t i = 0; i < employers; i++) {
        const char *id = t->companies[i].deal.roll_into;
        for (size_t k = 0; id && k < t->study->scenario->companies.len; k++)
            if (strcmp(lq_study_company(t->study, k)->id, id) == 0 && !has_company(t, n, id))
                take_company(t, n++, k);
    }
    return n;
}

void lq_trial_reset(lq_study *study, size_t subject, size_t against, lq_trial *out)
{
    memset(out, 0, sizeof *out);
    out->study = study;
    out->team = study->team;
    out->subject = subject;
    out->against = against;
    out->scenario = *study->scenario;
    out->n_variants = 1;
    out->offers[0] = *lq_study_offer(study, subject);
    out->offers[1] = *lq_study_offer(study, against);
    out->varied = &out->offers[0];
    const size_t a = out->offers[0].company, b = out->offers[1].company;
    const size_t old[2] = {a, b}, n = a == b ? 1 : 2;
    for (size_t i = 0; i < n; i++)
        take_company(out, i, old[i]);
    out->offers[0].company = 0;
    out->offers[1].company = n - 1;
    const size_t all = take_acquirers(out, n);
    out->scenario.companies = (lq_list){out->companies, all};
    out->calibration =
        (lq_calibration){.n_companies = all, .factor = out->factors, .needed = out->needed};
    list_offers(out);
    out->scenario.simulation.controls = false; /* worths are not made of them */
    out->scenario.simulation.paths = lq_value_constant(LQ_TURNING_PATHS);
    if (out->scenario.simulation.worlds.p[0] > LQ_TURNING_WORLDS)
        out->scenario.simulation.worlds = lq_value_constant(LQ_TURNING_WORLDS);
}

void lq_trial_spread(lq_trial *t, size_t n)
{
    assert(n >= 1 && n <= LQ_TRIAL_VARIANTS);
    const lq_offer other = t->offers[t->n_variants];
    for (size_t i = 1; i < n; i++)
        t->offers[i] = t->offers[0];
    t->offers[n] = other;
    t->n_variants = n;
    list_offers(t);
}

/* Correlations mix the companies that there are, Sobol dimensions are dealt among them, and
 * where exits are expanded errors have other replicates. */
bool lq_trial_is_alone(const lq_trial *t)
{
    const lq_simulation *s = &t->scenario.simulation;
    return t->scenario.companies.len == 2 && !t->companies[0].deal.roll_into &&
           !t->companies[1].deal.roll_into && t->scenario.market.correlations.len == 0 &&
           t->scenario.market.sectors.len == 0 && s->sampling == LQ_SAMPLING_RANDOM &&
           s->expansion != LQ_EXPANSION_ON;
}

void lq_trial_take_worth(lq_trial *t, const lq_worth *against)
{
    assert(lq_trial_is_alone(t));
    t->against_is_worth = against;
    t->scenario.companies.len = t->calibration.n_companies = 1;
    list_offers(t);
}

/* ---- runs ---- */

/* Some worlds of a trial, by one thread or by all. */
typedef struct trial_run {
    const lq_trial *trial;
    lq_plan *plan; /* of the last world */
    lq_result *sum;
} trial_run;

static lq_status run_world(trial_run *r, long world, lq_error *err)
{
    const lq_trial *t = r->trial;
    const lq_plan_options options = {.calibration = &t->calibration, .world = world};
    lq_plan_destroy(r->plan);
    r->plan = NULL;
    LQ_TRY(lq_plan_build(&t->scenario, &options, &r->plan, err));
    if (!r->sum) r->sum = lq_result_create_totals(r->plan);
    if (!r->sum) return LQ_FAIL(err, LQ_ENOMEM, .key = "turning points");
    lq_run_options run = lq_study_run_options(t->study);
    run.team = t->team;
    run.progress = NULL;
    const uint64_t n = r->plan->blocks_per_world;
    LQ_TRY(lq_engine_run(r->plan, (uint64_t)world * n, n, &run, r->sum, err));
    if (r->sum->interrupted) return LQ_FAIL(err, LQ_EINTERRUPTED, .key = "turning points");
    return LQ_OK;
}

static lq_status worth_of(const trial_run *r, size_t offer, lq_worth *out, lq_error *err)
{
    lq_stake *stake = lq_study_stake(r->plan, r->sum, offer);
    if (!stake) return LQ_FAIL(err, LQ_ENOMEM, .key = "turning points");
    const lq_ce ce = lq_certainty_equivalent(stake, &r->plan->background,
                                             &r->trial->study->utility, out->replicate);
    out->value = ce.value;
    lq_stake_destroy(stake);
    return LQ_OK;
}

static lq_status read_gaps(const trial_run *r, lq_worth *gap, lq_worth *against, lq_error *err)
{
    const lq_trial *t = r->trial;
    lq_worth other;
    if (t->against_is_worth)
        other = *t->against_is_worth;
    else
        LQ_TRY(worth_of(r, t->n_variants, &other, err));
    for (size_t i = 0; i < t->n_variants; i++) {
        LQ_TRY(worth_of(r, i, &gap[i], err));
        gap[i].value -= other.value;
        for (size_t k = 0; k < r->plan->n_replicates; k++)
            gap[i].replicate[k] -= other.replicate[k];
    }
    if (against) *against = other;
    return LQ_OK;
}

static lq_status run_all(trial_run *r, lq_worth *gap, lq_worth *against, lq_error *err)
{
    const lq_scenario *s = &r->trial->scenario;
    const long worlds = s->has_uncertain ? (long)s->simulation.worlds.p[0] : 1;
    for (long w = 0; w < worlds; w++)
        LQ_TRY(run_world(r, w, err));
    return read_gaps(r, gap, against, err);
}

lq_status lq_trial_run(const lq_trial *t, lq_worth *gap, lq_worth *against, lq_error *err)
{
    trial_run r = {.trial = t};
    const lq_status st = run_all(&r, gap, against, err);
    lq_result_destroy(r.sum);
    lq_plan_destroy(r.plan);
    return st;
}

/* ---- what a trial changes ---- */

/* What is compared with is as it was: its factors stay. */
static lq_status solve(const lq_trial *t, double factor[LQ_EXIT_KINDS], lq_error *err)
{
    const lq_calibrate_options options = {.team = t->team,
                                          .n_paths = LQ_TURNING_PILOT,
                                          .stop = t->study->options->stop,
                                          .guess = &t->calibration};
    lq_scenario alone = t->scenario;
    alone.companies.len = 1;
    lq_arena *arena = lq_arena_create();
    lq_calibration solved;
    const lq_status st = arena ? lq_calibrate(&alone, &options, arena, &solved, err)
                               : LQ_FAIL(err, LQ_ENOMEM, .key = "calibration");
    if (st == LQ_OK) memcpy(factor, solved.factor[0], sizeof *solved.factor);
    lq_arena_destroy(arena);
    return st;
}

lq_status lq_trial_solve_unchanged(lq_trial *t, lq_error *err)
{
    lq_unchanged *u = &t->study->unchanged;
    LQ_TRY(solve(t, u->factor, err));
    u->subject = t->subject;
    u->solved = true;
    return LQ_OK;
}

lq_status lq_trial_calibrate(lq_trial *t, lq_error *err)
{
    double changed[LQ_EXIT_KINDS];
    assert(t->study->unchanged.solved && t->study->unchanged.subject == t->subject);
    LQ_TRY(solve(t, changed, err));
    for (int kind = 1; kind < LQ_EXIT_KINDS; kind++)
        t->factors[0][kind] *= changed[kind] / t->study->unchanged.factor[kind];
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
