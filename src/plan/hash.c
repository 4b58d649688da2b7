#include "plan/build.h"

#include <nettle/sha2.h>
#include <string.h>

typedef struct sha256_ctx hash_t;

static void put_f64(hash_t *h, const double *x, size_t n)
{
    if (x) sha256_update(h, n * sizeof *x, (const uint8_t *)x);
}

static void put_u64(hash_t *h, uint64_t x)
{
    sha256_update(h, sizeof x, (const uint8_t *)&x);
}

static void put_text(hash_t *h, const char *text)
{
    sha256_update(h, strlen(text) + 1, (const uint8_t *)text);
}

static void put_gbm(hash_t *h, const lq_gbm_plan *p, size_t n)
{
    const double x[3] = {p->start_log2, p->loading_market_log2, p->loading_own_log2};
    put_u64(h, p->stream);
    put_f64(h, x, 3);
    put_f64(h, p->drift_log2, p->drift_log2 ? n + 1 : 0);
}

static void put_jumps(hash_t *h, const lq_jump_plan *p)
{
    const double x[3] = {p->mean_wait_months, p->mean, p->sd};
    if (p->mean_wait_months > 0.0) put_f64(h, x, 3);
}

static void put_link(hash_t *h, const lq_state_link *p, size_t n)
{
    if (p->offset) put_f64(h, p->offset, n);
    if (p->scale) put_f64(h, p->scale, n);
}

static void put_student(hash_t *h, const lq_student_plan *p)
{
    if (p->piece) put_f64(h, p->piece[0], 4 * LQ_STUDENT_CELLS);
}

static size_t states_of(const lq_market_law *law)
{
    return law->kind == LQ_SHOCK_REGIME ? law->regime.n : law->bootstrap.n;
}

/* Nothing for normal shocks. */
static void put_law(hash_t *h, const lq_market_law *law)
{
    if (law->kind == LQ_SHOCK_NORMAL) return;
    put_u64(h, (uint64_t)law->kind);
    put_student(h, &law->student);
    put_f64(h, &law->bootstrap.restart_frac, 1);
    put_f64(h, law->regime.up_to[0], (LQ_MAX_STATES + 1) * LQ_MAX_STATES);
    put_link(h, &law->link, states_of(law));
}

static void put_heston(hash_t *h, const lq_heston_plan *p, size_t n_states)
{
    const double x[] = {p->start,     p->theta, p->keep,   p->var_slope,
                        p->var_level, p->rho,   p->market, p->own};
    const size_t in_step = sizeof *p->by_state / sizeof(double);
    if (p->is_on) put_f64(h, x, sizeof x / sizeof *x);
    if (p->by_state) put_f64(h, &p->by_state[0].k2, in_step * n_states);
}

static void put_own(hash_t *h, const lq_plan *plan, size_t company)
{
    put_student(h, &plan->own[company].student);
    put_link(h, &plan->own[company].link, states_of(&plan->law));
    put_heston(h, &plan->own[company].heston, states_of(&plan->law));
}

static void put_hazard(hash_t *h, const lq_hazard_plan *p, size_t n)
{
    const double x[2] = {p->value_exponent, p->market_exponent};
    put_f64(h, p->mass, n + 1);
    put_f64(h, p->rate, n + 1);
    put_f64(h, x, 2);
}

static void put_draw(hash_t *h, const lq_draw *d)
{
    const double x[3] = {d->low, d->mode, d->high};
    put_u64(h, (uint64_t)d->kind);
    put_f64(h, x, 3);
    if (d->kind == LQ_DRAW_TABLE_KIND) put_f64(h, d->table, LQ_DRAW_TABLE + 1);
    put_f64(h, d->atom, d->n_atoms);
    put_f64(h, d->up_to, d->n_atoms);
}

static void put_deal(hash_t *h, const lq_deal_plan *d)
{
    const double x[] = {d->break_probability, d->price_log2};
    if (!d->is_open) return;
    put_draw(h, &d->closes);
    put_draw(h, &d->break_value);
    put_f64(h, x, 2);
    put_u64(h, d->rolls ? d->acquirer + 1 : 0);
}

static bool is_all(const lq_draw *d)
{
    return !lq_draw_varies(d) && d->low == 1.0;
}

static void put_class(hash_t *h, const lq_preferred *p)
{
    const double x[] = {p->shares,
                        p->due,
                        p->cap,
                        p->ipo_due,
                        p->ipo_veto,
                        (double)p->participation,
                        p->dividend,
                        p->conversion_price,
                        (double)p->anti_dilution,
                        (double)p->rank};
    put_f64(h, x, sizeof x / sizeof *x);
}

static void put_stack(hash_t *h, const lq_stack_plan *p)
{
    const lq_stack *s = &p->opening;
    const double x[] = {p->diluted, p->unissued, p->pay_to_play, (double)p->ranks_rise,
                        s->common,  s->fees,     s->debt,        s->carve_out};
    put_f64(h, x, sizeof x / sizeof *x);
    for (size_t i = 0; i < s->n_preferred; i++)
        put_class(h, &s->preferred[i]);
    for (size_t i = 0; i < s->n_tranches; i++) {
        const double tranche[] = {s->tranche[i].shares, s->tranche[i].strike};
        put_f64(h, tranche, 2);
    }
    put_class(h, &p->added);
}

static void put_appraisal(hash_t *h, const lq_company_plan *p)
{
    put_text(h, "appraisal");
    put_u64(h, (uint64_t)p->appraisal.every_months | (uint64_t)p->appraisal.after_months << 16 |
                   (uint64_t)p->tender_price << 32);
}

static void put_company(hash_t *h, const lq_company_plan *p, size_t n)
{
    const double x[] = {p->start_log2,
                        p->start_price,
                        p->loading_market_log2,
                        p->loading_private_log2,
                        p->loading_listed_log2,
                        p->floor_log2,
                        p->recovery,
                        p->phi,
                        p->volatility,
                        p->rate,
                        p->residual_keep};
    put_text(h, p->id);
    put_f64(h, x, sizeof x / sizeof *x);
    put_f64(h, p->drift_private_log2, n + 1);
    put_f64(h, p->drift_listed_log2, n + 1);
    const lq_hazard_plan *hazards[] = {&p->ipo, &p->acquisition, &p->failure, &p->round,
                                       &p->tender};
    for (size_t i = 0; i < 5; i++)
        put_hazard(h, hazards[i], n);
    const lq_draw *draws[] = {&p->ipo_discount,  &p->ipo_primary,      &p->premium,
                              &p->dilution,      &p->dilution_if_down, &p->pool,
                              &p->round_premium, &p->tender_discount,  &p->tender_cap};
    for (size_t i = 0; i < 9; i++)
        put_draw(h, draws[i]);
    put_u64(h, (uint64_t)p->has_rounds | (uint64_t)p->has_tenders << 1 |
                   (uint64_t)p->has_dilution_if_down << 2 |
                   (uint64_t)p->proceeds_retained << 3 |
                   (uint64_t)(p->tender_price != LQ_AT_PREFERRED) << 4 |
                   (uint64_t)p->compensate << 5 | (uint64_t)p->rounds_carry << 7 |
                   (uint64_t)p->tenders_carry << 10 | (uint64_t)p->residual << 8 |
                   (uint64_t)p->lockup_months << 16);
    if (p->appraisal.is_read) put_appraisal(h, p);
    if (!is_all(&p->tender_proration)) put_draw(h, &p->tender_proration);
    if (p->solves_phi) put_text(h, "phi solved");
    if (p->floor_continuous) put_text(h, "floor watched");
    if (p->direct_listing > 0.0) put_f64(h, &p->direct_listing, 1);
    put_stack(h, &p->stack);
    put_deal(h, &p->deal);
}

static void put_secondary(hash_t *h, const lq_secondary_plan *p)
{
    const double x[] = {(double)p->every_months,
                        (double)p->delay_months,
                        p->from_month,
                        p->share,
                        p->keep,
                        p->price};
    put_f64(h, x, sizeof x / sizeof *x);
    put_draw(h, &p->discount);
}

static void put_lockup(hash_t *h, const lq_lockup_plan *p)
{
    const double x[] = {p->early, p->above, (double)p->for_months};
    put_f64(h, p->after, p->n_stages);
    put_f64(h, p->up_to, p->n_stages);
    put_f64(h, x, 3);
}

static void put_sale(hash_t *h, const lq_sale_plan *p)
{
    const double x[] = {p->escrow,
                        p->escrow_months,
                        p->retention[0].part,
                        (double)p->retention[0].months,
                        p->retention[1].part,
                        (double)p->retention[1].months,
                        p->accelerated,
                        p->double_trigger,
                        p->within_months};
    put_f64(h, x, sizeof x / sizeof *x);
    put_draw(h, &p->released);
}

static void put_closing(hash_t *h, const lq_pay_plan *p)
{
    const double x[] = {p->acqui_hire, p->layoff};
    if (p->acqui_hire <= 0.0 && p->layoff <= 0.0) return;
    put_f64(h, x, 2);
    put_draw(h, &p->layoff_after);
}

static void put_grant(hash_t *h, const lq_grant_plan *g)
{
    const double x[] = {g->value,    g->probability,       g->expiry_month,
                        g->withheld, g->tender_from_month, g->threshold};
    put_u64(h, (uint64_t)g->route | (uint64_t)g->company << 8 |
                   (uint64_t)g->granted_month << 24 | (uint64_t)g->settle_at_ipo << 48 |
                   (uint64_t)g->priced_at_409a << 49 | (uint64_t)g->priced_on_path << 50 |
                   (uint64_t)g->tender_allowed << 51);
    put_f64(h, x, sizeof x / sizeof *x);
    for (size_t i = 0; i < g->n_vests; i++)
        put_u64(h, g->vest_month[i]);
    put_f64(h, g->vest_weight, g->n_vests);
    put_f64(h, g->hold_growth, g->n_vests);
    if (g->secondary) put_secondary(h, g->secondary);
    if (g->sale) put_sale(h, g->sale);
    if (g->lockup) put_lockup(h, g->lockup);
}

static void put_offer(hash_t *h, const lq_offer_plan *o)
{
    const lq_pay_plan *p = &o->pay;
    const double x[] = {p->leaving, p->clawback_months, (double)p->clawback_all,
                        (double)p->fx_offer};
    put_text(h, o->id);
    put_f64(h, x, sizeof x / sizeof *x);
    put_f64(h, p->salary, p->horizon + 1);
    put_f64(h, p->fallback, p->horizon + 1);
    put_f64(h, &p->gap_months, 1);
    put_u64(h, p->last_wage_lost);
    put_draw(h, &p->payout);
    put_closing(h, p);
    for (size_t i = 0; i < p->n_bonuses; i++)
        put_f64(h, &p->bonuses[i].on_target, 1);
    for (size_t i = 0; i < p->n_instalments; i++) {
        put_u64(h, p->instalments[i].month);
        put_f64(h, &p->instalments[i].amount, 1);
    }
    put_f64(h, o->tax.rate, LQ_INCOME_KINDS);
    for (size_t i = 0; i < o->n_grants; i++)
        put_grant(h, &o->grants[i]);
}

void lq_build_hash(lq_builder *b)
{
    lq_plan *plan = b->plan;
    const size_t n = plan->grid.n_months;
    hash_t h;
    sha256_init(&h);
    put_u64(&h, plan->seed);
    put_u64(&h, plan->grid.horizon);
    if (plan->sobol) put_u64(&h, plan->sobol->n_dimensions);
    if (plan->antithetic) put_text(&h, "antithetic");
    if (plan->reference) put_text(&h, "reference");
    if (plan->n_controls) put_text(&h, "controls");
    put_f64(&h, plan->grid.discount, n + 1);
    put_gbm(&h, &plan->market, n);
    put_law(&h, &plan->law);
    for (size_t i = 0; i < plan->n_fx; i++)
        put_gbm(&h, &plan->fx[i], n);
    for (size_t i = 0; i < plan->n_companies; i++) {
        if (plan->companies[i].is_private)
            put_company(&h, &plan->companies[i], n);
        else
            put_gbm(&h, &plan->listed[i], n);
        put_jumps(&h, &plan->jumps[i]);
        put_own(&h, plan, i);
        if (plan->expansion[i].kind != LQ_EXPAND_NOT)
            put_u64(&h, (uint64_t)plan->expansion[i].kind);
    }
    put_f64(&h, plan->mix.factor, plan->mix.n * plan->mix.n);
    for (size_t i = 0; i < plan->n_offers; i++)
        put_offer(&h, &plan->offers[i]);
    const double person[3] = {plan->background.wealth_money, plan->background.market_share_frac,
                              plan->background.spending_money};
    put_f64(&h, person, 3);
    sha256_digest(&h, sizeof plan->hash, plan->hash);
}
