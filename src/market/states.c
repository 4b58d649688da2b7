#include "market/market.h"

void LQ_KERNEL(lq_link_run)(const lq_state_link *link, const int32_t *states, size_t n_months,
                            const double *z, double *out)
{
    const double *restrict offset = link->offset, *restrict scale = link->scale;
    for (size_t k = 0; k < n_months; k++) {
        const int32_t *restrict state = states + k * LQ_LANES;
        double *row = out + k * LQ_LANES;
        if (!scale) {
#pragma omp simd
            for (int l = 0; l < LQ_LANES; l++)
                row[l] = offset[state[l]];
            continue;
        }
        const double *shock = z + k * LQ_LANES;
#pragma omp simd
        for (int l = 0; l < LQ_LANES; l++)
            row[l] = __builtin_fma(scale[state[l]], shock[l], offset[state[l]]);
    }
}
