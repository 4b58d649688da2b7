#include "company/common.h"
#include "company/life.h"
#include "rng/draws.h"

#include <math.h>
#include <string.h>

typedef const lq_company_plan plan_t;
typedef lq_company_state state_t;

/* ---- when ---- */

static void fill_ordinal(lq_clock *clock, const lq_block_address *at, uint32_t stream, size_t n)
{
    lq_words words;
    LQ_KERNEL(lq_draws_words)(at, stream, (uint32_t)n, &words);
    clock->n_filled = n + 1;
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++)
        clock->draws[n][0][l] = lq_words_exponential(&words, 0, l);
    if (!clock->has_terms) return;
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++) {
        clock->draws[n][1][l] = lq_words_uniform(&words, 1, l);
        clock->draws[n][2][l] = lq_words_uniform(&words, 2, l);
    }
    for (int l = 0; clock->has_third && l < LQ_LANES; l++)
        clock->draws[n][3][l] = lq_words_uniform(&words, 3, l);
}

static void start_clock(lq_clock *clock, const lq_block_address *at, uint32_t stream)
{
    fill_ordinal(clock, at, stream, 0);
    memset(clock->mass, 0, sizeof clock->mass);
    memset(clock->ordinal, 0, sizeof clock->ordinal);
    memcpy(clock->threshold, clock->draws[0][0], sizeof clock->threshold);
}

/* The next event of a lane has a threshold of its own. With `carry` what this month's mass had
 * left over counts towards it, so that events arrive at the rate of the intensity; a second one
 * within a month falls into the next. */
static void next_ordinal(lq_clock *clock, const lq_block_address *at, uint32_t stream, size_t l,
                         bool carry)
{
    const size_t n = ++clock->ordinal[l];
    clock->mass[l] = carry ? clock->mass[l] - clock->threshold[l] : 0.0;
    while (clock->n_filled <= n)
        fill_ordinal(clock, at, stream, clock->n_filled);
    clock->threshold[l] = clock->draws[n][0][l];
}

/* Whether the event is one more than a path may have: it is left out, and the path marked. */
static bool is_cut(lq_clock *clock, lq_company_world *w, size_t l)
{
    if (clock->ordinal[l] < LQ_MAX_ROUNDS) return false;
    clock->threshold[l] = (double)INFINITY;
    w->cut[l] = 1.0;
    return true;
}

/* Whether a round reads uniforms of its own. */
static bool rounds_vary(plan_t *plan)
{
    return lq_draw_varies(&plan->dilution) || lq_draw_varies(&plan->pool) ||
           lq_draw_varies(&plan->round_premium) ||
           (plan->has_dilution_if_down && lq_draw_varies(&plan->dilution_if_down));
}

void LQ_KERNEL(lq_rounds_start)(plan_t *plan, const lq_block_address *at, state_t *s)
{
    s->rounds.has_terms = rounds_vary(plan);
    s->rounds.has_third = lq_draw_varies(&plan->round_premium);
    s->tenders.has_terms = true;
    s->tenders.has_third = lq_draw_varies(&plan->tender_proration);
    if (plan->has_rounds) start_clock(&s->rounds, at, plan->stream_round);
    if (plan->has_tenders) start_clock(&s->tenders, at, plan->stream_tender);
}

/* ---- rounds and tenders ---- */

/* Rounding: a price this near the last one is not below it. A round is counted as flat within
 * FLAT of the last price. */
static const double SAME = 1e-9, FLAT = 0.01;

/* What a round reads and makes of some lanes, one after the other. */
typedef struct deal {
    LQ_LANE_ARRAY(value);
    LQ_LANE_ARRAY(phi);
    LQ_LANE_ARRAY(phi_if_down);
    LQ_LANE_ARRAY(shares);
    LQ_LANE_ARRAY(last);
    LQ_LANE_ARRAY(dilution);
    LQ_LANE_ARRAY(lower); /* dilution of a down round */
    LQ_LANE_ARRAY(pool);
    LQ_LANE_ARRAY(premium);
    LQ_LANE_ARRAY(after);
    LQ_LANE_ARRAY(price);
    LQ_LANE_ARRAY(down); /* a share is worth less than the last round paid, by however little */
    LQ_LANE_ARRAY(counts_down);
    LQ_LANE_ARRAY(counts_flat);
    LQ_LANE_ARRAY(raised);
    LQ_LANE_ARRAY(issued);
} deal;

static void gather_deals(plan_t *plan, const state_t *s, const lq_lane_list *hits, deal *d)
{
    LQ_LANE_ARRAY(u);
    LQ_LANE_ARRAY(v);
    LQ_LANE_ARRAY(w);
    for (size_t i = 0; s->rounds.has_terms && i < hits->n_padded; i++) {
        const size_t l = hits->lane[i], n = s->rounds.ordinal[l];
        u[i] = s->rounds.draws[n][1][l];
        v[i] = s->rounds.draws[n][2][l];
        w[i] = s->rounds.draws[n][3][l];
    }
    lq_lanes_gather(hits, s->x, d->value);
    lq_lanes_gather(hits, s->shares, d->shares);
    lq_lanes_gather(hits, s->last_price, d->last);
    lq_draw_fill(&plan->dilution, u, hits->n_padded, d->dilution);
    lq_draw_fill(plan->has_dilution_if_down ? &plan->dilution_if_down : &plan->dilution, u,
                 hits->n_padded, d->lower);
    lq_draw_fill(&plan->pool, v, hits->n_padded, d->pool);
    lq_draw_fill(&plan->round_premium, w, hits->n_padded, d->premium);
#pragma omp simd
    for (size_t i = 0; i < hits->n_padded; i++) {
        d->value[i] = lq_lane_exp2(d->value[i]);
        d->phi[i] = d->phi_if_down[i] = plan->phi;
    }
}

/* R7: P = phi (1 + premium) V / N_pre, N_pre with the pool top-up, as it is asked for first. */
LQ_INLINE double asked(const deal *d, size_t i)
{
    const double high = d->shares[i] / (1.0 - d->dilution[i] - d->pool[i]);
    const double priced = d->phi[i] * (1.0 + d->premium[i]) * d->value[i];
    return priced / (d->shares[i] + d->pool[i] * high);
}

/* A round is down when a share was worth less before it than the last round paid. */
LQ_INLINE bool is_down(double price, const deal *d, size_t i)
{
    return price < d->last[i] * (1.0 - SAME);
}

/* Shares that what the company is worth is divided by. Money that does not add to the value is
 * in it already: V is the post-money then. */
LQ_INLINE double base_of(plan_t *plan, const deal *d, size_t i, double after)
{
    return plan->proceeds_retained ? d->shares[i] + d->pool[i] * after : after;
}

/* ---- phi: solve ---- */

/* A round without new shares is priced as one of a thousandth of them. */
static const double LEAST_DILUTION = 1e-3;

static double solved_phi(plan_t *plan, const lq_path *path, const lq_laws *laws, const deal *d,
                         size_t i, bool down)
{
    const lq_path_law law = lq_law_of(laws, i);
    const double drawn = down ? d->lower[i] : d->dilution[i];
    const double dilution = drawn > LEAST_DILUTION ? drawn : LEAST_DILUTION;
    const double after = d->shares[i] / (1.0 - dilution - d->pool[i]);
    const lq_new_round round = {.issued = dilution * after,
                                .pool = d->pool[i] * after,
                                .base = base_of(plan, d, i, after),
                                .years = laws->years[i],
                                .retained = plan->proceeds_retained,
                                .is_down = down};
    return LQ_KERNEL(lq_path_phi)(&plan->stack, path, &law, &round);
}

/* A down round may sell another part, and turn some of the earlier preferred into common: a
 * price of its own then. */
static void solve_deals(plan_t *plan, size_t k, const state_t *s, const lq_company_world *w,
                        const lq_lane_list *hits, deal *d)
{
    const bool differs = plan->has_dilution_if_down || plan->stack.pay_to_play > 0.0;
    LQ_LANE_ARRAY(month);
    lq_lanes_set(month, (double)k);
    const lq_common_day today = lq_common_today(s, w, month);
    lq_laws laws;
    LQ_KERNEL(lq_common_laws)(plan, &today, hits, &laws);
    for (size_t i = 0; i < hits->n; i++) {
        const size_t l = hits->lane[i];
        const lq_path path = {s->log, l, (size_t)w->n_rounds[l],
                              (double)k + 12.0 * laws.years[i]};
        d->phi[i] = d->phi_if_down[i] = solved_phi(plan, &path, &laws, d, i, false);
        if (differs && d->phi[i] > 0.0 && is_down(asked(d, i), d, i))
            d->phi_if_down[i] = solved_phi(plan, &path, &laws, d, i, true);
    }
}

/* ---- a round's terms ---- */

/* New shares are d of all shares after. Everything is loaded before anything is chosen, so that
 * the loop vectorises. */
static void price_deals(plan_t *plan, deal *d, size_t n)
{
    const double retained = plan->proceeds_retained ? 1.0 : 0.0;
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        const double ask = asked(d, i), away = ask / d->last[i] - 1.0;
        const double usual = d->dilution[i], low = d->lower[i], pool = d->pool[i];
        const double phi_as_usual = d->phi[i], phi_low = d->phi_if_down[i];
        const double down = is_down(ask, d, i) ? 1.0 : 0.0;
        const double dilution = down != 0.0 ? low : usual;
        const double phi = down != 0.0 ? phi_low : phi_as_usual;
        const double after = d->shares[i] / (1.0 - dilution - pool);
        const double priced = phi * (1.0 + d->premium[i]) * d->value[i];
        const double base = retained != 0.0 ? d->shares[i] + pool * after : after;
        const double price = priced / base;
        d->down[i] = down;
        d->counts_down[i] = away < -FLAT ? 1.0 : 0.0;
        d->counts_flat[i] = __builtin_fabs(away) <= FLAT ? 1.0 : 0.0;
        d->after[i] = after;
        d->price[i] = price;
        d->raised[i] = price * dilution * after;
        d->issued[i] = dilution * after;
    }
}

/* The company is worth more by what it has raised. */
static void add_proceeds(state_t *s, const lq_lane_list *hits, const deal *d)
{
    LQ_LANE_ARRAY(x);
#pragma omp simd
    for (size_t i = 0; i < hits->n_padded; i++)
        x[i] = lq_lane_log2(d->value[i] + d->raised[i]);
    for (size_t i = 0; i < hits->n; i++)
        if (d->price[i] > 0.0) s->x[hits->lane[i]] = s->round_base[hits->lane[i]] = x[i];
}

/* The round joins the lane's stack: in the log, and in what is kept of it by lane. */
static void log_round(plan_t *plan, size_t k, const deal *d, size_t i, const lq_path *path,
                      state_t *s)
{
    const size_t l = path->lane, n = path->n_rounds - 1;
    const double from = plan->stack.added.due * d->price[i];
    s->log->row[n][LQ_ROUND_PRICE][l] = d->price[i];
    s->log->row[n][LQ_ROUND_ISSUED][l] = d->issued[i];
    s->log->row[n][LQ_ROUND_POOL][l] = d->pool[i] * d->after[i];
    s->log->row[n][LQ_ROUND_MONTH][l] = (double)k;
    s->log->row[n][LQ_ROUND_IS_DOWN][l] = d->down[i];
    s->ceiling[l] = from > s->ceiling[l] ? from : s->ceiling[l];
    const double veto = plan->stack.added.ipo_veto * d->price[i];
    s->veto[l] = veto > s->veto[l] ? veto : s->veto[l];
    if (!plan->stack.has_rights) return;
    lq_path_stack stack;
    LQ_KERNEL(lq_path_replay)(&plan->stack, path, &stack);
    const lq_stack_sums sums = LQ_KERNEL(lq_path_sums)(&plan->stack, &stack);
    s->shares[l] = sums.diluted;
    s->due[l] = sums.due;
    s->ceiling[l] = sums.ceiling;
    s->veto[l] = sums.veto;
}

static void finance(plan_t *plan, size_t k, state_t *s, lq_company_world *w,
                    const lq_lane_list *hits)
{
    deal d;
    gather_deals(plan, s, hits, &d);
    if (plan->solves_phi) solve_deals(plan, k, s, w, hits, &d);
    price_deals(plan, &d, hits->n_padded);
    for (size_t i = 0; i < hits->n; i++) {
        const size_t l = hits->lane[i];
        if (!(d.price[i] > 0.0)) { /* no price makes the class worth it: no round */
            w->n_unpriced[l] += 1.0;
            continue;
        }
        s->last_price[l] = d.price[i];
        s->round_base[l] = s->x[l];
        w->n_rounds[l] += 1.0;
        lq_appraisals_note(plan, k, l, s);
        w->n_down[l] += d.counts_down[i];
        w->n_flat[l] += d.counts_flat[i];
        s->shares[l] = d.after[i];
        s->due[l] += plan->stack.added.due * d.raised[i];
        if (plan->stack.is_linear && !plan->solves_phi) continue; /* nobody asks for more */
        const lq_path path = {s->log, l, (size_t)w->n_rounds[l], (double)k};
        log_round(plan, k, &d, i, &path, s);
    }
    if (plan->proceeds_retained) add_proceeds(s, hits, &d);
}

/* Whether an event after month k is possible: otherwise the next threshold is nobody's. */
static bool may_come_later(const lq_hazard_plan *h, size_t k, size_t n_months)
{
    while (++k <= n_months)
        if (h->mass[k] > 0.0) return true;
    return false;
}

/* Those that may have one more event; the others are marked. */
static void leave_out_cut(lq_clock *clock, lq_company_world *w, lq_lane_list *hits)
{
    size_t n = 0;
    if (clock->n_filled <= LQ_MAX_ROUNDS) return; /* nobody has come so far */
    for (size_t i = 0; i < hits->n; i++)
        if (!is_cut(clock, w, hits->lane[i])) hits->lane[n++] = hits->lane[i];
    lq_lanes_end(hits, n);
}

/* The lanes on which an event arrives in month k. @return whether there are any. */
static bool list_arrivals(const lq_hazard_plan *h, size_t k, const double *base,
                          const state_t *s, lq_clock *clock, lq_lane_list *hits)
{
    const double mass = h->mass[k];
    if (mass <= 0.0) return false;
    LQ_LANE_ARRAY(hit);
    LQ_LANE_ARRAY(power);
    lq_lanes_set(power, 1.0);
    LQ_KERNEL(lq_company_powers)(h, base, s, power);
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++) {
        clock->mass[l] = __builtin_fma(mass * s->is_private[l], power[l], clock->mass[l]);
        hit[l] = clock->mass[l] >= clock->threshold[l] ? s->is_private[l] : 0.0;
    }
    return lq_lanes_list(hit, hits);
}

void LQ_KERNEL(lq_rounds_run)(plan_t *plan, size_t k, const lq_block_address *at, state_t *s,
                              lq_company_world *w)
{
    lq_clock *clock = &s->rounds;
    lq_lane_list hits;
    if (!list_arrivals(&plan->round, k, s->round_base, s, clock, &hits)) return;
    leave_out_cut(clock, w, &hits);
    finance(plan, k, s, w, &hits);
    if (!may_come_later(&plan->round, k, plan->n_months)) return;
    for (size_t i = 0; i < hits.n; i++)
        next_ordinal(clock, at, plan->stream_round, hits.lane[i], plan->rounds_carry);
}

/* What the discounts of tenders are off. */
static void find_basis(plan_t *plan, size_t k, state_t *s, const lq_company_world *w,
                       const lq_lane_list *hits, double *basis)
{
    if (hits->n == 0) return;
    if (plan->tender_price == LQ_AT_FAIR)
        LQ_KERNEL(lq_common_fair)(plan, k, s, w, hits, basis);
    else if (plan->tender_price == LQ_AT_409A)
        LQ_KERNEL(lq_appraisals_read)(plan, s, hits, basis);
    else
        lq_lanes_gather(hits, s->last_price, basis);
}

void LQ_KERNEL(lq_tenders_run)(plan_t *plan, size_t k, const lq_block_address *at, state_t *s,
                               lq_company_world *w)
{
    lq_clock *clock = &s->tenders;
    double *row = w->tender + k * LQ_LANES;
    lq_lanes_set(row, 0.0);
    lq_lane_list hits;
    if (!list_arrivals(&plan->tender, k, s->start_x, s, clock, &hits)) return;
    leave_out_cut(clock, w, &hits);
    LQ_LANE_ARRAY(basis);
    find_basis(plan, k, s, w, &hits, basis);
    for (size_t i = 0; i < hits.n; i++) {
        const size_t l = hits.lane[i];
        const double(*draw)[LQ_LANES] = clock->draws[clock->ordinal[l]];
        row[l] = basis[i] * (1.0 - lq_draw_at(&plan->tender_discount, draw[1][l]));
        w->tender_cap[k * LQ_LANES + l] = lq_draw_at(&plan->tender_cap, draw[2][l]) *
                                          lq_draw_at(&plan->tender_proration, draw[3][l]);
        w->n_tenders[l] += 1.0;
        next_ordinal(clock, at, plan->stream_tender, l, plan->tenders_carry);
    }
}
