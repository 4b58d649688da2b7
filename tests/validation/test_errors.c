/* Quoted errors against what chance does: the same study at many seeds, the spread of each
 * figure over them beside the error that each run quoted. */
#include "../decide/decide_test.h"

/* A figure and the entry of it that is looked at. */
typedef struct figure {
    const char *group, *name;
    size_t entry;
} figure;

typedef struct spread {
    double mean, square, quoted;
} spread;

static void add_run(const figure *figures, size_t n, const lq_frame *f, spread *out)
{
    char name[64];
    for (size_t i = 0; i < n; i++) {
        snprintf(name, sizeof name, "%s_se", figures[i].name);
        const double x = number(f, figures[i].group, figures[i].name, figures[i].entry);
        const double se = number(f, figures[i].group, name, figures[i].entry);
        if (!isfinite(x) || !isfinite(se)) fail_msg("%s is not known", figures[i].name);
        out[i].mean += x;
        out[i].square += x * x;
        out[i].quoted += se;
    }
}

#define COMPANIES                                                                              \
    "person: {wealth: $400K}\ntax: 30%\ncompanies:\n"                                          \
    "  listed: {listing: public, volatility: 30%, beta: 1, growth: 8%}\n"                      \
    "  startup: {listing: private, volatility: 15%, beta: 0.5, growth: "
#define EVENTS                                                                                 \
    ", last_round: {post_money: $1bn, price: $10}, exits: {ipo: {rate: 0.10/y}, acquisition: " \
    "{rate: 0.10/y}, failure: {rate: 0.03/y}}, rounds: {rate: 0.5/y, dilution: 10%}, "         \
    "tenders: {rate: 0.3/y, cap: 20%, discount: 10%, min_tenure: 1y, settles: true}}\n"        \
    "offers:\n"                                                                                \
    "  - {id: new, company: startup, base: $150K, bonus: 10%, grants: [{instrument: rsu, "     \
    "value: $300K, trigger: double, vesting: {over: 60mo, every: 3mo}}]}\n"                    \
    "  - {id: old, company: listed, base: $170K, bonus: 15%, grants: [{instrument: rsu, "      \
    "value: $500K, vesting: {over: 72mo, every: 1mo}}]}\n"                                     \
    "decide: {baseline: old}\n"

/* One figure: its spread over the seeds is the mean error it quoted, within three errors of a
 * spread over so many: within a third for 60 seeds, a quarter for 120. */
static bool is_calibrated(const figure *what, const spread *s, int seeds)
{
    const double mean = s->mean / seeds, quoted = s->quoted / seeds;
    const double sd = sqrt(fmax(s->square - s->mean * mean, 0.0) / (seeds - 1));
    const double ratio = sd / quoted;
    const double band = 1.0 + 3.9 / sqrt(2.0 * seeds);
    const bool good = ratio >= 1.0 / band && ratio <= band;
    print_message("%-24s %10.4g +- %-10.4g over seeds %10.4g, ratio %.2f%s\n", what->name, mean,
                  quoted, sd, ratio, good ? "" : "  <--");
    return good;
}

static void check_errors(const char *how, int seeds, const char *growth, const figure *figures,
                         size_t n)
{
    spread found[64] = {0};
    char body[4096];
    size_t good = 0;
    assert_true(n <= LQ_COUNT(found));
    for (int seed = 1; seed <= seeds; seed++) {
        snprintf(body, sizeof body,
                 "simulation: {seed: %d, paths: 4096, liquidity_horizon: 6y, %s}\n"
                 "%s%s%s",
                 seed, how, COMPANIES, growth, EVENTS);
        lq_frame *f = must_run(body);
        add_run(figures, n, f, found);
        lq_frame_destroy(f);
    }
    for (size_t i = 0; LQ_JUDGES_CHANCE && i < n; i++)
        good += is_calibrated(&figures[i], &found[i], seeds);
    assert_int_equal(good, LQ_JUDGES_CHANCE ? n : 0);
}

/* Entries are [offer], [offer][quantile], [offer][year][quantile] and so on: offer 0 is the
 * private one, quantile 4 the median of nine. The tail of the paper is kept light: where one
 * path in a thousand holds most of a moment, no error of that moment can be right. */
enum { OLD = 1, LEVELS = 9, YEARS = 6, MONTHS = 73 };
#define O "/offers"
#define P "/pairs"
#define C "/companies"

static const figure plain[] = {{O, "total_mean", 0},
                               {O, "total_sd", 0},
                               {O, "total_sd", OLD},
                               {O, "cash_sd", 0},
                               {O, "total_skewness", OLD},
                               {O, "cash_skewness", OLD},
                               {O, "var_05", OLD},
                               {O, "cvar_05", OLD},
                               {O, "semideviation", 0},
                               {O, "semideviation", OLD},
                               {O, "sortino", 0},
                               {O, "sortino", OLD},
                               {O, "total_quantiles", 4},
                               {O, "by_year_quantiles", 2 * LEVELS + 5},
                               {O, "by_year_quantiles", (YEARS + 1) * LEVELS + 4},
                               {O, "by_year_quantiles", (YEARS + 3) * LEVELS + 7},
                               {O, "time_to_cash_quantiles", 3},
                               {O, "time_to_cash_quantiles", 4},
                               {O, "time_to_cash_never", 0},
                               {O, "fan_total", 48 * LEVELS + 4},
                               {O, "fan_total", (MONTHS + 24) * LEVELS + 6},
                               {O, "p_stuck", 0},
                               {O, "stuck_share", 0},
                               {O, "stuck_share_of_equity", 0},
                               {O, "unvested_at_horizon", 0},
                               {O, "unvested_at_horizon", OLD},
                               {P, "difference_sd", 0},
                               {C, "rounds_mean", 0},
                               {C, "down_round_share", 0},
                               {C, "tenders_mean", 0},
                               {C, "exit_by_month", MONTHS + 30},
                               {C, "fan_value", 36 * LEVELS + 4},
                               {C, "tender_by_month", 20}};

static void errors_of_one_world_are_what_chance_does(void **state)
{
    (void)state;
    check_errors("worlds: 1", lq_usual_or_slow(60, 120), "9%", plain, LQ_COUNT(plain));
}

/* Mirrored pairs: every error from 32 replicates. Fans, and quantiles by year, quote those of
 * independent paths. */
static const figure mirrored[] = {{O, "total_mean", 0},
                                  {O, "total_mean", OLD},
                                  {O, "total_sd", OLD},
                                  {O, "total_quantiles", 4},
                                  {O, "total_quantiles", LEVELS + 1},
                                  {O, "total_skewness", OLD},
                                  {O, "var_05", OLD},
                                  {O, "cvar_05", OLD},
                                  {O, "semideviation", OLD},
                                  {O, "sortino", 0},
                                  {O, "certainty_equivalent", 0},
                                  {O, "certainty_equivalent", OLD},
                                  {O, "by_year_mean", YEARS + 2},
                                  {O, "by_year_mean", 4},
                                  {O, "time_to_cash_never", 0},
                                  {O, "p_stuck", 0},
                                  {O, "unvested_at_horizon", OLD},
                                  {P, "difference_mean", 0},
                                  {P, "p_a_beats_b", 0},
                                  {C, "rounds_mean", 0},
                                  {C, "exit_by_month", MONTHS + 30}};

static void errors_of_mirrored_pairs_are_what_chance_does(void **state)
{
    (void)state;
    check_errors("antithetic: true", lq_usual_or_slow(60, 120), "9%", mirrored,
                 LQ_COUNT(mirrored));
}

/* What is regressed on control variates. */
static const figure regressed[] = {{O, "total_mean", 0},
                                   {O, "total_mean", OLD},
                                   {P, "difference_mean", 0},
                                   {P, "p_a_beats_b", 0},
                                   {P, "p_b_beats_a", 0}};

static void errors_of_regressions_are_what_chance_does(void **state)
{
    (void)state;
    check_errors("controls: true", lq_usual_or_slow(60, 120), "9%", regressed,
                 LQ_COUNT(regressed));
    check_errors("controls: true, antithetic: true", lq_usual_or_slow(60, 120), "9%", regressed,
                 LQ_COUNT(regressed));
}

/* Ignorance so narrow that there is none: the worlds differ by their paths alone. */
static const figure worlds[] = {{O, "total_mean", 0},
                                {O, "total_sd", OLD},
                                {O, "total_skewness", OLD},
                                {O, "var_05", OLD},
                                {O, "semideviation", OLD},
                                {O, "sortino", 0},
                                {O, "time_to_cash_quantiles", 3},
                                {O, "time_to_cash_never", 0},
                                {O, "by_year_quantiles", (YEARS + 1) * LEVELS + 4},
                                {O, "fan_total", 48 * LEVELS + 4},
                                {O, "p_stuck", 0},
                                {O, "worlds_low", 0},
                                {O, "worlds_high", OLD},
                                {O, "chance_sd", OLD},
                                {P, "worlds_low", 0},
                                {P, "difference_sd", 0},
                                {"/worlds", "mean", 3},
                                {"/worlds", "certainty_equivalent", 2},
                                {"/worlds", "median", 5},
                                {"/worlds", "p_beats", 2}};

static void errors_of_several_worlds_are_what_chance_does(void **state)
{
    (void)state;
    check_errors("worlds: 32", lq_usual_or_slow(32, 64), "{uncertain: 9% to 9.0001%}", worlds,
                 LQ_COUNT(worlds));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(errors_of_one_world_are_what_chance_does),
        cmocka_unit_test(errors_of_mirrored_pairs_are_what_chance_does),
        cmocka_unit_test(errors_of_regressions_are_what_chance_does),
        cmocka_unit_test(errors_of_several_worlds_are_what_chance_does)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
