/**
 * @file returns.h
 * Inside of `scenario`: histories of returns, read and cut to the months that they share (R19).
 */
#ifndef LQ_SCENARIO_RETURNS_H
#define LQ_SCENARIO_RETURNS_H

#include "scenario/resolve.h"

enum { LQ_MOST_HISTORIES = 64 };

/**
 * Reads the histories of the market and of the companies that follow theirs, cuts them to the
 * same months, and works out what they and the regimes say: volatilities, betas. After the
 * companies are known. Problems are added, with the file, line and column where they stand.
 * @retval LQ_ENOMEM
 */
LQ_MUST_USE lq_status lq_resolve_returns(lq_resolver *r, lq_error *err);

#endif
