#include "company/compensate.h"

#include "block/lane_list.h"
#include "company/deal.h"
#include "company/ending.h"
#include "company/quiet.h"
#include "num/lanes.h"
#include "rng/draws.h"

#include <math.h>
#include <string.h>

/* ln 20 in base 2: the clamp of R1. */
static const double POWER_CAP_LOG2 = 4.3219280948873623479;

static const double LN2 = 0.69314718055994530942;

typedef const lq_company_plan plan_t;
typedef lq_company_state state_t;

/* ---- starting values and addressed draws ---- */

LQ_INLINE void set_all(double *restrict lanes, double value)
{
    for (int l = 0; l < LQ_LANES; l++)
        lanes[l] = value;
}

static void fill_terms(plan_t *plan, const lq_block_address *at, state_t *s)
{
    lq_words words;
    LQ_KERNEL(lq_draws_words)(at, plan->stream_terminal, 0, &words);
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++) {
        s->uniform[l] = lq_words_uniform(&words, 0, l);
        s->threshold[l] = lq_words_exponential(&words, 0, l);
        s->cause[l] = lq_words_uniform(&words, 1, l);
        s->term_a[l] = lq_words_uniform(&words, 2, l);
        s->term_b[l] = lq_words_uniform(&words, 3, l);
    }
}

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
           (plan->has_dilution_if_down && lq_draw_varies(&plan->dilution_if_down));
}

static void start(plan_t *plan, const lq_block_address *at, state_t *s, lq_company_world *world)
{
    set_all(s->x, plan->start_log2);
    set_all(s->start_x, plan->start_log2);
    set_all(s->round_base, plan->start_log2);
    set_all(s->is_private, 1.0);
    set_all(s->is_listed, 0.0);
    s->n_listed = 0;
    set_all(s->shares, plan->start_shares);
    set_all(s->claim, plan->start_claim);
    set_all(s->preferred, plan->start_preferred);
    set_all(s->last_price, plan->start_price);
    set_all(s->mass, 0.0);
    set_all(s->survival, 1.0);
    set_all(s->excess, 0.0);
    for (int c = 0; c < LQ_EXIT_KINDS; c++)
        set_all(s->power[c], 1.0);
    set_all(s->paid, 0.0);
    set_all(s->proceeds, 0.0);
    fill_terms(plan, at, s);
    s->rounds.has_terms = rounds_vary(plan);
    s->tenders.has_terms = true;
    if (plan->has_rounds) start_clock(&s->rounds, at, plan->stream_round);
    if (plan->has_tenders) start_clock(&s->tenders, at, plan->stream_tender);
    const double never = (double)(plan->n_months + 1);
    set_all(world->exit_kind, (double)LQ_EXIT_NONE);
    set_all(world->exit_month, never);
    set_all(world->liquid_month, never);
    set_all(world->n_rounds, 0.0);
    set_all(world->n_down, 0.0);
    set_all(world->n_tenders, 0.0);
    set_all(world->cut, 0.0);
    s->n_open = 0;
    if (plan->deal.is_open) LQ_KERNEL(lq_deal_start)(plan, at, s, world);
}

/* ---- one month ---- */

/* Standard deviations below which a floor takes nothing (1e-9 of the value). */
static const double FAR = -6.0;

/* R5 where the expected loss depends on the path; elsewhere it is in the plan's drift. */
static void compensate(plan_t *plan, size_t k, const state_t *s, double *restrict gain_log2)
{
    const double floor = plan->floor_log2, lp = plan->loading_private_log2,
                 lm = plan->loading_market_log2;
    const double sd_log2 = __builtin_sqrt(lp * lp + lm * lm), sd = sd_log2 * LN2;
    const double inverse = sd > 0.0 ? 1.0 / sd_log2 : 0.0;
    LQ_LANE_ARRAY(multiple);
    LQ_LANE_ARRAY(distance);
    double nearest = FAR;
#pragma omp simd reduction(max : nearest)
    for (int l = 0; l < LQ_LANES; l++) {
        multiple[l] = lq_lottery_multiple(plan, k, s, l);
        gain_log2[l] = -lq_lane_log2(multiple[l]);
        const double middle = s->x[l] + plan->drift_private_log2[k] + gain_log2[l];
        distance[l] = (floor - middle) * inverse - sd;
        distance[l] = s->is_private[l] != 0.0 && distance[l] > FAR ? distance[l] : FAR;
        nearest = distance[l] > nearest ? distance[l] : nearest;
    }
    if (sd == 0.0 || nearest <= FAR) return;
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++) {
        const double lost = 1.0 - plan->recovery / multiple[l];
        const double gain = lq_floor_log_gain(distance[l], sd, lost) / LN2;
        gain_log2[l] += distance[l] > FAR ? gain : 0.0;
    }
}

static void move(plan_t *plan, size_t k, const lq_company_inputs *in, state_t *s)
{
    const double *z = in->normals + k * LQ_LANES;
    const double dp = plan->drift_private_log2[k], dl = plan->drift_listed_log2[k];
    const double lp = plan->loading_private_log2, ll = plan->loading_listed_log2;
    if (lq_company_compensates_by_path(plan)) {
        LQ_LANE_ARRAY(gain_log2);
        compensate(plan, k, s, gain_log2);
#pragma omp simd
        for (int l = 0; l < LQ_LANES; l++)
            s->x[l] += s->is_private[l] * gain_log2[l];
    }
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++) {
        const bool listed = s->is_listed[l] != 0.0;
        s->x[l] += __builtin_fma(listed ? ll : lp, z[l], listed ? dl : dp);
    }
    if (!in->market_normals) return;
    const double *zm = in->market_normals + (k - 1) * LQ_LANES;
    const double lm = plan->loading_market_log2;
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++)
        s->x[l] = __builtin_fma(lm, zm[l], s->x[l]);
}

static void read_excess(plan_t *plan, size_t k, const double *index, state_t *s)
{
    const size_t back = k < 12 ? k : 12;
    const double *now = index + k * LQ_LANES, *then = index + (k - back) * LQ_LANES;
    const double free_log2 = plan->rate_log2_month * (double)back;
    for (int l = 0; l < LQ_LANES; l++)
        s->excess[l] = now[l] - then[l] - free_log2;
}

LQ_INLINE double power_of(const lq_hazard_plan *h, double x, double excess)
{
    double e = h->value_exponent * x + h->market_exponent * excess;
    e = e < POWER_CAP_LOG2 ? e : POWER_CAP_LOG2;
    e = e > -POWER_CAP_LOG2 ? e : -POWER_CAP_LOG2;
    return lq_lane_exp2(e);
}

/* base[l]: log2 of the value that the hazard compares with. Powers of 1 are left as they are.
 */
static void read_powers(const lq_hazard_plan *h, const double *restrict base, const state_t *s,
                        double *restrict power)
{
    if (h->value_exponent == 0.0 && h->market_exponent == 0.0) return;
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++)
        power[l] = power_of(h, s->x[l] - base[l], s->excess[l]);
}

/* ---- exits ---- */

static void gather_endings(plan_t *plan, const state_t *s, const lq_lane_list *hits,
                           lq_ending *e)
{
    LQ_LANE_ARRAY(a);
    LQ_LANE_ARRAY(b);
    lq_lanes_gather(hits, s->x, e->x);
    lq_lanes_gather(hits, s->shares, e->shares);
    lq_lanes_gather(hits, s->claim, e->claim);
    lq_lanes_gather(hits, s->preferred, e->preferred);
    if (lq_draw_varies(&plan->premium) || lq_draw_varies(&plan->ipo_discount))
        lq_lanes_gather(hits, s->term_a, a);
    if (lq_draw_varies(&plan->ipo_primary)) lq_lanes_gather(hits, s->term_b, b);
    lq_ending_terms(plan, a, b, hits->n_padded, e);
}

/* From now on a share is what it was paid, or is listed. */
static void end_private(plan_t *plan, state_t *s, lq_company_world *w, size_t k,
                        const lq_lane_list *hits, const lq_ending *e)
{
    for (size_t i = 0; i < hits->n; i++) {
        const size_t l = hits->lane[i];
        const bool lists = e->kind[i] == (double)LQ_EXIT_IPO;
        s->is_private[l] = 0.0;
        s->is_listed[l] = lists ? 1.0 : 0.0;
        s->n_listed += lists;
        s->paid[l] = lists ? 0.0 : e->paid[i];
        s->proceeds[l] = lists ? 0.0 : e->proceeds[i];
        s->last_price[l] = lists ? s->last_price[l] : e->paid[i]; /* of the preferred row */
        s->x[l] = lists ? e->listed_x[i] : e->x[i];
        s->shares[l] = lists ? e->shares[i] + e->issued[i] : e->shares[i];
        s->claim[l] = lists ? 0.0 : e->claim[i];
        s->preferred[l] = lists ? 0.0 : e->preferred[i];
        w->exit_kind[l] = e->kind[i];
        w->shares[l] = e->shares[i];
        w->exit_month[l] = (double)k;
        w->liquid_month[l] = (double)(lists ? k + plan->lockup_months : k);
    }
}

/* Ends the private life of the lanes listed, each in the way of e->kind. */
static void leave_private(plan_t *plan, state_t *s, lq_company_world *w, size_t k,
                          const lq_lane_list *hits, lq_ending *e)
{
    gather_endings(plan, s, hits, e);
    lq_ending_prices(plan, e, hits->n_padded);
    end_private(plan, s, w, k, hits, e);
}

/* R13: what closes is a sale at the deal's price, without a premium on it. */
static void run_deal(plan_t *plan, size_t k, state_t *s, lq_company_world *w)
{
    lq_lane_list hits;
    lq_ending e;
    if (!LQ_KERNEL(lq_deal_end)(plan, k, s, w, &hits)) return;
    gather_endings(plan, s, &hits, &e);
    set_all(e.kind, (double)LQ_EXIT_ACQUISITION);
    set_all(e.premium, 0.0);
    lq_ending_prices(plan, &e, hits.n_padded);
    end_private(plan, s, w, k, &hits, &e);
}

static void draw_causes(plan_t *plan, state_t *s, lq_company_world *w, size_t k,
                        const lq_lane_list *hits)
{
    lq_ending e;
    for (size_t i = 0; i < hits->n_padded; i++) {
        const size_t l = hits->lane[i];
        const double f = plan->failure.mass[k] * s->power[LQ_EXIT_FAILURE][l];
        const double a = plan->acquisition.mass[k] * s->power[LQ_EXIT_ACQUISITION][l];
        const double o = plan->ipo.mass[k] * s->power[LQ_EXIT_IPO][l];
        const double u = s->cause[l] * (f + a + o);
        e.kind[i] = lq_ending_cause(u, f, a);
    }
    leave_private(plan, s, w, k, hits, &e);
}

static void run_floor(plan_t *plan, size_t k, state_t *s, lq_company_world *w, lq_pilot *pilot)
{
    LQ_LANE_ARRAY(below);
    lq_lane_list hits;
    lq_ending e;
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++)
        below[l] = s->x[l] < plan->floor_log2 ? s->is_private[l] : 0.0;
    if (!lq_lanes_list(below, &hits)) return;
    if (!pilot) {
        set_all(e.kind, (double)LQ_EXIT_FAILURE);
        leave_private(plan, s, w, k, &hits, &e);
        return;
    }
    for (size_t i = 0; i < hits.n; i++) {
        const size_t l = hits.lane[i];
        pilot->incidence[LQ_EXIT_FAILURE * (plan->n_months + 1) + k] += s->survival[l];
        s->is_private[l] = 0.0;
    }
}

/* What each lane gives to the incidence of each cause, 0 where it has ended; and what stays. */
static void share_incidence(plan_t *plan, size_t k, state_t *s, double (*part)[LQ_LANES])
{
    const double mi = plan->ipo.mass[k], ma = plan->acquisition.mass[k],
                 mf = plan->failure.mass[k];
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++) {
        const double i = mi * s->power[LQ_EXIT_IPO][l],
                     a = ma * s->power[LQ_EXIT_ACQUISITION][l],
                     f = mf * s->power[LQ_EXIT_FAILURE][l], total = i + a + f;
        const bool can_end = s->is_private[l] != 0.0 && total > 0.0;
        const double mass = can_end ? total : 1.0, stay = can_end ? lq_lane_exp(-mass) : 1.0;
        const double gone = s->survival[l] * (1.0 - stay);
        part[LQ_EXIT_IPO][l] = can_end ? gone * i / mass : 0.0;
        part[LQ_EXIT_ACQUISITION][l] = can_end ? gone * a / mass : 0.0;
        part[LQ_EXIT_FAILURE][l] = can_end ? gone * f / mass : 0.0;
        s->survival[l] *= stay;
    }
}

/* Lane after lane: sums of fractions have an order. */
static void add_incidence(plan_t *plan, size_t k, state_t *s, lq_pilot *pilot)
{
    double part[LQ_EXIT_KINDS][LQ_LANES] __attribute__((aligned(64)));
    share_incidence(plan, k, s, part);
    double *sum = pilot->incidence + k, all[LQ_EXIT_KINDS];
    const size_t row = plan->n_months + 1;
    for (size_t c = 1; c < LQ_EXIT_KINDS; c++)
        all[c] = sum[c * row];
    for (size_t l = 0; l < LQ_LANES; l++)
        for (size_t c = 1; c < LQ_EXIT_KINDS; c++)
            all[c] += part[c][l];
    for (size_t c = 1; c < LQ_EXIT_KINDS; c++)
        sum[c * row] = all[c];
}

static void run_lottery(plan_t *plan, size_t k, state_t *s, lq_company_world *w,
                        lq_pilot *pilot)
{
    if (plan->ipo.mass[k] + plan->acquisition.mass[k] + plan->failure.mass[k] <= 0.0) return;
    if (pilot) {
        add_incidence(plan, k, s, pilot);
        return;
    }
    const double mi = plan->ipo.mass[k], ma = plan->acquisition.mass[k],
                 mf = plan->failure.mass[k];
    LQ_LANE_ARRAY(hit);
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++) {
        const double total = mi * s->power[LQ_EXIT_IPO][l] +
                             ma * s->power[LQ_EXIT_ACQUISITION][l] +
                             mf * s->power[LQ_EXIT_FAILURE][l];
        s->mass[l] = __builtin_fma(s->is_private[l], total, s->mass[l]);
        hit[l] = s->mass[l] >= s->threshold[l] ? s->is_private[l] : 0.0;
    }
    lq_lane_list hits;
    if (lq_lanes_list(hit, &hits)) draw_causes(plan, s, w, k, &hits);
}

/* ---- a life on record ---- */

/* Integrated intensity that leaves no survivor in any lane of a 32-bit uniform. */
static const double CERTAIN = 1e9;

/* Masses of the lottery; a lane below the floor is lost for certain, and lives no longer. */
static void record_masses(plan_t *plan, size_t k, state_t *s, lq_company_record *r)
{
    double *restrict fail = r->mass[LQ_EXIT_FAILURE] + k * LQ_LANES;
    double *restrict buy = r->mass[LQ_EXIT_ACQUISITION] + k * LQ_LANES;
    double *restrict list = r->mass[LQ_EXIT_IPO] + k * LQ_LANES;
    double *restrict sum = r->mass[LQ_EXIT_NONE] + k * LQ_LANES;
    const double mi = plan->ipo.mass[k], ma = plan->acquisition.mass[k],
                 mf = plan->failure.mass[k], floor = plan->floor_log2;
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++) {
        const double alive = s->is_private[l];
        const double fallen = s->x[l] < floor ? alive : 0.0, left = alive - fallen;
        fail[l] = left * mf * s->power[LQ_EXIT_FAILURE][l] + fallen * CERTAIN;
        buy[l] = left * ma * s->power[LQ_EXIT_ACQUISITION][l];
        list[l] = left * mi * s->power[LQ_EXIT_IPO][l];
        sum[l] = sum[l - LQ_LANES] + (fail[l] + buy[l] + list[l]);
        s->is_private[l] = left;
    }
}

/* What an exit in this month would find. */
static void record_state(size_t k, const state_t *s, const lq_company_world *w,
                         lq_company_record *r)
{
    const struct {
        double *rows;
        const double *now;
    } kept[] = {{r->x, s->x},           {r->shares, s->shares},
                {r->claim, s->claim},   {r->preferred, s->preferred},
                {r->cut, w->cut},       {r->n_rounds, w->n_rounds},
                {r->n_down, w->n_down}, {r->n_tenders, w->n_tenders}};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        memcpy(kept[i].rows + k * LQ_LANES, kept[i].now, LQ_LANES * sizeof(double));
}

/* What a share listed before would have grown by; z is overwritten by nobody. */
static void record_listed(plan_t *plan, size_t k, const lq_company_inputs *in,
                          lq_company_record *r)
{
    const double *restrict z = in->normals + k * LQ_LANES;
    const double *restrict zm =
        in->market_normals ? in->market_normals + (k - 1) * LQ_LANES : z;
    const double own = plan->loading_listed_log2, drift = plan->drift_listed_log2[k];
    const double market = in->market_normals ? plan->loading_market_log2 : 0.0;
    double *restrict row = r->listed + k * LQ_LANES;
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++)
        row[l] =
            row[l - LQ_LANES] + __builtin_fma(market, zm[l], __builtin_fma(own, z[l], drift));
}

static void record_month(plan_t *plan, size_t k, const lq_company_inputs *in, state_t *s,
                         const lq_company_world *w)
{
    record_masses(plan, k, s, s->record);
    record_state(k, s, w, s->record);
    record_listed(plan, k, in, s->record);
}

static void start_record(const state_t *s, lq_company_record *r)
{
    memset(r->listed, 0, LQ_LANES * sizeof(double));
    memset(r->mass[LQ_EXIT_NONE], 0, LQ_LANES * sizeof(double));
    memcpy(r->threshold, s->threshold, sizeof r->threshold);
    memcpy(r->uniform, s->uniform, sizeof r->uniform);
    memcpy(r->cause, s->cause, sizeof r->cause);
    memcpy(r->term_a, s->term_a, sizeof r->term_a);
    memcpy(r->term_b, s->term_b, sizeof r->term_b);
}

/* ---- rounds and tenders ---- */

/* Rounding: a price this near the last one is the same. */
static const double FLAT = 1e-9;

/* What a round reads and makes of some lanes, one after the other. */
typedef struct deal {
    LQ_LANE_ARRAY(value); /* log2 before, money after */
    LQ_LANE_ARRAY(shares);
    LQ_LANE_ARRAY(last);
    LQ_LANE_ARRAY(dilution);
    LQ_LANE_ARRAY(lower); /* dilution of a down round */
    LQ_LANE_ARRAY(pool);
    LQ_LANE_ARRAY(after);
    LQ_LANE_ARRAY(price);
    LQ_LANE_ARRAY(down);
    LQ_LANE_ARRAY(raised);
    LQ_LANE_ARRAY(issued);
} deal;

static void gather_deals(plan_t *plan, const state_t *s, const lq_lane_list *hits, deal *d)
{
    LQ_LANE_ARRAY(u);
    LQ_LANE_ARRAY(v);
    for (size_t i = 0; s->rounds.has_terms && i < hits->n_padded; i++) {
        const size_t l = hits->lane[i], n = s->rounds.ordinal[l];
        u[i] = s->rounds.draws[n][1][l];
        v[i] = s->rounds.draws[n][2][l];
    }
    lq_lanes_gather(hits, s->x, d->value);
    lq_lanes_gather(hits, s->shares, d->shares);
    lq_lanes_gather(hits, s->last_price, d->last);
    lq_draw_fill(&plan->dilution, u, hits->n_padded, d->dilution);
    lq_draw_fill(plan->has_dilution_if_down ? &plan->dilution_if_down : &plan->dilution, u,
                 hits->n_padded, d->lower);
    lq_draw_fill(&plan->pool, v, hits->n_padded, d->pool);
}

/* R7: P = phi V / N_pre, N_pre with the pool top-up; new shares are d of all shares after.
 * Money that does not add to the value is in it already: V is the post-money then, and P = phi
 * V / N after. A round is down when a share was worth less before it than the last round paid.
 */
static void price_deals(plan_t *plan, deal *d, size_t n)
{
    const double phi = plan->phi, retained = plan->proceeds_retained ? 1.0 : 0.0;
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        const double value = lq_lane_exp2(d->value[i]), pool = d->pool[i];
        const double shares = d->shares[i], usual = d->dilution[i], low = d->lower[i];
        const double high = shares / (1.0 - usual - pool);
        const double asked = phi * value / (shares + pool * high);
        const bool down = asked < d->last[i] * (1.0 - FLAT);
        const double dilution = down ? low : usual;
        const double after = shares / (1.0 - dilution - pool);
        const double base = retained != 0.0 ? shares + pool * after : after;
        const double price = phi * value / base;
        d->value[i] = value;
        d->down[i] = down ? 1.0 : 0.0;
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
        s->x[hits->lane[i]] = s->round_base[hits->lane[i]] = x[i];
}

static void finance(plan_t *plan, state_t *s, lq_company_world *w, const lq_lane_list *hits)
{
    deal d;
    gather_deals(plan, s, hits, &d);
    price_deals(plan, &d, hits->n_padded);
    for (size_t i = 0; i < hits->n; i++) {
        const size_t l = hits->lane[i];
        s->shares[l] = d.after[i];
        s->claim[l] += d.raised[i];
        s->last_price[l] = d.price[i];
        s->round_base[l] = s->x[l];
        w->n_rounds[l] += 1.0;
        w->n_down[l] += d.down[i];
    }
    for (size_t i = 0; !plan->participating && i < hits->n; i++)
        s->preferred[hits->lane[i]] += d.issued[i];
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

static void run_rounds(plan_t *plan, size_t k, const lq_block_address *at, state_t *s,
                       lq_company_world *w)
{
    lq_clock *clock = &s->rounds;
    const double mass = plan->round.mass[k];
    if (mass <= 0.0) return;
    LQ_LANE_ARRAY(hit);
    LQ_LANE_ARRAY(power);
    set_all(power, 1.0);
    read_powers(&plan->round, s->round_base, s, power);
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++) {
        clock->mass[l] = __builtin_fma(mass * s->is_private[l], power[l], clock->mass[l]);
        hit[l] = clock->mass[l] >= clock->threshold[l] ? s->is_private[l] : 0.0;
    }
    lq_lane_list hits;
    if (!lq_lanes_list(hit, &hits)) return;
    leave_out_cut(clock, w, &hits);
    finance(plan, s, w, &hits);
    if (!may_come_later(&plan->round, k, plan->n_months)) return;
    for (size_t i = 0; i < hits.n; i++)
        next_ordinal(clock, at, plan->stream_round, hits.lane[i], plan->rounds_carry);
}

/* The common share by the option method, with the path's own intensities for the term. */
LQ_INLINE double common_value(plan_t *plan, size_t k, const state_t *s, int l)
{
    const double hi = plan->ipo.rate[k] * s->power[LQ_EXIT_IPO][l];
    const double ha = plan->acquisition.rate[k] * s->power[LQ_EXIT_ACQUISITION][l];
    const double hf = plan->failure.rate[k] * s->power[LQ_EXIT_FAILURE][l];
    double term = 1.0 / (hi + ha + hf + 1e-9);
    term = term < 5.0 ? term : 5.0;
    term = term > 0.5 ? term : 0.5;
    const double ipo_share = hi / (hi + ha + 1e-300);
    const double value = lq_lane_exp2(s->x[l]), root = plan->volatility * __builtin_sqrt(term);
    const double sd = root > 1e-9 ? root : 1e-9, discount = lq_lane_exp(-plan->rate * term);
    const double claim = s->claim[l] > 1e-6 ? s->claim[l] : 1e-6;
    const double preferred =
        s->preferred[l] > 1e-9 * s->shares[l] ? s->preferred[l] : 1e-9 * s->shares[l];
    const double strike[2] = {claim, claim * s->shares[l] / preferred};
    double call[2];
    for (int i = 0; i < 2; i++) {
        const double d1 = (lq_lane_log(value / strike[i]) + plan->rate * term) / sd + 0.5 * sd;
        const double c =
            value * lq_lane_normal_cdf(d1) - strike[i] * discount * lq_lane_normal_cdf(d1 - sd);
        call[i] = c > 0.0 ? c : 0.0;
    }
    const double spread = call[0] - call[1] > 0.0 ? call[0] - call[1] : 0.0;
    const double opm = spread / (s->shares[l] - preferred) + call[1] / s->shares[l];
    return ipo_share * value / s->shares[l] + (1.0 - ipo_share) * opm;
}

static void run_tenders(plan_t *plan, size_t k, const lq_block_address *at, state_t *s,
                        lq_company_world *w)
{
    lq_clock *clock = &s->tenders;
    double *row = w->tender + k * LQ_LANES;
    set_all(row, 0.0);
    const double mass = plan->tender.mass[k];
    if (mass <= 0.0) return;
    LQ_LANE_ARRAY(hit);
    LQ_LANE_ARRAY(power);
    set_all(power, 1.0);
    read_powers(&plan->tender, s->start_x, s, power);
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++) {
        clock->mass[l] = __builtin_fma(mass * s->is_private[l], power[l], clock->mass[l]);
        hit[l] = clock->mass[l] >= clock->threshold[l] ? s->is_private[l] : 0.0;
    }
    lq_lane_list hits;
    if (!lq_lanes_list(hit, &hits)) return;
    leave_out_cut(clock, w, &hits);
    for (size_t i = 0; i < hits.n; i++) {
        const size_t l = hits.lane[i];
        const double u = clock->draws[clock->ordinal[l]][1][l];
        const double basis =
            plan->tender_at_fair ? common_value(plan, k, s, (int)l) : s->last_price[l];
        row[l] = basis * (1.0 - lq_draw_at(&plan->tender_discount, u));
        w->tender_cap[k * LQ_LANES + l] =
            lq_draw_at(&plan->tender_cap, clock->draws[clock->ordinal[l]][2][l]);
        w->n_tenders[l] += 1.0;
        next_ordinal(clock, at, plan->stream_tender, l, plan->tenders_carry);
    }
}

/* ---- what others may see ---- */

static void observe_listed(const state_t *s, double *restrict row)
{
    if (s->n_listed == 0) {
        memcpy(row, s->paid, sizeof s->paid);
        return;
    }
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++)
        row[l] = s->is_listed[l] != 0.0 ? lq_lane_exp2(s->x[l]) : s->paid[l];
}

static void observe_value(const state_t *s, double month, const lq_company_world *w,
                          double *restrict row)
{
    for (int l = 0; l < LQ_LANES; l++) {
        const double level = lq_lane_exp2(s->x[l]);
        const bool paid_now = w->exit_month[l] == month && s->proceeds[l] > 0.0;
        row[l] = s->is_private[l] != 0.0  ? level
                 : s->is_listed[l] != 0.0 ? level * s->shares[l]
                 : paid_now               ? s->proceeds[l]
                                          : (double)NAN;
    }
}

static void observe(plan_t *plan, size_t k, const state_t *s, lq_company_world *w)
{
    if (plan->observe_price[k] && !s->record) observe_listed(s, w->price + k * LQ_LANES);
    if (w->preferred && plan->observe_preferred[k]) {
        double *row = w->preferred + k * LQ_LANES;
        for (int l = 0; l < LQ_LANES; l++)
            row[l] = s->is_listed[l] != 0.0 ? lq_lane_exp2(s->x[l]) : s->last_price[l];
    }
    if (w->fair && plan->observe_fair[k]) {
        double *row = w->fair + k * LQ_LANES;
#pragma omp simd
        for (int l = 0; l < LQ_LANES; l++)
            row[l] = s->is_private[l] != 0.0 ? common_value(plan, k, s, l) : 0.0;
    }
    if (w->value) observe_value(s, (double)k, w, w->value + k * LQ_LANES);
}

/* What a share of common that is still private at K counts for, before the discount. */
static void value_private(plan_t *plan, const state_t *s, const double *restrict value,
                          double *restrict worth)
{
    switch (plan->residual) {
    case 0:
#pragma omp simd
        for (int l = 0; l < LQ_LANES; l++)
            worth[l] = common_value(plan, plan->n_months, s, l);
        return;
    case 1:
#pragma omp simd
        for (int l = 0; l < LQ_LANES; l++)
            worth[l] = value[l] / s->shares[l];
        return;
    case 3:
#pragma omp simd
        for (int l = 0; l < LQ_LANES; l++)
            worth[l] = lq_common_payout(value[l], s->claim[l], s->preferred[l], s->shares[l]);
        return;
    default:
        set_all(worth, 0.0);
    }
}

/* R15: what is stuck at the last month. */
static void settle_rest(plan_t *plan, const state_t *s, lq_company_world *w)
{
    const double ri = plan->ipo.rate[plan->n_months],
                 ra = plan->acquisition.rate[plan->n_months],
                 rf = plan->failure.rate[plan->n_months];
    LQ_LANE_ARRAY(level);
    LQ_LANE_ARRAY(worth);
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++) {
        const double hi = ri * s->power[LQ_EXIT_IPO][l];
        const double ha = ra * s->power[LQ_EXIT_ACQUISITION][l];
        const double hf = rf * s->power[LQ_EXIT_FAILURE][l];
        const double sum = hi + ha + hf, paying = hi + ha;
        level[l] = lq_lane_exp2(s->x[l]);
        w->exit_rate[l] = sum;
        w->trigger_share[l] = paying > 0.0 ? paying / sum : 0.0;
    }
    value_private(plan, s, level, worth);
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++) {
        const bool is_private = s->is_private[l] != 0.0;
        const double listed = s->is_listed[l] != 0.0 ? level[l] : 0.0;
        w->residual[l] = (is_private ? worth[l] : listed) * plan->residual_keep;
        w->shares[l] = is_private ? s->shares[l] : w->shares[l];
    }
}

/* ---- the months in order ---- */

/* Nothing but a move and a price: no lottery, no round, nothing that is read of private lanes.
 * The last month settles, and reads its powers. */
static bool is_quiet(plan_t *plan, size_t k, const lq_company_world *w)
{
    const double mass = plan->ipo.mass[k] + plan->acquisition.mass[k] + plan->failure.mass[k];
    const bool raises = plan->has_rounds && plan->round.mass[k] > 0.0;
    const bool is_read =
        (w->preferred && plan->observe_preferred[k]) || (w->fair && plan->observe_fair[k]);
    return mass <= 0.0 && !raises && !is_read && k < plan->n_months;
}

/* The month before the next in which something happens; k - 1: that is k. */
static size_t quiet_until(plan_t *plan, size_t k, const state_t *s, const lq_company_world *w,
                          const lq_pilot *pilot)
{
    const bool never = s->record || pilot || s->n_open || w->value || plan->has_tenders ||
                       lq_company_has_floor(plan) || lq_company_compensates_by_path(plan);
    while (!never && is_quiet(plan, k, w))
        k++;
    return k - 1;
}

void LQ_KERNEL(lq_company_run)(const lq_company_plan *plan, const lq_block_address *at,
                               const lq_company_inputs *inputs, lq_company_state *state,
                               lq_company_world *world, lq_pilot *pilot)
{
    start(plan, at, state, world);
    if (state->record) start_record(state, state->record);
    const bool has_floor = lq_company_has_floor(plan);
    if (world->preferred) set_all(world->preferred, plan->start_price);
    if (world->fair) set_all(world->fair, common_value(plan, 0, state, 0));
    if (world->value) set_all(world->value, lq_lane_exp2(plan->start_log2));
    if (!state->record) set_all(world->price, 0.0);
    for (size_t k = 1; k <= plan->n_months; k++) {
        const size_t quiet = quiet_until(plan, k, state, world, pilot);
        if (quiet >= k) LQ_KERNEL(lq_company_quiet)(plan, k, quiet, inputs, state, world);
        k = quiet + 1;
        move(plan, k, inputs, state);
        if (state->n_open) run_deal(plan, k, state, world);
        if (plan->uses_market_excess) read_excess(plan, k, inputs->index, state);
        read_powers(&plan->ipo, state->start_x, state, state->power[LQ_EXIT_IPO]);
        read_powers(&plan->acquisition, state->start_x, state,
                    state->power[LQ_EXIT_ACQUISITION]);
        read_powers(&plan->failure, state->start_x, state, state->power[LQ_EXIT_FAILURE]);
        if (state->record) {
            record_month(plan, k, inputs, state, world);
        } else {
            if (has_floor) run_floor(plan, k, state, world, pilot);
            run_lottery(plan, k, state, world, pilot);
        }
        if (plan->has_rounds) run_rounds(plan, k, at, state, world);
        if (pilot) continue;
        if (plan->has_tenders) run_tenders(plan, k, at, state, world);
        observe(plan, k, state, world);
    }
    if (pilot) return;
    settle_rest(plan, state, world);
    if (state->record) record_state(plan->n_months + 1, state, world, state->record);
}
