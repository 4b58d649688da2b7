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
                 "who would buy shares while a sale of the company is open?");
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

void lq_check_sales(lq_resolver *r, const lq_company *c, const lq_node *node)
{
    check_secondary(r, c, node);
    check_acquisition(r, c, node);
}
