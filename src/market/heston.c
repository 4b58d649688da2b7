#include "market/market.h"

#include "num/lanes.h"

/* Where the scheme changes from a squared normal to an exponential with an atom at 0. */
static const double PSI_C = 1.5;

#define LOG2_E 1.4426950408889634074

/* The three independent normals of a month: of the variance, and of what is the price's alone.
 */
LQ_INLINE void split(const lq_heston_plan *plan, double zm, double zo, double zv,
                     double *variance, double *price)
{
    const double s = __builtin_fma(plan->market, zm, plan->own * zo);
    *variance = __builtin_fma(plan->rho, s, plan->rho_rest * zv);
    *price = __builtin_fma(plan->rho_rest, s, -plan->rho * zv);
}

/* The variance after a month, and ln E[exp(tilt v')]: both branches, one chosen. */
LQ_INLINE double step(const lq_heston_plan *plan, double v, double z, double *log_tilted)
{
    const double m = __builtin_fma(v - plan->theta, plan->keep, plan->theta);
    const double psi = __builtin_fma(plan->var_slope, v, plan->var_level) / (m * m);
    const double tilt = plan->tilt;

    const double q = 2.0 / psi, over = q > 1.0 ? q - 1.0 : 0.0;
    const double b2 = over + __builtin_sqrt(q * over), a = m / (1.0 + b2);
    const double root = __builtin_sqrt(b2) + z, square = a * root * root;
    const double left = 1.0 - 2.0 * tilt * a;
    const double log_square = tilt * b2 * a / left - 0.5 * lq_lane_log(left);

    const double p = (psi - 1.0) / (psi + 1.0), beta = (1.0 - p) / m;
    const double above = lq_lane_normal_cdf(-z);
    const double tail = lq_lane_log((1.0 - p) / above) / beta;
    const double exponential = above < 1.0 - p ? tail : 0.0;
    const double log_exponential = lq_lane_log(p + beta * (1.0 - p) / (beta - tilt));

    *log_tilted = psi <= PSI_C ? log_square : log_exponential;
    return psi <= PSI_C ? square : exponential;
}

void LQ_KERNEL(lq_heston_run)(const lq_gbm_plan *asset, const lq_heston_plan *plan,
                              const lq_heston_inputs *in, double *rows)
{
    static const double none[LQ_LANES] __attribute__((aligned(64)));
    LQ_LANE_ARRAY(x);
    LQ_LANE_ARRAY(v);
    const double level = lq_lane_exp2(asset->start_log2);
    const lq_heston_plan h = *plan;
    for (int l = 0; l < LQ_LANES; l++) {
        x[l] = asset->start_log2;
        v[l] = h.start;
        rows[l] = level;
    }
    for (size_t k = 1; k <= asset->n_months; k++) {
        double *restrict row = rows + k * LQ_LANES;
        const double *restrict zm = in->market ? in->market + (k - 1) * LQ_LANES : none;
        const double *restrict zv = in->variance + (k - 1) * LQ_LANES;
        const double drift = asset->drift_log2[k];
#pragma omp simd
        for (int l = 0; l < LQ_LANES; l++) {
            double variance, price, log_tilted;
            split(&h, zm[l], row[l], zv[l], &variance, &price);
            const double before = v[l], after = step(&h, before, variance, &log_tilted);
            const double own = __builtin_fma(h.k3, before, h.k4 * after);
            const double log_move =
                h.k2 * after - 0.5 * h.k3 * before - log_tilted + __builtin_sqrt(own) * price;
            v[l] = after;
            x[l] += __builtin_fma(log_move, LOG2_E, drift);
            row[l] = lq_lane_exp2(x[l]);
        }
    }
}
