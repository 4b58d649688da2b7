#include "scenario/ledger.h"

static lq_ledger_row seniority(const lq_company *c)
{
    if (c->common_factor.given)
        return (lq_ledger_row){"seniority", true,
                               "common_factor: a common share's part of the price"};
    if (c->preferences.len)
        return (lq_ledger_row){"seniority", true,
                               "preferences, paid in a sale as each series chooses"};
    return (lq_ledger_row){"seniority", false, "no preferences and no common_factor"};
}

static lq_ledger_row marketability(const lq_grant *g)
{
    return (lq_ledger_row){
        "marketability", true,
        g->instrument == LQ_INSTRUMENT_UNITS ? "simulated: units wait for an exit"
        : g->trigger == 1 ? "simulated: double-trigger units wait for an exit, or lapse"
                          : "simulated: units wait for an exit or a tender"};
}

static lq_ledger_row lockup(const lq_company *c)
{
    if (c->lockup.p[0] <= 0.0) return (lq_ledger_row){"lockup", false, "lockup: 0mo"};
    return (lq_ledger_row){"lockup", true, "simulated: the price moves until it ends"};
}

static lq_ledger_row tender(const lq_company *c, const lq_grant *g)
{
    if (c->tenders.hazard.kind == LQ_HAZARD_NONE)
        return (lq_ledger_row){"tender", false, "no tenders"};
    if (g->instrument == LQ_INSTRUMENT_UNITS)
        return (lq_ledger_row){"tender", false, "tenders do not buy cash-settled units"};
    if (g->trigger == 1 && !c->tenders.settles)
        return (lq_ledger_row){"tender", false, "tenders do not settle double-trigger units"};
    return (lq_ledger_row){"tender", true, "simulated: tenders.discount off their price"};
}

static lq_ledger_row secondary(const lq_company *c, const lq_grant *g)
{
    if (!c->secondary.allowed) return (lq_ledger_row){"secondary", false, "no secondary sales"};
    if (g->instrument == LQ_INSTRUMENT_UNITS || g->trigger == 1)
        return (lq_ledger_row){"secondary", false, "nothing is owned before an exit"};
    return (lq_ledger_row){"secondary", true,
                           "simulated: secondary.discount off the price, and its fee"};
}

static lq_ledger_row ipo(const lq_company *c)
{
    if (c->ipo.hazard.kind == LQ_HAZARD_NONE) return (lq_ledger_row){"IPO", false, "no IPO"};
    if (lq_value_mean(&c->ipo.discount) == 0.0 || lq_value_mean(&c->ipo.primary) == 0.0)
        return (lq_ledger_row){"IPO", false, "no discount, or no new shares"};
    return (lq_ledger_row){"IPO", true, "dilution by new shares sold at a discount"};
}

static lq_ledger_row residual(const lq_company *c)
{
    if (c->residual.method == LQ_RESIDUAL_ZERO)
        return (lq_ledger_row){"residual", true, "what is stuck at the end is worth nothing"};
    return (lq_ledger_row){"residual", lq_value_mean(&c->residual.dlom) > 0.0,
                           "residual.dlom, on what is stuck at the liquidity horizon"};
}

static lq_ledger_row utility(const lq_scenario *s)
{
    return (lq_ledger_row){"utility", lq_value_mean(&s->person.risk_aversion) > 0.0,
                           "risk_aversion on total wealth, in the worth to you"};
}

void lq_ledger(const lq_scenario *scenario, const lq_offer *offer, const lq_grant *grant,
               lq_ledger_row rows[LQ_LEDGER_ROWS])
{
    static const char *const names[] = {"seniority", "marketability", "lockup",  "tender",
                                        "secondary", "IPO",           "residual"};
    enum { OF_PAPER = LQ_LEDGER_ROWS - 1 };
    const lq_company *c = &((const lq_company *)scenario->companies.items)[offer->company];
    rows[OF_PAPER] = utility(scenario);
    for (int i = 0; i < OF_PAPER && c->listing == 0; i++)
        rows[i] =
            (lq_ledger_row){names[i], false, "listed: units are shares with a market price"};
    if (c->listing == 0) return;
    rows[0] = seniority(c);
    rows[1] = marketability(grant);
    rows[2] = lockup(c);
    rows[3] = tender(c, grant);
    rows[4] = secondary(c, grant);
    rows[5] = ipo(c);
    rows[6] = residual(c);
}
