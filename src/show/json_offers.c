/* The lists of offers, of pairs and of companies. */
#include "show/json_build.h"

#include "show/pick.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char group[] = "/offers";

/* {"0.01":, ...} of a year. */
static json_t *year_quantiles(lq_json *b, const char *name, size_t i, size_t y)
{
    json_t *quantiles = json_object();
    const size_t levels = lq_pick_len(b->frame, "quantile");
    for (size_t q = 0; q < levels; q++) {
        char key[32];
        snprintf(key, sizeof key, "%.2f", lq_pick_coordinate(b->frame, "quantile", q));
        lq_json_put(b, quantiles, key,
                    lq_json_number(lq_pick3(b->frame, group, name, (const size_t[]){i, y, q})));
    }
    return quantiles;
}

static json_t *by_year(lq_json *b, size_t i)
{
    json_t *years = json_array();
    const size_t n = lq_pick_len(b->frame, "year");
    for (size_t y = 0; y < n; y++) {
        json_t *year = json_object();
        lq_json_put(b, year, "year", lq_json_whole(lq_pick_coordinate(b->frame, "year", y)));
        lq_json_put(b, year, "mean",
                    lq_json_number(lq_pick2(b->frame, group, "by_year_mean", i, y)));
        lq_json_put(b, year, "mean_se",
                    lq_json_number(lq_pick2(b->frame, group, "by_year_mean_se", i, y)));
        lq_json_put(b, year, "quantiles", year_quantiles(b, "by_year_quantiles", i, y));
        lq_json_put(b, year, "quantiles_se", year_quantiles(b, "by_year_quantiles_se", i, y));
        lq_json_append(b, years, year);
    }
    return years;
}

/* A list along a dimension: [{KEY: coordinate, "value":, "se":}]. */
static json_t *along(lq_json *b, size_t i, const char *dimension, const char *key,
                     const char *name)
{
    char se[96];
    snprintf(se, sizeof se, "%s_se", name);
    json_t *list = json_array();
    const size_t n = lq_pick_len(b->frame, dimension);
    for (size_t k = 0; k < n; k++) {
        const char *label = lq_pick_label(b->frame, dimension, k);
        /* what the terms add up to is certainty_equivalent_chosen */
        if (strcmp(label, "worth") == 0) continue;
        json_t *entry = json_object();
        lq_json_put(b, entry, key,
                    *label ? json_string(label)
                           : lq_json_number(lq_pick_coordinate(b->frame, dimension, k)));
        lq_json_put(b, entry, "value", lq_json_number(lq_pick2(b->frame, group, name, i, k)));
        lq_json_put(b, entry, "se", lq_json_number(lq_pick2(b->frame, group, se, i, k)));
        lq_json_append(b, list, entry);
    }
    return list;
}

/* {"ipo":, "acquisition":, "failure":, "none":}; null for a listed company. */
static json_t *exits(lq_json *b, size_t i, const char *name)
{
    json_t *shares = json_object();
    const size_t n = lq_pick_len(b->frame, "exit_kind");
    bool any = false;
    for (size_t k = 0; k < n; k++) {
        const double share = lq_pick2(b->frame, group, name, i, k);
        any |= isfinite(share);
        lq_json_put(b, shares, lq_pick_label(b->frame, "exit_kind", k), lq_json_number(share));
    }
    if (any) return shares;
    json_decref(shares);
    return json_null();
}

static json_t *time_to_cash(lq_json *b, size_t i)
{
    json_t *time = json_object();
    const size_t half = lq_pick_nearest(b->frame, "quantile", 0.5);
    const lq_json_at at = {group, i};
    lq_json_put(b, time, "median",
                lq_json_number(lq_pick2(b->frame, group, "time_to_cash_quantiles", i, half)));
    lq_json_put(
        b, time, "median_se",
        lq_json_number(lq_pick2(b->frame, group, "time_to_cash_quantiles_se", i, half)));
    lq_json_put_quantiles(b, time, "quantiles", at, "time_to_cash_quantiles");
    lq_json_put_number(b, time, "never", at, "time_to_cash_never");
    return time;
}

/* What a letter states and its terms do not give, as the warning says it; null when all is
 * well. */
static json_t *stated_total(lq_json *b, size_t i)
{
    char key[160];
    const size_t n = lq_pick_len(b->frame, "warning");
    const char *letter = lq_pick_text(b->frame, group, "letter_id", i);
    snprintf(key, sizeof key, "offers.%.120s.stated_total", letter);
    for (size_t w = 0; w < n; w++) {
        if (strcmp(lq_pick_text(b->frame, "/warnings", "key", w), key) != 0) continue;
        json_t *check = json_object();
        lq_json_put(b, check, "text",
                    lq_json_string(lq_pick_text(b->frame, "/warnings", "text", w)));
        return check;
    }
    return json_null();
}

static json_t *worth(lq_json *b, size_t i)
{
    json_t *chosen = json_object();
    lq_json_put(b, chosen, "gamma",
                lq_json_number(lq_pick_scalar(b->frame, "/manifest", "risk_aversion")));
    lq_json_put(b, chosen, "value",
                lq_json_number(lq_pick(b->frame, group, "certainty_equivalent_chosen", i)));
    lq_json_put(b, chosen, "se",
                lq_json_number(lq_pick(b->frame, group, "certainty_equivalent_chosen_se", i)));
    return chosen;
}

static void put_scalars(lq_json *b, json_t *offer, size_t i)
{
    static const char *const estimates[] = {"p_equity_zero", "p_equity_below",
                                            "p_best",        "p_stuck",
                                            "cvar_05",       "unvested_at_horizon"};
    static const char *const numbers[] = {"var_05",
                                          "semideviation",
                                          "sortino",
                                          "headline_total",
                                          "headline_equity",
                                          "stuck_share",
                                          "stuck_share_of_equity",
                                          "ce_floored_share",
                                          "worlds_low",
                                          "worlds_high",
                                          "ignorance_sd",
                                          "chance_sd",
                                          "control_share"};
    const lq_json_at at = {group, i};
    for (size_t k = 0; k < sizeof estimates / sizeof *estimates; k++)
        lq_json_put_estimate(b, offer, at, estimates[k]);
    for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++)
        lq_json_put_number(b, offer, numbers[k], at, numbers[k]);
}

static json_t *one_offer(lq_json *b, size_t i)
{
    static const char *const texts[] = {"name", "letter_id", "role", "company", "currency"};
    static const char *const laws[] = {"total", "cash", "equity", "tax", "gross_equity"};
    const lq_json_at at = {group, i};
    json_t *offer = json_object();
    lq_json_put(b, offer, "id", json_string(lq_pick_label(b->frame, "offer", i)));
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
        lq_json_put_text(b, offer, texts[k], at, texts[k]);
    for (size_t k = 0; k < sizeof laws / sizeof *laws; k++)
        lq_json_put_law(b, offer, at, laws[k]);
    lq_json_put(b, offer, "by_year", by_year(b, i));
    lq_json_put(b, offer, "exit", exits(b, i, "exit_share"));
    lq_json_put(b, offer, "exit_se", exits(b, i, "exit_share_se"));
    lq_json_put(b, offer, "time_to_cash_years", time_to_cash(b, i));
    lq_json_put(b, offer, "certainty_equivalent",
                along(b, i, "gamma", "gamma", "certainty_equivalent"));
    lq_json_put(b, offer, "certainty_equivalent_chosen", worth(b, i));
    put_scalars(b, offer, i);
    lq_json_put(b, offer, "stated_total_check", stated_total(b, i));
    lq_json_put(b, offer, "bridge", along(b, i, "bridge_term", "term", "bridge"));
    return offer;
}

json_t *lq_json_offers(lq_json *b)
{
    json_t *offers = json_array();
    const size_t n = lq_pick_len(b->frame, "offer");
    for (size_t i = 0; i < n; i++)
        lq_json_append(b, offers, one_offer(b, i));
    return offers;
}

static json_t *one_pair(lq_json *b, size_t i)
{
    static const char *const estimates[] = {"p_a_beats_b", "p_tie",    "p_b_beats_a",
                                            "regret_a",    "regret_b", "ce_difference"};
    static const char *const parts[][2] = {{"mean", "difference_mean"},
                                           {"sd", "difference_sd"}};
    const lq_json_at at = {"/pairs", i};
    json_t *pair = json_object(), *difference = json_object();
    lq_json_put_text(b, pair, "a", at, "a");
    lq_json_put_text(b, pair, "b", at, "b");
    for (size_t k = 0; k < sizeof estimates / sizeof *estimates; k++)
        lq_json_put_estimate(b, pair, at, estimates[k]);
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
        lq_json_put_number(b, difference, parts[k][0], at, parts[k][1]);
    lq_json_put_quantiles(b, difference, "quantiles", at, "difference_quantiles");
    lq_json_put(b, pair, "difference", difference);
    lq_json_put_text(b, pair, "dominance", at, "dominance");
    lq_json_put_text(b, pair, "dominance_winner", at, "dominance_winner");
    lq_json_put_number(b, pair, "gamma_crossover", at, "gamma_crossover");
    lq_json_put_number(b, pair, "control_share", at, "control_share");
    lq_json_put_number(b, pair, "control_share_beats", at, "control_share_beats");
    return pair;
}

/* What `one` makes of each label of a scale. */
static json_t *of_each(lq_json *b, const char *scale, json_t *(*one)(lq_json *b, size_t i))
{
    json_t *all = json_array();
    const size_t n = lq_pick_len(b->frame, scale);
    for (size_t i = 0; i < n; i++)
        lq_json_append(b, all, one(b, i));
    return all;
}

json_t *lq_json_pairs(lq_json *b)
{
    return of_each(b, "pair", one_pair);
}

/* Rounds and tenders are those of private companies; null for a listed one. */
static json_t *one_company(lq_json *b, size_t i)
{
    static const char *const estimates[] = {"rounds_mean",      "down_round_share",
                                            "flat_round_share", "unpriced_rounds_mean",
                                            "tenders_mean",     "cut_share"};
    const lq_json_at at = {"/companies", i};
    json_t *company = json_object();
    lq_json_put(b, company, "id", json_string(lq_pick_label(b->frame, "company", i)));
    lq_json_put_text(b, company, "name", at, "name");
    lq_json_put_text(b, company, "listing", at, "listing");
    for (size_t k = 0; k < sizeof estimates / sizeof *estimates; k++)
        lq_json_put_estimate(b, company, at, estimates[k]);
    lq_json_put_number(b, company, "survival_growth", at, "survival_growth");
    lq_json_put_number(b, company, "all_in_growth", at, "all_in_growth");
    return company;
}

json_t *lq_json_companies(lq_json *b)
{
    return of_each(b, "company", one_company);
}
