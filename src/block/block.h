/**
 * @file block.h
 * The narrow waist: 64 consecutive paths as lanes, and the arrays on which the chapters meet.
 *
 * A block runs twice. The world pass (market, companies) writes what everybody can observe;
 * the offers pass reads it and never writes it. Arrays are [month][lane], 64-byte aligned;
 * row k is the end of month k, row 0 the start. A double that holds a month, a kind or a flag
 * holds an exact small integer, so that lanes compare without conversion.
 */
#ifndef LQ_BLOCK_BLOCK_H
#define LQ_BLOCK_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LQ_LANES = 64 };

/** Declares a local array of one double per lane. */
#define LQ_LANE_ARRAY(name) double name[LQ_LANES] __attribute__((aligned(64)))

/** The calendar that all stages share. Months 0..n_months; years are calendar years. */
typedef struct lq_grid {
    size_t n_months;          /**< K: the liquidity horizon. */
    size_t horizon;           /**< H: the comparison horizon, months. */
    size_t n_years;           /**< Calendar years that hold a month 0..K. */
    int first_year;           /**< E.g. 2027. */
    const int *year_of_month; /**< [K + 1] index of the calendar year. */
    const double *discount;   /**< [K + 1] value at start of one report unit paid in month k. */
} lq_grid;

/** How a company's private life ended on a path. */
typedef enum lq_exit_kind {
    LQ_EXIT_NONE = 0,
    LQ_EXIT_IPO = 1,
    LQ_EXIT_ACQUISITION = 2,
    LQ_EXIT_FAILURE = 3,
    LQ_EXIT_KINDS
} lq_exit_kind;

/** What a sale or a grant of shares that are not listed goes by. */
typedef enum lq_basis_price {
    LQ_AT_PREFERRED, /**< The last preferred price. */
    LQ_AT_FAIR,      /**< Fair common value of the day. */
    LQ_AT_409A       /**< Common by the last appraisal. */
} lq_basis_price;

/** What the offers pass may see of a company; money in the company's currency. */
typedef struct lq_company_world {
    double *price;      /**< [K + 1][64] per share: market price once listed, deal price once
                             acquired, 0 before and after failure. Rows the plan observes. */
    double *preferred;  /**< [K + 1][64] last preferred price (then price); NULL if unread. */
    double *fair;       /**< [K + 1][64] fair common value before an exit; NULL if unread. */
    double *appraised;  /**< [K + 1][64] of common, by the last 409A before an exit (R24); NULL
                             if unread. */
    double *tender;     /**< [K + 1][64] price of a tender in that month, else 0; or NULL. */
    double *tender_cap; /**< [K + 1][64] share of a holding that may be sold in it; or NULL. */
    double *value;      /**< [K + 1][64] equity value; only while tracing, else NULL. */
    double *exit_kind;  /**< [64] lq_exit_kind */
    double *exit_month; /**< [64] 1..K, or K + 1: never. */
    double *closed_month; /**< [64] in which an announced deal closed; K + 1: never. NULL unless
                               there is one. */
    double *liquid_month; /**< [64] month from which shares can be sold; K + 1: never. */
    double *residual;     /**< [64] per share, what stuck paper is worth at K. */
    double *trigger_share; /**< [64] of exit_rate, the part that settles a double trigger. */
    double *exit_rate;  /**< [64] at K, a year: how fast value leaves by exits; failures count
                             unless growth has paid for them (ADR 0040). */
    double *shares;     /**< [64] fully diluted, at the exit before new shares, or at K. */
    double *n_rounds;   /**< [64] financing rounds before the exit. */
    double *n_down;     /**< [64] of them more than 1 % below the last price. */
    double *n_flat;     /**< [64] within 1 % of it. */
    double *n_unpriced; /**< [64] rounds that found no price, and were not held. */
    double *n_tenders;  /**< [64] */
    double *cut;        /**< [64] 1 where rounds or tenders were left out, being too many. */
} lq_company_world;

/** What the offers pass may see of the world. */
typedef struct lq_world {
    double *market;    /**< [K + 1][64] log2 of the market index over its start; or NULL. */
    double *const *fx; /**< [n_fx] -> [K + 1][64] report units per foreign unit. */
    lq_company_world *company; /**< [n_companies] */
} lq_world;

/** What money is, for tax. */
typedef enum lq_income {
    LQ_INCOME_PAY,   /**< Salary, bonus, sign-on (negative: clawback). */
    LQ_INCOME_UNITS, /**< Vested units, at their value on the income date. */
    LQ_INCOME_GAIN,  /**< Sale price less basis. */
    LQ_INCOME_BASIS, /**< Not income: units kept (negative) and their basis coming back. */
    LQ_INCOME_KINDS
} lq_income;

/**
 * One offer's money on 64 paths, in the report's currency. A flow in month k adds to
 * amount[year of k][kind] and, discounted, to present[year of k][kind]; tax reads only these.
 */
typedef struct lq_ledger {
    double *amount;  /**< [n_years][LQ_INCOME_KINDS][64] nominal */
    double *present; /**< [n_years][LQ_INCOME_KINDS][64] at start */
    double *trace;   /**< [K + 1][64] present value after tax by month; NULL unless tracing. */
    const double *keep; /**< [LQ_INCOME_KINDS] share kept after tax, for the trace only. */
} lq_ledger;

/** Employment of one offer on 64 paths. */
typedef struct lq_employment {
    double *last_month; /**< [64] last month worked, <= H; that month is paid and vests. */
    double *resigned;   /**< [64] 1 when it ended by resignation before H, else 0. */
    double *failed;     /**< [64] 1 when it ended by the employer's failure, else 0. */
    double *let_go;     /**< [64] month in which the employer's buyer ended it, if it has, also
                           after     H, up to which last_month counts; infinity: never. */
} lq_employment;

#endif
