/* A whole result as `decide` fills it, small and invented: a listed offer, a private one as a
 * letter with its ask, and a band in another currency. */
#ifndef LQ_TEST_SAMPLE_RESULT_H
#define LQ_TEST_SAMPLE_RESULT_H

#include "base/frame.h"

#include <math.h>
#include <string.h>

enum { SAMPLE_OFFERS = 6, SAMPLE_GAMMAS = 3, SAMPLE_QUANTILES = 9, SAMPLE_TERMS = 8 };

static const char *const sample_ids[SAMPLE_OFFERS] = {
    "google-l6", "hf-sf", "hf-sf-ask", "hf-paris-low", "hf-paris-mid", "hf-paris-high"};
static const double sample_worth[SAMPLE_OFFERS] = {1076213.0, 801900.5, 942100.0,
                                                   705000.0,  735499.9, 899400.0};

typedef struct sample_dims {
    const lq_dimension *offer, *quantile, *gamma, *year, *pair, *exit, *term, *turning,
        *assumption, *warning;
} sample_dims;

static inline const lq_dimension *sample_texts(lq_frame *f, const char *name, size_t len,
                                               const char *const *texts)
{
    return lq_frame_dimension(
        f, &(lq_dimension){name, "", name, len, LQ_CELL_TEXT, {.text = texts}});
}

static inline const lq_dimension *sample_numbers(lq_frame *f, const char *name, size_t len,
                                                 const double *values)
{
    return lq_frame_dimension(
        f, &(lq_dimension){name, "1", name, len, LQ_CELL_F64, {.f64 = values}});
}

static inline sample_dims sample_make_dims(lq_frame *f)
{
    static const double levels[] = {0.01, 0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99};
    static const double gammas[] = {0.0, 2.0, 5.0};
    static const double years[] = {1.0, 2.0};
    static const char *const pairs[] = {"hf-sf vs google-l6", "hf-sf-ask vs google-l6",
                                        "google-l6 vs hf-paris-mid"};
    static const char *const exits[] = {"none", "ipo", "acquisition", "failure"};
    static const char *const terms[] = {
        "letter", "bonus_payout", "preferred_to_common", "growth_and_events", "waiting", "tax",
        "risk",   "worth"};
    static const char *const turning[] = {"growth", "base", "ipo", "opening_value"};
    static const char *const assumptions[] = {"offers.hf-sf.leaving", "person.risk_aversion"};
    static const char *const warnings[] = {"offers.hf-sf.stated_total"};
    return (sample_dims){sample_texts(f, "offer", SAMPLE_OFFERS, sample_ids),
                         sample_numbers(f, "quantile", SAMPLE_QUANTILES, levels),
                         sample_numbers(f, "gamma", SAMPLE_GAMMAS, gammas),
                         sample_numbers(f, "year", 2, years),
                         sample_texts(f, "pair", 3, pairs),
                         sample_texts(f, "exit_kind", 4, exits),
                         sample_texts(f, "bridge_term", SAMPLE_TERMS, terms),
                         sample_texts(f, "turning_point", 4, turning),
                         sample_texts(f, "assumption", 2, assumptions),
                         sample_texts(f, "warning", 1, warnings)};
}

static inline lq_variable *sample_variable(lq_frame *f, const char *group, const char *name,
                                           lq_cell cell, const lq_dimension *a,
                                           const lq_dimension *b)
{
    return lq_frame_variable(f, &(lq_variable){.group = group,
                                               .name = name,
                                               .units = cell == LQ_CELL_TEXT ? "" : "1",
                                               .long_name = name,
                                               .cell = cell,
                                               .n_dims = b ? 2 : 1,
                                               .dims = {a, b}});
}

static inline void sample_put(lq_frame *f, const char *group, const char *name,
                              const lq_dimension *along, const double *values)
{
    lq_variable *v = sample_variable(f, group, name, LQ_CELL_F64, along, NULL);
    if (v) memcpy(v->data.f64, values, along->len * sizeof *values);
}

static inline void sample_put_texts(lq_frame *f, const char *group, const char *name,
                                    const lq_dimension *along, const char *const *texts)
{
    lq_variable *v = sample_variable(f, group, name, LQ_CELL_TEXT, along, NULL);
    for (size_t i = 0; v && i < along->len; i++)
        v->data.text[i] = lq_arena_strdup(lq_frame_arena(f), texts[i]);
}

/* factor x worth of each offer */
static inline void sample_scaled(lq_frame *f, const char *name, const lq_dimension *offer,
                                 double factor)
{
    double values[SAMPLE_OFFERS];
    for (size_t i = 0; i < SAMPLE_OFFERS; i++)
        values[i] = factor * sample_worth[i];
    sample_put(f, "/offers", name, offer, values);
}

static inline void sample_flat(lq_frame *f, const char *group, const char *name,
                               const lq_dimension *along, double value)
{
    double values[16];
    for (size_t i = 0; i < along->len; i++)
        values[i] = value;
    sample_put(f, group, name, along, values);
}

/* [offer][n]: base + slope x column, times the offer's worth */
static inline void sample_table(lq_frame *f, const char *name, const lq_dimension *offer,
                                const lq_dimension *along, double base, double slope)
{
    lq_variable *v = sample_variable(f, "/offers", name, LQ_CELL_F64, offer, along);
    for (size_t i = 0; v && i < SAMPLE_OFFERS; i++)
        for (size_t j = 0; j < along->len; j++)
            v->data.f64[i * along->len + j] = sample_worth[i] * (base + slope * (double)j);
}

static inline void sample_laws(lq_frame *f, const sample_dims *d)
{
    static const char *const laws[] = {"total", "cash", "equity", "tax", "gross_equity"};
    char name[48];
    for (size_t q = 0; q < 5; q++) {
        const double part = 1.0 / (1.0 + (double)q);
        const struct {
            const char *suffix;
            double factor;
        } rows[] = {{"mean", 1.013}, {"mean_se", 3.4e-4}, {"sd", 0.2}, {"skewness", 1e-6}};
        for (size_t r = 0; r < 4; r++) {
            snprintf(name, sizeof name, "%s_%s", laws[q], rows[r].suffix);
            sample_scaled(f, name, d->offer, part * rows[r].factor);
        }
        snprintf(name, sizeof name, "%s_quantiles", laws[q]);
        sample_table(f, name, d->offer, d->quantile, 0.7 * part, 0.07 * part);
        snprintf(name, sizeof name, "%s_quantiles_se", laws[q]);
        sample_table(f, name, d->offer, d->quantile, 3e-4 * part, 0.0);
    }
}

static inline void sample_bridge(lq_frame *f, const sample_dims *d)
{
    static const double share[] = {1.8, -0.04, -0.26, -0.051, -0.117};
    lq_variable *v = sample_variable(f, "/offers", "bridge", LQ_CELL_F64, d->offer, d->term);
    lq_variable *e = sample_variable(f, "/offers", "bridge_se", LQ_CELL_F64, d->offer, d->term);
    for (size_t i = 0; v && e && i < SAMPLE_OFFERS; i++) {
        double *term = v->data.f64 + SAMPLE_TERMS * i, sum = 0.0;
        for (size_t t = 0; t < 5; t++)
            sum += term[t] = sample_worth[i] * share[t];
        if (i == 0) { /* nothing is lost on listed shares */
            sum -= term[1] + term[2];
            term[1] = term[2] = 0.0;
        }
        term[6] = -0.004 * sample_worth[i];
        term[5] = sample_worth[i] - sum - term[6];
        term[7] = sample_worth[i];
        for (size_t t = 1; t < SAMPLE_TERMS; t++)
            e->data.f64[SAMPLE_TERMS * i + t] = 100.0;
    }
}

static inline void sample_offers(lq_frame *f, const sample_dims *d)
{
    static const char *const names[] = {"google-l6",           "hugging-face-sf",
                                        "hugging-face-sf ask", "hf-paris low",
                                        "hf-paris mid",        "hf-paris high"};
    static const char *const letters[] = {"google-l6", "hf-sf",    "hf-sf",
                                          "hf-paris",  "hf-paris", "hf-paris"};
    static const char *const roles[] = {"letter",   "letter",   "ask",
                                        "band-low", "band-mid", "band-high"};
    static const char *const companies[] = {"google",       "hugging-face", "hugging-face",
                                            "hugging-face", "hugging-face", "hugging-face"};
    static const char *const currencies[] = {"USD", "USD", "USD", "EUR", "EUR", "EUR"};
    static const double paper[] = {530e3, 420e3, 505e3, 272e3, 357e3, 442e3};
    static const double below[] = {0.002, 0.51, 0.42, 0.51, 0.51, 0.51};
    sample_put_texts(f, "/offers", "name", d->offer, names);
    sample_put_texts(f, "/offers", "letter_id", d->offer, letters);
    sample_put_texts(f, "/offers", "role", d->offer, roles);
    sample_put_texts(f, "/offers", "company", d->offer, companies);
    sample_put_texts(f, "/offers", "currency", d->offer, currencies);
    sample_put(f, "/offers", "headline_equity", d->offer, paper);
    sample_scaled(f, "headline_total", d->offer, 1.8);
    sample_put(f, "/offers", "p_equity_below", d->offer, below);
    sample_flat(f, "/offers", "p_equity_below_se", d->offer, 5e-4);
    sample_flat(f, "/offers", "p_equity_zero", d->offer, 0.25);
    sample_flat(f, "/offers", "p_equity_zero_se", d->offer, 4e-4);
    sample_flat(f, "/offers", "p_best", d->offer, 1.0 / SAMPLE_OFFERS);
    sample_flat(f, "/offers", "p_best_se", d->offer, 4e-4);
    sample_flat(f, "/offers", "stuck_share", d->offer, 0.02);
    sample_flat(f, "/offers", "time_to_cash_never", d->offer, 0.125);
    sample_flat(f, "/offers", "ce_floored_share", d->offer, 0.0);
    sample_scaled(f, "certainty_equivalent_chosen", d->offer, 1.0);
    sample_scaled(f, "certainty_equivalent_chosen_se", d->offer, 2e-4);
    sample_scaled(f, "cvar_05", d->offer, 0.85);
    sample_scaled(f, "cvar_05_se", d->offer, 2.5e-4);
    sample_scaled(f, "var_05", d->offer, 0.88);
    sample_scaled(f, "semideviation", d->offer, 0.11);
    sample_flat(f, "/offers", "sortino", d->offer, 1.5);
    sample_scaled(f, "worlds_low", d->offer, 0.9);
    sample_scaled(f, "worlds_high", d->offer, 1.2);
    sample_table(f, "certainty_equivalent", d->offer, d->gamma, 1.01, -0.01);
    sample_table(f, "certainty_equivalent_se", d->offer, d->gamma, 2e-4, 0.0);
    sample_table(f, "exit_share", d->offer, d->exit, 2e-7, 0.0);
    sample_table(f, "exit_share_se", d->offer, d->exit, 1e-9, 0.0);
    sample_table(f, "by_year_mean", d->offer, d->year, 0.25, 0.01);
    sample_table(f, "by_year_mean_se", d->offer, d->year, 1e-4, 0.0);
    sample_table(f, "time_to_cash_quantiles", d->offer, d->quantile, 1e-6, 1e-6);
}

static inline void sample_pairs(lq_frame *f, const sample_dims *d)
{
    static const char *const a[] = {"hf-sf", "hf-sf-ask", "google-l6"};
    static const char *const b[] = {"google-l6", "google-l6", "hf-paris-mid"};
    static const char *const none[] = {"none", "none", "first"}, *const who[] = {"", "",
                                                                                 "google-l6"};
    static const double win[] = {0.072, 0.192, 0.952}, lose[] = {0.928, 0.808, 0.048};
    static const double crossover[] = {(double)NAN, (double)NAN, (double)NAN};
    static const char *const flat[] = {"p_tie_se",      "p_a_beats_b_se",  "p_b_beats_a_se",
                                       "regret_a",      "regret_a_se",     "regret_b",
                                       "regret_b_se",   "difference_mean", "difference_mean_se",
                                       "difference_sd", "ce_difference",   "ce_difference_se",
                                       "p_tie"};
    sample_put_texts(f, "/pairs", "a", d->pair, a);
    sample_put_texts(f, "/pairs", "b", d->pair, b);
    sample_put_texts(f, "/pairs", "dominance", d->pair, none);
    sample_put_texts(f, "/pairs", "dominance_winner", d->pair, who);
    sample_put(f, "/pairs", "p_a_beats_b", d->pair, win);
    sample_put(f, "/pairs", "p_b_beats_a", d->pair, lose);
    sample_put(f, "/pairs", "gamma_crossover", d->pair, crossover);
    for (size_t i = 0; i < sizeof flat / sizeof *flat; i++)
        sample_flat(f, "/pairs", flat[i], d->pair, 5e-4);
}

static inline void sample_words(lq_frame *f, const sample_dims *d)
{
    static const char *const texts[] = {"hugging-face grows 39 % a year on average",
                                        "base $363K", "IPO odds",
                                        "a letter dollar buys $1.49 of common today"};
    static const char *const states[] = {"solved", "solved", "none", "solved"};
    static const char *const reasons[] = {"", "", "even 60 % by 2031 leaves $96K", ""};
    static const char *const units[] = {"fraction a year", "USD", "fraction", "1"};
    static const double values[] = {0.39, 363e3, (double)NAN, 1.49};
    static const double assumed[] = {0.12, 300e3, 0.25, 0.65};
    static const char *const clauses[] = {"10 % a year leave",
                                          "risk 2 (just takes a coin toss: double your wealth "
                                          "or lose a third)"};
    static const char *const sources[] = {"assumption, 2026", "assumption, 2026"};
    static const char *const figures[] = {"10 %/y", "2"};
    static const char *const warnings[] = {
        "hf-sf states $380K to $560K a year; its terms give $349.5K to $480.75K."};
    lq_frame_put_text(f, "/turning", "offer", "what is varied", "hf-sf-ask");
    lq_frame_put_text(f, "/turning", "against", "what it is compared with", "google-l6");
    sample_put_texts(f, "/turning", "text", d->turning, texts);
    sample_put_texts(f, "/turning", "status", d->turning, states);
    sample_put_texts(f, "/turning", "reason", d->turning, reasons);
    sample_put_texts(f, "/turning", "unit", d->turning, units);
    sample_put(f, "/turning", "value", d->turning, values);
    sample_put(f, "/turning", "assumed", d->turning, assumed);
    sample_put(f, "/turning", "low", d->turning, values);
    sample_put(f, "/turning", "high", d->turning, values);
    sample_put_texts(f, "/assumptions", "key", d->assumption,
                     (const char *const[]){"offers.hf-sf.leaving", "person.risk_aversion"});
    sample_put_texts(f, "/assumptions", "value", d->assumption, figures);
    sample_put_texts(f, "/assumptions", "source", d->assumption, sources);
    sample_put_texts(f, "/assumptions", "text", d->assumption, clauses);
    sample_put_texts(f, "/warnings", "key", d->warning,
                     (const char *const[]){"offers.hf-sf.stated_total"});
    sample_put_texts(f, "/warnings", "text", d->warning, warnings);
}

static inline void sample_manifest(lq_frame *f)
{
    static const char *const texts[][2] = {
        {"schema", "liquidus-result/1"}, {"title", "A sample"},     {"config_sha256", "ab12"},
        {"sampling", "random"},          {"measure", "real"},       {"currency", "USD"},
        {"start_date", "2027-01-01"},    {"baseline", "google-l6"}, {"version", "0.1.0"}};
    static const struct {
        const char *name;
        double value;
    } numbers[] = {{"horizon_years", 4.0},
                   {"liquidity_horizon_years", 10.0},
                   {"risk_aversion", 2.0},
                   {"wealth", 400e3}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        lq_frame_put_text(f, "/manifest", texts[i][0], texts[i][0], texts[i][1]);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        lq_frame_put_f64(f, "/manifest", numbers[i].name, "1", numbers[i].name,
                         numbers[i].value);
    lq_frame_put_i64(f, "/manifest", "seed", "1", "seed", 2026);
    lq_frame_put_i64(f, "/manifest", "paths", "1", "paths", 1000000);
    lq_frame_put_i64(f, "/manifest", "worlds", "1", "worlds", 32);
    lq_frame_put_i64(f, "/manifest", "error_degrees", "1", "of Student's t", 15);
    lq_frame_put_i64(f, "/manifest", "complete", "1", "complete", 1);
    lq_frame_put_f64(f, "/manifest/run", "seconds", "s", "wall-clock time", 2.125);
    lq_frame_put_f64(f, "/manifest/run", "paths_per_second", "1/s", "speed", 470588.0);
    lq_frame_put_i64(f, "/manifest/run", "threads", "1", "threads", 2);
    lq_frame_put_text(
        f, "/verdict", "text", "the verdict",
        "TAKE google-l6. Your hugging-face-sf ask is worth $134K less to you. Over "
        "what nobody knows (growth, exit odds) it is $20K to $180K short.");
    lq_frame_put_text(f, "/verdict", "kind", "win or tie", "win");
    lq_frame_put_text(f, "/verdict", "winner", "offer", "google-l6");
    lq_frame_put_text(f, "/verdict", "loser", "offer", "hf-sf-ask");
    lq_frame_put_f64(f, "/verdict", "amount", "USD", "difference", 134113.0);
    lq_frame_put_f64(f, "/verdict", "amount_se", "USD", "its error", 250.0);
}

/* NULL when out of memory. */
static inline lq_frame *sample_result(void)
{
    lq_frame *f = lq_frame_create();
    if (!f) return NULL;
    const sample_dims d = sample_make_dims(f);
    if (!lq_frame_failed(f)) {
        sample_offers(f, &d);
        sample_laws(f, &d);
        sample_bridge(f, &d);
        sample_pairs(f, &d);
        sample_words(f, &d);
        sample_manifest(f);
    }
    if (!lq_frame_failed(f)) return f;
    lq_frame_destroy(f);
    return NULL;
}

#endif
