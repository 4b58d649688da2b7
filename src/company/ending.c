#include "company/ending.h"

#include "num/lanes.h"

typedef const lq_company_plan plan_t;

void LQ_KERNEL(lq_ending_gather)(plan_t *plan, const lq_company_state *s,
                                 const lq_company_world *w, size_t k, const lq_lane_list *lanes,
                                 lq_ending *e)
{
    lq_lanes_gather(lanes, s->x, e->x);
    lq_lanes_gather(lanes, s->shares, e->shares);
    lq_lanes_gather(lanes, s->due, e->due);
    lq_lanes_gather(lanes, s->ceiling, e->ceiling);
    if (plan->stack.is_linear) return; /* no rounds are looked up */
    lq_lanes_gather(lanes, w->n_rounds, e->n_rounds);
    for (size_t i = 0; i < lanes->n_padded; i++)
        e->month[i] = (double)k;
}

/* Numbers of the plan. */
typedef struct terms {
    double recovery, after_fees, debt, after_carve;
    double unissued, strikes;
    double linear, simple, bends; /* flags */
} terms;

static terms terms_of(plan_t *plan)
{
    const lq_stack_plan *stack = &plan->stack;
    return (terms){.recovery = plan->recovery,
                   .after_fees = 1.0 - stack->opening.fees,
                   .debt = stack->opening.debt,
                   .after_carve = 1.0 - stack->opening.carve_out,
                   .unissued = stack->unissued,
                   .strikes = stack->strikes,
                   .linear = stack->is_linear ? 1.0 : 0.0,
                   .simple = stack->is_simple ? 1.0 : 0.0,
                   .bends = stack->listing_bends ? 1.0 : 0.0};
}

/* A listed share has a price, though debt or ratchets would take all that the company is worth.
 */
static const double NEXT_TO_NOTHING = 1e-9;

/* Fees go first in a sale, debt in a sale and in a failure, the carve-out is of what a sale
 * leaves. In an IPO the debt stays with the company, and the shares are worth the rest (ADR
 * 0043). R6: new shares are sold below the first close; holders bear the difference. */
LQ_INLINE void share_out(const terms *t, lq_ending *e, size_t i)
{
    const bool fails = e->kind[i] == (double)LQ_EXIT_FAILURE,
               lists = e->kind[i] == (double)LQ_EXIT_IPO;
    const double value = lq_lane_exp2(e->x[i]), keep = 1.0 - e->discount[i];
    const double sale = value * (1.0 + e->premium[i]) * t->after_fees,
                 rest = t->recovery * value;
    const double least = NEXT_TO_NOTHING * value, net = value - t->debt;
    const double equity = net > least ? net : least;
    const double raised = equity * e->primary[i], proceeds = fails ? rest : sale;
    const double after_debt = proceeds > t->debt ? proceeds - t->debt : 0.0;
    const double left = fails ? after_debt : after_debt * t->after_carve;
    e->raised[i] = raised / keep;
    e->proceeds[i] = proceeds;
    e->left[i] = lists ? equity - raised * e->discount[i] / keep : left;
}

/* Where everybody shares, or nobody does; returns 1 where it takes the stack to tell. */
LQ_INLINE double price_together(const terms *t, lq_ending *e, size_t i)
{
    const bool lists = e->kind[i] == (double)LQ_EXIT_IPO;
    const double shares = e->shares[i] - t->unissued, left = e->left[i], due = e->due[i];
    const double above = left > due ? left - due : 0.0, all = left + t->strikes;
    const double some = above > 0.0 ? all : 0.0, sold = t->linear != 0.0 ? above : some;
    const double nobody = above > 0.0 ? 0.0 : t->simple;
    const double known = all >= e->ceiling[i] * shares ? t->simple : nobody;
    e->paid[i] = (lists ? left : sold) / shares;
    return lists ? t->bends : t->linear != 0.0 ? 0.0 : 1.0 - known;
}

LQ_INLINE void list_shares(lq_ending *e, size_t i)
{
    const double price = e->kind[i] == (double)LQ_EXIT_IPO ? e->paid[i] : 1.0;
    e->listed_x[i] = lq_lane_log2(price);
    e->traded[i] = (e->left[i] + e->raised[i]) / price;
}

void LQ_KERNEL(lq_ending_prices)(plan_t *plan, const lq_round_log *log,
                                 const lq_lane_list *lanes, lq_ending *e)
{
    const terms t = terms_of(plan);
    LQ_LANE_ARRAY(open);
#pragma omp simd
    for (size_t i = 0; i < lanes->n_padded; i++) {
        share_out(&t, e, i);
        open[i] = price_together(&t, e, i);
        list_shares(e, i);
    }
    for (size_t i = 0; i < lanes->n && !plan->stack.is_linear; i++) {
        if (open[i] == 0.0) continue;
        const bool lists = e->kind[i] == (double)LQ_EXIT_IPO;
        const lq_path path = {log, lanes->lane[i], (size_t)e->n_rounds[i], e->month[i]};
        const double paid = LQ_KERNEL(lq_path_price)(&plan->stack, &path, e->left[i], lists);
        const double least = lists ? NEXT_TO_NOTHING * e->left[i] / e->shares[i] : 0.0;
        e->paid[i] = paid > least ? paid : least;
        list_shares(e, i);
    }
}
