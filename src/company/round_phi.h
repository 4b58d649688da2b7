/**
 * @file round_phi.h
 * The phi at which a round's class is worth its price (R7, `phi: solve`). Each share is sold at
 * P = phi V / N; what is raised adds to the company, the class gets its terms, and the option
 * method says what a share of it is worth then (ADR 0037).
 *
 * No libm: for kernels too.
 */
#ifndef LQ_COMPANY_ROUND_PHI_H
#define LQ_COMPANY_ROUND_PHI_H

#include "company/stack.h"
#include "num/isa.h"

/** A round before its price. */
typedef struct lq_new_round {
    double issued; /**< new shares */
    double pool;   /**< shares that top up the pool, granted by the exit */
    double base;   /**< N: shares that phi V is divided by */
    double years;  /**< from today to the exit: dividends run on until then */
    bool retained; /**< What is raised adds to the value; otherwise it is in it already. */
    bool is_down;  /**< Who does not follow in a down round becomes common. */
} lq_new_round;

/** Within which a phi is looked for: what the config takes as a number. */
static const double LQ_PHI_LEAST = 0.01, LQ_PHI_MOST = 100.0;

/** In place of a phi where there is none: too dear at the least, too cheap at the most. */
static const double LQ_PHI_NONE_LOW = 0.0, LQ_PHI_NONE_HIGH = -1.0;

/** A class that is sold at `price` a share, from one that is sold at 1. */
LQ_INLINE lq_preferred lq_preferred_at(const lq_preferred *unit, double price)
{
    lq_preferred p = *unit;
    p.due *= price;
    p.cap *= price;
    p.ipo_due *= price;
    p.ipo_veto *= price;
    p.conversion_price = price;
    return p;
}

/** What a share is worth over its price, less 1, if it is sold at phi V / N. */
typedef double (*lq_round_excess)(double phi, void *round);

/** Both sides of the root: f falls in phi. */
typedef struct lq_phi_bracket {
    double cheap, dear;       /**< phi */
    double at_cheap, at_dear; /**< f there: > 0, <= 0 */
} lq_phi_bracket;

/** From phi = 1 outwards by doubling. @return false: there is no root within the limits. */
LQ_INLINE bool lq_phi_enclose(lq_round_excess f, void *round, lq_phi_bracket *b)
{
    *b = (lq_phi_bracket){.cheap = 1.0, .dear = 1.0};
    b->at_cheap = b->at_dear = f(1.0, round);
    const bool rises = b->at_cheap > 0.0;
    while (rises && b->at_dear > 0.0) {
        if (b->dear >= LQ_PHI_MOST) return false;
        b->cheap = b->dear;
        b->at_cheap = b->at_dear;
        b->dear = 2.0 * b->cheap < LQ_PHI_MOST ? 2.0 * b->cheap : LQ_PHI_MOST;
        b->at_dear = f(b->dear, round);
    }
    while (!rises && !(b->at_cheap > 0.0)) {
        if (b->cheap <= LQ_PHI_LEAST) return false;
        b->dear = b->cheap;
        b->at_dear = b->at_cheap;
        b->cheap = 0.5 * b->dear > LQ_PHI_LEAST ? 0.5 * b->dear : LQ_PHI_LEAST;
        b->at_cheap = f(b->cheap, round);
    }
    return true;
}

/**
 * The root next to 1, to 1e-9 of what a share is worth: regula falsi with the Illinois rule in
 * 1 / phi, in which the worth of small rounds is a line.
 *
 * @param[in] f  NaN nowhere; it may read less than nothing as nothing: where a claim is sure, f
 *               is 0 over a range, and the lowest price of it is meant.
 * @return LQ_PHI_NONE_LOW: a share is worth less than its price at LQ_PHI_LEAST;
 *         LQ_PHI_NONE_HIGH: more at LQ_PHI_MOST. Neither is above 0.
 * @source Dowell and Jarratt (1971), BIT 11.
 */
LQ_INLINE double lq_phi_solve(lq_round_excess f, void *round)
{
    static const double ENOUGH = 1e-9, SAME = 1e-12;
    lq_phi_bracket b;
    if (!lq_phi_enclose(f, round, &b))
        return b.at_dear > 0.0 ? LQ_PHI_NONE_HIGH : LQ_PHI_NONE_LOW;
    double low = 1.0 / b.dear, high = 1.0 / b.cheap, y = high;
    for (int i = 0, side = 0; i < 64; i++) {
        y = (low * b.at_cheap - high * b.at_dear) / (b.at_cheap - b.at_dear);
        const double here = f(1.0 / y, round);
        if (__builtin_fabs(here) <= ENOUGH || high - low <= SAME * high) break;
        if (here > 0.0) {
            high = y;
            b.at_cheap = here;
            b.at_dear *= side > 0 ? 0.5 : 1.0;
            side = 1;
        } else {
            low = y;
            b.at_dear = here;
            b.at_cheap *= side < 0 ? 0.5 : 1.0;
            side = -1;
        }
    }
    return 1.0 / y;
}

/** Rounding of option values: a share counts as worth more than its price from here on. Where a
 *  claim is sure and nothing is discounted it is worth its price over a range. */
static const double LQ_PHI_SLACK = 1e-8;

#endif
