#include "plan/build.h"

#include <string.h>

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
                             .at_fair = c->secondary.price != LQ_BASIS_PREFERRED,
                             .discount = lq_builder_draw(b, &c->secondary.discount, "companies",
                                                         c->id, "secondary.discount")};
    if (c->secondary.price == LQ_BASIS_409A)
        p->keep *= b->plan->companies[company].residual_keep;
    unsigned char **rows = p->at_fair ? b->observe_fair : b->observe_preferred;
    for (size_t k = p->every_months; k <= b->plan->grid.n_months; k += p->every_months)
        if (lq_secondary_opens(p, k, b->plan->grid.n_months)) rows[company][k] = 1;
    return p;
}
