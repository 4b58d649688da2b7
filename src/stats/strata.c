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

void lq_strata_sums_merge(lq_strata_sums *into, const lq_strata_sums *from)
{
    for (size_t s = 0; s < LQ_STRATA; s++) {
        const uint64_t lo = into->growth_lo[s] + from->growth_lo[s];
        into->growth_hi[s] += from->growth_hi[s] + (lo < from->growth_lo[s]);
        into->growth_lo[s] = lo;
        into->weight[s] += from->weight[s];
    }
    into->overflow += from->overflow;
}

double lq_strata_mean(const lq_strata_sums *sums, size_t stratum)
{
    if (sums->weight[stratum] == 0) return 1.0;
    const double units =
        (double)sums->growth_hi[stratum] * 0x1p64 + (double)sums->growth_lo[stratum];
    return units * 0x1p-32 / (double)sums->weight[stratum];
}
