/* Exit expansion against exits that are drawn: the same answers, smaller and honest errors. */
#include "../decide/decide_test.h"

#define BODY                                                                                   \
    "person: {wealth: $400K}\ntax: 30%%\ncompanies:\n"                                         \
    "  listed: {listing: public, volatility: 30%%, beta: 1, growth: 8%%}\n"                    \
    "  startup: {listing: private, volatility: 60%%, beta: 0.8, growth: 12%%,\n"               \
    "    last_round: {post_money: $1bn, price: $10}, %s,\n"                                    \
    "    preferences: [{invested: $200M}],\n"                                                  \
    "    exits: {ipo: {rate: 0.10/y, every: %s, value_exponent: %s, market_exponent: 1},\n"    \
    "      acquisition: {rate: 0.15/y, every: %s%s},\n"                                        \
    "      failure: {rate: 0.12/y, every: %s, value_exponent: -0.5%s}},\n"                     \
    "    rounds: {rate: 0.5/y, dilution: 10%%},\n"                                             \
    "    tenders: {rate: 0.3/y, cap: 20%%, discount: 10%%, settles: true}}\n"                  \
    "offers:\n"                                                                                \
    "  - {id: new, company: startup, base: $150K, bonus: 10%%, grants: [{instrument: rsu, "    \
    "value: $600K, trigger: %s, vesting: {over: 48mo, every: 3mo}}]}\n"                        \
    "  - {id: old, company: listed, base: $170K, bonus: 15%%, grants: [{instrument: rsu, "     \
    "value: $400K, vesting: {over: 48mo, every: 1mo}}]}\n"                                     \
    "decide: {baseline: old}\n"

/* What an exit brings with it. */
typedef struct terms {
    const char *company, *acquisition, *failure, *grant;
} terms;

static const terms plain = {"lockup: 6mo", "", "", "double"};

/* Everything that it can: shares that are the holder's, and units that are not. */
#define HELD                                                                                   \
    ", escrow: {fraction: 20%, months: 9mo, released: 50% to 100%}, retention: {revest: 40%, " \
    "over: 18mo}, layoff: 30%, layoff_after: 0mo to 6mo"
#define STAGES                                                                                 \
    "lockup: {stages: [{after: 2mo, release: 40%}, {after: 7mo, release: 60%}], "              \
    "price_trigger: {above: 110%, for: 1mo, release: 20%}}, secondary: {every: 9mo}"
static const terms full[] = {
    {STAGES, HELD, ", recovery: 30%, acqui_hire: 40%",
     "double, acceleration: {trigger: double}"},
    {STAGES ", compensate: no", HELD,
     ", recovery: 30%, acqui_hire: 40%, floor: 40%, monitoring: continuous",
     "single, acceleration: {trigger: single, fraction: 50%}"}};

typedef struct setting {
    const char *every, *exponent, *sampling, *expansion;
    unsigned seed, paths;
    const terms *terms;
} setting;

static lq_frame *run(const setting *s)
{
    char body[4096];
    const int head = snprintf(body, sizeof body,
                              "simulation: {seed: %u, paths: %u, liquidity_horizon: 5y, "
                              "sampling: %s, expansion: %s}\n",
                              s->seed, s->paths, s->sampling, s->expansion);
    const terms *t = s->terms;
    snprintf(body + head, sizeof body - (size_t)head, BODY, t->company, s->every, s->exponent,
             s->every, t->acquisition, s->every, t->failure, t->grant);
    return must_run(body);
}

typedef struct figure {
    const char *group, *name;
    size_t entry;
} figure;

/* Offer 0 is the private one; quantile 1 is q05, 4 the median. */
static const figure figures[] = {{"/offers", "total_mean", 0},
                                 {"/offers", "total_quantiles", 1},
                                 {"/offers", "total_quantiles", 4},
                                 {"/offers", "total_quantiles", 7},
                                 {"/offers", "certainty_equivalent_chosen", 0},
                                 {"/offers", "p_stuck", 0},
                                 {"/offers", "unvested_at_horizon", 0},
                                 {"/offers", "stuck_share", 0},
                                 {"/offers", "time_to_cash_never", 0},
                                 {"/offers", "p_best", 1},
                                 {"/offers", "cvar_05", 0},
                                 {"/offers", "tax_mean", 0},
                                 {"/offers", "cash_mean", 0},
                                 {"/pairs", "p_a_beats_b", 0},
                                 {"/pairs", "difference_mean", 0},
                                 {"/pairs", "difference_quantiles", 1},
                                 {"/companies", "rounds_mean", 0},
                                 {"/companies", "exit_by_month", 61 * 2 + 24}};

static const figure beats = {"/pairs", "p_a_beats_b", 0};

static double error_of(const lq_frame *f, const figure *what)
{
    char name[64];
    snprintf(name, sizeof name, "%s_se", what->name);
    return number(f, what->group, name, what->entry);
}

static void compare(const setting *drawn, const setting *expanded)
{
    lq_frame *a = run(drawn), *b = run(expanded);
    for (size_t i = 0; i < LQ_COUNT(figures); i++) {
        const figure *what = &figures[i];
        const double x = number(a, what->group, what->name, what->entry);
        const double y = number(b, what->group, what->name, what->entry);
        const double se = hypot(error_of(a, what), error_of(b, what));
        if (!(fabs(x - y) <= 4.0 * se + 1e-9 * fabs(x)))
            fail_msg("%s[%zu]: drawn %.8g, expanded %.8g, error %.3g", what->name, what->entry,
                     x, y, se);
    }
    assert_true(error_of(b, &beats) < error_of(a, &beats));
    lq_frame_destroy(a);
    lq_frame_destroy(b);
}

static void drawn_and_expanded_exits_agree(void **state)
{
    (void)state;
    static const struct {
        const char *every, *exponent, *sampling;
    } kinds[] = {{"12mo", "0", "random"},
                 {"12mo", "0.5", "sobol"},
                 {"1mo", "0.5", "random"},
                 {"1mo", "0", "sobol"}};
    for (size_t i = 0; i < LQ_COUNT(kinds); i++) {
        const setting off = {kinds[i].every,
                             kinds[i].exponent,
                             kinds[i].sampling,
                             "off",
                             7,
                             (unsigned)lq_usual_or_slow(65536, 131072),
                             &plain};
        const setting on = {kinds[i].every,
                            kinds[i].exponent,
                            kinds[i].sampling,
                            "on",
                            8,
                            (unsigned)lq_usual_or_slow(32768, 65536),
                            &plain};
        compare(&off, &on);
    }
}

/* Escrow, retention, acceleration, stages, a watched floor, secondary sales: the branches see
 * the draws that a path has. */
static void so_do_all_terms_of_an_exit(void **state)
{
    (void)state;
    for (size_t i = 0; i < LQ_COUNT(full); i++) {
        const setting off = {"1mo", "0.5", "random", "off", 17, 32768, &full[i]};
        const setting on = {"1mo", "0.5", i ? "sobol" : "random", "on", 18, 16384, &full[i]};
        compare(&off, &on);
    }
}

/* Path-dependent odds, few paths: the errors that replicates quote cover the truth, which is
 * that of a run with a hundredth of their size. t with 31 degrees at 95 %. */
static void errors_of_expanded_exits_cover(void **state)
{
    (void)state;
    static const figure covered[] = {{"/offers", "total_mean", 0},
                                     {"/offers", "certainty_equivalent_chosen", 0},
                                     {"/pairs", "p_a_beats_b", 0}};
    const unsigned seeds = (unsigned)lq_usual_or_slow(150, 2000);
    const double band = getenv("LQ_SLOW") ? 0.02 : 0.06; /* 4 and 3.4 standard errors */
    double truth[LQ_COUNT(covered)];
    size_t hits[LQ_COUNT(covered)] = {0};
    const setting all = {
        "12mo", "0.5", "sobol",
        "on",   99,    LQ_JUDGES_CHANCE ? (unsigned)lq_usual_or_slow(1 << 18, 1 << 20) : 2048,
        &plain};
    lq_frame *f = run(&all);
    for (size_t i = 0; i < LQ_COUNT(covered); i++)
        truth[i] = number(f, covered[i].group, covered[i].name, covered[i].entry);
    lq_frame_destroy(f);
    for (unsigned seed = 1; seed <= seeds; seed++) {
        const setting one = {"12mo", "0.5", "random", "on", seed, 2048, &plain};
        f = run(&one);
        for (size_t i = 0; i < LQ_COUNT(covered); i++) {
            const figure *what = &covered[i];
            const double off = number(f, what->group, what->name, what->entry) - truth[i];
            hits[i] += fabs(off) <= 2.0395 * error_of(f, what);
        }
        lq_frame_destroy(f);
    }
    for (size_t i = 0; i < LQ_COUNT(covered); i++) {
        const double share = (double)hits[i] / seeds;
        print_message("%-16s covered %.2f %%\n", covered[i].name, 100.0 * share);
        assert_true(fabs(share - 0.95) < band || !LQ_JUDGES_CHANCE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(drawn_and_expanded_exits_agree),
                                       cmocka_unit_test(so_do_all_terms_of_an_exit),
                                       cmocka_unit_test(errors_of_expanded_exits_cover)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
