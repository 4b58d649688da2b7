#include "company/calls.h"

typedef const lq_stack_plan plan_t;

/* A round under way: its class is the last of the stack. */
typedef struct offer {
    plan_t *plan;
    const lq_new_round *round;
    const lq_path_law *law;
    lq_preferred unit; /* the class at a price of 1 */
    lq_path_stack stack;
} offer;

/* What comes before the class, and what shares with it in proportion. In an IPO all that is due
 * is alike. */
static void find_claims(const lq_path_stack *s, bool lists, double *before, double *beside)
{
    const int rank = s->class[s->n - 1].rank;
    *before = *beside = 0.0;
    for (size_t i = 0; i + 1 < s->n; i++) {
        const lq_preferred *p = &s->class[i];
        if (!(p->shares > 0.0)) continue;
        if (lists || p->rank == rank)
            *beside += lists ? p->ipo_due : p->due;
        else if (p->rank > rank)
            *before += p->due;
    }
}

/* What the class has of each further dollar, as changes at strikes: its part of the claims of
 * its rank, then that of its shares. */
static void list_calls(const lq_path_stack *s, const lq_bends *bends, bool lists, lq_calls *out)
{
    const size_t own = LQ_CLAIM_PREFERRED + s->n - 1;
    const lq_preferred *p = &s->class[s->n - 1];
    const double due = lists ? p->ipo_due : p->due;
    double before, beside, at = bends->due, price = 0.0, all = 0.0, mine = 0.0, slope = 0.0;
    out->n = 0;
    find_claims(s, lists, &before, &beside);
    if (due > 0.0) {
        lq_calls_add(out, before, due / (due + beside));
        lq_calls_add(out, before + due + beside, -due / (due + beside));
    }
    for (size_t i = 0; i < bends->n;) {
        at += all * (bends->item[i].price - price);
        price = bends->item[i].price;
        for (; i < bends->n && bends->item[i].price == price; i++) {
            all += bends->item[i].shares;
            if (bends->item[i].claimant == own) mine += bends->item[i].shares;
        }
        if (mine / all == slope) continue;
        lq_calls_add(out, at, mine / all - slope);
        slope = mine / all;
    }
    lq_calls_end(out);
}

static double value_in(const offer *o, const lq_path_law *law, bool lists)
{
    const lq_path_stack *s = &o->stack;
    lq_bends bends;
    lq_calls c;
    lq_bends_make(&bends, &o->plan->opening, s->common, s->class, s->n, lists);
    list_calls(s, &bends, lists, &c);
    return lq_calls_value(&c, &o->plan->opening, law, lists);
}

/* Where nobody has more than shares in an IPO, nothing bends: a part of the whole. */
static double value_listing(const offer *o, const lq_path_law *law)
{
    const double all = o->stack.diluted - o->plan->unissued;
    if (o->plan->listing_bends || o->plan->opening.debt > 0.0) return value_in(o, law, true);
    return law->value * (o->round->issued / all);
}

static double excess(double phi, void *context)
{
    offer *o = context;
    const lq_new_round *r = o->round;
    const double price = phi * o->law->value / r->base, paid = price * r->issued;
    lq_path_law law = *o->law;
    double worth = 0.0;
    if (r->retained) law.value += paid;
    o->stack.class[o->stack.n - 1] = lq_preferred_at(&o->unit, price);
    if (law.ipo_share < 1.0) worth += (1.0 - law.ipo_share) * value_in(o, &law, false);
    if (law.ipo_share > 0.0) worth += law.ipo_share * value_listing(o, &law);
    return worth / paid - 1.0 - LQ_PHI_SLACK;
}

double LQ_KERNEL(lq_path_phi)(plan_t *plan, const lq_path *path, const lq_path_law *law,
                              const lq_new_round *round)
{
    offer o = {.plan = plan, .round = round, .law = law};
    LQ_KERNEL(lq_path_offer)(plan, path, round, &o.stack);
    o.unit = o.stack.class[o.stack.n - 1];
    return lq_phi_solve(excess, &o);
}
