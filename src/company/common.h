/**
 * @file common.h
 * What a share of common is worth on a path. Private to the folder; for kernels.
 */
#ifndef LQ_COMPANY_COMMON_H
#define LQ_COMPANY_COMMON_H

#include "company/company.h"
#include "num/lanes.h"

/** The common share by the option method, with the path's own intensities for the term. */
LQ_INLINE double lq_common_lane(const lq_company_plan *plan, size_t k,
                                const lq_company_state *s, int l)
{
    const double hi = plan->ipo.rate[k] * s->power[LQ_EXIT_IPO][l];
    const double ha = plan->acquisition.rate[k] * s->power[LQ_EXIT_ACQUISITION][l];
    const double hf = plan->failure.rate[k] * s->power[LQ_EXIT_FAILURE][l];
    double term = 1.0 / (hi + ha + hf + 1e-9);
    term = term < 5.0 ? term : 5.0;
    term = term > 0.5 ? term : 0.5;
    const double ipo_share = hi / (hi + ha + 1e-300);
    const double value = lq_lane_exp2(s->x[l]), root = plan->volatility * __builtin_sqrt(term);
    const double sd = root > 1e-9 ? root : 1e-9, discount = lq_lane_exp(-plan->rate * term);
    const double claim = s->claim[l] > 1e-6 ? s->claim[l] : 1e-6;
    const double preferred =
        s->preferred[l] > 1e-9 * s->shares[l] ? s->preferred[l] : 1e-9 * s->shares[l];
    const double strike[2] = {claim, claim * s->shares[l] / preferred};
    double call[2];
    for (int i = 0; i < 2; i++) {
        const double d1 = (lq_lane_log(value / strike[i]) + plan->rate * term) / sd + 0.5 * sd;
        const double c =
            value * lq_lane_normal_cdf(d1) - strike[i] * discount * lq_lane_normal_cdf(d1 - sd);
        call[i] = c > 0.0 ? c : 0.0;
    }
    const double spread = call[0] - call[1] > 0.0 ? call[0] - call[1] : 0.0;
    const double opm = spread / (s->shares[l] - preferred) + call[1] / s->shares[l];
    return ipo_share * value / s->shares[l] + (1.0 - ipo_share) * opm;
}

#endif
