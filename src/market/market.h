/**
 * @file market.h
 * Factors and public prices: market, currencies, listed companies (MODEL.md sections 2 and 3).
 *
 * Every log price is kept in base 2. Between months it moves by a constant, a loading on the
 * market's shock and a loading on its own: exact in law for geometric Brownian motion. Other
 * laws change the shocks before anything loads on them: Student-t, the states of a regime, rows
 * of a history. Only stochastic volatility (Heston) moves the price in a way of its own.
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

enum { LQ_MAX_STATES = 8, LQ_STUDENT_CELLS = 512 };

/** |z| beyond which a Student-t shock is held at its value there: one month in 1,300 years. */
#define LQ_STUDENT_END 4.0

/** A standard normal to a Student-t variate of variance 1: an odd function, on |z| cubic pieces
 * c0 + f (c1 + f (c2 + f c3)), f the part of a cell that lies below |z|. */
typedef struct lq_student_plan {
    const double (*piece)[4]; /**< [LQ_STUDENT_CELLS]; NULL: normals stay normal. */
} lq_student_plan;

/** A Markov chain on the months, one for all. */
typedef struct lq_regime_plan {
    uint32_t stream;
    size_t n; /**< States; 0: none. */
    double up_to[LQ_MAX_STATES + 1]
                [LQ_MAX_STATES]; /**< Cumulative probabilities of the next state, from each, and
                                      in row LQ_MAX_STATES those of month 1. */
} lq_regime_plan;

/** Rows of a history in blocks of random length, one sequence for all. */
typedef struct lq_bootstrap_plan {
    uint32_t stream;
    size_t n;            /**< Rows; 0: none. */
    double restart_frac; /**< Probability that a month begins a new block: 1 / mean length. */
} lq_bootstrap_plan;

/** What a state makes of a shock: offset[state] + scale[state] z. */
typedef struct lq_state_link {
    const double *offset; /**< [states]; NULL: z as it is. */
    const double *scale;  /**< [states]; NULL: all 0, z is not read. */
} lq_state_link;

/** The law of the market's shocks. */
typedef enum lq_shock_kind {
    LQ_SHOCK_NORMAL,
    LQ_SHOCK_STUDENT,
    LQ_SHOCK_REGIME,
    LQ_SHOCK_SERIES
} lq_shock_kind;

typedef struct lq_market_law {
    lq_shock_kind kind;
    lq_student_plan student;
    lq_regime_plan regime;
    lq_bootstrap_plan bootstrap;
    lq_state_link link; /**< Of the market itself. */
} lq_market_law;

/** Whether the months have states. */
static inline bool lq_market_has_states(const lq_market_law *law)
{
    return law->kind == LQ_SHOCK_REGIME || law->kind == LQ_SHOCK_SERIES;
}

/** A month's step of a price with stochastic variance, given the variance's, while the market
 * is in one state. */
typedef struct lq_heston_step {
    double k2, k3, k4, tilt;    /**< K2, K3, K4 and A = K2 + K4 / 2 of Andersen's scheme */
    double of_price, of_market, /**< What the part of the price's normal that the variance's */
        of_rest;                /**< does not have is made of: of the price's Brownian motion,
                                     the market's, and the rest of the variance's. */
    double drift;               /**< What the state's premium adds, natural logarithm. */
} lq_heston_step;

/**
 * Stochastic variance: dv = kappa (theta - v) dt + eps sqrt(v) dW_v, one step a month.
 *
 * The price's Brownian motion has `market` of the market's normal and `own` of its own; rho of
 * it drives the variance. All in natural logarithms, a year. In a state of the market the
 * market's part moves the price `scale` of the state as much; the variance goes on as it does.
 */
typedef struct lq_heston_plan {
    bool is_on;
    uint32_t stream;    /**< Of the part of the variance's normals that is nobody else's. */
    double start;       /**< v_0 */
    double theta, keep; /**< E[v'] = theta + (v - theta) keep */
    double var_slope, var_level; /**< Var[v'] = var_slope v + var_level */
    double rho, rho_rest;        /**< rho, sqrt(1 - rho^2) */
    double market, own;
    lq_heston_step step;            /**< Of a market without states. */
    const lq_heston_step *by_state; /**< [states]; NULL: step, always. */
} lq_heston_plan;

/** What a price with stochastic variance reads beside its own normals. */
typedef struct lq_heston_inputs {
    const double *market;   /**< [K][64] the market's normals; NULL when the plan has none. */
    const double *variance; /**< [K][64] those of stream `stream`. */
    const int32_t *states;  /**< [K][64] of the market; read where the plan has by_state. */
} lq_heston_inputs;

/** What a company's own normals become. */
typedef struct lq_own_law {
    lq_student_plan student;
    lq_state_link link;    /**< States of the market's law. */
    lq_heston_plan heston; /**< Listed companies only. */
} lq_own_law;

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

/** Replaces normals [n_months][64] by Student-t variates of variance 1. */
void LQ_KERNEL(lq_student_run)(const lq_student_plan *plan, size_t n_months, double *rows);

/**
 * The state of every month.
 * @param[out] states [n_months][64], month k in row k - 1.
 * @source Hamilton, A new approach to the economic analysis of nonstationary time series and
 * the business cycle (1989).
 */
void LQ_KERNEL(lq_regime_run)(const lq_regime_plan *plan, const lq_block_address *at,
                              size_t n_months, int32_t *states);

/**
 * The row of the history that every month takes: the one after the last month's, the first
 * after the last, or with probability restart_frac any.
 * @param[out] states [n_months][64], month k in row k - 1.
 * @source Politis and Romano, The stationary bootstrap (1994), section 2.
 */
void LQ_KERNEL(lq_bootstrap_run)(const lq_bootstrap_plan *plan, const lq_block_address *at,
                                 size_t n_months, int32_t *states);

/** out = what the states make of z, both [n_months][64]; the two may be one array. z is not
 * read where the link has no scale. */
void LQ_KERNEL(lq_link_run)(const lq_state_link *link, const int32_t *states, size_t n_months,
                            const double *z, double *out);

/**
 * Levels of an asset with stochastic variance: the quadratic-exponential scheme with the
 * martingale correction. asset->drift_log2 is the whole expected growth, without an Ito term.
 *
 * @param[in,out] rows as lq_gbm_run.
 * @source Andersen, Efficient simulation of the Heston stochastic volatility model (2008),
 *         sections 3.2 and 4.3: psi_c = 1.5, gamma_1 = gamma_2 = 1/2.
 */
void LQ_KERNEL(lq_heston_run)(const lq_gbm_plan *asset, const lq_heston_plan *plan,
                              const lq_heston_inputs *in, double *rows);

/** Replaces the normals of the named companies by their correlated mixtures, in place.
 *  rows[i] is the [K + 1][64] array of company i, normals from row 1 on. */
void LQ_KERNEL(lq_mix_run)(const lq_mix_plan *plan, double *const *rows);
#endif

#endif
