/* A plan from a config text, for tests of the plan. */
#ifndef LQ_PLAN_TEXT_H
#define LQ_PLAN_TEXT_H

#include "lq_case.h"

#include <string.h>

/** Scenario and plan of one world; everything is freed by lq_planned_clear. */
typedef struct lq_planned {
    lq_arena *arena;
    lq_scenario *scenario;
    lq_calibration calibration;
    lq_plan *plan; /* NULL when err tells why */
    lq_error err;
} lq_planned;

static inline lq_planned lq_plan_text(const char *yaml, const char *const *overrides,
                                      long world)
{
    lq_planned p = {.arena = lq_arena_create(), .scenario = lq_case_scenario(yaml, overrides)};
    assert_int_equal(lq_calibration_start(p.scenario, p.arena, &p.calibration, &p.err), LQ_OK);
    const lq_plan_options options = {.calibration = &p.calibration, .world = world};
    if (lq_plan_build(p.scenario, &options, &p.plan, &p.err) != LQ_OK) p.plan = NULL;
    return p;
}

static inline void lq_planned_clear(lq_planned *p)
{
    lq_plan_destroy(p->plan);
    lq_scenario_destroy(p->scenario);
    lq_arena_destroy(p->arena);
}

/** One listed and one private company, one plain offer at each. */
static const char lq_small_text[] =
    "schema: liquidus/1\n"
    "simulation: {paths: 4096, seed: 5, start: 2027-01-01, horizon: 4y, liquidity_horizon: 8y, "
    "worlds: 8}\n"
    "person: {wealth: $400K, wealth_in_market: 60%}\n"
    "tax: none\n"
    "market: {rate: 4.4%, equity_premium: 4.5%, volatility: 16%}\n"
    "companies:\n"
    "  pub: {listing: public, price: 100, volatility: 30%, beta: 1}\n"
    "  pri: {listing: private, like: none, volatility: 70%, beta: 1.5,\n"
    "    last_round: {post_money: $1bn, price: $50, date: 2026-06-01},\n"
    "    opening_value: {method: haircut, haircut: 20%},\n"
    "    preferences: [{series: A, invested: $100M, multiple: 1, rank: 1}],\n"
    "    exits: {ipo: {probability: 25% by 5y}, acquisition: {probability: 30% by 5y}, "
    "failure: {probability: 8% by 5y}},\n"
    "    rounds: {rate: 0.5/y, dilution: 4% to 10%}, tenders: {rate: 0.2/y, cap: 15%}, lockup: "
    "6mo}\n"
    "offers:\n"
    "  - {id: a, company: pub, base: $200K, raise: 3%, bonus: {target: 10%}, leaving: 0.1/y,\n"
    "     grants: [{instrument: rsu, value: $400K, vesting: {over: 48mo, every: 3mo, cliff: "
    "12mo}}]}\n"
    "  - {id: b, company: pri, base: $220K, raise: 3%, leaving: 0.1/y,\n"
    "     grants: [{instrument: rsu, trigger: double, expiry: 7y, value: $500K, priced_at: "
    "preferred,\n"
    "       vesting: {years: [25%, 25%, 25%, 25%], every: 1mo}}]}\n";

#endif
