#include "scenario/assume.h"

static const char *in_offer(lq_resolver *r, const lq_offer *o, const char *key)
{
    return lq_arena_printf(r->reader.arena, "offers.%s.%s", o->letter_id, key);
}

static const char *years_said(lq_resolver *r, const lq_vesting_rule *rule)
{
    const double *years = rule->years.items;
    const char *text = "", *gap = "";
    if (rule->kind == LQ_VESTING_TABLE) return "by the company's table";
    if (rule->kind == LQ_VESTING_OVER)
        return lq_assume_said(r, &rule->over, LQ_MEASURE_DURATION);
    for (size_t y = 0; y < rule->years.len; y++, gap = "/")
        text = lq_arena_printf(r->reader.arena, "%s%s%.3g", text, gap, 100.0 * years[y]);
    text = lq_arena_printf(r->reader.arena, "%s every %s", text,
                           lq_assume_said(r, &rule->every, LQ_MEASURE_DURATION));
    if (rule->cliff.p[0] <= 0.0) return text;
    return lq_arena_printf(r->reader.arena, "%s, cliff %s", text,
                           lq_assume_said(r, &rule->cliff, LQ_MEASURE_DURATION));
}

static const char *in_grant(lq_resolver *r, const lq_grant *g, const char *key)
{
    return lq_arena_printf(r->reader.arena, "%s.%s", g->address, key);
}

/* What is not written of the trigger, the expiry, or both. */
static void assume_trigger(lq_resolver *r, const lq_company *c, const lq_grant *g)
{
    const char *expiry = lq_assume_said(r, &g->expiry, LQ_MEASURE_DURATION);
    const char *source = lq_assume_of_pack(r, c, "terms.trigger");
    const bool may_wait = c->listing == 1 && g->instrument == LQ_INSTRUMENT_RSU;
    if (!may_wait || (g->trigger == 0 && !g->trigger_assumed)) return;
    if (g->trigger == 0)
        lq_assume_add(r, BY_TRIGGER, in_grant(r, g, "trigger"), "single", source,
                      lq_arena_printf(r->reader.arena,
                                      "%s: single trigger: vested units are yours at once",
                                      c->name));
    else if (g->expiry.is_default)
        lq_assume_add(
            r, BY_TRIGGER, in_grant(r, g, g->trigger_assumed ? "trigger" : "expiry"),
            g->trigger_assumed ? lq_arena_printf(r->reader.arena, "double; expiry: %s", expiry)
                               : expiry,
            source,
            lq_arena_printf(r->reader.arena,
                            "%s: %s%s expiry (no IPO or sale by then: units are "
                            "lost)",
                            c->name, g->trigger_assumed ? "double trigger, " : "", expiry));
    else if (g->trigger_assumed)
        lq_assume_add(r, BY_TRIGGER, in_grant(r, g, "trigger"), "double", source,
                      lq_arena_printf(r->reader.arena,
                                      "%s: double trigger: units wait for an IPO or a sale",
                                      c->name));
}

static void assume_grant(lq_resolver *r, const lq_offer *o, const lq_company *c,
                         const lq_grant *g)
{
    if (g->vesting.assumed) {
        const char *value = years_said(r, &g->vesting);
        lq_assume_add(r, BY_VESTING, in_grant(r, g, "vesting"), value, g->vesting.source,
                      lq_arena_printf(r->reader.arena, "%s vests %s",
                                      o->role == LQ_OFFER_ASK ? o->id : c->name, value));
    }
    assume_trigger(r, c, g);
    if (c->listing == 1 && g->price_assumed && g->value.given)
        lq_assume_add(r, BY_PRICE, in_grant(r, g, "priced_at"), "preferred", LQ_ASSUMED,
                      lq_arena_printf(r->reader.arena,
                                      "%s: the letter's money buys common shares at the price "
                                      "of preferred ones",
                                      c->name));
}

static void assume_refresh(lq_resolver *r, const lq_offer *o, const lq_grant *g)
{
    if (g->is_refresh && g->vesting.assumed)
        lq_assume_add(r, BY_REFRESH, in_grant(r, g, "vesting"), years_said(r, &g->vesting),
                      g->vesting.source,
                      lq_arena_printf(r->reader.arena, "refreshers of %s vest %s", o->id,
                                      years_said(r, &g->vesting)));
}

static void assume_pay(lq_resolver *r, const lq_offer *o, const lq_company *c)
{
    const char *leaving = lq_assume_said(r, &o->leaving, LQ_MEASURE_RATE);
    if (o->leaving.is_default)
        lq_assume_add(
            r, BY_LEAVING, in_offer(r, o, "leaving"), leaving,
            o->fallback.given ? LQ_ASSUMED
                              : LQ_ASSUMED "; what who leaves loses is bonus, clawback and "
                                           "unvested paper",
            lq_arena_printf(r->reader.arena, "%.3g %% a year leave%s",
                            100.0 * lq_value_mean(&o->leaving),
                            o->fallback.given ? "" : ", for a job with the same base"));
    if (lq_value_mean(&o->bonus.target) > 0.0 && o->bonus.payout.is_default)
        lq_assume_add(
            r, BY_PAYOUT, in_offer(r, o, "bonus.payout"),
            lq_assume_plainly(r, &o->bonus.payout, LQ_MEASURE_FRACTION),
            lq_assume_of_pack(r, c, "terms.bonus.payout"),
            lq_arena_printf(r->reader.arena, "%s pays %s of its target bonus", c->name,
                            lq_assume_plainly(r, &o->bonus.payout, LQ_MEASURE_FRACTION)));
    if (lq_value_mean(&o->sign_on.amount) > 0.0 && o->sign_on.clawback.is_default)
        lq_assume_add(
            r, BY_CLAWBACK, in_offer(r, o, "sign_on.clawback"), "12 mo",
            "pro rata over 12 months is usual: "
            "https://www.contract-pulse.app/clause/"
            "negotiation-sign-on-bonus-clawback-sales-professionals (2026, confidence low)",
            "who leaves within a year pays the sign-on back pro rata");
    if (o->raise.is_default && lq_value_mean(&o->base) > 0.0)
        lq_assume_add(r, BY_RAISE, in_offer(r, o, "raise"), "0 %/y", LQ_ASSUMED,
                      "no raises: pay that is not written is not added");
}

/* A job can end with the employer. */
static void assume_search(lq_resolver *r, const lq_offer *o, const lq_company *c)
{
    const char *gap = lq_assume_said(r, &o->search_gap, LQ_MEASURE_DURATION);
    const bool may_end = c->failure.hazard.kind != LQ_HAZARD_NONE || c->floor.given ||
                         lq_value_mean(&c->acquisition.layoff) > 0.0;
    if (c->listing == 0 || !may_end || !o->search_gap.is_default) return;
    lq_assume_add(r, BY_SEARCH, in_offer(r, o, "search_gap"), gap, LQ_ASSUMED,
                  lq_arena_printf(r->reader.arena,
                                  "a job lost by the employer's doing costs %s without pay",
                                  gap));
}

void lq_assume_offer(lq_resolver *r, const lq_offer *o)
{
    const lq_company *c = &((const lq_company *)r->scenario->companies.items)[o->company];
    const lq_grant *grants = o->grants.items;
    bool told = o->role == LQ_OFFER_BAND_MID || o->role == LQ_OFFER_BAND_HIGH;
    for (size_t i = 0; i < o->grants.len; i++) {
        if (grants[i].is_refresh) {
            assume_refresh(r, o, &grants[i]);
            break;
        }
        if (!told) assume_grant(r, o, c, &grants[i]);
        told = true;
    }
    if (o->role == LQ_OFFER_BAND_MID || o->role == LQ_OFFER_BAND_HIGH) return;
    assume_pay(r, o, c);
    assume_search(r, o, c);
}

static void assume_person(lq_resolver *r)
{
    const lq_person *p = &r->scenario->person;
    if (p->risk_aversion.is_default)
        lq_assume_add(
            r, BY_RISK, "person.risk_aversion",
            lq_assume_said(r, &p->risk_aversion, LQ_MEASURE_NUMBER),
            "Chetty 2006 bounds it near 1 and under 2, Hall and Murphy 2002 use 2 and 3",
            "risk 2: just takes a coin toss that doubles wealth or loses a third of it");
    if (p->wealth.is_default)
        lq_assume_add(r, BY_WEALTH, "person.wealth",
                      lq_assume_said(r, &p->wealth, LQ_MEASURE_MONEY), LQ_ASSUMED,
                      lq_arena_printf(r->reader.arena,
                                      "savings and home equity of %s outside these offers",
                                      lq_assume_said(r, &p->wealth, LQ_MEASURE_MONEY)));
    if (p->wealth_in_market.is_default)
        lq_assume_add(r, BY_MARKET_WEALTH, "person.wealth_in_market",
                      lq_assume_said(r, &p->wealth_in_market, LQ_MEASURE_FRACTION), LQ_ASSUMED,
                      "60 % of outside wealth moves with the stock market");
}

static void assume_market(lq_resolver *r)
{
    const lq_market *m = &r->scenario->market;
    const lq_list *sources = &r->market_pack->sources;
    const lq_tenor *tenors = m->rates.items;
    const lq_value rate = lq_value_constant(tenors[0].rate);
    char date[LQ_DATE_CHARS];
    if (m->rates.items == r->market_pack->market.rates.items)
        lq_assume_add(r, BY_RATE, "market.rate", lq_assume_said(r, &rate, LQ_MEASURE_RATE),
                      lq_assume_cite(r, lq_figure_find(sources, "market.rate")),

                      lq_arena_printf(r->reader.arena, "what is sure earns %.3g %% a year",
                                      100.0 * tenors[0].rate));
    if (m->equity_premium.is_default)
        lq_assume_add(r, BY_RATE, "market.equity_premium",
                      lq_assume_said(r, &m->equity_premium, LQ_MEASURE_RATE),
                      lq_assume_cite(r, lq_figure_find(sources, "market.equity_premium")),
                      lq_arena_printf(r->reader.arena,
                                      "stocks earn %.3g %% a year more, at beta 1",
                                      100.0 * lq_value_mean(&m->equity_premium)));
    if (!lq_child(lq_child(r->root, "simulation"), "start"))
        lq_assume_add(r, BY_START, "simulation.start",
                      lq_arena_strdup(r->reader.arena,
                                      lq_date_format(r->scenario->simulation.start, date)),
                      "the 1 January after the date of the market pack", "the job starts then");
}

static void assume_tax(lq_resolver *r)
{
    const lq_offer *offers = r->scenario->offers.items;
    for (size_t i = 0; i < r->scenario->offers.len; i++) {
        if (offers[i].tax.method != LQ_TAX_NONE || lq_child(r->root, "tax")) continue;
        lq_assume_add(r, BY_TAX, "tax", "none", LQ_ASSUMED, "before tax: no tax is taken off");
        return;
    }
}

/* Who it is, a run finds. */
static void assume_baseline(lq_resolver *r)
{
    if (r->scenario->decide.baseline || r->scenario->offers.len < 2) return;
    lq_assume_add(r, BY_BASELINE, "decide.baseline", "the best other offer", LQ_ASSUMED,
                  "offers are compared with the best one that is not of the first letter");
}

void lq_assume_frame(lq_resolver *r)
{
    assume_person(r);
    assume_market(r);
    assume_tax(r);
    assume_baseline(r);
}
