#include "scenario/check_models.h"

#include "scenario/regimes.h"

#include <math.h>
#include <string.h>

static void complain(lq_resolver *r, const lq_node *node, const char *expected,
                     const char *found, const char *hint)
{
    lq_node_problem(node, r->reader.problems, expected, found, hint);
}

/* A key that another model needs and this one does not read. */
static void refuse_key(lq_resolver *r, const lq_node *group, const char *key, const char *model,
                       const char *is)
{
    const lq_node *node = lq_child(group, key);
    if (node)
        complain(r, node, lq_arena_printf(r->reader.arena, "model: %s, for this key", model),
                 lq_arena_printf(r->reader.arena, "model: %s", is), NULL);
}

/* A figure that the model works out. */
static void refuse_figure(lq_resolver *r, const lq_node *group, const char *key,
                          const char *says)
{
    const lq_node *node = lq_child(group, key);
    if (node)
        complain(r, node, lq_arena_printf(r->reader.arena, "no %s here", key),
                 node->kind == LQ_NODE_SCALAR ? node->text : "a figure", says);
}

/* ---- the market ---- */

static const lq_regime *nth(const lq_market *m, size_t i)
{
    return (const lq_regime *)m->regimes.items + i;
}

static const lq_node *regime_node(const lq_node *market, size_t i)
{
    const lq_node *list = lq_child(market, "regimes");
    const lq_node *node = list ? list->first : NULL;
    for (; node && i; i--)
        node = node->next;
    return node ? node : list ? list : market;
}

static bool check_row(lq_resolver *r, const lq_market *m, const lq_node *market, size_t i)
{
    const lq_node *row = lq_child(regime_node(market, i), "next");
    const lq_node *node = row ? row : regime_node(market, i);
    double sum = 0.0;
    if (nth(m, i)->next.len != m->regimes.len) {
        complain(r, node,
                 lq_arena_printf(r->reader.arena, "a chance of each of the %zu states",
                                 m->regimes.len),
                 lq_arena_printf(r->reader.arena, "%zu", nth(m, i)->next.len), NULL);
        return false;
    }
    for (size_t j = 0; j < m->regimes.len; j++)
        sum += lq_regime_next(nth(m, i), j);
    if (fabs(sum - 1.0) < 1e-9) return true;
    complain(r, node, "chances that sum to 100 %",
             lq_arena_printf(r->reader.arena, "%.10g %%", 100.0 * sum),
             "every month is followed by one in some state, the same or another");
    return false;
}

static bool check_start(lq_resolver *r, const lq_market *m, const lq_node *market)
{
    if (lq_regimes_start(m) < m->regimes.len || !m->starts_in) return true;
    complain(r, lq_child(market, "starts_in"), "the id of a regime", m->starts_in, NULL);
    return false;
}

static bool check_regimes(lq_resolver *r, const lq_market *m, const lq_node *market)
{
    double pi[LQ_MAX_REGIMES];
    bool fine = true;
    if (m->regimes.len < 2 || m->regimes.len > LQ_MAX_REGIMES) {
        complain(r, regime_node(market, 0), "two to eight regimes",
                 lq_arena_printf(r->reader.arena, "%zu", m->regimes.len), NULL);
        return false;
    }
    for (size_t i = 0; i < m->regimes.len; i++)
        fine = check_row(r, m, market, i) && fine;
    if (!check_start(r, m, market) || !fine) return false;
    if (lq_regimes_long_run(&m->regimes, pi)) return true;
    complain(r, lq_child(market, "regimes"), "states that can all be reached from one another",
             "a state that is never left, or never entered",
             "without that the months have no one long run");
    return false;
}

static void note(lq_resolver *r, const char *key, const char *text)
{
    const lq_warning row = {.key = key, .text = text};
    lq_list_push(r->reader.arena, &r->scenario->notes, &row, sizeof row);
}

static const char *percent(lq_resolver *r, double x)
{
    return lq_arena_printf(r->reader.arena, "%.3g %%", 100.0 * x);
}

static void note_regimes(lq_resolver *r, const lq_market *m)
{
    double pi[LQ_MAX_REGIMES];
    const char *text = "", *gap = "";
    lq_regimes_long_run(&m->regimes, pi);
    for (size_t i = 0; i < m->regimes.len; i++) {
        const lq_regime *s = nth(m, i);
        text = lq_arena_printf(
            r->reader.arena, "%s%s%s %s of months, %.3g months at a time, volatility %s", text,
            gap, s->id, percent(r, pi[i]), 1.0 / (1.0 - lq_regime_next(s, i)),
            percent(r, s->volatility.p[0]));
        gap = "; ";
    }
    note(r, "market.regimes",
         lq_arena_printf(r->reader.arena,
                         "the market's states: %s; together a volatility of %s; it starts in "
                         "%s",
                         text, percent(r, m->volatility.p[0]),
                         m->starts_in ? m->starts_in : "any, by those shares"));
    const double own = lq_regimes_premium(&m->regimes);
    const double meant = lq_value_mean(&m->equity_premium);
    if (fabs(own - meant) > 0.005)
        note(r, "market.equity_premium",
             lq_arena_printf(r->reader.arena,
                             "the states' premiums average %s a year, equity_premium is %s: "
                             "all are shifted by the difference",
                             percent(r, own), percent(r, meant)));
}

static void note_returns(lq_resolver *r, const lq_market *m)
{
    const int last = m->returns.first_month + (int)m->returns.n - 1;
    note(r, "market.returns",
         lq_arena_printf(
             r->reader.arena,
             "histories: %zu months, %04d-%02d to %04d-%02d, in blocks of %.3g on average; "
             "their volatility is theirs (market %s), their growth is what `growth`, the rate "
             "and equity_premium say",
             m->returns.n, m->returns.first_month / 12, m->returns.first_month % 12 + 1,
             last / 12, last % 12 + 1, 12.0 * m->block.p[0], percent(r, m->volatility.p[0])));
}

static void check_market_keys(lq_resolver *r, const lq_market *m, const lq_node *node)
{
    static const char *const names[] = {"gbm", "regime", "bootstrap"};
    const char *is = names[m->model];
    if (m->model != LQ_MARKET_REGIME) {
        refuse_key(r, node, "regimes", "regime", is);
        refuse_key(r, node, "starts_in", "regime", is);
    } else {
        refuse_figure(r, node, "volatility", "the regimes say it");
    }
    if (m->model != LQ_MARKET_BOOTSTRAP) {
        refuse_key(r, node, "returns", "bootstrap", is);
        refuse_key(r, node, "block", "bootstrap", is);
    } else {
        refuse_figure(r, node, "volatility", "the returns say it");
    }
    if (m->model != LQ_MARKET_GBM) refuse_key(r, node, "student_t", "gbm", is);
}

void lq_check_market(lq_resolver *r)
{
    const lq_market *m = &r->scenario->market;
    const lq_node *node = lq_child(r->root, "market");
    if (node) check_market_keys(r, m, node);
    if (!lq_is_sound(r, node)) return;
    if (m->model == LQ_MARKET_REGIME && check_regimes(r, m, node)) note_regimes(r, m);
    if (m->model != LQ_MARKET_BOOTSTRAP) return;
    if (m->returns.log_return)
        note_returns(r, m);
    else if (!m->returns.file && !m->returns.values.len)
        complain(r, node, "returns: {file: ..., column: ...}, the market's history",
                 "model: bootstrap without them", NULL);
}

/* ---- a company ---- */

static void check_jumps(lq_resolver *r, const lq_company *c, const lq_node *node)
{
    const lq_value *parts[] = {&c->jumps.rate, &c->jumps.mean, &c->jumps.sd};
    size_t given = 0;
    for (size_t i = 0; i < 3; i++)
        given += parts[i]->given;
    if (c->model == LQ_MODEL_MERTON && given < 3 && lq_is_sound(r, node))
        complain(r, node, "rate, mean and sd of the jumps", "model: merton without them",
                 "jumps: {rate: 0.5/y, mean: -3%, sd: 14%}");
    if (c->model == LQ_MODEL_MERTON && c->listing == 1 && c->floor.given && c->compensate == 1)
        complain(r, lq_child(node, "jumps") ? lq_child(node, "jumps") : node,
                 "compensate: no, or no floor: what a jump takes below it has no formula",
                 "jumps, a floor and compensate: yes", NULL);
}

static void check_keys(lq_resolver *r, const lq_company *c, const lq_node *node)
{
    const char *is = lq_model_names[c->model];
    if (c->model != LQ_MODEL_MERTON) refuse_key(r, node, "jumps", "merton", is);
    if (c->model != LQ_MODEL_HESTON) refuse_key(r, node, "heston", "heston", is);
    if (c->model != LQ_MODEL_GBM) refuse_key(r, node, "student_t", "gbm", is);
    if (c->model != LQ_MODEL_BOOTSTRAP) {
        refuse_key(r, node, "returns", "bootstrap", is);
        return;
    }
    refuse_figure(r, node, "volatility", "the returns say it");
    refuse_figure(r, node, "beta", "the returns say it");
    refuse_figure(r, node, "correlation", "the returns say it");
}

static double fx_correlation(const lq_scenario *s, const char *currency)
{
    const lq_fx *fx = s->market.fx.items;
    double low = 0.0, high = 0.0;
    for (size_t i = 0; i < s->market.fx.len; i++)
        if (strcmp(fx[i].currency, currency) == 0)
            lq_value_range(&fx[i].correlation, &low, &high);
    return fmax(fabs(low), fabs(high));
}

static void check_heston(lq_resolver *r, const lq_company *c, const lq_node *node)
{
    const lq_value *parts[] = {&c->heston.speed, &c->heston.vol_of_vol, &c->heston.correlation};
    const lq_node *group = lq_child(node, "heston") ? lq_child(node, "heston") : node;
    size_t given = 0;
    double low, high;
    for (size_t i = 0; i < 3; i++)
        given += parts[i]->given;
    if (given < 3)
        complain(r, group, "speed, vol_of_vol and correlation of the volatility",
                 "model: heston without them",
                 "heston: {speed: 3/y, vol_of_vol: 60%, correlation: -0.6}");
    if (r->scenario->market.model == LQ_MARKET_BOOTSTRAP)
        complain(r, node, "a market of model gbm or regime, with a company of model heston",
                 "model: bootstrap",
                 "its price has a Brownian motion that the market's is a part of: months of a "
                 "history have none");
    if (fx_correlation(r->scenario, c->currency) > 0.0)
        complain(r, node, "a currency that does not move with the market, with model heston",
                 c->currency, "what the two have in common changes with the volatility");
    lq_value_range(&c->volatility, &low, &high);
    if (c->volatility.given && !(low > 0.0))
        complain(r, node, "a volatility above 0, with model heston", "0 %", NULL);
}

/* 2 kappa theta < eps^2: the variance touches 0, which the scheme allows. */
static void note_heston(lq_resolver *r, const lq_company *c)
{
    const double sd = lq_value_mean(&c->volatility), eps = lq_value_mean(&c->heston.vol_of_vol);
    const double speed = lq_value_mean(&c->heston.speed);
    const bool touches = 2.0 * speed * sd * sd < eps * eps;
    note(r, lq_arena_printf(r->reader.arena, "companies.%s.heston", c->id),
         lq_arena_printf(
             r->reader.arena,
             "the volatility of %s starts at %s, comes back to %s with a half-life of %.2g "
             "years%s",
             c->name, percent(r, c->heston.start.given ? lq_value_mean(&c->heston.start) : sd),
             percent(r, sd), 0.69314718 / speed,
             touches ? ", and may touch 0 on the way (2 speed volatility^2 < vol_of_vol^2, the "
                       "Feller condition does not hold)"
                     : ""));
}

static void check_bootstrap(lq_resolver *r, const lq_company *c, const lq_node *node)
{
    if (r->scenario->market.model != LQ_MARKET_BOOTSTRAP)
        complain(r, node, "market: {model: bootstrap, returns: ...}, of the same months",
                 "another law of the market",
                 "a history says how a company moves with the market only beside the market's");
    else if (!c->returns.file && !c->returns.values.len)
        complain(r, node, "returns: {file: ..., column: ...}, the company's history",
                 "model: bootstrap without them", NULL);
}

/* The exact price of a floor is that of normal shocks. */
static void check_floor(lq_resolver *r, const lq_company *c, const lq_node *node)
{
    const lq_market *m = &r->scenario->market;
    const bool other = m->model != LQ_MARKET_GBM || m->student_t.given || c->student_t.given;
    const lq_node *watched =
        lq_child(lq_child(lq_child(node, "exits"), "failure"), "monitoring");
    const bool written = lq_child(node, "floor") ||
                         lq_child(lq_child(lq_child(node, "exits"), "failure"), "floor");
    if (c->floor_continuous && !c->floor.given && watched && !written)
        complain(r, watched, "a floor, for this key", "none", "floor: 25%");
    if (c->floor_continuous && c->floor.given && (other || c->model != LQ_MODEL_GBM))
        complain(r, watched ? watched : node,
                 "monitoring: monthly, where shocks are not normal", "continuous",
                 "what they do within a month has no formula");
    if (c->floor_continuous && c->floor.given && c->compensate == 1)
        complain(r, watched ? watched : node, "compensate: no, with monitoring: continuous",
                 "compensate: yes",
                 "a fall that is seen coming cannot be paid for by the growth before it");
    if (other && c->listing == 1 && c->floor.given && c->compensate == 1)
        complain(r, node, "compensate: no, or no floor, where shocks are not normal",
                 "a floor and compensate: yes",
                 "what such a shock takes below a floor has no formula");
}

void lq_check_model(lq_resolver *r, const lq_company *c, const lq_node *node)
{
    const bool listed_only = c->model == LQ_MODEL_HESTON || c->model == LQ_MODEL_REGIME ||
                             c->model == LQ_MODEL_BOOTSTRAP;
    check_keys(r, c, node);
    check_jumps(r, c, node);
    check_floor(r, c, node);
    if (!lq_is_sound(r, node)) return;
    if (listed_only && c->listing == 1) {
        complain(r, lq_child(node, "model") ? lq_child(node, "model") : node,
                 "gbm or merton, for a private company", lq_model_names[c->model], NULL);
        return;
    }
    if (c->model == LQ_MODEL_HESTON) check_heston(r, c, node);
    if (c->model == LQ_MODEL_HESTON && lq_problems_count(r->reader.problems) == 0)
        note_heston(r, c);
    if (c->model == LQ_MODEL_BOOTSTRAP) check_bootstrap(r, c, node);
    if (c->model == LQ_MODEL_BOOTSTRAP && c->returns.log_return)
        note(r, lq_arena_printf(r->reader.arena, "companies.%s.returns", c->id),
             lq_arena_printf(r->reader.arena,
                             "the history of %s has a volatility of %s and a beta of %.3g",
                             c->name, percent(r, c->volatility.p[0]), c->beta.p[0]));
    if (c->model == LQ_MODEL_REGIME && r->scenario->market.model != LQ_MARKET_REGIME)
        complain(r, lq_child(node, "model") ? lq_child(node, "model") : node,
                 "market: {model: regime, regimes: ...}, whose states it follows",
                 "another law of the market", NULL);
}
