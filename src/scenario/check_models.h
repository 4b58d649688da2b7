/**
 * @file check_models.h
 * Inside of `scenario`: what a model needs, what it does not go with, and what `check` says of
 * it.
 */
#ifndef LQ_SCENARIO_CHECK_MODELS_H
#define LQ_SCENARIO_CHECK_MODELS_H

#include "scenario/resolve.h"

/** Problems of the market's law of shocks; notes of what follows from it. */
void lq_check_market(lq_resolver *r);

/** Problems of a company's model; node: where it is written. */
void lq_check_model(lq_resolver *r, const lq_company *company, const lq_node *node);

#endif
