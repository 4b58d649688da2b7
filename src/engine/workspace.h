/**
 * @file workspace.h
 * One thread's room for a block, and the entry points that exist once per instruction set.
 * Private to the folder.
 */
#ifndef LQ_ENGINE_WORKSPACE_H
#define LQ_ENGINE_WORKSPACE_H

#include "engine/engine.h"

enum { LQ_CHUNK_BLOCKS = 16, LQ_CHUNK_PATHS = LQ_CHUNK_BLOCKS * LQ_LANES };

/** A company whose exits are expanded. */
typedef struct lq_expanded {
    lq_company_record record;
    lq_company_world lived; /**< what is observed of the life on record */
    double *lived_value;    /**< [K + 1][64] room for lived.value */
    lq_branches branches;
    LQ_LANE_ARRAY(month); /**< the end that the path's own draws choose */
    LQ_LANE_ARRAY(cause);
} lq_expanded;

/** What the room depends on: plans that agree in it can use the same. */
typedef struct lq_room {
    size_t n_months, n_years, n_fx, n_companies, n_offers, n_controls;
    uint32_t weight_log2;
    lq_shock_kind shocks;
    bool has_index, has_variance;
} lq_room;

typedef struct lq_workspace {
    lq_arena *arena;
    const lq_plan *plan;
    lq_room room;
    unsigned char *company_room; /**< [n_companies] the same of each */
    lq_stage_clock *stages;      /**< NULL: nobody asks */
    /* world */
    lq_world world;
    double *market_normals;     /**< [K, rounded up to 4][64] the market's shocks */
    double *market_plain;       /**< the normals behind them; often the same array */
    double *market_seen;        /**< the shocks as one asset sees them; NULL without states */
    double *variance_normals;   /**< of one company; NULL: no variance is stochastic */
    int32_t *states;            /**< [K][64] NULL without states */
    double **fx_rows;           /**< [n_fx] -> [K + 4][64] */
    double **price_rows;        /**< [n_companies] -> normals, then prices */
    size_t *fill_months;        /**< [n_companies] normals that are read */
    unsigned char *every_month; /**< [K + 1] 1 */
    lq_gbm_plan *listed_traced; /**< [n_companies] every month observed */
    double **value_rows;        /**< [n_companies] room for world.company[].value */
    lq_expanded **expanded;     /**< [n_companies] NULL: its exits are drawn */
    lq_company_state *state;
    double *controls; /**< [n_controls][64] */
    double *growth;   /**< [64] D_L M_L / M_0 */
    uint8_t stratum[LQ_LANES];
    /* offers */
    lq_grant_scratch grant;
    lq_employment employment;
    lq_ledger ledger;
    double *trace_rows; /**< [K + 1][64] */
    lq_outcome outcome;
    double *by_year;         /**< [n_years][64] room for the outcome's */
    double *totals;          /**< [n_offers][64] of the exits drawn */
    double *branch_totals;   /**< [n_offers][LQ_MOST_BRANCHES][64]; NULL: none is expanded */
    const double **compared; /**< [n_offers] room for pointers */
    double *first_cash, *stuck, *unvested; /**< [64] */
    /* samples of a chunk */
    size_t n_columns;
    double **columns;  /**< [n_columns] -> [LQ_CHUNK_PATHS]; NULL without a sink */
    uint64_t bad_path; /**< 1 + the first path that left the numbers; 0: none */
    size_t bad_offer;  /**< whose total that was */
} lq_workspace;

lq_workspace *lq_workspace_create(const lq_plan *plan, bool samples);
void lq_workspace_destroy(lq_workspace *workspace);

/** From now on for this plan; false where it needs another room: nothing has changed then. */
bool lq_workspace_use(lq_workspace *workspace, const lq_plan *plan);

/** What to do with one block. */
typedef struct lq_block_job {
    lq_block_address at;
    uint64_t block;
    uint32_t replicate;
    size_t n_lanes; /**< Lanes that are paths; the rest of the last block is not counted. */
    bool trace;     /**< Feeds the fans. */
    bool years;     /**< Feeds the figures by year. */
    size_t n_whole; /**< Lanes kept whole. */
    size_t sample_offset; /**< First row in the chunk's columns. */
    bool drawn; /**< Exits that are expanded are drawn as well: somebody looks at paths, or at
                     two companies at once. */
} lq_block_job;

/** Without pay all of an offer is paper: its equity is its total, tallied once. */
static inline bool lq_offer_pays(const lq_offer_plan *o)
{
    return o->pay.has_salary || o->pay.n_bonuses || o->pay.n_instalments;
}

/** Whether paper may be stuck at K: what is listed from the start is sold. */
static inline bool lq_offer_can_be_stuck(const lq_offer_plan *o)
{
    bool can = false;
    for (size_t i = 0; i < o->n_grants; i++)
        can |= o->grants[i].route >= LQ_ROUTE_DOUBLE;
    return can;
}

/** Whether units may be unvested at H. */
static inline bool lq_offer_can_lose_vests(const lq_offer_plan *o)
{
    bool can = false;
    for (size_t i = 0; i < o->n_grants; i++)
        can |= o->grants[i].unvested > 0.0;
    return can;
}

typedef void lq_block_function(lq_workspace *w, const lq_block_job *job, lq_result *result);
typedef void lq_pilot_function(lq_workspace *w, const lq_block_job *job, size_t company,
                               lq_pilot *pilot);

/** Counts what waits in a result's tallies: once, when its thread has no more blocks. */
typedef void lq_settle_function(lq_result *result);

/** The kernels of one instruction set. */
typedef struct lq_kernels {
    const char *name;
    lq_block_function *run_block;
    lq_pilot_function *run_pilot;
    lq_settle_function *settle;
} lq_kernels;

/** What a processor can run. */
typedef struct lq_isa_levels {
    bool v3, v4;
} lq_isa_levels;

/** The best level of a processor, or the one wished for by name; wish: "v3", "v4", or NULL.
 *  @retval LQ_EMACHINE  There is no such level, or the processor does not have it. */
LQ_MUST_USE lq_status lq_kernels_pick(lq_isa_levels has, const char *wish,
                                      const lq_kernels **out, lq_error *err);

/** The same for this processor and the environment's LIQUIDUS_ISA; `reference`: the kernels of
 *  the reference precision, which are the same on all of them. */
LQ_MUST_USE lq_status lq_kernels_choose(bool reference, const lq_kernels **out, lq_error *err);

lq_block_function lq_block_run_v3, lq_block_run_v4, lq_block_run_ref;
lq_settle_function lq_result_settle_v3, lq_result_settle_v4, lq_result_settle_ref;
lq_pilot_function lq_pilot_block_v3, lq_pilot_block_v4, lq_pilot_block_ref;

#endif
