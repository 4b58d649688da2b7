#include "scenario/resolve.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* How much a figure usually moves the answer; the order of the list. */
enum {
    BY_GROWTH = 100,
    BY_EXITS = 95,
    BY_OPENING = 90,
    BY_TAX = 85,
    BY_VOLATILITY = 80,
    BY_TRIGGER = 75,
    BY_LEAVING = 70,
    BY_RISK = 65,
    BY_ROUNDS = 60,
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
    BY_RESIDUAL = 22,
    BY_RAISE = 20,
    BY_CLAWBACK = 15,
    BY_START = 10
};

static const char own[] = "assumption of liquidus";

static void assume(lq_resolver *r, int influence, const char *key, const char *value,
                   const char *source, const char *text)
{
    const lq_assumption row = {key, value, source, text, influence};
    lq_list_push(r->reader.arena, &r->scenario->assumptions, &row, sizeof row);
}

static const char *said(lq_resolver *r, const lq_value *value, lq_measure measure)
{
    char text[256];
    return lq_arena_strdup(r->reader.arena, lq_value_format(value, measure, text, sizeof text));
}

/* In words: "somewhere from 2 % to 20 %", "about 70 % (50 % to 95 %)". */
static const char *plainly(lq_resolver *r, const lq_value *value, lq_measure measure)
{
    lq_value end[3];
    for (int i = 0; i < 3; i++) {
        end[i] = lq_value_constant(value->p[i]);
        memcpy(end[i].currency, value->currency, 4);
    }
    if (value->dist == LQ_DIST_UNIFORM)
        return lq_arena_printf(r->reader.arena, "%s%s to %s",
                               value->uncertain ? "somewhere from " : "",
                               said(r, &end[0], measure), said(r, &end[1], measure));
    if (value->dist == LQ_DIST_TRIANGULAR || value->dist == LQ_DIST_PERT)
        return lq_arena_printf(r->reader.arena, "about %s (%s to %s)",
                               said(r, &end[1], measure), said(r, &end[0], measure),
                               said(r, &end[2], measure));
    return said(r, value, measure);
}

static const char *cite(lq_resolver *r, const lq_figure *figure)
{
    if (!figure) return own;
    return lq_arena_printf(r->reader.arena, "%s (%s, confidence %s)", figure->source,
                           figure->date, figure->confidence);
}

static const char *in_company(lq_resolver *r, const lq_company *c, const char *key)
{
    return lq_arena_printf(r->reader.arena, "companies.%s.%s", c->id, key);
}

static const char *of_pack(lq_resolver *r, const lq_company *c, const char *figure)
{
    return cite(r, lq_figure_find(&c->sources, figure));
}

/* ---- companies ---- */

static const char *hazard_said(lq_resolver *r, const lq_hazard *h)
{
    const lq_value by = lq_value_constant(h->by_years);
    switch (h->kind) {
    case LQ_HAZARD_PROBABILITY:
        return lq_arena_printf(r->reader.arena, "%s by %s",
                               plainly(r, &h->probability, LQ_MEASURE_FRACTION),
                               said(r, &by, LQ_MEASURE_DURATION));
    case LQ_HAZARD_RATE:
        return lq_value_is_constant(&h->rate)
                   ? lq_arena_printf(r->reader.arena, "%.3g times a year", h->rate.p[0])
                   : plainly(r, &h->rate, LQ_MEASURE_RATE);
    case LQ_HAZARD_NONE:
        return "never";
    default:
        return "by age";
    }
}

static void assume_exit(lq_resolver *r, const lq_company *c, const char *cause,
                        const lq_hazard *h, const char *verb)
{
    const char *key =
        lq_arena_printf(r->reader.arena, "companies.%s.exits.%s.probability", c->id, cause);
    const char *figure =
        lq_arena_printf(r->reader.arena, "company.exits.%s.probability", cause);
    const char *odds = hazard_said(r, h);
    if (h->mark.file) return;
    assume(r, BY_EXITS, key, odds, h->kind == LQ_HAZARD_NONE ? own : of_pack(r, c, figure),
           lq_arena_printf(r->reader.arena, "%s %s: %s", c->name, verb, odds));
}

/* What growth is where it is not written: rate + beta x premium + alpha, at the mean of each.
 * For reading only; the plan works it out month by month. */
static double default_growth(const lq_resolver *r, const lq_company *c)
{
    const lq_market *m = &r->scenario->market;
    const lq_tenor *tenors = m->rates.items;
    double beta = lq_value_mean(&c->beta);
    if (!c->beta.given)
        beta = lq_value_mean(&c->correlation) * lq_value_mean(&c->volatility) /
               lq_value_mean(&m->volatility);
    if (r->scenario->simulation.measure == LQ_MEASURE_PRICING) beta = 0.0;
    return log(1.0 + tenors[0].rate) + beta * lq_value_mean(&m->equity_premium) +
           lq_value_mean(&c->alpha);
}

static void assume_growth(lq_resolver *r, const lq_company *c)
{
    const bool given = c->growth.given;
    const char *value =
        given ? plainly(r, &c->growth, LQ_MEASURE_RATE)
              : lq_arena_printf(r->reader.arena, "%.3g %%/y", 100.0 * default_growth(r, c));
    if (given && !c->growth.is_default) return;
    assume(r, c->listing == 1 ? BY_GROWTH : BY_STOCK + 1, in_company(r, c, "growth"), value,
           given ? of_pack(r, c, "company.growth")
                 : "rate + beta x premium + alpha, at the start and on average",
           lq_arena_printf(r->reader.arena, "%s grows %s on average%s", c->name, value,
                           c->listing == 1 ? ", before dilution" : ""));
}

static void assume_opening(lq_resolver *r, const lq_company *c)
{
    const char *haircut = plainly(r, &c->opening_value.haircut, LQ_MEASURE_FRACTION);
    if (c->last_round.post_money.is_default && c->last_round.post_money.given)
        assume(r, BY_OPENING - 1, in_company(r, c, "last_round.post_money"),
               said(r, &c->last_round.post_money, LQ_MEASURE_MONEY),
               of_pack(r, c, "company.last_round"),
               lq_arena_printf(r->reader.arena, "the last round of %s valued it at %s", c->name,
                               said(r, &c->last_round.post_money, LQ_MEASURE_MONEY)));
    if (c->opening_value.method != LQ_OPENING_HAIRCUT || !c->opening_value.haircut.is_default)
        return;
    const lq_figure *figure = lq_figure_find(&c->sources, "company.opening_value.haircut");
    assume(r, BY_OPENING, in_company(r, c, "opening_value.haircut"), haircut,
           figure
               ? cite(r, figure)
               : "Gornall and Strebulaev 2020: fair value is 1/1.48 of post-money on average",
           lq_arena_printf(r->reader.arena, "%s is worth %s less than its last round says",
                           c->name, haircut));
}

typedef struct figure_row {
    const lq_value *value;
    lq_measure measure;
    const char *key, *text; /* text: "NAME text VALUE" */
    int influence;
    bool private_only;
} figure_row;

static void assume_rows(lq_resolver *r, const lq_company *c)
{
    const int volatility = c->listing == 1 ? BY_VOLATILITY : BY_STOCK;
    const figure_row rows[] = {
        {&c->volatility, LQ_MEASURE_FRACTION, "volatility", "has a volatility of", volatility,
         0},
        {&c->beta, LQ_MEASURE_NUMBER, "beta", "has a beta of", BY_BETA, 0},
        {&c->lockup, LQ_MEASURE_DURATION, "lockup", "locks shares up after an IPO for",
         BY_LOCKUP, 1},
        {&c->post_ipo_volatility, LQ_MEASURE_FRACTION, "post_ipo_volatility",
         "once public has a volatility of", BY_POST_IPO, 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const figure_row *x = &rows[i];
        if (!x->value->given || !x->value->is_default) continue;
        if (x->private_only && c->listing == 0) continue;
        const char *value = plainly(r, x->value, x->measure);
        assume(r, x->influence, in_company(r, c, x->key), value,
               of_pack(r, c, lq_arena_printf(r->reader.arena, "company.%s", x->key)),
               lq_arena_printf(r->reader.arena, "%s %s %s", c->name, x->text, value));
    }
}

static void assume_rounds(lq_resolver *r, const lq_company *c)
{
    const char *rate = hazard_said(r, &c->rounds.hazard);
    const char *dilution = plainly(r, &c->rounds.dilution, LQ_MEASURE_FRACTION);
    if (c->rounds.hazard.mark.file) return;
    assume(r, BY_ROUNDS, in_company(r, c, "rounds"),
           c->rounds.hazard.kind == LQ_HAZARD_NONE
               ? "none"
               : lq_arena_printf(r->reader.arena, "%s, %s each", rate, dilution),
           of_pack(r, c, "company.rounds"),
           c->rounds.hazard.kind == LQ_HAZARD_NONE
               ? lq_arena_printf(r->reader.arena, "%s raises no more money", c->name)
               : lq_arena_printf(r->reader.arena, "%s raises money %s, each time diluting %s",
                                 c->name, rate, dilution));
}

static void assume_tenders(lq_resolver *r, const lq_company *c)
{
    const char *rate = hazard_said(r, &c->tenders.hazard);
    if (c->tenders.hazard.mark.file) return;
    assume(r, BY_TENDERS, in_company(r, c, "tenders"), rate, of_pack(r, c, "company.tenders"),
           c->tenders.hazard.kind == LQ_HAZARD_NONE
               ? lq_arena_printf(r->reader.arena, "%s runs no tenders", c->name)
               : lq_arena_printf(r->reader.arena, "%s runs tenders %s for %s of what is vested",
                                 c->name, rate, said(r, &c->tenders.cap, LQ_MEASURE_FRACTION)));
}

static void assume_company(lq_resolver *r, const lq_company *c)
{
    assume_growth(r, c);
    assume_rows(r, c);
    if (c->listing == 0) return;
    assume_exit(r, c, "ipo", &c->ipo.hazard, "goes public");
    assume_exit(r, c, "acquisition", &c->acquisition.hazard, "is bought");
    assume_exit(r, c, "failure", &c->failure.hazard, "closes");
    assume_opening(r, c);
    assume_rounds(r, c);
    assume_tenders(r, c);
    if (c->residual.dlom.is_default && c->residual.method != LQ_RESIDUAL_ZERO)
        assume(
            r, BY_RESIDUAL, in_company(r, c, "residual.dlom"),
            said(r, &c->residual.dlom, LQ_MEASURE_FRACTION), of_pack(r, c, "company.residual"),
            lq_arena_printf(r->reader.arena,
                            "what is stuck at the liquidity horizon loses %s to its lack of a "
                            "market",
                            said(r, &c->residual.dlom, LQ_MEASURE_FRACTION)));
}

/* ---- offers ---- */

static const char *in_offer(lq_resolver *r, const lq_offer *o, const char *key)
{
    return lq_arena_printf(r->reader.arena, "offers.%s.%s", o->letter_id, key);
}

static const char *years_said(lq_resolver *r, const lq_vesting_rule *rule)
{
    const double *years = rule->years.items;
    const char *text = "", *gap = "";
    if (rule->kind == LQ_VESTING_TABLE) return "by the company's table";
    if (rule->kind == LQ_VESTING_OVER) return said(r, &rule->over, LQ_MEASURE_DURATION);
    for (size_t y = 0; y < rule->years.len; y++, gap = "/")
        text = lq_arena_printf(r->reader.arena, "%s%s%.3g", text, gap, 100.0 * years[y]);
    text = lq_arena_printf(r->reader.arena, "%s every %s", text,
                           said(r, &rule->every, LQ_MEASURE_DURATION));
    if (rule->cliff.p[0] <= 0.0) return text;
    return lq_arena_printf(r->reader.arena, "%s, cliff %s", text,
                           said(r, &rule->cliff, LQ_MEASURE_DURATION));
}

static void assume_grant(lq_resolver *r, const lq_offer *o, const lq_company *c,
                         const lq_grant *g)
{
    if (g->vesting.assumed) {
        const char *value = years_said(r, &g->vesting);
        assume(r, BY_VESTING, in_offer(r, o, "vesting"), value, g->vesting.source,
               lq_arena_printf(r->reader.arena, "%s vests %s",
                               o->role == LQ_OFFER_ASK ? o->id : c->name, value));
    }
    if (g->trigger == 1 && g->expiry.is_default)
        assume(
            r, BY_TRIGGER, in_offer(r, o, "expiry"), said(r, &g->expiry, LQ_MEASURE_DURATION),
            of_pack(r, c, "terms.trigger"),
            lq_arena_printf(r->reader.arena,
                            "%s: double trigger, %s expiry: units not settled by an IPO or a "
                            "sale by then are lost",
                            c->name, said(r, &g->expiry, LQ_MEASURE_DURATION)));
    if (c->listing == 1 && g->priced_at == LQ_PRICED_AT_PREFERRED && g->value.given)
        assume(
            r, BY_TRIGGER - 1, in_offer(r, o, "priced_at"), "preferred", own,
            lq_arena_printf(r->reader.arena,
                            "%s: the letter's dollars buy units at the preferred price, and a "
                            "unit is a common share",
                            c->name));
}

static void assume_refresh(lq_resolver *r, const lq_offer *o, const lq_grant *g)
{
    if (g->is_refresh && g->vesting.assumed)
        assume(r, BY_REFRESH, in_offer(r, o, "refresh.vesting"), years_said(r, &g->vesting),
               g->vesting.source,
               lq_arena_printf(r->reader.arena, "refreshers of %s vest %s", o->id,
                               years_said(r, &g->vesting)));
}

static void assume_pay(lq_resolver *r, const lq_offer *o, const lq_company *c)
{
    const char *leaving = said(r, &o->leaving, LQ_MEASURE_RATE);
    if (o->leaving.is_default)
        assume(
            r, BY_LEAVING, in_offer(r, o, "leaving"), leaving, own,
            lq_arena_printf(r->reader.arena,
                            "%.3g %% a year leave%s", 100.0 * lq_value_mean(&o->leaving),
                            o->fallback.given
                                ? ""
                                : " for a job with the same base: what they lose is bonus, "
                                  "clawback and unvested paper"));
    if (o->bonus.target.p[0] > 0.0 && o->bonus.payout.is_default)
        assume(r, BY_PAYOUT, in_offer(r, o, "bonus.payout"),
               plainly(r, &o->bonus.payout, LQ_MEASURE_FRACTION),
               of_pack(r, c, "terms.bonus.payout"),
               lq_arena_printf(r->reader.arena, "%s pays %s of its target bonus", c->name,
                               plainly(r, &o->bonus.payout, LQ_MEASURE_FRACTION)));
    if (o->sign_on.amount.p[0] > 0.0 && o->sign_on.clawback.is_default)
        assume(r, BY_CLAWBACK, in_offer(r, o, "sign_on.clawback"), "12 mo",
               "pro rata over 12 months is usual: "
               "https://www.contract-pulse.app/clause/"
               "negotiation-sign-on-bonus-clawback-sales-professionals (2026, confidence low)",
               "who leaves within a year pays the sign-on back pro rata");
    if (o->raise.is_default && o->base.p[0] > 0.0)
        assume(r, BY_RAISE, in_offer(r, o, "raise"), "0 %/y", own,
               "no raises: pay that is not written is not added");
}

static void assume_offer(lq_resolver *r, const lq_offer *o)
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
    if (o->role != LQ_OFFER_BAND_MID && o->role != LQ_OFFER_BAND_HIGH) assume_pay(r, o, c);
}

/* ---- person, market ---- */

static void assume_person(lq_resolver *r)
{
    const lq_person *p = &r->scenario->person;
    if (p->risk_aversion.is_default)
        assume(r, BY_RISK, "person.risk_aversion",
               said(r, &p->risk_aversion, LQ_MEASURE_NUMBER),
               "Chetty 2006 bounds it near 1 and under 2, Hall and Murphy 2002 use 2 and 3",
               "risk 2: just takes a coin toss that doubles wealth or loses a third of it");
    if (p->wealth.is_default)
        assume(r, BY_WEALTH, "person.wealth", said(r, &p->wealth, LQ_MEASURE_MONEY), own,
               lq_arena_printf(r->reader.arena,
                               "savings and home equity of %s outside these offers",
                               said(r, &p->wealth, LQ_MEASURE_MONEY)));
    if (p->wealth_in_market.is_default)
        assume(r, BY_MARKET_WEALTH, "person.wealth_in_market",
               said(r, &p->wealth_in_market, LQ_MEASURE_FRACTION), own,
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
        assume(r, BY_RATE, "market.rate", said(r, &rate, LQ_MEASURE_RATE),
               cite(r, lq_figure_find(sources, "market.rate")),

               lq_arena_printf(r->reader.arena, "what is sure earns %.3g %% a year",
                               100.0 * tenors[0].rate));
    if (m->equity_premium.is_default)
        assume(r, BY_RATE, "market.equity_premium",
               said(r, &m->equity_premium, LQ_MEASURE_RATE),
               cite(r, lq_figure_find(sources, "market.equity_premium")),
               lq_arena_printf(r->reader.arena, "stocks earn %.3g %% a year more, at beta 1",
                               100.0 * lq_value_mean(&m->equity_premium)));
    if (!lq_child(lq_child(r->root, "simulation"), "start"))
        assume(r, BY_START, "simulation.start",
               lq_arena_strdup(r->reader.arena,
                               lq_date_format(r->scenario->simulation.start, date)),
               "the 1 January after the date of the market pack", "the job starts then");
}

static void assume_tax(lq_resolver *r)
{
    const lq_offer *offers = r->scenario->offers.items;
    for (size_t i = 0; i < r->scenario->offers.len; i++) {
        if (offers[i].tax.method != LQ_TAX_NONE || lq_child(r->root, "tax")) continue;
        assume(r, BY_TAX, "tax", "none", own, "before tax: no tax is taken off");
        return;
    }
}

/* "offers.a.leaving" and "offers.b.leaving" of one value are one assumption: the first stands.
 */
static bool same_row(const lq_assumption *a, const lq_assumption *b)
{
    return strcmp(a->text, b->text) == 0 && strcmp(a->value, b->value) == 0;
}

static bool is_repeated(const lq_assumption *rows, size_t kept, const lq_assumption *row)
{
    for (size_t i = 0; i < kept; i++)
        if (same_row(&rows[i], row)) return true;
    return false;
}

/* Most influential first; equals by key, so that the order is the same everywhere. */
static int by_influence(const void *a, const void *b)
{
    const lq_assumption *x = a, *y = b;
    if (x->influence != y->influence) return x->influence < y->influence ? 1 : -1;
    return strcmp(x->key, y->key);
}

static void sort_and_drop_repeats(lq_list *list)
{
    lq_assumption *rows = list->items;
    size_t kept = 0;
    if (list->len) qsort(rows, list->len, sizeof *rows, by_influence);
    for (size_t i = 0; i < list->len; i++)
        if (!is_repeated(rows, kept, &rows[i])) rows[kept++] = rows[i];
    list->len = kept;
}

void lq_scenario_assume(lq_resolver *r)
{
    const lq_company *companies = r->scenario->companies.items;
    const lq_offer *offers = r->scenario->offers.items;
    for (size_t i = 0; i < r->scenario->companies.len; i++)
        assume_company(r, &companies[i]);
    for (size_t i = 0; i < r->scenario->offers.len; i++)
        assume_offer(r, &offers[i]);
    assume_person(r);
    assume_market(r);
    assume_tax(r);
    if (!lq_arena_failed(r->reader.arena)) sort_and_drop_repeats(&r->scenario->assumptions);
}
