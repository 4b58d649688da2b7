#include "plan/build.h"

lq_basis_price lq_build_basis(int basis)
{
    return basis == LQ_BASIS_FAIR   ? LQ_AT_FAIR
           : basis == LQ_BASIS_409A ? LQ_AT_409A
                                    : LQ_AT_PREFERRED;
}

/* Whether some lane may be appraised in month k: on an anniversary all are. */
static bool may_come(const lq_company_plan *p, size_t k)
{
    const size_t after = p->appraisal.after_months;
    if (k % p->appraisal.every_months == 0 || p->deal.is_open) return true;
    return p->has_rounds && k > after && p->round.mass[k - after] > 0.0;
}

static bool is_read(const lq_company_plan *p, size_t k)
{
    const bool tender =
        p->has_tenders && p->tender_price == LQ_AT_409A && p->tender.mass[k] > 0.0;
    return tender || p->appraisal.observe[k];
}

/* Months in which an appraisal may come that somebody reads before the next anniversary, which
 * is everybody's. */
static void mark(lq_company_plan *p, unsigned char *rows)
{
    bool read_later = false;
    for (size_t k = p->n_months; k > 0; k--) {
        read_later |= is_read(p, k);
        p->appraisal.is_read |= read_later;
        rows[k] = read_later && may_come(p, k);
        if (k % p->appraisal.every_months == 0) read_later = false;
    }
}

void lq_build_appraisals(lq_builder *b)
{
    for (size_t i = 0; i < b->plan->n_companies; i++) {
        const lq_company *c = lq_builder_company(b, i);
        lq_company_plan *p = &b->plan->companies[i];
        unsigned char *rows =
            p->is_private ? lq_arena_calloc(b->arena, p->n_months + 1, 1) : NULL;
        if (!rows) continue; /* or the arena has failed: asked for at the end */
        p->appraisal = (lq_appraisal_plan){
            .every_months = (size_t)lq_value_months(&c->appraisal.every),
            .after_months = (size_t)lq_value_months(&c->appraisal.after_round),
            .may_come = rows,
            .observe = b->observe_appraised[i]};
        mark(p, rows);
    }
}
