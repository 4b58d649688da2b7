#include "decide/measure.h"

#include "base/alloc.h"

#include <math.h>

/* Bins that hold all but a thousandth of the low end and a hundredth of the high end of every
 * law: paper has a long tail upwards, and bins of equal width should show the rest. */
static void choose_bins(lq_law *const *laws, size_t n, double *low, double *high)
{
    double from = (double)INFINITY, to = -(double)INFINITY;
    for (size_t i = 0; i < n; i++) {
        if (!(laws[i]->n_paths > 0.0)) continue;
        from = fmin(from, lq_law_quantile(laws[i], 0.001));
        to = fmax(to, lq_law_quantile(laws[i], 0.99));
    }
    if (!(from <= to)) from = to = 0.0;
    if (to - from < 1.0) { /* sure values: a bin of one unit around each */
        from -= 100.0;
        to += 100.0;
    }
    const double width = (to - from) / LQ_HISTOGRAM_BINS;
    for (size_t b = 0; b < LQ_HISTOGRAM_BINS; b++) {
        low[b] = from + width * (double)b;
        high[b] = b + 1 < LQ_HISTOGRAM_BINS ? from + width * (double)(b + 1) : to;
    }
}

/* Differences of rounded cumulative counts: whole, and together exactly all paths. */
static void count(const lq_law *law, const double *low, const double *high, lq_histogram *out)
{
    const double n = law->n_paths;
    int64_t before = n > 0.0 ? llrint(n * lq_law_cdf_below(law, low[0])) : 0;
    out->under = before;
    for (size_t b = 0; b < LQ_HISTOGRAM_BINS && n > 0.0; b++) {
        const int64_t upto = llrint(n * lq_law_cdf(law, high[b]));
        out->count[b] = upto - before;
        before = upto;
    }
    out->over = llrint(n) - before;
}

static lq_status read_laws(lq_law **laws, size_t n, lq_tally *const *tallies, lq_error *err)
{
    for (size_t i = 0; i < n; i++) {
        laws[i] = lq_law_create(tallies[i], LQ_POOLED);
        if (!laws[i]) return LQ_FAIL(err, LQ_ENOMEM, .key = "results");
    }
    return LQ_OK;
}

/* All laws of a kind on bins of their own: out[i] is filled from tallies[i]. */
static lq_status count_all(lq_tally *const *tallies, lq_histogram *const *out, size_t n,
                           double *low, double *high, lq_error *err)
{
    lq_law **laws = lq_calloc(n, sizeof *laws);
    lq_status st =
        laws ? read_laws(laws, n, tallies, err) : LQ_FAIL(err, LQ_ENOMEM, .key = "results");
    if (st == LQ_OK) {
        choose_bins(laws, n, low, high);
        for (size_t i = 0; i < n; i++)
            count(laws[i], low, high, out[i]);
    }
    for (size_t i = 0; laws && i < n; i++)
        lq_law_destroy(laws[i]);
    lq_free(laws);
    return st;
}

lq_status lq_measure_histograms(lq_study *s, lq_error *err)
{
    lq_findings *f = &s->found;
    const size_t n = f->n_offers > f->n_pairs ? f->n_offers : f->n_pairs;
    lq_tally **tallies = lq_arena_calloc(s->arena, n + 1, sizeof *tallies);
    lq_histogram **out = lq_arena_calloc(s->arena, n + 1, sizeof *out);
    if (!tallies || !out) return LQ_FAIL(err, LQ_ENOMEM, .key = "results");
    for (size_t i = 0; i < f->n_offers; i++) {
        tallies[i] = s->result->offers[i].total;
        out[i] = &f->offers[i].histogram;
    }
    LQ_TRY(count_all(tallies, out, f->n_offers, f->bin_low, f->bin_high, err));
    if (!f->n_pairs) return LQ_OK;
    for (size_t i = 0; i < f->n_pairs; i++) {
        tallies[i] = s->result->differences[i];
        out[i] = &f->pairs[i].histogram;
    }
    return count_all(tallies, out, f->n_pairs, f->bin_difference_low, f->bin_difference_high,
                     err);
}

lq_status lq_measure_fan(lq_tally *const *fan, size_t n_months, lq_estimate *quantile,
                         lq_error *err)
{
    for (size_t k = 0; k <= n_months; k++) {
        lq_law *law = lq_law_create(fan[k], LQ_POOLED);
        if (!law) return LQ_FAIL(err, LQ_ENOMEM, .key = "results");
        for (size_t q = 0; q < LQ_LEVELS && law->n_paths > 0.0; q++)
            quantile[k * LQ_LEVELS + q] = lq_estimate_quantile(law, lq_levels[q]);
        lq_law_destroy(law);
    }
    return LQ_OK;
}
