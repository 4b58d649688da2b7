#include "company/life.h"

#include "company/common.h"
#include "company/compensate.h"
#include "company/deal.h"
#include "company/quiet.h"
#include "rng/draws.h"

#include <string.h>

/* ln 20 in base 2: the clamp of R1. */
static const double POWER_CAP_LOG2 = 4.3219280948873623479;

static const double LN2 = 0.69314718055994530942;

typedef const lq_company_plan plan_t;
typedef lq_company_state state_t;

/* A class bars an IPO in which a share of common is worth less than its veto. */
static void bar_listings(plan_t *plan, state_t *s)
{
    const double unissued = plan->stack.unissued;
    double *restrict power = s->power[LQ_EXIT_IPO];
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++) {
        const double price = lq_lane_exp2(s->x[l]) / (s->shares[l] - unissued);
        power[l] = price < s->veto[l] ? 0.0 : power[l];
    }
}

/* ---- the first day ---- */

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

/* A draw of its own: whether the listing is direct has to do with nothing else of the exit. */
static void fill_direct(plan_t *plan, const lq_block_address *at, state_t *s)
{
    lq_words words;
    lq_lanes_set(s->direct, 0.0);
    if (plan->direct_listing <= 0.0) return;
    LQ_KERNEL(lq_draws_words)(at, plan->stream_closing, 1, &words);
    for (int l = 0; l < LQ_LANES; l++)
        s->direct[l] = lq_words_uniform(&words, 0, l) < plan->direct_listing ? 1.0 : 0.0;
}

static void start(plan_t *plan, const lq_block_address *at, state_t *s, lq_company_world *world)
{
    lq_lanes_set(s->x, plan->start_log2);
    lq_lanes_set(s->start_x, plan->start_log2);
    lq_lanes_set(s->round_base, plan->start_log2);
    lq_lanes_set(s->is_private, 1.0);
    lq_lanes_set(s->is_listed, 0.0);
    s->n_listed = 0;
    s->log = s->record ? &s->record->log : &s->own_log;
    lq_lanes_set(s->shares, plan->stack.diluted);
    lq_lanes_set(s->due, plan->stack.due);
    lq_lanes_set(s->ceiling, plan->stack.ceiling);
    lq_lanes_set(s->veto, plan->stack.veto);
    lq_lanes_set(s->last_price, plan->start_price);
    lq_lanes_set(s->mass, 0.0);
    lq_lanes_set(s->survival, 1.0);
    lq_lanes_set(s->excess, 0.0);
    for (int c = 0; c < LQ_EXIT_KINDS; c++)
        lq_lanes_set(s->power[c], 1.0);
    if (plan->stack.has_veto) bar_listings(plan, s);
    lq_lanes_set(s->paid, 0.0);
    lq_lanes_set(s->proceeds, 0.0);
    fill_terms(plan, at, s);
    fill_direct(plan, at, s);
    LQ_KERNEL(lq_rounds_start)(plan, at, s);
    const double never = (double)(plan->n_months + 1);
    lq_lanes_set(world->exit_kind, (double)LQ_EXIT_NONE);
    lq_lanes_set(world->exit_month, never);
    lq_lanes_set(world->liquid_month, never);
    lq_lanes_set(world->n_rounds, 0.0);
    lq_lanes_set(world->n_down, 0.0);
    lq_lanes_set(world->n_flat, 0.0);
    lq_lanes_set(world->n_unpriced, 0.0);
    lq_lanes_set(world->n_tenders, 0.0);
    lq_lanes_set(world->cut, 0.0);
    s->n_open = 0;
    if (plan->deal.is_open) LQ_KERNEL(lq_deal_start)(plan, at, s, world);
}

/* ---- one month ---- */

/* Standard deviations below which a floor takes nothing (1e-9 of the value). */
static const double FAR = -6.0;

/* The gain g with g + log2 of the expected multiple at g = 0. The sum rises, or has a root all
 * the same where failures grow with the value: Newton with a numerical slope within a bracket,
 * which is halved now and then: clamped powers make the sum a staircase, on which Newton alone
 * goes to and fro. */
static void solve_gain(plan_t *plan, size_t k, const state_t *s, double sd_log2,
                       double *restrict gain_log2)
{
    static const double NEAR = 1e-4, LEAST = 0.25, MOST_GAIN = 8.0;
    const double drift = plan->drift_private_log2[k];
    LQ_LANE_ARRAY(low);
    LQ_LANE_ARRAY(high);
    lq_lanes_set(low, -MOST_GAIN);
    lq_lanes_set(high, MOST_GAIN);
    for (int i = 0; i < 16; i++) {
        const bool halves = i < 10 && i % 2;
#pragma omp simd
        for (int l = 0; l < LQ_LANES; l++) {
            const double g = gain_log2[l];
            const double here =
                g + lq_lane_log2(lq_lottery_expected(plan, k, s, l, drift + g, sd_log2));
            const double there =
                g + NEAR +
                lq_lane_log2(lq_lottery_expected(plan, k, s, l, drift + g + NEAR, sd_log2));
            const double slope = (there - here) * (1.0 / NEAR);
            const double next = g - here / (slope > LEAST ? slope : LEAST);
            const double from = here < 0.0 ? g : low[l], to = here < 0.0 ? high[l] : g;
            const double middle = 0.5 * (from + to);
            low[l] = from;
            high[l] = to;
            gain_log2[l] = (!halves & (next >= from) & (next <= to)) ? next : middle;
        }
    }
}

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
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++) {
        multiple[l] = lq_lottery_multiple(plan, k, s, l);
        gain_log2[l] = -lq_lane_log2(multiple[l]);
    }
    if (plan->is_lumped && plan->failure.mass[k] + plan->acquisition.mass[k] > 0.0)
        solve_gain(plan, k, s, sd_log2, gain_log2);
#pragma omp simd reduction(max : nearest)
    for (int l = 0; l < LQ_LANES; l++) {
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
void LQ_KERNEL(lq_company_powers)(const lq_hazard_plan *h, const double *restrict base,
                                  const state_t *s, double *restrict power)
{
    if (h->value_exponent == 0.0 && h->market_exponent == 0.0) return;
#pragma omp simd
    for (int l = 0; l < LQ_LANES; l++)
        power[l] = power_of(h, s->x[l] - base[l], s->excess[l]);
}

static void find_powers(plan_t *plan, state_t *s)
{
    if (plan->stack.has_veto) lq_lanes_set(s->power[LQ_EXIT_IPO], 1.0);
    LQ_KERNEL(lq_company_powers)(&plan->ipo, s->start_x, s, s->power[LQ_EXIT_IPO]);
    LQ_KERNEL(lq_company_powers)
    (&plan->acquisition, s->start_x, s, s->power[LQ_EXIT_ACQUISITION]);
    LQ_KERNEL(lq_company_powers)(&plan->failure, s->start_x, s, s->power[LQ_EXIT_FAILURE]);
    if (plan->stack.has_veto) bar_listings(plan, s);
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
    const lq_appraisal_plan *a = &plan->appraisal;
    const bool appraises = a->is_read && (a->may_come[k] || a->observe[k]);
    return mass <= 0.0 && !raises && !is_read && !appraises && k < plan->n_months;
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

/* All lanes are the same on the first day. */
static void observe_first(plan_t *plan, const state_t *s, lq_company_world *w)
{
    LQ_LANE_ARRAY(fair);
    lq_lane_list one = {.n = 0};
    lq_lanes_end(&one, 1);
    LQ_KERNEL(lq_common_fair)(plan, 0, s, w, &one, fair);
    lq_lanes_set(w->fair, fair[0]);
}

void LQ_KERNEL(lq_company_run)(const lq_company_plan *plan, const lq_block_address *at,
                               const lq_company_inputs *inputs, lq_company_state *state,
                               lq_company_world *world, lq_pilot *pilot)
{
    start(plan, at, state, world);
    if (state->record) LQ_KERNEL(lq_record_start)(state, state->record);
    const bool has_floor = lq_company_has_floor(plan);
    if (world->preferred) lq_lanes_set(world->preferred, plan->start_price);
    if (world->fair && plan->observe_fair[0]) observe_first(plan, state, world);
    const bool appraises = plan->appraisal.is_read && !pilot;
    if (appraises) LQ_KERNEL(lq_appraisals_start)(plan, state, world);
    if (world->value) lq_lanes_set(world->value, lq_lane_exp2(plan->start_log2));
    if (!state->record) lq_lanes_set(world->price, 0.0);
    for (size_t k = 1; k <= plan->n_months; k++) {
        const size_t quiet = quiet_until(plan, k, state, world, pilot);
        if (quiet >= k) LQ_KERNEL(lq_company_quiet)(plan, k, quiet, inputs, state, world);
        k = quiet + 1;
        if (plan->floor_continuous) memcpy(state->before, state->x, sizeof state->before);
        move(plan, k, inputs, state);
        if (state->n_open) LQ_KERNEL(lq_exits_deal)(plan, k, state, world);
        if (plan->uses_market_excess) read_excess(plan, k, inputs->index, state);
        find_powers(plan, state);
        if (has_floor) LQ_KERNEL(lq_floor_watch)(plan, k, at, state, !pilot);
        if (state->record) {
            LQ_KERNEL(lq_record_month)(plan, k, inputs, state, world);
        } else {
            if (has_floor) LQ_KERNEL(lq_exits_floor)(plan, k, state, world, pilot);
            LQ_KERNEL(lq_exits_lottery)(plan, k, state, world, pilot);
        }
        if (plan->has_rounds) LQ_KERNEL(lq_rounds_run)(plan, k, at, state, world);
        if (pilot) continue;
        if (appraises) LQ_KERNEL(lq_appraisals_run)(plan, k, state, world);
        if (plan->has_tenders) LQ_KERNEL(lq_tenders_run)(plan, k, at, state, world);
        LQ_KERNEL(lq_company_observe)(plan, k, state, world);
    }
    if (pilot) return;
    LQ_KERNEL(lq_company_settle_rest)(plan, state, world);
    if (state->record)
        LQ_KERNEL(lq_record_state)(plan->n_months + 1, state, world, state->record);
}
