#include "stats/utility.h"

#include "num/scalar.h"
#include "stats/functional.h"
#include "stats/stake.h"

#include <assert.h>
#include <math.h>

const double lq_gammas[LQ_N_GAMMAS] = {0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0};

/* Wealth below this share of outside wealth is raised to it (R16). */
#define FLOOR_FRAC 0.01

/* Everything that a pass over the points needs. */
typedef struct problem {
    lq_stake *stake;
    lq_utility utility;
    double safe;      /* w (1 - pi) - C */
    double in_market; /* w pi */
    double floor;
    double reference; /* u is 0 here; keeps powers and exponentials near 1 */
} problem;

static double exp_less_one(double t)
{
    if (fabs(t) > 0.02) return lq_exp(t) - 1.0;
    double series = 1.0;
    for (int k = 9; k >= 2; k--)
        series = 1.0 + t / k * series;
    return t * series;
}

static double log_of_one_plus(double y)
{
    if (fabs(y) > 0.02) return lq_log(1.0 + y);
    const double z = y / (2.0 + y), z2 = z * z; /* 2 artanh z */
    return 2.0 * z * (1.0 + z2 * (1.0 / 3.0 + z2 * (1.0 / 5.0 + z2 * (1.0 / 7.0))));
}

/* (e^(s v) - 1) / s, which is v at s = 0, and its inverse. */
static double box(double s, double v)
{
    return s == 0.0 ? v : exp_less_one(s * v) / s;
}

static double unbox(double s, double u)
{
    return s == 0.0 ? u : log_of_one_plus(s * u) / s;
}

/* u, u', u'' at a wealth, scaled so that u(reference) = 0. */
typedef struct jet {
    double u, slope, bend;
} jet;

static jet utility_at(const problem *p, double wealth)
{
    const double a = p->utility.aversion;
    if (p->utility.kind == LQ_UTILITY_CARA) {
        const double d = wealth - p->reference, slope = lq_exp(-a * d);
        return (jet){.u = box(-a, d), .slope = slope, .bend = -a * slope};
    }
    const double l = lq_log(wealth / p->reference);
    const double slope = lq_exp(-a * l) / p->reference;
    return (jet){.u = box(1.0 - a, l), .slope = slope, .bend = -a * slope / wealth};
}

static double wealth_with_utility(const problem *p, double u)
{
    const double a = p->utility.aversion;
    if (p->utility.kind == LQ_UTILITY_CARA) return p->reference + unbox(-a, u);
    return p->reference * lq_exp(unbox(1.0 - a, u));
}

static double wealth_at(const problem *p, const lq_stratum *at, double x)
{
    return p->safe + p->in_market * at->growth + x;
}

/* Utility at x in a stratum; `variance` is that of wealth around it, to second order. */
static jet utility_in(const problem *p, const lq_stratum *at, double x, double variance)
{
    const double wealth = wealth_at(p, at, x);
    if (wealth <= p->floor) return (jet){.u = utility_at(p, p->floor).u};
    jet j = utility_at(p, wealth);
    j.u += 0.5 * j.bend * variance;
    return j;
}

/* Variance of what outside wealth does within a stratum, and of it together with X at a point:
 * what X is above its least moves with the market in proportion, so that the slope of its mean,
 * which a few fortunes may make, does not move what is small. */
static double variance_alone(const problem *p, const lq_stratum *at)
{
    return p->in_market * p->in_market * at->variance;
}

static double variance_together(const problem *p, const lq_stratum *at, double part)
{
    return p->in_market * (p->in_market + 2.0 * at->beta * part) * at->variance;
}

/* Expected utility of a sure x, and its slope in x. */
static jet sure_utility(const problem *p, double x)
{
    const lq_stake *stake = p->stake;
    jet sum = {0};
    for (uint32_t s = 0; s < stake->n_strata; s++) {
        const lq_stratum *at = &stake->strata[s];
        const double share = at->law->n_paths / stake->n_paths;
        const jet j = utility_in(p, at, x, variance_alone(p, at));
        sum.u += share * j.u;
        sum.slope += share * j.slope;
    }
    return sum;
}

/* Fills the utilities of all points and returns their mean. */
static double expected_utility(const problem *p)
{
    double sum = 0.0;
    for (uint32_t s = 0; s < p->stake->n_strata; s++) {
        lq_stratum *at = &p->stake->strata[s];
        const double least = lq_law_quantile(at->law, 0.0);
        const double usual = lq_law_mean(at->law) - least;
        for (size_t i = 0; i < at->law->len; i++) {
            const lq_law_bin *bin = &at->law->bin[i];
            const double part = usual > 0.0 ? (bin->mean - least) / usual : 1.0;
            const double variance = variance_together(p, at, part);
            at->u[i] = utility_in(p, at, bin->mean, bin->variance + variance).u;
            sum += bin->weight * at->u[i];
        }
    }
    return sum / p->stake->n_paths;
}

/* The x with sure_utility(x) = target, by Newton steps kept inside a shrinking bracket. */
static double solve_sure(const problem *p, double target)
{
    double low = p->stake->lowest, high = p->stake->highest;
    double x = fmin(fmax(p->stake->mean, low), high);
    const double tolerance = 1e-15 * (fabs(low) + fabs(high) + p->reference);
    for (int i = 0; i < 200 && high - low > tolerance; i++) {
        const jet j = sure_utility(p, x);
        if (j.u < target)
            low = x;
        else
            high = x;
        const double step = (target - j.u) / j.slope;
        double next = x + step;
        if (!(next > low && next < high)) next = low + 0.5 * (high - low);
        if (fabs(next - x) <= tolerance) return next;
        x = next;
    }
    return x;
}

static problem make_problem(lq_stake *stake, const lq_background *background,
                            const lq_utility *utility)
{
    const double w = background->wealth_money, pi = background->market_share_frac;
    problem p = {.stake = stake, .utility = *utility};
    p.floor = fmax(FLOOR_FRAC * w, 1.0);
    /* Without strata the market's growth is 1: nothing is in it. */
    p.safe = w * (1.0 - pi) - background->spending_money;
    p.in_market = w * pi;
    p.reference = fmax(p.safe + p.in_market + stake->mean, p.floor);
    /* CARA: the worst outcome may not leave the range of exp. */
    const double worst = fmax(p.safe + stake->lowest, p.floor);
    if (utility->kind == LQ_UTILITY_CARA && utility->aversion * (p.reference - worst) > 300.0)
        p.reference = worst + 300.0 / utility->aversion;
    return p;
}

static double certainty_equivalent(const problem *p)
{
    const lq_stake *stake = p->stake;
    const double expected = expected_utility(p);
    if (stake->n_strata > 1) return solve_sure(p, expected);
    const double x = wealth_with_utility(p, expected) - p->safe - p->in_market;
    return fmin(fmax(x, stake->lowest), stake->highest);
}

/* Standard error and floored share, around the certainty equivalent. */
static void measure_spread(const problem *p, double slope, lq_ce *ce)
{
    const lq_stake *stake = p->stake;
    double square = 0.0, floored = 0.0;
    for (uint32_t s = 0; s < stake->n_strata; s++) {
        lq_stratum *at = &stake->strata[s];
        at->sure = utility_in(p, at, ce->value, variance_alone(p, at)).u;
        for (size_t i = 0; i < at->law->len; i++) {
            const lq_law_bin *bin = &at->law->bin[i];
            const double d = at->u[i] - at->sure;
            square += bin->weight * d * d;
            if (wealth_at(p, at, bin->mean) < p->floor) floored += bin->weight;
        }
    }
    ce->se = sqrt(square) / stake->n_paths / slope;
    ce->floored_frac = floored / stake->n_paths;
}

/* What the points of one replicate say: its mean utility above the sure one, in money. */
static double replicate_ce(const lq_stake *stake, uint32_t replicate, double slope, double ce)
{
    double sum = 0.0, paths = 0.0;
    for (uint32_t s = 0; s < stake->n_strata; s++) {
        const lq_stratum *at = &stake->strata[s];
        const double *weight = at->weight + replicate * at->law->len;
        for (size_t i = 0; i < at->law->len; i++) {
            sum += weight[i] * (at->u[i] - at->sure);
            paths += weight[i];
        }
    }
    return ce + sum / paths / slope;
}

double lq_ce_of_part(lq_stake *stake, const lq_background *background,
                     const lq_utility *utility, double ce, double part)
{
    if (!(stake->n_paths > 0.0)) return (double)NAN;
    const problem p = make_problem(stake, background, utility);
    const jet at = sure_utility(&p, ce);
    return (sure_utility(&p, part).u - at.u) / at.slope;
}

lq_ce lq_certainty_equivalent(lq_stake *stake, const lq_background *background,
                              const lq_utility *utility, double *replicates)
{
    assert(background->market_share_frac == 0.0 || stake->n_strata > 1);
    lq_ce ce = {.value = (double)NAN, .se = (double)NAN};
    if (stake->n_paths > 0.0) {
        const problem p = make_problem(stake, background, utility);
        ce.value = certainty_equivalent(&p);
        const double slope = sure_utility(&p, ce.value).slope;
        measure_spread(&p, slope, &ce);
        for (uint32_t r = 0; replicates && r < stake->n_replicates; r++)
            replicates[r] = replicate_ce(stake, r, slope, ce.value);
        return ce;
    }
    for (uint32_t r = 0; replicates && r < stake->n_replicates; r++)
        replicates[r] = (double)NAN;
    return ce;
}
