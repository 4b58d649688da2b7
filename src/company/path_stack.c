#include "company/calls.h"

typedef const lq_stack_plan plan_t;

/* Rounding: a price this near another is the same. */
static const double SAME = 1e-9;

/* ---- replay ---- */

static void start(plan_t *plan, double month, lq_path_stack *out)
{
    const double years = month / 12.0;
    out->common = plan->opening.common;
    out->diluted = plan->diluted;
    out->n = plan->opening.n_preferred;
    for (size_t i = 0; i < out->n; i++) {
        out->class[i] = plan->opening.preferred[i];
        out->class[i].due += out->class[i].dividend * years;
    }
}

/* Those who do not take part in a down round hold common from then on. */
static void convert_some(lq_path_stack *s, double fraction)
{
    for (size_t i = 0; i < s->n; i++) {
        lq_preferred *p = &s->class[i];
        s->common += fraction * p->shares;
        p->shares *= 1.0 - fraction;
        p->due *= 1.0 - fraction;
        p->cap *= 1.0 - fraction;
        p->ipo_due *= 1.0 - fraction;
    }
}

/* Conversion prices after new shares at a lower price: the weighted average CP (A + B) / (A +
 * C), A all shares before, B what the new money would have bought at CP, C the new shares; or
 * the new price. More shares of common for the same claim. */
static void adjust(lq_path_stack *s, double before, double price, double issued)
{
    for (size_t i = 0; i < s->n; i++) {
        lq_preferred *p = &s->class[i];
        const double paid = p->conversion_price;
        const bool has_none = p->anti_dilution == LQ_ANTI_DILUTION_NONE || !(p->shares > 0.0);
        if (has_none || price >= paid * (1.0 - SAME)) continue;
        const double bought = price * issued / paid;
        const double average = paid * (before + bought) / (before + issued);
        p->conversion_price = p->anti_dilution == LQ_ANTI_DILUTION_FULL ? price : average;
        const double shares = p->shares * (paid / p->conversion_price);
        s->diluted += shares - p->shares;
        p->shares = shares;
    }
}

static void add_class(plan_t *plan, lq_path_stack *s, double price, double issued, double years)
{
    const lq_preferred *added = &plan->added;
    const double invested = price * issued;
    const size_t earlier = s->n - plan->opening.n_preferred;
    lq_preferred *p = &s->class[s->n++];
    *p = *added;
    p->rank = added->rank + (plan->ranks_rise ? (int)earlier + 1 : 0);
    p->shares = issued;
    p->due = invested * (added->due + added->dividend * years);
    p->cap = invested * added->cap;
    p->ipo_due = invested * added->ipo_due;
    p->ipo_veto = price * added->ipo_veto;
    p->conversion_price = price;
}

void LQ_KERNEL(lq_path_replay)(plan_t *plan, const lq_path *path, lq_path_stack *out)
{
    start(plan, path->month, out);
    for (size_t n = 0; n < path->n_rounds; n++) {
        const double(*round)[LQ_LANES] = path->log->row[n];
        const size_t l = path->lane;
        const double price = round[LQ_ROUND_PRICE][l], issued = round[LQ_ROUND_ISSUED][l];
        const double pool = round[LQ_ROUND_POOL][l], before = out->diluted;
        if (plan->pay_to_play > 0.0 && round[LQ_ROUND_IS_DOWN][l] != 0.0)
            convert_some(out, plan->pay_to_play);
        out->common += pool;
        out->diluted += pool + issued;
        if (plan->has_rights) adjust(out, before, price, issued);
        add_class(plan, out, price, issued, (path->month - round[LQ_ROUND_MONTH][l]) / 12.0);
    }
    for (size_t i = 0; i < out->n; i++) {
        lq_preferred *p = &out->class[i];
        p->cap = p->cap > p->due ? p->cap : p->due;
    }
}

void LQ_KERNEL(lq_path_offer)(plan_t *plan, const lq_path *path, const lq_new_round *round,
                              lq_path_stack *out)
{
    LQ_KERNEL(lq_path_replay)(plan, path, out);
    if (plan->pay_to_play > 0.0 && round->is_down) convert_some(out, plan->pay_to_play);
    out->common += round->pool;
    out->diluted += round->pool + round->issued;
    add_class(plan, out, 1.0, round->issued, round->years);
    lq_preferred *added = &out->class[out->n - 1];
    added->cap = added->cap > added->due ? added->cap : added->due;
}

lq_stack_sums LQ_KERNEL(lq_path_sums)(plan_t *plan, const lq_path_stack *stack)
{
    lq_stack_sums sums = {.diluted = stack->diluted};
    for (size_t i = 0; i < plan->opening.n_tranches; i++) {
        const double strike = plan->opening.tranche[i].strike;
        sums.ceiling = strike > sums.ceiling ? strike : sums.ceiling;
    }
    for (size_t i = 0; i < stack->n; i++) {
        const lq_preferred *p = &stack->class[i];
        const double from = p->shares > 0.0 ? p->due / p->shares : 0.0;
        sums.due += p->due;
        sums.ceiling = from > sums.ceiling ? from : sums.ceiling;
        if (p->shares > 0.0 && p->ipo_veto > sums.veto) sums.veto = p->ipo_veto;
    }
    return sums;
}

/* ---- what common gets ---- */

/* Those of the opening stack are the plan's; `room` is for others. */
static const lq_bends *bends_of(plan_t *plan, const lq_path *path, bool lists, lq_bends *room)
{
    lq_path_stack stack;
    if (path->n_rounds == 0 && !plan->accrues) return lists ? &plan->listing : &plan->sale;
    LQ_KERNEL(lq_path_replay)(plan, path, &stack);
    lq_bends_make(room, &plan->opening, stack.common, stack.class, stack.n, lists);
    return room;
}

double LQ_KERNEL(lq_path_price)(plan_t *plan, const lq_path *path, double left, bool lists)
{
    lq_bends room;
    return lq_bends_price(bends_of(plan, path, lists, &room), left);
}

/* ---- the option method ---- */

/* Strikes on what is left to distribute. */
static void list_calls(const lq_bends *bends, lq_calls *out)
{
    double at = bends->due, price = 0.0, shares = 0.0, slope = 0.0;
    out->n = 0;
    for (size_t i = 0; i < bends->n;) {
        at += shares * (bends->item[i].price - price);
        price = bends->item[i].price;
        for (; i < bends->n && bends->item[i].price == price; i++)
            shares += bends->item[i].shares;
        lq_calls_add(out, at, 1.0 / shares - slope);
        slope = 1.0 / shares;
    }
    lq_calls_end(out);
}

static double value_in(plan_t *plan, const lq_path *path, const lq_path_law *law, bool lists)
{
    lq_bends room;
    lq_calls c;
    list_calls(bends_of(plan, path, lists, &room), &c);
    return lq_calls_value(&c, &plan->opening, law, lists);
}

double LQ_KERNEL(lq_path_value)(plan_t *plan, const lq_path *path, const lq_path_law *law)
{
    double worth = 0.0;
    if (law->ipo_share < 1.0)
        worth += (1.0 - law->ipo_share) * value_in(plan, path, law, false);
    if (law->ipo_share > 0.0) worth += law->ipo_share * value_in(plan, path, law, true);
    return worth;
}
