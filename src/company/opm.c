#include "company/opm.h"

#include "num/scalar.h"

#include <assert.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_roots.h>
#include <math.h>

static double call_at(double equity, double strike, double sd, double discount)
{
    const double paid = strike * discount;
    if (sd < 1e-9) return fmax(equity - paid, 0.0);
    const double d1 = lq_log(equity / paid) / sd + 0.5 * sd;
    return equity * lq_normal_cdf(d1) - paid * lq_normal_cdf(d1 - sd);
}

/* A call exercised at an exponential time: c (V / B)^m below zero money, on either side of B.
 */
static double call_exponential(const lq_exit_law *law, double equity, double strike)
{
    const double variance = law->volatility * law->volatility, r = law->rate;
    const double killed = r + law->rate_of_exit, half = 0.5 - r / variance;
    const double root = sqrt(half * half + 2.0 * killed / variance);
    const double up = half + root, down = half - root;
    const double time_value = strike * (1.0 - up * r / killed) / (up - down);
    if (equity < strike)
        return (strike * r / killed + time_value) * lq_pow(equity / strike, up);
    const double intrinsic = equity - strike * law->rate_of_exit / killed;
    return intrinsic + time_value * lq_pow(strike / equity, -down);
}

/* At each time of a table; `when` are its weights. */
static double call_by_table(const lq_exit_law *law, const double *when, double equity,
                            double strike)
{
    double sum = 0.0;
    for (size_t i = 0; i < law->n; i++) {
        if (when[i] == 0.0) continue;
        const double growth = law->growth ? law->growth[i] : law->rate * law->year[i];
        sum += when[i] *
               call_at(equity, strike, law->volatility * sqrt(law->year[i]), lq_exp(-growth));
    }
    return sum;
}

/* In one of the ways in which exits pay. */
static double call_in(const lq_exit_law *law, const lq_exit_manner *manner, double equity,
                      double strike)
{
    if (strike <= 0.0 || equity <= 0.0) return equity;
    if (law->time == LQ_EXIT_EXPONENTIAL) return call_exponential(law, equity, strike);
    if (law->time == LQ_EXIT_TABLE)
        return call_by_table(law, manner->when ? manner->when : law->weight, equity, strike);
    return call_at(equity, strike, law->volatility * sqrt(law->years),
                   lq_exp(-law->rate * law->years));
}

static const lq_exit_manner plain_sale = {.weight = 1.0, .gain = 1.0};

double lq_exit_call(const lq_exit_law *law, double equity, double strike)
{
    return call_in(law, &plain_sale, equity, strike);
}

static void add_pieces(const lq_pieces *pieces, const lq_exit_law *law, double equity,
                       const lq_exit_manner *manner, double *value)
{
    double above = call_in(law, manner, equity, pieces->from[0] / manner->gain);
    for (size_t i = 0; i < pieces->n; i++) {
        const bool last = i + 1 == pieces->n;
        const double next =
            last ? 0.0 : call_in(law, manner, equity, pieces->from[i + 1] / manner->gain);
        for (size_t k = 0; k < pieces->n_claimants; k++)
            value[k] += manner->weight * pieces->slope[i][k] * (above - next);
        above = next;
    }
}

/* The waterfalls of a stack, made once. */
typedef struct waterfalls {
    lq_pieces sale, listing, failure;
} waterfalls;

static const lq_pieces *pieces_of(const waterfalls *w, const lq_exit_manner *m)
{
    return m->listing ? &w->listing : m->failure ? &w->failure : &w->sale;
}

static void value_of(const waterfalls *w, const lq_exit_law *law, double equity, double *value)
{
    const bool plain = law->n_manners == 0;
    for (size_t k = 0; k < w->sale.n_claimants; k++)
        value[k] = 0.0;
    for (size_t i = 0; i < (plain ? 1 : law->n_manners); i++) {
        const lq_exit_manner *m = plain ? &plain_sale : &law->manner[i];
        add_pieces(pieces_of(w, m), law, equity, m, value);
    }
}

static waterfalls waterfalls_of(const lq_stack *stack)
{
    waterfalls w;
    lq_stack failed = *stack;
    failed.fees = failed.carve_out = 0.0;
    lq_stack_sale(stack, &w.sale);
    lq_stack_listing(stack, &w.listing);
    lq_stack_sale(&failed, &w.failure);
    return w;
}

void lq_stack_value(const lq_stack *stack, const lq_exit_law *law, double equity, double *value)
{
    const waterfalls w = waterfalls_of(stack);
    value_of(&w, law, equity, value);
}

/* Where a share of common reaches the strike, and from there on, piece by piece. */
static double calls_on_common(const lq_pieces *pieces, const lq_exit_law *law, double equity,
                              double strike, const lq_exit_manner *manner)
{
    const double gain = manner->gain;
    double price = 0.0, sum = 0.0;
    for (size_t i = 0; i < pieces->n; i++) {
        const bool last = i + 1 == pieces->n;
        const double slope = pieces->slope[i][LQ_CLAIM_COMMON] / pieces->common;
        const double from = pieces->from[i], next = last ? from : pieces->from[i + 1];
        const double end = last ? (double)INFINITY : price + slope * (next - from);
        if (slope > 0.0 && end > strike) {
            const double at = from + fmax(strike - price, 0.0) / slope;
            const double above = call_in(law, manner, equity, at / gain);
            sum += slope * (above - (last ? 0.0 : call_in(law, manner, equity, next / gain)));
        }
        price = end;
    }
    return sum;
}

double lq_stack_common_call(const lq_stack *stack, const lq_exit_law *law, double equity,
                            double strike)
{
    const waterfalls w = waterfalls_of(stack);
    double sum = 0.0;
    if (law->n_manners == 0) return calls_on_common(&w.sale, law, equity, strike, &plain_sale);
    for (size_t i = 0; i < law->n_manners; i++) {
        const lq_exit_manner *m = &law->manner[i];
        sum += m->weight * calls_on_common(pieces_of(&w, m), law, equity, strike, m);
    }
    return sum;
}

/* ---- the price of a round ---- */

typedef struct offer {
    lq_stack stack; /* the round's class is its last */
    const lq_exit_law *law;
    double equity;
    const lq_preferred *unit;
    const lq_new_round *round;
} offer;

static double excess_worth(double phi, void *context)
{
    offer *o = context;
    double value[LQ_MAX_CLAIMANTS];
    const double price = phi * o->equity / o->round->base, paid = price * o->round->issued;
    o->stack.preferred[o->stack.n_preferred - 1] = lq_preferred_at(o->unit, price);
    lq_stack_value(&o->stack, o->law, o->equity + (o->round->retained ? paid : 0.0), value);
    return value[o->stack.n_preferred] / paid - 1.0 - LQ_PHI_SLACK;
}

double lq_stack_round_phi(const lq_stack *stack, const lq_exit_law *law, double equity,
                          const lq_preferred *unit, const lq_new_round *round)
{
    offer o = {*stack, law, equity, unit, round};
    assert(stack->n_preferred < LQ_MAX_PREFERRED);
    o.stack.common += round->pool;
    o.stack.preferred[o.stack.n_preferred++] = *unit;
    return lq_phi_solve(excess_worth, &o);
}

/* ---- the value behind a price ---- */

typedef struct backsolve {
    const waterfalls *w;
    const lq_exit_law *law;
    size_t claimant;
    double target;
} backsolve;

/* In the logarithm of the equity: both ends of the bracket are far from what is sought. */
static double excess(double log_equity, void *context)
{
    const backsolve *b = context;
    double value[LQ_MAX_CLAIMANTS];
    value_of(b->w, b->law, lq_exp(log_equity), value);
    return value[b->claimant] - b->target;
}

static double find_root(gsl_function *f, double low, double high)
{
    gsl_root_fsolver *solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
    if (!solver) return (double)NAN;
    double root = (double)NAN;
    if (gsl_root_fsolver_set(solver, f, low, high) == GSL_SUCCESS)
        for (int i = 0; i < 200; i++) {
            if (gsl_root_fsolver_iterate(solver) != GSL_SUCCESS) break;
            root = gsl_root_fsolver_root(solver);
            low = gsl_root_fsolver_x_lower(solver);
            high = gsl_root_fsolver_x_upper(solver);
            if (gsl_root_test_interval(low, high, 1e-13, 0.0) == GSL_SUCCESS) break;
        }
    gsl_root_fsolver_free(solver);
    return root;
}

lq_status lq_stack_backsolve(const lq_stack *stack, const lq_exit_law *law, size_t claimant,
                             double target, double *equity, lq_error *err)
{
    const waterfalls w = waterfalls_of(stack);
    backsolve b = {&w, law, claimant, target};
    gsl_function f = {excess, &b};
    const double low = lq_log(target), high = low + lq_log(1e6);
    if (!(target > 0.0) || excess(high, &b) < 0.0)
        return LQ_FAIL(err, LQ_ENUMERIC,
                       .expected =
                           "a company of some value in which the class is worth its price",
                       .got = "none");
    const double root = excess(low, &b) >= 0.0 ? low : find_root(&f, low, high);
    *equity = lq_exp(root);
    return LQ_OK;
}
