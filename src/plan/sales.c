#include "plan/build.h"

#include <stdio.h>

static double number(const lq_builder *b, const lq_company *c, const lq_value *v,
                     const char *key)
{
    return lq_builder_number(b, v, "companies", c->id, key);
}

const lq_secondary_plan *lq_build_secondary(const lq_builder *b, size_t company)
{
    const lq_company *c = lq_builder_company(b, company);
    if (!c->secondary.allowed) return NULL;
    lq_secondary_plan *p = lq_arena_calloc(b->arena, 1, sizeof *p);
    if (!p) return NULL; /* the arena has failed: asked for at the end */
    *p = (lq_secondary_plan){.stream = lq_stream_make(LQ_PURPOSE_SECONDARY, c->id),
                             .every_months = (size_t)lq_value_months(&c->secondary.every),
                             .delay_months = (size_t)lq_value_months(&c->secondary.rofr_delay),
                             .from_month = (double)lq_value_months(&c->secondary.from_tenure),
                             .share = number(b, c, &c->secondary.share, "secondary.share"),
                             .keep = 1.0 - number(b, c, &c->secondary.fee, "secondary.fee"),
                             .price = lq_build_basis(c->secondary.price),
                             .discount = lq_builder_draw(b, &c->secondary.discount, "companies",
                                                         c->id, "secondary.discount")};
    unsigned char **rows[] = {[LQ_AT_PREFERRED] = b->observe_preferred,
                              [LQ_AT_FAIR] = b->observe_fair,
                              [LQ_AT_409A] = b->observe_appraised};
    for (size_t k = p->every_months; k <= b->plan->grid.n_months; k += p->every_months)
        if (lq_secondary_opens(p, k, b->plan->grid.n_months)) rows[p->price][company][k] = 1;
    return p;
}

/* ---- what an acquisition holds back, and what it makes vest ---- */

static lq_retention_plan retention(const lq_builder *b, const lq_company *c,
                                   const lq_retention *r, const char *key)
{
    return (lq_retention_plan){.part = number(b, c, &r->revest, key),
                               .months = (size_t)lq_value_months(&r->over)};
}

static double accelerated(const lq_builder *b, const lq_offer *o, const lq_grant *g)
{
    char key[128];
    if (g->acceleration.trigger == LQ_ACCELERATES_NOT) return 0.0;
    snprintf(key, sizeof key, "%s.acceleration.fraction", g->id);
    return lq_builder_number(b, &g->acceleration.fraction, "offers", o->letter_id, key);
}

const lq_sale_plan *lq_build_sale(const lq_builder *b, const lq_offer *o, const lq_grant *g)
{
    const lq_company *c = lq_builder_company(b, o->company);
    lq_sale_plan *p = lq_arena_calloc(b->arena, 1, sizeof *p);
    if (!p || c->listing == 0) return NULL;
    *p = (lq_sale_plan){
        .stream = lq_stream_make(LQ_PURPOSE_CLOSING, c->id),
        .escrow =
            number(b, c, &c->acquisition.escrow.fraction, "exits.acquisition.escrow.fraction"),
        .escrow_months = (double)lq_value_months(&c->acquisition.escrow.months),
        .released = lq_builder_draw(b, &c->acquisition.escrow.released, "companies", c->id,
                                    "exits.acquisition.escrow.released"),
        .retention = {retention(b, c, &c->acquisition.retention,
                                "exits.acquisition.retention.revest"),
                      retention(b, c, &c->deal.retention, "deal.retention.revest")},
        .accelerated = accelerated(b, o, g),
        .double_trigger = g->acceleration.trigger == LQ_ACCELERATES_DOUBLE,
        .within_months = (double)lq_value_months(&g->acceleration.within)};
    const bool none = p->escrow <= 0.0 && p->retention[0].part <= 0.0 &&
                      p->retention[1].part <= 0.0 && p->accelerated <= 0.0;
    return none ? NULL : p;
}

void lq_build_closing(const lq_builder *b, const lq_company *c, lq_pay_plan *pay)
{
    if (c->listing == 0) return;
    pay->stream_closing = lq_stream_make(LQ_PURPOSE_CLOSING, c->id);
    pay->acqui_hire = number(b, c, &c->failure.acqui_hire, "exits.failure.acqui_hire");
    pay->layoff = number(b, c, &c->acquisition.layoff, "exits.acquisition.layoff");
    pay->layoff_after = lq_builder_draw(b, &c->acquisition.layoff_after, "companies", c->id,
                                        "exits.acquisition.layoff_after");
}

const lq_lockup_plan *lq_build_lockup(const lq_builder *b, const lq_company *c)
{
    const lq_lockup_stage *stages = c->lockup_stages.items;
    const bool early = c->price_trigger.release.given && c->price_trigger.release.p[0] > 0.0;
    if (c->listing == 0 || (c->lockup_stages.len == 0 && !early)) return NULL;
    lq_lockup_plan *p = lq_arena_calloc(b->arena, 1, sizeof *p);
    if (!p) return NULL;
    for (size_t i = 0; i < c->lockup_stages.len; i++) {
        p->after[i] = (double)lq_value_months(&stages[i].after);
        p->up_to[i] = (i ? p->up_to[i - 1] : 0.0) + stages[i].release.p[0];
    }
    p->n_stages = c->lockup_stages.len;
    if (!p->n_stages) p->after[p->n_stages++] = (double)lq_value_months(&c->lockup);
    p->up_to[p->n_stages - 1] = 1.0;
    if (!early) return p;
    p->early = c->price_trigger.release.p[0];
    p->above = c->price_trigger.above.p[0];
    p->for_months = (size_t)lq_value_months(&c->price_trigger.months);
    return p;
}
