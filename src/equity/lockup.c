#include "equity/job.h"

#include <math.h>

/* A lockup that ends in stages, and earlier where the price is high. */

typedef lq_grant_job job;

/* Months in which a part comes free, and the part of all that is free from then on. */
typedef struct releases {
    size_t n;
    double month[LQ_MAX_STAGES + 1], up_to[LQ_MAX_STAGES + 1];
} releases;

/* The month whose close is the last of so many in a row above the trigger; infinity: none. */
static double triggered_in(const job *j, size_t l)
{
    const lq_lockup_plan *p = j->plan->lockup;
    const double exit = j->company->exit_month[l], end = (double)j->plan->n_months;
    const double above = p->above * j->company->price[lq_grant_at(exit, l)];
    const double last = lq_grant_min(exit + p->after[p->n_stages - 1] - 1.0, end);
    size_t in_a_row = 0;
    if (p->early <= 0.0) return (double)INFINITY;
    for (double k = exit + 1.0; k <= last; k += 1.0) {
        in_a_row = j->company->price[lq_grant_at(k, l)] >= above ? in_a_row + 1 : 0;
        if (in_a_row == p->for_months) return k;
    }
    return (double)INFINITY;
}

static void add(releases *r, double month, double up_to)
{
    r->month[r->n] = month;
    r->up_to[r->n++] = lq_grant_min(up_to, 1.0);
}

static releases find_releases(const job *j, size_t l)
{
    const lq_lockup_plan *p = j->plan->lockup;
    const double exit = j->company->exit_month[l], trigger = triggered_in(j, l);
    releases r = {.n = 0};
    double before = 0.0;
    for (size_t i = 0; i < p->n_stages; i++) {
        const double month = exit + p->after[i];
        const bool early = trigger < month;
        if (early && (i == 0 || trigger >= exit + p->after[i - 1]))
            add(&r, trigger, before + p->early);
        add(&r, month, p->up_to[i] + (early ? p->early : 0.0));
        before = p->up_to[i];
    }
    return r;
}

/* Holds the vests up to `last` from *next on. */
static void hold_until(const job *j, size_t l, double last, size_t *next)
{
    const lq_grant_plan *p = j->plan;
    for (; *next < p->n_vests; ++*next) {
        const double k = (double)p->vest_month[*next];
        if (k > j->last[l] || k > last) return;
        lq_grant_hold(j, l, p->vest_weight[*next] * j->s->units[l],
                      j->company->price[lq_grant_at(k, l)], k);
    }
}

double LQ_KERNEL(lq_grant_release)(const job *j, size_t l)
{
    const lq_grant_plan *p = j->plan;
    const double exit = j->company->exit_month[l], end = (double)p->n_months;
    const releases r = find_releases(j, l);
    double before = 0.0;
    size_t next = 0;
    while (next < p->n_vests && (double)p->vest_month[next] <= exit)
        next++;
    for (size_t i = 0; i < r.n && r.month[i] <= end; i++) {
        const double month = r.month[i], up_to = r.up_to[i];
        hold_until(j, l, month - 1.0, &next);
        if (up_to <= before) continue;
        lq_grant_sell(j, l, (up_to - before) / (1.0 - before),
                      j->company->price[lq_grant_at(month, l)], month);
        before = up_to;
        if (before >= 1.0) return month - 1.0;
    }
    hold_until(j, l, end, &next);
    return end;
}
