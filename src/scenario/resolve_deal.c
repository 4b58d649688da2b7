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

enum { MAX_LISTED = 96 };

/* Ids that a deal may roll into: the listed companies of this file and of the packs. */
typedef struct listed {
    const char *id[MAX_LISTED];
    size_t n;
    const char *all; /* "a, b, c" */
} listed;

static void list_one(lq_resolver *r, const char *id, listed *out)
{
    if (!id || out->n == MAX_LISTED || !out->all) return;
    for (size_t i = 0; i < out->n; i++)
        if (strcmp(out->id[i], id) == 0) return;
    out->all = lq_arena_printf(r->reader.arena, "%s%s%s", out->all, out->n ? ", " : "", id);
    out->id[out->n++] = id;
}

static lq_status list_listed(lq_resolver *r, listed *out, lq_error *err)
{
    const lq_list packs = lq_packs_ids(&r->packs);
    const lq_company *companies = r->scenario->companies.items;
    *out = (listed){.all = ""};
    for (size_t i = 0; i < r->scenario->companies.len; i++)
        if (companies[i].listing == 0) list_one(r, companies[i].id, out);
    for (size_t i = 0; i < packs.len; i++) {
        const lq_pack *pack = NULL;
        const char *id = ((const char *const *)packs.items)[i];
        LQ_TRY(lq_packs_company(&r->packs, id, &pack, err));
        if (pack && pack->company.listing == 0) list_one(r, id, out);
    }
    return LQ_OK;
}

/* False after a problem: nobody of that id is known. */
static lq_status knows_buyer(lq_resolver *r, const char *id, const lq_node *word, bool *known,
                             lq_error *err)
{
    const lq_pack *pack = NULL;
    listed all;
    *known = lq_child(lq_child(r->root, "companies"), id) != NULL;
    if (*known) return LQ_OK;
    LQ_TRY(lq_packs_company(&r->packs, id, &pack, err));
    *known = pack != NULL;
    if (*known) return LQ_OK;
    LQ_TRY(list_listed(r, &all, err));
    const char *near = lq_suggest(id, all.id, all.n);
    complain(r, word, "a listed company of this file or of the data packs", id,
             near ? lq_arena_printf(r->reader.arena, "did you mean %s?", near)
                  : lq_arena_printf(r->reader.arena,
                                    "listed are %s; or describe it under companies, with "
                                    "listing: public",
                                    all.all));
    return LQ_OK;
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
        bool known;
        LQ_TRY(knows_buyer(r, text + sizeof roll - 1, word, &known, err));
        if (!known) continue;
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
    static const char prices[] =
        "deal.price and deal.break_value say what the company is worth, and nothing else does";
    static const char no_floor[] =
        "a floor is watched from the opening value on, and the deal holds the value until it "
        "closes or breaks; after a break exits.failure goes on by its odds";
    static const struct {
        const char *key, *why;
    } unread[] = {{"opening_value", prices}, {"common_factor", prices}, {"floor", no_floor}};
    const lq_node *deal = lq_child(node, "deal");
    const lq_node *failure = lq_child(lq_child(node, "exits"), "failure");
    double low, high;
    if (!deal) return;
    for (size_t i = 0; i < sizeof unread / sizeof *unread; i++)
        if (lq_child(node, unread[i].key))
            complain(r, lq_child(node, unread[i].key), "a deal, or this key", "both",
                     unread[i].why);
    if (lq_child(failure, "floor"))
        complain(r, lq_child(failure, "floor"), "a deal, or a floor", "both", no_floor);
    if (lq_is_sound(r, node)) check_hazards(r, c, deal);
    if (!lq_is_sound(r, deal)) return;
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
}
