/**
 * @file deal.h
 * What `value` and `waterfall` say of an announced sale, which they do not count.
 */
#ifndef LQ_CLI_DEAL_H
#define LQ_CLI_DEAL_H

#include "plan/paper.h"

#include <jansson.h>

/** One paragraph on standard output, `more` at its end; nothing without a deal. */
void lq_deal_print(const lq_company *company, const lq_deal_paid *deal, const char *more);

/** {"price":, "per_share":, "issued":, "closes_years":}, or null; NULL: no memory. */
json_t *lq_deal_json(const lq_deal_paid *deal);

#endif
