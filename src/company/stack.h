/**
 * @file stack.h
 * A cap table, and who gets what of it: the waterfall of a sale as a piecewise linear function
 * of the exit value. The same pieces pay an exit and price a class (opm.h).
 *
 * Order of a sale: fees (a fraction of the exit), debt, a management carve-out (a fraction of
 * what is left), preferences from the highest rank down (equal ranks in proportion to what is
 * due), then everybody who takes part, share by share. A class that does not participate takes
 * the larger of its claim and its as-converted part; one capped participates until it has its
 * cap, and converts where that is more; an option is exercised where a share of common is worth
 * more than its strike, and is paid net of it.
 *
 * These payouts are the conversion equilibrium: with p the price of a share of common, what all
 * claimants ask for is a continuous function R(p) that never falls, and p solves R(p) = what is
 * left to distribute. A class that flips its choice moves p against itself, so none gains by
 * it.
 */
#ifndef LQ_COMPANY_STACK_H
#define LQ_COMPANY_STACK_H

#include <stdbool.h>
#include <stddef.h>

enum {
    LQ_MAX_PREFERRED = 25, /**< classes of preferred: 24 of the first day, and a round's */
    LQ_MAX_TRANCHES = 8,   /**< option tranches, by strike */
    LQ_MAX_CLAIMANTS = LQ_MAX_PREFERRED + LQ_MAX_TRANCHES + 4,
    /** Debt, ranks, and at most three changes for a class of preferred, one for a tranche. */
    LQ_MAX_PIECES = 2 + 4 * LQ_MAX_PREFERRED + LQ_MAX_TRANCHES
};

typedef enum lq_participation {
    LQ_PARTICIPATION_NONE,  /**< the claim, or a share if that is more */
    LQ_PARTICIPATION_FULL,  /**< the claim, and a share of the rest */
    LQ_PARTICIPATION_CAPPED /**< likewise, up to the cap; or a share if that is more */
} lq_participation;

/** What a class is given when a round is priced below what it paid. */
typedef enum lq_anti_dilution {
    LQ_ANTI_DILUTION_NONE,
    LQ_ANTI_DILUTION_BROAD, /**< the weighted average over all shares, fully diluted */
    LQ_ANTI_DILUTION_FULL   /**< the price of the round */
} lq_anti_dilution;

typedef struct lq_preferred {
    double shares; /**< as converted to common, > 0 */
    double due;    /**< money: multiple x invested + accrued dividends */
    double cap;    /**< money in all, LQ_PARTICIPATION_CAPPED only; at least what is due */
    double
        ipo_due; /**< money that its shares are worth at least in an IPO (ratchet); 0: none */
    double ipo_veto; /**< money a share of common below which it bars an IPO; 0: never */
    int rank;        /**< the highest is paid first */
    lq_participation participation;
    /* on a path only */
    double dividend;         /**< money a year that is due on top */
    double conversion_price; /**< money put in for a share as converted */
    lq_anti_dilution anti_dilution;
} lq_preferred;

typedef struct lq_tranche {
    double shares;
    double strike; /**< money a share, >= 0 */
} lq_tranche;

typedef struct lq_stack {
    double common; /**< shares outstanding, > 0 */
    size_t n_preferred;
    lq_preferred preferred[LQ_MAX_PREFERRED];
    size_t n_tranches;
    lq_tranche tranche[LQ_MAX_TRANCHES];
    double fees;      /**< fraction of the exit, in [0, 1) */
    double debt;      /**< money */
    double carve_out; /**< fraction of what fees and debt leave, in [0, 1) */
} lq_stack;

/** The claimants of a stack, in the order of every array here: common, the preferred, the
 *  tranches, and the three that come before shareholders. */
enum { LQ_CLAIM_COMMON = 0, LQ_CLAIM_PREFERRED = 1 };

static inline size_t lq_claim_tranche(const lq_stack *stack)
{
    return LQ_CLAIM_PREFERRED + stack->n_preferred;
}

static inline size_t lq_claim_carve_out(const lq_stack *stack)
{
    return lq_claim_tranche(stack) + stack->n_tranches;
}

static inline size_t lq_claim_debt(const lq_stack *stack)
{
    return lq_claim_carve_out(stack) + 1;
}

static inline size_t lq_claim_fees(const lq_stack *stack)
{
    return lq_claim_carve_out(stack) + 2;
}

static inline size_t lq_claim_count(const lq_stack *stack)
{
    return lq_claim_carve_out(stack) + 3;
}

/** What every claimant gets of the next dollar, piece by piece of the exit value. */
typedef struct lq_pieces {
    size_t n, n_claimants;
    double common; /**< shares */
    double
        from[LQ_MAX_PIECES]; /**< exit value at which piece i begins; from[0] = 0, ascending */
    double slope[LQ_MAX_PIECES][LQ_MAX_CLAIMANTS]; /**< sums to 1 over the claimants */
} lq_pieces;

/** The pieces of a sale. @pre The stack is valid: shares and common > 0, caps at least the due.
 */
void lq_stack_sale(const lq_stack *stack, lq_pieces *out);

/** The pieces of an IPO: all preferred are common, but for what a ratchet adds. Nothing is paid
 *  out, so there are no fees, debt or carve-out: the exit value is that of the shares. */
void lq_stack_listing(const lq_stack *stack, lq_pieces *out);

/** Whether a class bars an IPO in which a share of common is worth `price`. */
bool lq_stack_bars_listing(const lq_stack *stack, double price);

/**
 * What each claimant gets at an exit value.
 * @param[out] payout  [lq_claim_count], money, >= 0, sums to the exit value
 * @return the price of a share of common.
 */
double lq_pieces_pay(const lq_pieces *pieces, double exit, double *payout);

/** Whether a class is converted at a price of a share of common. */
bool lq_preferred_converts(const lq_preferred *class, double price);

#endif
