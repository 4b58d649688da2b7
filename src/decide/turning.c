#include "decide/turning.h"

#include "decide/calibrate.h"
#include "decide/sample.h"
#include "decide/solve.h"
#include "decide/trial.h"
#include "decide/verdict.h"
#include "decide/words.h"

#include "num/scalar.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The odds, whose every value needs the hazards solved again, are scanned more coarsely. */
enum { N_SCAN = 8, N_SCAN_ODDS = 4, N_HALVINGS = 4, MAX_POINTS = 4 };

/* The search for all points of one pair of offers. */
typedef struct search {
    lq_study *study;
    size_t subject, against;
    lq_estimate gap; /* of the study itself */
    lq_gap as_it_is; /* of the small run, nothing changed */
    lq_trial trial;
    const struct thing *thing;
} search;

/* One thing that may be varied. The number solved for is x; `shown` is what people read. */
typedef struct thing {
    const char *key, *unit;
    bool (*applies)(const search *s);
    double (*assumed)(const search *s); /* as shown */
    void (*range)(const search *s, double range[2]);
    lq_status (*set)(lq_trial *trial, double x, lq_error *err);
    lq_status (*shown)(search *s, double x, double *out, lq_error *err);
    void (*words)(const search *s, double shown, char *out, size_t cap); /* "39 % a year" */
    size_t n_scan;
    const char *noun;           /* "growth": for what is not there */
    bool names_company;         /* The sentence begins with its name. */
    const char *before, *after; /* what stands around the words */
} thing;

static const lq_company *company(const search *s)
{
    return lq_study_company(s->study, lq_study_offer(s->study, s->subject)->company);
}

static lq_status shown_as_is(search *s, double x, double *out, lq_error *err)
{
    (void)s;
    (void)err;
    *out = x;
    return LQ_OK;
}

static lq_value changed(lq_value value, double x)
{
    const lq_value constant = lq_value_constant(x);
    lq_value out = constant;
    memcpy(out.currency, value.currency, sizeof out.currency);
    return out;
}

/* ---- growth ---- */

static bool growth_applies(const search *s)
{
    return s->study->scenario->simulation.measure == LQ_MEASURE_REAL;
}

static double growth_assumed(const search *s)
{
    const lq_company *c = company(s);
    const lq_market *m = &s->study->scenario->market;
    if (c->growth.given) return lq_value_mean(&c->growth);
    const lq_tenor *rates = m->rates.items;
    const double r = m->rates.len ? lq_log(1.0 + rates[0].rate) : 0.0;
    const double beta = c->correlation.given
                            ? lq_value_mean(&c->correlation) * lq_value_mean(&c->volatility) /
                                  lq_value_mean(&m->volatility)
                            : lq_value_mean(&c->beta);
    return r + beta * lq_value_mean(&m->equity_premium) + lq_value_mean(&c->alpha);
}

static void growth_range(const search *s, double range[2])
{
    (void)s;
    range[0] = -0.20;
    range[1] = 0.60;
}

static lq_status set_growth(lq_trial *t, double x, lq_error *err)
{
    (void)err;
    t->companies[0].growth = lq_value_constant(x);
    return LQ_OK;
}

static void words_yearly(const search *s, double shown, char *out, size_t cap)
{
    char percent[LQ_WORD_CHARS];
    (void)s;
    snprintf(out, cap, "%s a year", lq_words_percent(shown, percent));
}

/* ---- opening value: a multiple of what was assumed, in logarithms ---- */

static bool is_private_paper(const search *s)
{
    return company(s)->listing == 1 && s->study->found.offers[s->subject].headline_equity > 0.0;
}

static double opening_assumed(const search *s)
{
    const lq_letter_sums *letter = &s->study->letters[s->subject];
    return letter->paper_fair / letter->headline_equity;
}

static double mean_opening(const lq_company *c)
{
    const double post = lq_value_mean(&c->last_round.post_money);
    const double roll = lq_value_mean(&c->opening_value.roll);
    if (c->opening_value.method == LQ_OPENING_FAIR_VALUE)
        return lq_value_mean(&c->opening_value.fair_value);
    if (c->opening_value.method == LQ_OPENING_HAIRCUT)
        return post * roll * (1.0 - lq_value_mean(&c->opening_value.haircut));
    return post * roll;
}

/* Not so low that investors would pay over three times what a company is worth: rounds at such
 * prices would themselves make it worth more. */
static void opening_range(const search *s, double range[2])
{
    const lq_company *c = company(s);
    const double post =
        lq_value_mean(&c->last_round.post_money) * lq_value_mean(&c->opening_value.roll);
    const double lowest = c->common_factor.given ? 0.1 : post / 3.0 / mean_opening(c);
    range[0] = lq_log(fmin(fmax(lowest, 0.1), 0.9));
    range[1] = lq_log(6.0);
}

static lq_status set_opening(lq_trial *t, double x, lq_error *err)
{
    lq_company *c = &t->companies[0];
    (void)err;
    if (c->common_factor.given) {
        c->common_factor = lq_value_constant(lq_exp(x) * lq_value_mean(&c->common_factor));
        return LQ_OK;
    }
    c->opening_value.fair_value =
        changed(c->opening_value.fair_value, lq_exp(x) * mean_opening(c));
    c->opening_value.method = LQ_OPENING_FAIR_VALUE;
    return LQ_OK;
}

static lq_status letter_dollar(search *s, double x, double *out, lq_error *err)
{
    lq_trial_reset(s->study, s->subject, s->against, &s->trial);
    LQ_TRY(set_opening(&s->trial, x, err));
    return lq_trial_letter_dollar(&s->trial, out, err);
}

static void words_dollar(const search *s, double shown, char *out, size_t cap)
{
    const bool dollars = strcmp(s->study->scenario->currency, "USD") == 0;
    snprintf(out, cap, "%s%.2f", dollars ? "$" : "", shown);
}

/* ---- base ---- */

static bool base_applies(const search *s)
{
    return lq_value_mean(&lq_study_offer(s->study, s->subject)->base) > 0.0;
}

static double base_assumed(const search *s)
{
    return lq_value_mean(&lq_study_offer(s->study, s->subject)->base);
}

static void base_range(const search *s, double range[2])
{
    range[0] = 0.25 * base_assumed(s);
    range[1] = 4.0 * base_assumed(s);
}

static lq_status set_base(lq_trial *t, double x, lq_error *err)
{
    (void)err;
    t->offers[0].base = changed(t->offers[0].base, x);
    return LQ_OK;
}

static void words_base(const search *s, double shown, char *out, size_t cap)
{
    char money[LQ_WORD_CHARS];
    const lq_offer *o = lq_study_offer(s->study, s->subject);
    const char *currency = o->currency[0] ? o->currency : s->study->scenario->currency;
    snprintf(out, cap, "%s", lq_words_money(shown, currency, money));
}

/* ---- exit odds ---- */

static bool ipo_applies(const search *s)
{
    return is_private_paper(s) && company(s)->ipo.hazard.kind == LQ_HAZARD_PROBABILITY;
}

static double ipo_assumed(const search *s)
{
    return lq_value_mean(&company(s)->ipo.hazard.probability);
}

/* What the other causes leave, by the same date. */
static void ipo_range(const search *s, double range[2])
{
    double others = 0.0;
    for (int kind = LQ_EXIT_ACQUISITION; kind < LQ_EXIT_KINDS; kind++) {
        const lq_hazard *h = lq_exit_hazard(company(s), (lq_exit_kind)kind);
        double low = 0.0, high = 0.0;
        if (h->kind == LQ_HAZARD_PROBABILITY) lq_value_range(&h->probability, &low, &high);
        others += high;
    }
    range[0] = 0.01;
    range[1] = fmax(0.02, 0.95 - others);
}

static lq_status set_ipo(lq_trial *t, double x, lq_error *err)
{
    t->companies[0].ipo.hazard.probability = lq_value_constant(x);
    return lq_trial_calibrate(t, err);
}

static void words_ipo(const search *s, double shown, char *out, size_t cap)
{
    char percent[LQ_WORD_CHARS];
    const int months = (int)rint(company(s)->ipo.hazard.by_years * 12.0);
    const lq_date by = lq_date_of_month(s->study->scenario->simulation.start, months);
    snprintf(out, cap, "%s by %d", lq_words_percent(shown, percent), by.year);
}

/* clang-format off */
static const thing things[MAX_POINTS] = {
    {"opening_value", "1", is_private_paper, opening_assumed, opening_range, set_opening,
     letter_dollar, words_dollar, N_SCAN, "share price today", false,
     "a letter dollar buys ", " of common today"},
    {"growth", "fraction a year", growth_applies, growth_assumed, growth_range, set_growth,
     shown_as_is, words_yearly, N_SCAN, "growth", true, " grows ", " on average"},
    {"base", "money", base_applies, base_assumed, base_range, set_base,
     shown_as_is, words_base, N_SCAN, "base", false, "base ", ""},
    {"ipo", "fraction", ipo_applies, ipo_assumed, ipo_range, set_ipo,
     shown_as_is, words_ipo, N_SCAN_ODDS, "IPO odds", false, "IPO odds of ", ""}};
/* clang-format on */

/* ---- the gap as a function of the thing ---- */

/* The study's gap, moved by what the change does in the small run: its noise is that of the
 * movement. */
static lq_status gap_at(void *context, double x, lq_solve_value *out, lq_error *err)
{
    search *s = context;
    lq_gap gap;
    lq_trial_reset(s->study, s->subject, s->against, &s->trial);
    LQ_TRY(s->thing->set(&s->trial, x, err));
    LQ_TRY(lq_trial_run(&s->trial, &gap, err));
    double move[LQ_REPLICATES];
    for (size_t r = 0; r < LQ_REPLICATES; r++)
        move[r] = gap.replicate[r] - s->as_it_is.replicate[r];
    const double moved = gap.value - s->as_it_is.value;
    lq_estimate e = lq_estimate_of_replicates(s->gap.value + moved, move, LQ_REPLICATES);
    e.se = sqrt(e.se * e.se + s->gap.se * s->gap.se);
    *out = (lq_solve_value){.y = e.value, .half = lq_estimate_half_width(&e)};
    return LQ_OK;
}

/* ---- words ---- */

static const char *unit_of(const search *s)
{
    if (strcmp(s->thing->unit, "money") != 0) return s->thing->unit;
    const char *currency = lq_study_offer(s->study, s->subject)->currency;
    return currency[0] ? currency : s->study->scenario->currency;
}

static const char *reason_of(search *s, const lq_solution *solution, const double range[2],
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

static lq_turning_figures nothing_found(const search *s)
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

static lq_status describe(search *s, const lq_solution *solution, const double range[2],
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
                                s->thing->names_company ? company(s)->name : "",
                                s->thing->before, words, s->thing->after);
    if (solution->status == LQ_SOLVE_SEVERAL) out->reason = "the first of several such values";
    if (solution->status == LQ_SOLVE_JUMP) out->reason = "the gap jumps over zero there";
    return LQ_OK;
}

static lq_status find_point(search *s, lq_turning_figures *out, lq_error *err)
{
    double range[2];
    s->thing->range(s, range);
    const lq_solve_problem problem = {.low = range[0],
                                      .high = range[1],
                                      .n_scan = s->thing->n_scan,
                                      .tolerance = (range[1] - range[0]) /
                                                   (double)(s->thing->n_scan - 1) /
                                                   (1 << N_HALVINGS) * 1.01,
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
    return (uint64_t)LQ_TURNING_PATHS * (1 + MAX_POINTS * (N_SCAN + N_HALVINGS));
}

static lq_status find_all(search *s, lq_turning_figures *points, size_t *n, lq_error *err)
{
    lq_trial_reset(s->study, s->subject, s->against, &s->trial);
    LQ_TRY(lq_trial_run(&s->trial, &s->as_it_is, err));
    for (size_t i = 0; i < MAX_POINTS; i++) {
        s->thing = &things[i];
        if (s->thing->applies(s)) LQ_TRY(find_point(s, &points[(*n)++], err));
    }
    return LQ_OK;
}

lq_status lq_turning_find(lq_study *study, lq_error *err)
{
    search *s = lq_arena_calloc(study->arena, 1, sizeof *s);
    lq_turning_figures *points = lq_arena_calloc(study->arena, MAX_POINTS, sizeof *points);
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
