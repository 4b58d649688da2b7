/**
 * @file paper.h
 * What a private company's paper is worth on the first day, without simulation: its cap table
 * as numbers, its exits as a law of one exit, its opening value, and what follows from them by
 * the option pricing method. For `waterfall` and `value`; a run takes the opening value from
 * here.
 *
 * Money is in the company's currency. What nobody knows (`uncertain:`) is as in `world`.
 */
#ifndef LQ_PLAN_PAPER_H
#define LQ_PLAN_PAPER_H

#include "company/dlom.h"
#include "company/opm.h"
#include "plan/plan.h"

/** Whose paper, in which world. */
typedef struct lq_paper {
    const lq_scenario *scenario;
    const lq_company *company; /**< private */
    long world;                /**< 0.., or LQ_WORLD_MEAN */
} lq_paper;

/** A cap table with names. Where only `preferences` are known, common is all that the last
 *  round's post-money leaves at its price. */
typedef struct lq_claims {
    lq_stack stack;
    const char *name[LQ_MAX_CLAIMANTS];
    double shares[LQ_MAX_CLAIMANTS]; /**< held, not as converted; 0: no holder of shares */
    double fully_diluted;            /**< with options and unissued pool (R10) */
    double unissued;                 /**< the pool */
    double price;                    /**< of a share, as converted, in the last round */
} lq_claims;

/** What a class has that holds no shares yet and was paid `invested`: all of lq_preferred but
 *  shares and conversion price. */
lq_preferred lq_paper_rights(const lq_preference *series, double invested);

/**
 * @param[in] years  from the start: dividends that are cumulative run on until then
 * @retval LQ_ECONFIG  The preferences leave common less than 5 % of all shares.
 */
LQ_MUST_USE lq_status lq_paper_claims(const lq_paper *paper, double years, lq_claims *out,
                                      lq_error *err);

/** What an announced sale pays (R13). */
typedef struct lq_deal_paid {
    double price;     /**< for the whole company; 0: there is no deal */
    double years;     /**< until it closes, on average: what dividends run on for */
    double issued;    /**< shares since the last round, that share it */
    double per_share; /**< of common, by the waterfall of a sale */
} lq_deal_paid;

/** @retval LQ_ECONFIG  see lq_paper_claims */
LQ_MUST_USE lq_status lq_paper_deal(const lq_paper *paper, lq_deal_paid *out, lq_error *err);

/** The claimant of a series; LQ_CLAIM_COMMON when there is none of that name. */
size_t lq_claims_find(const lq_claims *claims, const char *series);

enum { LQ_EXIT_TIMES = 80 };

/** When and how the company leaves, as one law, and the time that it means. The law may point
 *  into the rest: not to be copied. */
typedef struct lq_exits {
    lq_exit_law law;
    double year[LQ_EXIT_TIMES], growth[LQ_EXIT_TIMES]; /**< of intensities by age */
    double when[LQ_MAX_MANNERS][LQ_EXIT_TIMES];        /**< by manner */
    double years;     /**< to the exit: the term, or its expectation */
    bool of_company;  /**< from the company's own exits; false: a fixed term */
    double ipo_share; /**< of the value of all exits */
} lq_exits;

/**
 * With a term: one exit then, an IPO as often as the company's exits are (R9). Without one
 * (term 0): exits, failures among them, at the constant intensities that the company's odds
 * mean, for ever (R8), or at those of its age, quarter by quarter, year by year after ten
 * (ADR 0041); value exponents are not read. Growth before the exit pays for failures and
 * premiums (R5), so that the claimants' parts sum to the value of the company. 5 years for a
 * company that has no exits.
 */
void lq_paper_exits(const lq_paper *paper, double term_years, lq_exits *out);

/** Continuous rate to a date, of the company's currency. */
double lq_paper_rate(const lq_paper *paper, double years);

/** Value of all shares on the first day. */
typedef struct lq_opening_value {
    double value;      /**< what the simulation starts from */
    double post_money; /**< headline of the last round; 0: there is none */
    double price;      /**< of a share in it */
    double shares;     /**< post-money (or else the value) / price */
    double roll;       /**< factor from the round's date to the start, in `value` */
    double phi;        /**< R7: headline over value at which later rounds are priced */
} lq_opening_value;

/**
 * By the method of the config: as given, at face, a haircut, or solved back.
 * @retval LQ_ECONFIG  A backsolve has no solution.
 */
LQ_MUST_USE lq_status lq_paper_opening(const lq_paper *paper, lq_opening_value *out,
                                       lq_error *err);

/** Rights of the class that a round adds to the stack, for each unit of money put in; with
 *  seniority `standard` its rank is that and the number of the round. */
lq_preferred lq_paper_added(const lq_company *company, const lq_stack *stack);

/** Whether the company has rounds, and `rounds.phi: solve`. */
bool lq_paper_solves_phi(const lq_company *company);

/**
 * The phi of a round today whose class is worth its price (`rounds.phi: solve`, ADR 0037): with
 * its mean dilution and top-up, one exit at the expected time as R9 has it.
 * @param[in]  equity  value of all shares before it
 * @param[out] phi     without a premium; not above 0: none (round_phi.h)
 * @retval LQ_ECONFIG  See lq_paper_claims.
 */
LQ_MUST_USE lq_status lq_paper_round_phi(const lq_paper *paper, double equity, double *phi,
                                         lq_error *err);

/** The same where there must be one; for a company that a deal holds phi is left as it is:
 * after a break it is another one, of which nothing is known today.
 *  @retval LQ_ECONFIG  There is none, or see lq_paper_claims. */
LQ_MUST_USE lq_status lq_paper_solve_phi(const lq_paper *paper, double equity, double *phi,
                                         lq_error *err);

/** A price that was paid for a share of a series, and what it says. */
typedef struct lq_price_paid {
    const char *series; /**< NULL: the company has no preferred, or no price is known */
    double price;       /**< of a share, not as converted */
    double term_years;  /**< 0: the company's own exits */
    double equity;      /**< the value of all shares that it implies; NaN when there is none */
} lq_price_paid;

/** That of the config's backsolve; by another method that of the last series listed.
 *  @retval LQ_ECONFIG  The config's backsolve has no solution. */
LQ_MUST_USE lq_status lq_paper_price_paid(const lq_paper *paper, lq_price_paid *out,
                                          lq_error *err);

/** Everything that `value` tells. */
typedef struct lq_paper_value {
    lq_claims claims;
    lq_exits exits;
    lq_opening_value opening;
    lq_price_paid paid;
    double equity;                  /**< value of all shares that the rest is about */
    double value[LQ_MAX_CLAIMANTS]; /**< sums to equity */
    double common;                  /**< fair value of a share of common */
    bool solves_phi;                /**< Rounds are priced by the worth of their class, */
    double phi;                     /**< today at this phi; not above 0: at none. */
    double kept;                    /**< 1 - residual.dlom: of it in a 409A */
    double wait_years;              /**< until a share can be sold */
    double dlom[LQ_DLOM_METHODS];   /**< by lq_dlom_methods, over wait_years */
    lq_pieces sale;
} lq_paper_value;

/**
 * @param[in] equity      in place of the opening value; 0: the opening value
 * @param[in] term_years  in place of the config's term; 0: that, or the company's exits
 * @retval LQ_ECONFIG     No volatility is known; or see lq_paper_claims, lq_paper_opening.
 */
LQ_MUST_USE lq_status lq_paper_value_of(const lq_paper *paper, double equity, double term_years,
                                        lq_paper_value *out, lq_error *err);

/** A grant of the company: its units, and what all of them are worth once vested. */
typedef struct lq_grant_worth {
    double units;
    double face; /**< at the price that the letter goes by, in the company's currency */
    double fair; /**< at fair common value, over the threshold where there is one */
    double kept; /**< less residual.dlom */
} lq_grant_worth;

lq_grant_worth lq_paper_grant(const lq_paper *paper, const lq_paper_value *value,
                              const lq_grant *grant);

#endif
