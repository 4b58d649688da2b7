#include "decide/measure.h"

#include "stats/counts.h"

#include <math.h>

/* ---- laws of the parts ---- */

static void measure_part(const lq_sample *sample, lq_part_figures *out)
{
    out->mean = lq_sample_estimate(sample, &lq_gauge_mean, 0.0);
    out->sd = lq_sample_estimate(sample, &lq_gauge_sd, 0.0);
    out->skewness = lq_sample_estimate(sample, &lq_gauge_skewness, 0.0);
    for (size_t q = 0; q < LQ_LEVELS; q++)
        out->quantile[q] = lq_sample_estimate(sample, &lq_gauge_quantile, lq_levels[q]);
}

static void measure_tail(const lq_sample *total, lq_offer_figures *out)
{
    out->cvar_05 = lq_sample_estimate(total, &lq_gauge_cvar, 0.05);
    out->semideviation = lq_sample_estimate(total, &lq_gauge_semideviation, 0.0);
    out->var_05 = lq_sample_estimate(total, &lq_gauge_quantile, 0.05);
}

/* An offer without paper has no law of it: not defined, rather than surely worthless. */
static void measure_paper(const lq_sample *gross, lq_offer_figures *out)
{
    const lq_estimate none = {.value = (double)NAN, .se = (double)NAN};
    const bool has_paper = out->headline_equity > 0.0;
    out->p_equity_zero = has_paper ? lq_sample_estimate(gross, &lq_gauge_p_zero, 0.0) : none;
    out->p_equity_below =
        has_paper ? lq_sample_estimate(gross, &lq_gauge_p_below, 0.25 * out->headline_equity)
                  : none;
}

static lq_status measure_parts(const lq_study *s, size_t offer, lq_error *err)
{
    lq_offer_figures *out = &s->found.offers[offer];
    for (int part = 0; part < LQ_PARTS; part++) {
        lq_sample sample;
        const lq_tally *tally = lq_drawn_tally(s->result, offer, (lq_part)part);
        LQ_TRY(lq_sample_read(tally, s->by_replicates, &sample, err));
        const lq_estimate of_paths = lq_sample_estimate(&sample, &lq_gauge_mean, 0.0);
        if (part == LQ_TOTAL) /* a result keeps the other parts from world to world */
            lq_drawn_attach(&s->drawn, lq_drawn_part(&s->drawn, offer, (lq_part)part), &sample);
        measure_part(&sample, &out->part[part]);
        if (part == LQ_TOTAL) out->mean_excess = lq_excess(&out->part[part].mean, &of_paths);
        if (part == LQ_TOTAL) measure_tail(&sample, out);
        if (part == LQ_GROSS_EQUITY) measure_paper(&sample, out);
        lq_sample_clear(&sample);
    }
    return LQ_OK;
}

/* ---- by year ---- */

static lq_status measure_years(const lq_study *s, size_t offer, lq_error *err)
{
    lq_offer_figures *out = &s->found.offers[offer];
    for (size_t y = 0; y < s->found.n_years; y++) {
        lq_law *law = lq_law_create(s->result->offers[offer].by_year[y], LQ_POOLED);
        if (!law) return LQ_FAIL(err, LQ_ENOMEM, .key = "results");
        /* Variance within the worlds only: what differs between them is no chance. */
        const double noise = s->sums.letters[offer].year_noise[y];
        out->by_year_mean[y] =
            s->plan->by_replicates
                ? lq_measure_mean(s->result->offers[offer].by_year[y])
                : (lq_estimate){.value = lq_law_mean(law), .se = sqrt(noise) / law->n_paths};
        for (size_t q = 0; q < LQ_LEVELS; q++)
            out->by_year_quantile[y * LQ_LEVELS + q] = lq_estimate_quantile(law, lq_levels[q]);
        lq_law_destroy(law);
    }
    return LQ_OK;
}

/* ---- certainty equivalents ---- */

/* One certainty equivalent of an offer, with its replicates and worlds. */
typedef struct worth {
    const lq_study *study;
    size_t offer, gamma; /* LQ_N_GAMMAS: the person's own */
    lq_stake *stake;
    lq_utility utility;
    double *replicate; /* [LQ_MAX_REPLICATES] */
    double *world;     /* [n_worlds] */
} worth;

static void read_worlds(const worth *w, double ce)
{
    const lq_study *s = w->study;
    for (size_t i = 0; s->drawn.fit && i < lq_world_fit_worlds(s->drawn.fit); i++)
        w->world[i] = lq_ce_of_part(w->stake, &s->plan->background, &w->utility, ce,
                                    *lq_drawn_ce(&s->drawn, i, w->offer, w->gamma));
}

static lq_estimate measure_worth(const worth *w, lq_ce *ce)
{
    const lq_study *s = w->study;
    double figures[LQ_MAX_WORLDS];
    *ce = lq_certainty_equivalent(w->stake, &s->plan->background, &w->utility, w->replicate);
    read_worlds(w, ce->value);
    for (size_t i = 0; s->drawn.fit && i < lq_world_fit_worlds(s->drawn.fit); i++)
        figures[i] = w->world[i];
    lq_estimate e = lq_estimate_ce(ce);
    if (s->by_replicates)
        e = lq_estimate_of_replicates(ce->value, w->replicate, lq_stake_n_replicates(w->stake));
    else if (s->result->n_paths < 2)
        e.se = (double)NAN; /* one path has no spread */
    return lq_world_fit_widen(s->drawn.fit, e, figures);
}

static lq_status measure_utility(const lq_study *s, size_t offer, lq_error *err)
{
    lq_offer_figures *out = &s->found.offers[offer];
    lq_stake *stake = lq_study_stake(s->plan, s->result, offer);
    if (!stake) return LQ_FAIL(err, LQ_ENOMEM, .key = "results");
    double replicate[LQ_MAX_REPLICATES];
    lq_ce ce;
    worth w = {s, offer, 0, stake, {0}, replicate, out->ce_world};
    for (; w.gamma < LQ_N_GAMMAS; w.gamma++) {
        w.utility = (lq_utility){.kind = LQ_UTILITY_CRRA, .aversion = lq_gammas[w.gamma]};
        out->ce[w.gamma] = measure_worth(&w, &ce);
    }
    w.utility = s->utility;
    w.replicate = out->ce_replicate;
    out->ce_chosen = measure_worth(&w, &ce); /* the last one: its worlds stay */
    out->ce_floored_share =
        lq_estimate_probability(ce.floored_frac, (double)s->result->n_paths);
    lq_stake_destroy(stake);
    return LQ_OK;
}

/*
 * Against the baseline's worth: what one could have instead for sure. That worth is an estimate
 * too, on the same paths, so the error is that of paired replicates.
 */
static lq_status measure_sortino(const lq_study *s, size_t offer, lq_error *err)
{
    if (s->baseline == LQ_NO_OFFER) return LQ_OK;
    const lq_offer_figures *sure = &s->found.offers[s->baseline];
    lq_sample total;
    LQ_TRY(lq_sample_read(s->result->offers[offer].total, true, &total, err));
    double replicate[LQ_MAX_REPLICATES];
    for (size_t r = 0; r < s->plan->n_replicates; r++)
        replicate[r] = lq_law_sortino(total.replicate[r], sure->ce_replicate[r]);
    const double ratio = lq_law_sortino(total.pooled, sure->ce_chosen.value);
    if (isfinite(ratio))
        s->found.offers[offer].sortino =
            lq_estimate_of_replicates(ratio, replicate, s->plan->n_replicates);
    lq_sample_clear(&total);
    return LQ_OK;
}

/* ---- events ---- */

lq_estimate lq_measure_share(const lq_study *s, const lq_counts *counts, int32_t value)
{
    const lq_estimate share = lq_counts_share(counts, value, s->result->path_weight);
    if (!s->by_replicates) return share;
    double replicate[LQ_MAX_REPLICATES];
    lq_counts_replicate_shares(counts, value, replicate);
    return lq_estimate_of_replicates(share.value, replicate, s->plan->n_replicates);
}

static void measure_exits(const lq_study *s, size_t offer)
{
    lq_offer_figures *out = &s->found.offers[offer];
    const size_t company = lq_study_offer(s, offer)->company;
    if (lq_study_company(s, company)->listing == 0) return;
    const lq_company_result *r = &s->result->companies[company];
    out->exit_share[LQ_EXIT_NONE] = lq_measure_share(s, r->exit_month[LQ_EXIT_NONE], 0);
    for (int kind = 1; kind < LQ_EXIT_KINDS; kind++) {
        out->exit_share[kind] = lq_measure_share(s, r->exit_month[kind], LQ_NEVER);
        out->exit_share[kind].value = 1.0 - out->exit_share[kind].value;
    }
}

/* Standard error of the share of paths that have seen cash by the p-quantile. */
static double share_noise(const lq_study *s, const lq_counts *counts, double p)
{
    if (!s->by_replicates) return sqrt(p * (1.0 - p) / (double)s->result->n_paths);
    const int32_t at = lq_counts_quantile(counts, LQ_POOLED, p);
    double share[LQ_MAX_REPLICATES];
    for (uint32_t r = 0; r < s->plan->n_replicates; r++)
        share[r] = lq_counts_cdf(counts, (int32_t)r, at);
    return lq_estimate_of_replicates(p, share, s->plan->n_replicates).se;
}

/* In months. */
static lq_estimate month_of_cash(const lq_study *s, const lq_counts *counts, double p)
{
    lq_estimate month = lq_counts_estimate_quantile(counts, p, share_noise(s, counts, p));
    if (!isfinite(month.value)) month.value = (double)NAN;
    return month;
}

static void measure_time_to_cash(const lq_study *s, size_t offer)
{
    lq_offer_figures *out = &s->found.offers[offer];
    const lq_counts *counts = s->result->offers[offer].cash_month;
    if (!(out->headline_equity > 0.0)) return;
    for (size_t q = 0; q < LQ_LEVELS; q++) {
        lq_estimate *time = &out->time_to_cash[q];
        *time = month_of_cash(s, counts, lq_levels[q]);
        time->value /= 12.0;
        time->se /= 12.0;
    }
    out->time_to_cash_never = lq_measure_share(s, counts, LQ_NEVER);
}

lq_estimate lq_measure_mean(const lq_tally *tally)
{
    const uint32_t n = lq_tally_shape_of(tally)->n_replicates;
    double values[LQ_MAX_REPLICATES];
    double value = (double)NAN;
    lq_law_source *source = lq_law_source_create(tally);
    for (int32_t r = LQ_POOLED; r < (int32_t)n; r++) {
        lq_law *law = source ? lq_law_of(source, r) : NULL;
        const double mean = law ? lq_law_mean(law) : (double)NAN;
        if (r == LQ_POOLED)
            value = mean;
        else
            values[r] = mean;
        lq_law_destroy(law);
    }
    lq_law_source_destroy(source);
    return lq_estimate_of_replicates(value, values, n);
}

lq_estimate lq_measure_sum(const lq_result *result, const lq_cents *sums)
{
    double values[LQ_MAX_REPLICATES];
    lq_cents sum = 0;
    uint64_t paths = 0;
    for (size_t r = 0; r < result->n_replicates; r++) {
        sum += sums[r];
        paths += result->replicate_paths[r];
        values[r] = lq_result_per_path(result, sums[r], result->replicate_paths[r]);
    }
    return lq_estimate_of_replicates(lq_result_per_path(result, sum, paths), values,
                                     result->n_replicates);
}

lq_estimate lq_measure_ratio(const lq_result *result, const lq_cents *part,
                             const lq_cents *whole)
{
    double values[LQ_MAX_REPLICATES];
    lq_cents parts = 0, wholes = 0;
    for (size_t r = 0; r < result->n_replicates; r++) {
        parts += part[r];
        wholes += whole[r];
        values[r] = whole[r] ? (double)part[r] / (double)whole[r] : (double)NAN;
    }
    const double ratio = wholes ? (double)parts / (double)wholes : (double)NAN;
    return lq_estimate_of_replicates(ratio, values, result->n_replicates);
}

/* A share of paths that is kept as a sum. */
static lq_estimate share_of_paths(const lq_study *s, const lq_cents *sums)
{
    const lq_estimate share = lq_measure_sum(s->result, sums);
    return s->by_replicates ? share
                            : lq_estimate_probability(share.value, (double)s->result->n_paths);
}

/* R15; an offer without paper has nothing that could be stuck. */
static void measure_stuck(const lq_study *s, size_t offer)
{
    lq_offer_figures *out = &s->found.offers[offer];
    const lq_offer_result *r = &s->result->offers[offer];
    lq_cents gross[LQ_MAX_REPLICATES];
    for (size_t k = 0; k < s->plan->n_replicates; k++)
        gross[k] = r->sums[LQ_SUM_GROSS_CASH][k] + r->sums[LQ_SUM_GROSS_EQUITY][k];
    out->stuck_share = lq_measure_ratio(s->result, r->sums[LQ_SUM_STUCK], gross);
    if (!(out->headline_equity > 0.0)) return;
    out->p_stuck = share_of_paths(s, r->sums[LQ_SUM_STUCK_PATHS]);
    out->stuck_share_of_equity =
        lq_measure_ratio(s->result, r->sums[LQ_SUM_STUCK], r->sums[LQ_SUM_GROSS_EQUITY]);
}

static void measure_sums(const lq_study *s, size_t offer)
{
    lq_offer_figures *out = &s->found.offers[offer];
    const lq_offer_result *r = &s->result->offers[offer];
    if (s->found.n_offers > 1) out->p_best = share_of_paths(s, r->sums[LQ_SUM_BEST]);
    out->unvested_at_horizon = lq_measure_sum(s->result, r->sums[LQ_SUM_UNVESTED]);
    measure_stuck(s, offer);
}

/* ---- all offers, each by one thread ---- */

static lq_status measure_offer(void *context, size_t offer, lq_team *member)
{
    (void)member;
    lq_study *s = context;
    lq_offer_figures *out = &s->found.offers[offer];
    const double paths = (double)s->result->n_paths;
    out->headline_total = s->sums.letters[offer].headline_total / paths;
    out->headline_equity = s->sums.letters[offer].headline_equity / paths;
    LQ_TRY(measure_parts(s, offer, NULL));
    LQ_TRY(measure_years(s, offer, NULL));
    LQ_TRY(measure_utility(s, offer, NULL));
    measure_exits(s, offer);
    measure_time_to_cash(s, offer);
    measure_sums(s, offer);
    lq_measure_bridge(s, offer);
    return lq_measure_fan(s->result->offers[offer].fan, s->found.n_months, out->fan, NULL);
}

static lq_status measure_sortino_of(void *context, size_t offer, lq_team *member)
{
    (void)member;
    return measure_sortino(context, offer, NULL);
}

lq_status lq_measure_offers(lq_study *s, lq_error *err)
{
    lq_status st = lq_team_each(s->team, s->found.n_offers, measure_offer, s);
    if (st == LQ_OK) st = lq_team_each(s->team, s->found.n_offers, measure_sortino_of, s);
    return st == LQ_OK ? LQ_OK : LQ_FAIL(err, st, .key = "results");
}
