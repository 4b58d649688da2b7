/* Whether 95 % intervals hold the truth 95 times in a hundred, for every way to sample. With
 * LQ_SLOW: 1,000 seeds, and the table that docs/verification.md shows. */
#include "../decide/decide_test.h"

#define BODY                                                                                   \
    "person: {wealth: $400K}\ntax: 30%\ncompanies:\n"                                          \
    "  listed: {listing: public, volatility: 30%, beta: 1, growth: 8%}\n"                      \
    "  startup: {listing: private, volatility: 50%, beta: 0.8, growth: 10%,\n"                 \
    "    last_round: {post_money: $1bn, price: $10}, preferences: [{invested: $200M}],\n"      \
    "    exits: {ipo: {rate: 0.10/y, every: 12mo}, acquisition: {rate: 0.15/y, every: "        \
    "12mo},\n"                                                                                 \
    "      failure: {rate: 0.12/y, every: 12mo}}, rounds: {rate: 0.5/y, dilution: 10%}}\n"     \
    "offers:\n"                                                                                \
    "  - {id: new, company: startup, base: $150K, bonus: 10%, grants: [{instrument: rsu, "     \
    "value: $600K, trigger: double, vesting: {over: 48mo, every: 3mo}}]}\n"                    \
    "  - {id: old, company: listed, base: $170K, bonus: 15%, grants: [{instrument: rsu, "      \
    "value: $400K, vesting: {over: 48mo, every: 1mo}}]}\n"                                     \
    "decide: {baseline: old}\n"

static const struct {
    const char *name, *keys;
    unsigned paths;
} ways[] = {{"random", "sampling: random, expansion: off", 4096},
            {"Sobol", "sampling: sobol, expansion: off", 4096},
            {"random, every exit", "sampling: random, expansion: on", 4096},
            {"Sobol, every exit", "sampling: sobol, expansion: on", 4096},
            {"antithetic", "antithetic: yes, expansion: off", 4096},
            {"random, controls", "controls: yes, expansion: off", 4096}};

/* Offer 0 is the private one; quantiles 4 and 7 are the median and q95. */
static const struct {
    const char *name, *group, *variable;
    size_t entry;
} figures[] = {{"mean", "/offers", "total_mean", 0},
               {"median", "/offers", "total_quantiles", 4},
               {"q95", "/offers", "total_quantiles", 7},
               {"P(a > b)", "/pairs", "p_a_beats_b", 0},
               {"certainty equivalent", "/offers", "certainty_equivalent_chosen", 0}};

enum { FIGURES = LQ_COUNT(figures), WAYS = LQ_COUNT(ways) };

static lq_frame *run(const char *keys, unsigned seed, unsigned paths)
{
    char body[4096];
    snprintf(body, sizeof body,
             "simulation: {seed: %u, paths: %u, liquidity_horizon: 5y, %s}\n%s", seed, paths,
             keys, BODY);
    return must_run(body);
}

/* Two-sided 95 % of Student's t with 31 degrees, or of the normal law. */
static double critical(const lq_frame *f)
{
    return number(f, "/manifest", "error_degrees", 0) > 0.0 ? 2.0395 : 1.96;
}

static void find_truth(double truth[FIGURES], double error[FIGURES])
{
    char name[64];
    lq_frame *f = run("sampling: sobol, expansion: on", 987654,
                      LQ_JUDGES_CHANCE ? (unsigned)lq_usual_or_slow(1 << 18, 1 << 21) : 4096);
    for (size_t i = 0; i < FIGURES; i++) {
        snprintf(name, sizeof name, "%s_se", figures[i].variable);
        truth[i] = number(f, figures[i].group, figures[i].variable, figures[i].entry);
        error[i] = number(f, figures[i].group, name, figures[i].entry);
    }
    lq_frame_destroy(f);
}

static void count_hits(size_t way, unsigned seed, const double truth[FIGURES],
                       const double error[FIGURES], size_t hits[FIGURES])
{
    char name[64];
    lq_frame *f = run(ways[way].keys, seed, ways[way].paths);
    for (size_t i = 0; i < FIGURES; i++) {
        snprintf(name, sizeof name, "%s_se", figures[i].variable);
        const double x = number(f, figures[i].group, figures[i].variable, figures[i].entry);
        const double se = number(f, figures[i].group, name, figures[i].entry);
        assert_true(!LQ_JUDGES_CHANCE || error[i] < 0.3 * se); /* what the truth is known to */
        hits[i] += fabs(x - truth[i]) <= critical(f) * hypot(se, error[i]);
    }
    lq_frame_destroy(f);
}

static void intervals_cover(void **state)
{
    (void)state;
    const bool slow = getenv("LQ_SLOW") != NULL;
    const unsigned seeds = (unsigned)lq_usual_or_slow(48, 1000);
    /* 95 +- 2.5 %; of 48 seeds, five standard errors */
    const double band = slow ? 0.025 : 5.0 * sqrt(0.95 * 0.05 / seeds);
    double truth[FIGURES], error[FIGURES];
    size_t bad = 0;
    find_truth(truth, error);
    for (size_t way = 0; way < WAYS; way++) {
        size_t hits[FIGURES] = {0};
        for (unsigned seed = 1; seed <= seeds; seed++)
            count_hits(way, seed, truth, error, hits);
        print_message("%-20s", ways[way].name);
        for (size_t i = 0; i < FIGURES; i++) {
            const double share = (double)hits[i] / seeds;
            bad += fabs(share - 0.95) <= band ? 0 : 1;
            print_message(" | %s %.1f", figures[i].name, 100.0 * share);
        }
        print_message("\n");
    }
    assert_true(bad == 0 || !LQ_JUDGES_CHANCE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(intervals_cover)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
