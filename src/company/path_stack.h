/**
 * @file path_stack.h
 * The cap table of a path: what it was on the first day, and what its rounds made of it since
 * (ADR 0031). Nothing of it is kept by month: the rounds of a path are logged, and whoever
 * needs the stack after the first n of them replays those over the opening one.
 *
 * Common asks one thing of it: the price p of a share of common, which solves R(p) = what is
 * left after fees, debt and carve-out, with R(p) the sum over common (p s), classes that take
 * the larger of claim and share (max(due, p s)), that take part (due + p s), that do up to a
 * cap (max(min(due + p s, cap), p s)), and options (max(0, p - strike) s). Ranks do not matter
 * for it.
 */
#ifndef LQ_COMPANY_PATH_STACK_H
#define LQ_COMPANY_PATH_STACK_H

#include "block/block.h"
#include "company/bends.h"
#include "company/round_phi.h"
#include "num/isa.h"
#ifdef LQ_ISA
#include "num/lanes.h"
#endif

/** What is logged of a round. */
enum {
    LQ_ROUND_PRICE,  /**< money a share */
    LQ_ROUND_ISSUED, /**< new shares */
    LQ_ROUND_POOL,   /**< shares that topped up the pool */
    LQ_ROUND_MONTH,
    LQ_ROUND_IS_DOWN, /**< a share was worth less before it than the last round paid */
    LQ_ROUND_COLUMNS
};

/** The rounds of 64 paths: the n-th of each in row n. Only ever appended to. */
typedef struct lq_round_log {
    double row[LQ_MAX_ROUNDS][LQ_ROUND_COLUMNS][LQ_LANES] __attribute__((aligned(64)));
} lq_round_log;

/** What a plan knows of a company's stack. */
typedef struct lq_stack_plan {
    lq_stack opening;   /**< of the first day; fees, debt and carve-out for good */
    double diluted;     /**< all shares of the first day, options and pool among them (R10) */
    double unissued;    /**< of them the part of the pool that takes no part in exits */
    lq_preferred added; /**< rights of the class that a round adds: due, cap, ipo_due and
                             dividend are times the money put in, ipo_veto times its price */
    bool ranks_rise;    /**< Each round's class is before all earlier ones. */
    double pay_to_play; /**< of earlier preferred, what a down round turns into common */
    /* worked out by lq_stack_plan_ready */
    bool is_linear; /**< Nobody ever chooses: price = max(0, left - due) / shares. */
    bool
        is_simple; /**< Above the ceiling everybody shares alike, below the dues nobody does. */
    bool has_rights;        /**< Rounds change the earlier classes. */
    bool accrues;           /**< What is due grows. */
    bool has_veto;          /**< Some class may bar an IPO. */
    bool listing_bends;     /**< A share of common is not worth V / shares in every IPO. */
    double due;             /**< of the opening stack */
    double ceiling;         /**< price of common from which everybody shares, likewise */
    double veto;            /**< price of common below which some class bars an IPO, likewise */
    double strikes;         /**< what exercising all options pays in */
    lq_bends sale, listing; /**< of the opening stack */
} lq_stack_plan;

/** Fills what is worked out, once the rest is known; without rounds no class is added. */
void lq_stack_plan_ready(lq_stack_plan *plan, bool has_rounds);

/** Which rounds of whom, and when. */
typedef struct lq_path {
    const lq_round_log *log;
    size_t lane;
    size_t n_rounds; /**< of the lane, to be replayed */
    double month;    /**< up to which dividends have accrued */
} lq_path;

typedef struct lq_path_stack {
    double common;  /**< outstanding; what rounds added to the pool counts as granted */
    double diluted; /**< all shares, unissued and options among them (R10) */
    size_t n;
    lq_preferred class[LQ_MAX_PATH_CLASSES]; /**< oldest first; one may have no shares left */
} lq_path_stack;

/** What all classes of a stack have in sum. */
typedef struct lq_stack_sums {
    double diluted, due, ceiling, veto;
} lq_stack_sums;

/** A company for the option method: what it is worth, and the law of its exit. */
typedef struct lq_path_law {
    double value;
    double ipo_share; /**< of the exits */
    double sd;        /**< of log value at the exit, > 0 */
    double growth;    /**< rate x term, natural */
    double discount;  /**< exp(-growth) */
} lq_path_law;

#ifdef LQ_ISA
/** The stack after the path's rounds. */
void LQ_KERNEL(lq_path_replay)(const lq_stack_plan *plan, const lq_path *path,
                               lq_path_stack *out);

/** The stack in front of one more round: as after it, but nobody's conversion is adjusted to
 * its price (ADR 0031), which is not known yet: the last class is sold at 1 a share. */
void LQ_KERNEL(lq_path_offer)(const lq_stack_plan *plan, const lq_path *path,
                              const lq_new_round *round, lq_path_stack *out);

lq_stack_sums LQ_KERNEL(lq_path_sums)(const lq_stack_plan *plan, const lq_path_stack *stack);

/** What a share of common is paid when `left` is left of a sale after fees, debt and carve-out;
 *  or, `lists`, its price where all shares are worth `left` in an IPO. */
double LQ_KERNEL(lq_path_price)(const lq_stack_plan *plan, const lq_path *path, double left,
                                bool lists);

/** A call on a company of that value. @source Black and Scholes (1973) */
LQ_INLINE double lq_path_call(double value, double strike, double sd, double growth,
                              double discount)
{
    const double least = 1e-9 * value, asked = strike > least ? strike : least;
    const double d1 = (lq_lane_log(value / asked) + growth) / sd + 0.5 * sd;
    const double call =
        value * lq_lane_normal_cdf(d1) - asked * discount * lq_lane_normal_cdf(d1 - sd);
    return call > 0.0 ? call : 0.0;
}

/**
 * Value of a share of common by the option method: calls on the company, struck where the
 * stack's waterfall bends (R9).
 * @source AICPA, Valuation of Privately-Held-Company Equity Securities (2013), chapter on OPM.
 */
double LQ_KERNEL(lq_path_value)(const lq_stack_plan *plan, const lq_path *path,
                                const lq_path_law *law);

/**
 * The phi of a round whose class is worth its price: in a company worth what `law` says and
 * what the round brings, on the stack that it joins (lq_path_offer).
 * @param[in] path  up to the exit: dividends count until then (ADR 0030)
 * @return LQ_PHI_NONE_LOW, LQ_PHI_NONE_HIGH: none.
 */
double LQ_KERNEL(lq_path_phi)(const lq_stack_plan *plan, const lq_path *path,
                              const lq_path_law *law, const lq_new_round *round);
#endif

#endif
