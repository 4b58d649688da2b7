#include "company/branch.h"

static double mass_of(const lq_company_plan *plan, lq_exit_kind cause, size_t month)
{
    const lq_hazard_plan *hazard[LQ_EXIT_KINDS] = {[LQ_EXIT_IPO] = &plan->ipo,
                                                   [LQ_EXIT_ACQUISITION] = &plan->acquisition,
                                                   [LQ_EXIT_FAILURE] = &plan->failure};
    return hazard[cause]->mass[month];
}

/* Causes in the order in which the sampled lottery has them too. */
static const lq_exit_kind causes[] = {LQ_EXIT_FAILURE, LQ_EXIT_ACQUISITION, LQ_EXIT_IPO};

lq_expansion lq_expansion_of(const lq_company_plan *plan)
{
    lq_expansion x = {.kind = LQ_EXPAND_NOT};
    if (plan->deal.is_open) return x;
    bool fits = true;
    for (size_t k = 1; k <= plan->n_months; k++)
        for (size_t c = 0; c < sizeof causes / sizeof *causes; c++) {
            if (mass_of(plan, causes[c], k) <= 0.0) continue;
            fits = fits && x.n_branches + 1 < LQ_MOST_BRANCHES;
            if (!fits) break;
            x.month[x.n_branches] = k;
            x.cause[x.n_branches++] = causes[c];
        }
    if (!fits || lq_company_has_floor(plan))
        return (lq_expansion){.kind = LQ_EXPAND_SAMPLED, .n_branches = LQ_SAMPLED_BRANCHES};
    if (x.n_branches == 0) return x;
    x.month[x.n_branches] = plan->n_months + 1;
    x.cause[x.n_branches++] = LQ_EXIT_NONE;
    x.kind = LQ_EXPAND_ALL;
    return x;
}
