#include "scenario/resolve.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

static const lq_node *deal_of(const lq_resolver *r, const char *id)
{
    return lq_child(lq_child(lq_child(r->root, "companies"), id), "deal");
}

static void complain(lq_resolver *r, const lq_node *at, const char *expected, const char *found,
                     const char *hint)
{
    lq_node_problem(at, r->reader.problems, expected, found, hint);
}

lq_status lq_resolve_deals(lq_resolver *r, lq_error *err)
{
    static const char roll[] = "roll into ";
    const size_t n = r->scenario->companies.len;
    for (size_t i = 0; i < n; i++) {
        lq_company *c = (lq_company *)r->scenario->companies.items + i;
        const lq_node *deal = deal_of(r, c->id);
        const lq_node *word = lq_child(deal, "on_close");
        const char *text = c->deal.on_close;
        size_t acquirer;
        if (!deal || !text || strcmp(text, "cash") == 0) continue;
        if (strncmp(text, roll, sizeof roll - 1) != 0 || !text[sizeof roll - 1]) {
            complain(r, word ? word : deal, "cash, or: roll into COMPANY", text, NULL);
            continue;
        }
        c->deal.roll_into = text + sizeof roll - 1;
        LQ_TRY(lq_resolve_company(r, c->deal.roll_into, NULL, word, &acquirer, err));
        if (acquirer == SIZE_MAX) continue;
        const lq_company *buyer = (const lq_company *)r->scenario->companies.items + acquirer;
        if (buyer->listing != 0)
            complain(r, word, "a listed company to roll into", "a private one", NULL);
        else if (strcmp(buyer->currency, c->currency) != 0)
            complain(r, word, "a company whose shares are in the same currency",
                     buyer->currency, NULL);
    }
    return LQ_OK;
}

/* A yearly lottery would charge the months before the end of the deal. */
static void check_hazards(lq_resolver *r, const lq_company *c, const lq_node *deal)
{
    const lq_hazard *all[] = {&c->ipo.hazard, &c->acquisition.hazard, &c->failure.hazard,
                              &c->rounds.hazard, &c->tenders.hazard};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i]->kind != LQ_HAZARD_NONE && all[i]->every.given &&
            lq_value_months(&all[i]->every) != 1) {
            complain(r, deal, "exits, rounds and tenders drawn every 1mo, beside a deal",
                     "one that is drawn every 12mo", NULL);
            return;
        }
}

void lq_check_deal(lq_resolver *r, const lq_company *c, const lq_node *node)
{
    static const char *const unread[] = {"opening_value", "common_factor", "floor"};
    const lq_node *deal = lq_child(node, "deal");
    const lq_node *failure = lq_child(lq_child(node, "exits"), "failure");
    double low, high;
    if (!deal || !r->clean) return;
    if (!c->deal.price.given)
        complain(r, deal, "price: what is paid for the whole company", "none", NULL);
    lq_value_range(&c->deal.break_probability, &low, &high);
    if (!c->deal.break_value.given && high > 0.0)
        complain(r, deal, "break_value: what the company is worth if the deal breaks", "none",
                 "break_probability: 0% where it cannot");
    const double horizon = r->scenario->simulation.liquidity_horizon.p[0];
    lq_value_range(&c->deal.closes, &low, &high);
    if (!(high <= horizon)) {
        const lq_node *closes = lq_child(deal, "closes");
        complain(r, closes ? closes : deal, "a close within simulation.liquidity_horizon",
                 lq_arena_printf(r->reader.arena, "up to %.3g years", high), NULL);
    }
    for (size_t i = 0; i < sizeof unread / sizeof *unread; i++)
        if (lq_child(node, unread[i]))
            complain(r, lq_child(node, unread[i]), "a deal, or this key", "both",
                     "price and break_value say what the company is worth");
    if (lq_child(failure, "floor"))
        complain(r, lq_child(failure, "floor"), "a deal, or a floor", "both", NULL);
    check_hazards(r, c, deal);
}
