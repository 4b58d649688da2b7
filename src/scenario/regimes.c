#include "scenario/regimes.h"

#include <math.h>
#include <string.h>

enum { MAX_STATES = LQ_MAX_REGIMES };

static const lq_regime *nth(const lq_list *regimes, size_t i)
{
    return (const lq_regime *)regimes->items + i;
}

double lq_regime_next(const lq_regime *state, size_t next)
{
    const lq_value *p = state->next.items;
    return next < state->next.len ? p[next].p[0] : 0.0;
}

bool lq_regimes_long_run(const lq_list *regimes, double *pi)
{
    double p[MAX_STATES][MAX_STATES], sum = 1.0;
    const size_t n = regimes->len;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            p[i][j] = lq_regime_next(nth(regimes, i), j);
    for (size_t m = n; m-- > 1;) { /* states above m are gone */
        double out = 0.0;
        for (size_t j = 0; j < m; j++)
            out += p[m][j];
        if (!(out > 0.0)) return false;
        for (size_t i = 0; i < m; i++) {
            p[i][m] /= out;
            for (size_t j = 0; j < m; j++)
                p[i][j] += p[i][m] * p[m][j];
        }
    }
    pi[0] = 1.0;
    for (size_t m = 1; m < n; m++) {
        pi[m] = 0.0;
        for (size_t i = 0; i < m; i++)
            pi[m] += pi[i] * p[i][m];
        if (!(pi[m] > 0.0)) return false;
        sum += pi[m];
    }
    for (size_t i = 0; i < n; i++)
        pi[i] /= sum;
    return true;
}

size_t lq_regimes_start(const lq_market *market)
{
    size_t i = 0;
    if (!market->starts_in) return market->regimes.len;
    while (i < market->regimes.len &&
           strcmp(nth(&market->regimes, i)->id, market->starts_in) != 0)
        i++;
    return i;
}

static double long_run_of(const lq_list *regimes, double (*of)(const lq_regime *))
{
    double pi[MAX_STATES] = {0}, sum = 0.0;
    if (!lq_regimes_long_run(regimes, pi)) return 0.0;
    for (size_t i = 0; i < regimes->len; i++)
        sum += pi[i] * of(nth(regimes, i));
    return sum;
}

static double premium(const lq_regime *r)
{
    return r->premium.p[0];
}

static double variance(const lq_regime *r)
{
    return r->volatility.p[0] * r->volatility.p[0];
}

static double log_drift(const lq_regime *r)
{
    return (premium(r) - 0.5 * variance(r)) / 12.0;
}

static double square_of_drift(const lq_regime *r)
{
    return log_drift(r) * log_drift(r);
}

double lq_regimes_premium(const lq_list *regimes)
{
    return long_run_of(regimes, premium);
}

double lq_regimes_volatility(const lq_list *regimes)
{
    const double mean = long_run_of(regimes, log_drift);
    const double between = long_run_of(regimes, square_of_drift) - mean * mean;
    return sqrt(long_run_of(regimes, variance) + 12.0 * (between > 0.0 ? between : 0.0));
}

double lq_returns_mean(const lq_returns *returns)
{
    double sum = 0.0;
    for (size_t i = 0; i < returns->n; i++)
        sum += returns->log_return[i];
    return returns->n ? sum / (double)returns->n : 0.0;
}

static double covariance(const lq_returns *a, const lq_returns *b)
{
    const double mean_a = lq_returns_mean(a), mean_b = lq_returns_mean(b);
    double sum = 0.0;
    for (size_t i = 0; i < a->n; i++)
        sum += (a->log_return[i] - mean_a) * (b->log_return[i] - mean_b);
    return a->n ? sum / (double)a->n : 0.0;
}

double lq_returns_sd(const lq_returns *returns)
{
    return sqrt(covariance(returns, returns));
}

double lq_returns_beta(const lq_returns *a, const lq_returns *b)
{
    const double of_b = covariance(b, b);
    return of_b > 0.0 ? covariance(a, b) / of_b : 0.0;
}
