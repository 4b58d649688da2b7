#include "plan/paper.h"

#include <stdio.h>

static double number(const lq_paper *paper, const lq_value *value, const char *key)
{
    char address[160];
    snprintf(address, sizeof address, "companies.%s.deal.%s", paper->company->id, key);
    return lq_plan_number(paper->scenario, value, address, paper->world);
}

lq_status lq_paper_deal(const lq_paper *paper, lq_deal_paid *out, lq_error *err)
{
    const lq_company *c = paper->company;
    double payout[LQ_MAX_CLAIMANTS];
    lq_claims claims;
    lq_pieces sale;
    *out = (lq_deal_paid){0};
    if (!c->deal.price.given) return LQ_OK;
    out->price = number(paper, &c->deal.price, "price");
    out->years = lq_value_mean(&c->deal.closes);
    LQ_TRY(lq_paper_claims(paper, out->years, &claims, err));
    out->issued = claims.fully_diluted * number(paper, &c->deal.issued, "issued");
    claims.stack.common += out->issued;
    lq_stack_sale(&claims.stack, &sale);
    out->per_share = lq_pieces_pay(&sale, out->price, payout);
    return LQ_OK;
}
