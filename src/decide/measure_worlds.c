#include "decide/measure.h"

#include "num/scalar.h"

#include <math.h>
#include <stdlib.h>

/* ---- one world ---- */

static void add_letter(lq_study *s, const lq_plan *plan, const lq_result *result, size_t offer)
{
    const lq_offer_plan *o = &plan->offers[offer];
    const double paths = (double)result->n_paths;
    lq_letter_sums *sum = &s->letters[offer];
    sum->headline_total += paths * o->headline_total;
    sum->headline_equity += paths * o->headline_equity;
    sum->bonus_payout += paths * (o->pay.payout.mean - 1.0) * o->headline_bonus;
    sum->paper_fair += paths * o->headline_paper_fair;
}

static lq_status add_year_noise(lq_study *s, const lq_result *result, size_t offer,
                                lq_error *err)
{
    for (size_t y = 0; y < s->found.n_years; y++) {
        lq_law *law = lq_law_create(result->offers[offer].by_year[y], LQ_POOLED);
        if (!law) return LQ_FAIL(err, LQ_ENOMEM, .key = "results");
        const double sd = lq_law_sd(law);
        if (law->n_paths > 0.0) s->letters[offer].year_noise[y] += sd * sd * law->n_paths;
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
    const double ln2 = 0.69314718055994530942;
    double drift = 0.0, taken = 0.0;
    for (size_t k = 1; k <= p->n_months; k++) {
        drift += ln2 * p->drift_private_log2[k];
        taken += taken_by_exits(p, k);
    }
    /* What depends on the path is compensated path by path, not in the drift; what a floor
     * takes then is paid for too, and in neither figure. */
    if (lq_company_compensates_by_path(p)) drift += taken;
    const double a_year = p->n_months ? 12.0 / (double)p->n_months : (double)NAN;
    *survival = drift * a_year + 0.5 * p->volatility * p->volatility;
    *all_in = *survival - taken * a_year;
}

static lq_status world_offer(lq_study *s, const lq_plan *plan, const lq_result *result,
                             size_t offer, lq_world_figures *out, lq_error *err)
{
    lq_law *law = lq_law_create(result->offers[offer].total, LQ_POOLED);
    lq_stake *stake = lq_study_stake(plan, result, offer);
    const bool there = law && stake;
    if (there) {
        const double sd = lq_law_sd(law);
        out->mean[offer] = lq_law_mean(law);
        out->median[offer] = lq_law_quantile(law, 0.5);
        out->variance[offer] = sd * sd;
        out->ce[offer] =
            lq_certainty_equivalent(stake, &plan->background, &s->utility, NULL).value;
    }
    lq_law_destroy(law);
    lq_stake_destroy(stake);
    return there ? LQ_OK : LQ_FAIL(err, LQ_ENOMEM, .key = "results");
}

static lq_status world_pair(const lq_study *s, const lq_result *result, size_t pair,
                            lq_world_figures *out, lq_error *err)
{
    lq_law *law = lq_law_create(result->differences[pair], LQ_POOLED);
    if (!law) return LQ_FAIL(err, LQ_ENOMEM, .key = "results");
    out->p_beats[pair] = lq_law_p_above_cent(law);
    out->ce_difference[pair] = out->ce[s->pairs[pair][0]] - out->ce[s->pairs[pair][1]];
    lq_law_destroy(law);
    return LQ_OK;
}

lq_status lq_measure_world(lq_study *s, const lq_plan *plan, const lq_result *result,
                           size_t world, lq_error *err)
{
    lq_world_figures *out = &s->found.worlds[world];
    for (size_t i = 0; i < s->found.n_offers; i++) {
        add_letter(s, plan, result, i);
        LQ_TRY(add_year_noise(s, result, i, err));
        LQ_TRY(world_offer(s, plan, result, i, out, err));
    }
    for (size_t i = 0; i < s->found.n_pairs; i++)
        LQ_TRY(world_pair(s, result, i, out, err));
    for (size_t i = 0; i < s->found.n_companies; i++)
        if (plan->companies[i].is_private) {
            double survival, all_in;
            growths(&plan->companies[i], &survival, &all_in);
            s->survival_growth[i] += (double)result->n_paths * survival;
            s->all_in_growth[i] += (double)result->n_paths * all_in;
        }
    s->n_worlds_done++;
    return LQ_OK;
}

/* ---- all worlds ---- */

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

static void range_of(double *values, size_t n, double *low, double *high)
{
    qsort(values, n, sizeof *values, ascending);
    *low = point(values, n, 0.05);
    *high = point(values, n, 0.95);
}

static void split_offer(lq_study *s, size_t offer, double *a, double *b)
{
    const size_t n = s->n_worlds_done;
    lq_offer_figures *out = &s->found.offers[offer];
    for (size_t w = 0; w < n; w++)
        a[w] = s->found.worlds[w].ce[offer];
    range_of(a, n, &out->worlds_low, &out->worlds_high);
    for (size_t w = 0; w < n; w++) {
        a[w] = s->found.worlds[w].mean[offer];
        b[w] = s->found.worlds[w].variance[offer];
    }
    const lq_variance_split split =
        lq_split_variance(a, b, n, (double)s->result->n_paths / (double)n);
    out->ignorance_sd = sqrt(split.ignorance);
    out->chance_sd = sqrt(split.chance);
}

lq_status lq_measure_ignorance(lq_study *s, lq_error *err)
{
    const size_t n = s->n_worlds_done;
    if (n < 2) return LQ_OK;
    double *a = lq_arena_calloc(s->arena, n, sizeof *a);
    double *b = lq_arena_calloc(s->arena, n, sizeof *b);
    if (!a || !b) return LQ_FAIL(err, LQ_ENOMEM, .key = "results");
    for (size_t i = 0; i < s->found.n_offers; i++)
        split_offer(s, i, a, b);
    for (size_t i = 0; i < s->found.n_pairs; i++) {
        for (size_t w = 0; w < n; w++)
            a[w] = s->found.worlds[w].ce_difference[i];
        range_of(a, n, &s->found.pairs[i].worlds_low, &s->found.pairs[i].worlds_high);
    }
    return LQ_OK;
}
