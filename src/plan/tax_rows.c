#include "plan/build.h"

#include <string.h>

/* An ask or a point of a band shares what nobody knows with its letter. */
static double number(const lq_builder *b, const lq_offer *o, const lq_value *v, const char *key)
{
    return lq_builder_number(b, v, "offers", o->letter_id, key);
}

void lq_build_tax(const lq_builder *b, const lq_offer *o, lq_offer_plan *out)
{
    if (o->tax.method == LQ_TAX_FLAT) {
        const double flat = number(b, o, &o->tax.flat, "tax.flat");
        out->tax.rate[LQ_INCOME_PAY] = flat;
        out->tax.rate[LQ_INCOME_UNITS] = flat;
        out->tax.rate[LQ_INCOME_GAIN] =
            o->tax.gains.given ? number(b, o, &o->tax.gains, "tax.gains") : flat;
    }
    for (int k = 0; k < LQ_INCOME_KINDS; k++)
        out->keep[k] = 1.0 - out->tax.rate[k];
}

void lq_narrow_tax(const lq_builder *b, lq_offer_plan *out)
{
    const lq_grid *g = &b->plan->grid;
    unsigned char *used = lq_arena_calloc(b->arena, g->n_years * LQ_INCOME_KINDS, 1);
    if (!used) return;
    const lq_pay_plan *pay = &out->pay;
    const bool pays = pay->has_salary || pay->n_bonuses || pay->n_instalments;
    for (size_t y = 0; y <= (size_t)g->year_of_month[g->horizon]; y++)
        used[y * LQ_INCOME_KINDS + LQ_INCOME_PAY] = pays;
    for (size_t i = 0; i < out->n_grants; i++) {
        const lq_grant_plan *grant = &out->grants[i];
        const bool simple = grant->route == LQ_ROUTE_LISTED_SELL;
        for (size_t v = 0; v < grant->n_vests && simple; v++)
            used[(size_t)g->year_of_month[grant->vest_month[v]] * LQ_INCOME_KINDS +
                 LQ_INCOME_UNITS] = 1;
        for (size_t y = 0; y < g->n_years && !simple; y++)
            memset(used + y * LQ_INCOME_KINDS + LQ_INCOME_UNITS, 1,
                   LQ_INCOME_KINDS - LQ_INCOME_UNITS);
    }
    out->tax.used = used;
}
