#include "decide/sample.h"

#include <math.h>

/* ---- functionals with one shape ---- */

#define WITHOUT_PARAMETER(name, function)                                                      \
    static double value_##name(const lq_law *law, double ignored)                              \
    {                                                                                          \
        (void)ignored;                                                                         \
        return function(law);                                                                  \
    }

#define FORMULA_WITHOUT_PARAMETER(name, function)                                              \
    static lq_estimate formula_##name(const lq_law *law, double ignored)                       \
    {                                                                                          \
        (void)ignored;                                                                         \
        return function(law);                                                                  \
    }

/* A probability: its error is that of a share. */
#define SHARE(name)                                                                            \
    static lq_estimate formula_##name(const lq_law *law, double parameter)                     \
    {                                                                                          \
        return lq_estimate_probability(value_##name(law, parameter), law->n_paths);            \
    }

WITHOUT_PARAMETER(mean, lq_law_mean)
WITHOUT_PARAMETER(sd, lq_law_sd)
WITHOUT_PARAMETER(skewness, lq_law_skewness)
WITHOUT_PARAMETER(semideviation, lq_law_semideviation)
WITHOUT_PARAMETER(p_zero, lq_law_p_zero)
WITHOUT_PARAMETER(p_within_cent, lq_law_p_within_cent)
WITHOUT_PARAMETER(p_above_cent, lq_law_p_above_cent)
WITHOUT_PARAMETER(p_below_cent, lq_law_p_below_cent)
WITHOUT_PARAMETER(positive_part, lq_law_positive_part)
WITHOUT_PARAMETER(negative_part, lq_law_negative_part)
FORMULA_WITHOUT_PARAMETER(mean, lq_estimate_mean)
FORMULA_WITHOUT_PARAMETER(sd, lq_estimate_sd)
FORMULA_WITHOUT_PARAMETER(skewness, lq_estimate_skewness)
FORMULA_WITHOUT_PARAMETER(semideviation, lq_estimate_semideviation)
FORMULA_WITHOUT_PARAMETER(positive_part, lq_estimate_positive_part)
FORMULA_WITHOUT_PARAMETER(negative_part, lq_estimate_negative_part)
SHARE(p_zero)
SHARE(p_within_cent)
SHARE(p_above_cent)
SHARE(p_below_cent)

static double value_p_below(const lq_law *law, double x)
{
    return lq_law_cdf_below(law, x);
}
SHARE(p_below)

/* ---- a world's share in what is not a mean ---- */

static double sd_of_world(const lq_law *whole, const lq_law *part, double ignored)
{
    (void)ignored;
    const double sd = lq_law_sd(whole), own = lq_law_sd(part), d = part->mean - whole->mean;
    return sd > 0.0 ? sd + (own * own + d * d - sd * sd) / (2.0 * sd) : own;
}

static double skewness_of_world(const lq_law *whole, const lq_law *part, double ignored)
{
    (void)ignored;
    return lq_skewness_of_part(whole, part);
}

static double cvar_of_world(const lq_law *whole, const lq_law *part, double alpha)
{
    const double q = lq_law_quantile(whole, alpha);
    return q - lq_law_shortfall(part, q) / alpha;
}

static double semideviation_of_world(const lq_law *whole, const lq_law *part, double ignored)
{
    (void)ignored;
    const double m = whole->mean, s = lq_law_semideviation(whole);
    const double down = lq_law_downside(part, m);
    const double pull = 2.0 * lq_law_shortfall(whole, m) * (part->mean - m);
    return s > 0.0 ? s + (down * down - s * s + pull) / (2.0 * s) : down;
}

const lq_gauge
    lq_gauge_mean = {.value = value_mean, .formula = formula_mean},
    lq_gauge_sd = {.value = value_sd, .formula = formula_sd, .of_world = sd_of_world},
    lq_gauge_skewness = {.value = value_skewness,
                         .formula = formula_skewness,
                         .of_part = lq_skewness_of_part,
                         .of_world = skewness_of_world},
    lq_gauge_quantile = {.value = lq_law_quantile,
                         .formula = lq_estimate_quantile,
                         .by_shares = true},
    lq_gauge_cvar = {.value = lq_law_cvar,
                     .formula = lq_estimate_cvar,
                     .of_world = cvar_of_world},
    lq_gauge_semideviation = {.value = value_semideviation,
                              .formula = formula_semideviation,
                              .of_world = semideviation_of_world},
    lq_gauge_p_zero = {.value = value_p_zero, .formula = formula_p_zero},
    lq_gauge_p_within_cent = {.value = value_p_within_cent, .formula = formula_p_within_cent},
    lq_gauge_p_above_cent = {.value = value_p_above_cent, .formula = formula_p_above_cent},
    lq_gauge_p_below_cent = {.value = value_p_below_cent, .formula = formula_p_below_cent},
    lq_gauge_p_below = {.value = value_p_below, .formula = formula_p_below},
    lq_gauge_positive_part = {.value = value_positive_part, .formula = formula_positive_part},
    lq_gauge_negative_part = {.value = value_negative_part, .formula = formula_negative_part};

/* ---- reading ---- */

lq_status lq_sample_read(const lq_tally *tally, bool by_replicates, lq_sample *out,
                         lq_error *err)
{
    const uint32_t n = lq_tally_shape_of(tally)->n_replicates;
    lq_law_source *source = lq_law_source_create(tally);
    *out = (lq_sample){.by_replicates = by_replicates,
                       .pooled = source ? lq_law_of(source, LQ_POOLED) : NULL};
    bool there = out->pooled != NULL;
    for (uint32_t r = 0; there && by_replicates && r < n && r < LQ_MAX_REPLICATES; r++) {
        out->replicate[r] = lq_law_of(source, (int32_t)r);
        there = out->replicate[r] != NULL;
    }
    lq_law_source_destroy(source);
    if (there) return LQ_OK;
    lq_sample_clear(out);
    return LQ_FAIL(err, LQ_ENOMEM, .key = "results", .expected = "memory for a law");
}

void lq_sample_clear(lq_sample *sample)
{
    lq_law_destroy(sample->pooled);
    for (size_t r = 0; r < LQ_MAX_REPLICATES; r++)
        lq_law_destroy(sample->replicate[r]);
    *sample = (lq_sample){0};
}

/* ---- figures ---- */

lq_estimate lq_estimate_of_replicates(double value, const double *replicate, size_t n)
{
    double numbers[LQ_MAX_REPLICATES];
    size_t len = 0;
    for (size_t r = 0; r < n && len < LQ_MAX_REPLICATES; r++)
        if (isfinite(replicate[r])) numbers[len++] = replicate[r];
    return lq_estimate_by_replicates(value, numbers, len);
}

/* Of the share of paths up to x, or below it. */
static lq_estimate widen_share(const lq_sample *sample, lq_estimate share, double x,
                               double (*up_to)(const lq_law *law, double x))
{
    double figures[LQ_MAX_WORLDS];
    if (!sample->fit) return share;
    for (size_t w = 0; w < lq_world_fit_worlds(sample->fit); w++)
        figures[w] = up_to(sample->world[w], x);
    return lq_world_fit_widen(sample->fit, share, figures);
}

static lq_estimate widen(const lq_sample *sample, const lq_gauge *gauge, double parameter,
                         lq_estimate paths)
{
    double figures[LQ_MAX_WORLDS];
    if (!sample->fit) return paths;
    for (size_t w = 0; w < lq_world_fit_worlds(sample->fit); w++) {
        const lq_law *part = sample->world[w];
        figures[w] = gauge->of_world ? gauge->of_world(sample->pooled, part, parameter)
                                     : gauge->value(part, parameter);
    }
    return lq_world_fit_widen(sample->fit, paths, figures);
}

/*
 * The p-quantile of a replicate is that of a few paths: in the tails it is biased, and near the
 * edge of an atom many fall over it where the whole, which has one quantile, seldom does, or
 * the other way round. The share of paths up to the quantile has neither trouble (sectioning;
 * Asmussen and Glynn 2007, III.5). On an atom the noisier of the shares below and up to it.
 */
static lq_estimate quantile_by_shares(const lq_sample *sample, double p)
{
    const lq_law *law = sample->pooled;
    const double q = lq_law_quantile(law, p);
    double below[LQ_MAX_REPLICATES], upto[LQ_MAX_REPLICATES];
    size_t n = 0;
    for (size_t r = 0; r < LQ_MAX_REPLICATES; r++) {
        const lq_law *part = sample->replicate[r];
        if (!part || !(part->n_paths > 0.0)) continue;
        below[n] = lq_law_cdf_below(part, q);
        upto[n++] = lq_law_cdf(part, q);
    }
    const lq_estimate low =
        widen_share(sample, lq_estimate_of_replicates(p, below, n), q, lq_law_cdf_below);
    const lq_estimate high =
        widen_share(sample, lq_estimate_of_replicates(p, upto, n), q, lq_law_cdf);
    return lq_estimate_quantile_noisy(law, p, low.se > high.se ? &low : &high);
}

lq_estimate lq_sample_estimate(const lq_sample *sample, const lq_gauge *gauge, double parameter)
{
    const lq_law *law = sample->pooled;
    if (law->n_paths == 0.0) return (lq_estimate){.value = (double)NAN, .se = (double)NAN};
    if (!sample->by_replicates) {
        lq_estimate e = gauge->formula(law, parameter);
        if (law->n_paths < 2.0) e.se = (double)NAN; /* one path has no spread */
        return e;
    }
    if (gauge->by_shares) return quantile_by_shares(sample, parameter);
    double values[LQ_MAX_REPLICATES];
    size_t n = 0;
    for (size_t r = 0; r < LQ_MAX_REPLICATES; r++) {
        const lq_law *part = sample->replicate[r];
        if (!part || !(part->n_paths > 0.0)) continue;
        values[n++] =
            gauge->of_part ? gauge->of_part(law, part) : gauge->value(part, parameter);
    }
    const lq_estimate paths =
        lq_estimate_of_replicates(gauge->value(law, parameter), values, n);
    return widen(sample, gauge, parameter, paths);
}
