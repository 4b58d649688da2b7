/**
 * @file build.h
 * The plan under construction. Private to the folder.
 */
#ifndef LQ_PLAN_BUILD_H
#define LQ_PLAN_BUILD_H

#include "plan/plan.h"

#define LQ_LOG2_E 1.4426950408889634074

typedef struct lq_builder {
    const lq_scenario *scenario;
    const lq_plan_options *options;
    lq_plan *plan;
    lq_arena *arena;
    double *forward; /**< [K + 1] continuous rate of month k, a month */
    unsigned char **observe_price, **observe_preferred; /**< [company][K + 1] */
    unsigned char **observe_fair, **observe_appraised;
    double market_sd;      /**< sigma_M, annual */
    double market_premium; /**< a year */
} lq_builder;

static inline const lq_company *lq_builder_company(const lq_builder *b, size_t i)
{
    return (const lq_company *)b->scenario->companies.items + i;
}

static inline const lq_offer *lq_builder_offer(const lq_builder *b, size_t i)
{
    return (const lq_offer *)b->scenario->offers.items + i;
}

/** A number of a company or offer in this world; the address is PREFIX.ID.KEY. An uncertain one
 *  becomes one of the plan's unknowns. */
double lq_builder_number(const lq_builder *b, const lq_value *value, const char *prefix,
                         const char *id, const char *key);

/** A per-event distribution, flattened; an uncertain one is a constant of this world. */
lq_draw lq_builder_draw(const lq_builder *b, const lq_value *value, const char *prefix,
                        const char *id, const char *key);

/** Index of a currency among the plan's, or -1 for the report's. */
int lq_builder_fx(const lq_builder *b, const char *currency);

/** Report units per unit of a currency today. */
double lq_builder_spot(const lq_builder *b, const char *currency);

/** Continuous risk-free rate of a currency in month k, a month. */
double lq_builder_forward(const lq_builder *b, int fx, size_t k);

/** Of the stress; without one 1, the usual and 1: the factor on an intensity of a company in
 *  month k, what the market earns over the rate in month k, and what is left of a private
 *  company's opening value. */
double lq_stress_times(const lq_builder *b, const lq_company *company, const lq_hazard *hazard,
                       size_t k);
double lq_stress_premium(const lq_builder *b, size_t k);
double lq_stress_private(const lq_builder *b);

void lq_build_grid(lq_builder *b);
lq_status lq_build_factors(lq_builder *b, lq_error *err);
lq_status lq_build_companies(lq_builder *b, lq_error *err);
lq_status lq_build_mix(lq_builder *b, lq_error *err);
lq_status lq_build_offers(lq_builder *b, lq_error *err);
void lq_build_hash(lq_builder *b);

/** Whose exits are expanded, and what follows from it for weights and replicates.
 * @retval LQ_ECONFIG  asked for with more paths than their weights can be counted of. */
LQ_MUST_USE lq_status lq_build_expansion(lq_builder *b, lq_error *err);

/** Which draws are Sobol points, and the points themselves; nothing when sampling is random. */
void lq_build_draws(lq_builder *b);

/** Control variates, when wanted; after everything else. */
void lq_build_controls(lq_builder *b);

/** Rates of an offer. */
void lq_build_tax(const lq_builder *b, const lq_offer *offer, lq_offer_plan *out);

/** Rows that nothing in the plan can write are neither cleared nor taxed. */
void lq_narrow_tax(const lq_builder *b, lq_offer_plan *out);

/** A company's jumps as written; rate 0: none. All in log returns. */
typedef struct lq_jump_law {
    double rate; /**< a year */
    double mean, sd;
} lq_jump_law;

/** Loadings of an asset on the market and on its own factor, in log2 a month: what jumps leave
 *  of the volatility, which is total (R11). */
lq_status lq_build_loadings(const lq_builder *b, const lq_company *company, double volatility,
                            double market_loading_ann, lq_gbm_plan *out, lq_error *err);

/** The jumps of a company in this world. */
lq_jump_law lq_build_jump_law(const lq_builder *b, const lq_company *company);

/** Flattened, for an own factor of that loading. */
lq_jump_plan lq_build_jumps(const lq_builder *b, const lq_company *company,
                            double loading_own_log2);

/** -(sigma_d^2 / 2 + lambda (E[exp J] - 1)) a year: what makes the drift of the level the
 *  arithmetic one. sigma_d^2 = sigma^2 - lambda E[J^2] (R11). */
double lq_build_ito(double volatility, const lq_jump_law *jumps);

/** Log2 drift [K + 1]: growth of the measure less dividend_yield plus ito, all a year; NULL:
 *  no memory. */
double *lq_build_drift(const lq_builder *b, const lq_company *company, double ito,
                       double market_loading, double dividend_yield);

/** Log growth a year of what is expected under a drift of n months, before the law of the
 * market and of the shocks moves it, which keeps the expectation. */
double lq_build_mean_growth(const double *drift, size_t n, double ito);

/** What a sale goes by. */
lq_basis_price lq_build_basis(int basis);

/** When each private company is appraised, and for whom; after whoever reads it is known. */
void lq_build_appraisals(lq_builder *b);

/** Of a company's holders, with the rows of prices that it reads; NULL: none are allowed. */
const lq_secondary_plan *lq_build_secondary(const lq_builder *b, size_t company);

/** What an acquisition holds back of a grant, and what it makes vest; NULL: nothing. */
const lq_sale_plan *lq_build_sale(const lq_builder *b, const lq_offer *offer,
                                  const lq_grant *grant);

/** A lockup that ends in stages, or may end early; NULL: it ends at once. */
const lq_lockup_plan *lq_build_lockup(const lq_builder *b, const lq_company *company);

/** What ends a job, or keeps it, when the employer is bought or fails. */
void lq_build_closing(const lq_builder *b, const lq_company *company, lq_pay_plan *pay);

/** A listed company, of whatever model. */
LQ_MUST_USE lq_status lq_build_listed(const lq_builder *b, size_t company, lq_error *err);

/** beta sigma_M (or rho sigma): the loading on the market, annual. */
double lq_build_market_loading(const lq_builder *b, const lq_company *company,
                               double volatility);

/** Intensities on the grid; closed_form: the rate when given by probability. */
lq_hazard_plan lq_build_hazard(const lq_builder *b, const lq_company *company,
                               const lq_hazard *hazard, double scale, const char *cause);

#endif
