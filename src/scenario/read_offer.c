#include "scenario/rows.h"

#include "config/schema_value.h"

#include <math.h>
#include <string.h>

bool lq_read_company(const lq_node *node, lq_reader *reader, void *member)
{
    if (node->kind == LQ_NODE_SCALAR) {
        *(const char **)member = lq_arena_strdup(reader->arena, node->text);
        return true;
    }
    if (node->kind == LQ_NODE_GROUP) {
        lq_company *scratch = lq_arena_calloc(reader->arena, 1, sizeof *scratch);
        *(const char **)member = NULL; /* takes the offer's id */
        return scratch && lq_schema_read(&lq_company_record, node, reader, scratch);
    }
    lq_node_problem(node, reader->problems,
                    "a company id, or {like: late-stage, post_money: $800M}", "a list", NULL);
    return false;
}

bool lq_read_ask(const lq_node *node, lq_reader *reader, void *member)
{
    (void)member;
    if (node->kind != LQ_NODE_GROUP) {
        lq_node_problem(node, reader->problems, "a group of terms, {base: $300K, stock: $505K}",
                        node->kind == LQ_NODE_SCALAR ? node->text : "a list", NULL);
        return false;
    }
    lq_offer_input *scratch = lq_arena_calloc(reader->arena, 1, sizeof *scratch);
    return scratch && lq_schema_read(&lq_ask_record, node, reader, scratch);
}

static bool is_word(const lq_node *node, const char *word)
{
    return node->kind == LQ_NODE_SCALAR && strcmp(node->text, word) == 0;
}

/* One number where a record could stand; what stands there must be constant and in range. */
static bool read_short(const lq_node *node, lq_reader *reader, lq_measure measure,
                       lq_value *out)
{
    lq_value value;
    if (!lq_value_read(node, measure, reader->problems, &value)) return false;
    if (!lq_value_is_constant(&value)) {
        lq_node_problem(node, reader->problems, "one number",
                        node->text ? node->text : "a range", NULL);
        return false;
    }
    if (value.p[0] < 0.0) {
        lq_node_problem(node, reader->problems, "a number of at least 0", node->text, NULL);
        return false;
    }
    *out = value;
    return true;
}

bool lq_read_bonus(const lq_node *node, lq_reader *reader, void *member)
{
    lq_bonus_input *bonus = member;
    if (is_word(node, "typical")) {
        bonus->typical = true;
        return true;
    }
    bonus->typical = false;
    return lq_schema_read_value(&lq_bonus_record.fields[0], node, reader, &bonus->target);
}

bool lq_read_sign_on(const lq_node *node, lq_reader *reader, void *member)
{
    lq_sign_on_input *sign_on = member;
    return lq_schema_read_value(&lq_sign_on_record.fields[0], node, reader,
                                &sign_on->terms.amount);
}

bool lq_read_stock(const lq_node *node, lq_reader *reader, void *member)
{
    lq_grant *stock = member;
    return lq_schema_read_value(&lq_stock_record.fields[0], node, reader, &stock->value);
}

bool lq_read_refresh(const lq_node *node, lq_reader *reader, void *member)
{
    lq_refresh_input *refresh = member;
    if (is_word(node, "typical")) {
        refresh->typical = true;
        return true;
    }
    lq_node_problem(node, reader->problems, "typical, {grants: $140K/y}, or {vests: $140K/y}",
                    lq_node_described(node),
                    "grants is the face of each yearly grant, vests is what vests each year");
    return false;
}

bool lq_read_band(const lq_node *node, lq_reader *reader, void *member)
{
    lq_band_input *band = member;
    if (node->kind == LQ_NODE_GROUP) {
        lq_node_problem(node, reader->problems, "{base: $245K to $305K}, or a range of base",
                        lq_node_described(node), "a band is a range as it stands");
        return false;
    }
    return lq_value_read(node, LQ_MEASURE_MONEY, reader->problems, &band->base);
}

/* Two kinds of schedule in one vesting: the first one that is read says so. */
static bool only_one_kind(const lq_node *node, lq_reader *reader)
{
    static const char *const kinds[] = {"years", "over", "table"};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const lq_node *other = node->parent ? lq_node_get(node->parent, kinds[i]) : NULL;
        if (!other || other == node) continue;
        lq_node_problem(node, reader->problems, "exactly one of years, over, table",
                        "more than one", NULL);
        return false;
    }
    return true;
}

static bool sums_to_one(const lq_node *node, lq_reader *reader, double sum)
{
    if (fabs(sum - 1.0) <= 1e-9) return true;
    lq_node_problem(node, reader->problems, "fractions that sum to 100 %",
                    lq_arena_printf(reader->arena, "a sum of %.10g %%", 100.0 * sum), NULL);
    return false;
}

static bool read_fraction(const lq_node *node, lq_reader *reader, double *out)
{
    lq_value value;
    if (!read_short(node, reader, LQ_MEASURE_FRACTION, &value)) return false;
    *out = value.p[0];
    return true;
}

bool lq_read_vesting_years(const lq_node *node, lq_reader *reader, void *member)
{
    lq_vesting_rule *rule = member;
    double sum = 0.0;
    if (!only_one_kind(node, reader)) return false;
    if (node->kind != LQ_NODE_LIST || node->n_children == 0) {
        lq_node_problem(node, reader->problems, "a list of fractions, [25%, 25%, 25%, 25%]",
                        node->text ? node->text : "something else", NULL);
        return false;
    }
    double *years = lq_arena_calloc(reader->arena, node->n_children, sizeof *years);
    size_t n = 0;
    if (!years) return false;
    for (const lq_node *child = node->first; child; child = child->next, n++) {
        if (!read_fraction(child, reader, &years[n])) return false;
        sum += years[n];
    }
    if (!sums_to_one(node, reader, sum)) return false;
    rule->kind = LQ_VESTING_YEARS;
    rule->years = (lq_list){years, n};
    return true;
}

bool lq_read_vesting_over(const lq_node *node, lq_reader *reader, void *member)
{
    lq_vesting_rule *rule = member;
    lq_value over;
    if (!only_one_kind(node, reader)) return false;
    if (!read_short(node, reader, LQ_MEASURE_DURATION, &over)) return false;
    if (over.p[0] < 1.0 / 24 || over.p[0] > 15.0) {
        lq_node_problem(node, reader->problems, "1mo to 15y", node->text, NULL);
        return false;
    }
    rule->kind = LQ_VESTING_OVER;
    rule->over = over;
    return true;
}

static bool read_row(const lq_node *node, lq_reader *reader, double after, lq_vesting_row *out)
{
    lq_value when;
    const char *why = lq_value_parse(node->key, LQ_MEASURE_DURATION, &when);
    if (why) {
        lq_node_problem(node, reader->problems, "a time such as 12mo", node->key, why);
        return false;
    }
    const double months = 12.0 * when.p[0];
    if (fabs(months - round(months)) > 1e-6 || round(months) <= after || months > 180.5) {
        lq_node_problem(node, reader->problems, "whole months, rising, up to 15y", node->key,
                        NULL);
        return false;
    }
    out->months = round(months);
    return read_fraction(node, reader, &out->fraction);
}

/* {12mo: 25%, ...} with times above `after` (in months). */
static bool read_rows(const lq_node *node, lq_reader *reader, double after, lq_list *out)
{
    if (node->kind != LQ_NODE_GROUP || node->n_children == 0) {
        lq_node_problem(node, reader->problems, "times and fractions, {12mo: 25%, 24mo: 75%}",
                        node->text ? node->text : "something else", NULL);
        return false;
    }
    lq_vesting_row *rows = lq_arena_calloc(reader->arena, node->n_children, sizeof *rows);
    double sum = 0.0;
    size_t n = 0;
    if (!rows) return false;
    for (const lq_node *child = node->first; child; child = child->next, n++) {
        if (!read_row(child, reader, n == 0 ? after : rows[n - 1].months, &rows[n]))
            return false;
        sum += rows[n].fraction;
    }
    if (!sums_to_one(node, reader, sum)) return false;
    *out = (lq_list){rows, n};
    return true;
}

bool lq_read_vesting_table(const lq_node *node, lq_reader *reader, void *member)
{
    lq_vesting_rule *rule = member;
    if (!only_one_kind(node, reader) || !read_rows(node, reader, 0.0, &rule->table))
        return false;
    rule->kind = LQ_VESTING_TABLE;
    return true;
}

bool lq_read_instalments(const lq_node *node, lq_reader *reader, void *member)
{
    return read_rows(node, reader, -1.0, member);
}

bool lq_read_granted(const lq_node *node, lq_reader *reader, void *member)
{
    lq_value when;
    if (!read_short(node, reader, LQ_MEASURE_DURATION, &when)) return false;
    if (fabs(12.0 * when.p[0] - round(12.0 * when.p[0])) > 1e-6 || when.p[0] > 15.0) {
        lq_node_problem(node, reader->problems, "whole months up to 15y", node->text, NULL);
        return false;
    }
    *(int *)member = lq_value_months(&when);
    return true;
}
