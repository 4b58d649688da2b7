/**
 * @file regimes.h
 * What follows from the market's regimes and from histories of returns.
 */
#ifndef LQ_SCENARIO_REGIMES_H
#define LQ_SCENARIO_REGIMES_H

#include "scenario/scenario.h"

/** Probability that state `next` follows a month in `state`. */
double lq_regime_next(const lq_regime *state, size_t next);

/**
 * The share of months in each state in the long run.
 * @param[out] pi [states]
 * @return false where some state cannot be reached from another: then there is no one long run.
 * @source Grassmann, Taksar and Heyman, Regenerative analysis and steady state distributions
 * for Markov chains (1985): no subtraction, so every digit is good.
 */
bool lq_regimes_long_run(const lq_list *regimes, double *pi);

/** The state of month 0, or the number of states: any, by the long run. */
size_t lq_regimes_start(const lq_market *market);

/** Annual volatility of a month of the market in the long run: within the states and between
 * their log drifts. */
double lq_regimes_volatility(const lq_list *regimes);

/** Arithmetic premium a year, on average in the long run. */
double lq_regimes_premium(const lq_list *regimes);

/** Mean and standard deviation (of the history as a population) of a month's log return. */
double lq_returns_mean(const lq_returns *returns);
double lq_returns_sd(const lq_returns *returns);

/** Slope of a's log returns on b's, of the same months. */
double lq_returns_beta(const lq_returns *a, const lq_returns *b);

#endif
