#include "scenario/resolve.h"

#include <math.h>
#include <string.h>

/* Sales of private shares by those who hold them. */

static void complain(lq_resolver *r, const lq_node *node, const char *expected,
                     const char *found, const char *hint)
{
    lq_node_problem(node, r->reader.problems, expected, found, hint);
}

static void check_whole_months(lq_resolver *r, const lq_node *group, const lq_node *or_else,
                               const char *key, const lq_value *value)
{
    const double months = 12.0 * value->p[0];
    const lq_node *node = lq_child(group, key);
    if (!value->given || fabs(months - round(months)) < 1e-6) return;
    complain(r, node ? node : or_else, "whole months",
             lq_arena_printf(r->reader.arena, "%.4g months", months), NULL);
}

static void check_secondary(lq_resolver *r, const lq_company *c, const lq_node *node)
{
    const lq_node *group = lq_child(node, "secondary");
    if (!c->secondary.allowed) return;
    check_whole_months(r, group, node, "every", &c->secondary.every);
    check_whole_months(r, group, node, "rofr_delay", &c->secondary.rofr_delay);
    check_whole_months(r, group, node, "from_tenure", &c->secondary.from_tenure);
    if (c->deal.price.given)
        complain(r, group ? group : node, "a deal, or secondary sales", "both",
                 "while a sale of the whole company is open its price holds, and nobody "
                 "sells a part below it: leave secondary out");
}

static void check_appraisal(lq_resolver *r, const lq_company *c, const lq_node *node)
{
    const lq_node *group = lq_child(node, "appraisal");
    check_whole_months(r, group, node, "every", &c->appraisal.every);
    check_whole_months(r, group, node, "after_round", &c->appraisal.after_round);
}

static void check_acquisition(lq_resolver *r, const lq_company *c, const lq_node *node)
{
    const lq_node *sale = lq_child(lq_child(node, "exits"), "acquisition");
    const lq_node *deal = lq_child(node, "deal");
    check_whole_months(r, lq_child(sale, "escrow"), node, "months",
                       &c->acquisition.escrow.months);
    check_whole_months(r, lq_child(sale, "retention"), node, "over",
                       &c->acquisition.retention.over);
    check_whole_months(r, lq_child(deal, "retention"), node, "over", &c->deal.retention.over);
}

static void check_stages(lq_resolver *r, const lq_company *c, const lq_node *lockup)
{
    const lq_lockup_stage *stages = c->lockup_stages.items;
    const lq_node *list = lq_child(lockup, "stages"), *node = list->first;
    double sum = 0.0;
    if (c->lockup_stages.len > LQ_MOST_STAGES)
        complain(r, list, lq_arena_printf(r->reader.arena, "at most %d stages", LQ_MOST_STAGES),
                 lq_arena_printf(r->reader.arena, "%zu", c->lockup_stages.len), NULL);
    if (lq_child(lockup, "ends"))
        complain(r, lq_child(lockup, "ends"), "stages, or when it ends", "both", NULL);
    for (size_t i = 0; i < c->lockup_stages.len; i++, node = node->next) {
        check_whole_months(r, node, node, "after", &stages[i].after);
        if (i && stages[i].after.p[0] <= stages[i - 1].after.p[0])
            complain(r, node, "stages one after the other", "one that is not later", NULL);
        sum += stages[i].release.p[0];
    }
    if (fabs(sum - 1.0) > 1e-9)
        complain(r, list, "stages that release 100 % in all",
                 lq_arena_printf(r->reader.arena, "%.4g %%", 100.0 * sum), NULL);
}

static void check_lockup(lq_resolver *r, const lq_company *c, const lq_node *node)
{
    const lq_node *lockup = lq_child(node, "lockup");
    const lq_node *trigger = lq_child(lockup, "price_trigger");
    if (c->lockup_stages.len && lq_child(lockup, "stages")) check_stages(r, c, lockup);
    check_whole_months(r, trigger, node, "for", &c->price_trigger.months);
    if (trigger && !c->price_trigger.release.given && lq_is_sound(r, trigger))
        complain(r, trigger, "release: what may be sold then", "none", NULL);
}

void lq_check_sales(lq_resolver *r, const lq_company *c, const lq_node *node)
{
    check_secondary(r, c, node);
    check_appraisal(r, c, node);
    check_acquisition(r, c, node);
    check_lockup(r, c, node);
}
