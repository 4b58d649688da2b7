#include "scenario/check_models.h"

#include <math.h>
#include <string.h>

/* The user's node of a company, for the place of a message; the root when there is none. */
static const lq_node *node_of(const lq_resolver *r, const lq_company *c)
{
    const lq_node *node = lq_child(lq_child(r->root, "companies"), c->id);
    const lq_node *offers = lq_child(r->root, "offers");
    for (const lq_node *o = offers ? offers->first : NULL; o && !node; o = o->next) {
        const lq_node *id = lq_child(o, "id"), *employer = lq_child(o, "company");
        const lq_node *name = employer && employer->kind == LQ_NODE_SCALAR ? employer : id;
        if (name && name->text && strcmp(name->text, c->id) == 0) node = employer;
    }
    return node ? node : r->root;
}

static void complain(lq_resolver *r, const lq_node *node, const char *expected,
                     const char *found, const char *hint)
{
    lq_node_problem(node, r->reader.problems, expected, found, hint);
}

static double high_of(const lq_value *value)
{
    double low, high;
    lq_value_range(value, &low, &high);
    return high;
}

static void check_exits(lq_resolver *r, const lq_company *c, const lq_node *node)
{
    const lq_hazard *hazards[] = {&c->ipo.hazard, &c->acquisition.hazard, &c->failure.hazard};
    double sum = 0.0;
    for (size_t i = 0; i < 3; i++)
        if (hazards[i]->kind == LQ_HAZARD_PROBABILITY) sum += high_of(&hazards[i]->probability);
    if (sum < 1.0) return;
    const lq_node *exits = lq_child(node, "exits");
    complain(r, exits ? exits : node, "exit probabilities that sum to less than 100 %",
             lq_arena_printf(r->reader.arena, "%.4g %%", 100.0 * sum),
             "where one is uncertain, its high end counts");
}

static void check_every(lq_resolver *r, const lq_company *c, const lq_node *node)
{
    const lq_hazard *hazards[] = {&c->ipo.hazard, &c->acquisition.hazard, &c->failure.hazard,
                                  &c->rounds.hazard, &c->tenders.hazard};
    for (size_t i = 0; i < sizeof hazards / sizeof hazards[0]; i++) {
        const double months = 12.0 * hazards[i]->every.p[0];
        if (fabs(months - 1.0) < 1e-6 || fabs(months - 12.0) < 1e-6) continue;
        complain(r, node, "every: 1mo or every: 12mo", "another interval", NULL);
        return;
    }
}

static void check_months(lq_resolver *r, const lq_company *c, const lq_node *node)
{
    const struct {
        const lq_value *value;
        const char *name;
    } durations[] = {{&c->lockup, "lockup"}, {&c->tenders.min_tenure, "tenders.min_tenure"}};
    for (size_t i = 0; i < 2; i++) {
        const double months = 12.0 * durations[i].value->p[0];
        if (fabs(months - round(months)) < 1e-6) continue;
        complain(
            r, node, "whole months",
            lq_arena_printf(r->reader.arena, "%s of %.4g months", durations[i].name, months),
            NULL);
    }
}

/* Of figures that fail together the one that --set or a stress changed, or the company. */
static const lq_node *changed_one(const lq_resolver *r, const lq_node *node, const char *figure)
{
    const lq_node *candidates[] = {lq_child(node, "beta"), lq_child(node, figure),
                                   lq_child(lq_child(r->root, "market"), "volatility")};
    for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++)
        if (candidates[i] && candidates[i]->changed_by) return candidates[i];
    return node;
}

/* R11: rho = beta sigma_M / sigma, now and after an IPO, at the worst corner of what is
 * uncertain. */
static void check_rho(lq_resolver *r, const lq_company *c, const lq_node *node)
{
    const lq_value *sigmas[] = {&c->volatility, &c->post_ipo_volatility};
    const size_t n = c->listing == 1 ? 2 : 1;
    double low, high, beta_low, beta_high;
    if (!c->beta.given || c->model == LQ_MODEL_BOOTSTRAP) return;
    lq_value_range(&c->beta, &beta_low, &beta_high);
    const double beta = fmax(fabs(beta_low), fabs(beta_high));
    const double market = high_of(&r->scenario->market.volatility);
    for (size_t i = 0; i < n; i++) {
        lq_value_range(sigmas[i], &low, &high);
        if (!sigmas[i]->given) continue;
        if ((low <= 0.0 && beta == 0.0) || beta * market < low) continue;
        complain(r, changed_one(r, node, i == 0 ? "volatility" : "post_ipo_volatility"),
                 "a correlation with the market between -1 and 1",
                 lq_arena_printf(r->reader.arena,
                                 "beta x market volatility / volatility = %.3g x %.3g / %.3g",
                                 beta, market, low),
                 i == 0 ? "lower beta, or raise the volatility"
                        : "this is post_ipo_volatility: raise it");
    }
}

static void check_conflicts(lq_resolver *r, const lq_company *c, const lq_node *node)
{
    if (c->beta.given && c->correlation.given)
        complain(r, node, "beta or correlation", "both", NULL);
    if (c->common_factor.given && c->preferences.len)
        complain(r, node, "common_factor or preferences",
                 "both: seniority would be charged twice", NULL);
    if (lq_child(node, "alpha") && c->growth.given &&
        !(lq_value_is_constant(&c->alpha) && c->alpha.p[0] == 0.0))
        complain(r, node, "alpha or growth", "both", "alpha adds to the default growth");
    if (lq_child(node, "post_money") && lq_child(lq_child(node, "last_round"), "post_money"))
        complain(r, node, "post_money once", "here and in last_round", NULL);
    if (lq_child(node, "floor") &&
        lq_child(lq_child(lq_child(node, "exits"), "failure"), "floor"))
        complain(r, lq_child(node, "floor"), "floor once", "here and in exits.failure", NULL);
}

/* What the user wrote of the opening value and nothing reads. */
static void warn_unused_opening(lq_resolver *r, const lq_company *c, const lq_node *node)
{
    static const char *const methods[] = {"fair_value", "face", "haircut", "backsolve"};
    static const struct {
        const char *key, *said;
        int method;
    } keys[] = {{"haircut", "haircut on the opening value", LQ_OPENING_HAIRCUT},
                {"fair_value", "fair_value", LQ_OPENING_FAIR_VALUE},
                {"series", "series of the opening value", LQ_OPENING_BACKSOLVE},
                {"price", "price of the opening value", LQ_OPENING_BACKSOLVE},
                {"term", "term of the opening value", LQ_OPENING_BACKSOLVE}};
    const lq_node *opening = lq_child(node, "opening_value");
    const int method = c->opening_value.method;
    const char *by = lq_arena_printf(r->reader.arena, "its method is %s", methods[method]);
    if (c->common_factor.given) by = "common_factor says what a share is worth";
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const lq_node *written = lq_child(opening, keys[i].key);
        if (!written || (method == keys[i].method && !c->common_factor.given)) continue;
        lq_scenario_warn(r->scenario, written->mark,
                         lq_arena_printf(r->reader.arena, "companies.%s.opening_value.%s",
                                         c->id, keys[i].key),
                         "the %s of %s is not used: %s", keys[i].said, c->name, by);
    }
}

static void check_currency(lq_resolver *r, const lq_company *c, const lq_node *node)
{
    const lq_value *money[] = {&c->price,
                               &c->last_round.post_money,
                               &c->last_round.price,
                               &c->opening_value.fair_value,
                               &c->deal.price,
                               &c->deal.break_value};
    if (lq_market_spot(r->scenario, c->currency) <= 0.0) {
        complain(r, node, "a currency that the market knows", c->currency,
                 lq_fx_hint(r, c->currency));
        return;
    }
    for (size_t i = 0; i < sizeof money / sizeof money[0]; i++)
        if (money[i]->given && strcmp(money[i]->currency, c->currency) != 0) {
            complain(r, node,
                     lq_arena_printf(r->reader.arena, "money in the company's %s", c->currency),
                     money[i]->currency, NULL);
            return;
        }
}

static void check_listed(lq_resolver *r, const lq_company *c, const lq_node *node)
{
    static const char *const keys[] = {
        "exits",         "rounds",    "tenders", "preferences", "common_factor", "last_round",
        "opening_value", "cap_table", "deal",    "secondary",   "appraisal"};
    for (size_t i = 0; c->listing == 0 && i < sizeof keys / sizeof keys[0]; i++)
        if (lq_child(node, keys[i]))
            complain(r, lq_child(node, keys[i]), "listing: private, for this key",
                     "a public company", NULL);
}

/* The old shares are what the new ones and the pool leave of all. */
static void check_dilution(lq_resolver *r, const lq_company *c, const lq_node *node)
{
    const double most = 0.999, left = 0.05;
    const double up = lq_value_quantile(&c->rounds.dilution, most);
    const double down = c->rounds.dilution_if_down.given
                            ? lq_value_quantile(&c->rounds.dilution_if_down, most)
                            : up;
    const double pool = lq_value_quantile(&c->rounds.pool_top_up, most);
    const double taken = (up > down ? up : down) + pool;
    if (taken <= 1.0 - left) return;
    complain(r, lq_child(node, "rounds"), "dilution and pool_top_up of at most 95 % together",
             lq_arena_printf(r->reader.arena, "up to %.4g %%", 100.0 * taken),
             "both are parts of all shares after the round");
}

static void check_company(lq_resolver *r, const lq_company *c)
{
    const lq_node *node = node_of(r, c);
    check_conflicts(r, c, node);
    check_currency(r, c, node);
    check_rho(r, c, node);
    lq_check_model(r, c, node);
    lq_check_sector(r, c, node);
    check_listed(r, c, node);
    if (c->listing == 0) return;
    warn_unused_opening(r, c, node);
    lq_check_deal(r, c, node);
    lq_check_sales(r, c, node);
    lq_check_cap_table(r, c, node);
    if (lq_child(node, "rounds")) check_dilution(r, c, node);
    check_exits(r, c, node);
    check_every(r, c, node);
    check_months(r, c, node);
}

static const lq_company *find_company(const lq_scenario *s, const char *id)
{
    const lq_company *companies = s->companies.items;
    for (size_t i = 0; i < s->companies.len; i++)
        if (strcmp(companies[i].id, id) == 0) return &companies[i];
    return NULL;
}

static bool same_pair(const lq_pair_correlation *x, const lq_pair_correlation *y)
{
    return (strcmp(x->a, y->a) == 0 && strcmp(x->b, y->b) == 0) ||
           (strcmp(x->a, y->b) == 0 && strcmp(x->b, y->a) == 0);
}

static bool has_pair(const lq_list *list, const lq_pair_correlation *pair)
{
    const lq_pair_correlation *rows = list->items;
    for (size_t i = 0; i < list->len; i++)
        if (same_pair(&rows[i], pair)) return true;
    return false;
}

/* The one of a pair that a history moves, or NULL. */
static const lq_company *follower(const lq_scenario *s, const char *const ids[2])
{
    for (int i = 0; i < 2; i++) {
        const lq_company *c = find_company(s, ids[i]);
        if (c && c->model == LQ_MODEL_BOOTSTRAP) return c;
    }
    return NULL;
}

/* Keeps the rows whose companies take part; the user's ids must at least exist. A sector is the
 * user's word over the pack's. */
static void keep_pairs(lq_resolver *r, const lq_list *from, bool users, lq_list *to)
{
    const lq_scenario *s = r->scenario;
    const lq_node *named = lq_child(r->root, "companies");
    const lq_pair_correlation *rows = from->items;
    const lq_node *list = lq_child(lq_child(r->root, "market"), "correlations");
    const lq_node *node = users && list ? list->first : NULL;
    for (size_t i = 0; i < from->len; i++, node = node ? node->next : NULL) {
        const char *ids[] = {rows[i].a, rows[i].b};
        bool here = true;
        for (int j = 0; j < 2; j++) {
            const bool known = ids[j] && find_company(s, ids[j]);
            if (!known && node && !(ids[j] && lq_child(named, ids[j])))
                complain(r, node, "two companies of this file", ids[j] ? ids[j] : "none", NULL);
            here = here && known;
        }
        if (here && strcmp(ids[0], ids[1]) == 0 && node)
            complain(r, node, "two different companies", ids[0], NULL);
        const lq_company *follows = here ? follower(s, ids) : NULL;
        if (follows && node)
            complain(
                r, node, "two companies with shocks of their own",
                lq_arena_printf(r->reader.arena, "%s, which follows its history", follows->id),
                "histories of the same months correlate as they did");
        const bool told = here && !users &&
                          lq_shares_sector(find_company(s, ids[0]), find_company(s, ids[1]));
        if (follows || told) continue;
        if (here && has_pair(to, &rows[i])) {
            if (node) complain(r, node, "each pair once", "a pair that stands above", NULL);
            continue;
        }
        if (here) lq_list_push(r->reader.arena, to, &rows[i], sizeof rows[i]);
    }
}

static void settle_correlations(lq_resolver *r)
{
    lq_market *market = &r->scenario->market;
    const lq_list *pack = &r->market_pack->market.correlations;
    const bool users = market->correlations.items != pack->items;
    lq_list kept = {0};
    if (users) keep_pairs(r, &market->correlations, true, &kept);
    keep_pairs(r, pack, false, &kept);
    market->correlations = kept;
}

/* A number of paths that nobody wrote gives way to the maximum. */
static void check_tolerance(lq_resolver *r)
{
    lq_simulation *s = &r->scenario->simulation;
    const lq_node *group = lq_child(r->root, "simulation");
    const lq_node *money = lq_child(group, "tolerance_money");
    if (!s->tolerance.given && !s->tolerance_money.given) return;
    if (s->tolerance.given && s->tolerance_money.given)
        complain(r, money, "tolerance or tolerance_money", "both", NULL);
    if (s->tolerance_of == LQ_TOLERANCE_OF_CHANCE && s->tolerance_money.given)
        complain(r, money, "a tolerance such as 0.1%", "money, for a probability", NULL);
    if (s->tolerance_of == LQ_TOLERANCE_OF_CHANCE &&
        lq_is_sound(r, lq_child(r->root, "offers")) && r->scenario->offers.len < 2)
        complain(r, lq_child(group, "tolerance_of"), "two offers", "one, which beats nothing",
                 NULL);
    if (!lq_child(group, "paths")) s->paths.p[0] = fmin(s->paths.p[0], s->max_paths.p[0]);
    if (s->max_paths.p[0] < s->paths.p[0]) {
        const lq_node *node = lq_child(group, "max_paths");
        complain(r, node ? node : r->root, "max_paths >= paths", "fewer",
                 "paths is where growing to the tolerance begins");
    }
}

/* Sobol points are balanced already: mirrors would take the balance away, and coefficients that
 * serve random paths can widen the errors of points (Hickernell, Lemieux and Owen 2005). */
static void check_sampling(lq_resolver *r)
{
    const lq_simulation *s = &r->scenario->simulation;
    const lq_node *group = lq_child(r->root, "simulation");
    const struct {
        bool wanted;
        const char *key, *hint;
    } keys[] = {
        {s->antithetic, "antithetic", "Sobol points are balanced without mirrors: choose one"},
        {s->controls, "controls", "Sobol points leave regression little to gain: choose one"}};
    for (size_t i = 0; s->sampling == LQ_SAMPLING_SOBOL && i < 2; i++) {
        const lq_node *node = lq_child(group, keys[i].key);
        if (keys[i].wanted)
            complain(r, node ? node : r->root, "sampling: random, for this key",
                     "sampling: sobol", keys[i].hint);
    }
}

static void check_simulation(lq_resolver *r)
{
    const lq_simulation *s = &r->scenario->simulation;
    const lq_node *group = lq_child(r->root, "simulation");
    const lq_value *durations[] = {&s->horizon, &s->liquidity_horizon};
    const char *const names[] = {"horizon", "liquidity_horizon"};
    for (int i = 0; i < 2; i++) {
        const double months = 12.0 * durations[i]->p[0];
        const lq_node *node = lq_child(group, names[i]);
        if (node && fabs(months - round(months)) > 1e-6)
            complain(r, node, "whole months", node->text, NULL);
    }
    if (s->liquidity_horizon.p[0] >= s->horizon.p[0]) return;
    const lq_node *node = lq_child(group, "liquidity_horizon");
    if (!node) node = lq_child(group, "horizon");
    complain(r, node ? node : r->root, "horizon <= liquidity_horizon", "a horizon beyond it",
             NULL);
}

static void check_baseline(lq_resolver *r)
{
    const lq_scenario *s = r->scenario;
    const lq_offer *offers = s->offers.items;
    const char *id = s->decide.baseline;
    if (!id || !lq_is_sound(r, lq_child(r->root, "offers"))) return;
    for (size_t i = 0; i < s->offers.len; i++)
        if (strcmp(offers[i].id, id) == 0) return;
    const char **ids = lq_arena_calloc(r->reader.arena, s->offers.len + 1, sizeof *ids);
    for (size_t i = 0; ids && i < s->offers.len; i++)
        ids[i] = offers[i].id;
    const char *near = ids ? lq_suggest(id, ids, s->offers.len) : NULL;
    complain(r, lq_child(lq_child(r->root, "decide"), "baseline"), "the id of an offer", id,
             near ? lq_arena_printf(r->reader.arena, "did you mean %s?", near) : NULL);
}

lq_status lq_scenario_check(lq_resolver *r, lq_error *err)
{
    lq_scenario *s = r->scenario;
    const lq_company *companies = s->companies.items;
    check_simulation(r);
    check_tolerance(r);
    check_sampling(r);
    lq_check_market(r);
    for (size_t i = 0; i < s->companies.len; i++)
        check_company(r, &companies[i]);
    settle_correlations(r);
    lq_note_sectors(r);
    check_baseline(r);
    if (s->offers.len == 0 && !r->companies_only && r->clean &&
        lq_problems_count(r->reader.problems) == 0)
        complain(r, lq_child(r->root, "offers"), "at least one offer", "none", NULL);
    return lq_scenario_warnings(r, err);
}
