#include "decide/turning_search.h"

#include "decide/calibrate.h"
#include "decide/words.h"

#include "num/scalar.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const lq_company *lq_search_company(const lq_search *s)
{
    return lq_study_company(s->study, lq_study_offer(s->study, s->subject)->company);
}

static lq_status shown_as_is(lq_search *s, double x, double *out, lq_error *err)
{
    (void)s;
    (void)err;
    *out = x;
    return LQ_OK;
}

static lq_value changed(lq_value value, double x)
{
    const lq_value constant = lq_value_constant(x);
    lq_value out = constant;
    memcpy(out.currency, value.currency, sizeof out.currency);
    return out;
}

/* ---- growth ---- */

static bool growth_applies(const lq_search *s)
{
    return s->study->scenario->simulation.measure == LQ_MEASURE_REAL &&
           s->study->found.offers[s->subject].headline_equity > 0.0;
}

static double growth_assumed(const lq_search *s)
{
    const lq_company *c = lq_search_company(s);
    const lq_market *m = &s->study->scenario->market;
    if (c->growth.given) return lq_value_mean(&c->growth);
    const lq_tenor *rates = m->rates.items;
    const double r = m->rates.len ? lq_log(1.0 + rates[0].rate) : 0.0;
    const double beta = c->correlation.given
                            ? lq_value_mean(&c->correlation) * lq_value_mean(&c->volatility) /
                                  lq_value_mean(&m->volatility)
                            : lq_value_mean(&c->beta);
    return r + beta * lq_value_mean(&m->equity_premium) + lq_value_mean(&c->alpha);
}

static void growth_range(const lq_search *s, double range[2])
{
    (void)s;
    range[0] = -0.20;
    range[1] = 0.60;
}

/* Exits whose odds are given happen as often as before, though values are others: so does a run
 * of the config with this growth. */
static lq_status set_growth(lq_trial *t, double x, lq_error *err)
{
    t->companies[0].growth = lq_value_constant(x);
    return t->needed[0] ? lq_trial_calibrate(t, err) : LQ_OK;
}

static void words_yearly(const lq_search *s, double shown, char *out, size_t cap)
{
    char percent[LQ_WORD_CHARS];
    (void)s;
    snprintf(out, cap, "%s a year", lq_words_percent(shown, percent));
}

/* ---- opening value: a multiple of what was assumed, in logarithms ---- */

static bool is_private_paper(const lq_search *s)
{
    return lq_search_company(s)->listing == 1 &&
           s->study->found.offers[s->subject].headline_equity > 0.0;
}

/* An announced deal says what the company is worth. */
static bool has_opening(const lq_search *s)
{
    return is_private_paper(s) && !lq_search_company(s)->deal.price.given;
}

static double opening_assumed(const lq_search *s)
{
    const lq_letter_sums *letter = &s->study->sums.letters[s->subject];
    return letter->paper_fair / letter->headline_equity;
}

static double mean_opening(const lq_company *c)
{
    const double post = lq_value_mean(&c->last_round.post_money);
    const double roll = lq_value_mean(&c->opening_value.roll);
    if (c->opening_value.method == LQ_OPENING_FAIR_VALUE)
        return lq_value_mean(&c->opening_value.fair_value);
    if (c->opening_value.method == LQ_OPENING_HAIRCUT)
        return post * roll * (1.0 - lq_value_mean(&c->opening_value.haircut));
    return post * roll;
}

/* Not so low that investors would pay over three times what a company is worth: rounds at such
 * prices would themselves make it worth more. */
static void opening_range(const lq_search *s, double range[2])
{
    const lq_company *c = lq_search_company(s);
    const double post =
        lq_value_mean(&c->last_round.post_money) * lq_value_mean(&c->opening_value.roll);
    const double lowest = c->common_factor.given ? 0.1 : post / 3.0 / mean_opening(c);
    range[0] = lq_log(fmin(fmax(lowest, 0.1), 0.9));
    range[1] = lq_log(6.0);
}

static lq_status set_opening(lq_trial *t, double x, lq_error *err)
{
    lq_company *c = &t->companies[0];
    (void)err;
    if (c->common_factor.given) {
        c->common_factor = lq_value_constant(lq_exp(x) * lq_value_mean(&c->common_factor));
        return LQ_OK;
    }
    c->opening_value.fair_value =
        changed(c->opening_value.fair_value, lq_exp(x) * mean_opening(c));
    c->opening_value.method = LQ_OPENING_FAIR_VALUE;
    return LQ_OK;
}

static lq_status letter_dollar(lq_search *s, double x, double *out, lq_error *err)
{
    lq_trial_reset(s->study, s->subject, s->against, &s->trial);
    LQ_TRY(set_opening(&s->trial, x, err));
    return lq_trial_letter_dollar(&s->trial, out, err);
}

static void words_dollar(const lq_search *s, double shown, char *out, size_t cap)
{
    const bool dollars = strcmp(s->study->scenario->currency, "USD") == 0;
    snprintf(out, cap, "%s%.2f", dollars ? "$" : "", shown);
}

/* ---- base ---- */

static bool base_applies(const lq_search *s)
{
    return lq_value_mean(&lq_study_offer(s->study, s->subject)->base) > 0.0;
}

static double base_assumed(const lq_search *s)
{
    return lq_value_mean(&lq_study_offer(s->study, s->subject)->base);
}

static void base_range(const lq_search *s, double range[2])
{
    range[0] = 0.25 * base_assumed(s);
    range[1] = 4.0 * base_assumed(s);
}

static lq_status set_base(lq_trial *t, double x, lq_error *err)
{
    (void)err;
    t->varied->base = changed(t->varied->base, x);
    return LQ_OK;
}

static void words_base(const lq_search *s, double shown, char *out, size_t cap)
{
    char money[LQ_WORD_CHARS];
    const lq_offer *o = lq_study_offer(s->study, s->subject);
    const char *currency = o->currency[0] ? o->currency : s->study->scenario->currency;
    snprintf(out, cap, "%s", lq_words_money(shown, currency, money));
}

/* ---- exit odds ---- */

static bool ipo_applies(const lq_search *s)
{
    return is_private_paper(s) &&
           lq_search_company(s)->ipo.hazard.kind == LQ_HAZARD_PROBABILITY;
}

static double ipo_assumed(const lq_search *s)
{
    return lq_value_mean(&lq_search_company(s)->ipo.hazard.probability);
}

/* What the other causes leave, by the same date. */
static void ipo_range(const lq_search *s, double range[2])
{
    double others = 0.0;
    for (int kind = LQ_EXIT_ACQUISITION; kind < LQ_EXIT_KINDS; kind++) {
        const lq_hazard *h = lq_exit_hazard(lq_search_company(s), (lq_exit_kind)kind);
        double low = 0.0, high = 0.0;
        if (h->kind == LQ_HAZARD_PROBABILITY) lq_value_range(&h->probability, &low, &high);
        others += high;
    }
    range[0] = 0.01;
    range[1] = fmax(0.02, 0.95 - others);
}

static lq_status set_ipo(lq_trial *t, double x, lq_error *err)
{
    t->companies[0].ipo.hazard.probability = lq_value_constant(x);
    return lq_trial_calibrate(t, err);
}

static void words_ipo(const lq_search *s, double shown, char *out, size_t cap)
{
    char percent[LQ_WORD_CHARS];
    const int months = (int)rint(lq_search_company(s)->ipo.hazard.by_years * 12.0);
    const lq_date by = lq_date_of_month(s->study->scenario->simulation.start, months);
    snprintf(out, cap, "%s by %d", lq_words_percent(shown, percent), by.year);
}

/* clang-format off */
const lq_thing lq_things[LQ_TURNING_THINGS] = {
    {"opening_value", "1", has_opening, opening_assumed, opening_range, set_opening,
     letter_dollar, words_dollar, LQ_SCAN, false, "what a letter dollar buys", false,
     "a letter dollar buys ", " of common today"},
    {"growth", "fraction a year", growth_applies, growth_assumed, growth_range, set_growth,
     shown_as_is, words_yearly, LQ_SCAN, false, "growth", true, " grows ", " on average"},
    {"base", "money", base_applies, base_assumed, base_range, set_base,
     shown_as_is, words_base, LQ_SCAN, true, "base", false, "base ", ""},
    {"ipo", "fraction", ipo_applies, ipo_assumed, ipo_range, set_ipo,
     shown_as_is, words_ipo, LQ_SCAN_ODDS, false, "IPO odds", false, "IPO odds of ", ""}};
/* clang-format on */
