#include "plan/paper.h"

#include <math.h>
#include <stdio.h>

static double number(const lq_paper *paper, const lq_value *value, const char *key)
{
    char address[160];
    snprintf(address, sizeof address, "companies.%s.%s", paper->company->id, key);
    return lq_plan_number(paper->scenario, value, address, paper->world);
}

static lq_status no_solution(const lq_paper *paper, const lq_price_paid *paid, lq_error *err)
{
    const lq_company *c = paper->company;
    const lq_mark mark =
        c->opening_value.price.given ? c->opening_value.price.mark : c->last_round.price.mark;
    char key[96], expected[256];
    snprintf(key, sizeof key, "companies.%.60s.opening_value.price", c->id);
    snprintf(expected, sizeof expected,
             "a price of a share of %.40s that some company has: one of up to a million times "
             "what the whole series is worth at it",
             paid->series);
    return LQ_FAIL(err, LQ_ECONFIG, .file = mark.file, .line = mark.line, .column = mark.column,
                   .key = key, .expected = expected,
                   .got = "a series that holds too little of the company");
}

/* What was paid for which series; series NULL when that is not known. */
static void find_price(const lq_paper *paper, const lq_claims *claims, lq_price_paid *out)
{
    const lq_company *c = paper->company;
    const lq_preference *all = c->preferences.items;
    const size_t n = c->preferences.len;
    const bool solved = c->opening_value.method == LQ_OPENING_BACKSOLVE;
    *out = (lq_price_paid){.equity = (double)NAN};
    if (n == 0 || c->common_factor.given) return;
    const size_t k = solved && c->opening_value.series
                         ? lq_claims_find(claims, c->opening_value.series)
                         : LQ_CLAIM_PREFERRED + n - 1;
    const lq_preference *series = &all[k - LQ_CLAIM_PREFERRED];
    out->series = series->series;
    out->price = claims->price * series->conversion.p[0];
    if (c->last_round.price.is_default && series->shares.given && series->invested.p[0] > 0.0)
        out->price = series->invested.p[0] / series->shares.p[0];
    if (!solved) return;
    if (c->opening_value.price.given)
        out->price = number(paper, &c->opening_value.price, "opening_value.price");
    if (c->opening_value.term.given)
        out->term_years = number(paper, &c->opening_value.term, "opening_value.term");
}

lq_status lq_paper_price_paid(const lq_paper *paper, lq_price_paid *out, lq_error *err)
{
    lq_claims claims;
    LQ_TRY(lq_paper_claims(paper, 0.0, &claims, err));
    find_price(paper, &claims, out);
    if (!out->series) return LQ_OK;
    lq_exits exits;
    lq_paper_exits(paper, out->term_years, &exits);
    LQ_TRY(lq_paper_claims(paper, exits.years, &claims, err));
    const size_t k = lq_claims_find(&claims, out->series);
    lq_error cause;
    if (lq_stack_backsolve(&claims.stack, &exits.law, k, out->price * claims.shares[k],
                           &out->equity, &cause) == LQ_OK)
        return LQ_OK;
    out->equity = (double)NAN;
    if (paper->company->opening_value.method == LQ_OPENING_BACKSOLVE)
        return no_solution(paper, out, err);
    return LQ_OK;
}

static lq_status solve_back(const lq_paper *paper, double *value, lq_error *err)
{
    lq_price_paid paid;
    LQ_TRY(lq_paper_price_paid(paper, &paid, err));
    *value = paid.equity;
    return LQ_OK;
}

/* R7: a round is priced as the last one was, headline over value. A mark of today that lies
 * below the headline says how far the value has fallen too, of which the next round knows: of
 * it only what terms explain on average is kept (ADR 0042). */
static double phi_of(const lq_company *c, const lq_opening_value *opening)
{
    static const double OF_TERMS = 1.48; /* Gornall and Strebulaev (2020), 135 unicorns */
    if (!(opening->post_money > 0.0)) return 1.0;
    const double phi = opening->post_money * opening->roll / opening->value;
    return c->opening_value.method == LQ_OPENING_FAIR_VALUE ? fmin(phi, OF_TERMS) : phi;
}

lq_status lq_paper_opening(const lq_paper *paper, lq_opening_value *out, lq_error *err)
{
    const lq_company *c = paper->company;
    const double post = number(paper, &c->last_round.post_money, "last_round.post_money");
    const double roll = number(paper, &c->opening_value.roll, "opening_value.roll");
    const int method = c->opening_value.method;
    double value = post * roll;
    if (method == LQ_OPENING_HAIRCUT && !c->common_factor.given)
        value *= 1.0 - number(paper, &c->opening_value.haircut, "opening_value.haircut");
    if (method == LQ_OPENING_FAIR_VALUE)
        value = number(paper, &c->opening_value.fair_value, "opening_value.fair_value");
    if (method == LQ_OPENING_BACKSOLVE) {
        LQ_TRY(solve_back(paper, &value, err));
        value *= roll;
    }
    if (c->common_factor.given)
        value = post * number(paper, &c->common_factor, "common_factor");
    const double price = c->last_round.price.p[0];
    *out = (lq_opening_value){.value = value,
                              .post_money = post,
                              .price = price,
                              .shares = (post > 0.0 ? post : value) / price,
                              .roll = roll};
    out->phi = phi_of(c, out);
    return LQ_OK;
}
