#include "scenario/resolve.h"

#include <string.h>

static lq_preference *series_of(const lq_company *c)
{
    return c->preferences.items;
}

static void give(lq_value *value, const char *currency)
{
    if (value->given && !value->currency[0]) memcpy(value->currency, currency, 4);
}

void lq_cap_table_currency(lq_company *c)
{
    lq_option_row *options = c->cap_table.options.items;
    lq_preference *series = series_of(c);
    for (size_t i = 0; i < c->preferences.len; i++) {
        give(&series[i].invested, c->currency);
        give(&series[i].accrued, c->currency);
        give(&series[i].veto, c->currency);
    }
    for (size_t i = 0; i < c->cap_table.options.len; i++)
        give(&options[i].strike, c->currency);
    give(&c->cap_table.debt, c->currency);
    give(&c->opening_value.price, c->currency);
}

double lq_cap_table_shares(const lq_company *c)
{
    const lq_option_row *options = c->cap_table.options.items;
    const lq_preference *series = series_of(c);
    double sum = c->cap_table.common.p[0] + c->cap_table.pool.p[0];
    for (size_t i = 0; i < c->cap_table.options.len; i++)
        sum += options[i].shares.p[0];
    for (size_t i = 0; i < c->preferences.len; i++)
        sum += series[i].shares.p[0] * series[i].conversion.p[0];
    return sum;
}

/* Of a share of common that the last series listed would be; 0: it tells none. */
static double issue_price(const lq_company *c)
{
    const size_t n = c->preferences.len;
    const lq_preference *last = n ? &series_of(c)[n - 1] : NULL;
    const double shares = last ? last->shares.p[0] * last->conversion.p[0] : 0.0;
    return shares > 0.0 ? last->invested.p[0] / shares : 0.0;
}

static lq_value derived(double x, const lq_company *c, const char *source)
{
    lq_value value = lq_value_constant(x);
    value.is_default = true;
    value.source = source;
    memcpy(value.currency, c->currency, 4);
    return value;
}

/* The last round as the cap table tells it: all shares at the last price, or the price that a
 * post-money makes of all shares. */
static void derive_last_round(lq_company *c)
{
    lq_value *price = &c->last_round.price, *post = &c->last_round.post_money;
    const double shares = lq_cap_table_shares(c), issued = issue_price(c);
    const bool priced = price->given && !price->is_default;
    if (!(shares > 0.0)) return;
    if (!priced && post->given && lq_value_mean(post) > 0.0)
        *price =
            derived(lq_value_mean(post) / shares, c, "the cap table: post-money / all shares");
    else if (!priced && issued > 0.0)
        *price = derived(issued, c, "the cap table: issue price of the last series listed");
    if (!post->given)
        *post =
            derived(lq_value_mean(price) * shares, c,
                    "the cap table: all shares at the last price, options and pool among them");
}

/* The pack's last round is about the pack's shares. */
static void forget_round_of_pack(const lq_node *node, lq_company *c)
{
    if (lq_child(node, "cap_table") && c->last_round.post_money.is_default)
        c->last_round.post_money = (lq_value){0};
}

void lq_resolve_cap_table(lq_resolver *r, const lq_node *node, lq_company *c)
{
    lq_cap_table *table = &c->cap_table;
    if (table->preferred.len) c->preferences = table->preferred;
    table->preferred = (lq_list){0};
    for (size_t i = 0; i < c->preferences.len; i++)
        if (!series_of(c)[i].series)
            series_of(c)[i].series = lq_arena_printf(r->reader.arena, "P%zu", i + 1);
    lq_option_row *options = table->options.items;
    for (size_t i = 0; i < table->options.len; i++)
        if (!options[i].id) options[i].id = lq_arena_printf(r->reader.arena, "O%zu", i + 1);
    lq_cap_table_currency(c);
    if (!table->common.given) return;
    if (table->fees.given) c->acquisition.fees = table->fees;
    table->fees = (lq_value){0};
    forget_round_of_pack(node, c);
    derive_last_round(c);
}
