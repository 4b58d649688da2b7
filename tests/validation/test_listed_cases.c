/* Published and recomputed numbers of listed companies whose prices jump (Merton 1976) or whose
 * volatility moves (Heston 1993): the formulas that serve as judges, and the engine through a
 * config. One share that vests, and is sold, at the end of the term. */
#include "lq_case.h"

#include <complex.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "case_config.h"
#include "case_path.h"

#define PI 3.14159265358979323846

static double phi(double x)
{
    return 0.5 * erfc(-x / sqrt(2.0));
}

/* A call on a forward, undiscounted, of a lognormal law with this deviation of the logarithm.
 */
static double black(double forward, double strike, double sd)
{
    const double d = log(forward / strike) / sd + 0.5 * sd;
    return forward * phi(d) - strike * phi(d - sd);
}

/* ---- paths ---- */

static const double *ends_of(const lq_case *c)
{
    return lq_case_offer(c, "end", 0);
}

/* Paths of a share of 100 by the model, `months` months on. */
static lq_case run_share(const char *model, double growth, int months)
{
    return run_text(HEAD
                    "simulation: {paths: %d, seed: 91, horizon: %dmo, liquidity_horizon: "
                    "%dmo}\n"
                    "companies: {s: {listing: public, price: $100, correlation: 0, growth: "
                    "%.17g/y, %s}}\n"
                    "offers:\n"
                    "  - {id: end, company: s, base: $0, leaving: 0/y, grants: "
                    "[{instrument: rsu, units: 1, vesting: {table: {%dmo: 100%%}}}]}\n",
                    lq_runs(200000), months, months, growth, model, months);
}

/* Discounted calls, `bias` off at most. */
static void check_call(lq_case *c, double strike, double discount, double want, double bias)
{
    const double *s = ends_of(c);
    double *paid = calloc(c->n, sizeof *paid);
    for (size_t i = 0; i < c->n; i++)
        paid[i] = discount * fmax(s[i] - strike, 0.0);
    const lq_sample_mean m = lq_mean_of(paid, c->n);
    assert_near(m.mean, want, 4.0 * m.se + bias);
    free(paid);
}

/* Moments of the logarithm of growth, `bias` off at most. */
static void check_logs(lq_case *c, double mean, double variance, double bias)
{
    const double *s = ends_of(c);
    double *logs = calloc(c->n, sizeof *logs), *squares = calloc(c->n, sizeof *squares);
    for (size_t i = 0; i < c->n; i++) {
        logs[i] = log(s[i] / 100.0);
        squares[i] = (logs[i] - mean) * (logs[i] - mean);
    }
    const lq_sample_mean m = lq_mean_of(logs, c->n), v = lq_mean_of(squares, c->n);
    assert_near(m.mean, mean, 4.0 * m.se + bias);
    assert_near(v.mean, variance, 4.0 * v.se + bias);
    free(logs);
    free(squares);
}

static void check_shares_below(lq_case *c, const lq_case_json *j, double bias)
{
    const double *s = ends_of(c);
    for (int i = 0; i < 3; i++) {
        const double p = lq_case_item(j, "expected.prob_below", i);
        size_t below = 0;
        for (size_t k = 0; k < c->n; k++)
            below += s[k] <= lq_case_item(j, "inputs.thresholds", i);
        assert_near((double)below / (double)c->n, p,
                    4.0 * sqrt(p * (1.0 - p) / (double)c->n) + bias);
    }
}

static void check_spread(lq_case *c, double sd, double bias)
{
    const lq_sample_mean m = lq_mean_of(ends_of(c), c->n);
    double *squares = calloc(c->n, sizeof *squares);
    for (size_t i = 0; i < c->n; i++)
        squares[i] = pow(ends_of(c)[i] - m.mean, 2.0);
    const lq_sample_mean v = lq_mean_of(squares, c->n);
    assert_near(v.mean, sd * sd, 4.0 * v.se + bias);
    free(squares);
}

/* ---- jumps ---- */

typedef struct jumps {
    double sigma, rate, mean, sd; /* of what is continuous; of a jump's logarithm */
} jumps;

/* Merton's series: a lognormal law for each number of jumps. */
static double merton_call(const jumps *x, double strike, double r, double years)
{
    const double k = expm1(x->mean + 0.5 * x->sd * x->sd), n = x->rate * years;
    double sum = 0.0, chance = exp(-n);
    for (int i = 0; i < 200; i++) {
        const double forward =
            100.0 * exp((r - x->rate * k) * years + i * (x->mean + 0.5 * x->sd * x->sd));
        const double sd = sqrt(x->sigma * x->sigma * years + i * x->sd * x->sd);
        sum += chance * black(forward, strike, sd);
        chance *= n / (i + 1);
    }
    return exp(-r * years) * sum;
}

/* The volatility of a config is total, jumps included (R11). */
static lq_case run_jumps(const jumps *x, double growth, int months)
{
    char model[256];
    const double second = x->mean * x->mean + x->sd * x->sd;
    snprintf(model, sizeof model,
             "model: merton, volatility: %.17g, jumps: {rate: %.17g/y, mean: %.17g, sd: %.17g}",
             sqrt(x->sigma * x->sigma + x->rate * second), x->rate, x->mean, x->sd);
    return run_share(model, growth, months);
}

static void mjd_01_calls(void **state)
{
    (void)state;
    lq_case_json j = lq_case_json_open("MJD-01");
    const double r = lq_case_number(&j, "inputs.r"), vol = lq_case_number(&j, "inputs.vol");
    for (int i = 0; i < 8; i++) {
        const double rate = lq_case_item(&j, "inputs.lam", i),
                     years = lq_case_item(&j, "inputs.T", i);
        const double variance = lq_case_item(&j, "inputs.gamma", i) * vol * vol / rate;
        const jumps x = {sqrt(vol * vol - rate * variance), rate, -0.5 * variance,
                         sqrt(variance)};
        const double strike = lq_case_item(&j, "inputs.K", i),
                     want = lq_case_item(&j, "expected.prices", i);
        assert_near(merton_call(&x, strike, r, years), want, 1e-6 * want);
        /* 1.2 months end between months: one month of time that runs 1.2 times as fast */
        const int months = (int)lround(12.0 * years);
        const double pace = 12.0 * years / months;
        const jumps run = {x.sigma * sqrt(pace), x.rate * pace, x.mean, x.sd};
        lq_case c = run_jumps(&run, r * pace, months);
        check_call(&c, strike, exp(-r * years), want, 0.0);
        lq_case_clear(&c);
    }
    lq_case_json_close(&j);
}

static void mjd_03_distribution(void **state)
{
    (void)state;
    lq_case_json j = lq_case_json_open("MJD-03");
    const jumps x = {lq_case_number(&j, "inputs.sigma"), lq_case_number(&j, "inputs.lam"),
                     lq_case_number(&j, "inputs.muJ"), lq_case_number(&j, "inputs.sigJ")};
    lq_case c = run_jumps(&x, lq_case_number(&j, "inputs.mu"), 24);
    const double *s = ends_of(&c);
    assert_mean(s, c.n, lq_case_number(&j, "expected.mean"));
    check_spread(&c, lq_case_number(&j, "expected.sd"), 0.0);
    check_logs(&c, lq_case_number(&j, "expected.mean_logret"),
               lq_case_number(&j, "expected.var_logret"), 0.0);
    check_shares_below(&c, &j, 0.0);
    for (int i = 0; i < 3; i++)
        assert_quantile(s, c.n, lq_case_item(&j, "inputs.probs", i),
                        lq_case_item(&j, "expected.quantiles", i));
    lq_case_clear(&c);
    lq_case_json_close(&j);
}

/* ---- moving volatility ---- */

typedef struct heston {
    double v0, kappa, theta, xi, rho;
} heston;

/* E[exp(i u ln S_T)] of a share of 1 without drift (Albrecher, Mayer, Schoutens and Tistaert
 * 2007, The little Heston trap). */
static double complex transform(const heston *h, double years, double complex u)
{
    const double complex i = I, b = h->kappa - h->rho * h->xi * i * u;
    const double complex d = csqrt(b * b + h->xi * h->xi * (u * u + i * u));
    const double complex g = (b - d) / (b + d), e = cexp(-d * years);
    const double complex level = h->kappa * h->theta / (h->xi * h->xi) *
                                 ((b - d) * years - 2.0 * clog((1.0 - g * e) / (1.0 - g)));
    return cexp(level + h->v0 * (b - d) / (h->xi * h->xi) * (1.0 - e) / (1.0 - g * e));
}

/* Lewis (2001): one integral, on the forward. */
static double heston_call(const heston *h, double strike, double r, double q, double years)
{
    const double complex i = I;
    const double forward = 100.0 * exp((r - q) * years), m = log(forward / strike), step = 0.01;
    double sum = 0.0;
    for (double u = 0.5 * step; u < 200.0; u += step)
        sum +=
            step * creal(cexp(i * u * m) * transform(h, years, u - 0.5 * i)) / (u * u + 0.25);
    return exp(-r * years) * (forward - sqrt(forward * strike) / PI * sum);
}

static heston heston_of(const lq_case_json *j)
{
    return (heston){lq_case_number(j, "inputs.v0"), lq_case_number(j, "inputs.kappa"),
                    lq_case_number(j, "inputs.theta"), lq_case_number(j, "inputs.xi"),
                    lq_case_number(j, "inputs.rho")};
}

static lq_case run_heston(const heston *h, double growth, int months)
{
    char model[256];
    snprintf(model, sizeof model,
             "model: heston, volatility: %.17g, heston: {speed: %.17g/y, vol_of_vol: %.17g, "
             "correlation: %.17g, start: %.17g}",
             sqrt(h->theta), h->kappa, h->xi, h->rho, sqrt(h->v0));
    return run_share(model, growth, months);
}

static void hes_01_reference_calls(void **state)
{
    (void)state;
    lq_case_json j = lq_case_json_open("HES-01");
    const heston h = heston_of(&j);
    for (int i = 0; i < 3; i++) {
        const double want = lq_case_item(&j, "expected.prices", i);
        assert_near(heston_call(&h, lq_case_item(&j, "inputs.K", i),
                                lq_case_number(&j, "inputs.r"), lq_case_number(&j, "inputs.q"),
                                lq_case_number(&j, "inputs.T")),
                    want, 1e-6 * want);
    }
    lq_case_json_close(&j);
}

/* The engine's scheme takes one step a month: its bias is allowed for, in money. */
static void check_heston_calls(const char *id, int n, double bias)
{
    lq_case_json j = lq_case_json_open(id);
    const heston h = heston_of(&j);
    const double r = lq_case_number(&j, "inputs.r"), years = lq_case_number(&j, "inputs.T");
    lq_case c = run_heston(&h, r, (int)lround(12.0 * years));
    for (int i = 0; i < n; i++) {
        const double want = lq_case_item(&j, "expected.prices", i),
                     strike = lq_case_item(&j, "inputs.K", i);
        assert_near(heston_call(&h, strike, r, 0.0, years), want, 2e-6 * want);
        check_call(&c, strike, exp(-r * years), want, bias);
    }
    lq_case_clear(&c);
    lq_case_json_close(&j);
}

static void hes_03_broadie_and_kaya(void **state)
{
    (void)state;
    check_heston_calls("HES-03", 1, 0.02);
}

static void hes_05_andersen(void **state)
{
    (void)state;
    check_heston_calls("HES-05", 3, 0.03);
}

/* Without correlation E ln S is half of the variance's integral short of the growth, and the
 * variance of ln S is its mean and a quarter of its variance. */
static void hes_09_variance(void **state)
{
    (void)state;
    lq_case_json j = lq_case_json_open("HES-09");
    const double years = lq_case_number(&j, "inputs.T");
    const heston h = {lq_case_number(&j, "inputs.v0"), lq_case_number(&j, "inputs.kappa"),
                      lq_case_number(&j, "inputs.theta"), lq_case_number(&j, "inputs.xi"), 0.0};
    const double mean = lq_case_number(&j, "expected.mean_int_v");
    lq_case c = run_heston(&h, 0.0, (int)lround(12.0 * years));
    check_logs(&c, -0.5 * mean, mean + 0.25 * lq_case_number(&j, "expected.var_int_v"), 2e-4);
    lq_case_clear(&c);
    lq_case_json_close(&j);
}

static void hes_11_moments(void **state)
{
    (void)state;
    lq_case_json j = lq_case_json_open("HES-11");
    const heston h = heston_of(&j);
    lq_case c = run_heston(&h, lq_case_number(&j, "inputs.mu"), 36);
    const double *s = ends_of(&c);
    assert_mean(s, c.n, lq_case_number(&j, "expected.mean"));
    check_spread(&c, lq_case_number(&j, "expected.sd"), 8.0);
    check_logs(&c, lq_case_number(&j, "expected.mean_logret"),
               lq_case_number(&j, "expected.var_logret"), 5e-4);
    check_shares_below(&c, &j, 1e-3);
    lq_case_clear(&c);
    lq_case_json_close(&j);
}

/* A variance that hardly moves is that of its mean. */
static void hes_13_no_vol_of_vol(void **state)
{
    (void)state;
    lq_case_json j = lq_case_json_open("HES-13");
    const double r = lq_case_number(&j, "inputs.r"), q = lq_case_number(&j, "inputs.q"),
                 years = lq_case_number(&j, "inputs.T"),
                 vol = lq_case_number(&j, "expected.effective_vol");
    const heston h = {lq_case_number(&j, "inputs.v0"), lq_case_number(&j, "inputs.kappa"),
                      lq_case_number(&j, "inputs.theta"), 0.01, 0.0};
    lq_case c = run_heston(&h, r - q, (int)lround(12.0 * years));
    for (int i = 0; i < 2; i++) {
        const double want = lq_case_item(&j, "expected.prices", i),
                     strike = lq_case_item(&j, "inputs.K", i);
        const double forward = 100.0 * exp((r - q) * years);
        assert_near(exp(-r * years) * black(forward, strike, vol * sqrt(years)), want,
                    1e-6 * want);
        check_call(&c, strike, exp(-r * years), want, 0.01);
    }
    lq_case_clear(&c);
    lq_case_json_close(&j);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mjd_01_calls),           cmocka_unit_test(mjd_03_distribution),
        cmocka_unit_test(hes_01_reference_calls), cmocka_unit_test(hes_03_broadie_and_kaya),
        cmocka_unit_test(hes_05_andersen),        cmocka_unit_test(hes_09_variance),
        cmocka_unit_test(hes_11_moments),         cmocka_unit_test(hes_13_no_vol_of_vol),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
