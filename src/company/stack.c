#include "company/bends.h"

#include <assert.h>
#include <limits.h>
#include <math.h>
#include <string.h>

/* A piece begins at `at` of what is left to distribute; of width 0 so far. */
static double *begin_piece(const lq_stack *stack, lq_pieces *out, double at)
{
    assert(out->n < LQ_MAX_PIECES);
    const size_t i = out->n++;
    const double after_fees = 1.0 - stack->fees, rest = 1.0 - stack->carve_out;
    out->from[i] = (at / rest + stack->debt) / after_fees;
    memset(out->slope[i], 0, sizeof out->slope[i]);
    out->slope[i][lq_claim_fees(stack)] = stack->fees;
    out->slope[i][lq_claim_carve_out(stack)] = after_fees * stack->carve_out;
    return out->slope[i];
}

static void add_debt(const lq_stack *stack, lq_pieces *out)
{
    if (stack->debt <= 0.0) return;
    double *slope = begin_piece(stack, out, 0.0);
    out->from[0] = 0.0;
    slope[lq_claim_carve_out(stack)] = 0.0;
    slope[lq_claim_debt(stack)] = 1.0 - stack->fees;
}

/* The highest rank below `below` that has something due, or `below`: none. */
static long next_rank(const lq_stack *stack, long below)
{
    long rank = below;
    for (size_t i = 0; i < stack->n_preferred; i++) {
        const lq_preferred *p = &stack->preferred[i];
        if (p->due > 0.0 && p->rank < below && (rank == below || p->rank > rank))
            rank = p->rank;
    }
    return rank;
}

/* Preferences, rank by rank; returns all that is due. */
static double add_preferences(const lq_stack *stack, lq_pieces *out)
{
    const double left = (1.0 - stack->fees) * (1.0 - stack->carve_out);
    double paid = 0.0;
    long above = LONG_MAX;
    for (long rank; (rank = next_rank(stack, above)) < above; above = rank) {
        double due = 0.0;
        for (size_t i = 0; i < stack->n_preferred; i++)
            due += stack->preferred[i].rank == rank ? stack->preferred[i].due : 0.0;
        double *slope = begin_piece(stack, out, paid);
        for (size_t i = 0; i < stack->n_preferred; i++)
            if (stack->preferred[i].rank == rank)
                slope[LQ_CLAIM_PREFERRED + i] = left * stack->preferred[i].due / due;
        paid += due;
    }
    return paid;
}

/* What is left after the preferences, by price of a share of common. */
static void add_rest(const lq_stack *stack, double paid, lq_pieces *out)
{
    const double left = (1.0 - stack->fees) * (1.0 - stack->carve_out);
    lq_bends c;
    lq_bends_make(&c, stack, stack->common, stack->preferred, stack->n_preferred, false);
    double shares[LQ_MAX_CLAIMANTS] = {0}, at = paid, price = 0.0;
    for (size_t i = 0; i < c.n;) {
        double all = 0.0;
        for (size_t k = 0; k < lq_claim_count(stack); k++)
            all += shares[k];
        at += all * (c.item[i].price - price);
        price = c.item[i].price;
        for (; i < c.n && c.item[i].price == price; i++)
            shares[c.item[i].claimant] += c.item[i].shares;
        all = 0.0;
        for (size_t k = 0; k < lq_claim_count(stack); k++)
            all += shares[k];
        double *slope = begin_piece(stack, out, at);
        for (size_t k = 0; k < lq_claim_carve_out(stack); k++)
            slope[k] = left * shares[k] / all;
    }
}

void lq_stack_sale(const lq_stack *stack, lq_pieces *out)
{
    out->n = 0;
    out->n_claimants = lq_claim_count(stack);
    out->common = stack->common;
    add_debt(stack, out);
    const double paid = add_preferences(stack, out);
    add_rest(stack, paid, out);
}

void lq_stack_listing(const lq_stack *stack, lq_pieces *out)
{
    lq_stack listed = *stack;
    listed.fees = listed.carve_out = 0.0;
    for (size_t i = 0; i < listed.n_preferred; i++)
        lq_preferred_list(&listed.preferred[i]);
    lq_stack_sale(&listed, out);
}

bool lq_stack_bars_listing(const lq_stack *stack, double price)
{
    bool bars = false;
    for (size_t i = 0; i < stack->n_preferred; i++)
        bars |= price < stack->preferred[i].ipo_veto;
    return bars;
}

double lq_pieces_pay(const lq_pieces *pieces, double exit, double *payout)
{
    memset(payout, 0, pieces->n_claimants * sizeof *payout);
    for (size_t i = 0; i < pieces->n && pieces->from[i] < exit; i++) {
        const double end = i + 1 < pieces->n ? fmin(pieces->from[i + 1], exit) : exit;
        for (size_t k = 0; k < pieces->n_claimants; k++)
            payout[k] += pieces->slope[i][k] * (end - pieces->from[i]);
    }
    return payout[LQ_CLAIM_COMMON] / pieces->common;
}

bool lq_preferred_converts(const lq_preferred *class, double price)
{
    const double kept =
        class->participation == LQ_PARTICIPATION_CAPPED ? class->cap : class->due;
    return class->participation != LQ_PARTICIPATION_FULL && price * class->shares > kept;
}
