#include "num/scalar.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

/* ln 2 in two parts: k * LN2_HIGH is exact for |k| < 2^20. */
static const double LN2_HIGH = 0x1.62e42feep-1, LN2_LOW = 0x1.a39ef35793c76p-33;

static double power_of_two(int k)
{
    const uint64_t bits = (uint64_t)(k + 1023) << 52;
    double out;
    memcpy(&out, &bits, sizeof out);
    return out;
}

/* Taylor to degree 13 on |r| <= ln 2 / 2: truncation below 5e-18. */
static double exp_reduced(double r)
{
    double sum = 1.0 / 6227020800.0;
    static const double coefficient[13] = {1.0,
                                           1.0,
                                           0.5,
                                           1.0 / 6,
                                           1.0 / 24,
                                           1.0 / 120,
                                           1.0 / 720,
                                           1.0 / 5040,
                                           1.0 / 40320,
                                           1.0 / 362880,
                                           1.0 / 3628800,
                                           1.0 / 39916800,
                                           1.0 / 479001600};
    for (int i = 12; i >= 0; i--)
        sum = sum * r + coefficient[i];
    return sum;
}

double lq_exp(double x)
{
    if (isnan(x)) return x;
    if (x > 709.782712893384) return (double)INFINITY;
    if (x < -745.1332191019412) return 0.0;
    const double k = rint(x * 1.4426950408889634074);
    const double r = (x - k * LN2_HIGH) - k * LN2_LOW;
    const int half = (int)k / 2;
    return exp_reduced(r) * power_of_two(half) * power_of_two((int)k - half);
}

double lq_log(double x)
{
    if (isnan(x) || x < 0.0) return (double)NAN;
    if (x == 0.0) return -(double)INFINITY;
    if (isinf(x)) return x;
    int k;
    double m = frexp(x, &k);
    if (m < 0.70710678118654752440) {
        m *= 2.0;
        k--;
    }
    /* log m = 2 atanh(s), s = (m-1)/(m+1), |s| <= 0.1716: terms to s^23. */
    const double f = m - 1.0, s = f / (2.0 + f), y = s * s;
    double sum = 1.0 / 23;
    for (int odd = 21; odd >= 3; odd -= 2)
        sum = sum * y + 1.0 / odd;
    /* 2s = f - s f, so that the leading term is exact near m = 1 */
    const double tail = s * (2.0 * y * sum - f);
    return k * LN2_HIGH + (f + (tail + k * LN2_LOW));
}

double lq_pow(double x, double y)
{
    if (y == 0.0 || x == 1.0) return 1.0;
    if (x == 0.0) return y > 0.0 ? 0.0 : (double)INFINITY;
    return lq_exp(y * lq_log(x));
}

double lq_normal_pdf(double z)
{
    return 0.39894228040143267794 * lq_exp(-0.5 * z * z);
}

/* Lower tail at -z for z >= 0. Hart (1968) 5666 in the form of West (2005), whose relative
 * error grows to 3e-9 at 7; from 3 on the continued fraction of Mills' ratio, 50 terms. */
static double upper_tail(double z)
{
    if (z > 38.6) return 0.0;
    const double e = lq_exp(-0.5 * z * z);
    if (z >= 3.0) {
        double c = z;
        for (int i = 50; i >= 1; i--)
            c = z + i / c;
        return e / c * 0.39894228040143267794;
    }
    const double p =
        (((((3.52624965998911e-02 * z + 0.700383064443688) * z + 6.37396220353165) * z +
           33.912866078383) *
              z +
          112.079291497871) *
             z +
         221.213596169931) *
            z +
        220.206867912376;
    const double q =
        ((((((8.83883476483184e-02 * z + 1.75566716318264) * z + 16.064177579207) * z +
            86.7807322029461) *
               z +
           296.564248779674) *
              z +
          637.333633378831) *
             z +
         793.826512519948) *
            z +
        440.413735824752;
    return e * p / q;
}

double lq_normal_cdf(double z)
{
    if (isnan(z)) return z;
    return z <= 0.0 ? upper_tail(-z) : 1.0 - upper_tail(z);
}

static double rational(const double *p, const double *q, double r)
{
    double a = p[7], b = q[6];
    for (int i = 6; i >= 0; i--)
        a = a * r + p[i];
    for (int i = 5; i >= 0; i--)
        b = b * r + q[i];
    return a / (b * r + 1.0);
}

double lq_normal_quantile(double u)
{
    static const double a[8] = {3.3871328727963666080e0,  1.3314166789178437745e+2,
                                1.9715909503065514427e+3, 1.3731693765509461125e+4,
                                4.5921953931549871457e+4, 6.7265770927008700853e+4,
                                3.3430575583588128105e+4, 2.5090809287301226727e+3};
    static const double b[7] = {4.2313330701600911252e+1, 6.8718700749205790830e+2,
                                5.3941960214247511077e+3, 2.1213794301586595867e+4,
                                3.9307895800092710610e+4, 2.8729085735721942674e+4,
                                5.2264952788528545610e+3};
    static const double c[8] = {1.42343711074968357734e0,  4.63033784615654529590e0,
                                5.76949722146069140550e0,  3.64784832476320460504e0,
                                1.27045825245236838258e0,  2.41780725177450611770e-1,
                                2.27238449892691845833e-2, 7.74545014278341407640e-4};
    static const double d[7] = {2.05319162663775882187e0,  1.67638483018380384940e0,
                                6.89767334985100004550e-1, 1.48103976427480074590e-1,
                                1.51986665636164571966e-2, 5.47593808499534494600e-4,
                                1.05075007164441684324e-9};
    static const double e[8] = {6.65790464350110377720e0,  5.46378491116411436990e0,
                                1.78482653991729133580e0,  2.96560571828504891230e-1,
                                2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                2.71155556874348757815e-5, 2.01033439929228813265e-7};
    static const double f[7] = {5.99832206555887937690e-1, 1.36929880922735805310e-1,
                                1.48753612908506148525e-2, 7.86869131145613259100e-4,
                                1.84631831751005468180e-5, 1.42151175831644588870e-7,
                                2.04426310338993978564e-15};
    if (!(u >= 0.0 && u <= 1.0)) return (double)NAN;
    if (u == 0.0) return -(double)INFINITY;
    if (u == 1.0) return (double)INFINITY;
    const double q = u - 0.5;
    if (fabs(q) <= 0.425) return q * rational(a, b, 0.180625 - q * q);
    const double r = sqrt(-lq_log(q < 0.0 ? u : 1.0 - u));
    const double z = r <= 5.0 ? rational(c, d, r - 1.6) : rational(e, f, r - 5.0);
    return q < 0.0 ? -z : z;
}
