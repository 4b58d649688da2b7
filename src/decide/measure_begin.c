#include "decide/measure.h"

#include <math.h>
#include <string.h>

const double lq_levels[LQ_LEVELS] = {0.01, 0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99};

static const char *const role_names[] = {"letter", "ask", "band-low", "band-mid", "band-high"};

/* An array of NaN: not defined until something is found. */
static double *undefined(lq_arena *arena, size_t n)
{
    double *x = lq_arena_calloc(arena, n + 1, sizeof *x);
    for (size_t i = 0; x && i < n; i++)
        x[i] = (double)NAN;
    return x;
}

static void undefine(lq_estimate *estimates, size_t n)
{
    for (size_t i = 0; i < n; i++)
        estimates[i] = (lq_estimate){.value = (double)NAN, .se = (double)NAN};
}

static lq_estimate *unknown(lq_arena *arena, size_t n)
{
    lq_estimate *x = lq_arena_calloc(arena, n + 1, sizeof *x);
    if (x) undefine(x, n);
    return x;
}

static void begin_offer(const lq_study *s, size_t i, lq_offer_figures *f)
{
    const lq_offer *o = lq_study_offer(s, i);
    const size_t years = s->found.n_years;
    f->id = o->id;
    f->name = o->name ? o->name : o->id;
    f->letter_id = o->letter_id ? o->letter_id : o->id;
    f->role = role_names[o->role];
    f->company = lq_study_company(s, o->company)->id;
    f->currency = o->currency[0] ? o->currency : s->scenario->currency;
    f->by_year_mean = lq_arena_calloc(s->arena, years + 1, sizeof *f->by_year_mean);
    f->by_year_quantile = unknown(s->arena, years * LQ_LEVELS);
    f->fan = unknown(s->arena, (s->found.n_months + 1) * LQ_LEVELS);
    f->histogram.count =
        lq_arena_calloc(s->arena, LQ_HISTOGRAM_BINS, sizeof *f->histogram.count);
    f->ce_world = undefined(s->arena, s->found.n_worlds);
    undefine(f->exit_share, LQ_EXIT_KINDS);
    undefine(f->time_to_cash, LQ_LEVELS);
    lq_estimate *const single[] = {&f->sortino,      &f->time_to_cash_never,
                                   &f->p_best,       &f->p_stuck,
                                   &f->stuck_share,  &f->stuck_share_of_equity,
                                   &f->worlds_low,   &f->worlds_high,
                                   &f->ignorance_sd, &f->chance_sd};
    for (size_t k = 0; k < sizeof single / sizeof *single; k++)
        undefine(single[k], 1);
}

static void begin_pair(const lq_study *s, size_t i, lq_pair_figures *f)
{
    f->a = lq_study_offer(s, s->pairs[i][0])->id;
    f->b = lq_study_offer(s, s->pairs[i][1])->id;
    f->label = lq_arena_printf(s->arena, "%s vs %s", f->a, f->b);
    f->histogram.count =
        lq_arena_calloc(s->arena, LQ_HISTOGRAM_BINS, sizeof *f->histogram.count);
    undefine(&f->gamma_crossover, 1);
    undefine(&f->worlds_low, 1);
    undefine(&f->worlds_high, 1);
    f->dominance = f->dominance_winner = "";
}

static void begin_company(const lq_study *s, size_t i, lq_company_figures *f)
{
    const lq_company *c = lq_study_company(s, i);
    const size_t row = s->found.n_months + 1;
    f->id = c->id;
    f->name = c->name ? c->name : c->id;
    f->listing = c->listing == 1 ? "private" : "public";
    f->exit_by_month = unknown(s->arena, LQ_EXIT_KINDS * row);
    f->fan = unknown(s->arena, row * LQ_LEVELS);
    f->tender_by_month = unknown(s->arena, row);
    undefine(&f->rounds_mean, 1);
    undefine(&f->down_round_share, 1);
    undefine(&f->flat_round_share, 1);
    undefine(&f->unpriced_rounds_mean, 1);
    undefine(&f->tenders_mean, 1);
    undefine(&f->cut_share, 1);
    f->survival_growth = f->all_in_growth = (double)NAN;
    for (int kind = 0; kind < LQ_EXIT_KINDS; kind++)
        f->probability_factor[kind] = (double)NAN;
    if (c->listing == 1 && f->exit_by_month)
        memset(f->exit_by_month, 0, row * sizeof *f->exit_by_month); /* none, by month */
}

static void begin_world(const lq_study *s, lq_world_figures *f)
{
    f->mean = unknown(s->arena, s->found.n_offers);
    f->ce = unknown(s->arena, s->found.n_offers);
    f->median = unknown(s->arena, s->found.n_offers);
    f->variance = undefined(s->arena, s->found.n_offers);
    f->p_beats = unknown(s->arena, s->found.n_pairs);
    f->ce_difference = unknown(s->arena, s->found.n_pairs);
}

static void begin_sums(const lq_study *s, lq_world_sums *sums)
{
    const size_t n_offers = s->found.n_offers, n_companies = s->found.n_companies;
    sums->letters = lq_arena_calloc(s->arena, n_offers + 1, sizeof *sums->letters);
    for (size_t i = 0; sums->letters && i < n_offers; i++)
        sums->letters[i].year_noise =
            lq_arena_calloc(s->arena, s->found.n_years + 1, sizeof(double));
    sums->survival_growth =
        lq_arena_calloc(s->arena, n_companies + 1, sizeof *sums->survival_growth);
    sums->all_in_growth =
        lq_arena_calloc(s->arena, n_companies + 1, sizeof *sums->all_in_growth);
}

lq_status lq_measure_begin(lq_study *s, lq_error *err)
{
    lq_findings *f = &s->found;
    f->n_offers = s->plan->n_offers;
    f->n_pairs = s->n_pairs;
    f->n_companies = s->plan->n_companies;
    f->n_worlds = (size_t)s->plan->n_worlds;
    f->n_years = s->plan->grid.n_years;
    f->n_months = s->plan->grid.n_months;
    f->offers = lq_arena_calloc(s->arena, f->n_offers + 1, sizeof *f->offers);
    f->pairs = lq_arena_calloc(s->arena, f->n_pairs + 1, sizeof *f->pairs);
    f->companies = lq_arena_calloc(s->arena, f->n_companies + 1, sizeof *f->companies);
    f->worlds = lq_arena_calloc(s->arena, f->n_worlds + 1, sizeof *f->worlds);
    f->bin_low = undefined(s->arena, LQ_HISTOGRAM_BINS);
    f->bin_high = undefined(s->arena, LQ_HISTOGRAM_BINS);
    f->bin_difference_low = undefined(s->arena, LQ_HISTOGRAM_BINS);
    f->bin_difference_high = undefined(s->arena, LQ_HISTOGRAM_BINS);
    s->worlds = lq_arena_calloc(s->arena, f->n_worlds + 1, sizeof *s->worlds);
    if (lq_arena_failed(s->arena)) return LQ_FAIL(err, LQ_ENOMEM, .key = "results");
    for (size_t i = 0; i < f->n_offers; i++)
        begin_offer(s, i, &f->offers[i]);
    for (size_t i = 0; i < f->n_pairs; i++)
        begin_pair(s, i, &f->pairs[i]);
    for (size_t i = 0; i < f->n_companies; i++)
        begin_company(s, i, &f->companies[i]);
    begin_sums(s, &s->sums);
    for (size_t i = 0; i < f->n_worlds; i++) {
        begin_world(s, &f->worlds[i]);
        begin_sums(s, &s->worlds[i]);
    }
    return lq_arena_failed(s->arena) ? LQ_FAIL(err, LQ_ENOMEM, .key = "results") : LQ_OK;
}
