#include "plan/paper.h"
#include "plan/probability.h"

#include "num/scalar.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* R9: the longest that a company is taken to stay private where nothing else is said. */
static const double LONGEST_YEARS = 5.0;
/* Option values have a limit at 0, and no formula. */
static const double LEAST_VOLATILITY = 1e-3;

static double number(const lq_paper *paper, const lq_value *value, const char *key)
{
    char address[160];
    snprintf(address, sizeof address, "companies.%s.%s", paper->company->id, key);
    return lq_plan_number(paper->scenario, value, address, paper->world);
}

double lq_paper_rate(const lq_paper *paper, double years)
{
    const lq_market *market = &paper->scenario->market;
    const lq_fx *fx = market->fx.items;
    const char *currency = paper->company->currency;
    for (size_t i = 0; i < market->fx.len; i++) {
        if (strcmp(fx[i].currency, currency) != 0) continue;
        if (strcmp(currency, paper->scenario->currency) == 0) break;
        char address[160];
        snprintf(address, sizeof address, "market.fx.%s.rate", fx[i].id);
        return lq_log(1.0 +
                      lq_plan_number(paper->scenario, &fx[i].rate, address, paper->world));
    }
    return lq_plan_zero_rate(&market->rates, years);
}

/* ---- intensities ---- */

/* The causes of an exit, and what each pays out over the value of the day. */
typedef struct causes {
    const lq_hazard *hazard[LQ_EXIT_KINDS];
    double rate[LQ_EXIT_KINDS]; /* a year; of a cause by age unused */
    double gain[LQ_EXIT_KINDS];
} causes;

static bool is_by_age(const lq_hazard *h)
{
    return h->kind == LQ_HAZARD_WEIBULL || h->kind == LQ_HAZARD_TABLE;
}

static causes causes_of(const lq_paper *paper)
{
    static const char *const keys[LQ_EXIT_KINDS] = {
        NULL, "exits.ipo.rate", "exits.acquisition.rate", "exits.failure.rate"};
    const lq_company *c = paper->company;
    causes out = {.hazard = {NULL, &c->ipo.hazard, &c->acquisition.hazard, &c->failure.hazard},
                  .gain = {0.0, 1.0, 1.0 + lq_value_mean(&c->acquisition.premium),
                           number(paper, &c->failure.recovery, "exits.failure.recovery")}};
    lq_closed_form(paper->scenario, c, paper->world, out.rate);
    for (int k = 1; k < LQ_EXIT_KINDS; k++)
        if (out.hazard[k]->kind == LQ_HAZARD_RATE)
            out.rate[k] = number(paper, &out.hazard[k]->rate, keys[k]);
        else if (out.hazard[k]->kind != LQ_HAZARD_PROBABILITY)
            out.rate[k] = 0.0;
    return out;
}

/* Integral of a cause's intensity between two times from the start. */
static double mass_of(const lq_paper *paper, const causes *c, int cause, double from, double to)
{
    const lq_hazard *h = c->hazard[cause];
    const double age = paper->company->age.p[0];
    double mass = 0.0;
    if (h->kind == LQ_HAZARD_WEIBULL) {
        const double shape = number(paper, &h->shape, "weibull.shape");
        const double scale = number(paper, &h->scale, "weibull.scale");
        const double before = age + from > 0.0 ? lq_pow((age + from) / scale, shape) : 0.0;
        return lq_pow((age + to) / scale, shape) - before;
    }
    if (h->kind != LQ_HAZARD_TABLE) return c->rate[cause] * (to - from);
    for (size_t i = 0; i < h->n_rows; i++) {
        const double end = i + 1 < h->n_rows ? fmin(h->from_years[i + 1], age + to) : age + to;
        mass += h->table_rate[i] * fmax(end - fmax(h->from_years[i], age + from), 0.0);
    }
    return mass;
}

/* ---- the law ---- */

static void add_manner(lq_exits *out, int cause, double weight, double gain, const double *when)
{
    if (!(weight > 0.0)) return;
    out->law.manner[out->law.n_manners++] =
        (lq_exit_manner){.weight = weight,
                         .gain = gain,
                         .listing = cause == LQ_EXIT_IPO,
                         .failure = cause == LQ_EXIT_FAILURE,
                         .when = when};
}

/* Causes in the order in which their parts are added up. */
static const int order[] = {LQ_EXIT_ACQUISITION, LQ_EXIT_IPO, LQ_EXIT_FAILURE};

/* A company that grows by what failures take, less what premiums add, has the law of one that
 * grows at the rate r and leaves at h + r - growth, each cause with its part of that. */
static void at_constant_rates(const causes *c, lq_exits *out)
{
    double any = 0.0, all = 0.0;
    for (int k = 1; k < LQ_EXIT_KINDS; k++) {
        any += c->rate[k];
        all += c->rate[k] * c->gain[k];
    }
    out->law.time = LQ_EXIT_EXPONENTIAL;
    out->law.rate += any - all;
    out->law.rate_of_exit = all;
    out->ipo_share = c->rate[LQ_EXIT_IPO] * c->gain[LQ_EXIT_IPO] / all;
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        add_manner(out, order[i], c->rate[order[i]] * c->gain[order[i]] / all,
                   c->gain[order[i]], NULL);
}

/* Exits happen in the middle of a step: quarters for ten years, then years. */
static double start_of_step(size_t i)
{
    enum { QUARTERS = 40 };
    return i < QUARTERS ? 0.25 * (double)i : 10.0 + (double)(i - QUARTERS);
}

/* What may happen by age, step by step. */
typedef struct ages {
    double alive, left;           /* of companies; of value, which leaves by what exits pay */
    double growth;                /* log, that pays for failures beyond that of all shares */
    double years;                 /* expected to any exit */
    double paid[LQ_EXIT_KINDS];   /* of companies, by cause */
    double weight[LQ_EXIT_KINDS]; /* of value */
} ages;

/* The same with intensities that change: within a step they are constant. */
static void step(const lq_paper *paper, const causes *c, size_t i, ages *a, lq_exits *out)
{
    const double from = start_of_step(i), to = start_of_step(i + 1);
    double mass[LQ_EXIT_KINDS], any = 0.0, all = 0.0;
    for (int k = 1; k < LQ_EXIT_KINDS; k++) {
        mass[k] = mass_of(paper, c, k, from, to);
        any += mass[k];
        all += mass[k] * c->gain[k];
    }
    const double ends = a->alive * (1.0 - lq_exp(-any)),
                 leaves = a->left * (1.0 - lq_exp(-all));
    out->year[i] = 0.5 * (from + to);
    out->growth[i] = a->growth + 0.5 * (any - all);
    for (int k = 1; k < LQ_EXIT_KINDS; k++) {
        a->paid[k] += any > 0.0 ? ends * mass[k] / any : 0.0;
        out->when[k - 1][i] = all > 0.0 ? leaves * mass[k] * c->gain[k] / all : 0.0;
        a->weight[k] += out->when[k - 1][i];
    }
    a->years += (any > 0.0 ? ends / any : a->alive) * (to - from);
    a->growth += any - all;
    a->alive -= ends;
    a->left -= leaves;
}

static ages live(const lq_paper *paper, const causes *c, lq_exits *out)
{
    ages a = {.alive = 1.0, .left = 1.0};
    for (size_t i = 0; i < LQ_EXIT_TIMES; i++)
        step(paper, c, i, &a, out);
    return a;
}

/* Value that no exit reaches is sold at the end of it all, so that all of it is somebody's. */
static void by_age(ages *a, const causes *c, lq_exits *out)
{
    lq_exit_law *law = &out->law;
    out->when[LQ_EXIT_ACQUISITION - 1][LQ_EXIT_TIMES - 1] += a->left;
    a->weight[LQ_EXIT_ACQUISITION] += a->left;
    law->time = LQ_EXIT_TABLE;
    law->n = LQ_EXIT_TIMES;
    law->year = out->year;
    law->growth = out->growth;
    out->ipo_share = a->weight[LQ_EXIT_IPO];
    for (size_t t = 0; t < LQ_EXIT_TIMES; t++)
        out->growth[t] += law->rate * out->year[t];
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        const int k = order[i];
        double *when = out->when[k - 1];
        for (size_t t = 0; t < LQ_EXIT_TIMES && a->weight[k] > 0.0; t++)
            when[t] /= a->weight[k];
        add_manner(out, k, a->weight[k], c->gain[k], when);
    }
}

/* One exit at a fixed time. */
static void at_a_term(double ipo_share, lq_exits *out)
{
    out->law.time = LQ_EXIT_AT;
    out->law.years = out->years;
    out->ipo_share = ipo_share;
    add_manner(out, LQ_EXIT_ACQUISITION, 1.0 - ipo_share, 1.0, NULL);
    add_manner(out, LQ_EXIT_IPO, ipo_share, 1.0, NULL);
}

void lq_paper_exits(const lq_paper *paper, double term_years, lq_exits *out)
{
    const causes c = causes_of(paper);
    bool ages_count = false;
    for (int k = 1; k < LQ_EXIT_KINDS; k++)
        ages_count |= is_by_age(c.hazard[k]);
    *out = (lq_exits){
        .law.volatility =
            fmax(number(paper, &paper->company->volatility, "volatility"), LEAST_VOLATILITY)};
    const double rates = c.rate[LQ_EXIT_IPO] + c.rate[LQ_EXIT_ACQUISITION];
    double ipo = c.rate[LQ_EXIT_IPO], paid = rates;
    out->years = 1.0 / (rates + c.rate[LQ_EXIT_FAILURE]);
    ages a = {.alive = 1.0};
    if (ages_count) {
        a = live(paper, &c, out);
        ipo = a.paid[LQ_EXIT_IPO];
        paid = ipo + a.paid[LQ_EXIT_ACQUISITION];
        out->years = a.years;
    }
    if (!isfinite(out->years)) out->years = LONGEST_YEARS;
    if (term_years > 0.0) out->years = term_years;
    out->of_company = !(term_years > 0.0) && paid > 0.0;
    out->law.rate = lq_paper_rate(paper, out->years);
    if (!out->of_company)
        at_a_term(paid > 0.0 ? ipo / paid : 0.0, out);
    else if (ages_count)
        by_age(&a, &c, out);
    else
        at_constant_rates(&c, out);
}
