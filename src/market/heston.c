#include "market/market.h"

#include "num/lanes.h"

/* Where the scheme changes from a squared normal to an exponential with an atom at 0. */
static const double PSI_C = 1.5;

#define LOG2_E 1.4426950408889634074

/* The normal that moves the variance, and the one that is the price's alone, of the three
 * independent ones of a month. */
LQ_INLINE void split(const lq_heston_plan *plan, const lq_heston_step *step,
                     const double normals[3], double *variance, double *price)
{
    const double zm = normals[0], zo = normals[1], zv = normals[2];
    const double s = __builtin_fma(plan->market, zm, plan->own * zo);
    *variance = __builtin_fma(plan->rho, s, plan->rho_rest * zv);
    *price = __builtin_fma(step->of_price, s,
                           __builtin_fma(step->of_market, zm, step->of_rest * zv));
}

/* The variance after a month, and ln E[exp(tilt v')]: both branches, one chosen. */
LQ_INLINE double vary(const lq_heston_plan *plan, double tilt, double v, double z,
                      double *log_tilted)
{
    const double m = __builtin_fma(v - plan->theta, plan->keep, plan->theta);
    const double psi = __builtin_fma(plan->var_slope, v, plan->var_level) / (m * m);

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

/* What a month adds to the logarithm, beside the drift; *v becomes the variance after it. */
LQ_INLINE double move(const lq_heston_plan *plan, const lq_heston_step *step,
                      const double normals[3], double *v)
{
    double variance, price, log_tilted;
    split(plan, step, normals, &variance, &price);
    const double before = *v, after = vary(plan, step->tilt, before, variance, &log_tilted);
    const double own = __builtin_fma(step->k3, before, step->k4 * after);
    *v = after;
    return step->k2 * after - 0.5 * step->k3 * before - log_tilted +
           __builtin_sqrt(own) * price + step->drift;
}

/* The rows of one month: own normals on entry, levels on return. */
typedef struct month {
    const double *zm, *zv;
    double drift_log2;
    double *row, *x, *v;
} month;

LQ_INLINE void advance(const lq_heston_plan *plan, const lq_heston_step *step, const month *m,
                       int lane)
{
    const double normals[3] = {m->zm[lane], m->row[lane], m->zv[lane]};
    double v = m->v[lane];
    m->x[lane] += __builtin_fma(move(plan, step, normals, &v), LOG2_E, m->drift_log2);
    m->v[lane] = v;
    m->row[lane] = lq_lane_exp2(m->x[lane]);
}

void LQ_KERNEL(lq_heston_run)(const lq_gbm_plan *asset, const lq_heston_plan *plan,
                              const lq_heston_inputs *in, double *rows)
{
    static const double none[LQ_LANES] __attribute__((aligned(64)));
    LQ_LANE_ARRAY(x);
    LQ_LANE_ARRAY(v);
    const double level = lq_lane_exp2(asset->start_log2);
    const lq_heston_plan h = *plan;
    const lq_heston_step step = h.step;
    for (int l = 0; l < LQ_LANES; l++) {
        x[l] = asset->start_log2;
        v[l] = h.start;
        rows[l] = level;
    }
    for (size_t k = 1; k <= asset->n_months; k++) {
        const month m = {.zm = in->market ? in->market + (k - 1) * LQ_LANES : none,
                         .zv = in->variance + (k - 1) * LQ_LANES,
                         .drift_log2 = asset->drift_log2[k],
                         .row = rows + k * LQ_LANES,
                         .x = x,
                         .v = v};
        if (!h.by_state) {
#pragma omp simd
            for (int l = 0; l < LQ_LANES; l++)
                advance(&h, &step, &m, l);
            continue;
        }
        const int32_t *state = in->states + (k - 1) * LQ_LANES;
#pragma omp simd
        for (int l = 0; l < LQ_LANES; l++)
            advance(&h, &h.by_state[state[l]], &m, l);
    }
}
