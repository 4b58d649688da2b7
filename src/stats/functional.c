#include "stats/functional.h"

#include "num/scalar.h"
#include "stats/cells.h"

#include <assert.h>
#include <math.h>

/* Products such as 0.07 x 100 land above the whole number that is meant. */
#define RANK_SLACK 0x1p-50

/* A bin read as Q(u) = min + range u^power, 0 <= u <= 1. */
typedef struct shape {
    double range, power;
} shape;

static shape shape_of(const lq_law_bin *bin)
{
    shape s = {.range = bin->max - bin->min, .power = 1.0};
    const double above_min = bin->mean - bin->min;
    /* Hundredths tell nothing about a narrow bin, nor does the mean about two samples. */
    if (s.range < 0.1 || bin->weight <= 2.0 || above_min <= 0.0) return s;
    s.power = fmin(fmax(s.range / above_min - 1.0, 0.05), 20.0);
    return s;
}

static double power_of(double u, double power)
{
    return power == 1.0 ? u : u <= 0.0 ? 0.0 : lq_pow(u, power);
}

/* u with Q(u) = x; min < x < max. */
static double position(const lq_law_bin *bin, shape s, double x)
{
    const double u = (x - bin->min) / s.range;
    return s.power == 1.0 ? u : power_of(u, 1.0 / s.power);
}

/* Integral of Q over (0, u); the mean over (0, 1) whatever became of the power. */
static double partial_mean(const lq_law_bin *bin, double u)
{
    if (u >= 1.0) return bin->mean;
    const shape s = shape_of(bin);
    const double slack = bin->mean - (bin->min + s.range / (s.power + 1.0));
    return u * (bin->min + s.range * power_of(u, s.power) / (s.power + 1.0) + u * slack);
}

double lq_law_mean(const lq_law *law)
{
    return law->mean;
}

double lq_law_central_moment(const lq_law *law, unsigned order)
{
    assert(order >= 2 && order <= 4);
    double sum = 0.0;
    for (size_t i = 0; i < law->len; i++) {
        const lq_law_bin *bin = &law->bin[i];
        const double d = bin->mean - law->mean, d2 = d * d, v = bin->variance;
        const double moment = order == 2   ? d2 + v
                              : order == 3 ? d * (d2 + 3.0 * v)
                                           : d2 * (d2 + 6.0 * v);
        sum += bin->weight * moment;
    }
    return sum / law->n_paths;
}

double lq_law_sd(const lq_law *law)
{
    return sqrt(lq_law_central_moment(law, 2));
}

double lq_law_skewness(const lq_law *law)
{
    if (law->len == 1 && law->bin[0].min == law->bin[0].max) return 0.0;
    const double sd = lq_law_sd(law);
    return lq_law_central_moment(law, 3) / (sd * sd * sd);
}

/* The bin that holds the mass-th path from below, and the mass before it. */
static const lq_law_bin *bin_at(const lq_law *law, double mass, double *before)
{
    double cumulated = 0.0;
    const lq_law_bin *bin = law->bin;
    for (size_t i = 0; i < law->len; i++) {
        bin = &law->bin[i];
        *before = cumulated;
        cumulated += bin->weight;
        if (cumulated >= mass * (1.0 - RANK_SLACK)) break;
    }
    return bin;
}

double lq_law_quantile(const lq_law *law, double p)
{
    assert(p >= 0.0 && p <= 1.0);
    if (law->len == 0) return (double)NAN;
    double before = 0.0;
    const double mass = p * law->n_paths;
    const lq_law_bin *bin = bin_at(law, mass, &before);
    if (bin->min == bin->max) return bin->min;
    const double rank = mass * (1.0 - RANK_SLACK) - before;
    /* The j-th of n samples lies at u = (j - 1) / (n - 1): the ends are samples. */
    const double u =
        bin->weight > 1.0 ? (ceil(rank) - 1.0) / (bin->weight - 1.0) : rank / bin->weight;
    if (u <= 0.0) return bin->min;
    if (u >= 1.0) return bin->max;
    const shape s = shape_of(bin);
    const double x = bin->min + s.range * power_of(u, s.power);
    return law->fine ? lq_cells_refine(law->fine, bin, rank, x) : x;
}

/* Paths in a bin with values <= x (or < x), for min <= x <= max, min < max. */
static double mass_in_bin(const lq_law_bin *bin, double x, bool or_equal)
{
    const double others = fmax(bin->weight - 1.0, 0.0); /* beside the one at the end */
    if (x <= bin->min) return or_equal ? bin->weight - others : 0.0;
    if (x >= bin->max) return or_equal ? bin->weight : others;
    const double u = position(bin, shape_of(bin), x);
    return others > 0.0 ? fmin(bin->weight - others + u * others, bin->weight)
                        : u * bin->weight;
}

static double mass_below(const lq_law *law, double x, bool or_equal)
{
    double mass = 0.0;
    for (size_t i = 0; i < law->len; i++) {
        const lq_law_bin *bin = &law->bin[i];
        if (bin->max < x || (or_equal && bin->max == x))
            mass += bin->weight;
        else if (bin->min < x || (or_equal && bin->min == x))
            mass += mass_in_bin(bin, x, or_equal);
        else
            break; /* those after it lie above */
    }
    return mass;
}

double lq_law_cdf(const lq_law *law, double x)
{
    return mass_below(law, x, true) / law->n_paths;
}

double lq_law_cdf_below(const lq_law *law, double x)
{
    return mass_below(law, x, false) / law->n_paths;
}

double lq_law_p_negative(const lq_law *law)
{
    return law->below / law->n_paths;
}

double lq_law_p_zero(const lq_law *law)
{
    return law->zero / law->n_paths;
}

double lq_law_p_within_cent(const lq_law *law)
{
    return (law->n_paths - law->below_cent - law->above_cent) / law->n_paths;
}

double lq_law_p_positive(const lq_law *law)
{
    return (law->n_paths - law->below - law->zero) / law->n_paths;
}

double lq_law_p_above_cent(const lq_law *law)
{
    return law->above_cent / law->n_paths;
}

double lq_law_p_below_cent(const lq_law *law)
{
    return law->below_cent / law->n_paths;
}

/* Sum of the values of the lowest `mass` paths. */
static double sum_of_lowest(const lq_law *law, double mass)
{
    double sum = 0.0, left = mass;
    for (size_t i = 0; i < law->len && left > 0.0; i++) {
        const lq_law_bin *bin = &law->bin[i];
        const double taken = fmin(left, bin->weight);
        sum += bin->weight * partial_mean(bin, taken / bin->weight);
        left -= taken;
    }
    return sum;
}

double lq_law_cvar(const lq_law *law, double alpha)
{
    assert(alpha > 0.0 && alpha <= 1.0);
    if (law->len == 0) return (double)NAN;
    if (alpha == 1.0) return law->mean;
    const double mass = alpha * law->n_paths;
    return sum_of_lowest(law, mass) / mass;
}

double lq_law_upper_cvar(const lq_law *law, double alpha)
{
    assert(alpha > 0.0 && alpha <= 1.0);
    if (law->len == 0) return (double)NAN;
    if (alpha == 1.0) return law->mean;
    const double mass = alpha * law->n_paths, all = sum_of_lowest(law, law->n_paths);
    return (all - sum_of_lowest(law, law->n_paths - mass)) / mass;
}

/* E(x - X)+ within one bin that x cuts. */
static double bin_shortfall(const lq_law_bin *bin, double x)
{
    const double u = position(bin, shape_of(bin), x);
    return u * x - partial_mean(bin, u);
}

double lq_law_shortfall(const lq_law *law, double x)
{
    if (law->len == 0) return (double)NAN;
    double sum = 0.0;
    for (size_t i = 0; i < law->len; i++) {
        const lq_law_bin *bin = &law->bin[i];
        if (bin->max <= x)
            sum += bin->weight * (x - bin->mean);
        else if (bin->min < x)
            sum += bin->weight * bin_shortfall(bin, x);
    }
    return sum / law->n_paths;
}

double lq_law_positive_part(const lq_law *law)
{
    return law->positive_part;
}

double lq_law_negative_part(const lq_law *law)
{
    /* The rounding of hundredths is no loss. */
    return law->below > 0.0 ? fmax(law->positive_part - law->mean, 0.0) : 0.0 * law->mean;
}

/* E((t - X)+)^2 within one bin that t cuts. */
static double bin_square_shortfall(const lq_law_bin *bin, double t)
{
    const shape s = shape_of(bin);
    const double k = s.power, u = position(bin, s, t), a = t - bin->min;
    const double r = s.range * power_of(u, k);
    return u * (a * a - 2.0 * a * r / (k + 1.0) + r * r / (2.0 * k + 1.0));
}

double lq_law_downside(const lq_law *law, double threshold)
{
    if (law->len == 0) return (double)NAN;
    double sum = 0.0;
    for (size_t i = 0; i < law->len; i++) {
        const lq_law_bin *bin = &law->bin[i];
        const double d = threshold - bin->mean;
        if (bin->max <= threshold)
            sum += bin->weight * (d * d + bin->variance);
        else if (bin->min < threshold)
            sum += bin->weight * bin_square_shortfall(bin, threshold);
    }
    return sqrt(sum / law->n_paths);
}

double lq_law_semideviation(const lq_law *law)
{
    return lq_law_downside(law, law->mean);
}

double lq_law_sortino(const lq_law *law, double threshold)
{
    return (law->mean - threshold) / lq_law_downside(law, threshold);
}

double lq_law_omega(const lq_law *law, double threshold)
{
    const double shortfall = lq_law_shortfall(law, threshold);
    return (law->mean - threshold + shortfall) / shortfall;
}
