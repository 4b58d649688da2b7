/**
 * @file market.h
 * Factors and public prices: market, currencies, listed companies (MODEL.md sections 2 and 3).
 *
 * Every log price is kept in base 2. Between months it moves by a constant, a loading on the
 * market's normal and a loading on its own: exact in law for geometric Brownian motion.
 * @source Glasserman, Monte Carlo Methods in Financial Engineering (2003), section 3.2.1.
 */
#ifndef LQ_MARKET_MARKET_H
#define LQ_MARKET_MARKET_H

#include "block/block.h"
#include "num/isa.h"
#include "rng/philox.h"

/** Market, currency or public company: a geometric Brownian motion on the grid. */
typedef struct lq_gbm_plan {
    uint32_t stream;              /**< Of its own normals. */
    double start_log2;            /**< log2 of the level at month 0. */
    const double *drift_log2;     /**< [K + 1] added in month k (after the Ito correction). */
    double loading_market_log2;   /**< On the market's normal, a month. */
    double loading_own_log2;      /**< On its own normal, a month. */
    size_t n_months;              /**< Months that anything reads. */
    const unsigned char *observe; /**< [K + 1] 1: the level of month k is read. */
} lq_gbm_plan;

/** Jumps of a company's own factor: a compound Poisson process, in units of that factor's
 * monthly normal, so that what moves with the normal jumps with it. */
typedef struct lq_jump_plan {
    uint32_t stream;
    double mean_wait_months; /**< 12 / rate; 0: no jumps. */
    double mean, sd;         /**< of one jump */
} lq_jump_plan;

/** Residual correlation of the companies named in overrides: a lower Cholesky factor. */
typedef struct lq_mix_plan {
    size_t n;              /**< Companies that take part; 0: none. */
    const size_t *company; /**< [n] indices, in the order of their ids. */
    const double *factor;  /**< [n][n] lower triangular. */
    size_t n_months;
} lq_mix_plan;

#ifdef LQ_ISA
/**
 * Levels of one asset from normals.
 *
 * @param[in]  market_normals [K][64]; NULL when the loading is zero.
 * @param[in,out] rows [K + 1][64] on entry the own normal of month k in row k (k >= 1); on
 *                     return the level in every observed row (other rows are undefined).
 */
void LQ_KERNEL(lq_gbm_run)(const lq_gbm_plan *plan, const double *market_normals, double *rows);

/** log2 level of the index over its start, all months: row k of levels [K + 1][64]. */
void LQ_KERNEL(lq_index_run)(const lq_gbm_plan *plan, const double *market_normals,
                             double *levels);

/**
 * Adds the jumps of months 1..n_months to the normals in rows[1..n_months]; row 0 is left with
 * anything.
 *
 * The n-th jump of a path comes after a wait of its own and has a size of its own, so a longer
 * run has the shorter one's jumps.
 * @source Merton, Option pricing when underlying stock returns are discontinuous (1976).
 */
void LQ_KERNEL(lq_jumps_run)(const lq_jump_plan *plan, const lq_block_address *at,
                             size_t n_months, double *rows);

/** Replaces the normals of the named companies by their correlated mixtures, in place.
 *  rows[i] is the [K + 1][64] array of company i, normals from row 1 on. */
void LQ_KERNEL(lq_mix_run)(const lq_mix_plan *plan, double *const *rows);
#endif

#endif
