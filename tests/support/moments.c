#include "lq_test.h"

#include "moments.h"

#include <math.h>

void moments_add(moments *m, double x)
{
    m->n += 1.0;
    m->sum += x;
    m->squares += x * x;
}

double moments_mean(const moments *m)
{
    return m->sum / m->n;
}

double moments_sd(const moments *m)
{
    const double mean = moments_mean(m);
    return sqrt(fmax(m->squares / m->n - mean * mean, 0.0));
}

double moments_se(const moments *m)
{
    return moments_sd(m) / sqrt(m->n);
}

void moments_assert_mean(const moments *m, double want, double slack, const char *what,
                         const char *file, int line)
{
    lq_assert_estimate(moments_mean(m), want, moments_se(m), slack, what, file, line);
}

void moments_assert_share(double hits, double n, double want, const char *what,
                          const char *file, int line)
{
    const double se = sqrt(want * (1.0 - want) / n);
    lq_assert_estimate(hits / n, want, se, 0.0, what, file, line);
}
