/**
 * @file ledger.h
 * R21: which discounts stand between a letter's dollar and what is simulated, and where each is
 * charged, so that none is charged twice.
 */
#ifndef LQ_SCENARIO_LEDGER_H
#define LQ_SCENARIO_LEDGER_H

#include "scenario/scenario.h"

enum { LQ_LEDGER_ROWS = 8 };

typedef struct lq_ledger_row {
    const char *discount; /**< seniority, marketability, lockup, tender, secondary, IPO,
                             residual, utility */
    bool on;
    const char *where; /**< In words: what does it, or why it is off. */
} lq_ledger_row;

/** The rows of one grant of an offer. */
void lq_ledger(const lq_scenario *scenario, const lq_offer *offer, const lq_grant *grant,
               lq_ledger_row rows[LQ_LEDGER_ROWS]);

#endif
