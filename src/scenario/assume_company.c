#include "scenario/assume.h"
#include "scenario/pack.h"

#include <string.h>

static const char *in_company(lq_resolver *r, const lq_company *c, const char *key)
{
    return lq_arena_printf(r->reader.arena, "companies.%s.%s", c->id, key);
}

static const char *hazard_said(lq_resolver *r, const lq_hazard *h)
{
    const lq_value by = lq_value_constant(h->by_years);
    switch (h->kind) {
    case LQ_HAZARD_PROBABILITY:
        return lq_arena_printf(r->reader.arena, "%s by %s",
                               lq_assume_plainly(r, &h->probability, LQ_MEASURE_FRACTION),
                               lq_assume_said(r, &by, LQ_MEASURE_DURATION));
    case LQ_HAZARD_RATE:
        return lq_value_is_constant(&h->rate)
                   ? lq_arena_printf(r->reader.arena, "%.3g times a year", h->rate.p[0])
                   : lq_assume_plainly(r, &h->rate, LQ_MEASURE_RATE);
    case LQ_HAZARD_NONE:
        return "never";
    default:
        return "by age";
    }
}

typedef struct exit_row {
    const lq_hazard *hazard;
    const char *cause, *verb;
    int influence;
} exit_row;

static void assume_exit(lq_resolver *r, const lq_company *c, const exit_row *row)
{
    const lq_hazard *h = row->hazard;
    const char *key = lq_arena_printf(r->reader.arena, "companies.%s.exits.%s.probability",
                                      c->id, row->cause);
    const char *figure =
        lq_arena_printf(r->reader.arena, "company.exits.%s.probability", row->cause);
    const char *odds = hazard_said(r, h);
    if (h->mark.file) return;
    lq_assume_add(r, row->influence, key, odds,
                  h->kind == LQ_HAZARD_NONE ? LQ_ASSUMED : lq_assume_of_pack(r, c, figure),
                  lq_arena_printf(r->reader.arena, "%s %s: %s", c->name, row->verb, odds));
}

/* ln(1 + x) by its series in x / (2 + x): a figure for the eye needs no libm. */
static double log_of_growth(double x)
{
    const double y = x / (2.0 + x);
    double sum = 0.0, power = 2.0 * y;
    for (int k = 0; k < 12; k++, power *= y * y)
        sum += power / (2 * k + 1);
    return sum;
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
    return log_of_growth(tenors[0].rate) + beta * lq_value_mean(&m->equity_premium) +
           lq_value_mean(&c->alpha);
}

static void assume_growth(lq_resolver *r, const lq_company *c)
{
    const bool given = c->growth.given;
    const char *value =
        given ? lq_assume_plainly(r, &c->growth, LQ_MEASURE_RATE)
              : lq_arena_printf(r->reader.arena, "%.3g %%/y", 100.0 * default_growth(r, c));
    if (given && !c->growth.is_default) return;
    lq_assume_add(r, c->listing == 1 ? BY_GROWTH : BY_STOCK + 1, in_company(r, c, "growth"),
                  value,
                  given ? lq_assume_of_pack(r, c, "company.growth")
                        : "rate + beta x premium + alpha, at the start and on average",
                  lq_arena_printf(r->reader.arena, "%s grows %s on average%s", c->name, value,
                                  c->listing == 1 ? ", before dilution" : ""));
}

static void assume_opening(lq_resolver *r, const lq_company *c)
{
    const char *haircut = lq_assume_plainly(r, &c->opening_value.haircut, LQ_MEASURE_FRACTION);
    if (c->last_round.post_money.is_default && c->last_round.post_money.given)
        lq_assume_add(
            r, BY_LAST_ROUND, in_company(r, c, "last_round.post_money"),
            lq_assume_said(r, &c->last_round.post_money, LQ_MEASURE_MONEY),
            c->last_round.post_money.source ? c->last_round.post_money.source
                                            : lq_assume_of_pack(r, c, "company.last_round"),
            lq_arena_printf(r->reader.arena, "the last round of %s valued it at %s", c->name,
                            lq_assume_said(r, &c->last_round.post_money, LQ_MEASURE_MONEY)));
    if (c->opening_value.method != LQ_OPENING_HAIRCUT || c->common_factor.given ||
        !c->opening_value.haircut.is_default || c->deal.price.given) /* its prices say it */
        return;
    const lq_figure *figure = lq_figure_find(&c->sources, "company.opening_value.haircut");
    lq_assume_add(
        r, BY_OPENING, in_company(r, c, "opening_value.haircut"), haircut,
        figure ? lq_assume_cite(r, figure)
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
        {&c->correlation, LQ_MEASURE_NUMBER, "correlation", "moves with the market at", BY_BETA,
         0},
        {&c->lockup, LQ_MEASURE_DURATION, "lockup", "locks shares up after an IPO for",
         BY_LOCKUP, 1},
        {&c->post_ipo_volatility, LQ_MEASURE_FRACTION, "post_ipo_volatility",
         "once public has a volatility of", BY_POST_IPO, 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const figure_row *x = &rows[i];
        if (!x->value->given || !x->value->is_default) continue;
        if (x->private_only && c->listing == 0) continue;
        const char *value = lq_assume_plainly(r, x->value, x->measure);
        lq_assume_add(r, x->influence, in_company(r, c, x->key), value,
                      x->value->source
                          ? x->value->source
                          : lq_assume_of_pack(
                                r, c, lq_arena_printf(r->reader.arena, "company.%s", x->key)),
                      lq_arena_printf(r->reader.arena, "%s %s %s", c->name, x->text, value));
    }
}

static void assume_rounds(lq_resolver *r, const lq_company *c)
{
    const char *rate = hazard_said(r, &c->rounds.hazard);
    const char *dilution = lq_assume_plainly(r, &c->rounds.dilution, LQ_MEASURE_FRACTION);
    if (c->rounds.hazard.mark.file) return;
    lq_assume_add(r, BY_ROUNDS, in_company(r, c, "rounds"),
                  c->rounds.hazard.kind == LQ_HAZARD_NONE
                      ? "none"
                      : lq_arena_printf(r->reader.arena, "%s, %s each", rate, dilution),
                  lq_assume_of_pack(r, c, "company.rounds"),
                  c->rounds.hazard.kind == LQ_HAZARD_NONE
                      ? lq_arena_printf(r->reader.arena, "%s raises no more money", c->name)
                      : lq_arena_printf(r->reader.arena,
                                        "%s raises money %s, each time diluting %s", c->name,
                                        rate, dilution));
}

static void assume_tenders(lq_resolver *r, const lq_company *c)
{
    const char *rate = hazard_said(r, &c->tenders.hazard);
    if (c->tenders.hazard.mark.file) return;
    lq_assume_add(
        r, BY_TENDERS, in_company(r, c, "tenders"), rate,
        lq_assume_of_pack(r, c, "company.tenders"),
        c->tenders.hazard.kind == LQ_HAZARD_NONE
            ? lq_arena_printf(r->reader.arena, "%s runs no tenders", c->name)
            : lq_arena_printf(r->reader.arena, "%s runs tenders %s for %s of what is vested",
                              c->name, rate,
                              lq_assume_said(r, &c->tenders.cap, LQ_MEASURE_FRACTION)));
}

static void assume_secondary(lq_resolver *r, const lq_company *c)
{
    if (!c->secondary.allowed || !c->secondary.discount.is_default) return;
    const char *discount = lq_assume_plainly(r, &c->secondary.discount, LQ_MEASURE_FRACTION);
    lq_assume_add(
        r, BY_TENDERS, in_company(r, c, "secondary.discount"), discount, "assumption",
        lq_arena_printf(r->reader.arena,
                        "who sells shares of %s to outsiders gives up %s of the price", c->name,
                        discount));
}

bool lq_share_price_is_made_up(const lq_company *c)
{
    const lq_value *price = &c->last_round.price;
    return c->listing == 1 && price->is_default && !price->source &&
           !lq_figure_find(&c->sources, "company.last_round.price");
}

bool lq_series_are_at_last_price(const lq_company *c)
{
    const lq_preference *series = c->preferences.items;
    for (size_t i = 0; c->listing == 1 && i < c->preferences.len; i++)
        if (!series[i].shares.given) return true;
    return false;
}

/* How many shares there are. */
static void assume_shares(lq_resolver *r, const lq_company *c)
{
    if (lq_series_are_at_last_price(c))
        lq_assume_add(
            r, BY_SERIES, in_company(r, c, "preferences"),
            "shares = invested / last_round.price", LQ_ASSUMED,
            lq_arena_printf(r->reader.arena,
                            "every series of %s is counted at the last round's price a "
                            "share, where it says no shares; early ones paid less and "
                            "hold more",
                            c->name));
    if (!lq_share_price_is_made_up(c)) return;
    const char *price = lq_assume_said(r, &c->last_round.price, LQ_MEASURE_MONEY);
    lq_assume_add(r, BY_SHARE_PRICE, in_company(r, c, "last_round.price"), price, LQ_ASSUMED,
                  lq_arena_printf(r->reader.arena,
                                  "a share of %s at %s is made up: units and shares mean "
                                  "something only by their ratios",
                                  c->name, price));
}

/* Whether a sale or a grant of the company goes by a 409A of later than the first day, or a
 * vest is income at one. */
static bool reads_appraisals(const lq_resolver *r, const lq_company *c)
{
    const lq_offer *offers = r->scenario->offers.items;
    const lq_company *companies = r->scenario->companies.items;
    if (c->tenders.hazard.kind != LQ_HAZARD_NONE && c->tenders.price == LQ_BASIS_409A)
        return true;
    if (c->secondary.allowed && c->secondary.price == LQ_BASIS_409A) return true;
    for (size_t i = 0; i < r->scenario->offers.len; i++) {
        const lq_grant *grants = offers[i].grants.items;
        for (size_t g = 0; &companies[offers[i].company] == c && g < offers[i].grants.len; g++)
            if ((grants[g].granted_month && grants[g].priced_at == LQ_PRICED_AT_409A) ||
                (grants[g].instrument != LQ_INSTRUMENT_UNITS && grants[g].trigger != 1))
                return true;
    }
    return false;
}

static void assume_appraisal(lq_resolver *r, const lq_company *c)
{
    if (!c->appraisal.every.is_default || !reads_appraisals(r, c)) return;
    const char *every = lq_assume_said(r, &c->appraisal.every, LQ_MEASURE_DURATION);
    lq_assume_add(r, BY_TENDERS, in_company(r, c, "appraisal"), every, "assumption",
                  lq_arena_printf(
                      r->reader.arena,
                      "common of %s is appraised (409A) every %s, and %s after a round; until "
                      "the next one the number stands",
                      c->name, every,
                      lq_assume_said(r, &c->appraisal.after_round, LQ_MEASURE_DURATION)));
}

void lq_assume_company(lq_resolver *r, const lq_company *c)
{
    assume_growth(r, c);
    assume_rows(r, c);
    if (c->listing == 0) return;
    const exit_row exits[] = {
        {&c->ipo.hazard, "ipo", "goes public", BY_IPO},
        {&c->acquisition.hazard, "acquisition", "is bought", BY_ACQUISITION},
        {&c->failure.hazard, "failure", "closes", BY_FAILURE}};
    for (size_t i = 0; i < sizeof exits / sizeof exits[0]; i++)
        assume_exit(r, c, &exits[i]);
    lq_assume_events(r, c);
    assume_opening(r, c);
    assume_shares(r, c);
    assume_rounds(r, c);
    assume_tenders(r, c);
    assume_secondary(r, c);
    assume_appraisal(r, c);
    if (c->residual.dlom.is_default && c->residual.method != LQ_RESIDUAL_ZERO)
        lq_assume_add(
            r, BY_RESIDUAL, in_company(r, c, "residual.dlom"),
            lq_assume_said(r, &c->residual.dlom, LQ_MEASURE_FRACTION),
            lq_assume_of_pack(r, c, "company.residual"),
            lq_arena_printf(r->reader.arena,
                            "what is stuck at the liquidity horizon loses %s to its lack of a "
                            "market",
                            lq_assume_said(r, &c->residual.dlom, LQ_MEASURE_FRACTION)));
}
