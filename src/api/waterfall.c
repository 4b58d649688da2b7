#include "liquidus/liquidus.h"

#include "company/stack.h"

double lq_common_payout_per_share(double proceeds, double claim, double preferred_shares,
                                  double shares)
{
    lq_stack stack = {.common = shares - preferred_shares};
    if (preferred_shares > 0.0)
        stack.preferred[stack.n_preferred++] =
            (lq_preferred){.shares = preferred_shares, .due = claim};
    else
        stack.debt = claim;
    lq_pieces sale;
    double payout[LQ_MAX_CLAIMANTS];
    lq_stack_sale(&stack, &sale);
    return lq_pieces_pay(&sale, proceeds, payout);
}
