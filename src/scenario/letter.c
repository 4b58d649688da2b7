#include "scenario/letter.h"

static int months_of(const lq_value *duration)
{
    return duration->given ? lq_value_months(duration) : 0;
}

int lq_vesting_rule_months(const lq_vesting_rule *rule)
{
    const lq_vesting_row *rows = rule->table.items;
    switch (rule->kind) {
    case LQ_VESTING_YEARS:
        return 12 * (int)rule->years.len;
    case LQ_VESTING_OVER:
        return months_of(&rule->over);
    default:
        return rule->table.len ? (int)rows[rule->table.len - 1].months : 0;
    }
}

/* Months of the whole vesting periods of length `every` within `months`. */
static double whole_periods(int months, int every)
{
    return (double)(months - months % every);
}

static double vested_of_years(const lq_vesting_rule *rule, int months)
{
    const double *years = rule->years.items;
    const int every = months_of(&rule->every);
    double sum = 0.0;
    for (size_t y = 0; y < rule->years.len; y++) {
        const int into = months - 12 * (int)y;
        if (into <= 0) break;
        if (into >= 12)
            sum += years[y];
        else
            sum += years[y] * whole_periods(into, every) / 12.0;
    }
    return sum;
}

static double vested_of_table(const lq_vesting_rule *rule, int months)
{
    const lq_vesting_row *rows = rule->table.items;
    double sum = 0.0;
    for (size_t i = 0; i < rule->table.len && rows[i].months <= months; i++)
        sum += rows[i].fraction;
    return sum;
}

double lq_vesting_rule_vested(const lq_vesting_rule *rule, int months)
{
    if (months <= 0 || months < months_of(&rule->cliff)) return 0.0;
    if (months >= lq_vesting_rule_months(rule)) return 1.0;
    switch (rule->kind) {
    case LQ_VESTING_YEARS:
        return vested_of_years(rule, months);
    case LQ_VESTING_OVER: {
        const int every = months_of(&rule->every);
        return whole_periods(months, every) / months_of(&rule->over);
    }
    default:
        return vested_of_table(rule, months);
    }
}

static double base_of(const lq_offer *offer, int from, int to)
{
    double sum = 0.0, level = 1.0;
    for (int k = 1; k <= to; k++) {
        if (k > 12 && k % 12 == 1) level *= 1.0 + lq_value_mean(&offer->raise);
        if (k > from) sum += level;
    }
    return lq_value_mean(&offer->base) * sum / 12.0;
}

static double sign_on_of(const lq_sign_on *sign_on, int from, int to)
{
    const lq_vesting_row *rows = sign_on->instalments.items;
    const double amount = lq_value_mean(&sign_on->amount);
    double sum = sign_on->instalments.len == 0 && from == 0 ? amount : 0.0;
    for (size_t i = 0; i < sign_on->instalments.len; i++) {
        const int k = (int)rows[i].months;
        if ((k > from && k <= to) || (k == 0 && from == 0)) sum += amount * rows[i].fraction;
    }
    return sum;
}

static double equity_of(const lq_offer *offer, int from, int to)
{
    const lq_grant *grants = offer->grants.items;
    double sum = 0.0;
    for (size_t g = 0; g < offer->grants.len; g++) {
        const lq_vesting_rule *rule = &grants[g].vesting;
        const int at = grants[g].granted_month;
        sum +=
            grants[g].face * lq_value_mean(&grants[g].probability) *
            (lq_vesting_rule_vested(rule, to - at) - lq_vesting_rule_vested(rule, from - at));
    }
    return sum;
}

lq_letter lq_letter_sum(const lq_offer *offer, int from, int to)
{
    lq_letter sum = {.base = base_of(offer, from, to),
                     .sign_on = sign_on_of(&offer->sign_on, from, to),
                     .equity = equity_of(offer, from, to)};
    sum.bonus = sum.base * lq_value_mean(&offer->bonus.target);
    sum.total = sum.base + sum.bonus + sum.sign_on + sum.equity;
    return sum;
}
