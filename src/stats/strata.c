#include "stats/strata.h"

#include "num/scalar.h"

#include <math.h>

lq_strata lq_strata_lognormal(double mean_log, double sd_log)
{
    lq_strata strata;
    /* The density of N(0, s^2) to the power 1/3 is that of N(0, 3 s^2). */
    const double sd = sqrt(3.0) * sd_log;
    for (size_t k = 1; k < LQ_STRATA; k++)
        strata.border[k - 1] =
            lq_exp(mean_log + sd * lq_normal_quantile((double)k / LQ_STRATA));
    return strata;
}

static void add_words(uint64_t *lo, uint64_t *hi, uint64_t more_lo, uint64_t more_hi)
{
    const uint64_t sum = *lo + more_lo;
    *hi += more_hi + (sum < more_lo);
    *lo = sum;
}

void lq_strata_sums_merge(lq_strata_sums *into, const lq_strata_sums *from)
{
    for (size_t s = 0; s < LQ_STRATA; s++) {
        add_words(&into->growth_lo[s], &into->growth_hi[s], from->growth_lo[s],
                  from->growth_hi[s]);
        add_words(&into->square_lo[s], &into->square_hi[s], from->square_lo[s],
                  from->square_hi[s]);
        into->weight[s] += from->weight[s];
    }
    into->overflow += from->overflow;
}

static double words(uint64_t lo, uint64_t hi)
{
    return (double)hi * 0x1p64 + (double)lo;
}

double lq_strata_mean(const lq_strata_sums *sums, size_t stratum)
{
    if (sums->weight[stratum] == 0) return 1.0;
    const double units = words(sums->growth_lo[stratum], sums->growth_hi[stratum]);
    return units * 0x1p-32 / (double)sums->weight[stratum];
}

double lq_strata_variance(const lq_strata_sums *sums, size_t stratum)
{
    if (sums->weight[stratum] == 0) return 0.0;
    const double mean = lq_strata_mean(sums, stratum);
    /* Squares were cut off, by half a unit on average. */
    const double n = (double)sums->weight[stratum];
    const double units = words(sums->square_lo[stratum], sums->square_hi[stratum]) + 0.5 * n;
    return fmax(units * 0x1p-23 / n - mean * mean, 0.0);
}
