/**
 * @file dlom.h
 * Discounts for lack of marketability: fractions of the value of a share that cannot be sold
 * for a while. Volatility annual, term in years, rate and dividend yield continuous; > 0, >= 0.
 */
#ifndef LQ_COMPANY_DLOM_H
#define LQ_COMPANY_DLOM_H

typedef struct lq_restriction {
    double volatility; /**< annual, >= 0 */
    double years;      /**< > 0 */
    double rate;       /**< continuous; read by chaffe only */
    double dividend;   /**< continuous yield */
} lq_restriction;

/** A European put at the money over the share price.
 *  @source Chaffe (1993), Business Valuation Review 12(4). */
double lq_dlom_chaffe(const lq_restriction *r);

/** What selling at the best moment would add: an upper bound, above 1 for long terms.
 *  @source Longstaff (1995), Journal of Finance 50(5), equation 5. */
double lq_dlom_longstaff(const lq_restriction *r);

/** An average-strike put, log-normal in the ratio; never above 32.3 %.
 *  @source Finnerty (2012), Journal of Derivatives 20(2). */
double lq_dlom_finnerty(const lq_restriction *r);

/** An average-strike put with the variance of the average itself.
 *  @source Ghaidarov (2009), Analysis and Critique of the Average Strike Put Option
 * Marketability Discount Model. */
double lq_dlom_ghaidarov(const lq_restriction *r);

/**
 * What both approximate: E[(A - S_T)+] / S_0 with A the average price over the term, of a share
 * without drift. Absolute error < 1e-6.
 * @source By the share as numeraire and time turned round it is an Asian option at the money,
 *         priced by the equation of Vecer (2001), Journal of Computational Finance 4(4).
 * @return NaN when out of memory.
 */
double lq_dlom_average_strike(const lq_restriction *r);

/** All of them, in that order. */
typedef struct lq_dlom_method {
    const char *name; /**< "chaffe", ... */
    double (*of)(const lq_restriction *r);
    const char *what; /**< One clause. */
} lq_dlom_method;

enum { LQ_DLOM_METHODS = 5 };
extern const lq_dlom_method lq_dlom_methods[LQ_DLOM_METHODS];

#endif
