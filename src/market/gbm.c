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

/* row = own row + w other */
static void mix_in(double own, double w, const double *restrict other, double *restrict row)
{
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++)
        row[l] = __builtin_fma(w, other[l], own * row[l]);
}

/* The last company first: it reads the normals of those before it. The first has nothing to
 * mix.
 */
void LQ_KERNEL(lq_mix_run)(const lq_mix_plan *plan, double *const *rows)
{
    for (size_t i = plan->n; i-- > 1;) {
        const double *factor = plan->factor + i * plan->n;
        double *out = rows[plan->company[i]];
        for (size_t k = 1; k <= plan->n_months; k++)
            for (size_t j = 0; j < i; j++)
                mix_in(j == 0 ? factor[i] : 1.0, factor[j],
                       rows[plan->company[j]] + k * LQ_LANES, out + k * LQ_LANES);
    }
}
