#include "market/market.h"

#include "num/lanes.h"

LQ_INLINE void start_row(const lq_gbm_plan *plan, double *restrict x, double *restrict row)
{
    const double level = lq_lane_exp2(plan->start_log2);
    for (int l = 0; l < LQ_LANES; l++) {
        x[l] = plan->start_log2;
        row[l] = level;
    }
}

LQ_INLINE void move(double drift, double loading, const double *restrict z, double *restrict x)
{
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++)
        x[l] += __builtin_fma(loading, z[l], drift);
}

/* The hot case in one pass: the row holds the normal on entry and the price on return. */
LQ_INLINE void move_and_observe(double drift, double loading, double *restrict x,
                                double *restrict row)
{
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++) {
        x[l] += __builtin_fma(loading, row[l], drift);
        row[l] = lq_lane_exp2(x[l]);
    }
}

void LQ_KERNEL(lq_gbm_run)(const lq_gbm_plan *plan, const double *market_normals, double *rows)
{
    LQ_LANE_ARRAY(x);
    start_row(plan, x, rows);
    const double loading = plan->loading_own_log2;
    for (size_t k = 1; k <= plan->n_months; k++) {
        double *row = rows + k * LQ_LANES;
        if (market_normals)
            move(0.0, plan->loading_market_log2, market_normals + (k - 1) * LQ_LANES, x);
        if (plan->observe[k]) {
            move_and_observe(plan->drift_log2[k], loading, x, row);
        } else {
            move(plan->drift_log2[k], loading, row, x);
        }
    }
}

void LQ_KERNEL(lq_index_run)(const lq_gbm_plan *plan, const double *market_normals,
                             double *levels)
{
    for (int l = 0; l < LQ_LANES; l++)
        levels[l] = 0.0;
    for (size_t k = 1; k <= plan->n_months; k++) {
        const double *before = levels + (k - 1) * LQ_LANES;
        const double *z = market_normals + (k - 1) * LQ_LANES;
        double *row = levels + k * LQ_LANES;
        const double drift = plan->drift_log2[k], loading = plan->loading_own_log2;
#pragma omp simd
        for (int l = 0; l < LQ_LANES; l++)
            row[l] = before[l] + __builtin_fma(loading, z[l], drift);
    }
}

void LQ_KERNEL(lq_mix_run)(const lq_mix_plan *plan, double *const *rows)
{
    for (size_t i = plan->n; i-- > 0;) {
        double *out = rows[plan->company[i]];
        for (size_t k = 1; k <= plan->n_months; k++) {
            double *row = out + k * LQ_LANES;
            const double own = plan->factor[i * plan->n + i];
            for (int l = 0; l < LQ_LANES; l++)
                row[l] *= own;
            for (size_t j = 0; j < i; j++) {
                const double w = plan->factor[i * plan->n + j];
                const double *other = rows[plan->company[j]] + k * LQ_LANES;
#pragma omp simd
                for (int l = 0; l < LQ_LANES; l++)
                    row[l] = __builtin_fma(w, other[l], row[l]);
            }
        }
    }
}
