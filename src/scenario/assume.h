/**
 * @file assume.h
 * Inside of `scenario`: the parts of the list of assumptions.
 */
#ifndef LQ_SCENARIO_ASSUME_H
#define LQ_SCENARIO_ASSUME_H

#include "scenario/resolve.h"

#define LQ_ASSUMED "assumption of liquidus"

/* How much a figure usually moves the answer; the order of the list. The first ones moved the
 * worth of $420K of Hugging Face units (quickstart.yaml), each over its own range, by: growth
 * $73K, leaving (0 to 25 % a year) $105K, the 409A's price instead of the preferred one $89K,
 * IPO odds $49K, single instead of double trigger $35K, opening value $36K, how listings and
 * sales move with the value $35K and $48K (0 to 1, -1 to 1), acquisition odds $30K, volatility
 * $29K, months of search $12K (0 to 6), what an IPO sells $4K, failure odds $3K. R25c puts
 * growth first; risk, the words under the table tell. */
enum {
    BY_GROWTH = 100,
    BY_LEAVING = 98,
    BY_PRICE = 96,
    BY_IPO = 94,
    BY_TRIGGER = 92,
    BY_OPENING = 90,
    BY_DEAL = 90,
    BY_EXPONENT = 89,
    BY_ACQUISITION = 88,
    BY_TAX = 85,
    BY_VOLATILITY = 80,
    BY_LAST_ROUND = 75,
    BY_RISK = 70,
    BY_SEARCH = 65,
    BY_ROUNDS = 60,
    BY_FAILURE = 58,
    BY_ISSUE = 56,
    BY_VESTING = 55,
    BY_WEALTH = 50,
    BY_PAYOUT = 45,
    BY_STOCK = 40,
    BY_BETA = 36,
    BY_TENDERS = 34,
    BY_REFRESH = 33,
    BY_RATE = 32,
    BY_LOCKUP = 30,
    BY_MARKET_WEALTH = 28,
    BY_POST_IPO = 25,
    BY_SERIES = 24,
    BY_RESIDUAL = 22,
    BY_RAISE = 20,
    BY_CLAWBACK = 15,
    BY_START = 10,
    BY_SHARE_PRICE = 8,
    BY_BASELINE = 5
};

/** Adds one row. */
void lq_assume_add(lq_resolver *r, int influence, const char *key, const char *value,
                   const char *source, const char *text);

/** A value as one writes it, and in words: "somewhere from 2 % to 20 %". */
const char *lq_assume_said(lq_resolver *r, const lq_value *value, lq_measure measure);
const char *lq_assume_plainly(lq_resolver *r, const lq_value *value, lq_measure measure);

/** "source (date, confidence low)"; LQ_ASSUMED without a figure. */
const char *lq_assume_cite(lq_resolver *r, const lq_figure *figure);
const char *lq_assume_of_pack(lq_resolver *r, const lq_company *c, const char *figure);

/** What of a company, its events, an offer, or the person, the market and tax was not written.
 */
void lq_assume_company(lq_resolver *r, const lq_company *c);
void lq_assume_events(lq_resolver *r, const lq_company *c);
void lq_assume_offer(lq_resolver *r, const lq_offer *o);
void lq_assume_frame(lq_resolver *r);

#endif
