/* `value`: what a private company's paper is worth today, as text or JSON. No simulation. */
#include "cli/deal.h"
#include "cli/load.h"

#include "plan/paper.h"
#include "show/figure.h"
#include "show/text.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

enum { NAME_WIDTH = 14, NAME_CHARS = 64 };

typedef struct worth {
    const lq_call *call;
    const lq_scenario *scenario;
    lq_paper paper;
    lq_paper_value v;
    lq_deal_paid deal;
} worth;

/* Visits the grants of today at the company: not the refreshers, which are priced later. */
static bool nth_grant(const worth *w, size_t n, const lq_offer **offer, const lq_grant **grant)
{
    const lq_offer *offers = w->scenario->offers.items;
    const lq_company *companies = w->scenario->companies.items;
    for (size_t i = 0; i < w->scenario->offers.len; i++) {
        const lq_grant *grants = offers[i].grants.items;
        if (&companies[offers[i].company] != w->paper.company) continue;
        for (size_t k = 0; k < offers[i].grants.len; k++) {
            if (grants[k].granted_month > 0 || n-- > 0) continue;
            *offer = &offers[i];
            *grant = &grants[k];
            return true;
        }
    }
    return false;
}

/* Shareholders with option holders, and who comes before them as far as the config has them. */
static bool is_shown(const worth *w, size_t k)
{
    return k < lq_claim_carve_out(&w->v.claims.stack) || w->v.value[k] > 0.0;
}

/* ---- JSON ---- */

static json_t *number(double x)
{
    return isfinite(x) ? json_real(x) : json_null();
}

static json_t *class_json(const worth *w, size_t k)
{
    const double shares = w->v.claims.shares[k], value = w->v.value[k];
    return json_pack("{s:s, s:o, s:f, s:o}", "id", w->v.claims.name[k], "shares",
                     shares > 0.0 ? json_real(shares) : json_null(), "value", value,
                     "per_share", shares > 0.0 ? json_real(value / shares) : json_null());
}

static json_t *dlom_json(const worth *w)
{
    json_t *all = json_object();
    for (size_t i = 0; i < LQ_DLOM_METHODS; i++)
        if (json_object_set_new(all, lq_dlom_methods[i].name, json_real(w->v.dlom[i])) != 0) {
            json_decref(all);
            return NULL;
        }
    return all;
}

static json_t *grant_json(const worth *w, const lq_offer *offer, const lq_grant *grant)
{
    const lq_grant_worth g = lq_paper_grant(&w->paper, &w->v, grant);
    return json_pack("{s:s, s:s, s:o, s:o, s:o, s:o}", "offer", offer->id, "id", grant->id,
                     "units", number(g.units), "face", number(g.face), "fair_value",
                     number(g.fair), "fair_value_less_dlom", number(g.kept));
}

static json_t *price_paid_json(const worth *w)
{
    const lq_price_paid *paid = &w->v.paid;
    if (!paid->series) return json_null();
    return json_pack("{s:s, s:f, s:o}", "series", paid->series, "price", paid->price, "equity",
                     number(paid->equity));
}

static bool put(json_t *root, const char *key, json_t *value)
{
    return json_object_set_new(root, key, value) == 0;
}

static bool put_figures(const worth *w, json_t *root)
{
    const lq_paper_value *v = &w->v;
    return put(root, "company", json_string(w->paper.company->id)) &&
           put(root, "currency", json_string(w->paper.company->currency)) &&
           put(root, "equity", json_real(v->equity)) &&
           put(root, "opening_value", json_real(v->opening.value)) &&
           put(root, "implied_equity", number(v->paid.equity)) &&
           put(root, "price_paid", price_paid_json(w)) &&
           put(root, "post_money",
               v->opening.post_money > 0.0 ? json_real(v->opening.post_money) : json_null()) &&
           put(root, "fully_diluted", json_real(v->claims.fully_diluted)) &&
           put(root, "term_years", json_real(v->exits.years)) &&
           put(root, "phi", v->phi > 0.0 ? json_real(v->phi) : json_null()) &&
           put(root, "exits", json_string(v->exits.of_company ? "company" : "term")) &&
           put(root, "ipo_share", json_real(v->exits.ipo_share)) &&
           put(root, "volatility", json_real(v->exits.law.volatility)) &&
           put(root, "rate", json_real(lq_paper_rate(&w->paper, v->exits.years))) &&
           put(root, "fair_common", json_real(v->common)) &&
           put(root, "dlom_used", json_real(1.0 - v->kept)) &&
           put(root, "common_409a", json_real(v->common * v->kept)) &&
           put(root, "dlom_term_years", json_real(v->wait_years)) &&
           put(root, "dlom", dlom_json(w)) && put(root, "deal", lq_deal_json(&w->deal));
}

static lq_status print_json(const worth *w, lq_error *err)
{
    json_t *root = json_object(), *breakpoints = json_array(), *classes = json_array();
    json_t *grants = json_array();
    const lq_offer *offer;
    const lq_grant *grant;
    bool whole = root != NULL;
    for (size_t i = 0; i < w->v.sale.n; i++)
        whole &= json_array_append_new(breakpoints, json_real(w->v.sale.from[i])) == 0;
    for (size_t k = 0; k < lq_claim_count(&w->v.claims.stack); k++)
        if (is_shown(w, k)) whole &= json_array_append_new(classes, class_json(w, k)) == 0;
    for (size_t n = 0; nth_grant(w, n, &offer, &grant); n++)
        whole &= json_array_append_new(grants, grant_json(w, offer, grant)) == 0;
    whole = put(root, "breakpoints", breakpoints) && whole;
    whole = put(root, "classes", classes) && whole;
    whole = put(root, "grants", grants) && whole;
    whole = whole && put_figures(w, root) &&
            json_dumpf(root, stdout, JSON_INDENT(1) | JSON_REAL_PRECISION(15)) == 0;
    putchar('\n');
    json_decref(root);
    if (whole || ferror(stdout)) return LQ_OK; /* the stream remembers a failed write */
    return LQ_FAIL(err, LQ_ENOMEM, .expected = "memory for JSON");
}

/* ---- text ---- */

static const char *money(const worth *w, double x, char out[LQ_FIGURE_CHARS])
{
    return lq_figure_money(x, w->paper.company->currency, out);
}

/* "$2.50" */
static const char *price(const worth *w, double x, char out[2 * LQ_FIGURE_CHARS])
{
    char sign[LQ_FIGURE_CHARS], digits[LQ_FIGURE_CHARS];
    snprintf(out, 2 * LQ_FIGURE_CHARS, "%.8s%s",
             lq_currency_sign(w->paper.company->currency, sign), lq_figure_price(x, digits));
    return out;
}

static const char *method_text(const worth *w, char out[256])
{
    const lq_company *c = w->paper.company;
    const lq_price_paid *paid = &w->v.paid;
    char figure[2 * LQ_FIGURE_CHARS];
    const bool replaced = w->v.equity != w->v.opening.value;
    if (replaced)
        snprintf(out, 256, "as --equity says");
    else if (c->common_factor.given)
        snprintf(out, 256, "common_factor of the last round's price");
    else if (c->opening_value.method == LQ_OPENING_BACKSOLVE)
        snprintf(out, 256, "solved back from %s for a share of %.40s",
                 price(w, paid->price, figure), paid->series);
    else if (c->opening_value.method == LQ_OPENING_HAIRCUT)
        snprintf(
            out, 256, "the last round's post-money less %.3g %%",
            100.0 * (1.0 - w->v.opening.value / (w->v.opening.post_money * w->v.opening.roll)));
    else
        snprintf(out, 256, "%s",
                 c->opening_value.method == LQ_OPENING_FACE ? "the last round's post-money"
                                                            : "as the config says");
    return out;
}

static void print_opening(const worth *w)
{
    const lq_paper_value *v = &w->v;
    const lq_company *c = w->paper.company;
    char name[2 * NAME_CHARS], text[LQ_FIGURE_CHARS], how[256];
    printf("%s: what its paper is worth today\n\n", lq_text_clean(c->name, name, sizeof name));
    lq_wrap wrap = lq_wrap_begin(stdout, 0, 0);
    lq_wrap_printf(&wrap, "All of it: %s, %s", money(w, v->equity, text), method_text(w, how));
    if (v->opening.post_money > 0.0) {
        lq_wrap_printf(&wrap, "; the headline of the last round is %s,",
                       money(w, v->opening.post_money, text));
        lq_wrap_printf(&wrap, "%.2f times as much", v->opening.post_money / v->equity);
    }
    lq_wrap_words(&wrap, ".");
    if (v->paid.series && isfinite(v->paid.equity) &&
        c->opening_value.method != LQ_OPENING_BACKSOLVE) {
        char paid[2 * LQ_FIGURE_CHARS];
        lq_wrap_printf(&wrap, "A share of %.40s at %s would mean %s.", v->paid.series,
                       price(w, v->paid.price, paid), money(w, v->paid.equity, text));
    }
    lq_wrap_end(&wrap);
}

static void print_exit(const worth *w)
{
    const lq_exits *e = &w->v.exits;
    char years[LQ_FIGURE_CHARS];
    lq_figure_years(e->years, years);
    lq_wrap wrap = lq_wrap_begin(stdout, 0, 0);
    if (e->of_company)
        lq_wrap_printf(&wrap, "Exits as the config's odds, %s: in %s on average,",
                       e->law.time == LQ_EXIT_TABLE ? "by the company's age"
                                                    : "spread evenly over time",
                       years);
    else
        lq_wrap_printf(&wrap, "One exit in %s,", years);
    if (e->ipo_share > 0.0)
        lq_wrap_printf(&wrap, "%.0f %% of the value by IPO,", 100.0 * e->ipo_share);
    lq_wrap_printf(&wrap, "at a volatility of %.3g %% and a rate of %.3g %% a year.",
                   100.0 * e->law.volatility, 100.0 * lq_paper_rate(&w->paper, e->years));
    lq_wrap_end(&wrap);
}

/* The price of a round today, if rounds are priced by their terms. */
static void print_round(const worth *w)
{
    const lq_paper_value *v = &w->v;
    if (!v->solves_phi) return;
    lq_wrap wrap = lq_wrap_begin(stdout, 0, 0);
    if (v->phi > 0.0)
        lq_wrap_printf(&wrap,
                       "A round today sells a class that is worth its price at %.3g times the "
                       "value of a share before it (rounds.phi: solve); the last price is %.3g "
                       "times it.",
                       v->phi, v->claims.price * v->claims.fully_diluted / v->equity);
    else
        lq_wrap_printf(&wrap,
                       "No round today sells a class that is worth its price (rounds.phi: "
                       "solve): it is worth %s at any.",
                       v->phi == LQ_PHI_NONE_HIGH ? "more" : "less");
    lq_wrap_end(&wrap);
}

static void print_classes(const worth *w)
{
    const lq_paper_value *v = &w->v;
    const lq_scale_of_money scale = lq_scale_choose(v->equity);
    lq_scale_of_money shares = lq_scale_of_list(0.0);
    char name[NAME_CHARS], text[LQ_FIGURE_CHARS], sign[LQ_FIGURE_CHARS];
    char unit[2 * LQ_FIGURE_CHARS];
    snprintf(unit, sizeof unit, "value, %s%s",
             lq_currency_sign(w->paper.company->currency, sign), scale.suffix);
    for (size_t k = 0; k < lq_claim_count(&v->claims.stack); k++)
        if (is_shown(w, k) && v->claims.shares[k] >= shares.divisor)
            shares = lq_scale_of_list(fmax(v->claims.shares[k], shares.divisor));
    printf("\n  %-*s%10s%14s%12s%18s\n", NAME_WIDTH, "class", "shares", unit, "a share",
           "of the last price");
    for (size_t k = 0; k < lq_claim_count(&v->claims.stack); k++) {
        const double held = v->claims.shares[k];
        if (!is_shown(w, k)) continue;
        lq_text_shorten(v->claims.name[k], NAME_WIDTH - 1, name, sizeof name);
        printf("  %-*s%10s", NAME_WIDTH, name,
               held > 0.0 ? lq_figure_listed(held, shares, "", text) : "");
        printf("%14s", lq_figure_scaled(v->value[k], scale, text));
        if (held > 0.0) {
            printf("%12s", lq_figure_price(v->value[k] / held, text));
            printf("%18s", lq_figure_percent(v->value[k] / held / v->claims.price, 0, text));
        }
        putchar('\n');
    }
    printf("  %-*s%14s\n", NAME_WIDTH + 10, "sum", lq_figure_scaled(v->equity, scale, text));
}

static void print_discounts(const worth *w)
{
    const lq_paper_value *v = &w->v;
    char fair[2 * LQ_FIGURE_CHARS], kept[2 * LQ_FIGURE_CHARS], years[LQ_FIGURE_CHARS];
    const bool cut = v->wait_years<v->exits.years, stretched = v->wait_years> v->exits.years;
    lq_wrap wrap = lq_wrap_begin(stdout, 0, 0);
    putchar('\n');
    lq_wrap_printf(&wrap,
                   "A share of common is worth %s. A 409A takes something off for want of a "
                   "market: the first of these is the one used, here and by priced_at: 409a; "
                   "formulas, over %s%s, to compare it with:",
                   price(w, v->common, fair), lq_figure_years(v->wait_years, years),
                   cut         ? " (the exit is later; they are asked for no more)"
                   : stretched ? " (the exit is sooner; they are asked for no less)"
                               : "");
    lq_wrap_end(&wrap);
    printf("  %-14s %6.1f %%  409A %9s  <- used\n", "residual.dlom", 100.0 * (1.0 - v->kept),
           price(w, v->common * v->kept, kept));
    for (size_t i = 0; i < LQ_DLOM_METHODS; i++)
        printf("  %-14s %6.1f %%  409A %9s%s\n", lq_dlom_methods[i].name, 100.0 * v->dlom[i],
               price(w, fmax(v->common * (1.0 - v->dlom[i]), 0.0), kept),
               i == 1 ? "  (at most: a bound)" : "");
}

/* One unit for all units, and one for all money. */
static void choose_units(const worth *w, lq_scale_of_money *units, lq_scale_of_money *money)
{
    const lq_offer *offer;
    const lq_grant *grant;
    double most = 0.0, dearest = 0.0;
    for (size_t n = 0; nth_grant(w, n, &offer, &grant); n++) {
        const lq_grant_worth g = lq_paper_grant(&w->paper, &w->v, grant);
        most = fmax(most, g.units);
        dearest = fmax(dearest, fmax(g.face, g.fair));
    }
    *units = lq_scale_of_list(most);
    *money = lq_scale_of_list(dearest);
}

static void print_grants(const worth *w)
{
    const lq_offer *offer;
    const lq_grant *grant;
    lq_scale_of_money units, unit;
    char text[LQ_FIGURE_CHARS], name[NAME_CHARS], id[2 * NAME_CHARS];
    const char *currency = w->paper.company->currency;
    choose_units(w, &units, &unit);
    for (size_t n = 0; nth_grant(w, n, &offer, &grant); n++) {
        const lq_grant_worth g = lq_paper_grant(&w->paper, &w->v, grant);
        const double sums[] = {g.face, g.fair, g.kept};
        if (n == 0)
            printf("\nGrants, all of each once vested, before tax\n  %-29s%9s %11s %11s %13s\n",
                   "", "units", "letter", "fair", "less the 409A");
        snprintf(id, sizeof id, "%.60s %.48s", offer->id, grant->id);
        printf("  %-29s", lq_text_shorten(id, 28, name, sizeof name));
        printf("%9s", lq_figure_listed(g.units, units, "", text));
        for (size_t i = 0; i < 3; i++)
            printf(" %*s", i < 2 ? 11 : 13, lq_figure_listed(sums[i], unit, currency, text));
        putchar('\n');
    }
}

static void print_notes(const worth *w)
{
    const lq_company *c = w->paper.company;
    lq_wrap wrap = lq_wrap_begin(stdout, 0, 0);
    putchar('\n');
    if (w->scenario->has_uncertain) lq_wrap_words(&wrap, "What is uncertain is at its mean.");
    if (c->common_factor.given)
        lq_wrap_words(&wrap, "common_factor says what a share of common is worth; the classes "
                             "take no part in that.");
    else if (!c->cap_table.common.given && c->preferences.len == 0)
        lq_wrap_words(&wrap, "Neither cap_table nor preferences are known: common has it all.");
    else if (!c->cap_table.common.given)
        lq_wrap_words(&wrap,
                      "No cap_table is known: shares follow from the last round's post-money "
                      "and price, and common has what the preferences leave.");
    if (!c->cap_table.common.given) lq_shares_note(&wrap, c);
    lq_wrap_words(&wrap, "Formulas, no simulation. Not financial, tax or legal advice.");
    lq_wrap_end(&wrap);
}

static void print_text(const worth *w)
{
    print_opening(w);
    lq_deal_print(w->paper.company, &w->deal,
                  "Who gets what of a price: liquidus waterfall --exit PRICE.");
    print_exit(w);
    print_round(w);
    print_classes(w);
    print_discounts(w);
    print_grants(w);
    print_notes(w);
}

static lq_status tell(worth *w, lq_error *err)
{
    double equity, term;
    w->paper = (lq_paper){.scenario = w->scenario, .world = LQ_WORLD_MEAN};
    LQ_TRY(lq_pick_company(w->call, w->scenario, &w->paper.company));
    LQ_TRY(lq_call_figure(w->call, "equity", LQ_MEASURE_MONEY, (double)NAN, &equity));
    LQ_TRY(lq_call_figure(w->call, "term", LQ_MEASURE_DURATION, (double)NAN, &term));
    if (!isnan(equity) && !(equity > 0.0))
        return lq_usage(w->call->command, "--equity: expected more than nothing");
    if (!isnan(term) && !(term > 0.0 && term <= 50.0))
        return lq_usage(w->call->command, "--term: expected more than nothing and up to 50y");
    LQ_TRY(lq_paper_value_of(&w->paper, equity, term, &w->v, err));
    LQ_TRY(lq_paper_deal(&w->paper, &w->deal, err));
    if (lq_call_value(w->call, "json")) return print_json(w, err);
    print_text(w);
    return LQ_OK;
}

lq_status lq_cmd_value(const lq_call *call, lq_error *err)
{
    lq_scenario *scenario = NULL;
    LQ_TRY(lq_load_companies(call, &scenario, err));
    worth w = {.call = call, .scenario = scenario};
    const lq_status status = lq_tell_config(scenario, tell(&w, err), err);
    lq_scenario_destroy(scenario);
    return status;
}
