#include "plan/build.h"

#include "num/scalar.h"

#include <math.h>
#include <string.h>

#define LN2 0.6931471805599453094

/* Roots of the variance of a log beyond which a level is damped to a power of itself: the tail
 * of a wilder one holds its variance, and no regression finds that. */
#define WILDEST 1.0

/* What does not move in this world, or has no known mean, stays with a scale of 0. */
static bool has_known_mean(const lq_plan *p, const lq_control *c)
{
    const bool of_company = c->kind == LQ_CONTROL_HOLDING || c->kind == LQ_CONTROL_VALUE;
    const lq_own_law *own = of_company ? &p->own[c->company] : NULL;
    if (c->kind == LQ_CONTROL_EXIT) return true;
    return p->law.kind == LQ_SHOCK_NORMAL &&
           !(own && (own->student.piece || own->link.offset || own->heston.is_on));
}

/* Formulas are of normal shocks, and jumps. */
static void add(lq_builder *b, const lq_control *control)
{
    lq_plan *p = b->plan;
    if (p->n_controls == LQ_MAX_CONTROLS) return;
    lq_control *c = &p->controls[p->n_controls++];
    *c = *control;
    if (!has_known_mean(p, c)) c->scale = 0.0;
}

/* ---- listed shares, currencies ---- */

/* log E and variance of log of price[sold] / price[priced] x fx[sold]; company NULL: of fx. */
typedef struct law {
    double log_mean, variance;
} law;

static void add_months(law *out, const lq_gbm_plan *asset, const lq_gbm_plan *fx, size_t k)
{
    const double market =
        (asset ? asset->loading_market_log2 : 0.0) + (fx ? fx->loading_market_log2 : 0.0);
    const double own = asset ? asset->loading_own_log2 : 0.0;
    const double other = fx ? fx->loading_own_log2 : 0.0;
    const double variance = LN2 * LN2 * (market * market + own * own + other * other);
    const double drift = (asset ? asset->drift_log2[k] : 0.0) + (fx ? fx->drift_log2[k] : 0.0);
    out->log_mean += LN2 * drift + 0.5 * variance;
    out->variance += variance;
}

/* Jumps are in units of the own normal: log of the mean of their product a month, to a power.
 */
static double jumps_log_mean(const lq_jump_plan *jumps, double loading_own, double power)
{
    if (!(jumps->mean_wait_months > 0.0)) return 0.0;
    const double unit = LN2 * loading_own * power;
    const double mean = unit * jumps->mean, sd = unit * jumps->sd;
    return (lq_exp(mean + 0.5 * sd * sd) - 1.0) / jumps->mean_wait_months;
}

static double jumps_variance(const lq_jump_plan *jumps, double loading_own)
{
    if (!(jumps->mean_wait_months > 0.0)) return 0.0;
    const double unit = LN2 * loading_own, mean = unit * jumps->mean, sd = unit * jumps->sd;
    return (mean * mean + sd * sd) / jumps->mean_wait_months;
}

/* Sets mean and scale from the terms; company NULL: only the currency moves. */
static void finish_money(const lq_plan *p, const lq_gbm_plan *asset, const lq_jump_plan *jumps,
                         lq_control *c)
{
    const lq_gbm_plan *fx = c->fx >= 0 ? &p->fx[c->fx] : NULL;
    double most = 0.0;
    for (size_t i = 0; i < c->n_terms; i++) {
        const lq_control_term *t = &c->terms[i];
        const size_t from = t->priced == LQ_NOT_PRICED ? 0 : t->priced;
        law at = {.log_mean =
                      LN2 * ((asset && t->priced == LQ_NOT_PRICED ? asset->start_log2 : 0.0) +
                             (fx ? fx->start_log2 : 0.0))};
        for (size_t k = 1; k <= t->sold; k++) {
            const bool moves = asset && k > from;
            add_months(&at, moves ? asset : NULL, fx, k);
            if (!moves) continue;
            at.log_mean += jumps_log_mean(jumps, asset->loading_own_log2, 1.0);
            at.variance += jumps_variance(jumps, asset->loading_own_log2);
        }
        c->mean += t->weight * lq_exp(at.log_mean);
        most = fmax(most, at.variance);
    }
    const double sd = fabs(c->mean) * sqrt(lq_exp(fmin(most, 4.0)) - 1.0);
    c->scale = sd > 0.0 ? 1.0 / sd : 0.0;
}

/* Terms of a grant of listed shares when nobody leaves; two for each vest that is held. */
static size_t grant_terms(const lq_plan *p, const lq_grant_plan *g, lq_control_term *out)
{
    size_t n = 0;
    const double *discount = p->grid.discount;
    const bool held = g->route == LQ_ROUTE_LISTED_HOLD;
    const double times = (g->priced_on_path ? g->value : 1.0) * g->probability;
    for (size_t i = 0; i < g->n_vests; i++) {
        const size_t k = g->vest_month[i], h = g->horizon;
        const size_t priced = g->priced_on_path ? g->granted_month : LQ_NOT_PRICED;
        const double weight = times * g->vest_weight[i];
        const double sold = held ? g->withheld : 1.0;
        out[n++] = (lq_control_term){weight * sold * discount[k], k, priced};
        if (held)
            out[n++] = (lq_control_term){
                weight * (1.0 - sold) * g->hold_growth[i] * discount[h], h, priced};
    }
    return n;
}

static size_t most_terms(const lq_offer_plan *o)
{
    size_t n = 0;
    for (size_t i = 0; i < o->n_grants; i++)
        n += 2 * o->grants[i].n_vests;
    return n;
}

/* The same dates: a band point or an ask of the same letter. Weights may not matter here. */
static bool has_dates(const lq_control *a, const lq_control *b)
{
    if (a->kind != b->kind || a->company != b->company || a->n_terms != b->n_terms)
        return false;
    for (size_t i = 0; i < a->n_terms; i++)
        if (a->terms[i].sold != b->terms[i].sold || a->terms[i].priced != b->terms[i].priced)
            return false;
    return true;
}

static void add_holding(lq_builder *b, const lq_offer_plan *o)
{
    lq_plan *p = b->plan;
    lq_control_term *terms = lq_arena_calloc(b->arena, most_terms(o) + 1, sizeof *terms);
    if (!terms) return;
    lq_control c = {.kind = LQ_CONTROL_HOLDING,
                    .company = o->company,
                    .fx = o->n_grants ? o->grants[0].fx_company : LQ_NO_FX,
                    .terms = terms,
                    .name =
                        lq_arena_printf(b->arena, "%s's vests", p->companies[o->company].id)};
    for (size_t i = 0; i < o->n_grants; i++)
        c.n_terms += grant_terms(p, &o->grants[i], terms + c.n_terms);
    for (size_t i = 0; i < p->n_controls; i++)
        if (has_dates(&p->controls[i], &c)) return;
    finish_money(p, &p->listed[o->company], &p->jumps[o->company], &c);
    add(b, &c);
}

static void add_currency(lq_builder *b, int fx)
{
    lq_plan *p = b->plan;
    const size_t h = p->grid.horizon;
    lq_control_term *terms = lq_arena_calloc(b->arena, h + 1, sizeof *terms);
    if (!terms) return;
    lq_control c = {.kind = LQ_CONTROL_CURRENCY,
                    .fx = fx,
                    .n_terms = h,
                    .terms = terms,
                    .name = lq_arena_strdup(b->arena, p->fx_currency[fx])};
    for (size_t k = 1; k <= h; k++)
        terms[k - 1] = (lq_control_term){p->grid.discount[k], k, LQ_NOT_PRICED};
    if (p->fx[fx].n_months >= h) finish_money(p, NULL, NULL, &c);
    add(b, &c);
}

/* ---- the market, private companies ---- */

/* Level up to a month, damped where it is wild, with a mean of exactly 1. */
static void add_level(lq_builder *b, lq_control c, const lq_jump_plan *jumps)
{
    const double months = (double)c.n_months;
    const double gauss =
        LN2 * LN2 * (c.loading_market * c.loading_market + c.loading_own * c.loading_own);
    const double sd = sqrt(months * (gauss + jumps_variance(jumps, c.loading_own)));
    const double power = sd > WILDEST ? WILDEST / sd : 1.0;
    const double log_mean =
        0.5 * power * power * gauss + jumps_log_mean(jumps, c.loading_own, power);
    c.loading_market *= power;
    c.loading_own *= power;
    c.shift_log2 = months * log_mean * LQ_LOG2_E;
    c.mean = 1.0;
    c.scale = sd > 0.0 ? 1.0 / sqrt(lq_exp(power * power * sd * sd) - 1.0) : 0.0;
    add(b, &c);
}

static void add_market(lq_builder *b, size_t month)
{
    static const lq_jump_plan none;
    const double loading = b->plan->has_market ? b->plan->market.loading_own_log2 : 0.0;
    add_level(b,
              (lq_control){.kind = LQ_CONTROL_MARKET,
                           .n_months = month,
                           .loading_own = loading,
                           .name = lq_arena_printf(b->arena, "market at month %zu", month)},
              &none);
}

static void add_value(lq_builder *b, size_t company, size_t month)
{
    const lq_company_plan *p = &b->plan->companies[company];
    if (!month) return;
    add_level(b,
              (lq_control){
                  .kind = LQ_CONTROL_VALUE,
                  .company = company,
                  .n_months = month,
                  .loading_market = p->loading_market_log2,
                  .loading_own = p->loading_private_log2,
                  .name = lq_arena_printf(b->arena, "%s's value at month %zu", p->id, month)},
              &b->plan->jumps[company]);
}

/* P(the exit of that kind comes by K): its share of each month's intensity, of those that are
 * still private. */
static double exit_probability(const lq_company_plan *p, int kind)
{
    double sum = 0.0, alive = 1.0;
    const lq_hazard_plan *of[LQ_EXIT_KINDS] = {NULL, &p->ipo, &p->acquisition, &p->failure};
    for (size_t k = 1; k <= p->n_months; k++) {
        const double total = p->ipo.mass[k] + p->acquisition.mass[k] + p->failure.mass[k];
        if (total <= 0.0) continue;
        const double gone = alive * (1.0 - lq_exp(-total));
        sum += gone * of[kind]->mass[k] / total;
        alive -= gone;
    }
    return sum;
}

/* Where the intensity follows the path, or a floor fails companies, nobody knows the mean;
 * where exits are expanded, they are no chance. */
static void add_exits(lq_builder *b, size_t company)
{
    static const char *const names[] = {"", "IPO", "acquisition", "failure"};
    const lq_company_plan *p = &b->plan->companies[company];
    const bool known = !p->path_hazards && !lq_company_has_floor(p) && !p->deal.is_open &&
                       b->plan->expansion[company].kind == LQ_EXPAND_NOT;
    for (int kind = 1; kind < LQ_EXIT_KINDS; kind++) {
        const double mean = exit_probability(p, kind), variance = mean * (1.0 - mean);
        add(b, &(lq_control){.kind = LQ_CONTROL_EXIT,
                             .company = company,
                             .exit_kind = kind,
                             .mean = mean,
                             .scale = known && variance > 1e-9 ? 1.0 / sqrt(variance) : 0.0,
                             .name = lq_arena_printf(b->arena, "%s's %s", p->id, names[kind])});
    }
}

/* ---- which ---- */

static bool is_employer(const lq_plan *p, size_t company)
{
    for (size_t i = 0; i < p->n_offers; i++)
        if (p->offers[i].company == company) return true;
    return false;
}

static void each_private(lq_builder *b, size_t month)
{
    const lq_plan *p = b->plan;
    for (size_t i = 0; i < p->n_companies; i++)
        if (p->companies[i].is_private && is_employer(p, i)) {
            if (month)
                add_value(b, i, month);
            else
                add_exits(b, i);
        }
}

/* In the order of what they explain, until there are enough. */
void lq_build_controls(lq_builder *b)
{
    lq_plan *p = b->plan;
    if (!b->scenario->simulation.controls) return;
    p->controls = lq_arena_calloc(b->arena, LQ_MAX_CONTROLS, sizeof *p->controls);
    if (!p->controls) return;
    const size_t h = p->grid.horizon, k = p->grid.n_months;
    for (size_t i = 0; i < p->n_offers && p->n_controls < LQ_MAX_CONTROLS / 3; i++)
        if (!p->companies[p->offers[i].company].is_private) add_holding(b, &p->offers[i]);
    each_private(b, h);
    each_private(b, 0);
    add_market(b, k);
    for (size_t i = 0; i < p->n_fx; i++)
        add_currency(b, (int)i);
    each_private(b, h / 2);
    if (k > h) each_private(b, k);
    if (k > h) add_market(b, h);
    each_private(b, h / 4);
    each_private(b, h / 4 * 3);
}
