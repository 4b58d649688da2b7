/**
 * @file bends.h
 * Where a waterfall bends: prices of a share of common from which somebody takes part in the
 * rest with more or fewer shares. From these the whole cap table's pieces are made (stack.h),
 * and, on a path, what a share of common gets (path_stack.h).
 *
 * No libm: for kernels too.
 */
#ifndef LQ_COMPANY_BENDS_H
#define LQ_COMPANY_BENDS_H

#include "company/stack.h"

enum {
    LQ_MAX_ROUNDS = 64, /**< Rounds on a path, and tenders: each has draws of its own. What
                             would come after them is left out, and its path counted. */
    /** The classes of the first day, and one for each round. */
    LQ_MAX_PATH_CLASSES = LQ_MAX_PREFERRED + LQ_MAX_ROUNDS,
    LQ_MAX_BENDS = 1 + 3 * LQ_MAX_PATH_CLASSES + LQ_MAX_TRANCHES
};

typedef struct lq_bend {
    double price;    /**< money a share of common */
    double shares;   /**< that take part from there on; negative: no longer do */
    size_t claimant; /**< whose they are */
} lq_bend;

typedef struct lq_bends {
    double due; /**< money, before any of the rest */
    size_t n;
    lq_bend item[LQ_MAX_BENDS]; /**< in order of price; the first is common, from 0 on */
} lq_bends;

/** What a class has in an IPO: common, but for what a ratchet adds. */
static inline void lq_preferred_list(lq_preferred *p)
{
    p->due = p->ipo_due;
    p->rank = 0;
    p->participation = LQ_PARTICIPATION_NONE;
}

/** In order of price; few, so by insertion. */
static inline void lq_bends_add(lq_bends *bends, double price, double shares, size_t claimant)
{
    size_t at = bends->n++;
    for (; at > 0 && bends->item[at - 1].price > price; at--)
        bends->item[at] = bends->item[at - 1];
    bends->item[at] = (lq_bend){price, shares, claimant};
}

static inline void lq_bends_add_preferred(lq_bends *bends, const lq_preferred *p,
                                          size_t claimant)
{
    bends->due += p->due;
    if (p->participation == LQ_PARTICIPATION_NONE) {
        lq_bends_add(bends, p->due / p->shares, p->shares, claimant);
        return;
    }
    lq_bends_add(bends, 0.0, p->shares, claimant);
    if (p->participation == LQ_PARTICIPATION_FULL) return;
    lq_bends_add(bends, (p->cap - p->due) / p->shares, -p->shares, claimant);
    lq_bends_add(bends, p->cap / p->shares, p->shares, claimant);
}

/** Of n classes and the tranches of a stack; in an IPO, `lists`, or in a sale. */
static inline void lq_bends_make(lq_bends *bends, const lq_stack *stack, double common,
                                 const lq_preferred *classes, size_t n, bool lists)
{
    bends->due = 0.0;
    bends->n = 0;
    lq_bends_add(bends, 0.0, common, LQ_CLAIM_COMMON);
    for (size_t i = 0; i < n; i++) {
        lq_preferred p = classes[i];
        if (!(p.shares > 0.0)) continue; /* nothing is left of it */
        if (lists) lq_preferred_list(&p);
        lq_bends_add_preferred(bends, &p, LQ_CLAIM_PREFERRED + i);
    }
    for (size_t i = 0; i < stack->n_tranches; i++)
        lq_bends_add(bends, stack->tranche[i].strike, stack->tranche[i].shares,
                     LQ_CLAIM_PREFERRED + n + i);
}

/** What a share of common gets when `left` is there for all of them. */
static inline double lq_bends_price(const lq_bends *bends, double left)
{
    double at = bends->due, price = 0.0, shares = 0.0;
    if (!(left > at)) return 0.0;
    for (size_t i = 0; i < bends->n; i++) {
        const double next = at + shares * (bends->item[i].price - price);
        if (next >= left) break;
        at = next;
        price = bends->item[i].price;
        shares += bends->item[i].shares;
    }
    return price + (left - at) / shares;
}

#endif
