#include "decide/manifest.h"
#include "decide/measure.h"

#include "base/alloc.h"
#include "num/scalar.h"

#include <math.h>
#include <stdlib.h>

/* ---- one world ---- */

/* One world under measure. */
typedef struct one_world {
    const lq_study *study;
    const lq_plan *plan;
    const lq_result *result;
    lq_world_figures *out;
    lq_world_sums *sums;
    double (*replicate)[LQ_MAX_REPLICATES]; /* [n_offers] worth */
    size_t number;
} one_world;

static void read_letter(const one_world *w, size_t offer)
{
    const lq_offer_plan *o = &w->plan->offers[offer];
    const double paths = (double)w->result->n_paths;
    lq_letter_sums *sum = &w->sums->letters[offer];
    sum->headline_total = paths * o->headline_total;
    sum->headline_equity = paths * o->headline_equity;
    sum->bonus_payout = paths * (o->pay.payout.mean - 1.0) * o->headline_bonus;
    sum->paper_fair = paths * o->headline_paper_fair;
}

static lq_status read_year_noise(const one_world *w, size_t offer)
{
    for (size_t y = 0; y < w->study->found.n_years; y++) {
        lq_law *law = lq_law_create(w->result->offers[offer].by_year[y], LQ_POOLED);
        if (!law) return LQ_ENOMEM;
        const double sd = lq_law_sd(law);
        if (law->n_paths > 0.0) w->sums->letters[offer].year_noise[y] = sd * sd * law->n_paths;
        lq_law_destroy(law);
    }
    return LQ_OK;
}

/* What the exits of month k take from the value on average, in log (R5), at the intensities of
 * the opening value. */
static double taken_by_exits(const lq_company_plan *p, size_t k)
{
    const double total = p->ipo.mass[k] + p->acquisition.mass[k] + p->failure.mass[k];
    if (total <= 0.0) return 0.0;
    const double any = (1.0 - lq_exp(-total)) / total;
    const double loss =
        p->failure.mass[k] * (1.0 - p->recovery) - p->acquisition.mass[k] * p->premium.mean;
    return -lq_log(1.0 - any * loss);
}

/* Arithmetic growth a year of a private company's value: while nothing happens to it, and all
 * in, failures and premiums counted (R5). */
static void growths(const lq_company_plan *p, double *survival, double *all_in)
{
    double taken = 0.0;
    for (size_t k = 1; k <= p->n_months; k++)
        taken += taken_by_exits(p, k);
    const double a_year = p->n_months ? 12.0 / (double)p->n_months : (double)NAN;
    /* What depends on the path is compensated path by path, not in the drift; what a floor
     * takes then is paid for too, and in neither figure. */
    *survival = p->growth + (lq_company_compensates_by_path(p) ? taken * a_year : 0.0);
    *all_in = *survival - taken * a_year;
}

static void keep_worths(const one_world *w, lq_stake *stake, size_t offer, double chosen)
{
    const lq_drawn *drawn = &w->study->drawn;
    *lq_drawn_ce(drawn, w->number, offer, LQ_N_GAMMAS) = chosen;
    for (size_t g = 0; g < LQ_N_GAMMAS; g++) {
        const lq_utility utility = {.kind = LQ_UTILITY_CRRA, .aversion = lq_gammas[g]};
        *lq_drawn_ce(drawn, w->number, offer, g) =
            lq_certainty_equivalent(stake, &w->plan->background, &utility, NULL).value;
    }
}

static lq_status world_offer(const one_world *w, size_t offer)
{
    const lq_plan *plan = w->plan;
    const lq_result *result = w->result;
    lq_world_figures *out = w->out;
    lq_law *law = lq_law_create(result->offers[offer].total, LQ_POOLED);
    lq_stake *stake = lq_study_stake(plan, result, offer);
    const bool there = law && stake;
    if (there) {
        const double sd = lq_law_sd(law);
        out->mean[offer] = lq_estimate_mean(law);
        out->median[offer] = lq_estimate_quantile(law, 0.5);
        out->variance[offer] = sd * sd;
        const lq_ce ce = lq_certainty_equivalent(stake, &plan->background, &w->study->utility,
                                                 w->replicate[offer]);
        out->ce[offer] = lq_estimate_ce(&ce);
        if (w->study->found.n_worlds > 1) keep_worths(w, stake, offer, ce.value);
    }
    lq_law_destroy(law);
    lq_stake_destroy(stake);
    if (there && (plan->sobol || plan->antithetic))
        out->mean[offer] = lq_measure_mean(result->offers[offer].total);
    return there ? LQ_OK : LQ_ENOMEM;
}

static lq_status measure_world_offer(void *context, size_t offer, lq_team *member)
{
    (void)member;
    const one_world *w = context;
    read_letter(w, offer);
    LQ_TRY(read_year_noise(w, offer));
    LQ_TRY(lq_drawn_keep_offer(&w->study->drawn, w->number, w->result, offer));
    return world_offer(w, offer);
}

static lq_status measure_world_pair(void *context, size_t pair, lq_team *member)
{
    (void)member;
    const one_world *w = context;
    const lq_study *s = w->study;
    const lq_result *result = w->result;
    lq_world_figures *out = w->out;
    const size_t a = s->pairs[pair][0], b = s->pairs[pair][1];
    lq_law *law = lq_law_create(result->differences[pair], LQ_POOLED);
    if (!law) return LQ_ENOMEM;
    out->p_beats[pair] = lq_estimate_probability(lq_law_p_above_cent(law), law->n_paths);
    const lq_status st =
        lq_drawn_keep(&w->study->drawn, w->number, lq_drawn_pair(&s->drawn, pair), law);
    lq_law_destroy(law);
    LQ_TRY(st);
    double gap[LQ_MAX_REPLICATES];
    for (size_t r = 0; r < s->plan->n_replicates; r++)
        gap[r] = w->replicate[a][r] - w->replicate[b][r];
    out->ce_difference[pair] = lq_estimate_of_replicates(out->ce[a].value - out->ce[b].value,
                                                         gap, s->plan->n_replicates);
    return LQ_OK;
}

static void read_growths(const one_world *w)
{
    for (size_t i = 0; i < w->study->found.n_companies; i++)
        if (w->plan->companies[i].is_private) {
            double survival, all_in;
            growths(&w->plan->companies[i], &survival, &all_in);
            w->sums->survival_growth[i] = (double)w->result->n_paths * survival;
            w->sums->all_in_growth[i] = (double)w->result->n_paths * all_in;
        }
}

lq_status lq_measure_world(lq_study *s, const lq_plan *plan, const lq_result *result,
                           size_t number, lq_team *team, lq_error *err)
{
    one_world w = {s, plan, result, &s->found.worlds[number], &s->worlds[number], NULL, number};
    w.replicate = lq_calloc(s->found.n_offers + 1, sizeof *w.replicate);
    lq_status st = w.replicate ? LQ_OK : LQ_ENOMEM;
    if (st == LQ_OK) st = lq_team_each(team, s->found.n_offers, measure_world_offer, &w);
    if (st == LQ_OK) st = lq_team_each(team, s->found.n_pairs, measure_world_pair, &w);
    lq_free(w.replicate);
    if (st != LQ_OK) return LQ_FAIL(err, st, .key = "results");
    lq_drawn_keep_inputs(&s->drawn, number, plan);
    read_growths(&w);
    w.sums->measured = true;
    return LQ_OK;
}

/* ---- all worlds ---- */

static void add_world(lq_study *s, const lq_world_sums *world)
{
    lq_world_sums *sums = &s->sums;
    for (size_t i = 0; i < s->found.n_offers; i++) {
        lq_letter_sums *into = &sums->letters[i];
        const lq_letter_sums *from = &world->letters[i];
        into->headline_total += from->headline_total;
        into->headline_equity += from->headline_equity;
        into->bonus_payout += from->bonus_payout;
        into->paper_fair += from->paper_fair;
        for (size_t y = 0; y < s->found.n_years; y++)
            into->year_noise[y] += from->year_noise[y];
    }
    for (size_t i = 0; i < s->found.n_companies; i++) {
        sums->survival_growth[i] += world->survival_growth[i];
        sums->all_in_growth[i] += world->all_in_growth[i];
    }
}

/* In the order of the worlds, since sums of fractions have one. Those that an interrupted run
 * has no paths of go to the end. */
void lq_measure_add_worlds(lq_study *s)
{
    for (size_t w = 0; w < s->found.n_worlds; w++) {
        const lq_world_sums *world = &s->worlds[w];
        if (world->begun) lq_manifest_add_plan(s->sums.plan_hash, world->plan_hash);
        if (!world->measured) continue;
        add_world(s, world);
        const lq_world_figures figures = s->found.worlds[w];
        s->found.worlds[w] = s->found.worlds[s->n_worlds_done];
        lq_drawn_swap(&s->drawn, w, s->n_worlds_done);
        s->found.worlds[s->n_worlds_done++] = figures;
    }
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* The p-point of n values in ascending order, joined by straight lines. */
static double point(const double *sorted, size_t n, double p)
{
    const double at = p * (double)(n - 1);
    const size_t i = (size_t)at;
    if (i + 1 >= n) return sorted[n - 1];
    return sorted[i] + (at - (double)i) * (sorted[i + 1] - sorted[i]);
}

static lq_estimate point_estimate(const double *sorted, size_t n, double p)
{
    lq_quantile_law law = {.p = p, .noise = sqrt(p * (1.0 - p) / (double)n)};
    for (size_t i = 0; i + 1 < n; i++)
        lq_quantile_law_add(&law, sorted[i], (double)(i + 1) / (double)n);
    lq_quantile_law_add(&law, sorted[n - 1], (double)INFINITY); /* no world lies above it */
    return (lq_estimate){.value = point(sorted, n, p), .se = lq_quantile_law_error(&law)};
}

static void range_of(double *values, size_t n, lq_estimate *low, lq_estimate *high)
{
    qsort(values, n, sizeof *values, ascending);
    *low = point_estimate(values, n, 0.05);
    *high = point_estimate(values, n, 0.95);
}

/* How the worlds split the variance of an offer; `without`: one world is left out, n: none. */
static lq_variance_split split_worlds(const lq_study *s, size_t offer, size_t without,
                                      double *means, double *variances)
{
    const size_t n = s->n_worlds_done;
    size_t len = 0;
    double variance = 0.0, noise = 0.0;
    for (size_t w = 0; w < n; w++) {
        const lq_world_figures *world = &s->found.worlds[w];
        if (w == without) continue;
        means[len] = world->mean[offer].value;
        variances[len++] = world->variance[offer];
        variance += world->variance[offer];
        noise += world->mean[offer].se * world->mean[offer].se;
    }
    /* Dependent paths are worth as many independent ones as their noise says. */
    double inner = (double)s->result->n_paths / (double)n;
    if (s->plan->by_replicates && noise > 0.0) inner = variance / noise;
    return lq_split_variance(means, variances, len, inner);
}

/* The jackknife: sqrt((n - 1) / n x sum of squared deviations). */
static double jackknife_error(const double *left_out, size_t n)
{
    double mean = 0.0, square = 0.0;
    for (size_t i = 0; i < n; i++)
        mean += left_out[i] / (double)n;
    for (size_t i = 0; i < n; i++)
        square += (left_out[i] - mean) * (left_out[i] - mean);
    return sqrt(square * (double)(n - 1) / (double)n);
}

/* The root of a variance that the jackknife has an error of; of none, the root of the error. */
static lq_estimate root_of(double variance, double error)
{
    const double sd = sqrt(variance);
    return (lq_estimate){.value = sd, .se = fmin(error / (2.0 * sd), sqrt(error))};
}

/* Room for one number per world each. */
typedef struct per_world {
    double *a, *b, *ignorance, *chance;
} per_world;

static void split_offer(lq_study *s, size_t offer, const per_world *room)
{
    const size_t n = s->n_worlds_done;
    lq_offer_figures *out = &s->found.offers[offer];
    for (size_t w = 0; w < n; w++)
        room->a[w] = s->found.worlds[w].ce[offer].value;
    range_of(room->a, n, &out->worlds_low, &out->worlds_high);
    const lq_variance_split all = split_worlds(s, offer, n, room->a, room->b);
    for (size_t w = 0; w < n && n > 2; w++) {
        const lq_variance_split rest = split_worlds(s, offer, w, room->a, room->b);
        room->ignorance[w] = rest.ignorance;
        room->chance[w] = rest.chance;
    }
    const double unknown = n > 2 ? 0.0 : (double)NAN;
    out->ignorance_sd = root_of(all.ignorance, jackknife_error(room->ignorance, n) + unknown);
    out->chance_sd = root_of(all.chance, jackknife_error(room->chance, n) + unknown);
}

lq_status lq_measure_ignorance(lq_study *s, lq_error *err)
{
    const size_t n = s->n_worlds_done;
    if (n < 2) return LQ_OK;
    double *all = lq_arena_calloc(s->arena, 4 * n, sizeof *all);
    if (!all) return LQ_FAIL(err, LQ_ENOMEM, .key = "results");
    const per_world room = {all, all + n, all + 2 * n, all + 3 * n};
    for (size_t i = 0; i < s->found.n_offers; i++)
        split_offer(s, i, &room);
    for (size_t i = 0; i < s->found.n_pairs; i++) {
        for (size_t w = 0; w < n; w++)
            room.a[w] = s->found.worlds[w].ce_difference[i].value;
        range_of(room.a, n, &s->found.pairs[i].worlds_low, &s->found.pairs[i].worlds_high);
    }
    return LQ_OK;
}
