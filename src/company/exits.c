#include "company/deal.h"
#include "company/ending.h"
#include "company/life.h"

typedef const lq_company_plan plan_t;
typedef lq_company_state state_t;

static void gather_endings(plan_t *plan, const state_t *s, const lq_company_world *w, size_t k,
                           const lq_lane_list *hits, lq_ending *e)
{
    LQ_LANE_ARRAY(a);
    LQ_LANE_ARRAY(b);
    LQ_KERNEL(lq_ending_gather)(plan, s, w, k, hits, e);
    if (lq_draw_varies(&plan->premium) || lq_draw_varies(&plan->ipo_discount))
        lq_lanes_gather(hits, s->term_a, a);
    if (lq_draw_varies(&plan->ipo_primary)) lq_lanes_gather(hits, s->term_b, b);
    lq_ending_terms(plan, a, b, hits->n_padded, e);
    if (plan->direct_listing <= 0.0) return;
    lq_lanes_gather(hits, s->direct, a);
    lq_ending_direct(a, hits->n_padded, e);
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
        s->shares[l] = lists ? e->traded[i] : e->shares[i];
        w->exit_kind[l] = e->kind[i];
        w->shares[l] = e->shares[i];
        w->exit_month[l] = (double)k;
        const bool waits = lists && s->direct[l] == 0.0;
        w->liquid_month[l] = (double)(waits ? k + plan->lockup_months : k);
    }
}

/* Ends the private life of the lanes listed, each in the way of e->kind. */
static void leave_private(plan_t *plan, state_t *s, lq_company_world *w, size_t k,
                          const lq_lane_list *hits, lq_ending *e)
{
    gather_endings(plan, s, w, k, hits, e);
    LQ_KERNEL(lq_ending_prices)(plan, s->log, hits, e);
    end_private(plan, s, w, k, hits, e);
}

/* R13: what closes is a sale at the deal's price, without a premium on it. */
void LQ_KERNEL(lq_exits_deal)(plan_t *plan, size_t k, state_t *s, lq_company_world *w)
{
    lq_lane_list hits;
    lq_ending e;
    if (!LQ_KERNEL(lq_deal_end)(plan, k, s, w, &hits)) return;
    gather_endings(plan, s, w, k, &hits, &e);
    lq_lanes_set(e.kind, (double)LQ_EXIT_ACQUISITION);
    lq_lanes_set(e.premium, 0.0);
    LQ_KERNEL(lq_ending_prices)(plan, s->log, &hits, &e);
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

/* What crosses between the ends of the month leaves with its chance. */
static void count_crossings(plan_t *plan, size_t k, state_t *s, lq_pilot *pilot)
{
    double *sum = &pilot->incidence[LQ_EXIT_FAILURE * (plan->n_months + 1) + k];
    for (size_t l = 0; l < LQ_LANES; l++) {
        const double gone = s->survival[l] * s->crossing[l];
        *sum += gone;
        s->survival[l] -= gone;
    }
}

void LQ_KERNEL(lq_exits_floor)(plan_t *plan, size_t k, state_t *s, lq_company_world *w,
                               lq_pilot *pilot)
{
    lq_lane_list hits;
    lq_ending e;
    if (pilot && plan->floor_continuous) count_crossings(plan, k, s, pilot);
    if (!lq_lanes_list(s->fallen, &hits)) return;
    if (!pilot) {
        lq_lanes_set(e.kind, (double)LQ_EXIT_FAILURE);
        leave_private(plan, s, w, k, &hits, &e);
        return;
    }
    for (size_t i = 0; i < hits.n; i++) {
        const size_t l = hits.lane[i];
        pilot->incidence[LQ_EXIT_FAILURE * (plan->n_months + 1) + k] += s->survival[l];
        pilot->incidence[k] += s->survival[l];
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

void LQ_KERNEL(lq_exits_lottery)(plan_t *plan, size_t k, state_t *s, lq_company_world *w,
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
