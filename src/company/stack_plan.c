#include "company/path_stack.h"

#include <math.h>

/* One class, of the first day or of a round. */
typedef struct rights {
    bool none, full, capped, dividend, ratchet, veto, anti_dilution;
} rights;

static void add(rights *r, const lq_preferred *p)
{
    r->none |= p->participation == LQ_PARTICIPATION_NONE;
    r->full |= p->participation == LQ_PARTICIPATION_FULL;
    r->capped |= p->participation == LQ_PARTICIPATION_CAPPED;
    r->dividend |= p->dividend > 0.0;
    r->ratchet |= p->ipo_due > 0.0;
    r->veto |= p->ipo_veto > 0.0;
    r->anti_dilution |= p->anti_dilution != LQ_ANTI_DILUTION_NONE;
}

static void sum(lq_stack_plan *plan)
{
    const lq_stack *s = &plan->opening;
    plan->due = plan->ceiling = plan->veto = plan->strikes = 0.0;
    for (size_t i = 0; i < s->n_preferred; i++) {
        plan->due += s->preferred[i].due;
        plan->veto = fmax(plan->veto, s->preferred[i].ipo_veto);
        plan->ceiling = fmax(plan->ceiling, s->preferred[i].due / s->preferred[i].shares);
    }
    for (size_t i = 0; i < s->n_tranches; i++) {
        plan->strikes += s->tranche[i].strike * s->tranche[i].shares;
        plan->ceiling = fmax(plan->ceiling, s->tranche[i].strike);
    }
}

void lq_stack_plan_ready(lq_stack_plan *plan, bool has_rounds)
{
    rights r = {false};
    for (size_t i = 0; i < plan->opening.n_preferred; i++)
        add(&r, &plan->opening.preferred[i]);
    if (has_rounds) add(&r, &plan->added);
    plan->accrues = r.dividend;
    plan->has_veto = r.veto;
    plan->has_rights = has_rounds && (r.anti_dilution || plan->pay_to_play > 0.0);
    plan->listing_bends = r.ratchet || plan->opening.n_tranches > 0;
    plan->is_linear = !r.none && !r.ratchet && !r.capped && !r.dividend && !plan->has_rights &&
                      plan->opening.n_tranches == 0;
    plan->is_simple = !r.full && !r.capped && !r.dividend;
    sum(plan);
    const lq_stack *s = &plan->opening;
    lq_bends_make(&plan->sale, s, s->common, s->preferred, s->n_preferred, false);
    lq_bends_make(&plan->listing, s, s->common, s->preferred, s->n_preferred, true);
}
