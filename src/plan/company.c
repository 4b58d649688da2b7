#include "plan/laws.h"
#include "plan/paper.h"
#include "plan/probability.h"

#include "num/scalar.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static double number(const lq_builder *b, const lq_company *c, const lq_value *v,
                     const char *key)
{
    return lq_builder_number(b, v, "companies", c->id, key);
}

double lq_build_market_loading(const lq_builder *b, const lq_company *c, double volatility)
{
    if (c->correlation.given) return number(b, c, &c->correlation, "correlation") * volatility;
    if (c->beta.given) return number(b, c, &c->beta, "beta") * b->market_sd;
    return 0.0;
}

static lq_status refuse_jumps(const lq_company *c, double rest, double jumping, lq_error *err)
{
    char key[96], got[160];
    snprintf(key, sizeof key, "companies.%.60s.jumps", c->id);
    snprintf(got, sizeof got,
             "jumps with a volatility of %.4g where volatility and beta leave %.4g",
             sqrt(jumping), sqrt(rest));
    return LQ_FAIL(err, LQ_ECONFIG, .file = c->mark.file, .line = c->mark.line,
                   .column = c->mark.column, .key = key,
                   .expected = "a volatility (total, jumps included) beyond that of the jumps",
                   .got = got);
}

lq_status lq_build_loadings(const lq_builder *b, const lq_company *c, double volatility,
                            double market_loading_ann, lq_gbm_plan *out, lq_error *err)
{
    const lq_jump_law jumps = lq_build_jump_law(b, c);
    const double rest = volatility * volatility - market_loading_ann * market_loading_ann;
    const double jumping = jumps.rate * (jumps.mean * jumps.mean + jumps.sd * jumps.sd);
    if (rest < 0.0 || (market_loading_ann != 0.0 && rest == 0.0)) {
        char key[96], got[160];
        snprintf(key, sizeof key, "companies.%.60s.beta", c->id);
        snprintf(
            got, sizeof got,
            "correlation with the market %.3f (beta x market volatility / volatility %.3f)",
            volatility > 0.0 ? market_loading_ann / volatility : market_loading_ann,
            volatility);
        return LQ_FAIL(err, LQ_ECONFIG, .file = c->mark.file, .line = c->mark.line,
                       .column = c->mark.column, .key = key,
                       .expected = "a correlation with the market between -1 and 1",
                       .got = got);
    }
    if (jumping > 0.0 && jumping >= rest) return refuse_jumps(c, rest, jumping, err);
    const double root = sqrt(1.0 / 12.0) * LQ_LOG2_E;
    out->loading_market_log2 = market_loading_ann * root;
    out->loading_own_log2 = sqrt(rest - jumping) * root;
    return LQ_OK;
}

/* ---- private companies ---- */

/* With a factor on common there are no preferences beside it. */
static lq_status build_stack(const lq_paper *paper, const lq_opening_value *opening,
                             lq_stack_plan *out, lq_error *err)
{
    lq_claims claims = {.stack.common = opening->shares, .fully_diluted = opening->shares};
    if (!paper->company->common_factor.given) LQ_TRY(lq_paper_claims(paper, 0.0, &claims, err));
    out->opening = claims.stack;
    out->diluted = claims.fully_diluted;
    out->unissued = claims.unissued;
    return LQ_OK;
}

static lq_status build_opening(const lq_builder *b, const lq_company *c, lq_company_plan *out,
                               lq_error *err)
{
    const lq_paper paper = {b->scenario, c, b->options->world};
    lq_opening_value opening;
    LQ_TRY(lq_paper_opening(&paper, &opening, err));
    out->phi = c->rounds.phi.given ? number(b, c, &c->rounds.phi, "rounds.phi") : opening.phi;
    out->solves_phi = lq_paper_solves_phi(c);
    if (out->solves_phi) LQ_TRY(lq_paper_solve_phi(&paper, opening.value, &out->phi, err));
    out->start_price = opening.price;
    out->start_log2 = lq_log(opening.value) * LQ_LOG2_E;
    return build_stack(&paper, &opening, &out->stack, err);
}

/* R13: until it ends the company stands at its mean over close and break; what follows a break
 * is priced at its value. */
static void build_deal(const lq_builder *b, const lq_company *c, lq_company_plan *p)
{
    lq_deal_plan *d = &p->deal;
    if (!c->deal.price.given) return;
    const double price = number(b, c, &c->deal.price, "deal.price");
    d->is_open = true;
    d->stream = lq_stream_make(LQ_PURPOSE_DEAL, c->id);
    d->closes = lq_builder_draw(b, &c->deal.closes, "companies", c->id, "deal.closes");
    d->break_value =
        lq_builder_draw(b, &c->deal.break_value, "companies", c->id, "deal.break_value");
    d->break_probability = number(b, c, &c->deal.break_probability, "deal.break_probability");
    d->price_log2 = lq_log(price) * LQ_LOG2_E;
    for (size_t i = 0; c->deal.roll_into && i < b->scenario->companies.len; i++) {
        if (strcmp(lq_builder_company(b, i)->id, c->deal.roll_into) != 0) continue;
        d->rolls = true;
        d->acquirer = i;
        memset(b->observe_price[i], 1, b->plan->grid.horizon + 1);
    }
    p->start_log2 = lq_log((1.0 - d->break_probability) * price +
                           d->break_probability * d->break_value.mean) *
                    LQ_LOG2_E;
    const double issued = p->stack.diluted * number(b, c, &c->deal.issued, "deal.issued");
    p->stack.diluted += issued;
    p->stack.opening.common += issued;
    p->phi = 1.0;
}

static void build_terminal(const lq_builder *b, size_t i, lq_company_plan *out)
{
    const lq_company *c = lq_builder_company(b, i);
    double rate[LQ_EXIT_KINDS];
    lq_closed_form(b->scenario, c, b->options->world, rate);
    lq_keep_probabilities(b, c);
    const lq_calibration *cal = b->options->calibration;
    for (int k = 1; k < LQ_EXIT_KINDS && cal; k++)
        rate[k] *= cal->factor[i][k];
    out->ipo = lq_build_hazard(b, c, &c->ipo.hazard, rate[LQ_EXIT_IPO], "exits.ipo.rate");
    out->acquisition = lq_build_hazard(b, c, &c->acquisition.hazard, rate[LQ_EXIT_ACQUISITION],
                                       "exits.acquisition.rate");
    out->failure =
        lq_build_hazard(b, c, &c->failure.hazard, rate[LQ_EXIT_FAILURE], "exits.failure.rate");
    const lq_hazard_plan *all[3] = {&out->ipo, &out->acquisition, &out->failure};
    for (int k = 0; k < 3; k++) {
        out->path_hazards |= all[k]->value_exponent != 0.0 || all[k]->market_exponent != 0.0;
        for (size_t m = 1; m <= b->plan->grid.n_months && all[k]->value_exponent != 0.0; m++)
            out->is_lumped |= all[k]->mass[m] > 1.5 / 12.0 * all[k]->rate[m];
        out->uses_market_excess |= all[k]->market_exponent != 0.0;
    }
    out->ipo_discount =
        lq_builder_draw(b, &c->ipo.discount, "companies", c->id, "exits.ipo.discount");
    out->ipo_primary =
        lq_builder_draw(b, &c->ipo.primary, "companies", c->id, "exits.ipo.primary");
    out->premium = lq_builder_draw(b, &c->acquisition.premium, "companies", c->id,
                                   "exits.acquisition.premium");
    out->stack.opening.fees = number(b, c, &c->acquisition.fees, "exits.acquisition.fees");
    out->recovery = number(b, c, &c->failure.recovery, "exits.failure.recovery");
    out->direct_listing = number(b, c, &c->ipo.direct_listing, "exits.ipo.direct_listing");
    out->lockup_months = (size_t)lq_value_months(&c->lockup);
    out->compensate = c->compensate == 1;
}

/* R5 without path dependence: the month's expected multiple is a constant of the plan. */
static void compensate(const lq_builder *b, lq_company_plan *p, double *drift)
{
    if (!p->compensate || lq_company_compensates_by_path(p)) return;
    for (size_t k = 1; k <= b->plan->grid.n_months; k++) {
        const double total = p->ipo.mass[k] + p->acquisition.mass[k] + p->failure.mass[k];
        if (total <= 0.0) continue;
        const double any = (1.0 - lq_exp(-total)) / total;
        const double loss =
            p->failure.mass[k] * (1.0 - p->recovery) - p->acquisition.mass[k] * p->premium.mean;
        drift[k] -= lq_log(1.0 - any * loss) * LQ_LOG2_E;
    }
}

/* What a round's class has for each unit of money that it brings. */
static void build_terms(const lq_builder *b, const lq_company *c, lq_stack_plan *out)
{
    out->added = lq_paper_added(c, &out->opening);
    out->ranks_rise = c->rounds.terms.seniority == 1;
    out->pay_to_play = number(b, c, &c->rounds.pay_to_play, "rounds.pay_to_play");
}

static void build_events(const lq_builder *b, const lq_company *c, lq_company_plan *p)
{
    p->has_rounds = c->rounds.hazard.kind != LQ_HAZARD_NONE;
    p->has_tenders = c->tenders.hazard.kind != LQ_HAZARD_NONE;
    p->round = lq_build_hazard(b, c, &c->rounds.hazard, 1.0, "rounds.rate");
    p->tender = lq_build_hazard(b, c, &c->tenders.hazard, 1.0, "tenders.rate");
    p->uses_market_excess |=
        p->round.market_exponent != 0.0 || p->tender.market_exponent != 0.0;
    p->dilution =
        lq_builder_draw(b, &c->rounds.dilution, "companies", c->id, "rounds.dilution");
    p->has_dilution_if_down = c->rounds.dilution_if_down.given;
    p->dilution_if_down = lq_builder_draw(b, &c->rounds.dilution_if_down, "companies", c->id,
                                          "rounds.dilution_if_down");
    p->pool =
        lq_builder_draw(b, &c->rounds.pool_top_up, "companies", c->id, "rounds.pool_top_up");
    p->round_premium =
        lq_builder_draw(b, &c->rounds.premium, "companies", c->id, "rounds.premium");
    p->proceeds_retained = c->rounds.proceeds == 0;
    p->rounds_carry = lq_value_months(&c->rounds.hazard.every) == 1;
    p->tenders_carry = lq_value_months(&c->tenders.hazard.every) == 1;
    p->tender_discount =
        lq_builder_draw(b, &c->tenders.discount, "companies", c->id, "tenders.discount");
    p->tender_cap = lq_builder_draw(b, &c->tenders.cap, "companies", c->id, "tenders.cap");
    p->tender_proration =
        lq_builder_draw(b, &c->tenders.proration, "companies", c->id, "tenders.proration");
    p->tender_price = lq_build_basis(c->tenders.price);
}

static double floor_log2(const lq_builder *b, const lq_company *c, const lq_company_plan *p)
{
    if (!c->floor.given) return -(double)INFINITY;
    const double floor = number(b, c, &c->floor, "floor");
    const double level = lq_log(floor) * LQ_LOG2_E;
    return c->floor_is_money ? level : level + p->start_log2;
}

/* Who starts below its floor has failed already. A stress may send it there afterwards. */
static lq_status build_floor(const lq_builder *b, const lq_company *c, lq_company_plan *p,
                             lq_error *err)
{
    p->floor_log2 = floor_log2(b, c, p);
    p->floor_continuous = c->floor.given && c->floor_continuous == 1;
    if (p->floor_log2 < p->start_log2) return LQ_OK;
    char key[96], got[160];
    snprintf(key, sizeof key, "companies.%.60s.floor", c->id);
    snprintf(got, sizeof got, "a floor %.3g times as high",
             lq_exp((p->floor_log2 - p->start_log2) / LQ_LOG2_E));
    return LQ_FAIL(err, LQ_ECONFIG, .file = c->floor.mark.file, .line = c->floor.mark.line,
                   .column = c->floor.mark.column, .key = key,
                   .expected = "a floor below the opening value", .got = got);
}

/* Calibration needs no month after the last date of a probability (R4). */
static size_t pilot_months(const lq_company *c, size_t n_months)
{
    const lq_hazard *hazard[3] = {&c->ipo.hazard, &c->acquisition.hazard, &c->failure.hazard};
    double years = 0.0;
    for (int i = 0; i < 3; i++)
        if (hazard[i]->kind == LQ_HAZARD_PROBABILITY) years = fmax(years, hazard[i]->by_years);
    const size_t months = (size_t)rint(years * 12.0);
    return months < n_months ? months : n_months;
}

/* Once listed, what is a company's own moves and jumps in the proportions of before, scaled to
 * the volatility of then: jumps are in units of the own normal. */
static lq_status list_loadings(const lq_builder *b, const lq_company *c, double listed_sd,
                               const lq_gbm_plan *loads, lq_gbm_plan *listed, lq_error *err)
{
    lq_company plain = *c;
    const double sd = number(b, c, &c->volatility, "volatility");
    const double market = lq_build_market_loading(b, c, sd);
    plain.model = LQ_MODEL_GBM;
    LQ_TRY(lq_build_loadings(b, &plain, listed_sd, market, listed, err));
    if (c->model == LQ_MODEL_GBM) return LQ_OK;
    lq_gbm_plan whole;
    LQ_TRY(lq_build_loadings(b, &plain, sd, market, &whole, err));
    listed->loading_own_log2 *= loads->loading_own_log2 / whole.loading_own_log2;
    return LQ_OK;
}

static lq_jump_law scaled(const lq_jump_law *jumps, const lq_gbm_plan *from,
                          const lq_gbm_plan *to)
{
    if (jumps->rate <= 0.0) return *jumps;
    const double by = to->loading_own_log2 / from->loading_own_log2;
    return (lq_jump_law){jumps->rate, jumps->mean * by, jumps->sd * by};
}

/* The same shocks before and after an IPO, at the loadings of each. */
static void build_private_shocks(const lq_builder *b, size_t i, double *drift,
                                 double *listed_drift)
{
    const lq_company *c = lq_builder_company(b, i);
    const lq_company_plan *p = &b->plan->companies[i];
    const double loading = p->loading_market_log2 / LQ_LOG2_E;
    const double currency = lq_build_currency_loading(b, c);
    double excess;
    b->plan->own[i] = lq_build_own_law(b, c, p->loading_private_log2 / LQ_LOG2_E, &excess);
    b->plan->company_link[i] = lq_build_market_link(b, loading, currency);
    lq_build_law_drift(b, loading, currency, excess, drift);
    const double listed =
        lq_student_excess(&b->plan->own[i].student, p->loading_listed_log2 / LQ_LOG2_E);
    lq_build_law_drift(b, loading, currency, listed, listed_drift);
}

static lq_status build_private(const lq_builder *b, size_t i, lq_error *err)
{
    const lq_company *c = lq_builder_company(b, i);
    const size_t n = b->plan->grid.n_months;
    lq_company_plan *p = &b->plan->companies[i];
    const double sd = number(b, c, &c->volatility, "volatility");
    const double listed_sd = c->post_ipo_volatility.given
                                 ? number(b, c, &c->post_ipo_volatility, "post_ipo_volatility")
                                 : sd;
    const double market = lq_build_market_loading(b, c, sd);
    lq_gbm_plan loads, listed;
    LQ_TRY(lq_build_loadings(b, c, sd, market, &loads, err));
    LQ_TRY(list_loadings(b, c, listed_sd, &loads, &listed, err));
    p->loading_market_log2 = loads.loading_market_log2;
    p->loading_private_log2 = loads.loading_own_log2;
    p->loading_listed_log2 = listed.loading_own_log2;
    p->n_months = n;
    p->pilot_months = pilot_months(c, n);
    p->is_private = true;
    p->id = c->id;
    p->stream_own = lq_stream_make(LQ_PURPOSE_COMPANY, c->id);
    p->stream_terminal = lq_stream_make(LQ_PURPOSE_TERMINAL, c->id);
    p->stream_round = lq_stream_make(LQ_PURPOSE_ROUND, c->id);
    p->stream_tender = lq_stream_make(LQ_PURPOSE_TENDER, c->id);
    p->stream_floor = lq_stream_make(LQ_PURPOSE_FLOOR, c->id);
    p->stream_closing = lq_stream_make(LQ_PURPOSE_CLOSING, c->id);
    LQ_TRY(build_opening(b, c, p, err));
    build_deal(b, c, p);
    build_terminal(b, i, p);
    build_events(b, c, p);
    build_terms(b, c, &p->stack);
    lq_stack_plan_ready(&p->stack, p->has_rounds);
    p->path_hazards |= p->stack.has_veto;
    LQ_TRY(build_floor(b, c, p, err));
    if (!p->deal.is_open) p->start_log2 += lq_log(lq_stress_private(b)) * LQ_LOG2_E;
    const lq_jump_law jumps = lq_build_jump_law(b, c),
                      listed_jumps = scaled(&jumps, &loads, &listed);
    b->plan->jumps[i] = lq_build_jumps(b, c, p->loading_private_log2);
    double *drift = lq_build_drift(b, c, lq_build_ito(sd, &jumps), market, 0.0);
    if (drift) compensate(b, p, drift);
    p->growth = lq_build_mean_growth(drift, n, lq_build_ito(sd, &jumps));
    p->drift_private_log2 = drift;
    double *listed_drift = lq_build_drift(b, c, lq_build_ito(listed_sd, &listed_jumps), market,
                                          number(b, c, &c->dividend_yield, "dividend_yield"));
    p->drift_listed_log2 = listed_drift;
    build_private_shocks(b, i, drift, listed_drift);
    p->volatility = sd;
    p->rate = lq_builder_forward(b, lq_builder_fx(b, c->currency), n ? 1 : 0) * 12.0;
    p->rate_log2_month = p->rate / 12.0 * LQ_LOG2_E;
    p->residual = c->residual.method == LQ_RESIDUAL_OPM    ? 0
                  : c->residual.method == LQ_RESIDUAL_FAIR ? 1
                  : c->residual.method == LQ_RESIDUAL_SALE ? 3
                                                           : 2;
    p->residual_keep = 1.0 - number(b, c, &c->residual.dlom, "residual.dlom");
    p->observe_price = b->observe_price[i];
    p->observe_preferred = b->observe_preferred[i];
    p->observe_fair = b->observe_fair[i];
    memset(b->observe_price[i], 1, n + 1);
    return LQ_OK;
}

/* ---- names ---- */

static lq_status check_hashes(const lq_builder *b, lq_error *err)
{
    const size_t n = b->scenario->companies.len;
    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++) {
            const char *a = lq_builder_company(b, i)->id, *c = lq_builder_company(b, j)->id;
            if (lq_name_hash24(a) != lq_name_hash24(c)) continue;
            const lq_mark mark = lq_builder_company(b, j)->mark;
            return LQ_FAIL(err, LQ_ECONFIG, .file = mark.file, .line = mark.line,
                           .column = mark.column, .key = c,
                           .expected = "ids whose 24-bit hashes differ (rename one)", .got = a);
        }
    return LQ_OK;
}

static unsigned char **flags(const lq_builder *b)
{
    const size_t n = b->scenario->companies.len;
    unsigned char **rows = lq_arena_calloc(b->arena, n + 1, sizeof *rows);
    for (size_t i = 0; rows && i < n; i++)
        rows[i] = lq_arena_calloc(b->arena, b->plan->grid.n_months + 1, 1);
    return rows;
}

lq_status lq_build_companies(lq_builder *b, lq_error *err)
{
    lq_plan *plan = b->plan;
    const size_t n = b->scenario->companies.len;
    plan->n_companies = n;
    plan->companies = lq_arena_calloc(b->arena, n + 1, sizeof *plan->companies);
    plan->listed = lq_arena_calloc(b->arena, n + 1, sizeof *plan->listed);
    plan->jumps = lq_arena_calloc(b->arena, n + 1, sizeof *plan->jumps);
    plan->own = lq_arena_calloc(b->arena, n + 1, sizeof *plan->own);
    plan->company_link = lq_arena_calloc(b->arena, n + 1, sizeof *plan->company_link);
    b->observe_price = flags(b);
    b->observe_preferred = flags(b);
    b->observe_fair = flags(b);
    b->observe_appraised = flags(b);
    if (lq_arena_failed(b->arena)) return LQ_FAIL(err, LQ_ENOMEM, .key = "companies");
    LQ_TRY(check_hashes(b, err));
    for (size_t i = 0; i < n; i++) {
        plan->companies[i].id = lq_builder_company(b, i)->id;
        LQ_TRY(lq_builder_company(b, i)->listing == 1 ? build_private(b, i, err)
                                                      : lq_build_listed(b, i, err));
    }
    return LQ_OK;
}
