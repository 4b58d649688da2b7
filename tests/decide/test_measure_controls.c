/* Estimates by regression: what is known comes out as known, the rest without bias and with
 * intervals that cover. */
#include "decide_test.h"

#include <stdlib.h>

/* A listed stock, W1's: 4,800 units in 37 vests; nobody leaves, nobody pays tax. */
#define KNOWN                                                                                  \
    "market: {rate: 4.0810774192388226%, equity_premium: 0%, volatility: 16%}\n"               \
    "person: {wealth: $400K, wealth_in_market: 0%}\ntax: none\n"                               \
    "companies:\n"                                                                             \
    "  stock: {listing: public, price: 100, volatility: 32%, correlation: 0.3, growth: 8%}\n"  \
    "offers:\n"                                                                                \
    "  - {id: stay, company: stock, base: $180K, leaving: 0/y, grants: [{instrument: rsu, "    \
    "units: 4800, vesting: {over: 48mo, every: 1mo, cliff: 12mo}}]}\n"                         \
    "  - {id: go, company: stock, base: $0, leaving: 25%/y, grants: [{instrument: rsu, "       \
    "units: 4800, vesting: {over: 48mo, every: 1mo}}]}\n"                                      \
    "decide: {baseline: stay}\n"

enum { STAY = 0, GO = 1 };

static lq_frame *run(int seed, const char *simulation)
{
    char body[4096];
    snprintf(body, sizeof body,
             "simulation: {seed: %d, paths: 4096, start: 2027-01-01, liquidity_horizon: 4y, "
             "%s}\n%s",
             seed, simulation, KNOWN);
    return must_run(body);
}

/* Base of 15,000 a month and 100 units of 100 growing at 8 %, both discounted at 4 %; the vests
 * of the cliff come together. */
static double mean_of_stay(void)
{
    double sum = 0.0;
    for (int k = 1; k <= 48; k++) {
        const double t = k / 12.0, units = k < 12 ? 0.0 : k == 12 ? 1200.0 : 100.0;
        sum += 15000.0 * exp(-0.04 * t) + units * 100.0 * exp(0.04 * t);
    }
    return sum;
}

/* Who has not left by the end of month k - 1 has the vest of month k. */
static double mean_of_go(double leaving)
{
    double sum = 0.0;
    for (int k = 1; k <= 48; k++)
        sum += 100.0 * 100.0 * exp(0.04 * k / 12.0 - leaving * (k - 1) / 12.0);
    return sum;
}

static void what_is_known_is_not_estimated(void **state)
{
    (void)state;
    static const char *const simulation[] = {"controls: true",
                                             "controls: true, antithetic: true"};
    for (size_t i = 0; i < LQ_COUNT(simulation); i++) {
        lq_frame *f = run(7, simulation[i]);
        print_message("%.6f +- %.6f, exactly %.6f\n", offer(f, "total_mean", STAY),
                      offer(f, "total_mean_se", STAY), mean_of_stay());
        assert_near(mean_of_stay(), 1187906.10, 0.01);
        assert_near(offer(f, "total_mean", STAY), mean_of_stay(), 0.001);
        assert_true(offer(f, "total_mean_se", STAY) < 0.001);
        assert_near(offer(f, "control_share", STAY), 1.0, 1e-9);
        lq_frame_destroy(f);
    }
    lq_frame *plain = run(7, "controls: false");
    assert_true(offer(plain, "total_mean_se", STAY) > 1000.0);
    assert_true(isnan(offer(plain, "control_share", STAY)));
    assert_string_equal(text_at(plain, "/manifest", "controls", 0), "");
    lq_frame_destroy(plain);
}

/* Over the seeds: no bias, a quoted error that is the spread, 95 % intervals that hold the
 * truth. */
static void check_laws(const char *simulation, int wanted, double critical)
{
    const int seeds = lq_runs(wanted);
    const double leaving = 0.25, truth = mean_of_go(leaving);
    double sum = 0.0, square = 0.0, quoted = 0.0;
    int covered = 0;
    for (int seed = 1; seed <= seeds; seed++) {
        lq_frame *f = run(seed, simulation);
        const double gap = offer(f, "total_mean", GO) - truth;
        const double se = offer(f, "total_mean_se", GO);
        assert_near(pair(f, "difference_mean", 0), offer(f, "total_mean", GO) - mean_of_stay(),
                    0.01);
        sum += gap;
        square += gap * gap;
        quoted += se / seeds;
        covered += fabs(gap) <= critical * se;
        lq_frame_destroy(f);
    }
    const double mean = sum / seeds, sd = sqrt(square / seeds - mean * mean);
    print_message("%s: bias %.1f, sd %.1f, quoted %.1f, covered %d of %d\n", simulation, mean,
                  sd, quoted, covered, seeds);
    if (!LQ_JUDGES_CHANCE) return;
    assert_near(mean, 0.0, 4.0 * sd / sqrt(seeds));
    assert_near(quoted / sd, 1.0, 0.2);
    assert_near((double)covered / seeds, 0.95, 3.0 * sqrt(0.0475 / seeds));
}

static void regression_has_no_bias_and_honest_errors(void **state)
{
    (void)state;
    check_laws("controls: true", 120, 1.96);
    check_laws("controls: true, antithetic: true", 80, 2.0395);
}

#define TWO                                                                                    \
    "person: {wealth: $400K}\ncompanies:\n"                                                    \
    "  listed: {" LISTED "}\n  startup: {" PRIVATE "}\noffers:\n"                              \
    "  - {id: new, company: startup, base: $250K, stock: $400K}\n"                             \
    "  - {id: old, company: listed, base: $210K, bonus: 15%, stock: $300K}\n"

/* What is left to chance is less than without controls: of the means, and of who is ahead. */
static void errors_are_smaller(void **state)
{
    (void)state;
    static const char *const names[] = {"difference_mean_se", "p_a_beats_b_se",
                                        "p_b_beats_a_se"};
    lq_frame *a = must_run("simulation: {paths: 16384}\n" TWO);
    lq_frame *b = must_run("simulation: {paths: 16384, controls: true}\n" TWO);
    for (size_t i = 0; i < LQ_COUNT(names); i++)
        assert_true(pair(b, names[i], 0) < 0.95 * pair(a, names[i], 0));
    assert_near(pair(b, "difference_mean", 0), pair(a, "difference_mean", 0),
                5.0 * pair(a, "difference_mean_se", 0));
    const double sum =
        pair(b, "p_a_beats_b", 0) + pair(b, "p_tie", 0) + pair(b, "p_b_beats_a", 0);
    assert_near(sum, 1.0, 1e-6);
    /* What is not regressed keeps its bits. */
    assert_true(pair(b, "ce_difference", 0) == pair(a, "ce_difference", 0));
    assert_true(offer(b, "total_sd", 0) == offer(a, "total_sd", 0));
    assert_true(strstr(text_at(b, "/manifest", "controls", 0), "listed's vests") != NULL);
    lq_frame_destroy(a);
    lq_frame_destroy(b);
}

/* A path whose exits are expanded counts with its mean over them: the same answers, with
 * smaller errors yet, whether eight outcomes are sampled or all taken. */
static void expanded_exits_are_regressed_too(void **state)
{
    (void)state;
    static const char *const figures[] = {"difference_mean", "p_a_beats_b", "p_b_beats_a"};
    static const char *const ways[] = {"off", "on"};
    static const char *const every[] = {"", ", every: 12mo"};
    for (size_t i = 0; i < LQ_COUNT(every); i++) {
        lq_frame *f[2];
        for (size_t k = 0; k < 2; k++) {
            char body[4096];
            snprintf(body, sizeof body,
                     "simulation: {paths: 16384, liquidity_horizon: 4y, controls: true, "
                     "expansion: %s}\n"
                     "person: {wealth: $400K}\ncompanies:\n  listed: {%s}\n"
                     "  startup: {listing: private, volatility: 70%%, last_round: {post_money: "
                     "$1bn, price: $10}, exits: {acquisition: {rate: 0.1/y%s}, failure: {rate: "
                     "0.1/y%s}, ipo: {rate: 0/y}}}\noffers:\n"
                     "  - {id: new, company: startup, base: $250K, stock: $400K}\n"
                     "  - {id: old, company: listed, base: $210K, stock: $300K}\n",
                     ways[k], LISTED, every[i], every[i]);
            f[k] = must_run(body);
        }
        for (size_t k = 0; k < LQ_COUNT(figures); k++) {
            char se[64];
            snprintf(se, sizeof se, "%s_se", figures[k]);
            const double a = pair(f[0], se, 0), b = pair(f[1], se, 0);
            print_message("%s: %g +- %g, expanded %g +- %g\n", figures[k],
                          pair(f[0], figures[k], 0), a, pair(f[1], figures[k], 0), b);
            assert_near(pair(f[0], figures[k], 0), pair(f[1], figures[k], 0),
                        4.0 * hypot(a, b));
            assert_true(b < a);
        }
        assert_true(strstr(text_at(f[0], "/manifest", "controls", 0), "failure") != NULL);
        assert_null(strstr(text_at(f[1], "/manifest", "controls", 0), "failure"));
        lq_frame_destroy(f[0]);
        lq_frame_destroy(f[1]);
    }
}

/* Fewer than 50 samples a control: the plain estimators, and no share. */
static void too_few_paths_stay_plain(void **state)
{
    (void)state;
    char body[4096];
    snprintf(body, sizeof body, "simulation: {paths: 128, controls: true}\n%s", KNOWN);
    lq_frame *f = must_run(body);
    assert_true(offer(f, "total_mean_se", STAY) > 1000.0);
    assert_true(isnan(offer(f, "control_share", STAY)));
    lq_frame_destroy(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_known_is_not_estimated),
        cmocka_unit_test(regression_has_no_bias_and_honest_errors),
        cmocka_unit_test(errors_are_smaller),
        cmocka_unit_test(expanded_exits_are_regressed_too),
        cmocka_unit_test(too_few_paths_stay_plain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
