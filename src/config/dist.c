#include "config/beta.h"
#include "config/value.h"
#include "num/scalar.h"

#include <math.h>

lq_value lq_value_constant(double x)
{
    return (lq_value){.dist = LQ_DIST_CONSTANT, .p = {x}, .given = true};
}

bool lq_value_is_constant(const lq_value *value)
{
    return value->dist == LQ_DIST_CONSTANT;
}

double lq_value_mean(const lq_value *value)
{
    const double *p = value->p;
    double mean = 0.0;
    switch (value->dist) {
    case LQ_DIST_UNIFORM:
        return 0.5 * (p[0] + p[1]);
    case LQ_DIST_TRIANGULAR:
        return (p[0] + p[1] + p[2]) / 3.0;
    case LQ_DIST_PERT:
        return (p[0] + 4.0 * p[1] + p[2]) / 6.0;
    case LQ_DIST_DISCRETE:
        for (size_t i = 0; i < value->n_atoms; i++)
            mean += value->atom[i] * value->probability[i];
        return mean;
    case LQ_DIST_CONSTANT:
    case LQ_DIST_NORMAL:
    case LQ_DIST_LOGNORMAL:
        break;
    }
    return p[0];
}

void lq_value_range(const lq_value *value, double *low, double *high)
{
    const double *p = value->p;
    *low = *high = p[0];
    switch (value->dist) {
    case LQ_DIST_CONSTANT:
        return;
    case LQ_DIST_UNIFORM:
        *high = p[1];
        return;
    case LQ_DIST_TRIANGULAR:
    case LQ_DIST_PERT:
        *high = p[2];
        return;
    case LQ_DIST_NORMAL:
        *low = -INFINITY;
        *high = INFINITY;
        return;
    case LQ_DIST_LOGNORMAL:
        *low = 0.0;
        *high = INFINITY;
        return;
    case LQ_DIST_DISCRETE:
        *low = value->atom[0];
        *high = value->atom[value->n_atoms - 1];
        return;
    }
}

static double triangular_quantile(const double p[3], double u)
{
    const double width = p[2] - p[0], left = p[1] - p[0], right = p[2] - p[1];
    if (u * width <= left) return p[0] + sqrt(u * width * left);
    return p[2] - sqrt((1.0 - u) * width * right);
}

/* Vose's modified PERT with shape 4: a beta law on [low, high] whose parameters sum to 6. */
static double pert_quantile(const double p[3], double u)
{
    const double width = p[2] - p[0];
    const double a = 1.0 + 4.0 * (p[1] - p[0]) / width, b = 1.0 + 4.0 * (p[2] - p[1]) / width;
    return p[0] + width * lq_beta_quantile(u, a, b);
}

static double lognormal_quantile(double mean, double sd, double u)
{
    const double spread = sd / mean;
    const double variance_log = lq_log(1.0 + spread * spread);
    return mean * lq_exp(sqrt(variance_log) * lq_normal_quantile(u) - 0.5 * variance_log);
}

/* The smallest atom whose cumulative probability reaches u. */
static double discrete_quantile(const lq_value *value, double u)
{
    double sum = 0.0;
    for (size_t i = 0; i + 1 < value->n_atoms; i++) {
        sum += value->probability[i];
        if (u <= sum) return value->atom[i];
    }
    return value->atom[value->n_atoms - 1];
}

double lq_value_quantile(const lq_value *value, double u)
{
    const double *p = value->p;
    switch (value->dist) {
    case LQ_DIST_CONSTANT:
        break;
    case LQ_DIST_UNIFORM:
        return p[0] + u * (p[1] - p[0]);
    case LQ_DIST_TRIANGULAR:
        return triangular_quantile(p, u);
    case LQ_DIST_NORMAL:
        return p[0] + p[1] * lq_normal_quantile(u);
    case LQ_DIST_LOGNORMAL:
        return lognormal_quantile(p[0], p[1], u);
    case LQ_DIST_PERT:
        return pert_quantile(p, u);
    case LQ_DIST_DISCRETE:
        return discrete_quantile(value, u);
    }
    return p[0];
}

int lq_value_months(const lq_value *value)
{
    return (int)rint(value->p[0] * 12.0);
}
