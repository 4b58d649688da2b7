/**
 * @file check_models.h
 * Inside of `scenario`: what a model or a sector needs, what it does not go with, and what
 * `check` says of it.
 */
#ifndef LQ_SCENARIO_CHECK_MODELS_H
#define LQ_SCENARIO_CHECK_MODELS_H

#include "scenario/resolve.h"

/** Problems of the market's law of shocks; notes of what follows from it. */
void lq_check_market(lq_resolver *r);

/** Problems of a company's model; node: where it is written. */
void lq_check_model(lq_resolver *r, const lq_company *company, const lq_node *node);

/** Problems of a company's sector. */
void lq_check_sector(lq_resolver *r, const lq_company *company, const lq_node *node);

/** Whether both are in one sector; either may be NULL. */
bool lq_shares_sector(const lq_company *a, const lq_company *b);

/** Notes of how members of a sector move together; once pairs are settled. */
void lq_note_sectors(lq_resolver *r);

#endif
