/* Random configs from a number: companies listed and private, offers with every form of grant.
 * The same number gives the same config; an offer is one line, so that tests can leave one out
 * or turn the order round. */
#ifndef LQ_RANDOM_CONFIG_H
#define LQ_RANDOM_CONFIG_H

#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { RANDOM_OFFERS = 4, RANDOM_TEXT = 32768 };

typedef struct dice {
    uint64_t state;
} dice;

/* A line that is being written; what does not fit fails the test. */
typedef struct line {
    char text[2048];
    size_t len;
} line;

typedef struct random_config {
    line head, companies[RANDOM_OFFERS], offers[RANDOM_OFFERS];
} random_config;

/* Steele, Lea, Flood (2014), SplitMix64. */
static inline uint64_t next_word(dice *d)
{
    uint64_t z = d->state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static inline int one_of(dice *d, int n)
{
    return (int)(next_word(d) % (uint64_t)n);
}

/* True n times in ten. */
static inline bool often(dice *d, int n)
{
    return one_of(d, 10) < n;
}

static inline int whole(dice *d, int low, int high)
{
    return low + one_of(d, high - low + 1);
}

__attribute__((format(printf, 2, 3))) static inline void put(line *l, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const int n = vsnprintf(l->text + l->len, sizeof l->text - l->len, format, arguments);
    va_end(arguments);
    assert_true(n >= 0 && l->len + (size_t)n < sizeof l->text);
    l->len += (size_t)n;
}

static inline void put_head(dice *d, line *l)
{
    static const char *const taxes[] = {"none", "41%", "{flat: 35%, gains: 20%}"};
    static const char *const rates[] = {"4.4%", "0%", "{1y: 2%, 4y: 5%, 9y: 3%}"};
    const int horizon = whole(d, 12, 60);
    put(l,
        "schema: liquidus/1\ncurrency: USD\n"
        "simulation: {paths: 200, seed: %d, start: 20%d-%02d-01, horizon: %dmo, "
        "liquidity_horizon: %dmo, measure: %s}\n",
        whole(d, 0, 1 << 30), whole(d, 25, 30), whole(d, 1, 12), horizon,
        horizon + whole(d, 0, 60), often(d, 7) ? "real" : "pricing");
    put(l, "person: {wealth: $%dK, wealth_in_market: %d%%}\ntax: %s\n", 100 * whole(d, 0, 9),
        10 * whole(d, 0, 9), taxes[one_of(d, 3)]);
    put(l,
        "market: {rate: %s, equity_premium: 4.5%%, volatility: 16%%, fx: {EURUSD: {spot: 1.1%d,"
        " volatility: %d%%, rate: 2.7%%, correlation: 0.%d, drift: %s}}}\n",
        rates[one_of(d, 3)], whole(d, 0, 9), whole(d, 0, 15), whole(d, 0, 6),
        often(d, 5) ? "forward" : "none");
}

static inline void put_hazard(dice *d, line *l, const char *extra)
{
    switch (one_of(d, 3)) {
    case 0:
        put(l, "{rate: 0.%02d/y", whole(d, 1, 60));
        break;
    case 1:
        put(l, "{weibull: {shape: 1.%d, scale: %dy}", whole(d, 0, 9), whole(d, 3, 15));
        break;
    default:
        put(l, "{table: {0y: 0.%02d/y, 2y: 0.%02d/y}", whole(d, 0, 30), whole(d, 1, 50));
        break;
    }
    if (often(d, 3)) put(l, ", value_exponent: %s0.%d", often(d, 5) ? "-" : "", whole(d, 1, 9));
    if (often(d, 2)) put(l, ", market_exponent: 0.%d", whole(d, 1, 9));
    put(l, "%s}", extra);
}

static inline void put_listed(dice *d, line *l, int i)
{
    put(l,
        "  c%d: {listing: public, currency: %s, price: %d.%d, volatility: %d%%, correlation: "
        "0.%d, dividend_yield: %d%%",
        i, often(d, 7) ? "USD" : "EUR", whole(d, 1, 900), whole(d, 0, 9), whole(d, 0, 90),
        whole(d, 0, 8), whole(d, 0, 4));
    if (often(d, 3)) put(l, ", growth: %d%%/y", whole(d, -10, 30));
    put(l, "}\n");
}

#define HELD_BACK                                                                              \
    ", premium: 10%, escrow: {fraction: 15%, months: 14mo, released: 50% to 100%}, "           \
    "retention: {revest: 60%, over: 20mo}, layoff: 25%, layoff_after: 0mo to 9mo"

static inline void put_exits(dice *d, line *l)
{
    put(l, ", exits: {failure: ");
    put_hazard(d, l, often(d, 3) ? ", recovery: 20%, acqui_hire: 30%" : "");
    if (often(d, 7)) {
        put(l, ", ipo: ");
        put_hazard(d, l,
                   often(d, 3) ? ", discount: 15%, primary: 20%, direct_listing: 25%"
                               : ", discount: 15%, primary: 20%");
    }
    if (often(d, 7)) {
        put(l, ", acquisition: ");
        put_hazard(d, l, often(d, 5) ? ", premium: 25%, fees: 3%" : HELD_BACK);
    }
    put(l, "}");
}

static inline void put_lockup(dice *d, line *l)
{
    const int third = whole(d, 0, 4);
    if (third == 0 || often(d, 6))
        put(l, ", lockup: %dmo", 3 * third);
    else
        put(l,
            ", lockup: {stages: [{after: %dmo, release: 30%%}, {after: %dmo, release: 70%%}], "
            "price_trigger: {above: 1%d0%%, for: %dmo, release: 20%%}}",
            2 * third, 3 * third, whole(d, 0, 3), whole(d, 1, 2));
}

static inline void put_private(dice *d, line *l, int i)
{
    static const char *const residuals[] = {"opm", "fair", "zero"};
    const int post = whole(d, 20, 9000);
    put(l,
        "  c%d: {like: none, listing: private, currency: %s, volatility: %d%%, beta: %d.%d, "
        "post_ipo_volatility: %d%%, last_round: {post_money: %dM, price: %d}, opening_value: "
        "{method: haircut, haircut: %d%%}, residual: {method: %s, dlom: 20%%}",
        i, often(d, 8) ? "USD" : "EUR", whole(d, 40, 120), whole(d, 0, 1), whole(d, 0, 9),
        whole(d, 35, 80), post, whole(d, 1, 200), whole(d, 0, 50), residuals[one_of(d, 3)]);
    put_lockup(d, l);
    put_exits(d, l);
    if (often(d, 5)) put(l, ", preferences: [{invested: %d.5M}]", post * whole(d, 1, 60) / 100);
    if (often(d, 3)) put(l, ", floor: %d%%", whole(d, 1, 30));
    if (often(d, 2)) put(l, ", compensate: no");
    if (often(d, 6)) {
        put(l, ", rounds: ");
        put_hazard(d, l, ", dilution: 4% to 20%, pool_top_up: 2%");
    }
    if (often(d, 6)) {
        static const char *const terms[] = {", cap: 25%, settles: true", ", price: fair",
                                            ", price: 409a, proration: 20% to 90%"};
        put(l, ", tenders: ");
        put_hazard(d, l, terms[one_of(d, 3)]);
    }
    if (often(d, 3))
        put(l, ", secondary: {every: %dmo, from_tenure: %dmo, price: %s}", whole(d, 1, 12),
            whole(d, 0, 18), often(d, 5) ? "409a" : "preferred");
    if (often(d, 3))
        put(l, ", appraisal: {every: %dmo, after_round: %dmo}", whole(d, 1, 24),
            whole(d, 0, 12));
    put(l, "}\n");
}

/* Whole percents that sum to 100. */
static inline void put_fractions(dice *d, line *l, int n)
{
    int left = 100;
    for (int i = 0; i < n; i++) {
        const int part = i == n - 1 ? left : whole(d, 1, left - (n - 1 - i));
        put(l, "%s%d%%", i ? ", " : "", part);
        left -= part;
    }
}

static inline void put_vesting(dice *d, line *l)
{
    static const int every[] = {1, 2, 3, 4, 6, 12};
    const int step = every[one_of(d, 6)], years = whole(d, 1, 5);
    put(l, "vesting: {");
    switch (one_of(d, 3)) {
    case 0:
        put(l, "years: [");
        put_fractions(d, l, years);
        put(l, "], every: %dmo, cliff: %dmo", step, 6 * whole(d, 0, 2));
        break;
    case 1:
        put(l, "over: %dmo, every: %dmo, cliff: %dmo", 12 * years, step, 6 * whole(d, 0, 2));
        break;
    default: {
        const int first = whole(d, 1, 97), month = whole(d, 1, 12);
        put(l, "table: {%dmo: %d%%, %dmo: 1%%, %dmo: %d%%}", month, first, month + 5,
            month + 20, 99 - first);
        break;
    }
    }
    put(l, ", rounding: %s}", often(d, 5) ? "floor" : "fractional");
}

static inline void put_grant(dice *d, line *l, bool listed)
{
    put(l, "{instrument: rsu, ");
    switch (one_of(d, listed ? 2 : 3)) {
    case 0:
        put(l, "value: %dK, ", whole(d, 1, 900));
        break;
    case 1:
        put(l, "units: %d, ", whole(d, 1, 20000));
        break;
    default:
        put(l, "share: 0.%02d%%, ", whole(d, 1, 40));
        break;
    }
    if (!listed && often(d, 8))
        put(l, "trigger: double, expiry: %dmo, settle: %s, ", whole(d, 12, 120),
            often(d, 5) ? "ipo" : "lockup_end");
    else if (!listed)
        put(l, "trigger: single, ");
    else if (often(d, 3))
        put(l, "sell: hold, ");
    if (!listed && often(d, 3))
        put(l, "acceleration: {trigger: %s, fraction: %d%%}, ",
            often(d, 5) ? "single" : "double", whole(d, 1, 100));
    if (often(d, 2)) put(l, "granted: %dmo, ", whole(d, 1, 12));
    put_vesting(d, l);
    put(l, "}");
}

static inline void put_pay(dice *d, line *l)
{
    put(l, "base: %dK, raise: %d%%, ", whole(d, 50, 500), whole(d, 0, 6));
    if (often(d, 7))
        put(l, "bonus: {target: %d%%, payout: %s}, ", whole(d, 5, 40),
            often(d, 5) ? "{triangular: [0, 90%, 120%]}" : "{discrete: {0%: 0.2, 100%: 0.8}}");
    if (often(d, 5))
        put(l, "sign_on: {amount: %dK, clawback: %dmo, clawback_rule: %s}, ", whole(d, 1, 90),
            6 * whole(d, 0, 4), often(d, 5) ? "cliff" : "pro_rata");
    if (often(d, 3)) put(l, "fallback: %dK, ", whole(d, 0, 300));
    put(l, "leaving: 0.%02d/y", whole(d, 0, 60));
}

static inline void put_offer(dice *d, line *l, int i, int company, bool listed)
{
    put(l, "  - {id: o%d, company: c%d, currency: %s, ", i, company,
        often(d, 7) ? "USD" : "EUR");
    put_pay(d, l);
    put(l, ", grants: [");
    const int n = whole(d, 1, 3);
    for (int g = 0; g < n; g++) {
        if (g) put(l, ", ");
        put_grant(d, l, listed);
    }
    put(l, "]");
    if (often(d, 4))
        put(l, ", refresh: {%s: %dK/y, %s, vesting: {years: [50%%, 50%%], every: 3mo}}",
            often(d, 5) ? "grants" : "vests", whole(d, 10, 200),
            often(d, 5) ? "guaranteed: true" : "guaranteed: false, probability: 60%");
    put(l, "}\n");
}

static inline void random_config_make(uint64_t number, random_config *out)
{
    dice d = {number * 7919 + 1};
    bool listed[RANDOM_OFFERS];
    memset(out, 0, sizeof *out);
    put_head(&d, &out->head);
    for (int i = 0; i < RANDOM_OFFERS; i++) {
        listed[i] = often(&d, 4);
        if (listed[i])
            put_listed(&d, &out->companies[i], i);
        else
            put_private(&d, &out->companies[i], i);
    }
    for (int i = 0; i < RANDOM_OFFERS; i++) {
        const int company = one_of(&d, RANDOM_OFFERS);
        put_offer(&d, &out->offers[i], i, company, listed[company]);
    }
}

/* The config with these offers in this order. */
static inline void random_config_text(const random_config *c, const int *offers, size_t n,
                                      char text[RANDOM_TEXT])
{
    size_t len = 0;
    len += (size_t)snprintf(text, RANDOM_TEXT, "%scompanies:\n", c->head.text);
    for (int i = 0; i < RANDOM_OFFERS; i++)
        len += (size_t)snprintf(text + len, RANDOM_TEXT - len, "%s", c->companies[i].text);
    len += (size_t)snprintf(text + len, RANDOM_TEXT - len, "offers:\n");
    for (size_t i = 0; i < n; i++)
        len += (size_t)snprintf(text + len, RANDOM_TEXT - len, "%s", c->offers[offers[i]].text);
}

#endif
