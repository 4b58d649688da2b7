/* Cash-settled units, participating preferred, the value of a sale at the end, yearly events, a
 * lost last wage, jumps: on companies whose value is known, to the cent. */
#include "lq_case.h"

#include <math.h>
#include <stdio.h>

#include "case_config.h"

#define RUN                                                                                    \
    "schema: liquidus/1\nperson: {wealth: $0}\ntax: none\n"                                    \
    "market: {rate: 0%%, equity_premium: 0%%, volatility: 16%%}\n"                             \
    "simulation: {paths: 1e4, seed: 71, start: 2027-01-01, horizon: 4y, liquidity_horizon: "   \
    "6y}\n"
/* A million shares at $100 that stay there. */
#define MOVES                                                                                  \
    "like: none, listing: private, correlation: 0, compensate: no, last_round: {post_money: "  \
    "$100M, price: $100}, opening_value: {method: face}, lockup: 0mo"
#define STILL MOVES ", volatility: 0%%, post_ipo_volatility: 0%%"
#define SOLD                                                                                   \
    "growth: 0/y, exits: {acquisition: {table: {0y: 0/y, 1y: 600/y}}}, residual: {method: "    \
    "zero}"
#define LISTED                                                                                 \
    "growth: 0/y, exits: {ipo: {table: {0y: 0/y, 1y: 600/y}, discount: 0%%, primary: 0%%}}, "  \
    "residual: {method: zero}"
#define STUCK "growth: 0/y, residual: {method: sale, dlom: 30%%}"
#define OFFER_OF(grant)                                                                        \
    "}}\noffers: [{id: x, company: c, base: $0, leaving: 0/y, grants: [{" grant "}]}]\n"
#define UNITS(vesting) "instrument: units, share: 1%%, threshold: $20M, vesting: " vesting

/* 1 % of a company of 100M over 20M, everything vested by month 24; an exit comes in month 13.
 * Preferred of 30M with 400,000 shares convert at 100M; participating ones take both. */
static const struct {
    const char *name, *config;
    double paid;
} rows[] = {
    {"sold, no preferred", RUN "companies: {c: {" STILL ", " SOLD OFFER_OF(UNITS(AT("24"))),
     0.80e6},
    {"sold, phantom shares",
     RUN "companies: {c: {" STILL
         ", " SOLD OFFER_OF("instrument: units, share: 1%%, vesting: " AT("24")),
     1.0e6},
    {"sold, preferred convert",
     RUN "companies: {c: {" STILL
         ", preferences: [{invested: $30M, shares: 400000}], " SOLD OFFER_OF(UNITS(AT("12"))),
     0.80e6},
    {"sold, preferred participate",
     RUN
     "companies: {c: {" STILL
     ", preferences: [{invested: $30M, participation: full}], " SOLD OFFER_OF(UNITS(AT("12"))),
     0.50e6},
    {"sold under the claim and the threshold",
     RUN
     "companies: {c: {" STILL
     ", preferences: [{invested: $90M, participation: full}], " SOLD OFFER_OF(UNITS(AT("12"))),
     0.0},
    {"listed, preferred convert whatever they are",
     RUN "companies: {c: {" STILL
         ", preferences: [{invested: $30M, participation: full}], " LISTED OFFER_OF(
             UNITS(AT("12"))),
     0.80e6},
    {"listed, half vests later",
     RUN "companies: {c: {" STILL ", " LISTED OFFER_OF(UNITS("{over: 24mo, every: 12mo}")),
     0.80e6},
    {"never: what a sale would pay, less 30 %",
     RUN
     "companies: {c: {" STILL
     ", preferences: [{invested: $30M, participation: full}], " STUCK OFFER_OF(UNITS(AT("12"))),
     0.7 * 0.50e6},
    {"never: shares of a sale",
     RUN "companies: {c: {" STILL
         ", preferences: [{invested: $30M, participation: full}], " STUCK OFFER_OF(
             "instrument: rsu, trigger: single, units: 10000, vesting: " AT("12")),
     0.7 * 0.70e6},
    /* a round at the end of each of two years keeps 0.8^2, and each claims 20 % of the value */
    {"two rounds that bring nothing, then a sale",
     RUN "companies: {c: {" STILL
         ", growth: 0/y, preferences: [{invested: $10M, participation: full}], rounds: {table: "
         "{0y: 600/y, 2y: 0/y}, every: 12mo, value_exponent: 0, dilution: 20%%, proceeds: "
         "none, terms: {participation: full}}, exits: {acquisition: {table: {0y: 0/y, 2y: "
         "600/y}}}" OFFER_OF(UNITS(AT("24"))),
     0.64 * 0.01 * (100e6 - 20e6 - 50e6)},
};

/* The rows are formats without arguments. */
static lq_case run_plain(const char *format)
{
    char text[4096];
    size_t n = 0;
    for (const char *at = format; *at && n + 1 < sizeof text; at++) {
        text[n++] = *at;
        if (at[0] == '%' && at[1] == '%') at++;
    }
    text[n] = '\0';
    return lq_case_run(text, NULL, 0);
}

static void units_are_paid_over_their_threshold(void **state)
{
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(rows); i++) {
        lq_case c = run_plain(rows[i].config);
        for (size_t p = 0; p < c.n; p++)
            if (fabs(lq_case_offer(&c, "x", 0)[p] - rows[i].paid) > 0.005)
                fail_msg("%s: %.2f, not %.2f", rows[i].name, lq_case_offer(&c, "x", 0)[p],
                         rows[i].paid);
        lq_case_clear(&c);
    }
}

/* A round is down where a share is worth less than the last round paid: growth of +-10 % a year
 * makes every yearly round the one or the other. */
static void a_down_round_dilutes_by_its_own_share(void **state)
{
    (void)state;
    for (int down = 0; down < 2; down++) {
        lq_case c = run_text(
            RUN "companies: {c: {" STILL
                ", growth: %d%%/y, rounds: {table: {0y: 600/y, 3y: 0/y}, every: 12mo, "
                "value_exponent: 0, dilution: 10%%, dilution_if_down: 30%%, proceeds: none}, "
                "exits: {ipo: {table: {0y: 0/y, 3y: 600/y}, discount: 0%%, primary: 0%%}}}}\n"
                "offers:\n" OFFER("x", "c", "100", AT("12")),
            down ? -10 : 10);
        const double kept = pow(down ? 0.7 : 0.9, 3.0), growth = down ? -0.1 : 0.1;
        for (size_t p = 0; p < c.n; p++)
            assert_near(lq_case_offer(&c, "x", 0)[p], 1e4 * kept * exp(growth * 37.0 / 12.0),
                        1e-5);
        lq_case_clear(&c);
    }
}

/* A yearly lottery is a trial of its own each year: 1 - exp(-0.7), whatever came before. */
static void yearly_rounds_are_independent(void **state)
{
    (void)state;
    lq_case c = run_text(
        RUN "companies: {c: {" STILL
            ", growth: 0/y, rounds: {rate: 0.7/y, every: 12mo, value_exponent: 0, dilution: "
            "20%%, proceeds: none}, residual: {method: fair, dlom: 0%%}}}\n"
            "offers: [{id: x, company: c, base: $0, leaving: 0/y, grants: [{instrument: units, "
            "share: 1%%, vesting: " AT("12") "}]}]\n");
    const double p = 1.0 - exp(-0.7);
    const double *x = lq_case_offer(&c, "x", 0);
    double hits[7] = {0};
    for (size_t i = 0; i < c.n; i++)
        hits[(int)rint(log(x[i] / 1e6) / log(0.8))]++;
    double ways = 1.0;
    for (int n = 0; n <= 6; n++) {
        assert_share((size_t)hits[n], c.n, ways * pow(p, n) * pow(1.0 - p, 6 - n));
        ways *= (6.0 - n) / (n + 1.0);
    }
    lq_case_clear(&c);
}

/* Exits drawn yearly happen at the end of a year, with the odds of the year's intensity. */
static void yearly_exits_come_at_the_end_of_a_year(void **state)
{
    (void)state;
    lq_case c = run_text(
        RUN "companies: {c: {" STILL
            ", growth: 0/y, residual: {method: zero}, exits: {failure: {rate: 0.13/y, every: "
            "12mo}, acquisition: {rate: 0.12/y, every: 12mo}, ipo: {rate: 0.10/y, every: "
            "12mo}}}}\n"
            "offers:\n" OFFER("x", "c", "100", AT("12")));
    const double *kind = lq_case_company(&c, "c", 0), *month = lq_case_company(&c, "c", 1);
    size_t hits[LQ_EXIT_KINDS] = {0}, first = 0;
    for (size_t i = 0; i < c.n; i++) {
        hits[(int)kind[i]]++;
        first += month[i] == 12.0;
        assert_true(kind[i] == LQ_EXIT_NONE || fmod(month[i], 12.0) == 0.0);
    }
    const double gone = 1.0 - exp(-6.0 * 0.35);
    assert_share(hits[LQ_EXIT_FAILURE], c.n, gone * 0.13 / 0.35);
    assert_share(hits[LQ_EXIT_ACQUISITION], c.n, gone * 0.12 / 0.35);
    assert_share(hits[LQ_EXIT_IPO], c.n, gone * 0.10 / 0.35);
    assert_share(first, c.n, 1.0 - exp(-0.35));
    lq_case_clear(&c);
}

/* Below the floor at the end of month 12, which is not paid: the search begins with it. */
static void the_last_wage_may_be_lost(void **state)
{
    (void)state;
    static const struct {
        int gap, paid, elsewhere;
    } cases[] = {{0, 11, 37}, {3, 11, 34}};
    for (size_t i = 0; i < LQ_COUNT(cases); i++) {
        lq_case c = run_text(RUN "companies: {c: {" STILL ", growth: -70%%/y, floor: 50%%}}\n"
                                 "offers: [{id: x, company: c, base: $120K, fallback: $60K, "
                                 "search_gap: %dmo, last_wage: lost, leaving: 0/y}]\n",
                             cases[i].gap);
        for (size_t p = 0; p < c.n; p++)
            assert_near(lq_case_offer(&c, "x", 0)[p],
                        cases[i].paid * 10e3 + cases[i].elsewhere * 5e3, 1e-6);
        lq_case_clear(&c);
    }
}

/* Growth is that of the level, jumps included, before an IPO and after it, and for a listed
 * share. The third moment is the jumps' alone. */
static void jumps_are_compensated(void **state)
{
    (void)state;
    lq_case c = run_text(
        "schema: liquidus/1\nperson: {wealth: $0}\ntax: none\n"
        "market: {rate: 0%%, equity_premium: 0%%, volatility: 16%%}\n"
        "simulation: {paths: 3e5, seed: 72, horizon: 4y, liquidity_horizon: 4y}\n"
        "companies:\n"
        "  c: {" MOVES ", volatility: 40%%, post_ipo_volatility: 30%%, growth: 10%%/y, model: "
        "merton, jumps: {rate: 0.5/y, mean: -30%%, sd: 20%%}, exits: {ipo: {table: {0y: 0/y, "
        "1y: 600/y}, discount: 0%%, primary: 0%%}}}\n"
        "  d: {listing: public, price: $100, volatility: 40%%, correlation: 0, growth: 10%%/y, "
        "model: merton, jumps: {rate: 0.5/y, mean: -30%%, sd: 20%%}}\n"
        "offers:\n" OFFER("early", "c", "1", AT("12")) OFFER("late", "c", "1", AT("48"))
            OFFER("share", "d", "1", AT("48")));
    assert_mean(lq_case_offer(&c, "early", 0), c.n, 100.0 * exp(0.1 * 13.0 / 12.0));
    assert_mean(lq_case_offer(&c, "late", 0), c.n, 100.0 * exp(0.4));
    assert_mean(lq_case_offer(&c, "share", 0), c.n, 100.0 * exp(0.4));
    double sum = 0.0, squares = 0.0, cubes = 0.0;
    const double *x = lq_case_offer(&c, "share", 0), n = (double)c.n;
    for (size_t i = 0; i < c.n; i++) {
        const double y = log(x[i] / 100.0);
        sum += y;
        squares += y * y;
    }
    const double mean = sum / n, var = squares / n - mean * mean;
    for (size_t i = 0; i < c.n; i++)
        cubes += pow(log(x[i] / 100.0) - mean, 3.0);
    assert_near(var, 4.0 * 0.16, 0.01); /* volatility is total (R11) */
    assert_near(cubes / n, 2.0 * -0.3 * (0.09 + 3.0 * 0.04), 0.02);
    lq_case_clear(&c);
}

/* A correlation of two companies is that of their whole returns, jumps included (R11). */
static void correlations_are_of_whole_returns(void **state)
{
    (void)state;
    lq_case c = run_text(
        "schema: liquidus/1\nperson: {wealth: $0}\ntax: none\n"
        "market: {rate: 0%%, equity_premium: 0%%, volatility: 16%%, correlations: [{pair: [c, "
        "d], value: 0.5}]}\n"
        "simulation: {paths: 3e5, seed: 73, horizon: 4y, liquidity_horizon: 4y}\n"
        "companies:\n"
        "  c: {listing: public, price: $100, volatility: 40%%, correlation: 0.2, growth: 0/y, "
        "model: merton, jumps: {rate: 2/y, mean: 5%%, sd: 15%%}}\n"
        "  d: {listing: public, price: $100, volatility: 40%%, correlation: 0.3, growth: 0/y, "
        "model: merton, jumps: {rate: 1/y, mean: -10%%, sd: 15%%}}\n"
        "offers:\n" OFFER("x", "c", "1", AT("48")) OFFER("y", "d", "1", AT("48")));
    const double *x = lq_case_offer(&c, "x", 0), *y = lq_case_offer(&c, "y", 0);
    double sx = 0.0, sy = 0.0, xx = 0.0, yy = 0.0, xy = 0.0;
    const double n = (double)c.n;
    for (size_t i = 0; i < c.n; i++) {
        const double a = log(x[i]), b = log(y[i]);
        sx += a;
        sy += b;
        xx += a * a;
        yy += b * b;
        xy += a * b;
    }
    const double cov = xy / n - sx * sy / n / n;
    const double rho = cov / sqrt((xx / n - sx * sx / n / n) * (yy / n - sy * sy / n / n));
    assert_near(rho, 0.5, 4.0 * 1.5 / sqrt(n));
    lq_case_clear(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(units_are_paid_over_their_threshold),
        cmocka_unit_test(a_down_round_dilutes_by_its_own_share),
        cmocka_unit_test(yearly_rounds_are_independent),
        cmocka_unit_test(yearly_exits_come_at_the_end_of_a_year),
        cmocka_unit_test(the_last_wage_may_be_lost),
        cmocka_unit_test(jumps_are_compensated),
        cmocka_unit_test(correlations_are_of_whole_returns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
