/**
 * @file resolve.h
 * Inside of `scenario`: from what is written to what is meant.
 */
#ifndef LQ_SCENARIO_RESOLVE_H
#define LQ_SCENARIO_RESOLVE_H

#include "scenario/pack.h"

/** One load under way. */
typedef struct lq_resolver {
    lq_scenario *scenario;
    const lq_node *root;
    lq_reader reader; /**< the user's problems */
    lq_reader quiet;  /**< second readings: what they find has been told already */
    lq_packs packs;
    const lq_market_pack *market_pack;
    const lq_levels_pack *levels; /**< NULL: no offer names a level */
    const lq_pack **pack_of;      /**< [companies] the pack behind each, or NULL */
    size_t cap_companies, cap_offers;
    bool clean;          /**< The schema found no problem: gaps may be told. */
    bool companies_only; /**< All companies are wanted, and offers may be missing. */
} lq_resolver;

/** Fills simulation, person, tax, market, decide of the scenario. */
lq_status lq_resolve_frame(lq_resolver *r, lq_error *err);

/** Index of the company of that id, resolved on first use; node is an inline group or NULL, at
 * is where to complain. *out is SIZE_MAX after a problem. */
lq_status lq_resolve_company(lq_resolver *r, const char *id, const lq_node *inline_node,
                             const lq_node *at, size_t *out, lq_error *err);

/** The companies that no offer has named. */
lq_status lq_resolve_companies(lq_resolver *r, lq_error *err);

/** What follows from a company's cap table once all of it is read: its preferred are the
 * company's preferences, its fees those of an acquisition, its shares and prices tell the last
 * round. */
void lq_resolve_cap_table(lq_resolver *r, const lq_node *node, lq_company *company);

/** All shares of a cap table as converted, with options and pool (R10: what prices rounds). */
double lq_cap_table_shares(const lq_company *company);

/** Money of a cap table is in the company's currency unless it says otherwise. */
void lq_cap_table_currency(lq_company *company);

/** What cannot be of a cap table, its preferences, and a backsolve on them. node: the user's
 * company. */
void lq_check_cap_table(lq_resolver *r, const lq_company *company, const lq_node *node);

/** The companies that announced deals roll into, and no offer names; after the offers. */
lq_status lq_resolve_deals(lq_resolver *r, lq_error *err);

/** Changes below a company that nobody has: a problem, or a warning for one of the packs; after
 * the deals. */
void lq_check_changes(lq_resolver *r);

/** What an announced deal needs and excludes. */
void lq_check_deal(lq_resolver *r, const lq_company *c, const lq_node *node);

/** What sales of private shares need and exclude. */
void lq_check_sales(lq_resolver *r, const lq_company *c, const lq_node *node);

/** All offers with their variants. */
lq_status lq_resolve_offers(lq_resolver *r, lq_error *err);

/** Where an offer was written: its letter, and the ask over it (NULL: none). */
typedef struct lq_origin {
    const lq_node *letter, *ask;
} lq_origin;

/** Whether what is written of the node is as the schema wants it, so that what is worked out of
 * it may be told: nothing else has to be for that. NULL, what is not written: true. */
bool lq_is_sound(const lq_resolver *r, const lq_node *node);

/** The child of a group with that key; NULL for no group, no such key. */
const lq_node *lq_child(const lq_node *group, const char *key);

/** True where a `stock:` says more than its size: a trigger, a schedule, ... NULL: false. */
bool lq_stock_has_terms(const lq_node *stock);

/** The node of a term: the ask's where it names it, else the letter's, else NULL. */
const lq_node *lq_origin_get(const lq_origin *origin, const char *key);

/** One offer from its input; adds it to the scenario. */
void lq_resolve_offer(lq_resolver *r, const lq_offer_input *input, const lq_origin *origin);

/** Terms that the company of an index usually offers; NULL without a pack. */
const lq_terms *lq_resolver_terms(const lq_resolver *r, size_t company);

/** Checks a vesting and fills in the usual one where none was written (node NULL). */
void lq_resolve_vesting(lq_resolver *r, const lq_node *node, size_t company,
                        lq_vesting_rule *rule);

/** Grants of `refresh:`, appended to grants; returns how many. */
size_t lq_resolve_refresh(lq_resolver *r, const lq_offer_input *input, const lq_node *node,
                          size_t company, lq_grant *grants, size_t cap);

/** What every grant has: trigger, expiry, price basis, currency, face. node may be NULL. */
void lq_resolve_grant_terms(lq_resolver *r, const lq_offer *offer, const lq_node *node,
                            lq_grant *grant);

/** Report units of one unit of the currency; 0 when the market does not know it. */
double lq_market_spot(const lq_scenario *scenario, const char *currency);

/** Warnings: what is allowed and probably not meant. */
lq_status lq_scenario_warnings(lq_resolver *r, lq_error *err);

/** Those about one company. */
void lq_scenario_warn_company(lq_resolver *r, const lq_company *company);

/** Cross-field checks of the whole; problems and warnings. */
lq_status lq_scenario_check(lq_resolver *r, lq_error *err);

/** Appends a copy of the item; false when out of memory. */
bool lq_list_push(lq_arena *arena, lq_list *list, const void *item, size_t size);

/** Adds a warning. */
void lq_scenario_warn(lq_scenario *scenario, lq_mark mark, const char *key, const char *format,
                      ...) __attribute__((format(printf, 4, 5)));

/** Fills scenario->assumptions. */
void lq_scenario_assume(lq_resolver *r);

/** The input that says the scenario in full; NULL when out of memory. */
const lq_root_input *lq_scenario_unresolve(const lq_scenario *scenario, lq_arena *arena);

/** Canonical YAML of the scenario, in its arena; NULL when out of memory. */
const char *lq_scenario_write(const lq_scenario *scenario, lq_arena *arena);

/** How to tell the market about a currency that it does not know. */
const char *lq_fx_hint(lq_resolver *r, const char *currency);

#endif
