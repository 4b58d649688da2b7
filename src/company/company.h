/**
 * @file company.h
 * The life of a private company on 64 paths: value, competing exits, rounds, tenders, listing
 * (MODEL.md section 4; R1, R2, R5 to R7, R11, R26 of the rules).
 *
 * While an announced deal is open (R13) V stands still at its mean over close and break, and no
 * lottery, round or tender is held; in its month it closes, a sale at its price, or breaks.
 *
 * Between events log2 V moves like a listed price. Each month, in this order: V moves; below
 * the floor it fails; the terminal lottery (failure, IPO, acquisition share one threshold);
 * a financing round; a tender. After an IPO the lane is a listed share.
 */
#ifndef LQ_COMPANY_COMPANY_H
#define LQ_COMPANY_COMPANY_H

#include "block/block.h"
#include "block/draw.h"
#include "company/path_stack.h"
#include "num/isa.h"
#include "rng/philox.h"

/** h_c = h0_c(t) exp(clamp(eta ln(V / V_0) + xi m, -ln 20, ln 20)), R1. */
typedef struct lq_hazard_plan {
    double *mass; /**< [K + 1] h0(t) x (years covered by the lottery of month k); 0: none. */
    double *rate; /**< [K + 1] h0(t), a year. */
    double value_exponent;  /**< eta */
    double market_exponent; /**< xi, on log2 of the excess growth of the market */
} lq_hazard_plan;

/** An acquisition that is signed and open (R13). */
typedef struct lq_deal_plan {
    bool is_open;
    uint32_t stream;
    lq_draw closes;           /**< Years after the start; ends with the month it falls in. */
    double break_probability; /**< Otherwise it closes then. */
    double price_log2;        /**< log2 of what is paid for the whole company. */
    lq_draw break_value;      /**< Value of the whole company once it has broken. */
    bool rolls;               /**< Shares become those of `acquirer`; else cash. */
    size_t acquirer;          /**< Index of a listed company. */
} lq_deal_plan;

/** When common is appraised (a 409A), and for whom (R24). */
typedef struct lq_appraisal_plan {
    bool is_read;                  /**< Somebody reads one; otherwise there are none. */
    size_t every_months;           /**< Of every company, from the start, */
    size_t after_months;           /**< and of one that has raised money, so long after it. */
    const unsigned char *may_come; /**< [K + 1] months whose appraisal may be read later */
    const unsigned char *observe;  /**< [K + 1] rows that are read */
} lq_appraisal_plan;

typedef struct lq_company_plan {
    const char *id;
    bool is_private;
    size_t n_months;
    size_t pilot_months; /**< Last month that the calibration looks at. */
    /* streams by name */
    uint32_t stream_own, stream_terminal, stream_round, stream_tender;
    /* value */
    double start_log2;  /**< log2 of V_0 (the opening value) */
    double start_price; /**< last preferred price per share */
    lq_stack_plan stack;
    const double *drift_private_log2; /**< [K + 1] */
    const double *drift_listed_log2;  /**< [K + 1] */
    double loading_market_log2; /**< beta sigma_M: the same before and after an IPO (R11) */
    double loading_private_log2, loading_listed_log2;
    double floor_log2;     /**< -inf: none */
    bool floor_continuous; /**< Watched between the ends of months too. */
    uint32_t stream_floor; /**< Draw month / 4: whether it was crossed in between. */
    /* terminal */
    lq_hazard_plan ipo, acquisition, failure;
    bool path_hazards; /**< Some terminal eta or xi is not 0, or a class may bar an IPO. */
    bool is_lumped; /**< An eta is not 0, and a month holds the lottery of more than itself. */
    bool uses_market_excess; /**< Some xi is not 0. */
    bool compensate; /**< R5; in drift_private_log2 unless lq_company_compensates_by_path. */
    lq_draw ipo_discount, ipo_primary, premium;
    double recovery;
    double direct_listing;   /**< Of listings, those without new money, discount and lockup. */
    uint32_t stream_closing; /**< Draw 1, word 0: whether it would be one of them. */
    size_t lockup_months;
    /* rounds and tenders */
    bool has_rounds, has_tenders;
    lq_hazard_plan round, tender;
    bool rounds_carry, tenders_carry; /**< Monthly: what an arrival leaves of its month's mass
                                           counts; a yearly lottery starts afresh. */
    lq_draw dilution, dilution_if_down, pool, round_premium;
    lq_draw tender_discount, tender_cap, tender_proration;
    bool has_dilution_if_down, proceeds_retained;
    lq_basis_price tender_price; /**< What the discount is off. */
    double phi;                  /**< of every round, or today where it is solved */
    bool solves_phi; /**< Every round is priced so that its class is worth it (ADR 0037). */
    lq_deal_plan deal;
    lq_appraisal_plan appraisal;
    /* the common share by the option method */
    double volatility;      /**< annual, private */
    double growth;          /**< of the expected value while nothing happens, log a year */
    double rate;            /**< continuous, a year */
    double rate_log2_month; /**< the same, log2 a month: what the market's excess is over */
    int residual;           /**< 0 OPM, 1 fair as converted, 2 zero, 3 a sale at K */
    double residual_keep;   /**< 1 - discount for lack of marketability; of a 409A too */
    /* what is read */
    const unsigned char *observe_price, *observe_preferred, *observe_fair; /**< [K + 1] */
} lq_company_plan;

static inline bool lq_company_has_floor(const lq_company_plan *plan)
{
    return plan->floor_log2 > -1e300;
}

/** Whether what events take on average depends on the value, so that the kernel adds it month
 * by month; otherwise it is a number of the plan. */
static inline bool lq_company_compensates_by_path(const lq_company_plan *plan)
{
    return plan->compensate && (plan->path_hazards || lq_company_has_floor(plan));
}

/** Calibration pilot (R4): survival-weighted incidence instead of a lottery. */
typedef struct lq_pilot {
    double *incidence; /**< [LQ_EXIT_KINDS][K + 1] sum over lanes of the mass in month k; in the
                            row of LQ_EXIT_NONE the part of failures that the floor makes */
} lq_pilot;

/** Arrivals of rounds or tenders: one threshold per ordinal, filled when the first lane needs
 * it. */
typedef struct lq_clock {
    size_t n_filled;
    bool has_terms; /**< Somebody reads the uniforms of an event, */
    bool has_third; /**< and the third too. */
    double draws[LQ_MAX_ROUNDS + 1][4][LQ_LANES]
        __attribute__((aligned(64))); /**< threshold, three uniforms */
    LQ_LANE_ARRAY(mass);
    LQ_LANE_ARRAY(threshold);
    size_t ordinal[LQ_LANES];
} lq_clock;

enum { LQ_DUE_MONTHS = 64 };

/** The last appraisal of 64 paths: what it is made from, of its day, and once somebody has read
 *  it, what it says. */
typedef struct lq_appraisals {
    uint64_t due[LQ_DUE_MONTHS]; /**< lanes whose round asks for one in months = i mod 64 */
    LQ_LANE_ARRAY(month);
    LQ_LANE_ARRAY(x);
    double power[LQ_EXIT_KINDS][LQ_LANES] __attribute__((aligned(64)));
    LQ_LANE_ARRAY(shares);
    LQ_LANE_ARRAY(claims);
    LQ_LANE_ARRAY(n_rounds);
    LQ_LANE_ARRAY(keep); /**< of fair common value */
    LQ_LANE_ARRAY(is_known);
    LQ_LANE_ARRAY(worth); /**< money a share, where it is known */
} lq_appraisals;

/**
 * A life that no lottery ends, month by month, with all that could have ended it: what the
 * branches of an exit expansion are made from. Row k of a [K + 2][64] array is what the lottery
 * of month k finds, row K + 1 the end.
 */
typedef struct lq_company_record {
    double *x; /**< [K + 2][64] log2 V; likewise to cut */
    double *shares, *due, *ceiling;
    double *n_rounds, *n_down, *n_flat, *n_unpriced, *n_tenders, *cut;
    double *mass[LQ_EXIT_KINDS]; /**< [K + 1][64] by cause; [LQ_EXIT_NONE]: of all causes up to
                                      month k. A fall below the floor is certain. */
    double *listed;              /**< [K + 1][64] log2 growth of a listed share since month 0 */
    LQ_LANE_ARRAY(threshold);    /**< the path's own draws */
    LQ_LANE_ARRAY(uniform);
    LQ_LANE_ARRAY(cause);
    LQ_LANE_ARRAY(term_a);
    LQ_LANE_ARRAY(term_b);
    LQ_LANE_ARRAY(direct);
    lq_round_log log;
} lq_company_record;

/** The lanes of one company, and its rare events. One per thread. */
typedef struct lq_company_state {
    lq_company_record *record; /**< NULL, or: exits are not drawn, the life is recorded */
    lq_round_log *log;         /**< of the record, or else own_log */
    LQ_LANE_ARRAY(x);          /**< log2 V while private, log2 of the share price once listed */
    LQ_LANE_ARRAY(start_x);    /**< log2 V_0 */
    LQ_LANE_ARRAY(
        round_base); /**< log2 V after the last round: what rounds are more likely above */
    LQ_LANE_ARRAY(is_private); /**< 1 while alive and private */
    LQ_LANE_ARRAY(is_listed);
    size_t n_listed;        /**< of the lanes */
    LQ_LANE_ARRAY(shares);  /**< fully diluted */
    LQ_LANE_ARRAY(due);     /**< preferences in sum, money, without dividends to come */
    LQ_LANE_ARRAY(ceiling); /**< price of common from which everybody shares, where simple */
    LQ_LANE_ARRAY(veto);    /**< price of common below which some class bars an IPO */
    LQ_LANE_ARRAY(last_price);
    LQ_LANE_ARRAY(mass); /**< integrated terminal intensity */
    LQ_LANE_ARRAY(threshold);
    LQ_LANE_ARRAY(uniform); /**< that the threshold is made from */
    LQ_LANE_ARRAY(cause);
    LQ_LANE_ARRAY(term_a); /**< uniforms of the exit's terms */
    LQ_LANE_ARRAY(term_b);
    LQ_LANE_ARRAY(direct);   /**< 1 where a listing would be direct */
    LQ_LANE_ARRAY(before);   /**< x before the month's move; with a floor watched in between */
    LQ_LANE_ARRAY(fallen);   /**< 1 where the month's value was below the floor, */
    LQ_LANE_ARRAY(crossing); /**< or the chance that it was between its ends */
    LQ_LANE_ARRAY(survival); /**< pilot only */
    double power[LQ_EXIT_KINDS][LQ_LANES]
        __attribute__((aligned(64))); /**< exp(eta ..) by cause */
    LQ_LANE_ARRAY(excess);            /**< trailing excess log2 growth of the market */
    lq_clock rounds, tenders;
    lq_appraisals appraisals; /**< where somebody reads one */
    lq_round_log own_log;
    size_t n_open;             /**< lanes whose announced deal is open; 0 without one */
    LQ_LANE_ARRAY(is_open);    /**< where there is one */
    LQ_LANE_ARRAY(deal_month); /**< in which it closes or breaks */
    LQ_LANE_ARRAY(breaks);
    LQ_LANE_ARRAY(break_x);  /**< log2 V if it breaks */
    LQ_LANE_ARRAY(proceeds); /**< of a sale or what a failure recovers, after fees */
    LQ_LANE_ARRAY(paid);     /**< of them, to a share of common */
} lq_company_state;

/** What the company reads of the factors. */
typedef struct lq_company_inputs {
    const double *normals;        /**< [K + 1][64] its own, month k in row k */
    const double *market_normals; /**< [K][64], month k in row k - 1; NULL when not loaded */
    const double *index;          /**< [K + 1][64] log2 market level; NULL when not read */
} lq_company_inputs;

#ifdef LQ_ISA
/**
 * Runs the private company on a block.
 *
 * @param[in,out] state  Room; everything in it is set here.
 * @param[in,out] world  Its arrays are written where observed. world->price may be the same
 *                       memory as inputs->normals: row k is read before it is written.
 * @param[out]    pilot  NULL for a run; otherwise no exit is drawn and masses are added.
 */
void LQ_KERNEL(lq_company_run)(const lq_company_plan *plan, const lq_block_address *at,
                               const lq_company_inputs *inputs, lq_company_state *state,
                               lq_company_world *world, lq_pilot *pilot);
#endif

#endif
