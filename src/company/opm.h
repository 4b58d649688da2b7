/**
 * @file opm.h
 * The option pricing method: a class of a cap table is a bundle of calls on the whole company,
 * struck where the waterfall bends; and the value of the company that a price paid implies.
 */
#ifndef LQ_COMPANY_OPM_H
#define LQ_COMPANY_OPM_H

#include "company/round_phi.h"
#include "liquidus/status.h"

typedef enum lq_exit_time {
    LQ_EXIT_AT,          /**< `years` from now */
    LQ_EXIT_EXPONENTIAL, /**< at the constant rate `rate_of_exit`, a year */
    LQ_EXIT_TABLE        /**< at year[i] with weight[i] */
} lq_exit_time;

/** One of the ways in which an exit pays. */
typedef struct lq_exit_manner {
    double weight;      /**< of the value of all exits; the weights sum to 1 */
    double gain;        /**< what is paid out over the value of the day, > 0 */
    bool listing;       /**< an IPO, where preferred are common; else a sale */
    bool failure;       /**< no fees and no carve-out; debt is repaid */
    const double *when; /**< [n of the law] its own weights at each time, which sum to 1; NULL:
                             those of the law */
} lq_exit_manner;

enum { LQ_MAX_MANNERS = 3 };

/** When the company is worth its exit value, and how it is paid. */
typedef struct lq_exit_law {
    double volatility; /**< annual, > 0 */
    double rate;       /**< continuous, a year: growth up to the exit, and what discounts it */
    lq_exit_time time;
    double years;                /**< LQ_EXIT_AT, > 0 */
    double rate_of_exit;         /**< LQ_EXIT_EXPONENTIAL, > 0 */
    size_t n;                    /**< LQ_EXIT_TABLE */
    const double *year, *weight; /**< [n] ascending, > 0; weights sum to 1 */
    const double *growth; /**< [n] log growth up to the exit, and what discounts it, in place of
                               rate x year; NULL: that */
    size_t n_manners;     /**< 0: all are sales at the value of the day */
    lq_exit_manner manner[LQ_MAX_MANNERS];
} lq_exit_law;

/** One exit, in so many years: an IPO with that probability, else a sale, at the value of the
 *  day. */
static inline lq_exit_law lq_exit_law_at(double volatility, double rate, double years,
                                         double ipo_share)
{
    return (lq_exit_law){.volatility = volatility,
                         .rate = rate,
                         .time = LQ_EXIT_AT,
                         .years = years,
                         .n_manners = 2,
                         .manner = {{.weight = 1.0 - ipo_share, .gain = 1.0},
                                    {.weight = ipo_share, .gain = 1.0, .listing = true}}};
}

/**
 * Value today of max(X - strike, 0) at the exit, where the company is worth X then and `equity`
 * today.
 * @source Black and Scholes (1973); for an exponential time the two solutions of sigma^2 m (m -
 * 1) / 2 + r m = r + lambda, joined at the strike (Carr (1998), Review of Financial Studies
 *         11(3), randomized maturity).
 */
double lq_exit_call(const lq_exit_law *law, double equity, double strike);

/**
 * Value today of every claimant's part of a company worth `equity`.
 * @param[out] value  [lq_claim_count], money, sums to equity
 * @source AICPA, Valuation of Privately-Held-Company Equity Securities (2013), chapter on the
 *         option pricing method.
 */
void lq_stack_value(const lq_stack *stack, const lq_exit_law *law, double equity,
                    double *value);

/**
 * Value today of a right to one more share of common over a strike, at the margin: it dilutes
 * nobody. With strike 0 that of a share of common.
 */
double lq_stack_common_call(const lq_stack *stack, const lq_exit_law *law, double equity,
                            double strike);

/**
 * The phi of a round today at which its class is worth its price.
 * @param[in] unit  the class sold at a price of 1 a share, all its shares; dividends up to the
 *                  exit are in what is due
 * @return LQ_PHI_NONE_LOW, LQ_PHI_NONE_HIGH: none.
 * @pre The stack has room for one more class of preferred.
 */
double lq_stack_round_phi(const lq_stack *stack, const lq_exit_law *law, double equity,
                          const lq_preferred *unit, const lq_new_round *round);

/**
 * The value of the company at which a claimant's part is worth `target`: Brent on
 * lq_stack_value, which rises with it.
 * @retval LQ_ENUMERIC  No company of up to 10^6 times the target is worth that to the claimant.
 */
LQ_MUST_USE lq_status lq_stack_backsolve(const lq_stack *stack, const lq_exit_law *law,
                                         size_t claimant, double target, double *equity,
                                         lq_error *err);

#endif
