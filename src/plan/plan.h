/**
 * @file plan.h
 * A scenario in one world, flattened: numbers on the monthly grid, tables, addresses of draws.
 *
 * A plan is immutable and hashed. `uncertain:` inputs are fixed by the world's number; hazards
 * given as probabilities are fixed by the calibration (R4). It owns its arena.
 */
#ifndef LQ_PLAN_PLAN_H
#define LQ_PLAN_PLAN_H

#include "company/branch.h"
#include "equity/equity.h"
#include "equity/vesting.h"
#include "market/market.h"
#include "pay/pay.h"
#include "plan/controls.h"
#include "rng/draws.h"
#include "scenario/scenario.h"
#include "stats/strata.h"
#include "stats/utility.h"
#include "tax/tax.h"

/** Replicates of a run, block number mod the number of them: 16 when its paths are independent;
 * 32 when they are not (R28): Sobol points, each replicate scrambled anew, or antithetic pairs.
 */
enum { LQ_REPLICATES_RANDOM = 16, LQ_REPLICATES_DEPENDENT = 32, LQ_MAX_REPLICATES = 32 };

enum { LQ_WORLD_MEAN = -1 };

/** h0 = factor x the hazard as written, per company and cause; 1 unless given by probability.
 */
typedef struct lq_calibration {
    size_t n_companies;
    double (*factor)[LQ_EXIT_KINDS]; /**< [n_companies] */
    bool *needed;                    /**< [n_companies] a pilot is needed: the closed form of
                                          R4 does not serve. */
} lq_calibration;

/** Where one uncertain input lies in the plan's world. */
typedef struct lq_unknown {
    uint32_t stream; /**< names the draw */
    double uniform;  /**< (0, 1): the share of its law below it */
} lq_unknown;

typedef struct lq_offer_plan {
    const char *id;
    size_t company;
    lq_pay_plan pay;
    size_t n_grants;
    lq_grant_plan *grants;
    lq_tax_plan tax;
    double keep[LQ_INCOME_KINDS]; /**< 1 - rate, for the trace */
    double headline_equity;       /**< report currency at today's rates */
    double headline_total;
    double headline_bonus;      /**< the bonus part of headline_total at payout 1 */
    double headline_paper_fair; /**< start-of-plan value of the grants at fair common value
                                     (listed: market price), refreshers at face; same units */
} lq_offer_plan;

typedef struct lq_plan {
    lq_arena *arena;
    lq_grid grid;
    uint64_t seed;
    lq_philox_key key;          /**< of LQ_DOMAIN_MAIN */
    const lq_sobol_plan *sobol; /**< NULL: sampling is random */
    bool antithetic;            /**< The second half of each block mirrors the first. */
    bool reference;             /**< 52-bit uniforms and functions to 1e-15, slowly. */
    uint32_t n_replicates;
    bool by_replicates;   /**< Errors come from them: Sobol points, mirrored pairs, or expanded
                               exits. */
    uint32_t weight_log2; /**< A path weighs 2^weight_log2 in the tallies: 0, or 32 where a
                             company's exits are expanded. */
    uint64_t n_worlds;
    size_t n_unknowns; /**< 0 in the mean world */
    lq_unknown *unknowns;
    uint64_t blocks_per_world;
    uint64_t n_paths;        /**< over all worlds, as run */
    uint64_t paths_in_world; /**< the last block of a world may be partial */
    /* factors */
    bool has_market; /**< Something reads the market factor. */
    bool has_index;  /**< Something reads its level (row by row). */
    lq_gbm_plan market;
    lq_market_law law; /**< Of its shocks. */
    size_t n_fx;
    lq_gbm_plan *fx;
    lq_state_link *fx_link; /**< [n_fx] what the market's states are to each */
    const char (*fx_currency)[4];
    size_t n_companies;
    lq_company_plan *companies;  /**< private ones; is_private says which array counts */
    lq_gbm_plan *listed;         /**< public ones */
    lq_state_link *company_link; /**< [n_companies] */
    lq_own_law *own;             /**< [n_companies] */
    lq_jump_plan *jumps;         /**< [n_companies] public and private */
    lq_expansion *expansion;     /**< [n_companies] of their exits (R27) */
    const char **expansion_why;  /**< [n_companies] what decided it; NULL: nothing did */
    lq_mix_plan mix;
    const char *repaired; /**< "a-b 0.81 (0.95), ...": correlations as run and as written; NULL:
                               as written */
    /* offers */
    size_t n_offers;
    lq_offer_plan *offers;
    size_t n_pairs;
    const size_t (*pairs)[2]; /**< a, b: the difference shown is total a - total b */
    size_t *pair_company; /**< [n_pairs] whose exits are expanded in it; n_companies: none */
    size_t best_company;  /**< the same for which offer is best */
    size_t n_controls;    /**< 0: none are wanted. */
    lq_control *controls;
    /* the person */
    lq_background background;
    bool has_growth; /**< The joint law with the market is tallied (pi > 0, wealth > 0). */
    double growth_discount; /**< D_L: growth of a path is D_L M_L / M_0 */
    lq_strata strata;
    unsigned char hash[32]; /**< sha256 of everything that moves results */
} lq_plan;

typedef struct lq_plan_options {
    const lq_calibration *calibration; /**< NULL: all factors as the closed form gives */
    long world;      /**< 0.., or LQ_WORLD_MEAN: uncertain inputs at their mean */
    bool unstressed; /**< The config's stress is left out: where intensities are solved (R4). */
    const size_t (*pairs)[2];
    size_t n_pairs;
} lq_plan_options;

/**
 * Flattens a scenario.
 *
 * @param[out] out  On LQ_OK the caller owns it.
 * @retval LQ_ECONFIG  What only the arithmetic shows: correlation not positive definite (with
 *                     the smallest eigenvalue and the pairs that the user set), |rho| >= 1,
 *                     two ids with one hash, too many vests, more Sobol points than there are.
 * err names the key and the place.
 * @retval LQ_ENOMEM
 */
LQ_MUST_USE lq_status lq_plan_build(const lq_scenario *scenario, const lq_plan_options *options,
                                    lq_plan **out, lq_error *err);

/**
 * Points for the calibration of one company's exits (R4): the market and its own value by
 * bridges up to pilot_months, rounds, jumps; every replicate scrambled on its own, and apart
 * from those of a run.
 * @return In the arena; NULL when out of memory.
 */
const lq_sobol_plan *lq_plan_pilot_points(const lq_plan *plan, size_t company,
                                          size_t n_replicates, lq_arena *arena);

void lq_plan_destroy(lq_plan *plan);

/** Where a block stands: path = 64 x block + lane; replicate block mod R, and in it the Sobol
 * points 64 (block div R) + lane. */
lq_block_address lq_plan_address(const lq_plan *plan, uint64_t block);

/** Factors of 1 and of the closed form (R4); needed[i] where a pilot must replace them.
 *  Memory from the arena. */
LQ_MUST_USE lq_status lq_calibration_start(const lq_scenario *scenario, lq_arena *arena,
                                           lq_calibration *out, lq_error *err);

/** The vests of a grant as the plan uses them; a month after start, at most the horizon or not.
 */
size_t lq_plan_vests(const lq_grant *grant, lq_vest *vests);

/** Continuous zero rate to a date, off a curve of effective annual ones (lq_tenor). */
double lq_plan_zero_rate(const lq_list *rates, double years);

/** A number of the scenario in a world: constants, means, or the world's own draw of it.
 *  Latin hypercube over the worlds; address: the key path, which names the draw. */
double lq_plan_number(const lq_scenario *scenario, const lq_value *value, const char *address,
                      long world);

#endif
