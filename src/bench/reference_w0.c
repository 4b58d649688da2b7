/* Blocks of 256 lanes, 8 vectors of draws at a time, stages as short loops: the fastest
 * portable form that was found. */
#include "bench/reference.h"

enum { LANES = 256, DRAWS = LQ_REFERENCE_MONTHS / 4 };

#include "bench/reference_math.h"

/* One block: x, sum and last price of every lane. */
LQ_INLINE void run_block(const lq_reference_w0 *w0, const keys *k, uint64_t path0,
                         double *restrict last, double *restrict sum)
{
    double x[LANES] ALIGNED, z[4][LANES] ALIGNED;
    uint64_t a[LANES] ALIGNED, b[LANES] ALIGNED;
    const double c = w0->drift_log2, s = w0->loading_log2;
    for (int l = 0; l < LANES; l++) {
        x[l] = w0->start_log2;
        sum[l] = 0.0;
    }
    for (uint32_t draw = 0; draw < DRAWS; draw++) {
        const uint32_t address[2] = {draw, 0};
        philox(k, path0, address, a, b);
        normals(a, z[0], z[1]);
        normals(b, z[2], z[3]);
#pragma omp simd
        for (int l = 0; l < LANES; l++) {
            const double x1 = x[l] + FMA(s, z[0][l], c), x2 = x1 + FMA(s, z[1][l], c);
            const double x3 = x2 + FMA(s, z[2][l], c), x4 = x3 + FMA(s, z[3][l], c);
            const double s4 = exp2_lane(x4);
            sum[l] = sum[l] + exp2_lane(x1) + exp2_lane(x2) + exp2_lane(x3) + s4;
            last[l] = s4;
            x[l] = x4;
        }
    }
}

void LQ_KERNEL(lq_reference_w0_run)(const lq_reference_law *law, uint64_t path0, uint64_t n,
                                    double *terminal, double *average)
{
    const lq_reference_w0 *w0 = &law->w0;
    double last[LANES] ALIGNED, sum[LANES] ALIGNED;
    const keys k = expand(w0->k0, w0->k1);
    for (uint64_t i = 0; i < n; i += LANES) {
        run_block(w0, &k, path0 + i, last, sum);
        for (int l = 0; l < LANES; l++) {
            terminal[i + (uint64_t)l] = last[l];
            average[i + (uint64_t)l] = sum[l] * (1.0 / LQ_REFERENCE_MONTHS);
        }
    }
}
