#include "plans.h"

#include <math.h>
#include <string.h>

static const double LOG2_E = 1.4426950408889634074;

lq_block_address block_address(uint64_t block)
{
    return (lq_block_address){.key = lq_philox_key_make(2026, LQ_DOMAIN_MAIN),
                              .path0 = block * LQ_LANES};
}

void calendar_init(calendar *c, size_t n_months, size_t horizon, double rate)
{
    for (size_t k = 0; k <= n_months; k++) {
        /* month k is dated on its last day: months 1 to 12 are the first year (R3) */
        c->year_of_month[k] = k ? (int)((k - 1) / 12) : 0;
        c->discount[k] = exp(-rate * (double)k / 12.0);
    }
    c->grid = (lq_grid){.n_months = n_months,
                        .horizon = horizon,
                        .n_years = (n_months + 11) / 12,
                        .first_year = 2027,
                        .year_of_month = c->year_of_month,
                        .discount = c->discount};
}

void gbm_init(gbm_case *g, size_t n_months, double start, double mu, double sigma, double rho)
{
    const double month = sqrt(1.0 / 12.0) * LOG2_E;
    memset(g, 0, sizeof *g);
    for (size_t k = 0; k < PLAN_ROWS; k++) {
        g->drift[k] = (mu - 0.5 * sigma * sigma) / 12.0 * LOG2_E;
        g->observe[k] = 1;
    }
    g->plan = (lq_gbm_plan){.stream = lq_stream_make(LQ_PURPOSE_COMPANY, "listed"),
                            .start_log2 = log2(start),
                            .drift_log2 = g->drift,
                            .loading_market_log2 = rho * sigma * month,
                            .loading_own_log2 = sqrt(1.0 - rho * rho) * sigma * month,
                            .n_months = n_months,
                            .observe = g->observe};
}

/* ---- company ---- */

lq_draw draw_constant(double value)
{
    return (lq_draw){
        .kind = LQ_DRAW_CONSTANT, .low = value, .mode = value, .high = value, .mean = value};
}

void hazard_constant(lq_hazard_plan *h, size_t n_months, double rate)
{
    for (size_t k = 1; k <= n_months; k++) {
        h->rate[k] = rate;
        h->mass[k] = rate / 12.0;
    }
}

static lq_hazard_plan hazard_of(hazard_rows *rows)
{
    return (lq_hazard_plan){.mass = rows->mass, .rate = rows->rate};
}

static void company_terms(lq_company_plan *p)
{
    p->ipo_discount = p->ipo_primary = p->premium = p->round_premium = draw_constant(0.0);
    p->dilution = p->dilution_if_down = p->pool = p->tender_discount = draw_constant(0.0);
    p->tender_cap = p->tender_proration = draw_constant(1.0);
    p->floor_log2 = -(double)INFINITY;
    p->proceeds_retained = true;
    p->rounds_carry = p->tenders_carry = true;
    p->phi = 1.0;
    p->residual_keep = 1.0;
}

static void company_streams(lq_company_plan *p)
{
    p->stream_own = lq_stream_make(LQ_PURPOSE_COMPANY, "acme");
    p->stream_terminal = lq_stream_make(LQ_PURPOSE_TERMINAL, "acme");
    p->stream_round = lq_stream_make(LQ_PURPOSE_ROUND, "acme");
    p->stream_tender = lq_stream_make(LQ_PURPOSE_TENDER, "acme");
    p->stream_floor = lq_stream_make(LQ_PURPOSE_FLOOR, "acme");
}

void company_init(company_case *c, size_t n_months, double mu, double sigma)
{
    memset(c, 0, sizeof *c);
    memset(c->all, 1, sizeof c->all);
    for (size_t k = 0; k < PLAN_ROWS; k++)
        c->drift_private[k] = c->drift_listed[k] = (mu - 0.5 * sigma * sigma) / 12.0 * LOG2_E;
    const double loading = sigma * sqrt(1.0 / 12.0) * LOG2_E;
    c->plan =
        (lq_company_plan){.id = "acme",
                          .is_private = true,
                          .n_months = n_months,
                          .start_log2 = log2(100.0),
                          .stack = {.opening.common = 10.0, .diluted = 10.0, .added.due = 1.0},
                          .start_price = 10.0,
                          .drift_private_log2 = c->drift_private,
                          .drift_listed_log2 = c->drift_listed,
                          .loading_private_log2 = loading,
                          .loading_listed_log2 = loading,
                          .ipo = hazard_of(&c->ipo),
                          .acquisition = hazard_of(&c->acquisition),
                          .failure = hazard_of(&c->failure),
                          .round = hazard_of(&c->round),
                          .tender = hazard_of(&c->tender),
                          .volatility = sigma,
                          .observe_price = c->all,
                          .observe_preferred = c->all,
                          .observe_fair = c->none};
    company_terms(&c->plan);
    company_streams(&c->plan);
    company_stack(c, 0.0, 0.0);
}

void company_stack(company_case *c, double due, double shares)
{
    lq_stack *s = &c->plan.stack.opening;
    s->n_preferred = shares > 0.0;
    s->common = c->plan.stack.diluted - shares;
    s->preferred[0] = (lq_preferred){
        .shares = shares, .due = due, .conversion_price = shares > 0.0 ? due / shares : 0.0};
    lq_stack_plan_ready(&c->plan.stack, true);
}

void company_appraise(company_case *c, size_t every_months, size_t after_months)
{
    c->plan.appraisal = (lq_appraisal_plan){.is_read = true,
                                            .every_months = every_months,
                                            .after_months = after_months,
                                            .may_come = c->all,
                                            .observe = c->all};
}

void company_compensate(company_case *c)
{
    const lq_company_plan *p = &c->plan;
    for (size_t k = 1; k <= p->n_months; k++) {
        const double fail = p->failure.mass[k], buy = p->acquisition.mass[k];
        const double total = fail + buy + p->ipo.mass[k];
        const double any = total > 0.0 ? -expm1(-total) / total : 0.0;
        c->drift_private[k] -=
            log2(1.0 - any * (fail * (1.0 - p->recovery) - buy * p->premium.mean));
    }
}

void company_block_init(company_block *b, size_t n_months)
{
    const double never = (double)n_months + 1.0;
    memset(b, 0, sizeof *b);
    b->world = (lq_company_world){.price = b->price,
                                  .preferred = b->preferred,
                                  .tender = b->tender,
                                  .tender_cap = b->tender_cap,
                                  .value = b->value,
                                  .exit_kind = b->lanes[0],
                                  .exit_month = b->lanes[1],
                                  .liquid_month = b->lanes[2],
                                  .residual = b->lanes[3],
                                  .trigger_share = b->lanes[4],
                                  .exit_rate = b->lanes[5],
                                  .n_rounds = b->lanes[6],
                                  .n_down = b->lanes[7],
                                  .n_flat = b->lanes[12],
                                  .n_unpriced = b->lanes[13],
                                  .n_tenders = b->lanes[8],
                                  .cut = b->lanes[9],
                                  .shares = b->lanes[10],
                                  .closed_month = b->lanes[11]};
    for (size_t l = 0; l < LQ_LANES; l++)
        b->world.exit_month[l] = b->world.liquid_month[l] = never;
}

static void run_block(company_block *b, const company_case *c, const kernels *build,
                      uint64_t block, lq_company_record *record)
{
    const lq_block_address at = block_address(block);
    const lq_company_plan *p = &c->plan;
    const bool loaded = p->loading_market_log2 != 0.0;
    company_block_init(b, p->n_months);
    if (!p->has_tenders) b->world.tender = NULL;
    if (c->untraced) b->world.value = NULL;
    if (p->observe_fair != c->none) b->world.fair = b->fair;
    if (p->appraisal.is_read) b->world.appraised = b->appraised;
    if (loaded)
        build->fill_normals(at.key, at.path0, lq_stream_make(LQ_PURPOSE_MARKET, NULL),
                            p->n_months, b->market);
    build->fill_normals(at.key, at.path0, p->stream_own, p->n_months, b->price + LQ_LANES);
    const lq_company_inputs in = {b->price, loaded ? b->market : NULL,
                                  p->uses_market_excess ? b->index : NULL};
    b->state.record = record;
    build->company(p, &at, &in, &b->state, &b->world, NULL);
}

void company_block_run(company_block *b, const company_case *c, const kernels *build,
                       uint64_t block)
{
    run_block(b, c, build, block, NULL);
}

void company_block_record(company_block *b, const company_case *c, const kernels *build,
                          uint64_t block, record_rows *record)
{
    lq_company_record *r = &record->record;
    double **rows[] = {&r->x,       &r->shares,  &r->due,       &r->ceiling, &r->n_rounds,
                       &r->n_down,  &r->n_flat,  &r->n_tenders, &r->cut,     &r->mass[0],
                       &r->mass[1], &r->mass[2], &r->mass[3],   &r->listed,  &r->n_unpriced};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        *rows[i] = record->rows[i];
    run_block(b, c, build, block, r);
}

/* ---- offer ---- */

void ledger_init(ledger_case *l, double keep)
{
    memset(l, 0, sizeof *l);
    for (int kind = 0; kind < LQ_INCOME_KINDS; kind++)
        l->keep[kind] = kind == LQ_INCOME_BASIS ? 1.0 : keep;
    l->ledger = (lq_ledger){l->amount[0][0], l->present[0][0], l->trace, l->keep};
}

double ledger_sum(const ledger_case *l, lq_income kind, size_t lane)
{
    double sum = 0.0;
    for (size_t y = 0; y < PLAN_YEARS; y++)
        sum += l->amount[y][kind][lane];
    return sum;
}

void grant_init(grant_case *g, lq_grant_route route, const calendar *c,
                const lq_vesting_spec *spec, double units)
{
    lq_vest vests[LQ_VESTING_MAX_EVENTS];
    memset(g, 0, sizeof *g);
    const size_t all = lq_vesting_expand(spec, vests);
    size_t n = 0;
    for (size_t i = 0; i < all && (size_t)vests[i].month <= c->grid.horizon; i++, n++) {
        g->month[n] = (size_t)vests[i].month;
        g->weight[n] = units * vests[i].fraction;
        g->growth[n] = 1.0;
        for (size_t k = g->month[n]; k < PLAN_ROWS; k++)
            g->vested[k] = units * vests[i].cumulative_frac;
    }
    g->plan = (lq_grant_plan){.route = route,
                              .n_months = c->grid.n_months,
                              .horizon = c->grid.horizon,
                              .probability = 1.0,
                              .n_vests = n,
                              .vest_month = g->month,
                              .vest_weight = g->weight,
                              .vested = g->vested,
                              .expiry_month = (double)c->grid.n_months + 2.0,
                              .expiry_years_after = (double)INFINITY,
                              .hold_growth = g->growth,
                              .fx_company = LQ_NO_FX,
                              .fx_offer = LQ_NO_FX};
}

void grant_run(grant_case *g, const calendar *c, const lq_world *world,
               const lq_employment *employment, uint64_t block, ledger_case *ledger)
{
    const lq_block_address at = block_address(block);
    for (size_t l = 0; l < LQ_LANES; l++) {
        g->first_cash[l] = (double)c->grid.n_months + 1.0;
        g->stuck[l] = g->unvested[l] = 0.0;
    }
    g->out = (lq_grant_out){&ledger->ledger, g->first_cash, g->stuck, g->unvested};
    kernels_of(3)->grant(&g->plan, &c->grid, world, employment, &at, &g->scratch, &g->out);
}

void employment_init(employment_case *e, double last)
{
    e->e = (lq_employment){e->last_month, e->resigned, e->failed, e->let_go};
    for (size_t l = 0; l < LQ_LANES; l++) {
        e->last_month[l] = last;
        e->resigned[l] = 0.0;
        e->failed[l] = 0.0;
        e->let_go[l] = (double)INFINITY;
    }
}
