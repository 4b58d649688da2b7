#include "bench/workload.h"

#include "num/scalar.h"

#include <math.h>

static const char CONFIG[] =
    "# The benchmark W0: two offers on one listed company, S_0 = 100, E[S_t] = 100 exp(0.05 "
    "t), volatility\n"
    "# 30 %, rate 0: 48 units vesting over 48 months sold as they vest, and one unit vesting "
    "in month 48.\n"
    "schema: liquidus/1\n"
    "title: Benchmark W0\n"
    "simulation: {paths: 1e6, seed: 1, start: 2027-01-01, horizon: 4y, liquidity_horizon: 4y}\n"
    "person: {wealth: $400K, wealth_in_market: 0%}\n"
    "tax: none\n"
    "market: {rate: 0%, equity_premium: 0%, volatility: 16%}\n"
    "companies:\n"
    "  acme: {listing: public, price: 100, volatility: 30%, correlation: 0, growth: 5%}\n"
    "offers:\n"
    "  - id: monthly\n"
    "    company: acme\n"
    "    base: $0\n"
    "    leaving: 0/y\n"
    "    grants: [{instrument: rsu, units: 48, vesting: {over: 48mo, every: 1mo}}]\n"
    "  - id: at-the-end\n"
    "    company: acme\n"
    "    base: $0\n"
    "    leaving: 0/y\n"
    "    grants: [{instrument: rsu, units: 1, vesting: {table: {48mo: 100%}}}]\n"
    "decide: {baseline: monthly}\n";

const char *lq_w0_config(void)
{
    return CONFIG;
}

static lq_status load(lq_w0 *w0, lq_error *err)
{
    static const size_t pairs[1][2] = {{LQ_W0_AT_THE_END, LQ_W0_MONTHLY}};
    const lq_plan_options options = {.world = LQ_WORLD_MEAN, .pairs = pairs, .n_pairs = 1};
    lq_problems *problems = lq_problems_create();
    if (!problems) return LQ_FAIL(err, LQ_ENOMEM, .key = "bench");
    const lq_status st = lq_scenario_parse("w0.yaml", CONFIG, sizeof CONFIG - 1, NULL, 0,
                                           problems, &w0->scenario, err);
    lq_problems_destroy(problems);
    LQ_TRY(st);
    return lq_plan_build(w0->scenario, &options, &w0->plan, err);
}

lq_status lq_w0_create(lq_w0 *out, lq_error *err)
{
    lq_w0 w0 = {NULL, NULL};
    const lq_status st = load(&w0, err);
    if (st == LQ_OK)
        *out = w0;
    else
        lq_w0_clear(&w0);
    return st;
}

void lq_w0_clear(lq_w0 *w0)
{
    lq_plan_destroy(w0->plan);
    lq_scenario_destroy(w0->scenario);
    *w0 = (lq_w0){NULL, NULL};
}

lq_reference_w0 lq_w0_reference(void)
{
    const double log2_e = 1.4426950408889634074, month = 1.0 / 12.0;
    return (lq_reference_w0){.start_log2 = lq_log(100.0) * log2_e,
                             .drift_log2 = (0.05 - 0.5 * 0.3 * 0.3) * month * log2_e,
                             .loading_log2 = 0.3 * sqrt(month) * log2_e,
                             .k0 = 0x12345678u,
                             .k1 = 0x9abcdef0u};
}
