#include "decide/calibrate.h"

#include "num/scalar.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The way to the odds is sought with a part of the paths, unless it begins near them. */
enum { MAX_PILOTS = 60, USUAL_PILOTS = 5, FIRST_SHARE = 8, LEAST_PATHS = 1024 };

#define TOLERANCE 1e-4
#define DEATHS    4.0   /* by a floor are whole paths: a pilot is never right to fewer */
#define MOST      3.0   /* a step, in logarithms */
#define ALONE     -12.0 /* below it the intensity is nothing beside a floor */

const char *const lq_exit_names[LQ_EXIT_KINDS] = {"none", "ipo", "acquisition", "failure"};

/* One cause of one company on its way to its probability. */
typedef struct aim {
    bool wanted;
    double probability; /* Mean over the worlds of the pilot. */
    size_t month;       /* T_c */
    double log_factor;
    double incidence; /* By that month, in the last pilot. */
    double floor;     /* Of it what the floor takes, whatever the intensity. */
} aim;

/* What all pilots share. */
typedef struct pilots {
    const lq_scenario *scenario; /* real measure, no offers */
    const lq_calibrate_options *options;
    lq_team *team;
    lq_calibration *factors;
    aim (*aims)[LQ_EXIT_KINDS]; /* [n_companies] */
    size_t n_plans, n_paths;
    lq_plan **plans;
    lq_arena *arena;
    const lq_sobol_plan **points; /* [n_companies] NULL until its first pilot */
} pilots;

const lq_hazard *lq_exit_hazard(const lq_company *company, lq_exit_kind kind)
{
    switch (kind) {
    case LQ_EXIT_IPO:
        return &company->ipo.hazard;
    case LQ_EXIT_ACQUISITION:
        return &company->acquisition.hazard;
    case LQ_EXIT_FAILURE:
        return &company->failure.hazard;
    default:
        return NULL;
    }
}

static const lq_company *company_at(const lq_scenario *scenario, size_t i)
{
    return (const lq_company *)scenario->companies.items + i;
}

static long world_of_plan(const pilots *p, size_t i)
{
    const long n = p->scenario->has_uncertain ? (long)p->scenario->simulation.worlds.p[0] : 1;
    return (long)i * n / (long)p->n_plans;
}

static void address_of(const lq_company *company, int cause, char out[160])
{
    snprintf(out, 160, "companies.%s.exits.%s.probability", company->id, lq_exit_names[cause]);
}

/* Where the user wrote something that bears on it: the odds, else the floor, else the company.
 */
static lq_mark place_of(const lq_company *company, int cause)
{
    const lq_mark odds = lq_exit_hazard(company, (lq_exit_kind)cause)->mark;
    if (odds.file) return odds;
    return company->floor.given ? company->floor.mark : company->mark;
}

static lq_status refuse(const lq_company *company, int cause, const char *expected,
                        const char *got, lq_error *err)
{
    char key[160];
    const lq_mark mark = place_of(company, cause);
    address_of(company, cause, key);
    return LQ_FAIL(err, LQ_ECONFIG, .file = mark.file, .line = mark.line, .column = mark.column,
                   .key = key, .expected = expected, .got = got);
}

/* ---- what is aimed at ---- */

static lq_status set_aim(const pilots *p, const lq_company *company, int cause, aim *a,
                         lq_error *err)
{
    const lq_hazard *h = lq_exit_hazard(company, (lq_exit_kind)cause);
    if (h->kind != LQ_HAZARD_PROBABILITY) return LQ_OK;
    char address[160];
    address_of(company, cause, address);
    for (size_t i = 0; i < p->n_plans; i++)
        a->probability +=
            lq_plan_number(p->scenario, &h->probability, address, world_of_plan(p, i)) /
            (double)p->n_plans;
    a->wanted = a->probability > 0.0;
    a->month = (size_t)rint(h->by_years * 12.0);
    const int last = lq_value_months(&p->scenario->simulation.liquidity_horizon);
    if (a->month >= 1 && a->month <= (size_t)last) return LQ_OK;
    char got[64];
    snprintf(got, sizeof got, "a probability by %.4g years", h->by_years);
    return refuse(company, cause, "a date within the liquidity horizon", got, err);
}

static lq_status set_aims(const pilots *p, lq_error *err)
{
    const lq_calibration *guess = p->options->guess;
    for (size_t i = 0; i < p->factors->n_companies; i++) {
        if (!p->factors->needed[i]) continue;
        for (int c = 1; c < LQ_EXIT_KINDS; c++) {
            LQ_TRY(set_aim(p, company_at(p->scenario, i), c, &p->aims[i][c], err));
            if (!p->aims[i][c].wanted || !guess) continue;
            p->factors->factor[i][c] = guess->factor[i][c];
            p->aims[i][c].log_factor = lq_log(guess->factor[i][c]);
        }
    }
    return LQ_OK;
}

/* ---- one pilot ---- */

static lq_status build_plan(pilots *p, size_t i, lq_error *err)
{
    const lq_plan_options options = {
        .calibration = p->factors, .world = world_of_plan(p, i), .unstressed = true};
    lq_plan_destroy(p->plans[i]);
    p->plans[i] = NULL;
    return lq_plan_build(p->scenario, &options, &p->plans[i], err);
}

static lq_status visit_plan(void *context, size_t i, lq_team *member)
{
    (void)member;
    return build_plan(context, i, NULL);
}

/* The first that cannot be built is built once more, to say why. */
static lq_status build_plans(pilots *p, lq_error *err)
{
    if (lq_team_each(p->team, p->n_plans, visit_plan, p) == LQ_OK) return LQ_OK;
    for (size_t i = 0; i < p->n_plans; i++)
        if (!p->plans[i]) LQ_TRY(build_plan(p, i, err));
    return LQ_OK;
}

/* Whether the last pilot of a company had the odds of a cause. */
static bool is_met(const pilots *p, size_t company, int cause)
{
    const aim *a = &p->aims[company][cause];
    const double deaths = p->aims[company][LQ_EXIT_FAILURE].floor > 0.0 ? DEATHS : 0.0;
    return fabs(a->incidence - a->probability) < fmax(TOLERANCE, deaths / (double)p->n_paths);
}

static bool reached(const pilots *p, size_t company)
{
    const aim *aims = p->aims[company];
    for (int c = 1; c < LQ_EXIT_KINDS; c++)
        if (aims[c].wanted && !is_met(p, company, c)) return false;
    return true;
}

static lq_status check_reachable(const lq_company *company, int cause, const aim *a,
                                 lq_error *err)
{
    char got[160];
    if (cause == LQ_EXIT_FAILURE && company->floor.given && a->log_factor < ALONE &&
        a->incidence > a->probability) {
        snprintf(got, sizeof got, "%.3g %%, where the floor alone gives %.3g %% by then",
                 100.0 * a->probability, 100.0 * a->incidence);
        return refuse(company, cause, "a probability above what the floor alone gives", got,
                      err);
    }
    if (a->incidence > 0.0 && fabs(a->log_factor) < 25.0) return LQ_OK;
    snprintf(got, sizeof got, "%.3g %%, where %.3g %% is as near as one comes",
             100.0 * a->probability, 100.0 * a->incidence);
    return refuse(company, cause, "a probability that some intensity gives", got, err);
}

/* How far an intensity is from its aim, in logarithms, in what it has a say in. */
static double gap(const aim *a)
{
    const double wanted = a->probability - a->floor, own = a->incidence - a->floor;
    return wanted > 0.0 && own > 0.0 ? lq_log(wanted / own) : -MOST;
}

/* A Newton step in logarithms, with the derivatives of constant competing hazards:
 * d ln CIF_c / d ln h_d = [c = d] + k h_d / h, k = hT / (e^hT - 1) - 1, whose inverse is
 * closed. */
static void step(aim aims[LQ_EXIT_KINDS])
{
    double all = 0.0, pull = 0.0;
    for (int c = 1; c < LQ_EXIT_KINDS; c++)
        all += aims[c].incidence;
    for (int c = 1; c < LQ_EXIT_KINDS; c++)
        if (aims[c].wanted) pull += (aims[c].incidence - aims[c].floor) / all * gap(&aims[c]);
    const double total = -lq_log(1.0 - fmin(all, 0.999));
    const double k = total > 1e-6 ? total / (lq_exp(total) - 1.0) - 1.0 : -0.5 * total;
    for (int c = 1; c < LQ_EXIT_KINDS; c++) {
        if (!aims[c].wanted) continue;
        const double move = gap(&aims[c]) - k * pull / (1.0 + k);
        aims[c].log_factor += fmin(fmax(move, -MOST), MOST);
    }
}

static lq_status advance(pilots *p, size_t company, const double *incidence, size_t row_len,
                         lq_error *err)
{
    aim *aims = p->aims[company];
    for (int c = 1; c < LQ_EXIT_KINDS; c++)
        if (aims[c].wanted) aims[c].incidence = incidence[(size_t)c * row_len + aims[c].month];
    aims[LQ_EXIT_FAILURE].floor = incidence[aims[LQ_EXIT_FAILURE].month];
    if (reached(p, company)) return LQ_OK;
    for (int c = 1; c < LQ_EXIT_KINDS; c++) {
        if (!aims[c].wanted) continue;
        LQ_TRY(check_reachable(company_at(p->scenario, company), c, &aims[c], err));
    }
    step(aims);
    for (int c = 1; c < LQ_EXIT_KINDS; c++)
        if (aims[c].wanted) p->factors->factor[company][c] = lq_exp(aims[c].log_factor);
    return LQ_OK;
}

/* A company whose odds are met needs no more pilots; another one is taken to need the usual
 * number of them, and then one more. */
static void tell_progress(const pilots *p, int round, uint64_t ran)
{
    const int each = round < USUAL_PILOTS ? USUAL_PILOTS - round : 1;
    uint64_t left = 0;
    if (!p->options->progress) return;
    for (size_t i = 0; i < p->factors->n_companies; i++)
        if (p->factors->needed[i] && !reached(p, i)) left += (uint64_t)each;
    p->options->progress(p->options->progress_context, ran, left * p->n_paths);
}

static lq_status run_pilot(pilots *p, size_t company, double *incidence, lq_error *err)
{
    if (!p->points[company])
        p->points[company] = lq_plan_pilot_points(p->plans[0], company, p->n_plans, p->arena);
    if (!p->points[company]) return LQ_FAIL(err, LQ_ENOMEM, .key = "calibration");
    const lq_pilot_job job = {.plans = (const lq_plan *const *)p->plans,
                              .n_plans = p->n_plans,
                              .company = company,
                              .points = p->points[company],
                              .n_paths = p->n_paths,
                              .team = p->team};
    return lq_engine_pilot(&job, incidence, err);
}

static lq_status run_pilots(pilots *p, int round, double *incidence, bool *done, lq_error *err)
{
    const size_t months = p->plans[0]->grid.n_months;
    *done = true;
    for (size_t i = 0; i < p->factors->n_companies; i++) {
        if (!p->factors->needed[i] || reached(p, i)) continue;
        LQ_TRY(run_pilot(p, i, incidence, err));
        LQ_TRY(advance(p, i, incidence, months + 1, err));
        tell_progress(p, round + 1, p->n_paths);
        *done = *done && reached(p, i);
    }
    return LQ_OK;
}

static lq_status give_up(const pilots *p, lq_error *err)
{
    for (size_t i = 0; i < p->factors->n_companies; i++)
        for (int c = 1; c < LQ_EXIT_KINDS; c++) {
            const aim *a = &p->aims[i][c];
            if (!a->wanted || is_met(p, i, c)) continue;
            char got[160];
            snprintf(got, sizeof got, "%.4g %% aimed at, %.4g %% after %d pilots",
                     100.0 * a->probability, 100.0 * a->incidence, (int)MAX_PILOTS);
            return refuse(company_at(p->scenario, i), c,
                          "probabilities that intensities can meet together", got, err);
        }
    return LQ_OK;
}

/* As many as asked for, rounded up to whole blocks of every world. */
static size_t whole_paths(size_t wanted, size_t n_plans)
{
    const size_t unit = LQ_LANES * n_plans;
    return (wanted + unit - 1) / unit * unit;
}

static lq_status iterate(pilots *p, double *incidence, lq_error *err)
{
    for (int round = 0; round < MAX_PILOTS; round++) {
        if (p->options->stop && *p->options->stop)
            return LQ_FAIL(err, LQ_EINTERRUPTED, .key = "calibration");
        bool done;
        LQ_TRY(build_plans(p, err));
        LQ_TRY(run_pilots(p, round, incidence, &done, err));
        if (done) return LQ_OK;
    }
    return give_up(p, err);
}

/* What a small pilot found is only where the large one begins. */
static void ask_again(pilots *p)
{
    for (size_t i = 0; i < p->factors->n_companies; i++)
        for (int c = 1; c < LQ_EXIT_KINDS; c++)
            if (p->aims[i][c].wanted) p->aims[i][c].incidence = (double)NAN;
}

/* Points are consecutive, so that the small pilot is the beginning of the large one. */
static lq_status solve(pilots *p, double *incidence, lq_error *err)
{
    const size_t all = p->n_paths, few = all / FIRST_SHARE;
    LQ_TRY(set_aims(p, err));
    tell_progress(p, 0, 0);
    if (!p->options->guess && few >= LEAST_PATHS) {
        p->n_paths = whole_paths(few, p->n_plans);
        LQ_TRY(iterate(p, incidence, err));
        ask_again(p);
    }
    p->n_paths = all;
    return iterate(p, incidence, err);
}

static bool any_needed(const lq_calibration *factors)
{
    for (size_t i = 0; i < factors->n_companies; i++)
        if (factors->needed[i]) return true;
    return false;
}

/* Marginal laws do not depend on offers, nor on how companies move together. */
static lq_scenario bare_copy(const lq_scenario *scenario)
{
    lq_scenario bare = *scenario;
    bare.simulation.measure = LQ_MEASURE_REAL;
    bare.offers.len = 0;
    bare.market.correlations.len = 0;
    bare.market.sectors.len = 0;
    return bare;
}

static lq_status calibrate(pilots *p, lq_error *err)
{
    const size_t n_companies = p->factors->n_companies;
    const size_t months = (size_t)lq_value_months(&p->scenario->simulation.liquidity_horizon);
    double *incidence =
        lq_arena_calloc(p->arena, LQ_EXIT_KINDS * (months + 1), sizeof *incidence);
    p->plans = lq_arena_calloc(p->arena, p->n_plans, sizeof *p->plans);
    p->aims = lq_arena_calloc(p->arena, n_companies, sizeof *p->aims);
    p->points = lq_arena_calloc(p->arena, n_companies, sizeof *p->points);
    if (!p->team || lq_arena_failed(p->arena))
        return LQ_FAIL(err, LQ_ENOMEM, .key = "calibration");
    const lq_status st = solve(p, incidence, err);
    for (size_t i = 0; i < p->n_plans; i++)
        lq_plan_destroy(p->plans[i]);
    return st;
}

lq_status lq_calibrate(const lq_scenario *scenario, const lq_calibrate_options *options,
                       lq_arena *arena, lq_calibration *out, lq_error *err)
{
    lq_calibration factors;
    LQ_TRY(lq_calibration_start(scenario, arena, &factors, err));
    if (!any_needed(&factors)) {
        *out = factors;
        return LQ_OK;
    }
    const lq_scenario bare = bare_copy(scenario);
    const long worlds = bare.has_uncertain ? (long)bare.simulation.worlds.p[0] : 1;
    pilots p = {.scenario = &bare, .options = options, .factors = &factors};
    p.n_plans = worlds < LQ_PILOT_WORLDS ? (size_t)worlds : (size_t)LQ_PILOT_WORLDS;
    p.n_paths = whole_paths(options->n_paths ? options->n_paths : LQ_PILOT_PATHS, p.n_plans);
    p.team = options->team ? options->team : lq_team_create(0);
    p.arena = lq_arena_create();
    const lq_status st =
        p.arena ? calibrate(&p, err) : LQ_FAIL(err, LQ_ENOMEM, .key = "calibration");
    lq_arena_destroy(p.arena);
    if (!options->team) lq_team_destroy(p.team);
    if (st == LQ_OK) *out = factors;
    return st;
}
