#include "plan/paper.h"

#include <math.h>
#include <stdio.h>

/* As on a path (company/rounds.c): a round without new shares is one of a thousandth of them.
 */
static const double LEAST_DILUTION = 1e-3;

lq_preferred lq_paper_added(const lq_company *c, const lq_stack *stack)
{
    lq_preferred added = lq_paper_rights(&c->rounds.terms.class, 1.0);
    for (size_t i = 0; i < stack->n_preferred; i++)
        if (stack->preferred[i].rank > added.rank) added.rank = stack->preferred[i].rank;
    return added;
}

/* The class sold at a price of 1 a share, with the dividends up to the exit. */
static lq_preferred sold_at_one(const lq_company *c, const lq_stack *stack,
                                const lq_new_round *round)
{
    lq_preferred unit = lq_paper_added(c, stack);
    unit.rank += c->rounds.terms.seniority;
    unit.shares = round->issued;
    unit.due = round->issued * (unit.due + unit.dividend * round->years);
    unit.cap = fmax(round->issued * unit.cap, unit.due);
    unit.ipo_due *= round->issued;
    return unit;
}

lq_status lq_paper_round_phi(const lq_paper *paper, double equity, double *phi, lq_error *err)
{
    const lq_company *c = paper->company;
    lq_exits exits;
    lq_claims claims;
    lq_paper_exits(paper, 0.0, &exits);
    const double years = fmin(fmax(exits.years, 0.5), 5.0);
    lq_paper_exits(paper, years, &exits);
    LQ_TRY(lq_paper_claims(paper, years, &claims, err));
    const double dilution = fmax(lq_value_mean(&c->rounds.dilution), LEAST_DILUTION);
    const double pool = lq_value_mean(&c->rounds.pool_top_up), before = claims.fully_diluted;
    const double after = before / (1.0 - dilution - pool);
    const bool retained = c->rounds.proceeds == 0;
    const lq_new_round round = {.issued = dilution * after,
                                .pool = pool * after,
                                .base = retained ? before + pool * after : after,
                                .years = years,
                                .retained = retained};
    const lq_preferred unit = sold_at_one(c, &claims.stack, &round);
    *phi = lq_stack_round_phi(&claims.stack, &exits.law, equity, &unit, &round);
    return LQ_OK;
}

bool lq_paper_solves_phi(const lq_company *c)
{
    return c->rounds.phi.word && c->rounds.hazard.kind != LQ_HAZARD_NONE;
}

static lq_status refuse(const lq_company *c, double side, lq_error *err)
{
    const lq_mark mark = c->rounds.phi.mark;
    char key[96], expected[128], got[128];
    snprintf(key, sizeof key, "companies.%.60s.rounds.phi", c->id);
    snprintf(expected, sizeof expected,
             "terms of rounds with which a class is worth its price at a phi of %g to %g",
             LQ_PHI_LEAST, LQ_PHI_MOST);
    snprintf(got, sizeof got, "a class that is worth %s than its price even at %g",
             side == LQ_PHI_NONE_HIGH ? "more" : "less",
             side == LQ_PHI_NONE_HIGH ? LQ_PHI_MOST : LQ_PHI_LEAST);
    return LQ_FAIL(err, LQ_ECONFIG, .file = mark.file, .line = mark.line, .column = mark.column,
                   .key = key, .expected = expected, .got = got);
}

lq_status lq_paper_solve_phi(const lq_paper *paper, double equity, double *phi, lq_error *err)
{
    double solved;
    if (paper->company->deal.price.given) return LQ_OK;
    LQ_TRY(lq_paper_round_phi(paper, equity, &solved, err));
    if (!(solved > 0.0)) return refuse(paper->company, solved, err);
    *phi = solved;
    return LQ_OK;
}
