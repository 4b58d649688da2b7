/* What of a private company's events is not written beside their odds. */
#include "scenario/assume.h"
#include "scenario/pack.h"

static const char *in_company(lq_resolver *r, const lq_company *c, const char *key)
{
    return lq_arena_printf(r->reader.arena, "companies.%s.%s", c->id, key);
}

static const char *cite(lq_resolver *r, const lq_company *c, const char *key)
{
    return lq_assume_of_pack(r, c, lq_arena_printf(r->reader.arena, "company.%s", key));
}

typedef struct exponent_row {
    const lq_hazard *hazard;
    const char *key, *events, *of_value;
    int influence;
} exponent_row;

static void assume_exponent(lq_resolver *r, const lq_company *c, const exponent_row *row)
{
    const lq_value *exponent = &row->hazard->value_exponent;
    const char *key = lq_arena_printf(r->reader.arena, "%s.value_exponent", row->key);
    const char *value = lq_assume_said(r, exponent, LQ_MEASURE_NUMBER);
    if (row->hazard->kind == LQ_HAZARD_NONE || !exponent->is_default || !key) return;
    const double mean = lq_value_mean(exponent);
    const char *text =
        mean == 0.0
            ? lq_arena_printf(r->reader.arena, "%s of %s are as likely at any value of it",
                              row->events, c->name)
            : lq_arena_printf(r->reader.arena, "%s of %s are likelier the %s it %s",
                              row->events, c->name, mean > 0.0 ? "more" : "less",
                              row->of_value);
    lq_assume_add(r, row->influence, in_company(r, c, key), value, cite(r, c, key), text);
}

/* What an IPO sells, and how far under the first close. */
static void assume_issue(lq_resolver *r, const lq_company *c)
{
    const char *primary = lq_assume_plainly(r, &c->ipo.primary, LQ_MEASURE_FRACTION);
    const char *discount = lq_assume_plainly(r, &c->ipo.discount, LQ_MEASURE_FRACTION);
    if (c->ipo.hazard.kind == LQ_HAZARD_NONE) return;
    if (c->ipo.primary.is_default)
        lq_assume_add(r, BY_ISSUE, in_company(r, c, "exits.ipo.primary"), primary,
                      cite(r, c, "exits.ipo.primary"),
                      lq_arena_printf(r->reader.arena,
                                      "%s raises %s of its value when it goes public", c->name,
                                      primary));
    if (c->ipo.discount.is_default)
        lq_assume_add(r, BY_ISSUE, in_company(r, c, "exits.ipo.discount"), discount,
                      cite(r, c, "exits.ipo.discount"),
                      lq_arena_printf(r->reader.arena,
                                      "%s sells new shares %s under the first close when it "
                                      "goes public",
                                      c->name, discount));
}

static void assume_deal(lq_resolver *r, const lq_company *c)
{
    const char *closes = lq_assume_plainly(r, &c->deal.closes, LQ_MEASURE_DURATION);
    const char *breaks = lq_assume_plainly(r, &c->deal.break_probability, LQ_MEASURE_FRACTION);
    if (!c->deal.price.given) return;
    if (c->deal.closes.is_default)
        lq_assume_add(r, BY_DEAL, in_company(r, c, "deal.closes"), closes, LQ_ASSUMED,
                      lq_arena_printf(r->reader.arena,
                                      "the sale of %s closes, or breaks, %s after the start",
                                      c->name, closes));
    if (c->deal.break_probability.is_default)
        lq_assume_add(r, BY_DEAL + 1, in_company(r, c, "deal.break_probability"), breaks,
                      "5 % of 2,614 signed deals for US public targets did not close, 2010 to "
                      "2022 (https://www.insidearbitrage.com/2023/04/"
                      "introducing-a-new-premium-feature-failed-deals/)",
                      lq_arena_printf(r->reader.arena, "the sale of %s breaks in %s of futures",
                                      c->name, breaks));
}

void lq_assume_events(lq_resolver *r, const lq_company *c)
{
    const exponent_row rows[] = {
        {&c->ipo.hazard, "exits.ipo", "listings", "is worth", BY_EXPONENT},
        {&c->acquisition.hazard, "exits.acquisition", "sales", "is worth", BY_ACQUISITION - 1},
        {&c->failure.hazard, "exits.failure", "failures", "is worth", BY_FAILURE - 1},
        {&c->rounds.hazard, "rounds", "rounds", "has gained since the last", BY_ROUNDS - 1},
        {&c->tenders.hazard, "tenders", "tenders", "is worth", BY_TENDERS - 1}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assume_exponent(r, c, &rows[i]);
    assume_issue(r, c);
    assume_deal(r, c);
}
