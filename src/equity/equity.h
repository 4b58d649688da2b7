/**
 * @file equity.h
 * Restricted stock units on 64 paths: vesting, triggers, settlement, expiry, tenders, holding
 * (MODEL.md section 5; R2, R10, R12b, R14, R15, R23, R25b).
 *
 * Only units time-vested by H count, for every offer. Units of a double trigger settle at the
 * first liquidity event before their expiry; what is not sold on the income date is held, net
 * of the units withheld for tax, and sold later.
 */
#ifndef LQ_EQUITY_EQUITY_H
#define LQ_EQUITY_EQUITY_H

#include "block/block.h"
#include "block/draw.h"
#include "num/isa.h"
#include "rng/philox.h"

enum { LQ_NO_FX = -1 };

typedef enum lq_grant_route {
    LQ_ROUTE_LISTED_SELL, /**< Listed from the start, sold at vest. */
    LQ_ROUTE_LISTED_HOLD, /**< Listed from the start, held to H with dividends reinvested. */
    LQ_ROUTE_DOUBLE,      /**< Private, double trigger. */
    LQ_ROUTE_SINGLE,      /**< Private, single trigger: taxed at vest, sold when it can be. */
    LQ_ROUTE_UNITS        /**< Private, cash-settled: paid over the threshold at an exit. */
} lq_grant_route;

/** The holder's own sales while the company is private: at the end of every window a share of
 *  what is owned then goes to a buyer at that month's price, and is paid once the company has
 *  passed on its right of first refusal, or used it. */
typedef struct lq_secondary_plan {
    uint32_t stream;      /**< draw n: the discount of window n */
    size_t every_months;  /**< Windows are in its multiples. */
    size_t delay_months;  /**< From the sale to its money. */
    double from_month;    /**< Of tenure; who has left keeps what was reached. */
    double share;         /**< of what is held then */
    double keep;          /**< Of the price after the discount: fees. */
    lq_basis_price price; /**< What the discount is off. */
    lq_draw discount;
} lq_secondary_plan;

/** Whether sales can be agreed in month k: not when their money would come after K. */
static inline bool lq_secondary_opens(const lq_secondary_plan *plan, size_t k, size_t n_months)
{
    return k % plan->every_months == 0 && k + plan->delay_months <= n_months;
}

/** What of a sale is paid only to who stays. */
typedef struct lq_retention_plan {
    double part;   /**< Of what has vested by the close, */
    size_t months; /**< paid in equal parts at the end of that many months after it. */
} lq_retention_plan;

/** What an acquisition holds back of a grant, and what it makes vest. */
typedef struct lq_sale_plan {
    uint32_t stream; /**< draw 0, word 0: what escrow releases */
    double escrow;   /**< Part of what the close pays that comes later, */
    double escrow_months;
    lq_draw released;               /**< and of it, what comes at all. */
    lq_retention_plan retention[2]; /**< of an acquisition; of an announced deal */
    double accelerated;             /**< part of what has not vested; 0: none */
    bool double_trigger; /**< Only for who is let go, at most within_months after the close. */
    double within_months;
} lq_sale_plan;

enum { LQ_MAX_STAGES = 8 };

/** A lockup that ends in stages. What is held in a stage's month is sold down to what is not
 * yet free; the last stage ends it. */
typedef struct lq_lockup_plan {
    size_t n_stages;
    double after[LQ_MAX_STAGES]; /**< months after the listing, rising */
    double up_to[LQ_MAX_STAGES]; /**< part of all that is free from then on; the last: 1 */
    double early;                /**< Part that comes free earlier, once; 0: none, */
    double above;                /**< where the close was at least this times the first one */
    size_t for_months;           /**< so many months in a row. */
} lq_lockup_plan;

typedef struct lq_grant_plan {
    lq_grant_route route;
    size_t company;
    size_t n_months; /**< K */
    size_t horizon;  /**< H */
    /* size */
    bool priced_on_path;   /**< Units are known at granted_month only. */
    double value;          /**< money in the offer's currency, when priced on the path */
    bool priced_at_market; /**< On the path: at price; else at the last preferred price. */
    bool priced_at_409a;   /**< On the path: at the last 409A. */
    size_t granted_month;
    double probability; /**< that a refresher is granted; 1: no draw */
    uint32_t stream_refresh;
    /* vests within H; weight is units, or the fraction of the grant when priced on the path */
    size_t n_vests;
    const size_t *vest_month; /**< [n_vests] months after the start */
    const double *vest_weight;
    const double *vested; /**< [K + 1] sum of the weights up to month k */
    double unvested;      /**< Weight that is granted by H and vests after it. */
    /* terms */
    double expiry_month;       /**< Units not triggered by then are lost; K + 2: never. */
    double expiry_years_after; /**< From K to the expiry; negative: expired by K; inf: never. */
    bool settle_at_ipo;        /**< Taxed at the listing, sold after the lockup (R23). */
    double withheld; /**< Fraction of units kept back for tax when the sale is later. */
    bool tender_allowed;
    double tender_from_month;
    const lq_secondary_plan *secondary; /**< NULL: none; single trigger only */
    const lq_lockup_plan *lockup; /**< NULL: it ends at once, in the company's liquid month */
    const lq_sale_plan *sale; /**< NULL: an acquisition pays all at once, and vests nothing */
    double threshold;     /**< Units: value of the whole company that they do not share in. */
    double residual_keep; /**< 1 - discount on what is stuck; on the threshold too. */
    const double *hold_growth; /**< [n_vests] units at H per unit vested (dividends). */
    int fx_company;            /**< Of the company's currency, or LQ_NO_FX. */
    int fx_offer;              /**< Of the offer's currency, or LQ_NO_FX. */
} lq_grant_plan;

/** Room for one grant on one block. */
typedef struct lq_grant_scratch {
    LQ_LANE_ARRAY(units); /**< Multiplies the weights. */
    LQ_LANE_ARRAY(amount);
    LQ_LANE_ARRAY(basis); /**< Of the units held. */
    LQ_LANE_ARRAY(held);  /**< Units held after tax. */
    LQ_LANE_ARRAY(sold);  /**< Double trigger: units already sold in tenders. */
    LQ_LANE_ARRAY(month);
    LQ_LANE_ARRAY(released);    /**< With a sale plan: of the escrow; */
    LQ_LANE_ARRAY(accelerated); /**< the month in which the rest vests, or infinity. */
} lq_grant_scratch;

/** Where a grant writes. */
typedef struct lq_grant_out {
    const lq_ledger *ledger;
    double *first_cash; /**< [64] first month in which paper became cash; K + 1: never. */
    double *stuck; /**< [64] adds what was settled at K by the residual rule, present value. */
    double *unvested; /**< [64] adds what is lost by not having vested at H, present value. */
} lq_grant_out;

#ifdef LQ_ISA
void LQ_KERNEL(lq_grant_run)(const lq_grant_plan *plan, const lq_grid *grid,
                             const lq_world *world, const lq_employment *employment,
                             const lq_block_address *at, lq_grant_scratch *scratch,
                             const lq_grant_out *out);
#endif

#endif
