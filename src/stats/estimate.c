#include "stats/estimate.h"

#include "num/scalar.h"
#include "stats/functional.h"

#include <assert.h>
#include <math.h>

lq_estimate lq_estimate_mean(const lq_law *law)
{
    return (lq_estimate){.value = law->mean, .se = lq_law_sd(law) / sqrt(law->n_paths)};
}

lq_estimate lq_estimate_sd(const lq_law *law)
{
    /* Var of the sample variance is (m4 - m2^2) / N; the root halves it by 2 sd. */
    const double m2 = lq_law_central_moment(law, 2), m4 = lq_law_central_moment(law, 4);
    const double sd = sqrt(m2), noise = sqrt(fmax(m4 - m2 * m2, 0.0) / law->n_paths);
    return (lq_estimate){.value = sd, .se = sd > 0.0 ? noise / (2.0 * sd) : 0.0};
}

/*
 * g = m3 / m2^1.5 moves by z^3 - g - 3 z - 1.5 g (z^2 - 1) for a sample z standard deviations
 * from the mean.
 */
static double skewness_pull(double g, double z)
{
    return z * (z * z - 3.0) - g - 1.5 * g * (z * z - 1.0);
}

lq_estimate lq_estimate_skewness(const lq_law *law)
{
    const double g = lq_law_skewness(law), sd = lq_law_sd(law);
    if (!(sd > 0.0)) return (lq_estimate){.value = g, .se = 0.0 * g};
    double sum = 0.0;
    for (size_t i = 0; i < law->len; i++) {
        const double pull = skewness_pull(g, (law->bin[i].mean - law->mean) / sd);
        sum += law->bin[i].weight * pull * pull;
    }
    return (lq_estimate){.value = g, .se = sqrt(sum) / law->n_paths};
}

double lq_skewness_of_part(const lq_law *whole, const lq_law *part)
{
    const double g = lq_law_skewness(whole), sd = lq_law_sd(whole);
    double sum = 0.0;
    for (size_t i = 0; i < part->len && sd > 0.0; i++)
        sum += part->bin[i].weight * skewness_pull(g, (part->bin[i].mean - whole->mean) / sd);
    return g + sum / part->n_paths;
}

lq_estimate lq_estimate_probability(double probability, double n_paths)
{
    const double edge = 0.5 / n_paths;
    const double p = fmin(fmax(probability, edge), 1.0 - edge);
    return (lq_estimate){.value = probability, .se = sqrt(p * (1.0 - p) / n_paths)};
}

/* The 95 % interval of order statistics: wide enough to average over their noise. */
lq_estimate lq_estimate_quantile_noisy(const lq_law *law, double p, const lq_estimate *share)
{
    const double z = lq_student_975(share->n_degrees), d = z * share->se;
    if (!isfinite(d)) return (lq_estimate){.value = lq_law_quantile(law, p), .se = (double)NAN};
    const double low = lq_law_quantile(law, fmax(p - d, 0.0));
    const double high = lq_law_quantile(law, fmin(p + d, 1.0));
    return (lq_estimate){.value = lq_law_quantile(law, p),
                         .se = 0.5 * (high - low) / z,
                         .n_degrees = share->n_degrees};
}

lq_estimate lq_estimate_quantile(const lq_law *law, double p)
{
    const lq_estimate share = {.value = p, .se = sqrt(p * (1.0 - p) / law->n_paths)};
    return lq_estimate_quantile_noisy(law, p, &share);
}

void lq_quantile_law_add(lq_quantile_law *law, double value, double cdf)
{
    const double upto = lq_normal_cdf((cdf - law->p) / law->noise), part = upto - law->mass;
    if (law->mass == 0.0) law->first = value;
    const double d = value - law->first;
    law->mean += part * d;
    law->square += part * d * d;
    law->mass = upto;
}

double lq_quantile_law_error(const lq_quantile_law *law)
{
    if (!(law->mass >= 0.975)) return (double)NAN;
    const double mean = law->mean / law->mass;
    return sqrt(fmax(law->square / law->mass - mean * mean, 0.0));
}

/* Standard error of the mean of (t - X)+ / scale. */
static double shortfall_error(const lq_law *law, double threshold, double scale)
{
    const double mean = lq_law_shortfall(law, threshold);
    const double rms = lq_law_downside(law, threshold);
    return sqrt(fmax(rms * rms - mean * mean, 0.0) / law->n_paths) / scale;
}

lq_estimate lq_estimate_cvar(const lq_law *law, double alpha)
{
    const double q = lq_law_quantile(law, alpha);
    return (lq_estimate){.value = lq_law_cvar(law, alpha),
                         .se = shortfall_error(law, q, alpha)};
}

/*
 * s^2 = E((m - X)+^2) moves by ((m - X)+^2 - s^2) + 2 E(m - X)+ (X - m) for a sample X. Its
 * variance needs moments up to the fourth over the bins.
 */
lq_estimate lq_estimate_semideviation(const lq_law *law)
{
    const double m = law->mean, s = lq_law_semideviation(law);
    const double pull = 2.0 * lq_law_shortfall(law, m);
    double sum = 0.0;
    for (size_t i = 0; i < law->len; i++) {
        const double below = fmax(m - law->bin[i].mean, 0.0);
        const double influence = below * below - s * s + pull * (law->bin[i].mean - m);
        sum += law->bin[i].weight * influence * influence;
    }
    const double se = sqrt(sum / law->n_paths / law->n_paths);
    return (lq_estimate){.value = s, .se = s > 0.0 ? se / (2.0 * s) : 0.0};
}

lq_estimate lq_estimate_negative_part(const lq_law *law)
{
    return (lq_estimate){.value = lq_law_negative_part(law),
                         .se = shortfall_error(law, 0.0, 1.0)};
}

lq_estimate lq_estimate_positive_part(const lq_law *law)
{
    /* E max(X, 0)^2 = E X^2 - E min(X, 0)^2 */
    const double sd = lq_law_sd(law), down = lq_law_downside(law, 0.0);
    const double square = sd * sd + law->mean * law->mean - down * down;
    const double part = lq_law_positive_part(law);
    return (lq_estimate){.value = part,
                         .se = sqrt(fmax(square - part * part, 0.0) / law->n_paths)};
}

lq_estimate lq_estimate_ce(const lq_ce *ce)
{
    return (lq_estimate){.value = ce->value, .se = ce->se};
}

lq_status lq_replicate_values(const lq_tally *tally, lq_functional *functional,
                              double parameter, double *values, lq_error *err)
{
    const uint32_t n_replicates = lq_tally_shape_of(tally)->n_replicates;
    double *const end = values + n_replicates;
    int32_t replicate = 0;
    for (double *value = values; value < end; value++, replicate++) {
        lq_law *law = lq_law_create(tally, replicate);
        if (!law) return LQ_FAIL(err, LQ_ENOMEM, .key = "replicates", .expected = "memory");
        *value = functional(law, parameter);
        lq_law_destroy(law);
    }
    return LQ_OK;
}

lq_estimate lq_estimate_by_replicates(double value, const double *replicate, size_t n)
{
    if (n < 2) return (lq_estimate){.value = value, .se = (double)NAN};
    double mean = 0.0, square = 0.0;
    for (size_t r = 0; r < n; r++)
        mean += replicate[r] / (double)n;
    for (size_t r = 0; r < n; r++)
        square += (replicate[r] - mean) * (replicate[r] - mean);
    return (lq_estimate){.value = value,
                         .se = sqrt(square / (double)(n - 1) / (double)n),
                         .n_degrees = (uint32_t)(n - 1)};
}

lq_estimate lq_estimate_difference(double difference, const double *replicate_a,
                                   const double *replicate_b, size_t n)
{
    if (n < 2) return (lq_estimate){.value = difference, .se = (double)NAN};
    double mean = 0.0, square = 0.0;
    for (size_t r = 0; r < n; r++)
        mean += (replicate_a[r] - replicate_b[r]) / (double)n;
    for (size_t r = 0; r < n; r++) {
        const double d = replicate_a[r] - replicate_b[r] - mean;
        square += d * d;
    }
    return (lq_estimate){.value = difference,
                         .se = sqrt(square / (double)(n - 1) / (double)n),
                         .n_degrees = (uint32_t)(n - 1)};
}

double lq_estimate_half_width(const lq_estimate *estimate)
{
    return estimate->se * lq_student_975(estimate->n_degrees);
}

double lq_student_975(uint32_t n_degrees)
{
    static const double table[] = {
        1.959963984540054, 12.7062047361747,  4.302652729749462, 3.182446305283704,
        2.776445105197793, 2.570581835636314, 2.446911851144968, 2.364624251592784,
        2.306004135204166, 2.262157162798205, 2.228138851986273, 2.20098516009164,
        2.178812829667229, 2.160368656462792, 2.144786687917803, 2.131449545559775,
        2.119905299221253, 2.109815577833317, 2.100922040241039, 2.09302405440831,
        2.085963447265865, 2.079613844727679, 2.073873067904024, 2.068657610419048,
        2.063898561628025, 2.059538552753296, 2.05552943864287,  2.051830516480285,
        2.048407141795246, 2.045229642132702, 2.042272456301238};
    if (n_degrees < sizeof table / sizeof table[0]) return table[n_degrees];
    /* Cornish and Fisher's expansion in 1 / n (Abramowitz and Stegun 26.7.5). */
    const double z = table[0], z2 = z * z, n = n_degrees;
    const double g1 = z * (z2 + 1.0) / 4.0;
    const double g2 = z * ((5.0 * z2 + 16.0) * z2 + 3.0) / 96.0;
    const double g3 = z * (((3.0 * z2 + 19.0) * z2 + 17.0) * z2 - 15.0) / 384.0;
    const double g4 =
        z * ((((79.0 * z2 + 776.0) * z2 + 1482.0) * z2 - 1920.0) * z2 - 945.0) / 92160.0;
    return z + (g1 + (g2 + (g3 + g4 / n) / n) / n) / n;
}

lq_variance_split lq_split_variance(const double *mean, const double *variance, size_t n_outer,
                                    double n_inner)
{
    assert(n_outer >= 2);
    const double n = (double)n_outer;
    double centre = 0.0, between = 0.0, within = 0.0;
    for (size_t j = 0; j < n_outer; j++) {
        centre += mean[j] / n;
        within += variance[j] / n;
    }
    for (size_t j = 0; j < n_outer; j++)
        between += (mean[j] - centre) * (mean[j] - centre) / (n - 1.0);
    return (lq_variance_split){.chance = within,
                               .ignorance = fmax(between - within / n_inner, 0.0)};
}
