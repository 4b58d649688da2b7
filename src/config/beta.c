#include "config/beta.h"

#include "num/scalar.h"

enum { MAX_TERMS = 400, BISECTIONS = 60 };

/* The incomplete beta function for x <= 1/2; the terms at least halve once n is past a + b. */
static double lower_part(double x, double a, double b)
{
    double term = 1.0, sum = 1.0;
    for (int n = 0; n < MAX_TERMS && term > sum * 1e-17; n++) {
        term *= (a + b + n) / (a + 1.0 + n) * x;
        sum += term;
    }
    return lq_pow(x, a) * lq_pow(1.0 - x, b) / a * sum;
}

double lq_beta_cdf(double x, double a, double b)
{
    if (x <= 0.0) return 0.0;
    if (x >= 1.0) return 1.0;
    const double complete = lower_part(0.5, a, b) + lower_part(0.5, b, a);
    return x <= 0.5 ? lower_part(x, a, b) / complete
                    : 1.0 - lower_part(1.0 - x, b, a) / complete;
}

double lq_beta_quantile(double u, double a, double b)
{
    double low = 0.0, high = 1.0;
    for (int i = 0; i < BISECTIONS; i++) {
        const double mid = 0.5 * (low + high);
        if (lq_beta_cdf(mid, a, b) < u)
            low = mid;
        else
            high = mid;
    }
    return 0.5 * (low + high);
}
